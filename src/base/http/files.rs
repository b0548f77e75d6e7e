//! A form that brings files, read as it arrives: its texts in memory, within a bound, its files on the disk.
//!
//! What it is not: what the files must be, nor how large the whole form may be (its route says that).
//!
//! Invariant: no file of a form is whole in memory while it arrives, however many forms arrive at a time; what the handler does not
//! keep is removed when the request ends, however it ends.

use super::{Arrival, Kept};
use crate::base::error::{Error, Result};
use crate::base::media::{Arriving, Store};
use crate::base::once;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use futures_util::{Stream, StreamExt};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

/// The most bytes that the texts of a form have: of one without files, its whole body.
pub const TEXTS: usize = 256 * 1024;

/// What a field costs of that beside its name and its text, in bytes: no form is made of a million empty ones.
const FIELD: usize = 64;

/// How much of a form is read for what says of a field what it is, in bytes.
const AHEAD: usize = 1 << 20;

/// What a form takes.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    /// A field that is a file also where it brings no name of one. Whatever brings a name is.
    pub field: Option<&'static str>,
    /// The largest file, in bytes.
    pub each: usize,
    /// How many files are kept. What comes after them is read and not kept.
    pub files: usize,
}

/// A form whose body has not been read.
#[derive(Debug)]
pub struct FilesForm {
    form: Multipart,
    feed: Arc<Feed>,
    kept: Option<Kept>,
    arrival: Option<Arc<Arrival>>,
}

/// What a form brought.
#[derive(Debug, Default)]
pub struct Brought {
    /// Names and texts, in their order.
    pub texts: Vec<(String, String)>,
    /// The files, in their order, as they are called where they come from. A browser's nameless, empty one, where none was chosen, is
    /// not among them.
    pub files: Vec<(String, Arriving)>,
    /// The names of the fields that brought these, in the same order.
    pub fields: Vec<String>,
}

impl<S: Send + Sync> FromRequest<S> for FilesForm {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<FilesForm> {
        let kept = request.extensions().get::<Kept>().cloned();
        let arrival = request.extensions().get::<Arc<Arrival>>().cloned();
        let feed = Arc::new(Feed::default());
        let fed = |body: Body| Fed { body: body.into_data_stream(), feed: Arc::clone(&feed) };
        let request = request.map(|body| Body::from_stream(fed(body)));
        // A body without its boundary cannot be read.
        let form = Multipart::from_request(request, state).await.map_err(|_no_boundary| Error::Unreadable)?;
        Ok(FilesForm { form, feed, kept, arrival })
    }
}

/// What a form's reader is given: a piece of the body when it can do nothing without, and not before. Left to itself it takes all that
/// there is, however fast the sender is, and hands on nothing until then.
#[derive(Debug, Default)]
struct Feed {
    is_hungry: AtomicBool,
    given: AtomicUsize,
}

/// A body that is fed.
struct Fed {
    body: BodyDataStream,
    feed: Arc<Feed>,
}

impl Stream for Fed {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.feed.is_hungry.load(Ordering::Relaxed) {
            // Whoever reads is asked again once they are (see [`Feed::read`]).
            return Poll::Pending;
        }
        let piece = ready!(self.body.poll_next_unpin(context));
        self.feed.is_hungry.store(false, Ordering::Relaxed);
        let size = piece.as_ref().and_then(|piece| piece.as_ref().ok()).map_or(0, Bytes::len);
        self.feed.given.fetch_add(size, Ordering::Relaxed);
        Poll::Ready(piece)
    }
}

