//! Reading a cluster role, and its rules in an order of their own.

use domain::{
    grants::{ClusterRole, RoleRule},
    names::ClusterRoleName,
    resources::ClusterError,
};
use k8s_openapi::api::rbac::v1::{ClusterRole as Object, PolicyRule};
use kube::{Api, Client};

use crate::cluster::failure::within_time;

pub(super) async fn cluster_role(
    client: &Client,
    name: &ClusterRoleName,
) -> Result<ClusterRole, ClusterError> {
    let roles: Api<Object> = Api::all(client.clone());
    projected(within_time(roles.get(name.as_str())).await?)
}

fn projected(role: Object) -> Result<ClusterRole, ClusterError> {
    let missing = || ClusterError::Unexpected { message: "a cluster role has no UID".to_owned() };
    Ok(ClusterRole {
        uid: role.metadata.uid.ok_or_else(missing)?,
        rules: in_order(role.rules.unwrap_or_default()),
        aggregated: role.aggregation_rule.is_some(),
    })
}

/// Rules about resources; those about paths mean nothing to whoever is bound in a namespace.
pub(in crate::cluster) fn in_order(rules: Vec<PolicyRule>) -> Vec<RoleRule> {
    let set = |texts: Option<Vec<String>>| texts.unwrap_or_default().into_iter().collect();
    let mut rules: Vec<_> = rules
        .into_iter()
        .filter(|rule| rule.resources.as_ref().is_some_and(|it| !it.is_empty()))
        .map(|rule| RoleRule {
            api_groups: set(rule.api_groups),
            resources: set(rule.resources),
            resource_names: set(rule.resource_names),
            verbs: rule.verbs.into_iter().collect(),
        })
        .collect();
    rules.sort();
    rules.dedup();
    rules
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn role(rules: &serde_json::Value) -> ClusterRole {
        let object = json!({"metadata": {"name": "debug", "uid": "uid"}, "rules": rules});
        projected(serde_json::from_value(object).unwrap()).unwrap()
    }

    #[test]
    fn the_same_rules_are_the_same_in_whatever_order_they_were_written() {
        let one =
            json!({"apiGroups": ["", "apps"], "resources": ["pods"], "verbs": ["get", "list"]});
        let other = json!({"apiGroups": [""], "resources": ["events"], "verbs": ["get"]});
        let mixed =
            json!({"apiGroups": ["apps", ""], "resources": ["pods"], "verbs": ["list", "get"]});
        assert_eq!(role(&json!([one, other])), role(&json!([other, mixed, other])));
    }

    #[test]
    fn paths_are_left_out() {
        let paths = json!({"nonResourceURLs": ["/metrics"], "verbs": ["get"]});
        assert_eq!(role(&json!([paths])).rules, []);
        assert_eq!(role(&json!(null)).rules, []);
    }
}
