//! The desk of themes over HTTP, what processes offer, and the map that follows; on both databases.

use crate::base::ids::{ProcessId, ThemeId};
use crate::civic::accounts::Role;
use crate::civic::processes::{ProcessRules, Settings, State, store};
use crate::core::app::App;
use crate::core::features::vocabulary::{self, NewTheme, Theme};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

const THEME: [(&str, &str); 4] =
    [("label", "Pistes cyclables"), ("color", "#0072b2"), ("icon", "bicycle"), ("process", "")];

/// The form with some of its fields otherwise.
fn with<'a>(form: &[(&'a str, &'a str)], otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    kept.chain(otherwise).copied().collect()
}

async fn process(app: &App, title: &str, settings: &Settings, state: State) -> ProcessId {
    let mut write = app.begin().await.unwrap();
    let (id, _) = store::insert(&mut write, title, settings, state, None).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn theme(app: &App, label: &str, process: Option<ProcessId>) -> ThemeId {
    let mut write = app.begin().await.unwrap();
    let new = NewTheme { label, color: "#009e73", icon: "tree", process };
    let id = vocabulary::insert_theme(&mut write, &new).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn themes(app: &App) -> Vec<Theme> {
    vocabulary::themes(&app.db).await.unwrap()
}

async fn administrator(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "admin@ville.example", &[Role::Administrator]).await;
    client
}

/// Somebody who plans this process and no other.
async fn planner(app: &App, process: ProcessId) -> Client {
    let mut client = Client::new(app);
    let account = client.sign_in(app, "plan@ville.example", &[]).await;
    let mut write = app.begin().await.unwrap();
    let scope = (Some(process), None);
    crate::civic::accounts::store::grant(&mut write, account.id, Role::Planner, scope, None).await.unwrap();
    app.commit(write).await.unwrap();
    client
}

fn idea<'a>(theme: &'a str, process: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("title", "Une piste le long du quai"),
        ("lon", "2.35"),
        ("lat", "48.85"),
        ("theme", theme),
        ("process", process),
    ]
}

async fn style(client: &mut Client) -> serde_json::Value {
    client.get("/style.json").await.json()["metadata"]["parvis:themes"].clone()
}

