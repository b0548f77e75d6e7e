//! Logs and metrics. No e-mail, address or text of a person ever goes into either.

use crate::base::clock::Timestamp;
use crate::base::config::{Config, LogFormat};
use crate::base::error::{Error, Result};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, ParseError};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts logging to standard error, as the configuration says.
///
/// # Errors
/// [`Error::Config`] where `log_filter` cannot be read.
pub fn start(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log_filter)
        .map_err(|e| Error::Config(format!("log_filter « {} » : {e}", config.log_filter)))?;
    // Parsers and clients of others write what they are given, which is people's words and addresses, where they are asked for details.
    let filter = quiet(filter)?;
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

/// The sort of a family.
#[derive(Debug, Clone, Copy)]
enum Sort {
    Counter,
    Gauge,
    Histogram,
}

/// Every family of metrics, and what it says. A test holds the list to the code.
const FAMILIES: &[(&str, Sort, &str)] = &[
    ("parvis_request_seconds", Sort::Histogram, "Time to the answer's head, by route and status."),
    ("parvis_errors_total", Sort::Counter, "Answers that are our fault (5xx); each has a line in the log."),
    (
        "parvis_limited_total",
        Sort::Counter,
        "Acts refused because one person or address did too many, by class.",
    ),
    ("parvis_journal_applied", Sort::Gauge, "The journal's line that this server's map has reached."),
    ("parvis_journal_lag", Sort::Gauge, "Lines of the journal that this server's map has not reached yet."),
    (
        "parvis_unreadable",
        Sort::Gauge,
        "Published contributions, areas and items of layers that this server cannot read, and so does not draw.",
    ),
    ("parvis_database_up", Sort::Gauge, "1 where the database answered within two seconds, else 0."),
    ("parvis_database_connections", Sort::Gauge, "Connections to the database, used or idle."),
    ("parvis_ballots_batch", Sort::Histogram, "Votes written by one commit."),
    ("parvis_mail_total", Sort::Counter, "Letters tried, by outcome."),
    ("parvis_mail_unsent", Sort::Gauge, "Letters that have not left: waiting, or given up."),
    ("parvis_live_subscribers", Sort::Gauge, "Open live connections (/live)."),
    ("parvis_live_events_total", Sort::Counter, "Events told to live connections."),
    ("parvis_tile_renders_total", Sort::Counter, "Tiles drawn."),
    ("parvis_tile_cache_hits_total", Sort::Counter, "Tiles answered from memory."),
    ("parvis_tile_cache_tiles", Sort::Gauge, "Tiles kept in memory."),
    ("parvis_tile_cache_bytes", Sort::Gauge, "Memory that kept tiles weigh, in bytes."),
    ("parvis_memory_bytes", Sort::Gauge, "Resident memory of the process, in bytes."),
    (
        "parvis_job_last_run_seconds",
        Sort::Gauge,
        "When a background job last ended well, in seconds since 1970, by job.",
    ),
    ("parvis_job_failures_total", Sort::Counter, "Runs of a background job that failed, by job."),
];

fn describe_all() {
    for (name, sort, help) in FAMILIES {
        match sort {
            Sort::Counter => metrics::describe_counter!(*name, *help),
            Sort::Gauge => metrics::describe_gauge!(*name, *help),
            Sort::Histogram => metrics::describe_histogram!(*name, *help),
        }
    }
}

/// Says how a run of a background job ended; gives the result back.
pub fn ran<T>(job: &'static str, result: Result<T>) -> Result<T> {
    if result.is_ok() {
        ran_at(job, crate::base::clock::now());
    } else {
        failed(job);
    }
    result
}

/// Says when a background job ended well last.
pub fn ran_at(job: &'static str, at: Timestamp) {
    metrics::gauge!("parvis_job_last_run_seconds", "job" => job).set(at.timestamp() as f64);
}

/// Says that a run of a background job failed.
pub fn failed(job: &'static str) {
    metrics::counter!("parvis_job_failures_total", "job" => job).increment(1);
}

/// Resident memory of this process, in bytes, where the system says it.
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Of what is not ours nothing below a warning, whatever is asked for in general; a target that is named is still heard.
const OTHERS: [&str; 14] = [
    "ammonia",
    "html5ever",
    "markup5ever",
    "tendril",
    "selectors",
    "cssparser",
    "lettre",
    "openidconnect",
    "oauth2",
    "reqwest",
    "hyper",
    "hyper_util",
    "h2",
    "multer",
];

fn quiet(filter: EnvFilter) -> Result<EnvFilter> {
    let asked = filter.to_string();
    OTHERS.iter().filter(|target| !asked.contains(*target)).try_fold(filter, |filter, target| {
        let directive: Result<Directive, ParseError> = format!("{target}=warn").parse();
        directive
            .map(|directive| filter.add_directive(directive))
            .map_err(|e| Error::Internal(format!("log filter: {e}")))
    })
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
        Ok(()) => {
            describe_all();
            Ok(METRICS.get_or_init(|| handle))
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn named(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs")
                // Databases of tests have such names, too.
                && !["telemetry.rs", "testing.rs"].iter().any(|own| path.ends_with(own))
            {
                let text = std::fs::read_to_string(&path).unwrap();
                found.extend(text.split("\"parvis_").skip(1).filter_map(|rest| {
                    let (name, _) = rest.split_once('"')?;
                    let is_name = name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
                    is_name.then(|| format!("parvis_{name}"))
                }));
            }
        }
    }

    #[test]
    fn every_family_of_metrics_is_explained_and_every_explained_one_exists() {
        let mut found = Vec::new();
        named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        // `parvis_journal` is a channel of PostgreSQL's.
        // And what an API key begins with is no name.
        for name in found.iter().filter(|name| !["parvis_journal", "parvis_"].contains(&name.as_str())) {
            assert!(FAMILIES.iter().any(|(family, ..)| family == name), "{name} has no line in FAMILIES");
        }
        for (family, _, help) in FAMILIES {
            let here = family.starts_with("parvis_job_");
            assert!(here || found.iter().any(|name| name == family), "{family} is counted nowhere");
            assert!(help.ends_with('.'), "{family}");
        }
    }

    #[test]
    fn a_verbose_filter_writes_nothing_that_people_wrote() {
        for asked in ["debug", "trace", "parvis=trace,debug"] {
            let filter = quiet(EnvFilter::new(asked)).unwrap().to_string();
            for target in OTHERS {
                assert!(filter.contains(&format!("{target}=warn")), "{asked}: {filter}");
            }
        }
        let named = quiet(EnvFilter::new("info,lettre=debug")).unwrap().to_string();
        assert!(
            named.contains("lettre=debug") && !named.contains("lettre=warn"),
            "who names one asks for it: {named}"
        );
    }
}
