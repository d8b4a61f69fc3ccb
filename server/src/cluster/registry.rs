//! The clusters of the configuration, connected.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use domain::{
    names::ClusterName,
    resources::{Cluster, Clusters},
    time::Clock,
};

use super::{connection::ConnectError, kubernetes::KubernetesCluster, settings::ClusterSettings};

/// Every registered cluster.
pub struct RegisteredClusters {
    clusters: BTreeMap<ClusterName, Arc<dyn Cluster>>,
}

/// Why the clusters of the configuration cannot be registered.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// Two have one name.
    #[error("the cluster {0} is configured twice")]
    Twice(ClusterName),
    /// The settings of one lead to no connection.
    #[error("the cluster {cluster} cannot be connected")]
    Connect {
        /// That one.
        cluster: ClusterName,
        /// Why not.
        #[source]
        source: ConnectError,
    },
}

impl RegisteredClusters {
    /// Connects every cluster. One that does not answer is registered all the same and is
    /// shown as stale; one whose settings are wrong is an error.
    pub async fn connect(
        settings: Vec<ClusterSettings>,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, RegistrationError> {
        let mut clusters: BTreeMap<ClusterName, Arc<dyn Cluster>> = BTreeMap::new();
        for settings in settings {
            let Entry::Vacant(vacant) = clusters.entry(settings.name.clone()) else {
                return Err(RegistrationError::Twice(settings.name));
            };
            let name = settings.name.clone();
            let connected = KubernetesCluster::connect(settings, Arc::clone(clock))
                .await
                .map_err(|source| RegistrationError::Connect { cluster: name, source })?;
            vacant.insert(Arc::new(connected));
        }
        Ok(Self { clusters })
    }
}

impl Clusters for RegisteredClusters {
    fn cluster(&self, name: &ClusterName) -> Option<Arc<dyn Cluster>> {
        self.clusters.get(name).map(Arc::clone)
    }

    fn all(&self) -> Vec<Arc<dyn Cluster>> {
        self.clusters.values().map(Arc::clone).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::testkit::ManualClock;

    use super::*;
    use crate::cluster::{BearerToken, ClusterSource, ExecPlugins};

    fn settings(name: &str) -> ClusterSettings {
        ClusterSettings {
            name: name.parse().unwrap(),
            source: ClusterSource::Address {
                url: "http://127.0.0.1:1".into(),
                token: BearerToken::new("t"),
            },
            exec_plugins: ExecPlugins::Refused,
        }
    }

    fn clock() -> Arc<dyn Clock> {
        Arc::new(ManualClock::default())
    }

    #[tokio::test]
    async fn clusters_that_do_not_answer_are_registered() {
        let both = vec![settings("main"), settings("card")];
        let registered = RegisteredClusters::connect(both, &clock()).await.unwrap();
        let names: Vec<_> = registered.all().iter().map(|c| c.name().to_string()).collect();
        assert_eq!(names, ["card", "main"]);
        let main = registered.cluster(&"main".parse().unwrap()).unwrap();
        assert_eq!(main.uid(), None);
        assert!(registered.cluster(&"other".parse().unwrap()).is_none());
    }

    #[tokio::test]
    async fn one_name_twice_is_refused() {
        let twice = vec![settings("main"), settings("main")];
        let refused = RegisteredClusters::connect(twice, &clock()).await;
        assert!(matches!(refused, Err(RegistrationError::Twice(_))));
    }
}
