//! The wizard's first step: what restarting a pod would do, and the form that asks for it.

use domain::{
    ProblemCode,
    actions::Review,
    names::{Login, ObjectName},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    reach::{Reach, is_refused},
    read::review_restart,
    restart_form::{Draft, RestartForm},
    steps::{Step, Steps},
};
use crate::{
    Failure,
    components::{Copyable, Crumb, Crumbs, Fact, Notice, PageHeading, Section, Tone, loaded},
    live::Live,
    messages::{phrases, pods, restart, tenants},
    resources::{StatusBadge, pod_of},
    tenants::{pod_href, tenant_href},
};

/// The page that asks for a restart.
#[component]
pub(crate) fn RestartPage() -> AnyView {
    let params = use_params_map();
    let pod = Memo::new(move |_| params.with(pod_of));
    Live::follow_home();
    // What a person types outlives a new reading of the page.
    let draft = Draft::default();
    let read = Resource::new(move || pod.get(), read);
    loaded(read, move |review| show(review, draft))
}

async fn read(pod: Option<(TenantName, ObjectName)>) -> Result<Review, Failure> {
    let Some((tenant, name)) = pod else {
        #[cfg(feature = "ssr")]
        crate::rendering::set_status(ProblemCode::NotVisible);
        return Err(ProblemCode::NotVisible.into());
    };
    review_restart(tenant, name).await
}

fn show(review: Review, draft: Draft) -> AnyView {
    let t = phrases();
    let target = review.target.clone();
    let (tenant, name) = (target.tenant(), target.name.clone());
    let way = vec![
        Crumb::new(t.say(tenants::TITLE), "/tenants"),
        Crumb::new(tenant.to_string(), tenant_href(&tenant)),
        Crumb::new(name.to_string(), pod_href(&tenant, &name)),
    ];
    let refused = is_refused(&review.preview)
        .then(|| view! { <Notice tone=Tone::Caution title=t.say(restart::PROBABLY_REFUSED) /> });
    view! {
        <Crumbs way=way />
        <PageHeading title=t.fill(restart::TITLE, &[("name", &name)]) intro=t.say(restart::WHAT) />
        <Steps at=Step::Review />
        <div class="columns">
            <Section id="target" title=t.say(restart::TARGET)>
                <dl class="facts">
                    <Fact term=t.say(pods::NAMESPACE)>{tenant.to_string()}</Fact>
                    <Fact term=t.say(pods::NAME)>
                        <Copyable text=name.to_string() what=t.say(pods::NAME) />
                    </Fact>
                    <Fact term=t.say(pods::UID)>
                        <Copyable text=target.uid what=t.say(pods::UID) />
                    </Fact>
                    <Fact term=t.say(pods::STATUS)>
                        "…"
                    </Fact>
                    <Fact term=t.say(restart::APPROVALS)>
                        {approvals(review.approvals_needed.unwrap_or(0), &review.approvers)}
                    </Fact>
                </dl>
            </Section>
            <Section id="reach" title=t.say(restart::REACH)>
                <Reach preview=review.preview />
            </Section>
        </div>
        {refused}
        <RestartForm target=review.target.to_ref() ticket=review.ticket draft=draft />
    }
    .into_any()
}

fn approvals(needed: u32, approvers: &[Login]) -> String {
    let t = phrases();
    if approvers.is_empty() {
        return t.fill(restart::APPROVALS_NOBODY, &[("needed", &needed)]);
    }
    let people = approvers.iter().map(Login::as_str).collect::<Vec<_>>().join(", ");
    t.fill(restart::APPROVALS_BY, &[("needed", &needed), ("people", &people)])
}
