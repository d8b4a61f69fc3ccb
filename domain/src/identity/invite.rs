//! One-time enrolment links: for whom platform admins invite, and for first admins at start.

use super::{EnrolmentLink, LINK_TTL, LinkSecret, PersonStatus};
use crate::{
    access::{Act, Actor, Question, Resource, Verdict, authorise},
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    names::Login,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// A link just made. Its secret is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whom it enrols.
    pub login: Login,
    /// The secret at its end.
    pub secret: LinkSecret,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Console {
    /// Makes a link for a person whom the policy lists. Earlier links of theirs are void.
    pub async fn invite(&self, actor: &Actor, login: &Login) -> Result<Invitation, Problem> {
        self.may_manage(actor)?;
        self.make_link(login, Some(actor.login())).await
    }

    /// Makes a link on the word of whoever runs the console's own command on its machine.
    pub async fn invite_from_machine(&self, login: &Login) -> Result<Invitation, Problem> {
        self.make_link(login, None).await
    }

    /// Makes a link for each person who may manage people and has no passkey yet: at start, so that somebody
    /// can come in at all.
    pub async fn invite_first_admins(&self) -> Result<Vec<Invitation>, Problem> {
        let policy = self.policy();
        let mut invitations = Vec::new();
        for login in admins(&policy) {
            let open = self.ports.identity.status(&login).await? == PersonStatus::Open;
            if open && self.ports.identity.passkeys(&login).await?.is_empty() {
                invitations.push(self.make_link(&login, None).await?);
            }
        }
        Ok(invitations)
    }

    pub(crate) fn may_manage(&self, actor: &Actor) -> Result<(), Problem> {
        authorise(&self.policy(), actor, Act::ManagePeople, &Resource::Console)?;
        Ok(())
    }

    async fn make_link(&self, login: &Login, by: Option<&Login>) -> Result<Invitation, Problem> {
        if !self.policy().policy.people.contains_key(login) {
            return Err(ProblemCode::NotVisible.into());
        }
        if self.ports.identity.status(login).await? != PersonStatus::Open {
            return Err(ProblemCode::Locked.into());
        }
        // Whoever holds a link enrols as its person: for somebody enrolled already it would be a way around them.
        if !self.ports.identity.passkeys(login).await?.is_empty() {
            return Err(ProblemCode::AlreadyEnrolled.into());
        }
        let now = self.now();
        let invitation = Invitation {
            login: login.clone(),
            secret: LinkSecret::new(self.ports.ids.secret()),
            expires_at: now.plus(LINK_TTL),
        };
        let link = EnrolmentLink {
            digest: invitation.secret.digest(),
            login: login.clone(),
            expires_at: invitation.expires_at,
        };
        let entry = EntryDraft::new(now, by.cloned(), EntryAction::Invite, EntryOutcome::Succeeded)
            .with("login", login.as_str());
        self.ports.identity.create_link(link, entry).await?;
        Ok(invitation)
    }
}

/// Everyone whom the rules let manage people.
fn admins(policy: &PolicySnapshot) -> Vec<Login> {
    let may_manage = |person| {
        let (act, resource) = (Act::ManagePeople, &Resource::Console);
        let question = Question { person, act, resource, at: policy.at };
        matches!(policy.rules.decide(question), Verdict::Allowed { .. })
    };
    let people = policy.policy.people.values();
    people.filter(|person| may_manage(person)).map(|person| person.login.clone()).collect()
}
