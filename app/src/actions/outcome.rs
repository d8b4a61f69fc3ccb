//! Where a request stands, in a sentence: what was done, and what comes next.

use domain::{
    actions::{StateName, VoidReason},
    approvals::Decision,
    time::Timestamp,
};
use leptos::prelude::*;

use super::{
    case::{CaseView, Ending, How},
    state::told,
};
use crate::{
    components::{Notice, Now, moment_ahead},
    messages::{Phrases, phrases, requests},
};

/// Where a request stands. Speaks up when that changes.
#[component]
pub(super) fn Standing(request: CaseView) -> impl IntoView {
    let t = phrases();
    let now = Now::get();
    let (tone, title) = told(request.state);
    let evicted = request.ending.as_ref().and_then(|ending| ending.evicted.clone());
    view! {
        <Notice tone=tone title=t.say(title)>
            <p>{move || sentence(t, &request, now)}</p>
            {evicted.map(|evicted| view! { <p>{evicted}</p> })}
        </Notice>
    }
}

fn sentence(t: Phrases, request: &CaseView, now: ReadSignal<Timestamp>) -> String {
    let when = || match request.ends_at.or(request.settle_by) {
        Some(at) => moment_ahead(t, now.get(), at),
        None => String::new(),
    };
    match request.state {
        StateName::Pending => {
            let have = u32::try_from(request.approvals.len()).unwrap_or(u32::MAX);
            let missing = request.approvals_needed.saturating_sub(have);
            let needed = request.approvals_needed;
            t.fill(
                requests::PENDING_MORE,
                &[("missing", &missing), ("needed", &needed), ("when", &when())],
            )
        }
        StateName::Approved if request.may.contains(&Decision::Execute) => {
            t.fill(requests::APPROVED_YOURS, &[("when", &when())])
        }
        StateName::Approved => t.fill(
            requests::APPROVED_MORE,
            &[("requester", &request.body.requester), ("when", &when())],
        ),
        StateName::Denied => {
            let denial = request.denial.as_ref();
            let person = denial.map(|denial| denial.person.to_string()).unwrap_or_default();
            let comment = denial.and_then(|denial| denial.comment.as_ref());
            let why = comment.map(|comment| comment.text.as_str()).unwrap_or_default();
            t.fill(requests::DENIED_MORE, &[("person", &person), ("why", &why)])
        }
        StateName::Withdrawn => t.say(requests::WITHDRAWN_MORE).to_owned(),
        StateName::Expired => t.say(requests::EXPIRED_MORE).to_owned(),
        StateName::Void => t.say(why_void(request.void)).to_owned(),
        StateName::Executing if request.settle_by.is_some_and(|by| by <= now.get()) => {
            t.say(requests::EXECUTING_LATE).to_owned()
        }
        StateName::Executing => t.fill(requests::EXECUTING_MORE, &[("when", &when())]),
        StateName::Succeeded | StateName::Failed | StateName::Unknown => {
            request.ending.as_ref().map(|ending| observed(t, ending)).unwrap_or_default()
        }
    }
}

/// Why a request is void.
pub(super) const fn why_void(reason: Option<VoidReason>) -> crate::messages::Message {
    match reason {
        Some(VoidReason::Gone) => requests::VOID_GONE,
        Some(VoidReason::Recreated) => requests::VOID_RECREATED,
        Some(VoidReason::Changed) | None => requests::VOID_CHANGED,
    }
}

/// How it ended, with what was seen or found of it.
fn observed(t: Phrases, Ending { how, told, .. }: &Ending) -> String {
    let (message, told) = match how {
        How::Well => (requests::SUCCEEDED_MORE, ("seen", told as _)),
        How::NothingDone => (requests::FAILED_NOTHING, ("reason", told as _)),
        How::Badly => (requests::FAILED_AFTER, ("reason", told as _)),
        How::Unseen => (requests::UNKNOWN_MORE, ("reason", told as _)),
    };
    t.fill(message, &[told])
}
