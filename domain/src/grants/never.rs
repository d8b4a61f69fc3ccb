//! Roles that can never be granted, whoever lists them and whoever signs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ClusterRole, RoleRule, rule::ANY};

const RBAC: &str = "rbac.authorization.k8s.io";
const READS: [&str; 3] = ["get", "list", "watch"];
const ESCALATES: [&str; 2] = ["escalate", "bind"];
/// With what is narrower in newer Kubernetes: `impersonate:user-info`, `impersonate-on:…`.
const IMPERSONATES: &str = "impersonate";

/// Why a role can never be granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeverGranted {
    /// What it holds is put together from other roles: what it means tomorrow nobody signed.
    Aggregated,
    /// One of its rules names groups, resources or verbs by a wildcard.
    Wildcard,
    /// It may give power away that its holder does not have: `escalate`, `bind`, `impersonate`.
    Escalates,
    /// It makes tokens of service accounts.
    MakesTokens,
    /// It writes roles or bindings.
    WritesRbac,
    /// It reads Secrets, or writes them: the answer to a write is the Secret, and a Secret can be made to hold a
    /// service account's token that never ends.
    ReadsSecrets,
}

impl NeverGranted {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Aggregated => "aggregated",
            Self::Wildcard => "wildcard",
            Self::Escalates => "escalates",
            Self::MakesTokens => "makes_tokens",
            Self::WritesRbac => "writes_rbac",
            Self::ReadsSecrets => "reads_secrets",
        }
    }

    /// Why one of these rules keeps a role from ever being granted, if one does.
    #[must_use]
    pub fn among(rules: &[RoleRule]) -> Option<Self> {
        rules.iter().find_map(Self::in_rule)
    }

    fn in_rule(rule: &RoleRule) -> Option<Self> {
        let sets = [&rule.api_groups, &rule.resources, &rule.verbs];
        if sets.into_iter().flatten().any(|text| text.contains(ANY)) {
            return Some(Self::Wildcard);
        }
        let holds = |resource: &str| rule.resources.contains(resource);
        let does = |verbs: &[&str]| verbs.iter().any(|verb| rule.verbs.contains(*verb));
        let core = rule.api_groups.contains("");
        let impersonates = rule.verbs.iter().any(|verb| verb.starts_with(IMPERSONATES));
        if does(&ESCALATES) || impersonates {
            return Some(Self::Escalates);
        }
        if core && holds("serviceaccounts/token") && does(&["create"]) {
            return Some(Self::MakesTokens);
        }
        if rule.api_groups.contains(RBAC)
            && !rule.verbs.iter().all(|it| READS.contains(&it.as_str()))
        {
            return Some(Self::WritesRbac);
        }
        (core && holds("secrets")).then_some(Self::ReadsSecrets)
    }
}

impl ClusterRole {
    /// Why it can never be granted, if so.
    #[must_use]
    pub fn never_granted(&self) -> Option<NeverGranted> {
        let aggregated = self.aggregated.then_some(NeverGranted::Aggregated);
        aggregated.or_else(|| NeverGranted::among(&self.rules))
    }
}

impl fmt::Display for NeverGranted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testkit::rule;

    #[test]
    fn whatever_could_give_more_than_was_signed_is_refused() {
        use NeverGranted::{Escalates, MakesTokens, ReadsSecrets, Wildcard, WritesRbac};
        for (group, resource, verb, expected) in [
            ("", "pods", "get", None),
            ("", "*", "get", Some(Wildcard)),
            ("*", "pods", "get", Some(Wildcard)),
            ("", "pods", "*", Some(Wildcard)),
            ("", "pods/*", "get", Some(Wildcard)),
            ("apps", "*/scale", "patch", Some(Wildcard)),
            (RBAC, "clusterroles", "bind", Some(Escalates)),
            (RBAC, "roles", "escalate", Some(Escalates)),
            ("", "users", "impersonate", Some(Escalates)),
            ("", "serviceaccounts/token", "create", Some(MakesTokens)),
            ("", "serviceaccounts/token", "get", None),
            (RBAC, "rolebindings", "create", Some(WritesRbac)),
            (RBAC, "roles", "patch", Some(WritesRbac)),
            (RBAC, "roles", "deletecollection", Some(WritesRbac)),
            (RBAC, "roles", "list", None),
            ("", "secrets", "get", Some(ReadsSecrets)),
            ("", "secrets", "watch", Some(ReadsSecrets)),
            ("", "secrets", "create", Some(ReadsSecrets)),
            ("", "secrets", "patch", Some(ReadsSecrets)),
            ("", "secrets", "deletecollection", Some(ReadsSecrets)),
            ("authentication.k8s.io", "users", "impersonate:user-info", Some(Escalates)),
            ("example.org", "secrets", "get", None),
        ] {
            let found = NeverGranted::among(&[rule(&[group], &[resource], &[verb])]);
            assert_eq!(found, expected, "{verb} {resource}.{group}");
        }
    }

    #[test]
    fn one_bad_rule_among_good_ones_is_found_however_it_is_narrowed() {
        let mut named = rule(&["", "apps"], &["pods", "secrets"], &["get", "delete"]);
        named.resource_names.insert("only-this".to_owned());
        let rules = [rule(&[""], &["pods"], &["get"]), named];
        assert_eq!(NeverGranted::among(&rules), Some(NeverGranted::ReadsSecrets));
        assert_eq!(NeverGranted::among(&rules[..1]), None);
        let aggregated = ClusterRole { uid: "uid".to_owned(), rules: Vec::new(), aggregated: true };
        assert_eq!(aggregated.never_granted(), Some(NeverGranted::Aggregated));
    }
}
