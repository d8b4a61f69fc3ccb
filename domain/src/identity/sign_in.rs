//! Signing in with a passkey, without typing a name.

use webauthn_rs_proto::{PublicKeyCredential, RequestChallengeResponse};

use super::{CeremonyId, CeremonyKind, CredentialId, Passkey, PersonStatus, Session, SignInRecord};
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    ids::SessionId,
    names::Login,
    problem::{Problem, ProblemCode},
};

/// The longest name of a browser that is kept, in characters.
const AGENT_MAX: usize = 200;

impl Console {
    /// Asks whoever is there for any passkey of ours.
    pub async fn begin_sign_in(
        &self,
        browser: &CeremonyId,
    ) -> Result<RequestChallengeResponse, Problem> {
        let (options, state) = self.ports.relying_party.start_sign_in()?;
        let challenge = &options.public_key.challenge;
        self.begin_ceremony(browser, challenge, CeremonyKind::SignIn, state).await?;
        Ok(options)
    }

    /// Opens a session for the owner of the passkey that answered.
    pub async fn finish_sign_in(
        &self,
        browser: &CeremonyId,
        credential: &PublicKeyCredential,
        agent: &str,
    ) -> Result<Session, Problem> {
        let state = self.sign_in_state(browser, credential).await?;
        let passkey = self.claimed_passkey(credential).await?;
        let verified = self.ports.relying_party.finish_sign_in(credential, &state, &passkey.record);
        let Ok(verified) = verified else {
            self.known_failure(&passkey.login, &passkey.id, "credential-rejected").await?;
            return Err(ProblemCode::SignInFailed.into());
        };
        self.let_in(&passkey).await?;
        let session = self.new_session(&passkey.login, agent);
        let entry = EntryDraft::new(
            session.created_at,
            Some(passkey.login.clone()),
            EntryAction::SignIn,
            EntryOutcome::Succeeded,
        )
        .with("credential", passkey.id.0.as_str())
        .with("session", session.id.to_string());
        let record = SignInRecord {
            passkey: Passkey {
                record: verified.record,
                used_at: Some(session.created_at),
                ..passkey
            },
            session: session.clone(),
            entry,
        };
        self.ports.identity.sign_in(record).await?;
        Ok(session)
    }

    async fn sign_in_state(
        &self,
        browser: &CeremonyId,
        credential: &PublicKeyCredential,
    ) -> Result<String, Problem> {
        let taken = self.take_ceremony(browser, &credential.response.client_data_json).await;
        match taken {
            Ok(ceremony) if ceremony.kind == CeremonyKind::SignIn => Ok(ceremony.state),
            Ok(_) => {
                self.anonymous_failure().await?;
                Err(ProblemCode::CeremonyExpired.into())
            }
            Err(problem) => {
                self.anonymous_failure().await?;
                Err(problem)
            }
        }
    }

    /// The passkey that an answer claims to come from, if handle and credential belong together.
    async fn claimed_passkey(&self, credential: &PublicKeyCredential) -> Result<Passkey, Problem> {
        if let Ok(claimed) = self.ports.relying_party.claimed(credential) {
            let login = self.ports.identity.login_of(claimed.handle).await?;
            let passkey = self.ports.identity.passkey(&claimed.credential).await?;
            if let Some(passkey) = passkey.filter(|passkey| Some(&passkey.login) == login.as_ref())
            {
                return Ok(passkey);
            }
        }
        self.anonymous_failure().await?;
        Err(ProblemCode::SignInFailed.into())
    }

    /// Whether the proven owner of a passkey may come in.
    async fn let_in(&self, passkey: &Passkey) -> Result<(), Problem> {
        let Passkey { id, login, .. } = passkey;
        if !self.policy().policy.people.contains_key(login) {
            self.known_failure(login, id, "not-listed").await?;
            return Err(ProblemCode::SignInFailed.into());
        }
        self.refuse_locked(login, id).await
    }

    /// Refuses a person who is locked, and writes that down.
    pub(crate) async fn refuse_locked(
        &self,
        login: &Login,
        credential: &CredentialId,
    ) -> Result<(), Problem> {
        match self.ports.identity.status(login).await? {
            PersonStatus::Open => Ok(()),
            PersonStatus::Locked { .. } => {
                self.known_failure(login, credential, "locked").await?;
                Err(ProblemCode::Locked.into())
            }
        }
    }

    /// A session that begins now; it stands once it is committed.
    pub(crate) fn new_session(&self, login: &Login, agent: &str) -> Session {
        let now = self.now();
        Session {
            id: SessionId::new(self.ports.ids.uuid()),
            login: login.clone(),
            created_at: now,
            seen_at: now,
            agent: agent.chars().take(AGENT_MAX).collect(),
        }
    }
}
