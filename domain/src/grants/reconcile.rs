//! Holding what clusters hold against what is signed for, and the other way round.
//!
//! Any number of replicas may do this at any time: each change is a compare-and-set, and whatever is taken away is
//! looked up once more first.

use std::sync::Arc;

use super::{
    ANSWER_MARGIN, CommittedRemoval, EndReason, FoundAccount, FoundBinding, Grant, GrantChange,
    GrantFilter, GrantState, GrantStateName, GrantVoid, Held, Piece, Scan, Standing, end::ending,
    give::not_given,
};
use crate::{
    audit::{Entry, EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    identity::PersonStatus,
    ids::GrantId,
    problem::Problem,
    resources::{Cluster, ClusterError, ClusterUid, WatchState},
    store::StoreError,
    tally::Tally,
    tenants::TenantName,
    time::Timestamp,
};

impl Console {
    /// Brings clusters and grants to agree. Answers how many differences there were. A cluster that cannot be asked keeps
    /// no other waiting; the first such problem is told.
    pub async fn reconcile_grants(&self, scan: Scan) -> Result<usize, Problem> {
        let held = GrantFilter::that_are(&GrantStateName::HELD);
        let mut tally = Tally::default();
        for cluster in self.ports.clusters.all() {
            // What is read first cannot have been made after what is read then.
            let mut held = self.all_grants(&held).await?;
            // Until it is known which cluster answers, and where another does by its name, nothing is learnt of theirs.
            let Some(uid) = cluster.uid() else { continue };
            held.retain(|grant| grant.is_in(cluster.as_ref(), &uid));
            // Where nothing is granted, nothing lets the console look either.
            if held.is_empty() && self.policy().policy.roles.0.is_empty() {
                continue;
            }
            tally.add(self.reconcile_in(&cluster, held, scan).await);
        }
        tally.finish()
    }

    async fn reconcile_in(
        &self,
        cluster: &Arc<dyn Cluster>,
        held: Vec<Grant>,
        scan: Scan,
    ) -> Result<usize, Problem> {
        let standing = cluster.grants().standing(scan).await?;
        let mut tally = Tally::default();
        for grant in held {
            tally.add(self.settle_difference(cluster, grant, &standing).await);
        }
        for binding in &standing.bindings {
            tally.add(self.remove_unexplained(cluster, binding).await);
        }
        for account in &standing.accounts {
            tally.add(self.remove_unexplained_account(cluster, account).await);
        }
        tally.finish()
    }

    async fn settle_difference(
        &self,
        cluster: &Arc<dyn Cluster>,
        grant: Grant,
        standing: &Standing,
    ) -> Result<bool, Problem> {
        let is_given = matches!(grant.state, GrantState::Active(_));
        match self.difference(cluster, grant.clone(), standing).await? {
            Some(change) => self.commit_grant_if_first(change).await,
            // Whoever gave it may have been killed before that.
            None if is_given => self.end_the_one_before(&grant).await,
            None => Ok(false),
        }
    }

    /// How a grant must change, because the cluster or what it stands on is not as it was signed.
    async fn difference(
        &self,
        cluster: &Arc<dyn Cluster>,
        grant: Grant,
        standing: &Standing,
    ) -> Result<Option<GrantChange>, Problem> {
        let now = self.now();
        let stands =
            if grant.is_drill() { Some(Held::nothing()) } else { grant.found_in(standing) };
        match &grant.state {
            GrantState::Activating(activation) => {
                if now < activation.deadline.plus(ANSWER_MARGIN) {
                    return Ok(None);
                }
                // Nobody heard an answer: exactly what was signed for counts as given.
                let Some(held) = stands else {
                    let why = "no answer was heard, and it is not there";
                    return not_given(grant, why, now).map(Some);
                };
                let grant = grant.given(held.clone(), now)?;
                let entry = grant.entry_by_itself(now, EntryOutcome::Given);
                Ok(Some(GrantChange::of(grant, entry.with_json("held", &held))))
            }
            GrantState::Active(hold) if stands.as_ref() != Some(&hold.held) => {
                ending(grant, EndReason::Tampered, now).map(Some)
            }
            GrantState::Active(_) => match self.lost(cluster, &grant).await? {
                Some(reason) => ending(grant, reason, now).map(Some),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Why a grant must end although its time is not over: its holder's right, the role or the tenant went.
    async fn lost(
        &self,
        cluster: &Arc<dyn Cluster>,
        grant: &Grant,
    ) -> Result<Option<EndReason>, Problem> {
        let policy = self.policy().at(grant.is_judged_at(self.now()));
        let holder = &grant.body.holder;
        if let PersonStatus::Locked { .. } = self.ports.identity.status(holder).await? {
            return Ok(Some(EndReason::Locked));
        }
        let person = policy.policy.people.get(holder);
        if !person.is_some_and(|person| policy.may(person, grant.act(), grant)) {
            return Ok(Some(EndReason::LostRight));
        }
        // What is not known now is asked in the next round.
        if cluster.freshness().watch != WatchState::Live {
            return Ok(None);
        }
        Ok(grant.drift(&policy, cluster.as_ref()).await?.map(|drift| match drift {
            GrantVoid::RoleChanged => EndReason::RoleChanged,
            GrantVoid::TenantGone => EndReason::TenantGone,
        }))
    }

    async fn remove_unexplained(
        &self,
        cluster: &Arc<dyn Cluster>,
        binding: &FoundBinding,
    ) -> Result<bool, Problem> {
        let piece = binding.piece();
        if let Some(piece) = &piece
            && self.is_explained(cluster, binding.grant, piece).await?
        {
            return Ok(false);
        }
        let found = Unexplained { place: binding.place(), uid: binding.uid.clone(), piece };
        if self.remove(cluster, found).await? {
            return Ok(true);
        }
        // The console may not delete it, or it stays all the same: the accounts that it is for go with their grants.
        let mut ended = false;
        for id in binding.accounts() {
            let Some(grant) = self.ports.grants.grant(id).await? else { continue };
            if grant.is_held() {
                let change = ending(grant, EndReason::Tampered, self.now())?;
                ended |= self.commit_grant_if_first(change).await?;
            }
        }
        Ok(ended)
    }

    async fn remove_unexplained_account(
        &self,
        cluster: &Arc<dyn Cluster>,
        account: &FoundAccount,
    ) -> Result<bool, Problem> {
        let piece = Piece::Account { name: account.name.clone() };
        if self.is_explained(cluster, account.grant(), &piece).await? {
            return Ok(false);
        }
        let (place, uid) = (piece.to_string(), account.uid.clone());
        self.remove(cluster, Unexplained { place, uid, piece: Some(piece) }).await
    }

    /// Whether a grant that may be held stands behind a piece; asked now, not when the cluster was read.
    async fn is_explained(
        &self,
        cluster: &Arc<dyn Cluster>,
        grant: Option<GrantId>,
        piece: &Piece,
    ) -> Result<bool, Problem> {
        let Some(id) = grant else { return Ok(false) };
        let grant = match self.ports.grants.grant(id).await {
            Ok(Some(grant)) => grant,
            // What is kept of it is not what was signed: that explains nothing.
            Ok(None) | Err(StoreError::Corrupt(_)) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let is_here = cluster.uid().is_some_and(|uid| grant.is_in(cluster.as_ref(), &uid));
        Ok(GrantStateName::IN_CLUSTER.contains(&grant.state.name())
            && is_here
            && !grant.is_drill()
            && grant.pieces().contains(piece))
    }

    /// Takes away what no grant explains: first the word, then the deed. Whether it is gone; not where the cluster
    /// does not let it go.
    async fn remove(
        &self,
        cluster: &Arc<dyn Cluster>,
        found: Unexplained,
    ) -> Result<bool, Problem> {
        let entry = self.told_of(cluster, &found).await?;
        let Some(piece) = found.piece.clone() else { return Ok(false) };
        let word = CommittedRemoval::unexplained(piece, &found.uid, &entry);
        match cluster.grants().take(&word).await {
            Ok(()) => {}
            // A finalizer keeps it, or an admission: it stays, whoever asks how often.
            Err(ClusterError::Refused { .. } | ClusterError::Unexpected { .. }) => {
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        self.ports.entries.append(found.entry(self.now(), cluster, EntryOutcome::Removed)).await?;
        Ok(true)
    }

    /// The entry that tells of it: written once by each console, however often it is seen.
    async fn told_of(
        &self,
        cluster: &Arc<dyn Cluster>,
        found: &Unexplained,
    ) -> Result<Entry, Problem> {
        if let Some(entry) = self.unexplained.told(&found.uid) {
            return Ok(entry);
        }
        let draft = found.entry(self.now(), cluster, EntryOutcome::Unexplained);
        let entry = self.ports.entries.append(draft).await?;
        self.unexplained.note(&found.uid, &entry);
        Ok(entry)
    }
}

/// Something that bears the grants' mark and that no grant explains.
struct Unexplained {
    place: String,
    uid: String,
    /// What is to be taken away, where the console may delete such a thing.
    piece: Option<Piece>,
}

impl Unexplained {
    fn entry(
        &self,
        at: Timestamp,
        cluster: &Arc<dyn Cluster>,
        outcome: EntryOutcome,
    ) -> EntryDraft {
        let cluster = cluster.name();
        let tenant = match &self.piece {
            Some(Piece::Binding { namespace, .. }) => {
                Some(TenantName { cluster: cluster.clone(), namespace: namespace.clone() })
            }
            _ => None,
        };
        let draft = EntryDraft::new(at, None, EntryAction::Grant, outcome);
        EntryDraft { tenant, ..draft }
            .with("cluster", cluster.as_str())
            .with("object", self.place.as_str())
            .with("uid", self.uid.as_str())
    }
}

impl Grant {
    /// Whether that is the very cluster where it was asked for.
    fn is_in(&self, cluster: &dyn Cluster, uid: &ClusterUid) -> bool {
        self.body.tenant.cluster == *cluster.name() && self.body.tenant.cluster_uid == *uid
    }

    /// What a cluster holds of it, if that is exactly what was signed for.
    fn found_in(&self, standing: &Standing) -> Option<Held> {
        let binding = standing.bindings.iter().find(|binding| binding.is_of(self))?;
        let name = self.account_name();
        let account = standing.accounts.iter().find(|account| account.name == name)?;
        Some(Held { account_uid: account.uid.clone(), binding_uid: binding.uid.clone() })
    }
}
