//! What a browser's worker may keep of our answers for when there is no connection (`web/shared/worker`): nothing that does not say so.
//!
//! What it is not: how long anything is kept on the way (`cache-control`).

use axum::http::{HeaderName, HeaderValue};

/// Names how the worker keeps an answer. Without it an answer is never kept.
const OFFLINE: HeaderName = HeaderName::from_static("x-offline");

/// How the worker keeps an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offline {
    /// As nobody in particular is shown it: the worker asks for it anew, without cookies.
    Page,
    /// As it was shown, until its reader signs out: a round of an agent's.
    Round,
}

impl Offline {
    /// The header that says so.
    pub fn header(self) -> [(HeaderName, HeaderValue); 1] {
        let word = match self {
            Offline::Page => "page",
            Offline::Round => "round",
        };
        [(OFFLINE, HeaderValue::from_static(word))]
    }
}
