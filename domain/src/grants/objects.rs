//! What stands in a cluster for a grant: an account of its own in a closed namespace, and one binding of it.

use std::fmt;

use super::Grant;
use crate::{
    ids::GrantId,
    names::{ClusterRoleName, Namespace},
};

/// The closed namespace of the grants' accounts. Nothing runs there, and no tenant can be there.
pub const GRANTS_NAMESPACE: &str = "sekisho-grants";
/// The label that names the grant.
pub const GRANT_LABEL: &str = "sekisho.dev/grant";
/// The annotation that names its holder.
pub const PERSON_ANNOTATION: &str = "sekisho.dev/person";
/// The annotation with its digest.
pub const DIGEST_ANNOTATION: &str = "sekisho.dev/digest";
/// The annotation that tells when it ends by itself.
pub const UNTIL_ANNOTATION: &str = "sekisho.dev/until";

/// One object that stands for a grant, by its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A role binding.
    Binding {
        /// Its namespace.
        namespace: Namespace,
        /// Its name.
        name: String,
    },
    /// An account among the grants' own.
    Account {
        /// Its name.
        name: String,
    },
}

impl Grant {
    /// What its account is called.
    #[must_use]
    pub fn account_name(&self) -> String {
        account_name(self.body.id)
    }

    /// What its binding is called.
    #[must_use]
    pub fn binding_name(&self) -> String {
        format!("sekisho-grant-{}", self.body.id)
    }

    /// What stands for it in the cluster, in the order in which it is taken away: a binding counts at once, an account
    /// may be taken for good for some seconds after it is gone.
    #[must_use]
    pub fn pieces(&self) -> [Piece; 2] {
        let namespace = self.body.tenant.namespace.clone();
        [
            Piece::Binding { namespace, name: self.binding_name() },
            Piece::Account { name: self.account_name() },
        ]
    }
}

const ACCOUNT: &str = "grant-";

fn account_name(grant: GrantId) -> String {
    format!("{ACCOUNT}{grant}")
}

fn grant_of(account: &str) -> Option<GrantId> {
    account.strip_prefix(ACCOUNT)?.parse().ok()
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binding { namespace, name } => write!(f, "RoleBinding {namespace}/{name}"),
            Self::Account { name } => write!(f, "ServiceAccount {GRANTS_NAMESPACE}/{name}"),
        }
    }
}

/// A binding that a cluster holds and that has to do with grants: it bears their label, or one of their accounts is
/// among its subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundBinding {
    /// Its namespace; none where it binds for the whole cluster.
    pub namespace: Option<Namespace>,
    /// Its name.
    pub name: String,
    /// What tells it from another of its name.
    pub uid: String,
    /// The grant that its label names, if one is named.
    pub grant: Option<GrantId>,
    /// The cluster role that it binds; none where it binds a role of its namespace.
    pub cluster_role: Option<ClusterRoleName>,
    /// Whom it is for, as `Kind namespace/name`.
    pub subjects: Vec<String>,
}

/// An account that a cluster holds among the grants' own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundAccount {
    /// Its name.
    pub name: String,
    /// What tells it from another of its name.
    pub uid: String,
}

/// What a cluster holds that has to do with grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Bindings.
    pub bindings: Vec<FoundBinding>,
    /// Accounts.
    pub accounts: Vec<FoundAccount>,
}

/// How far is looked for bindings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// For those that bear the label.
    Labelled,
    /// Through all there are: whoever copies one may leave the label out.
    Everything,
}

impl FoundAccount {
    /// The grant whose account it would be, by its name.
    #[must_use]
    pub fn grant(&self) -> Option<GrantId> {
        grant_of(&self.name)
    }
}

impl FoundBinding {
    /// What is taken away to be rid of it, where the console may delete such a binding at all.
    #[must_use]
    pub fn piece(&self) -> Option<Piece> {
        let namespace = self.namespace.clone()?;
        Some(Piece::Binding { namespace, name: self.name.clone() })
    }

    /// The grants whose accounts are among its subjects.
    pub fn accounts(&self) -> impl Iterator<Item = GrantId> {
        let prefix = format!("ServiceAccount {GRANTS_NAMESPACE}/");
        self.subjects
            .iter()
            .filter_map(move |subject| subject.strip_prefix(&prefix).and_then(grant_of))
    }

    /// Its place.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("RoleBinding {namespace}/{}", self.name),
            None => format!("ClusterRoleBinding {}", self.name),
        }
    }

    /// Whether it is what is made for this grant, and nothing else.
    #[must_use]
    pub fn is_of(&self, grant: &Grant) -> bool {
        let account = format!("ServiceAccount {GRANTS_NAMESPACE}/{}", grant.account_name());
        self.grant == Some(grant.body.id)
            && self.namespace.as_ref() == Some(&grant.body.tenant.namespace)
            && self.name == grant.binding_name()
            && self.cluster_role.as_ref() == Some(&grant.body.role.cluster_role)
            && self.subjects == [account]
    }
}
