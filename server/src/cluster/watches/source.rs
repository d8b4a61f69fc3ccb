//! Where the objects of a kind are read, and how they become rows.

use std::fmt::Debug;

use kube::{Api, Resource, ResourceExt};
use serde::de::DeserializeOwned;

use super::shelf::Place;

/// What a watch needs of an object.
pub(super) trait Watched:
    Resource + Clone + Debug + DeserializeOwned + Send + 'static
{
}

impl<K: Resource + Clone + Debug + DeserializeOwned + Send + 'static> Watched for K {}

/// A kind of object, as one cluster serves it.
pub(super) struct Feed<K, R> {
    pub(super) api: Api<K>,
    pub(super) project: Box<dyn Fn(K) -> Option<R> + Send + Sync>,
}

impl<K: Watched, R> Feed<K, R> {
    /// Where an object stands; none when it has no name that Kubernetes would give.
    pub(super) fn place(object: &K) -> Option<Place> {
        let metadata = object.meta();
        let name = metadata.name.clone()?;
        let namespace = metadata.namespace.as_deref().unwrap_or(&name);
        Some(Place { namespace: namespace.parse().ok()?, name })
    }

    /// The object's place and row, as far as it has them.
    pub(super) fn row(&self, object: K) -> Option<(Place, Option<R>)> {
        let place = Self::place(&object)?;
        Some((place, (self.project)(object)))
    }

    /// The version of an object.
    pub(super) fn version(object: &K) -> Option<String> {
        object.resource_version().filter(|version| !version.is_empty())
    }
}

/// Finds the feed of a kind; asked again whenever a watch begins anew, as a cluster may be upgraded.
pub(super) trait Source: Send + Sync + 'static {
    /// The object.
    type Object: Watched;
    /// What it becomes.
    type Row: Send + 'static;

    /// The feed; none when the cluster does not serve the kind.
    fn open(
        &self,
    ) -> impl Future<Output = kube::Result<Option<Feed<Self::Object, Self::Row>>>> + Send;
}

/// A kind that every cluster serves in one version.
pub(super) struct Fixed<K, R> {
    api: Api<K>,
    project: fn(K) -> Option<R>,
}

impl<K, R> Fixed<K, R> {
    pub(super) fn new(api: Api<K>, project: fn(K) -> Option<R>) -> Self {
        Self { api, project }
    }
}

impl<K, R> Source for Fixed<K, R>
where
    K: Watched + Sync,
    R: Send + 'static,
{
    type Object = K;
    type Row = R;

    async fn open(&self) -> kube::Result<Option<Feed<K, R>>> {
        let project = self.project;
        Ok(Some(Feed { api: self.api.clone(), project: Box::new(project) }))
    }
}
