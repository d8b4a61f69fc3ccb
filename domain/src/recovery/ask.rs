//! Asking that somebody is recovered. Nothing changes for them yet.

use super::{
    Recovery, RecoveryBody, RecoveryChange, RecoveryFilter, RecoveryStateName, RecoveryView,
};
use crate::{
    access::Actor,
    actions::{CommitError, Decided},
    audit::{EntryAction, EntryOutcome},
    console::Console,
    identity::PersonStatus,
    ids::RecoveryId,
    names::Login,
    problem::{Problem, ProblemCode},
};

/// What a person asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedRecovery {
    /// Whom to let in again.
    pub login: Login,
    /// Why.
    pub reason: String,
}

impl Console {
    /// Asks that somebody who has passkeys, and lost them, is let in again.
    pub async fn ask_for_recovery(
        &self,
        actor: &Actor,
        asked: AskedRecovery,
    ) -> Result<RecoveryView, Problem> {
        let about = self.refusal(actor, EntryAction::Recovery).with("person", asked.login.as_str());
        let result = self.try_ask_for_recovery(actor, asked).await;
        self.note_if_refused(about, result).await
    }

    async fn try_ask_for_recovery(
        &self,
        actor: &Actor,
        asked: AskedRecovery,
    ) -> Result<RecoveryView, Problem> {
        self.may_manage(actor)?;
        let AskedRecovery { login, reason } = asked;
        if login == *actor.login() {
            return Err(Problem::from(ProblemCode::Refused)
                .with("act", "recover")
                .with("rule", "nobody-recovers-themself"));
        }
        let policy = self.policy();
        if !policy.policy.people.contains_key(&login) {
            return Err(ProblemCode::NotVisible.into());
        }
        if self.ports.identity.status(&login).await? != PersonStatus::Open {
            return Err(ProblemCode::Locked.into());
        }
        if self.ports.identity.passkeys(&login).await?.is_empty() {
            return Err(Problem::from(ProblemCode::WrongState).with("state", "not_enrolled"));
        }
        if let Some(open) = self.recovery_under_way(&login).await? {
            return Err(Problem::from(ProblemCode::RecoveryOpen).with("recovery", open));
        }
        let (id, now) = (RecoveryId::new(self.ports.ids.uuid()), self.now());
        let body = RecoveryBody::new(id, login.clone(), actor.login().clone(), &reason, now)?;
        let recovery = Recovery::pending(body);
        let entry = recovery
            .entry(now, actor.login(), EntryOutcome::Requested)
            .with_json("body", &recovery.body);
        let decided = Some(Decided::under(&policy, actor, None));
        let change = RecoveryChange { decided, ..RecoveryChange::of(recovery.clone(), entry) };
        match self.ports.recoveries.commit_recovery(change).await {
            Ok(_) => Ok(self.recovery_view(actor, recovery).await),
            // Somebody asked for the same at the same moment; or one whose time is over was not noted to be yet.
            Err(CommitError::Conflict) => Err(self.recovery_open(&login).await?),
            Err(error) => Err(error.into()),
        }
    }

    async fn recovery_open(&self, login: &Login) -> Result<Problem, Problem> {
        let problem = Problem::from(ProblemCode::RecoveryOpen);
        Ok(match self.recoveries_under_way(login).await?.first() {
            Some(open) => problem.with("recovery", open.body.id),
            None => problem,
        })
    }

    async fn recoveries_under_way(&self, login: &Login) -> Result<Vec<Recovery>, Problem> {
        let under_way = RecoveryFilter {
            states: RecoveryStateName::UNDER_WAY.to_vec(),
            person: Some(login.clone()),
        };
        self.all_recoveries(&under_way).await
    }

    /// The recovery of a person that may still let them in.
    pub(super) async fn recovery_under_way(
        &self,
        login: &Login,
    ) -> Result<Option<RecoveryId>, Problem> {
        let now = self.now();
        let found = self.recoveries_under_way(login).await?;
        let mut in_time = found.iter().filter(|it| it.ends_at().is_some_and(|end| now < end));
        Ok(in_time.next().map(|recovery| recovery.body.id))
    }
}
