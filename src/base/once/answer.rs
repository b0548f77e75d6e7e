//! What a form was answered, as it is kept and told again; and the page for a key that was used for something else.

use super::page::field;
use super::sent::Given;
use crate::base::error::{Error, Result};
use crate::base::http::{Reader, SiteName, filters};
use crate::base::i18n::{Lang, Message};
use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The longest JSON that is kept, in bytes.
const KEPT: usize = 8 * 1024;

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Something was made: a page leads to its address, a program is told this.
    Made {
        /// Its address.
        location: String,
        /// What a program is told, with 201.
        json: Value,
    },
    /// The reader was led to an address.
    See(String),
    /// A program was told this.
    Json {
        /// The status.
        status: u16,
        /// The body.
        body: Value,
    },
    /// What the handler makes its answer of anew: it is given `thing` by [`Error::Repeated`].
    Thing {
        /// A number or word of the handler's own.
        thing: String,
        /// Where what was done is seen.
        location: String,
    },
    /// A page that is not kept, as it may name the reader.
    Page,
}

impl Answered {
    pub(super) fn to_text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::Internal(error.to_string()))
    }

    pub(super) fn thing(self) -> Option<String> {
        if let Answered::Thing { thing, .. } = self { Some(thing) } else { None }
    }

    /// What a response is, kept in short; and the response.
    pub(super) async fn of(response: Response) -> (Answered, Response) {
        let (parts, body) = response.into_parts();
        let header =
            |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (location, kind) = (header(header::LOCATION), header(header::CONTENT_TYPE));
        if parts.status.is_redirection() {
            return (Answered::See(location), Response::from_parts(parts, body));
        }
        if kind != "application/json" {
            return (Answered::Page, Response::from_parts(parts, body));
        }
        match axum::body::to_bytes(body, KEPT).await {
            Ok(bytes) => {
                let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
                let answered = Answered::Json { status: parts.status.as_u16(), body };
                (answered, Response::from_parts(parts, Body::from(bytes)))
            }
            Err(error) => {
                tracing::error!(%error, "an answer is too long to be kept");
                (Answered::Page, Error::Internal("an answer is too long".into()).into_response())
            }
        }
    }

    fn location(&self) -> Option<&str> {
        match self {
            Answered::Made { location, .. } | Answered::See(location) | Answered::Thing { location, .. } => {
                Some(location)
            }
            Answered::Json { .. } | Answered::Page => None,
        }
    }
}

/// Who asks, and what they sent.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who reads.
    pub reader: Reader,
    /// The territory's name.
    pub site: Option<SiteName>,
    /// The address that the form was sent to, with its query.
    pub address: String,
    /// What its uses are counted as.
    pub class: &'static str,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

impl Asked {
    /// By this reader, with this key.
    pub fn new(
        reader: Reader,
        site: Option<SiteName>,
        address: String,
        class: &'static str,
        given: &Given,
    ) -> Asked {
        let fields = given.fields.clone().unwrap_or_default();
        Asked { reader, site, address, class, fields }
    }

    /// The answer again, or that the key was used for something else.
    pub(super) fn like(&self, earlier: Option<(Answered, bool)>) -> Result<Option<Response>> {
        match earlier {
            None => Ok(None),
            Some((answered, false)) => self.same(answered).map(Some),
            Some((answered, true)) => self.other(&answered).map(Some),
        }
    }

    fn same(&self, answered: Answered) -> Result<Response> {
        Ok(match answered {
            Answered::Made { location, json } if self.reader.wants_json => {
                let location = HeaderValue::try_from(location).map_err(|e| Error::Internal(e.to_string()))?;
                (StatusCode::CREATED, [(header::LOCATION, location)], Json(json)).into_response()
            }
            Answered::Made { location, .. } | Answered::See(location) | Answered::Thing { location, .. } => {
                Redirect::to(&location).into_response()
            }
            Answered::Json { status, body } => {
                (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), Json(body)).into_response()
            }
            Answered::Page if self.reader.wants_json => Json(json!({ "done": true })).into_response(),
            Answered::Page => self.page(None, Vec::new())?,
        })
    }

    /// A program or a script is refused; a reader is shown what was made, and what they typed now, to be sent or not.
    fn other(&self, answered: &Answered) -> Result<Response> {
        if self.reader.wants_json || self.reader.wants_fragment {
            return Ok(Error::Conflict(Message::new("once-other")).into_response());
        }
        let page = self.page(answered.location().map(ToOwned::to_owned), self.fields.clone())?;
        Ok((StatusCode::CONFLICT, page).into_response())
    }

    fn page(&self, first: Option<String>, fields: Vec<(String, String)>) -> Result<Response> {
        let page = AgainPage {
            lang: self.reader.lang,
            site: self.site.as_ref().map_or("Parvis", |SiteName(name)| name),
            address: &self.address,
            class: self.class,
            first,
            fields,
        };
        let html = page.render().map_err(|error| Error::Internal(error.to_string()))?;
        Ok(([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
    }
}

/// A form that was sent before, with the same content or another.
#[derive(Template)]
#[template(path = "once/again.html")]
struct AgainPage<'a> {
    lang: Lang,
    site: &'a str,
    address: &'a str,
    class: &'a str,
    first: Option<String>,
    /// What was typed now; empty where it was the same.
    fields: Vec<(String, String)>,
}

impl AgainPage<'_> {
    fn key(&self) -> String {
        field(self.class)
    }
    /// Whether a value is words that somebody may want to read again, and no number or choice.
    fn is_words(value: &str) -> bool {
        value.chars().count() > 24 || value.trim().contains(char::is_whitespace)
    }
}
