//! What may be done to a target: each action that is offered, and where it may not be done, why.

use domain::{Problem, actions::TargetRef};
use leptos::prelude::*;
use leptos_router::components::A;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::words::Speech;
#[cfg(feature = "ssr")]
use crate::rendering::{Caller, reader};
use crate::{
    Failure,
    components::{Badge, Bell, Empty, ProblemNotice, Section, Tone, Views, settled, why_not},
    messages::{Phrases, actions, phrases},
    reading::Reading,
    tenants::action_href,
    wire::Json,
};

/// What is offered, or why that could not be told. The page around it stands either way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Offers {
    items: Vec<Offered>,
    trouble: Option<Problem>,
}

/// An action, as it is offered to one person on one target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Offered {
    action: String,
    title: String,
    what: String,
    refusal: Option<Problem>,
}

/// What this person may do to a target, and what not.
#[server(prefix = "/pages", input = GetUrl, output = Json)]
async fn read_offers(target: TargetRef) -> Result<Offers, Failure> {
    let Caller { console, actor } = Caller::current()?;
    Ok(match console.offers(&actor, &target).await {
        Ok(items) => Offers {
            items: items.into_iter().map(|offer| offered(offer, &target)).collect(),
            trouble: None,
        },
        Err(trouble) => Offers { items: Vec::new(), trouble: Some(trouble) },
    })
}

#[cfg(feature = "ssr")]
fn offered(offer: domain::actions::Offer, target: &TargetRef) -> Offered {
    let speech = Speech::of(reader(), offer.action);
    Offered {
        action: offer.action.to_string(),
        title: speech.title(target.name.as_str()),
        what: speech.what(),
        refusal: offer.refusal,
    }
}

/// What may be done to a target. It is read from the cluster itself, so not with every change of the page around it, but
/// when the target's mark changes.
pub(crate) fn offers(
    target: Memo<Option<TargetRef>>,
    mark: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> AnyView {
    let changed = Bell::new();
    // Effects run in browsers only.
    Effect::new(move |before: Option<Option<String>>| {
        let (before, now) = (before.flatten(), mark());
        if before.is_some() && now.is_some() && before != now {
            changed.ring();
        }
        now.or(before)
    });
    let read = Reading::new(move || (target.get(), changed.rung()), |(target, _)| read(target));
    settled(read, |read| match read {
        Ok((target, offers)) => show(&target, offers),
        // Signed out, or nothing there: the page around it tells.
        Err(_) => ().into_any(),
    })
}

async fn read(target: Option<TargetRef>) -> Result<(TargetRef, Offers), Failure> {
    let target = target.ok_or(domain::ProblemCode::NotVisible)?;
    let offers = read_offers(target.clone()).await?;
    Ok((target, offers))
}

fn show(target: &TargetRef, offers: Offers) -> AnyView {
    let t = phrases();
    let Offers { items, trouble } = offers;
    let shown = match trouble.map(Failure::from) {
        Some(failure) if failure.is_not_visible() => return ().into_any(),
        Some(failure) => view! { <ProblemNotice failure=failure /> }.into_any(),
        None if items.is_empty() => view! {
            <Empty
                title=t.say(actions::NOTHING_OFFERED)
                hint=t.say(actions::NOTHING_OFFERED_MORE)
            />
        }
        .into_any(),
        None => {
            let (refused, open): (Vec<_>, Vec<_>) =
                items.into_iter().partition(|offered| offered.refusal.is_some());
            let open = open.into_iter().map(|offered| item(target, offered)).views();
            let refused = by_reason(t, refused).into_iter().map(refused_item).views();
            view! {
                <ul class="offers">
                    {open}
                    {refused}
                </ul>
            }
            .into_any()
        }
    };
    view! {
        <Section id="may-be-done" title=t.say(actions::MAY_BE_DONE)>
            {shown}
        </Section>
    }
    .into_any()
}

fn item(target: &TargetRef, offered: Offered) -> impl IntoView + use<> {
    let Offered { action, title, what, .. } = offered;
    view! {
        <li class="offer">
            <A href=action_href(target, &action) attr:class="offer-title">
                {title}
            </A>
            <p class="offer-more">{what}</p>
        </li>
    }
}

/// What is refused, by why: one reason for many is told once.
fn by_reason(t: Phrases, refused: Vec<Offered>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for Offered { title, refusal, .. } in refused {
        let why = refusal.map(|problem| why_not(t, &problem).join(" · ")).unwrap_or_default();
        match groups.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, titles)) => titles.push(title),
            None => groups.push((why, vec![title])),
        }
    }
    groups
}

fn refused_item((why, titles): (String, Vec<String>)) -> impl IntoView {
    let t = phrases();
    let titles = titles.into_iter().map(|title| view! { <p class="offer-title">{title}</p> });
    view! {
        <li class="offer" data-refused>
            <div>{titles.views()}</div>
            <div class="offer-more">
                <Badge tone=Tone::Neutral label=t.say(actions::NOT_NOW) />
                <p>{why}</p>
            </div>
        </li>
    }
}
