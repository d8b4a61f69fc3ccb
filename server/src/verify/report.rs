//! All entries of an export, and what can be said of their signatures.

use domain::{
    approvals::{Decision, SignedDecision},
    audit::{Entry, EntryAction, EntryOutcome},
    break_glass::Verdict,
};
use url::Url;

use super::{
    Flaw, Pins,
    cases::{Contradiction, contradictions},
    check_signature,
};

/// By whose word a key belongs to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    /// By the server's own.
    AssertedByServer,
    /// By pins from elsewhere.
    Pinned(Pins),
}

/// What can be said of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It carries no signature and needs none.
    Unsigned,
    /// Its signature holds.
    Holds,
    /// Its outcome needs a signature, and there is none that can be read.
    Missing,
    /// Its signature has a flaw.
    Flawed(Flaw),
    /// Its signature is good, and for something else than the entry says.
    Misplaced,
    /// Its signature is good, by a key that is not pinned for that person.
    NotPinned,
    /// It contradicts the other entries of its request.
    Contradicted(Contradiction),
}

/// What can be said of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Each entry's place, with what can be said of it.
    pub entries: Vec<(u64, Checked)>,
    /// Places that the export lacks between its first and last entry.
    pub gaps: Vec<u64>,
}

impl Report {
    /// How many entries are so.
    #[must_use]
    pub fn count(&self, so: &Checked) -> usize {
        self.entries.iter().filter(|(_, checked)| checked == so).count()
    }

    /// The entries that prove less than they should.
    pub fn bad(&self) -> impl Iterator<Item = &(u64, Checked)> {
        self.entries
            .iter()
            .filter(|(_, checked)| !matches!(checked, Checked::Unsigned | Checked::Holds))
    }
}

/// Checks every entry of an export, in any order.
#[must_use]
pub fn verify_entries(entries: &[Entry], origin: &Url, keys: &Keys) -> Report {
    let mut in_order: Vec<_> = entries.iter().collect();
    in_order.sort_by_key(|entry| entry.sequence);
    let contradicted = contradictions(&in_order);
    let check = |entry: &&Entry| {
        let checked = match (check_entry(entry, origin, keys), contradicted.get(&entry.sequence)) {
            (Checked::Holds | Checked::Unsigned, Some(found)) => Checked::Contradicted(*found),
            (checked, _) => checked,
        };
        (entry.sequence, checked)
    };
    let checked: Vec<_> = in_order.iter().map(check).collect();
    let gaps = checked.windows(2).flat_map(|pair| pair[0].0 + 1..pair[1].0).collect();
    Report { entries: checked, gaps }
}

fn check_entry(entry: &Entry, origin: &Url, keys: &Keys) -> Checked {
    let (decision, about) = match signed_decision(entry) {
        Signed::Nothing => return Checked::Unsigned,
        Signed::Decision(decision) => (decision, "digest"),
        Signed::Verdict(Some(decision)) => (decision, "case"),
        Signed::Verdict(None) => return Checked::Misplaced,
    };
    let signature = entry.detail.get("signature").cloned().unwrap_or_default();
    let Ok(signed) = serde_json::from_value::<SignedDecision>(signature) else {
        return Checked::Missing;
    };
    if let Err(flaw) = check_signature(&signed, origin) {
        return Checked::Flawed(flaw);
    }
    let digest = entry.detail.get(about).and_then(serde_json::Value::as_str);
    let about_this = digest.is_some_and(|digest| digest == signed.commitment.digest.to_string());
    let by_them = entry.actor.as_ref() == Some(signed.person());
    if !(about_this && by_them && signed.commitment.decision == decision) {
        return Checked::Misplaced;
    }
    match keys {
        Keys::Pinned(pins) if !pins.hold(signed.person(), &signed.assertion.public_key) => {
            Checked::NotPinned
        }
        Keys::Pinned(_) | Keys::AssertedByServer => Checked::Holds,
    }
}

/// What an entry must carry a signature of.
enum Signed {
    Nothing,
    Decision(Decision),
    /// A verdict on a case; none that there is where it cannot be read, or is the person's own.
    Verdict(Option<Decision>),
}

fn signed_decision(entry: &Entry) -> Signed {
    Signed::Decision(match (entry.action, entry.outcome) {
        (_, EntryOutcome::Approved) => Decision::Approve,
        (_, EntryOutcome::Denied) => Decision::Deny,
        (EntryAction::Action(_), EntryOutcome::Intended) => Decision::Execute,
        (_, EntryOutcome::Opened) => Decision::Open,
        (EntryAction::AddPasskey, EntryOutcome::Succeeded) => Decision::AddPasskey,
        (EntryAction::RemovePasskey, EntryOutcome::Succeeded) => Decision::RemovePasskey,
        (_, EntryOutcome::Judged) => return Signed::Verdict(verdict(entry)),
        _ => return Signed::Nothing,
    })
}

fn verdict(entry: &Entry) -> Option<Decision> {
    let person = entry.detail.get("person")?.as_str()?;
    let verdict: Verdict = serde_json::from_value(entry.detail.get("verdict")?.clone()).ok()?;
    let by_another = entry.actor.as_ref().is_some_and(|actor| actor.as_str() != person);
    by_another.then(|| verdict.decision())
}
