//! A console that was given no secrets: it reaches nobody, and says so of every delivery.

use async_trait::async_trait;
use domain::notifications::{Courier, Delivery, Destination, Failure, Undelivered};

/// Reaches nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unconfigured;

#[async_trait]
impl Courier for Unconfigured {
    async fn carry(&self, destination: &Destination, _: &Delivery) -> Result<(), Undelivered> {
        tracing::warn!(destination = %destination.name, "nobody is notified: no --notification-secrets are given");
        Err(Failure::NoSecret.into())
    }
}
