//! The one client that talks to servers whose address somebody typed at the desk: over HTTPS, without following where an answer leads, for
//! a while and up to a size, and never to an address of a private network.
//!
//! What it is not: who is asked, and for what. Invariants: a name is looked up once, and what it stands for is looked at before the
//! connection is made to just that; a private address is reached only where the operator names its host (`outside_hosts`).

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How long a server may take for its answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The longest answer that is read, in bytes.
const MOST: usize = 4 << 20;

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The status.
    pub status: u16,
    /// The text.
    pub body: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// The address is none that may be asked.
    Address,
    /// Nobody answered, or not in time, or not to the end.
    Silent,
}

/// The client.
#[derive(Debug, Clone)]
pub struct Outside {
    hosts: Vec<String>,
}

impl Outside {
    /// One that may reach these hosts, too, wherever they are and without encryption: names with or without a port, parted by commas.
    pub fn new(hosts: &str) -> Outside {
        let named = hosts.split([',', ' ']).map(|host| host.trim().to_lowercase());
        Outside { hosts: named.filter(|host| !host.is_empty()).collect() }
    }

    /// Asks for what is at an address.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn get(&self, address: &str) -> Result<Heard, Unheard> {
        let (client, url) = self.client(address)?;
        hear(client.get(url)).await
    }

    /// Sends a form, with a number of its own by which the other side knows it again.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn post(
        &self,
        address: &str,
        form: &[(String, String)],
        number: uuid::Uuid,
    ) -> Result<Heard, Unheard> {
        let (client, url) = self.client(address)?;
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = client
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .header("idempotency-key", number.to_string())
            .body(body);
        hear(request).await
    }

    fn client(&self, address: &str) -> Result<(Client, Url), Unheard> {
        let url: Url = address.parse().map_err(|_no_address| Unheard::Address)?;
        let host = url.host_str().unwrap_or_default().to_lowercase();
        let port = url.port_or_known_default().unwrap_or_default();
        let is_named = self.hosts.iter().any(|known| *known == host || *known == format!("{host}:{port}"));
        let scheme = url.scheme();
        // A number is no name that is looked up: it is looked at here.
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let may = scheme == "https" && number.is_none_or(is_public) || scheme == "http" && is_named;
        if host.is_empty() || !(may || scheme == "https" && is_named) || !url.username().is_empty() {
            return Err(Unheard::Address);
        }
        let builder = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent(concat!("Parvis/", env!("CARGO_PKG_VERSION")));
        let builder = if is_named { builder } else { builder.dns_resolver(Arc::new(Public)) };
        let client = builder.build().map_err(|error| {
            tracing::error!(%error, "no client for other servers");
            Unheard::Silent
        })?;
        Ok((client, url))
    }
}

async fn hear(request: reqwest::RequestBuilder) -> Result<Heard, Unheard> {
    // What failed is the other side's; an error of this library may say the address with what stands in it, and is not logged.
    let mut response = request.send().await.map_err(|_silent| Unheard::Silent)?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_silent| Unheard::Silent)? {
        body.extend_from_slice(&piece);
        if body.len() > MOST {
            return Err(Unheard::Silent);
        }
    }
    Ok(Heard { status, body: String::from_utf8_lossy(&body).into_owned() })
}

/// Looks names up, and gives public addresses alone.
#[derive(Debug)]
struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public network.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        // Shared by a provider's customers; of protocols; of measurements.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let parts = address.segments();
    // Only what is routed (2000::/3), without tunnels that lead elsewhere and without documentation.
    let is_routed = (0x2000..0x4000).contains(&parts[0]);
    let is_tunnel = parts[0] == 0x2002 || (parts[0] == 0x2001 && parts[1] == 0);
    let is_example = parts[0] == 0x2001 && parts[1] == 0xdb8;
    is_routed && !is_tunnel && !is_example
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_network_are_public() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "203.0.113.5",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:0:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["9.9.9.9", "172.15.0.1", "100.128.0.1", "2620:fe::fe", "::ffff:9.9.9.9"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[tokio::test]
    async fn an_address_that_is_private_or_not_encrypted_is_never_asked() {
        let outside = Outside::new("");
        for address in [
            "",
            "x",
            "ftp://ville.example/",
            "file:///etc/passwd",
            "http://ville.example/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "https://somebody@ville.example/",
        ] {
            assert_eq!(outside.get(address).await, Err(Unheard::Address), "{address}");
        }
        // A name is looked up first.
        assert_eq!(outside.get("https://localhost:9/").await, Err(Unheard::Silent));
    }

    #[tokio::test]
    async fn a_host_that_the_operator_names_is_asked_and_leads_nowhere_else() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let said = async |uri: axum::http::Uri| match uri.path() {
            "/there" => Ok("there"),
            _ => Err(axum::response::Redirect::to("/there")),
        };
        let app = axum::Router::new().fallback(said);
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let outside = Outside::new(&format!("other.example, {at}"));
        let heard = outside.get(&format!("http://{at}/there")).await.unwrap();
        assert_eq!((heard.status, heard.body.as_str()), (200, "there"));
        assert_eq!(outside.get(&format!("http://{at}/away")).await.unwrap().status, 303);
        let not_named = Outside::new("other.example, 127.0.0.1:1");
        assert_eq!(not_named.get(&format!("http://{at}/there")).await, Err(Unheard::Address));
        server.abort();
    }
}
