//! Worlds in which receivers are told: the policy names them, and a file holds their secrets.

use std::{fs, os::unix::fs::PermissionsExt, sync::Arc, time::Duration};

use domain::{
    notifications::{
        Courier, Destination, DestinationKind, EventKind, Failure, Language, StuckDelivery,
    },
    page::PageRequest,
    testkit::ManualClock,
};
use sekisho::{
    notifications::{HttpCourier, Secrets},
    outgoing::{Client, SystemResolver},
};

use super::receiver::Receiver;
use crate::world::{ORIGIN, World};

/// The key of every webhook here.
pub(crate) const KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// How long a receiver may take here: a test need not wait as a console does.
const PATIENCE: Duration = Duration::from_millis(700);

/// Somebody of this name and kind who is told of everything.
pub(crate) fn told(name: &str, kind: DestinationKind) -> Destination {
    Destination {
        name: name.parse().unwrap(),
        kind,
        secret: name.parse().unwrap(),
        language: Language::English,
        events: EventKind::ALL.into(),
        teams: ["checkout".parse().unwrap()].into(),
        tenants: vec!["demo/*".parse().unwrap()],
    }
}

/// What such a destination at this address has for a secret.
pub(crate) fn secret(told: &Destination, url: &str) -> String {
    let rest = match told.kind {
        DestinationKind::Slack => String::new(),
        DestinationKind::PagerDuty => {
            "routing_key = \"0123456789abcdef0123456789abcdef\"\n".to_owned()
        }
        DestinationKind::Webhook => format!("keys = [\"whsec_{KEY}\"]\n"),
    };
    format!("[{}]\nkind = \"{}\"\nurl = \"{url}\"\n{rest}", told.secret, told.kind.as_str())
}

fn secrets(text: &str) -> Secrets {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("secrets.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    Secrets::read(&path).unwrap()
}

impl World {
    /// One in which each of these is told at its address, as far as these networks may be reached.
    pub(crate) async fn reaching(networks: &str, told: Vec<(Destination, String)>) -> Self {
        Self::reaching_patiently(networks, told, PATIENCE).await
    }

    /// The same, with so much patience.
    pub(crate) async fn reaching_patiently(
        networks: &str,
        told: Vec<(Destination, String)>,
        patience: Duration,
    ) -> Self {
        let text: String = told.iter().map(|(told, url)| secret(told, url)).collect();
        let networks = networks.parse().unwrap();
        let client = Client::new(Arc::new(SystemResolver), networks, patience).unwrap();
        let courier = move |clock: Arc<ManualClock>| {
            let origin = ORIGIN.parse().unwrap();
            Arc::new(HttpCourier::new(clock, origin, secrets(&text), client)) as Arc<dyn Courier>
        };
        Self::telling(told.into_iter().map(|(told, _)| told).collect(), courier).await
    }

    /// One in which a receiver is told of everything, as a webhook.
    pub(crate) async fn with_receiver() -> (Self, Receiver) {
        let receiver = Receiver::listen().await;
        let siem = told("siem", DestinationKind::Webhook);
        (Self::reaching("127.0.0.1", vec![(siem, receiver.url())]).await, receiver)
    }

    /// Takes a request back, as whoever asked for it.
    pub(crate) async fn withdraw(&self, by: &str, id: &str) {
        let actor = self.actor(by);
        self.console.withdraw(&actor, id.parse().unwrap()).await.unwrap();
    }

    /// Routes what happened, and attempts what is due, until nothing is. Answers how many attempts that took.
    pub(crate) async fn notify(&self) -> usize {
        while self.console.route_notifications().await.unwrap() > 0 {}
        let mut attempts = 0;
        for destination in self.console.due_destinations().await.unwrap() {
            loop {
                let round = self.console.deliver_to(&destination).await.unwrap();
                attempts += round.attempted;
                if round.attempted == 0 {
                    break;
                }
            }
        }
        attempts
    }

    /// Goes on through so many waits, however long they are, attempting in each.
    pub(crate) async fn notify_for(&self, rounds: usize) {
        for _ in 0..rounds {
            self.notify().await;
            self.clock.advance(Duration::from_hours(2));
        }
    }

    /// What is stuck, as the admin sees it.
    pub(crate) async fn stuck(&self) -> Vec<StuckDelivery> {
        let page = PageRequest::default();
        self.console.stuck_notifications(&self.actor("admin"), &page).await.unwrap().items
    }

    /// Why a first attempt failed; it is not stuck by that yet.
    pub(crate) async fn failure_of_attempts(&self) -> Failure {
        self.notify_for(5).await;
        let [stuck] = self.stuck().await.try_into().unwrap();
        stuck.failure.unwrap()
    }
}
