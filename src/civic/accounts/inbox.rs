//! `/demo/inbox`: the demonstration's letters, for everybody to read, and the people whom one can play.
//!
//! What it is not: anything that a real server has. Invariant: where the operator did not ask for it, there is no such address.

use super::Access::Everyone;
use super::{Pages, Routes};
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, filters};
use crate::base::i18n::Lang;
use crate::base::mail::{self, Posted};
use crate::core::app::App;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Query, State};
use axum::response::IntoResponse;

/// The people of the demonstration: what they are in the locale files, and their address.
pub const PEOPLE: [(&str, &str); 6] = [
    ("demo-resident", "lea@val-aubrelle.example"),
    ("demo-moderator", "nora.moderation@val-aubrelle.example"),
    ("demo-moderator-other", "yann.moderation@val-aubrelle.example"),
    ("demo-agent", "agnes.mairie@val-aubrelle.example"),
    ("demo-planner", "claire.plans@val-aubrelle.example"),
    ("demo-administrator", "paul.administration@val-aubrelle.example"),
];

/// How many letters a page has.
const MOST: i64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new().get("/demo/inbox", Everyone, show)
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/inbox.html")]
struct InboxPage {
    lang: Lang,
    site: String,
    pages: Pages,
    letters: Vec<Posted>,
}

/// A piece of a letter, and whether it is an address.
struct Piece<'a> {
    text: &'a str,
    is_link: bool,
}

impl InboxPage {
    /// A text, its addresses of the web apart.
    fn pieces<'a>(&self, body: &'a str) -> Vec<Piece<'a>> {
        let pieces = body.split_inclusive(char::is_whitespace).flat_map(|word| {
            let (text, space) = word.split_at(word.trim_end().len());
            let is_link = text.starts_with("http://") || text.starts_with("https://");
            [Piece { text, is_link }, Piece { text: space, is_link: false }]
        });
        pieces.filter(|piece| !piece.text.is_empty()).collect()
    }
}

/// `GET /demo/inbox`
async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(asked): Query<Fields>,
) -> Result<impl IntoResponse> {
    if !app.config.demo_inbox {
        return Err(Error::NotFound);
    }
    let pages = Pages::of(asked.get("page"), mail::count(&app.db).await?, MOST, "/demo/inbox");
    let letters = mail::latest(&app.db, pages.offset(), MOST, crate::core::features::store::name_of).await?;
    let page = InboxPage { lang: reader.lang, site: app.name(), pages, letters };
    Ok(([("cache-control", "no-store")], page))
}
