//! The policy of the contract: a folder like any other, so that people, rules and the rendered RBAC are the product's own.

use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock},
    time::Duration,
};

use domain::{
    actions::ActionKind,
    policy::{Person, PolicyDigest, PolicySnapshot, PolicySource},
    testkit::ManualClock,
    time::Clock,
};
use sekisho::policy::{FixedPolicy, Folder, LoadedPolicy, load};

/// Who asks and carries out.
pub(crate) const ON_CALL: &str = "on-call";
/// Those who approve.
pub(crate) const APPROVERS: [&str; 2] = ["approver", "second-on-call"];
/// How long what follows from an action is watched for.
pub(crate) const SETTLE_WITHIN: Duration = Duration::from_mins(5);
/// How long after the word the cluster may still be called.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

const PEOPLE: &str = r#"
[people.on-call]
name = "On-call"
teams = ["on-call"]
cluster_users = { main = "on-call@kawase.example" }

[people.approver]
name = "Approver"
teams = ["owners"]
cluster_users = { main = "approver@kawase.example" }

[people.second-on-call]
name = "Second on-call"
teams = ["on-call"]

# May look at nothing in the cluster.
[people.stranger]
name = "Stranger"
teams = ["owners"]
cluster_users = { main = "stranger@kawase.example" }
"#;

const TEAMS: &str = r#"
tenant_path = "/<cluster>/<namespace>/"

[teams.owners]
title = "Owners"

[teams.on-call]
title = "On call"
roles = ["on-call"]

# The rules speak of these.
[teams.security]
title = "Security"
roles = ["security"]

[teams.platform]
title = "Platform"
roles = ["platform-admin"]
"#;

// Nodes are reached through the second, which no wildcard gives away.
const CODEOWNERS: &str = "/main/*/ @kawase/owners\n/main/kube-system/ @kawase/owners\n";

const DEFAULTS: &str = r#"
[defaults]
approvals = 2
request_ttl = "1h"
approval_ttl = "15m"
execution_deadline = "30s"
settle_within = "5m"
ticket = "optional"
"#;

/// A role with rules of its own, and two that the company has.
const ROLES: &str = r#"
[defaults]
approvals = 1
request_ttl = "1h"
longest = "8h"

[[roles]]
name = "look"
summary = "Look at ConfigMaps"
rules = [{ api_groups = [""], resources = ["configmaps"], verbs = ["get", "list"] }]

[[roles]]
name = "company"
summary = "What the company has"
cluster_role = "contract:company"

[[roles]]
name = "wild"
summary = "What can never be granted"
cluster_role = "contract:wild"
"#;

/// The usual rules.
const RULES: &str = include_str!("../../../server/policy/demo/console.cedar");

static LOADED: LazyLock<LoadedPolicy> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    load(&Folder::read(folder.path()).unwrap()).unwrap()
});

fn write(folder: &Path) {
    // Every action there is: whoever adds one has it in the contract.
    let actions = ActionKind::all().iter().map(|action| format!("\n[actions.{action}]\n"));
    let actions: String = std::iter::once(DEFAULTS.to_owned()).chain(actions).collect();
    for (name, text) in [
        ("people.toml", PEOPLE),
        ("teams.toml", TEAMS),
        ("CODEOWNERS", CODEOWNERS),
        ("actions.toml", &actions),
        ("roles.toml", ROLES),
        ("console.cedar", RULES),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// The policy as it was loaded.
pub(crate) fn loaded() -> &'static LoadedPolicy {
    &LOADED
}

/// What tells it from every other.
pub(crate) fn digest() -> PolicyDigest {
    LOADED.digest()
}

/// The policy in force.
pub(crate) fn in_force() -> FixedPolicy {
    FixedPolicy::new(&LOADED, ManualClock::default().now())
}

/// The policy with its rules.
pub(crate) fn snapshot() -> Arc<PolicySnapshot> {
    in_force().current()
}

/// Somebody listed.
pub(crate) fn person(login: &str) -> Arc<Person> {
    Arc::clone(&LOADED.policy().people[&login.parse().unwrap()])
}
