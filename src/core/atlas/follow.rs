//! The follower: reads the journal and keeps the live map in step. The only writer of the index.
//!
//! It reads lines in order and, for each feature that they name, the row as it is now: rows may be newer than the line,
//! never older, so that the map ends up as the database whatever the batching. Woken by this server's commits, by other
//! servers' (PostgreSQL), and by a slow poll in case a wake-up was lost.
//!
//! A database may be put back to an earlier state under a running server. So each reading begins with the line that was read last: where
//! it is gone, or another one has its number, everything is read anew.

use super::item::{AreaSets, Unread};
use super::kept::Kept;
use super::live::{self, Event};
use super::world::World;
use super::{Atlas, DEEPEST_ZOOM, Following, cache, kept, words};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Wakeups};
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Seq};
use crate::core::features::{self, Placed};
use crate::core::journal::{self, Entry, Part};
use arc_swap::ArcSwap;
use parvis_tiles::{Change, Filter as Everything, Index, IndexOptions, Item, Order, Stamps, Touched};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, watch};

/// How many journal lines are read at once.
const BATCH: i64 = 5_000;

/// How long a lost wake-up can delay a change of another server.
const POLL: Duration = Duration::from_secs(1);

/// Keeps an [`Atlas`] in step with the journal.
pub struct Follower {
    db: Db,
    atlas: Arc<Atlas>,
    index: Index,
    sets: AreaSets,
    seq: Seq,
    /// When the line `seq` was written, once it was read: what tells it from another history's line of the same number.
    last_at: Option<Timestamp>,
    /// What stamps are ahead of journal numbers: they only grow, numbers may fall back with the database.
    lead: u64,
    applied: watch::Sender<Seq>,
    teller: live::Teller,
    unread: Unread,
}

/// What an index is begun with.
struct Rows {
    seq: Seq,
    at: Option<Timestamp>,
    sets: AreaSets,
    items: Vec<Item>,
    unread: Unread,
}

impl Rows {
    /// Every published row, as of the line `seq` or later.
    async fn all(db: &Db, seq: Seq) -> Result<Rows> {
        let at = journal::written_at(db, seq).await?;
        let (mut sets, mut items, mut unread) = (AreaSets::default(), Vec::new(), Unread::default());
        features::pages::each_placed(db, |row| {
            items.extend(unread.item(&row, sets.intern(&row.area_ids())));
            Ok(())
        })
        .await?;
        Ok(Rows { seq, at, sets, items, unread })
    }

    /// What a file held, with the rows that it does not hold.
    async fn kept(db: &Db, kept: Kept) -> Result<Rows> {
        let Kept { seq, at, mut sets, mut items, others } = kept;
        let mut unread = Unread::default();
        for ids in others.chunks(BATCH as usize) {
            for row in features::store::placed(db, ids).await?.iter().filter(|row| row.published) {
                items.extend(unread.item(row, sets.intern(&row.area_ids())));
            }
        }
        Ok(Rows { seq, at: Some(at), sets, items, unread })
    }
}

