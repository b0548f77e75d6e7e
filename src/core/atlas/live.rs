//! What subscribers are told: which features and which tiles changed, with the journal number as the event's id.
//!
//! Events are gathered for a tenth of a second and formatted once for everybody, so that ten thousand open connections
//! cost one buffer and ten thousand wake-ups, at most ten times a second.

use crate::base::ids::Seq;
use axum::body::Bytes;
use parvis_tiles::{Bounds, Position, TileCoord};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, watch};

/// The shortest time between two events.
const PACE: Duration = Duration::from_millis(100);

/// Above so many changed features an event says "everything" instead: an import, for instance.
const MOST_CHANGES: usize = 500;

/// What changed, as subscribers read it.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// The last journal line that it tells of.
    pub seq: Seq,
    /// Whether to read everything anew; the lists are empty then.
    pub all: bool,
    /// The features that changed, each with its last act.
    pub features: Vec<Changed>,
    /// The deepest tiles that changed; their parents changed, too.
    pub tiles: BTreeSet<TileKey>,
    /// West, south, east, north of lines and areas that changed, in degrees.
    pub boxes: Vec<[f64; 4]>,
    /// Whether numbers begin anew: the database holds another history. Told to everybody, whatever they have seen.
    pub anew: bool,
}

/// A tile that reads `z/x/y` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileKey(pub TileCoord);

impl Serialize for TileKey {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{}/{}/{}", self.0.z, self.0.x, self.0.y))
    }
}

/// A feature that changed.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Changed {
    /// Its id.
    pub id: i64,
    /// What happened last.
    pub act: &'static str,
}

impl Event {
    /// An event that says: read everything anew.
    pub fn everything(seq: Seq) -> Event {
        Event { seq, all: true, ..Event::default() }
    }

    /// The same after the database was put back to another state: also to those who saw a higher number.
    pub(super) fn anew(seq: Seq) -> Event {
        Event { anew: true, ..Event::everything(seq) }
    }

    pub(super) fn feature(&mut self, id: i64, act: &'static str) {
        self.features.retain(|f| f.id != id);
        self.features.push(Changed { id, act });
    }

    pub(super) fn touch(&mut self, position: Position) {
        self.tiles.insert(TileKey(position.tile(super::DEEPEST_ZOOM)));
    }

    pub(super) fn touch_box(&mut self, bounds: Bounds) {
        self.boxes.push(bounds.to_lon_lat());
    }

    fn merge(&mut self, later: Event) {
        self.seq = later.seq;
        self.all |= later.all;
        self.anew |= later.anew;
        for feature in later.features {
            self.features.retain(|f| f.id != feature.id);
            self.features.push(feature);
        }
        self.tiles.extend(later.tiles);
        self.boxes.extend(later.boxes);
        self.bound();
    }

    /// Gives up the lists where they say more than "everything" would.
    pub(super) fn bound(&mut self) {
        if self.all || self.features.len() > MOST_CHANGES || self.boxes.len() > MOST_CHANGES {
            *self = Event { anew: self.anew, ..Event::everything(self.seq) };
        }
    }

    /// What it tells, for who asks instead of listening.
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "seq": self.seq, "all": self.all, "features": self.features, "tiles": self.tiles, "boxes": self.boxes,
        })
    }

    /// The event as it goes over the wire.
    pub fn frame(&self) -> Bytes {
        let data = self.json();
        let mut frame = String::with_capacity(128);
        // Writing into a String cannot fail.
        let _ = write!(frame, "id: {}\nevent: change\ndata: {data}\n\n", self.seq);
        frame.into()
    }
}

/// A formatted event.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) seq: Seq,
    pub(super) bytes: Bytes,
    pub(super) anew: bool,
}

/// Where the follower tells, and subscribers hear.
pub(super) struct Hub {
    told: broadcast::Sender<Arc<Frame>>,
    closed: watch::Sender<bool>,
}

/// The follower's end.
pub(super) type Teller = mpsc::UnboundedSender<Event>;

impl Hub {
    /// Starts the task that gathers and formats. It ends when the follower does.
    pub(super) fn start() -> (Hub, Teller) {
        let (told, _) = broadcast::channel(256);
        let (teller, mut events) = mpsc::unbounded_channel::<Event>();
        let sender = told.clone();
        tokio::spawn(async move {
            while let Some(mut event) = events.recv().await {
                while let Ok(later) = events.try_recv() {
                    event.merge(later);
                }
                metrics::counter!("parvis_live_events_total").increment(1);
                // An error only says that nobody listens.
                let _ =
                    sender.send(Arc::new(Frame { seq: event.seq, bytes: event.frame(), anew: event.anew }));
                tokio::time::sleep(PACE).await;
            }
        });
        (Hub { told, closed: watch::Sender::new(false) }, teller)
    }

    pub(super) fn subscribe(&self) -> Subscription {
        Subscription { told: self.told.subscribe(), closed: self.closed.subscribe(), seen: 0 }
    }

    /// How many listen.
    pub(super) fn subscribers(&self) -> usize {
        self.told.receiver_count()
    }

    /// Ends every subscription: browsers come back by themselves, to the server that takes over.
    pub(super) fn close(&self) {
        self.closed.send_replace(true);
    }
}

/// One open connection's view of the events.
#[derive(Debug)]
pub struct Subscription {
    told: broadcast::Receiver<Arc<Frame>>,
    closed: watch::Receiver<bool>,
    seen: Seq,
}

impl Subscription {
    /// Leaves out events up to this number: they were told from the journal.
    pub fn skip_to(&mut self, seq: Seq) {
        self.seen = seq;
    }

    /// The next event's bytes. A subscriber that fell behind is told to read everything anew. `None`: the server stops.
    pub async fn next(&mut self) -> Option<Bytes> {
        loop {
            let told = tokio::select! {
                told = self.told.recv() => told,
                _ = self.closed.wait_for(|closed| *closed) => return None,
            };
            match told {
                Ok(frame) if frame.seq <= self.seen && !frame.anew => {}
                Ok(frame) => {
                    self.seen = frame.seq;
                    return Some(frame.bytes.clone());
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(Event::everything(self.seen).frame());
                }
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: Seq, id: i64) -> Event {
        let mut event = Event { seq, ..Event::default() };
        event.feature(id, "voted");
        event.touch(Position { x: 5, y: 6 });
        event
    }

    #[tokio::test]
    async fn what_happens_within_a_tenth_of_a_second_is_told_at_once() {
        let (hub, teller) = Hub::start();
        let mut subscription = hub.subscribe();
        teller.send(event(1, 10)).unwrap();
        let first = subscription.next().await.unwrap();
        assert!(first.starts_with(b"id: 1\n"), "the first is not held back");
        teller.send(event(2, 10)).unwrap();
        teller.send(event(3, 10)).unwrap();
        let second = String::from_utf8(subscription.next().await.unwrap().to_vec()).unwrap();
        assert!(second.starts_with("id: 3\n"), "{second}");
        assert_eq!(second.matches("\"id\":10").count(), 1, "{second}");
    }

    #[tokio::test]
    async fn a_server_that_stops_ends_its_subscriptions() {
        let (hub, _teller) = Hub::start();
        let mut before = hub.subscribe();
        hub.close();
        assert!(before.next().await.is_none());
        assert!(hub.subscribe().next().await.is_none());
    }

    #[test]
    fn a_flood_of_changes_is_told_as_everything() {
        let mut gathered = event(0, 0);
        for id in 1..=600 {
            gathered.merge(event(id, id));
        }
        assert!(gathered.all && gathered.features.is_empty());
        assert_eq!(gathered.seq, 600);
    }
}
