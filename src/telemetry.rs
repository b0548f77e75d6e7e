//! Logs and metrics. No e-mail, address or text of a person ever goes into either.

use crate::config::{Config, LogFormat};
use crate::error::{Error, Result};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts logging to standard error, as the configuration says.
///
/// # Errors
/// [`Error::Config`] where `log_filter` cannot be read.
pub fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log_filter)
        .map_err(|e| Error::Config(format!("log_filter « {} » : {e}", config.log_filter)))?;
    let colours = std::io::stderr().is_terminal();
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    // Fails only where logging runs already (tests): that is what was wanted.
    let _ = match config.log {
        LogFormat::Text => subscriber.with_target(false).try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    Ok(())
}

/// Starts counting. Later calls give the first one's handle.
///
/// # Errors
/// [`Error::Internal`] where another recorder was installed.
pub fn metrics() -> Result<&'static PrometheusHandle> {
    if let Some(handle) = METRICS.get() {
        return Ok(handle);
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5])
        .map_err(|e| Error::Internal(format!("metrics: {e}")))?
        .build_recorder();
    let handle = recorder.handle();
    // Where two threads race, one recorder is installed and its handle kept.
    match metrics::set_global_recorder(recorder) {
        Ok(()) => Ok(METRICS.get_or_init(|| handle)),
        Err(_) => METRICS.get().ok_or_else(|| Error::Internal("another metrics recorder runs".into())),
    }
}

/// Keeps what was counted small, until the task is dropped: times wait one by one to be sorted into their buckets, and
/// without this only a visit of `/metrics` would do it. A server that nobody scrapes would grow by every request.
pub async fn upkeep(metrics: &PrometheusHandle) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        metrics.run_upkeep();
    }
}
