//! The entries of one recovery, held against each other: nobody comes in again without the words of two others before.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    approvals::{Purpose, SignedDecision},
    audit::{Entry, EntryAction, EntryOutcome},
    identity::LINK_TTL,
    ids::RecoveryId,
    names::Login,
    recovery::{Part, RECOVERED_LATELY, RecoveryBody},
    time::Timestamp,
};

use super::cases::Contradiction;

/// What is known of every recovery so far.
#[derive(Default)]
pub(super) struct Recoveries {
    each: BTreeMap<RecoveryId, Recovery>,
    /// When each person came in again last.
    came_back: BTreeMap<Login, Timestamp>,
}

/// What is known of one.
#[derive(Default)]
struct Recovery {
    asked: Option<RecoveryBody>,
    signers: Vec<(Login, BTreeSet<Part>)>,
    /// When the second signature was given.
    agreed_at: Option<Timestamp>,
    is_linked: bool,
    is_enrolled: bool,
    judged_by: Option<Login>,
    is_over: bool,
}

impl Recoveries {
    /// How an entry contradicts what is known of recoveries, if it does.
    pub(super) fn contradicted_by(&mut self, entry: &Entry) -> Option<Contradiction> {
        if self.agrees_too_soon(entry) {
            return Some(Contradiction::RecoveredLately);
        }
        if entry.action != EntryAction::Recovery || entry.outcome == EntryOutcome::Refused {
            return None;
        }
        let Some(id) = entry.detail.get("recovery").and_then(read::<RecoveryId>) else {
            return Some(Contradiction::OtherCase);
        };
        let found = self.each.entry(id).or_default().contradicted_by(id, entry);
        if let (None, EntryOutcome::Enrolled, Some(person)) = (found, entry.outcome, &entry.actor) {
            self.came_back.insert(person.clone(), entry.at);
        }
        found
    }

    /// Whether somebody agrees to something, or opens a session alone, within a day of their own recovery.
    fn agrees_too_soon(&self, entry: &Entry) -> bool {
        let needs_trust = matches!(
            entry.outcome,
            EntryOutcome::Approved | EntryOutcome::Opened | EntryOutcome::Judged
        );
        let came_back = entry.actor.as_ref().and_then(|actor| self.came_back.get(actor));
        needs_trust && came_back.is_some_and(|at| entry.at < at.plus(RECOVERED_LATELY))
    }
}

impl Recovery {
    fn contradicted_by(&mut self, id: RecoveryId, entry: &Entry) -> Option<Contradiction> {
        if entry.outcome == EntryOutcome::Requested {
            if self.asked.is_some() {
                return Some(Contradiction::OtherCase);
            }
            self.asked = entry.detail.get("body").and_then(read);
        }
        let Some(body) = self.asked.clone() else { return Some(Contradiction::NotAsked) };
        let of_person = entry.detail.get("person").and_then(read) == Some(body.person.clone());
        if body.id != id || !of_person {
            return Some(Contradiction::OtherCase);
        }
        let digest = entry.detail.get("digest").and_then(|digest| digest.as_str());
        if digest != Some(body.digest().to_string().as_str()) {
            return Some(Contradiction::OtherDigest);
        }
        match entry.outcome {
            EntryOutcome::Requested => {
                let by_another =
                    entry.actor.as_ref() == Some(&body.asked_by) && body.asked_by != body.person;
                (!by_another).then_some(Contradiction::OtherCase)
            }
            EntryOutcome::Approved => self.signed_by(&body, entry),
            EntryOutcome::Linked => {
                let by_admin = self.signers.iter().any(|(signer, parts)| {
                    entry.actor.as_ref() == Some(signer) && parts.contains(&Part::Admin)
                });
                self.is_linked = true;
                (!by_admin || !self.stands_at(entry.at)).then_some(Contradiction::NotApproved)
            }
            EntryOutcome::Enrolled => {
                let by_person = entry.actor.as_ref() == Some(&body.person);
                let may = self.is_linked && by_person && self.stands_at(entry.at);
                (self.is_enrolled, self.is_over) = (true, true);
                (!may).then_some(Contradiction::NotApproved)
            }
            EntryOutcome::Denied | EntryOutcome::Withdrawn | EntryOutcome::Expired => {
                let was_over = std::mem::replace(&mut self.is_over, true);
                was_over.then_some(Contradiction::OtherCase)
            }
            EntryOutcome::Judged => self.judge(&body, entry),
            _ => None,
        }
    }

    fn signed_by(&mut self, body: &RecoveryBody, entry: &Entry) -> Option<Contradiction> {
        let signed = signed(entry, Purpose::Recovery).filter(|it| it.person() != &body.person);
        let parts = entry.detail.get("parts").and_then(read::<BTreeSet<Part>>);
        let Some((signed, parts)) = signed.zip(parts) else {
            return Some(Contradiction::OtherCase);
        };
        if self.is_over || self.agreed_at.is_some() || entry.at >= body.expires_at {
            return Some(Contradiction::NotApproved);
        }
        self.signers.push((signed.person().clone(), parts));
        if let [(one, its), (other, others)] = self.signers.as_slice() {
            if one == other || !Part::are_both(its, others) {
                return Some(Contradiction::NotApproved);
            }
            self.agreed_at = Some(entry.at);
        }
        None
    }

    /// Whether both signed, lately enough, and nobody stopped it.
    fn stands_at(&self, at: Timestamp) -> bool {
        !self.is_over && self.agreed_at.is_some_and(|agreed| at < agreed.plus(LINK_TTL))
    }

    /// One verdict, of somebody who was no part of it, once the person came in.
    fn judge(&mut self, body: &RecoveryBody, entry: &Entry) -> Option<Contradiction> {
        let judge = entry.actor.as_ref()?;
        let is_part = [&body.person, &body.asked_by].contains(&judge)
            || self.signers.iter().any(|(signer, _)| signer == judge);
        let is_verdict = signed(entry, Purpose::Review).is_some();
        let is_again = self.judged_by.replace(judge.clone()).is_some();
        let is_wrong = !self.is_enrolled || is_part || !is_verdict || is_again;
        is_wrong.then_some(Contradiction::OtherCase)
    }
}

fn signed(entry: &Entry, purpose: Purpose) -> Option<SignedDecision> {
    let signed: SignedDecision = entry.detail.get("signature").and_then(read)?;
    (signed.commitment.purpose == purpose).then_some(signed)
}

fn read<T: serde::de::DeserializeOwned>(value: &serde_json::Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}
