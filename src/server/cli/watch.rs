//! What a monitoring system asks: `/metrics` on an address of its own (`metrics_listen`), never on the public one.
//!
//! Counters and times are kept where things happen; what is a state (the journal's lag, letters that wait, connections, memory) is
//! read when it is asked for. Nothing here is about a person.

use crate::base::error::{Error, Result};
use crate::base::mail;
use crate::base::telemetry;
use crate::core::app::App;
use crate::core::journal;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long the database may take to answer: without it, all else is still told.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the listener of `metrics_listen` and serves there until the process ends. Gives its address.
///
/// # Errors
/// [`Error::Config`] where the address cannot be listened on.
pub(super) async fn start(app: App, listen: SocketAddr) -> Result<SocketAddr> {
    let refused = |e: std::io::Error| Error::Config(format!("metrics_listen = \"{listen}\" : {e}"));
    let listener = TcpListener::bind(listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let router = Router::new().route("/metrics", get(metrics)).with_state(app);
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "metrics are served no more");
        }
    });
    Ok(address)
}

async fn metrics(State(app): State<App>) -> Result<String> {
    states(&app).await;
    Ok(telemetry::metrics()?.render())
}

/// Reads what is a state into its gauges.
async fn states(app: &App) {
    gauge("parvis_journal_applied", app.atlas.seq());
    let asked = async { Ok::<_, Error>((journal::head(&app.db).await?, mail::unsent(&app.db).await?)) };
    let answered = tokio::time::timeout(PATIENCE, asked).await;
    let is_up = matches!(answered, Ok(Ok(_)));
    gauge("parvis_database_up", i64::from(is_up));
    if let Ok(Ok((head, unsent))) = answered {
        gauge("parvis_journal_lag", head.saturating_sub(app.atlas.seq()).max(0));
        metrics::gauge!("parvis_mail_unsent", "state" => "waiting").set(unsent.waiting as f64);
        metrics::gauge!("parvis_mail_unsent", "state" => "given_up").set(unsent.given_up as f64);
    }
    let (open, idle) = app.db.connections();
    metrics::gauge!("parvis_database_connections", "state" => "used")
        .set(f64::from(open.saturating_sub(idle)));
    metrics::gauge!("parvis_database_connections", "state" => "idle").set(f64::from(idle));
    let (tiles, bytes) = app.atlas.kept_tiles();
    metrics::gauge!("parvis_tile_cache_tiles").set(tiles as f64);
    metrics::gauge!("parvis_tile_cache_bytes").set(bytes as f64);
    metrics::gauge!("parvis_live_subscribers").set(app.atlas.subscribers() as f64);
    if let Some(bytes) = telemetry::resident_bytes() {
        metrics::gauge!("parvis_memory_bytes").set(bytes as f64);
    }
}

fn gauge(name: &'static str, value: i64) {
    metrics::gauge!(name).set(value as f64);
}
