//! How the site looks, for every page: its name, its mark, its colour. Pages say it by `base.html`, without fields of their own; the router
//! says it here for each request, from the settings in force.
//!
//! What it is not: what the city says of itself in words, which is on pages of their own.

use std::future::Future;
use std::sync::Arc;

tokio::task_local! {
    static FACE: Arc<Face>;
}

/// How the site looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Face {
    /// The site's name.
    pub name: Arc<str>,
    /// The address of the city's logo; nothing where it has none.
    pub logo: Option<String>,
    /// Whether that is light itself, and stands on something dark.
    pub logo_is_light: bool,
    /// What the addresses of its icons end with: another where it has another logo, nothing where they are the house's own.
    pub icons: Option<String>,
    /// The address of the style sheet with its colour; nothing where the house's own stands.
    pub colors: Option<String>,
    /// The colour around a page where a browser shows one, `#rrggbb`; nothing where the house's own stands.
    pub brand: Option<String>,
    /// Whether its first set-up was begun and not ended.
    pub is_begun: bool,
    /// Its pages elsewhere: name and address.
    pub links: Vec<(String, String)>,
}

/// Makes an answer whose pages have this face.
pub async fn with_face<F: Future>(face: Face, answer: F) -> F::Output {
    FACE.scope(Arc::new(face), answer).await
}

/// The face of the page that is being made; the house's own outside of [`with_face`].
pub fn face() -> Arc<Face> {
    FACE.try_with(Arc::clone).unwrap_or_default()
}
