//! Connections: taken, served, and ended where the other side is too slow to be waited for.
//!
//! What it is: the loop between a socket and the roads of the router. What it is not: TLS, which a proxy in front does. How long a whole request may
//! take is the router's (`in_time`); here is how long one may keep us waiting for its next piece.
//!
//! Invariant: nobody holds a connection by doing nothing: not before the head is whole, not within a body, not by leaving the answer unread.
//! There are never more connections than descriptors, whoever opens them.

use crate::base::config::Config;
use crate::base::error::Result;
use crate::base::http::{Arrivals, Crowd, Proxies, descriptors};
use crate::server::router::Roads;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How long an answer may stay unread: a telephone in a tunnel comes back within it.
const UNREAD: Duration = Duration::from_secs(60);

/// After an error that will come again at once, such as too many open files.
const PAUSE: Duration = Duration::from_secs(1);

/// What every connection needs.
struct House {
    roads: Roads,
    patience: Duration,
    arrivals: Arrivals,
    proxies: Proxies,
    /// Connections by where they come from. Proxies that are trusted count in all alone.
    connections: Arc<Crowd>,
}

/// Serves until told to stop, then until requests under way have ended.
///
/// # Errors
/// [`Error::Config`] where a setting cannot be read.
pub(super) async fn serve(
    listener: TcpListener,
    roads: Roads,
    config: &Config,
    mut stopping: watch::Receiver<()>,
) -> Result<()> {
    let patience = Duration::from_secs(config.patience_seconds.max(1));
    let most = descriptors::connections();
    let are_counted = config.limits.trim() != "off";
    let house = Arc::new(House {
        roads,
        patience,
        arrivals: Arrivals::new(patience, are_counted),
        proxies: Proxies::read(&config.trusted_proxies, &config.forwarded_header)?,
        connections: Crowd::new(most, if are_counted { most / 2 } else { most }),
    });
    // Nobody is let in for whom no descriptor is left: they wait at the route, and the database keeps its own.
    let room = Arc::new(Semaphore::new(most));
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            // An error only says that the sender is gone, which is a reason to stop, too.
            _ = stopping.changed() => break,
        };
        match accepted {
            Ok((stream, peer, turn)) => start(stream, peer, &house, &open, turn),
            Err(error) if is_theirs(&error) => tracing::debug!(%error, "a connection was not made"),
            Err(error) => {
                tracing::error!(%error, "no connection can be taken; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // From here on nobody new is let in.
    drop(listener);
    open.shutdown().await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let turn = Arc::clone(room).acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, turn))
}

fn start(
    stream: TcpStream,
    peer: SocketAddr,
    house: &Arc<House>,
    open: &GracefulShutdown,
    turn: OwnedSemaphorePermit,
) {
    let address = (!house.proxies.is_trusted(peer.ip())).then(|| peer.ip());
    // Dropped, which closes it: one address has half of all connections already.
    let Ok(place) = house.connections.enter(address, 1) else {
        tracing::debug!("a connection too many of one address");
        return;
    };
    // What cannot be set is only less quick, or less strict.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(house.patience);
    let house = Arc::clone(house);
    let service = service_fn(move |request| answer(Arc::clone(&house), peer, request));
    let connection = open.watch(builder.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke off");
        }
        drop((place, turn));
    });
}

/// What comes without a body goes straight to the roads; a body is kept in the book until its request is answered.
async fn answer(
    house: Arc<House>,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> Result<Response, Infallible> {
    let told = |request: &mut Request| {
        request.extensions_mut().insert(ConnectInfo(peer));
    };
    if request.body().is_end_stream() {
        return house.roads.take(request.map(|_| Body::empty()), told).await;
    }
    let address = house.proxies.client(peer.ip(), request.headers());
    let arrival = house.arrivals.begin(Some(address));
    let request = request.map(|body| match &arrival {
        Ok(arrival) => Body::new(house.arrivals.keep(body, Arc::clone(arrival))),
        // Nothing of it is read.
        Err(_) => Body::empty(),
    });
    let arrived = |request: &mut Request| {
        told(request);
        match arrival {
            Ok(arrival) => drop(request.extensions_mut().insert(arrival)),
            Err(error) => drop(request.extensions_mut().insert(error)),
        }
    };
    house.roads.take(request, arrived).await
}

/// The other side gave up before we took it.
fn is_theirs(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
