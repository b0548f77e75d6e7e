//! A form as a browser sends it: plain fields, or fields and files, which are on the disk. What it is not: checked (see `model`).

use super::model::Form;
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

/// The fields, the files that came with them, and what counts these.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) form: Form,
    pub(super) files: Vec<Arriving>,
    pub(super) counter: Counter,
}

impl FromRequest<App> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let counter = Counter::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            let body = http::whole(request.into_body(), BODY).await?;
            let fields = form_urlencoded::parse(&body).into_owned();
            return Ok(Sent { form: Form::of_fields(fields), files: Vec::new(), counter });
        }
        let brought = FilesForm::from_request(request, app).await?.read(&app.media, PHOTOS).await?;
        brought.say();
        let files = brought.files.into_iter().map(|(_, file)| file).collect();
        Ok(Sent { form: Form::of_fields(brought.texts), files, counter })
    }
}
