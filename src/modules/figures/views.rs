//! The figures' page.

use super::model::{Figure, Row, number};
use crate::base::clock::Timestamp;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::civic::processes::local_time;
use askama::Template;
use askama_web::WebTemplate;

/// `GET /figures`, `GET /processes/{slug}/figures`
#[derive(Template, WebTemplate)]
#[template(path = "figures/templates/figures.html")]
pub(super) struct FiguresPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) base: String,
    /// Slug and title, where it is of one process alone.
    pub(super) process: Option<(String, String)>,
    /// Those that have a page of their own.
    pub(super) processes: Vec<(String, String)>,
    /// The totals first; nothing else where there is no contribution.
    pub(super) figures: Vec<Figure>,
    pub(super) at: Timestamp,
}

impl FiguresPage {
    fn title(&self) -> String {
        match &self.process {
            Some((_, title)) => self.lang.say(&Message::new("figures-title-process").with("process", title)),
            None => self.lang.text("figures-title"),
        }
    }

    /// Its own address, without the ending.
    fn path(&self) -> String {
        match &self.process {
            Some((slug, _)) => format!("/processes/{slug}/figures"),
            None => "/figures".to_owned(),
        }
    }

    fn when(&self) -> String {
        self.lang.say(&Message::new("figures-counted").with("when", local_time::said(self.lang, self.at)))
    }

    fn totals(&self) -> Option<&Figure> {
        self.figures.first()
    }

    /// The figures that have a section.
    fn sections(&self) -> &[Figure] {
        self.figures.get(1..).unwrap_or_default()
    }

    fn svg(&self, figure: &Figure) -> String {
        figure.svg(self.lang, None).unwrap_or_default()
    }

    fn value(&self, row: &Row) -> String {
        row.value.shown(self.lang)
    }

    fn percent(&self, row: &Row) -> String {
        row.percent(self.lang).unwrap_or_default()
    }

    /// What the rows are parts of, where they add up to it.
    fn sum(&self, figure: &Figure) -> Option<String> {
        let of = figure.rows.first()?.of?;
        (!figure.is_nested && figure.sum() == Some(of)).then(|| number(self.lang, of))
    }
}
