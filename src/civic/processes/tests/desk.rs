//! A process at the desk: sections one by one, a calendar in place, what is missing, a preview to pass on; on both databases.

use super::page::draft;
use super::{FORM, phase, process};
use crate::base::clock::now;
use crate::base::db::Sql as _;
use crate::civic::accounts::Role;
use crate::civic::processes::model::HeadPicture;
use crate::civic::processes::{Action, ProcessRules, Settings, State, needs, store};
use crate::core::app::App;
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;

const DESK: &str = "/admin/processes/plan-velo";

async fn planner(app: &App) -> Client {
    let mut planner = Client::new(app);
    planner.sign_in(app, "plan@ville.example", &[Role::Planner]).await;
    planner
}

async fn known(app: &App) -> (ProcessRules, i64) {
    store::find(&app.db, "plan-velo").await.unwrap()
}

/// A process that lacks only what this key says: its title and settings.
fn lacking(key: &str) -> (&'static str, Settings) {
    let mut one = phase("Vos idées", -48, 72, &[Action::PROPOSE]);
    let mut whole = Settings {
        summary: "Où rouler demain".into(),
        why: "Parce que".into(),
        asked: "Où ?".into(),
        effect: "Les pistes".into(),
        team: "Nous".into(),
        ..Settings::default()
    };
    let mut title = "Essai";
    match key {
        "process-lacks-title" => title = "",
        "process-lacks-summary" => whole.summary.clear(),
        "process-lacks-why" => whole.why.clear(),
        "process-lacks-asked" => whole.asked.clear(),
        "process-lacks-effect" => whole.effect.clear(),
        "process-lacks-team" => whole.team.clear(),
        "process-lacks-order" => one.opens = one.closes + TimeDelta::hours(1),
        "process-lacks-act" => one.acts.clear(),
        "process-lacks-future" => one.closes = one.opens + TimeDelta::hours(1),
        "process-lacks-alt" => {
            whole.picture =
                Some(HeadPicture { large: "0".repeat(64), small: "0".repeat(64), width: 4, height: 3 });
        }
        "process-lacks-calendar" => return (title, whole),
        other => panic!("{other}: say here how a process lacks it"),
    }
    (title, Settings { phases: vec![one], ..whole })
}

