//! The live map's columns in a file beside the server, so that a start reads them at once and not every row of the database.
//!
//! What it is not: a store. The file is of one journal line; what came after is read from the journal, as by any follower. Shapes are not in
//! it, only their numbers: their rows are read. Invariant: a file that does not fit, to the last byte, to this program, this schema or this
//! database's history is as if there was none.

use super::Atlas;
use super::facet::Values;
use super::item::{AreaSets, NONE};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, Seq};
use crate::core::features::{Kind, Status};
use crate::core::journal;
use crate::modules::facets;
use parvis_tiles::{Attributes, COLUMNS, Item, Place, Position, Snapshot};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Arc, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// How many lines may have come since: with more of them, reading every row takes no longer.
const MOST_LINES: Seq = 50_000;

/// The live map as of one journal line.
pub(super) struct Kept {
    pub(super) seq: Seq,
    pub(super) at: Timestamp,
    pub(super) sets: AreaSets,
    pub(super) items: Vec<Item>,
    /// Published features whose rows must be read: those with a shape, and those that could not be read.
    pub(super) others: Vec<i64>,
}

/// What must be the same for a file's numbers to mean the same.
async fn meaning(db: &Db) -> Result<String> {
    let words =
        |all: Vec<(u32, &str)>| all.iter().map(|(code, word)| format!("{code}{word} ")).collect::<String>();
    let kinds = words(Kind::all().iter().map(|kind| (kind.code(), kind.word())).collect());
    let statuses = words(Status::all().iter().map(|status| (status.code(), status.word())).collect());
    let filed = facets().filter_map(|facet| match facet.values {
        Values::Words(words) => Some(format!("{} {}", facet.name, words.join(" "))),
        _ => None,
    });
    let filed = filed.collect::<Vec<_>>().join(", ");
    let (program, schema) = (env!("CARGO_PKG_VERSION"), crate::base::db::version(db).await?);
    Ok(format!("parvis map 1, {program}, schema {schema}, {COLUMNS} columns, {kinds}, {statuses}, {filed}"))
}

impl Atlas {
    /// Writes the live map's columns to a file, whole or not at all. Nothing where no line is known yet.
    ///
    /// # Errors
    /// Where the database does not answer or the file cannot be written.
    pub async fn keep(&self, db: &Db, path: &Path) -> Result<()> {
        // The line first, and its instant as it was read with it, whatever the database holds by now. The snapshot is of this line or of a
        // later one, and reading a line twice changes nothing.
        let line = *self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((seq, at)) = line else { return Ok(()) };
        let (snapshot, sets, unread) =
            (self.reader.snapshot(), self.area_sets.load_full(), self.unread.load_full());
        let (meaning, path, keeping) = (meaning(db).await?, path.to_owned(), Arc::clone(&self.keeping));
        let mut beside = path.as_os_str().to_owned();
        beside.push(".part");
        let write = move || {
            // A server that stops may write while the writing of every ten minutes is still under way.
            let _alone = keeping.lock().unwrap_or_else(PoisonError::into_inner);
            let written = write_all(Path::new(&beside), &meaning, (seq, at), &sets, &snapshot, &unread)
                .and_then(|()| std::fs::rename(&beside, &path));
            if written.is_err() {
                // Half a file is of no use, and takes the room that the database may lack.
                let _not_there = std::fs::remove_file(&beside);
            }
            written
        };
        let written = tokio::task::spawn_blocking(write).await;
        let written = written.map_err(|e| Error::Internal(format!("the map's file: {e}")))?;
        written.map_err(|e| Error::Internal(format!("the map's file: {e}")))
    }
}

fn write_all(
    path: &Path,
    meaning: &str,
    line: (Seq, Timestamp),
    sets: &AreaSets,
    snapshot: &Snapshot,
    unread: &[i64],
) -> io::Result<()> {
    let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut file = Digested { file, sum: Xxh3::new() };
    write_head(&mut file, meaning, line, sets)?;
    let is_shape = |item: &Item| matches!(item.place, Place::Shape(_));
    let shapes = snapshot.items().filter(is_shape).map(|item| item.id.cast_signed());
    let others: Vec<i64> = shapes.chain(unread.iter().copied()).collect();
    write_list(&mut file, others.len(), others.iter().map(|id| id.to_le_bytes()))?;
    let rows = || snapshot.items().filter(|item| !is_shape(item));
    write_list(&mut file, rows().count(), rows().map(|item| row(&item)))?;
    file.end()?.sync_all()
}

