//! JSON bodies, bounded and checked.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
};
use domain::{Problem, ProblemCode};
use serde::de::DeserializeOwned;

use super::ProblemResponse;

/// The largest body taken, in bytes.
pub const BODY_LIMIT: usize = 256 * 1024;

/// A JSON body. That it calls itself JSON was checked before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Json<T> {
    type Rejection = ProblemResponse;

    async fn from_request(request: Request, _: &S) -> Result<Self, ProblemResponse> {
        let body = to_bytes(request.into_body(), BODY_LIMIT).await;
        let body = body.map_err(|_| ProblemCode::TooLarge)?;
        parse(&body).map(Self).map_err(Into::into)
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::malformed("body", error))
}
