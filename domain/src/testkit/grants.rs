//! What one cluster holds of grants, in memory: changed, hidden and spoilt as a test wants.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use crate::{
    access::GrantPermit,
    actions::EffectError,
    grants::{
        ClusterRole, ClusterToken, CommittedActivation, CommittedRemoval, CommittedToken,
        FoundAccount, FoundBinding, GRANTS_NAMESPACE, GrantKeeper, Held, Piece, RoleRule,
        RulesHeld, Scan, Standing,
    },
    names::{ClusterRoleName, ClusterUser, Namespace},
    resources::ClusterError,
    time::Clock,
    who_can::Rbac,
};

use super::ManualClock;

/// What the cluster answers to a grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GrantAnswer {
    /// It makes it.
    #[default]
    Made,
    /// It makes it, and the answer is lost.
    MadeUnheard,
    /// It is never told, and nobody knows.
    NeverTold,
    /// It refuses.
    Refused,
}

/// Grants as one cluster holds them.
#[derive(Debug, Default)]
pub struct KeptGrants(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    roles: BTreeMap<ClusterRoleName, ClusterRole>,
    held: RulesHeld,
    rbac: Arc<Rbac>,
    standing: Standing,
    answer: GrantAnswer,
    away: bool,
    made: usize,
    /// What a finalizer keeps, by UID.
    finalized: BTreeSet<String>,
}

impl KeptGrants {
    /// There is such a cluster role now, or none.
    pub fn define(&self, name: &ClusterRoleName, role: Option<ClusterRole>) {
        let mut kept = self.kept();
        match role {
            Some(role) => drop(kept.roles.insert(name.clone(), role)),
            None => drop(kept.roles.remove(name)),
        }
    }

    /// From now on RBAC says this of every namespace.
    pub fn says(&self, rbac: Rbac) {
        self.kept().rbac = Arc::new(rbac);
    }

    /// From now on whoever is asked about may do this already.
    pub fn lets(&self, rules: Vec<RoleRule>) {
        self.kept().held = RulesHeld { rules, ..RulesHeld::default() };
    }

    /// From now on grants are answered so.
    pub fn answers(&self, answer: GrantAnswer) {
        self.kept().answer = answer;
    }

    /// Whether it can be reached.
    pub fn is_away(&self, away: bool) {
        self.kept().away = away;
    }

    /// From now on a finalizer keeps the binding of that UID.
    pub fn keeps(&self, uid: &str) {
        self.kept().finalized.insert(uid.to_owned());
    }

    /// What it holds.
    #[must_use]
    pub fn holds(&self) -> Standing {
        self.kept().standing.clone()
    }

    /// Somebody changes what it holds by hand.
    pub fn spoil(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.kept().standing);
    }

    /// How often it was told to make something.
    #[must_use]
    pub fn made(&self) -> usize {
        self.kept().made
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reached(&self) -> Result<MutexGuard<'_, Kept>, ClusterError> {
        let kept = self.kept();
        if kept.away {
            return Err(ClusterError::Unreachable { message: "nothing listens".to_owned() });
        }
        Ok(kept)
    }
}

impl Kept {
    fn make(&mut self, word: &CommittedActivation) -> Held {
        let (grant, body) = (word.grant(), word.body());
        self.made += 1;
        let uid = |what: &str| format!("{what}-{}", self.made);
        let held = Held { account_uid: uid("account"), binding_uid: uid("binding") };
        let name = grant.account_name();
        let subject = format!("ServiceAccount {GRANTS_NAMESPACE}/{name}");
        self.standing.accounts.push(FoundAccount { name, uid: held.account_uid.clone() });
        self.standing.bindings.push(FoundBinding {
            namespace: Some(body.tenant.namespace.clone()),
            name: grant.binding_name(),
            uid: held.binding_uid.clone(),
            grant: Some(body.id),
            cluster_role: Some(body.role.cluster_role.clone()),
            subjects: vec![subject],
        });
        held
    }
}

#[async_trait]
impl GrantKeeper for KeptGrants {
    async fn cluster_role(&self, name: &ClusterRoleName) -> Result<ClusterRole, ClusterError> {
        self.reached()?.roles.get(name).cloned().ok_or(ClusterError::NotFound)
    }

    async fn rules_of(&self, _: &ClusterUser, _: &Namespace) -> Result<RulesHeld, ClusterError> {
        Ok(self.reached()?.held.clone())
    }

    async fn rbac(&self, _: &Namespace) -> Result<Arc<Rbac>, ClusterError> {
        Ok(Arc::clone(&self.reached()?.rbac))
    }

    async fn give(
        &self,
        permit: GrantPermit,
        word: CommittedActivation,
    ) -> Result<Held, EffectError> {
        assert_eq!(permit.scope().digest, word.digest(), "permit and word are of one grant");
        let mut kept = self.reached().map_err(EffectError::Refused)?;
        let lost = || EffectError::Unknown { message: "connection reset".to_owned() };
        match kept.answer {
            GrantAnswer::Made => Ok(kept.make(&word)),
            GrantAnswer::MadeUnheard => {
                kept.make(&word);
                Err(lost())
            }
            GrantAnswer::NeverTold => Err(lost()),
            GrantAnswer::Refused => Err(EffectError::Refused(ClusterError::Refused {
                message: "exceeded quota".to_owned(),
            })),
        }
    }

    async fn token(&self, word: CommittedToken) -> Result<ClusterToken, ClusterError> {
        let kept = self.reached()?;
        let is_it = |it: &&FoundAccount| it.name == word.account() && it.uid == word.account_uid();
        let account = kept.standing.accounts.iter().find(is_it).ok_or(ClusterError::NotFound)?;
        Ok(ClusterToken {
            secret: format!("token-of-{}", account.uid),
            expires_at: ManualClock::default().now().plus(word.lasts()),
            server: "https://cluster.example".to_owned(),
            authority: None,
        })
    }

    async fn standing(&self, scan: Scan) -> Result<Standing, ClusterError> {
        let mut standing = self.reached()?.standing.clone();
        if scan == Scan::Labelled {
            standing.bindings.retain(|binding| binding.grant.is_some());
        }
        Ok(standing)
    }

    async fn take(&self, word: &CommittedRemoval) -> Result<(), ClusterError> {
        let mut kept = self.reached()?;
        let Kept { standing, finalized, .. } = &mut *kept;
        let is_account = |piece: &Piece| matches!(piece, Piece::Account { .. });
        assert!(
            word.pieces().is_sorted_by_key(is_account),
            "a token outlives its account for seconds"
        );
        let is_meant = |uid: &str| word.uid().is_none_or(|meant| meant == uid);
        let mut taken = Ok(());
        for piece in word.pieces() {
            match piece {
                Piece::Binding { namespace, name } => {
                    let is_it = |it: &FoundBinding| {
                        it.namespace.as_ref() == Some(namespace)
                            && it.name == *name
                            && is_meant(&it.uid)
                    };
                    let stays = |it: &FoundBinding| is_it(it) && finalized.contains(&it.uid);
                    if standing.bindings.iter().any(stays) {
                        let message = "a finalizer keeps it".to_owned();
                        taken = Err(ClusterError::Unexpected { message });
                    }
                    standing.bindings.retain(|it| !is_it(it) || stays(it));
                }
                Piece::Account { name } => {
                    standing.accounts.retain(|it| it.name != *name || !is_meant(&it.uid));
                }
            }
        }
        taken
    }
}
