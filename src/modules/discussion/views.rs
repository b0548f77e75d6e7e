//! A feature's page and the two parts of it that change while somebody reads: voices and arguments.

use super::held::Word;
use super::history::History;
use super::model::{BODY, Typed};
use crate::base::clock::Timestamp;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{ArgumentId, FeatureId, Seq, Visitor};
use crate::base::prose;
use crate::civic::processes::{Ballot, ProcessRules, Refusal};
use crate::core::features::arguments::Argument;
use crate::core::features::photos::Photo;
use crate::core::features::{ARGUED, Card, Kind, Voice, tally};
use askama::Template;
use askama_web::WebTemplate;
use std::collections::HashMap;

/// A feature's own page.
#[derive(Template, WebTemplate)]
#[template(path = "discussion/templates/feature.html")]
pub(super) struct FeaturePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// Our own address, without a final `/`: links that leave the page need it whole.
    pub(super) base: String,
    pub(super) card: Card,
    /// The journal line up to which the page is known to be true: where its live updates begin.
    pub(super) seq: Seq,
    /// Longitude and latitude of its place, or of the middle of it.
    pub(super) at: Option<(f64, f64)>,
    /// Its place as GeoJSON, for the small map.
    pub(super) geometry: Option<String>,
    pub(super) areas: Vec<String>,
    pub(super) photos: Vec<Photo>,
    pub(super) votes: VotesPart,
    pub(super) arguments: ArgumentsPart,
    /// The process that it belongs to, or the open square.
    pub(super) process: ProcessRules,
    pub(super) mine: bool,
    /// What it said before.
    pub(super) history: History,
    /// The parts that other modules have on it, as HTML.
    pub(super) panels: Vec<String>,
    /// What moderators say to this reader.
    pub(super) word: Word,
    /// What its author changes it with, from any device.
    pub(super) edit_link: Option<String>,
    /// Number and link of the receipt of what it says now, for its author.
    pub(super) receipt: Option<(i64, String)>,
}

/// Number and link of a receipt, by what it is about.
pub(super) type Receipts = HashMap<String, (i64, String)>;

/// The words of a link to a receipt.
fn receipt_words(lang: Lang, key: &'static str, number: &i64) -> String {
    lang.say(&Message::new(key).with("number", number))
}

/// A letter that the reader's own program sends.
fn mailto(subject: &str, body: &str) -> String {
    let encode =
        |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    format!("mailto:?subject={}&body={}", encode(subject), encode(body))
}

impl FeaturePage {
    fn receipt_words(&self, number: &i64) -> String {
        receipt_words(self.lang, "receipt-link", number)
    }
    fn kind(&self) -> String {
        self.lang.text(&format!("kind-one-{}", self.card.kind.word()))
    }
    /// A text that agrees with what it is.
    fn of_kind(&self, key: &str) -> String {
        self.lang.of_kind(key, self.card.kind.word())
    }
    fn status(&self) -> String {
        self.card.status_said(self.lang)
    }
    fn url(&self) -> String {
        format!("{}/features/{}", self.base, self.card.id)
    }
    /// The picture of a link to it where it has no photo.
    fn share_picture(&self) -> String {
        format!("/features/{}/share.png", self.card.id)
    }
    fn share_alt(&self) -> String {
        let message = Message::new("share-alt").with("title", self.card.title.as_str());
        self.lang.say(&message.with("site", self.site.as_str()))
    }
    fn text(&self) -> String {
        prose::html(&self.card.body)
    }
    /// For search engines and the cards of messengers.
    fn description(&self) -> String {
        match prose::excerpt(&self.card.body, 160) {
            empty if empty.is_empty() => format!("{} – {}", self.kind(), self.site),
            text => text,
        }
    }
    fn mailto(&self) -> String {
        mailto(&self.card.title, &self.url())
    }
    /// A letter to oneself with a link, about what a key says of the title.
    fn mailto_of(&self, link: &str, subject: &str) -> String {
        let subject = Message::new(subject.to_owned()).with("title", self.card.title.as_str());
        mailto(&self.lang.say(&subject), link)
    }
    fn first_alt(&self, photo: &Photo) -> String {
        self.alt(photo, &1)
    }
    fn alt(&self, photo: &Photo, number: &usize) -> String {
        let unsaid = Message::new("photo-alt").with("number", number);
        if photo.alt.is_empty() { self.lang.say(&unsaid) } else { photo.alt.clone() }
    }
}

