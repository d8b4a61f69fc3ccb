//! The entries of one grant, held against each other: power needs the words that it demands, before it is given.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{
    actions::RequestBody,
    audit::{Entry, EntryAction, EntryOutcome},
    grants::{Activation, Extends, GrantBody},
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
        let id = entry.grant?;
        match entry.action {
            EntryAction::Grant | EntryAction::BreakGlass => {
                let goes_on_well = self.goes_on_well(id, entry);
                let contradiction = self.0.entry(id).or_default().contradicted_by(entry);
                contradiction.or((!goes_on_well).then_some(Contradiction::NoSession))
            }
            EntryAction::Review => self.judged_by(id, entry),
            _ => None,
        }
    }

    /// Whether what is given here lasts no longer than was signed; and where it is a session that goes on from another, from
    /// one that is live, and not beyond the end of all of it.
    fn goes_on_well(&self, id: GrantId, entry: &Entry) -> bool {
        let Some(activation) = activation(entry) else { return true };
        let Some(body) = self.0.get(&id).and_then(|grant| grant.asked.as_ref()) else {
            return true;
        };
        if activation.until > activation.at.plus(Duration::from_secs(body.ttl_seconds)) {
            return false;
        }
        let Some(declared) = &body.declaration else {
            return self.prolongs_well(body, &activation, entry.at);
        };
        let (Some(goes_on), Some(extends)) = (declared.goes_on, body.extends) else {
            return declared.goes_on.is_none() && body.extends.is_none();
        };
        let before = self.held_before(extends, body, entry.at);
        let is_of_it = before.is_some_and(|before| first_of(before) == Some(goes_on.first));
        activation.until <= goes_on.ends_by && is_of_it
    }

    /// Whether more time for a role was given while that role was held, and not beyond the end of the stretch.
    fn prolongs_well(&self, body: &GrantBody, activation: &Activation, at: Timestamp) -> bool {
        let Some(extends) = body.extends else { return true };
        let Some(ends_by) = extends.ends_by else { return true };
        let before = self.held_before(extends, body, at);
        let is_same = before.is_some_and(|before| before.role.name == body.role.name);
        activation.until <= ends_by && is_same
    }

    /// What this goes on from, if it is the same person's in the same tenant and held at that moment.
    fn held_before(&self, extends: Extends, body: &GrantBody, at: Timestamp) -> Option<&GrantBody> {
        let before = self.0.get(&extends.grant)?;
        let is_held = before.until.is_some_and(|until| at < until);
        let asked = before.asked.as_ref().filter(|_| is_held)?;
        (asked.holder == body.holder && asked.tenant == body.tenant).then_some(asked)
    }

    /// A verdict is of somebody who was no part of a session that was opened, nor of what went on from it, once all of it
    /// is over.
    fn judged_by(&self, id: GrantId, entry: &Entry) -> Option<Contradiction> {
        if entry.outcome != EntryOutcome::Judged {
            return None;
        }
        let judge = entry.actor.as_ref()?;
        let first = self.0.get(&id);
        if first.is_none_or(|grant| grant.asked.is_none()) {
            return Some(Contradiction::NotAsked);
        }
        let is_covered =
            |grant: &&Grant| grant.asked.as_ref().and_then(first_of) == Some(id) && grant.was_given;
        let mut covered = self.0.values().filter(is_covered).peekable();
        let was_opened = covered.peek().is_some();
        let is_clean = covered.all(|grant| grant.until.is_none() && !grant.involves(judge));
        (!was_opened || !is_clean).then_some(Contradiction::OtherCase)
    }

    /// Whether a break-glass session that a request names stands for its approvals now.
    pub(super) fn stand_for(&self, request: &RequestBody, session: GrantId, at: Timestamp) -> bool {
        self.0.get(&session).is_some_and(|grant| {
            let is_theirs = grant.asked.as_ref().is_some_and(|body| {
                body.declaration.as_ref().is_some_and(|declared| !declared.is_drill)
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
            if self.asked.is_some() {
                return Some(Contradiction::OtherCase);
            }
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

    /// Whether somebody holds it, or approved it.
    fn involves(&self, login: &Login) -> bool {
        let holds = self.asked.as_ref().is_some_and(|body| body.holder == *login);
        holds || self.approvers.contains(login)
    }
}

/// The session that a session began with, by whose identifier its review goes; none of any other grant.
fn first_of(body: &GrantBody) -> Option<GrantId> {
    let declared = body.declaration.as_ref()?;
    Some(declared.goes_on.map_or(body.id, |goes_on| goes_on.first))
}

fn activation(entry: &Entry) -> Option<Activation> {
    serde_json::from_value(entry.detail.get("activation")?.clone()).ok()
}
