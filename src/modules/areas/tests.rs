//! The desk of the territory over HTTP, on both databases: on an empty one, and with areas that something uses.

mod files;
mod search;

use crate::base::db::{Sql as _, by, setting};
use crate::base::ids::AreaId;
use crate::civic::accounts::Role;
use crate::civic::processes::{Settings, State, store as processes};
use crate::core::app::App;
use crate::core::journal::{self, Act};
use crate::core::territory::{self, Area, store};
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

async fn administrator(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "admin@ville.example", &[Role::Administrator]).await;
    client
}

async fn areas(app: &App) -> Vec<Area> {
    store::all(&app.db).await.unwrap()
}

/// The areas' codes that the journal tells of, in order.
async fn told(app: &App) -> Vec<String> {
    let lines = journal::after(&app.db, 0, 1_000).await.unwrap();
    lines.into_iter().filter(|line| line.act == Act::TERRITORY).map(|line| line.subject.unwrap()).collect()
}

/// A square of GeoJSON, its south-western corner here.
fn square(lon: f64, lat: f64) -> String {
    let (east, north) = (lon + 0.1, lat + 0.1);
    format!(
        r#"{{"type":"Polygon","coordinates":[[[{lon},{lat}],[{east},{lat}],[{east},{north}],[{lon},{north}],[{lon},{lat}]]]}}"#
    )
}

/// Draws an area; gives its id.
async fn draw(app: &App, admin: &mut Client, name: &str, level: &str, (lon, lat): (f64, f64)) -> AreaId {
    let made = admin
        .post("/admin/areas/new", &[("name", name), ("level", level), ("geometry", &square(lon, lat))])
        .await;
    assert_eq!(made.header("location"), "/admin/areas?done=drawn", "{}", made.text());
    areas(app).await.into_iter().find(|area| area.name == name).unwrap().id
}