impl Follower {
    /// Reads the whole map: from `kept` (see [`kept`]) where that file is there and fits, from every row of the database otherwise.
    /// `cache_bytes` bounds the kept tiles.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn load(db: Db, cache_bytes: u64, kept: Option<&Path>) -> Result<(Arc<Atlas>, Follower)> {
        let started = Instant::now();
        // The number first: what is committed while the rows are read is read again from the journal.
        let head = journal::head(&db).await?;
        let world = World::load(&db, head.unsigned_abs()).await?;
        let kept = match kept {
            Some(path) => kept::read(&db, path).await?,
            None => None,
        };
        let is_kept = kept.is_some();
        let Rows { seq, at: last_at, sets, items, unread } = match kept {
            Some(kept) => Rows::kept(&db, kept).await?,
            None => Rows::all(&db, head).await?,
        };
        let (features, read) = (items.len(), started.elapsed());
        let mut index = Index::build(items, IndexOptions::default());
        index.publish(seq.unsigned_abs());
        tracing::info!(
            features,
            seq,
            read_ms = read.as_millis(),
            index_ms = (started.elapsed() - read).as_millis(),
            bytes = index.memory_bytes(),
            from_file = if is_kept { features } else { 0 },
            "the live map is loaded"
        );
        let (applied, watching) = watch::channel(seq);
        let (hub, teller) = live::Hub::start();
        let stamps = Arc::new(Stamps::default());
        stamps.mark_all(seq.unsigned_abs());
        let atlas = Arc::new(Atlas {
            reader: index.reader(),
            stamps,
            world: ArcSwap::from_pointee(world),
            area_sets: ArcSwap::from_pointee(sets.clone()),
            cache: cache::TileCache::new(cache_bytes),
            lookups: words::Lookups::new(seq),
            live: hub,
            wake: Arc::new(Notify::new()),
            applied: watching,
            following: Mutex::new(Following::InStep),
            unreadable: AtomicUsize::new(0),
            unread: ArcSwap::default(),
            line: Mutex::new(last_at.map(|at| (seq, at))),
            keeping: Arc::default(),
        });
        let mut follower = Follower {
            db,
            atlas: Arc::clone(&atlas),
            index,
            sets,
            seq,
            last_at,
            lead: 0,
            applied,
            teller,
            unread,
        };
        follower.count_unread();
        if is_kept {
            // What came since, before anybody looks.
            follower.catch_up().await?;
        }
        Ok((atlas, follower))
    }

    /// Follows until the database is closed. One that does not answer is asked again; the map stays as it was.
    pub async fn run(mut self) {
        while !self.db.is_closed() {
            let mut wakeups = match self.db.wakeups().await {
                Ok(wakeups) => wakeups,
                // Between the two questions; nothing went wrong.
                Err(_) if self.db.is_closed() => return,
                Err(error) => {
                    tracing::warn!(%error, "cannot listen for other servers; polling");
                    Wakeups::Silent
                }
            };
            if let Err(error) = self.follow(&mut wakeups).await
                && !self.db.is_closed()
            {
                tracing::error!(%error, seq = self.seq, "following the journal failed; trying again");
                self.atlas.set_following(Following::Failing);
                tokio::time::sleep(POLL).await;
            }
        }
    }

    async fn follow(&mut self, wakeups: &mut Wakeups) -> Result<()> {
        let wake = Arc::clone(&self.atlas.wake);
        loop {
            self.catch_up().await?;
            tokio::select! {
                () = wake.notified() => {}
                heard = wakeups.next() => heard?,
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Applies every line there is.
    ///
    /// # Errors
    /// Where the database does not answer; what was applied stays applied.
    pub async fn catch_up(&mut self) -> Result<()> {
        self.db.look_for_another_file();
        loop {
            let entries = journal::after(&self.db, self.seq - 1, BATCH + 1).await?;
            let (known, new) = match entries.split_first() {
                Some((known, new)) if known.seq == self.seq => (Some(known.at), new),
                _ => (None, entries.as_slice()),
            };
            if self.seq > 0 && (known.is_none() || (self.last_at.is_some() && known != self.last_at)) {
                self.load_anew().await?;
                continue;
            }
            self.remember(known.or(self.last_at));
            let Some(last) = new.last() else {
                self.atlas.set_following(Following::InStep);
                return Ok(());
            };
            self.apply(new, (last.seq, last.at)).await?;
            if entries.len() <= BATCH as usize {
                // There was no more; what came meanwhile wakes us, or is found by the next look.
                self.atlas.set_following(Following::InStep);
                return Ok(());
            }
        }
    }

    /// Brings the map to what the database holds now, whatever it held before.
    async fn load_anew(&mut self) -> Result<()> {
        tracing::warn!(
            seq = self.seq,
            "the database holds another history than the map: everything is read anew"
        );
        self.atlas.set_following(Following::Loading);
        let seq = journal::head(&self.db).await?;
        let last_at = journal::written_at(&self.db, seq).await?;
        // Above every stamp that was given: what is kept under those is stale.
        let lead = (self.stamp_of(self.seq) + 1).saturating_sub(seq.unsigned_abs());
        let stamp = seq.unsigned_abs() + lead;
        let world = World::load(&self.db, stamp).await?;
        let known =
            self.atlas.reader.snapshot().list(&Everything::default(), None, Order::Oldest, None, usize::MAX);
        let mut changes: BTreeMap<u64, Change> =
            known.iter().map(|hit| (hit.id, Change::Remove(hit.id))).collect();
        let (mut sets, mut items, mut unread) = (self.sets.clone(), Vec::new(), Unread::default());
        features::pages::each_placed(&self.db, |row| {
            items.extend(unread.item(&row, sets.intern(&row.area_ids())));
            Ok(())
        })
        .await?;
        changes.extend(items.into_iter().map(|item| (item.id, Change::Put(item))));
        (self.sets, self.unread, self.lead) = (sets, unread, lead);
        self.atlas.area_sets.store(Arc::new(self.sets.clone()));
        self.atlas.world.store(Arc::new(world));
        self.count_unread();
        self.index.apply(changes.into_values());
        self.index.publish(stamp);
        self.atlas.lookups.texts_changed(stamp);
        self.atlas.stamps.mark_all(stamp);
        self.seq = seq;
        self.remember(last_at);
        self.applied.send_replace(seq);
        // An error only says that the server is stopping.
        let _ = self.teller.send(Event::anew(seq));
        Ok(())
    }

    /// Journal numbers start at 1 and never go negative.
    fn stamp_of(&self, seq: Seq) -> u64 {
        seq.unsigned_abs() + self.lead
    }

    async fn apply(&mut self, entries: &[Entry], (last, at): (Seq, Timestamp)) -> Result<()> {
        let (stamp, before, parts) = (self.stamp_of(last), self.atlas.world(), parts(entries));
        // All is read before any of it is published: where the database does not answer, the next try compares with the same world.
        let world = before.renewed(&self.db, &parts, stamp).await?;
        let is_drawn_anew = !world.is_drawn_like(&before);
        let ids: BTreeSet<i64> = entries.iter().filter_map(|e| e.feature_id).map(|id| id.0).collect();
        let ids: Vec<i64> = ids.into_iter().collect();
        let rows = features::store::placed(&self.db, &ids).await?;
        // How pages look is no news of the map.
        let is_news = parts.iter().any(|part| *part != Part::Site);
        if !parts.is_empty() {
            self.atlas.world.store(Arc::new(world));
        }
        if entries.iter().any(|e| !matches!(e.act.0.rereads, Part::Nothing | Part::Counts)) {
            self.atlas.lookups.texts_changed(stamp);
        }
        let shown = self.shown(&ids, &rows);
        let touched = self.put(&ids, &rows, &rewritten(entries));

        // Content first, then the stamps that make older content stale, then everybody who waits for it.
        self.index.publish(stamp);
        if is_drawn_anew {
            self.atlas.stamps.mark_all(stamp);
        } else {
            self.atlas.stamps.mark(&touched, stamp, DEEPEST_ZOOM);
        }
        self.seq = last;
        self.remember(Some(at));
        self.applied.send_replace(last);
        metrics::gauge!("parvis_journal_applied").set(last as f64);
        // An error only says that the server is stopping.
        let _ = self.teller.send(told(entries, last, is_news, &shown, &touched));
        Ok(())
    }

    /// Which of these features the public sees, or saw until now: nobody is told of others.
    fn shown(&self, ids: &[i64], rows: &[Placed]) -> BTreeSet<FeatureId> {
        let were =
            ids.iter().filter(|id| self.index.get(id.unsigned_abs()).is_some()).map(|id| FeatureId(*id));
        were.chain(rows.iter().filter(|row| row.published).map(|row| row.id)).collect()
    }

    /// Keeps when the line that was applied last was written, for whoever writes the map down.
    fn remember(&mut self, at: Option<Timestamp>) {
        self.last_at = at;
        *self.atlas.line.lock().unwrap_or_else(PoisonError::into_inner) = at.map(|at| (self.seq, at));
    }

    /// Says how much of what the map holds cannot be read.
    fn count_unread(&self) {
        let ids = self.unread.ids();
        let count = ids.len() + self.atlas.world.load().unread();
        if **self.atlas.unread.load() != ids {
            self.atlas.unread.store(Arc::new(ids));
        }
        metrics::gauge!("parvis_unreadable").set(count as f64);
        self.atlas.unreadable.store(count, Ordering::Relaxed);
    }

    /// Brings the index to these rows; ids without a public row leave it. What was rewritten touches its place even where
    /// the index keeps nothing of the change: a map filtered by words may show it from now on, or no longer.
    fn put(&mut self, ids: &[i64], rows: &[Placed], rewritten: &BTreeSet<FeatureId>) -> Touched {
        let mut touched = Touched::default();
        let mut changes: BTreeMap<i64, Change> =
            ids.iter().map(|id| (*id, Change::Remove(id.unsigned_abs()))).collect();
        let known_sets = self.sets.iter().count();
        for id in ids {
            self.unread.forget(*id);
        }
        for row in rows.iter().filter(|row| row.published) {
            let areas = self.sets.intern(&row.area_ids());
            let Some(item) = self.unread.item(row, areas) else { continue };
            if rewritten.contains(&row.id) {
                touched.place(&item.place);
            }
            changes.insert(row.id.0, Change::Put(item));
        }
        if self.sets.iter().count() > known_sets {
            // Before the index that uses them is published: a reader's sets then know every code that it meets.
            self.atlas.area_sets.store(Arc::new(self.sets.clone()));
        }
        self.count_unread();
        touched.extend(self.index.apply(changes.into_values()));
        touched
    }
}

impl Event {
    /// Names the features of these lines that are or were public. A version that waits is no news of anything public.
    pub(super) fn features_of(&mut self, entries: &[Entry], shown: &BTreeSet<FeatureId>) {
        for entry in entries {
            let shown = entry.feature_id.filter(|id| shown.contains(id));
            if let Some((id, news)) = shown.zip(entry.act.0.told) {
                self.feature(id.0, news);
            }
        }
    }
}

/// The parts of the world that these lines change. One that this program cannot read may change each.
fn parts(entries: &[Entry]) -> Vec<Part> {
    let changes = |part: Part| {
        let is_it = |e: &Entry| match e.act.0.rereads {
            Part::Unknown => e.feature_id.is_none(),
            reread => reread == part,
        };
        entries.iter().any(is_it)
    };
    [Part::Vocabulary, Part::Territory, Part::Layers, Part::Site]
        .into_iter()
        .filter(|part| changes(*part))
        .collect()
}

/// The features whose texts may have changed.
fn rewritten(entries: &[Entry]) -> BTreeSet<FeatureId> {
    let rewrites = entries.iter().filter(|e| matches!(e.act.0.rereads, Part::Feature | Part::Unknown));
    rewrites.filter_map(|e| e.feature_id).collect()
}

fn told(
    entries: &[Entry],
    last: Seq,
    world_changed: bool,
    shown: &BTreeSet<FeatureId>,
    touched: &Touched,
) -> Event {
    if world_changed {
        return Event::everything(last);
    }
    let mut event = Event { seq: last, ..Event::default() };
    event.features_of(entries, shown);
    touched.positions.iter().for_each(|position| event.touch(*position));
    touched.shapes.iter().for_each(|bounds| event.touch_box(*bounds));
    event.bound();
    event
}
