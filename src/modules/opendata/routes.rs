//! The exports' addresses.

use super::{Format, write};
use crate::base::error::{Error, Result};
use crate::base::http;
use crate::base::i18n::Message;
use crate::base::ids::Seq;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::core::atlas::Filter;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use std::sync::LazyLock;
use tokio_stream::wrappers::ReceiverStream;

pub(super) fn routes() -> Routes {
    Routes::new().get("/export/{file}", Everyone, export).open_to_other_sites()
}

/// `GET /export/features.csv?…`, `/export/features.geojson?…` and `/export/arguments.csv?…`: the filter of the map,
/// streamed. The tables come `for=excel` as well: for people.
async fn export(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    // Read before what it is the tag of: the file can be newer than its tag, never older.
    let tag = tag(app.atlas.seq(), &file, query.as_deref().unwrap_or_default());
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
    let about = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ETAG, tag.clone()),
    ];
    if http::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let filter = app.atlas.look_up(&app.db, filter).await?;
    // What the filter names is checked before the first byte goes out: an error can then still be told.
    app.atlas.total(&filter)?;
    if method == Method::HEAD {
        return Ok((about, Body::empty()).into_response());
    }
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
    let name = format!("attachment; filename=\"{}\"", format.file_name());
    let body = Body::from_stream(ReceiverStream::new(receiver));
    Ok((about, [("content-disposition", name)], body).into_response())
}

/// What the program that wrote a file adds to its tag: another one may write it otherwise.
static BUILD: LazyLock<u64> = LazyLock::new(|| {
    let size = std::env::current_exe().and_then(std::fs::metadata).map_or(0, |file| file.len());
    xxhash_rust::xxh3::xxh3_64(format!("{}-{size}", env!("CARGO_PKG_VERSION")).as_bytes())
});

/// An export changes with the journal, and with nothing else: its tag is known without a look at the database.
fn tag(seq: Seq, file: &str, query: &str) -> HeaderValue {
    let asked = xxhash_rust::xxh3::xxh3_64_with_seed(format!("{file}?{query}").as_bytes(), *BUILD);
    http::tag_of(&format!("{seq}-{asked:016x}"))
}
