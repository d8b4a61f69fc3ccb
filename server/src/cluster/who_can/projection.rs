//! Roles and bindings, as far as they say who can do what.

use domain::{
    grants::RoleRule,
    who_can::{Binding, Reach, RoleRef, Subject},
};
use k8s_openapi::api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, Role, RoleBinding, RoleRef as Ref, Subject as Named,
};
use kube::ResourceExt;

use crate::cluster::grants::in_order;

pub(super) fn wide(binding: ClusterRoleBinding) -> Binding {
    Binding {
        name: binding.name_any(),
        reach: Reach::Cluster,
        role: role_ref(binding.role_ref),
        subjects: subjects(binding.subjects, None),
    }
}

pub(super) fn narrow(binding: RoleBinding, namespace: &str) -> Binding {
    Binding {
        name: binding.name_any(),
        reach: Reach::Namespace,
        role: role_ref(binding.role_ref),
        subjects: subjects(binding.subjects, Some(namespace)),
    }
}

pub(super) fn cluster_role(role: ClusterRole) -> (RoleRef, Vec<RoleRule>) {
    (RoleRef::ClusterRole(role.name_any()), in_order(role.rules.unwrap_or_default()))
}

pub(super) fn role(role: Role) -> (RoleRef, Vec<RoleRule>) {
    (RoleRef::Role(role.name_any()), in_order(role.rules.unwrap_or_default()))
}

fn role_ref(role: Ref) -> RoleRef {
    if role.kind == "Role" { RoleRef::Role(role.name) } else { RoleRef::ClusterRole(role.name) }
}

/// Whom a binding names. An account without a namespace is one of the binding's own; where it has none, of none.
fn subjects(named: Option<Vec<Named>>, own: Option<&str>) -> Vec<Subject> {
    let subject = |named: Named| {
        let Named { kind, name, namespace, .. } = named;
        match kind.as_str() {
            "User" => Some(Subject::User { name }),
            "Group" => Some(Subject::Group { name }),
            "ServiceAccount" => {
                let namespace = namespace.filter(|it| !it.is_empty());
                let namespace = namespace.or_else(|| own.map(str::to_owned))?;
                Some(Subject::ServiceAccount { namespace, name })
            }
            _ => None,
        }
    };
    named.unwrap_or_default().into_iter().filter_map(subject).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_account_without_a_namespace_is_of_the_bindings_own() {
        let object = json!({
            "metadata": { "name": "deployers" },
            "roleRef": { "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deploy" },
            "subjects": [{ "kind": "ServiceAccount", "name": "robot" }],
        });
        let account = |namespace: &str| Subject::ServiceAccount {
            namespace: namespace.to_owned(),
            name: "robot".to_owned(),
        };
        let here = narrow(serde_json::from_value(object.clone()).unwrap(), "checkout");
        assert_eq!(here.subjects, [account("checkout")]);
        assert_eq!(here.role, RoleRef::Role("deploy".to_owned()));
        let everywhere = wide(serde_json::from_value(object).unwrap());
        assert_eq!(everywhere.subjects, [], "it names nobody");
    }
}
