//! A form as a browser sends it: plain fields, or fields and files, which are on the disk. What it is not: checked (see `model`).

use crate::base::error::Error;
use crate::base::http::{self, FilesForm, Takes};
use crate::base::media::{Arriving, FILE};
use crate::civic::accounts::{BODY, Counter};
use crate::core::app::App;
use crate::core::features::photos;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;

/// One more than may be shown, so that it is said that there are too many.
const PHOTOS: Takes = Takes { field: None, each: FILE, files: photos::MOST + 1 };

/// A form that is read from its fields.
pub trait Fields: Sized {
    /// Reads names and values. Unknown ones are left alone.
    fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> Self;
}

/// The fields, the files that came with them, and what counts these.
#[derive(Debug)]
pub struct Sent<F> {
    /// What was typed.
    pub form: F,
    /// On the disk.
    pub files: Vec<Arriving>,
    /// Of photos.
    pub counter: Counter,
}

impl<F: Fields> FromRequest<App> for Sent<F> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let counter = Counter::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            let body = http::whole(request.into_body(), BODY).await?;
            let fields = form_urlencoded::parse(&body).into_owned();
            return Ok(Sent { form: F::of_fields(fields), files: Vec::new(), counter });
        }
        let brought = FilesForm::from_request(request, app).await?.read(&app.media, PHOTOS).await?;
        brought.say();
        let files = brought.files.into_iter().map(|(_, file)| file).collect();
        Ok(Sent { form: F::of_fields(brought.texts), files, counter })
    }
}
