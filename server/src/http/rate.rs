//! Token buckets per client, in bounded memory.
//!
//! Counts within one process only: several replicas together admit as many times more.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::{names::Login, time::Timestamp};

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

/// Who knocks: people are counted wherever they are, others by where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Client {
    /// Somebody of this network.
    Network(IpAddr),
    /// Somebody who is signed in.
    Person(Login),
}

/// Clients of a kind remembered at once; beyond these, newcomers share one bucket.
const CLIENTS: usize = 10_000;

/// Admits each client at a bounded rate.
#[derive(Debug)]
pub struct RateLimiter {
    rate: Rate,
    networks: Mutex<Buckets<IpAddr>>,
    people: Mutex<Buckets<Login>>,
}

/// Buckets that are not full; one that is full again is as good as none.
#[derive(Debug)]
struct Buckets<K> {
    clients: HashMap<K, Bucket>,
    newcomers: Bucket,
    /// When full buckets are next looked for, should there be too many.
    sweep_at: Timestamp,
}

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        let newcomers = Bucket::default();
        Self { clients: HashMap::new(), newcomers, sweep_at: newcomers.full_at }
    }
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
        Self { rate, networks: Mutex::default(), people: Mutex::default() }
    }

    /// Admits a client, or says how long it is to wait.
    pub fn take(&self, client: Client, now: Timestamp) -> Result<(), Duration> {
        match client {
            Client::Network(network) => take(&self.networks, network, self.rate, now),
            Client::Person(login) => take(&self.people, login, self.rate, now),
        }
    }
}

fn take<K: Eq + Hash>(
    buckets: &Mutex<Buckets<K>>,
    client: K,
    rate: Rate,
    now: Timestamp,
) -> Result<(), Duration> {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    buckets.of(client, rate, now).take(rate, now)
}

impl<K: Eq + Hash> Buckets<K> {
    fn of(&mut self, client: K, rate: Rate, now: Timestamp) -> &mut Bucket {
        if self.clients.len() >= CLIENTS && !self.clients.contains_key(&client) {
            // A crowd must not make each of its calls walk through all the others.
            if self.sweep_at <= now {
                self.clients.retain(|_, bucket| bucket.full_at > now);
                self.sweep_at = now.plus(rate.every);
            }
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

    fn client(number: u32) -> Client {
        Client::Network(Ipv4Addr::from_bits(number).into())
    }

    fn person(login: &str) -> Client {
        Client::Person(login.parse().unwrap())
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
    fn people_are_counted_one_by_one() {
        let limiter = RateLimiter::new(RATE);
        let admitted =
            |login: &str| (0..10).filter(|_| limiter.take(person(login), NOW).is_ok()).count();
        assert_eq!((admitted("engineer"), admitted("outsider")), (3, 3));
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
        assert_eq!(limiter.take(person("engineer"), NOW), Ok(()), "a crowd crowds nobody out");
        let remembered = || limiter.networks.lock().unwrap().clients.len();
        assert_eq!(remembered(), CLIENTS);
        assert_eq!(limiter.take(client(9 * known), NOW.plus(RATE.every)), Ok(()));
        assert_eq!(remembered(), 1);
    }
}
