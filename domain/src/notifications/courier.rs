//! The port that carries a delivery to where it goes.

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Delivery, Destination};

/// Why a delivery did not arrive, or is not known to have arrived. Never holds an address: that may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// It could not be connected to, or the connection broke.
    #[error("it could not be reached")]
    Unreachable,
    /// Its name leads to an address that calls may not go to.
    #[error("its address is none that calls may go to")]
    AddressRefused,
    /// It did not answer in time.
    #[error("it did not answer in time")]
    TimedOut,
    /// It answered with a redirect, which is not followed.
    #[error("it answered with a redirect ({status})")]
    Redirected {
        /// Its status.
        status: u16,
    },
    /// It did not take it.
    #[error("it answered {status}")]
    Answered {
        /// Its status.
        status: u16,
    },
    /// The secret that the policy names is not configured here, or is of another kind.
    #[error("its secret is not configured")]
    NoSecret,
    /// The policy lists it no longer.
    #[error("the policy lists no such destination")]
    NoDestination,
}

/// A delivery that did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Why.
    pub failure: Failure,
    /// How long the destination asks to be left alone.
    pub retry_after: Option<Duration>,
}

impl From<Failure> for Undelivered {
    fn from(failure: Failure) -> Self {
        Self { failure, retry_after: None }
    }
}

/// Carries deliveries. Each takes a bounded time, whatever the destination does: much less than a [lease](super::LEASE).
#[async_trait]
pub trait Courier: Send + Sync {
    /// Carries one delivery, once. `Ok` means that the destination took it, or that there is no need to tell it any more.
    async fn carry(
        &self,
        destination: &Destination,
        delivery: &Delivery,
    ) -> Result<(), Undelivered>;
}
