//! `actions.toml`: what each action asks for, within which bounds it stays, how much hangs on each tenant, and when
//! nothing is to be changed. An action that is not listed is not offered.

mod freezes;
mod guard_rails;
mod settings;
mod tiers;

use std::collections::BTreeMap;

use domain::{
    actions::{ActionKind, UnknownAction},
    policy::{ActionSettings, Freeze, Tiers},
};
use serde::Deserialize;
use toml::Spanned;

pub(super) use self::tiers::tier_of;
use self::{freezes::FreezeEntry, settings::Entry};
use super::{source_text::SourceText, trouble::Troubles};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionsFile {
    /// What holds for every action that does not say otherwise.
    #[serde(default)]
    defaults: Entry,
    actions: BTreeMap<Spanned<String>, Entry>,
    #[serde(default)]
    tiers: BTreeMap<Spanned<String>, Spanned<u8>>,
    #[serde(default)]
    freezes: Vec<Spanned<FreezeEntry>>,
}

/// What the file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Actions {
    /// What each listed action asks for.
    pub(super) settings: BTreeMap<ActionKind, ActionSettings>,
    /// How much hangs on each tenant.
    pub(super) tiers: Tiers,
    /// When nothing is to be changed.
    pub(super) freezes: Vec<Freeze>,
}

