//! The nodes that are reached through the platform's tenant.

use domain::{
    actions::TargetKind,
    resources::{NodeLoad, NodeRow},
    tenants::TenantName,
};
use leptos::prelude::*;
use leptos_router::components::A;

use super::object_href;
use crate::{
    components::{Age, Badge, Tone},
    messages::{nodes, phrases, tenants},
};

/// Nodes, one to a row.
#[component]
pub(super) fn Nodes(tenant: TenantName, items: Vec<NodeLoad>) -> impl IntoView {
    let t = phrases();
    let rows = items.into_iter().map(|load| row(&tenant, load)).collect_view();
    view! {
        <div class="table-box">
            <table class="table table-stacking">
                <caption class="visually-hidden">{t.say(nodes::CAPTION)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.say(nodes::NODE)}</th>
                        <th scope="col">{t.say(tenants::STATE)}</th>
                        <th scope="col">{t.say(nodes::ROLES)}</th>
                        <th scope="col">{t.say(nodes::VERSION)}</th>
                        <th scope="col" class="cell-number">{t.say(tenants::PODS)}</th>
                        <th scope="col" class="cell-number">{t.say(tenants::AGE)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(tenant: &TenantName, NodeLoad { node, pods }: NodeLoad) -> impl IntoView + use<> {
    let t = phrases();
    let href = object_href(tenant, TargetKind::Node, &node.name);
    let state = node_state(&node);
    view! {
        <tr>
            <th scope="row">
                <A href=href attr:class="code-link">
                    {node.name.to_string()}
                </A>
            </th>
            <td>{state}</td>
            <td data-label=t.say(nodes::ROLES)>{node.roles.join(", ")}</td>
            <td data-label=t.say(nodes::VERSION)>{node.version}</td>
            <td class="cell-number" data-label=t.say(tenants::PODS)>
                {pods}
            </td>
            <td class="cell-number" data-label=t.say(tenants::AGE)>
                <Age since=node.created_at />
            </td>
        </tr>
    }
}

/// The status of a node, as `kubectl` prints it, with how it feels.
pub(crate) fn node_state(node: &NodeRow) -> AnyView {
    let tone = match (node.is_ready(), node.cordoned) {
        (false, _) => Tone::Danger,
        (true, true) => Tone::Caution,
        (true, false) => Tone::Good,
    };
    view! { <Badge tone=tone label=node.status.clone() /> }.into_any()
}