/// Reads a file; nothing where there is none that fits to this database as it is now.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn read(db: &Db, path: &Path) -> Result<Option<Kept>> {
    let (meaning, path) = (meaning(db).await?, path.to_owned());
    let read = tokio::task::spawn_blocking(move || Reading::new(&std::fs::read(path).ok()?)?.kept(&meaning));
    let read = read.await.map_err(|e| Error::Internal(format!("the map's file: {e}")))?;
    let Some(kept) = read else { return Ok(None) };
    let (head, at) = (journal::head(db).await?, journal::written_at(db, kept.seq).await?);
    Ok((at == Some(kept.at) && head - kept.seq <= MOST_LINES).then_some(kept))
}

const ROW: usize = 8 + 1 + 8 + 4 * COLUMNS + 8;

/// A point, or what has no place, as bytes: id, whether it has a place, position, codes, score, time.
fn row(item: &Item) -> [u8; ROW] {
    let (is_placed, Position { x, y }) = match item.place {
        Place::At(position) => (1, position),
        Place::Nowhere | Place::Shape(_) => (0, Position::default()),
    };
    let Attributes { codes, score, time } = item.attributes;
    let mut bytes = [0; ROW];
    let mut at = 0;
    let mut put = |piece: &[u8]| {
        bytes[at..at + piece.len()].copy_from_slice(piece);
        at += piece.len();
    };
    put(&item.id.to_le_bytes());
    put(&[is_placed]);
    [x, y].iter().chain(&codes).for_each(|number| put(&number.to_le_bytes()));
    put(&score.to_le_bytes());
    put(&time.to_le_bytes());
    bytes
}

/// The digest of all that goes through, written behind it.
struct Digested<W: Write> {
    file: W,
    sum: Xxh3,
}

