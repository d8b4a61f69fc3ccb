//! Approving and denying that somebody holds a role. With the last approval the word is given.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CommittedActivation, Grant, GrantChange, GrantState, GrantView, GrantVoid};
use crate::{
    access::{Act, Actor, GrantPermit, authorise, permit_grant},
    actions::{self, CommitError},
    approvals::{Decided, Decision, Purpose, Quorum},
    audit::{Entry, EntryOutcome},
    canonical::Digest,
    console::Console,
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::GrantId,
    names::Login,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    resources::{Cluster, ClusterError, WatchState},
};

/// A grant whose word is committed and which is now to be made, once.
#[must_use = "a word that is not kept must be settled"]
pub struct ReadyGrant {
    pub(super) grant: Grant,
    pub(super) permit: GrantPermit,
    pub(super) word: CommittedActivation,
    pub(super) cluster: Arc<dyn Cluster>,
}

impl ReadyGrant {
    /// What is to be made now that its word is committed as this entry.
    pub(crate) fn after(
        grant: Grant,
        permit: GrantPermit,
        entry: &Entry,
        cluster: Arc<dyn Cluster>,
    ) -> Option<Self> {
        let word = CommittedActivation::committed(&grant, entry)?;
        Some(Self { grant, permit, word, cluster })
    }
}

/// What a browser needs to sign a decision about a grant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GrantSignatureOptions {
    /// The challenge, and what it commits to; the browser computes it again from what it shows.
    #[serde(flatten)]
    pub step_up: BegunStepUp,
}

