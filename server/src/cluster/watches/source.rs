//! Where the objects of a kind are read, and how they become rows.

use std::fmt::Debug;

use domain::names::Namespace;
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
    home: Home,
}

/// Where an object stands that belongs to no namespace.
#[derive(Clone, Copy, Debug)]
enum Home {
    /// In itself, as a namespace does.
    Itself,
    /// In the platform's namespace.
    Platform,
}

impl<K, R> Feed<K, R> {
    pub(super) fn new(
        api: Api<K>,
        project: impl Fn(K) -> Option<R> + Send + Sync + 'static,
    ) -> Self {
        Self { api, project: Box::new(project), home: Home::Itself }
    }
}

impl<K: Watched, R> Feed<K, R> {
    /// Where an object stands; none when it has no name that Kubernetes would give.
    fn place(&self, object: &K) -> Option<Place> {
        let metadata = object.meta();
        let name = metadata.name.clone()?;
        let namespace = match (&metadata.namespace, self.home) {
            (Some(namespace), _) => namespace.parse().ok()?,
            (None, Home::Itself) => name.parse().ok()?,
            (None, Home::Platform) => Namespace::platform(),
        };
        Some(Place { namespace, name })
    }

    /// The object's place and row, as far as it has them.
    pub(super) fn row(&self, object: K) -> Option<(Place, Option<R>)> {
        let place = self.place(&object)?;
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
    home: Home,
}

impl<K, R> Fixed<K, R> {
    pub(super) fn new(api: Api<K>, project: fn(K) -> Option<R>) -> Self {
        Self { api, project, home: Home::Itself }
    }

    /// A kind that belongs to no namespace and is reached through the platform's.
    pub(super) fn of_platform(api: Api<K>, project: fn(K) -> Option<R>) -> Self {
        Self { home: Home::Platform, ..Self::new(api, project) }
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
        Ok(Some(Feed { home: self.home, ..Feed::new(self.api.clone(), self.project) }))
    }
}
