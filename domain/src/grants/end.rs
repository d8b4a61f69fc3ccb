//! Ending what somebody holds: by word, by time, and until the cluster holds nothing of it.

use std::collections::BTreeSet;

use super::{
    CommittedRemoval, EndReason, Grant, GrantChange, GrantFilter, GrantState, GrantStateName,
    GrantView,
};
use crate::{
    access::{Act, Actor, authorise},
    actions::CommitError,
    approvals::COMMENT_MAX,
    audit::EntryOutcome,
    console::Console,
    ids::GrantId,
    page,
    problem::{Problem, ProblemCode},
    resources::ClusterError,
    tally::Tally,
    time::Timestamp,
};

/// How often somebody tries to end what moves meanwhile.
const TRIES: u32 = 5;

impl Console {
    /// Gives a role back, or takes back that it was asked for.
    pub async fn return_grant(&self, actor: &Actor, id: GrantId) -> Result<GrantView, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        if grant.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        let now = self.now();
        if grant.state == GrantState::Pending {
            let grant = grant.withdraw(actor.login(), now)?;
            let entry = grant.entry(now, actor.login(), EntryOutcome::Withdrawn);
            return self.moved(actor, GrantChange::of(grant, entry)).await;
        }
        self.end_by(actor, grant, EndReason::Returned, None).await
    }

    /// Ends what somebody holds.
    pub async fn revoke_grant(
        &self,
        actor: &Actor,
        id: GrantId,
        comment: Option<&str>,
    ) -> Result<GrantView, Problem> {
        let grant = self.visible_grant(actor, id).await?;
        let (tenant, role) = (grant.body.tenant.name(), grant.body.role.name.clone());
        let action = grant.entry_action();
        let revoked = self.try_revoke_grant(actor, grant, comment).await;
        self.note_grant_refusal(actor, action, &tenant, &role, Some(id), revoked).await
    }

    async fn try_revoke_grant(
        &self,
        actor: &Actor,
        grant: Grant,
        comment: Option<&str>,
    ) -> Result<GrantView, Problem> {
        let policy = self.policy();
        authorise(&policy, actor, Act::EndGrant, &grant.as_resource(&policy))?;
        if comment.is_some_and(|comment| comment.chars().count() > COMMENT_MAX) {
            let rule = format_args!("at most {COMMENT_MAX} characters");
            return Err(Problem::malformed("comment", rule));
        }
        self.end_by(actor, grant, EndReason::Revoked, comment).await
    }

    /// Ending power never depends on a valid policy, nor on which one a replica holds.
    async fn end_by(
        &self,
        actor: &Actor,
        grant: Grant,
        reason: EndReason,
        comment: Option<&str>,
    ) -> Result<GrantView, Problem> {
        let (id, now) = (grant.body.id, self.now());
        let mut latest = Some(grant);
        for _ in 0..TRIES {
            let Some(grant) = latest else { break };
            let grant = grant.end(reason, Some(actor.login()), now)?;
            let entry = grant.entry(now, actor.login(), EntryOutcome::Ending);
            let entry = entry.with("reason", reason.as_str());
            let entry = match comment {
                Some(comment) => entry.with("comment", comment),
                None => entry,
            };
            match self.moved(actor, GrantChange::of(grant, entry)).await {
                // It was being given in that moment: the brake is pulled all the same.
                Err(problem) if problem.code == ProblemCode::Conflict => {
                    latest = self.ports.grants.grant(id).await?;
                }
                answer => return answer,
            }
        }
        Err(ProblemCode::Conflict.into())
    }

    async fn moved(&self, actor: &Actor, change: GrantChange) -> Result<GrantView, Problem> {
        let grant = change.grant.clone();
        self.ports.grants.commit_grant(change).await?;
        Ok(self.view_of_grant(&self.policy(), actor, &grant))
    }

    /// Gives the word for everything whose time is over: what waits for approvals, and what is held. One whose end cannot
    /// be written keeps no other waiting; the first such problem is told.
    pub async fn expire_grants(&self) -> Result<usize, Problem> {
        let now = self.now();
        let due =
            GrantFilter { ended_by: Some(now), ..GrantFilter::that_are(&GrantStateName::OPEN) };
        let mut tally = Tally::default();
        for grant in self.all_grants(&due).await? {
            tally.add(self.expire_grant(grant, now).await);
        }
        tally.finish()
    }

    async fn expire_grant(&self, grant: Grant, now: Timestamp) -> Result<bool, Problem> {
        let change = if grant.state == GrantState::Pending {
            let grant = grant.expire(now)?;
            let entry = grant.entry_by_itself(now, EntryOutcome::Expired);
            GrantChange::of(grant, entry)
        } else {
            ending(grant, EndReason::Expired, now)?
        };
        self.commit_grant_if_first(change).await
    }

    /// Takes away from the clusters what is to end. What cannot be taken away now is tried again; it keeps no other
    /// waiting, and the first such problem is told.
    pub async fn end_grants(&self) -> Result<usize, Problem> {
        let ending = GrantFilter::that_are(&[GrantStateName::Ending]);
        let (mut tally, mut silent) = (Tally::default(), BTreeSet::new());
        for grant in self.all_grants(&ending).await? {
            let cluster = grant.body.tenant.cluster.clone();
            if silent.contains(&cluster) {
                continue;
            }
            let taken = self.take(&grant).await;
            // A cluster that does not answer is asked once in a walk: the others wait for it once.
            if matches!(taken, Err(ClusterError::Unreachable { .. })) {
                silent.insert(cluster);
            }
            tally.add(match taken {
                Ok(()) => self.note_gone(grant).await,
                Err(error) => Err(error.into()),
            });
        }
        tally.finish()
    }

    /// How many roles outlast their end: they are to end, and a cluster may hold them still.
    pub async fn grants_overdue(&self) -> Result<usize, Problem> {
        let ending = GrantFilter::that_are(&[GrantStateName::Ending]);
        Ok(self.all_grants(&ending).await?.len())
    }

    /// Takes a grant that is to end away now, without waiting for the job that does. Whether it is gone.
    pub async fn end_now(&self, id: GrantId) -> Result<bool, Problem> {
        match self.ports.grants.grant(id).await? {
            Some(grant) => self.take_away(grant).await,
            None => Ok(false),
        }
    }

    /// Takes one grant away. Whether it is gone.
    async fn take_away(&self, grant: Grant) -> Result<bool, Problem> {
        self.take(&grant).await?;
        self.note_gone(grant).await
    }

    /// Takes what a cluster holds of a grant that is to end; only where it is the very cluster that it was given in.
    async fn take(&self, grant: &Grant) -> Result<(), ClusterError> {
        // A cluster is never told of a drill, so that none has to answer for it to end.
        if grant.is_drill() {
            return Ok(());
        }
        let Some(word) = CommittedRemoval::ending(grant) else { return Ok(()) };
        let tenant = &grant.body.tenant;
        let cluster = self.ports.clusters.cluster(&tenant.cluster);
        let cluster = cluster.ok_or_else(|| ClusterError::Unreachable {
            message: format!("no cluster {} is registered", tenant.cluster),
        })?;
        match cluster.uid() {
            Some(uid) if uid == tenant.cluster_uid => cluster.grants().take(&word).await,
            Some(_) => Err(ClusterError::Unexpected {
                message: "another cluster answers than the one where the role was given".to_owned(),
            }),
            None => Err(ClusterError::Unreachable {
                message: "it is not known yet which cluster answers".to_owned(),
            }),
        }
    }

    async fn note_gone(&self, grant: Grant) -> Result<bool, Problem> {
        let now = self.now();
        // Until then a call that nobody heard of may be on its way: it is looked again.
        let Ok(grant) = grant.gone(now) else { return Ok(false) };
        let entry = grant.entry_by_itself(now, EntryOutcome::Ended);
        self.commit_grant_if_first(GrantChange::of(grant, entry)).await
    }

    /// Commits a change unless somebody else made one first.
    pub(super) async fn commit_grant_if_first(&self, change: GrantChange) -> Result<bool, Problem> {
        match self.ports.grants.commit_grant(change).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Every grant of a kind, however many pages they fill.
    pub(crate) async fn all_grants(&self, filter: &GrantFilter) -> Result<Vec<Grant>, Problem> {
        let read = |page| async move { self.ports.grants.grants(filter, &page).await };
        Ok(page::all(read).await?)
    }
}

/// The word that a grant ends by itself.
pub(super) fn ending(
    grant: Grant,
    reason: EndReason,
    now: Timestamp,
) -> Result<GrantChange, Problem> {
    let grant = grant.end(reason, None, now)?;
    let entry = grant.entry_by_itself(now, EntryOutcome::Ending).with("reason", reason.as_str());
    Ok(GrantChange::of(grant, entry))
}
