//! What a person sees of a session and its review.

use serde::{Deserialize, Serialize};

use super::{
    Account, Case, ClosedAlone, Review, ReviewState, ReviewStateName, Step, Verdict, alone::Whose,
};
use crate::{
    access::{Act, Actor},
    approvals::SignedDecision,
    console::Console,
    grants::{Grant, GrantState, GrantView},
    ids::GrantId,
    names::{GrantableRoleName, Login},
    problem::{Problem, ProblemCode},
    store::StoreError,
    tenants::TenantName,
    time::Timestamp,
};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// The grant that it is.
    #[serde(flatten)]
    pub grant: GrantView,
    /// Whether this person may open it alone, once `alone_from` has come.
    pub may_open: bool,
    /// Whether this person may go on from it: for longer, or with a larger role.
    pub may_go_on: bool,
    /// From when on it may be opened alone.
    pub alone_from: Timestamp,
    /// Why its holder may not open it alone, while it waits; told to nobody else.
    pub alone_closed: Option<ClosedAlone>,
    /// Whether this person owes an account of it.
    pub owes_account: bool,
    /// Its review, once it was opened, for whoever may see it.
    pub review: Option<ReviewView>,
}

/// A session that is live, as everybody who sees its tenant is told on every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveSession {
    /// Its identifier.
    pub id: GrantId,
    /// Who broke glass.
    pub person: Login,
    /// Where.
    pub tenant: TenantName,
    /// With which role.
    pub role: GrantableRoleName,
    /// When it ends by itself; absent once it is closed and its power is being taken away.
    pub until: Option<Timestamp>,
    /// Whether it was opened without an approver.
    pub is_alone: bool,
    /// Whether it is a drill.
    pub is_drill: bool,
    /// Whether this person may close it.
    pub may_close: bool,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says something by itself")]
pub struct ReviewView {
    /// Its identifier: that of its session.
    pub id: GrantId,
    /// The session.
    pub session: GrantId,
    /// Where it stands.
    pub state: ReviewStateName,
    /// Who broke glass.
    pub person: Login,
    /// Where.
    pub tenant: TenantName,
    /// With which role.
    pub role: GrantableRoleName,
    /// Where the incident is written down.
    pub incident: String,
    /// Whether it was opened without an approver.
    pub is_alone: bool,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What went on from it.
    pub steps: Vec<Step>,
    /// Whether it was a drill.
    pub is_drill: bool,
    /// When it closed.
    pub closed_at: Option<Timestamp>,
    /// When account and verdict are due.
    pub due_at: Option<Timestamp>,
    /// Who is asked to judge it.
    pub reviewer: Option<Login>,
    /// When security was told that it is late, once they were.
    pub escalated_at: Option<Timestamp>,
    /// Whether the person's account of it is overdue.
    pub is_account_overdue: bool,
    /// What the person says of it.
    pub account: Option<Account>,
    /// What was found.
    pub verdict: Option<VerdictView>,
    /// Whether this person may judge it now.
    pub may_judge: bool,
}

/// A verdict, without the bytes of its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictView {
    /// The verdict.
    pub verdict: Verdict,
    /// Who signed it.
    pub by: Login,
    /// When.
    pub at: Timestamp,
    /// What they wrote.
    pub comment: Option<String>,
}

impl VerdictView {
    /// The verdict that was signed, if it is one.
    pub(crate) fn of(signed: &SignedDecision) -> Option<Self> {
        Verdict::of(signed.commitment.decision).map(|verdict| Self {
            verdict,
            by: signed.person().clone(),
            at: signed.at,
            comment: signed.comment.as_ref().map(|comment| comment.text.clone()),
        })
    }
}

/// What somebody owes of break-glass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// How many verdicts they are asked for.
    pub verdicts: usize,
    /// The sessions that they owe an account of.
    pub accounts: Vec<GrantId>,
}

/// A review with the case that is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The review.
    #[serde(flatten)]
    pub review: ReviewView,
    /// What was declared; absent where what is kept of it was spoilt.
    pub declared: Option<GrantView>,
    /// What was done; absent while the session is live.
    pub case: Option<Case>,
}

impl Console {
    pub(super) async fn session_view(
        &self,
        actor: &Actor,
        session: &Grant,
    ) -> Result<SessionView, Problem> {
        let policy = self.policy();
        let own = session.body.holder == *actor.login();
        let waits = session.state == GrantState::Pending && self.now() < session.body.expires_at;
        // What somebody owes elsewhere is for nobody else to know.
        let alone_closed =
            if waits && own { self.closed_alone(&policy, Whose::of(session)).await? } else { None };
        let declared = session.body.declaration.as_ref().ok_or(ProblemCode::NotVisible)?;
        let review = self.review_of(session).await?;
        let due = review.as_ref().and_then(|review| review.state.due());
        let has_account = review.as_ref().is_some_and(|review| review.account.is_some());
        let may = policy.policy.break_glass.is_some()
            && policy.may(actor.person(), Act::BreakGlass, session);
        Ok(SessionView {
            grant: self.view_of_grant(&policy, actor, session),
            may_go_on: own && may && session.as_before(self.now()).is_some(),
            may_open: own && waits && alone_closed.is_none() && may,
            alone_from: session.alone_from(&policy).ok().flatten().unwrap_or(declared.alone_from),
            alone_closed,
            owes_account: own && due.is_some() && !has_account,
            review: match review.filter(|review| self.may_see_review(actor, review)) {
                Some(review) => Some(self.review_view(actor, review).await),
                None => None,
            },
        })
    }

    pub(super) async fn case_view(
        &self,
        actor: &Actor,
        review: Review,
    ) -> Result<CaseView, Problem> {
        let policy = self.policy();
        let declared = match self.ports.grants.grant(review.session).await {
            Ok(declared) => declared,
            Err(StoreError::Corrupt(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let case = match review.state {
            ReviewState::Live => None,
            _ => Some(self.case(actor, &review).await?),
        };
        Ok(CaseView {
            declared: declared.map(|session| self.view_of_grant(&policy, actor, &session)),
            case,
            review: self.review_view(actor, review).await,
        })
    }

    pub(super) async fn review_view(&self, actor: &Actor, review: Review) -> ReviewView {
        let due = review.state.due();
        let verdict = match &review.state {
            ReviewState::Judged { signed, .. } => VerdictView::of(signed),
            _ => None,
        };
        ReviewView {
            id: review.session,
            state: review.state.name(),
            is_alone: review.is_alone(),
            opened_at: review.opened_at,
            steps: review.steps.clone(),
            is_drill: review.is_drill,
            closed_at: due.map(|due| due.closed_at),
            due_at: due.map(|due| due.due_at),
            reviewer: due.and_then(|due| due.reviewer.clone()),
            escalated_at: due.and_then(|due| due.escalated_at),
            is_account_overdue: review.is_account_overdue(self.now()),
            verdict,
            may_judge: self.check_may_judge(actor, &review).await.is_ok(),
            session: review.session,
            person: review.person,
            tenant: review.tenant,
            role: review.role,
            incident: review.incident,
            account: review.account,
        }
    }
}
