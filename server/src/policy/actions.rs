//! `actions.toml`: what each action asks for. An action that is not listed is not offered.

use std::{collections::BTreeMap, ops::RangeInclusive, time::Duration};

use domain::{
    actions::{ActionKind, UnknownAction},
    policy::{ActionSettings, PolicyTrouble, TicketRule},
};
use jiff::SignedDuration;
use serde::Deserialize;
use toml::Spanned;

use super::{source_text::SourceText, trouble::Troubles};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionsFile {
    actions: BTreeMap<Spanned<String>, ActionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionEntry {
    approvals: Spanned<u32>,
    request_ttl: Spanned<String>,
    approval_ttl: Spanned<String>,
    execution_deadline: Spanned<String>,
    settle_within: Spanned<String>,
    ticket: TicketRule,
}

/// What each listed action asks for.
pub(super) type Actions = BTreeMap<ActionKind, ActionSettings>;

/// A request without approval is no request; more than a handful of approvers never meet.
const APPROVALS: RangeInclusive<u32> = 1..=5;
const REQUEST_TTL: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(72);
const APPROVAL_TTL: RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(24);
const EXECUTION_DEADLINE: RangeInclusive<Duration> =
    Duration::from_secs(1)..=Duration::from_mins(5);
const SETTLE_WITHIN: RangeInclusive<Duration> = Duration::from_secs(10)..=Duration::from_hours(2);

pub(super) fn read(source: &SourceText<'_>, troubles: &mut Troubles) -> Option<Actions> {
    let file: ActionsFile = troubles.keep(source.parse_toml())?;
    let mut actions = Actions::new();
    for (name, entry) in &file.actions {
        let kind = name.get_ref().parse();
        let kind =
            kind.map_err(|error: UnknownAction| source.trouble_with(name, error.to_string()));
        let kind = troubles.keep(kind);
        let settings = settings(source, entry, troubles);
        if let (Some(kind), Some(settings)) = (kind, settings) {
            actions.insert(kind, settings);
        }
    }
    Some(actions)
}

fn settings(
    source: &SourceText<'_>,
    entry: &ActionEntry,
    troubles: &mut Troubles,
) -> Option<ActionSettings> {
    let approvals = troubles.keep(within(source, &entry.approvals, &APPROVALS));
    let mut span = |text, range| troubles.keep(span_within(source, text, range));
    let request_ttl = span(&entry.request_ttl, &REQUEST_TTL);
    let approval_ttl = span(&entry.approval_ttl, &APPROVAL_TTL);
    let execution_deadline = span(&entry.execution_deadline, &EXECUTION_DEADLINE);
    let settle_within = span(&entry.settle_within, &SETTLE_WITHIN);
    Some(ActionSettings {
        approvals: approvals?,
        request_ttl: request_ttl?,
        approval_ttl: approval_ttl?,
        execution_deadline: execution_deadline?,
        settle_within: settle_within?,
        ticket: entry.ticket,
    })
}

fn within(
    source: &SourceText<'_>,
    value: &Spanned<u32>,
    range: &RangeInclusive<u32>,
) -> Result<u32, PolicyTrouble> {
    if range.contains(value.get_ref()) {
        return Ok(*value.get_ref());
    }
    let reason = format!("must be {} to {}", range.start(), range.end());
    Err(source.trouble_with(value, reason))
}

fn span_within(
    source: &SourceText<'_>,
    text: &Spanned<String>,
    range: &RangeInclusive<Duration>,
) -> Result<Duration, PolicyTrouble> {
    let span: Option<Duration> =
        text.get_ref().parse::<SignedDuration>().ok().and_then(|span| span.try_into().ok());
    span.filter(|span| range.contains(span)).ok_or_else(|| {
        let reason = format!(
            "must be a time such as \"15m\" or \"1h 30m\", from {:?} to {:?}",
            range.start(),
            range.end()
        );
        source.trouble_with(text, reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{InvalidPolicy, folder::ACTIONS};

    fn read_text(text: &str) -> Result<Actions, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let source = SourceText { file: ACTIONS, text };
        let actions = read(&source, &mut troubles);
        troubles.finish(actions)
    }

    const RESTART: &str = "[actions.restart-pod]\napprovals = 1\nrequest_ttl = \"1h 30m\"\napproval_ttl = \"15m\"\n\
                           execution_deadline = \"30s\"\nsettle_within = \"5m\"\nticket = \"optional\"\n";

    #[test]
    fn settings_are_read() {
        let actions = read_text(RESTART).unwrap();
        let restart = &actions[&ActionKind::RestartPod];
        assert_eq!(restart.request_ttl, Duration::from_mins(90));
        assert_eq!(restart.execution_deadline, Duration::from_secs(30));
        assert_eq!(restart.ticket, TicketRule::Optional);
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (good, bad, expected) in [
            ("restart-pod", "make-coffee", "actions.toml:1: there is no action \"make-coffee\""),
            ("approvals = 1", "approvals = 0", "actions.toml:2: must be 1 to 5"),
            ("approvals = 1", "approvals = -1", "actions.toml:2: invalid value"),
            ("approvals = 1\n", "", "actions.toml:1: missing field `approvals`"),
            ("1h 30m", "soon", "actions.toml:3: must be a time"),
            ("15m", "-15m", "actions.toml:4: must be a time"),
            ("\"30s\"", "\"10m\"", "actions.toml:5: must be a time"),
            ("optional", "never", "actions.toml:7: unknown variant `never`"),
            ("ticket", "tickets", "actions.toml:7: unknown field `tickets`"),
        ] {
            let found = read_text(&RESTART.replace(good, bad)).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }
}
