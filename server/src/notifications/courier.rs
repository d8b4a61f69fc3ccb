//! The courier: from a delivery to a call, and from its answer to what became of it.

use std::{error::Error, sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    notifications::{Courier, Delivery, Destination, Failure, Undelivered},
    time::Clock,
};

use super::{
    call::{Call, Message},
    metrics::count_attempt,
    pagerduty,
    secrets::{Secret, Secrets},
    slack, webhook,
};
use crate::{
    identity::Origin,
    outgoing::{Answer, CallError, Client},
};

/// How long one call may take altogether.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Carries deliveries over HTTP.
#[derive(Clone)]
pub struct HttpCourier {
    clock: Arc<dyn Clock>,
    origin: Origin,
    secrets: Secrets,
    client: Client,
}

impl HttpCourier {
    /// Reaches what these secrets lead to. Messages link to the origin.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, origin: Origin, secrets: Secrets, client: Client) -> Self {
        Self { clock, origin, secrets, client }
    }

    /// The call to make; nothing where there is no need to tell it any more.
    fn call(
        &self,
        destination: &Destination,
        delivery: &Delivery,
    ) -> Result<Option<Call>, Failure> {
        let message = Message { delivery, language: destination.language, origin: &self.origin };
        let now = self.clock.now();
        Ok(match self.secrets.of(destination).ok_or(Failure::NoSecret)? {
            Secret::Slack(secret) => Some(slack::call(&secret.url, &message)),
            Secret::PagerDuty(secret) => pagerduty::call(secret, &message, now),
            Secret::Webhook(secret) => Some(webhook::call(secret, &message, now)),
        })
    }

    async fn attempt(
        &self,
        destination: &Destination,
        delivery: &Delivery,
    ) -> Result<(), Undelivered> {
        let Some(Call { url, headers, body }) = self.call(destination, delivery)? else {
            return Ok(());
        };
        match self.client.post(&url, headers, body).await {
            Ok(answer) => judged(answer),
            Err(error) => Err(failed(destination, &error).into()),
        }
    }
}

#[async_trait]
impl Courier for HttpCourier {
    async fn carry(
        &self,
        destination: &Destination,
        delivery: &Delivery,
    ) -> Result<(), Undelivered> {
        let attempted = self.attempt(destination, delivery).await;
        count_attempt(destination.kind, &attempted);
        if let Err(Undelivered { failure, .. }) = &attempted {
            let (name, id, attempt) = (&destination.name, delivery.id, delivery.attempts);
            tracing::warn!(destination = %name, delivery = %id, attempt, %failure, "a notification did not arrive");
        }
        attempted
    }
}

/// 2xx is yes; nothing else is.
fn judged(answer: Answer) -> Result<(), Undelivered> {
    let status = answer.status.as_u16();
    let failure = match status {
        200..=299 => return Ok(()),
        300..=399 => Failure::Redirected { status },
        _ => Failure::Answered { status },
    };
    Err(Undelivered { failure, retry_after: answer.retry_after })
}

/// What is behind it all; what stands before it says less.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    error.source().map_or(error, cause)
}

fn failed(destination: &Destination, error: &CallError) -> Failure {
    match error {
        CallError::TimedOut => Failure::TimedOut,
        CallError::Refused(why) => {
            tracing::warn!(destination = %destination.name, %why, "--private-networks lists what else may be reached");
            Failure::AddressRefused
        }
        CallError::Failed(error) => {
            tracing::warn!(destination = %destination.name, why = %cause(error.as_ref()), "no connection came about");
            Failure::Unreachable
        }
    }
}
