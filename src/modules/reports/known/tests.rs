//! What is already known nearby, against a look at every report.

use super::{AT_ONCE, MOST, near};
use crate::base::clock::{self, Timestamp};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::features::{self, Channel, Kind, NewFeature, Status};
use crate::core::journal::Act;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::{store, tests, treating};
use crate::server::testing::{app, on_both};
use chrono::TimeDelta;

const AT: (f64, f64) = (2.7, 48.2);

/// Reports of a category, each some steps further east; of each, when it ended.
async fn reported(app: &App, slug: &str, ended: &[Option<Timestamp>]) -> Vec<FeatureId> {
    let catalogue = Catalogue::of(app).await.unwrap();
    let category = catalogue.offered(slug).unwrap().id;
    let mut write = app.begin().await.unwrap();
    let mut ids = Vec::new();
    for (step, ended_at) in ended.iter().enumerate() {
        let created_at = write.at() - TimeDelta::days(400);
        let feature = NewFeature {
            kind: Kind::REPORT,
            process: None,
            theme: None,
            status: Status::OPEN,
            title: "Trou".into(),
            body: String::new(),
            geometry: Some(geo::Point::new(AT.0 + step as f64 * 0.000_002, AT.1).into()),
            stated_area: None,
            areas: Vec::new(),
            author: None,
            channel: Channel::Web,
            origin: None,
            held: None,
            created_at,
        };
        let id = features::store::insert(&mut write, &feature, Act::PLACED).await.unwrap();
        let mut report = treating::received(&catalogue, id, category, created_at);
        report.ended_at = *ended_at;
        store::insert(&mut write, &report).await.unwrap();
        ids.push(id);
    }
    app.commit(write).await.unwrap();
    ids
}

async fn known(app: &App, slug: &str, except: Option<FeatureId>) -> Vec<(FeatureId, i64)> {
    let catalogue = Catalogue::of(app).await.unwrap();
    let category = catalogue.offered(slug).unwrap();
    let found = near(app, &catalogue, category, AT, (except, clock::now())).await.unwrap();
    assert!(found.iter().all(|known| known.card.id == known.report.id));
    found.iter().map(|known| (known.report.id, known.metres)).collect()
}

on_both! {
    async fn the_nearest_that_are_open_or_ended_lately_are_found_behind_many_that_ended_long_ago(db: Db) {
        let app = app(&db).await;
        tests::catalogue(&app).await;
        assert_eq!(known(&app, "nid-de-poule", None).await, []);
        let now = clock::now();
        let (old, late) = (Some(now - TimeDelta::days(31)), Some(now - TimeDelta::days(29)));
        // More than are looked through at once, and one of these here and there; some of another category of the type, and thanks.
        let count = AT_ONCE * 3;
        let ended: Vec<Option<Timestamp>> = (0..count)
            .map(|step| match step % 40 {
                7 => None,
                29 => late,
                _ => old,
            })
            .collect();
        let holes = reported(&app, "nid-de-poule", &ended).await;
        let others = reported(&app, "marquage", &[old, None, old]).await;
        reported(&app, "merci", &[None]).await;
        let step = |step: usize| (step as f64 * 0.000_002_f64.to_radians() * AT.1.to_radians().cos() * 6_371_008.8).round() as i64;
        let wanted: Vec<(FeatureId, i64)> =
            [(others[1], 1), (holes[7], 7), (holes[29], 29), (holes[47], 47), (holes[69], 69)].map(|(id, n)| (id, step(n))).to_vec();
        assert_eq!(wanted.len(), MOST);
        assert_eq!(known(&app, "nid-de-poule", None).await, wanted);
        assert_eq!(known(&app, "marquage", None).await, wanted, "a type is one");
        let without = known(&app, "nid-de-poule", Some(holes[29])).await;
        assert_eq!(without.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [others[1], holes[7], holes[47], holes[69], holes[87]]);
    }

    async fn what_ended_long_ago_or_lies_too_far_is_not_known(db: Db) {
        let app = app(&db).await;
        tests::catalogue(&app).await;
        let old = Some(clock::now() - TimeDelta::days(31));
        // Fifty metres are some 336 of these steps.
        let mut ended = vec![old; 400];
        ended[380] = None;
        let holes = reported(&app, "nid-de-poule", &ended).await;
        assert_eq!(known(&app, "nid-de-poule", None).await, []);
        ended.truncate(1);
        ended[0] = None;
        let nearest = reported(&app, "nid-de-poule", &ended).await;
        assert_eq!(known(&app, "nid-de-poule", Some(holes[0])).await, [(nearest[0], 0)]);
    }
}
