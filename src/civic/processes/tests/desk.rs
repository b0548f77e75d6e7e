//! A process at the desk: sections one by one, a calendar in place, what is missing, a preview to pass on; on both databases.

use super::page::draft;
use super::{FORM, process};
use crate::civic::accounts::Role;
use crate::civic::processes::{ProcessRules, Settings, State, store};
use crate::core::app::App;
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

const DESK: &str = "/admin/processes/plan-velo";

async fn planner(app: &App) -> Client {
    let mut planner = Client::new(app);
    planner.sign_in(app, "plan@ville.example", &[Role::Planner]).await;
    planner
}

async fn known(app: &App) -> (ProcessRules, i64) {
    store::find(&app.db, "plan-velo").await.unwrap()
}

on_both! {
    async fn a_section_is_saved_alone_and_the_others_stay(db: Db) {
        let app = app(&db).await;
        draft(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = planner(&app).await;
        assert!(planner.post(DESK, &FORM).await.status.is_redirection());
        let before = known(&app).await.0;
        let texts = [("section", "texts"), ("why", "Autrement"), ("asked", "Où ?"), ("asked-en", "Where?"), ("version", "2")];
        let saved = planner.post(DESK, &texts).await;
        assert_eq!(saved.header("location"), "/admin/processes/plan-velo?done=saved");
        let (after, version) = known(&app).await;
        assert_eq!((after.settings.why.as_str(), after.settings.asked.as_str(), version), ("Autrement", "Où ?", 3));
        assert_eq!((&after.settings.phases, &after.settings.rules), (&before.settings.phases, &before.settings.rules));
        assert_eq!((&after.settings.summary, after.state), (&before.settings.summary, State::Public));
        assert_eq!(after.settings.translations["en"]["asked"], "Where?");
        // Two people at two sections do not meet; at the same one the later is shown what changed.
        let head = [("section", "head"), ("title", "Plan vélo 2"), ("summary", "Rouler"), ("version", "2")];
        assert!(planner.post(DESK, &head).await.status.is_redirection());
        let late = planner.post(DESK, &[("section", "texts"), ("why", "Trop tard"), ("version", "2")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let page = late.text();
        assert!(page.contains("Trop tard") && page.contains("Autrement") && !page.contains("name=\"summary\""), "{page}");
        let wrong = planner.post(DESK, &[("section", "head"), ("title", "x"), ("version", "4")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.text().contains("href=\"#title\""), "what is wrong leads to its field");
        for word in ["head", "texts", "picture", "calendar", "rules", "themes", "team", "biases", "results", "all"] {
            assert_eq!(planner.get(&format!("{DESK}/edit/{word}")).await.status, StatusCode::OK, "{word}");
        }
        for word in ["state", "nothing", "Head"] {
            assert_eq!(planner.get(&format!("{DESK}/edit/{word}")).await.status, StatusCode::NOT_FOUND, "{word}");
        }
    }

    async fn a_calendar_is_changed_in_place_and_nothing_is_saved_before_it_is(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = planner(&app).await;
        let lines = [
            ("section", "calendar"), ("version", "1"),
            ("phase-0-title", "Idées"), ("phase-0-opens", "2026-03-01T08:00"), ("phase-0-closes", "2026-03-11T08:00"), ("phase-0-act", "propose"),
            ("phase-1-title", "Vote"), ("phase-1-title-en", "Ballot"), ("phase-1-opens", "2026-03-11T08:00"), ("phase-1-closes", "2026-03-16T08:00"),
        ];
        let with = |step: &'static str| lines.iter().copied().chain([("step", step)]).collect::<Vec<_>>();
        let moved = planner.post(DESK, &with("up-1")).await;
        let page = moved.text();
        assert_eq!(moved.status, StatusCode::OK);
        assert!(page.find("value=\"Vote\"").unwrap() < page.find("value=\"Idées\"").unwrap(), "{page}");
        let removed = planner.post(DESK, &with("remove-0")).await.text();
        assert!(removed.contains("name=\"phase-0-removed\"") && removed.contains("keep-0"), "{removed}");
        assert!(known(&app).await.0.settings.phases.is_empty(), "nothing is saved yet");
        let save: Vec<_> = lines.iter().copied().chain([("phase-0-removed", "yes"), ("step", "save")]).collect();
        assert!(planner.post(DESK, &save).await.status.is_redirection());
        let (saved, _) = known(&app).await;
        assert_eq!(saved.settings.phases.iter().map(|phase| phase.title.as_str()).collect::<Vec<_>>(), ["Vote"]);
        assert_eq!(saved.settings.translations["en"]["phase-vote"], "Ballot");
        let wrong = [("section", "calendar"), ("phase-1-title", "Vote"), ("phase-1-opens", "demain"), ("phase-1-closes", "2026-03-16T08:00")];
        let told = planner.post(DESK, &wrong).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST);
        let page = told.text();
        assert!(page.contains("<a href=\"#phase-1-opens\">Phase 2 «\u{a0}Vote\u{a0}»\u{a0}: "), "{page}");
        assert!(page.contains("id=\"phase-1-opens\""));
    }

    async fn what_a_draft_still_lacks_is_listed_with_the_way_to_it(db: Db) {
        let app = app(&db).await;
        draft(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = planner(&app).await;
        let page = planner.get(DESK).await.text();
        for target in ["edit/head#summary", "edit/texts#why", "edit/team#team", "edit/calendar#phases"] {
            assert!(page.contains(&format!("{DESK}/{target}")), "{target}: {page}");
            let (path, id) = target.split_once('#').unwrap();
            assert!(planner.get(&format!("{DESK}/{path}")).await.text().contains(&format!("id=\"{id}\"")), "{target}");
        }
        planner.post(DESK, &[("section", "team"), ("team", "Nous")]).await;
        assert!(!planner.get(DESK).await.text().contains("edit/team#team"));
        planner.post(DESK, &[("section", "state"), ("state", "public")]).await;
        assert!(!planner.get(DESK).await.text().contains("lacks-title"), "what is public is not asked any more");
    }

    async fn a_preview_is_for_whoever_has_a_role_there_and_for_no_search_engine(db: Db) {
        let app = app(&db).await;
        draft(&app, "Plan vélo", &Settings { why: "Parce que".into(), ..Settings::default() }).await;
        let (one, _) = known(&app).await;
        process(&app, "Budget", &Settings::default()).await;
        let preview = format!("{DESK}/preview");
        let mut reader = Client::new(&app);
        assert_eq!(reader.get(&preview).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(reader.get("/processes/plan-velo").await.status, StatusCode::NOT_FOUND);
        for (email, process, may) in [("ici@ville.example", one.process(), true), ("ailleurs@ville.example", Some(crate::base::ids::ProcessId(2)), false)] {
            let mut agent = Client::new(&app);
            let account = agent.sign_in(&app, email, &[]).await;
            let mut write = app.begin().await.unwrap();
            crate::civic::accounts::store::grant(&mut write, account.id, Role::Agent, (process, None), None).await.unwrap();
            app.commit(write).await.unwrap();
            let seen = agent.get(&preview).await;
            assert_eq!(seen.status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{email}");
            if may {
                let page = seen.text();
                assert!(page.contains("content=\"noindex\"") && page.contains("Parce que"), "{page}");
                assert!(page.contains("Ouverte en permanence"), "told as it will be once it is public: {page}");
            }
        }
        let mut planner = planner(&app).await;
        assert!(planner.get(DESK).await.text().contains("/admin/processes/plan-velo/preview"));
    }

    async fn a_copy_begins_without_what_came_of_the_original(db: Db) {
        let app = app(&db).await;
        let english = [("title", "Cycling plan"), ("why", "Because")].map(|(field, said)| (field.to_owned(), said.to_owned()));
        let settings = Settings {
            why: "Parce que".into(),
            results: "Douze pistes".into(),
            biases: "Peu de jeunes".into(),
            translations: [("en".to_owned(), english.into())].into(),
            ..Settings::default()
        };
        process(&app, "Plan vélo", &settings).await;
        let mut planner = planner(&app).await;
        planner.post(&format!("{DESK}/clone"), &[]).await;
        let (copy, _) = store::find(&app.db, "copie-de-plan-velo").await.unwrap();
        assert_eq!((copy.settings.why.as_str(), copy.settings.results.as_str(), copy.settings.biases.as_str()), ("Parce que", "", ""));
        assert_eq!(copy.settings.translations["en"].keys().collect::<Vec<_>>(), ["why"]);
    }
}
