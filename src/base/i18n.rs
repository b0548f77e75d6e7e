//! Texts for people, French first, English second, from `web/shared` and `web/modules/*`, `fr.ftl` and `en.ftl` (Fluent).
//! A test holds both files to the same keys. Not for logs, which are English, nor for names in the API.

mod typography;

use chrono::Datelike;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

crate::base::words::kept_as_word!(Lang);

/// A text to be said in the reader's language: a key of the locale files and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The key in the `.ftl` files.
    pub key: Cow<'static, str>,
    /// Named values that the text shows.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Message { key: key.into(), args: Vec::new() }
    }
    /// The same with one more argument.
    #[allow(clippy::needless_pass_by_value)] // Numbers and references alike: callers read better.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

type Bundle = FluentBundle<FluentResource>;

/// The texts of each language, with those of modules that are compiled for tests only.
#[cfg(not(test))]
const FRENCH: &str = include_str!(concat!(env!("OUT_DIR"), "/fr.ftl"));
#[cfg(not(test))]
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.ftl"));
#[cfg(test)]
const FRENCH: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")),
    include_str!(concat!(env!("OUT_DIR"), "/test-fr.ftl"))
);
#[cfg(test)]
const ENGLISH: &str = concat!(
    include_str!(concat!(env!("OUT_DIR"), "/en.ftl")),
    include_str!(concat!(env!("OUT_DIR"), "/test-en.ftl"))
);

static FR: LazyLock<Bundle> = LazyLock::new(|| bundle("fr", &typography::french(FRENCH)));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", &typography::english(ENGLISH)));

fn bundle(code: &str, source: &str) -> Bundle {
    // A broken line leaves out its own message only; the test below refuses any.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(parsed, _)| parsed);
    let id = LanguageIdentifier::from_bytes(code.as_bytes()).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Direction marks around arguments show up as boxes in mails, feeds and CSV.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle.set_formatter(Some(if code == "fr" { french_number } else { english_number }));
    bundle
}

fn french_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, '\u{202f}')
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ',')
}

