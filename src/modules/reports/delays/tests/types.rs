//! Cells of whole types: they say what a count of the reports one by one says, also of a category that is filed below another type.

use super::{City, add_up, cell};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::civic::accounts::Role;
use crate::core::journal::Act;
use crate::modules::reports::model::{CategoryId, EndReason, Report};
use crate::modules::reports::store as reports;
use crate::server::testing::{Client, on_both};
use chrono::TimeDelta;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

/// A report that ended, where it lies, and how long it took.
struct Ended {
    report: Report,
    district: usize,
    hours: i64,
}

impl City {
    /// So many that ended by lot, the first half of them added up, the others waiting.
    async fn ended(&self, db: &Db, count: usize) -> Vec<Ended> {
        let mut lot = StdRng::seed_from_u64(21);
        let mut all = Vec::new();
        for half in 0..2 {
            let mut write = self.app.begin().await.unwrap();
            let at = write.at();
            for _ in 0..count / 2 {
                let (hours, district) = (lot.random_range(0..300), lot.random_range(0..2));
                let category = self.subtypes[lot.random_range(0..3)];
                let mut report = self.reported_in(&mut write, category, hours, district).await;
                report.service =
                    [Some(self.services[0]), Some(self.services[1]), None][lot.random_range(0..3)];
                report.ended_at = Some(ended(at, &mut lot));
                report.end_reason = lot.random_bool(0.2).then_some(EndReason::Cannot);
                let hours = (report.ended_at.unwrap() - (at - TimeDelta::hours(hours))).num_hours().max(0);
                reports::insert(&mut write, &report).await.unwrap();
                all.push(Ended { report, district, hours });
            }
            self.app.commit(write).await.unwrap();
            if half == 0 {
                add_up(db).await.unwrap();
            }
        }
        all
    }

    /// A category's page says of every area and service what these reports say.
    async fn agrees(&self, all: &[Ended], slug: &str, of: &[CategoryId], period: &str) {
        let rows = self.csv(&format!("?category={slug}&period={period}")).await;
        let since = super::super::months_back(crate::base::clock::now(), 12);
        let of_it: Vec<&Ended> = all
            .iter()
            .filter(|one| of.contains(&one.report.category))
            .filter(|one| period == "all" || super::super::month_of(one.report.ended_at.unwrap()) >= since)
            .collect();
        for (district, name) in ["Amont", "Bourg"].into_iter().enumerate() {
            self.says(&rows, "area", name, of_it.iter().filter(|one| one.district == district));
        }
        for (service, name) in [
            (Some(self.services[0]), "equipe-nord"),
            (Some(self.services[1]), "equipe-sud"),
            (None, "Sans service"),
        ] {
            self.says(&rows, "service", name, of_it.iter().filter(|one| one.report.service == service));
        }
        self.says(&rows, "all", "Ensemble", of_it.iter());
    }

    fn says<'a>(
        &self,
        rows: &super::BTreeMap<(String, String), super::BTreeMap<String, String>>,
        by: &str,
        name: &str,
        of: impl Iterator<Item = &'a &'a Ended>,
    ) {
        let of: Vec<&&Ended> = of.collect();
        let mut hours: Vec<i64> =
            of.iter().filter(|one| one.report.end_reason.is_none()).map(|one| one.hours).collect();
        hours.sort_unstable();
        let told = |column| cell(rows, by, name, column);
        assert_eq!(told("repaired"), hours.len().to_string(), "{by} {name}");
        assert_eq!(told("closed_without_repair"), (of.len() - hours.len()).to_string(), "{by} {name}");
        let median = hours.get((hours.len().max(1) - 1) / 2).map(i64::to_string).unwrap_or_default();
        assert_eq!(told("median_hours"), median, "{by} {name}");
    }
}

/// Now, some months ago, or more than a year.
fn ended(at: Timestamp, lot: &mut StdRng) -> Timestamp {
    at - TimeDelta::days([0, 0, 0, 45, 500][lot.random_range(0..5)])
}

on_both! {
    async fn a_type_says_of_every_area_and_service_what_its_reports_say_one_by_one(db: Db) {
        let city = City::new(&db).await;
        let all = city.ended(&db, 400).await;
        for period in ["12", "all"] {
            city.agrees(&all, "proprete", &city.subtypes[..2], period).await;
            city.agrees(&all, "depots", &city.subtypes[1..2], period).await;
            city.agrees(&all, "voirie", &city.subtypes[2..], period).await;
        }
    }

    async fn a_category_that_is_filed_below_another_type_takes_what_was_counted_with_it(db: Db) {
        let city = City::new(&db).await;
        let all = city.ended(&db, 400).await;
        let mut admin = Client::new(&city.app);
        admin.sign_in(&city.app, "admin@ville.example", &[Role::Administrator]).await;
        let (depots, roads) = (city.subtypes[1], city.subtypes[2].0.to_string());
        let own = format!("/admin/reports/catalogue/categories/{}", depots.0);
        // Below the other type; then a type of its own; then where it was.
        let was: (Option<i64>,) = db.one("select parent_id from report_category where id = $1", (depots,)).await.unwrap();
        let was = was.0.unwrap().to_string();
        let [dirt, filth, road] = [city.subtypes[0], depots, city.subtypes[2]];
        for (parent, of_dirt, of_roads) in [
            (roads.as_str(), vec![dirt], vec![filth, road]),
            ("", vec![dirt], vec![road]),
            (was.as_str(), vec![dirt, filth], vec![road]),
        ] {
            let page = admin.get(&own).await.text();
            let (_, seen) = page.split_once("name=\"was\" value=\"").unwrap();
            let seen = seen.split('"').next().unwrap();
            let form = [
                ("label", "Dépôts"), ("parent", parent), ("sort", "problem"), ("metres", "50"), ("days", "30"),
                ("color", "#0072b2"), ("icon", "dot"), ("was", seen),
            ];
            let changed = admin.post(&own, &form).await;
            assert_eq!(changed.header("location"), "/admin/reports/catalogue?done=category-changed", "{}", changed.text());
            for period in ["12", "all"] {
                city.agrees(&all, "proprete", &of_dirt, period).await;
                city.agrees(&all, "voirie", &of_roads, period).await;
            }
        }
        // What waited is added up below the type of now.
        add_up(&db).await.unwrap();
        let mut write = city.app.begin().await.unwrap();
        write.record(Act::CHANGED, all[0].report.id);
        city.app.commit(write).await.unwrap();
        city.agrees(&all, "proprete", &city.subtypes[..2], "all").await;
        city.agrees(&all, "voirie", &city.subtypes[2..], "all").await;
    }
}
