//! What programs read of a million reports: pages of `requests.json` near the beginning and far from it, the table of everything, and the
//! memory that the server takes for them.

use crate::http::Client;
use crate::server::Server;
use crate::{line, millis, row, within};
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const TIMES: usize = 5;
const PAGES: usize = 20;
/// What a server may take more for a file or a page, whatever is in it, in megabytes, once the caches of SQLite's readers are full.
const MORE: f64 = 64.0;

pub(crate) fn run(url: &str) -> Result<()> {
    let server = Server::start(url, &[])?;
    let mut client = Client::new(server.address);
    client.get("/open311/v2/requests.json?page_size=10")?;
    let resting = server.memory()?;
    line("the server at rest", &format!("{:.0} MB", megabytes(resting)));
    let mut first = 0.0;
    for page in [1, 10, 100] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            times.push(read(&mut client, page)?.0);
        }
        let middle = within(&mut times, 50);
        if page == 1 {
            first = middle;
        }
        // What is passed over is counted one by one: that far, it says what a hundred thousand of them cost.
        line(
            &format!("requests.json, 1,000 of them, page {page}"),
            &format!("median {middle:>6.1} ms, {:.1} ms more than the first", middle - first),
        );
    }
    forget_peak(&server)?;
    let (before, began, mut bytes) = (server.memory()?, Instant::now(), 0);
    for page in 1..=PAGES {
        bytes += read(&mut client, page)?.1;
    }
    told(&format!("requests.json, {PAGES} pages of 1,000"), &server, before, bytes, began.elapsed())?;
    // Connections fill their caches the first times; the last says what a file itself takes.
    for time in ["the first time", "the second", "the third"] {
        forget_peak(&server)?;
        let (before, began) = (server.memory()?, Instant::now());
        let (bytes, lines) = drain(&server, "/export/features.csv?kind=report")?;
        if lines < 1_000_000 {
            bail!("the table has {lines} lines");
        }
        let what = format!("features.csv of everything, {time}");
        match time {
            "the third" => told(&what, &server, before, bytes, began.elapsed())?,
            _ => line(&what, &took(&server, before, bytes, began.elapsed())?.0),
        }
    }
    Ok(())
}

/// A page, and how many bytes it has.
fn read(client: &mut Client, page: usize) -> Result<(Duration, usize)> {
    let began = Instant::now();
    let answer = client.get(&format!("/open311/v2/requests.json?page_size=1000&page={page}"))?;
    let took = began.elapsed();
    let all = answer.json()?;
    let count = all.as_array().map_or(0, Vec::len);
    if answer.status != 200 || count != 1_000 {
        bail!("page {page}: {} with {count} reports", answer.status);
    }
    Ok((took, answer.body.len()))
}

fn told(what: &str, server: &Server, before: u64, bytes: usize, time: Duration) -> Result<()> {
    let (figure, more) = took(server, before, bytes, time)?;
    row(what, &figure, "≤ 64 MB more", more <= MORE);
    Ok(())
}

/// How much came in how long, and how much memory the server took for it at most, in words; that in megabytes.
fn took(server: &Server, before: u64, bytes: usize, time: Duration) -> Result<(String, f64)> {
    let more = megabytes(peak(server)?) - megabytes(before);
    let figure = format!(
        "{:.0} MB in {:.1} s; memory {:.0} MB and {more:.0} more",
        megabytes(bytes as u64),
        millis(time) / 1e3,
        megabytes(before)
    );
    Ok((figure, more))
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// The most that the server held since that was forgotten last, in bytes.
fn peak(server: &Server) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1_024)
}

fn forget_peak(server: &Server) -> Result<()> {
    Ok(std::fs::write(format!("/proc/{}/clear_refs", server.pid()), "5")?)
}

/// Reads an answer and keeps none of it: how many bytes came, and how many lines.
fn drain(server: &Server, path: &str) -> Result<(usize, usize)> {
    let mut stream = TcpStream::connect(server.address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address)?;
    let (mut piece, mut bytes, mut lines) = (vec![0; 1 << 16], 0, 0);
    let mut last = Vec::new();
    loop {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            break;
        }
        if bytes == 0 && !piece.starts_with(b"HTTP/1.1 200") {
            bail!("{path}: {}", String::from_utf8_lossy(&piece[..count]));
        }
        bytes += count;
        lines += piece[..count].iter().filter(|byte| **byte == b'\n').count();
        last = piece[..count].to_vec();
    }
    if !last.ends_with(b"0\r\n\r\n") {
        bail!("{path} ended early");
    }
    Ok((bytes, lines))
}
