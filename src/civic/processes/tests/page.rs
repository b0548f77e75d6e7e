//! What everybody reads of a process: where it stands, its sections, its picture and map, in two languages; on both databases.

use super::{phase, process};
use crate::civic::accounts::Role;
use crate::civic::processes::{Action, Settings, State, store};
use crate::core::app::App;
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;
use std::collections::BTreeMap;

/// The text of each element that a selector finds.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(page);
    let select = scraper::Selector::parse(selector).unwrap();
    let words = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.select(&select).map(words).collect()
}

fn attributes(page: &str, selector: &str, name: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(page);
    let select = scraper::Selector::parse(selector).unwrap();
    document.select(&select).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
}

/// A draft of this title.
pub(super) async fn draft(app: &App, title: &str, settings: &Settings) {
    let mut write = app.begin().await.unwrap();
    store::insert(&mut write, title, settings, State::Draft, None).await.unwrap();
    app.commit(write).await.unwrap();
}

/// A picture as a camera makes one.
pub(super) fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(1_200, 800).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

const DESK: &str = "/admin/processes/plan-velo";

on_both! {
    async fn the_head_says_where_a_process_stands_and_sections_are_there_where_they_say_something(db: Db) {
        let app = app(&db).await;
        let phases = vec![phase("Vos idées", -48, 72, &[Action::PROPOSE]), phase("Vote", 96, 120, &[Action::VOTE])];
        let (id, _) = process(&app, "Plan vélo", &Settings { phases: phases.clone(), ..Settings::default() }).await;
        let mut client = Client::new(&app);
        let page = client.get("/processes/plan-velo").await.text();
        assert_eq!(texts(&page, ".hero-phase"), ["Vos idées"]);
        assert_eq!(attributes(&page, ".hero-now a.primary", "href"), ["/proposals/new?process=plan-velo"]);
        assert!(texts(&page, ".hero-when")[0].starts_with("3 jours restants"), "{page}");
        assert!(texts(&page, ".hero-next")[0].contains("Vote"));
        assert_eq!(texts(&page, ".calendar [aria-current=step] h3 > span:first-child, .calendar li[aria-current=step] h3 > span:first-child")[0], "Vos idées");
        assert_eq!(attributes(&page, ".hero-map a", "href"), ["/?process=plan-velo"]);
        let contents = attributes(&page, ".process-contents a", "href");
        assert_eq!(contents, ["#calendar", "#rules", "#machines"], "nothing that is empty");
        let settings = Settings {
            phases,
            why: "Parce que".into(),
            biases: "Peu de **jeunes**".into(),
            results: "Douze pistes".into(),
            ..Settings::default()
        };
        let mut write = app.begin().await.unwrap();
        let decided = store::Decided { title: "Plan vélo", settings: &settings, state: State::Archived, note: "" };
        store::update(&mut write, id, 1, &decided, None).await.unwrap();
        app.commit(write).await.unwrap();
        let page = client.get("/processes/plan-velo").await.text();
        let contents = attributes(&page, ".process-contents a", "href");
        assert_eq!(contents, ["#results", "#why", "#calendar", "#rules", "#biases", "#machines"]);
        for target in contents {
            assert_eq!(attributes(&page, &target, "id").len(), 1, "{target}");
        }
        assert!(page.contains("<strong>jeunes</strong>") && texts(&page, ".hero-kicker")[0].contains("terminée"), "{page}");
        assert!(texts(&page, ".hero-now a").is_empty(), "nothing is open in what is archived");
    }

    async fn who_reads_english_is_told_in_english_and_what_is_french_says_so(db: Db) {
        let app = app(&db).await;
        let english = [("title", "Cycling plan"), ("summary", "Where to cycle"), ("phase-idees", "Your ideas")];
        let english: BTreeMap<String, String> = english.map(|(field, said)| (field.into(), said.into())).into();
        let settings = Settings {
            summary: "Où rouler".into(),
            why: "Parce que".into(),
            phases: vec![phase("idees", -1, 72, &[Action::PROPOSE]), phase("vote", 96, 120, &[Action::VOTE])],
            translations: [("en".to_owned(), english)].into(),
            ..Settings::default()
        };
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        let french = client.get("/processes/plan-velo").await.text();
        assert_eq!(texts(&french, "h1"), ["Plan vélo"]);
        assert!(!french.contains("Cycling") && attributes(&french, "main [lang]", "lang").is_empty());
        client.get("/language/en").await;
        let page = client.get("/processes/plan-velo").await.text();
        assert_eq!((texts(&page, "h1"), texts(&page, ".summary")), (vec!["Cycling plan".to_owned()], vec!["Where to cycle".to_owned()]));
        assert_eq!(attributes(&page, "h1, .summary, .hero-phase", "lang"), Vec::<String>::new());
        assert_eq!(texts(&page, ".hero-phase"), ["Your ideas"]);
        assert_eq!(texts(&page, "[lang=fr].prose"), ["Parce que"]);
        assert_eq!(texts(&page, ".calendar [lang=fr]"), ["vote"]);
    }

    async fn a_picture_is_drawn_anew_shown_with_its_words_and_taken_off_again(db: Db) {
        let app = app(&db).await;
        let phases = vec![phase("idees", -48, 72, &[Action::PROPOSE])];
        let settings = Settings { summary: "Les quais".into(), phases, picture_alt: "Un quai".into(), ..Settings::default() };
        draft(&app, "Plan vélo", &settings).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let send = format!("{DESK}/picture");
        for bad in [&b"%PDF-1.7"[..], b"Bonjour"] {
            let refused = planner.upload(&send, &[("picture_alt", "Un quai en crue")], &[("picture", "quai.png", bad)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            assert!(refused.text().contains("picture-problem") && refused.text().contains("value=\"Un quai en crue\""));
        }
        let long = "x".repeat(301);
        let refused = planner.upload(&send, &[("picture_alt", &long)], &[("picture", "quai.png", &png())]).await;
        assert!(refused.text().contains("Choisissez ce fichier de nouveau") && refused.text().contains(&long), "{}", refused.text());
        let sent = planner.upload(&send, &[("picture_alt", "Un quai")], &[("picture", "quai.png", &png())]).await;
        assert_eq!(sent.header("location"), format!("{DESK}/edit/picture?done=saved"), "{}", sent.text());
        let page = planner.get("/processes/plan-velo").await.text();
        let path = attributes(&page, ".hero-picture", "src")[0].clone();
        assert_eq!(attributes(&page, ".hero-picture", "alt"), ["Un quai"]);
        assert!(attributes(&page, ".hero-picture", "srcset")[0].contains("480w"), "{page}");
        let mut reader = Client::new(&app);
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND, "a draft's is its team's");
        let given = planner.get(&path).await;
        assert_eq!((given.header("content-type"), given.header("cache-control")), ("image/jpeg", "private, no-store"));
        assert!(planner.post(DESK, &[("section", "state"), ("state", "public")]).await.status.is_redirection());
        let given = reader.get(&path).await;
        assert!(given.header("cache-control").contains("max-age=60") && given.body.starts_with(b"\xff\xd8\xff"));
        assert_eq!(reader.get("/processes/plan-velo/picture/x.jpg").await.status, StatusCode::NOT_FOUND);
        planner.upload(&send, &[("picture_alt", "Un quai"), ("step", "picture-off")], &[]).await;
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
        let (known, version) = store::find(&app.db, "plan-velo").await.unwrap();
        assert!(known.settings.picture.is_none() && known.settings.picture_alt == "Un quai");
        let before = (version - 1).to_string();
        planner.post(&format!("{DESK}/restore"), &[("version", &before)]).await;
        assert_eq!(reader.get(&path).await.status, StatusCode::OK, "put back with its version");
    }

    async fn a_process_has_a_map_of_its_area_and_contributions_and_a_draft_one_for_its_team(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        draft(&app, "Budget", &Settings::default()).await;
        let mut client = Client::new(&app);
        let idea = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("process", "plan-velo")];
        assert!(client.post("/proposals", &idea).await.status.is_redirection());
        let light = client.get("/processes/plan-velo/place.svg").await;
        assert_eq!((light.status, light.header("content-type")), (StatusCode::OK, "image/svg+xml"));
        assert_ne!(light.body, client.get("/processes/plan-velo/place.svg?scheme=dark").await.body);
        assert_eq!(client.get("/processes/plan-velo/place.svg?scheme=pink").await.status, StatusCode::BAD_REQUEST);
        for slug in ["budget", "gone"] {
            assert_eq!(client.get(&format!("/processes/{slug}/place.svg")).await.status, StatusCode::NOT_FOUND, "{slug}");
        }
        client.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let team = client.get("/processes/budget/place.svg").await;
        assert_eq!((team.status, team.header("cache-control")), (StatusCode::OK, "private, no-store"));
        let page = client.get("/processes/plan-velo").await.text();
        assert!(texts(&page, ".process-figures dt").contains(&"Contributions publiées".to_owned()), "{page}");
    }

    async fn documents_of_the_results_stand_with_them_and_the_others_apart(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        for title in ["Le plan", "Le bilan"] {
            planner.upload(&format!("{DESK}/documents"), &[("title", title)], &[("document", "d.pdf", format!("%PDF-1.7 {title}").as_bytes())]).await;
        }
        let page = planner.get(&format!("{DESK}/edit/results")).await.text();
        assert_eq!(attributes(&page, "input[name=result]", "value"), ["1", "2"]);
        planner.post(DESK, &[("section", "results"), ("result", "2"), ("result", "x")]).await;
        let page = planner.get("/processes/plan-velo").await.text();
        assert_eq!(texts(&page, ".process-results a"), ["Le bilan"]);
        assert_eq!(texts(&page, "[aria-labelledby=documents] a"), ["Le plan"]);
        planner.post(&format!("{DESK}/documents/2/remove"), &[]).await;
        let page = planner.get("/processes/plan-velo").await.text();
        assert!(!page.contains("process-results"), "what is off the page makes no section");
    }
}
