//! A form as a browser sends it: plain fields, or fields and files. What it is not: checked (see `model`).

use super::model::Form;
use crate::base::error::Error;
use crate::base::http::Kept;
use crate::base::once;
use crate::civic::accounts::Counter;
use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{StatusCode, header};

/// The fields, the files that came with them, and what counts these.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) form: Form,
    pub(super) files: Vec<Bytes>,
    pub(super) counter: Counter,
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let counter = Counter::from_request_parts(&mut parts, state).await?;
        let request = Request::from_parts(parts, body);
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            let body = Bytes::from_request(request, state).await.map_err(unreadable_body)?;
            let fields = form_urlencoded::parse(&body).into_owned();
            return Ok(Sent { form: Form::of_fields(fields), files: Vec::new(), counter });
        }
        let kept = request.extensions().get::<Kept>().cloned();
        // A multipart body without its boundary cannot be read.
        let mut parts =
            Multipart::from_request(request, state).await.map_err(|_no_boundary| Error::Unreadable)?;
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some() {
                let bytes = part.bytes().await.map_err(unreadable)?;
                // A browser sends a nameless, empty file where none was chosen.
                files.extend(Some(bytes).filter(|bytes| !bytes.is_empty()));
            } else {
                fields.push((name, part.text().await.map_err(unreadable)?));
            }
        }
        if let Some(kept) = kept {
            kept.put(fields.clone());
        }
        let texts = fields.iter().filter(|(name, _)| name != "once");
        let texts = texts.flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
        once::said(&texts.chain(files.iter().map(AsRef::as_ref)).collect::<Vec<_>>());
        Ok(Sent { form: Form::of_fields(fields), files, counter })
    }
}

#[allow(clippy::needless_pass_by_value)] // So that `map_err` takes it as it is.
fn unreadable(error: MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}

#[allow(clippy::needless_pass_by_value)] // The shape that `map_err` gives.
fn unreadable_body(rejection: BytesRejection) -> Error {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Unreadable }
}
