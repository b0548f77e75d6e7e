//! The live map keeps step with the journal, on both databases.

use super::*;
use crate::base::db::Sql;
use crate::base::ids::{FeatureId, Visitor};
use crate::core::app::App;
use crate::core::features::{self, NewFeature, Voice, votes};
use crate::core::journal::{self, Act, Write};
use crate::core::layers;
use crate::core::territory;
use crate::server::testing::{app, on_both, proposal, square};
use mvt_reader::Reader as TileReader;
use parvis_tiles::{Order, Position, TileCoord};
use std::collections::HashMap;
use uuid::Uuid;

const LON: f64 = 2.35;
const LAT: f64 = 48.85;

async fn place(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn vote(app: &App, id: FeatureId) {
    let mut write = app.begin().await.unwrap();
    votes::set(&mut write, id, Visitor(Uuid::new_v4()), Some(Voice::For)).await.unwrap();
    app.commit(write).await.unwrap();
}

fn tile_at(z: u8, lon: f64, lat: f64) -> TileCoord {
    Position::from_lon_lat(lon, lat).unwrap().tile(z)
}

fn tile(app: &App, z: u8, filter: &Filter) -> Arc<Tile> {
    let layers = Selection::of_names("features", &app.atlas.world()).unwrap();
    app.atlas.tile(tile_at(z, LON, LAT), &layers, filter).unwrap()
}

/// Ids of the points in a tile.
fn points(tile: &Tile) -> Vec<u64> {
    let reader = TileReader::new(tile.bytes.to_vec()).unwrap();
    let names = reader.get_layer_names().unwrap();
    let Some(layer) = names.iter().position(|name| name == "points") else { return Vec::new() };
    let mut ids: Vec<u64> = reader.get_features(layer).unwrap().iter().filter_map(|f| f.id).collect();
    ids.sort_unstable();
    ids
}

/// How many points a tile draws: by themselves, and in clusters.
fn drawn(tile: &Tile) -> u64 {
    let reader = TileReader::new(tile.bytes.to_vec()).unwrap();
    let names = reader.get_layer_names().unwrap();
    let clusters = names.iter().position(|name| name == "clusters");
    let clusters = clusters.map(|layer| reader.get_features(layer).unwrap()).unwrap_or_default();
    let count = |properties: HashMap<String, mvt_reader::feature::Value>| match properties["count"] {
        mvt_reader::feature::Value::UInt(count) => count,
        ref other => panic!("{other:?}"),
    };
    points(tile).len() as u64 + clusters.into_iter().filter_map(|c| c.properties.map(count)).sum::<u64>()
}

fn filter(query: &str) -> Filter {
    Filter::of_query(query, &[]).unwrap().0
}

fn newest() -> Paging {
    Paging { order: Order::Newest, after: None, limit: 100 }
}

/// Puts a database back to the state before this idea, as a restored copy would be.
async fn put_back(app: &App, id: FeatureId, seq: crate::base::ids::Seq) {
    let mut tx = app.db.begin().await.unwrap();
    for sql in [
        "delete from vote where feature_id = $1",
        "delete from feature_area where feature_id = $1",
        "delete from deposit where subject_kind = 'feature' and subject_id = $1",
    ] {
        tx.run(sql, (id,)).await.unwrap();
    }
    tx.run("delete from journal where seq > $1", (seq,)).await.unwrap();
    tx.run("delete from feature where id = $1", (id,)).await.unwrap();
    tx.run("update journal_head set seq = $1 where id = 1", (seq,)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits until the map shows exactly these.
async fn shows(app: &App, ids: &[i64]) {
    let mut found = Vec::new();
    for _ in 0..100 {
        found = app.atlas.list(&Filter::default(), None, newest()).unwrap().ids;
        found.sort_unstable();
        if found == ids {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{found:?} instead of {ids:?}");
}

on_both! {
    async fn what_is_placed_while_a_start_reads_is_on_the_map(db: Db) {
        let app = app(&db).await;
        for n in 0..20 {
            place(&app, &proposal(&format!("Un banc {n}"), LON, LAT)).await;
        }
        let starts = async {
            let mut starts = Vec::new();
            for _ in 0..5 {
                starts.push(Follower::load(db.clone(), 1 << 20, None).await.unwrap());
            }
            starts
        };
        let placing = async {
            for n in 0..20 {
                place(&app, &proposal(&format!("Une fontaine {n}"), LON, LAT)).await;
            }
        };
        let (starts, ()) = tokio::join!(starts, placing);
        for (atlas, mut follower) in starts {
            follower.catch_up().await.unwrap();
            let shown = |atlas: &Atlas| atlas.list(&Filter::default(), None, newest()).unwrap().ids;
            assert_eq!(shown(&atlas), shown(&app.atlas));
            assert_eq!(shown(&atlas).len(), 40);
        }
    }
}

on_both! {
    async fn a_database_that_is_put_back_under_the_server_is_read_anew(db: Db) {
        let app = app(&db).await;
        let kept = place(&app, &proposal("Un banc", LON, LAT)).await;
        let seq = app.atlas.seq();
        let gone = place(&app, &proposal("Une fontaine", LON, LAT)).await;
        vote(&app, gone).await;
        let words = app.atlas.look_up(&db, filter("q=fontaine")).await.unwrap();
        assert_eq!(drawn(&tile(&app, 10, &words)), 1);
        let (_, mut listening) = app.atlas.subscribe(&db, None).await.unwrap();

        put_back(&app, gone, seq).await;
        shows(&app, &[kept.0]).await;
        assert_eq!(app.atlas.seq(), seq);
        assert_eq!(points(&tile(&app, 10, &Filter::default())), [kept.0.unsigned_abs()], "no tile is kept of what is gone");
        let words = app.atlas.look_up(&db, filter("q=fontaine")).await.unwrap();
        assert_eq!(drawn(&tile(&app, 10, &words)), 0);
        let told = String::from_utf8(listening.next().await.unwrap().to_vec()).unwrap();
        assert!(told.contains("\"all\":true"), "{told}");
        let (missed, _) = app.atlas.subscribe(&db, Some(seq + 2)).await.unwrap();
        assert!(missed.unwrap().all, "who saw a higher number reads everything anew");

        // Put back, and gone on under the same numbers before anybody looked: what is new is another line of that number.
        let other = place(&app, &proposal("Un arbre", LON, LAT)).await;
        let mut tx = db.begin().await.unwrap();
        let at = crate::base::clock::now() - chrono::TimeDelta::days(1);
        tx.run("update feature set held = 'withdrawn', published_at = null where id = $1", (other,)).await.unwrap();
        tx.run("update journal set at = $1 where seq > $2", (at, seq)).await.unwrap();
        tx.commit().await.unwrap();
        shows(&app, &[kept.0]).await;
        let new = place(&app, &proposal("Un kiosque", LON, LAT)).await;
        shows(&app, &[kept.0, new.0]).await;
    }

    async fn what_another_version_wrote_stops_no_follower(db: Db) {
        let app = app(&db).await;
        let (one, other) = (place(&app, &proposal("Un banc", LON, LAT)).await, place(&app, &proposal("Une fontaine", LON, LAT)).await);
        let line = async |act: &'static str, feature: Option<FeatureId>| {
            db.run("update journal_head set seq = seq + 1 where id = 1", ()).await.unwrap();
            let sql = "insert into journal (seq, at, act, feature_id) select seq, $1, $2, $3 from journal_head";
            db.run(sql, (crate::base::clock::now(), act, feature)).await.unwrap();
            app.atlas.reach(journal::head(&db).await.unwrap()).await.unwrap();
        };
        let listed = |query: &str| app.atlas.list(&filter(query), None, newest()).unwrap().ids;
        // An act that this program does not know: what its line names is read anew.
        db.run("update feature set points = 7 where id = $1", (one,)).await.unwrap();
        line("sworn", Some(one)).await;
        assert_eq!(listed("score_min=7"), [one.0]);
        // Where it names nothing, everything but features is.
        let theme = "insert into theme (slug, label, color, created_at) values ('velo', 'Vélo', '#0072b2', $1)";
        db.run(theme, (crate::base::clock::now(),)).await.unwrap();
        assert!(app.atlas.world().themes().is_empty());
        line("funded", None).await;
        assert_eq!(app.atlas.world().themes().len(), 1);
        // A row that cannot be read is not drawn, and counted, until it can.
        let (place,): (Vec<u8>,) = db.one("select wkb from feature where id = $1", (other,)).await.unwrap();
        let put = async |wkb: &[u8]| {
            db.run("update feature set wkb = $2 where id = $1", (other, wkb)).await.unwrap();
            line("changed", Some(other)).await;
        };
        // An arc (type 8), which PostGIS keeps and nobody here draws.
        let arc: Vec<u8> = [&[1, 8, 0, 0, 0, 3, 0, 0, 0][..], &[0; 48]].concat();
        put(&arc).await;
        assert_eq!((listed(""), app.atlas.unreadable()), (vec![one.0], 1));
        let ready = crate::server::testing::Client::new(&app).get("/readyz").await;
        assert_eq!((ready.status.as_u16(), ready.json()["unreadable"].as_i64()), (200, Some(1)), "{}", ready.text());
        put(&place).await;
        assert_eq!((listed("").len(), app.atlas.unreadable()), (2, 0));
    }

    async fn whoever_watches_is_told_when_the_map_does_not_follow(db: Db) {
        let app = app(&db).await;
        let id = place(&app, &proposal("Un banc", LON, LAT)).await;
        let mut watching = crate::server::testing::Client::new(&app);
        let ready = watching.get("/readyz").await;
        assert_eq!((ready.status.as_u16(), ready.json()["follower"].as_str()), (200, Some("in-step")), "{}", ready.text());
        // The table that the follower reads is out of its reach for a while; what `/readyz` reads itself is not.
        db.run("alter table feature_area rename to feature_area_away", ()).await.unwrap();
        db.run("update journal_head set seq = seq + 1 where id = 1", ()).await.unwrap();
        let sql = "insert into journal (seq, at, act, feature_id) select seq, $1, 'changed', $2 from journal_head";
        db.run(sql, (crate::base::clock::now(), id)).await.unwrap();
        let mut status = 200;
        for _ in 0..60 {
            let told = watching.get("/readyz").await;
            status = told.status.as_u16();
            if status == 503 {
                assert_eq!(told.json()["follower"], "failing", "{}", told.text());
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(status, 503);
        db.run("alter table feature_area_away rename to feature_area", ()).await.unwrap();
        for _ in 0..60 {
            if watching.get("/readyz").await.status.as_u16() == 200 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("not ready again");
    }
}

on_both! {
    async fn who_commits_sees_their_own_act_at_once(db: Db) {
        let app = app(&db).await;
        assert!(tile(&app, 10, &Filter::default()).bytes.is_empty());
        let id = place(&app, &proposal("Un banc", LON, LAT)).await;
        assert_eq!(points(&tile(&app, 10, &Filter::default())), [id.0.unsigned_abs()]);
        assert_eq!(app.atlas.list(&Filter::default(), None, newest()).unwrap().ids, [id.0]);
        vote(&app, id).await;
        assert_eq!(app.atlas.list(&filter("score_min=1"), None, newest()).unwrap().ids, [id.0]);
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, id, Some(crate::core::features::Hold::Withdrawn), Act::WITHDRAWN).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(tile(&app, 10, &Filter::default()).bytes.is_empty());
        assert!(app.atlas.list(&Filter::default(), None, newest()).unwrap().ids.is_empty());
    }

    async fn a_map_that_is_loaded_is_the_map_that_was_followed(db: Db) {
        let followed = app(&db).await;
        let mut write = followed.begin().await.unwrap();
        let theme = features::vocabulary::ensure_theme(&mut write, "Mobilités").await.unwrap();
        let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        let mut new = proposal("Un banc", LON, LAT);
        (new.theme, new.areas) = (Some(theme), vec![area]);
        for n in 0..20 {
            new.geometry = Some(geo::Point::new(LON + f64::from(n) / 1000.0, LAT).into());
            features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        }
        new.geometry = Some(geo::LineString::from(vec![(LON, LAT), (LON + 0.01, LAT)]).into());
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        (new.geometry, new.stated_area) = (None, Some(area));
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        followed.commit(write).await.unwrap();
        let loaded = app(&db).await;
        for z in 0..=DEEPEST_ZOOM {
            for filter in [Filter::default(), filter("theme=mobilites&area=centre")] {
                assert_eq!(tile(&followed, z, &filter).bytes, tile(&loaded, z, &filter).bytes, "zoom {z}");
            }
        }
        let facets = loaded.atlas.facets(&Filter::default(), None).unwrap();
        assert_eq!((facets.total, facets.of("theme", "mobilites"), facets.of("area", "centre")), (22, 22, 22));
    }

    async fn a_write_makes_stale_only_the_tiles_that_it_touches(db: Db) {
        let app = app(&db).await;
        let here = place(&app, &proposal("Ici", LON, LAT)).await;
        // Four kilometres away: another tile from zoom 14 on, the same one at zoom 8.
        place(&app, &proposal("Là", LON + 0.055, LAT)).await;
        let layers = Selection::of_names("features", &app.atlas.world()).unwrap();
        let all = |z: u8, lon: f64| {
            app.atlas.tile(tile_at(z, lon, LAT), &layers, &Filter::default()).unwrap()
        };
        let before: Vec<_> = (0..=DEEPEST_ZOOM).map(|z| (all(z, LON), all(z, LON + 0.055))).collect();
        vote(&app, here).await;
        for (z, (touched, other)) in (0u8..).zip(before) {
            assert!(!Arc::ptr_eq(&touched, &all(z, LON)), "zoom {z}: the vote shows");
            let same_tile = tile_at(z, LON, LAT) == tile_at(z, LON + 0.055, LAT);
            assert_eq!(Arc::ptr_eq(&other, &all(z, LON + 0.055)), !same_tile, "zoom {z}: the other tile is kept");
        }
    }

    async fn words_filter_tiles_lists_and_counts_alike_and_follow_every_change_of_a_text(db: Db) {
        let app = app(&db).await;
        let mut bench = proposal("Un banc à l’École", LON, LAT);
        bench.body = "À l’ombre, 100 % bois_dur".into();
        let id = place(&app, &bench).await;
        // Some metres apart, in one tile: what lies on each other is drawn as a cluster.
        let other = place(&app, &proposal("Une fontaine", LON + 0.0001, LAT)).await;
        let found = async |query: &str| {
            let filter = app.atlas.look_up(&app.db, filter(query)).await.unwrap();
            let paging = Paging { order: Order::Newest, after: None, limit: 10 };
            let mut ids = app.atlas.list(&filter, None, paging).unwrap().ids;
            ids.sort_unstable();
            assert_eq!(app.atlas.facets(&filter, None).unwrap().total, ids.len() as u64, "{query}");
            let mut drawn: Vec<_> = points(&tile(&app, 18, &filter)).into_iter().map(u64::cast_signed).collect();
            drawn.sort_unstable();
            assert_eq!(drawn, ids, "{query}");
            ids
        };
        for (query, expected) in [
            ("q=ecole", vec![id.0]), ("q=%C3%89COLE+OMBRE", vec![id.0]), ("q=ecole+fontaine", vec![]), ("q=un", vec![id.0, other.0]),
            ("q=100+%25", vec![id.0]), ("q=bois_dur", vec![id.0]), ("q=bois%25dur", vec![]), ("q=ecol_", vec![]),
            ("q=%5C", vec![]), ("q=font&kind=report", vec![]), ("q=font&kind=proposal", vec![other.0]), ("q='", vec![id.0]),
        ] {
            assert_eq!(found(query).await, expected, "{query}");
        }
        // The text alone changes: no place is touched, yet no answer for the old words is given again.
        bench.title = "Un fauteuil".into();
        bench.body = String::new();
        let mut write = app.begin().await.unwrap();
        features::store::update(&mut write, id, &bench, Act::IMPORTED).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(found("q=ecole").await, Vec::<i64>::new());
        assert_eq!(found("q=fauteuil").await, [id.0]);
        vote(&app, id).await;
        assert_eq!(found("q=fauteuil").await, [id.0]);
        let third = place(&app, &proposal("Deux fauteuils", LON + 0.0002, LAT)).await;
        assert_eq!(found("q=fauteuil").await, [id.0, third.0]);
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, id, Some(crate::core::features::Hold::Withdrawn), Act::WITHDRAWN).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(found("q=fauteuil").await, [third.0]);
        assert!(app.atlas.facets(&filter("q=fauteuil"), None).is_err(), "never an answer that leaves the words out");
    }

    async fn a_tile_that_a_write_leaves_as_it_was_keeps_its_entity_tag(db: Db) {
        let app = app(&db).await;
        let mut report = proposal("Un trou", LON, LAT);
        report.kind = features::Kind::REPORT;
        let report = place(&app, &report).await;
        place(&app, &proposal("Un banc", LON, LAT)).await;
        let before = tile(&app, 12, &filter("kind=proposal"));
        vote(&app, report).await;
        let after = tile(&app, 12, &filter("kind=proposal"));
        assert!(Arc::ptr_eq(&before, &after), "a vote on a report is nothing to who looks at proposals");
    }

    async fn lists_counts_and_tiles_agree_under_every_filter(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let a = features::vocabulary::ensure_theme(&mut write, "A").await.unwrap();
        let b = features::vocabulary::ensure_theme(&mut write, "B").await.unwrap();
        let (west, _) = territory::store::upsert(&mut write, &square("Ouest", 2.0, 48.0, 0.355)).await.unwrap();
        let mut ids = Vec::new();
        for n in 0..40 {
            let mut new = proposal(&format!("{n}"), LON + f64::from(n) / 4000.0, LAT);
            new.theme = [Some(a), Some(b), None][n as usize % 3];
            new.kind = features::Kind::all()[n as usize % 2];
            new.status = features::Status::all()[n as usize % 6];
            new.created_at += chrono::Duration::days(i64::from(n));
            new.areas = if n < 20 { vec![west] } else { vec![] };
            ids.push(features::store::insert(&mut write, &new, Act::PLACED).await.unwrap());
        }
        app.commit(write).await.unwrap();
        for query in [
            "", "theme=a", "theme=a,b", "theme=none", "kind=report", "status=open,done", "area=ouest",
            "since=2026-05-10&until=2026-05-20", "theme=b&kind=proposal&area=ouest", "score_min=0", "score_max=-1",
        ] {
            let filter = filter(query);
            let list = app.atlas.list(&filter, None, newest()).unwrap().ids;
            let facets = app.atlas.facets(&filter, None).unwrap();
            assert_eq!(facets.total as usize, list.len(), "{query}");
            assert_eq!(drawn(&tile(&app, 9, &filter)), facets.total, "{query}");
            let newest_first = list.windows(2).all(|pair| pair[0] > pair[1]);
            assert!(newest_first, "{query}: {list:?}");
        }
        let facets = app.atlas.facets(&filter("theme=a"), None).unwrap();
        assert_eq!(facets.of("theme", "b"), 13, "a theme's count is what choosing it would give");
        assert_eq!(facets.by["kind"].values().sum::<u64>(), facets.total);
        let error = app.atlas.facets(&filter("theme=c"), None).unwrap_err();
        assert!(matches!(error, Error::Invalid(problems) if problems[0].field == "theme"));
    }

    async fn pages_of_a_list_join_without_gap_or_repeat(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        for n in 0..25 {
            // All of one instant: only the id tells them apart.
            features::store::insert(&mut write, &proposal(&format!("{n}"), LON, LAT), Act::PLACED).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let mut paging = Paging { limit: 10, ..newest() };
        let mut all = Vec::new();
        loop {
            let page = app.atlas.list(&Filter::default(), None, paging).unwrap();
            all.extend(page.ids);
            match page.next {
                Some(cursor) => paging.after = Some(cursor),
                None => break,
            }
        }
        assert_eq!(all.len(), 25);
        assert!(all.windows(2).all(|pair| pair[0] > pair[1]));
    }

    async fn what_is_near_comes_nearest_first_with_its_distance(db: Db) {
        let app = app(&db).await;
        let near = place(&app, &proposal("à 11 m", LON, LAT + 0.0001)).await;
        let far = place(&app, &proposal("à 22 m", LON, LAT + 0.0002)).await;
        place(&app, &proposal("à 111 m", LON, LAT + 0.001)).await;
        let found = app.atlas.within(LON, LAT, 30.0, &Filter::default()).unwrap();
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [near, far]);
        assert!((found[0].1 - 11.1).abs() < 0.2 && (found[1].1 - 22.2).abs() < 0.3, "{found:?}");
        assert!(app.atlas.within(500.0, LAT, 30.0, &Filter::default()).is_err());
    }

    async fn a_layer_is_in_the_tiles_as_soon_as_it_is_committed(db: Db) {
        let app = app(&db).await;
        assert!(Selection::of_names("water", &app.atlas.world()).is_none());
        let mut write = app.begin().await.unwrap();
        let layer = layers::store::ensure(&mut write, "water", "Eau", "© nous", "#aaccee").await.unwrap();
        let shape = geo::Rect::new((LON - 0.01, LAT - 0.01), (LON + 0.01, LAT + 0.01)).to_polygon();
        let mut properties = serde_json::Map::new();
        properties.insert("name".into(), "Étang".into());
        properties.insert("depth".into(), serde_json::json!(2.5));
        let item = layers::NewItem { geometry: shape.into(), properties };
        layers::store::replace_items(&mut write, layer, &[item]).await.unwrap();
        app.commit(write).await.unwrap();
        let world = app.atlas.world();
        let layers = Selection::of_names("water", &world).unwrap();
        let tile = app.atlas.tile(tile_at(14, LON, LAT), &layers, &Filter::default()).unwrap();
        let reader = TileReader::new(tile.bytes.to_vec()).unwrap();
        assert_eq!(reader.get_layer_names().unwrap(), ["water"]);
        assert_eq!(reader.get_features(0).unwrap().len(), 1);
        let loaded = layers::store::all(&db).await.unwrap();
        assert_eq!((loaded[0].name.as_str(), loaded[0].color.as_str()), ("Eau", "#aaccee"));
        assert_eq!(layers::store::items(&db, layer).await.unwrap().len(), 1);
    }

    async fn an_area_that_changes_is_known_at_once(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let (id, changed) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        assert!(changed);
        let mut inner = square("Halles", 2.3, 48.8, 0.1);
        (inner.parent, inner.level) = (Some(id), "îlot".into());
        territory::store::upsert(&mut write, &inner).await.unwrap();
        app.commit(write).await.unwrap();
        let world = app.atlas.world();
        let areas = world.territory().areas_of(&geo::Point::new(LON, LAT).into());
        assert_eq!(areas.len(), 2, "the inner area and its parent");
        let outside = world.territory().metres_outside(3.001, 48.5).unwrap();
        assert!((outside - 73.7).abs() < 1.0, "{outside}");
        let mut write = app.begin().await.unwrap();
        let again = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        assert_eq!(again, (id, false), "the same again changes nothing");
        assert!(write.is_empty());
        let (_, changed) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.5)).await.unwrap();
        assert!(changed);
        app.commit(write).await.unwrap();
        assert!(app.atlas.world().territory().metres_outside(3.001, 48.5).is_none());
        assert_eq!(territory::store::all(&db).await.unwrap().len(), 2);
    }

    async fn a_subscriber_hears_of_each_change_and_of_what_it_missed(db: Db) {
        let app = app(&db).await;
        let first = place(&app, &proposal("Un banc", LON, LAT)).await;
        let (missed, mut live) = app.atlas.subscribe(&db, None).await.unwrap();
        assert!(missed.is_none());
        vote(&app, first).await;
        let heard = String::from_utf8(live.next().await.unwrap().to_vec()).unwrap();
        assert!(heard.contains("id: 3\n") && heard.contains("\"act\":\"voted\""), "{heard}");
        let deepest = tile_at(DEEPEST_ZOOM, LON, LAT);
        assert!(heard.contains(&format!("\"18/{}/{}\"", deepest.x, deepest.y)), "{heard}");
        let (missed, _) = app.atlas.subscribe(&db, Some(1)).await.unwrap();
        let missed = missed.unwrap();
        assert_eq!((missed.seq, missed.all, missed.features[0].id), (3, false, first.0));
        assert_eq!(missed.tiles.len(), 1);
        let (missed, _) = app.atlas.subscribe(&db, Some(3)).await.unwrap();
        assert!(missed.is_none(), "nothing was missed");
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, first, Some(crate::core::features::Hold::Withdrawn), Act::WITHDRAWN).await.unwrap();
        app.commit(write).await.unwrap();
        let (missed, _) = app.atlas.subscribe(&db, Some(1)).await.unwrap();
        assert!(missed.unwrap().all, "where what went was is not kept: read everything anew");
    }

    async fn a_write_from_elsewhere_is_found_by_the_poll(db: Db) {
        let app = app(&db).await;
        // As another process would: nobody wakes this follower (on PostgreSQL, the notification does).
        let mut write = Write::begin(&db, crate::base::clock::now()).await.unwrap();
        features::store::insert(&mut write, &proposal("D’ailleurs", LON, LAT), Act::IMPORTED).await.unwrap();
        let seq = write.commit().await.unwrap().unwrap();
        let mut applied = app.atlas.applied.clone();
        tokio::time::timeout(Duration::from_secs(5), applied.wait_for(|at| *at >= seq)).await.unwrap().unwrap();
        assert_eq!(points(&tile(&app, 10, &Filter::default())).len(), 1);
    }
}
