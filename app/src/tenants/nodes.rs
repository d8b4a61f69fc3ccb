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
    components::{Age, Badge, Column, Row, Table, Tone, row},
    messages::{nodes, tenants},
};

const COLUMNS: &[Column] = &[
    Column::text(nodes::NODE),
    Column::text(tenants::STATE).unlabelled(),
    Column::text(nodes::ROLES),
    Column::text(nodes::VERSION),
    Column::number(tenants::PODS),
    Column::number(tenants::AGE),
];

/// Nodes, one to a row.
#[component]
pub(super) fn Nodes(tenant: TenantName, items: Vec<NodeLoad>) -> impl IntoView {
    let rows = items.into_iter().map(|load| row(&tenant, load)).collect();
    view! { <Table caption=nodes::CAPTION columns=COLUMNS rows=rows /> }
}

fn row(tenant: &TenantName, NodeLoad { node, pods }: NodeLoad) -> Row {
    let href = object_href(tenant, TargetKind::Node, &node.name);
    let state = node_state(&node);
    let name = view! {
        <A href=href attr:class="code-link">
            {node.name.to_string()}
        </A>
    };
    row![
        name,
        state,
        node.roles.join(", "),
        node.version,
        pods,
        view! { <Age since=node.created_at /> },
    ]
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
