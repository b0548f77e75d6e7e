//! Features as files, written page by page so that a large export needs little memory.

use crate::atlas::{Atlas, Filter, Paging};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::features::answers::{self, Answer};
use crate::features::{self, Card, answered_json, geometry};
use parvis_tiles::Order;
use std::borrow::Cow;
use wkt::ToWkt;

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// RFC 4180, UTF-8 with a byte order mark (spreadsheets need it), longitude and latitude in columns.
    Csv,
    /// RFC 7946, one feature a line.
    Geojson,
}

impl Format {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Geojson => "application/geo+json",
        }
    }
    /// What its file names end in.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Geojson => "geojson",
        }
    }
}

/// Rows asked of the database at once.
const PAGE: usize = 1_000;

const COLUMNS: [&str; 25] = [
    "id",
    "kind",
    "status",
    "process",
    "theme",
    "title",
    "body",
    "areas",
    "lon",
    "lat",
    "wkt",
    "score",
    "votes_for",
    "votes_against",
    "created_at",
    "updated_at",
    // What the authority answered; empty where it has not. At the end, so that no other column changes its place.
    "answer_verdict",
    "answer_text",
    "answer_motive",
    "answer_link",
    "answer_authority",
    "answer_date",
    // People in between, people in all, and since when only a shell is left.
    "votes_neutral",
    "voters",
    "withdrawn_at",
];

/// Writes every feature that passes, newest first, in pieces given to `sink`; `tell` is told how many are written so far.
/// Gives how many there were.
///
/// # Errors
/// Where the filter names what there is not, the database does not answer, or the sink is closed.
pub async fn write<F>(
    atlas: &Atlas,
    db: &Db,
    filter: &Filter,
    format: Format,
    tell: impl Fn(u64),
    mut sink: impl FnMut(Vec<u8>) -> F,
) -> Result<u64>
where
    F: Future<Output = Result<()>>,
{
    let mut paging = Paging { order: Order::Newest, after: None, limit: PAGE };
    let mut written = 0;
    sink(match format {
        Format::Csv => [b"\xef\xbb\xbf".to_vec(), csv_rows([COLUMNS.map(Cow::Borrowed).to_vec()])?].concat(),
        Format::Geojson => b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec(),
    })
    .await?;
    loop {
        let page = atlas.list(filter, None, paging)?;
        let cards = features::store::cards(db, &page.ids).await?;
        let answers = answers::standing(db, &page.ids).await?;
        sink(match format {
            Format::Csv => {
                let rows = cards.iter().map(|card| row(card, answers.get(&card.id)));
                csv_rows(rows.collect::<Result<Vec<_>>>()?)?
            }
            Format::Geojson => {
                let mut text = String::new();
                for card in &cards {
                    text.push_str(if written == 0 && text.is_empty() { "\n" } else { ",\n" });
                    text.push_str(&answered_json(card, answers.get(&card.id))?.to_string());
                }
                text.into_bytes()
            }
        })
        .await?;
        written += cards.len() as u64;
        tell(written);
        match page.next {
            Some(cursor) => paging.after = Some(cursor),
            None => break,
        }
    }
    if format == Format::Geojson {
        sink(b"\n]}\n".to_vec()).await?;
    }
    Ok(written)
}

fn row<'a>(card: &'a Card, answer: Option<&'a Answer>) -> Result<Vec<Cow<'a, str>>> {
    let place = card.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    let at = place.as_ref().and_then(parvis_tiles::geometry::representative_point);
    let degrees = |value: Option<f64>| Cow::Owned(value.map(|v| format!("{v:.7}")).unwrap_or_default());
    let optional = |text: &'static str| Cow::Borrowed(text);
    let is_point = matches!(place, None | Some(geo::Geometry::Point(_)));
    let wkt = place.filter(|_| !is_point).map(|place| place.wkt_string());
    let said = |text: fn(&Answer) -> &str| plain(answer.map_or("", text));
    Ok(vec![
        Cow::Owned(card.id.to_string()),
        optional(card.kind.word()),
        optional(card.status.word()),
        plain(card.process.as_deref().unwrap_or_default()),
        plain(card.theme.as_deref().unwrap_or_default()),
        plain(&card.title),
        plain(&card.body),
        plain(card.areas.as_deref().unwrap_or_default()),
        degrees(at.map(|(lon, _)| lon)),
        degrees(at.map(|(_, lat)| lat)),
        Cow::Owned(wkt.unwrap_or_default()),
        Cow::Owned(card.score().to_string()),
        Cow::Owned(card.votes_for.to_string()),
        Cow::Owned(card.votes_against.to_string()),
        Cow::Owned(card.created_at.to_rfc3339()),
        Cow::Owned(card.updated_at.to_rfc3339()),
        said(|answer| answer.verdict.word()),
        said(|answer| &answer.body),
        said(|answer| &answer.motive),
        said(|answer| &answer.link),
        said(|answer| &answer.authority),
        Cow::Owned(answer.map(|answer| answer.answered_at.to_rfc3339()).unwrap_or_default()),
        Cow::Owned(card.votes_neutral.to_string()),
        Cow::Owned(card.voters().to_string()),
        Cow::Owned(card.withdrawn_at.map(|at| at.to_rfc3339()).unwrap_or_default()),
    ])
}

/// A spreadsheet runs a cell that begins with one of these; an apostrophe before it makes it text
/// (OWASP, "CSV Injection").
fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn csv_rows<'a>(rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| cell.as_bytes()))
            .map_err(|e| Error::Internal(format!("csv: {e}")))?;
    }
    writer.into_inner().map_err(|e| Error::Internal(format!("csv: {e}")))
}
