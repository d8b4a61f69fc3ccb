//! Adding and removing one's own passkeys. Each takes a touch of a passkey that one has.

use serde::Serialize;
use webauthn_rs_proto::{CreationChallengeResponse, PublicKeyCredential};

use super::{
    BegunStepUp, CeremonyId, CeremonyKind, CredentialId, NewPasskey, PasskeyChange, StepUpWish,
};
use crate::{
    access::Actor,
    approvals::{Decision, Purpose, SignedDecision},
    audit::{EntryAction, EntryDraft, EntryOutcome},
    canonical::Digest,
    console::Console,
    names::Login,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Asks for the touch that allows one more passkey.
    pub async fn begin_adding_passkey(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
    ) -> Result<BegunStepUp, Problem> {
        let digest = passkey_change_digest(actor.login(), None)?;
        self.begin_step_up(actor, browser, wish(Decision::AddPasskey, digest)).await
    }

    /// Takes that touch and begins the new passkey's registration.
    pub async fn begin_passkey_registration(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        touch: &PublicKeyCredential,
    ) -> Result<CreationChallengeResponse, Problem> {
        let digest = passkey_change_digest(actor.login(), None)?;
        let step_up =
            self.signed_change(actor, browser, touch, Decision::AddPasskey, digest).await?;
        let known = self.ports.identity.passkeys(actor.login()).await?;
        let (options, state) = self.start_registration(actor.person(), known).await?;
        let kind =
            CeremonyKind::AddPasskey { session: actor.session(), step_up: Box::new(step_up) };
        self.begin_ceremony(browser, &options.public_key.challenge, kind, state).await?;
        Ok(options)
    }

    /// Adds the passkey that was registered.
    pub async fn add_passkey(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        new: NewPasskey,
    ) -> Result<(), Problem> {
        let ceremony =
            self.take_ceremony(browser, &new.credential.response.client_data_json).await?;
        let CeremonyKind::AddPasskey { session, step_up } = ceremony.kind else {
            return Err(ProblemCode::CeremonyExpired.into());
        };
        if session != actor.session() {
            return Err(ProblemCode::CeremonyExpired.into());
        }
        let passkey = self.registered(actor.login(), &new, &ceremony.state)?;
        let entry = self
            .change_entry(actor, EntryAction::AddPasskey, &step_up)?
            .with("credential", passkey.id.0.as_str())
            .with("label", passkey.label.as_str());
        self.commit_change(actor, PasskeyChange::Add(Box::new(passkey)), &step_up, entry).await
    }

    /// Asks for the touch that removes a passkey.
    pub async fn begin_removing_passkey(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: &CredentialId,
    ) -> Result<BegunStepUp, Problem> {
        let own = self.own_passkeys(actor).await?;
        if !own.iter().any(|passkey| passkey.id == *id) {
            return Err(ProblemCode::NotVisible.into());
        }
        if own.len() == 1 {
            return Err(ProblemCode::LastPasskey.into());
        }
        let digest = passkey_change_digest(actor.login(), Some(id))?;
        self.begin_step_up(actor, browser, wish(Decision::RemovePasskey, digest)).await
    }

    /// Takes that touch and removes the passkey it named. The last one stays.
    pub async fn remove_passkey(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: &CredentialId,
        touch: &PublicKeyCredential,
    ) -> Result<(), Problem> {
        let digest = passkey_change_digest(actor.login(), Some(id))?;
        let step_up =
            self.signed_change(actor, browser, touch, Decision::RemovePasskey, digest).await?;
        let entry = self
            .change_entry(actor, EntryAction::RemovePasskey, &step_up)?
            .with("credential", id.0.as_str());
        self.commit_change(actor, PasskeyChange::Remove(id.clone()), &step_up, entry).await
    }

    async fn signed_change(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        touch: &PublicKeyCredential,
        decision: Decision,
        digest: Digest,
    ) -> Result<SignedDecision, Problem> {
        let step_up = self.finish_step_up(actor, browser, touch).await?;
        step_up.decides(Purpose::Passkeys, decision, digest, None, self.now())
    }

    fn change_entry(
        &self,
        actor: &Actor,
        action: EntryAction,
        step_up: &SignedDecision,
    ) -> Result<EntryDraft, Problem> {
        let evidence = serde_json::to_value(step_up).map_err(|_| ProblemCode::Internal)?;
        let entry = EntryDraft::new(
            self.now(),
            Some(actor.login().clone()),
            action,
            EntryOutcome::Succeeded,
        );
        Ok(entry.with("digest", step_up.commitment.digest.to_string()).with("signature", evidence))
    }

    async fn commit_change(
        &self,
        actor: &Actor,
        change: PasskeyChange,
        step_up: &SignedDecision,
        entry: EntryDraft,
    ) -> Result<(), Problem> {
        let nonce = Some(step_up.commitment.nonce);
        self.ports.identity.change_passkeys(actor.login(), change, nonce, entry).await?;
        Ok(())
    }
}

fn wish(decision: Decision, digest: Digest) -> StepUpWish {
    StepUpWish {
        purpose: Purpose::Passkeys,
        decision,
        digest,
        preview: None,
        cluster_uid: None,
        comment_hash: None,
    }
}

/// What the touch commits to: whose passkeys change and, when one goes, which. The browser computes it
/// too.
pub fn passkey_change_digest(
    login: &Login,
    removed: Option<&CredentialId>,
) -> Result<Digest, Problem> {
    #[derive(Serialize)]
    struct PasskeyChangeV1<'a> {
        r#type: &'static str,
        login: &'a Login,
        removed: Option<&'a CredentialId>,
    }
    let change = PasskeyChangeV1 { r#type: "sekisho/passkey-change/v1", login, removed };
    Ok(Digest::of_canonical(&change).map_err(|_| ProblemCode::Internal)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_a_removal_is_golden_and_names_the_passkey() {
        let login: Login = "engineer".parse().unwrap();
        let id = CredentialId("AQID".to_owned());
        let expected = Digest::of(
            br#"{"login":"engineer","removed":"AQID","type":"sekisho/passkey-change/v1"}"#,
        );
        assert_eq!(passkey_change_digest(&login, Some(&id)), Ok(expected));
        assert_ne!(passkey_change_digest(&login, None), Ok(expected));
    }
}
