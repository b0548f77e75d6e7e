//! Every published feature, for a live map that begins: in pages of which each is one row of one text.
//!
//! A driver takes longer for a row of a dozen columns than a database does for reading it: so rows come packed. Large shapes do not: they
//! are few. What it is not: one state. Each page is a statement of its own, so that a start holds nobody up.
//!
//! Invariant: a feature that was public before the first page and still is after the last is visited once, as it was then or later. Who needs
//! to know what changed meanwhile reads the journal from a line before the first page.

use super::{Kind, Placed, Status, store};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql, Statement, by};
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, ProcessId, ThemeId};
use crate::base::words::Read;
use crate::core::journal::seal::of_hex;
use std::collections::{HashMap, VecDeque};

/// What ends a row and a cell in a packed text. No word of a row has one; where one has all the same, that row is read by itself.
const ROW: char = '\u{1e}';
const CELL: char = '\u{1f}';

/// How many rows are read at once: a driver no longer counts, and less than a megabyte is held where most are points.
const PAGE: i64 = 5_000;

/// A page after the id `$1`, up to the id `$2`, of `$3` rows.
macro_rules! page {
    ($wkb:literal, $made:literal) => {
        concat!(
            "with f as materialized (
                 select id, kind, process_id, theme_id, status, points, slot_a, slot_b, slot_c, created_at,
                        case when length(wkb) <= 500 then wkb end as wkb, wkb is null or length(wkb) between 1 and 500 as is_small
                 from feature where id > $1 and id <= $2 and published_at is not null order by id limit $3)
             select max(f.id) as last,
                    string_agg(case when f.is_small then concat_ws('\u{1f}', f.id, f.kind, coalesce(f.process_id, 0),
                        coalesce(f.theme_id, 0), f.status, f.points, coalesce(f.slot_a, 0), coalesce(f.slot_b, 0),
                        coalesce(f.slot_c, 0), ",
            $made,
            ", coalesce(",
            $wkb,
            ", '')) end, '\u{1e}') as small,
                    string_agg(case when not f.is_small then cast(f.id as text) end, ',') as large,
                    (select string_agg(concat_ws('\u{1f}', a.feature_id, a.areas), '\u{1e}')
                     from (select feature_id, string_agg(cast(area_id as text), ',') as areas from feature_area
                           where feature_id > $1 and feature_id <= (select max(id) from f)
                             and feature_id in (select id from f where is_small) group by feature_id) a) as areas
             from f"
        )
    };
}

/// A page of published features after an id.
#[derive(sqlx::FromRow)]
struct Page {
    /// The last id of it; nothing where there are no more.
    last: Option<i64>,
    /// The packed rows.
    small: Option<String>,
    /// The ids of the others, joined by commas.
    large: Option<String>,
    /// Packed, too: an id, and the areas that this feature lies in, joined by commas.
    areas: Option<String>,
}

impl Page {
    /// The first rows of those after an id, up to another.
    async fn after(db: Db, (id, until): (i64, i64), rows: i64) -> Result<Page> {
        const SQL: Statement = by(
            page!("hex(f.wkb)", "f.created_at"),
            page!("encode(f.wkb, 'hex')", "cast(date_part('epoch', f.created_at) * 1000000 as bigint)"),
        );
        // Row by row, though it is one: what is read for long has connections and bounds of its own.
        let mut page = None;
        db.each(SQL, (id, until, rows), |row| {
            page = Some(row);
            Ok(())
        })
        .await?;
        page.ok_or(Error::NotFound)
    }

    /// Visits the packed rows. Gives the ids of those that are read by themselves.
    fn visit(&self, visit: &mut impl FnMut(Placed) -> Result<()>) -> Result<Vec<i64>> {
        let areas: HashMap<&str, &str> =
            lines(&self.areas, ROW).filter_map(|row| row.split_once(CELL)).collect();
        let mut alone: Vec<i64> = lines(&self.large, ',').flat_map(str::parse).collect();
        for row in lines(&self.small, ROW) {
            match unpacked(row, &areas) {
                Some(placed) => visit(placed)?,
                None => alone.extend(row.split(CELL).next().and_then(|id| id.parse::<i64>().ok())),
            }
        }
        Ok(alone)
    }
}

fn lines(packed: &Option<String>, end: char) -> impl Iterator<Item = &str> {
    packed.iter().flat_map(move |all| all.split(end))
}

/// Visits what the live map needs of every published feature, in no order.
///
/// # Errors
/// Where the database does not answer, or of `visit`.
pub async fn each_placed(db: &Db, visit: impl FnMut(Placed) -> Result<()> + Send) -> Result<()> {
    each_by(PAGE, db, visit).await
}

async fn each_by(rows: i64, db: &Db, mut visit: impl FnMut(Placed) -> Result<()> + Send) -> Result<()> {
    let next = |ids: (i64, i64)| (tokio::spawn(Page::after(db.clone(), ids, rows)), ids.1);
    let (half,): (i64,) = db.one("select coalesce(max(id), 0) / 2 from feature", ()).await?;
    // The database reads on, in two places where there are connections for both, while what it gave is looked at.
    let places = if db.long_readers() > 1 { vec![(0, half), (half, i64::MAX)] } else { vec![(0, i64::MAX)] };
    let mut reading: VecDeque<_> = places.into_iter().map(next).collect();
    while let Some((page, until)) = reading.pop_front() {
        let page = page.await.map_err(|e| Error::Internal(format!("a page of features: {e}")))??;
        let Some(last) = page.last else { continue };
        reading.push_back(next((last, until)));
        let alone = page.visit(&mut visit)?;
        if !alone.is_empty() {
            store::each_of(db, &alone, |row| if row.published { visit(row) } else { Ok(()) }).await?;
        }
    }
    Ok(())
}

/// A packed row; nothing where it is not as it was packed.
fn unpacked(row: &str, areas: &HashMap<&str, &str>) -> Option<Placed> {
    fn number(cell: Option<&str>) -> Option<i64> {
        cell?.parse().ok()
    }
    /// Ids start at 1: nothing is packed as 0.
    fn known<T>(cell: Option<&str>, of: impl Fn(i64) -> T) -> Option<Option<T>> {
        number(cell).map(|id| (id != 0).then(|| of(id)))
    }
    let (id, rest) = row.split_once(CELL)?;
    let mut cells = rest.split(CELL);
    let mut cell = || cells.next();
    let placed = Placed {
        id: FeatureId(id.parse().ok()?),
        kind: Read(Kind::of_word(cell()?)),
        process_id: known(cell(), ProcessId)?,
        theme_id: known(cell(), ThemeId)?,
        status: Read(Status::of_word(cell()?)),
        score: number(cell())?,
        slot_a: known(cell(), |code| code)?,
        slot_b: known(cell(), |code| code)?,
        slot_c: known(cell(), |code| code)?,
        created_at: instant(cell()?)?,
        wkb: match cell()? {
            "" => None,
            digits => Some(of_hex(digits)?),
        },
        published: true,
        areas: areas.get(id).map(|areas| (*areas).to_owned()),
    };
    cell().is_none().then_some(placed)
}

/// An instant as either database packs it.
fn instant(text: &str) -> Option<Timestamp> {
    match text.parse() {
        Ok(micros) => Timestamp::from_timestamp_micros(micros),
        Err(_) => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hold, NewFeature};
    use super::*;
    use crate::core::journal::{Act, Write};
    use crate::core::territory;
    use crate::server::testing::{on_both, proposal, square};

    async fn write(db: &Db) -> Write {
        Write::begin(db, crate::base::clock::now()).await.unwrap()
    }

    /// Rows of every sort: where each is, what it says of itself, what of it is none of this program's words.
    async fn furnish(db: &Db) {
        let mut write = write(db).await;
        let mut areas = Vec::new();
        for area in [square("centre", 2.3, 48.8, 0.1), square("autour", 2.2, 48.7, 0.4)] {
            areas.push(territory::store::upsert(&mut write, &area).await.unwrap().0);
        }
        let theme = super::super::vocabulary::ensure_theme(&mut write, "Vélo").await.unwrap();
        let process = super::super::vocabulary::ensure_process(&mut write, "Budget").await.unwrap();
        let mut new: Vec<NewFeature> = (0..9).map(|n| proposal(&format!("Idée {n}"), 2.35, 48.85)).collect();
        new[1].areas = areas.clone();
        (new[2].theme, new[2].process, new[2].areas) = (Some(theme), Some(process), areas[..1].to_vec());
        (new[3].geometry, new[3].stated_area) = (None, Some(areas[0]));
        new[4].geometry = Some(geo::LineString::from(vec![(2.35, 48.85), (2.36, 48.86)]).into());
        let many = (0..200).map(|n| (2.3 + f64::from(n) / 1e4, 48.8)).collect::<Vec<_>>();
        new[5].geometry = Some(geo::LineString::from(many).into());
        new[6].held = Some(Hold::Withdrawn);
        store::insert_all(&mut write, &new, Act::IMPORTED).await.unwrap();
        write.commit().await.unwrap();
        for sql in [
            "update feature set points = -7, slot_a = 3, slot_c = 12 where title = 'Idée 2'",
            "update feature set status = 'dreamt' where title = 'Idée 7'",
            "update feature set status = 'drea\u{1e}mt\u{1f}' where title = 'Idée 8'",
        ] {
            db.run(sql, ()).await.unwrap();
        }
    }

    on_both! {
        async fn pages_of_any_size_give_each_row_once_and_as_it_is_read_alone(db: Db) {
            furnish(&db).await;
            let ids: Vec<(i64,)> = db.all("select id from feature where published_at is not null order by id", ()).await.unwrap();
            assert_eq!(ids.len(), 8);
            let ids: Vec<i64> = ids.into_iter().map(|(id,)| id).collect();
            let mut alone = store::placed(&db, &ids).await.unwrap();
            alone.sort_unstable_by_key(|row| row.id);
            let told = |row: &Placed| format!("{:?} in {:?}", Placed { areas: None, ..row.clone() }, row.area_ids());
            let alone: Vec<String> = alone.iter().map(told).collect();
            for rows in [1, 2, 3, 8, 5_000] {
                let mut seen = Vec::new();
                each_by(rows, &db, |row| { seen.push((row.id, told(&row))); Ok(()) }).await.unwrap();
                seen.sort_unstable_by_key(|(id, _)| *id);
                assert_eq!(seen.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), alone, "{rows} at once");
            }
        }

        async fn most_rows_are_packed_and_none_that_is_large_or_says_what_a_packed_one_cannot(db: Db) {
            furnish(&db).await;
            let page = Page::after(db.clone(), (0, i64::MAX), PAGE).await.unwrap();
            let mut packed = 0;
            let alone = page.visit(&mut |_| { packed += 1; Ok(()) }).unwrap();
            assert_eq!((packed, alone.len()), (6, 2), "the long line and the broken word are read by themselves");
        }

        async fn what_is_placed_or_changed_between_two_pages_keeps_nobody_off_the_map(db: Db) {
            furnish(&db).await;
            let (mut seen, mut placed) = (Vec::new(), false);
            each_by(2, &db, |row| {
                seen.push(row.id);
                if !std::mem::replace(&mut placed, true) {
                    let work = async {
                        let mut write = write(&db).await;
                        store::insert(&mut write, &proposal("Une fontaine", 2.35, 48.85), Act::PLACED).await.unwrap();
                        store::hold(&mut write, row.id, Some(Hold::Withdrawn), Act::WITHDRAWN).await.unwrap();
                        write.commit().await.unwrap();
                    };
                    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(work));
                }
                Ok(())
            }).await.unwrap();
            assert_eq!(seen.len(), 9, "the eight of before and the new one: {seen:?}");
        }

        async fn what_a_reader_refuses_ends_the_reading(db: Db) {
            furnish(&db).await;
            let mut seen = 0;
            let read = each_by(2, &db, |_| { seen += 1; Err(Error::NotFound) }).await;
            assert!(matches!(read, Err(Error::NotFound)) && seen == 1);
            db.run("alter table feature_area rename to feature_area_away", ()).await.unwrap();
            assert!(each_placed(&db, |_| Ok(())).await.is_err());
            db.run("alter table feature_area_away rename to feature_area", ()).await.unwrap();
        }
    }
}
