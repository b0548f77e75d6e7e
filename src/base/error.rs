//! The one error of the server, and how it is told: RFC 9457 JSON to machines, a page that says what to do next to
//! people. Logged here, once, and nowhere else.

use crate::base::db::Fault;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;
use std::time::Duration;

/// `Result` with the server's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such thing, or it is not public.
    #[error("not found")]
    NotFound,
    /// There was such a thing, and there is not any more.
    #[error("gone")]
    Gone,
    /// Somebody must say first who they are.
    #[error("unauthorized")]
    Unauthorized,
    /// This person may not do this.
    #[error("forbidden: {}", .0.key)]
    Forbidden(Message),
    /// The request says something that cannot be; every field that is wrong is named.
    #[error("invalid: {}", .0.iter().map(|p| p.field.as_str()).collect::<Vec<_>>().join(", "))]
    Invalid(Vec<Problem>),
    /// The state of things has changed meanwhile.
    #[error("conflict: {}", .0.key)]
    Conflict(Message),
    /// The same form was sent before, and its act was done then; with what its handler makes the answer of, where it does.
    #[error("done before")]
    Repeated(Option<String>),
    /// The request breaks off, or is no form.
    #[error("unreadable request")]
    Unreadable,
    /// The request is larger than what is taken.
    #[error("too large")]
    TooLarge,
    /// There is no room for more of this person's; what to do about it.
    #[error("full: {}", .0.key)]
    Full(Message),
    /// Too many acts of one kind: the next one is taken after this time, in whole seconds.
    #[error("too many acts")]
    Later(Duration),
    /// The answer was not there in time.
    #[error("not in time")]
    Unavailable,
    /// The address is there, but not for this verb: a form's address that somebody reloads.
    #[error("method not allowed")]
    Method,
    /// The configuration or the command line is wrong; the text is for the operator.
    #[error("{0}")]
    Config(String),
    /// The database failed.
    #[error("database: {0}")]
    Sqlx(#[source] std::sync::Arc<sqlx::Error>),
    /// The folder of pictures cannot be written.
    #[error("pictures: {}", .0.word())]
    Pictures(Fault),
    /// A defect of ours.
    #[error("internal: {0}")]
    Internal(String),
}

/// What was sent with an act that was refused, for the page that says so: with it the act can be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Where it was sent.
    pub action: String,
    /// Its fields, in their order.
    pub fields: Vec<(String, String)>,
}

impl Typed {
    /// Whether a value is text that somebody wrote and may want to read or copy.
    fn is_text(value: &str) -> bool {
        value.chars().count() > 30 || value.contains('\n')
    }
}

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The parameter or form field.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: Message,
}

impl Error {
    /// One wrong field.
    pub fn invalid(field: impl Into<String>, message: Message) -> Error {
        Error::Invalid(vec![Problem { field: field.into(), message }])
    }

    /// Whether a unique key was violated (SQLite does not say which).
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Error::Sqlx(e) if e.as_database_error().is_some_and(|e| e.is_unique_violation()))
    }

    /// Whether something that another row names was to go, or to be named.
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self, Error::Sqlx(e) if e.as_database_error().is_some_and(|e| e.is_foreign_key_violation()))
    }

    /// Why the database could not do it, where the question was not at fault.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Error::Sqlx(error) => Fault::of(error),
            Error::Pictures(fault) => Some(*fault),
            _ => None,
        }
    }

    /// The error that a bare status means: extractors and the router refuse without a word of ours.
    fn of_status(status: StatusCode) -> Option<Error> {
        match status {
            StatusCode::BAD_REQUEST
            | StatusCode::UNPROCESSABLE_ENTITY
            | StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Error::Unreadable),
            StatusCode::METHOD_NOT_ALLOWED => Some(Error::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Error::TooLarge),
            StatusCode::SERVICE_UNAVAILABLE => Some(Error::Unavailable),
            _ => None,
        }
    }

    /// The HTTP status that tells it.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Gone => StatusCode::GONE,
            Error::Unauthorized => StatusCode::UNAUTHORIZED,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Invalid(_) | Error::Unreadable => StatusCode::BAD_REQUEST,
            Error::Conflict(_) | Error::Repeated(_) => StatusCode::CONFLICT,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Full(_) | Error::Later(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Error::Method => StatusCode::METHOD_NOT_ALLOWED,
            Error::Sqlx(_) | Error::Pictures(_) => match self.fault() {
                Some(Fault::Full) => StatusCode::INSUFFICIENT_STORAGE,
                Some(_) => StatusCode::SERVICE_UNAVAILABLE,
                None => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Error::Config(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// How long to wait before the same is worth asking again.
    fn retry_after(&self) -> Option<Duration> {
        match self {
            Error::Later(wait) => Some(*wait),
            Error::Unavailable => Some(Duration::from_secs(5)),
            other => match other.fault()? {
                Fault::Busy => Some(Duration::from_secs(5)),
                Fault::Away => Some(Duration::from_secs(10)),
                // Until somebody makes room.
                Fault::Full | Fault::ReadOnly | Fault::Broken => Some(Duration::from_secs(120)),
            },
        }
    }

    /// Where a reader can get what they are missing, if they can.
    pub fn way_in(&self) -> Option<&'static str> {
        match self {
            Error::Unauthorized => Some("/sign-in"),
            Error::Forbidden(message) if message.key == "error-second-factor" => {
                Some("/account/second-factor")
            }
            _ => None,
        }
    }

    /// The stem of its texts in the locale files.
    fn key(&self) -> &'static str {
        match self {
            Error::NotFound => "error-not-found",
            Error::Gone => "error-gone",
            Error::Unauthorized => "error-unauthorized",
            Error::Forbidden(_) => "error-forbidden",
            Error::Invalid(_) => "error-invalid",
            Error::Conflict(_) => "error-conflict",
            Error::Repeated(_) => "error-repeated",
            Error::Unreadable => "error-unreadable",
            Error::TooLarge => "error-too-large",
            Error::Full(_) => "error-full",
            Error::Later(_) => "error-later",
            Error::Unavailable => "error-unavailable",
            Error::Method => "error-method",
            Error::Sqlx(_) | Error::Pictures(_) => match self.fault() {
                Some(Fault::Full) => "error-no-room",
                Some(Fault::ReadOnly | Fault::Broken) => "error-unwritable",
                Some(Fault::Busy) => "error-busy",
                Some(Fault::Away) => "error-away",
                None => "error-internal",
            },
            Error::Config(_) | Error::Internal(_) => "error-internal",
        }
    }

    /// What is wrong, in one sentence for the reader.
    pub fn detail(&self, lang: Lang) -> String {
        match self {
            Error::Forbidden(message) | Error::Conflict(message) | Error::Full(message) => lang.say(message),
            Error::Invalid(problems) => {
                problems.iter().map(|p| lang.say(&p.message)).collect::<Vec<_>>().join(" ")
            }
            Error::Later(wait) => lang.say(&later(*wait)),
            other => lang.text(&format!("{}-detail", other.key())),
        }
    }

    fn log(&self) {
        match self {
            Error::Sqlx(_) if self.fault() == Some(Fault::Busy) => {
                tracing::warn!(error = %self, "the database is busy: a request was refused");
            }
            Error::Config(_) | Error::Sqlx(_) | Error::Pictures(_) | Error::Internal(_) => {
                metrics::counter!("parvis_errors_total").increment(1);
                tracing::error!(error = %self, "request failed");
            }
            other => tracing::debug!(error = %other, "request refused"),
        }
    }
}

