//! Reports of two real files (Dans ma rue, Ville de Paris): filed, given to their services, and what can be learnt from one for the other.

use super::Made;
use crate::base::clock;
use crate::base::db::{Db, Sql};
use crate::base::ids::{AreaId, FeatureId};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{Kind, Status};
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{CategoryId, ServiceId};
use crate::modules::reports::{CATALOGUE_CHANGED, CATEGORY};
use crate::server::import::write::{AreaImport, FeatureImport, FileImport, Outcome, areas, features};
use crate::server::import::{Mapping, ReadOptions};
use crate::server::testing::{Client, app, on_both, shared};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use indicatif::ProgressBar;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

fn file(path: impl Into<PathBuf>) -> FileImport {
    FileImport {
        file: path.into(),
        read: ReadOptions::default(),
        dry_run: false,
        partial: false,
        rejects: None,
    }
}

fn reports(path: impl Into<PathBuf>, mapping: &str) -> FeatureImport {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mappings");
    let mapping = match mapping.ends_with(".toml") {
        true => Mapping::load(&folder.join(mapping)).unwrap(),
        false => toml::from_str(mapping).unwrap(),
    };
    FeatureImport {
        file: file(path),
        kind: Kind::REPORT,
        mapping,
        source: Some("dans-ma-rue".into()),
        process: None,
        status: Status::OPEN,
    }
}

async fn import(db: &Db, import: &FeatureImport) -> Outcome {
    features(db, import, clock::now(), &ProgressBar::hidden()).await.unwrap()
}

/// A report as it came from a file.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Row {
    id: FeatureId,
    category_id: CategoryId,
    service_id: ServiceId,
    /// What its category is below of, or the category.
    kind: CategoryId,
    /// Nothing: it lies outside of the town.
    area: Option<AreaId>,
    created_at: DateTime<Utc>,
    wkb: Vec<u8>,
}

async fn rows(db: &Db, after: i64) -> Vec<Row> {
    db.all(
        "select f.id, r.category_id, r.service_id, coalesce(c.parent_id, c.id) as kind, f.created_at, f.wkb,
                (select min(x.area_id) from feature_area x where x.feature_id = f.id) as area
         from report r join feature f on f.id = r.feature_id join report_category c on c.id = r.category_id
         where f.id > $1 order by f.id",
        (after,),
    )
    .await
    .unwrap()
}

fn place(row: &Row) -> (f64, f64) {
    let geometry = crate::core::features::geometry::from_wkb(&row.wkb).unwrap();
    parvis_tiles::geometry::representative_point(&geometry).unwrap()
}

/// Who gets most of what is counted together, of how many.
fn most<K: std::hash::Hash + Eq>(rows: &[Row], key: impl Fn(&Row) -> K) -> HashMap<K, (ServiceId, u32)> {
    let mut counts: HashMap<K, BTreeMap<ServiceId, u32>> = HashMap::new();
    for row in rows {
        *counts.entry(key(row)).or_default().entry(row.service_id).or_default() += 1;
    }
    let first = |counts: BTreeMap<ServiceId, u32>| {
        let all = counts.values().sum();
        (counts.into_iter().max_by_key(|(service, n)| (*n, -service.0)).unwrap().0, all)
    };
    counts.into_iter().map(|(key, counts)| (key, first(counts))).collect()
}

