//! `roles.toml`: the roles that may be held for a time, the smallest first. What it does not list cannot be granted.

mod break_glass;
mod entry;
mod rules;

use std::collections::BTreeSet;

use domain::{break_glass::BreakGlassSettings, grants::Ladder};
use serde::Deserialize;
use toml::Spanned;

use self::entry::{Defaults, Entry};
use super::{source_text::SourceText, trouble::Troubles};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesFile {
    /// What holds for every role that does not say otherwise.
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    roles: Vec<Entry>,
    /// How glass is broken; nobody can where it is absent.
    break_glass: Option<break_glass::Entry>,
}

/// What the file says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Roles {
    /// The roles that may be granted.
    pub(super) ladder: Ladder,
    /// How glass is broken.
    pub(super) break_glass: Option<BreakGlassSettings>,
}

pub(super) fn read(source: &SourceText<'_>, troubles: &mut Troubles) -> Option<Roles> {
    let file: RolesFile = troubles.keep(source.parse_toml())?;
    let mut names = BTreeSet::new();
    for entry in &file.roles {
        if !names.insert(entry.name.get_ref()) {
            let reason = format!("there is a role {} already", entry.name.get_ref());
            troubles.note(source.trouble_with(&entry.name, reason));
        }
    }
    let roles: Vec<_> =
        file.roles.iter().map(|entry| entry.read(&file.defaults, source, troubles)).collect();
    let ladder = roles.into_iter().collect::<Option<_>>().map(Ladder);
    let break_glass = match &file.break_glass {
        Some(entry) => entry.read(source, troubles).map(Some),
        None => Some(None),
    };
    Some(Roles { ladder: ladder?, break_glass: break_glass? })
}

/// A name that knows where in the file it stands.
type Name = Spanned<String>;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::{grants::Risk, policy::Tier, time::Timestamp};

    use super::*;
    use crate::policy::{InvalidPolicy, folder::ROLES};

    fn read_text(text: &str) -> Result<Roles, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let source = SourceText { file: ROLES, text };
        let roles = read(&source, &mut troubles);
        troubles.finish(roles)
    }

    const FILE: &str = r#"[defaults]
approvals = 1
request_ttl = "1h"
longest = "8h"

[[roles]]
name = "view"
summary = "Look at pods"
rules = [
  { api_groups = ["", "apps"], resources = ["pods", "deployments"], verbs = ["get", "list"] },
  { api_groups = [""], resources = ["configmaps"], resource_names = ["flags"], verbs = ["get"] },
]

