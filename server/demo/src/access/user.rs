//! The identity a request runs as.
//!
//! Never carries a credential.

use std::collections::BTreeMap;

use serde_json::{Value, json};

pub(super) const AUTHENTICATED: &str = "system:authenticated";
pub(super) const UNAUTHENTICATED: &str = "system:unauthenticated";
/// The extra by which the audit log tells the tokens of one account apart.
const CREDENTIAL: &str = "authentication.kubernetes.io/credential-id";

/// A user as Kubernetes knows them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) uid: String,
    pub(crate) groups: Vec<String>,
    pub(crate) extra: BTreeMap<String, Vec<String>>,
}

impl User {
    /// Someone who proved who they are; service accounts get the groups their name implies.
    pub(crate) fn authenticated(name: &str, groups: &[&str]) -> Self {
        let mut all = service_account_groups(name);
        all.extend(groups.iter().map(|group| (*group).to_owned()));
        all.push(AUTHENTICATED.to_owned());
        Self { name: name.to_owned(), groups: all, ..Self::default() }
    }

    /// A service account of a namespace, by the credential that proved it.
    pub(super) fn account(namespace: &str, name: &str, uid: &str, credential: &str) -> Self {
        let known = Self::authenticated(&format!("system:serviceaccount:{namespace}:{name}"), &[]);
        let extra = [(CREDENTIAL.to_owned(), vec![credential.to_owned()])];
        Self { uid: uid.to_owned(), extra: extra.into(), ..known }
    }

    pub(crate) fn anonymous() -> Self {
        let groups = vec![UNAUTHENTICATED.to_owned()];
        Self { name: "system:anonymous".to_owned(), groups, ..Self::default() }
    }

    pub(crate) fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|own| own == group)
    }

    /// As audit events write it.
    pub(crate) fn to_json(&self) -> Value {
        let mut user = json!({ "username": self.name, "groups": self.groups });
        if !self.uid.is_empty() {
            user["uid"] = json!(self.uid);
        }
        if !self.extra.is_empty() {
            user["extra"] = json!(self.extra);
        }
        user
    }
}

/// Namespace and name of `system:serviceaccount:namespace:name`.
pub(super) fn service_account(name: &str) -> Option<(&str, &str)> {
    let (namespace, name) = name.strip_prefix("system:serviceaccount:")?.split_once(':')?;
    (!namespace.is_empty() && !name.is_empty() && !name.contains(':')).then_some((namespace, name))
}

pub(super) fn service_account_groups(name: &str) -> Vec<String> {
    service_account(name).map_or_else(Vec::new, |(namespace, _)| {
        vec!["system:serviceaccounts".to_owned(), format!("system:serviceaccounts:{namespace}")]
    })
}
