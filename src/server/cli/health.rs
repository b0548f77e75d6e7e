//! `parvis health`: asks the running server whether it is ready. For a container's health check, where nothing else is installed.

use crate::base::config::Config;
use crate::base::error::{Error, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the server of this configuration is asked from the same machine.
fn here(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

pub(super) async fn run(config: &Config) -> Result<()> {
    let address = here(config.listen);
    let wrong = |what: String| Error::Config(format!("{address}/readyz : {what}"));
    let asked = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        stream.take(64 * 1024).read_to_string(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_late| {
            wrong(format!("pas de réponse en {0} s / no answer within {0} s", PATIENCE.as_secs()))
        })?
        .map_err(|e| wrong(e.to_string()))?;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body.trim());
    match status {
        "200" => {
            super::say(body);
            Ok(())
        }
        _ => Err(wrong(format!("{status} {body}"))),
    }
}
