//! The entries of one request, held against each other: every signature may be good, and the story still not hold.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actions::{Change, Evictions, PodPin, RequestBody},
    approvals::SignedDecision,
    audit::{Entry, EntryOutcome},
    ids::RequestId,
    names::Login,
};

/// What contradicts the rest of a request's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// What was asked for is not in the export, so that nobody can say what was signed.
    #[error("the export does not hold what was asked for")]
    NotAsked,
    /// The digest is not that of what was asked for.
    #[error("its digest is not that of what was asked for")]
    OtherDigest,
    /// Tenant, action, request or requester are not those of what was asked for.
    #[error("it tells of something else than what was asked for")]
    OtherCase,
    /// What was sent to the cluster is not what was asked for.
    #[error("what was sent is not what was asked for")]
    OtherChange,
    /// Fewer others approved than were needed.
    #[error("fewer others approved it before than were needed")]
    NotApproved,
    /// The effect was told of without the word given before.
    #[error("no order was given before")]
    NotIntended,
    /// One touch stands for two decisions.
    #[error("its touch was used for another decision already")]
    Replayed,
}

/// Each entry of the export that contradicts others, by its place. The entries are in order.
pub(super) fn contradictions(entries: &[&Entry]) -> BTreeMap<u64, Contradiction> {
    let mut cases: BTreeMap<RequestId, Case> = BTreeMap::new();
    let mut touches = BTreeSet::new();
    let mut found = BTreeMap::new();
    for entry in entries {
        let contradiction = match entry.request {
            Some(id) => cases.entry(id).or_default().contradicted_by(entry),
            None => None,
        };
        let replayed = touch(entry).is_some_and(|touch| !touches.insert(touch));
        let contradiction = contradiction.or(replayed.then_some(Contradiction::Replayed));
        found.extend(contradiction.map(|contradiction| (entry.sequence, contradiction)));
    }
    found
}

fn touch(entry: &Entry) -> Option<String> {
    let nonce = entry.detail.get("signature")?.get("commitment")?.get("nonce")?;
    nonce.as_str().map(str::to_owned)
}

/// What is known of a request so far.
#[derive(Default)]
struct Case {
    asked: Option<RequestBody>,
    pinned: Option<Evictions>,
    approvers: BTreeSet<Login>,
    intended: bool,
}

impl Case {
    fn contradicted_by(&mut self, entry: &Entry) -> Option<Contradiction> {
        if entry.outcome == EntryOutcome::Refused {
            return None;
        }
        if entry.outcome == EntryOutcome::Requested {
            self.asked = asked(entry);
            self.pinned = pinned(entry);
        }
        let Some(body) = &self.asked else { return Some(Contradiction::NotAsked) };
        let same_case = entry.request == Some(body.id)
            && self.reaches(body, entry)
            && entry.action.as_str() == body.action.as_str();
        let by_requester = matches!(
            entry.outcome,
            EntryOutcome::Requested | EntryOutcome::Intended | EntryOutcome::WaveIntended
        );
        if !same_case || (by_requester && entry.actor.as_ref() != Some(&body.requester)) {
            return Some(Contradiction::OtherCase);
        }
        let digest = entry.detail.get("digest").and_then(|digest| digest.as_str());
        if digest != Some(body.digest().to_string().as_str()) {
            return Some(Contradiction::OtherDigest);
        }
        match entry.outcome {
            EntryOutcome::Requested => {
                let pins = self.pinned.clone().map(Change::Evictions);
                let as_signed = pins.is_none_or(|pins| pins.digest() == Ok(body.change));
                (!as_signed).then_some(Contradiction::OtherChange)
            }
            EntryOutcome::Approved => {
                let approver = signer(entry).filter(|signer| *signer != body.requester);
                self.approvers.extend(approver);
                None
            }
            EntryOutcome::Intended => {
                self.intended = true;
                let sent = entry.detail.get("change").and_then(|change| change.as_str());
                let enough = self.approvers.len() >= body.approvals_needed as usize;
                match sent {
                    Some(sent) if sent == body.change.to_string() => {
                        (!enough).then_some(Contradiction::NotApproved)
                    }
                    _ => Some(Contradiction::OtherChange),
                }
            }
            EntryOutcome::WaveIntended if self.intended => {
                (!self.pins_all_of(entry)).then_some(Contradiction::OtherChange)
            }
            EntryOutcome::Accepted
            | EntryOutcome::WaveIntended
            | EntryOutcome::WaveAnswered
            | EntryOutcome::Succeeded
            | EntryOutcome::Failed
            | EntryOutcome::Unknown
                if !self.intended =>
            {
                Some(Contradiction::NotIntended)
            }
            _ => None,
        }
    }

    /// Whether an entry is of a tenant that the request reaches: its own or, for a wave, that of one of its pods.
    fn reaches(&self, body: &RequestBody, entry: &Entry) -> bool {
        let home = body.target.tenant();
        let of_wave =
            matches!(entry.outcome, EntryOutcome::WaveIntended | EntryOutcome::WaveAnswered);
        let pods = self.pinned.iter().filter(|_| of_wave).flat_map(|pinned| &pinned.pods);
        let mut tenants = pods.map(|pod| pod.tenant(&home.cluster)).chain([home.clone()]);
        entry.tenant.as_ref().is_some_and(|tenant| tenants.any(|reached| reached == *tenant))
    }

    /// Whether every pod of a wave is one that was signed for.
    fn pins_all_of(&self, entry: &Entry) -> bool {
        let Some(pinned) = &self.pinned else { return false };
        let pods = entry.detail.get("pods").cloned().unwrap_or_default();
        serde_json::from_value::<Vec<PodPin>>(pods)
            .is_ok_and(|pods| pods.iter().all(|pod| pinned.pods.contains(pod)))
    }
}

fn asked(entry: &Entry) -> Option<RequestBody> {
    serde_json::from_value(entry.detail.get("body")?.clone()).ok()
}

fn pinned(entry: &Entry) -> Option<Evictions> {
    serde_json::from_value(entry.detail.get("pinned")?.clone()).ok()
}

fn signer(entry: &Entry) -> Option<Login> {
    let signed: SignedDecision =
        serde_json::from_value(entry.detail.get("signature")?.clone()).ok()?;
    Some(signed.person().clone())
}
