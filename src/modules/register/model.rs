//! What the register's pages speak of: published heads, receipts as a text, and what is found to be wrong. No SQL, no HTTP.

use crate::base::clock::{self, Timestamp};
use crate::core::journal::Receipt;
use crate::core::journal::seal::{hex, of_hex};
use chrono::{Days, NaiveDate, TimeZone, Utc};

/// The head of the chain at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    /// The day by the territory's clock, `2026-11-22`.
    pub day: String,
    /// The last line of that day or before.
    pub number: i64,
    /// The chain at that line.
    pub chain: Vec<u8>,
    /// When it was published.
    pub made_at: Timestamp,
}

impl Head {
    /// The chain in hexadecimal.
    pub fn print(&self) -> String {
        hex(&self.chain)
    }
}

/// The day of the territory's clock that an instant lies in.
pub(super) fn day_of(at: Timestamp) -> NaiveDate {
    at.with_timezone(&clock::zone()).date_naive()
}

/// The instant at which a day of the territory's clock ends. No clock change of France has ever removed a midnight; where one did, the day
/// ends with it in UTC.
pub(super) fn end_of(day: NaiveDate) -> Timestamp {
    let next = day + Days::new(1);
    let midnight = next.and_time(chrono::NaiveTime::MIN);
    clock::zone()
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| Utc.from_utc_datetime(&midnight), |local| local.with_timezone(&Utc))
}

/// What somebody asks at `/verify`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) number: String,
    pub(super) fingerprint: String,
    /// From a whole receipt: the salt and the content, to be checked as well.
    pub(super) said: Option<(Vec<u8>, String)>,
}

/// The fewest hexadecimal digits that are a fingerprint: sixty-four bits, which nobody meets by chance.
const LEAST: usize = 16;

impl Question {
    /// What a receipt says, as the text that [`receipt_text`] writes. Line ends and spaces around it may have changed on the way.
    pub(super) fn of_text(text: &str) -> Question {
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
            line.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        let said =
            of_hex(&field("salt")).filter(|salt| !salt.is_empty()).map(|salt| (salt, field("content")));
        Question { number: field("number"), fingerprint: field("fingerprint"), said }
    }

    /// The number and the digits of the fingerprint, if both can be some.
    pub(super) fn read(&self) -> Option<(i64, String)> {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let number = plain(&self.number).trim_start_matches(['n', '°', 'º', '#']).parse().ok()?;
        let digits = plain(&self.fingerprint).to_ascii_lowercase();
        let is_print = digits.chars().all(|c| c.is_ascii_hexdigit()) && (LEAST..=64).contains(&digits.len());
        is_print.then_some((number, digits))
    }
}

