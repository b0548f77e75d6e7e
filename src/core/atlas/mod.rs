//! The atlas: the live map that answers tiles, lists, counts and live updates.
//!
//! What it is: everything public that has a place, in memory, in step with the journal. What it is not: a store (rows are
//! the truth; the atlas is filled from them at start and kept by [`follow`]), nor anything unpublished or personal.
//!
//! Invariant: [`follow::Follower`] is the only writer. Readers block nobody and see one consistent state. The writer
//! publishes new content first and stamps it after; a reader takes the stamp first and the content after. So what a
//! reader keeps can be newer than its stamp, never older.

mod cache;
mod chosen;
mod compile;
mod facet;
mod filter;
mod follow;
mod hot;
mod inside;
mod item;
mod kept;
mod live;
mod missed;
mod pyramid;
mod query;
#[cfg(test)]
mod tests;
mod warm;
mod words;
mod world;

pub use cache::Tile;
pub use chosen::Chosen;
pub use facet::{Facet, GENERAL, Slot, Values};
pub use filter::{Filter, Unknown, parameters};
pub use follow::Follower;
pub use hot::HotSpot;
pub use live::{Event, Subscription};
pub use pyramid::{DEEPEST_ZOOM, FEATURE_LAYERS, Grouping, Selection};
pub use query::{Facets, Page, Paging};
pub use words::Words;
pub use world::{AREAS_LAYER, NAMES_LAYER, Value, World};

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::ids::Seq;
use arc_swap::ArcSwap;
use item::AreaSets;
use parvis_tiles::{Reader, Stamps};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// The live map, as handlers see it.
pub struct Atlas {
    reader: Reader,
    stamps: Arc<Stamps>,
    world: ArcSwap<World>,
    area_sets: ArcSwap<AreaSets>,
    cache: cache::TileCache,
    lookups: words::Lookups,
    live: live::Hub,
    wake: Arc<Notify>,
    applied: watch::Receiver<Seq>,
    following: Mutex<Following>,
    unreadable: AtomicUsize,
    /// The contributions among these.
    unread: ArcSwap<Vec<i64>>,
    /// The last line that was applied, and when it was written: its history's mark.
    line: Mutex<Option<(Seq, Timestamp)>>,
    /// One file of the map is written at a time.
    keeping: Arc<Mutex<()>>,
}

/// How the follower is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Following {
    /// It has read all that there was when it last looked.
    InStep,
    /// The database holds another history than the map: everything is being read anew.
    Loading,
    /// What it read last could not be read, or not be drawn; it tries again and again.
    Failing,
    /// It has ended.
    Stopped,
}

impl Following {
    /// The word of it in `/readyz`.
    pub fn word(self) -> &'static str {
        match self {
            Following::InStep => "in-step",
            Following::Loading => "loading",
            Following::Failing => "failing",
            Following::Stopped => "stopped",
        }
    }
}

impl Atlas {
    /// Waits until the map shows everything up to journal line `seq`, so that a person sees their own act.
    ///
    /// # Errors
    /// [`Error::Internal`] where the follower does not get there in ten seconds; the write itself is safe.
    pub async fn reach(&self, seq: Seq) -> Result<()> {
        self.wake.notify_one();
        let mut applied = self.applied.clone();
        match tokio::time::timeout(Duration::from_secs(10), applied.wait_for(|at| *at >= seq)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(Error::Internal("the follower has stopped".into())),
            Err(_) => Err(Error::Internal(format!("the live map has not reached line {seq} in 10 s"))),
        }
    }

    /// The last journal line that the map shows.
    pub fn seq(&self) -> Seq {
        *self.applied.borrow()
    }

    /// A number that grows with whatever the map shows; what is read after it is as new, or newer.
    pub fn state(&self) -> u64 {
        self.reader.peek().version()
    }

    /// How the follower is.
    pub fn following(&self) -> Following {
        if self.applied.has_changed().is_err() {
            return Following::Stopped;
        }
        *self.following.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many published contributions, areas and items of layers are not drawn, because this program cannot read their rows.
    pub fn unreadable(&self) -> usize {
        self.unreadable.load(Ordering::Relaxed)
    }

    fn set_following(&self, now: Following) {
        *self.following.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// How many live connections are open.
    pub fn subscribers(&self) -> usize {
        self.live.subscribers()
    }

    /// How many tiles are kept, and the bytes that they weigh.
    pub fn kept_tiles(&self) -> (usize, u64) {
        self.cache.kept()
    }

    /// Ends every live connection: the server is stopping.
    pub fn close_live(&self) {
        self.live.close();
    }

    /// What changes rarely: themes, processes, areas, layers.
    pub fn world(&self) -> Arc<World> {
        self.world.load_full()
    }
}

impl std::fmt::Debug for Atlas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Atlas").field("seq", &self.seq()).finish_non_exhaustive()
    }
}
