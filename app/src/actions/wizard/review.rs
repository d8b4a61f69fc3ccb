//! What an action would do, before it is asked for.

use domain::{
    actions::{PreviewReport, Review},
    names::Login,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    read::Wording,
    submit::{Draft, SubmitForm},
};
use crate::{
    actions::{
        groups::with_groups,
        rails::Rail,
        reach::{Details, Kubectl, Reach, is_refused},
    },
    break_glass::session_href,
    components::{Copyable, Fact, Notice, Section, Tone, Views},
    messages::{actions, break_glass, phrases, pods, rails},
};

/// What an action would do, and the form that asks for it.
#[component]
pub(super) fn Reviewed(words: Wording, review: Review, draft: Draft) -> impl IntoView {
    let t = phrases();
    let target = review.target.clone();
    let (tenant, kind) = (target.tenant().to_string(), target.kind.as_str());
    let preview = review.preview.clone();
    let (reach, details) = (preview.clone(), preview.clone());
    let refused = is_refused(&preview)
        .then(|| view! { <Notice tone=Tone::Caution title=t.say(actions::PROBABLY_REFUSED) /> });
    let open = preview.neighbours.iter().filter(|other| !other.state.is_final()).count();
    let others = (open > 0)
        .then(|| view! { <Notice tone=Tone::Caution title=t.count(actions::OTHERS_OPEN, open) /> });
    let approvals = approvals(&review);
    let kubectl = review.kubectl.clone();
    view! {
        {others}
        {within_session(&review)}
        <div class="columns">
            <Section id="target" title=t.say(actions::TARGET)>
                <dl class="facts">
                    <Fact term=t.say(pods::NAMESPACE)>{tenant}</Fact>
                    <Fact term=kind>
                        <Copyable text=target.name.to_string() what=t.say(pods::NAME) />
                    </Fact>
                    <Fact term=t.say(pods::UID)>
                        <Copyable text=target.uid what=t.say(pods::UID) />
                    </Fact>
                    <Fact term=t.say(actions::APPROVALS)>{approvals}</Fact>
                </dl>
            </Section>
            <Section id="reach" title=t.say(actions::REACH)>
                <Reach preview=reach />
            </Section>
        </div>
        <Details preview=details />
        <Kubectl command=kubectl />
        {refused}
        {ask(words, review, preview, draft)}
    }
}

/// That no approval is needed, where that is because a break-glass session of this person is live.
fn within_session(review: &Review) -> Option<AnyView> {
    let t = phrases();
    let session = review.session.filter(|_| review.approvals_needed == Some(0))?;
    Some(
        view! {
            <Notice tone=Tone::Caution title=t.say(break_glass::NO_APPROVAL)>
                <p>{t.say(break_glass::NO_APPROVAL_MORE)}</p>
                <p>
                    <A href=session_href(session)>{t.say(break_glass::SHOW)}</A>
                </p>
            </Notice>
        }
        .into_any(),
    )
}

/// The form, unless something stands against it that nobody can lift.
fn ask(words: Wording, review: Review, preview: PreviewReport, draft: Draft) -> AnyView {
    let t = phrases();
    let barred = preview.tripped.iter().any(|tripped| tripped.lifted_by.is_none());
    if !barred {
        return view! { <SubmitForm words=words review=review draft=draft /> }.into_any();
    }
    let stand = preview.tripped.into_iter().map(move |tripped| {
        let lift = match tripped.lifted_by {
            Some(n) => t.count(rails::LIFTED_BY, usize::try_from(n).unwrap_or(usize::MAX)),
            None => t.say(rails::NEVER_LIFTED).to_owned(),
        };
        view! {
            <Rail tripped=tripped>
                <p class="muted">{lift}</p>
            </Rail>
        }
    });
    view! {
        <Notice tone=Tone::Danger title=t.say(rails::CANNOT_BE_ASKED)>
            {stand.views()}
            <p>{t.say(rails::CANNOT_BE_ASKED_MORE)}</p>
        </Notice>
    }
    .into_any()
}

fn approvals(review: &Review) -> String {
    let t = phrases();
    let people = review.approvers.iter().map(Login::as_str).collect::<Vec<_>>().join(", ");
    match review.approvals_needed {
        None => t.say(rails::CANNOT_BE_ASKED).to_owned(),
        Some(0) => t.say(actions::APPROVALS_NONE).to_owned(),
        Some(needed) if people.is_empty() => {
            let needed = t.fill(actions::APPROVALS_NOBODY, &[("needed", &needed)]);
            with_groups(t, needed, &review.approvals_from)
        }
        Some(needed) => {
            let needed = t.fill(actions::APPROVALS_BY, &[("needed", &needed), ("people", &people)]);
            with_groups(t, needed, &review.approvals_from)
        }
    }
}
