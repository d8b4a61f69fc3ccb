//! The address of the client, as far as rate limits need it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};

/// How clients are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AddressFrom {
    /// By the peer of the connection.
    #[default]
    Peer,
    /// By the last entry of `X-Forwarded-For`: the one that our own proxy wrote.
    Proxy,
}

/// Where a request comes from. An IPv6 client is its /64 network: it has all addresses in that.
pub(super) fn network_of(request: &Request, from: AddressFrom) -> IpAddr {
    let forwarded = match from {
        AddressFrom::Peer => None,
        AddressFrom::Proxy => last_forwarded(request.headers()),
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let address = forwarded.or_else(|| peer.map(|ConnectInfo(peer)| peer.ip()));
    network(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
}

fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?;
    line.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxy_wrote_counts() {
        let headers = |text: &'static str| {
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), text.parse().unwrap())])
        };
        let last = last_forwarded(&headers("192.0.2.1, 198.51.100.7"));
        assert_eq!(last, "198.51.100.7".parse().ok());
        assert_eq!(last_forwarded(&headers("nonsense")), None);
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8::1:2:3:4"), network("2001:db8::ffff"));
        assert_ne!(network("2001:db8:0:1::1"), network("2001:db8:0:2::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