impl Digested<BufWriter<File>> {
    fn end(mut self) -> io::Result<File> {
        let sum = self.sum.digest();
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.sum.update(bytes.get(..n).unwrap_or(bytes));
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn write_list<const N: usize>(
    file: &mut impl Write,
    len: usize,
    all: impl Iterator<Item = [u8; N]>,
) -> io::Result<()> {
    file.write_all(&(len as u64).to_le_bytes())?;
    all.into_iter().try_for_each(|bytes| file.write_all(&bytes))
}

fn write_head(
    file: &mut impl Write,
    meaning: &str,
    (seq, at): (Seq, Timestamp),
    sets: &AreaSets,
) -> io::Result<()> {
    write_list(file, meaning.len(), meaning.bytes().map(|byte| [byte]))?;
    file.write_all(&seq.to_le_bytes())?;
    file.write_all(&at.timestamp_micros().to_le_bytes())?;
    let mut all: Vec<(u32, &[AreaId])> = sets.iter().map(|(areas, code)| (code, areas)).collect();
    all.sort_unstable_by_key(|(code, _)| *code);
    file.write_all(&(all.len() as u64).to_le_bytes())?;
    all.iter().try_for_each(|(_, areas)| {
        write_list(file, areas.len(), areas.iter().map(|area| area.0.to_le_bytes()))
    })
}

/// The bytes of a file that are still to be read.
struct Reading<'a>(&'a [u8]);

impl<'a> Reading<'a> {
    /// The bytes before the digest; nothing where they are not the ones that were written.
    fn new(bytes: &'a [u8]) -> Option<Reading<'a>> {
        let (bytes, sum) = bytes.split_last_chunk::<8>()?;
        (xxh3_64(bytes) == u64::from_le_bytes(*sum)).then_some(Reading(bytes))
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<i64> {
        self.take().map(i64::from_le_bytes)
    }

    /// A list's bytes, by entries of so many.
    fn list<const N: usize>(&mut self) -> Option<impl Iterator<Item = &'a [u8; N]> + use<'a, N>> {
        let len = usize::try_from(self.number()?).ok()?.checked_mul(N)?;
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        let (all, _) = taken.as_chunks::<N>();
        Some(all.iter())
    }

    fn kept(mut self, meaning: &str) -> Option<Kept> {
        if !self.list::<1>()?.map(|byte| byte[0]).eq(meaning.bytes()) {
            return None;
        }
        let (seq, at) = (self.number()?, Timestamp::from_timestamp_micros(self.number()?)?);
        let mut sets = AreaSets::default();
        for code in 0..self.number()? {
            let areas: Vec<AreaId> = self.list::<8>()?.map(|id| AreaId(i64::from_le_bytes(*id))).collect();
            (i64::from(sets.intern(&areas)) == code).then_some(())?;
        }
        let others = self.list::<8>()?.map(|id| i64::from_le_bytes(*id)).collect();
        let items = self.list::<ROW>()?.map(|bytes| Reading(bytes).item()).collect::<Option<Vec<_>>>()?;
        self.0.is_empty().then_some(Kept { seq, at, sets, items, others })
    }

    fn item(mut self) -> Option<Item> {
        let id = self.take().map(u64::from_le_bytes)?;
        let [is_placed] = self.take()?;
        let mut word = || self.take().map(u32::from_le_bytes);
        let position = Position { x: word()?, y: word()? };
        let mut codes = [NONE; COLUMNS];
        for code in &mut codes {
            *code = word()?;
        }
        let score = self.take().map(i32::from_le_bytes)?;
        let time = self.take().map(u32::from_le_bytes)?;
        let place = if is_placed == 1 { Place::At(position) } else { Place::Nowhere };
        Some(Item { id, place, attributes: Attributes { codes, score, time } })
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::column;
    use super::super::{Atlas, Follower};
    use super::*;
    use crate::base::db::Sql;
    use crate::base::ids::{FeatureId, Visitor};
    use crate::core::app::App;
    use crate::core::features::{self, NewFeature, Voice, votes};
    use crate::core::journal::Act;
    use crate::core::territory;
    use crate::server::testing::{app, on_both, proposal, square};
    use std::sync::Arc;

    /// Every item, its areas by their numbers instead of their set's.
    fn all(atlas: &Atlas) -> Vec<String> {
        let sets = atlas.area_sets.load();
        let areas = |code| sets.iter().find(|(_, known)| *known == code).map(|(areas, _)| areas.to_vec());
        let mut all: Vec<String> = atlas
            .reader
            .snapshot()
            .items()
            .map(|mut item| {
                let of = areas(std::mem::take(&mut item.attributes.codes[column::AREAS]));
                format!("{item:?} in {of:?}")
            })
            .collect();
        all.sort_unstable();
        all
    }

    async fn started(db: &Db, file: Option<&Path>) -> Arc<Atlas> {
        Follower::load(db.clone(), 1 << 20, file).await.unwrap().0
    }

    async fn place(app: &App, new: NewFeature) -> FeatureId {
        let mut write = app.begin().await.unwrap();
        let id = features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        id
    }

    async fn vote(app: &App, id: FeatureId) {
        let mut write = app.begin().await.unwrap();
        votes::set(&mut write, id, Visitor(uuid::Uuid::new_v4()), Some(Voice::For)).await.unwrap();
        app.commit(write).await.unwrap();
    }

    fn somewhere(title: &str, lon: f64) -> NewFeature {
        proposal(title, lon, 48.85)
    }

    /// Two areas, two points, a line, and what is in an area only.
    async fn furnished(db: &Db) -> (App, FeatureId) {
        let app = app(db).await;
        let mut write = app.begin().await.unwrap();
        let mut ids = Vec::new();
        for area in [square("centre", 2.3, 48.8, 0.1), square("autour", 2.2, 48.7, 0.4)] {
            ids.push(territory::store::upsert(&mut write, &area).await.unwrap().0);
        }
        app.commit(write).await.unwrap();
        let mut point = somewhere("Un banc", 2.35);
        point.areas = ids.clone();
        let first = place(&app, point).await;
        place(&app, somewhere("Un arbre", 2.36)).await;
        let mut line = somewhere("Une piste", 2.37);
        line.geometry = Some(geo::LineString::from(vec![(2.35, 48.85), (2.36, 48.86)]).into());
        line.areas = ids[..1].to_vec();
        place(&app, line).await;
        let mut area = somewhere("Partout", 2.38);
        (area.geometry, area.stated_area) = (None, Some(ids[0]));
        area.areas = ids[..1].to_vec();
        place(&app, area).await;
        vote(&app, first).await;
        (app, first)
    }

    on_both! {
        async fn a_start_from_the_file_shows_what_the_database_holds_and_what_came_since(db: Db) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("parvis.map");
            let (app, first) = furnished(&db).await;
            app.atlas.keep(&db, &file).await.unwrap();
            assert_eq!(all(&*started(&db, Some(&file)).await), all(&*started(&db, None).await));
            // Behind the journal's back: seen by who reads every row, and by nobody else.
            db.run("update feature set points = 41 where title = $1", ("Un arbre",)).await.unwrap();
            assert_ne!(all(&*started(&db, Some(&file)).await), all(&*started(&db, None).await), "the file is not read");
            db.run("update feature set points = 0 where title = $1", ("Un arbre",)).await.unwrap();

            place(&app, somewhere("Une fontaine", 2.39)).await;
            vote(&app, first).await;
            let mut write = app.begin().await.unwrap();
            features::shells::withdraw(&mut write, first, None).await.unwrap();
            app.commit(write).await.unwrap();
            let now = started(&db, None).await;
            let kept = started(&db, Some(&file)).await;
            assert_eq!((all(&kept), kept.seq()), (all(&now), now.seq()));
            assert_eq!(all(&kept), all(&app.atlas));
        }
    }

    on_both! {
        async fn a_file_that_does_not_fit_is_as_if_there_was_none(db: Db) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("parvis.map");
            let (app, _) = furnished(&db).await;
            app.atlas.keep(&db, &file).await.unwrap();
            assert!(read(&db, &file).await.unwrap().is_some());
            let whole = std::fs::read(&file).unwrap();
            for at in [0, 9, 40, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
                let mut changed = whole.clone();
                changed[at] ^= 1;
                std::fs::write(&file, &changed).unwrap();
                assert!(read(&db, &file).await.unwrap().is_none(), "byte {at} was changed");
                std::fs::write(&file, &whole[..at]).unwrap();
                assert!(read(&db, &file).await.unwrap().is_none(), "cut at {at}");
            }
            std::fs::remove_file(&file).unwrap();
            assert!(read(&db, &file).await.unwrap().is_none());
            assert_eq!(all(&*started(&db, Some(&file)).await), all(&app.atlas));

            // Another history has a line of the same number; another program or schema gives other meanings.
            std::fs::write(&file, &whole).unwrap();
            let said = meaning(&db).await.unwrap();
            assert!(Reading::new(&whole).unwrap().kept(&said).is_some());
            assert!(Reading::new(&whole).unwrap().kept(&said.replace("schema", "scheme")).is_none());
            let at = crate::base::clock::now();
            db.run("update journal set at = $2 where seq = $1", (app.atlas.seq(), at)).await.unwrap();
            assert!(read(&db, &file).await.unwrap().is_none(), "another history");
        }
    }

    on_both! {
        async fn what_is_kept_is_of_the_history_that_the_map_shows_whatever_the_database_holds_by_now(db: Db) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("parvis.map");
            furnished(&db).await;
            // A map that nobody keeps in step: as one whose database was changed a moment ago.
            let behind = started(&db, None).await;
            let at = crate::base::clock::now();
            db.run("update journal set at = $2 where seq = $1", (behind.seq(), at)).await.unwrap();
            behind.keep(&db, &file).await.unwrap();
            assert!(file.exists() && read(&db, &file).await.unwrap().is_none());
        }
    }