/// Writes the rules that reports show: who gets most of everything, of a type, of a category; and of a category in an area where that is
/// somebody else, and more than a few reports say so.
async fn learn(app: &App, seen: &[Row]) -> usize {
    let mut rules: Vec<(Option<CategoryId>, Option<AreaId>, ServiceId)> = Vec::new();
    rules.extend(most(seen, |_| ()).into_values().map(|(service, _)| (None, None, service)));
    rules.extend(
        most(seen, |row| row.kind).into_iter().map(|(kind, (service, _))| (Some(kind), None, service)),
    );
    let of_category = most(seen, |row| row.category_id);
    let is_below = |id: &CategoryId| seen.iter().any(|row| row.category_id == *id && row.kind != *id);
    let own = of_category.iter().filter(|(id, _)| is_below(id));
    rules.extend(own.map(|(id, (service, _))| (Some(*id), None, *service)));
    for ((category, area), (service, count)) in most(seen, |row| (row.category_id, row.area)) {
        if area.is_some() && count >= 5 && of_category[&category].0 != service {
            rules.push((Some(category), area, service));
        }
    }
    let mut write = app.begin().await.unwrap();
    let at = write.at();
    for (category, area, service) in &rules {
        write
            .tx()
            .run(
                "insert into report_rule (category_id, area_id, is_of_area, service_id, from_at) values ($1, $2, $3, $4, $5)",
                (*category, *area, area.is_some(), *service, at),
            )
            .await
            .unwrap();
    }
    write.record_subject(CATALOGUE_CHANGED, "test");
    app.commit(write).await.unwrap();
    rules.len()
}

on_both! {
    async fn what_one_year_shows_says_whose_the_reports_of_another_are(db: Db) {
        let Some(first) = shared("paris/dans-ma-rue-1.csv.gz") else { return };
        let folder = first.parent().unwrap().to_owned();
        let arrondissements = AreaImport {
            file: file(folder.join("arrondissements.geojson")),
            level: "arrondissement".into(),
            name_field: "l_ar".into(),
            code_field: Some("c_arinsee".into()),
            parent: None,
            parent_field: None,
            parent_level: None,
            population_field: None,
        };
        areas(&db, &arrondissements, clock::now(), &ProgressBar::hidden()).await.unwrap();
        let first = reports(first, "paris-dans-ma-rue.toml");
        let outcome = import(&db, &first).await;
        assert_eq!((outcome.created, outcome.report.rejected), (10_000, 0));
        let categories = outcome.made.iter().filter(|made| matches!(made, Made::Category(_))).count();
        // 10 types and the 234 pairs below them.
        assert_eq!(categories, 244);
        assert!(outcome.made.contains(&Made::Service("DPE-STPP-DT".into())));
        // A second run of the same changes nothing and makes nothing.
        let again = import(&db, &first).await;
        assert_eq!((again.created, again.updated, again.unchanged, again.made.len()), (0, 0, 10_000, 0));

        let app = app(&db).await;
        let seen = rows(&db, 0).await;
        let last = seen.iter().map(|row| row.id.0).max().unwrap();
        duplicates(&app, &seen).await;
        let learnt = learn(&app, &seen).await;
        let outcome = import(&db, &reports(folder.join("dans-ma-rue-2.csv.gz"), "paris-dans-ma-rue.toml")).await;
        assert_eq!((outcome.created, outcome.report.rejected), (10_000, 0));
        let app = crate::server::testing::app(&db).await;
        let catalogue = Catalogue::of(&app).await.unwrap();
        let others = rows(&db, last).await;
        let mut right = 0;
        for row in &others {
            let (lon, lat) = place(row);
            let routed = catalogue.whom(row.category_id, lon, lat);
            right += usize::from(routed.unwrap().service == row.service_id);
        }
        let rate = right as f64 / others.len() as f64;
        println!("{learnt} rules of one file say whose {right} of {} reports of the other are: {:.2} %", others.len(), rate * 100.0);
        assert!(rate > 0.985, "{right} of {}", others.len());
        // As many as the file has, on the map.
        let filter = Filter::of_query("kind=report&clock=none", &[]).unwrap().0;
        assert_eq!(app.atlas.total(&filter).unwrap(), 20_000);
    }

    async fn what_a_file_says_has_ended_is_counted_with_its_time(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reports.csv");
        let csv = |rows: &[&str]| {
            let text = format!("id,type,sous,service,le,fin,statut,lon,lat\n{}\n", rows.join("\n"));
            std::fs::write(&path, text).unwrap();
        };
        let mapping = "id = 'id'\ntitle = 'type'\ncreated = 'le'\nstatus = 'statut'\nlon = 'lon'\nlat = 'lat'\n\
                       [report]\ncategory = 'type'\nsubcategory = 'sous'\nservice = 'service'\nended = 'fin'\n";
        let month = clock::now().format("%Y-%m").to_string();
        let fixed = format!("1,Propreté,Dépôt,Équipe,{month}-01T08:00:00Z,{month}-01T20:00:00Z,done,2.3,48.8");
        let closed = format!("2,Propreté,Tag,,{month}-01T08:00:00Z,{month}-01T09:00:00Z,closed,2.3,48.8");
        let open = "3,Voirie,,Équipe,2026-01-01T08:00:00Z,,open,2.3,48.8";
        csv(&[&fixed, &closed, open]);
        let all = reports(&path, mapping);
        let outcome = import(&db, &all).await;
        let made = ["Propreté", "Propreté – Dépôt", "Propreté – Tag", "Voirie"].map(|label| Made::Category(label.into()));
        let mut wanted: Vec<Made> = made.to_vec();
        wanted.insert(2, Made::Service("Équipe".into()));
        assert_eq!(outcome.made, wanted);
        let app = app(&db).await;
        let table = Client::new(&app).get("/delays.csv").await.text();
        let line = table.lines().find(|line| line.starts_with("all")).unwrap();
        // One repaired within twelve hours, none promised, one closed without a repair.
        assert_eq!(line, "all,,,Ensemble,1,12,12,0,0,,0,0,1");
        // The same rows in another order are the same; one that was opened again is not counted any more.
        csv(&[open, &closed, &fixed]);
        assert_eq!(import(&db, &all).await.unchanged, 3);
        csv(&[open, &closed, &fixed.replace("done", "open").replace(&format!("{month}-01T20:00:00Z"), "")]);
        let outcome = import(&db, &all).await;
        assert_eq!((outcome.updated, outcome.unchanged), (1, 2));
        let app = crate::server::testing::app(&db).await;
        let table = Client::new(&app).get("/delays.csv").await.text();
        assert!(table.contains("all,,,Ensemble,0,,,0,0,,0,0,1"), "{table}");
        // A file whose end is no date is refused whole.
        csv(&["4,Voirie,,Équipe,2026-01-01T08:00:00Z,bientôt,done,2.3,48.8"]);
        let refused = import(&db, &all).await;
        assert_eq!((refused.written, refused.report.rejected), (false, 1));
    }
}

