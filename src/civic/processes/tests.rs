//! Processes: the gate over HTTP, the desk, what is published; on both databases.

mod desk;
mod names;
mod page;

use super::store::{self, Decided};
use super::{
    Action, Ballot, Moderation, Opening, Ordering, Phase, ProcessRules, Settings, Shape, State, form, keep,
};
use crate::base::clock::{Timestamp, now};
use crate::base::i18n::Lang;
use crate::base::ids::ProcessId;
use crate::civic::accounts::{Level, Role};
use crate::core::app::App;
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, square};
use axum::http::StatusCode;
use chrono::TimeDelta;

/// A public process with these settings.
pub(crate) async fn process(app: &App, title: &str, settings: &Settings) -> (ProcessId, String) {
    let mut write = app.begin().await.unwrap();
    let made = store::insert(&mut write, title, settings, State::Public, None).await.unwrap();
    app.commit(write).await.unwrap();
    made
}

/// Looks at the calendars at an instant.
pub(crate) async fn cross(app: &App, at: Timestamp) {
    keep::cross_all(app, at).await.unwrap();
}

/// A phase from `from` to `to` hours from now.
pub(crate) fn phase(key: &str, from: i64, to: i64, acts: &[Action]) -> Phase {
    let at = |hours| now() + TimeDelta::hours(hours);
    Phase { key: key.into(), title: key.into(), opens: at(from), closes: at(to), acts: Action::words(acts) }
}

const IDEA: [(&str, &str); 4] =
    [("title", "Un banc au soleil"), ("lon", "2.35"), ("lat", "48.85"), ("process", "plan-velo")];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    IDEA.iter().copied().chain(more.iter().copied()).collect()
}

/// The form of the desk, as a browser sends it.
const FORM: [(&str, &str); 16] = [
    ("title", "Plan vélo"),
    ("state", "public"),
    ("summary", "Où rouler demain"),
    ("why", "Parce que"),
    ("phase-0-title", "Vos idées"),
    ("phase-0-opens", "2026-03-01T08:00"),
    ("phase-0-closes", "2036-03-01T08:00"),
    ("phase-0-act", "propose"),
    ("phase-0-act", "vote"),
    ("shape", "point"),
    ("level-propose", "visitor"),
    ("votes", "for_only"),
    ("moderation", "after"),
    ("order", "random"),
    ("title_most", "80"),
    ("body_most", "500"),
];

