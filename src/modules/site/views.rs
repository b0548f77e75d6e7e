//! The style guide's page: one sheet for each scheme, of the same parts as the real pages.

use super::tokens::{self, Color, Contrast};
use crate::base::clock::Timestamp;
use crate::base::http::{self, asset_path, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::core::features::vocabulary::Theme;
use crate::core::features::{Card, Kind, Status};
use crate::core::layers::Scheme;
use askama::Template;
use askama_web::WebTemplate;

/// `GET /design`.
#[derive(Template, WebTemplate)]
#[template(path = "site/templates/design.html")]
pub(super) struct DesignPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) sheets: Vec<Sheet>,
}

/// A condition of a filter.
struct Chip {
    label: String,
    href: &'static str,
}

/// Every token and every component in one scheme.
#[derive(Template)]
#[template(path = "site/templates/sheet.html")]
pub(super) struct Sheet {
    lang: Lang,
    scheme: Scheme,
    colors: Vec<Color>,
    contrasts: Vec<Contrast>,
    measures: Vec<(&'static str, &'static str)>,
    themes: Vec<Theme>,
    cards: Vec<Card>,
    icons: Vec<String>,
    now: Timestamp,
}

/// An invented feature: what a card shows of it.
fn example(lang: Lang, id: i64, theme: Option<&Theme>, now: Timestamp) -> Card {
    Card {
        id: FeatureId(id),
        kind: Kind::PROPOSAL,
        status: Status::OPEN,
        process: None,
        theme: theme.map(|theme| theme.slug.clone()),
        theme_label: theme.map(|theme| theme.label.clone()),
        theme_names: theme.map(|theme| theme.names.clone()).unwrap_or_default(),
        theme_color: theme.map(|theme| theme.color.clone()),
        theme_icon: theme.map(|theme| theme.icon.clone()),
        title: lang.text("design-example"),
        body: String::new(),
        wkb: None,
        areas: None,
        votes_for: 1,
        votes_against: 0,
        votes_neutral: 0,
        points: 1,
        ballot: crate::core::features::Ballot::ForAgainst,
        withdrawn_at: None,
        arguments_for: 0,
        arguments_against: 0,
        answered_by: None,
        is_partly: false,
        photo: None,
        created_at: now,
        updated_at: now,
    }
}

impl Sheet {
    /// The sheet of a scheme, with the themes that this territory has.
    pub(super) fn new(lang: Lang, scheme: Scheme, themes: &[Theme], now: Timestamp) -> Sheet {
        let first = if scheme == Scheme::Light { 1 } else { 3 };
        let plain = example(lang, first, None, now);
        let mut full = example(lang, first + 1, themes.first(), now);
        (full.status, full.photo) = (Status::ACCEPTED, Some("example".into()));
        (full.votes_for, full.votes_against, full.arguments_for) = (42, 7, 5);
        Sheet {
            lang,
            scheme,
            colors: tokens::colors(),
            contrasts: tokens::contrasts(scheme),
            measures: tokens::measures(),
            themes: themes.to_vec(),
            cards: vec![full, plain],
            icons: http::icons(),
            now,
        }
    }

    fn chips(&self) -> Vec<Chip> {
        let labels = [self.lang.text("status-accepted"), self.lang.quoted("banc")];
        labels.into_iter().map(|label| Chip { label, href: "/design" }).collect()
    }
    fn statuses(&self) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let lang = self.lang;
        Status::all().iter().map(move |status| (status.word(), status_label(lang, *status)))
    }
    fn status_of(&self, card: &Card) -> String {
        card.status_said(self.lang)
    }
    #[expect(clippy::unused_self, reason = "the template is shared with a page that needs itself for this")]
    fn is_answered(&self, card: &Card) -> bool {
        card.status != Status::OPEN
    }
    fn where_of(&self, _: &Card) -> Option<String> {
        Some(self.lang.text("design-area"))
    }
    #[expect(clippy::unused_self, reason = "the template is shared with a page that needs itself for this")]
    fn thumb_of(&self, card: &Card) -> Option<String> {
        card.photo.as_ref().map(|_| asset_path("icon.svg"))
    }
    fn balance(&self, share: &i64) -> String {
        let message = Message::new("votes-balance").with("for", 42).with("against", 7).with("share", share);
        self.lang.say(&message)
    }
    /// What a measure is a measure of, by the beginning of its name.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn is_of(&self, name: &str, family: &str) -> bool {
        name.starts_with(family)
    }
    fn of(&self, stem: &str, side: &str) -> String {
        self.lang.text(&format!("{stem}-{side}"))
    }
}

fn status_label(lang: Lang, status: Status) -> String {
    lang.text(&status.key())
}

/// `GET /offline`
#[derive(Template, WebTemplate)]
#[template(path = "site/templates/offline.html")]
pub(super) struct OfflinePage {
    pub(super) lang: Lang,
    pub(super) site: String,
}