on_both! {
    async fn an_administrator_makes_changes_and_removes_a_theme_and_the_map_follows(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        assert!(admin.get("/admin/themes").await.text().contains("Aucun thème pour l’instant"));
        let made = admin.post("/admin/themes", &THEME).await;
        assert_eq!(made.header("location"), "/admin/themes?done=made", "{}", made.text());
        let drawn = style(&mut admin).await;
        assert_eq!((&drawn[0]["slug"], &drawn[0]["icon"]), (&"pistes-cyclables".into(), &"bicycle".into()));
        let id = themes(&app).await[0].id;
        let change = [("label", "À vélo"), ("color", "other"), ("other", "#C2410C"), ("icon", "heart")];
        assert!(admin.post(&format!("/admin/themes/{id}"), &change).await.status.is_redirection());
        let drawn = style(&mut admin).await;
        for (field, value) in [("slug", "pistes-cyclables"), ("label", "À vélo"), ("color", "#c2410c"), ("icon", "heart"), ("ink", "#ffffff")] {
            assert_eq!(drawn[0][field], value, "an address that names it still leads to it");
        }
        assert!(admin.get("/").await.text().contains("À vélo"), "a choice of the filter");
        assert!(admin.post(&format!("/admin/themes/{id}/remove"), &[]).await.status.is_redirection());
        assert_eq!(style(&mut admin).await, serde_json::json!([]));
        assert_eq!(admin.post(&format!("/admin/themes/{id}/remove"), &[]).await.status, StatusCode::NOT_FOUND);
        let lines = crate::core::journal::after(&app.db, 0, 100).await.unwrap();
        let said: Vec<_> = lines.iter().filter(|l| l.act == Act::VOCABULARY).map(|l| l.subject.as_deref().unwrap()).collect();
        assert_eq!(said, ["pistes-cyclables"; 3]);
    }

    async fn what_is_wrong_with_a_theme_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        theme(&app, "Nature", None).await;
        let mut admin = administrator(&app).await;
        for (wrong, said) in [
            (vec![("label", "")], "un nom de 2 à 40 caractères"),
            (vec![("label", " NATURE ")], "déjà un thème «\u{a0}Nature\u{a0}»"),
            (vec![("color", "other"), ("other", "vert")], "un dièse et six chiffres"),
            (vec![("color", "other"), ("other", "#ffee00")], "contraste 1,0"),
            (vec![("color", "#123456")], "Choisissez une couleur de la liste"),
            (vec![("color", "")], "Choisissez une couleur de la liste"),
            (vec![("icon", "../secret")], "Choisissez une icône de la liste"),
            (vec![("process", "nulle-part")], "Cette démarche n’existe pas"),
        ] {
            let page = admin.post("/admin/themes", &with(&THEME, &wrong)).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{said}");
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        let page = admin.post("/admin/themes", &with(&THEME, &[("label", "<b>Vélo</b>"), ("icon", "")])).await.text();
        assert!(page.contains("&#60;b&#62;Vélo") || page.contains("&lt;b&gt;Vélo"), "kept, as words: {page}");
        assert_eq!(themes(&app).await.len(), 1);
        for nowhere in ["99", "x", "-1", "99999999999999999999"] {
            assert_eq!(admin.get(&format!("/admin/themes/{nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
            assert_eq!(admin.post(&format!("/admin/themes/{nowhere}"), &THEME).await.status, StatusCode::NOT_FOUND);
        }
        admin.headers.push(("sec-fetch-site", "cross-site".into()));
        assert_eq!(admin.post("/admin/themes", &THEME).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_theme_that_is_used_is_not_removed_and_the_page_says_what_to_do(db: Db) {
        let app = app(&db).await;
        let (used, chosen) = (theme(&app, "Nature", None).await, theme(&app, "Culture", None).await);
        let settings = Settings { themes: vec!["culture".into()], ..Settings::default() };
        process(&app, "Plan vélo", &settings, State::Draft).await;
        let mut admin = administrator(&app).await;
        assert!(admin.post("/proposals", &idea("nature", "")).await.status.is_redirection());
        // Taken back by its author, it still has its theme.
        assert_eq!(admin.post("/features/1/withdraw", &[]).await.status, StatusCode::OK);
        let refused = admin.post(&format!("/admin/themes/{used}/remove"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let said = refused.text();
        assert!(said.contains("1 contribution le porte") && said.contains("renommez-le"), "{said}");
        let refused = admin.post(&format!("/admin/themes/{chosen}/remove"), &[]).await.text();
        assert!(refused.contains("Choisi dans les règles de\u{a0}: Plan vélo"), "{refused}");
        assert_eq!(themes(&app).await.len(), 2);
        // Used between the page and the act.
        let mut write = app.begin().await.unwrap();
        let conflict = vocabulary::remove_theme(&mut write, used).await.unwrap_err();
        assert!(matches!(conflict, crate::base::error::Error::Conflict(_)));
    }

    async fn a_planner_works_on_themes_of_their_process_and_on_no_other(db: Db) {
        let app = app(&db).await;
        let (velo, budget) = (process(&app, "Plan vélo", &Settings::default(), State::Public).await, process(&app, "Budget", &Settings::default(), State::Public).await);
        let (shared, foreign) = (theme(&app, "Nature", None).await, theme(&app, "Placettes", Some(budget)).await);
        let mut nobody = Client::new(&app);
        assert_eq!(nobody.get("/admin/themes").await.status, StatusCode::UNAUTHORIZED);
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent, Role::Moderator]).await;
        assert_eq!(agent.post("/admin/themes", &THEME).await.status, StatusCode::FORBIDDEN);
        let mut planner = planner(&app, velo).await;
        let page = planner.post("/admin/themes", &THEME).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "a shared one");
        assert!(page.text().contains("Choisissez l’une de vos démarches"));
        assert_eq!(planner.post("/admin/themes", &with(&THEME, &[("process", "budget")])).await.status, StatusCode::FORBIDDEN);
        assert!(planner.post("/admin/themes", &with(&THEME, &[("process", "plan-velo")])).await.status.is_redirection());
        let own = themes(&app).await.into_iter().find(|t| t.process_id == Some(velo)).unwrap();
        let list = planner.get("/admin/themes").await.text();
        assert!(list.contains("Pistes cyclables") && list.contains("Nature") && !list.contains("Placettes"), "{list}");
        assert!(list.contains(&format!("/admin/themes/{}\"", own.id)) && !list.contains(&format!("/admin/themes/{shared}\"")));
        for id in [shared, foreign] {
            assert_eq!(planner.get(&format!("/admin/themes/{id}")).await.status, StatusCode::FORBIDDEN);
            assert_eq!(planner.post(&format!("/admin/themes/{id}"), &THEME).await.status, StatusCode::FORBIDDEN);
            assert_eq!(planner.post(&format!("/admin/themes/{id}/remove"), &[]).await.status, StatusCode::FORBIDDEN);
        }
        // Whose it is does not change with a field more.
        let taken = with(&THEME, &[("process", "budget"), ("label", "À vélo")]);
        assert!(planner.post(&format!("/admin/themes/{}", own.id), &taken).await.status.is_redirection());
        let now = themes(&app).await.into_iter().find(|t| t.id == own.id).unwrap();
        assert_eq!((now.process_id, now.label.as_str()), (Some(velo), "À vélo"));
        assert!(planner.post(&format!("/admin/themes/{}/remove", own.id), &[]).await.status.is_redirection());
    }

    async fn a_theme_of_its_own_is_offered_by_its_process_only_and_refused_elsewhere(db: Db) {
        let app = app(&db).await;
        let velo = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        process(&app, "Budget", &Settings::default(), State::Public).await;
        theme(&app, "Nature", None).await;
        theme(&app, "Pistes", Some(velo)).await;
        let mut client = Client::new(&app);
        for (form, offered) in [("?process=plan-velo", true), ("?process=budget", false), ("", false)] {
            let page = client.get(&format!("/proposals/new{form}")).await.text();
            assert!(page.contains("value=\"nature\""), "{form}");
            assert_eq!(page.contains("value=\"pistes\""), offered, "{form}");
        }
        for elsewhere in ["", "budget"] {
            let refused = client.post("/proposals", &idea("pistes", elsewhere)).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            assert!(refused.text().contains("«\u{a0}Pistes\u{a0}» est propre à la démarche «\u{a0}Plan vélo\u{a0}»"), "{}", refused.text());
        }
        assert!(client.post("/proposals", &idea("pistes", "plan-velo")).await.status.is_redirection());
        // On the map it is a theme as any other.
        let found = client.get("/list?theme=pistes").await.text();
        assert!(found.contains("Une piste le long du quai") && found.contains("value=\"pistes\""), "{found}");
        let page = client.get("/processes/plan-velo").await.text();
        assert!(page.contains("theme=pistes") && page.contains("theme=nature"), "{page}");
        assert!(!client.get("/processes/budget").await.text().contains("theme=nature"), "all that are shared: nothing to say");
    }

    async fn an_idea_that_went_to_another_process_keeps_its_theme_when_its_author_changes_it(db: Db) {
        let app = app(&db).await;
        let velo = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        theme(&app, "Pistes", Some(velo)).await;
        let mut author = Client::new(&app);
        assert!(author.post("/proposals", &idea("pistes", "plan-velo")).await.status.is_redirection());
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "mod@ville.example", &[Role::Administrator]).await;
        let moved = moderator.post("/admin/moderation/1", &[("act", "move"), ("process", "none")]).await;
        assert!(moved.status.is_redirection(), "{}", moved.text());
        let form = author.get("/features/1/edit").await.text();
        assert!(form.contains("value=\"pistes\" checked"), "{form}");
        let changed = author.post("/features/1/edit", &with(&idea("pistes", ""), &[("title", "Un quai à vélo")])).await;
        assert!(changed.status.is_redirection(), "{}", changed.text());
        let card = crate::core::features::store::find(&app.db, crate::base::ids::FeatureId(1)).await.unwrap();
        assert_eq!((card.theme.as_deref(), card.process.as_deref()), (Some("pistes"), None));
    }

    async fn a_process_may_offer_no_shared_theme_and_its_copy_has_themes_of_its_own(db: Db) {
        let app = app(&db).await;
        let settings = Settings { own_themes_only: true, ..Settings::default() };
        let velo = process(&app, "Plan vélo", &settings, State::Public).await;
        theme(&app, "Nature", None).await;
        theme(&app, "Pistes", Some(velo)).await;
        let offered = |slug: &str| {
            let world = app.atlas.world();
            let every = ProcessRules::every(&world).unwrap();
            let known = every.iter().find(|known| known.slug == slug).unwrap();
            known.themes(&world).into_iter().map(|theme| theme.slug).collect::<Vec<_>>()
        };
        assert_eq!(offered("plan-velo"), ["pistes"]);
        let mut admin = administrator(&app).await;
        let refused = admin.post("/proposals", &idea("nature", "plan-velo")).await.text();
        assert!(refused.contains("pas de ceux de la démarche"), "{refused}");
        admin.post("/admin/processes/plan-velo/clone", &[]).await;
        assert_eq!(offered("copie-de-plan-velo"), ["pistes-2"]);
        assert_eq!(themes(&app).await.iter().filter(|theme| theme.label == "Pistes").count(), 2);
        // The copy is a draft: nobody hears of its themes, until it is public and says whose they are.
        let labels = |drawn: serde_json::Value| drawn.as_array().unwrap().iter().map(|t| t["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(labels(style(&mut admin).await), ["Nature", "Pistes"]);
        let mut reader = Client::json(&app);
        for page in ["/", "/api/counts", "/list?theme=nowhere", "/list?process=nowhere", "/tiles.json", "/design"] {
            let said = reader.get(page).await.text();
            assert!(!said.contains("pistes-2") && !said.contains("copie-de"), "{page}: {said}");
        }
        let refused = admin.post("/proposals", &idea("pistes-2", "")).await.text();
        assert!(!refused.contains("Copie de"), "{refused}");
        let (copy, version) = store::find(&app.db, "copie-de-plan-velo").await.unwrap();
        let mut write = app.begin().await.unwrap();
        let decided = store::Decided { title: "Vélo 2", settings: &copy.settings, state: State::Public, note: "" };
        store::update(&mut write, copy.id, version, &decided, None).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(labels(style(&mut admin).await), ["Nature", "Pistes (Plan vélo)", "Pistes (Vélo 2)"]);
    }

    async fn an_import_takes_a_processs_own_theme_for_its_rows_and_never_anothers(db: Db) {
        let app = app(&db).await;
        let velo = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        let own = theme(&app, "Pistes", Some(velo)).await;
        let mut write = app.begin().await.unwrap();
        assert_eq!(vocabulary::ensure_theme_in(&mut write, Some(velo), "pistes").await.unwrap(), own);
        let shared = vocabulary::ensure_theme(&mut write, "Pistes").await.unwrap();
        assert_ne!(shared, own);
        assert_eq!(vocabulary::ensure_theme(&mut write, "PISTES").await.unwrap(), shared, "known again");
        assert_eq!(vocabulary::ensure_theme_in(&mut write, Some(ProcessId(99)), "Pistes").await.unwrap(), shared);
        // The word that a filter has for no theme.
        let none = vocabulary::ensure_theme(&mut write, "None").await.unwrap();
        app.commit(write).await.unwrap();
        let slugs: Vec<_> = themes(&app).await.into_iter().map(|theme| theme.slug).collect();
        assert_eq!(slugs, ["pistes", "pistes-2", "none-2"]);
        assert_eq!(none, themes(&app).await[2].id);
    }

    async fn the_desk_of_a_process_chooses_shared_themes_and_leads_to_its_own(db: Db) {
        let app = app(&db).await;
        let velo = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        theme(&app, "Nature", None).await;
        let own = theme(&app, "Pistes", Some(velo)).await;
        let mut admin = administrator(&app).await;
        let page = admin.get("/admin/processes/plan-velo/edit/themes").await.text();
        assert!(page.contains(&format!("/admin/themes/{own}")) && page.contains("/admin/themes/new?process=plan-velo"), "{page}");
        assert!(admin.get("/admin/themes/new?process=plan-velo").await.text().contains("value=\"plan-velo\" selected"));
        let save = |more: &[(&'static str, &'static str)]| {
            let form = [("title", "Plan vélo"), ("state", "public"), ("shape", "point"), ("title_most", "80"), ("body_most", "500")];
            form.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()
        };
        // Its own are offered anyway: named among the shared ones they are no choice.
        let saved = admin.post("/admin/processes/plan-velo", &save(&[("theme", "pistes"), ("theme", "nature")])).await;
        assert!(saved.status.is_redirection(), "{}", saved.text());
        assert_eq!(store::find(&app.db, "plan-velo").await.unwrap().0.settings.themes, ["nature"]);
        admin.post("/admin/processes/plan-velo", &save(&[("theme", "nature"), ("own_themes_only", "yes")])).await;
        let settings = store::find(&app.db, "plan-velo").await.unwrap().0.settings;
        assert!(settings.own_themes_only && settings.themes.is_empty());
        // The version with a theme that was removed since.
        let nature = themes(&app).await.into_iter().find(|theme| theme.slug == "nature").unwrap();
        assert!(admin.post(&format!("/admin/themes/{}/remove", nature.id), &[]).await.status.is_redirection());
        assert!(admin.post("/admin/processes/plan-velo/restore", &[("version", "2")]).await.status.is_redirection());
        let settings = store::find(&app.db, "plan-velo").await.unwrap().0.settings;
        assert!(!settings.own_themes_only && settings.themes.is_empty());
    }
}

#[test]
fn every_icon_and_every_colour_of_the_palette_has_a_name() {
    for lang in [crate::base::i18n::Lang::Fr, crate::base::i18n::Lang::En] {
        let colors =
            vocabulary::PALETTE.iter().map(|color| format!("theme-color-{}", color.trim_start_matches('#')));
        for key in crate::base::http::icons().iter().map(|icon| format!("icon-{icon}")).chain(colors) {
            assert_ne!(lang.text(&key), key, "say what it shows in the locale files");
        }
    }
}

on_both! {
    async fn the_usual_themes_are_there_with_one_press_and_only_where_there_is_none(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "maire@ville.example", &[Role::Administrator]).await;
        assert!(agent.get("/admin/themes").await.text().contains("name=\"usual\""));
        let made = agent.post("/admin/themes", &[("usual", "yes")]).await;
        assert_eq!(made.header("location"), "/admin/themes?done=usual", "{}", made.text());
        let world = app.atlas.world();
        let icons = crate::base::http::icons();
        assert_eq!(world.themes().len(), 6);
        assert!(world.themes().iter().all(|theme| icons.contains(&theme.icon)), "{icons:?}");
        assert_eq!(agent.post("/admin/themes", &[("usual", "yes")]).await.status, StatusCode::CONFLICT);
    }
}
