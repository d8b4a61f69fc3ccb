//! What the page of a node shows.

use domain::resources::{NodeDetail, NodeLoad, NodeRow};
use leptos::prelude::*;

use super::conditions::Conditions;
use crate::{
    components::{Ago, Copyable, Fact, FreshnessNote, Section},
    messages::{nodes, phrases, pods, tenants, workloads},
    tenants::node_state,
};

/// How a node stands.
pub(super) fn standing(detail: &NodeDetail) -> AnyView {
    view! {
        {node_state(&detail.load.node)}
        <FreshnessNote freshness=detail.freshness />
    }
    .into_any()
}

/// What there is to know about a node.
pub(super) fn rest(NodeDetail { load: NodeLoad { node, pods: on_it }, .. }: NodeDetail) -> AnyView {
    let t = phrases();
    view! {
        <div class="columns">
            <Section id="overview" title=t.say(workloads::OVERVIEW)>
                <dl class="facts">
                    <Fact term=t.say(nodes::ROLES)>{node.roles.join(", ")}</Fact>
                    <Fact term=t.say(nodes::VERSION)>{node.version}</Fact>
                    <Fact term=t.say(tenants::PODS)>{on_it}</Fact>
                    <Fact term=t.say(pods::CREATED)>
                        <Ago at=node.created_at />
                    </Fact>
                    <Fact term=t.say(pods::UID)>
                        <Copyable text=node.uid what=t.say(pods::UID) />
                    </Fact>
                </dl>
            </Section>
            <Section id="conditions" title=t.say(pods::CONDITIONS)>
                <Conditions
                    items=node.conditions
                    caption=nodes::CONDITIONS_CAPTION
                    well=NodeRow::is_well
                />
            </Section>
        </div>
    }
    .into_any()
}
