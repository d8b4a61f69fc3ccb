//! What the cluster itself holds of grants, asked past every console.

use harness::tool;
use serde_json::Value;

use crate::ground::Ground;

/// Bindings and accounts, each by the grant that it bears the mark of.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) bindings: Vec<String>,
    pub(super) accounts: Vec<String>,
}

impl Held {
    pub(super) fn in_cluster(ground: &Ground) -> Self {
        let list = |arguments: &[&str]| {
            let get = ["get", "--output", "json", "--selector", "sekisho.dev/grant"];
            let found = tool::output(ground.kubectl().args(get).args(arguments)).unwrap();
            let found: Value = serde_json::from_str(&found).unwrap();
            let items = found["items"].as_array().unwrap().clone();
            let grant = |it: &Value| it["metadata"]["labels"]["sekisho.dev/grant"].clone();
            items.iter().map(|it| grant(it).as_str().unwrap().to_owned()).collect()
        };
        Self {
            bindings: list(&["rolebindings", "--all-namespaces"]),
            accounts: list(&["serviceaccounts", "--all-namespaces"]),
        }
    }
}
