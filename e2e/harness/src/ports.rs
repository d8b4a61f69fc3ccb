//! Free loopback ports. Taken from below the range that the kernel gives to outgoing
//! connections, so that none of those can steal a port between our look and its use.

use std::{
    net::{Ipv4Addr, TcpListener},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

/// No port of our range was free.
#[derive(Debug, thiserror::Error)]
#[error("no free loopback port between {FIRST} and {}", FIRST + COUNT)]
pub struct NoneFree;

/// A port that nobody listens on now, and that this process is given only once in a round
/// through the range. Processes start at different places in it.
pub fn free() -> Result<u16, NoneFree> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let start = process::id().wrapping_mul(97);
    (0..COUNT)
        .map(|_| start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT + FIRST)
        .filter_map(|port| u16::try_from(port).ok())
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or(NoneFree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_given_once_and_never_while_taken() {
        let first = free().expect("a port");
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, first)).expect("free");

        let others: Vec<_> = (0..50).map(|_| free().expect("a port")).collect();

        assert!(!others.contains(&first));
        let mut once = others.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), others.len());
    }
}
