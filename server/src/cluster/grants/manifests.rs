//! What is made for a grant, and what tells that it is that.

use std::collections::BTreeMap;

use domain::grants::{
    CommittedActivation, DIGEST_ANNOTATION, GRANT_LABEL, GRANTS_NAMESPACE, PERSON_ANNOTATION,
    UNTIL_ANNOTATION,
};
use k8s_openapi::{
    api::{
        core::v1::ServiceAccount,
        rbac::v1::{RoleBinding, RoleRef, Subject},
    },
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};

const RBAC: &str = "rbac.authorization.k8s.io";

/// The account, into which no token is ever mounted by itself.
pub(super) fn account(word: &CommittedActivation) -> ServiceAccount {
    ServiceAccount {
        metadata: metadata(word, GRANTS_NAMESPACE, word.grant().account_name()),
        automount_service_account_token: Some(false),
        ..ServiceAccount::default()
    }
}

/// The binding, whose only subject that account is.
pub(super) fn binding(word: &CommittedActivation) -> RoleBinding {
    let namespace = word.body().tenant.namespace.as_str();
    RoleBinding {
        metadata: metadata(word, namespace, word.grant().binding_name()),
        role_ref: RoleRef {
            api_group: Some(RBAC.to_owned()),
            kind: "ClusterRole".to_owned(),
            name: word.body().role.cluster_role.to_string(),
        },
        subjects: Some(vec![Subject {
            kind: "ServiceAccount".to_owned(),
            name: word.grant().account_name(),
            namespace: Some(GRANTS_NAMESPACE.to_owned()),
            api_group: None,
        }]),
    }
}

fn metadata(word: &CommittedActivation, namespace: &str, name: String) -> ObjectMeta {
    let annotations = [
        (PERSON_ANNOTATION, word.body().holder.to_string()),
        (DIGEST_ANNOTATION, word.digest().to_string()),
        (UNTIL_ANNOTATION, word.until().to_string()),
    ];
    let owned = |pairs: &[(&str, String)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    ObjectMeta {
        name: Some(name),
        namespace: Some(namespace.to_owned()),
        labels: Some(owned(&[(GRANT_LABEL, word.body().id.to_string())])),
        annotations: Some(owned(&annotations)),
        ..ObjectMeta::default()
    }
}
