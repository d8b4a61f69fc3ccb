//! Enrolling a first passkey by a one-time link, or a new one in the place of all that were lost; it also signs in.

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
    recovery::Recovery,
};

/// A passkey as its owner hands it in.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    /// What they call it.
    pub label: PasskeyLabel,
    /// What the authenticator made.
    pub credential: RegisterPublicKeyCredential,
}

/// Where a link leads.
enum Entrance {
    /// In for the first time.
    First(EnrolmentLink),
    /// In again, on the word of two others.
    Again(Box<Recovery>),
}

impl Entrance {
    const fn login(&self) -> &Login {
        match self {
            Self::First(link) => &link.login,
            Self::Again(recovery) => &recovery.body.person,
        }
    }
}

impl Console {
    /// Begins enrolment by a link, given whole or as its secret alone.
    pub async fn begin_enrolment(
        &self,
        browser: &CeremonyId,
        link: &str,
    ) -> Result<CreationChallengeResponse, Problem> {
        let digest = LinkSecret::parse(link).map(|secret| secret.digest());
        let Some((digest, entrance)) = self.entrance(digest).await? else {
            self.anonymous_failure().await?;
            return Err(ProblemCode::LinkInvalid.into());
        };
        let person = self.enrollable(entrance.login()).await?;
        let known = match &entrance {
            Entrance::First(_) => self.ports.identity.passkeys(&person.login).await?,
            // Whatever the person had is lost, and goes: the same device may be used anew.
            Entrance::Again(recovery) => {
                self.check_lets_in(recovery).await?;
                Vec::new()
            }
        };
        let (options, state) = self.start_registration(&person, known).await?;
        let kind = CeremonyKind::Enrolment { link: digest };
        self.begin_ceremony(browser, &options.public_key.challenge, kind, state).await?;
        Ok(options)
    }

    /// Enrols the passkey, uses up the link and opens a session. By the link of a recovery, every other passkey and
    /// session of the person goes.
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
        let (_, entrance) = self.entrance(Some(link)).await?.ok_or(ProblemCode::LinkInvalid)?;
        let person = self.enrollable(entrance.login()).await?;
        let passkey = self.registered(&person.login, &new, &ceremony.state)?;
        let session = self.new_session(&person.login, agent);
        let handle = self.handle_of(&person.login).await?;
        match entrance {
            Entrance::First(link) => self.enrol(link, handle, passkey, session.clone()).await?,
            Entrance::Again(recovery) => {
                self.come_back(*recovery, handle, passkey, session.clone()).await?;
            }
        }
        Ok(session)
    }

    async fn enrol(
        &self,
        link: EnrolmentLink,
        handle: UserHandle,
        passkey: Passkey,
        session: Session,
    ) -> Result<(), Problem> {
        let entry = EntryDraft::new(
            session.created_at,
            Some(link.login),
            EntryAction::Enrol,
            EntryOutcome::Succeeded,
        )
        .with("credential", passkey.id.0.as_str())
        .with("label", passkey.label.as_str())
        .with("session", session.id.to_string());
        let now = session.created_at;
        let link = link.digest;
        let enrolment = NewEnrolment { link, now, passkey, handle, session, entry };
        self.ports.identity.enrol(enrolment).await?;
        Ok(())
    }

    /// Where a link leads that can be used now, with its digest.
    async fn entrance(
        &self,
        digest: Option<Digest>,
    ) -> Result<Option<(Digest, Entrance)>, Problem> {
        let Some(digest) = digest else {
            return Ok(None);
        };
        let now = self.now();
        if let Some(link) = self.ports.identity.link(digest, now).await? {
            return Ok(Some((digest, Entrance::First(link))));
        }
        let recovery = self.ports.recoveries.recovery_by_link(digest, now).await?;
        Ok(recovery.map(|recovery| (digest, Entrance::Again(Box::new(recovery)))))
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

    /// Begins a registration that leaves out authenticators which hold one of these.
    pub(crate) async fn start_registration(
        &self,
        person: &Person,
        known: Vec<Passkey>,
    ) -> Result<(CreationChallengeResponse, String), Problem> {
        let handle = self.handle_of(&person.login).await?;
        let known: Vec<CredentialId> = known.into_iter().map(|passkey| passkey.id).collect();
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
