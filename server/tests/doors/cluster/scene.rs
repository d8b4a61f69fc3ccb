//! What stands in the demo cluster, what it was sent, and how tests change it.

use std::sync::Arc;

use domain::{
    access::PermitScope,
    actions::{Effect, EffectError, PodPin, TargetKind, TargetRef},
    names::{ClusterUser, Namespace},
    resources::{ClusterError, ContainerRun, Lines, NodeRow, PodRow, WorkloadRow},
    time::Timestamp,
};
use futures::future::BoxFuture;
use serde_json::{Value, json};

use super::{Demo, rows};

/// What the cluster says to an effect.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Says {
    /// It accepts.
    Yes,
    /// It refuses: nothing is done.
    No,
    /// Its answer is lost on the way.
    Nothing,
}

/// One effect, under the permit with which it came.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) scope: PermitScope,
    pub(crate) effect: Effect,
}

/// An object that was looked up.
pub(super) struct Found {
    pub(super) uid: String,
    pub(super) object: Value,
    pub(super) status: String,
    pub(super) ending: bool,
}

pub(super) struct Scene {
    /// How many pods the `StatefulSet` of `checkout` wants, where one is seen.
    wanted: Option<u32>,
    pods: Vec<Arc<PodRow>>,
    pub(super) nodes: Vec<Arc<NodeRow>>,
    pub(super) revision: u32,
    pub(super) away: bool,
    pub(super) cluster_uid: &'static str,
    /// What the namespaces' UIDs begin with.
    pub(super) namespaces: &'static str,
    pub(super) says: Says,
    pub(super) sent: Vec<Sent>,
    /// The pods that were evicted with others, each under its permit.
    pub(super) evicted: Vec<(PermitScope, PodPin)>,
    /// What containers wrote, or why nobody reads it.
    pub(super) written: Result<Lines, ClusterError>,
    /// Who read of which containers.
    pub(super) read: Vec<(ClusterUser, ContainerRun)>,
    pub(super) meanwhile: Option<BoxFuture<'static, ()>>,
    pub(super) while_evicting: Option<BoxFuture<'static, ()>>,
}

impl Default for Scene {
    fn default() -> Self {
        let pods = [("checkout", "api-0-uid"), ("ledger", "api-0-of-ledger-uid")]
            .map(|(namespace, uid)| Arc::new(api_0(namespace, uid)));
        Self {
            wanted: None,
            pods: pods.into(),
            nodes: vec![Arc::new(rows::node("node-1", false))],
            revision: 1,
            away: false,
            cluster_uid: "demo-uid",
            namespaces: "",
            says: Says::Yes,
            sent: Vec::new(),
            evicted: Vec::new(),
            written: Ok(Lines::last_of(b"no database answers\npanicked\n")),
            read: Vec::new(),
            meanwhile: None,
            while_evicting: None,
        }
    }
}

fn api_0(namespace: &str, uid: &str) -> PodRow {
    rows::pod(&namespace.parse().unwrap(), "api-0", uid)
}

impl Scene {
    pub(super) fn pods(&self, namespace: &Namespace) -> Vec<Arc<PodRow>> {
        self.pods.iter().filter(|pod| pod.namespace == *namespace).cloned().collect()
    }

    pub(super) fn workloads(&self, namespace: &Namespace) -> Vec<Arc<WorkloadRow>> {
        let wanted = self.wanted.filter(|_| namespace.as_str() == "checkout");
        wanted.map(|wanted| Arc::new(rows::stateful_set(namespace, wanted))).into_iter().collect()
    }

    /// What a person names, wherever they say it is: where nodes are reached is the console's to say.
    pub(super) fn find(&self, wanted: &TargetRef) -> Option<Found> {
        if wanted.kind == TargetKind::Node {
            let node = self.nodes.iter().find(|node| node.name == wanted.name)?;
            let (uid, status) = (node.uid.clone(), node.status.clone());
            return Some(Found { uid, status, object: rows::node_object(node), ending: false });
        }
        if wanted.kind != TargetKind::Pod {
            let workloads = self.workloads(&wanted.namespace);
            let row = workloads.into_iter().find(|row| row.name == wanted.name)?;
            let object = json!({"metadata": {"name": row.name, "uid": row.uid}});
            let (uid, status) = (row.uid.clone(), format!("{}/{}", row.ready, row.desired));
            return Some(Found { uid, status, object, ending: false });
        }
        let pod = self.pods(&wanted.namespace).into_iter().find(|pod| pod.name == wanted.name)?;
        Some(Found {
            uid: pod.uid.clone(),
            status: pod.status.clone(),
            object: rows::object(&pod),
            ending: pod.deleting_since.is_some(),
        })
    }

