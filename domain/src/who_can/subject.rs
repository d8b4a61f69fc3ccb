//! Whom a binding names, and whether that is somebody.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::grants::GRANTS_NAMESPACE;

/// Whoever proved who they are.
const AUTHENTICATED: &str = "system:authenticated";
/// Whoever did not.
const UNAUTHENTICATED: &str = "system:unauthenticated";
const ANONYMOUS: &str = "system:anonymous";
/// Every service account; with a namespace behind it, all of that namespace.
const SERVICE_ACCOUNTS: &str = "system:serviceaccounts";
const SERVICE_ACCOUNT: &str = "system:serviceaccount:";
/// What belongs to the cluster itself.
const OF_THE_CLUSTER: &str = "system:";

/// Whom a binding names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Subject {
    /// One user.
    User {
        /// As the API server knows them.
        name: String,
    },
    /// Whoever is in a group.
    Group {
        /// What it is called.
        name: String,
    },
    /// One service account.
    ServiceAccount {
        /// Where it is.
        namespace: String,
        /// What it is called there.
        name: String,
    },
}

impl Subject {
    /// The namespace that it speaks of, if it does.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::User { name } => Some(name.strip_prefix(SERVICE_ACCOUNT)?.split_once(':')?.0),
            Self::Group { name } => name.strip_prefix(SERVICE_ACCOUNTS)?.strip_prefix(':'),
            Self::ServiceAccount { namespace, .. } => Some(namespace),
        }
    }

    /// The account of a grant that it is, by name alone.
    #[must_use]
    pub fn account_of_grant(&self) -> Option<&str> {
        match self {
            Self::ServiceAccount { namespace, name } => {
                (namespace == GRANTS_NAMESPACE).then_some(name)
            }
            Self::User { .. } | Self::Group { .. } => None,
        }
    }

    /// Whether it belongs to the cluster itself.
    #[must_use]
    pub fn is_of_the_cluster(&self) -> bool {
        match self {
            Self::User { name } | Self::Group { name } => name.starts_with(OF_THE_CLUSTER),
            Self::ServiceAccount { namespace, .. } => namespace.starts_with("kube-"),
        }
    }
}

/// Somebody as the API server sees them: a user, and their groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    user: String,
    groups: BTreeSet<String>,
}

impl Principal {
    /// A user, in the groups that an API server puts them into by their name alone.
    #[must_use]
    pub fn named(user: &str) -> Self {
        let mut groups = BTreeSet::new();
        if let Some((namespace, _)) =
            user.strip_prefix(SERVICE_ACCOUNT).and_then(|account| account.split_once(':'))
        {
            groups.insert(SERVICE_ACCOUNTS.to_owned());
            groups.insert(format!("{SERVICE_ACCOUNTS}:{namespace}"));
        }
        groups.insert(if user == ANONYMOUS { UNAUTHENTICATED } else { AUTHENTICATED }.to_owned());
        Self { user: user.to_owned(), groups }
    }

    /// The same user, in these groups beside.
    #[must_use]
    pub fn in_groups(mut self, groups: impl IntoIterator<Item = String>) -> Self {
        self.groups.extend(groups);
        self
    }

    /// Whether a binding that names this subject means them.
    #[must_use]
    pub fn is(&self, subject: &Subject) -> bool {
        match subject {
            Subject::User { name } => *name == self.user,
            Subject::Group { name } => self.groups.contains(name),
            Subject::ServiceAccount { namespace, name } => {
                self.user == format!("{SERVICE_ACCOUNT}{namespace}:{name}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(namespace: &str, name: &str) -> Subject {
        Subject::ServiceAccount { namespace: namespace.to_owned(), name: name.to_owned() }
    }

    fn group(name: &str) -> Subject {
        Subject::Group { name: name.to_owned() }
    }

    #[test]
    fn an_account_is_a_user_in_groups_of_its_own() {
        let robot = Principal::named("system:serviceaccount:checkout:robot");
        let user = Subject::User { name: "system:serviceaccount:checkout:robot".to_owned() };
        assert!(robot.is(&user) && robot.is(&account("checkout", "robot")));
        for name in
            ["system:serviceaccounts", "system:serviceaccounts:checkout", "system:authenticated"]
        {
            assert!(robot.is(&group(name)), "{name}");
        }
        assert!(!robot.is(&group("system:serviceaccounts:ledger")));
        assert!(!robot.is(&account("ledger", "robot")) && !robot.is(&account("checkout", "rob")));
    }

    #[test]
    fn a_person_is_in_no_group_but_that_of_all() {
        let person = Principal::named("engineer@kawase.example");
        assert!(person.is(&group("system:authenticated")));
        assert!(!person.is(&group("system:serviceaccounts")) && !person.is(&group("developers")));
        assert!(person.in_groups(["developers".to_owned()]).is(&group("developers")));
        let nobody = Principal::named("system:anonymous");
        assert!(nobody.is(&group("system:unauthenticated")));
        assert!(!nobody.is(&group("system:authenticated")));
    }

    #[test]
    fn a_subject_speaks_of_a_namespace_however_it_is_written() {
        let user = Subject::User { name: "system:serviceaccount:ledger:robot".to_owned() };
        for subject in [user, account("ledger", "robot"), group("system:serviceaccounts:ledger")] {
            assert_eq!(subject.namespace(), Some("ledger"), "{subject:?}");
        }
        assert_eq!(group("system:serviceaccounts").namespace(), None);
        assert_eq!(group("ledger").namespace(), None);
    }
}
