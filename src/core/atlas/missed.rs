//! What a subscriber missed who comes back: read from the journal, as far as it says where something was.
//!
//! What it is not: what subscribers are told as it happens (`live`, by the follower).

use super::live::{self, Event};
use super::{Atlas, item};
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Seq};
use crate::core::features;
use crate::core::journal::{self, Act, Entry, Part};
use std::collections::BTreeSet;

impl Atlas {
    /// What a subscriber who last saw line `last_seen` missed, and everything from then on.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn subscribe(
        &self,
        db: &Db,
        last_seen: Option<Seq>,
    ) -> Result<(Option<Event>, live::Subscription)> {
        // Listening starts before the journal is read: nothing falls between the two.
        let mut subscription = self.live.subscribe();
        let seq = self.seq();
        subscription.skip_to(seq);
        let missed = match last_seen {
            Some(seen) if seen < seq => Some(self.missed(db, seen, seq).await?),
            // The database was put back to an earlier state since.
            Some(seen) if seen > seq => Some(Event::everything(seq)),
            _ => None,
        };
        Ok((missed, subscription))
    }

    async fn missed(&self, db: &Db, seen: Seq, seq: Seq) -> Result<Event> {
        const MOST: i64 = 200;
        let entries = journal::after(db, seen, MOST + 1).await?;
        // Where a feature was before it moved or went is not kept: then everything is read anew.
        let only_votes_and_places = entries
            .iter()
            .all(|e| matches!(e.act.0.rereads, Part::Nothing | Part::Counts) || e.act == Act::PLACED);
        if !only_votes_and_places || entries.len() as i64 > MOST {
            return Ok(Event::everything(seq));
        }
        let entries: Vec<Entry> = entries.into_iter().filter(|e| e.seq <= seq).collect();
        let ids: Vec<i64> = entries.iter().filter_map(|e| e.feature_id).map(|id| id.0).collect();
        let mut rows = features::store::placed(db, &ids).await?;
        // What waits has lines, too. They name it nowhere but in the register, and its place nowhere at all.
        rows.retain(|row| row.published);
        let shown: BTreeSet<FeatureId> = rows.iter().map(|row| row.id).collect();
        let mut event = Event { seq, ..Event::default() };
        event.features_of(&entries, &shown);
        for row in rows {
            let Ok(item) = item::item(&row, 0) else { continue };
            match item.place {
                parvis_tiles::Place::At(position) => event.touch(position),
                parvis_tiles::Place::Shape(shape) => event.touch_box(shape.bounds()),
                parvis_tiles::Place::Nowhere => {}
            }
        }
        event.bound();
        Ok(event)
    }
}
