//! What is stuck, for those who can mend it.

use serde::{Deserialize, Serialize};

use super::{About, Backlog, DeliveryId, EventKind, Failure, KEEP_GIVEN_UP};
use crate::{
    access::{Act, Actor, Resource, authorise},
    console::Console,
    names::DestinationName,
    page::{Page, PageRequest},
    problem::Problem,
    tenants::TenantName,
    time::Timestamp,
};

/// A delivery that is stuck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StuckDelivery {
    /// Which.
    pub id: DeliveryId,
    /// To whom it should go.
    pub destination: DestinationName,
    /// What it tells of.
    pub event: EventKind,
    /// Of what.
    #[serde(flatten)]
    pub about: About,
    /// Of which tenant; of none, where somebody is recovered.
    pub tenant: Option<TenantName>,
    /// When that happened.
    pub at: Timestamp,
    /// How often it was attempted.
    pub attempts: u32,
    /// Since when it is stuck.
    pub stuck_at: Timestamp,
    /// When it is attempted again; never, once it was given up.
    pub next_attempt: Option<Timestamp>,
    /// Why the last attempt failed.
    pub failure: Option<Failure>,
}

impl Console {
    /// Deliveries that are stuck, newest first, for whoever manages people or reads everybody's history.
    pub async fn stuck_notifications(
        &self,
        actor: &Actor,
        page: &PageRequest,
    ) -> Result<Page<StuckDelivery>, Problem> {
        self.may_mend_notifications(actor)?;
        Ok(self.ports.outbox.stuck(page).await?)
    }

    /// How many are stuck and tried on, for whoever may mend them. Of what was given up an entry tells.
    pub(crate) async fn notifications_stuck(&self, actor: &Actor) -> Result<Option<u64>, Problem> {
        if self.may_mend_notifications(actor).is_err() {
            return Ok(None);
        }
        let Backlog { stuck, given_up, .. } = self.ports.outbox.backlog().await?;
        Ok(Some(stuck.saturating_sub(given_up)))
    }

    pub(super) fn may_mend_notifications(&self, actor: &Actor) -> Result<(), Problem> {
        let policy = self.policy();
        let may = |act| authorise(&policy, actor, act, &Resource::Console);
        may(Act::ReadHistory).or_else(|_| may(Act::ManagePeople)).map_err(Problem::from)
    }

    /// How much is not delivered, for whoever watches the console.
    pub async fn notification_backlog(&self) -> Result<Backlog, Problem> {
        Ok(self.ports.outbox.backlog().await?)
    }

    /// Forgets what was given up so long ago that nobody will mend it. Answers how many.
    pub async fn forget_given_up(&self) -> Result<usize, Problem> {
        let before = self.now().minus(KEEP_GIVEN_UP);
        let gone = self.ports.outbox.forget_given_up(before).await?;
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}
