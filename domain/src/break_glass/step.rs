//! A session that goes on from another: a further step of what one review covers.

use serde::{Deserialize, Serialize};

use super::{Review, ReviewMoveError, ReviewState};
use crate::{
    grants::{Grant, GrantState},
    ids::GrantId,
    names::{GrantableRoleName, Login},
    time::Timestamp,
};

/// A further session that a review covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The session.
    pub session: GrantId,
    /// With which role.
    pub role: GrantableRoleName,
    /// Who approved it; nobody where it was opened alone.
    pub approvers: Vec<Login>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

impl Step {
    /// The step that a session is whose word was just given; none where it goes on from no other, or in any other state.
    #[must_use]
    pub fn opened(session: &Grant) -> Option<Self> {
        let GrantState::Activating(activation) = &session.state else { return None };
        session.goes_on().then(|| Self {
            session: session.body.id,
            role: session.body.role.name.clone(),
            approvers: session.approvers(),
            opened_at: activation.at,
        })
    }

    /// Whether its holder opened it alone.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.approvers.is_empty()
    }
}

impl Review {
    /// Covers a further step from now on; only while something that it covers is live.
    pub fn go_on(mut self, step: Step) -> Result<Self, ReviewMoveError> {
        if self.state != ReviewState::Live {
            return Err(self.wrong_state());
        }
        self.steps.push(step);
        Ok(self.moved(ReviewState::Live))
    }

    /// Every session that it covers, in order.
    pub fn sessions(&self) -> impl Iterator<Item = GrantId> {
        std::iter::once(self.session).chain(self.steps.iter().map(|step| step.session))
    }
}