/// A whole number with its thousands set apart: 21 596.
fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.value.abs().trunc().to_string();
    let mut text = String::from(if number.value < 0.0 { "\u{2212}" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

impl Lang {
    /// `fr` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// The same, as the database keeps it.
    pub fn word(self) -> &'static str {
        self.code()
    }

    /// The language that the database keeps so.
    pub fn of_word(word: &str) -> Option<Lang> {
        Lang::of_code(word)
    }

    /// The language of a code such as `en-GB`, if we speak it.
    pub fn of_code(code: &str) -> Option<Lang> {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "fr" => Some(Lang::Fr),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The best of an `Accept-Language` header, French where none is ours.
    pub fn accepted(header: &str) -> Lang {
        let mut best = (0.0, Lang::Fr);
        for part in header.split(',') {
            // RFC 9110: blanks may stand around each part, and `q` may be a capital; other parameters say nothing here.
            let mut parts = part.split(';').map(str::trim);
            let code = parts.next().unwrap_or_default();
            let weight = parts
                .filter_map(|p| p.split_once('='))
                .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
            let quality = weight.map_or(1.0, |(_, said)| said.trim().parse::<f32>().unwrap_or(0.0));
            if let Some(lang) = Lang::of_code(code.trim())
                && quality > best.0
            {
                best = (quality, lang);
            }
        }
        best.1
    }

    /// Whether there is a text of this key.
    pub fn has(self, key: &str) -> bool {
        let bundle = match self {
            Lang::Fr => &*FR,
            Lang::En => &*EN,
        };
        bundle.has_message(key)
    }

    /// A text without arguments.
    pub fn text(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text that agrees with a kind of thing (`$kind`).
    pub fn of_kind(self, key: &str, kind: &'static str) -> String {
        let mut args = FluentArgs::new();
        args.set("kind", FluentValue::from(kind));
        self.format(key, Some(&args))
    }

    /// Words that somebody typed, between this language's quotation marks.
    pub fn quoted(self, words: &str) -> String {
        match self {
            Lang::Fr => format!("«\u{a0}{words}\u{a0}»"),
            Lang::En => format!("“{words}”"),
        }
    }

    /// A length of time that is set in days, as people say it: years where it is whole ones.
    pub fn days(self, days: u32) -> String {
        match days {
            0 => self.count("span-days", 0),
            days if days % 365 == 0 => self.count("span-years", i64::from(days / 365)),
            days => self.count("span-days", i64::from(days)),
        }
    }

    /// A text that counts something: `n` is the number.
    pub fn count(self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(*n.borrow()));
        self.format(key, Some(&args))
    }

    /// A message with its arguments.
    pub fn say(self, message: &Message) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            // What is counted chooses between one and many.
            match value.parse::<i64>() {
                Ok(count) if matches!(*name, "n" | "count") => args.set(*name, FluentValue::from(count)),
                _ => args.set(*name, FluentValue::from(value.as_str())),
            }
        }
        self.format(&message.key, Some(&args))
    }

    /// Which clock a time is by, as people call it: `heure de Paris`.
    pub fn zone(self) -> String {
        self.text(&format!("zone-{}", crate::base::clock::zone().name().replace('/', "-")))
    }

    /// A day of the territory's clock, as people write it: `21 novembre 2026`, `21 November 2026`.
    pub fn day(self, at: impl std::borrow::Borrow<chrono::DateTime<chrono::Utc>>) -> String {
        self.date(at.borrow().with_timezone(&crate::base::clock::zone()).date_naive())
    }

    /// A day of the calendar, as people write it.
    pub fn date(self, day: chrono::NaiveDate) -> String {
        const FR: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let months = if self == Lang::Fr { FR } else { EN };
        let number = match (self, day.day()) {
            (Lang::Fr, 1) => "1er".to_owned(),
            (_, n) => n.to_string(),
        };
        format!("{number} {} {}", months[day.month0() as usize], day.year())
    }

    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = match self {
            Lang::Fr => &*FR,
            Lang::En => &*EN,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<&str> {
        let starts_message = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        source
            .lines()
            .filter(starts_message)
            .filter_map(|l| l.split_once('=').map(|(k, _)| k.trim()))
            .collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_no_broken_line() {
        let (fr, en) = (
            include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")),
            include_str!(concat!(env!("OUT_DIR"), "/en.ftl")),
        );
        assert_eq!(keys(fr), keys(en));
        assert!(FluentResource::try_new(fr.into()).is_ok());
        assert!(FluentResource::try_new(en.into()).is_ok());
    }

    #[test]
    fn the_best_accepted_language_wins_and_french_is_the_default() {
        assert_eq!(Lang::accepted("de, en-GB;q=0.8, fr;q=0.3"), Lang::En);
        assert_eq!(Lang::accepted("de"), Lang::Fr);
        assert_eq!(Lang::accepted(""), Lang::Fr);
        for english in [
            "en; q=0.9",
            "en-GB;q=0.8,fr;q=0.1",
            "fr; q=0.2 , en ; q = 0.9",
            "EN-us",
            "en;Q=0.5, fr;q=0.4",
            "fr;q=0, en;q=0.1",
            "en;level=1;q=0.9, fr;q=0.8",
            "de, *;q=0.1, en;q=0.2",
        ] {
            assert_eq!(Lang::accepted(english), Lang::En, "{english}");
        }
        for french in
            ["fr-CH, fr;q=0.9, en;q=0.8", "en;q=0", "en;q=x", ";;;", "*", "fr; q=1.0, en; q=0.9", "fr, en"]
        {
            assert_eq!(Lang::accepted(french), Lang::Fr, "{french}");
        }
    }

    #[test]
    fn what_is_counted_in_a_message_chooses_between_one_and_many() {
        let wait =
            |lang: Lang, count: u64| lang.say(&Message::new("error-later-seconds").with("count", count));
        assert!(wait(Lang::Fr, 1).ends_with("dans une seconde."), "{}", wait(Lang::Fr, 1));
        assert!(wait(Lang::Fr, 2).ends_with("dans 2 secondes."));
        assert!(
            wait(Lang::En, 1).contains("one second") || wait(Lang::En, 1).contains("a second"),
            "{}",
            wait(Lang::En, 1)
        );
        assert_eq!(
            (Lang::Fr.days(1095), Lang::Fr.days(365), Lang::Fr.days(395)),
            ("3 ans".into(), "un an".into(), "395 jours".into())
        );
        assert_eq!((Lang::En.days(730), Lang::En.days(1)), ("2 years".into(), "one day".into()));
    }

    #[test]
    fn a_status_agrees_with_its_kind() {
        let said = |kind| {
            ["status-open", "status-accepted", "status-done", "status-refused"]
                .map(|key| Lang::Fr.of_kind(key, kind))
                .join(", ")
        };
        assert_eq!(said("proposal"), "Reçue, Retenue, Réalisée, Non retenue");
        assert_eq!(said("project"), "Reçu, Retenu, Réalisé, Non retenu");
        assert_eq!(said("report"), "Reçu, Retenu, Réparé, Non retenu");
        assert_eq!(Lang::Fr.text("status-done"), "Réalisée", "of a contribution, where no kind is said");
    }

    #[test]
    fn counts_follow_each_language() {
        assert_eq!(Lang::Fr.count("feature-count", 0), "0 contribution");
        assert_eq!(Lang::En.count("feature-count", 0), "0 contributions");
        assert_eq!(Lang::Fr.count("feature-count", 2), "2 contributions");
        assert_eq!(Lang::Fr.count("feature-count", 21_596), "21\u{202f}596 contributions");
        assert_eq!(Lang::En.count("feature-count", 1_021_596), "1,021,596 contributions");
    }
}
