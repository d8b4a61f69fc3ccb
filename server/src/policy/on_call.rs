//! `oncall.toml`: who is on call when, and the role that goes with it. A folder may lack it.

use std::collections::BTreeMap;

use domain::policy::{NotAWeekTime, OnCall, PolicyTrouble, Shift, WeekTime};
use serde::Deserialize;
use toml::Spanned;

use super::{checks::parsed, people::People, source_text::SourceText, trouble::Troubles};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnCallFile {
    rotations: BTreeMap<String, Rotation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    role: String,
    shifts: Vec<ShiftEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShiftEntry {
    person: Spanned<String>,
    from: Spanned<String>,
    until: Spanned<String>,
}

pub(super) fn read(
    source: &SourceText<'_>,
    people: &People,
    troubles: &mut Troubles,
) -> Option<OnCall> {
    let file: OnCallFile = troubles.keep(source.parse_toml())?;
    let entries = file.rotations.values().flat_map(|rotation| {
        rotation.shifts.iter().map(move |entry| (rotation.role.as_str(), entry))
    });
    let shifts = entries.filter_map(|(role, entry)| shift(source, role, entry, people, troubles));
    Some(OnCall(shifts.collect()))
}

fn shift(
    source: &SourceText<'_>,
    role: &str,
    entry: &ShiftEntry,
    people: &People,
    troubles: &mut Troubles,
) -> Option<Shift> {
    let person = parsed(source, &entry.person).and_then(|login| {
        if people.contains_key(&login) {
            return Ok(login);
        }
        Err(source.trouble_with(&entry.person, "there is no such person in people.toml"))
    });
    let (person, from, until) = (
        troubles.keep(person),
        troubles.keep(week_time(source, &entry.from)),
        troubles.keep(week_time(source, &entry.until)),
    );
    Some(Shift { person: person?, role: role.to_owned(), from: from?, until: until? })
}

fn week_time(source: &SourceText<'_>, text: &Spanned<String>) -> Result<WeekTime, PolicyTrouble> {
    let time = text.get_ref().parse();
    time.map_err(|error: NotAWeekTime| source.trouble_with(text, error.to_string()))
}

#[cfg(test)]
mod tests {
    use domain::{
        access::{Act, Question, Verdict},
        actions::{ActionKind, catalogue::RestartPod},
    };

    use crate::policy::{
        Folder,
        folder::{ON_CALL, RULES},
        load,
    };

    const SHIFTS: &str = "[rotations.payments]\nrole = \"on-duty\"\nshifts = [\n\
        { person = \"engineer\", from = \"Mon 09:00\", until = \"Thu 09:00\" },\n\
        { person = \"approver\", from = \"Thu 09:00\", until = \"Mon 09:00\" },\n]\n";
    const DUTY: &str = "@id(\"whoever-is-on-duty-asks\")\n\
        permit (principal in Role::\"on-duty\", action == Action::\"ask\", resource);\n";

    fn folder(shifts: &str) -> Folder {
        Folder::demo().with(ON_CALL, shifts.as_bytes()).with(RULES, DUTY.as_bytes())
    }

    #[test]
    fn a_role_lasts_as_long_as_the_shift_that_it_goes_with() {
        let loaded = load(&folder(SHIFTS)).unwrap();
        let name = "demo/checkout".parse().unwrap();
        let resource = domain::access::Resource::Tenant {
            owners: loaded.policy().ownership.owners(&name),
            name,
        };
        let asks = |login: &str, at: &str| {
            let person = &loaded.policy().people[&login.parse().unwrap()];
            let act = Act::Ask(ActionKind::of(&RestartPod));
            let at = at.parse().unwrap();
            let question = Question { person, act, resource: &resource, at };
            matches!(loaded.snapshot.rules.decide(question), Verdict::Allowed { .. })
        };
        // 2026-01-05 is a Monday.
        let (monday, friday) = ("2026-01-05T09:00:00Z", "2026-01-09T03:00:00Z");
        assert!(asks("engineer", monday) && !asks("approver", monday));
        assert!(!asks("engineer", friday) && asks("approver", friday));
        assert!(!asks("on-call", monday), "a team's role is another");
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (good, bad, expected) in [
            ("\"engineer\"", "\"nobody\"", "oncall.toml:4: there is no such person in people.toml"),
            (
                "Thu 09:00\" },\n{",
                "Thu 25:00\" },\n{",
                "oncall.toml:4: a minute of the week is written",
            ),
            ("role = ", "roles = ", "oncall.toml:2: unknown field `roles`"),
        ] {
            let found = load(&folder(&SHIFTS.replacen(good, bad, 1))).unwrap_err().to_string();
            assert!(found.contains(expected), "{found} / {expected}");
        }
    }
}
