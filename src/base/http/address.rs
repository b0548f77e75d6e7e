//! Where a request comes from, as far as that can be known: the socket's address, or what a proxy that the operator trusts says.
//!
//! What it is not: an identity. Many people share one address, and nobody's address is kept: what counts by it keeps a digest
//! under a salt that changes every day.
//!
//! Invariant: a header counts only where the request comes from a trusted proxy, and only up to the first address, from the right, that
//! is not one: what stands before it was written by the client, who can write anything.

use crate::base::error::{Error, Result};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{Extensions, HeaderMap, HeaderName, header};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

/// Which proxies are believed, and which header they write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxies {
    trusted: Vec<Network>,
    header: HeaderName,
}

/// The address under which a request reached the site, without a final `/`; an extension of requests where it is known better than by
/// their `Host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached(pub Arc<str>);

/// Addresses that begin with the same bits. IPv4 is kept as IPv6 (`::ffff:…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: u128,
    bits: u32,
}

fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

impl Network {
    fn of_text(text: &str) -> Option<Network> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse::<u32>().ok()?)),
            None => (text.parse::<IpAddr>().ok()?, None),
        };
        let all = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(all);
        (bits <= all).then_some(Network { address: wide(address), bits: 128 - all + bits })
    }

    fn holds(self, address: IpAddr) -> bool {
        let differs = self.address ^ wide(address);
        differs.leading_zeros() >= self.bits
    }
}

impl Proxies {
    /// Reads the two settings: addresses or networks (`10.0.0.0/8`) separated by commas, and the header's name.
    ///
    /// # Errors
    /// [`Error::Config`] naming what cannot be read.
    pub fn read(trusted: &str, header: &str) -> Result<Proxies> {
        let mut networks = Vec::new();
        for text in trusted.split([',', ' ']).filter(|text| !text.is_empty()) {
            networks.push(Network::of_text(text).ok_or_else(|| {
                Error::Config(format!(
                    "trusted_proxies : « {text} » n’est pas une adresse / \"{text}\" is no address"
                ))
            })?);
        }
        let header = match header {
            "x-forwarded-for" => HeaderName::from_static("x-forwarded-for"),
            "forwarded" => header::FORWARDED,
            other => {
                return Err(Error::Config(format!(
                    "forwarded_header : « {other} » : x-forwarded-for ou / or forwarded"
                )));
            }
        };
        Ok(Proxies { trusted: networks, header })
    }

    /// Who sent a request that came over a connection from `peer`.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        // Each proxy appends what it saw: the last word is the nearest proxy's.
        let lines: Vec<&str> =
            headers.get_all(&self.header).iter().filter_map(|line| line.to_str().ok()).collect();
        let hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
        for hop in hops {
            if !self.is_trusted(client) {
                break;
            }
            let said = if self.header == header::FORWARDED { forwarded_for(hop) } else { address(hop) };
            // "unknown", or a name that hides it: the proxy itself is the last that is known.
            let Some(said) = said else { break };
            client = said.to_canonical();
        }
        client
    }

    /// Whether an address is a proxy's that is believed.
    pub fn is_trusted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|network| network.holds(address))
    }

    /// The same from what the router knows of a request; nothing where it came over no socket (in process).
    pub fn client_of(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
        let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        Some(self.client(peer.ip(), headers))
    }

    /// The address that a browser typed, as a proxy that is believed says it (`X-Forwarded-Proto`, `X-Forwarded-Host`); nothing where
    /// none does. Without a final `/`.
    pub fn reached(&self, extensions: &Extensions, headers: &HeaderMap) -> Option<Reached> {
        let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        let (scheme, forwarded) = (text("x-forwarded-proto"), text("x-forwarded-host"));
        let host = forwarded.or_else(|| text(header::HOST.as_str()))?;
        let is_said = self.is_trusted(peer.ip()) && (scheme.is_some() || forwarded.is_some());
        // Of several proxies the last one's word: the nearest.
        let last = |text: &str| text.rsplit(',').next().unwrap_or_default().trim().to_ascii_lowercase();
        let scheme = if scheme.map(last).as_deref() == Some("https") { "https" } else { "http" };
        let is_host = host.parse::<Authority>().is_ok_and(|authority| !authority.as_str().contains('@'));
        (is_said && is_host).then(|| Reached(format!("{scheme}://{host}").into()))
    }

    /// [`Proxies::client_of`] for extractors.
    pub fn client_of_parts(&self, parts: &Parts) -> Option<IpAddr> {
        self.client_of(&parts.extensions, &parts.headers)
    }
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
    text.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip()))
        .or_else(|| bare?.parse().ok())
}

