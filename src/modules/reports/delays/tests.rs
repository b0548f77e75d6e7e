//! Delays as people and programs read them, as they are counted, and against a count of all reports one by one.

mod types;

use super::counts::Promise;
use super::{add_up, store};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::base::ids::AreaId;
use crate::core::app::App;
use crate::core::features::{self, Channel, Kind, NewFeature, Status};
use crate::core::journal::{Act, Write};
use crate::core::territory;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{CategoryId, EndReason, Report, ServiceId};
use crate::modules::reports::{CATALOGUE_CHANGED, store as reports, treating};
use crate::server::testing::{Client, app, on_both, square};
use chrono::TimeDelta;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::collections::BTreeMap;

/// Two types, of the first two subtypes; thanks; two services; two districts of a town.
struct City {
    app: App,
    subtypes: Vec<CategoryId>,
    thanks: CategoryId,
    services: Vec<ServiceId>,
    districts: Vec<AreaId>,
}

impl City {
    async fn new(db: &Db) -> City {
        let app = app(db).await;
        let mut write = app.begin().await.unwrap();
        let mut districts = Vec::new();
        for (name, west) in [("Amont", 2.0), ("Bourg", 2.1)] {
            let mut area = square(name, west, 48.0, 0.1);
            area.level = "quartier".into();
            districts.push(territory::store::upsert(&mut write, &area).await.unwrap().0);
        }
        let kind = category(&mut write, None, "proprete", "problem").await;
        let mut subtypes = Vec::new();
        for slug in ["graffitis", "depots"] {
            subtypes.push(category(&mut write, Some(kind), slug, "problem").await);
        }
        subtypes.push(category(&mut write, None, "voirie", "problem").await);
        let thanks = category(&mut write, None, "merci", "thanks").await;
        let mut services = Vec::new();
        for slug in ["equipe-nord", "equipe-sud"] {
            let (id,): (ServiceId,) = write
                .tx()
                .one(
                    "insert into report_service (slug, name, is_outside) values ($1, $1, $2) returning id",
                    (slug, false),
                )
                .await
                .unwrap();
            services.push(id);
        }
        write.record_subject(CATALOGUE_CHANGED, "report_category:1");
        app.commit(write).await.unwrap();
        City { app, subtypes, thanks, services, districts }
    }

    /// Somebody reported something `hours` ago, promised within 24 hours.
    async fn reported(&self, write: &mut Write, category: CategoryId, hours: i64) -> Report {
        self.reported_in(write, category, hours, 0).await
    }

    async fn reported_in(
        &self,
        write: &mut Write,
        category: CategoryId,
        hours: i64,
        district: usize,
    ) -> Report {
        let created_at = write.at() - TimeDelta::hours(hours);
        let lon = 2.05 + 0.1 * district as f64;
        let feature = NewFeature {
            kind: Kind::REPORT,
            process: None,
            theme: None,
            status: Status::OPEN,
            title: "Dépôt".into(),
            body: String::new(),
            geometry: Some(geo::Point::new(lon, 48.05).into()),
            stated_area: None,
            areas: self.districts.get(district).copied().into_iter().collect(),
            author: None,
            channel: Channel::Web,
            origin: None,
            held: None,
            created_at,
        };
        let id = features::store::insert(write, &feature, Act::PLACED).await.unwrap();
        let catalogue = Catalogue::of(&self.app).await.unwrap();
        let target = Target::new(24, Unit::Hours);
        let due_at = Some(created_at + TimeDelta::hours(24));
        Report {
            target,
            due_at,
            is_overdue: hours > 24,
            service: Some(self.services[0]),
            ..treating::received(&catalogue, id, category, created_at)
        }
    }

    async fn repaired(&self, query: &str) -> u64 {
        cell(&self.csv(query).await, "all", "Ensemble", "repaired").parse().unwrap()
    }

