//! The exports' addresses.

use super::{Format, write};
use crate::accounts::Access::Everyone;
use crate::accounts::Doors;
use crate::app::App;
use crate::atlas::Filter;
use crate::error::{Error, Result};
use crate::i18n::Message;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use tokio_stream::wrappers::ReceiverStream;

pub(super) fn doors() -> Doors {
    Doors::new().get("/export/{file}", Everyone, export)
}

/// `GET /export/features.csv?…`, `/export/features.geojson?…` and `/export/arguments.csv?…`: the filter of the map,
/// streamed. The tables come `for=excel` as well: for people.
async fn export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (filter, others) = Filter::of_query(query.as_deref().unwrap_or_default(), &["for"])?;
    let whom = others.iter().rev().find(|(name, _)| name == "for").map(|(_, value)| value.as_str());
    let is_for_excel = match whom {
        None | Some("") => false,
        Some("excel") => true,
        Some(other) => {
            return Err(Error::invalid("for", Message::new("export-for-whom").with("value", other)));
        }
    };
    let format = Format::of_address(&file, is_for_excel).ok_or(Error::NotFound)?;
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
        ("content-disposition", format!("attachment; filename=\"{}\"", format.file_name())),
        ("cache-control", "no-cache".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}