on_both! {
    async fn outside_of_its_phase_an_act_is_refused_with_the_date_and_nothing_typed_is_lost(db: Db) {
        let app = app(&db).await;
        let settings = Settings {
            phases: vec![phase("idees", -48, -24, &[Action::PROPOSE]), phase("votes", 24, 48, &[Action::VOTE])],
            ..Settings::default()
        };
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        let page = client.post("/proposals", &with(&[("body", "Trois lignes à garder")])).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        let text = page.text();
        assert!(text.contains("Le dépôt d’idées est fermé depuis le") && text.contains("Trois lignes à garder"), "{text}");
        assert_eq!(features(&app).await, 0);
        let page = client.get("/proposals/new?process=plan-velo").await.text();
        assert!(page.contains("fermé depuis le"), "said before anything is typed");
        let mut json = Client::json(&app);
        assert_eq!(json.post("/proposals", &IDEA).await.status, StatusCode::BAD_REQUEST);
    }

    async fn votes_and_arguments_follow_the_calendar_of_their_process(db: Db) {
        let app = app(&db).await;
        let settings = Settings { phases: vec![phase("idees", -1, 1, &[Action::PROPOSE])], ..Settings::default() };
        let (id, slug) = process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        assert!(client.post("/proposals", &IDEA).await.status.is_redirection());
        let page = client.get("/features/1").await.text();
        assert!(page.contains("ne prévoit pas de vote") && page.contains("/processes/plan-velo"), "{page}");
        assert_eq!(client.post("/features/1/vote", &[("voice", "for")]).await.status, StatusCode::FORBIDDEN);
        let refused = client.post("/features/1/arguments", &[("side", "for"), ("body", "À l’ombre l’été")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("À l’ombre l’été"), "nothing typed is lost");
        let open = Settings { phases: vec![phase("votes", -1, 1, &[Action::VOTE, Action::ARGUE])], ..Settings::default() };
        let mut write = app.begin().await.unwrap();
        let decided = Decided { title: "Plan vélo", settings: &open, state: State::Public, note: "" };
        store::update(&mut write, id, 1, &decided, None).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(client.post("/features/1/vote", &[("voice", "for")]).await.status.is_redirection(), "{slug}");
    }

    async fn an_act_asks_for_the_identity_that_the_rules_say(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules =
            settings.rules.with_level(Action::PROPOSE, Level::Email).with_level(Action::VOTE, Level::Roll);
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        let page = client.post("/proposals", &with(&[("body", "À garder")])).await.text();
        assert!(page.contains("se connecter par son adresse de courriel") && page.contains("À garder"), "{page}");
        assert!(page.contains("/sign-in?to=/proposals/new%3Fprocess%3Dplan-velo"));
        client.sign_in(&app, "lea@mail.example", &[]).await;
        assert!(client.post("/proposals", &IDEA).await.status.is_redirection());
        assert_eq!(client.post("/features/1/vote", &[("voice", "for")]).await.status, StatusCode::FORBIDDEN);
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let roll = [("people", "Lea@mail.example\nnoe@mail.example; pas une adresse")];
        assert!(planner.post("/admin/processes/plan-velo/roll", &roll).await.text().contains("2 adresses sont"));
        assert!(planner.get("/admin/processes/plan-velo").await.text().contains("2 personnes sont inscrites"));
        assert!(client.post("/features/1/vote", &[("voice", "for")]).await.status.is_redirection());
        let kept: Vec<(String,)> = crate::base::db::Sql::all(&app.db, "select person from process_roll", ()).await.unwrap();
        assert!(kept.iter().all(|(person,)| !person.contains('@')), "no address is kept");
    }

    async fn what_a_newer_server_opened_stays_when_an_older_one_saves_the_form(db: Db) {
        use crate::base::db::Sql as _;
        let app = app(&db).await;
        let mut settings = Settings { phases: vec![phase("idees", -1, 1, &[Action::PROPOSE])], ..Settings::default() };
        settings.phases[0].acts.push("dance".into());
        settings.rules.levels.extend([("dance".into(), "verified".into()), ("quorum".into(), 5.into())]);
        process(&app, "Plan vélo", &settings).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let page = planner.get("/processes/plan-velo").await.text();
        assert!(page.contains("<p>déposer des idées</p>"), "{page}");
        let mut form = FORM.to_vec();
        form.extend([("phase-0-key", "idees"), ("phase-0-act", "unheard")]);
        assert!(planner.post("/admin/processes/plan-velo", &form).await.status.is_redirection());
        let (kept,): (String,) = app.db.one("select settings from process where slug = 'plan-velo'", ()).await.unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["phases"][0]["acts"], serde_json::json!(["propose", "vote", "dance"]), "and nothing that nobody knows comes in by the form");
        assert_eq!((&kept["rules"]["dance"], &kept["rules"]["quorum"]), (&"verified".into(), &5.into()));
        assert_eq!(kept["rules"]["argue"], "visitor", "every level is written");
    }

    async fn a_roll_that_somebody_else_changed_meanwhile_is_not_replaced_unseen(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@mail.example", &[Role::Planner]).await;
        planner.post("/admin/processes", &[("title", "Plan vélo")]).await;
        const ROLL: &str = "/admin/processes/plan-velo/roll";
        let seen = |page: &str| page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let first = seen(&planner.get("/admin/processes/plan-velo").await.text());
        let put = [("people", "lea@mail.example"), ("seen", first.as_str())];
        assert!(planner.post(ROLL, &put).await.status.is_redirection());
        let late = planner.post(ROLL, &[("people", "noe@mail.example"), ("seen", first.as_str())]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let page = late.text();
        assert!(page.contains("noe@mail.example</textarea>"), "what was pasted is there: {page}");
        let size = async || crate::civic::processes::roll::read(&app.db, ProcessId(1)).await.unwrap();
        assert!(size().await.state == seen(&page), "and its button sends it about what is there now");
        let again = [("people", "noe@mail.example ida@mail.example"), ("seen", &seen(&page))];
        assert!(planner.post(ROLL, &again).await.status.is_redirection());
        assert_eq!(size().await.size, 2);
    }

    async fn a_roll_takes_what_people_paste_and_lists_what_it_cannot_read(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules = settings.rules.with_level(Action::VOTE, Level::Roll);
        process(&app, "Plan vélo", &settings).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.post("/proposals", &IDEA).await;
        const ROLL: &str = "/admin/processes/plan-velo/roll";
        let pasted = "\"paul@mail.example\"\r\n\"Durand, Anne\" <Anne@Mail.example>; mailto:lea@mail.example\r\nnoé chez mail.example\r\n<ines@hôtel.example>\u{a0}\r\n<script>@x\r\n";
        let page = planner.post(ROLL, &[("people", pasted)]).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        crate::server::testing::harmless(&text);
        assert!(text.contains("4 adresses sont sur la liste") && text.contains("2 passages"), "{text}");
        assert!(text.contains("ligne 3") && text.contains("noé chez mail.example") && text.contains("ligne 5"), "{text}");
        assert!(text.contains("Anne@Mail.example"), "what was pasted stands there to be mended");
        for (email, may) in [("paul@mail.example", true), ("anne@mail.example", true), ("lea@mail.example", true), ("ines@xn--htel-vqa.example", true), ("noe@mail.example", false)] {
            let mut client = Client::new(&app);
            client.sign_in(&app, email, &[]).await;
            let voted = client.post("/features/1/vote", &[("voice", "for")]).await.status;
            assert_eq!(voted.is_redirection(), may, "{email}: {voted}");
        }
        let none = planner.post(ROLL, &[("people", "le fichier des adhérents")]).await;
        assert_eq!(none.status, StatusCode::BAD_REQUEST);
        assert!(none.text().contains("la liste n’a pas changé"));
        assert!(planner.get("/admin/processes/plan-velo").await.text().contains("4 personnes sont inscrites"));
        assert!(planner.post(ROLL, &[("people", "Nom;Courriel\nDurand;anne@mail.example\n")]).await.status.is_redirection());
        assert!(planner.get("/admin/processes/plan-velo").await.text().contains("1 personne est inscrite"));
    }

    async fn a_place_must_lie_in_the_area_of_the_process_and_be_of_a_sort_that_it_takes(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        for (name, west) in [("Nord", 2.3), ("Sud", 2.4)] {
            crate::core::territory::store::upsert(&mut write, &square(name, west, 48.8, 0.1)).await.unwrap();
        }
        write.record_subject(Act::TERRITORY, "test");
        app.commit(write).await.unwrap();
        let mut settings = Settings { area: "sud".into(), ..Settings::default() };
        settings.rules.shapes = vec![Shape::Point];
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        let page = client.post("/proposals", &IDEA).await.text();
        assert!(page.contains("m en dehors de «\u{a0}Sud\u{a0}»"), "{page}");
        let area = [("title", "Un banc"), ("area", "sud"), ("process", "plan-velo")];
        assert!(client.post("/proposals", &area).await.text().contains("ne prend pas d’idée sur un quartier"));
        let inside = [("title", "Un banc"), ("lon", "2.45"), ("lat", "48.85"), ("process", "plan-velo")];
        assert!(client.post("/proposals", &inside).await.status.is_redirection());
    }

    async fn voices_are_those_of_the_process_and_a_scale_counts_people_and_points_apart(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules.votes = Ballot::Scale;
        let (id, _) = process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        client.post("/proposals", &IDEA).await;
        for (voice, expected) in [
            ("strongly_for", (1, 0, 0, 2)),
            ("neutral", (0, 0, 1, 0)),
            ("strongly_against", (0, 1, 0, -2)),
            ("against", (0, 1, 0, -1)),
            ("none", (0, 0, 0, 0)),
        ] {
            assert!(client.post("/features/1/vote", &[("voice", voice)]).await.status.is_redirection(), "{voice}");
            let card = crate::core::features::store::find(&app.db, crate::base::ids::FeatureId(1)).await.unwrap();
            let counted = (card.votes_for, card.votes_against, card.votes_neutral, card.points);
            assert_eq!(counted, expected, "{voice}");
        }
        assert!(client.get("/features/1").await.text().contains("Tout à fait contre"));
        settings.rules.votes = Ballot::ForOnly;
        let mut write = app.begin().await.unwrap();
        let decided = Decided { title: "Plan vélo", settings: &settings, state: State::Public, note: "" };
        store::update(&mut write, id, 1, &decided, None).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(client.post("/features/1/vote", &[("voice", "against")]).await.status, StatusCode::BAD_REQUEST);
        assert!(!client.get("/features/1").await.text().contains("vote-against"));
        assert_eq!(client.post("/features/1/arguments", &[("side", "neutral"), ("body", "Bof bof")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn what_people_answered_with_a_voice_is_not_asked_otherwise_afterwards(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.post("/admin/processes", &[("title", "Plan vélo")]).await;
        let save = |ballot: &'static str, state: &'static str, version: &'static str| {
            let changed = [("votes", ballot), ("state", state), ("version", version)];
            let mut form: Vec<(&str, &str)> =
                FORM.iter().copied().filter(|(name, _)| changed.iter().all(|(other, _)| other != name)).collect();
            form.extend(changed);
            form
        };
        assert!(planner.post("/admin/processes/plan-velo", &save("for_against", "public", "1")).await.status.is_redirection());
        let mut client = Client::new(&app);
        client.post("/proposals", &IDEA).await;
        assert!(planner.post("/admin/processes/plan-velo", &save("scale", "public", "2")).await.status.is_redirection(), "nobody voted yet");
        client.post("/features/1/vote", &[("voice", "strongly_for")]).await;
        let refused = planner.post("/admin/processes/plan-velo", &save("for_only", "public", "3")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("Des personnes ont déjà voté") && refused.text().contains("Où rouler demain"));
        assert!(planner.post("/admin/processes/plan-velo/restore", &[("version", "2")]).await.status.is_client_error(), "nor by an older version");
        assert_eq!(crate::core::features::store::find(&app.db, crate::base::ids::FeatureId(1)).await.unwrap().points, 2);
        // Nor does it become a draft: what is in it is public, and names it.
        let draft = planner.post("/admin/processes/plan-velo", &save("scale", "draft", "3")).await;
        assert_eq!(draft.status, StatusCode::BAD_REQUEST);
        assert!(draft.text().contains("1 contribution") && draft.text().contains("archivez-la"), "{}", draft.text());
        assert!(planner.post("/admin/processes/plan-velo/restore", &[("version", "1")]).await.status.is_client_error(), "version 1 was a draft");
        assert!(planner.post("/admin/processes/plan-velo", &save("scale", "archived", "3")).await.status.is_redirection());
    }

    async fn a_scale_says_how_many_chose_each_step_and_what_they_think_on_average(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules.votes = Ballot::Scale;
        process(&app, "Plan vélo", &settings).await;
        let mut author = Client::new(&app);
        author.post("/proposals", &IDEA).await;
        author.post("/proposals", &with(&[("title", "Un autre banc")])).await;
        assert!(author.get("/features/1").await.text().contains("Personne ne s’est encore prononcé"));
        author.post("/features/1/vote", &[("voice", "neutral")]).await;
        assert!(author.get("/features/1").await.text().contains("1 voix, en moyenne 0,0"), "no opinion is a voice");
        let mut other = Client::new(&app);
        for voice in ["strongly_for", "strongly_against"] {
            other.post("/features/1/vote", &[("voice", voice)]).await;
            author.post("/features/2/vote", &[("voice", voice)]).await;
        }
        let page = author.get("/features/1").await.text();
        assert!(page.contains("2 voix, en moyenne −1,0") && page.contains("Points"), "{page}");
        assert!(page.contains("Tout à fait contre <span class=\"people\">1 voix</span>"), "{page}");
        // What is merged counts here, each person once: the author has said what they think on this one.
        let mut write = app.begin().await.unwrap();
        let [into, id] = [1, 2].map(crate::base::ids::FeatureId);
        crate::core::features::merges::merge(&mut write, id, into).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(author.get("/features/1").await.text().contains("2 voix, en moyenne −1,0"));
        author.post("/features/1/vote", &[("voice", "none")]).await;
        assert!(author.get("/features/1").await.text().contains("1 voix, en moyenne −2,0"), "both are taken back");
        author.get("/language/en").await;
        let english = author.get("/features/1").await.text();
        assert!(english.contains("1 vote, −2.0 on average"), "{english}");
    }

    async fn ideas_wait_where_they_are_read_first(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules.moderation = Moderation::Before;
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        assert!(client.post("/proposals", &with(&[("step", "preview")])).await.text().contains("relit votre idée"));
        assert!(client.post("/proposals", &IDEA).await.status.is_redirection());
        assert_eq!(app.atlas.total(&crate::core::atlas::Filter::default()).unwrap(), 0, "on nobody's map");
    }

    async fn a_planner_writes_previews_undoes_and_copies_a_process(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let made = planner.post("/admin/processes", &[("title", "Plan vélo")]).await;
        assert_eq!(made.header("location"), "/admin/processes/plan-velo");
        let mut reader = Client::new(&app);
        assert_eq!(reader.get("/processes/plan-velo").await.status, StatusCode::NOT_FOUND, "a draft");
        let preview: Vec<_> = FORM.iter().copied().chain([("step", "preview"), ("version", "1")]).collect();
        let page = planner.post("/admin/processes/plan-velo", &preview).await.text();
        assert!(page.contains("rien n’est enregistré") && page.contains("Une voix par personne, pour seulement"), "{page}");
        let save: Vec<_> = FORM.iter().copied().chain([("version", "1"), ("note", "Première version")]).collect();
        assert!(planner.post("/admin/processes/plan-velo", &save).await.status.is_redirection());
        let page = reader.get("/processes/plan-velo").await.text();
        assert!(page.contains("Où rouler demain") && page.contains("Ouvert jusqu’au 1er mars 2036 à 8\u{a0}h\u{a0}00"), "{page}");
        // Somebody else saved meanwhile: refused, with what was typed.
        let stale = planner.post("/admin/processes/plan-velo", &save).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text().contains("Quelqu’un d’autre") && stale.text().contains("Où rouler demain"));
        let history = planner.get("/admin/processes/plan-velo/history").await.text();
        assert!(history.contains("Première version") && history.contains("plan@ville.example"), "{history}");
        assert!(planner.post("/admin/processes/plan-velo/restore", &[("version", "1")]).await.status.is_redirection());
        assert_eq!(store::find(&app.db, "plan-velo").await.unwrap().0.state, State::Draft, "as it was");
        let copy = planner.post("/admin/processes/plan-velo/clone", &[]).await;
        assert_eq!(copy.header("location"), "/admin/processes/copie-de-plan-velo?done=cloned");
    }

    async fn what_is_wrong_with_a_process_is_said_and_nothing_is_saved(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Administrator]).await;
        planner.post("/admin/processes", &[("title", "Plan vélo")]).await;
        let wrong = [("title", "x"), ("phase-0-title", "Nuit"), ("phase-0-opens", "2026-03-29T02:30"), ("phase-0-closes", "2026-04-01T08:00"), ("title_most", "9"), ("body_most", "500"), ("version", "1")];
        let page = planner.post("/admin/processes/plan-velo", &wrong).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        let text = page.text();
        for said in ["entre 3 et 120", "à une heure qui existe", "entre 20 et 120", "au moins une façon", "Nuit"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(store::find(&app.db, "plan-velo").await.unwrap().1, 1);
        assert_eq!(planner.post("/admin/processes", &[("title", "x")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn only_planners_reach_the_desk_and_only_in_their_process(db: Db) {
        let app = app(&db).await;
        let (one, _) = process(&app, "Plan vélo", &Settings::default()).await;
        process(&app, "Budget", &Settings::default()).await;
        let mut nobody = Client::new(&app);
        assert_eq!(nobody.get("/admin/processes").await.status, StatusCode::UNAUTHORIZED);
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert_eq!(agent.get("/admin/processes").await.status, StatusCode::FORBIDDEN);
        let mut planner = Client::new(&app);
        let account = planner.sign_in(&app, "velo@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::civic::accounts::store::grant(&mut write, account.id, Role::Planner, (Some(one), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let list = planner.get("/admin/processes").await.text();
        assert!(list.contains("/admin/processes/plan-velo") && !list.contains("/admin/processes/budget"), "{list}");
        assert_eq!(planner.get("/admin/processes/budget").await.status, StatusCode::FORBIDDEN);
        assert_eq!(planner.post("/admin/processes/budget/clone", &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(planner.post("/admin/processes", &[("title", "Une autre")]).await.status, StatusCode::FORBIDDEN);
        planner.headers.push(("sec-fetch-site", "cross-site".into()));
        assert_eq!(planner.post("/admin/processes/plan-velo/roll", &[]).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_phase_that_began_or_ended_is_in_the_journal_once(db: Db) {
        let app = app(&db).await;
        let settings = Settings {
            phases: vec![phase("idees", -48, -24, &[Action::PROPOSE]), phase("votes", -2, 24, &[Action::VOTE])],
            ..Settings::default()
        };
        process(&app, "Plan vélo", &settings).await;
        for _ in 0..3 {
            keep::cross_all(&app, now()).await.unwrap();
        }
        let lines = crate::core::journal::after(&app.db, 0, 100).await.unwrap();
        let said: Vec<(Act, &str)> = lines
            .iter()
            .filter(|line| matches!(line.act, Act::PHASE_OPENED | Act::PHASE_CLOSED))
            .map(|line| (line.act, line.subject.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(said, [(Act::PHASE_OPENED, "plan-velo idees"), (Act::PHASE_CLOSED, "plan-velo idees"), (Act::PHASE_OPENED, "plan-velo votes")]);
        keep::cross_all(&app, now() + TimeDelta::hours(48)).await.unwrap();
        assert_eq!(crate::core::journal::after(&app.db, 0, 100).await.unwrap().len(), lines.len() + 2, "the end of the phase, and the seal of its row");
    }

    async fn the_rules_that_are_published_are_those_that_hold(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings { phases: vec![phase("idees", 24, 48, &[Action::PROPOSE])], ..Settings::default() };
        settings.rules = settings.rules.with_level(Action::PROPOSE, Level::Verified);
        settings.rules.order = Ordering::Supported;
        process(&app, "Plan vélo", &settings).await;
        let mut client = Client::new(&app);
        let page = client.get("/processes/plan-velo").await.text();
        for said in ["identité est vérifiée (FranceConnect). Ouvre le", "Les idées les plus soutenues d’abord", "Cette démarche ne le prévoit pas"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(client.get("/?process=plan-velo").await.text().contains(r#"<option value="" selected>Les plus soutenues"#));
        assert!(client.get("/processes").await.text().contains("Plan vélo"));
    }

    async fn an_order_by_lot_is_the_same_page_after_page_and_another_for_another_seed(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules.order = Ordering::Random;
        let (id, _) = process(&app, "Plan vélo", &settings).await;
        let mut write = app.begin().await.unwrap();
        let ideas: Vec<_> = (0..40).map(|n| crate::core::features::NewFeature { process: Some(id), ..crate::server::testing::proposal(&format!("Idée {n}"), 2.35 + f64::from(n) * 1e-4, 48.85) }).collect();
        crate::core::features::store::insert_all(&mut write, &ideas, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::json(&app);
        let ids = |answer: &serde_json::Value| -> Vec<i64> { answer["features"].as_array().unwrap().iter().map(|f| f["id"].as_i64().unwrap()).collect() };
        let first = client.get("/api/features?process=plan-velo&seed=5&limit=15").await.json();
        let mut all = ids(&first);
        let next_of = |page: &serde_json::Value| {
            let link = page["links"].as_array()?.iter().find(|link| link["rel"] == "next")?;
            link["href"].as_str().map(str::to_owned)
        };
        let mut next = next_of(&first);
        while let Some(href) = next {
            let page = client.get(href.split_once(".test").unwrap().1).await.json();
            all.extend(ids(&page));
            next = next_of(&page);
        }
        let again = ids(&client.get("/api/features?process=plan-velo&seed=5").await.json());
        let other = ids(&client.get("/api/features?process=plan-velo&seed=6").await.json());
        assert_eq!(all, again);
        assert_ne!(all, other);
        let newest = ids(&client.get("/api/features?process=plan-velo&order=newest").await.json());
        assert!(newest.is_sorted_by(|a, b| a > b) && newest.len() == 40);
    }
}

async fn features(app: &App) -> i64 {
    crate::core::features::store::count(&app.db).await.unwrap()
}

#[test]
fn the_open_square_takes_everything_from_everybody() {
    let square = ProcessRules::square();
    assert!(
        Action::all().iter().all(|action| square.closed(Lang::Fr, *action, Timestamp::default()).is_none())
    );
    assert!(Action::all().iter().all(|action| square.settings.rules.level(*action) == Level::Visitor));
}

on_both! {
    async fn a_line_that_is_added_to_the_calendar_has_the_focus_and_a_wrong_one_is_named(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.headers = vec![("accept", "text/html".into())];
        let path = "/admin/processes/plan-velo";
        let first = [("phase-0-title", "Vos idées"), ("phase-0-opens", "2026-05-01T10:00"), ("phase-0-closes", "2026-05-31T10:00")];
        let focus = |page: &str| {
            let document = scraper::Html::parse_document(page);
            let select = scraper::Selector::parse("[autofocus]").unwrap();
            document.select(&select).map(|field| field.attr("name").unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut form = vec![("step", "add"), ("title", "Plan vélo")];
        form.extend(first);
        let page = planner.post(path, &form).await.text();
        assert_eq!(focus(&page), ["phase-1-title"]);
        assert!(page.contains("formaction=\"/admin/processes/plan-velo#phase-2\"") && page.contains("id=\"phase-1\""), "{page}");
        form[0] = ("step", "save");
        form.extend([("phase-1-title", "Votes"), ("phase-1-opens", "2026-06-02T10:00"), ("phase-1-closes", "2026-06-01T10:00")]);
        let wrong = planner.post(path, &form).await;
        let page = wrong.text();
        assert_eq!((wrong.status, focus(&page)), (StatusCode::BAD_REQUEST, vec!["phase-1-title".to_owned()]));
        assert!(page.contains("Phase 2 «\u{a0}Votes\u{a0}»\u{a0}: "), "{page}");
    }
}

on_both! {
    async fn every_template_makes_a_process_that_can_be_published_as_it_is(db: Db) {
        let app = app(&db).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let page = planner.get("/admin/processes").await.text();
        assert_eq!(planner.post("/admin/processes", &[("title", "Sans modèle"), ("template", "nothing")]).await.status, StatusCode::BAD_REQUEST);
        for (at, template) in crate::modules::templates().enumerate() {
            let word = template.0.word;
            assert!(page.contains(&format!("value=\"{word}\"")), "{word}");
            let title = format!("Démarche {at}");
            let made = planner.post("/admin/processes", &[("title", &title), ("template", word)]).await;
            let path = made.header("location").to_owned();
            let (now, world) = (crate::base::clock::now(), app.atlas.world());
            let rules = ProcessRules::every(&world).unwrap().into_iter().find(|rules| rules.title == title).unwrap();
            assert!(rules.state == State::Draft && !rules.settings.phases.is_empty() && !rules.settings.why.is_empty());
            // The form that shows it takes it again as it is.
            let form = form::ProcessForm::of(&rules);
            assert!(form.check(&world, &rules.settings).is_ok(), "{word}");
            assert!(matches!(rules.settings.opening(Action::PROPOSE, now), Opening::Open(Some(_))), "{word} is open at once");
            assert_eq!(planner.get(&path).await.status, StatusCode::OK);
        }
    }
}
