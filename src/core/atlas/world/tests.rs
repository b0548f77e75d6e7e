//! Each act replaces its own part of the world and stales what shows it, on both databases.

use super::*;
use crate::base::db::Sql;
use crate::core::app::App;
use crate::core::atlas::{Filter, Selection, Tile};
use crate::core::features::{self, vocabulary};
use crate::core::journal::{Act, Write};
use crate::core::layers::NewItem;
use crate::core::layers::store as layer_store;
use crate::core::territory::store as area_store;
use crate::server::testing::{Client, app, on_both, proposal, square};
use parvis_tiles::{Position, TileCoord};

const LON: f64 = 2.35;
const LAT: f64 = 48.85;

/// An arc (type 8), which PostGIS keeps and nobody here draws.
fn arc() -> Vec<u8> {
    [&[1, 8, 0, 0, 0, 3, 0, 0, 0][..], &[0; 48]].concat()
}

fn park(name: &str) -> NewItem {
    let shape = geo::Rect::new((LON - 0.01, LAT - 0.01), (LON + 0.01, LAT + 0.01)).to_polygon();
    let properties = serde_json::Map::from_iter([("name".into(), name.into())]);
    NewItem { geometry: shape.into(), properties }
}

async fn put_parks(write: &mut Write, names: &[&str]) {
    let layer = layer_store::ensure(write, "parks", "Parcs", "© nous", "#aaccaa").await.unwrap();
    let items: Vec<NewItem> = names.iter().map(|name| park(name)).collect();
    layer_store::replace_items(write, layer, &items).await.unwrap();
}

/// Does this and commits it.
async fn act(app: &App, act: impl AsyncFnOnce(&mut Write)) {
    let mut write = app.begin().await.unwrap();
    act(&mut write).await;
    app.commit(write).await.unwrap();
}

/// A statement whose line names no feature.
async fn run(app: &App, line: Act, sql: &'static str) {
    act(app, async |write| {
        write.tx().run(sql, ()).await.unwrap();
        write.record_subject(line, "test");
    })
    .await;
}

