//! A file of outlines, read whole and checked: its rows with their surfaces, and why others are refused.
//!
//! What it is not: what the columns mean (`plan`). Invariant: what is read is bounded in bytes, unpacked or not, and in rows; one file is
//! read at a time, on a thread that answers nobody else.

use super::works::{Progress, Work, Works};
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::media::Digest;
use crate::core::app::App;
use crate::core::territory::outline;
use geo::MultiPolygon;
use parvis_readers::{Cause, Locator, ReadOptions, Record, Source, TotalHint};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The most bytes of a file once it is unpacked.
const UNPACKED: u64 = 160 << 20;

/// The most outlines of a file: all communes of France are fewer.
pub(super) const MOST_ROWS: usize = 40_000;

/// The most columns of a file: each row keeps a cell of each.
const MOST_COLUMNS: usize = 300;

/// Refused rows that are shown; all are counted.
const SHOWN: usize = 20;

/// The most characters of a cell that are kept.
const CELL: usize = 200;

/// What a file holds.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) columns: Vec<Arc<str>>,
    pub(super) rows: Vec<Row>,
    pub(super) refused: Refused,
    /// What its coordinates are, as EPSG code.
    pub(super) crs: u32,
}

/// An outline and what its row says in each column.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Locator,
    pub(super) cells: Vec<String>,
    pub(super) outline: MultiPolygon<f64>,
}

/// Rows that are not taken: how many, and the first of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Refused {
    pub(super) count: u64,
    pub(super) first: Vec<(Locator, Why)>,
}

/// Why a row is not taken.
#[derive(Debug, Clone)]
pub(super) enum Why {
    Cause(Cause),
    NoName,
}

impl Refused {
    pub(super) fn add(&mut self, place: Locator, why: Why) {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push((place, why));
        }
    }

    /// A sentence for each of the first.
    pub(super) fn say(&self, lang: Lang) -> Vec<String> {
        let each = self.first.iter().map(|(place, why)| {
            let (place, why) = match lang {
                Lang::Fr => (place.french(), why.say(lang)),
                Lang::En => (place.to_string(), why.say(lang)),
            };
            lang.say(&Message::new("areas-row-refused").with("row", place).with("why", why))
        });
        each.collect()
    }
}

impl Why {
    fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Why::NoName, lang) => lang.text("areas-row-no-name"),
            (Why::Cause(Cause::Projected { guess, .. }), lang) => {
                let guess = guess.map_or_else(|| "2154".to_owned(), |epsg| epsg.to_string());
                lang.say(&Message::new("areas-row-projected").with("epsg", guess))
            }
            (Why::Cause(cause), Lang::Fr) => in_the_form(&cause.french(), lang),
            (Why::Cause(cause), Lang::En) => in_the_form(&cause.to_string(), lang),
        }
    }
}

/// A sentence of the readers, which name the command's options, with the fields of our form in their place.
fn in_the_form(said: &str, lang: Lang) -> String {
    let field = |key: &str| lang.quoted(&lang.text(key));
    let said = said.replace("--crs", &field("areas-crs")).replace("--table", &field("areas-layer"));
    said.replace(" (--map lon=…,lat=…)", "")
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone)]
pub(super) enum Unreadable {
    Reader { french: String, english: String },
    TooMany,
    TooWide,
    Empty,
}

impl Unreadable {
    pub(super) fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Unreadable::Reader { french, .. }, Lang::Fr) => in_the_form(french, lang),
            (Unreadable::Reader { english, .. }, Lang::En) => in_the_form(english, lang),
            (Unreadable::TooMany, lang) => {
                lang.say(&Message::new("areas-too-many").with("most", MOST_ROWS / 1_000))
            }
            (Unreadable::TooWide, lang) => {
                lang.say(&Message::new("areas-too-wide").with("most", MOST_COLUMNS))
            }
            (Unreadable::Empty, lang) => lang.text("areas-no-row"),
        }
    }
}

/// What a reading gives.
pub(super) type Read = Result<Arc<Reading>, Unreadable>;

/// How a file is read: the EPSG code of its coordinates, and the layer or file inside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct How {
    pub(super) crs: Option<u32>,
    pub(super) layer: Option<String>,
}

/// The last readings: each may hold a hundred megabytes.
static READINGS: Works<(Digest, How), Read> = Works::new(2);

/// One file at a time.
static TURN: Semaphore = Semaphore::const_new(1);

/// The reading of a file that waits; nothing where it is not there any more.
pub(super) fn of(app: &App, folder: &str, digest: &Digest, how: &How) -> Option<Arc<Work<Read>>> {
    let path = app.media.waiting(folder, digest)?;
    let key = (digest.clone(), how.clone());
    Some(READINGS.get(&key).unwrap_or_else(|| {
        let how = how.clone();
        READINGS.put(key, Work::start(|progress| apart(path, how, progress)))
    }))
}

/// Lets go of what was read: the file is there to be read again.
pub(super) fn let_go() {
    READINGS.let_go();
}

async fn apart(path: PathBuf, how: How, progress: Arc<Progress>) -> Read {
    // Never closed.
    let _turn = TURN.acquire().await;
    let read = tokio::task::spawn_blocking(move || read(&path, &how, &progress)).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "a reader broke off");
        let (french, english) = ("fichier illisible".to_owned(), "the file cannot be read".to_owned());
        Err(Unreadable::Reader { french, english })
    })
    .map(Arc::new)
}

fn read(path: &Path, how: &How, progress: &Progress) -> Result<Reading, Unreadable> {
    let options =
        ReadOptions { crs: how.crs, layer: how.layer.clone(), max_bytes: UNPACKED, ..ReadOptions::default() };
    let mut source = Source::open(path, &options)
        .map_err(|error| Unreadable::Reader { french: error.french, english: error.english })?;
    let columns = source.columns.clone();
    if columns.len() > MOST_COLUMNS {
        return Err(Unreadable::TooWide);
    }
    let mut reading = Reading { columns, rows: Vec::new(), refused: Refused::default(), crs: source.crs };
    let mut number = 0u64;
    while let Some(record) = source.next() {
        number += 1;
        match source.total_hint {
            TotalHint::Rows(total) => progress.say(number, total),
            TotalHint::Bytes(total) => progress.say(source.bytes_read(), total),
        }
        if number > MOST_ROWS as u64 {
            return Err(Unreadable::TooMany);
        }
        match record {
            Ok(record) => reading.take(record),
            Err(error) => reading.refused.add(error.place, Why::Cause(error.cause)),
        }
    }
    if number == 0 { Err(Unreadable::Empty) } else { Ok(reading) }
}

impl Reading {
    fn take(&mut self, mut record: Record) {
        match outline::surface(record.geometry.take()) {
            Ok(outline) => {
                let cell =
                    |column: &Arc<str>| outline::said(&record, column).chars().take(CELL).collect::<String>();
                let cells = self.columns.iter().map(cell).collect();
                self.rows.push(Row { place: record.place, cells, outline });
            }
            Err(cause) => self.refused.add(record.place, Why::Cause(cause)),
        }
    }

    /// Where a column stands.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| **column == *name)
    }
}