on_both! {
    async fn every_page_works_before_there_is_anything_and_for_administrators_only(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        for (path, says) in [
            ("/admin/areas", "Aucun secteur pour l’instant"),
            ("/admin/areas?q=lille", "Métropole Européenne de Lille"),
            ("/admin/areas?q=zzzzqqq", "Aucune commune ni intercommunalité de ce nom"),
            ("/admin/areas?area=lille&page=7", "Aucun secteur pour l’instant"),
            ("/admin/areas/new", "La carte est encore vide"),
        ] {
            let page = admin.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains(says), "{path}: {}", page.text());
        }
        for path in ["/admin/areas/1", "/admin/areas/x", "/admin/areas/removed/x", "/admin/areas/file/x", "/admin/areas/work/x"] {
            assert_eq!(admin.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let gone = "0".repeat(64);
        for path in [format!("/admin/areas/removed/{gone}"), format!("/admin/areas/file/{gone}")] {
            assert_eq!(admin.get(&path).await.status, StatusCode::GONE, "{path}");
        }
        for role in [Role::Planner, Role::Agent, Role::Moderator] {
            let mut other = Client::new(&app);
            other.sign_in(&app, &format!("{role:?}@ville.example").to_lowercase(), &[role]).await;
            assert_eq!(other.get("/admin/areas").await.status, StatusCode::FORBIDDEN, "{role:?}");
            let drawn = [("name", "Centre"), ("level", "quartier"), ("geometry", &*square(3.0, 50.6))];
            assert_eq!(other.post("/admin/areas/new", &drawn).await.status, StatusCode::FORBIDDEN);
            let sent = other.upload("/admin/areas/file", &[], &[("file", "a.geojson", square(3.0, 50.6).as_bytes())]).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN);
        }
        assert!(areas(&app).await.is_empty() && told(&app).await.is_empty());
    }

    async fn a_body_is_chosen_and_its_communes_compared_with_the_outlines_that_are_there(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let unknown = admin.post("/admin/areas/territory", &[("code", "nowhere")]).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
        assert_eq!(territory::chosen(&app.db).await.unwrap(), None);
        let chosen = admin.post("/admin/areas/territory", &[("code", "243100518")]).await;
        assert_eq!(chosen.header("location"), "/admin/areas?done=chosen");
        let kept = territory::chosen(&app.db).await.unwrap().unwrap();
        assert_eq!((kept.name.as_str(), kept.code.as_str()), ("Toulouse Métropole", "243100518"));
        let page = admin.get("/admin/areas").await.text();
        assert!(page.contains("Blagnac") && page.contains("0 sur 37 ont un contour"), "{page}");
        let blagnac = [("name", "Blagnac"), ("level", "commune"), ("code", "31069"), ("geometry", &*square(1.3, 43.6))];
        assert!(admin.post("/admin/areas/new", &blagnac).await.status.is_redirection());
        assert!(admin.get("/admin/areas").await.text().contains("1 sur 37 ont un contour"));
        let forgotten = admin.post("/admin/areas/territory", &[("code", "")]).await;
        assert_eq!(forgotten.header("location"), "/admin/areas?done=forgotten");
        assert_eq!(territory::chosen(&app.db).await.unwrap(), None);
        assert_eq!(areas(&app).await.len(), 1, "what was imported stays");
        // It stands among the settings that have versions, and comes back with one.
        let listed = admin.get("/admin/site").await.text();
        assert_eq!(listed.matches("Commune ou intercommunalité choisie").count(), 2, "{listed}");
        let back = admin.post("/admin/site/versions/1/restore", &[("was", "2")]).await;
        assert!(back.status.is_redirection(), "{}", back.text());
        assert_eq!(territory::chosen(&app.db).await.unwrap(), Some(kept));
    }

    async fn a_choice_that_an_older_program_kept_is_among_the_settings_afterwards(db: Db) {
        const SQLITE: &str = include_str!("../../../migrations/sqlite/20261128220001_chosen_territory.sql");
        const POSTGIS: &str = include_str!("../../../migrations/postgis/20261128220001_chosen_territory.sql");
        let migrate = async || {
            for (name, value) in [("territory_name", "Lille"), ("territory_code", "59350")] {
                setting::put(&db, name, value).await.unwrap();
            }
            for (sqlite, postgis) in SQLITE.split(";\n").zip(POSTGIS.split(";\n")).filter(|(one, _)| !one.trim().is_empty()) {
                db.run(by(sqlite, postgis), ()).await.unwrap();
            }
            assert_eq!(setting::get(&db, "territory_code").await.unwrap(), None);
            territory::chosen(&db).await.unwrap().map(|chosen| (chosen.name, chosen.code))
        };
        let lille = Some(("Lille".to_owned(), "59350".to_owned()));
        assert_eq!(migrate().await, lille, "where no settings were written");
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let saved = admin.post("/admin/site/identity", &[("was", "1"), ("name", "La carte")]).await;
        assert!(saved.status.is_redirection(), "{}", saved.text());
        admin.post("/admin/areas/territory", &[("code", "")]).await;
        assert_eq!(migrate().await, lille);
        let site = crate::core::site::store::current(&db).await.unwrap();
        assert_eq!((site.version, site.get("name")), (3, "La carte"), "no version of its own");
        let first = crate::core::site::store::of_version(&db, 2).await.unwrap();
        assert_eq!(first.get("territory_code"), "59350", "it held while each was in force");
    }

    async fn an_area_is_drawn_renamed_moved_removed_and_put_back_and_the_map_follows(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let centre = draw(&app, &mut admin, "Centre", "commune", (3.0, 50.6)).await;
        let east = draw(&app, &mut admin, "Est", "quartier", (3.0, 50.6)).await;
        assert!(!admin.get("/tiles/areas/10/520/344.mvt").await.body.is_empty(), "it is on the map at once");
        assert_eq!(admin.get("/api/features?area=est").await.status, StatusCode::OK, "and in the filter");
        let edit = format!("/admin/areas/{east}");
        let moved = [("name", "Quartier Est"), ("parent", &*centre.to_string())];
        assert_eq!(admin.post(&edit, &moved).await.header("location"), "/admin/areas?done=changed");
        let now = areas(&app).await.into_iter().find(|area| area.id == east).unwrap();
        assert_eq!((now.name.as_str(), now.parent_id, now.slug.as_str()), ("Quartier Est", Some(centre), "est"));
        let ring = admin.post(&format!("/admin/areas/{centre}"), &[("name", "Centre"), ("parent", &*east.to_string())]).await;
        assert_eq!(ring.status, StatusCode::BAD_REQUEST);
        assert!(ring.text().contains("ne fait pas partie de lui-même"));
        let kept = admin.post(&format!("/admin/areas/{centre}/remove"), &[]).await;
        assert_eq!(kept.status, StatusCode::CONFLICT);
        assert!(kept.text().contains("1 secteur en fait partie"), "{}", kept.text());
        let removed = admin.post(&format!("{edit}/remove"), &[]).await;
        let back = removed.header("location").to_owned();
        assert!(back.starts_with("/admin/areas/removed/"), "{}", removed.text());
        assert!(admin.get(&back).await.text().contains("«\u{a0}Quartier Est\u{a0}» (quartier) est retiré"));
        assert_eq!(admin.get("/api/features?area=est").await.status, StatusCode::BAD_REQUEST, "nobody knows it any more");
        assert_eq!(areas(&app).await.len(), 1);
        assert_eq!(admin.post(&back, &[]).await.header("location"), "/admin/areas?done=back");
        let again = areas(&app).await.into_iter().find(|area| area.name == "Quartier Est").unwrap();
        assert_eq!((again.slug, again.parent_id, again.wkb), (now.slug, now.parent_id, now.wkb), "as it was");
        assert_eq!(admin.get("/api/features?area=est").await.status, StatusCode::OK);
        assert_eq!(admin.post(&back, &[]).await.status, StatusCode::CONFLICT, "it is there already");
        assert_eq!(told(&app).await, ["centre", "est", "est", "est", "est"]);
        let checked = crate::modules::register::verify(&app.db, |_, _| {}).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }

    async fn an_area_that_is_used_is_not_removed_and_the_page_says_by_what(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let id = draw(&app, &mut admin, "Centre", "commune", (3.0, 50.6)).await;
        let account = admin.sign_in(&app, "agent@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        let settings = Settings { area: "centre".into(), ..Settings::default() };
        processes::insert(&mut write, "Plan vélo", &settings, State::Draft, None).await.unwrap();
        crate::civic::accounts::store::grant(&mut write, account.id, Role::Agent, (None, Some(id)), None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut admin = administrator(&app).await;
        let idea = [("title", "Un banc"), ("lon", "3.05"), ("lat", "50.65"), ("step", "publish")];
        assert!(admin.post("/proposals", &idea).await.status.is_redirection());
        let page = admin.post(&format!("/admin/areas/{id}/remove"), &[]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        for said in ["1 contribution s’y trouve", "1 rôle y est", "portent sur lui\u{a0}: Plan vélo"] {
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        assert_eq!(areas(&app).await.len(), 1);
    }

    async fn what_is_wrong_with_an_outline_is_said_and_nothing_is_written(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        draw(&app, &mut admin, "Centre", "commune", (3.0, 50.6)).await;
        let good = square(3.2, 50.6);
        let line = r#"{"type":"LineString","coordinates":[[3,50],[3.1,50.1]]}"#;
        let two = format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{good}}},{{"type":"Feature","properties":{{}},"geometry":{good}}}]}}"#);
        for (fields, said) in [
            ([("name", ""), ("level", "quartier"), ("geometry", &*good)], "Donnez un nom"),
            ([("name", "Nord"), ("level", "12"), ("geometry", &good)], "ce que sont ces secteurs"),
            ([("name", "Centre"), ("level", "Commune"), ("geometry", &good)], "Il y a déjà un secteur de niveau"),
            ([("name", "Nord"), ("level", "quartier"), ("geometry", "")], "Dessinez un contour"),
            ([("name", "Nord"), ("level", "quartier"), ("geometry", "un carré")], "problem"),
            ([("name", "Nord"), ("level", "quartier"), ("geometry", line)], "un secteur est un polygone"),
            ([("name", "Nord"), ("level", "quartier"), ("geometry", &two)], "plus d’un objet"),
        ] {
            let page = admin.post("/admin/areas/new", &fields).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{said}: {}", page.text());
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        let unknown = [("name", "Nord"), ("level", "quartier"), ("geometry", &*good), ("parent", "99")];
        assert!(admin.post("/admin/areas/new", &unknown).await.text().contains("n’existe pas ou plus"));
        assert_eq!((areas(&app).await.len(), told(&app).await.len()), (1, 1));
        let id = areas(&app).await[0].id;
        let late = admin.post(&format!("/admin/areas/{id}"), &[("name", "Autre"), ("was", "older")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        admin.headers.push(("sec-fetch-site", "cross-site".into()));
        for path in ["/admin/areas/new", "/admin/areas/territory", "/admin/areas/1", "/admin/areas/1/remove"] {
            assert_eq!(admin.post(path, &[]).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }

    async fn of_two_who_move_areas_at_once_one_waits_and_no_ring_comes_of_it(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let north = draw(&app, &mut admin, "Nord", "commune", (2.0, 48.0)).await;
        let south = draw(&app, &mut admin, "Sud", "commune", (3.0, 47.0)).await;
        let quay = draw(&app, &mut admin, "Le Quai", "quartier", (2.0, 48.0)).await;
        let lane = draw(&app, &mut admin, "La Venelle", "quartier", (3.0, 47.0)).await;
        for (name, id, parent) in [("Le Quai", quay, north), ("La Venelle", lane, south)] {
            let moved = admin.post(&format!("/admin/areas/{id}"), &[("name", name), ("parent", &parent.to_string())]).await;
            assert!(moved.status.is_redirection(), "{}", moved.text());
        }
        let mut other = administrator(&app).await;
        for _ in 0..4 {
            let (one, two) = (format!("/admin/areas/{north}"), format!("/admin/areas/{south}"));
            let (lane, quay) = (lane.to_string(), quay.to_string());
            let (one_form, two_form) = ([("name", "Nord"), ("parent", lane.as_str())], [("name", "Sud"), ("parent", quay.as_str())]);
            let moved = futures_util::future::join(admin.post(&one, &one_form), other.post(&two, &two_form)).await;
            let told = [moved.0.status.as_u16(), moved.1.status.as_u16()];
            assert_eq!(told.iter().filter(|status| **status == 303).count(), 1, "{told:?}: {} {}", moved.0.text(), moved.1.text());
            let all = areas(&app).await;
            for area in &all {
                let up = std::iter::successors(area.parent_id, |id| all.iter().find(|area| area.id == *id)?.parent_id);
                assert!(up.take(9).all(|id| id != area.id), "{} is part of itself: {all:?}", area.name);
            }
            for (path, name) in [(&one, "Nord"), (&two, "Sud")] {
                assert!(admin.post(path, &[("name", name), ("parent", "")]).await.status.is_redirection());
            }
        }
        // What a file says is no way round it either.
        let mut write = app.begin().await.unwrap();
        let all = areas(&app).await;
        let new = |name: &str, parent| {
            let known = all.iter().find(|area| area.name == name).unwrap();
            let outline = geo::MultiPolygon(vec![geo::Rect::new((2.0, 48.0), (2.5, 48.5)).to_polygon()]);
            territory::NewArea { level: known.level.clone(), code: known.code.clone(), name: name.into(), parent: Some(parent), outline, population: None }
        };
        store::upsert_all(&mut write, vec![new("Nord", lane), new("Sud", quay)]).await.unwrap();
        store::upsert(&mut write, &new("Sud", quay)).await.unwrap();
        app.commit(write).await.unwrap();
        let all = areas(&app).await;
        let parent = |name: &str| all.iter().find(|area| area.name == name).unwrap().parent_id;
        assert_eq!((parent("Nord"), parent("Sud")), (Some(lane), None), "the first is moved, the second would be part of itself");
    }

    async fn an_area_that_is_put_back_finds_what_it_was_part_of_and_never_what_has_its_number(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let city = draw(&app, &mut admin, "Ville", "commune", (2.0, 48.0)).await;
        let quay = draw(&app, &mut admin, "Quai", "quartier", (2.0, 48.0)).await;
        let remove = async |admin: &mut Client, id: AreaId| admin.post(&format!("/admin/areas/{id}/remove"), &[]).await.header("location").to_owned();
        let moved = admin.post(&format!("/admin/areas/{quay}"), &[("name", "Quai"), ("parent", &city.to_string())]).await;
        assert!(moved.status.is_redirection(), "{}", moved.text());
        let quay = remove(&mut admin, quay).await;
        let city_back = remove(&mut admin, city).await;
        // SQLite gives the number of what is gone again: to another area.
        draw(&app, &mut admin, "Étang", "lieu", (5.0, 45.0)).await;
        let parent = async || {
            let all = areas(&app).await;
            let quay = all.iter().find(|area| area.name == "Quai").unwrap().clone();
            let parent = quay.parent_id.map(|id| all.iter().find(|area| area.id == id).unwrap().name.clone());
            (quay.id, parent)
        };
        assert_eq!(admin.post(&quay, &[]).await.header("location"), "/admin/areas?done=back");
        let (again, of) = parent().await;
        assert_eq!(of, None, "what it was part of is gone, and the pond is something else");
        remove(&mut admin, again).await;
        for back in [&city_back, &quay] {
            assert_eq!(admin.post(back, &[]).await.header("location"), "/admin/areas?done=back");
        }
        assert_eq!(parent().await.1.as_deref(), Some("Ville"), "whatever number it has by now");
    }
}
