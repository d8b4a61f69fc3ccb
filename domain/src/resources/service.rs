//! Services and autoscalers, as far as it is told from them how far an action reaches.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::names::{Namespace, ObjectName};

/// A Service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The labels of the pods that it sends requests to; empty where it selects none.
    pub selector: BTreeMap<String, String>,
}

impl ServiceRow {
    /// Whether it sends requests to a pod with these labels, once that is ready.
    #[must_use]
    pub fn covers(&self, labels: &BTreeMap<String, String>) -> bool {
        !self.selector.is_empty()
            && self.selector.iter().all(|(key, value)| labels.get(key) == Some(value))
    }
}

/// A `HorizontalPodAutoscaler`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScalerRow {
    /// Its namespace.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The kind of the workload that it scales.
    pub target_kind: String,
    /// The name of that workload.
    pub target_name: String,
    /// The least replicas that it chooses.
    pub least: u32,
    /// The most.
    pub most: u32,
}

impl ScalerRow {
    /// Whether it scales the workload of this kind and name.
    #[must_use]
    pub fn scales(&self, kind: &str, name: &str) -> bool {
        self.target_kind == kind && self.target_name == name
    }
}
