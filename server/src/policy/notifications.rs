//! `notifications.toml`: who is told of what, in which tenants. A folder may lack it.
//!
//! Names secrets and never holds one: no address and no key has a place here.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    names::{DestinationName, SecretName, TeamName},
    notifications::{Destination, DestinationKind, EventKind, Language, TenantPattern},
    policy::PolicyTrouble,
};
use serde::Deserialize;
use toml::Spanned;

use super::{checks::parsed, source_text::SourceText, teams::Teams, trouble::Troubles};

/// Who is told, by name.
pub(super) type Destinations = BTreeMap<DestinationName, Destination>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotificationsFile {
    #[serde(default)]
    destinations: BTreeMap<Spanned<String>, DestinationEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DestinationEntry {
    kind: DestinationKind,
    secret: Spanned<String>,
    #[serde(default)]
    language: Language,
    #[serde(default)]
    events: Vec<Spanned<String>>,
    #[serde(default)]
    teams: Vec<Spanned<String>>,
    #[serde(default)]
    tenants: Vec<Spanned<String>>,
}

pub(super) fn read(
    source: &SourceText<'_>,
    teams: &Teams,
    troubles: &mut Troubles,
) -> Option<Destinations> {
    let file: NotificationsFile = troubles.keep(source.parse_toml())?;
    let told = file.destinations.iter();
    let told = told.filter_map(|(name, entry)| destination(source, name, entry, teams, troubles));
    Some(told.map(|destination| (destination.name.clone(), destination)).collect())
}

fn destination(
    source: &SourceText<'_>,
    name: &Spanned<String>,
    entry: &DestinationEntry,
    teams: &Teams,
    troubles: &mut Troubles,
) -> Option<Destination> {
    if entry.teams.is_empty() && entry.tenants.is_empty() {
        let told = "says whose tenants it is about: teams, tenants, or both";
        troubles.note(source.trouble_with(name, told));
    }
    let named: Option<DestinationName> = troubles.keep(parsed(source, name));
    let secret: Option<SecretName> = troubles.keep(parsed(source, &entry.secret));
    let events = troubles.keep(events(source, name, entry));
    let mut owners = BTreeSet::new();
    for team in &entry.teams {
        owners.extend(troubles.keep(known_team(source, team, teams)));
    }
    let mut tenants: Vec<TenantPattern> = Vec::new();
    for pattern in &entry.tenants {
        tenants.extend(troubles.keep(parsed(source, pattern)));
    }
    Some(Destination {
        name: named?,
        kind: entry.kind,
        secret: secret?,
        language: entry.language,
        events: events?,
        teams: owners,
        tenants,
    })
}

/// Of which events. A pager is told of those that begin and end a page, or it would be left ringing.
fn events(
    source: &SourceText<'_>,
    name: &Spanned<String>,
    entry: &DestinationEntry,
) -> Result<BTreeSet<EventKind>, PolicyTrouble> {
    let pages = |kind: &EventKind| kind.begins_waiting() || kind.ends_waiting();
    match (entry.kind, entry.events.first()) {
        (DestinationKind::PagerDuty, None) => {
            Ok(EventKind::ALL.into_iter().filter(pages).collect())
        }
        (DestinationKind::PagerDuty, Some(first)) => {
            Err(source.trouble_with(first, "a pagerduty destination takes no events"))
        }
        (_, None) => {
            Err(source.trouble_with(name, "says of which events: events = [\"requested\", …]"))
        }
        (_, Some(_)) => entry.events.iter().map(|event| parsed(source, event)).collect(),
    }
}

fn known_team(
    source: &SourceText<'_>,
    name: &Spanned<String>,
    teams: &Teams,
) -> Result<TeamName, PolicyTrouble> {
    let team: TeamName = parsed(source, name)?;
    if teams.by_name.contains_key(&team) {
        Ok(team)
    } else {
        Err(source.trouble_with(name, format!("there is no team {team} in teams.toml")))
    }
}

#[cfg(test)]
mod tests {
    use domain::{notifications::Event, policy::Policy};

    use super::*;
    use crate::policy::{Folder, folder::NOTIFICATIONS, load};

    const CHAT: &str = "[destinations.chat]\nkind = \"slack\"\nsecret = \"chat\"\nlanguage = \"ja\"\n\
        events = [\"requested\", \"failed\"]\nteams = [\"payments-core\"]\ntenants = [\"demo/check*\"]\n";
    const PAGER: &str =
        "[destinations.pager]\nkind = \"pagerduty\"\nsecret = \"pager\"\ntenants = [\"*/*\"]\n";

    fn loaded(text: &str) -> Result<Policy, String> {
        let folder = Folder::demo().with(NOTIFICATIONS, text.as_bytes());
        load(&folder).map(|loaded| loaded.policy().clone()).map_err(|invalid| invalid.to_string())
    }

    #[test]
    fn a_folder_that_lacks_it_tells_nobody() {
        assert!(load(&Folder::demo()).unwrap().policy().destinations.is_empty());
        assert!(loaded("").unwrap().destinations.is_empty());
    }

    #[test]
    fn destinations_are_read() {
        let policy = loaded(&format!("{CHAT}{PAGER}")).unwrap();
        let chat = &policy.destinations[&"chat".parse().unwrap()];
        assert_eq!((chat.kind, chat.language), (DestinationKind::Slack, Language::Japanese));
        assert_eq!(chat.events, [EventKind::Requested, EventKind::Failed].into());
        let pager = &policy.destinations[&"pager".parse().unwrap()];
        assert_eq!(pager.language, Language::English);
        assert_eq!(pager.events.len(), 15, "what begins and ends a page");
    }

    #[test]
    fn a_destination_is_told_of_what_fits() {
        let policy = loaded(CHAT).unwrap();
        let chat = &policy.destinations[&"chat".parse().unwrap()];
        let owners = ["payments-core".parse().unwrap()];
        let event = |kind, tenant: &str| Event {
            kind,
            tenant: Some(tenant.parse().unwrap()),
            ..crate::notifications::testkit::delivery(kind).event
        };
        assert!(chat.wants(&event(EventKind::Failed, "demo/checkout"), &owners));
        assert!(!chat.wants(&event(EventKind::Denied, "demo/checkout"), &owners));
        assert!(!chat.wants(&event(EventKind::Failed, "demo/ledger"), &owners));
        assert!(!chat.wants(&event(EventKind::Failed, "demo/checkout"), &[]));
    }

    #[test]
    fn of_a_recovery_is_told_whoever_is_told_of_every_tenant() {
        let wide = CHAT.replace("\"failed\"", "\"recovery-asked\"");
        let everything = wide.replace("demo/check*", "*/*");
        for (text, told) in [(wide, false), (everything, true)] {
            let policy = loaded(&text).unwrap();
            let chat = &policy.destinations[&"chat".parse().unwrap()];
            let event = crate::notifications::testkit::delivery(EventKind::RecoveryAsked).event;
            let event = Event { tenant: None, ..event };
            assert_eq!(chat.wants(&event, &["payments-core".parse().unwrap()]), told, "{text}");
            assert!(!chat.wants(&event, &[]), "and only about people of its teams");
        }
    }

    #[test]
    fn mistakes_are_named_by_line() {
        for (good, bad, expected) in [
            ("\"slack\"", "\"chat\"", "notifications.toml:2: unknown variant `chat`"),
            ("\"ja\"", "\"de\"", "notifications.toml:4: unknown variant `de`"),
            (
                "secret = \"chat\"",
                "url = \"https://x\"",
                "notifications.toml:3: unknown field `url`",
            ),
            ("\"failed\"", "\"fialed\"", "notifications.toml:5: there is no event \"fialed\""),
            ("[\"requested\", \"failed\"]", "[]", "notifications.toml:1: says of which events"),
            ("payments-core", "nobody", "notifications.toml:6: there is no team nobody"),
            ("demo/check*", "demo", "notifications.toml:7: a pattern is written"),
            (
                "destinations.chat",
                "destinations.\"no name\"",
                "notifications.toml:1: \"no name\" is no",
            ),
        ] {
            let found = loaded(&CHAT.replace(good, bad)).err().unwrap();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
        let everywhere = PAGER.replace("tenants = [\"*/*\"]\n", "");
        let found = loaded(&everywhere).err().unwrap();
        assert!(found.starts_with("notifications.toml:1: says whose tenants"), "{found}");
        let found = loaded(&format!("{PAGER}events = [\"requested\"]\n")).err().unwrap();
        assert_eq!(found, "notifications.toml:5: a pagerduty destination takes no events");
    }
}