/// When to come back, in the unit that people would use.
fn later(wait: Duration) -> Message {
    let minutes = wait.as_secs().div_ceil(60);
    match wait.as_secs() {
        seconds @ 0..90 => Message::new("error-later-seconds").with("count", seconds.max(1)),
        90..5_400 => Message::new("error-later-minutes").with("count", minutes),
        _ => Message::new("error-later-hours").with("count", minutes.div_ceil(60)),
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Error::Sqlx(std::sync::Arc::new(error))
    }
}

impl IntoResponse for Error {
    /// Leaves the error for [`present`], which knows what the client reads.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    lang: Lang,
    site: &'a str,
    status: u16,
    title: String,
    detail: String,
    next: String,
    typed: Option<Typed>,
    /// Whether somebody must sign in before it can be sent again, and where.
    way_in: Option<&'static str>,
}

/// An error, to be told.
#[derive(Debug)]
pub struct Telling<'a> {
    /// What went wrong.
    pub error: &'a Error,
    /// The path that was asked for.
    pub path: &'a str,
    /// What is wrong, in one sentence for the reader.
    pub detail: String,
}

/// How errors are told at addresses whose programs read neither pages nor problem JSON. The router hands it over as an extension.
#[derive(Debug, Clone, Copy)]
pub struct Teller(pub fn(&Telling<'_>) -> Response);

/// The error of an answer: a handler's, or what a bare text of a library says by its status.
fn error_of(response: &Response) -> Option<Error> {
    let is_ours = || {
        let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        kind.is_some_and(|kind| !kind.starts_with(b"text/plain"))
    };
    let told = response.extensions().get::<Error>().cloned();
    told.or_else(|| if is_ours() { None } else { Error::of_status(response.status()) })
}

/// Middleware that turns the [`enum@Error`] of a handler into JSON or a page of this site, in the reader's language.
pub async fn present(lang: Lang, site: &str, request: Request, next: Next) -> Response {
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let wants_page = accept.contains("text/html");
    let instance = request.uri().path().to_owned();
    let teller = request.extensions().get::<Teller>().copied();
    let response = next.run(request).await;
    let Some(error) = error_of(&response) else { return response };
    error.log();
    let status = error.status();
    let (title, detail) = (lang.text(error.key()), error.detail(lang));
    let mut told = if let Some(Teller(tell)) = teller {
        tell(&Telling { error: &error, path: &instance, detail })
    } else if wants_page {
        let next = lang.text(&format!("{}-next", error.key()));
        let typed = response.extensions().get::<Typed>().cloned();
        let way_in = error.way_in();
        let page = ErrorPage { lang, site, status: status.as_u16(), title, detail, next, typed, way_in };
        match page.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(e) => {
                tracing::error!(error = %e, "error page failed");
                status.into_response()
            }
        }
    } else {
        let mut body = json!({
            "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail, "instance": instance,
        });
        if let Error::Invalid(problems) = &error {
            body["errors"] = problems
                .iter()
                .map(|p| json!({ "field": p.field, "detail": lang.say(&p.message) }))
                .collect();
        }
        let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
        (status, json, body.to_string()).into_response()
    };
    // What inner layers said of the answer (CORS, security) holds for its telling, too.
    for (name, value) in response.headers() {
        if name != header::CONTENT_LENGTH && name != header::CONTENT_TYPE {
            told.headers_mut().insert(name.clone(), value.clone());
        }
    }
    told.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = error.retry_after() {
        told.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    }
    told
}
