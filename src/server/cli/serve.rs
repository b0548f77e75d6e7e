//! `parvis serve`: listens until told to stop, then lets requests under way end.

use super::early;
use crate::base::config::{Config, LettersLack};
use crate::base::error::{Error, Result};
use crate::base::http::descriptors;
use crate::base::jobs;
use crate::base::mail;
use crate::base::telemetry;
use crate::core::app::App;
use crate::modules;
use crate::modules::{privacy, settings};
use crate::server::router;
use std::time::{Duration, Instant};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How old the file of the live map's columns may be.
const KEEP_MAP: Duration = Duration::from_secs(10 * 60);

pub(super) async fn run(mut config: Config) -> Result<()> {
    let started = Instant::now();
    tokio::spawn(telemetry::upkeep(telemetry::metrics()?));
    // What an operator has to put right is said first, before anything is opened or changed.
    super::make_folder(&config)?;
    early::pictures(&config.media)?;
    let listener = early::listen(config.listen).await?;
    let to_end = Duration::from_secs(config.shutdown_seconds);
    let address = listener.local_addr().map_err(|e| Error::Internal(e.to_string()))?;
    // The port that was given, where any was asked for.
    config.listen = address;
    let metrics = config.metrics()?;
    // What the operator's way lacks is said before anything is opened.
    mail::Post::of(&config)?;
    let files = descriptors::raise();
    let app = App::start(config).await?;
    tell_of_letters(app.letters_lack());
    let audience = privacy::Audience::default();
    let roads = router::open(app.clone(), audience.clone()).await?;
    // Before anybody is told that we are here: who is told to stop from then on ends well.
    let mut signals = Signals::listen()?;
    tracing::info!(database = app.db.name(), files, started_ms = started.elapsed().as_millis(), "listening");
    if let Some(metrics) = metrics {
        let address = super::watch::start(app.clone(), metrics).await?;
        super::say(&format!("Parvis, métriques / metrics : http://{address}/metrics"));
    }
    super::say(&format!("Parvis : http://{address}"));
    if let Some(link) = settings::first_link(&app).await? {
        super::say(&format!("Première mise en service / first set-up: {link}"));
    }

    let (stop, stopping) = tokio::sync::watch::channel(());
    let mut upkeep = tokio::task::JoinSet::new();
    upkeep.spawn(jobs::keep(app.db.clone(), modules::jobs().collect(), app.clone()));
    upkeep.spawn(mail::deliver(app.db.clone(), settings::posting(app.clone())));
    upkeep.spawn(keep_map(app.clone()));
    let warming = app.clone();
    tokio::task::spawn_blocking(move || {
        let (began, tiles) = (Instant::now(), warming.atlas.warm());
        tracing::info!(tiles, took_ms = began.elapsed().as_millis(), "what people look at first is at hand");
    });
    // Not among them: what it took out of memory would be lost with it.
    tokio::spawn(audience.clone().upkeep(app.clone()));
    let serving = app.clone();
    let server =
        tokio::spawn(async move { super::listen::serve(listener, roads, &serving.config, stopping).await });
    signals.stop().await;
    tracing::info!("stopping");
    let _ = stop.send(());
    // They never end by themselves, and would hold everything up.
    app.atlas.close_live();
    match tokio::time::timeout(to_end, server).await {
        Ok(served) => served.map_err(|e| Error::Internal(format!("listening: {e}")))??,
        Err(_) => tracing::info!("open connections were cut"),
    }
    // Upkeep is taken up where it was left when the server starts again: it is ended here, before the database is closed under it.
    upkeep.shutdown().await;
    // What was put in is written, even where whoever put it in was cut off.
    app.ballots.close().await;
    if let Err(error) = audience.flush(&app).await {
        tracing::error!(%error, "the last minute of the audience could not be written");
    }
    app.keep_map().await;
    app.db.close().await;
    Ok(())
}

/// Keeps the live map's columns while the server runs, so that one that was killed starts as fast as one that was stopped.
async fn keep_map(app: App) {
    // Also what was read from the database alone: the first time nothing need have come.
    let mut kept = None;
    loop {
        tokio::time::sleep(KEEP_MAP).await;
        let seq = app.atlas.seq();
        if kept != Some(seq) && app.keep_map().await {
            kept = Some(seq);
        }
    }
}

/// Says what the operator must set before anybody can sign in by a letter.
fn tell_of_letters(lack: Option<LettersLack>) {
    match lack {
        Some(LettersLack::Address) => tracing::warn!(
            "public_url is empty and the server can be reached from elsewhere: no letter with a link leaves, and nobody signs in by \
             one; set public_url to the address that people type (PARVIS_PUBLIC_URL=https://…)"
        ),
        Some(LettersLack::Way) => tracing::warn!(
            "mail is empty: letters wait, and nobody signs in by one; set mail (PARVIS_MAIL=smtp://user:password@host:587), or write it at /admin/site/mail"
        ),
        None => {}
    }
}

/// What tells a server to stop.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> Result<Signals> {
        let listen = |kind| signal(kind).map_err(|e| Error::Internal(format!("signal: {e}")));
        Ok(Signals {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
        })
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