/// A receipt as a text that outlives the site: every field of the line, and what was said with its salt while that is kept.
pub(super) fn receipt_text(site: &str, base: &str, receipt: &Receipt, before: &[u8]) -> String {
    let one = |text: &str| text.replace(['\r', '\n'], " ");
    let mut lines = vec![
        "Parvis register receipt 1".to_owned(),
        format!("site: {} {base}", one(site)),
        format!("number: {}", receipt.number),
        format!("fingerprint: {}", hex(&receipt.chain)),
        format!("time: {}", receipt.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
        format!("act: {}", receipt.act.word()),
        format!("line: {}", receipt.seq),
        format!("feature: {}", receipt.feature_id.map(|id| id.to_string()).unwrap_or_default()),
        format!("subject: {}", receipt.subject.as_deref().map(one).unwrap_or_default()),
        format!("channel: {}", receipt.channel.as_deref().map(one).unwrap_or_default()),
        format!("before: {}", hex(before)),
    ];
    if let Some(content) = &receipt.content {
        lines.push(format!("content-digest: {}", hex(content)));
    }
    if let Some((salt, said)) = receipt.salt.as_ref().zip(receipt.said.as_ref()) {
        lines.push(format!("salt: {}", hex(salt)));
        lines.push(format!("content: {said}"));
    }
    lines.push(format!("verify: {base}/verify"));
    lines.join("\n") + "\n"
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The number of the register's line; none where it has none.
    pub number: Option<i64>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No line has the number.
    Missing,
    /// The line is not what was chained.
    Chain,
    /// What is kept is not what was deposited.
    Content,
    /// What was deposited is gone, and no line says that it was erased.
    Gone,
    /// Something is kept for this subject, by its kind and id, that no line says of it.
    Stray(String, i64),
    /// This line of the journal is civic and has no number.
    Unsealed(i64),
    /// The journal has so many lines more (or, below zero, less) than were numbered.
    Journal(i64),
    /// The head that the next line would be chained to is another than the last line's.
    Head,
    /// The head published for this day is another than the line's.
    Published(String),
    /// This feature's row does not say what was deposited last.
    Feature(i64),
    /// This argument's row does not say what was deposited.
    Argument(i64),
    /// A version of the answer to this feature does not say what was answered, or is missing, or more than were given.
    Answer(i64),
    /// A row is not what the line sealed, in this column or these rows that belong to it.
    Row(&'static str, i64, String),
    /// No line ever sealed this row.
    Unheld(&'static str, i64),
    /// The line sealed this row, and it is not there.
    Dropped(&'static str, i64),
    /// What is kept of this row is not what the line sealed.
    Seal(&'static str, i64),
    /// The rows that the line sealed are not those that are kept under it.
    Batch,
    /// Sealed rows are kept under this number that no line speaks of.
    Loose(i64),
    /// A column of this row does not follow from the rows that it follows from.
    Derived(&'static str, &'static str, i64),
    /// The voices on this feature are not what the last line of them says, in this column or table.
    Voices(&'static str, i64),
    /// The lines of this day that are not civic are not those that the line sealed.
    Day(String),
    /// Somebody kept a head or a receipt of this line, and there is no such line any more.
    CutOff(String),
    /// Somebody kept a head or a receipt of this line, and the line or one before it is another now.
    Rewritten(String),
    /// This feature's photos are not those that were deposited last.
    Photos(i64),
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(number) = self.number {
            write!(f, "ligne / line {number} : ")?;
        }
        match &self.fault {
            Fault::Missing => f.write_str("elle manque / it is missing"),
            Fault::Chain => f.write_str(
                "elle ne correspond pas à son maillon, elle a été changée / it does not match its link, it was changed",
            ),
            Fault::Content => f.write_str(
                "le contenu gardé n’est pas celui qui a été déposé / what is kept is not what was deposited",
            ),
            Fault::Gone => f.write_str(
                "le contenu déposé a disparu sans effacement inscrit / what was deposited is gone, and no erasure is recorded",
            ),
            Fault::Stray(kind, id) => write!(
                f,
                "{kind} {id} : un contenu est gardé, qu’aucune ligne ne lui attribue / something is kept for {kind} {id} that no \
                 line says of it"
            ),
            Fault::Unsealed(seq) => write!(
                f,
                "la ligne {seq} du journal devrait être au registre / line {seq} of the journal ought to be in the register"
            ),
            Fault::Journal(more) => write!(
                f,
                "le journal compte {more:+} ligne(s) par rapport à sa numérotation / the journal has {more:+} line(s) against its \
                 numbering"
            ),
            Fault::Head => f.write_str(
                "la tête du registre n’est pas sa dernière ligne / the head of the register is not its last line",
            ),
            Fault::Published(day) => write!(
                f,
                "elle n’est pas celle que la tête publiée le {day} atteste / it is not the one that the head of {day} attests"
            ),
            Fault::Feature(id) => write!(
                f,
                "la contribution {id} ne dit plus ce qui a été déposé / feature {id} no longer says what was deposited"
            ),
            Fault::Argument(id) => write!(
                f,
                "l’argument {id} ne dit plus ce qui a été déposé / argument {id} no longer says what was deposited"
            ),
            Fault::Answer(id) => write!(
                f,
                "la réponse à la contribution {id} n’est pas celle qui a été donnée / the answer to feature {id} is not the one \
                 that was given"
            ),
            Fault::Row(table, id, column) => write!(
                f,
                "{table} {id} : {table}.{column} n’est plus ce que cette ligne a scellé / {table}.{column} of row {id} is no longer \
                 what this line sealed"
            ),
            Fault::Unheld(table, id) => write!(
                f,
                "{table} {id} : aucune ligne n’a scellé cet enregistrement / no line ever sealed row {id} of {table}"
            ),
            Fault::Dropped(table, id) => write!(
                f,
                "{table} {id} : l’enregistrement scellé a disparu / row {id} of {table}, which this line sealed, is gone"
            ),
            Fault::Seal(table, id) => write!(
                f,
                "{table} {id} : le sceau gardé n’est pas celui de cette ligne / the seal kept for row {id} of {table} is not this \
                 line’s"
            ),
            Fault::Batch => f.write_str(
                "les sceaux gardés ne sont pas ceux de cette ligne (sealed_row) / the seals that are kept are not this line’s \
                 (sealed_row)",
            ),
            Fault::Loose(batch) => write!(
                f,
                "sealed_row : des sceaux (lot {batch}) dont aucune ligne ne parle / seals (batch {batch}) that no line speaks of"
            ),
            Fault::Derived(table, column, id) => write!(
                f,
                "{table} {id} : {table}.{column} ne découle plus de ce dont il découle / {table}.{column} of row {id} does not \
                 follow from what it follows from"
            ),
            Fault::Voices(what, id) => write!(
                f,
                "contribution {id} : {what} ne correspond pas à la dernière ligne des voix / {what} of feature {id} is not what \
                 the last line of voices says"
            ),
            Fault::Day(day) => write!(
                f,
                "les lignes non civiques (voix…) jusqu’au {day} ne sont plus celles que cette ligne a scellées / the lines up to \
                 {day} that are not civic (voices…) are no longer those that this line sealed"
            ),
            Fault::CutOff(kept) => write!(
                f,
                "elle n’existe plus, or elle est attestée ({kept}) : la fin du registre a été coupée / it is gone, and it is \
                 attested: the end of the register was cut off"
            ),
            Fault::Rewritten(kept) => write!(
                f,
                "elle, ou une ligne d’avant, n’est plus celle qui est attestée ({kept}) : le registre a été réécrit / it, or a line \
                 before it, is no longer the one that is attested: the register was rewritten"
            ),
            Fault::Photos(id) => write!(
                f,
                "les photos de la contribution {id} ne sont plus celles déposées / the photos of feature {id} are not those \
                 deposited"
            ),
        }
    }
}
