//! The entries of one grant, held against each other: power needs the words that it demands, before it is given.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    actions::RequestBody,
    audit::{Entry, EntryAction, EntryOutcome},
    grants::{Activation, GrantBody},
    ids::GrantId,
    names::Login,
    time::Timestamp,
};

use super::cases::{Contradiction, signer};

/// What is known of every grant so far.
#[derive(Default)]
pub(super) struct Grants(BTreeMap<GrantId, Grant>);

/// What is known of one.
#[derive(Default)]
struct Grant {
    asked: Option<GrantBody>,
    approvers: BTreeSet<Login>,
    /// Until when it is given, while no word says that it ends.
    until: Option<Timestamp>,
    /// Whether it ever was.
    was_given: bool,
}

impl Grants {
    /// How an entry contradicts what is known of its grant, if it tells of one.
    pub(super) fn contradicted_by(&mut self, entry: &Entry) -> Option<Contradiction> {
        let grant = self.0.entry(entry.grant?).or_default();
        match entry.action {
            EntryAction::Grant | EntryAction::BreakGlass => grant.contradicted_by(entry),
            EntryAction::Review => grant.judged_by(entry),
            _ => None,
        }
    }

    /// Whether a break-glass session that a request names stands for its approvals now.
    pub(super) fn stand_for(&self, request: &RequestBody, session: GrantId, at: Timestamp) -> bool {
        self.0.get(&session).is_some_and(|grant| {
            let is_theirs = grant.asked.as_ref().is_some_and(|body| {
                body.declaration.is_some()
                    && body.holder == request.requester
                    && body.tenant.name() == request.target.tenant()
            });
            grant.until.is_some_and(|until| at < until) && is_theirs
        })
    }
}

impl Grant {
    fn contradicted_by(&mut self, entry: &Entry) -> Option<Contradiction> {
        if entry.outcome == EntryOutcome::Refused {
            return None;
        }
        if entry.outcome == EntryOutcome::Requested {
            self.asked =
                entry.detail.get("body").and_then(|body| serde_json::from_value(body.clone()).ok());
        }
        let Some(body) = &self.asked else { return Some(Contradiction::NotAsked) };
        let by_holder = matches!(entry.outcome, EntryOutcome::Requested | EntryOutcome::Opened);
        let same_case = entry.grant == Some(body.id)
            && entry.tenant.as_ref() == Some(&body.tenant.name())
            && (entry.action == EntryAction::BreakGlass) == body.declaration.is_some();
        if !same_case || (by_holder && entry.actor.as_ref() != Some(&body.holder)) {
            return Some(Contradiction::OtherCase);
        }
        let digest = entry.detail.get("digest").and_then(|digest| digest.as_str());
        if digest != Some(body.digest().to_string().as_str()) {
            return Some(Contradiction::OtherDigest);
        }
        match entry.outcome {
            EntryOutcome::Approved => {
                let approver = signer(entry).filter(|signer| *signer != body.holder);
                self.approvers.extend(approver);
                let enough = self.approvers.len() >= body.approvals_needed.max(1) as usize;
                match activation(entry) {
                    None => None,
                    Some(_) if !enough || entry.at >= body.expires_at => {
                        Some(Contradiction::NotApproved)
                    }
                    Some(activation) => self.begin(activation),
                }
            }
            EntryOutcome::Opened => {
                let declared = body.declaration.as_ref();
                let in_time = declared.is_some_and(|declared| {
                    entry.at >= declared.alone_from && entry.at < body.expires_at
                });
                match activation(entry).filter(|_| in_time) {
                    Some(activation) => self.begin(activation),
                    None => Some(Contradiction::NotApproved),
                }
            }
            EntryOutcome::Given if self.until.is_none() => Some(Contradiction::NotIntended),
            EntryOutcome::Ending => {
                self.until = None;
                None
            }
            _ => None,
        }
    }

    fn begin(&mut self, activation: Activation) -> Option<Contradiction> {
        (self.until, self.was_given) = (Some(activation.until), true);
        None
    }

    /// A verdict is of somebody who was no part of a session that was opened, once it is over.
    fn judged_by(&self, entry: &Entry) -> Option<Contradiction> {
        if entry.outcome != EntryOutcome::Judged {
            return None;
        }
        let Some(body) = &self.asked else { return Some(Contradiction::NotAsked) };
        let judge = entry.actor.as_ref()?;
        let is_over = self.was_given && self.until.is_none();
        let is_part = *judge == body.holder || self.approvers.contains(judge);
        (!is_over || is_part || body.declaration.is_none()).then_some(Contradiction::OtherCase)
    }
}

fn activation(entry: &Entry) -> Option<Activation> {
    serde_json::from_value(entry.detail.get("activation")?.clone()).ok()
}
