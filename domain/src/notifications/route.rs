//! Routing: from an event to the destinations that the policy in force names.

use super::{Event, NewDelivery};
use crate::{
    console::Console,
    names::{Login, TeamName},
    notifications::DeliveryId,
    policy::PolicySnapshot,
    problem::Problem,
};

/// Events routed at one go.
const MANY: usize = 100;

impl Console {
    /// Turns the events that happened since into deliveries. Answers how many events.
    ///
    /// Any number of replicas may call this at any time: each event is routed once, and in order. One that does not
    /// hold the policy in force leaves it to those that do.
    pub async fn route_notifications(&self) -> Result<usize, Problem> {
        let events = self.ports.outbox.unrouted(MANY).await?;
        if events.is_empty() {
            return Ok(0);
        }
        if !self.holds_policy_in_force().await? {
            return Ok(0);
        }
        let policy = self.policy();
        let mut routed = 0;
        for event in events {
            let deliveries = self.deliveries(&policy, &event);
            // In order and one by one: what comes later must not be routed before.
            routed += usize::from(self.ports.outbox.route(&event, &deliveries, self.now()).await?);
        }
        Ok(routed)
    }

    fn deliveries(&self, policy: &PolicySnapshot, event: &Event) -> Vec<NewDelivery> {
        let owners = match &event.tenant {
            Some(tenant) => policy.policy.ownership.owners(tenant),
            None => policy.teams_of(&event.target.name),
        };
        let told = policy.policy.destinations.values();
        told.filter(|destination| destination.wants(event, &owners))
            .map(|destination| NewDelivery {
                id: DeliveryId::new(self.ports.ids.uuid()),
                destination: destination.name.clone(),
            })
            .collect()
    }
}

impl PolicySnapshot {
    /// The teams of a person; none of somebody who is not listed.
    fn teams_of(&self, login: &str) -> Vec<TeamName> {
        let person = login.parse::<Login>().ok().and_then(|login| self.policy.people.get(&login));
        person.map(|person| person.teams.iter().cloned().collect()).unwrap_or_default()
    }
}
