//! What stands in the demo cluster, what it was sent, and how tests change it.

use std::sync::Arc;

use domain::{
    access::PermitScope,
    actions::{Effect, EffectError, PodPin},
    names::Namespace,
    resources::{ClusterError, PodRow},
};
use futures::future::BoxFuture;

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

pub(super) struct Scene {
    pods: Vec<Arc<PodRow>>,
    pub(super) revision: u32,
    pub(super) away: bool,
    pub(super) says: Says,
    pub(super) sent: Vec<Sent>,
    /// The pods that were evicted with others, each under its permit.
    pub(super) evicted: Vec<(PermitScope, PodPin)>,
    pub(super) meanwhile: Option<BoxFuture<'static, ()>>,
}

impl Default for Scene {
    fn default() -> Self {
        let pods = ["checkout", "ledger"].map(|name| Arc::new(api_0(name, "api-0-uid")));
        Self {
            pods: pods.into(),
            revision: 1,
            away: false,
            says: Says::Yes,
            sent: Vec::new(),
            evicted: Vec::new(),
            meanwhile: None,
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

    /// Its spec changes.
    pub(crate) fn change(&self) {
        self.scene().revision += 1;
    }

    /// It is gone.
    pub(crate) fn remove(&self) {
        self.scene().pods.retain(|pod| pod.namespace.as_str() != "checkout");
    }

    /// Whether it can be reached.
    pub(crate) fn is_away(&self, away: bool) {
        self.scene().away = away;
    }

    /// From now on effects are answered so.
    pub(crate) fn says(&self, says: Says) {
        self.scene().says = says;
    }

    /// The effects that arrived.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.scene().sent.clone()
    }

    /// This happens while the target is looked up the next time.
    pub(crate) fn meanwhile(&self, happening: impl Future<Output = ()> + Send + 'static) {
        self.scene().meanwhile = Some(Box::pin(happening));
    }
}