impl Console {
    /// The challenge for a decision about a grant.
    pub async fn grant_signature_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<GrantSignatureOptions, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let (tenant, role) = (grant.body.tenant.name(), grant.body.role.name.clone());
        let action = grant.entry_action();
        // Whoever may end it sees it without the tenant; whoever agrees to it sees what they agree to.
        self.visible_tenant(actor, &tenant).await?;
        let options =
            self.try_grant_signature_options(actor, browser, grant, decision, comment).await;
        self.note_grant_refusal(actor, action, &tenant, &role, Some(id), options).await
    }

    async fn try_grant_signature_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        grant: Grant,
        decision: Decision,
        comment: Option<&str>,
    ) -> Result<GrantSignatureOptions, Problem> {
        let policy = self.policy();
        self.check_may_decide_grant(&policy, actor, &grant, decision)?;
        if decision == Decision::Approve {
            self.check_may_agree(actor).await?;
            self.check_goes_on_from_live(&grant).await?;
            self.check_is_as_asked(&policy, &grant).await?;
        }
        let wish = StepUpWish {
            purpose: Purpose::Grant,
            decision,
            digest: grant.digest,
            preview: None,
            cluster_uid: Some(grant.body.tenant.cluster_uid.clone()),
            comment_hash: comment.map(|comment| Digest::of(comment.as_bytes())),
        };
        let step_up = self.begin_step_up(actor, browser, wish).await?;
        Ok(GrantSignatureOptions { step_up })
    }

    /// Takes an approver's signed decision about a role for somebody else. What is ready is to be
    /// [given](Console::give).
    pub async fn decide_grant(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
        decided: Decided,
    ) -> Result<(GrantView, Option<ReadyGrant>), Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let (tenant, role) = (grant.body.tenant.name(), grant.body.role.name.clone());
        let action = grant.entry_action();
        self.visible_tenant(actor, &tenant).await?;
        let result = self.try_decide_grant(actor, browser, grant, decided).await;
        self.note_grant_refusal(actor, action, &tenant, &role, Some(id), result).await
    }

    async fn try_decide_grant(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        grant: Grant,
        decided: Decided,
    ) -> Result<(GrantView, Option<ReadyGrant>), Problem> {
        let policy = self.policy();
        let decision = decided.decision;
        let reason = decided.comment.as_deref().unwrap_or_default().trim();
        if decision == Decision::Deny && reason.is_empty() {
            return Err(ProblemCode::ReasonMissing.into());
        }
        self.check_may_decide_grant(&policy, actor, &grant, decision)?;
        if decision == Decision::Approve {
            self.check_may_agree(actor).await?;
        }
        let touch = self.finish_step_up(actor, browser, &decided.credential).await?;
        let signed =
            self.signed_about(Purpose::Grant, decision, grant.digest, touch, decided.comment)?;
        let cluster = match decision {
            Decision::Approve => Some(self.check_is_as_asked(&policy, &grant).await?),
            _ => None,
        };
        let (evidence, now) = (signed.clone(), self.now());
        let nonce = Some(signed.commitment.nonce);
        let (grant, outcome) = match decision {
            Decision::Approve => (grant.approve(signed, now)?, EntryOutcome::Approved),
            _ => (grant.deny(signed, now)?, EntryOutcome::Denied),
        };
        let begins = matches!(grant.state, GrantState::Activating(_));
        let counted_on = if begins {
            self.grant_approvals_that_count(&policy, &grant).await?
        } else {
            Vec::new()
        };
        let permit = begins.then(|| permit_grant(&policy, &grant)).transpose()?;
        let entry = grant.entry(now, actor.login(), outcome).with_json("signature", &evidence);
        let entry = match grant.state.activation() {
            Some(activation) => entry.with_json("activation", activation),
            None => entry,
        };
        let decided = match decision {
            Decision::Approve => actions::Decided::agreeing(&policy, actor, nonce),
            _ => actions::Decided::under(&policy, actor, nonce),
        };
        let session = grant.goes_on_from().filter(|_| begins);
        let decided = actions::Decided { counted_on, session, ..decided };
        let change =
            GrantChange { decided: Some(decided), ..GrantChange::of(grant.clone(), entry) };
        let entry = self.ports.grants.commit_grant(change).await?;
        let view = self.view_of_grant(&policy, actor, &grant);
        let ready = permit.zip(cluster);
        let ready =
            ready.and_then(|(permit, cluster)| ReadyGrant::after(grant, permit, &entry, cluster));
        Ok((view, ready))
    }

    fn check_may_decide_grant(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        grant: &Grant,
        decision: Decision,
    ) -> Result<(), Problem> {
        self.check_grant_open_for(actor, grant, decision)?;
        authorise(policy, actor, Act::DecideGrant, &grant.as_resource(policy))?;
        policy.check_grant_has_room_for(actor.login(), decision, grant)
    }

    /// Says early what the transition would say late.
    pub(super) fn check_grant_open_for(
        &self,
        actor: &Actor,
        grant: &Grant,
        decision: Decision,
    ) -> Result<(), Problem> {
        let code = match decision {
            Decision::Approve | Decision::Deny if *actor.login() == grant.body.holder => {
                ProblemCode::OwnRequest
            }
            Decision::Approve | Decision::Deny if grant.state != GrantState::Pending => {
                ProblemCode::WrongState
            }
            Decision::Approve | Decision::Deny if self.now() >= grant.body.expires_at => {
                ProblemCode::RequestExpired
            }
            Decision::Approve if grant.approvers().contains(actor.login()) => {
                ProblemCode::DecidedTwice
            }
            Decision::Approve | Decision::Deny => return Ok(()),
            _ => return Err(Problem::malformed("decision", "approve or deny")),
        };
        Err(Problem::from(code).with("state", grant.state.name()))
    }

    /// The cluster, if role and namespace there are what was asked about; otherwise the grant is void from now on.
    pub(crate) async fn check_is_as_asked(
        &self,
        policy: &PolicySnapshot,
        grant: &Grant,
    ) -> Result<Arc<dyn Cluster>, Problem> {
        let tenant = &grant.body.tenant;
        let cluster = self.ports.clusters.cluster(&tenant.cluster);
        let cluster = cluster.ok_or(ProblemCode::ClusterUnavailable)?;
        let stricter = grant.is_short_of(policy).then_some(GrantVoid::RoleChanged);
        match grant.drift(policy, cluster.as_ref()).await?.or(stricter) {
            None => Ok(cluster),
            Some(reason) => Err(self.void_grant(grant.clone(), reason).await),
        }
    }

    async fn void_grant(&self, grant: Grant, reason: GrantVoid) -> Problem {
        let drifted = Problem::from(ProblemCode::TargetDrifted).with("drift", reason);
        let now = self.now();
        let Ok(grant) = grant.void(reason, now) else { return drifted };
        let entry =
            grant.entry_by_itself(now, EntryOutcome::Void).with("drift", reason.to_string());
        match self.ports.grants.commit_grant(GrantChange::of(grant, entry)).await {
            Ok(_) | Err(CommitError::Conflict) => drifted,
            Err(error) => error.into(),
        }
    }

    /// Those who approved and might approve still, if they are enough.
    async fn grant_approvals_that_count(
        &self,
        policy: &PolicySnapshot,
        grant: &Grant,
    ) -> Result<Vec<Login>, Problem> {
        let may = |person: &_| policy.may(person, Act::DecideGrant, grant);
        let counted = self.counted(policy, &grant.approvals, may).await?;
        let needed = grant.body.approvals_needed.max(1);
        Quorum::of_grant(policy, grant).check_are_enough(counted, needed)
    }
}

