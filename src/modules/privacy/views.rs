//! Privacy's pages. The notice and the register of processing say the same declarations, to people and to the administrator.

use super::words::Section;
use crate::base::config::Retention;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Desk;
use crate::core::layers::Underlay;
use crate::core::personal_data::{Erasing, Purpose, Table};
use crate::modules::purposes;
use crate::modules::tables as all_tables;
use askama::Template;
use askama_web::WebTemplate;
use std::sync::Arc;

/// One purpose, in words.
pub(super) struct Processing {
    pub(super) word: &'static str,
    pub(super) name: String,
    pub(super) why: String,
    pub(super) what: String,
    pub(super) basis: String,
    pub(super) keep: String,
    pub(super) erasing: String,
    /// Table, its personal columns, and what erasing does to its rows.
    pub(super) tables: Vec<(&'static str, String, String)>,
}

impl Processing {
    /// Every purpose that something is held for.
    pub(super) fn all(lang: Lang, retention: &Retention) -> Vec<Processing> {
        let of = |purpose: Purpose| {
            let held: Vec<&Table> = all_tables().filter(|table| table.purpose == purpose).collect();
            (!held.is_empty()).then(|| Processing::of(lang, purpose, &held, retention))
        };
        purposes().filter_map(of).collect()
    }

    fn of(lang: Lang, purpose: Purpose, held: &[&Table], retention: &Retention) -> Processing {
        let word = purpose.word();
        let text = |part: &str| lang.text(&format!("privacy-{part}-{word}"));
        let tables =
            held.iter().map(|t| (t.name, t.personal().join(", "), erasing(lang, t.erasing))).collect();
        Processing {
            word,
            name: text("name"),
            why: text("why"),
            what: text("what"),
            basis: text("basis"),
            keep: lang.say(&keep(lang, purpose, retention)),
            erasing: text("erasing"),
            tables,
        }
    }
}

fn erasing(lang: Lang, erasing: Erasing) -> String {
    lang.text(match erasing {
        Erasing::Stays => "processing-stays",
        Erasing::Deletes => "processing-deletes",
        Erasing::Cuts => "processing-cuts",
        Erasing::Unties => "processing-unties",
        Erasing::By(_) => "processing-by",
    })
}

/// How long, with the days that are set.
fn keep(lang: Lang, purpose: Purpose, retention: &Retention) -> Message {
    Message::new(format!("privacy-keep-{}", purpose.word()))
        .with("visitors", lang.days(retention.visitors))
        .with("withheld", lang.days(retention.withheld))
        .with("accounts", lang.days(retention.accounts))
        .with("sessions", lang.days(retention.sessions))
        .with("letters", lang.days(retention.letters))
}

/// What is kept on people, for people.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/templates/notice.html")]
pub(super) struct NoticePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) contact: String,
    pub(super) processing: Vec<Processing>,
    /// What lies under the map.
    pub(super) ground: Arc<Underlay>,
}

impl NoticePage {
    fn short(&self) -> &'static str {
        if self.ground.away().is_some() { "privacy-short-ground" } else { "privacy-short" }
    }
    /// Who else is asked for the ground, and what they see of somebody.
    fn ground_said(&self) -> Option<String> {
        let away = self.ground.away()?;
        let key = if away.wants_referrer { "privacy-ground-said-from" } else { "privacy-ground-said" };
        let hosts = away.hosts.join(", ");
        Some(self.lang.say(&Message::new(key).with("by", &away.by).with("hosts", hosts)))
    }
    fn ground_notice(&self) -> Option<&str> {
        self.ground.away().map(|away| away.notice.as_str()).filter(|notice| !notice.is_empty())
    }
    fn who(&self) -> String {
        self.lang.say(&Message::new("privacy-who").with("site", &self.site))
    }
}

/// One's own data.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/templates/mine.html")]
pub(super) struct MinePage {
    lang: Lang,
    site: String,
    email: Option<String>,
    /// Each sort of thing that is held, in words.
    sections: Vec<Section>,
    features: Vec<(i64, String, Option<String>)>,
}

impl MinePage {
    pub(super) fn new(
        lang: Lang,
        site: String,
        email: Option<String>,
        sections: Vec<Section>,
        features: Vec<(i64, String, Option<String>)>,
    ) -> MinePage {
        MinePage { lang, site, email, sections, features }
    }
    fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.email.is_none()
    }
    fn more(&self, section: &Section) -> Option<String> {
        let more = i64::try_from(section.more).unwrap_or(i64::MAX);
        (more > 0).then(|| self.lang.count("held-more", more))
    }
    fn state(&self, held: &Option<String>) -> Option<String> {
        let word = held.as_deref()?;
        Some(self.lang.text(&format!("mine-held-{word}")))
    }
}

/// The choice before erasing.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/templates/erase.html")]
pub(super) struct ErasePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) is_known: bool,
    pub(super) problem: bool,
    pub(super) fate: String,
}

/// After erasing.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/templates/erased.html")]
pub(super) struct ErasedPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) is_gone: bool,
}

/// The register of processing, retention, the audience.
#[derive(Template, WebTemplate)]
#[template(path = "privacy/templates/processing.html")]
pub(super) struct RegisterPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) processing: Vec<Processing>,
    /// Rule, days, how much it concerned when the rules were applied last.
    pub(super) kept: Vec<(&'static str, u32, Option<u64>)>,
    /// When that was, in words; nothing before the first time.
    pub(super) applied: Option<String>,
    pub(super) audience: Vec<(String, i64)>,
}

impl RegisterPage {
    fn rule(&self, word: &str) -> String {
        self.lang.text(&format!("retention-{word}"))
    }
    fn law(&self, word: &str) -> String {
        self.lang.text(&format!("retention-law-{word}"))
    }
}
