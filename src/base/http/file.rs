//! A file as it is given out: in pieces from the disk, never whole in memory; once to who has it already (RFC 9110, 13); in parts to
//! who asks for one (14). What it is not: who may have it.

use super::conditional::is_known;
use crate::base::error::{Error, Result};
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::io::SeekFrom;
use std::path::Path;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

/// How much is read at once, in bytes: all that a reader costs.
const PIECE: u64 = 64 * 1024;

/// What a request wants of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Whole,
    /// From a byte up to and without another.
    Part(u64, u64),
    /// A part that there is not.
    Beyond,
}

/// Reads `Range`: one part of bytes. Several parts, other units and what cannot be read are answered whole, as the standard allows.
fn wanted(request: &HeaderMap, etag: &str, length: u64) -> Wanted {
    let text = |name| request.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_of_another = text(header::IF_RANGE).is_some_and(|tag| tag.trim() != etag);
    let Some(range) = text(header::RANGE).filter(|_| !is_of_another) else { return Wanted::Whole };
    let Some((from, to)) = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Wanted::Whole;
    };
    match (from.trim(), to.trim().parse::<u64>()) {
        ("", Ok(0)) => Wanted::Beyond,
        ("", Ok(last)) if length > 0 => Wanted::Part(length.saturating_sub(last), length),
        (from, to) => match (from.parse::<u64>(), to, range.ends_with('-')) {
            (Ok(from), ..) if from >= length => Wanted::Beyond,
            (Ok(from), Ok(to), _) if from <= to => Wanted::Part(from, to.saturating_add(1).min(length)),
            (Ok(from), Err(_), true) => Wanted::Part(from, length),
            _ => Wanted::Whole,
        },
    }
}

/// Answers with a file whose content this tag stands for.
///
/// # Errors
/// [`Error::NotFound`] where it is not there.
pub async fn file(request: &HeaderMap, path: &Path, etag: &str) -> Result<Response> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::Internal(format!("file: {error}")),
    };
    let mut file = File::open(path).await.map_err(failed)?;
    let length = file.metadata().await.map_err(failed)?.len();
    let tag = HeaderValue::from_str(etag).map_err(|error| Error::Internal(error.to_string()))?;
    let is_known = is_known(request, &tag);
    let always = [(header::ETAG, tag), (header::ACCEPT_RANGES, HeaderValue::from_static("bytes"))];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    let (status, from, to) = match wanted(request, etag, length) {
        Wanted::Whole => (StatusCode::OK, 0, length),
        Wanted::Part(from, to) => (StatusCode::PARTIAL_CONTENT, from, to),
        Wanted::Beyond => {
            let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, always, whole).into_response());
        }
    };
    file.seek(SeekFrom::Start(from)).await.map_err(failed)?;
    let size = [(header::CONTENT_LENGTH, (to - from).to_string())];
    let mut response = (status, always, size, Body::from_stream(pieces(file, to - from))).into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(part) = HeaderValue::try_from(format!("bytes {from}-{}/{length}", to - 1))
    {
        response.headers_mut().insert(header::CONTENT_RANGE, part);
    }
    Ok(response)
}

/// The next so many bytes of a file, read as they are wanted.
fn pieces(file: File, bytes: u64) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold((file, bytes), async |(mut file, left)| {
        let mut piece = vec![0; usize::try_from(left.min(PIECE)).unwrap_or(0)];
        if piece.is_empty() {
            return Ok(None);
        }
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        // A file that became shorter ends here; the client sees that something lacks.
        let left = if read == 0 { 0 } else { left - read as u64 };
        Ok((read > 0).then(|| (Bytes::from(piece), (file, left))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(said: &[(header::HeaderName, &str)]) -> HeaderMap {
        said.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn one_part_is_read_and_what_is_odd_is_answered_whole() {
        let of = |range: &str| wanted(&headers(&[(header::RANGE, range)]), "\"a\"", 100);
        assert_eq!(of("bytes=0-9"), Wanted::Part(0, 10));
        assert_eq!(of("bytes=90-"), Wanted::Part(90, 100));
        assert_eq!(of("bytes=90-1000"), Wanted::Part(90, 100));
        assert_eq!(of("bytes=-7"), Wanted::Part(93, 100));
        assert_eq!(of("bytes=-700"), Wanted::Part(0, 100));
        assert_eq!(of("bytes=100-"), Wanted::Beyond);
        assert_eq!(of("bytes=-0"), Wanted::Beyond);
        assert_eq!(of("bytes=18446744073709551615-"), Wanted::Beyond);
        for odd in
            ["bytes=9-0", "bytes=0-9,20-29", "lines=0-9", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-x", "x"]
        {
            assert_eq!(of(odd), Wanted::Whole, "{odd}");
        }
        let of_another = headers(&[(header::RANGE, "bytes=0-9"), (header::IF_RANGE, "\"b\"")]);
        assert_eq!(wanted(&of_another, "\"a\"", 100), Wanted::Whole);
    }
}
