//! What the cluster itself holds of grants, asked past every console.

use harness::tool;
use serde_json::{Value, json};

use crate::ground::Ground;

/// Whose tokens give power.
const ACCOUNTS: &str = "sekisho-grants";
/// What every session here gives.
const ROLE: &str = "sekisho:role:view-metadata";

/// Bindings and accounts, each by the grant that it is of; what is not as a grant's must be stands as it is.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) bindings: Vec<String>,
    pub(super) accounts: Vec<String>,
}

impl Held {
    pub(super) fn in_cluster(ground: &Ground) -> Self {
        let list = |arguments: &[&str]| {
            let mut kubectl = ground.kubectl();
            kubectl.args(["get", "--output", "json"]).args(arguments);
            let found: Value = serde_json::from_str(&tool::output(&mut kubectl).unwrap()).unwrap();
            found["items"].as_array().unwrap().clone()
        };
        let bindings = list(&["rolebindings", "--all-namespaces"]);
        let accounts = list(&["serviceaccounts", "--namespace", ACCOUNTS]);
        // Kubernetes makes one of its own in each namespace.
        let is_of_a_grant = |it: &&Value| it["metadata"]["name"] != "default";
        Self {
            bindings: bindings.iter().filter(|it| gives_power(it)).map(bound).collect(),
            accounts: accounts.iter().filter(is_of_a_grant).map(account).collect(),
        }
    }
}

/// Whether it has to do with grants: by its mark, or by whom it is for.
fn gives_power(binding: &Value) -> bool {
    let subjects = binding["subjects"].as_array().into_iter().flatten();
    let is_ours = |subject: &Value| subject.to_string().contains(ACCOUNTS);
    marked(binding).is_some() || subjects.into_iter().any(is_ours)
}

/// The grant that a binding is of, if it is exactly what that grant was to be given.
fn bound(binding: &Value) -> String {
    let of = marked(binding).unwrap_or_default();
    let role =
        json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": ROLE});
    let account =
        json!([{"kind": "ServiceAccount", "name": format!("grant-{of}"), "namespace": ACCOUNTS}]);
    let is_it = binding["metadata"]["name"] == format!("sekisho-grant-{of}")
        && binding["roleRef"] == role
        && binding["subjects"] == account;
    if is_it { of.to_owned() } else { binding.to_string() }
}

fn account(account: &Value) -> String {
    let of = marked(account).unwrap_or_default();
    let is_it = account["metadata"]["name"] == format!("grant-{of}");
    if is_it { of.to_owned() } else { account.to_string() }
}

fn marked(object: &Value) -> Option<&str> {
    object["metadata"]["labels"]["sekisho.dev/grant"].as_str()
}
