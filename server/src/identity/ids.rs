//! Identifiers and secrets from the operating system's randomness: the one place that draws it.

use std::{fmt, sync::Arc};

use domain::{ids::Ids, time::Clock};
use uuid::{Builder, Uuid};

/// Identifiers by a clock and the operating system's randomness.
#[derive(Clone)]
pub struct SystemIds {
    clock: Arc<dyn Clock>,
}

impl SystemIds {
    /// Identifiers that carry this clock's time.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl fmt::Debug for SystemIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemIds")
    }
}

/// # Panics
/// When the operating system gives no randomness: nothing safe can be done then.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.clock.now().as_micros() / 1000).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        random()
    }
}

#[cfg(test)]
mod tests {
    use domain::testkit::ManualClock;

    use super::*;

    #[test]
    fn identifiers_are_of_version_7_and_carry_the_clock() {
        let ids = SystemIds::new(Arc::new(ManualClock::default()));
        let (one, other) = (ids.uuid(), ids.uuid());
        assert_eq!(one.get_version_num(), 7);
        assert_ne!(one, other);
        let seconds = one.get_timestamp().map(|stamp| stamp.to_unix().0);
        assert_eq!(seconds, Some(1_767_225_600));
    }

    #[test]
    fn secrets_differ() {
        let ids = SystemIds::new(Arc::new(ManualClock::default()));
        assert_ne!(ids.secret(), ids.secret());
    }
}