    async fn csv(&self, query: &str) -> BTreeMap<(String, String), BTreeMap<String, String>> {
        let answer = Client::new(&self.app).get(&format!("/delays.csv{query}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let text = answer.text();
        let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = rows.headers().unwrap().clone();
        let read = rows.records().map(|row| {
            let row = row.unwrap();
            let cells: BTreeMap<String, String> =
                head.iter().zip(&row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect();
            ((cells["by"].clone(), cells["name"].clone()), cells)
        });
        read.collect()
    }
}

async fn category(write: &mut Write, parent: Option<CategoryId>, slug: &str, sort: &str) -> CategoryId {
    let (id,): (CategoryId,) = write
        .tx()
        .one(
            "insert into report_category (parent_id, slug, label, sort, duplicate_metres, duplicate_days, checks_photos,
                                          color, position)
             values ($1, $2, $2, $3, 50, 30, $4, '#336699', 1) returning id",
            (parent, slug, sort, false),
        )
        .await
        .unwrap();
    id
}

fn cell<'a>(
    rows: &'a BTreeMap<(String, String), BTreeMap<String, String>>,
    by: &str,
    name: &str,
    of: &str,
) -> &'a str {
    &rows.get(&(by.to_owned(), name.to_owned())).unwrap_or_else(|| panic!("{by} {name}: {rows:?}"))[of]
}

