//! What may be done to a target, and what may not, and why.

use axum::{Json as Answer, extract::State};
use domain::{
    Problem,
    actions::{Offer, TargetKind, TargetRef},
    page::Page,
};
use serde::Deserialize;

use super::input::Asked;
use crate::http::{AppState, Endpoint, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get(
            "/api/v1/actions",
            "What may be done to a target by oneself, and why not; with `kind` alone, what there is for that kind",
            offers,
        )
        .query(&["cluster", "namespace", "kind", "name"])
        .gives(200, "Offers"),
    ]
}

#[derive(Deserialize)]
struct Wanted {
    cluster: Option<String>,
    namespace: Option<String>,
    kind: Option<String>,
    name: Option<String>,
}

async fn offers(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Result<Answer<Page<Offer>>, ProblemResponse> {
    let Wanted { cluster, namespace, kind, name } = wanted;
    let kind: TargetKind = named("kind", kind)?;
    let items = match (cluster, namespace, name) {
        (None, None, None) => state.console.catalogue(kind),
        (cluster, namespace, name) => {
            let target = TargetRef {
                cluster: named("cluster", cluster)?,
                namespace: named("namespace", namespace)?,
                kind,
                name: named("name", name)?,
            };
            state.console.offers(&actor, &target).await?
        }
    };
    Ok(Answer(Page { items, next: None }))
}

fn named<T: std::str::FromStr<Err: std::fmt::Display>>(
    field: &str,
    text: Option<String>,
) -> Result<T, Problem> {
    let text = text.ok_or_else(|| Problem::malformed(field, "given"))?;
    text.parse().map_err(|error| Problem::malformed(field, error))
}
