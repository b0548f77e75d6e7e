//! Features as files, written page by page so that a large export needs little memory.

use super::{excel, store, table};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::civic::contributions::columns;
use crate::core::atlas::{Atlas, Filter, Paging, World};
use crate::core::features::{self, card_json};
use parvis_tiles::Order;
use std::borrow::Cow;
use std::sync::Arc;

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For programs: RFC 4180, UTF-8 with a byte order mark, commas, words of the API, longitude, latitude and WKT.
    Csv,
    /// RFC 7946, one feature a line.
    Geojson,
    /// For people: a CSV that a French spreadsheet opens as it is.
    Excel,
    /// The arguments on these features, for programs.
    Arguments,
    /// The arguments on these features, for people.
    ArgumentsExcel,
}

impl Format {
    /// The format of a file's name in an address, and of whom it is for (`?for=excel`); `None` where there is none.
    pub fn of_address(file: &str, is_for_excel: bool) -> Option<Format> {
        Some(match (file, is_for_excel) {
            ("features.csv", false) => Format::Csv,
            ("features.csv", true) => Format::Excel,
            ("features.geojson", false) => Format::Geojson,
            ("arguments.csv", false) => Format::Arguments,
            ("arguments.csv", true) => Format::ArgumentsExcel,
            _ => return None,
        })
    }
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Geojson => "application/geo+json",
            _ => "text/csv; charset=utf-8",
        }
    }
    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Csv => "parvis.csv",
            Format::Geojson => "parvis.geojson",
            Format::Excel => "parvis-tableur.csv",
            Format::Arguments => "parvis-arguments.csv",
            Format::ArgumentsExcel => "parvis-arguments-tableur.csv",
        }
    }
    fn delimiter(self) -> u8 {
        if matches!(self, Format::Excel | Format::ArgumentsExcel) { b';' } else { b',' }
    }
}

/// Rows asked of the database at once.
const PAGE: usize = 1_000;

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
    // One state of the territory for the whole file: its columns are those of its header.
    let world = atlas.world();
    let mut written = 0;
    sink(head(format, &world)?).await?;
    loop {
        let page = atlas.list(filter, None, paging)?;
        let (count, piece) = piece(db, &page.ids, format, &world, written == 0).await?;
        sink(piece).await?;
        written += count;
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

fn head(format: Format, world: &World) -> Result<Vec<u8>> {
    let plain = |names: &[&'static str]| names.iter().map(|name| Cow::Borrowed(*name)).collect();
    let names = match format {
        Format::Geojson => return Ok(b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec()),
        Format::Csv => table::header(),
        Format::Excel => excel::header(&excel::levels(world)),
        Format::Arguments => plain(&table::ARGUMENTS),
        Format::ArgumentsExcel => plain(&excel::ARGUMENTS),
    };
    Ok([b"\xef\xbb\xbf".to_vec(), table::csv_rows([names], format.delimiter())?].concat())
}

/// The features of one page, and how many there are.
async fn piece(
    db: &Db,
    ids: &[i64],
    format: Format,
    world: &Arc<World>,
    is_first: bool,
) -> Result<(u64, Vec<u8>)> {
    let delimiter = format.delimiter();
    if matches!(format, Format::Arguments | Format::ArgumentsExcel) {
        let argued = store::arguments(db, ids).await?;
        let row = if format == Format::Arguments { table::argument } else { excel::argument };
        return Ok((ids.len() as u64, table::csv_rows(argued.iter().map(row), delimiter)?));
    }
    let cards = features::store::cards(db, ids).await?;
    let page = columns::read(db, world, ids).await?;
    let text = match format {
        Format::Geojson => {
            let mut text = String::new();
            for card in &cards {
                text.push_str(if is_first && text.is_empty() { "\n" } else { ",\n" });
                let mut feature = card_json(card)?;
                page.put_into(card.id, &mut feature);
                text.push_str(&feature.to_string());
            }
            text.into_bytes()
        }
        Format::Excel => {
            let (numbers, levels) = (store::register_numbers(db, ids).await?, excel::levels(world));
            let rows = cards.iter().map(|card| {
                let number = numbers.get(&card.id).copied();
                excel::row(card, &page, number, world, &levels)
            });
            table::csv_rows(rows.collect::<Result<Vec<_>>>()?, delimiter)?
        }
        _ => {
            let rows = cards.iter().map(|card| table::row(card, &page));
            table::csv_rows(rows.collect::<Result<Vec<_>>>()?, delimiter)?
        }
    };
    Ok((cards.len() as u64, text))
}
