//! The keys of the forms on one page: made while it is rendered, so that no template's values carry them.

use super::key::{Keys, Nonce};
use crate::base::clock;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rand::Rng;
use std::cell::OnceCell;
use std::future::Future;

tokio::task_local! {
    static PAGE: Page;
}

struct Page {
    keys: Keys,
    nonce: OnceCell<Nonce>,
}

/// Answers a request whose page may have forms. One that has a key in it is kept by nobody but its reader's own browser: two people
/// with the same copy would be one visitor.
pub async fn page(keys: Keys, answer: impl Future<Output = Response>) -> Response {
    let answered = async {
        let mut response = answer.await;
        if PAGE.with(|page| page.nonce.get().is_some()) {
            let kept = response.headers_mut().entry(header::CACHE_CONTROL);
            let own = HeaderValue::from_static("private, no-cache");
            match kept {
                header::Entry::Occupied(said) if is_private(said.get()) => {}
                header::Entry::Occupied(mut said) => drop(said.insert(own)),
                header::Entry::Vacant(none) => drop(none.insert(own)),
            }
        }
        response
    };
    PAGE.scope(Page { keys, nonce: OnceCell::new() }, answered).await
}

/// Whether the page that is being answered has a form with a key.
pub fn has_key() -> bool {
    PAGE.try_with(|page| page.nonce.get().is_some()).unwrap_or_default()
}

fn is_private(said: &HeaderValue) -> bool {
    said.to_str().is_ok_and(|said| said.contains("private") || said.contains("no-store"))
}

/// The hidden field of a form that acts, first in its form: `class` is what its route is counted as (`Limit::word`). Nothing where no
/// request is answered.
pub fn field(class: &str) -> String {
    let key = key(class);
    if key.is_empty() { key } else { format!(r#"<input type="hidden" name="once" value="{key}">"#) }
}

/// The key itself, for what a script sends.
pub fn key(class: &str) -> String {
    let key = PAGE.try_with(|page| {
        let nonce = page.nonce.get_or_init(|| {
            let mut nonce = Nonce::default();
            rand::rng().fill_bytes(&mut nonce);
            nonce
        });
        page.keys.make(class, nonce, clock::now())
    });
    key.unwrap_or_default()
}
