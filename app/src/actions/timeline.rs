//! What happened with a request, in order.

use domain::{actions::StateName, approvals::Comment, time::Timestamp};
use leptos::prelude::*;

use super::case::{CaseView, How};
use crate::{
    components::{Ago, Views},
    messages::{Message, phrases, requests},
};

struct Happened {
    at: Timestamp,
    what: String,
    comment: Option<Comment>,
}

/// What happened with a request, in order.
#[component]
pub(super) fn Timeline(request: CaseView) -> impl IntoView {
    let items = happened(request).into_iter().map(item).views();
    view! { <ol class="timeline">{items}</ol> }
}

fn happened(request: CaseView) -> Vec<Happened> {
    let t = phrases();
    let by =
        |message: Message, person: &dyn std::fmt::Display| t.fill(message, &[("person", person)]);
    let mut happened = vec![Happened {
        at: request.body.created_at,
        what: by(requests::ASKED_BY, &request.body.requester),
        comment: None,
    }];
    happened.extend(request.approvals.into_iter().map(|approval| Happened {
        at: approval.at,
        what: by(requests::APPROVED_BY, &approval.person),
        comment: approval.comment,
    }));
    happened.extend(request.denial.map(|denial| Happened {
        at: denial.at,
        what: by(requests::DENIED_BY, &denial.person),
        comment: denial.comment,
    }));
    happened.extend(request.ordered_at.map(|at| Happened {
        at,
        what: by(requests::ORDERED, &request.body.requester),
        comment: None,
    }));
    happened.extend(request.ending.map(|ending| Happened {
        at: ending.at,
        what: t.say(seen(ending.how)).to_owned(),
        comment: None,
    }));
    let ended_by_itself = match request.state {
        StateName::Withdrawn => Some(requests::WITHDRAWN),
        StateName::Expired => Some(requests::EXPIRED),
        StateName::Void => Some(requests::VOID),
        _ => None,
    };
    happened.extend(ended_by_itself.zip(request.ended_at).map(|(what, at)| Happened {
        at,
        what: t.say(what).to_owned(),
        comment: None,
    }));
    happened.sort_by_key(|happened| happened.at);
    happened
}

const fn seen(how: How) -> Message {
    match how {
        How::Well => requests::OBSERVED_SUCCESS,
        How::NothingDone | How::Badly => requests::OBSERVED_FAILURE,
        How::Unseen => requests::OBSERVED_UNKNOWN,
    }
}

fn item(happened: Happened) -> impl IntoView {
    let t = phrases();
    let comment = happened.comment.map(|Comment { text, signed }| {
        let unsigned = (!signed)
            .then(|| view! { <span class="tag">{t.say(requests::COMMENT_UNSIGNED)}</span> });
        view! { <blockquote class="comment">{text} {unsigned}</blockquote> }
    });
    view! {
        <li class="timeline-item">
            <span class="timeline-what">{happened.what}</span>
            <span class="muted">
                <Ago at=happened.at />
            </span>
            {comment}
        </li>
    }
}
