//! The link by which a recovered person enrols: made by the admin who signed, shown once, good for one recovery.

use super::{Agreement, Part, Recovery, RecoveryChange, RecoveryState};
use crate::{
    access::Actor,
    actions::Decided,
    approvals::SignedDecision,
    audit::EntryOutcome,
    console::Console,
    identity::{Invitation, LinkSecret, PersonStatus},
    ids::RecoveryId,
    names::Login,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Makes the link of a recovery that both signed. One that was made before is void.
    pub async fn make_recovery_link(
        &self,
        actor: &Actor,
        id: RecoveryId,
    ) -> Result<Invitation, Problem> {
        let recovery = self.visible_recovery(actor, id).await?;
        let about = self.refused_recovery(actor, &recovery);
        let made = self.try_make_recovery_link(actor, recovery).await;
        self.note_if_refused(about, made).await
    }

    async fn try_make_recovery_link(
        &self,
        actor: &Actor,
        recovery: Recovery,
    ) -> Result<Invitation, Problem> {
        let policy = self.policy();
        let agreement = self.check_may_hand_on(&policy, actor, &recovery)?;
        let login = recovery.body.person.clone();
        if self.ports.identity.status(&login).await? != PersonStatus::Open {
            return Err(ProblemCode::Locked.into());
        }
        let counted_on = self.check_still_agreed(&policy, &login, agreement).await?;
        let expires_at = agreement.until;
        let (secret, now) = (LinkSecret::new(self.ports.ids.secret()), self.now());
        let recovery = recovery.hand_on(secret.digest(), actor.login(), now)?;
        let entry = recovery.entry(now, actor.login(), EntryOutcome::Linked);
        let decided = Decided { counted_on, ..Decided::under(&policy, actor, None) };
        let decided = Some(decided);
        let change = RecoveryChange { decided, ..RecoveryChange::of(recovery, entry) };
        self.ports.recoveries.commit_recovery(change).await?;
        Ok(Invitation { login, secret, expires_at })
    }

    /// What was signed, if this person may make the link of it now.
    pub(super) fn check_may_hand_on<'a>(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        recovery: &'a Recovery,
    ) -> Result<&'a Agreement, Problem> {
        let RecoveryState::Approved(agreement) = &recovery.state else {
            return Err(Problem::from(ProblemCode::WrongState).with("state", recovery.state.name()));
        };
        if self.now() >= agreement.until {
            return Err(ProblemCode::RequestExpired.into());
        }
        let own = agreement.signatures.iter().find(|it| it.person() == actor.login());
        let person = &recovery.body.person;
        let parts = own.map(|own| policy.still_parts_of(own, actor.person(), person));
        if !parts.is_some_and(|parts| parts.contains(&Part::Admin)) {
            return Err(Problem::from(ProblemCode::Refused)
                .with("act", "recover")
                .with("rule", "the-admin-who-signed"));
        }
        Ok(agreement)
    }

    /// Those who signed, if they might both sign still as what they signed, with the passkeys that they signed with.
    pub(super) async fn check_still_agreed(
        &self,
        policy: &PolicySnapshot,
        person: &Login,
        agreement: &Agreement,
    ) -> Result<Vec<Login>, Problem> {
        let signed: Vec<SignedDecision> =
            agreement.signatures.iter().map(|it| it.signed.clone()).collect();
        let may = |signer: &_| !policy.parts_of(signer, person).is_empty();
        let counted = self.counted(policy, &signed, may).await?;
        let mut parts = Vec::new();
        for signature in &agreement.signatures {
            let login = signature.person();
            if counted.contains(login)
                && self.recovered_until(login).await?.is_none()
                && let Some(signer) = policy.policy.people.get(login)
            {
                parts.push(policy.still_parts_of(signature, signer, person));
            }
        }
        match parts.as_slice() {
            [one, other] if Part::are_both(one, other) => Ok(counted),
            _ => Err(Problem::from(ProblemCode::ApprovalLapsed)
                .with("counted", parts.len())
                .with("needed", signed.len())),
        }
    }
}