on_both! {
    async fn what_ends_is_counted_and_what_is_opened_again_is_taken_back(db: Db) {
        let city = City::new(&db).await;
        let mut write = city.app.begin().await.unwrap();
        let mut report = city.reported(&mut write, city.subtypes[0], 30).await;
        reports::insert(&mut write, &report).await.unwrap();
        assert_eq!(store::counted(write.tx(), report.id).await.unwrap(), None);
        let done = (Status::DONE, None);
        treating::set_status(&city.app, &mut write, &mut report, done, Default::default()).await.unwrap();
        let counted = store::counted(write.tx(), report.id).await.unwrap().unwrap();
        assert_eq!((counted.hours, counted.promise), (Some(30), Promise::Broken));
        assert_eq!(counted.areas, [city.districts[0].0]);
        // Closed without a repair it counts as that, and keeps no promise.
        let closed = (Status::CLOSED, Some(EndReason::NotFound));
        treating::set_status(&city.app, &mut write, &mut report, closed, Default::default()).await.unwrap();
        let counted = store::counted(write.tx(), report.id).await.unwrap().unwrap();
        assert_eq!((counted.hours, counted.promise), (None, Promise::None));
        treating::reopen(&city.app, &mut write, &mut report, Default::default()).await.unwrap();
        assert_eq!(store::counted(write.tx(), report.id).await.unwrap(), None);
        // Repaired at last, the time of all of it counts, and the promise that began anew.
        treating::set_status(&city.app, &mut write, &mut report, done, Default::default()).await.unwrap();
        let counted = store::counted(write.tx(), report.id).await.unwrap().unwrap();
        assert_eq!((counted.hours, counted.promise), (Some(30), Promise::Kept));
        city.app.commit(write).await.unwrap();
        let rows = city.csv("").await;
        assert_eq!(cell(&rows, "all", "Ensemble", "repaired"), "1");
        assert_eq!(cell(&rows, "all", "Ensemble", "closed_without_repair"), "0");
    }

    async fn what_nobody_sees_and_what_waits_for_no_repair_is_not_counted(db: Db) {
        let city = City::new(&db).await;
        let mut write = city.app.begin().await.unwrap();
        let mut thanks = city.reported(&mut write, city.thanks, 5).await;
        let mut held = city.reported(&mut write, city.subtypes[0], 5).await;
        for report in [&mut thanks, &mut held] {
            report.ended_at = Some(write.at());
        }
        write.tx().run("update feature set published_at = null where id = $1", (held.id,)).await.unwrap();
        for report in [&thanks, &held] {
            reports::insert(&mut write, report).await.unwrap();
            assert_eq!(store::counted(write.tx(), report.id).await.unwrap(), None);
        }
    }

    async fn a_page_says_the_same_before_and_after_what_waits_is_added_up(db: Db) {
        let city = City::new(&db).await;
        let mut lot = StdRng::seed_from_u64(8);
        let mut kept: Vec<Report> = Vec::new();
        for _ in 0..3 {
            let mut write = city.app.begin().await.unwrap();
            for _ in 0..60 {
                let category = city.subtypes[lot.random_range(0..3)];
                let (hours, district) = (lot.random_range(0..2_000), lot.random_range(0..3));
                let mut report = city.reported_in(&mut write, category, hours, district).await;
                let at = write.at();
                report.service = [Some(city.services[0]), Some(city.services[1]), None][lot.random_range(0..3)];
                if lot.random_bool(0.7) {
                    report.ended_at = Some(at);
                    report.end_reason = lot.random_bool(0.2).then_some(EndReason::Cannot);
                }
                reports::insert(&mut write, &report).await.unwrap();
                kept.push(report);
            }
            // Some of the earlier ones change: another category, another service, opened again.
            for report in kept.iter_mut().step_by(7) {
                report.category = city.subtypes[lot.random_range(0..3)];
                report.service = Some(city.services[1]);
                report.ended_at = None;
                reports::update(&mut write, report).await.unwrap();
                write.record(Act::CHANGED, report.id);
            }
            city.app.commit(write).await.unwrap();
            let queries = ["", "?period=all", "?category=proprete", "?category=voirie&service=equipe-sud", "?area=amont&period=all"];
            let mut before = Vec::new();
            for query in queries {
                before.push(city.csv(query).await);
            }
            assert!(add_up(&db).await.unwrap() > 0);
            assert_eq!(add_up(&db).await.unwrap(), 0);
            // Otherwise what was made before is given again.
            let mut write = city.app.begin().await.unwrap();
            write.record(Act::CHANGED, kept[0].id);
            city.app.commit(write).await.unwrap();
            for (query, before) in queries.into_iter().zip(before) {
                assert_eq!(city.csv(query).await, before, "{query}");
            }
        }
        let rows = city.csv("?period=all").await;
        let repaired = |report: &&Report| report.ended_at.is_some() && report.end_reason.is_none();
        let of = |is: &dyn Fn(&Report) -> bool| kept.iter().filter(repaired).filter(|report| is(report)).count();
        assert_eq!(cell(&rows, "all", "Ensemble", "repaired"), of(&|_| true).to_string());
        assert_eq!(cell(&rows, "category", "voirie", "repaired"), of(&|r| r.category == city.subtypes[2]).to_string());
        let of_type = of(&|r| r.category != city.subtypes[2]);
        assert_eq!(cell(&rows, "category", "proprete", "repaired"), of_type.to_string());
        assert_eq!(cell(&rows, "service", "Sans service", "repaired"), of(&|r| r.service.is_none()).to_string());
        assert_eq!(
            cell(&rows, "service", "equipe-sud", "repaired"),
            of(&|r| r.service == Some(city.services[1])).to_string()
        );
        let open = kept.iter().filter(|report| report.ended_at.is_none()).count();
        assert_eq!(cell(&rows, "all", "Ensemble", "open"), open.to_string());
        let overdue = kept.iter().filter(|r| r.ended_at.is_none() && r.is_overdue).count();
        assert_eq!(cell(&rows, "all", "Ensemble", "overdue"), overdue.to_string());
        for by in ["category", "area", "service"] {
            for of in ["repaired", "in_time", "overdue", "open", "closed_without_repair"] {
                let number = |row: &BTreeMap<String, String>| row[of].parse::<u64>().unwrap();
                let sum: u64 = rows.iter().filter(|((axis, _), _)| axis == by).map(|(_, row)| number(row)).sum();
                assert_eq!(sum.to_string(), cell(&rows, "all", "Ensemble", of), "{by} {of}");
            }
        }
    }

    async fn two_who_add_up_at_once_count_everything_once(db: Db) {
        let city = City::new(&db).await;
        let mut write = city.app.begin().await.unwrap();
        for hours in 0..50 {
            let mut report = city.reported(&mut write, city.subtypes[0], hours).await;
            report.ended_at = Some(write.at());
            reports::insert(&mut write, &report).await.unwrap();
        }
        city.app.commit(write).await.unwrap();
        let (one, other) = tokio::join!(add_up(&db), add_up(&db));
        assert_eq!(one.unwrap() + other.unwrap(), 50);
        assert_eq!(cell(&city.csv("").await, "all", "Ensemble", "repaired"), "50");
    }

    async fn a_month_that_is_no_more_of_the_year_is_taken_from_it_and_stays_in_all(db: Db) {
        let city = City::new(&db).await;
        let mut write = city.app.begin().await.unwrap();
        let at = write.at();
        for (hours, ended) in [(3, at), (5, at - TimeDelta::days(40)), (9_000, at - TimeDelta::days(370)), (9_999, at)] {
            let mut report = city.reported(&mut write, city.subtypes[0], hours).await;
            report.ended_at = Some(ended);
            reports::insert(&mut write, &report).await.unwrap();
        }
        city.app.commit(write).await.unwrap();
        assert_eq!((city.repaired("").await, city.repaired("?period=all").await), (3, 4));
        add_up(&db).await.unwrap();
        let since = |count| super::super::months_back(at, count);
        assert!(!store::has_old_months(&db, since(12)).await.unwrap());
        // As the job does it where the year is that month alone.
        assert!(store::has_old_months(&db, since(1)).await.unwrap(), "the month of forty days ago");
        assert_eq!(store::add_up(&db, 10, since(1)).await.unwrap(), 0);
        assert!(!store::has_old_months(&db, since(1)).await.unwrap());
        let city = City { app: app(&db).await, ..city };
        assert_eq!((city.repaired("").await, city.repaired("?period=all").await), (2, 4));
    }

    async fn the_page_says_what_it_counts_and_what_there_is_not_is_not_found(db: Db) {
        let city = City::new(&db).await;
        let mut client = Client::new(&city.app);
        let empty = client.get("/delays").await;
        assert_eq!(empty.status, 200);
        assert!(empty.text().contains("Rien n’est encore à compter"));
        let mut write = city.app.begin().await.unwrap();
        for (hours, is_ended) in [(3, true), (5, true), (70, true), (80, false), (2, false)] {
            let mut report = city.reported(&mut write, city.subtypes[0], hours).await;
            report.ended_at = is_ended.then(|| write.at());
            reports::insert(&mut write, &report).await.unwrap();
        }
        city.app.commit(write).await.unwrap();
        let page = client.get("/delays").await.text();
        // Three repaired and one overdue: the second of four is the median, the ninth in ten not reached, two of four in time.
        for said in ["5 h", "pas encore atteint", "50 %", "/list?kind=report&#38;clock=overdue", "proprete"] {
            assert!(page.contains(said), "{said} is not in {page}");
        }
        let mut reader = Client::new(&city.app);
        reader.headers.push(("accept-language", "en".into()));
        let english = reader.get("/delays").await;
        assert!(english.text().contains("not reached yet"));
        // What is asked twice is asked once, and what is no parameter is none.
        assert_eq!(client.get("/delays?category=nope&category=graffitis&x=1").await.status, 200);
        for bad in ["category=nope", "area=nope", "service=nope", "period=decade", "category=%00"] {
            for path in ["/delays", "/delays.csv"] {
                assert_eq!(client.get(&format!("{path}?{bad}")).await.status, 404, "{path}?{bad}");
            }
        }
    }
}

#[test]
fn the_last_twelve_months_are_the_present_one_and_eleven_before_it() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(super::months_back(at("2026-11-29T12:00:00Z"), 12), 202_512);
    assert_eq!(super::months_back(at("2026-12-01T12:00:00Z"), 12), 202_601);
    assert_eq!(super::months_back(at("2026-01-15T12:00:00Z"), 12), 202_502);
    assert_eq!(super::months_back(at("2026-11-29T12:00:00Z"), 1), 202_611);
    // The last hour of the year is the next one's where the territory is.
    assert_eq!(super::months_back(at("2026-12-31T23:30:00Z"), 1), 202_701);
}
