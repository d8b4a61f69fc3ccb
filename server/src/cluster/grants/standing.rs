//! What the cluster holds that has to do with grants, read past every cache.

use domain::{
    grants::{FoundAccount, FoundBinding, GRANT_LABEL, GRANTS_NAMESPACE, Scan, Standing},
    resources::ClusterError,
};
use k8s_openapi::{
    api::{
        core::v1::ServiceAccount,
        rbac::v1::{ClusterRoleBinding, RoleBinding, RoleRef, Subject},
    },
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};
use kube::{Api, Client, ResourceExt, api::ListParams};

use crate::cluster::listing::all;

/// The account that every namespace has.
const DEFAULT: &str = "default";

pub(super) async fn standing(client: &Client, scan: Scan) -> Result<Standing, ClusterError> {
    let accounts: Api<ServiceAccount> = Api::namespaced(client.clone(), GRANTS_NAMESPACE);
    let accounts = all(&accounts, ListParams::default()).await?;
    let narrow: Vec<RoleBinding> = all(&Api::all(client.clone()), params(scan)).await?;
    let wide: Vec<ClusterRoleBinding> = all(&Api::all(client.clone()), params(scan)).await?;
    let narrow = narrow.into_iter().filter_map(|it| found(it.metadata, &it.role_ref, it.subjects));
    let wide = wide.into_iter().filter_map(|it| found(it.metadata, &it.role_ref, it.subjects));
    Ok(Standing {
        bindings: narrow.chain(wide).collect(),
        accounts: accounts.iter().filter_map(account).collect(),
    })
}

fn params(scan: Scan) -> ListParams {
    match scan {
        Scan::Everything => ListParams::default(),
        Scan::Labelled => ListParams::default().labels(GRANT_LABEL),
    }
}

fn account(account: &ServiceAccount) -> Option<FoundAccount> {
    let name = account.name_any();
    Some(FoundAccount { uid: account.uid()?, name: Some(name).filter(|name| name != DEFAULT)? })
}

/// A binding that bears the label, or that is for one of the accounts.
fn found(
    metadata: ObjectMeta,
    role: &RoleRef,
    subjects: Option<Vec<Subject>>,
) -> Option<FoundBinding> {
    let label = metadata.labels.as_ref().and_then(|labels| labels.get(GRANT_LABEL));
    let subjects: Vec<_> = subjects.unwrap_or_default();
    let reaches = |it: &Subject| it.namespace.as_deref() == Some(GRANTS_NAMESPACE);
    let group = format!("system:serviceaccounts:{GRANTS_NAMESPACE}");
    let for_all = |it: &Subject| it.kind == "Group" && it.name == group;
    let as_user = |it: &Subject| account_of_user(it).is_some();
    if label.is_none() && !subjects.iter().any(|it| reaches(it) || for_all(it) || as_user(it)) {
        return None;
    }
    let namespace = metadata.namespace.as_deref();
    Some(FoundBinding {
        grant: label.and_then(|label| label.parse().ok()),
        namespace: namespace.and_then(|it| it.parse().ok()),
        name: metadata.name?,
        uid: metadata.uid?,
        cluster_role: (role.kind == "ClusterRole").then(|| role.name.parse().ok()).flatten(),
        subjects: subjects.iter().map(|it| written(it, namespace)).collect(),
    })
}

/// As `Kind namespace/name`; an account without a namespace is one of the binding's own.
fn written(subject: &Subject, own: Option<&str>) -> String {
    match subject.kind.as_str() {
        "ServiceAccount" => {
            let namespace = subject.namespace.as_deref().or(own).unwrap_or_default();
            format!("ServiceAccount {namespace}/{}", subject.name)
        }
        kind => match account_of_user(subject) {
            Some(name) => format!("ServiceAccount {GRANTS_NAMESPACE}/{name}"),
            None => format!("{kind} {}", subject.name),
        },
    }
}

/// An account of grants under the name that it has as a user, which RBAC takes as well.
fn account_of_user(subject: &Subject) -> Option<&str> {
    let name = (subject.kind == "User").then_some(subject.name.as_str())?;
    name.strip_prefix("system:serviceaccount:")?.strip_prefix(GRANTS_NAMESPACE)?.strip_prefix(':')
}
