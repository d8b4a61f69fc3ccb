//! What a person sees of a grant.

use serde::{Deserialize, Serialize};

use super::{
    EndReason, Extends, Grant, GrantBody, GrantState, GrantStateName, GrantVoid, PinnedRole,
    PinnedTenant, Risk, RoleRule,
};
use crate::{
    access::{Act, Actor, Question},
    actions::DecisionView,
    approvals::{Decision, Quorum},
    break_glass::Declaration,
    canonical::Digest,
    console::Console,
    ids::GrantId,
    names::{ClusterName, ClusterRoleName, GrantableRoleName, Login, Namespace},
    policy::{ApproverGroup, Person, PolicySnapshot},
    resources::ClusterUid,
    tenants::TenantName,
    time::Timestamp,
};

/// A grant, without the bytes of its signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "what this person may do, each by itself")]
pub struct GrantView {
    /// Its identifier.
    pub id: GrantId,
    /// What signatures commit to.
    pub digest: Digest,
    /// Where it stands.
    pub state: GrantStateName,
    /// How often it changed.
    pub version: u64,
    /// Who is to hold the role, or holds it.
    pub holder: Login,
    /// The cluster.
    pub cluster: ClusterName,
    /// What tells it from every other.
    pub cluster_uid: ClusterUid,
    /// The namespace.
    pub namespace: Namespace,
    /// What tells it from another of its name.
    pub namespace_uid: String,
    /// The role.
    pub role: GrantableRoleName,
    /// The cluster role that is bound for it.
    pub cluster_role: ClusterRoleName,
    /// What tells that from another of its name.
    pub role_uid: String,
    /// Everything that it lets its holder do.
    pub rules: Vec<RoleRule>,
    /// The worst of it.
    pub risk: Risk,
    /// For how long, in seconds.
    pub ttl_seconds: u64,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
    /// What makes it a break-glass session, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<Declaration>,
    /// Which grant it takes the place of, where it gives more time for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<Extends>,
    /// Whether its holder opened it alone.
    #[serde(default)]
    pub is_alone: bool,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it may be approved.
    pub expires_at: Timestamp,
    /// When its time began, once it did.
    pub began_at: Option<Timestamp>,
    /// When it ends by itself; what waits, when it can be approved no longer. Absent once it cannot.
    pub ends_at: Option<Timestamp>,
    /// Approvals it needs.
    pub approvals_needed: u32,
    /// Groups of each of which somebody must still approve, while it waits for approvals.
    pub approvals_missing_from: Vec<ApproverGroup>,
    /// Approvals it has.
    pub approvals: Vec<DecisionView>,
    /// The denial that ended it.
    pub denial: Option<DecisionView>,
    /// Why it is void.
    pub void: Option<GrantVoid>,
    /// Why it ends or ended, by whom, since when.
    pub ending: Option<EndingView>,
    /// When the cluster held nothing of it any more, or when it ended before it began.
    pub ended_at: Option<Timestamp>,
    /// What this person may decide about it now.
    pub may: Vec<Decision>,
    /// Whether this person may take it back, or give it back.
    pub may_return: bool,
    /// Whether this person may ask for more time.
    pub may_extend: bool,
    /// Whether this person may end it.
    pub may_revoke: bool,
    /// Who may approve it, while it waits for approvals.
    pub approvers: Vec<Login>,
}

/// How a grant ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndingView {
    /// Why.
    pub reason: EndReason,
    /// Who ended it, where somebody did.
    pub by: Option<Login>,
    /// When that was said.
    pub at: Timestamp,
}

impl GrantView {
    /// The part that its digest covers, as it is seen here.
    #[must_use]
    pub fn body(&self) -> GrantBody {
        GrantBody {
            id: self.id,
            holder: self.holder.clone(),
            tenant: PinnedTenant {
                cluster: self.cluster.clone(),
                cluster_uid: self.cluster_uid.clone(),
                namespace: self.namespace.clone(),
                namespace_uid: self.namespace_uid.clone(),
            },
            role: PinnedRole {
                name: self.role.clone(),
                cluster_role: self.cluster_role.clone(),
                uid: self.role_uid.clone(),
                rules: self.rules.clone(),
            },
            ttl_seconds: self.ttl_seconds,
            approvals_needed: self.approvals_needed,
            reason: self.reason.clone(),
            ticket: self.ticket.clone(),
            created_at: self.created_at,
            expires_at: self.expires_at,
            declaration: self.declaration.clone(),
            extends: self.extends,
        }
    }

