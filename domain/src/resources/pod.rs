//! A pod as the pages show it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    names::{Namespace, ObjectName},
    time::Timestamp,
};

/// A pod, projected from the cluster's object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodRow {
    /// The namespace it runs in.
    pub namespace: Namespace,
    /// Its name.
    pub name: ObjectName,
    /// The cluster's identifier of this very pod; a namesake has another.
    pub uid: String,
    /// `status.phase`.
    pub phase: String,
    /// The status that `kubectl get pods` prints: `Running`, `CrashLoopBackOff`, `Terminating`…
    pub status: String,
    /// Containers that are ready.
    pub ready: u32,
    /// Containers it has (init containers that ended do not count).
    pub containers_total: u32,
    /// Restarts of all its containers together, as `kubectl` counts them.
    pub restarts: u32,
    /// When a container last restarted.
    pub restarted_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its deletion was asked for.
    pub deleting_since: Option<Timestamp>,
    /// The node it was given.
    pub node: Option<String>,
    /// The controller that keeps it.
    pub owner: Option<OwnerRow>,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// Its containers, init containers first.
    pub containers: Vec<ContainerRow>,
    /// `status.conditions`.
    pub conditions: Vec<ConditionRow>,
    /// `status.reason` and `status.message`, where the cluster gives them.
    pub message: Option<String>,
    /// The service account it runs as.
    pub service_account: Option<String>,
    /// Its address inside the cluster.
    pub ip: Option<String>,
    /// Whether the kubelet runs it by itself, and this is only its mirror.
    #[serde(default)]
    pub mirror: bool,
    /// Whether it holds data on its node (`emptyDir`) that go with it.
    #[serde(default)]
    pub local_data: bool,
}

impl PodRow {
    /// Whether every container is ready and nothing is ending it.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.deleting_since.is_none() && self.condition("Ready")
    }

    /// Whether it ended by itself and well, as pods of jobs do.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.phase == "Succeeded"
    }

    /// Whether it ended by itself, well or not: nothing of it runs any more.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.is_completed() || self.phase == "Failed"
    }

    /// Whether a person should look at it: it broke, or nothing can run it. Starting is no failure.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        const ON_ITS_WAY: [&str; 8] = [
            "Running",
            "Pending",
            "ContainerCreating",
            "PodInitializing",
            "NotReady",
            "SchedulingGated",
            "Terminating",
            "Completed",
        ];
        let status = self.status.as_str();
        let initialising = status.strip_prefix("Init:").is_some_and(|rest| rest.contains('/'));
        let settled = ON_ITS_WAY.contains(&status) || initialising || self.is_completed();
        !settled || self.is_unschedulable()
    }

    /// Whether it failed by itself. That nothing can run it yet may pass, and so may what the kubelet tries again at once:
    /// what fails on is told by another status within seconds.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.is_failing() && !self.is_unschedulable() && !self.is_tried_again()
    }

    fn is_tried_again(&self) -> bool {
        const AT_ONCE: [&str; 3] = ["Error", "OOMKilled", "ErrImagePull"];
        let status = self.status.strip_prefix("Init:").unwrap_or(&self.status);
        AT_ONCE.contains(&status) && !self.has_ended()
    }

    fn is_unschedulable(&self) -> bool {
        self.conditions.iter().any(|c| {
            c.kind == "PodScheduled"
                && c.status == "False"
                && c.reason.as_deref() == Some("Unschedulable")
        })
    }

    fn condition(&self, kind: &str) -> bool {
        self.conditions.iter().any(|c| c.kind == kind && c.holds())
    }
}

/// The controller that keeps an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRow {
    /// Its kind: `ReplicaSet`, `StatefulSet`, `Job`…
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its identifier.
    pub uid: String,
}

/// One container of a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerRow {
    /// Its name.
    pub name: String,
    /// Whether it prepares the pod or serves in it.
    pub kind: ContainerKind,
    /// The image asked for.
    pub image: String,
    /// The image that runs, by digest, where the cluster says it.
    pub image_id: Option<String>,
    /// Whether it passes its readiness probe.
    pub ready: bool,
    /// How often it was started again.
    pub restarts: u32,
    /// What it does now.
    pub state: ContainerState,
    /// How it ended the last time, if it did.
    pub last_state: Option<ContainerState>,
}

/// Whether a container prepares its pod or serves in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContainerKind {
    /// Runs to its end before the others start.
    Init,
    /// Serves.
    Main,
}

/// What a container does or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ContainerState {
    /// Not started; the reason is the cluster's (`CrashLoopBackOff`, `ImagePullBackOff`…).
    Waiting {
        /// Why, in one word.
        reason: Option<String>,
        /// Why, in a sentence.
        message: Option<String>,
    },
    /// Running.
    Running {
        /// Since when.
        since: Option<Timestamp>,
    },
    /// Ended.
    Terminated {
        /// Why, in one word: `OOMKilled`, `Error`, `Completed`…
        reason: Option<String>,
        /// Its exit code.
        exit_code: i32,
        /// When it ended.
        at: Option<Timestamp>,
    },
}

/// One condition of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionRow {
    /// `type`: `Ready`, `PodScheduled`, `Available`…
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// Why, in one word.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub message: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl ConditionRow {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.status == "True"
    }
}