/// The `for` of one element of RFC 7239: `for="[2001:db8::1]:4711";proto=https`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("for"))?;
    address(value.trim_matches('"'))
}

/// What counts as one address: IPv6 is given out in blocks of 2^64, of which one household has at least one.
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(proxies: &Proxies, peer: &str, header: &'static str, lines: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header, line.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn without_a_trusted_proxy_only_the_socket_is_believed() {
        let none = Proxies::read("", "x-forwarded-for").unwrap();
        assert_eq!(seen(&none, "192.0.2.7", "x-forwarded-for", &["198.51.100.1"]), "192.0.2.7");
        let other = Proxies::read("10.0.0.0/8", "x-forwarded-for").unwrap();
        assert_eq!(seen(&other, "192.0.2.7", "x-forwarded-for", &["198.51.100.1"]), "192.0.2.7");
    }

    #[test]
    fn a_trusted_proxy_is_believed_up_to_the_first_address_that_is_not_one() {
        let proxies = Proxies::read("127.0.0.1, 10.0.0.0/8, ::1", "x-forwarded-for").unwrap();
        let seen = |peer, lines: &[&str]| seen(&proxies, peer, "x-forwarded-for", lines);
        assert_eq!(seen("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        // What the client wrote itself stands further left.
        assert_eq!(seen("127.0.0.1", &["203.0.113.9, 198.51.100.1, 10.1.2.3"]), "198.51.100.1");
        assert_eq!(seen("127.0.0.1", &["203.0.113.9", "198.51.100.1", "10.1.2.3"]), "198.51.100.1");
        assert_eq!(seen("::ffff:127.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(seen("::1", &["[2001:db8::7]:4711"]), "2001:db8::7");
        for silent in [&[][..], &["unknown"][..], &["<script>"][..], &[""][..]] {
            assert_eq!(seen("127.0.0.1", silent), "127.0.0.1", "{silent:?}");
        }
        assert_eq!(seen("10.0.0.1", &["10.0.0.2"]), "10.0.0.2", "nobody but proxies: the furthest");
    }

    #[test]
    fn only_the_chosen_header_is_read() {
        let proxies = Proxies::read("127.0.0.1", "forwarded").unwrap();
        assert_eq!(seen(&proxies, "127.0.0.1", "x-forwarded-for", &["198.51.100.1"]), "127.0.0.1");
        let seen = |lines: &[&str]| seen(&proxies, "127.0.0.1", "forwarded", lines);
        assert_eq!(seen(&["for=198.51.100.1;proto=https;by=10.0.0.1"]), "198.51.100.1");
        assert_eq!(seen(&["For=\"[2001:db8::7]:4711\""]), "2001:db8::7");
        assert_eq!(seen(&["for=203.0.113.9, for=198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen(&["for=_hidden", "proto=https"]), "127.0.0.1");
    }

    #[test]
    fn settings_that_cannot_be_read_are_refused_by_name() {
        for (trusted, header) in [
            ("10.0.0.0/33", "forwarded"),
            ("proxy", "forwarded"),
            ("::1/129", "forwarded"),
            ("", "x-real-ip"),
        ] {
            assert!(matches!(Proxies::read(trusted, header), Err(Error::Config(_))), "{trusted} {header}");
        }
        let all = Proxies::read("0.0.0.0/0", "forwarded").unwrap();
        assert!(
            all.is_trusted("8.8.8.8".parse().unwrap()) && !all.is_trusted("2001:db8::1".parse().unwrap())
        );
    }

    #[test]
    fn a_household_of_ipv6_is_one_address() {
        let of = |text: &str| household(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
