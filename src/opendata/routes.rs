//! The exports' addresses.

use super::{Format, write};
use crate::accounts::Access::Everyone;
use crate::accounts::Doors;
use crate::app::App;
use crate::atlas::Filter;
use crate::error::{Error, Result};
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use clap::ValueEnum;
use tokio_stream::wrappers::ReceiverStream;

pub(super) fn doors() -> Doors {
    Doors::new().get("/export/{file}", Everyone, export)
}

/// `GET /export/features.csv?…` and `/export/features.geojson?…`: the filter of the map, streamed.
async fn export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let format = file
        .strip_prefix("features.")
        .and_then(|end| Format::value_variants().iter().copied().find(|f| f.extension() == end))
        .ok_or(Error::NotFound)?;
    let (filter, _) = Filter::of_query(query.as_deref().unwrap_or_default(), &[])?;
    let filter = app.atlas.look_up(&app.db, filter).await?;
    // What the filter names is checked before the first byte goes out: an error can then still be told.
    app.atlas.total(&filter)?;
    let (sender, receiver) = tokio::sync::mpsc::channel::<Result<Bytes>>(4);
    tokio::spawn(async move {
        let sink = |piece: Vec<u8>| {
            let sender = sender.clone();
            async move {
                let gone = |_| Error::Internal("the reader went away".into());
                sender.send(Ok(piece.into())).await.map_err(gone)
            }
        };
        if let Err(error) = write(&app.atlas, &app.db, &filter, format, |_| (), sink).await {
            tracing::warn!(%error, "an export ended early");
            // An error in the stream cuts the connection: the reader sees that the file is not whole.
            let _ = sender.send(Err(error)).await;
        }
    });
    let headers = [
        ("content-type", format.media_type().to_owned()),
        ("content-disposition", format!("attachment; filename=\"parvis.{}\"", format.extension())),
        ("cache-control", "no-cache".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}
