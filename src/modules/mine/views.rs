//! The page of what one did.

use super::store::{MOST, Placed, Said};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
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
}

/// How much of an argument is read here, in characters.
const EXCERPT: usize = 160;

impl MinePage {
    pub(super) fn new(lang: Lang, site: String, is_signed_in: bool) -> MinePage {
        let (placed, argued, voted, followed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        MinePage { lang, site, is_signed_in, placed, argued, voted, followed }
    }

    fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.argued.is_empty() && self.voted.is_empty() && self.followed.is_empty()
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
