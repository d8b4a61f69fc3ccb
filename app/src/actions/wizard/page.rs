//! The page that asks for an action.

use domain::{ProblemCode, actions::TargetRef};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};

use super::{
    fields::Fields,
    read::{Said, WizardNow, read_wizard},
    review::Reviewed,
    submit::Draft,
};
use crate::{
    Failure,
    actions::steps::{Step, Steps},
    components::{Crumb, Crumbs, PageHeading, ProblemNotice, Section, loaded},
    live::Live,
    messages::{actions, phrases, tenants},
    reading::Reading,
    tenants::{action_href, target_href, target_of, tenant_href},
};

/// What an address asks for: a target and an action.
type Wanted = (TargetRef, String);

/// The page that asks for an action.
#[component]
pub(crate) fn ActionPage() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = Memo::new(move |_| params.with(wanted));
    let said = Memo::new(move |_| query.with(said));
    Live::follow_home();
    // What a person writes outlives a new reading of the page, but not the step to another action or target.
    let draft = Draft::new();
    Effect::new(move |before: Option<Option<Wanted>>| {
        let now = wanted.get();
        if before.is_some_and(|before| before != now) {
            draft.clear();
        }
        now
    });
    let source = move || (wanted.get(), said.get(), draft.reviewed_anew.rung());
    let read = Reading::new(source, |(wanted, said, _)| read(wanted, said));
    loaded(read, move |(wanted, now)| show(wanted, now, draft))
}

fn wanted(params: &ParamsMap) -> Option<Wanted> {
    Some((target_of(params)?, params.get_str("action")?.to_owned()))
}

/// What the address says of parameters; what it says several times is one list. A form's button adds a name that is
/// empty.
fn said(query: &ParamsMap) -> Said {
    let names = query.clone().into_iter().map(|(name, _)| name.into_owned());
    names
        .filter(|name| !name.is_empty())
        .filter_map(|name| Some((name.clone(), query.get_all(&name)?.join(","))))
        .collect()
}

async fn read(wanted: Option<Wanted>, said: Said) -> Result<(Wanted, WizardNow), Failure> {
    let Some((target, action)) = wanted else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    let now = read_wizard(target.clone(), action.clone(), said).await?;
    Ok(((target, action), now))
}

fn show((target, action): Wanted, now: WizardNow, draft: Draft) -> AnyView {
    let t = phrases();
    let WizardNow { words, fields, trouble, review } = now;
    let tenant = target.tenant();
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
        Crumb::new(target.name.to_string(), target_href(&target)),
    ];
    let path = action_href(&target, &action);
    let fields = (!fields.is_empty()).then(|| {
        view! {
            <Section id="parameters" title=t.say(actions::PARAMETERS)>
                <Fields path=path fields=fields />
            </Section>
        }
    });
    let intro = format!("{} {}", words.what, t.say(actions::NOTHING_YET));
    view! {
        <Crumbs way=way />
        <PageHeading title=words.title.clone() intro=intro />
        <Steps at=Step::Review />
        {fields}
        <div aria-live="assertive">
            {trouble.map(|trouble| view! { <ProblemNotice failure=trouble.into() /> })}
        </div>
        {review.map(|review| view! { <Reviewed words=words review=review draft=draft /> })}
    }
    .into_any()
}
