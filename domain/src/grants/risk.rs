//! How far a role reaches beyond what its rules say.

use serde::{Deserialize, Serialize};

use super::RoleRule;

/// What a role lets its holder do at worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// Look.
    Reads,
    /// Change something, without making or entering a pod.
    Changes,
    /// Read Secrets; or make a pod or enter one, and so read what any pod of the namespace may read.
    ReachesSecrets,
}

const READS: [&str; 3] = ["get", "list", "watch"];
/// Who writes one of these writes what pods are made of.
const MAKES_PODS: [(&str, &[&str]); 3] = [
    ("", &["pods", "podtemplates", "replicationcontrollers"]),
    ("apps", &["daemonsets", "deployments", "replicasets", "statefulsets"]),
    ("batch", &["cronjobs", "jobs"]),
];
const WRITES: [&str; 3] = ["create", "patch", "update"];
/// A shell is opened with `create`, or by WebSocket with `get`.
const ENTERS_PODS: [&str; 2] = ["pods/attach", "pods/exec"];
const ADDS_CONTAINERS: &str = "pods/ephemeralcontainers";
/// Also a write: it is answered with what was written, and a watch, or a list, with all.
const SECRETS: &str = "secrets";

impl Risk {
    /// The worst that these rules let somebody do.
    #[must_use]
    pub fn of(rules: &[RoleRule]) -> Self {
        rules.iter().map(Self::of_rule).max().unwrap_or(Self::Reads)
    }

    /// The worst that this rule lets somebody do.
    #[must_use]
    pub fn of_rule(rule: &RoleRule) -> Self {
        if rule.reaches_secrets() {
            Self::ReachesSecrets
        } else if rule.verbs.iter().all(|verb| READS.contains(&verb.as_str())) {
            Self::Reads
        } else {
            Self::Changes
        }
    }

    /// As the API writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Changes => "changes",
            Self::ReachesSecrets => "reaches-secrets",
        }
    }
}

impl RoleRule {
    fn reaches_secrets(&self) -> bool {
        let about = |group: &str, kinds: &[&str]| kinds.iter().any(|it| self.is_about(group, it));
        let writes = WRITES.iter().any(|verb| self.says(verb));
        let makes = writes && MAKES_PODS.iter().any(|(group, kinds)| about(group, kinds));
        let enters = about("", &ENTERS_PODS) || writes && about("", &[ADDS_CONTAINERS]);
        makes || enters || about("", &[SECRETS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testkit::rule;

    #[test]
    fn who_makes_or_enters_a_pod_reaches_secrets() {
        for (group, resource, verb, expected) in [
            ("", "pods", "list", Risk::Reads),
            ("", "pods", "delete", Risk::Changes),
            ("", "pods", "create", Risk::ReachesSecrets),
            ("", "pods/exec", "create", Risk::ReachesSecrets),
            ("", "pods/exec", "get", Risk::ReachesSecrets),
            ("", "pods/attach", "create", Risk::ReachesSecrets),
            ("", "pods/ephemeralcontainers", "patch", Risk::ReachesSecrets),
            ("", "pods/ephemeralcontainers", "get", Risk::Reads),
            ("", "pods/log", "get", Risk::Reads),
            ("", "pods/portforward", "create", Risk::Changes),
            ("apps", "deployments", "patch", Risk::ReachesSecrets),
            ("apps", "deployments/scale", "patch", Risk::Changes),
            ("apps", "deployments", "delete", Risk::Changes),
            ("batch", "cronjobs", "create", Risk::ReachesSecrets),
            ("example.org", "deployments", "patch", Risk::Changes),
            ("", "secrets", "list", Risk::ReachesSecrets),
            ("*", "*", "get", Risk::ReachesSecrets),
            ("*", "*/scale", "*", Risk::Changes),
            ("apps", "*", "patch", Risk::ReachesSecrets),
            ("apps", "*", "get", Risk::Reads),
        ] {
            let rules = [rule(&[""], &["events"], &["get"]), rule(&[group], &[resource], &[verb])];
            assert_eq!(Risk::of(&rules), expected, "{verb} {resource}.{group}");
        }
        assert_eq!(Risk::of(&[]), Risk::Reads);
    }
}
