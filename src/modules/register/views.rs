//! The register's pages.

use super::model::{Head, Question};
use crate::base::clock::Timestamp;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
use crate::core::journal::seal::hex;
use crate::core::journal::{Act, Receipt};
use askama::Template;
use askama_web::WebTemplate;
use serde_json::{Value, json};

/// What the register is, its heads, how to keep and to check them.
#[derive(Template, WebTemplate)]
#[template(path = "register/templates/register.html")]
pub(super) struct RegisterPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) base: String,
    pub(super) number: i64,
    pub(super) chain: Option<String>,
    pub(super) heads: Vec<Head>,
}

impl RegisterPage {
    fn lines(&self) -> String {
        self.lang.count("register-lines", self.number)
    }
    fn name(&self, day: &str) -> String {
        day.parse().map_or_else(|_no_day: chrono::ParseError| day.to_owned(), |day| self.lang.date(day))
    }
}

/// What an act is called on a page.
pub(super) fn act(lang: Lang, act: Act) -> String {
    if !act.is_known() {
        return act.word().to_owned();
    }
    lang.text(&format!("register-act-{}", act.word().replace('_', "-")))
}

/// An instant to the second, as people in France read a clock.
fn moment(lang: Lang, at: Timestamp) -> String {
    let time = at.with_timezone(&crate::base::clock::zone()).format("%H:%M:%S");
    lang.say(
        &Message::new("receipt-moment")
            .with("day", lang.day(at))
            .with("time", time)
            .with("zone", lang.zone()),
    )
}

/// Sixty-four digits in groups of four: what can be read out and compared.
fn grouped(print: &str) -> String {
    let groups: Vec<&str> =
        print.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok()).collect();
    groups.join(" ")
}

/// What was said, as a page shows it.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Shown {
    title: String,
    body: String,
    photos: Vec<Value>,
}

/// The proof that something was deposited, for who deposited it.
#[derive(Template, WebTemplate)]
#[template(path = "register/templates/receipt.html")]
pub(super) struct ReceiptPage {
    lang: Lang,
    site: String,
    base: String,
    receipt: Receipt,
    key: String,
    shown: Option<Shown>,
}

impl ReceiptPage {
    pub(super) fn new(lang: Lang, site: String, base: String, receipt: Receipt, key: String) -> ReceiptPage {
        // What cannot be shown in parts is shown as it was hashed, below.
        let shown = receipt.said.as_deref().map(|said| serde_json::from_str(said).unwrap_or_default());
        ReceiptPage { lang, site, base, receipt, key, shown }
    }
    fn act(&self) -> String {
        act(self.lang, self.receipt.act)
    }
    fn moment(&self) -> String {
        moment(self.lang, self.receipt.at)
    }
    fn print(&self) -> String {
        hex(&self.receipt.chain)
    }
    fn groups(&self) -> String {
        grouped(&self.print())
    }
    fn salt(&self) -> String {
        self.receipt.salt.as_deref().map(hex).unwrap_or_default()
    }
    fn digest(&self) -> String {
        self.receipt.content.as_deref().map(hex).unwrap_or_default()
    }
    fn html(&self, shown: &Shown) -> String {
        prose::html(&shown.body)
    }
    fn title(&self) -> String {
        self.lang.say(&Message::new("receipt-title").with("number", self.receipt.number))
    }
    fn photos(&self, shown: &Shown) -> String {
        self.lang.count("receipt-photos", i64::try_from(shown.photos.len()).unwrap_or(i64::MAX))
    }
}

/// What the register says of a receipt.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// What was asked is no number with a fingerprint.
    Unreadable,
    /// There is no such line.
    Unknown(i64),
    /// The line has another fingerprint.
    Different(i64),
    /// It is the line's.
    Genuine {
        receipt: Box<Receipt>,
        /// Whether the content that the receipt shows is the one deposited; nothing where it shows none.
        says: Option<bool>,
        is_public: bool,
    },
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        match self {
            Answer::Unreadable => json!({ "genuine": false, "why": "unreadable" }),
            Answer::Unknown(number) => json!({ "genuine": false, "why": "unknown", "number": number }),
            Answer::Different(number) => json!({ "genuine": false, "why": "different", "number": number }),
            Answer::Genuine { receipt, says, .. } => json!({
                "genuine": true, "number": receipt.number, "at": receipt.at, "act": receipt.act.word(),
                "feature": receipt.feature_id, "content": says,
            }),
        }
    }
}

/// The question and its answer.
#[derive(Template, WebTemplate)]
#[template(path = "register/templates/verify.html")]
pub(super) struct VerifyPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) question: Question,
    pub(super) answer: Option<Answer>,
}

impl VerifyPage {
    fn numbered(&self, key: &'static str, number: &i64) -> String {
        self.lang.say(&Message::new(key).with("number", number))
    }
    fn moment(&self, receipt: &Receipt) -> String {
        moment(self.lang, receipt.at)
    }
    fn act(&self, receipt: &Receipt) -> String {
        act(self.lang, receipt.act)
    }
}
