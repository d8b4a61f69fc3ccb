//! Opening a session alone, by its holder's own touch.

use webauthn_rs_proto::PublicKeyCredential;

use crate::{
    access::{Act, Actor, authorise, permit_grant},
    actions::Decided,
    approvals::{Decision, Purpose},
    audit::{EntryAction, EntryOutcome},
    console::Console,
    grants::{Grant, GrantChange, GrantState, ReadyGrant},
    identity::{BegunStepUp, CeremonyId, StepUpWish},
    ids::GrantId,
    policy::PolicySnapshot,
    problem::{Problem, ProblemCode},
};

impl Console {
    /// The challenge of opening one's declared session alone.
    pub async fn opening_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
    ) -> Result<BegunStepUp, Problem> {
        let session = self.visible_session(actor, id).await?;
        let (tenant, role) = (session.body.tenant.name(), session.body.role.name.clone());
        let options = self.try_opening_options(actor, browser, session).await;
        self.note_grant_refusal(actor, EntryAction::BreakGlass, &tenant, &role, Some(id), options)
            .await
    }

    async fn try_opening_options(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        session: Grant,
    ) -> Result<BegunStepUp, Problem> {
        let policy = self.policy();
        self.check_may_open(&policy, actor, &session).await?;
        self.check_is_as_asked(&policy, &session).await?;
        let wish = StepUpWish {
            purpose: Purpose::BreakGlass,
            decision: Decision::Open,
            digest: session.digest,
            preview: None,
            cluster_uid: Some(session.body.tenant.cluster_uid.clone()),
            comment_hash: None,
        };
        self.begin_step_up(actor, browser, wish).await
    }

    /// Opens one's declared session alone. What is ready is to be [given](Console::give).
    pub async fn open_session(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        id: GrantId,
        credential: &PublicKeyCredential,
    ) -> Result<ReadyGrant, Problem> {
        let session = self.visible_session(actor, id).await?;
        let (tenant, role) = (session.body.tenant.name(), session.body.role.name.clone());
        let opened = self.try_open_session(actor, browser, session, credential).await;
        self.note_grant_refusal(actor, EntryAction::BreakGlass, &tenant, &role, Some(id), opened)
            .await
    }

    async fn try_open_session(
        &self,
        actor: &Actor,
        browser: &CeremonyId,
        session: Grant,
        credential: &PublicKeyCredential,
    ) -> Result<ReadyGrant, Problem> {
        let policy = self.policy();
        self.check_may_open(&policy, actor, &session).await?;
        let touch = self.finish_step_up(actor, browser, credential).await?;
        let signed =
            self.signed_about(Purpose::BreakGlass, Decision::Open, session.digest, touch, None)?;
        let cluster = self.check_is_as_asked(&policy, &session).await?;
        let (evidence, now) = (signed.clone(), self.now());
        let nonce = Some(signed.commitment.nonce);
        let session = session.open_alone(signed, now)?;
        let GrantState::Activating(activation) = &session.state else {
            return Err(ProblemCode::Internal.into());
        };
        let permit = permit_grant(&policy, &session)?;
        let entry = session
            .entry(now, actor.login(), EntryOutcome::Opened)
            .with_json("signature", &evidence)
            .with_json("activation", activation);
        let change = GrantChange {
            decided: Some(Decided {
                session: session.goes_on_from(),
                ..Decided::under(&policy, actor, nonce)
            }),
            ..GrantChange::of(session.clone(), entry)
        };
        let entry = self.ports.grants.commit_grant(change).await?;
        // From here on nothing is waited for: the word must be kept.
        Ok(ReadyGrant::after(session, permit, &entry, cluster).ok_or(ProblemCode::Internal)?)
    }

    async fn check_may_open(
        &self,
        policy: &PolicySnapshot,
        actor: &Actor,
        session: &Grant,
    ) -> Result<(), Problem> {
        if session.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        if session.state != GrantState::Pending {
            return Err(Problem::from(ProblemCode::WrongState).with("state", session.state.name()));
        }
        if self.now() >= session.body.expires_at {
            return Err(ProblemCode::RequestExpired.into());
        }
        authorise(policy, actor, Act::BreakGlass, &session.as_resource(policy))?;
        self.check_goes_on_from_live(session).await?;
        self.check_alone(policy, session).await
    }
}
