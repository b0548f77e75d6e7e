//! The acceptance test of the house: what a module is given for its name. On the map, in the filter, in the API and exports, in moderation, in
//! the sealed register and `verify`, in "my data" and erasing, at the desk, among the routes, in the demonstration.

use super::{GROUND, GROUND_LAID, LENGTH, PLEDGE, WALK, WALK_ALONG, store};
use crate::base::clock::now;
use crate::base::db::Sql as _;
use crate::base::ids::{DecisionId, FeatureId, ProcessId};
use crate::civic::accounts::Role;
use crate::civic::processes::tests::process;
use crate::civic::processes::{Action, Phase, ProcessRules, Settings};
use crate::core::app::App;
use crate::core::features::store as features;
use crate::core::journal::Act;
use crate::modules::register::verify;
use crate::modules::{MODULES, jobs, tables};
use crate::server::testing::{Client, app, on_both, proposal};
use axum::http::StatusCode;
use chrono::TimeDelta;

async fn walk(app: &App) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let mut new = proposal("Au fil de l’Aubrelle", 2.3456, 48.8568);
    new.kind = WALK;
    let id = features::insert(&mut write, &new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn findings(app: &App) -> Vec<String> {
    let found = verify(&app.db, |_, _| ()).await.unwrap().findings;
    found.iter().map(|finding| format!("{:?}", finding.fault)).collect()
}

async fn latest_decision(app: &App) -> DecisionId {
    let (id,) = app.db.one("select max(id) from decision", ()).await.unwrap();
    id
}

on_both! {
    async fn its_kind_is_on_the_map_in_the_filter_in_the_api_and_in_exports(db: Db) {
        let app = app(&db).await;
        walk(&app).await;
        let mut write = app.begin().await.unwrap();
        features::insert(&mut write, &proposal("Un banc", 2.3470, 48.8575), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let counts = client.get("/api/counts?kind=walk").await.json();
        assert_eq!((counts["total"].as_i64(), counts["kind"]["walk"].as_i64()), (Some(1), Some(1)), "{counts}");
        assert_eq!(counts["status"]["cancelled"].as_i64(), Some(0), "a status of its own");
        let mut tiles = Vec::new();
        for filter in ["", "?kind=walk", "?kind=proposal", "?kind=report"] {
            tiles.push(client.get(&format!("/tiles/features/14/8298/5636.mvt{filter}")).await.body);
        }
        assert!(tiles[1] != tiles[0] && tiles[1] != tiles[2] && tiles[3].len() < tiles[1].len());
        let list = client.get("/list?kind=walk").await.text();
        assert!(list.contains("Au fil de l’Aubrelle") && !list.contains("Un banc") && list.contains("Balades"));
        assert_eq!(client.get("/api/features/1").await.json()["properties"]["kind"], "walk");
        let csv = client.get("/export/features.csv?kind=walk").await.text();
        assert!(csv.contains("walk") && !csv.contains("Un banc"), "{csv}");
        assert_eq!(client.get("/api/counts?kind=stroll").await.status, StatusCode::BAD_REQUEST);
    }

    async fn its_facet_filters_tiles_lists_counts_exports_and_the_desk_and_means_nothing_for_other_kinds(db: Db) {
        let app = app(&db).await;
        let (short, long) = (walk(&app).await, walk(&app).await);
        let mut write = app.begin().await.unwrap();
        let idea = features::insert(&mut write, &proposal("Un banc", 2.3470, 48.8575), Act::PLACED).await.unwrap();
        for (id, word) in [(short, "short"), (long, "long")] {
            LENGTH.file(&mut write, id, LENGTH.code(word)).await.unwrap();
            write.record(Act::CHANGED, id);
        }
        assert!(LENGTH.file(&mut write, idea, LENGTH.code("long")).await.is_err(), "no walk");
        // Another kind keeps something else in the same slot.
        write.tx().run("update feature set slot_a = 2 where id = $1", (idea,)).await.unwrap();
        write.record(Act::CHANGED, idea);
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let counts = client.get("/api/counts").await.json();
        assert_eq!(counts["length"], serde_json::json!({ "short": 1, "long": 1 }), "{counts}");
        let chosen = client.get("/api/counts?length=long").await.json();
        assert_eq!((chosen["total"].as_i64(), &chosen["length"]), (Some(1), &counts["length"]), "what choosing the other would give");
        assert_eq!(client.get("/api/counts?length=long&kind=proposal").await.json()["total"], 0);
        assert_eq!(client.get("/api/counts?length=long,short&kind=walk").await.json()["total"], 2);
        assert_eq!(client.get("/api/counts?length=endless").await.status, StatusCode::BAD_REQUEST);
        let (all, one) = (client.get("/tiles/features/14/8298/5636.mvt").await.body, client.get("/tiles/features/14/8298/5636.mvt?length=long").await.body);
        assert!(!one.is_empty() && one != all);
        let page = client.get("/list?length=long").await.text();
        assert!(page.contains("Longueur") && page.contains("Courte") && page.contains("data-facets=\"theme kind status process area category service clock length ground "), "{page}");
        assert!(page.contains("/features/2") && !page.contains("href=\"/features/1\""), "{page}");
        assert!(page.contains("data-query=\"length=long\""), "its canonical form");
        let csv = client.get("/export/features.csv?length=long").await.text();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let desk = agent.get("/admin/answers?length=long").await.text();
        assert!(desk.contains("/admin/answers/2") && !desk.contains("/admin/answers/1\"") && !desk.contains("/admin/answers/3"), "{desk}");
        // It stays with the walk, and the register holds it.
        assert_eq!(findings(&app).await, Vec::<String>::new());
        db.run("update feature set slot_a = 1 where id = 2", ()).await.unwrap();
        assert!(!findings(&app).await.is_empty(), "changed behind the register's back");
    }

    async fn rows_of_its_own_are_a_facet_too_named_as_people_wrote_it_and_tiles_say_it_of_its_kind_alone(db: Db) {
        let app = app(&db).await;
        let first = walk(&app).await;
        let mut write = app.begin().await.unwrap();
        let mut elsewhere = proposal("Au bois", 2.3490, 48.8568);
        elsewhere.kind = WALK;
        let second = features::insert(&mut write, &elsewhere, Act::PLACED).await.unwrap();
        let idea = features::insert(&mut write, &proposal("Un banc", 2.3470, 48.8575), Act::PLACED).await.unwrap();
        let forest = store::lay_ground(&mut write, "foret", "Forêt <b>", "#117733").await.unwrap();
        GROUND.file(&mut write, first, Some(forest)).await.unwrap();
        write.tx().run("update feature set slot_b = $2 where id = $1", (idea, forest)).await.unwrap();
        for id in [first, idea] {
            write.record(Act::CHANGED, id);
        }
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let counts = client.get("/api/counts").await.json();
        assert_eq!(counts["ground"], serde_json::json!({ "foret": 1, "none": 1 }), "{counts}");
        assert_eq!(client.get("/api/counts?ground=foret").await.json()["total"], 1);
        assert_eq!(client.get("/api/counts?ground=none").await.json()["total"], 1, "the other walk, and no idea");
        assert_eq!(client.get("/api/counts?ground=desert").await.status, StatusCode::BAD_REQUEST);
        let page = client.get("/list?ground=foret").await.text();
        assert!(page.contains("Forêt &#60;b&#62;") && page.contains("#117733") && page.contains("Sol inconnu"), "{page}");
        assert!(!page.contains(&format!("href=\"/features/{second}\"")), "{page}");
        assert!(client.get("/list?ground=desert").await.text().contains("desert"), "what there is not is told");
        let tile = client.get("/tiles/features/17/66390/45092.mvt").await.body;
        let said = |tile: &[u8], word: &str| tile.windows(word.len()).filter(|part| *part == word.as_bytes()).count();
        assert_eq!((said(&tile, "ground"), said(&tile, "foret")), (1, 1), "as an attribute");
        assert_eq!(said(&client.get("/tiles/features/14/8298/5636.mvt?kind=proposal").await.body, "foret"), 0, "of walks alone");
        let told = client.get("/tiles.json").await.json();
        assert_eq!(told["vector_layers"][0]["fields"]["ground"], "String", "{told}");
        // Another row is known as soon as it is told, and no tile is kept that says the old word.
        let mut write = app.begin().await.unwrap();
        write.tx().run("update ground set slug = 'bois' where id = $1", (forest,)).await.unwrap();
        write.record_subject(GROUND_LAID, "bois");
        app.commit(write).await.unwrap();
        let again = client.get("/tiles/features/17/66390/45092.mvt").await.body;
        assert_eq!((said(&again, "foret"), said(&again, "bois")), (0, 1));
    }

    async fn the_desk_s_filter_is_the_map_s_in_every_facet_too(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        store::lay_ground(&mut write, "foret", "Forêt", "#117733").await.unwrap();
        for n in 0..12_i64 {
            let mut new = proposal(&format!("Chose {n}"), 2.35, 48.85);
            if n < 8 {
                new.kind = WALK;
            }
            let id = features::insert(&mut write, &new, Act::PLACED).await.unwrap();
            // Nothing said, nothing chosen and two words; a slot of other kinds holds something else.
            let slots = [None, Some(0), Some(1), Some(2)][(n % 4) as usize];
            write.tx().run("update feature set slot_a = $2, slot_b = $3 where id = $1", (id, slots, slots.map(|slot| slot.min(1)))).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let mut shown = 0;
        for query in [
            "length=long", "length=long,short", "ground=foret", "ground=none", "ground=none,foret", "ground=none&kind=proposal",
            "length=short&ground=foret", "length=long&kind=walk,proposal", "length=long&status=open",
        ] {
            let (filter, _) = crate::core::atlas::Filter::of_query(query, &[]).unwrap();
            let paging = crate::core::atlas::Paging { order: parvis_tiles::Order::Oldest, after: None, limit: 100 };
            let on_map = app.atlas.list(&filter, None, paging).unwrap().ids;
            let desk = agent.get(&format!("/admin/answers?{query}")).await.text();
            let at_desk: Vec<i64> = (1..=12).filter(|id| desk.contains(&format!("/admin/answers/{id}\""))).collect();
            assert_eq!(at_desk, on_map, "{query}");
            shown += on_map.len();
        }
        assert!(shown > 15, "{shown}");
    }

    async fn a_pledge_is_made_shown_flagged_taken_off_and_put_back(db: Db) {
        let app = app(&db).await;
        let id = walk(&app).await;
        let (mut lea, mut stranger, mut moderator) = (Client::new(&app), Client::new(&app), Client::new(&app));
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        moderator.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        assert!(stranger.get("/features/1").await.text().contains("/walks/1/pledges"), "the panel");
        let sent = lea.post("/walks/1/pledges", &[("body", "Je viens avec mon chien")]).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/features/1"));
        assert_eq!(lea.post("/walks/1/pledges", &[("body", "  ")]).await.status, StatusCode::BAD_REQUEST);
        let (letters,): (i64,) = db.one("select count(*) from mail where recipient = 'lea@mail.example'", ()).await.unwrap();
        assert_eq!(letters, 1, "the letter");
        assert!(stranger.get("/features/1").await.text().contains("mon chien"));

        let form = stranger.get("/flag/pledge:1").await.text();
        assert!(form.contains("mon chien") && form.contains("/flag/pledge:1"), "{form}");
        assert_eq!(stranger.post("/flag/pledge:1", &[("reason", "unclear")]).await.status, StatusCode::OK);
        assert_eq!(stranger.post("/flag/pledge:9", &[("reason", "unclear")]).await.status, StatusCode::NOT_FOUND);
        for tab in ["new", "flagged"] {
            let queue = moderator.get(&format!("/admin/moderation?tab={tab}")).await.text();
            assert!(queue.contains("pledge:1") && queue.contains("Promesse"), "{tab}: {queue}");
        }
        let hidden = moderator.post("/admin/moderation/pledge:1", &[("act", "hide"), ("reason", "unclear")]).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        assert!(!stranger.get("/features/1").await.text().contains("mon chien"));
        assert_eq!(stranger.get("/pledges/1").await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.get("/flag/pledge:1").await.status, StatusCode::NOT_FOUND);
        assert!(moderator.get("/admin/moderation?tab=hidden").await.text().contains("pledge:1"));
        let log = stranger.get("/moderation/log").await.text();
        assert!(log.contains("Contenu masqué") && log.contains("/features/1"), "{log}");

        let decision = latest_decision(&app).await;
        let path = format!("/appeal/{decision}");
        assert_eq!(stranger.post(&path, &[("body", "C’est injuste")]).await.status, StatusCode::FORBIDDEN);
        let appeal = lea.post(&path, &[("body", "C’est un petit chien")]).await;
        assert_eq!(appeal.status, StatusCode::SEE_OTHER, "{}", appeal.text());
        let mut other = Client::new(&app);
        other.sign_in(&app, "autre@ville.example", &[Role::Moderator]).await;
        assert!(other.get("/admin/moderation?tab=appeals").await.text().contains("pledge:1"));
        let settled = other.post(&format!("/admin/moderation/appeals/{decision}"), &[("outcome", "granted")]).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.text());
        assert!(stranger.get("/features/1").await.text().contains("mon chien"));
        assert_eq!(findings(&app).await, Vec::<String>::new());
        assert!(account.id.0 > 0 && id.0 == 1);
    }

    async fn a_pledge_that_stands_alone_is_moderated_and_sealed_with_what_was_decided(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut moderator) = (Client::new(&app), Client::new(&app));
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        moderator.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        let mut write = app.begin().await.unwrap();
        store::insert(&mut write, None, "Je plante un arbre", account.voice).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(lea.get("/pledges/1").await.text().contains("un arbre"));
        let hidden = moderator.post("/admin/moderation/pledge:1", &[("act", "hide"), ("reason", "unclear"), ("note", "Où ?")]).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        let page = moderator.get("/admin/moderation/pledge:1").await.text();
        assert!(page.contains("un arbre") && page.contains("Où"), "{page}");
        let (letter,): (String,) = db.one("select body from mail where recipient = 'lea@mail.example'", ()).await.unwrap();
        assert!(letter.contains("/pledges/1"), "{letter}");
        assert!(lea.get("/moderation/log").await.text().contains("pledge:1"));
        let decision = latest_decision(&app).await;
        assert_eq!(lea.post(&format!("/appeal/{decision}"), &[("body", "Au parc")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(findings(&app).await, Vec::<String>::new());

        for (change, back) in [
            ("update pledge set body = 'Je coupe un arbre'", "update pledge set body = 'Je plante un arbre'"),
            ("update decision set reason = 'hateful'", "update decision set reason = 'unclear'"),
            ("update appeal set body = 'Nulle part'", "update appeal set body = 'Au parc'"),
        ] {
            db.run(change, ()).await.unwrap();
            assert!(!findings(&app).await.is_empty(), "{change}");
            db.run(back, ()).await.unwrap();
            assert_eq!(findings(&app).await, Vec::<String>::new(), "{back}");
        }
        let undone = moderator.post("/admin/moderation/undo", &[("decision", &decision.to_string())]).await;
        assert_eq!(undone.status, StatusCode::CONFLICT, "its appeal waits");
    }

    async fn a_person_reads_takes_and_erases_their_pledges(db: Db) {
        let app = app(&db).await;
        walk(&app).await;
        let (mut lea, mut moderator) = (Client::new(&app), Client::new(&app));
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        moderator.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        lea.post("/walks/1/pledges", &[("body", "Je viens à vélo")]).await;
        let mut write = app.begin().await.unwrap();
        store::insert(&mut write, None, "Je plante un arbre", account.voice).await.unwrap();
        app.commit(write).await.unwrap();
        for thing in ["pledge:1", "pledge:2"] {
            moderator.post(&format!("/admin/moderation/{thing}"), &[("act", "hide"), ("reason", "unclear")]).await;
        }
        let mine = lea.get("/privacy/me").await.text();
        assert!(mine.contains("Mes promesses (2)"), "{mine}");
        assert!(mine.contains("à vélo") && mine.contains("un arbre"), "{mine}");
        assert!(lea.get("/privacy").await.text().contains("Savoir qui vient"), "the notice");
        let erased = lea.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await;
        assert!(erased.status.as_u16() < 400, "{}", erased.text());
        for table in tables() {
            let rows: Vec<(String,)> = match table.name {
                "pledge" => db.all("select body from pledge", ()).await.unwrap(),
                "decision" => db.all("select body from decision", ()).await.unwrap(),
                "deposit" => db.all("select content from deposit where subject_kind = 'pledge'", ()).await.unwrap(),
                _ => continue,
            };
            assert!(rows.iter().all(|(said,)| said.is_empty()), "{}: {rows:?}", table.name);
        }
        assert_eq!(findings(&app).await, Vec::<String>::new());
    }

    async fn its_action_is_what_a_phase_opens_at_the_desk_on_the_public_page_and_at_its_form(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.post("/admin/processes", &[("title", "Nos balades")]).await;
        let desk = planner.get("/admin/processes/nos-balades/edit/all").await.text();
        assert!(desk.contains("name=\"phase-0-act\" value=\"walk_along\"") && desk.contains("name=\"level-walk_along\""), "{desk}");
        let id = walk(&app).await;
        db.run("update feature set process_id = 1 where id = $1", (id,)).await.unwrap();
        let save = async |planner: &mut Client, act: &str, level: &str| {
            let form = [
                ("title", "Nos balades"), ("summary", "Marcher"), ("state", "public"), ("shape", "point"), ("votes", "for_only"), ("title_most", "80"),
                ("body_most", "500"), ("phase-0-key", "p"), ("phase-0-title", "Au printemps"), ("phase-0-opens", "2020-03-01T08:00"),
                ("phase-0-closes", "2096-03-01T08:00"), ("phase-0-act", act), ("level-walk_along", level),
            ];
            let saved = planner.post("/admin/processes/nos-balades", &form).await;
            assert!(saved.status.is_redirection(), "{}", saved.text());
        };
        let mut lea = Client::new(&app);
        save(&mut planner, "vote", "visitor").await;
        let refused = lea.post("/walks/1/pledges", &[("body", "Je viens")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.text().contains("ne prévoit pas de balade"), "{}", refused.text());
        save(&mut planner, "walk_along", "email").await;
        let page = lea.get("/processes/nos-balades").await.text();
        assert!(page.contains("<p>venir aux balades</p>") && page.contains("<dt>Venir aux balades</dt>"), "{page}");
        assert_eq!(lea.post("/walks/1/pledges", &[("body", "Je viens")]).await.status, StatusCode::FORBIDDEN, "not known well enough");
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(lea.post("/walks/1/pledges", &[("body", "Je viens")]).await.status, StatusCode::SEE_OTHER);
        assert!(planner.get("/admin/processes/nos-balades/edit/all").await.text().contains("value=\"walk_along\" checked"));
        // Rules that changed since it was admitted are asked again where it is written.
        let terms = ProcessRules::of_slug(&app.atlas.world(), "nos-balades").unwrap().terms(WALK_ALONG);
        save(&mut planner, "vote", "visitor").await;
        let mut write = app.begin().await.unwrap();
        assert!(terms.must_hold(&mut write, id).await.is_err());
    }

    async fn what_it_asks_of_people_stands_beside_the_ideas_where_it_can_be_done_and_no_dead_button_elsewhere(db: Db) {
        let app = app(&db).await;
        let settings = |acts: &[Action]| Settings {
            phases: vec![Phase {
                key: "p".into(), title: "p".into(), opens: now() - TimeDelta::hours(1), closes: now() + TimeDelta::hours(1), acts: Action::words(acts),
            }],
            ..Settings::default()
        };
        for (title, acts) in [
            ("Les deux", [Action::PROPOSE, WALK_ALONG].as_slice()), ("Les balades", &[WALK_ALONG]), ("Les voix", &[Action::VOTE]),
        ] {
            process(&app, title, &settings(acts)).await;
        }
        let mut client = Client::new(&app);
        for (query, expected) in [
            ("", vec!["/proposals/new", "/reports/new"]),
            ("?process=les-deux", vec!["/proposals/new", "/list?kind=walk"]),
            ("?process=les-balades", vec!["/list?kind=walk"]),
            ("?process=les-voix", vec![]),
        ] {
            for page in ["/", "/list"] {
                let page = client.get(&format!("{page}{query}")).await.text();
                let asked: Vec<&str> = page.split("data-act=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
                assert_eq!(asked, expected, "{query}");
                assert_eq!(page.contains("id=\"acts\" class=\"acts\" role=\"group\" aria-label=\"Participer\" hidden"), expected.is_empty(), "{query}");
            }
        }
        let both = client.get("/?process=les-deux").await.text();
        assert!(both.contains("href=\"/proposals/new?process=les-deux\">Proposer une idée</a>"), "{both}");
        assert!(both.contains("href=\"/list?kind=walk&#38;process=les-deux\">Venir à une balade</a>"), "{both}");
        let closed = App::on(crate::base::config::Config { participation: false, ..app.config.clone() }, db.clone()).await.unwrap();
        assert!(!Client::new(&closed).get("/").await.text().contains("data-act=\"/proposals/new\""), "participation is closed");
    }

    async fn its_facet_and_its_column_are_in_files_for_programs_for_people_and_for_maps_and_in_the_api(db: Db) {
        let app = app(&db).await;
        let (long, _short) = (walk(&app).await, walk(&app).await);
        let mut write = app.begin().await.unwrap();
        let idea = features::insert(&mut write, &proposal("Un banc", 2.3470, 48.8575), Act::PLACED).await.unwrap();
        LENGTH.file(&mut write, long, LENGTH.code("long")).await.unwrap();
        let forest = store::lay_ground(&mut write, "foret", "=Forêt", "#117733").await.unwrap();
        GROUND.file(&mut write, long, Some(forest)).await.unwrap();
        // Another kind keeps something else in the same slot.
        write.tx().run("update feature set slot_a = 2 where id = $1", (idea,)).await.unwrap();
        for name in [1, 2] {
            let author = crate::base::ids::Visitor(uuid::Uuid::from_u128(name));
            store::insert(&mut write, Some(long), "Je viens", author).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        for (path, delimiter, names, cells) in [
            ("/export/features.csv", b',', ["length", "ground", "walkers"], ["long", "foret", "2"]),
            ("/export/features.csv?for=excel", b';', ["Longueur", "Sol", "Marcheurs"], ["Longue", "'=Forêt", "2"]),
        ] {
            let text = client.get(path).await.text();
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let header = reader.headers().unwrap().clone();
            let last = |row: &csv::StringRecord| {
                // Between its facets and its column stands what modules say of every contribution.
                let mut cells: Vec<String> = row.iter().skip(row.len() - 7).map(str::to_owned).collect();
                cells.drain(2..6);
                cells
            };
            assert_eq!(last(&header), names, "behind all others");
            let rows: Vec<_> = reader.records().map(|row| last(&row.unwrap())).collect();
            assert_eq!(rows, [[""; 3].map(str::to_owned), [""; 3].map(str::to_owned), cells.map(str::to_owned)], "{path}");
        }
        let file = client.get("/export/features.geojson").await.json();
        let said = |at: usize| (file["features"][at]["properties"]["length"].clone(), file["features"][at]["properties"]["walkers"].clone());
        assert_eq!(said(2), ("long".into(), 2.into()));
        assert_eq!((said(0), said(1)), (Default::default(), Default::default()), "{file}");
        assert!(file["features"][0]["properties"].as_object().unwrap().contains_key("walkers"), "null, as other properties are");
        let one = client.get("/api/features/1").await.json();
        assert_eq!((&one["properties"]["length"], &one["properties"]["walkers"]), (&"long".into(), &2.into()));
        assert_eq!(one["properties"]["ground"], "foret");
        let other = client.get("/api/features/2").await.json();
        assert_eq!(other["properties"]["answer"], serde_json::Value::Null);
    }

    async fn its_card_is_on_the_front_page_and_its_figure_on_a_processs_page_with_small_counts_as_one(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.post("/admin/processes", &[("title", "Nos balades")]).await;
        let mut write = app.begin().await.unwrap();
        for (title, count) in [("La grande boucle", 6_u128), ("Au moulin", 2), ("Au bois", 3)] {
            let mut new = proposal(title, 2.3456, 48.8568);
            (new.kind, new.process) = (WALK, Some(ProcessId(1)));
            let id = features::insert(&mut write, &new, Act::PLACED).await.unwrap();
            for name in 0..count {
                let author = crate::base::ids::Visitor(uuid::Uuid::from_u128(name));
                store::insert(&mut write, Some(id), "Je viens", author).await.unwrap();
            }
        }
        app.commit(write).await.unwrap();
        let mut stranger = Client::new(&app);
        for page in ["/", "/list"] {
            let page = stranger.get(page).await.text();
            let (card, ours) = (page.find("Balades (3)").expect("the card"), page.find("id=\"unsent\"").expect("the proposals' card"));
            assert!(ours < card && card < page.find("id=\"total\"").unwrap(), "in order, before the count");
        }
        let page = planner.get("/processes/nos-balades").await.text();
        assert!(page.contains("<dt dir=\"auto\">La grande boucle</dt><dd>6</dd>"), "{page}");
        assert!(page.contains("<dt dir=\"auto\">Autres</dt><dd>5</dd>") && !page.contains("Au moulin</dt>"), "{page}");
    }

    async fn what_a_visitor_promised_is_theirs_once_they_sign_in(db: Db) {
        let app = app(&db).await;
        walk(&app).await;
        let mut lea = Client::new(&app);
        lea.post("/walks/1/pledges", &[("body", "Je viens à vélo")]).await;
        let visitor = lea.visitor(&app);
        let account = lea.sign_in(&app, "lea@mail.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::core::features::claim::claim(&mut write, visitor, account.voice).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(lea.get("/privacy/me").await.text().contains("Mes promesses (1)"));
        assert_eq!(findings(&app).await, Vec::<String>::new());
    }

    async fn its_room_is_at_the_desk_for_who_may_open_it(db: Db) {
        let app = app(&db).await;
        let (mut moderator, mut agent) = (Client::new(&app), Client::new(&app));
        moderator.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert!(moderator.get("/admin").await.text().contains("/admin/walks"));
        assert_eq!(moderator.get("/admin/walks").await.status, StatusCode::OK);
        assert!(!agent.get("/admin").await.text().contains("/admin/walks"));
        assert_eq!(agent.get("/admin/walks").await.status, StatusCode::FORBIDDEN);
    }

    async fn its_seed_is_in_the_demonstration(db: Db) {
        let mut write = crate::core::journal::Write::begin(&db, crate::base::clock::now()).await.unwrap();
        let seeded = crate::civic::manifest::Seeded { now: write.at(), features: Vec::new() };
        for seed in MODULES.iter().filter_map(|module| module.seed) {
            seed(&mut write, &seeded).await.unwrap();
        }
        write.commit().await.unwrap();
        assert_eq!(store::count(&db).await.unwrap(), 2);
    }
}

#[test]
fn it_is_one_name_in_the_list_of_modules_and_nowhere_else() {
    fn visit(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let own = ["src/modules/dummy", "tests/modules/dummy"];
            if own.iter().any(|own| path.ends_with(own)) {
                continue;
            }
            if path.is_dir() {
                visit(&path, found);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let lines = text.lines().filter(|line| {
                    let line = line.to_lowercase();
                    line.contains("dummy") || line.contains("pledge")
                });
                found.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "migrations", "web/modules", "web/shared", "tests/modules"] {
        visit(&root.join(folder), &mut found);
    }
    // The migrator is told where its second source stands, whatever module it is of.
    found.retain(|line| !line.contains("db/migrate.rs"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].ends_with("#[cfg(test)] dummy"), "{found:?}");
    assert!(jobs().any(|job| job.name == "dummy") && PLEDGE.moderated.is_some());
}
