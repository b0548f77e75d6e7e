//! What takes a while, done apart from the request that asked for it: how far it is, and what it gave. Kept in memory by the server that
//! does it, the last few only; what other servers must know of it is in the database (`store`).
//!
//! What it is not: a job (`base/jobs`), which nobody waits for.

use crate::base::error::{Error, Result};
use std::collections::VecDeque;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long a request waits for a work before its page says how far it is.
pub(super) const PATIENCE: Duration = Duration::from_secs(4);

/// How far a work is.
#[derive(Debug, Default)]
pub(super) struct Progress {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Says how much is done of how much there is.
    pub(super) fn say(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// How much is done, in hundredths; nothing where it is not known.
    pub(super) fn hundredths(&self) -> Option<u64> {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        (total > 0).then(|| (done * 100 / total).min(100))
    }
}

/// A work under way, or done.
#[derive(Debug)]
pub(super) struct Work<T> {
    pub(super) progress: Arc<Progress>,
    end: watch::Receiver<Option<T>>,
}

impl<T: Clone + Send + Sync + 'static> Work<T> {
    /// Starts a work; it is done also where nobody waits for it.
    pub(super) fn start<F: Future<Output = T> + Send + 'static>(
        work: impl FnOnce(Arc<Progress>) -> F,
    ) -> Work<T> {
        let progress = Arc::new(Progress::default());
        let (say, end) = watch::channel(None);
        let work = work(Arc::clone(&progress));
        tokio::spawn(async move { say.send_replace(Some(work.await)) });
        Work { progress, end }
    }

    /// What it gave, if it ends within a moment.
    ///
    /// # Errors
    /// [`Error::Internal`] where it broke off.
    pub(super) async fn within(&self, patience: Duration) -> Result<Option<T>> {
        let mut end = self.end.clone();
        match tokio::time::timeout(patience, end.wait_for(Option::is_some)).await {
            Err(_still_at_it) => Ok(None),
            Ok(Ok(given)) => Ok(given.clone()),
            Ok(Err(_gone)) => Err(Error::Internal("a work of the areas' desk broke off".into())),
        }
    }

    fn is_broken(&self) -> bool {
        self.end.has_changed().is_err() && self.end.borrow().is_none()
    }
}

/// The last works by a key.
#[derive(Debug)]
pub(super) struct Works<K, T> {
    most: usize,
    last: Mutex<VecDeque<(K, Arc<Work<T>>)>>,
}

impl<K: PartialEq, T: Clone + Send + Sync + 'static> Works<K, T> {
    pub(super) const fn new(most: usize) -> Works<K, T> {
        Works { most, last: Mutex::new(VecDeque::new()) }
    }

    pub(super) fn get(&self, key: &K) -> Option<Arc<Work<T>>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.iter().find(|(known, work)| known == key && !work.is_broken()).map(|(_, work)| Arc::clone(work))
    }

    /// Lets go of those that are done.
    pub(super) fn let_go(&self) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|(_, work)| work.end.borrow().is_none());
    }

    pub(super) fn put(&self, key: K, work: Work<T>) -> Arc<Work<T>> {
        let work = Arc::new(work);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|(known, _)| *known != key);
        last.push_back((key, Arc::clone(&work)));
        while last.len() > self.most {
            last.pop_front();
        }
        work
    }
}
