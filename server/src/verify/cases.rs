//! The entries of one request, grant or recovery, held against each other: every signature may be good, and the story still not
//! hold.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actions::{Change, Evictions, PodPin, RequestBody},
    approvals::SignedDecision,
    audit::{Entry, EntryOutcome},
    ids::RequestId,
    names::Login,
};

use super::{grants::Grants, recoveries::Recoveries};

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
    /// A wave that the request does not allow: after its end or a stop, before what comes first, of too many pods, of pods
    /// of another tenant, or an answer to none.
    #[error("the request allows no such wave")]
    OtherWave,
    /// No break-glass session was live that could stand for its approvals; or what it goes on from was over.
    #[error(
        "the break-glass session that stands for its approvals, or what it goes on from, was not live"
    )]
    NoSession,
    /// Somebody agreed, or opened a session alone, less than a day after they were recovered.
    #[error("whoever agreed, or opened it alone, had been recovered less than a day before")]
    RecoveredLately,
    /// One touch stands for two decisions.
    #[error("its touch was used for another decision already")]
    Replayed,
}

/// Each entry of the export that contradicts others, by its place. The entries are in order.
pub(super) fn contradictions(entries: &[&Entry]) -> BTreeMap<u64, Contradiction> {
    let mut cases: BTreeMap<RequestId, Case> = BTreeMap::new();
    let mut grants = Grants::default();
    let mut recoveries = Recoveries::default();
    let mut touches = BTreeSet::new();
    let mut found = BTreeMap::new();
    for entry in entries {
        let contradiction = match entry.request {
            Some(id) => cases.entry(id).or_default().contradicted_by(entry, &grants),
            None => grants.contradicted_by(entry),
        };
        let contradiction = recoveries.contradicted_by(entry).or(contradiction);
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
    accepted: bool,
    over: bool,
    /// The pods that were sent away, by UID.
    sent: BTreeSet<String>,
}

impl Case {
    fn contradicted_by(&mut self, entry: &Entry, grants: &Grants) -> Option<Contradiction> {
        if entry.outcome == EntryOutcome::Refused {
            return None;
        }
        if entry.outcome == EntryOutcome::Requested {
            if self.asked.is_some() {
                return Some(Contradiction::OtherCase);
            }
            self.asked = asked(entry);
            self.pinned = pinned(entry);
        }
        let at = self.follow(entry);
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
                let in_session =
                    body.session.is_none_or(|session| grants.stand_for(body, session, entry.at));
                match sent {
                    Some(sent) if sent != body.change.to_string() => {
                        Some(Contradiction::OtherChange)
                    }
                    None => Some(Contradiction::OtherChange),
                    Some(_) if !enough => Some(Contradiction::NotApproved),
                    Some(_) => (!in_session).then_some(Contradiction::NoSession),
                }
            }
            EntryOutcome::WaveIntended
                if body.session.is_some_and(|it| !grants.stand_for(body, it, entry.at)) =>
            {
                Some(Contradiction::NoSession)
            }
            EntryOutcome::WaveIntended if self.intended && !self.pins_all_of(entry) => {
                Some(Contradiction::OtherChange)
            }
            EntryOutcome::WaveIntended | EntryOutcome::WaveAnswered
                if self.intended && !self.allows_wave(entry, at) =>
            {
                Some(Contradiction::OtherWave)
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
        pods(entry).is_some_and(|pods| pods.iter().all(|pod| pinned.pods.contains(pod)))
    }

    /// Notes how far the request is after an entry; answers how far it was before.
    fn follow(&mut self, entry: &Entry) -> Standing {
        let before = Standing { accepted: self.accepted, over: self.over };
        match entry.outcome {
            EntryOutcome::Accepted => self.accepted = true,
            EntryOutcome::Stopped
            | EntryOutcome::Succeeded
            | EntryOutcome::Failed
            | EntryOutcome::Unknown => self.over = true,
            EntryOutcome::WaveIntended => {
                self.sent.extend(pods(entry).into_iter().flatten().map(|pod| pod.uid));
            }
            _ => {}
        }
        before
    }

    /// Whether the request allows such a wave where it stood, or was answered about pods that were sent away.
    fn allows_wave(&self, entry: &Entry, before: Standing) -> bool {
        let (Some(pinned), Some(pods)) = (&self.pinned, pods(entry)) else { return false };
        let of_tenant = pods.iter().all(|pod| {
            entry.tenant.as_ref().is_some_and(|tenant| tenant.namespace == pod.namespace)
        });
        let in_wave = entry.detail.get("pods_in_wave").and_then(serde_json::Value::as_u64);
        let few = in_wave
            .is_some_and(|count| count <= u64::from(pinned.at_once) && count >= pods.len() as u64);
        let in_time = match entry.outcome {
            EntryOutcome::WaveIntended => {
                !before.over && (before.accepted || pinned.first.is_none())
            }
            _ => pods.iter().all(|pod| self.sent.contains(&pod.uid)),
        };
        of_tenant && few && in_time
    }
}

/// How far a request is.
#[derive(Clone, Copy)]
struct Standing {
    accepted: bool,
    over: bool,
}

fn pods(entry: &Entry) -> Option<Vec<PodPin>> {
    serde_json::from_value(entry.detail.get("pods")?.clone()).ok()
}

fn asked(entry: &Entry) -> Option<RequestBody> {
    serde_json::from_value(entry.detail.get("body")?.clone()).ok()
}

fn pinned(entry: &Entry) -> Option<Evictions> {
    serde_json::from_value(entry.detail.get("pinned")?.clone()).ok()
}

pub(super) fn signer(entry: &Entry) -> Option<Login> {
    let signed: SignedDecision =
        serde_json::from_value(entry.detail.get("signature")?.clone()).ok()?;
    Some(signed.person().clone())
}
