//! Networks that calls may reach although they are not public, as the operator lists them.

use std::{net::IpAddr, str::FromStr};

use serde::Deserialize;

/// A list of networks; empty unless somebody says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Networks(Vec<Network>);

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    first: IpAddr,
    prefix: u32,
}

/// The text lists no networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("networks are written like 10.20.0.0/16,fd00:20::/32, without bits behind the prefix")]
pub struct InvalidNetwork;

impl Networks {
    /// Whether an address is in one of them.
    #[must_use]
    pub fn hold(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.holds(address))
    }
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        let mask = mask(self.first, self.prefix);
        self.first.is_ipv4() == address.is_ipv4() && bits(address) & mask == bits(self.first)
    }
}

/// The bits that the addresses of a network share.
fn mask(first: IpAddr, prefix: u32) -> u128 {
    let unused = width(first) - prefix;
    u128::MAX.checked_shl(unused).unwrap_or(0)
}

fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u32::from(v4).into(),
        IpAddr::V6(v6) => v6.into(),
    }
}

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let (first, prefix) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let first: IpAddr = first.parse().map_err(|_| InvalidNetwork)?;
        let prefix = prefix.map_or(Ok(width(first)), str::parse).map_err(|_| InvalidNetwork)?;
        let fits = prefix <= width(first) && bits(first) & mask(first, prefix) == bits(first);
        if fits { Ok(Self { first, prefix }) } else { Err(InvalidNetwork) }
    }
}

impl FromStr for Networks {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        text.split(',').map(|network| network.trim().parse()).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for Networks {
    type Error = InvalidNetwork;

    fn try_from(text: String) -> Result<Self, InvalidNetwork> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(networks: &str, address: &str) -> bool {
        networks.parse::<Networks>().unwrap().hold(address.parse().unwrap())
    }

    #[test]
    fn addresses_are_held_by_their_first_bits() {
        assert!(held("10.20.0.0/16", "10.20.255.1"));
        assert!(!held("10.20.0.0/16", "10.21.0.1"));
        assert!(held("127.0.0.1", "127.0.0.1"));
        assert!(!held("127.0.0.1", "127.0.0.2"));
        assert!(held("fd00:20::/32, 10.0.0.0/8", "10.1.1.1"));
        assert!(held("fd00:20::/32", "fd00:20::5"));
        assert!(!held("0.0.0.0/0", "::1"));
        assert!(held("10.0.0.0/8", "::ffff:10.0.0.1"), "mapped is the same host");
    }

    #[test]
    fn nothing_is_held_unless_listed() {
        assert!(!Networks::default().hold("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for bad in ["", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "lan", "10.0.0.0/8,,", "::/129"] {
            assert_eq!(bad.parse::<Networks>(), Err(InvalidNetwork), "{bad}");
        }
    }
}
