//! `parvis demo`: fills an empty database with an invented territory.

use crate::base::config::Config;
use crate::base::error::Result;
use crate::core::journal::Write;
use crate::server::demo;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Instant;

pub(super) async fn run(config: &Config) -> Result<()> {
    let started = Instant::now();
    let db = super::open(config).await?;
    // Draws itself on standard error, and only where that is a terminal.
    let bar = ProgressBar::new(demo::STAGES);
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
        bar.set_style(style);
    }
    let now = crate::base::clock::now();
    let mut write = Write::begin(&db, now).await?;
    let summary = demo::fill_telling(&mut write, now, |stage| {
        bar.set_message(stage);
        bar.inc(1);
    })
    .await?;
    write.commit().await?;
    bar.finish_and_clear();
    db.close().await;
    let layers: Vec<String> = summary.layers.iter().map(|(slug, count)| format!("{slug} {count}")).collect();
    super::say(&format!(
        "{} : {} contributions, {} votes, {} arguments, {} adresses, {} communes et quartiers, fond de carte ({}) en {:.1} s",
        summary.territory,
        summary.features,
        summary.votes,
        summary.arguments,
        summary.addresses,
        summary.areas - 1,
        layers.join(", "),
        started.elapsed().as_secs_f64()
    ));
    super::say("Ensuite / next: parvis serve");
    Ok(())
}
