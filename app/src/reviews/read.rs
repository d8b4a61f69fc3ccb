//! What the pages of reviews read.

#[cfg(feature = "ssr")]
use domain::recovery::RecoveryStateName;
use domain::{
    break_glass::{Case, ReviewStateName, ReviewSummary, ReviewView},
    ids::GrantId,
    page::Page,
    recovery::RecoveryView,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{Failure, grants::GrantNow, wire::Json};
#[cfg(feature = "ssr")]
use crate::{
    grants,
    rendering::{Caller, answer},
};

/// A review with the case that is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CaseNow {
    pub(super) review: ReviewView,
    /// What was declared; absent where what is kept of it was spoilt.
    pub(super) declared: Option<GrantNow>,
    /// What a verdict is signed on; its digest is computed from it. Absent while the session is live.
    pub(super) case: Option<Case>,
}

/// The list of reviews.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ReviewsNow {
    pub(super) page: Page<ReviewView>,
    /// Absent for whoever does not read everybody's history.
    pub(super) summary: Option<ReviewSummary>,
    /// Recoveries that stand as these reviews do; on the first page.
    pub(super) recoveries: Vec<RecoveryView>,
}

/// The reviews in a state that this person may see, those of the newest sessions first.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_reviews(
    state: ReviewStateName,
    cursor: String,
) -> Result<ReviewsNow, Failure> {
    use domain::page::PageRequest;
    let Caller { console, actor } = Caller::current()?;
    let is_first = cursor.is_empty();
    let page = PageRequest { cursor: (!cursor.is_empty()).then_some(cursor), limit: None };
    let page = answer(console.reviews(&actor, vec![state], &page).await)?;
    let summary = if console.may_read_history(&actor) {
        Some(answer(console.review_summary(&actor).await)?)
    } else {
        None
    };
    let recoveries = match recovered(state).filter(|_| is_first) {
        Some(states) => {
            let first = PageRequest::default();
            answer(console.recoveries(&actor, vec![states], &first).await)?.items
        }
        None => Vec::new(),
    };
    Ok(ReviewsNow { page, summary, recoveries })
}

/// How recoveries stand whose review stands so; none is live.
#[cfg(feature = "ssr")]
const fn recovered(state: ReviewStateName) -> Option<RecoveryStateName> {
    match state {
        ReviewStateName::Live => None,
        ReviewStateName::Open => Some(RecoveryStateName::Enrolled),
        ReviewStateName::Judged => Some(RecoveryStateName::Judged),
    }
}

/// One review with its case.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
pub(super) async fn read_case(id: GrantId) -> Result<CaseNow, Failure> {
    let Caller { console, actor } = Caller::current()?;
    let view = answer(console.review_case(&actor, id).await)?;
    let declared = view.declared.map(grants::shown);
    Ok(CaseNow { review: view.review, declared, case: view.case })
}