    pub(super) fn answer(&self) -> Result<(), EffectError> {
        match self.says {
            Says::Yes => Ok(()),
            Says::No => Err(EffectError::Refused(ClusterError::Refused {
                message: "an admission webhook says no".to_owned(),
            })),
            Says::Nothing => Err(EffectError::Unknown { message: "connection reset".to_owned() }),
        }
    }
}

/// All of it happens to the pod `api-0` of `checkout`.
impl Demo {
    /// A namesake takes its place, as a `StatefulSet` makes one.
    pub(crate) fn recreate(&self) {
        self.remove();
        self.scene().pods.push(Arc::new(api_0("checkout", "another-uid")));
    }

    /// A namesake takes its place at this moment, and crashes again and again.
    pub(crate) fn recreate_crashing(&self, at: Timestamp) {
        self.remove();
        let pod = PodRow { created_at: at, ..rows::crashing(api_0("checkout", "another-uid")) };
        self.scene().pods.push(Arc::new(pod));
    }

    /// Nobody's own user may read what containers wrote.
    pub(crate) fn refuse_lines(&self) {
        let message = "cannot get resource \"pods/log\"".to_owned();
        self.scene().written = Err(ClusterError::Refused { message });
    }

    /// Who read of which containers.
    pub(crate) fn lines_read(&self) -> Vec<(ClusterUser, ContainerRun)> {
        self.scene().read.clone()
    }

    /// Its spec changes.
    pub(crate) fn change(&self) {
        self.scene().revision += 1;
    }

    /// It is gone.
    pub(crate) fn remove(&self) {
        self.scene().pods.retain(|pod| pod.namespace.as_str() != "checkout");
    }

    /// A `StatefulSet` keeps so many pods in `checkout` from now on: `api-0`, `api-1`…
    pub(crate) fn keeps(&self, wanted: u32) {
        let namespace = "checkout".parse().unwrap();
        let mut scene = self.scene();
        scene.pods.retain(|pod| pod.namespace != namespace);
        let pod = |n| rows::pod(&namespace, &format!("api-{n}"), &format!("api-{n}-uid"));
        scene.pods.extend((0..wanted).map(pod).map(Arc::new));
        scene.wanted = Some(wanted);
    }

    /// The pods that were evicted are gone, and others have their names.
    pub(crate) fn replace_the_evicted(&self) {
        let mut scene = self.scene();
        let gone: Vec<_> = scene.evicted.iter().map(|(_, pod)| pod.uid.clone()).collect();
        for pod in scene.pods.iter_mut().filter(|pod| gone.contains(&pod.uid)) {
            let uid = format!("{}-again", pod.uid);
            *pod = Arc::new(rows::pod(&pod.namespace, pod.name.as_str(), &uid));
        }
    }

    /// The pods that were evicted are gone, and others run on another node.
    pub(crate) fn replace_the_evicted_elsewhere(&self) {
        self.replace_the_evicted();
        for pod in &mut self.scene().pods {
            *pod = Arc::new(PodRow { node: Some("node-2".to_owned()), ..pod.as_ref().clone() });
        }
    }

    /// The pods that were evicted with others, in order, each under its permit.
    pub(crate) fn evicted(&self) -> Vec<(PermitScope, PodPin)> {
        self.scene().evicted.clone()
    }

    /// Whether it can be reached.
    pub(crate) fn is_away(&self, away: bool) {
        self.scene().away = away;
    }

    /// Which cluster answers by that name.
    pub(crate) fn is_cluster(&self, uid: &'static str) {
        self.scene().cluster_uid = uid;
    }

    /// Somebody deletes every namespace, and makes it again.
    pub(crate) fn recreate_namespaces(&self) {
        self.scene().namespaces = "another-";
    }

    /// From now on effects are answered so.
    pub(crate) fn says(&self, says: Says) {
        self.scene().says = says;
    }

    /// The effects that arrived.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.scene().sent.clone()
    }

    /// This happens while the next pod is evicted.
    pub(crate) fn while_evicting(&self, happening: impl Future<Output = ()> + Send + 'static) {
        self.scene().while_evicting = Some(Box::pin(happening));
    }

    /// This happens while the target is looked up the next time.
    pub(crate) fn meanwhile(&self, happening: impl Future<Output = ()> + Send + 'static) {
        self.scene().meanwhile = Some(Box::pin(happening));
    }
}

/// All of it happens to the node `node-1`.
impl Demo {
    /// Somebody else keeps new pods off it.
    pub(crate) fn cordon(&self) {
        self.scene().nodes = vec![Arc::new(rows::node("node-1", true))];
    }

    /// Somebody opens it again.
    pub(crate) fn uncordon(&self) {
        self.scene().nodes = vec![Arc::new(rows::node("node-1", false))];
    }

    /// It leaves the cluster.
    pub(crate) fn lose_the_node(&self) {
        self.scene().nodes.clear();
    }
}
