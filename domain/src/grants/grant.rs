//! A grant: one role for one person in one tenant, for a time.

use std::{collections::BTreeSet, time::Duration};

use serde::{Deserialize, Serialize};

use super::{ClusterRole, Extends, GrantState, GrantableRole, NeverGranted, RoleRule};
use crate::{
    access::{Act, Resource},
    approvals::{Decision, InvalidWords, SignedDecision, Words},
    break_glass::Declaration,
    canonical::Digest,
    ids::GrantId,
    names::{ClusterName, ClusterRoleName, GrantableRoleName, Login, Namespace},
    policy::{PolicySnapshot, Tier},
    resources::ClusterUid,
    tenants::TenantName,
    time::Timestamp,
};

/// The shortest time for which a role may be asked.
pub const SHORTEST: Duration = Duration::from_mins(1);

/// The part of a grant that never changes: what its digest covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantBody {
    /// Its identifier.
    pub id: GrantId,
    /// Who is to hold the role.
    pub holder: Login,
    /// The tenant, pinned.
    pub tenant: PinnedTenant,
    /// The role, pinned.
    pub role: PinnedRole,
    /// For how long, in seconds.
    pub ttl_seconds: u64,
    /// Approvals it needs, by the policy in force when it was asked for.
    pub approvals_needed: u32,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it may be approved.
    pub expires_at: Timestamp,
    /// What makes it a break-glass session, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<Declaration>,
    /// The grant that it comes after, where it gives more time for one or goes on from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<Extends>,
}

/// A tenant that cannot be taken for another one of its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedTenant {
    /// Its cluster.
    pub cluster: ClusterName,
    /// What tells that cluster from every other.
    pub cluster_uid: ClusterUid,
    /// Its namespace.
    pub namespace: Namespace,
    /// What tells that namespace from another of its name.
    pub namespace_uid: String,
}

/// A role with everything that it lets its holder do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedRole {
    /// What it is called here.
    pub name: GrantableRoleName,
    /// The cluster role that is bound for it.
    pub cluster_role: ClusterRoleName,
    /// What tells that from another of its name.
    pub uid: String,
    /// Its rules.
    pub rules: Vec<RoleRule>,
}

/// A grant and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What was asked for.
    pub body: GrantBody,
    /// What signatures commit to.
    pub digest: Digest,
    /// Approvals it has.
    pub approvals: Vec<SignedDecision>,
    /// Its holder's own word, where they opened it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Box<SignedDecision>>,
    /// Where it stands.
    pub state: GrantState,
    /// How often it changed; each change names the one it builds on.
    pub version: u64,
}

/// What a person writes to ask for a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGrant {
    /// Its identifier.
    pub id: GrantId,
    /// Who asks.
    pub holder: Login,
    /// Where.
    pub tenant: PinnedTenant,
    /// The cluster role, read now.
    pub cluster_role: ClusterRole,
    /// For how long.
    pub ttl: Duration,
    /// Why.
    pub reason: String,
    /// Where that is written down.
    pub ticket: Option<String>,
    /// The grant that it is to come after.
    pub extends: Option<Extends>,
    /// When it lapses at the latest, unless it is agreed to.
    pub lapses_by: Option<Timestamp>,
}

/// Why a role cannot be asked for as written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGrant {
    /// Reason or ticket are not as they must be.
    #[error(transparent)]
    Words(#[from] InvalidWords),
    /// It is asked for too short or too long a time.
    #[error("a time from {} s to {} s may be asked for", SHORTEST.as_secs(), longest.as_secs())]
    Ttl {
        /// The longest that may be asked for.
        longest: Duration,
    },
    /// The cluster role can never be granted.
    #[error("a role that is {0} can never be granted")]
    Role(NeverGranted),
}

/// Whether a role may be held at all, and for so long.
pub(crate) fn check_may_be_held(
    role: &ClusterRole,
    ttl: Duration,
    longest: Duration,
) -> Result<(), InvalidGrant> {
    if ttl < SHORTEST || ttl > longest {
        return Err(InvalidGrant::Ttl { longest });
    }
    role.never_granted().map_or(Ok(()), |never| Err(InvalidGrant::Role(never)))
}