impl Feed {
    /// What a reader of this body says, given as much as it needs.
    async fn read<T>(&self, reading: impl Future<Output = Result<T, MultipartError>>) -> Result<T> {
        let mut reading = std::pin::pin!(reading);
        let before = self.given.load(Ordering::Relaxed);
        std::future::poll_fn(|context| {
            loop {
                if let Poll::Ready(read) = reading.as_mut().poll(context) {
                    return Poll::Ready(read.map_err(cut));
                }
                if self.given.load(Ordering::Relaxed) - before > AHEAD {
                    return Poll::Ready(Err(Error::TooLarge));
                }
                if self.is_hungry.swap(true, Ordering::Relaxed) {
                    // It was hungry before, and there is nothing yet.
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

impl FilesForm {
    /// Reads all of it. That a file is too large, or that the disk refuses it, is told when the file is wanted.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where the whole, or its texts, are; [`Error::Unreadable`] where it breaks off.
    pub async fn read(mut self, store: &Store, takes: Takes) -> Result<Brought> {
        let mut brought = Brought::default();
        let mut room = TEXTS;
        while let Some(field) = self.feed.read(self.form.next_field()).await? {
            let name = field.name().unwrap_or_default().to_owned();
            room = room.checked_sub(name.len() + FIELD).ok_or(Error::TooLarge)?;
            if field.file_name().is_none() && takes.field != Some(&name) {
                let text = text(field, &self.feed, &mut room).await?;
                brought.texts.push((name, text));
            } else if brought.files.len() < takes.files {
                let called = field.file_name().unwrap_or_default().to_owned();
                let file = file(field, &self.feed, store, takes.each, self.arrival.as_deref()).await?;
                if let Some(file) = file {
                    brought.files.push((called, file));
                    brought.fields.push(name);
                }
            } else {
                drain(field, &self.feed, self.arrival.as_deref()).await?;
            }
        }
        if let Some(kept) = self.kept {
            kept.put(brought.texts.clone());
        }
        Ok(brought)
    }
}

/// Reads a form that may bring files; one that brings none may come as a plain form.
///
/// # Errors
/// As [`FilesForm::read`].
pub async fn brought(request: Request, store: &Store, takes: Takes) -> Result<Brought> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/")) {
        return FilesForm::from_request(request, &()).await?.read(store, takes).await;
    }
    let body = whole(request.into_body(), TEXTS).await?;
    Ok(Brought { texts: form_urlencoded::parse(&body).into_owned().collect(), ..Brought::default() })
}

impl Brought {
    /// The first text of a name; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.texts.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text)
    }

    /// Says to the form's one-time key what was sent.
    pub fn say(&self) {
        let digests: Vec<String> = self.files.iter().map(|(_, file)| file.digest()).collect();
        let texts = self.texts.iter().filter(|(name, _)| name != "once");
        let texts = texts.flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        once::said(&texts.chain(digests.iter().map(String::as_bytes)).collect::<Vec<_>>());
    }
}

async fn text(mut field: Field<'_>, feed: &Feed, room: &mut usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = feed.read(field.chunk()).await? {
        *room = room.checked_sub(piece.len()).ok_or(Error::TooLarge)?;
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file of a form; nothing where the field is empty, for which the disk is not asked.
async fn file(
    mut field: Field<'_>,
    feed: &Feed,
    store: &Store,
    most: usize,
    arrival: Option<&Arrival>,
) -> Result<Option<Arriving>> {
    let mut file: Option<Arriving> = None;
    while let Some(piece) = feed.read(field.chunk()).await? {
        if piece.is_empty() {
            continue;
        }
        let file = match &mut file {
            Some(file) => file,
            none => none.insert(store.arriving(most).await),
        };
        file.add(&piece).await;
        gone(piece, arrival)?;
    }
    if let Some(file) = &mut file {
        file.end().await;
    }
    Ok(file)
}

async fn drain(mut field: Field<'_>, feed: &Feed, arrival: Option<&Arrival>) -> Result<()> {
    while let Some(piece) = feed.read(field.chunk()).await? {
        gone(piece, arrival)?;
    }
    Ok(())
}

/// A piece is not in memory any more.
#[allow(clippy::needless_pass_by_value)] // It ends here.
fn gone(piece: Bytes, arrival: Option<&Arrival>) -> Result<()> {
    arrival.map_or(Ok(()), |arrival| arrival.put_aside(piece.len()))
}

#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
fn cut(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

/// A body of at most `most` bytes, whole.
///
/// # Errors
/// [`Error::TooLarge`], and [`Error::Unreadable`] where it breaks off.
pub async fn whole(body: Body, most: usize) -> Result<Bytes> {
    axum::body::to_bytes(body, most).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(inner) = cause {
            if inner.is::<http_body_util::LengthLimitError>() {
                return Error::TooLarge;
            }
            cause = inner.source();
        }
        Error::Unreadable
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a form whose body is all there, in pieces of 32 kB.
    async fn read(body: Vec<u8>) -> Result<Brought> {
        let pieces: Vec<_> =
            body.chunks(32 << 10).map(|piece| Ok::<_, Error>(Bytes::copy_from_slice(piece))).collect();
        let request = Request::post("/").header("content-type", "multipart/form-data; boundary=edge");
        let request = request.body(Body::from_stream(futures_util::stream::iter(pieces))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let form = FilesForm::from_request(request, &()).await?;
        form.read(&Store::new(folder.path()), Takes { field: None, each: 10 << 20, files: 1 }).await
    }

    #[tokio::test]
    async fn many_fields_are_read_one_after_the_other_and_none_ahead() {
        let field = "--edge\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
        let mut body = field.repeat(2_000).into_bytes();
        body.extend_from_slice(b"--edge--\r\n");
        let brought = read(body).await.unwrap();
        assert_eq!(brought.texts.len(), 2_000);
    }

    #[tokio::test]
    async fn names_and_empty_fields_are_bounded_like_texts_and_empty_files_ask_nothing_of_the_disk() {
        let part = |name: &str, more: &str| {
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n\r\n")
        };
        let end = |parts: String| read((parts + "--edge--\r\n").into_bytes());
        let long = part(&"n".repeat(200 << 10), "");
        assert_eq!(end(long.clone()).await.unwrap().texts.len(), 1);
        assert!(matches!(end(long.repeat(2)).await, Err(Error::TooLarge)));
        assert!(matches!(end(part("a", "").repeat(10_000)).await, Err(Error::TooLarge)));
        let empty = part("photo", "; filename=\"\"");
        assert!(end(empty.repeat(20)).await.unwrap().files.is_empty());
        assert!(matches!(end(empty.repeat(10_000)).await, Err(Error::TooLarge)));
    }

    #[tokio::test]
    async fn a_field_that_never_says_what_it_is_is_refused() {
        let mut body = b"--edge\r\ncontent-disposition: form-data; name=\"".to_vec();
        body.resize(1_900 << 10, b'a');
        assert!(matches!(read(body).await, Err(Error::TooLarge)));
    }
}