    on_both! {
        async fn what_cannot_be_read_is_looked_at_again_at_each_start(db: Db) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("parvis.map");
            furnished(&db).await;
            db.run("update feature set status = 'dreamt' where title = $1", ("Un arbre",)).await.unwrap();
            let odd = started(&db, None).await;
            odd.keep(&db, &file).await.unwrap();
            let kept = started(&db, Some(&file)).await;
            assert_eq!((kept.unreadable(), all(&kept)), (1, all(&odd)));
            db.run("update feature set status = 'open' where title = $1", ("Un arbre",)).await.unwrap();
            let kept = started(&db, Some(&file)).await;
            assert_eq!((kept.unreadable(), all(&kept).len()), (0, all(&odd).len() + 1));
        }
    }

    #[tokio::test]
    async fn what_cannot_be_written_is_an_error_and_leaves_what_was_there() {
        crate::server::testing::on_sqlite(|db| async move {
            let folder = tempfile::tempdir().unwrap();
            let (app, _) = furnished(&db).await;
            let missing = folder.path().join("nowhere/parvis.map");
            assert!(app.atlas.keep(&db, &missing).await.is_err());
            let file = folder.path().join("parvis.map");
            std::fs::create_dir(folder.path().join("parvis.map.part")).unwrap();
            std::fs::write(&file, "before").unwrap();
            assert!(app.atlas.keep(&db, &file).await.is_err());
            assert_eq!(std::fs::read(&file).unwrap(), b"before");
            // Several at once: one after the other, and the last one is whole.
            std::fs::remove_dir(folder.path().join("parvis.map.part")).unwrap();
            let each = (0..8).map(|_| app.atlas.keep(&db, &file));
            futures_util::future::try_join_all(each).await.unwrap();
            assert!(read(&db, &file).await.unwrap().is_some());
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no half is left");
        })
        .await;
    }
}