impl Grant {
    /// Asks for a role: pending from now on. There is none that nobody must agree to.
    pub fn ask(
        new: NewGrant,
        role: &GrantableRole,
        tier: Tier,
        now: Timestamp,
    ) -> Result<Self, InvalidGrant> {
        let words = Words::read(&new.reason, new.ticket.as_deref(), &role.asking)?;
        check_may_be_held(&new.cluster_role, new.ttl, role.longest)?;
        let expires_at = now.plus(role.asking.request_ttl);
        let body = GrantBody {
            id: new.id,
            holder: new.holder,
            tenant: new.tenant,
            role: PinnedRole::of(role, new.cluster_role),
            ttl_seconds: new.ttl.as_secs(),
            approvals_needed: role.asking.approvals_in(tier).max(1),
            reason: words.reason,
            ticket: words.ticket,
            created_at: now,
            expires_at: new.lapses_by.map_or(expires_at, |lapses_by| expires_at.min(lapses_by)),
            declaration: None,
            extends: new.extends,
        };
        Ok(Self::pending(body))
    }

    /// What was just asked for, and nobody decided about.
    pub(crate) fn pending(body: GrantBody) -> Self {
        Self {
            digest: body.digest(),
            body,
            approvals: Vec::new(),
            opening: None,
            state: GrantState::Pending,
            version: 0,
        }
    }

    /// What its holder must be let do to have it.
    #[must_use]
    pub fn act(&self) -> Act {
        match self.body.declaration {
            Some(_) => Act::BreakGlass,
            None => Act::AskRole,
        }
    }

    /// As of when its holder's right to it is judged. A shift that ends in the middle of an emergency does not end the
    /// session: who was on call when it was opened counts.
    pub(super) fn is_judged_at(&self, now: Timestamp) -> Timestamp {
        match (&self.body.declaration, self.state.activation()) {
            (Some(_), Some(activation)) => activation.at,
            _ => now,
        }
    }

    /// What the rules are asked about.
    #[must_use]
    pub fn as_resource(&self, policy: &PolicySnapshot) -> Resource {
        let tenant = self.body.tenant.name();
        Resource::Grant {
            holder: self.body.holder.clone(),
            role: self.body.role.name.clone(),
            owners: policy.policy.ownership.owners(&tenant),
            tenant,
        }
    }

    /// Whether it is what was signed: its digest is that of its body, each approval is another person's on that digest,
    /// and only a session is opened by its holder's own word. A record that somebody wrote past the console is seldom so.
    #[must_use]
    pub fn is_as_signed(&self) -> bool {
        let approvers: BTreeSet<_> = self.approvals.iter().map(SignedDecision::person).collect();
        let covered =
            self.approvals.iter().all(|approval| approval.covers(Decision::Approve, self.digest));
        self.body.digest() == self.digest
            && covered
            && approvers.len() == self.approvals.len()
            && !approvers.contains(&self.body.holder)
            && self.opening.as_ref().is_none_or(|word| self.is_opened_by(word))
            && (!self.state.was_approved() || self.opening.is_some() || self.has_its_approvals())
    }

    /// Whether that is its holder's word to open it, and it is a session.
    pub(super) fn is_opened_by(&self, word: &SignedDecision) -> bool {
        self.body.declaration.is_some()
            && *word.person() == self.body.holder
            && word.covers(Decision::Open, self.digest)
    }

    pub(super) fn has_its_approvals(&self) -> bool {
        self.approvals.len() >= self.body.approvals_needed.max(1) as usize
    }

    /// Who approved it.
    #[must_use]
    pub fn approvers(&self) -> Vec<Login> {
        self.approvals.iter().map(|approval| approval.person().clone()).collect()
    }
}

impl PinnedTenant {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> TenantName {
        TenantName { cluster: self.cluster.clone(), namespace: self.namespace.clone() }
    }
}

impl PinnedRole {
    /// That role, as the cluster role behind it is now.
    #[must_use]
    pub(crate) fn of(role: &GrantableRole, now: ClusterRole) -> Self {
        Self {
            name: role.name.clone(),
            cluster_role: role.cluster_role.clone(),
            uid: now.uid,
            rules: now.rules,
        }
    }

    /// Whether the cluster holds the very role that was signed.
    #[must_use]
    pub fn is(&self, now: &ClusterRole) -> bool {
        self.uid == now.uid && self.rules == now.rules && !now.aggregated
    }
}

impl GrantBody {
    /// SHA-256 over the canonical JSON of the body, marked `sekisho/grant/v1`, or `sekisho/session/v1` where it is a
    /// break-glass session.
    ///
    /// # Panics
    /// Never: a body holds no floats.
    #[must_use]
    pub fn digest(&self) -> Digest {
        #[derive(Serialize)]
        struct Versioned<'a> {
            r#type: &'static str,
            #[serde(flatten)]
            body: &'a GrantBody,
        }
        let r#type = match self.declaration {
            Some(_) => "sekisho/session/v1",
            None => "sekisho/grant/v1",
        };
        Digest::of_canonical(&Versioned { r#type, body: self })
            .expect("the body of a grant holds no floats")
    }
}
