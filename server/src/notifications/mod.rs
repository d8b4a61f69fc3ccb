//! Carrying notifications outside: to Slack, to PagerDuty and to signed webhooks, each in a file of its own.
//!
//! Never decides who is told what (the policy does), never tells a secret, and takes no answer for more than a yes or no:
//! nothing is approved by way of these.

mod call;
mod courier;
mod language;
mod metrics;
mod pagerduty;
mod plain;
mod secrets;
mod slack;
#[cfg(test)]
pub(crate) mod testkit;
mod unconfigured;
mod webhook;

pub use courier::{HttpCourier, PATIENCE};
pub use metrics::{describe, show_backlog};
pub use secrets::{BadSecrets, MissingSecrets, Secrets};
pub use unconfigured::Unconfigured;