/// Reports that have another of their type within fourteen days, and so many metres: counted once by hand from the file.
async fn duplicates(app: &App, seen: &[Row]) {
    let catalogue = Catalogue::of(app).await.unwrap();
    // By the clock of the territory: fourteen days are as long across the end of summer time.
    let local = |row: &Row| row.created_at.with_timezone(&crate::base::clock::zone()).naive_local();
    let created: HashMap<FeatureId, NaiveDateTime> = seen.iter().map(|row| (row.id, local(row))).collect();
    for (metres, wanted) in [(10.0, 172), (30.0, 475), (50.0, 835)] {
        let mut filters: HashMap<CategoryId, Filter> = HashMap::new();
        let mut found = 0;
        for row in seen {
            let filter = filters.entry(row.kind).or_insert_with(|| {
                let mut filter = Filter::default();
                for one in catalogue.family(catalogue.category(row.category_id).unwrap()) {
                    filter.add(&CATEGORY, &one.slug);
                }
                filter
            });
            let (lon, lat) = place(row);
            let near = app.atlas.within(lon, lat, metres, filter).unwrap();
            let is_another =
                |id: &FeatureId| *id != row.id && (created[id] - local(row)).abs() <= TimeDelta::days(14);
            found += usize::from(near.iter().any(|(id, _)| is_another(id)));
        }
        assert_eq!(found, wanted, "within {metres} metres");
    }
}
