//! What is known of the things of a page of the queue. Invariant: a statement for each kind of fact, however many things there are.

use super::super::store::{self, Item};
use crate::base::clock::Timestamp;
use crate::base::db::Db;
use crate::base::error::Result;
use crate::base::ids::{DecisionId, FeatureId, Visitor};
use crate::civic::contributions::appeals::{self, Appeal};
use crate::civic::contributions::bursts::{self, Burst};
use crate::civic::contributions::decisions::{self, Decision};
use crate::civic::contributions::flags::{self, Flag};
use crate::civic::contributions::things::Thing;
use crate::core::features::photos::{self, Photo};
use crate::core::subject::Subject;
use chrono::TimeDelta;
use std::collections::HashMap;

/// Facts about several things.
pub(super) struct Facts {
    flags: HashMap<Subject, Vec<Flag>>,
    standing: HashMap<Subject, Decision>,
    appeals: HashMap<DecisionId, Appeal>,
    bursts: HashMap<FeatureId, Vec<Burst>>,
    photos: HashMap<FeatureId, Vec<(bool, Photo)>>,
    times: HashMap<Visitor, Vec<Timestamp>>,
}

impl Facts {
    pub(super) async fn read(db: &Db, items: &[Item]) -> Result<Facts> {
        let things: Vec<Thing> = items.iter().map(Item::thing).collect();
        let features: Vec<i64> = things.iter().filter_map(|thing| thing.feature).map(|id| id.0).collect();
        let standing = decisions::all_standing(db, &things).await?;
        let ruled: Vec<i64> = standing.values().map(|decision| decision.id.0).collect();
        let mut times: HashMap<Visitor, Vec<Timestamp>> = HashMap::new();
        let written = items.iter().map(|item| item.created_at);
        if let (Some(first), Some(last)) = (written.clone().min(), written.max()) {
            let hour = TimeDelta::hours(1);
            for (author, at) in store::times(db, &things, (first - hour, last + hour)).await? {
                times.entry(author).or_default().push(at);
            }
        }
        Ok(Facts {
            flags: flags::open(db, &things).await?,
            appeals: appeals::against(db, &ruled).await?,
            bursts: bursts::open(db, &features).await?,
            photos: photos::every_of(db, &features).await?,
            standing,
            times,
        })
    }

    pub(super) fn flags(&self, thing: Thing) -> Vec<Flag> {
        self.flags.get(&thing.subject).cloned().unwrap_or_default()
    }

    /// The decision that holds, and the appeal against it.
    pub(super) fn decided(&self, thing: Thing) -> (Option<Decision>, Option<Appeal>) {
        let standing = self.standing.get(&thing.subject).cloned();
        let appeal = standing.as_ref().and_then(|decision| self.appeals.get(&decision.id)).cloned();
        (standing, appeal)
    }

    pub(super) fn bursts(&self, thing: Thing) -> Vec<Burst> {
        let feature = thing.feature.filter(|_| thing.is_feature());
        feature.and_then(|id| self.bursts.get(&id)).cloned().unwrap_or_default()
    }

    /// The photos to look at with a thing, each with whether it was taken off.
    pub(super) fn photos(&self, thing: Thing) -> Vec<(bool, Photo)> {
        let all = thing.feature.and_then(|id| self.photos.get(&id)).map_or(&[][..], Vec::as_slice);
        let here = |photo: &Photo| thing.is_feature() || thing.photo_id() == Some(photo.id);
        all.iter().filter(|(_, photo)| here(photo)).cloned().collect()
    }

    /// How many things the author of this one contributed within an hour of it, before or after.
    pub(super) fn within_an_hour(&self, item: &Item) -> i64 {
        let times = item.author.and_then(|author| self.times.get(&author)).map_or(&[][..], Vec::as_slice);
        let near = times.iter().filter(|at| (**at - item.created_at).abs() <= TimeDelta::hours(1));
        i64::try_from(near.count()).unwrap_or(i64::MAX)
    }
}
