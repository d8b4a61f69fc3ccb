//! What a workload is and what it runs.

use domain::{
    resources::{WorkloadKind, WorkloadRow},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::{Ago, Copyable, Fact, Views},
    messages::{phrases, pods, tenants, workloads},
    tenants::{object_href, tenant_href},
};

/// What a workload is and what it runs.
#[component]
pub(super) fn Overview(tenant: TenantName, workload: WorkloadRow) -> impl IntoView {
    let t = phrases();
    let counts: [(&str, &dyn std::fmt::Display); 3] = [
        ("ready", &workload.ready),
        ("desired", &workload.desired),
        ("updated", &workload.updated),
    ];
    let replicas = match workload.kind {
        WorkloadKind::CronJob => None,
        WorkloadKind::Job => Some(t.fill(workloads::JOBS_OF, &counts)),
        _ => Some(t.fill(workloads::REPLICAS_OF, &counts)),
    };
    let replicas = replicas.map(|replicas| {
        view! { <Fact term=t.say(workloads::REPLICAS)>{replicas}</Fact> }
    });
    let owner = workload.owner.and_then(|owner| {
        let href = object_href(&tenant, owner.kind.parse().ok()?, &owner.name.parse().ok()?);
        Some(view! {
            <Fact term=t.say(workloads::OWNER)>
                <span class="owner-kind">{owner.kind}</span>
                <A href=href>
                    <code>{owner.name}</code>
                </A>
            </Fact>
        })
    });
    let images = workload.images.into_iter().map(|image| {
        view! {
            <li>
                <code>{image}</code>
            </li>
        }
    });
    view! {
        <dl class="facts">
            <Fact term=t.say(pods::NAMESPACE)>
                <A href=tenant_href(&tenant)>{tenant.to_string()}</A>
            </Fact>
            <Fact term=t.say(workloads::KIND)>{workload.kind.to_string()}</Fact>
            {replicas}
            {owner}
            <Fact term=t.say(tenants::IMAGES)>
                <ul class="plain-list">{images.views()}</ul>
            </Fact>
            <Fact term=t.say(pods::CREATED)>
                <Ago at=workload.created_at />
            </Fact>
            <Fact term=t.say(pods::UID)>
                <Copyable text=workload.uid what=t.say(pods::UID) />
            </Fact>
        </dl>
    }
}