/// A map with something of everything: a process, a theme, an area, a layer, an idea.
async fn furnished(db: &Db) -> App {
    let app = app(db).await;
    act(&app, async |write| {
        let mut idea = proposal("Un banc", LON, LAT);
        idea.theme = Some(vocabulary::ensure_theme(write, "Vélo").await.unwrap());
        vocabulary::ensure_process(write, "Budget").await.unwrap();
        area_store::upsert(write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        put_parks(write, &["Grand parc"]).await;
        features::store::insert(write, &idea, Act::PLACED).await.unwrap();
    })
    .await;
    app
}

fn coord() -> TileCoord {
    Position::from_lon_lat(LON, LAT).unwrap().tile(14)
}

fn tile(app: &App, layers: &str, filter: &str) -> Result<Arc<Tile>> {
    let layers = Selection::of_names(layers, &app.atlas.world()).unwrap();
    app.atlas.tile(coord(), &layers, &Filter::of_query(filter, &[]).unwrap().0)
}

/// Whether each of these tiles may be answered as it is kept, without a look at what it shows.
fn kept(app: &App, tiles: &[(&str, &Tile)]) -> Vec<bool> {
    let (world, features) = (app.atlas.world(), app.atlas.stamps.version_of(coord()));
    let stamp = |name: &str| match name {
        "features" => features,
        ground => Selection::of_names(ground, &world).unwrap().stamp(&world),
    };
    tiles.iter().map(|(name, tile)| tile.is_fresh(stamp(name))).collect()
}

/// Which of vocabulary, areas, layers and names one world has of another.
fn shared(one: &World, other: &World) -> [bool; 4] {
    [
        Arc::ptr_eq(&one.vocabulary, &other.vocabulary),
        Arc::ptr_eq(&one.areas, &other.areas),
        Arc::ptr_eq(&one.layers, &other.layers),
        Arc::ptr_eq(&one.names, &other.names),
    ]
}

/// Does this; says which parts stayed, and which of the tiles of features, areas, parks and names.
async fn what_stays(app: &App, change: impl AsyncFnOnce(&App)) -> ([bool; 4], Vec<bool>) {
    let before = app.atlas.world();
    let names = ["features", "areas", "parks", "names"];
    let tiles = names.map(|name| (name, tile(app, name, "").unwrap()));
    change(app).await;
    let tiles: Vec<(&str, &Tile)> = tiles.iter().map(|(name, tile)| (*name, &**tile)).collect();
    (shared(&before, &app.atlas.world()), kept(app, &tiles))
}

const NOTHING_STALE: [bool; 4] = [true; 4];
const WORDS_ALONE: [bool; 4] = [false, true, true, true];

on_both! {
    async fn a_saved_text_reads_no_layer_again_and_stales_no_tile_and_whoever_watches_is_told(db: Db) {
        let app = furnished(&db).await;
        let (_, mut listening) = app.atlas.subscribe(&db, None).await.unwrap();
        let mut watching = Client::new(&app);
        let style = watching.get("/style.json").await.text();
        let (parts, tiles) = what_stays(&app, async |app| {
            run(app, Act::PROCESS, "update process set title = 'Budget 2027', version = version + 1").await;
        }).await;
        assert_eq!((parts, &tiles[..]), (WORDS_ALONE, &NOTHING_STALE[..]));
        assert_eq!(app.atlas.world().processes()[0].title, "Budget 2027");
        let told = String::from_utf8(listening.next().await.unwrap().to_vec()).unwrap();
        assert!(told.contains("\"all\":true"), "{told}");

        let theme = app.atlas.world().themes()[0].id;
        let (parts, tiles) = what_stays(&app, async |app| {
            act(app, async |write| vocabulary::change_theme(write, theme, "À vélo", "#0072b2", "dot").await.unwrap()).await;
        }).await;
        assert_eq!((parts, &tiles[..]), (WORDS_ALONE, &NOTHING_STALE[..]));
        let now = watching.get("/style.json").await.text();
        assert!(now != style && now.contains("À vélo"), "{now}");
    }

    async fn another_slug_stales_what_carries_it_and_no_ground(db: Db) {
        let app = furnished(&db).await;
        let ground_stays = [false, true, true, true];
        let made = what_stays(&app, async |app| {
            act(app, async |write| { vocabulary::ensure_theme(write, "Arbres").await.unwrap(); }).await;
        }).await;
        assert_eq!(made, (WORDS_ALONE, ground_stays.to_vec()));
        let before = tile(&app, "features", "").unwrap();
        let renamed = what_stays(&app, async |app| {
            run(app, Act::VOCABULARY, "update theme set slug = 'cycles' where slug = 'velo'").await;
        }).await;
        assert_eq!(renamed, (WORDS_ALONE, ground_stays.to_vec()));
        assert_ne!(tile(&app, "features", "").unwrap().etag, before.etag);
    }

    async fn what_is_a_draft_again_is_in_no_kept_tile(db: Db) {
        let app = furnished(&db).await;
        tile(&app, "features", "process=budget").unwrap();
        run(&app, Act::PROCESS, "update process set state = 'draft'").await;
        assert!(tile(&app, "features", "process=budget").is_err(), "answered like what there is not");
    }

    async fn a_new_area_replaces_areas_and_names_and_a_layer_layers_and_names(db: Db) {
        let app = furnished(&db).await;
        let area = what_stays(&app, async |app| {
            act(app, async |write| { area_store::upsert(write, &square("Halles", 2.3, 48.8, 0.1)).await.unwrap(); }).await;
        }).await;
        assert_eq!(area, ([true, false, true, false], vec![false, false, true, false]));
        assert!(app.atlas.world().territory().of_slug("halles").is_some());
        let layer = what_stays(&app, async |app| act(app, async |write| put_parks(write, &["Square"]).await).await).await;
        assert_eq!(layer, ([true, true, false, false], vec![false, true, false, false]));
        // Areas and names do not meet in one tile by their age: it is as old as the newer of both.
        let both = tile(&app, "areas,parks", "").unwrap();
        act(&app, async |write| put_parks(write, &["Square", "Jardin"]).await).await;
        assert_eq!(kept(&app, &[("areas,parks", &both)]), [false]);
        // An act that this program does not know may have changed each of them.
        let unknown = what_stays(&app, async |app| run(app, Act::of_word("rezoned"), "update area set name = 'Cœur'").await).await;
        assert_eq!(unknown, ([false; 4], vec![false; 4]));
    }

    async fn readers_never_see_areas_of_one_state_with_layers_or_names_of_another(db: Db) {
        let app = furnished(&db).await;
        let reading = app.atlas.clone();
        let (start, started) = tokio::sync::oneshot::channel();
        let (done, is_done) = tokio::sync::watch::channel(false);
        let reader = tokio::task::spawn_blocking(move || {
            let (mut start, mut seen) = (Some(start), std::collections::BTreeSet::new());
            loop {
                let is_last = *is_done.borrow();
                let world = reading.world();
                let (areas, parks) = (world.territory().areas().len(), world.layers()[0].1.len());
                assert_eq!((areas, world.names.len()), (parks, areas + parks));
                seen.insert(areas);
                start.take().map(|start| start.send(()));
                if is_last {
                    return seen;
                }
            }
        });
        started.await.unwrap();
        let names = ["Un", "Deux", "Trois", "Quatre", "Cinq", "Six"];
        for upto in 1..names.len() {
            act(&app, async |write| {
                area_store::upsert(write, &square(names[upto], 2.0, 48.0, 1.0)).await.unwrap();
                put_parks(write, &names[..=upto]).await;
            }).await;
        }
        done.send(true).unwrap();
        assert!(reader.await.unwrap().len() > 1);
    }

    async fn what_cannot_be_read_of_areas_and_layers_stops_nobody_is_not_drawn_and_is_counted(db: Db) {
        let app = furnished(&db).await;
        act(&app, async |write| {
            area_store::upsert(write, &square("Halles", 2.3, 48.8, 0.1)).await.unwrap();
            put_parks(write, &["Grand parc", "Square", "Jardin"]).await;
        }).await;
        let known = |app: &App| {
            let world = app.atlas.world();
            let areas: Vec<String> = world.territory().areas().iter().map(|area| area.slug.clone()).collect();
            (areas.join(" "), world.layers()[0].1.len(), world.names.len(), app.atlas.unreadable())
        };
        assert_eq!(known(&app), ("centre halles".into(), 3, 5, 0));
        let (whole,): (Vec<u8>,) = db.one("select wkb from area where slug = 'halles'", ()).await.unwrap();
        let put = async |wkb: Vec<u8>, properties: &'static str| act(&app, async |write| {
            write.tx().run("update area set wkb = $1 where slug = 'halles'", (wkb.clone(),)).await.unwrap();
            let first = "update layer_item set wkb = $1 where id = (select min(id) from layer_item)";
            write.tx().run(first, (wkb,)).await.unwrap();
            let last = "update layer_item set properties = $1 where id = (select max(id) from layer_item)";
            write.tx().run(last, (properties,)).await.unwrap();
            write.record_subject(Act::TERRITORY, "test");
            write.record_subject(Act::LAYER, "parks");
        }).await;
        put(arc(), "[]").await;
        assert_eq!(known(&app), ("centre".into(), 1, 2, 3));
        let ready = Client::new(&app).get("/readyz").await;
        assert_eq!((ready.status.as_u16(), ready.json()["unreadable"].as_i64()), (200, Some(3)), "{}", ready.text());
        assert_eq!(known(&crate::server::testing::app(&db).await), ("centre".into(), 1, 2, 3), "nor does it stop a server that starts");
        put(whole, "{\"name\": \"Jardin\"}").await;
        assert_eq!(known(&app), ("centre halles".into(), 3, 5, 0));
    }

    async fn what_fails_half_way_is_stale_once_it_is_done(db: Db) {
        let app = furnished(&db).await;
        let before = tile(&app, "features", "").unwrap();
        // The words can be read, the features of the same lines cannot for a while.
        db.run("alter table feature_area rename to feature_area_away", ()).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.run("update theme set slug = 'cycles' where slug = 'velo'", ()).await.unwrap();
        for line in ["vocabulary", "changed"] {
            tx.run("update journal_head set seq = seq + 1 where id = 1", ()).await.unwrap();
            let sql = "insert into journal (seq, at, act, feature_id) select h.seq, $1, $2, f.id from journal_head h, feature f";
            tx.run(sql, (crate::base::clock::now(), line)).await.unwrap();
        }
        tx.commit().await.unwrap();
        while app.atlas.following() != crate::core::atlas::Following::Failing {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        db.run("alter table feature_area_away rename to feature_area", ()).await.unwrap();
        app.atlas.reach(crate::core::journal::head(&db).await.unwrap()).await.unwrap();
        assert_ne!(tile(&app, "features", "").unwrap().etag, before.etag);
    }

    async fn no_tile_of_the_ground_outlives_the_history_that_it_is_of(db: Db) {
        let app = furnished(&db).await;
        let seq = app.atlas.seq();
        act(&app, async |write| put_parks(write, &["Square"]).await).await;
        let parks = tile(&app, "parks", "").unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.run("update layer_item set properties = '{\"name\": \"Grand parc\"}'", ()).await.unwrap();
        tx.run("delete from journal where seq > $1", (seq,)).await.unwrap();
        tx.run("update journal_head set seq = $1 where id = 1", (seq,)).await.unwrap();
        tx.commit().await.unwrap();
        let mut applied = app.atlas.applied.clone();
        let is_back = applied.wait_for(|at| *at == seq);
        tokio::time::timeout(std::time::Duration::from_secs(10), is_back).await.unwrap().unwrap();
        assert_ne!(tile(&app, "parks", "").unwrap().etag, parks.etag);
    }
}
