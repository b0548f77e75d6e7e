//! The welcome on the front page: who asks, why and until when, what is open now with the days that are left, what was done with what was
//! said. A card that closes, and stays closed in that browser.

use crate::base::clock::{self, Timestamp};
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
use crate::civic::accounts::Around;
use crate::civic::processes::{ProcessRules, State};
use crate::core::atlas::{Facet, Filter, World};
use crate::core::features::Status;
use askama::Template;

/// The most processes that are named.
const MOST: usize = 3;

/// A process that is open.
struct Open {
    slug: String,
    title: String,
    /// How long it is still open, in words; nothing where it does not end.
    left: Option<String>,
}

#[derive(Template)]
#[template(path = "about/templates/welcome.html")]
struct Welcome {
    lang: Lang,
    title: String,
    /// As HTML.
    text: String,
    /// The languages of title and text, where they are not the reader's.
    title_in: Option<&'static str>,
    text_in: Option<&'static str>,
    picture: Option<String>,
    alt: String,
    open: Vec<Open>,
    /// How many contributions were answered, in words, where any was.
    answered: Option<String>,
}

/// The card; nothing where the city says nothing and nothing is open.
pub(super) fn card<'a>(around: &'a Around<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        let (site, world, lang) = (around.app.site(), around.app.atlas.world(), around.reader.lang);
        let welcome = Welcome {
            lang,
            title: site.text("welcome_title", lang).to_owned(),
            text: prose::html(site.text("welcome", lang)),
            title_in: site.other_language("welcome_title", lang),
            text_in: site.other_language("welcome", lang),
            picture: Some(site.get("picture")).filter(|p| !p.is_empty()).map(|p| format!("/site/{p}.jpg")),
            alt: site.get("picture_alt").to_owned(),
            open: open(&world, lang, clock::now())?,
            answered: answered(around)?,
        };
        if welcome.title.is_empty() && welcome.text.is_empty() && welcome.open.is_empty() {
            return Ok(String::new());
        }
        welcome.render().map_err(|error| Error::Internal(error.to_string()))
    })
}

/// The processes of which a phase is open, the one that closes first first.
fn open(world: &World, lang: Lang, now: Timestamp) -> Result<Vec<Open>> {
    let mut open = Vec::new();
    // What was closed for good is open to nobody, whatever its calendar says.
    for rules in ProcessRules::all(world)?.into_iter().filter(|rules| rules.state == State::Public) {
        let phases = rules.settings.phases.iter();
        let current =
            phases.filter(|phase| phase.opens <= now && now < phase.closes && !phase.acts.is_empty());
        match current.map(|phase| phase.closes).min() {
            Some(closes) => open.push((Some(closes), rules)),
            // Without a calendar it is always open, unless it was closed for good.
            None if rules.settings.phases.is_empty() => {
                open.push((None, rules));
            }
            None => {}
        }
    }
    // What closes first is first, what never does last.
    open.sort_by_key(|(closes, _)| (closes.is_none(), *closes));
    let of = |(closes, rules): (Option<Timestamp>, ProcessRules)| {
        let left = closes.map(|closes| lang.count("about-days-left", (closes - now).num_days()));
        Open { slug: rules.slug.clone(), title: rules.title_in(lang).to_owned(), left }
    };
    Ok(open.into_iter().take(MOST).map(of).collect())
}

/// How many contributions got an answer.
fn answered(around: &Around<'_>) -> Result<Option<String>> {
    let status = Facet::of_name("status").ok_or_else(|| Error::Internal("no facet of statuses".into()))?;
    let counts = around.app.atlas.counts(&Filter::default(), status)?;
    let of = |status: &&Status| counts.get(status.word()).copied().unwrap_or(0);
    let answered: u64 =
        Status::all().iter().filter(|status| **status != Status::OPEN).map(|status| of(&status)).sum();
    let said = Message::new("about-answered").with("n", answered);
    Ok((answered > 0).then(|| around.reader.lang.say(&said)))
}
