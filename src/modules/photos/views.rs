//! What the desk's pages of photos show.

use super::frames::{FIELDS, Row};
use crate::base::clock::{self, Timestamp};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::{Desk, Pages};
use crate::civic::contributions::things::Thing;
use crate::civic::processes::local_time;
use crate::core::features::Hold;
use crate::core::features::photos::covering::{KEPT, Looked};
use askama::Template;
use askama_web::WebTemplate;

/// `GET /admin/photos`
#[derive(Template, WebTemplate)]
#[template(path = "photos/templates/list.html")]
pub(super) struct PhotosPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// The word of what was just done.
    pub(super) done: Option<String>,
    /// Whether those of which something was covered are listed, instead of those that wait.
    pub(super) is_covered: bool,
    pub(super) photos: Vec<Looked>,
    pub(super) pages: Pages,
}

impl PhotosPage {
    fn done_said(&self) -> String {
        said(self.lang, self.done.as_deref())
    }
    fn alt(&self, photo: &Looked) -> String {
        alt(self.lang, photo)
    }
}

/// `GET /admin/photos/{id}/blur`
#[derive(Template, WebTemplate)]
#[template(path = "photos/templates/cover.html")]
pub(super) struct CoverPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) photo: Looked,
    /// Frames as they were typed, and empty ones.
    pub(super) rows: Vec<Row>,
    /// Who looked at what was covered, and when.
    pub(super) looks: Vec<(String, Timestamp)>,
    /// Whether the reader moderates there.
    pub(super) moderates: bool,
    pub(super) done: Option<String>,
    pub(super) problem: Option<String>,
}

impl CoverPage {
    fn done_said(&self) -> String {
        said(self.lang, self.done.as_deref())
    }
    fn alt(&self) -> String {
        alt(self.lang, &self.photo)
    }
    fn waits(&self) -> bool {
        self.photo.held == Some(Hold::Waiting)
    }
    fn is_off(&self) -> bool {
        self.photo.held.is_some() && !self.waits()
    }
    fn fields(&self, row: &Row) -> Vec<(&'static str, String, String)> {
        let name = |field: &str| self.lang.text(&format!("photo-frame-{field}"));
        FIELDS.iter().zip(row).map(|(field, value)| (*field, name(field), value.clone())).collect()
    }
    fn kept_until(&self) -> Option<String> {
        let until = self.photo.until_at?;
        Some(self.lang.say(&Message::new("photo-original-until").with("day", self.lang.day(until))))
    }
    fn kept_days(&self) -> String {
        self.lang.count("photo-original-kept", KEPT.num_days())
    }
    fn moderate(&self) -> String {
        format!("/admin/moderation/{}", Thing::photo(self.photo.feature_id, self.photo.photo.id).word())
    }
    fn looked(&self) -> Vec<(String, String, String)> {
        let line = |(name, at): &(String, Timestamp)| {
            (name.clone(), clock::machine(at), local_time::said(self.lang, *at))
        };
        self.looks.iter().map(line).collect()
    }
}

fn said(lang: Lang, done: Option<&str>) -> String {
    lang.text(&format!("photo-done-{}", done.unwrap_or_default()))
}

fn alt(lang: Lang, photo: &Looked) -> String {
    if photo.photo.alt.is_empty() { lang.text("photo-unsaid") } else { photo.photo.alt.clone() }
}
