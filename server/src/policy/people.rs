//! `people.toml`: who may use the console, and as which user their calls reach each cluster.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    names::{ClusterName, ClusterUser, Login, TeamName},
    policy::{Person, PolicyTrouble},
};
use serde::Deserialize;
use toml::Spanned;

use super::{
    checks::{checked_title, parsed},
    source_text::SourceText,
    teams::Teams,
    trouble::Troubles,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    people: BTreeMap<Spanned<String>, PersonEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    name: Spanned<String>,
    teams: Vec<Spanned<String>>,
    #[serde(default)]
    cluster_users: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// The people, by login.
pub(super) type People = BTreeMap<Login, Arc<Person>>;

/// Who holds a cluster user. Two people behind one user could not be told apart afterwards.
type Holders = BTreeMap<(ClusterName, ClusterUser), String>;

pub(super) fn read(
    source: &SourceText<'_>,
    teams: &Teams,
    troubles: &mut Troubles,
) -> Option<People> {
    let file: PeopleFile = troubles.keep(source.parse_toml())?;
    let mut holders = Holders::new();
    let mut people = People::new();
    for (login, entry) in &file.people {
        let cluster_users = cluster_users(source, login, entry, &mut holders, troubles);
        let name = troubles.keep(checked_title(source, &entry.name));
        let teams_of = teams_of(source, entry, teams, troubles);
        let login: Option<Login> = troubles.keep(parsed(source, login));
        if let (Some(login), Some(name)) = (login, name) {
            let person = Person {
                login: login.clone(),
                name,
                roles: roles_of(&teams_of, teams),
                teams: teams_of,
                cluster_users,
            };
            people.insert(login, Arc::new(person));
        }
    }
    Some(people)
}

/// Somebody who must be among the people.
pub(super) fn listed(
    source: &SourceText<'_>,
    text: &Spanned<String>,
    people: &People,
) -> Result<Login, PolicyTrouble> {
    let login = parsed(source, text)?;
    if people.contains_key(&login) {
        return Ok(login);
    }
    Err(source.trouble_with(text, "there is no such person in people.toml"))
}

fn teams_of(
    source: &SourceText<'_>,
    entry: &PersonEntry,
    teams: &Teams,
    troubles: &mut Troubles,
) -> BTreeSet<TeamName> {
    let mut found = BTreeSet::new();
    for text in &entry.teams {
        let Some(name) = troubles.keep::<TeamName>(parsed(source, text)) else {
            continue;
        };
        if teams.by_name.contains_key(&name) {
            found.insert(name);
        } else {
            let reason = format!("there is no team {name} in teams.toml");
            troubles.note(source.trouble_with(text, reason));
        }
    }
    found
}

fn roles_of(names: &BTreeSet<TeamName>, teams: &Teams) -> BTreeSet<String> {
    names
        .iter()
        .filter_map(|name| teams.by_name.get(name))
        .flat_map(|team| team.roles.iter().cloned())
        .collect()
}

fn cluster_users(
    source: &SourceText<'_>,
    login: &Spanned<String>,
    entry: &PersonEntry,
    holders: &mut Holders,
    troubles: &mut Troubles,
) -> BTreeMap<ClusterName, ClusterUser> {
    let mut users = BTreeMap::new();
    for (cluster_text, user_text) in &entry.cluster_users {
        let cluster: Option<ClusterName> = troubles.keep(parsed(source, cluster_text));
        let user: Option<ClusterUser> = troubles.keep(parsed(source, user_text));
        let (Some(cluster), Some(user)) = (cluster, user) else {
            continue;
        };
        let holder = login.get_ref().clone();
        if let Some(other) = holders.insert((cluster.clone(), user.clone()), holder) {
            let reason = format!("{user} in cluster {cluster} is the user of {other} already");
            troubles.note(source.trouble_with(user_text, reason));
        }
        users.insert(cluster, user);
    }
    users
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{InvalidPolicy, folder::PEOPLE, teams};

    fn read_text(text: &str) -> Result<People, InvalidPolicy> {
        let mut troubles = Troubles::default();
        let teams = SourceText {
            file: "teams.toml",
            text: "[teams.risk]\ntitle = \"Risk\"\n[teams.night]\ntitle = \"Night\"\nroles = [\"on-call\"]\n",
        };
        let teams = teams::read(&teams, &mut troubles).unwrap();
        let source = SourceText { file: PEOPLE, text };
        let people = read(&source, &teams, &mut troubles);
        troubles.finish(people)
    }

    const ONE: &str = "[people.one]\nname = \"One\"\nteams = [\"risk\", \"night\"]\ncluster_users = { demo = \"one@x\" }\n";

    #[test]
    fn a_person_has_the_roles_of_their_teams() {
        let people = read_text(ONE).unwrap();
        let one = &people[&"one".parse().unwrap()];
        assert_eq!(one.teams.len(), 2);
        assert_eq!(one.roles, BTreeSet::from(["on-call".to_owned()]));
        let user = &one.cluster_users[&"demo".parse().unwrap()];
        assert_eq!(user.as_str(), "one@x");
    }

    #[test]
    fn every_trouble_is_found_at_its_line() {
        let text = "[people.One]\nname = \"One\"\nteams = [\n\"nobody\",\n\"No\"]\n\n\
                    [people.two]\nname = \"\\u0007\"\nteams = []\n\
                    [people.two.cluster_users]\nDemo = \"x\"\ndemo = \"system:masters\"\n";
        insta::assert_snapshot!(read_text(text).unwrap_err(), @r#"
        people.toml:1: "One" is no login: 1 to 64 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit
        people.toml:4: there is no team nobody in teams.toml
        people.toml:5: "No" is no team name: 1 to 64 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit
        people.toml:8: a name for people has 1 to 100 characters and no control characters
        people.toml:11: "Demo" is no cluster name: 1 to 63 of a-z, 0-9 and '-', with a letter or digit at both ends
        people.toml:12: "system:masters" is no cluster user: 1 to 253 printable ASCII characters without spaces, not beginning with 'system:'
        "#);
    }

    #[test]
    fn two_people_do_not_share_a_cluster_user() {
        let two = ONE.replace("people.one", "people.two");
        let trouble = read_text(&format!("{ONE}{two}")).unwrap_err().to_string();
        assert_eq!(trouble, "people.toml:8: one@x in cluster demo is the user of one already");
        let elsewhere = two.replace("demo =", "other =");
        assert!(read_text(&format!("{ONE}{elsewhere}")).is_ok());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (text, expected) in [
            (
                "[people.a]\nname = \"A\"\nteams = []\nadmin = true\n",
                "people.toml:4: unknown field `admin`",
            ),
            ("[people.a]\nname = \"A\"\nteams = \"risk\"\n", "people.toml:3: invalid type"),
            ("[people.a]\nname = \"A\"\nname = \"B\"\n", "people.toml:3: duplicate key"),
            ("[people.a\n", "people.toml:1: "),
        ] {
            let found = read_text(text).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{found} / {expected}");
        }
    }
}
