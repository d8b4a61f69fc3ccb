//! Whose approvals still count when something is done on their word.

use super::{Quorum, SignedDecision};
use crate::{
    console::Console,
    identity::{CredentialId, PersonStatus},
    names::Login,
    policy::{ApproverGroup, Person, PolicySnapshot},
    problem::{Problem, ProblemCode},
};

impl Console {
    /// Those whose approvals were given with a passkey that they still have, who are not locked, and who may decide
    /// still.
    pub(crate) async fn counted(
        &self,
        policy: &PolicySnapshot,
        approvals: &[SignedDecision],
        may: impl Fn(&Person) -> bool + Send + Sync,
    ) -> Result<Vec<Login>, Problem> {
        let mut counted = Vec::new();
        for approval in approvals {
            let approver = approval.person().clone();
            let Some(person) = policy.policy.people.get(&approver) else { continue };
            if !self.is_signed_by_them(approval).await? {
                continue;
            }
            let open = self.ports.identity.status(&approver).await? == PersonStatus::Open;
            if open && may(person) {
                counted.push(approver);
            }
        }
        Ok(counted)
    }

    /// Whether an approval that was kept is signed with a passkey that its person still has.
    async fn is_signed_by_them(&self, approval: &SignedDecision) -> Result<bool, Problem> {
        let id = CredentialId(approval.assertion.credential_id.clone());
        let passkey = self.ports.identity.passkey(&id).await?;
        let theirs = passkey.filter(|passkey| passkey.login == *approval.person());
        Ok(theirs
            .is_some_and(|passkey| self.ports.relying_party.confirms(approval, &passkey.record)))
    }
}

impl Quorum<'_> {
    /// These people, if they are as many as are needed and of every group.
    pub(crate) fn check_are_enough(
        &self,
        counted: Vec<Login>,
        needed: u32,
    ) -> Result<Vec<Login>, Problem> {
        let missing = self.missing_from(&counted);
        if counted.len() < needed as usize || !missing.is_empty() {
            return Err(Problem::from(ProblemCode::ApprovalLapsed)
                .with("counted", counted.len())
                .with("needed", needed)
                .with("missing_from", ApproverGroup::list(&missing)));
        }
        Ok(counted)
    }
}
