//! Delivering: taking what is due to one destination, carrying it there, and noting what came of it.
//!
//! A delivery is forgotten only after it arrived. Whatever falls between is attempted again.

use futures::future::join_all;

use super::{
    AT_ONCE, About, ClaimId, Claiming, Delivery, Destination, Failure, LEASE, Missed, STUCK_AFTER,
    Undelivered,
};
use crate::{
    audit::{EntryAction, EntryDraft, EntryOutcome},
    console::Console,
    names::DestinationName,
    problem::Problem,
    time::Timestamp,
};

/// What one round of attempts to one destination came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Attempts made.
    pub attempted: usize,
    /// Deliveries that arrived; while there are any, it is worth going on at once.
    pub arrived: usize,
    /// Deliveries given up.
    pub given_up: usize,
}

enum Settled {
    Arrived,
    PutOff,
    GivenUp,
}

impl Console {
    /// The destinations that something is due for. None, to a replica that does not hold the policy in force: it would
    /// not know who they are.
    pub async fn due_destinations(&self) -> Result<Vec<DestinationName>, Problem> {
        let due = self.ports.outbox.due(self.now()).await?;
        if due.is_empty() || self.holds_policy_in_force().await? { Ok(due) } else { Ok(Vec::new()) }
    }

    /// Attempts what is due to one destination, a few at once.
    pub async fn deliver_to(&self, name: &DestinationName) -> Result<Round, Problem> {
        let now = self.now();
        let claiming = Claiming {
            destination: name.clone(),
            now,
            until: now.plus(LEASE),
            claim: ClaimId::new(self.ports.ids.uuid()),
            limit: AT_ONCE,
        };
        let claimed = self.ports.outbox.claim(&claiming).await?;
        let policy = self.policy();
        let destination = policy.policy.destinations.get(name);
        let attempts = claimed.iter().map(|delivery| self.attempt(destination, delivery));
        let mut round = Round { attempted: claimed.len(), arrived: 0, given_up: 0 };
        for settled in join_all(attempts).await {
            match settled? {
                Settled::Arrived => round.arrived += 1,
                Settled::GivenUp => round.given_up += 1,
                Settled::PutOff => {}
            }
        }
        Ok(round)
    }

    async fn attempt(
        &self,
        destination: Option<&Destination>,
        delivery: &Delivery,
    ) -> Result<Settled, Problem> {
        let Some(destination) = destination else {
            return self.give_up(delivery, Failure::NoDestination).await;
        };
        match self.ports.courier.carry(destination, delivery).await {
            Ok(()) => {
                self.ports.outbox.delivered(delivery.id).await?;
                Ok(Settled::Arrived)
            }
            Err(undelivered) => self.miss(delivery, undelivered).await,
        }
    }

    async fn miss(
        &self,
        delivery: &Delivery,
        undelivered: Undelivered,
    ) -> Result<Settled, Problem> {
        let Undelivered { failure, retry_after } = undelivered;
        let now = self.now();
        let [high, low, ..] = self.ports.ids.secret();
        let chance = u16::from_be_bytes([high, low]);
        let Some(next) = delivery.next_attempt(now, retry_after, chance) else {
            return self.give_up(delivery, failure).await;
        };
        let stuck_at = (delivery.attempts >= STUCK_AFTER).then_some(now);
        let Delivery { id, claim, .. } = *delivery;
        self.ports.outbox.put_off(&Missed { id, claim, failure, next, stuck_at }).await?;
        Ok(Settled::PutOff)
    }

    async fn give_up(&self, delivery: &Delivery, failure: Failure) -> Result<Settled, Problem> {
        let entry = given_up(delivery, failure, self.now());
        self.ports.outbox.give_up(delivery.id, delivery.claim, failure, entry).await?;
        Ok(Settled::GivenUp)
    }
}

/// Names the request in its detail only: the entries of a request tell its own story, and this is none of it.
fn given_up(delivery: &Delivery, failure: Failure, now: Timestamp) -> EntryDraft {
    let entry = EntryDraft::new(now, None, EntryAction::Notify, EntryOutcome::Failed);
    let (about, id) = match delivery.event.about {
        About::Request(id) => ("request", id.to_string()),
        About::Grant(id) => ("grant", id.to_string()),
        About::Session(id) => ("session", id.to_string()),
        About::Recovery(id) => ("recovery", id.to_string()),
    };
    EntryDraft { tenant: delivery.event.tenant.clone(), ..entry }
        .with("delivery", delivery.id.to_string())
        .with("destination", delivery.destination.as_str())
        .with("event", delivery.event.kind.as_str())
        .with(about, id)
        .with("attempts", delivery.attempts)
        .with_json("failure", &failure)
}
