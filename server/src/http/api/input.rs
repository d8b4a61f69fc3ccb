//! Names in paths and parameters in queries, read so that what is malformed gets the right answer.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};
use domain::{Problem, ProblemCode, names::ObjectName, tenants::TenantName};
use serde::{Deserialize, de::DeserializeOwned};

use crate::http::ProblemResponse;

/// Something named by the last part of a path. A name that nothing can have is answered as one that nothing has.
pub(super) struct Named<T>(pub(super) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        let Path(name) = read::<String, S>(parts, state).await?;
        name.parse().map(Self).map_err(|_| ProblemCode::NotVisible.into())
    }
}

/// A tenant, named by cluster and namespace.
pub(super) struct InTenant(pub(super) TenantName);

#[derive(Deserialize)]
struct TenantPath {
    cluster: String,
    namespace: String,
}

impl TenantPath {
    fn tenant(&self) -> Result<TenantName, ProblemCode> {
        let cluster = self.cluster.parse().map_err(|_| ProblemCode::NotVisible)?;
        let namespace = self.namespace.parse().map_err(|_| ProblemCode::NotVisible)?;
        Ok(TenantName { cluster, namespace })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InTenant {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        let Path(path) = read::<TenantPath, S>(parts, state).await?;
        Ok(Self(path.tenant()?))
    }
}

/// An object of a tenant.
pub(super) struct ObjectIn(pub(super) TenantName, pub(super) ObjectName);

#[derive(Deserialize)]
struct ObjectPath {
    #[serde(flatten)]
    tenant: TenantPath,
    name: String,
}

impl<S: Send + Sync> FromRequestParts<S> for ObjectIn {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ProblemResponse> {
        let Path(path) = read::<ObjectPath, S>(parts, state).await?;
        let name = path.name.parse().map_err(|_| ProblemCode::NotVisible)?;
        Ok(Self(path.tenant.tenant()?, name))
    }
}

async fn read<T, S>(parts: &mut Parts, state: &S) -> Result<Path<T>, ProblemCode>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    Path::from_request_parts(parts, state).await.map_err(|_| ProblemCode::NotVisible)
}

/// The parameters of a query.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = ProblemResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ProblemResponse> {
        let query = Query::try_from_uri(&parts.uri);
        let Query(asked) = query.map_err(|error| Problem::malformed("query", error.body_text()))?;
        Ok(Self(asked))
    }
}
