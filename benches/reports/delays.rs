//! `/delays` over a million reports that ended: asked over HTTP, each address once, as a second asking would be given what was kept.

use crate::data::{SERVICES, TYPES};
use crate::http::Client;
use crate::server::Server;
use crate::{millis, row, within};
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

pub(crate) fn run(url: &str) -> Result<()> {
    let server = Server::start(url, &[])?;
    let mut client = Client::new(server.address);
    // Connections and statements are made ready by a page that asks for little.
    client.get("/delays?category=c13&area=a1&service=s1")?;
    for (name, queries) in asked() {
        let mut times = Vec::new();
        for query in queries {
            let began = Instant::now();
            let answer = client.get(&format!("/delays{query}"))?;
            times.push(began.elapsed());
            if answer.status != 200 || !answer.text().contains("<tfoot>") {
                bail!("/delays{query}: {} {}", answer.status, answer.text());
            }
        }
        let middle = within(&mut times, 50);
        let last = times.last().copied().unwrap_or_default();
        row(
            &format!("/delays, {name} ({})", times.len()),
            &format!("median {middle:>5.1} ms, longest {:>5.1} ms", millis(last)),
            "≤ 50 ms",
            last <= Duration::from_millis(50),
        );
    }
    Ok(())
}

/// Addresses that nobody asked for yet, by what they are of.
fn asked() -> Vec<(&'static str, Vec<String>)> {
    let each = |period: &str, name: &str, prefix: &str, count: i64| -> Vec<String> {
        (1..=count).map(|n| format!("?period={period}&{name}={prefix}{n}")).collect()
    };
    vec![
        ("the last twelve months", vec![String::new(), "?period=12".into()]),
        ("of all time", vec!["?period=all".into()]),
        ("of all time and a type", each("all", "category", "c", TYPES)),
        ("of all time and an area", each("all", "area", "a", 20)),
        ("of all time and a service", each("all", "service", "s", SERVICES)),
        ("the last twelve months and a type", each("12", "category", "c", TYPES)),
    ]
}
