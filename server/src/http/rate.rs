//! Token buckets per client, in bounded memory.
//!
//! Counts within one process only: several replicas together admit as many times more.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::time::Timestamp;

/// How often one client may knock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// In the long run: once in this time.
    pub every: Duration,
}

impl Default for Rate {
    fn default() -> Self {
        Self { burst: 60, every: Duration::from_secs(1) }
    }
}

/// Clients remembered at once; beyond these, newcomers share one bucket.
const CLIENTS: usize = 10_000;

/// Admits each client at a bounded rate.
#[derive(Debug)]
pub struct RateLimiter {
    rate: Rate,
    buckets: Mutex<Buckets>,
}

#[derive(Debug, Default)]
struct Buckets {
    clients: HashMap<IpAddr, Bucket>,
    newcomers: Bucket,
}

/// A bucket, by the moment at which it is full again.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    full_at: Timestamp,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { full_at: Timestamp::from_micros(i64::MIN) }
    }
}

impl Bucket {
    /// Takes a token, or says how long until there is one.
    fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), Duration> {
        let full_at = self.full_at.max(now).plus(rate.every);
        let wait = full_at.since(now).saturating_sub(rate.every * rate.burst);
        if wait.is_zero() {
            self.full_at = full_at;
            Ok(())
        } else {
            Err(wait)
        }
    }
}

impl RateLimiter {
    /// A limiter that admits each client at this rate.
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::default() }
    }

    /// Admits a client, or says how long it is to wait.
    pub fn take(&self, client: IpAddr, now: Timestamp) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.of(client, now).take(self.rate, now)
    }
}

impl Buckets {
    fn of(&mut self, client: IpAddr, now: Timestamp) -> &mut Bucket {
        if self.clients.len() >= CLIENTS && !self.clients.contains_key(&client) {
            self.clients.retain(|_, bucket| bucket.full_at > now);
            if self.clients.len() >= CLIENTS {
                return &mut self.newcomers;
            }
        }
        self.clients.entry(client).or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);
    const RATE: Rate = Rate { burst: 3, every: Duration::from_secs(10) };

    fn client(number: u32) -> IpAddr {
        Ipv4Addr::from_bits(number).into()
    }

    #[test]
    fn a_burst_is_admitted_and_then_one_at_a_time() {
        let limiter = RateLimiter::new(RATE);
        let admitted = (0..10).filter(|_| limiter.take(client(1), NOW).is_ok()).count();
        assert_eq!(admitted, 3);
        assert_eq!(limiter.take(client(1), NOW), Err(RATE.every));
        assert_eq!(limiter.take(client(2), NOW), Ok(()));
        assert_eq!(limiter.take(client(1), NOW.plus(RATE.every)), Ok(()));
        assert!(limiter.take(client(1), NOW.plus(RATE.every)).is_err());
    }

    #[test]
    fn memory_is_bounded_and_newcomers_share() {
        let limiter = RateLimiter::new(RATE);
        let admitted = |from: u32, to: u32| {
            (from..to).filter(|number| limiter.take(client(*number), NOW).is_ok()).count()
        };
        let known = u32::try_from(CLIENTS).unwrap();
        assert_eq!(admitted(0, known), CLIENTS);
        assert_eq!(admitted(known, 2 * known), 3);
        let remembered = || limiter.buckets.lock().unwrap().clients.len();
        assert_eq!(remembered(), CLIENTS);
        assert_eq!(limiter.take(client(9 * known), NOW.plus(RATE.every)), Ok(()));
        assert_eq!(remembered(), 1);
    }
}