    /// Its tenant.
    #[must_use]
    pub fn tenant(&self) -> TenantName {
        TenantName { cluster: self.cluster.clone(), namespace: self.namespace.clone() }
    }
}

impl Console {
    /// What this person sees of a grant that is theirs to see.
    pub(crate) fn view_of_grant(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        grant: &Grant,
    ) -> GrantView {
        let Grant { body, digest, approvals, opening, state, .. } = grant.clone();
        let pending = state == GrantState::Pending;
        let quorum = Quorum::of_grant(policy, grant);
        let ending = match &state {
            GrantState::Ending(ending) | GrantState::Ended { ending, .. } => Some(ending),
            _ => None,
        };
        GrantView {
            id: body.id,
            digest,
            state: state.name(),
            version: grant.version,
            cluster: body.tenant.cluster,
            cluster_uid: body.tenant.cluster_uid,
            namespace: body.tenant.namespace,
            namespace_uid: body.tenant.namespace_uid,
            cluster_role: body.role.cluster_role,
            role_uid: body.role.uid,
            risk: Risk::of(&body.role.rules),
            ends_at: grant.ends_at(),
            began_at: state.activation().map(|activation| activation.at),
            approvals_missing_from: if pending {
                quorum.missing_from(&grant.approvers())
            } else {
                Vec::new()
            },
            approvers: if pending {
                let eligible =
                    policy.who_may(Act::DecideGrant, &grant.as_resource(policy), &body.holder);
                quorum.open_to(eligible, &grant.approvers())
            } else {
                Vec::new()
            },
            may: self.may_decide_grant(policy, actor, grant),
            may_return: body.holder == *actor.login() && grant.may_be_ended(),
            may_extend: body.holder == *actor.login()
                && grant.as_prolonged(self.now()).is_some()
                && policy.may(actor.person(), Act::AskRole, grant),
            may_revoke: grant.is_held() && policy.may_end(actor.person(), grant),
            role: body.role.name,
            rules: body.role.rules,
            holder: body.holder,
            ttl_seconds: body.ttl_seconds,
            reason: body.reason,
            ticket: body.ticket,
            declaration: body.declaration,
            extends: body.extends,
            is_alone: opening.is_some(),
            created_at: body.created_at,
            expires_at: body.expires_at,
            approvals_needed: body.approvals_needed,
            approvals: approvals.iter().map(DecisionView::from).collect(),
            ending: ending.map(|ending| EndingView {
                reason: ending.reason,
                by: ending.by.clone(),
                at: ending.at,
            }),
            ended_at: state.ended_at(),
            denial: match &state {
                GrantState::Denied { denial } => Some(denial.as_ref().into()),
                _ => None,
            },
            void: match &state {
                GrantState::Void { reason, .. } => Some(*reason),
                _ => None,
            },
        }
    }

    /// What this person may decide about a grant now.
    fn may_decide_grant(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        grant: &Grant,
    ) -> Vec<Decision> {
        let mut decisions = vec![Decision::Approve, Decision::Deny];
        decisions.retain(|decision| {
            self.check_grant_open_for(actor, grant, *decision).is_ok()
                && policy.may(actor.person(), Act::DecideGrant, grant)
                && policy.check_grant_has_room_for(actor.login(), *decision, grant).is_ok()
        });
        decisions
    }
}

impl Grant {
    /// Whether somebody may end it still: before it was given, or while it is held.
    #[must_use]
    pub fn may_be_ended(&self) -> bool {
        GrantStateName::OPEN.contains(&self.state.name())
    }

    /// Whether the word that it is given stands, and none that it ends.
    #[must_use]
    pub fn is_held(&self) -> bool {
        GrantStateName::HELD.contains(&self.state.name())
    }
}

impl PolicySnapshot {
    /// Whether the rules let a person do this to a grant.
    #[must_use]
    pub fn may(&self, person: &Person, act: Act, grant: &Grant) -> bool {
        let resource = grant.as_resource(self);
        self.rules.decide(Question { person, act, resource: &resource, at: self.at }).is_allowed()
    }

    /// Whether the rules let a person end what somebody holds.
    #[must_use]
    pub fn may_end(&self, person: &Person, grant: &Grant) -> bool {
        self.may(person, Act::EndGrant, grant)
    }
}
