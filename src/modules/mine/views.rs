//! The page of what one did.

use super::store::{ByLetter, MOST, Placed, Said};
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
use crate::civic::contributions::followers;
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use askama::Template;
use askama_web::WebTemplate;

/// `GET /mine`
#[derive(Template, WebTemplate)]
#[template(path = "mine/templates/mine.html")]
pub(super) struct MinePage {
    lang: Lang,
    site: String,
    is_signed_in: bool,
    pub(super) placed: Vec<Placed>,
    pub(super) argued: Vec<Said>,
    pub(super) voted: Vec<Said>,
    pub(super) followed: Vec<Said>,
    pub(super) by_letter: Vec<Told>,
}

/// Something that one follows by letter.
pub(super) struct Told {
    id: i64,
    /// Opens the end of it, as a letter does.
    key: String,
    /// What it is called and its page, where everybody may read it.
    title: Option<(String, String)>,
    at: Timestamp,
}

impl Told {
    /// Each with its name in the reader's language.
    ///
    /// # Errors
    /// Where a process cannot be read.
    pub(super) fn all(app: &App, lang: Lang, email: &str, found: Vec<ByLetter>) -> Result<Vec<Told>> {
        let processes = ProcessRules::all(&app.atlas.world())?;
        let title = |one: &ByLetter| match one.subject_kind.as_str() {
            "process" => {
                let known = processes.iter().find(|known| known.id.0 == one.subject_id)?;
                Some((known.title_in(lang).to_owned(), format!("/processes/{}", known.slug)))
            }
            _ => Some((one.title.clone()?, format!("/features/{}", one.subject_id))),
        };
        let told = |one: ByLetter| Told {
            id: one.id,
            key: followers::key(app, one.id, email),
            title: title(&one),
            at: one.at,
        };
        Ok(found.into_iter().map(told).collect())
    }
}

/// How much of an argument is read here, in characters.
const EXCERPT: usize = 160;

impl MinePage {
    pub(super) fn new(lang: Lang, site: String, is_signed_in: bool) -> MinePage {
        let (placed, argued, voted, followed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        MinePage { lang, site, is_signed_in, placed, argued, voted, followed, by_letter: Vec::new() }
    }

    fn is_empty(&self) -> bool {
        let said = [&self.argued, &self.voted, &self.followed];
        self.placed.is_empty() && said.iter().all(|list| list.is_empty()) && self.by_letter.is_empty()
    }
    /// What stands behind the title of a contribution: why not everybody reads it, else what became of it.
    fn stands(&self, placed: &Placed) -> String {
        match placed.held {
            Some(held) => self.lang.text(&format!("mine-held-{}", held.word())),
            None => self.lang.text(&placed.status.key()),
        }
    }
    fn spoken(&self, placed: &Placed) -> String {
        let said =
            Message::new("did-spoken").with("voices", placed.voices).with("arguments", placed.arguments);
        self.lang.say(&said)
    }
    fn excerpt(&self, said: &Said) -> String {
        prose::excerpt(&said.body, EXCERPT)
    }
    fn voice(&self, said: &Said) -> String {
        let key = match said.value {
            0 => "did-voice-neutral",
            value if value > 0 => "did-voice-for",
            _ => "did-voice-against",
        };
        self.lang.text(key)
    }
    /// Said where a list has as many lines as it may.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn is_cut(&self, lines: usize) -> bool {
        i64::try_from(lines).is_ok_and(|lines| lines >= MOST)
    }
}
