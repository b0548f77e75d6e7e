//! What an author changes or takes back once others had their say.

use super::*;
use crate::base::ids::FeatureId;
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::processes::{Edits, Settings, State};
use crate::core::app::App;
use crate::core::features::Verdict;
use crate::core::features::{self, store};

const BODY: &str = "Devant la bibliothèque, à l’ombre des tilleuls, pour lire au frais en été.";

fn form<'a>(title: &'a str, body: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form =
        vec![("title", title), ("body", body), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
    for (name, value) in more {
        form.retain(|(held, _)| held != name);
        form.push((name, value));
    }
    form
}

async fn answer(app: &App, id: FeatureId) {
    let mut write = app.begin().await.unwrap();
    let new = NewAnswer {
        verdict: Verdict::Accepted,
        body: "Nous le ferons.".into(),
        motive: "Utile".into(),
        link: String::new(),
        authority: "Le service des parcs".into(),
        by: None,
        at: write.at(),
    };
    answers::insert(&mut write, id, &new).await.unwrap();
    app.commit(write).await.unwrap();
}

async fn is_intact(app: &App) {
    let checked = crate::modules::register::verify(&app.db, |_, _| {}).await.unwrap();
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
}

on_both! {
    async fn before_anybody_else_had_a_say_everything_may_change_and_the_page_says_so(db: Db) {
        let app = app(&db).await;
        let (mut author, mut stranger) = (Client::new(&app), Client::new(&app));
        author.post("/proposals", &form("Un banc au soleil", BODY, &[])).await;
        assert!(!stranger.get("/features/1").await.text().contains("modifiée le"));
        author.post("/features/1/vote", &[("voice", "for")]).await;
        assert!(!stranger.get("/features/1").await.text().contains("modifiée le"), "a vote changes nothing that it says");
        let changed = author.post("/features/1/edit", &form("Une fontaine", "De l’eau fraîche", &[])).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "their own voice is no other's: {}", changed.text());
        let page = stranger.get("/features/1").await.text();
        assert!(page.contains("modifiée le") && page.contains("<h1 dir=\"auto\">Une fontaine</h1>"), "{page}");
        assert!(page.contains("Un banc au soleil") && page.contains("bibliothèque"), "what it said before: {page}");
        is_intact(&app).await;
    }

    async fn what_others_gave_a_voice_to_changes_a_little_and_never_adds_up_to_something_else(db: Db) {
        let app = app(&db).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        author.post("/proposals", &form("Un banc au soleil", BODY, &[])).await;
        other.post("/features/1/vote", &[("voice", "for")]).await;
        let refused = author.post("/features/1/edit", &form("Un parking souterrain", "Pour deux cents voitures.", &[])).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let page = refused.text();
        assert!(page.contains("Un parking souterrain") && page.contains("deux cents voitures"), "what was typed stays: {page}");
        assert!(page.contains("9 caractères"), "says what may change: {page}");
        let far = author.post("/features/1/edit", &form("Un banc au soleil", BODY, &[("lon", "2.36")])).await;
        assert_eq!(far.status, StatusCode::CONFLICT);
        assert!(far.text().contains("plus de 25"), "{}", far.text());
        let mended = BODY.replace("en été", "l’été");
        let near = author.post("/features/1/edit", &form("Un banc au soleil", &mended, &[("lon", "2.3501")])).await;
        assert_eq!(near.status, StatusCode::SEE_OTHER, "{}", near.text());
        // Nine characters at a time would make anything of it.
        let twice = mended.replace("Devant la", "Loin de la");
        let sum = author.post("/features/1/edit", &form("Un banc au soleil", &twice.replace("frais", "chaud"), &[])).await;
        assert_eq!(sum.status, StatusCode::CONFLICT, "measured against what the voice saw");
        assert!(other.get("/features/1").await.text().contains("Devant la bibliothèque"));
        let argued = Client::new(&app).post("/features/1/arguments", &[("side", "for"), ("body", "De l’ombre")]).await;
        assert!(argued.status.is_redirection());
        is_intact(&app).await;
    }

    async fn a_process_may_let_authors_change_more_and_then_tells_who_voted(db: Db) {
        let app = app(&db).await;
        let mut settings = Settings::default();
        settings.rules.edits = Edits::Told;
        let mut write = app.begin().await.unwrap();
        crate::civic::processes::store::insert(&mut write, "Bancs", &settings, State::Public, None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut author = Client::new(&app);
        author.post("/proposals", &form("Un banc au soleil", BODY, &[("process", "bancs")])).await;
        let mut other = Client::new(&app);
        other.sign_in(&app, "votante@mail.example", &[]).await;
        other.post("/features/1/vote", &[("voice", "for")]).await;
        assert!(other.get("/processes/bancs").await.text().contains("en sont averties"), "the rule is published");
        let changed = author.post("/features/1/edit", &form("Une fontaine", "De l’eau", &[])).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
        let told: Vec<(String, String)> =
            db.all("select recipient, body from mail where recipient = 'votante@mail.example'", ()).await.unwrap();
        assert!(told.iter().any(|(_, body)| body.contains("autre chose") && body.contains("/unfollow?")), "{told:?}");
    }

    async fn of_two_devices_with_one_link_the_second_is_told_what_the_first_wrote(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.post("/proposals", &form("Un banc", BODY, &[])).await;
        let base = |page: &str| {
            let (_, rest) = page.split_once("name=\"base\" value=\"").expect("the form says what it changes");
            rest.split('"').next().unwrap().to_owned()
        };
        let opened = base(&author.get("/features/1/edit").await.text());
        let first = author.post("/features/1/edit", &form("Un banc bleu", BODY, &[("base", &opened)])).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        author.post("/features/1/vote", &[("voice", "for")]).await;
        let second = author.post("/features/1/edit", &form("Un banc vert", BODY, &[("base", &opened)])).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        let page = second.text();
        assert!(page.contains("Un banc bleu") && page.contains("Un banc vert"), "both: {page}");
        let again = author.post("/features/1/edit", &form("Un banc vert", BODY, &[("base", &base(&page))])).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "who read the other may write over it");
        assert_eq!(store::find(&app.db, FeatureId(1)).await.unwrap().title, "Un banc vert");
    }

    async fn what_others_have_a_stake_in_leaves_a_shell_that_its_author_can_fill_again(db: Db) {
        let app = app(&db).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        author.post("/proposals", &form("Un banc au soleil", BODY, &[("lon", "2.345678")])).await;
        other.post("/features/1/vote", &[("voice", "for")]).await;
        other.post("/features/1/arguments", &[("side", "for"), ("body", "On y lirait")]).await;
        answer(&app, FeatureId(1)).await;
        let gone = author.post("/features/1/withdraw", &[]).await;
        assert_eq!(gone.status, StatusCode::OK);
        assert!(gone.text().contains("sans votre texte"), "{}", gone.text());
        let page = other.get("/features/1").await;
        assert_eq!(page.status, StatusCode::OK);
        let page = page.text();
        assert!(page.contains("Retirée par son auteur le") && page.contains("n° 1"), "{page}");
        assert!(page.contains("Nous le ferons.") && page.contains("On y lirait"), "what others said stays: {page}");
        let json = other.get("/api/features/1").await;
        let properties = &json.json()["properties"];
        assert_eq!((properties["votes_for"].as_i64(), properties["answer"]["text"].as_str()), (Some(1), Some("Nous le ferons.")));
        assert!(properties["withdrawn_at"].is_string());
        let csv = other.get("/export/features.csv").await.text();
        assert!(csv.contains("Nous le ferons."), "{csv}");
        for path in ["/features/1", "/api/features/1", "/api/features", "/export/features.csv", "/export/features.geojson", "/list", "/feed.atom"] {
            let text = other.get(path).await.text();
            assert!(!text.contains("Un banc au soleil") && !text.contains("tilleuls") && !text.contains("2.3456"), "{path}: {text}");
        }
        assert_eq!(other.post("/features/1/vote", &[("voice", "against")]).await.status, StatusCode::CONFLICT);
        assert_eq!(other.post("/features/1/arguments", &[("side", "for"), ("body", "Encore")]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(author.get("/features/1/edit").await.status, StatusCode::CONFLICT, "put back first");
        is_intact(&app).await;

        assert!(author.get("/features/1").await.text().contains("/features/1/restore"), "its author can put it back");
        assert_eq!(author.post("/features/1/restore", &[]).await.status, StatusCode::SEE_OTHER);
        let back = other.get("/features/1").await.text();
        assert!(back.contains("Un banc au soleil") && back.contains("2.34568") && back.contains("Nous le ferons."), "{back}");
        is_intact(&app).await;

        author.post("/features/1/withdraw", &[]).await;
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "une@ville.example", &[crate::civic::accounts::Role::Moderator]).await;
        let desk = moderator.get("/admin/moderation/1").await.text();
        assert!(desk.contains("Un banc au soleil") && desk.contains("tilleuls"), "a moderator always sees it: {desk}");
        let put_back = moderator.post("/admin/moderation/1", &[("act", "restore")]).await;
        assert_eq!(put_back.status, StatusCode::SEE_OTHER, "{}", put_back.text());
        assert!(other.get("/features/1").await.text().contains("Un banc au soleil"));
        is_intact(&app).await;
    }

    async fn what_nobody_else_wrote_of_goes_whole(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.post("/proposals", &form("Un banc", BODY, &[])).await;
        author.post("/features/1/vote", &[("voice", "for")]).await;
        author.post("/features/1/arguments", &[("side", "for"), ("body", "Mon avis")]).await;
        Client::new(&app).post("/features/1/vote", &[("voice", "for")]).await;
        author.post("/features/1/withdraw", &[]).await;
        assert_eq!(Client::new(&app).get("/features/1").await.status, StatusCode::NOT_FOUND);
        author.post("/features/1/restore", &[]).await;
        assert_eq!(Client::new(&app).get("/features/1").await.status, StatusCode::OK);
    }

    async fn what_was_answered_keeps_its_shell_when_its_author_erases_it(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.post("/proposals", &form("Un banc au soleil", BODY, &[])).await;
        answer(&app, FeatureId(1)).await;
        let mut write = app.begin().await.unwrap();
        features::erasure::empty(&mut write, FeatureId(1)).await.unwrap();
        app.commit(write).await.unwrap();
        let page = Client::new(&app).get("/features/1").await.text();
        assert!(page.contains("Nous le ferons.") && !page.contains("Un banc au soleil") && !page.contains("tilleuls"), "{page}");
        let (kept,): (i64,) = db
            .one("select count(*) from deposit where content like '%tilleuls%' or content like '%au soleil%'", ())
            .await
            .unwrap();
        assert_eq!(kept, 0, "nothing that it said is kept anywhere");
        is_intact(&app).await;
    }
}
