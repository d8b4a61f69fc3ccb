//! The invariants of power, judged over what is left when every run is over.

use std::{collections::BTreeMap, fmt};

use domain::{
    audit::{Entry, EntryOutcome},
    break_glass::ReviewStateName,
    grants::{GrantStateName, GrantView},
};
use sekisho::{
    identity::Origin,
    verify::{Keys, verify_entries},
};

use super::held::Held;

/// What the console kept, what it had acknowledged, and what the cluster holds.
#[derive(Clone)]
pub(super) struct Evidence {
    pub(super) origin: Origin,
    /// Oldest first.
    pub(super) entries: Vec<Entry>,
    pub(super) sessions: Vec<GrantView>,
    pub(super) reviews: BTreeMap<String, ReviewStateName>,
    pub(super) held: Held,
    pub(super) opened: Vec<String>,
    pub(super) closed: Vec<String>,
    pub(super) kills: u32,
}

/// What does not hold, in words.
pub(super) fn violations(evidence: &Evidence) -> Vec<String> {
    let Evidence { entries, sessions, held, .. } = evidence;
    let report = verify_entries(entries, evidence.origin.url(), &Keys::AssertedByServer);
    let mut found: Vec<_> =
        report.bad().map(|(place, how)| format!("entry {place}: {how:?}")).collect();
    let places = entries.iter().map(|entry| entry.sequence);
    if !places.eq(0..entries.len() as u64) {
        found.push(format!("the log has gaps: {:?}", report.gaps));
    }
    let known: Vec<_> = sessions.iter().map(|session| session.id.to_string()).collect();
    let strays = held.bindings.iter().chain(&held.accounts).filter(|id| !known.contains(id));
    found.extend(
        strays.map(|id| format!("the cluster holds something of {id}, which no one knows")),
    );
    found.extend(sessions.iter().filter_map(|session| untrue(evidence, session)));
    let lost = |ids: &[String], wrong: &[GrantStateName]| {
        let is_lost = |id: &&String| {
            sessions.iter().all(|it| it.id.to_string() != **id || wrong.contains(&it.state))
        };
        ids.iter()
            .filter(is_lost)
            .map(|id| format!("{id} was acknowledged, and lost"))
            .collect::<Vec<_>>()
    };
    found.extend(lost(&evidence.opened, &[GrantStateName::Pending]));
    found.extend(lost(&evidence.closed, &[GrantStateName::Pending, GrantStateName::Active]));
    found
}

/// Active is what the cluster holds exactly once, and nothing else is held; whatever was opened is reviewed.
fn untrue(evidence: &Evidence, session: &GrantView) -> Option<String> {
    let (id, state) = (session.id.to_string(), session.state);
    let count = |held: &[String]| held.iter().filter(|it| **it == id).count();
    let held = (count(&evidence.held.bindings), count(&evidence.held.accounts));
    let expected = if state == GrantStateName::Active { (1, 1) } else { (0, 0) };
    if held != expected {
        return Some(format!("{id} is {state}, and the cluster holds {held:?} of it"));
    }
    let review = evidence.reviews.get(&id).copied();
    let expected = match state {
        GrantStateName::Active => Some(ReviewStateName::Live),
        GrantStateName::Ended => Some(ReviewStateName::Open),
        _ => None,
    };
    (review != expected).then(|| format!("{id} is {state}, and its review is {review:?}"))
}

/// A judge that finds nothing must be able to: it is given the evidence with one thing wrong at a time.
pub(super) fn is_tried(evidence: &Evidence) {
    let finds = |what: &str, spoil: &dyn Fn(&mut Evidence)| {
        let mut spoilt = evidence.clone();
        spoil(&mut spoilt);
        assert!(!violations(&spoilt).is_empty(), "the judge does not see {what}");
    };
    let active = |it: &GrantView| it.state == GrantStateName::Active;
    let some_ended = evidence.sessions.iter().find(|it| !active(it)).map(|it| it.id.to_string());
    finds("a binding that nobody knows", &|evidence| {
        evidence.held.bindings.push("nobody's".to_owned());
    });
    if let Some(ended) = some_ended {
        finds("power that is over and held", &|evidence| {
            evidence.held.bindings.push(ended.clone());
        });
        finds("a session that nobody reviews", &|evidence| {
            evidence.reviews.remove(&ended);
        });
    }
    finds("power that is not held", &|evidence| {
        let first = &mut evidence.sessions[0];
        first.state = GrantStateName::Active;
        evidence.held.bindings.retain(|id| *id != first.id.to_string());
    });
    finds("power that nobody signed for", &|evidence| {
        evidence.entries.retain(|entry| entry.outcome != EntryOutcome::Approved);
    });
    finds("a session that was acknowledged and is gone", &|evidence| evidence.sessions.clear());
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for session in &self.sessions {
            *states.entry(session.state.as_str()).or_default() += 1;
        }
        let (kills, sessions, entries) = (self.kills, self.sessions.len(), self.entries.len());
        write!(f, "{kills} kills over {sessions} sessions ({states:?}), {entries} entries, ")?;
        write!(
            f,
            "{} bindings and {} accounts held",
            self.held.bindings.len(),
            self.held.accounts.len()
        )
    }
}
