//! `parvis export`: the same files as `/export/…`, without a server.

use crate::base::config::Config;
use crate::base::error::{Error, Result};
use crate::core::atlas::{Filter, Follower};
use crate::modules::opendata::{Format, write};
use std::path::Path;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::Mutex;

pub(super) async fn run(
    config: &Config,
    filter: &Filter,
    format: Format,
    output: Option<&Path>,
) -> Result<()> {
    let db = super::open(config).await?;
    let (atlas, _) = Follower::load(db.clone(), 1 << 20, None).await?;
    let filter = &atlas.look_up(&db, filter.clone()).await?;
    let failed = |e: std::io::Error| Error::Config(format!("export : {e}"));
    let out: Box<dyn AsyncWrite + Unpin + Send> = match output {
        Some(path) => Box::new(tokio::fs::File::create(path).await.map_err(failed)?),
        None => Box::new(tokio::io::stdout()),
    };
    let out = Mutex::new(out);
    let sink = |piece: Vec<u8>| {
        let out = &out;
        async move { out.lock().await.write_all(&piece).await.map_err(failed) }
    };
    let bar = super::import::progress_bar();
    bar.set_length(atlas.total(filter)?);
    let written = write(&atlas, &db, filter, format, |written| bar.set_position(written), sink).await?;
    bar.finish_and_clear();
    out.lock().await.flush().await.map_err(failed)?;
    tracing::info!(written, "exported");
    Ok(())
}
