//! `parvis serve`: listens until told to stop, then lets requests under way end.

use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::{accounts, mail, photos, router, telemetry};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

pub(super) async fn run(config: Config) -> Result<()> {
    let started = Instant::now();
    tokio::spawn(telemetry::upkeep(telemetry::metrics()?));
    super::make_folder(&config)?;
    let (listen, patience) = (config.listen, Duration::from_secs(config.shutdown_seconds));
    let post = mail::Post::of(&config)?;
    let app = App::start(config).await?;
    let router = router::open(app.clone()).await?;
    let listener =
        TcpListener::bind(listen).await.map_err(|e| Error::Config(format!("listen = \"{listen}\" : {e}")))?;
    let address = listener.local_addr().map_err(|e| Error::Internal(e.to_string()))?;
    tracing::info!(database = app.db.name(), started_ms = started.elapsed().as_millis(), "listening");
    super::say(&format!("Parvis : http://{address}"));

    let (stop, mut stopping) = tokio::sync::watch::channel(());
    let (db, atlas) = (app.db.clone(), Arc::clone(&app.atlas));
    tokio::spawn(photos::upkeep(app.clone()));
    tokio::spawn(accounts::upkeep(app.clone()));
    match post {
        Some(post) => drop(tokio::spawn(mail::deliver(app.db.clone(), post))),
        None => tracing::info!("letters wait: no way to send them is configured"),
    }
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error only says that the sender is gone, which is a reason to stop, too.
        let _ = stopping.changed().await;
    });
    let server = tokio::spawn(server.into_future());
    wait_for_signal().await?;
    tracing::info!("stopping");
    let _ = stop.send(());
    // They never end by themselves, and would hold everything up.
    atlas.close_live();
    if tokio::time::timeout(patience, server).await.is_err() {
        tracing::info!("open connections were cut");
    }
    db.close().await;
    Ok(())
}

async fn wait_for_signal() -> Result<()> {
    let listen = |kind| signal(kind).map_err(|e| Error::Internal(format!("signal: {e}")));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}
