//! What an entry is about beyond its columns, in a line.

use domain::audit::{Entry, EntryAction};
use serde_json::Value;

use crate::messages::{Phrases, entries};

/// Evidence that says something to people, in the order in which they ask for it. The rest is for `sekisho verify`.
const TELLING: [&str; 18] = [
    "/body/target/name",
    "/role",
    "/holder",
    "/person",
    "/object",
    "/login",
    "/label",
    "/body/reason",
    "/reason",
    "/body/ticket",
    "/verdict",
    "/reviewer",
    "/problem",
    "/facts/rule",
    "/drift",
    "/destination",
    "/event",
    "/count",
];

/// Who did it, as far as that is a person.
pub(crate) fn who(t: Phrases, entry: &Entry) -> String {
    match (&entry.actor, entry.action) {
        (Some(login), _) => login.to_string(),
        (None, EntryAction::AnonymousFailures) => t.say(entries::NOBODY).to_owned(),
        (None, _) => t.say(entries::CONSOLE).to_owned(),
    }
}

/// The evidence in a line; empty where the columns say it all.
pub(crate) fn about(entry: &Entry) -> String {
    let told = |pointer: &&str| match lookup(entry, pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    TELLING.iter().filter_map(told).collect::<Vec<_>>().join(" · ")
}

fn lookup<'a>(entry: &'a Entry, pointer: &str) -> Option<&'a Value> {
    let mut steps = pointer.split('/').skip(1);
    let first = entry.detail.get(steps.next()?)?;
    steps.try_fold(first, |value, step| value.get(step))
}

#[cfg(test)]
mod tests {
    use domain::{
        audit::{EntryDraft, EntryOutcome},
        time::Timestamp,
    };
    use serde_json::json;

    use super::*;
    use crate::messages::Language;

    fn entry(action: EntryAction) -> EntryDraft {
        EntryDraft::new(Timestamp::from_micros(0), None, action, EntryOutcome::Succeeded)
    }

    #[test]
    fn an_invitation_tells_for_whom() {
        let invited = entry(EntryAction::Invite).with("login", "engineer").at_sequence(0);
        assert_eq!(about(&invited), "engineer");
        assert_eq!(who(Phrases(Language::English), &invited), "the console");
    }

    #[test]
    fn what_only_machines_read_is_left_out() {
        let evidence = entry(EntryAction::SignIn)
            .with_json("body", &json!({ "target": { "name": "api-0", "uid": "1" } }))
            .with("credential", "AAAA")
            .with_json("facts", &json!({ "rule": "owners" }))
            .at_sequence(0);
        assert_eq!(about(&evidence), "api-0 · owners");
    }
}
