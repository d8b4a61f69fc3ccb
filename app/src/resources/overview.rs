//! What a pod is and where it runs.

use domain::{
    resources::{PodRow, WorkloadRow},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::{Ago, Copyable, Fact, Views},
    messages::{frame, phrases, pods},
    tenants::{object_href, target_kind, tenant_href},
};

/// What a pod is and where it runs.
#[component]
pub(super) fn Overview(
    tenant: TenantName,
    pod: PodRow,
    workload: Option<WorkloadRow>,
) -> impl IntoView {
    let t = phrases();
    let none = t.say(frame::NONE);
    let copyable = move |text: Option<String>, what| match text {
        Some(text) => view! { <Copyable text=text what=t.say(what) /> }.into_any(),
        None => none.into_any(),
    };
    let owner = pod.owner.map(|owner| format!("{} {}", owner.kind, owner.name));
    let workload = workload.map(|workload| {
        let href =
            target_kind(workload.kind).map(|kind| object_href(&tenant, kind, &workload.name));
        let name = view! { <code>{workload.name.to_string()}</code> };
        let name = match href {
            Some(href) => view! { <A href=href>{name}</A> }.into_any(),
            None => name.into_any(),
        };
        view! { <span class="owner-kind">{workload.kind.to_string()}</span> {name} }
    });
    let deleting = pod.deleting_since.map(|since| {
        view! {
            <Fact term=t.say(pods::DELETING)>
                <Ago at=since />
            </Fact>
        }
    });
    let labels = pod.labels.into_iter().map(|(name, value)| {
        view! {
            <li>
                <code>{name}"="{value}</code>
            </li>
        }
    });
    view! {
        <dl class="facts">
            <Fact term=t.say(pods::NAMESPACE)>
                <A href=tenant_href(&tenant)>{tenant.to_string()}</A>
            </Fact>
            <Fact term=t.say(pods::WORKLOAD)>
                {workload.map_or_else(|| none.into_any(), IntoAny::into_any)}
            </Fact>
            <Fact term=t.say(pods::OWNER)>{owner.unwrap_or_else(|| none.to_owned())}</Fact>
            <Fact term=t.say(pods::CREATED)>
                <Ago at=pod.created_at />
            </Fact>
            {deleting}
            <Fact term=t.say(pods::NODE)>{copyable(pod.node, pods::NODE)}</Fact>
            <Fact term=t.say(pods::ADDRESS)>{copyable(pod.ip, pods::ADDRESS)}</Fact>
            <Fact term=t.say(pods::SERVICE_ACCOUNT)>
                {copyable(pod.service_account, pods::SERVICE_ACCOUNT)}
            </Fact>
            <Fact term=t.say(pods::UID)>{copyable(Some(pod.uid), pods::UID)}</Fact>
            <Fact term=t.say(pods::LABELS)>
                <ul class="labels">{labels.views()}</ul>
            </Fact>
        </dl>
    }
}