impl Grant {
    /// Whether the policy asks more of the role by now: who raised a number or shortened a time meant those that wait.
    fn is_short_of(&self, policy: &PolicySnapshot) -> bool {
        let policy = &policy.policy;
        if self.body.declaration.is_some() {
            let role = policy.roles.role(&self.body.role.name);
            let longest = policy.break_glass.as_ref().map(|settings| match role {
                Some(role) => settings.longest.min(role.longest),
                None => settings.longest,
            });
            return longest.is_none_or(|longest| longest.as_secs() < self.body.ttl_seconds);
        }
        let tier = policy.tiers.of(&self.body.tenant.name());
        policy.roles.role(&self.body.role.name).is_some_and(|role| {
            role.asking.approvals_in(tier) > self.body.approvals_needed
                || role.longest.as_secs() < self.body.ttl_seconds
        })
    }

    /// How role or namespace differ from what was asked about; `None` while they do not. What is known of the cluster must
    /// be of now: nothing is void for good because a watch has only begun.
    pub(super) async fn drift(
        &self,
        policy: &PolicySnapshot,
        cluster: &dyn Cluster,
    ) -> Result<Option<GrantVoid>, Problem> {
        let (tenant, role) = (&self.body.tenant, &self.body.role);
        if cluster.freshness().watch != WatchState::Live {
            return Err(ProblemCode::ClusterUnavailable.into());
        }
        let namespace = cluster.namespace(&tenant.namespace);
        let is_same = cluster.uid().as_ref() == Some(&tenant.cluster_uid)
            && namespace.is_some_and(|row| row.uid == tenant.namespace_uid);
        if !is_same {
            return Ok(Some(GrantVoid::TenantGone));
        }
        let listed = policy.policy.roles.role(&role.name);
        if listed.is_none_or(|listed| listed.cluster_role != role.cluster_role) {
            return Ok(Some(GrantVoid::RoleChanged));
        }
        match cluster.grants().cluster_role(&role.cluster_role).await {
            Ok(now) if role.is(&now) => Ok(None),
            Ok(_) | Err(ClusterError::NotFound) => Ok(Some(GrantVoid::RoleChanged)),
            Err(error) => Err(error.into()),
        }
    }
}

impl PolicySnapshot {
    /// An approval by somebody is of use only if those that are still needed can be of the groups that are missing.
    pub(super) fn check_grant_has_room_for(
        &self,
        person: &Login,
        decision: Decision,
        grant: &Grant,
    ) -> Result<(), Problem> {
        Quorum::of_grant(self, grant).check_room_for(person, decision, &grant.approvers())
    }
}
