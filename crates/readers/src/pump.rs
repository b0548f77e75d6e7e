//! A reader on its own thread, behind a short queue.
//!
//! What it is: how readers whose libraries lend their rows (shapefile) or are asynchronous (SQLite) become plain
//! iterators. What it is not: it makes nothing faster. Invariant: at most [`AHEAD`] rows wait, and a reader that dies is
//! an error at the end of the rows, never a shorter file.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

use super::{Cause, Locator, Record, RecordError};

/// A row, or its refusal.
pub(super) type ReadRow = Result<Record, RecordError>;

/// Rows that wait in the queue.
const AHEAD: usize = 256;

/// Rows that come from another thread.
pub(super) struct Pump {
    rows: Receiver<ReadRow>,
    thread: Option<JoinHandle<()>>,
    last: u64,
}

impl Pump {
    /// Runs `read` on a thread of its own. It should stop when a send fails: nobody listens any more.
    pub(super) fn start(read: impl FnOnce(SyncSender<ReadRow>) + Send + 'static) -> Pump {
        let (sender, rows) = sync_channel(AHEAD);
        Pump { rows, thread: Some(thread::spawn(move || read(sender))), last: 0 }
    }
}

impl Iterator for Pump {
    type Item = ReadRow;

    fn next(&mut self) -> Option<ReadRow> {
        if let Ok(row) = self.rows.recv() {
            self.last += 1;
            return Some(row);
        }
        let died = self.thread.take()?.join().is_err();
        died.then(|| {
            Err(RecordError {
                place: Locator::Feature { number: self.last + 1, id: None },
                cause: Cause::Broken { detail: "reader".into() },
                properties: vec![],
            })
        })
    }
}
