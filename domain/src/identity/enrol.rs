//! Enrolling a first passkey by a one-time link, which also signs in.

use webauthn_rs_proto::{CreationChallengeResponse, RegisterPublicKeyCredential};

use super::{
    CeremonyId, CeremonyKind, CredentialId, EnrolmentLink, LinkSecret, NewEnrolment, Passkey,
    PasskeyLabel, PersonStatus, Session,
};
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    canonical::Digest,
    console::Console,
    ids::UserHandle,
    names::Login,
    policy::Person,
    problem::{Problem, ProblemCode},
};

/// A passkey as its owner hands it in.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// What they call it.
    pub label: PasskeyLabel,
    /// What the authenticator made.
    pub credential: RegisterPublicKeyCredential,
}

impl Console {
    /// Begins enrolment by a link, given whole or as its secret alone.
    pub async fn begin_enrolment(
        &self,
        browser: &CeremonyId,
        link: &str,
    ) -> Result<CreationChallengeResponse, Problem> {
        let digest = LinkSecret::parse(link).map(|secret| secret.digest());
        let Some(link) = self.standing_link(digest).await? else {
            self.anonymous_failure().await?;
            return Err(ProblemCode::LinkInvalid.into());
        };
        let person = self.enrollable(&link.login).await?;
        let (options, state) = self.start_registration(&person).await?;
        let kind = CeremonyKind::Enrolment { link: link.digest };
        self.begin_ceremony(browser, &options.public_key.challenge, kind, state).await?;
        Ok(options)
    }

    /// Enrols the passkey, uses up the link and opens a session.
    pub async fn finish_enrolment(
        &self,
        browser: &CeremonyId,
        new: NewPasskey,
        agent: &str,
    ) -> Result<Session, Problem> {
        let ceremony =
            self.take_ceremony(browser, &new.credential.response.client_data_json).await?;
        let CeremonyKind::Enrolment { link } = ceremony.kind else {
            return Err(ProblemCode::CeremonyExpired.into());
        };
        let link = self.standing_link(Some(link)).await?.ok_or(ProblemCode::LinkInvalid)?;
        let person = self.enrollable(&link.login).await?;
        let passkey = self.registered(&person.login, &new, &ceremony.state)?;
        let session = self.new_session(&person.login, agent);
        let entry = EntryDraft::new(
            session.created_at,
            Some(person.login.clone()),
            EntryAction::Enrol,
            EntryOutcome::Succeeded,
        )
        .with("credential", passkey.id.0.as_str())
        .with("label", passkey.label.as_str())
        .with("session", session.id.to_string());
        let enrolment = NewEnrolment {
            link: link.digest,
            now: session.created_at,
            handle: self.handle_of(&person.login).await?,
            passkey,
            session: session.clone(),
            entry,
        };
        self.ports.identity.enrol(enrolment).await?;
        Ok(session)
    }

    async fn standing_link(
        &self,
        digest: Option<Digest>,
    ) -> Result<Option<EnrolmentLink>, Problem> {
        let Some(digest) = digest else {
            return Ok(None);
        };
        Ok(self.ports.identity.link(digest, self.now()).await?)
    }

    /// The person of a link: still listed, not locked.
    async fn enrollable(&self, login: &Login) -> Result<std::sync::Arc<Person>, Problem> {
        let person = self.policy().policy.people.get(login).cloned();
        let person = person.ok_or(ProblemCode::LinkInvalid)?;
        match self.ports.identity.status(login).await? {
            PersonStatus::Open => Ok(person),
            PersonStatus::Locked { .. } => Err(ProblemCode::Locked.into()),
        }
    }

    async fn handle_of(&self, login: &Login) -> Result<UserHandle, Problem> {
        let fresh = UserHandle::new(self.ports.ids.uuid());
        Ok(self.ports.identity.handle(login, fresh).await?)
    }

    /// Begins a registration that leaves out authenticators which the person enrolled already.
    pub(crate) async fn start_registration(
        &self,
        person: &Person,
    ) -> Result<(CreationChallengeResponse, String), Problem> {
        let handle = self.handle_of(&person.login).await?;
        let passkeys = self.ports.identity.passkeys(&person.login).await?;
        let known: Vec<CredentialId> = passkeys.into_iter().map(|passkey| passkey.id).collect();
        Ok(self.ports.relying_party.start_registration(handle, person, &known)?)
    }

    /// The passkey that a registration made, once it was verified.
    pub(crate) fn registered(
        &self,
        login: &Login,
        new: &NewPasskey,
        state: &str,
    ) -> Result<Passkey, Problem> {
        let (id, record) = self.ports.relying_party.finish_registration(&new.credential, state)?;
        Ok(Passkey {
            id,
            login: login.clone(),
            label: new.label.clone(),
            record,
            created_at: self.now(),
            used_at: None,
        })
    }
}
