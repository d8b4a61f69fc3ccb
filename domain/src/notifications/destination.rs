//! Where notifications go, as `notifications.toml` says. Never holds a secret: only what the secret is called.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Event, EventKind, TenantPattern};
use crate::{
    names::{DestinationName, SecretName, TeamName},
    tenants::TenantName,
};

/// How a destination is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DestinationKind {
    /// An incoming webhook of Slack's.
    Slack,
    /// PagerDuty's Events API v2.
    PagerDuty,
    /// A signed webhook (Standard Webhooks).
    Webhook,
}

impl DestinationKind {
    /// Its name, in the policy repository and in metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::PagerDuty => "pagerduty",
            Self::Webhook => "webhook",
        }
    }
}

/// In which language a destination is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}

/// Somebody or something that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// What it is called.
    pub name: DestinationName,
    /// How it is spoken to.
    pub kind: DestinationKind,
    /// What its secret is called.
    pub secret: SecretName,
    /// In which language.
    pub language: Language,
    /// Of which events.
    pub events: BTreeSet<EventKind>,
    /// Of the tenants that one of these teams owns; all where it is empty.
    pub teams: BTreeSet<TeamName>,
    /// Of the tenants that fit one of these; all where it is empty.
    pub tenants: Vec<TenantPattern>,
}

impl Destination {
    /// Whether it is told of an event in a tenant of these owners, or about a person of these teams.
    #[must_use]
    pub fn wants(&self, event: &Event, owners: &[TeamName]) -> bool {
        self.wants_of(event.kind, event.tenant.as_ref(), owners)
    }

    /// Whether it is told of such events in a tenant of these owners. What is of no tenant is told to whoever is told of
    /// all of them.
    #[must_use]
    pub fn wants_of(
        &self,
        kind: EventKind,
        tenant: Option<&TenantName>,
        owners: &[TeamName],
    ) -> bool {
        let owned = self.teams.is_empty() || owners.iter().any(|owner| self.teams.contains(owner));
        let fits = |pattern: &TenantPattern| match tenant {
            Some(tenant) => pattern.fits(tenant),
            None => pattern.fits_all(),
        };
        let named = self.tenants.is_empty() || self.tenants.iter().any(fits);
        self.events.contains(&kind) && owned && named
    }
}
