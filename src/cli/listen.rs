//! Connections: taken, served, and ended where the other side is too slow to be waited for.
//!
//! What it is: the loop between a socket and the router. What it is not: TLS, which a proxy in front does. How long a whole request may
//! take is the router's (`in_time`); here is how long one may keep us waiting for its next piece.
//!
//! Invariant: nobody holds a connection by doing nothing: not before the head is whole, not within a body, not by leaving the answer unread.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use socket2::SockRef;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;
use tower_http::timeout::TimeoutBody;

/// How long an answer may stay unread: a telephone in a tunnel comes back within it.
const UNREAD: Duration = Duration::from_secs(60);

/// After an error that will come again at once, such as too many open files.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until told to stop, then until requests under way have ended.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Duration,
    mut stopping: watch::Receiver<()>,
) {
    let open = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // An error only says that the sender is gone, which is a reason to stop, too.
            _ = stopping.changed() => break,
        };
        match accepted {
            Ok((stream, peer)) => start(stream, peer, router.clone(), patience, &open),
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
}

fn start(stream: TcpStream, peer: SocketAddr, router: Router, patience: Duration, open: &GracefulShutdown) {
    // What cannot be set is only less quick, or less strict.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(|body| Body::new(TimeoutBody::new(patience, body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience);
    let connection = open.watch(builder.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}

/// The other side gave up before we took it.
fn is_theirs(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
