//! The texts of a form with files, kept until it is answered: a body that brings files is read once, by its handler, and where the act
//! then fails (no room, a database that does not answer) the page that says so gives the texts back. Forms without files are kept at their
//! route (`accounts::sent`).
//!
//! Invariant: they go back to whoever sent them, in the answer to that request, and are kept nowhere.

use crate::base::error::Typed;
use axum::extract::Request;
use axum::http::{Method, header};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the handler puts what it has read.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    action: String,
    fields: Arc<Mutex<Vec<(String, String)>>>,
}

impl Kept {
    /// Of a form with files that a person sent; it is then in the request's extensions, too.
    pub fn of(request: &mut Request) -> Option<Kept> {
        let text = |name| request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let has_files = text(header::CONTENT_TYPE).starts_with("multipart/form-data");
        if *request.method() != Method::POST || !has_files || !text(header::ACCEPT).contains("text/html") {
            return None;
        }
        let action = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let kept = Kept { action, fields: Arc::default() };
        request.extensions_mut().insert(kept.clone());
        Some(kept)
    }

    /// Keeps these.
    pub fn put(&self, fields: Vec<(String, String)>) {
        // A panic of another thread left the fields as they were.
        *self.fields.lock().unwrap_or_else(PoisonError::into_inner) = fields;
    }

    /// What was kept, if anything was.
    pub fn typed(self) -> Option<Typed> {
        let fields = std::mem::take(&mut *self.fields.lock().unwrap_or_else(PoisonError::into_inner));
        (!fields.is_empty()).then_some(Typed { action: self.action, fields })
    }
}