/// The voices on a feature, and the buttons to give one's own.
#[derive(Template, WebTemplate)]
#[template(path = "discussion/templates/votes.html")]
pub(super) struct VotesPart {
    pub(super) lang: Lang,
    pub(super) id: FeatureId,
    pub(super) votes_for: i64,
    pub(super) votes_against: i64,
    /// What the voices weigh together.
    pub(super) points: i64,
    /// How many voices are kept and not counted: given under other rules.
    pub(super) apart: i64,
    pub(super) voice: Option<Voice>,
    /// Of what they are.
    pub(super) kind: Kind,
    /// What voices there are.
    pub(super) ballot: Ballot,
    /// How many people chose each step of a scale, from −2 to +2.
    pub(super) steps: [i64; 5],
    /// Why none can be given now.
    pub(super) refusal: Option<Refusal>,
}

impl VotesPart {
    fn is_for(&self) -> bool {
        self.voice == Some(Voice::For)
    }
    fn is_against(&self) -> bool {
        self.voice == Some(Voice::Against)
    }
    fn has_votes(&self) -> bool {
        self.ballot != Ballot::None
    }
    fn takes_against(&self) -> bool {
        self.ballot == Ballot::ForAgainst
    }
    /// Nobody is against: what was given otherwise, under other rules, is shown all the same.
    fn takes_support_only(&self) -> bool {
        self.ballot == Ballot::ForOnly && self.votes_against == 0
    }
    fn supports(&self) -> String {
        self.lang.count("votes-support", self.votes_for)
    }
    fn is_scale(&self) -> bool {
        self.ballot == Ballot::Scale
    }
    fn why(&self, refusal: &Refusal) -> String {
        self.lang.say(&refusal.why)
    }
    /// How many people chose a step, and which they chose on average, as people write it: `7 voix, en moyenne +0,8`.
    fn mean(&self) -> Option<String> {
        let people: i64 = self.steps.iter().sum();
        let points: i64 = self.steps.iter().zip(-2..).map(|(chosen, step)| chosen * step).sum();
        (people > 0).then(|| tally::mean(self.lang, people, points))
    }
    /// The points with their sign, as people write them.
    fn points(&self) -> String {
        tally::signed(self.points)
    }
    fn said_apart(&self) -> String {
        self.lang.count("votes-apart", self.apart)
    }
    fn voices(&self, people: &i64) -> String {
        self.lang.count("votes-count", people)
    }
    /// The steps of a scale: its word, its sign as people write it, its name, whether it is this visitor's, and how many chose it.
    fn scale(&self) -> Vec<(&'static str, &'static str, String, bool, i64)> {
        let steps = [
            (Voice::StronglyAgainst, "−2", "vote-strongly_against"),
            (Voice::Against, "−1", "vote-scale-against"),
            (Voice::Neutral, "0", "vote-neutral"),
            (Voice::For, "+1", "vote-scale-for"),
            (Voice::StronglyFor, "+2", "vote-strongly_for"),
        ];
        let step = |((voice, sign, key), chosen): ((Voice, _, _), _)| {
            (voice.word(), sign, self.lang.text(key), self.voice == Some(voice), chosen)
        };
        steps.into_iter().zip(self.steps).map(step).collect()
    }
    /// The share of voices for it, in hundredths; `None` where there is no voice.
    fn share(&self) -> Option<i64> {
        let all = self.votes_for + self.votes_against;
        (all > 0 && !self.takes_support_only()).then(|| (self.votes_for * 100 + all / 2) / all)
    }
    /// The balance in words.
    fn balance(&self, share: &i64) -> String {
        let message = Message::new("votes-balance")
            .with("for", self.votes_for)
            .with("against", self.votes_against)
            .with("share", share);
        self.lang.say(&message)
    }
}

/// One side's arguments.
pub(super) struct Column {
    side: Voice,
    arguments: Vec<Shown>,
    /// What was typed and cannot be taken as it is, and why.
    typed: Option<(String, String)>,
}

