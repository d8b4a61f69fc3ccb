//! A policy folder for the crowd: twenty teams own the tenants in turn, and one engineer looks at theirs.

use std::{fs, path::Path};

use super::{
    Trouble,
    crowd::{Crowd, tenant},
};

/// What the policy calls the cluster.
pub const CLUSTER: &str = "bench";
/// Who looks.
pub const LOGIN: &str = "engineer";
/// Who they are to the cluster.
pub const USER: &str = "engineer@bench.example";
/// Teams.
const TEAMS: usize = 20;

/// The tenants of the engineer's team.
pub fn tenants_of_engineer(crowd: Crowd) -> impl Iterator<Item = usize> {
    (0..crowd.tenants).step_by(TEAMS)
}

/// Writes the folder: rules and actions as in `rules`, people and tenants of the crowd.
pub fn write(folder: &Path, rules: &Path, crowd: Crowd) -> Result<(), Trouble> {
    fs::create_dir_all(folder)?;
    for name in ["console.cedar", "actions.toml"] {
        fs::copy(rules.join(name), folder.join(name))?;
    }
    fs::write(folder.join("CODEOWNERS"), owners(crowd))?;
    fs::write(folder.join("teams.toml"), teams())?;
    fs::write(folder.join("people.toml"), people())?;
    Ok(())
}

fn team(number: usize) -> String {
    format!("team-{number:02}")
}

fn owners(crowd: Crowd) -> String {
    let line = |n: usize| format!("/{CLUSTER}/{}/ @bench/{}\n", tenant(n), team(n % TEAMS));
    (0..crowd.tenants).map(line).collect()
}

fn teams() -> String {
    let owners = (0..TEAMS).map(|n| format!("[teams.{}]\ntitle = \"Team {n}\"\n", team(n)));
    let roles = [("platform", "platform-admin"), ("security", "security"), ("on-call", "on-call")];
    let roles = roles
        .map(|(team, role)| format!("[teams.{team}]\ntitle = \"{team}\"\nroles = [\"{role}\"]\n"));
    let path = "tenant_path = \"/<cluster>/<namespace>/\"\n".to_owned();
    [path].into_iter().chain(owners).chain(roles).collect()
}

fn people() -> String {
    let person = |login: &str, team: &str, user: &str| {
        format!(
            "[people.{login}]\nname = \"{login}\"\nteams = [\"{team}\"]\n\
             cluster_users = {{ {CLUSTER} = \"{user}\" }}\n"
        )
    };
    let others = ["on-call", "security", "platform"]
        .map(|team| person(&format!("{team}-person"), team, &format!("{team}@bench.example")));
    [person(LOGIN, &team(0), USER)].into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenant_has_an_owner_and_the_engineer_some() {
        let crowd = Crowd { tenants: 200, pods_each: 20 };
        assert_eq!(owners(crowd).lines().count(), 200);
        assert!(owners(crowd).starts_with("/bench/tenant-000/ @bench/team-00\n"));
        assert_eq!(tenants_of_engineer(crowd).count(), 10);
    }
}