pub(super) fn read(source: &SourceText<'_>, troubles: &mut Troubles) -> Option<Actions> {
    let file: ActionsFile = troubles.keep(source.parse_toml())?;
    let mut settings = BTreeMap::new();
    for (name, entry) in &file.actions {
        let kind = name.get_ref().parse();
        let kind =
            kind.map_err(|error: UnknownAction| source.trouble_with(name, error.to_string()));
        let Some(kind) = troubles.keep(kind) else { continue };
        if let Some(read) = entry.or(&file.defaults).read(source, name, troubles) {
            settings.insert(kind, read);
        }
    }
    Some(Actions {
        settings,
        tiers: tiers::read(source, &file.tiers, troubles),
        freezes: freezes::read(source, &file.freezes, troubles),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::{
        actions::catalogue::{RestartPod, Scale},
        policy::{ApproverGroup, GuardRail, Rate, TicketRule, Tier},
    };

    use super::*;
    use crate::policy::{InvalidPolicy, folder::ACTIONS};

    fn read_text(text: &str) -> Result<Actions, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let source = SourceText { file: ACTIONS, text };
        let actions = read(&source, &mut troubles);
        troubles.finish(actions)
    }

    const FILE: &str = r#"[defaults]
approvals = 1
request_ttl = "1h 30m"
approval_ttl = "15m"
execution_deadline = "30s"
settle_within = "5m"
ticket = "optional"

[actions.restart-pod]
approvals_in_tier = { 0 = 2, 3 = 0 }
approvals_from_in_tier = { 0 = ["code-owners", "another-team"] }

[actions.scale]
settle_within = "10m"
ticket = "required"
ticket_pattern = "INC-[0-9]+"
largest_change = "100 %"
ready_floor = 1
cool_down = "2m"
rate = { most = 6, within = "1h" }
lift = { largest-change = 2, freeze = 3 }

[tiers]
default = 1
"demo/card-vault" = 0

[[freezes]]
name = "year-end"
from = "2026-12-24T00:00:00Z"
until = "2027-01-02T00:00:00Z"
"#;

    #[test]
    fn settings_are_read_and_defaults_fill_what_is_left_out() {
        let actions = read_text(FILE).unwrap();
        let restart = &actions.settings[&ActionKind::of(&RestartPod)];
        assert_eq!(restart.asking.request_ttl, Duration::from_mins(90));
        assert_eq!(restart.settle_within, Duration::from_mins(5));
        assert_eq!(restart.asking.ticket, TicketRule::Optional);
        let needed = [0, 1, 3].map(|tier| restart.asking.approvals_in(Tier(tier)));
        assert_eq!(needed, [2, 1, 0]);
        let groups = [ApproverGroup::CodeOwners, ApproverGroup::AnotherTeam];
        assert_eq!(restart.asking.approvals_from(Tier(0)), groups);
        assert!(restart.asking.approvals_from(Tier(1)).is_empty());
        let scale = &actions.settings[&ActionKind::of(&Scale)];
        assert_eq!(scale.settle_within, Duration::from_mins(10));
        assert_eq!(scale.asking.ticket_pattern.as_deref(), Some("INC-[0-9]+"));
        let rails = &scale.guard_rails;
        assert_eq!((rails.largest_change, rails.ready_floor), (Some(100), Some(1)));
        assert_eq!(rails.rate, Some(Rate { most: 6, within: Duration::from_hours(1) }));
        assert_eq!(rails.lift, [(GuardRail::LargestChange, 2), (GuardRail::Freeze, 3)].into());
    }

    #[test]
    fn tiers_and_freezes_are_read() {
        let actions = read_text(FILE).unwrap();
        let tier = |name: &str| actions.tiers.of(&name.parse().unwrap());
        assert_eq!((tier("demo/card-vault"), tier("demo/basket")), (Tier(0), Tier(1)));
        assert_eq!(actions.freezes.len(), 1);
        assert!(actions.freezes[0].stands("2026-12-31T23:00:00Z".parse().unwrap()));
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (good, bad, expected) in [
            ("restart-pod", "make-coffee", "actions.toml:9: there is no action \"make-coffee\""),
            ("approvals = 1\n", "approvals = 0\n", "actions.toml:2: must be 1 to 5"),
            ("approvals = 1\n", "approvals = -1\n", "actions.toml:2: invalid value"),
            (
                "approvals = 1\n",
                "\n",
                "actions.toml:9: `approvals` is given neither here nor in [defaults]",
            ),
            ("0 = 2", "0 = 6", "actions.toml:10: must be 0 to 5"),
            ("0 = 2", "4 = 2", "actions.toml:10: a tier is 0 to 3"),
            ("0 = [", "4 = [", "actions.toml:11: a tier is 0 to 3"),
            ("\"another-team\"", "\"friends\"", "actions.toml:11: unknown variant `friends`"),
            ("\"another-team\"", "\"code-owners\"", "actions.toml:11: code-owners is named twice"),
            (
                "approvals_from_in_tier = { 0",
                "approvals_from_in_tier = { 1",
                "actions.toml:9: needs 1 approvals in tier 1, too few for one of each of: code-owners, another-team",
            ),
            ("1h 30m", "soon", "actions.toml:3: must be a time"),
            ("\"15m\"", "\"-15m\"", "actions.toml:4: must be a time"),
            ("\"30s\"", "\"10m\"", "actions.toml:5: must be a time"),
            ("\"optional\"", "\"never\"", "actions.toml:7: unknown variant `never`"),
            ("ticket = \"op", "tickets = \"op", "actions.toml:7: unknown field `tickets`"),
            ("INC-[0-9]+", "INC-[0-9", "actions.toml:16: is no regular expression"),
            ("100 %", "much", "actions.toml:17: must be a share such as \"50 %\""),
            (
                "largest-change = 2",
                "speed = 2",
                "actions.toml:21: there is no guard rail \"speed\"",
            ),
            ("most = 6", "most = 0", "actions.toml:20: must be 1 to 1000"),
            ("default = 1", "default = 4", "actions.toml:24: a tier is 0 to 3"),
            (
                "demo/card-vault",
                "card-vault",
                "actions.toml:25: a tenant is written cluster/namespace",
            ),
            ("2027-01-02", "2026-12-01", "actions.toml:27: ends before it begins"),
            ("2026-12-24T00:00:00Z", "Christmas", "actions.toml:29: must be a moment"),
        ] {
            assert!(FILE.contains(good), "{good}");
            let found = read_text(&FILE.replacen(good, bad, 1)).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }
}
