//! The load: `wrk` for tiles, a voter at a steady pace, open live connections, and a handler to compare with.

use crate::http::Client;
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use bytes::Bytes;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

pub(crate) const CONNECTIONS: usize = 32;

/// What `wrk` saw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) errors: u64,
}

/// Asks for the paths of a file, one after the other, for some seconds.
pub(crate) fn wrk(address: SocketAddr, list: &Path, seconds: u64) -> Result<Seen> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/wrk/tiles.lua");
    let out = Command::new("wrk")
        .args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s"), "--latency", "-s"])
        .arg(script)
        .arg(format!("http://{address}/"))
        .arg("--")
        .arg(list)
        .output()
        .context("wrk is missing (Debian: wrk)")?;
    let text = String::from_utf8_lossy(&out.stdout);
    let Some(line) = text.lines().find_map(|line| line.strip_prefix("RESULT ")) else {
        bail!("wrk said: {text}{}", String::from_utf8_lossy(&out.stderr));
    };
    let n: Vec<u64> = line.split(' ').filter_map(|n| n.parse().ok()).collect();
    let [requests, micros, _bytes, p50, p99, errors] = n[..] else { bail!("wrk said: {line}") };
    Ok(Seen {
        requests,
        per_second: requests as f64 / (micros as f64 / 1e6),
        p50: Duration::from_micros(p50),
        p99: Duration::from_micros(p99),
        errors,
    })
}

/// Writes a list where `wrk` finds it.
pub(crate) fn list(folder: &Path, name: &str, paths: &[String]) -> Result<PathBuf> {
    let file = folder.join(name);
    std::fs::write(&file, paths.join("\n"))?;
    Ok(file)
}

/// The least that an axum server can do for as many bytes, in this process, which none of our layers is in: one route, one buffer, these
/// headers.
pub(crate) fn serve_static(route: &str, size: usize, headers: HeaderMap) -> Result<SocketAddr> {
    let body = Bytes::from(vec![b'x'; size]);
    let handler = move || {
        let (headers, body) = (headers.clone(), body.clone());
        async move { (headers, body) }
    };
    let router: Router = Router::new().route(route, get(handler));
    let (sender, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || -> Result<()> {
        tokio::runtime::Runtime::new()?.block_on(async {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
            sender.send(listener.local_addr()?)?;
            Ok(axum::serve(listener, router).await?)
        })
    });
    Ok(address.recv_timeout(Duration::from_secs(5))?)
}

/// So many votes a second, each of another visitor, until told to stop.
pub(crate) struct Voter {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Result<u64>>,
}

impl Voter {
    pub(crate) fn start(address: SocketAddr, ids: Vec<u64>, a_second: u32) -> Voter {
        let stop = Arc::new(AtomicBool::new(false));
        let stopping = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut client = Client::json(address);
            let started = Instant::now();
            let mut cast = 0u64;
            for id in ids.iter().cycle() {
                if stopping.load(Ordering::Relaxed) {
                    break;
                }
                client.forget();
                let answer = client.post(&format!("/features/{id}/vote"), &[("voice", "for")])?;
                if answer.status != 200 {
                    bail!("a vote: {} {}", answer.status, answer.text());
                }
                cast += 1;
                let next = started + Duration::from_secs(1) * u32::try_from(cast)? / a_second;
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
            Ok(cast)
        });
        Voter { stop, thread }
    }

    /// Ends, and tells how many votes were cast.
    pub(crate) fn stop(self) -> Result<u64> {
        self.stop.store(true, Ordering::Relaxed);
        match self.thread.join() {
            Ok(cast) => cast,
            Err(_) => bail!("the voter broke"),
        }
    }
}

/// Open `/live` connections. They close when the process ends.
pub(crate) struct Crowd {
    /// How many are open.
    pub(crate) open: Arc<AtomicU64>,
    /// How many events they were told, all together.
    pub(crate) told: Arc<AtomicU64>,
    stop: tokio::sync::watch::Sender<()>,
}

impl Crowd {
    pub(crate) fn open(address: SocketAddr, connections: usize) -> Result<Crowd> {
        let (open, told) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let (stop, stopping) = tokio::sync::watch::channel(());
        let crowd = Crowd { open: Arc::clone(&open), told: Arc::clone(&told), stop };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let mut stopping = stopping;
                for _ in 0..connections {
                    tokio::spawn(listen(address, Arc::clone(&open), Arc::clone(&told)));
                }
                // Ends with an error where the crowd is dropped: the same wish.
                let _ = stopping.changed().await;
            });
        });
        let deadline = Instant::now() + Duration::from_secs(30);
        while crowd.open.load(Ordering::Relaxed) < connections as u64 {
            if Instant::now() > deadline {
                bail!("only {} of {connections} live connections", crowd.open.load(Ordering::Relaxed));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(crowd)
    }

    pub(crate) fn close(self) {
        // The thread may be gone already.
        let _ = self.stop.send(());
    }
}

async fn listen(address: SocketAddr, open: Arc<AtomicU64>, told: Arc<AtomicU64>) -> std::io::Result<()> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.write_all(format!("GET /live HTTP/1.1\r\nhost: {address}\r\n\r\n").as_bytes()).await?;
    let mut buffer = [0; 2048];
    let mut first = true;
    loop {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        if std::mem::take(&mut first) {
            open.fetch_add(1, Ordering::Relaxed);
        }
        let events = buffer[..read].windows(4).filter(|w| w == b"id: ").count();
        told.fetch_add(events as u64, Ordering::Relaxed);
    }
}

/// Asks for tiles at a steady pace on several connections, whatever the answers take: times of waiting in line count,
/// and the pace leaves the processors free enough for them to be the server's.
pub(crate) fn paced(address: SocketAddr, paths: &[String], per_second: u32, time: Duration) -> Result<Paced> {
    const CLIENTS: u32 = 8;
    let threads: Vec<_> = (0..CLIENTS)
        .map(|k| {
            let paths: Vec<String> =
                paths.iter().skip(k as usize).step_by(CLIENTS as usize).cloned().collect();
            std::thread::spawn(move || -> Result<Vec<Duration>> {
                let mut client = Client::new(address).with("accept-encoding", "gzip");
                let pace = Duration::from_secs(CLIENTS.into()) / per_second;
                let started = Instant::now() + pace * k / CLIENTS;
                let mut times = Vec::new();
                for (n, path) in (0..).zip(paths.iter().cycle()) {
                    let due = started + pace * n;
                    if due > started + time {
                        break;
                    }
                    std::thread::sleep(due.saturating_duration_since(Instant::now()));
                    client.get(path)?;
                    times.push(due.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for thread in threads {
        match thread.join() {
            Ok(some) => times.extend(some?),
            Err(_) => bail!("a client broke"),
        }
    }
    Ok(Paced::of(times))
}

/// Percentiles of some times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paced {
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
}

impl Paced {
    pub(crate) fn of(mut times: Vec<Duration>) -> Paced {
        times.sort_unstable();
        let at = |q: f64| {
            let rank = (times.len() as f64 * q) as usize;
            times.get(rank.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
        };
        Paced { p50: at(0.5), p99: at(0.99) }
    }
}
