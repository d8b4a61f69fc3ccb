//! What a person sees of a recovery.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Part, Recovery, RecoveryBody, RecoveryCase, RecoveryState, RecoveryStateName};
use crate::{
    access::Actor,
    approvals::{Decision, SignedDecision},
    break_glass::VerdictView,
    canonical::Digest,
    console::Console,
    names::Login,
    problem::Problem,
    time::Timestamp,
};

/// A recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryView {
    /// What was asked for.
    #[serde(flatten)]
    pub body: RecoveryBody,
    /// What signatures commit to.
    pub digest: Digest,
    /// Where it stands.
    pub state: RecoveryStateName,
    /// When it runs out by itself, while it is under way.
    pub ends_at: Option<Timestamp>,
    /// Who signed.
    pub signatures: Vec<SignatureView>,
    /// As what somebody must sign still.
    pub missing: Vec<Part>,
    /// When the link that can be used was made.
    pub linked_at: Option<Timestamp>,
    /// When the person came in again.
    pub enrolled_at: Option<Timestamp>,
    /// When the verdict is due.
    pub due_at: Option<Timestamp>,
    /// Who is asked to judge it.
    pub reviewer: Option<Login>,
    /// When security was told that it is late, once they were.
    pub escalated_at: Option<Timestamp>,
    /// What was found.
    pub verdict: Option<VerdictView>,
    /// Who ended it before anybody came in: by a signed no, or by stopping it.
    pub ended_by: Option<Login>,
    /// Why, where they said it.
    pub ended_because: Option<String>,
    /// When it ended before anybody came in.
    pub ended_at: Option<Timestamp>,
    /// What this person may do about it now.
    pub may: BTreeSet<MayRecover>,
    /// What is judged, for whoever reads everybody's history; in no list.
    pub case: Option<RecoveryCase>,
}

/// What a person may do about a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MayRecover {
    /// Sign it.
    Approve,
    /// Refuse it, signed.
    Deny,
    /// Make the link.
    Link,
    /// Stop it.
    Stop,
    /// Judge it.
    Judge,
}

/// A signature, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureView {
    /// Who signed.
    pub by: Login,
    /// As what they could.
    pub parts: BTreeSet<Part>,
    /// When.
    pub at: Timestamp,
    /// What they wrote.
    pub comment: Option<String>,
}

impl Console {
    /// With its case, once there is one, for whoever reads everybody's history.
    pub(super) async fn recovery_with_case(
        &self,
        actor: &Actor,
        recovery: Recovery,
    ) -> Result<RecoveryView, Problem> {
        let case = match recovery.state.enrolment() {
            Some(_) if self.may_read_history(actor) => Some(self.recovery_case(&recovery).await?),
            _ => None,
        };
        Ok(RecoveryView { case, ..self.recovery_view(actor, recovery).await })
    }

    pub(super) async fn recovery_view(&self, actor: &Actor, recovery: Recovery) -> RecoveryView {
        let due = recovery.state.due();
        let (ended_at, ended_by, ended_because) = recovery.ended();
        RecoveryView {
            digest: recovery.digest,
            state: recovery.state.name(),
            ends_at: recovery.ends_at(),
            signatures: recovery.signature_views(),
            missing: recovery.missing(),
            linked_at: match &recovery.state {
                RecoveryState::Approved(agreement) => agreement.link.as_ref().map(|link| link.at),
                _ => None,
            },
            enrolled_at: recovery.state.enrolment().map(|enrolment| enrolment.at),
            due_at: due.map(|due| due.due_at),
            reviewer: due.and_then(|due| due.reviewer.clone()),
            escalated_at: due.and_then(|due| due.escalated_at),
            verdict: match &recovery.state {
                RecoveryState::Judged { signed, .. } => VerdictView::of(signed),
                _ => None,
            },
            ended_by,
            ended_because,
            ended_at,
            may: self.may_about(actor, &recovery).await,
            case: None,
            body: recovery.body,
        }
    }

    async fn may_about(&self, actor: &Actor, recovery: &Recovery) -> BTreeSet<MayRecover> {
        let policy = self.policy();
        let mut may = BTreeSet::new();
        for (decision, is) in
            [(Decision::Approve, MayRecover::Approve), (Decision::Deny, MayRecover::Deny)]
        {
            if self.check_may_sign(actor, recovery, decision).await.is_ok() {
                may.insert(is);
            }
        }
        if self.check_may_hand_on(&policy, actor, recovery).is_ok() {
            may.insert(MayRecover::Link);
        }
        if recovery.is_under_way() && self.may_stop(actor, recovery) {
            may.insert(MayRecover::Stop);
        }
        if self.check_may_judge_recovery(actor, recovery).await.is_ok() {
            may.insert(MayRecover::Judge);
        }
        may
    }
}

impl Recovery {
    fn signature_views(&self) -> Vec<SignatureView> {
        let view = |signature: &super::Signature| SignatureView {
            by: signature.person().clone(),
            parts: signature.parts.clone(),
            at: signature.signed.at,
            comment: words(&signature.signed),
        };
        self.signatures().iter().map(view).collect()
    }

    fn missing(&self) -> Vec<Part> {
        match &self.state {
            RecoveryState::Pending(None) => Part::ALL.to_vec(),
            RecoveryState::Pending(Some(first)) => Part::missing_beside(&first.parts),
            _ => Vec::new(),
        }
    }

    /// When, by whom and why it ended before anybody came in.
    fn ended(&self) -> (Option<Timestamp>, Option<Login>, Option<String>) {
        match &self.state {
            RecoveryState::Denied { denial } => {
                (Some(denial.at), Some(denial.person().clone()), words(denial))
            }
            RecoveryState::Withdrawn { by, at } => (Some(*at), by.clone(), None),
            RecoveryState::Expired { at } => (Some(*at), None, None),
            _ => (None, None, None),
        }
    }
}

fn words(signed: &SignedDecision) -> Option<String> {
    signed.comment.as_ref().map(|comment| comment.text.clone())
}
