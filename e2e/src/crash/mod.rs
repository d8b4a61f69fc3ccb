//! A console that kills itself at a named point: ports that stand before the real ones and change nothing but that.
//!
//! The product holds no crash points; it is killed from within its ports, as a power cut would at that moment.

mod chance;
mod clusters;
mod point;
mod requests;
mod trigger;

use std::sync::Arc;

use domain::Ports;

pub use chance::Chance;
pub use point::CrashPoint;
pub use trigger::Trigger;

/// The ports of a console that dies where the trigger says.
#[must_use]
pub fn crashing(ports: Ports, trigger: Trigger) -> Ports {
    let trigger = Arc::new(trigger);
    let clusters = clusters::CrashingClusters::new(ports.clusters.as_ref(), &trigger);
    let requests = requests::CrashingRequests::new(ports.requests, trigger);
    Ports { requests: Arc::new(requests), clusters: Arc::new(clusters), ..ports }
}
