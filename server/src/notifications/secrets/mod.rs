//! Addresses and keys of destinations, by the names under which the policy repository speaks of them.
//!
//! Read once, from a file that only its owner and group may read. Never shown, logged or put into an error.

mod file;
mod key;
mod missing;

use std::collections::BTreeMap;

use domain::{
    names::SecretName,
    notifications::{Destination, DestinationKind},
};
use url::Url;

pub use file::BadSecrets;
pub(super) use key::{RoutingKey, SigningKey};
pub use missing::MissingSecrets;

/// The secrets, by name.
#[derive(Clone, Debug, Default)]
pub struct Secrets(BTreeMap<SecretName, Secret>);

/// What one destination is reached with.
#[derive(Clone, Debug)]
pub(super) enum Secret {
    Slack(SlackSecret),
    PagerDuty(PagerDutySecret),
    Webhook(WebhookSecret),
}

/// An incoming webhook: whoever knows its address may write.
#[derive(Clone)]
pub(super) struct SlackSecret {
    pub(super) url: Url,
}

/// An integration of a service.
#[derive(Clone)]
pub(super) struct PagerDutySecret {
    pub(super) url: Url,
    pub(super) routing_key: RoutingKey,
}

/// An address and the keys that sign what is sent there; at least one.
#[derive(Clone)]
pub(super) struct WebhookSecret {
    pub(super) url: Url,
    pub(super) keys: Vec<SigningKey>,
}

macro_rules! shown_nowhere {
    ($($name:ident)*) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

shown_nowhere! { SlackSecret PagerDutySecret WebhookSecret }

impl Secrets {
    /// What a destination is reached with, if it is here and of its kind.
    pub(super) fn of(&self, destination: &Destination) -> Option<&Secret> {
        self.0.get(&destination.secret).filter(|secret| secret.kind() == destination.kind)
    }
}

impl Secret {
    const fn kind(&self) -> DestinationKind {
        match self {
            Self::Slack(_) => DestinationKind::Slack,
            Self::PagerDuty(_) => DestinationKind::PagerDuty,
            Self::Webhook(_) => DestinationKind::Webhook,
        }
    }
}