/// An argument as it is shown.
struct Shown {
    id: ArgumentId,
    /// Safe HTML.
    html: String,
    at: Timestamp,
    mine: bool,
    /// Number and link of its receipt, for its author.
    receipt: Option<(i64, String)>,
}

/// The arguments on a feature in two columns, and the forms to add one.
#[derive(Template, WebTemplate)]
#[template(path = "discussion/templates/arguments.html")]
pub(super) struct ArgumentsPart {
    lang: Lang,
    id: FeatureId,
    /// What it is about: its texts agree with it.
    kind: Kind,
    /// One for each side.
    columns: Vec<Column>,
    /// Why none can be given now.
    refusal: Option<Refusal>,
    /// What has just been done here, in words for who did it.
    said: Option<String>,
    /// The argument that has just been added.
    added: Option<ArgumentId>,
}

impl ArgumentsPart {
    /// What `visitor` sees of a feature's arguments.
    pub(super) fn new(
        lang: Lang,
        (id, kind): (FeatureId, Kind),
        all: &[Argument],
        visitor: Option<Visitor>,
        refusal: Option<Refusal>,
    ) -> ArgumentsPart {
        let column = |side| {
            let own = all.iter().filter(|argument| argument.side == side);
            let shown = own.map(|argument| Shown {
                id: argument.id,
                html: prose::html(&argument.body),
                at: argument.created_at,
                mine: visitor.is_some() && argument.author == visitor,
                receipt: None,
            });
            Column { side, arguments: shown.collect(), typed: None }
        };
        // What was said on a side that its kind has no more stays to be read.
        let is_said = |side: &Voice| all.iter().any(|argument| argument.side == *side);
        let sides = ARGUED.iter().filter(|side| kind.0.sides.contains(side) || is_said(side));
        let columns = sides.map(|side| column(*side)).collect();
        ArgumentsPart { lang, id, kind, columns, refusal, said: None, added: None }
    }

    /// The same with the receipts of the reader's own arguments.
    pub(super) fn with_receipts(mut self, receipts: &Receipts) -> ArgumentsPart {
        let own = self.columns.iter_mut().flat_map(|column| &mut column.arguments).filter(|shown| shown.mine);
        own.for_each(|shown| shown.receipt = receipts.get(&shown.id.to_string()).cloned());
        self
    }

    /// The same for the person who has just added an argument, or taken one back.
    pub(super) fn after(mut self, added: Option<ArgumentId>) -> ArgumentsPart {
        self.said = Some(self.of_kind(if added.is_some() { "argument-added" } else { "argument-withdrawn" }));
        self.added = added;
        self
    }

    /// The same with what was typed and cannot be taken as it is.
    pub(super) fn with(mut self, typed: Typed) -> ArgumentsPart {
        let why = self.lang.say(&typed.problem.message);
        if let Some(column) = self.columns.iter_mut().find(|column| column.side == typed.side) {
            column.typed = Some((typed.body, why));
        }
        self
    }

    fn why(&self, refusal: &Refusal) -> String {
        self.lang.say(&refusal.why)
    }
    /// A text that is said of one side.
    fn of(&self, stem: &str, side: &str) -> String {
        self.of_kind(&format!("{stem}-{side}"))
    }
    fn of_kind(&self, key: &str) -> String {
        self.lang.of_kind(key, self.kind.word())
    }
    /// Whether there is one side: its heading is that of them all.
    fn is_one(&self) -> bool {
        self.columns.len() == 1
    }
    /// Whether something can be said on this side now.
    fn takes(&self, side: &Voice) -> bool {
        self.refusal.is_none() && self.kind.0.sides.contains(side)
    }
    fn receipt_words(&self, number: &i64) -> String {
        receipt_words(self.lang, "receipt-argument", number)
    }
    fn most(&self) -> usize {
        BODY
    }
    fn news(&self) -> String {
        self.lang.say(&Message::new("arguments-news").with("kind", self.kind.word()).with("n", "{n}"))
    }
    fn left(&self) -> String {
        self.lang.say(&Message::new("argument-left").with("n", "{n}"))
    }
}
