//! Bodies that arrive: how much of them is held at a time, in all and of one address, and how slowly they may come.
//!
//! What it is: the book of what is held, and a body that keeps it. What it is not: how large one body may be (each route says that).
//!
//! Invariant: what is in memory of a body is in the book, and so is what was sent of files, on the disk or passed over, until its request
//! is answered; who sends too slowly, or more than there is room for, is ended, and others are served meanwhile.

use super::{Crowd, crowd::Seat};
use crate::base::error::{Error, Result};
use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::time::Sleep;

/// The bytes of bodies that are in memory at a time: texts, and the pieces of files that are on their way to the disk.
const ROOM: usize = 256 << 20;

/// The bytes of files that lie aside at a time, on the disk, until their requests are answered. A form with four photos is at most 46 MB.
const ASIDE: usize = 2 << 30;

/// Bodies that arrive at a time from one address: a room full of people who send their photos.
const BODIES_OF_ONE: usize = 60;

/// The least that a body brings in a second, once it has been waited for as long as one is: a telephone at the edge of its net.
const LEAST: u64 = 2_048;

/// The book.
#[derive(Debug)]
pub struct Arrivals {
    bytes: Arc<Crowd>,
    aside: Arc<Crowd>,
    bodies: Arc<Crowd>,
    patience: Duration,
}

/// One request's share of it.
#[derive(Debug)]
pub struct Arrival {
    bytes: Mutex<Seat>,
    aside: Mutex<Seat>,
    _body: Seat,
    refused: OnceLock<Error>,
    told: Notify,
}

impl Arrivals {
    /// An empty book; a body may pause for `patience`. `per_address`: whether one address has a bound of its own.
    pub fn new(patience: Duration, per_address: bool) -> Arrivals {
        let of_one = |most| if per_address { most } else { usize::MAX };
        Arrivals {
            bytes: Crowd::new(ROOM, of_one(ROOM / 2)),
            aside: Crowd::new(ASIDE, of_one(ASIDE / 2)),
            bodies: Crowd::new(usize::MAX, of_one(BODIES_OF_ONE)),
            patience,
        }
    }

    /// A body that begins to arrive.
    ///
    /// # Errors
    /// [`Error::Later`] where too many of its address do.
    pub fn begin(&self, address: Option<IpAddr>) -> Result<Arc<Arrival>> {
        Ok(Arc::new(Arrival {
            _body: self.bodies.enter(address, 1)?,
            bytes: Mutex::new(self.bytes.enter(address, 0)?),
            aside: Mutex::new(self.aside.enter(address, 0)?),
            refused: OnceLock::new(),
            told: Notify::new(),
        }))
    }

    /// The bytes that are in memory now, and those that lie aside.
    #[cfg(test)]
    pub fn held(&self) -> (usize, usize) {
        (self.bytes.len(), self.aside.len())
    }

    /// The body, kept in the book.
    pub fn keep<B>(&self, body: B, arrival: Arc<Arrival>) -> Kept<B> {
        let pause = Box::pin(tokio::time::sleep(self.patience));
        Kept {
            body,
            arrival,
            patience: self.patience,
            pause,
            waits: None,
            waited: Duration::ZERO,
            brought: 0,
        }
    }
}

impl Arrival {
    fn take(&self, size: usize) -> Result<()> {
        // A panic of another thread left the book as it was.
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).grow(size)
    }

    /// A piece that was counted is not in memory any more: it lies on the disk.
    ///
    /// # Errors
    /// Where there is no more room aside; the request is ended then.
    pub fn put_aside(&self, size: usize) -> Result<()> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).shrink(size);
        let grown = self.aside.lock().unwrap_or_else(PoisonError::into_inner).grow(size);
        grown.inspect_err(|error| self.refuse(error.clone()))
    }

    fn refuse(&self, error: Error) {
        // The first reason is the one that is told.
        let _ = self.refused.set(error);
        self.told.notify_one();
    }

    /// Why the body was ended, if it was.
    pub fn refusal(&self) -> Option<Error> {
        self.refused.get().cloned()
    }

    /// Why the body was ended, once it is.
    pub async fn ended(&self) -> Error {
        loop {
            if let Some(error) = self.refusal() {
                return error;
            }
            self.told.notified().await;
        }
    }
}

/// A body that is kept in the book.
#[derive(Debug)]
pub struct Kept<B> {
    body: B,
    arrival: Arc<Arrival>,
    patience: Duration,
    pause: Pin<Box<Sleep>>,
    /// Since when the reader waits for the next piece.
    waits: Option<Instant>,
    /// How long it was waited for what was `brought`.
    waited: Duration,
    brought: u64,
}

impl<B> Kept<B> {
    /// Counts a piece; whether it may stay.
    fn count(&mut self, size: usize) -> Result<()> {
        self.arrival.take(size)?;
        self.brought += size as u64;
        if self.waited >= self.patience {
            if self.brought < self.waited.as_secs().saturating_mul(LEAST) {
                return Err(Error::Unreadable);
            }
            (self.waited, self.brought) = (Duration::ZERO, 0);
        }
        Ok(())
    }

    fn end(&self, error: Error) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.arrival.refuse(error);
        Poll::Ready(Some(Err("the body was ended".into())))
    }
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<B> Body for Kept<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let is_new = self.waits.is_none();
        let began = *self.waits.get_or_insert_with(Instant::now);
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            // The patience is with the sender: the time that the handler took before it asked is not theirs.
            if is_new {
                let until = tokio::time::Instant::now() + self.patience;
                self.pause.as_mut().reset(until);
            }
            ready!(self.pause.as_mut().poll(context));
            return self.end(Error::Unreadable);
        };
        self.waits = None;
        self.waited += began.elapsed();
        let size = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
            _ => return Poll::Ready(frame.map(|f| f.map_err(Into::into))),
        };
        match self.count(size) {
            Ok(()) => Poll::Ready(frame.map(|f| f.map_err(Into::into))),
            Err(error) => self.end(error),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