[[roles]]
name = "debug"
cluster_role = "acme:debug"
summary = "A shell"
longest = "2h"
approvals_in_tier = { 0 = 2 }
"#;

    #[test]
    fn roles_are_read_in_their_order_and_defaults_fill_what_is_left_out() {
        let Roles { ladder: Ladder(rungs), break_glass } = read_text(FILE).unwrap();
        assert_eq!(break_glass, None, "where the file says nothing, nobody breaks glass");
        let [view, debug] = rungs.as_slice() else { panic!("two roles: {rungs:?}") };
        assert_eq!(view.cluster_role.as_str(), "sekisho:role:view");
        assert_eq!(view.longest, Duration::from_hours(8));
        let rules = view.rules.as_deref().unwrap();
        assert_eq!((rules.len(), Risk::of(rules)), (2, Risk::Reads));
        assert_eq!((debug.cluster_role.as_str(), &debug.rules), ("acme:debug", &None));
        assert_eq!(debug.longest, Duration::from_hours(2));
        assert_eq!(debug.longest_in_all, Duration::from_hours(2), "extensions included");
        assert_eq!([0, 2].map(|tier| debug.asking.approvals_in(Tier(tier))), [2, 1]);
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (good, bad, expected) in [
            ("approvals = 1", "approvals = 0", "roles.toml:2: must be 1 to 5"),
            ("0 = 2", "0 = 0", "roles.toml:19: must be 1 to 5"),
            ("\"8h\"", "\"25h\"", "roles.toml:4: must be a time"),
            ("\"8h\"", "\"30s\"", "roles.toml:4: must be a time"),
            ("\"2h\"\n", "\"2h\"\nlongest_in_all = \"1h\"\n", "roles.toml:19: must be a time"),
            ("longest = \"8h\"\n", "", "roles.toml:6: `longest` is given neither here nor in"),
            ("\"view\"", "\"View\"", "roles.toml:7: \"View\" is no role name"),
            ("\"view\"", "\"debug\"", "roles.toml:15: there is a role debug already"),
            ("\"Look at pods\"", "\" \"", "roles.toml:8: a name for people has"),
            ("\"acme:debug\"", "\"acme/debug\"", "roles.toml:16: \"acme/debug\" is no cluster"),
            ("\"acme:debug\"", "\"system:x\"", "roles.toml:16: \"system:x\" is no cluster"),
            (
                "\"acme:debug\"",
                "\"cluster-admin\"",
                "roles.toml:16: can never be granted: wildcard",
            ),
            ("\"acme:debug\"", "\"edit\"", "roles.toml:16: can never be granted: aggregated"),
            (
                "\"acme:debug\"",
                "\"sekisho:grants:bindings\"",
                "roles.toml:16: belongs to the console",
            ),
            ("\"pods\", ", "\"*\", ", "roles.toml:10: can never be granted: wildcard"),
            ("\"configmaps\"", "\"secrets\"", "roles.toml:11: can never be granted: reads_secrets"),
            (
                "[\"get\"] },",
                "[] },",
                "roles.toml:11: a rule names API groups, resources and verbs",
            ),
            (
                "cluster_role = \"acme:debug\"\n",
                "",
                "roles.toml:15: says neither its `rules` nor its",
            ),
            ("cluster_role", "cluster_roles", "roles.toml:16: unknown field `cluster_roles`"),
        ] {
            assert!(FILE.contains(good), "{good}");
            let found = read_text(&FILE.replacen(good, bad, 1)).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }

    #[test]
    fn a_role_with_rules_of_ours_may_not_take_a_name_of_the_company() {
        let both = FILE.replacen("summary = \"A", "rules = []\nsummary = \"A", 1);
        let found = read_text(&both).unwrap_err().to_string();
        assert!(found.contains("says both its `rules` and its `cluster_role`"), "{found}");
    }

    #[test]
    fn break_glass_is_usual_but_for_what_is_said() {
        let read = |said: &str| read_text(&format!("{FILE}\n[break_glass]\n{said}"));
        let usual = read("").unwrap().break_glass.unwrap();
        let [patience, longest] = [usual.patience, usual.longest].map(|it| it.as_secs() / 60);
        assert_eq!((patience, longest), (10, 30));
        assert_eq!(usual.review_within, Duration::from_hours(24));
        let now = Timestamp::from_micros(0);
        let said = read("at_once_in_tier = [0]\nlongest = \"1h\"").unwrap().break_glass.unwrap();
        assert_eq!(said.alone_from(Tier(0), now), now);
        assert_eq!(said.alone_from(Tier(1), now), now.plus(said.patience));
        for (bad, expected) in [
            ("at_once_in_tier = [4]", "roles.toml:22: a tier is 0 to 3"),
            ("longest = \"5h\"", "roles.toml:22: must be a time"),
            ("patience = \"2h\"", "roles.toml:22: must be a time"),
            ("review_within = \"1m\"", "roles.toml:22: must be a time"),
            ("patience = \"1h\"", "roles.toml:22: patience outlasts `declared_for`"),
            ("alone = true", "roles.toml:22: unknown field `alone`"),
        ] {
            let found = read(bad).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }

    #[test]
    fn a_file_without_roles_grants_nothing() {
        assert_eq!(read_text(""), Ok(Roles::default()));
    }
}