/// The same as a draft.
fn draft_of(known: &ProcessRules) -> ProcessRules {
    ProcessRules { state: State::Draft, ..known.clone() }
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

    async fn what_everybody_sees_loses_nothing_that_they_cannot_do_without(db: Db) {
        let app = app(&db).await;
        let whole = Settings { summary: "Où rouler".into(), phases: vec![phase("Idées", -48, 72, &[Action::PROPOSE])], ..Settings::default() };
        process(&app, "Plan vélo", &whole).await;
        let mut planner = planner(&app).await;
        for (section, fields) in [
            ("head", &[("title", "Plan vélo"), ("summary", "")][..]),
            ("calendar", &[("phase-0-key", ""), ("phase-0-title", "")]),
        ] {
            let sent = [&[("section", section), ("version", "1"), ("step", "save")], fields].concat();
            let refused = planner.post(DESK, &sent).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{section}");
            assert!(refused.text().contains("La démarche est publiée"), "{section}: {}", refused.text());
        }
        assert_eq!(known(&app).await.0.settings.phases.len(), 1);
        // Nor by the way back to a version that was public without it; one that was always so can go back, and stays public.
        let bare = Settings { why: "Un".into(), ..Settings::default() };
        for (title, first, second, is_kept) in [("Un", &bare, &whole, false), ("Deux", &bare, &bare, true)] {
            let (id, slug) = process(&app, title, first).await;
            let mut write = app.begin().await.unwrap();
            let decided = store::Decided { title, settings: &Settings { why: "Deux".into(), ..second.clone() }, state: State::Public, note: "" };
            store::update(&mut write, id, 1, &decided, None).await.unwrap();
            app.commit(write).await.unwrap();
            let back = planner.post(&format!("/admin/processes/{slug}/restore"), &[("version", "1"), ("current", "2")]).await;
            assert_eq!(back.status.is_redirection(), is_kept, "{title}: {}", back.text());
            let (now, _) = store::find(&app.db, &slug).await.unwrap();
            assert_eq!((now.state, now.settings.phases.is_empty()), (State::Public, is_kept), "{title}");
        }
        // What it lacked before keeps nobody from writing something else.
        process(&app, "Sans résumé", &Settings::default()).await;
        let other = planner.post("/admin/processes/sans-resume", &[("section", "texts"), ("version", "1"), ("step", "save"), ("why", "Parce que")]).await;
        assert!(other.status.is_redirection(), "{}", other.text());
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
        assert!(moved.text().contains("id=\"phases-said\"") && page.contains("est maintenant la phase 1"), "{page}");
        // Our own script gets the lines alone, with what was done and where somebody goes on.
        let mut script = Client::new(&app);
        script.sign_in(&app, "script@ville.example", &[Role::Planner]).await;
        script.headers.push(("hx-request", "true".into()));
        let part = script.post(DESK, &with("up-1")).await.text();
        assert!(part.trim_start().starts_with("<fieldset id=\"phases\"") && !part.contains("<main"), "{part}");
        assert!(part.contains("data-arranged=\"«\u{a0}Vote\u{a0}» est maintenant la phase 1"), "{part}");
        let begins: Vec<&str> = part.split("<input ").filter(|field| field.split('>').next().unwrap().contains("autofocus")).collect();
        assert!(begins.len() == 1 && begins[0].starts_with("id=\"phase-0-title\""), "{begins:?}");
        let added = script.post(DESK, &with("add")).await.text();
        assert!(added.contains("id=\"phase-2-title\"") && added.contains("donnez-lui un nom"), "{added}");
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
        assert!(planner.post(DESK, &FORM).await.status.is_redirection());
        assert!(!planner.get(DESK).await.text().contains("lacks-title"), "what is public is not asked any more");
    }

    async fn a_draft_that_lacks_what_people_cannot_do_without_stays_one_and_each_line_leads_to_its_field(db: Db) {
        let app = app(&db).await;
        let mut planner = planner(&app).await;
        let publish = [("section", "state"), ("state", "public")];
        for (n, need) in needs::NEEDS.iter().enumerate() {
            let (title, settings) = lacking(need.key);
            let slug = format!("{}{}", "essai", if n == 0 { String::new() } else { format!("-{}", n + 1) });
            draft(&app, "Essai", &settings).await;
            // No form leaves such a title, an older program may have.
            db.run("update process set title = $2 where slug = $1", (&slug, title)).await.unwrap();
            let page = format!("/admin/processes/{slug}");
            let sent = planner.post(&page, &publish).await;
            let way = format!("{page}/edit/{}#{}", need.section.word(), need.field);
            let (after, version) = store::find(&app.db, &slug).await.unwrap();
            let lacks: Vec<_> = needs::missing(&draft_of(&after), now()).into_iter().map(|need| need.key).collect();
            assert_eq!(lacks, [need.key], "one thing is missing");
            if need.is_must {
                assert_eq!((sent.status, after.state, version), (StatusCode::BAD_REQUEST, State::Draft, 1), "{}", need.key);
                // Dates and titles that cannot be read are told by the form, of their own field.
                let is_told = sent.text().contains(&format!("<a href=\"{way}\">"));
                assert!(is_told || ["process-lacks-title", "process-lacks-order"].contains(&need.key), "{way}: {}", sent.text());
                assert!(sent.text().contains(&format!("{page}/edit/{}#", need.section.word())), "{}", need.key);
                assert_eq!(Client::new(&app).get(&format!("/processes/{slug}")).await.status, StatusCode::NOT_FOUND);
            } else {
                assert!(sent.status.is_redirection(), "{}: {}", need.key, sent.text());
                assert_eq!(after.state, State::Public, "{}", need.key);
            }
            assert!(planner.get(&format!("{page}/edit/{}", need.section.word())).await.text().contains(&format!("id=\"{}\"", need.field)));
        }
    }

    async fn on_the_page_of_all_what_is_missing_leads_to_fields_there_and_what_was_typed_stays(db: Db) {
        let app = app(&db).await;
        draft(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = planner(&app).await;
        let whole: Vec<_> = FORM.iter().copied().filter(|(name, _)| !["summary", "phase-0-act"].contains(name)).collect();
        let told = planner.post(DESK, &whole).await;
        let page = told.text();
        assert_eq!(told.status, StatusCode::BAD_REQUEST);
        for way in ["#field-state", "#summary", "#phases"] {
            assert!(page.contains(&format!("<li><a href=\"{way}\">")), "{way}: {page}");
        }
        assert!(page.contains("Vos idées") && page.contains("Parce que"), "nothing typed is lost");
        assert_eq!(known(&app).await.0.state, State::Draft);
        let kept: Vec<_> = whole.iter().copied().map(|(name, said)| (name, if name == "state" { "draft" } else { said })).collect();
        assert!(planner.post(DESK, &kept).await.status.is_redirection(), "a draft is saved as it is");
        let archived: Vec<_> = whole.iter().copied().map(|(name, said)| (name, if name == "state" { "archived" } else { said })).collect();
        assert_eq!(planner.post(DESK, &archived).await.status, StatusCode::BAD_REQUEST, "what is archived is seen by everybody");
    }

    async fn an_old_public_version_that_lacks_something_comes_back_as_a_draft(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings { why: "Parce que".into(), ..Settings::default() }).await;
        let mut planner = planner(&app).await;
        let hidden = planner.post(DESK, &[("section", "state"), ("state", "draft"), ("version", "1")]).await;
        assert!(hidden.status.is_redirection());
        let back = planner.post(&format!("{DESK}/restore"), &[("version", "1"), ("current", "2")]).await;
        assert_eq!(back.header("location"), "/admin/processes/plan-velo?done=restored-draft", "{}", back.text());
        assert_eq!((known(&app).await.0.state, known(&app).await.1), (State::Draft, 3));
        assert!(planner.get(back.header("location")).await.text().contains("reste un brouillon"));
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
