//! `teams.toml`: the teams, the roles they are trusted with, and where a tenant's folder lies.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    names::TeamName,
    policy::{RoleName, Team},
};
use serde::Deserialize;
use toml::Spanned;

use super::{
    checks::{checked_title, parsed},
    source_text::SourceText,
    tenant_path::TenantPath,
    trouble::Troubles,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamsFile {
    tenant_path: Option<Spanned<String>>,
    teams: BTreeMap<Spanned<String>, TeamEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamEntry {
    title: Spanned<String>,
    #[serde(default)]
    roles: Vec<Spanned<String>>,
}

/// What `teams.toml` says.
#[derive(Debug, Default)]
pub(super) struct Teams {
    pub(super) by_name: BTreeMap<TeamName, Team>,
    pub(super) tenant_path: TenantPath,
}

impl Teams {
    /// Every role that some team holds.
    pub(super) fn roles(&self) -> BTreeSet<&RoleName> {
        self.by_name.values().flat_map(|team| &team.roles).collect()
    }
}

pub(super) fn read(source: &SourceText<'_>, troubles: &mut Troubles) -> Option<Teams> {
    let file: TeamsFile = troubles.keep(source.parse_toml())?;
    let tenant_path = match &file.tenant_path {
        Some(text) => {
            let path = text.get_ref().parse::<TenantPath>();
            troubles.keep(path.map_err(|error| source.trouble_with(text, error.to_string())))?
        }
        None => TenantPath::default(),
    };
    let by_name = file
        .teams
        .into_iter()
        .filter_map(|(name, entry)| team(source, &name, &entry, troubles))
        .map(|team| (team.name.clone(), team))
        .collect();
    Some(Teams { by_name, tenant_path })
}

fn team(
    source: &SourceText<'_>,
    name: &Spanned<String>,
    entry: &TeamEntry,
    troubles: &mut Troubles,
) -> Option<Team> {
    let name: Option<TeamName> = troubles.keep(parsed(source, name));
    let title = troubles.keep(checked_title(source, &entry.title));
    let mut roles = BTreeSet::new();
    for role in &entry.roles {
        // A role is named like a team.
        let named: Result<TeamName, _> = parsed(source, role);
        if troubles.keep(named).is_some() {
            roles.insert(role.get_ref().clone());
        }
    }
    Some(Team { name: name?, title: title?, roles })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{InvalidPolicy, folder::TEAMS};

    fn read_text(text: &str) -> Result<Teams, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let teams = read(&SourceText { file: TEAMS, text }, &mut troubles);
        troubles.finish(teams)
    }

    fn trouble(text: &str) -> String {
        read_text(text).unwrap_err().to_string()
    }

    #[test]
    fn teams_and_their_roles_are_read() {
        let teams = read_text(
            "[teams.security]\ntitle = \"Security\"\nroles = [\"security\"]\n[teams.risk]\ntitle = \"Risk\"\n",
        )
        .unwrap();
        assert_eq!(teams.by_name.len(), 2);
        assert_eq!(teams.roles().into_iter().collect::<Vec<_>>(), ["security"]);
    }

    #[test]
    fn each_trouble_names_its_line() {
        for (text, expected) in [
            ("[teams.a]\n", "teams.toml:1: missing field `title`"),
            ("[teams.a]\ntitle = \"A\"\nrole = []\n", "teams.toml:3: unknown field `role`"),
            (
                "[teams.a]\ntitle = \"\"\n",
                "teams.toml:2: a name for people has 1 to 100 characters",
            ),
            ("\n[teams.A]\ntitle = \"A\"\n", "teams.toml:2: \"A\" is no team name"),
            (
                "[teams.a]\ntitle = \"A\"\nroles = [\"b\",\n\"C\"]\n",
                "teams.toml:4: \"C\" is no team name",
            ),
            ("[teams.a]\ntitle = \"A\"\n[teams.a]\n", "teams.toml:3: duplicate key"),
            ("tenant_path = \"<cluster>\"\n[teams]\n", "teams.toml:1: a tenant's path"),
            ("", "teams.toml:1: missing field `teams`"),
        ] {
            let found = trouble(text);
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }
}
