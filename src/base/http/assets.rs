//! The pages' own files (`web/dist`), embedded in the binary, compressed when they were built.

use crate::base::error::{Error, Result};
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The files of `web/dist`.
#[derive(RustEmbed, Debug, Clone, Copy)]
#[folder = "web/dist"]
pub struct Asset;

/// Which file stands for a name: files have a digest of their content in theirs, so that an answer may be kept for ever.
static MANIFEST: LazyLock<HashMap<String, String>> = LazyLock::new(manifest);

fn manifest() -> HashMap<String, String> {
    let file = Asset::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// The address of an asset, by the name that it has in the sources (`parvis.css`).
pub fn asset_path(name: &str) -> String {
    super::url(format_args!("/assets/{}", asset_file(name)))
}

/// The file that stands for a name.
pub fn asset_file(name: &str) -> String {
    // A development build reads `web/dist` from the disk, where the next `make web` changes it.
    let fresh = cfg!(debug_assertions).then(manifest);
    fresh.as_ref().unwrap_or_else(|| &MANIFEST).get(name).map_or_else(|| name.to_owned(), String::clone)
}

/// The names of the icons that pages and map can draw (`web/icons`), in order.
pub fn icons() -> Vec<String> {
    let file = Asset::get(&asset_file("icons.svg"));
    let text = file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    text.split("<symbol id=\"").skip(1).filter_map(|part| Some(part.split_once('"')?.0.to_owned())).collect()
}

/// The text of an asset, by the name that it has in the sources; nothing where the pages' files are not built.
pub fn asset_text(name: &str) -> Option<String> {
    let file = Asset::get(&asset_file(name))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

fn tag(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `GET /assets/{*name}`.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response> {
    let file = Asset::get(&name).ok_or(Error::NotFound)?;
    let etag = super::tag_of(&tag(&file));
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(token, _)| super::accepts_encoding(&headers, token))
        .find_map(|(token, suffix)| Some((token, Asset::get(&format!("{name}.{suffix}"))?)));
    let (encoding, body) = packed.map_or((None, file.data), |(token, packed)| (Some(token), packed.data));
    // Embedded bytes are given as they lie.
    let body = match body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    let mut answer = body.into_response();
    if let Some(token) = encoding {
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(token));
    }
    let kind = HeaderValue::from_str(file.metadata.mimetype());
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    let headers = answer.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::ETAG, etag);
    Ok(answer)
}
