//! Notes, assignment and texts to answer with over HTTP in process, on both databases.

use crate::base::db::Sql as _;
use crate::base::ids::{FeatureId, ProcessId};
use crate::civic::accounts::{self, Account, Role};
use crate::core::app::App;
use crate::core::features::{self, NewFeature};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, harmless, on_both, proposal};
use axum::http::StatusCode;

async fn placed(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn agent(app: &App, email: &str) -> (Client, Account) {
    let mut client = Client::new(app);
    let account = client.sign_in(app, email, &[Role::Agent]).await;
    (client, account)
}

/// An agent of one process only.
async fn of_process(app: &App, email: &str, process: ProcessId) -> (Client, Account) {
    let mut client = Client::new(app);
    let account = client.sign_in(app, email, &[]).await;
    let mut write = app.begin().await.unwrap();
    accounts::store::grant(&mut write, account.id, Role::Agent, (Some(process), None), None).await.unwrap();
    app.commit(write).await.unwrap();
    (client, account)
}

async fn process(app: &App) -> ProcessId {
    let mut write = app.begin().await.unwrap();
    let id = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
    app.commit(write).await.unwrap();
    id
}

const NOTE: &str = "Vu avec la voirie: zwirbelnote";

on_both! {
    async fn colleagues_note_for_each_other_what_nobody_else_reads(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        let (mut paul, _) = agent(&app, "paul@ville.example").await;
        let head = crate::core::journal::after(&app.db, 0, 100).await.unwrap().len();
        let empty = anne.post("/admin/work/1/notes", &[("body", " \u{200b} ")]).await;
        assert_eq!(empty.status, StatusCode::BAD_REQUEST);
        assert!(empty.text().contains("Écrivez la note"), "{}", empty.text());
        let long = "x".repeat(2_001);
        let long = anne.post("/admin/work/1/notes", &[("body", &long)]).await;
        assert!(long.status == StatusCode::BAD_REQUEST && long.text().contains("xxx"), "what was typed stays");
        let sent = anne.post("/admin/work/1/notes", &[("body", NOTE), ("from", "page")]).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/features/1#work"), "{}", sent.text());
        for page in [paul.get("/features/1").await.text(), paul.get("/admin/work/1").await.text()] {
            assert!(page.contains("zwirbelnote") && page.contains("anne@ville.example"), "{page}");
            harmless(&page);
        }
        // Whose it is not changes nothing of it.
        for act in ["change", "take-back"] {
            assert_eq!(paul.post("/admin/work/1/notes/1", &[("act", act), ("body", "Non")]).await.status, StatusCode::NOT_FOUND);
        }
        anne.post("/admin/work/1/notes/1", &[("act", "change"), ("body", "Zwirbelnote, revue")]).await;
        assert!(paul.get("/admin/work/1").await.text().contains("Zwirbelnote, revue"));
        anne.post("/admin/work/1/notes/1", &[("act", "take-back")]).await;
        assert!(!paul.get("/admin/work/1").await.text().contains("Zwirbelnote"));
        let own = anne.get("/admin/work/1").await.text();
        assert!(own.contains("Vous avez retiré cette note") && !own.contains("Zwirbelnote"), "{own}");
        anne.post("/admin/work/1/notes/1", &[("act", "put-back")]).await;
        assert!(paul.get("/admin/work/1").await.text().contains("Zwirbelnote"));
        assert_eq!(crate::core::journal::after(&app.db, 0, 100).await.unwrap().len(), head, "no line tells of it");
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        for client in [&mut resident, &mut moderator] {
            assert!(!client.get("/features/1").await.text().contains("Zwirbelnote"));
            assert_eq!(client.get("/admin/work/1").await.status, StatusCode::FORBIDDEN);
            assert_eq!(client.post("/admin/work/1/notes", &[("body", "Moi aussi")]).await.status, StatusCode::FORBIDDEN);
        }
        for address in ["/features/1", "/list", "/export/features.csv", "/export/features.json", "/api/features/1", "/feed.atom", "/map"] {
            assert!(!Client::new(&app).get(address).await.text().contains("Zwirbelnote"), "{address}");
        }
        for nowhere in ["/admin/work/99", "/admin/work/x", "/admin/work/1-99", "/admin/work/answer:1"] {
            assert_eq!(anne.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
        }
    }

    async fn a_contribution_is_given_to_who_may_answer_it_and_listed_by_whose_it_is(db: Db) {
        let app = app(&db).await;
        let velo = process(&app).await;
        let mut new = proposal("Un banc", 2.35, 48.85);
        placed(&app, &new).await;
        (new.title, new.process) = ("Une piste".into(), Some(velo));
        placed(&app, &new).await;
        let (mut anne, anne_is) = agent(&app, "anne@ville.example").await;
        let (mut vera, vera_is) = of_process(&app, "vera@ville.example", velo).await;
        let to_vera = vera_is.id.to_string();
        // She answers for the other process only: it is said, and nothing changes.
        let refused = anne.post("/admin/work/1/assign", &[("to", &to_vera)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("ne peut pas répondre à cette contribution"), "{}", refused.text());
        for unknown in ["x", "0", "-1", "99999"] {
            assert_eq!(anne.post("/admin/work/1/assign", &[("to", unknown)]).await.status, StatusCode::BAD_REQUEST, "{unknown}");
        }
        assert_eq!(vera.post("/admin/work/1/assign", &[("to", "me")]).await.status, StatusCode::FORBIDDEN);
        assert!(anne.post("/admin/work/2/assign", &[("to", &to_vera)]).await.status.is_redirection());
        assert!(anne.post("/admin/work/1/assign", &[("to", "me"), ("from", "page")]).await.status.is_redirection());
        let page = anne.get("/features/1").await.text();
        assert!(page.contains("Suivie par") && !page.contains("Je m’en occupe"), "{page}");
        let mine = anne.get("/admin/answers?assigned=me").await.text();
        assert!(mine.contains("Un banc") && !mine.contains("Une piste"), "{mine}");
        let hers = vera.get("/admin/answers?assigned=me").await.text();
        assert!(hers.contains("Une piste") && hers.contains("vera@ville.example"), "{hers}");
        assert!(anne.get("/admin/answers?assigned=nobody").await.text().contains("Aucune contribution ne correspond"));
        // An answer from that list comes back to it.
        let form = [("feature", "1"), ("verdict", "noted"), ("body", "Merci."), ("authority", "La Ville"), ("query", "assigned=me")];
        let sent = anne.post("/admin/answers", &form).await;
        assert!(sent.header("location").starts_with("/admin/answers?assigned=me&done=1&undo=answer:"), "{}", sent.text());
        // Who lost the role looks after nothing any more.
        let (grant,): (i64,) = db.one("select id from role_grant where account_id = $1", (vera_is.id,)).await.unwrap();
        let mut write = app.begin().await.unwrap();
        accounts::people::revoke(&mut write, crate::base::ids::GrantId(grant)).await.unwrap();
        app.commit(write).await.unwrap();
        let nobodys = anne.get("/admin/answers?assigned=nobody").await.text();
        assert!(nobodys.contains("Une piste") && !nobodys.contains("Un banc"), "{nobodys}");
        anne.post("/admin/work/2/assign", &[("to", &anne_is.id.to_string())]).await;
        assert!(anne.get("/admin/answers?assigned=me").await.text().contains("Une piste"));
        anne.post("/admin/work/2/assign", &[("to", "")]).await;
        assert!(anne.get("/admin/work/2").await.text().contains("Personne ne suit encore"));
        let (one,): (i64,) = db.one("select count(*) from subject_assignment where subject_id = 2", ()).await.unwrap();
        assert_eq!(one, 2, "who looked after it before is known");
    }

    async fn what_was_noted_goes_with_its_contribution_s_author_and_after_two_years(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        assert!(lea.post("/proposals", &form).await.status.is_redirection());
        placed(&app, &proposal("Ailleurs", 2.36, 48.85)).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        for id in ["1", "2"] {
            anne.post(&format!("/admin/work/{id}/notes"), &[("body", NOTE)]).await;
            anne.post(&format!("/admin/work/{id}/assign"), &[("to", "me")]).await;
        }
        let erased = lea.post("/privacy/me/erase", &[("fate", "anonymous"), ("word", "effacer")]).await;
        assert_eq!(erased.status, StatusCode::OK, "{}", erased.text());
        let left: Vec<(i64,)> = db.all("select subject_id from subject_note", ()).await.unwrap();
        assert_eq!(left, [(2,)]);
        anne.post("/admin/work/2/assign", &[("to", "")]).await;
        let clear = async |days: i64| {
            let mut write = app.begin().await.unwrap();
            let now = crate::base::clock::now() + chrono::TimeDelta::days(days);
            let gone = crate::civic::work::clear(&mut write, now).await.unwrap();
            app.commit(write).await.unwrap();
            gone
        };
        assert_eq!(clear(729).await, 0);
        assert_eq!(clear(731).await, 2, "the note, and the assignment that ended");
        anne.post("/admin/work/2/notes", &[("body", NOTE)]).await;
        let (id,): (i64,) = db.one("select max(id) from subject_note", ()).await.unwrap();
        anne.post(&format!("/admin/work/2/notes/{id}"), &[("act", "take-back")]).await;
        assert_eq!(clear(29).await, 0);
        assert_eq!(clear(31).await, 1);
    }

    async fn a_text_to_answer_with_is_made_changed_removed_and_put_back(db: Db) {
        let app = app(&db).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        assert!(anne.get("/admin/replies").await.text().contains("Aucune réponse type"));
        let wrong = anne.post("/admin/replies", &[("name", "M"), ("body", ""), ("lang", "xx")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let page = wrong.text();
        assert!(page.contains("name-problem") && page.contains("body-problem") && page.contains("lang-problem"), "{page}");
        let form = [("name", "Merci"), ("body", "Merci (n° {reference}, {process})."), ("lang", "fr")];
        assert_eq!(anne.post("/admin/replies", &form).await.header("location"), "/admin/replies?done=made");
        let twice = anne.post("/admin/replies", &form).await;
        assert!(twice.status == StatusCode::BAD_REQUEST && twice.text().contains("porte déjà ce nom"), "{}", twice.text());
        let list = anne.get("/admin/replies?done=made").await.text();
        assert!(list.contains("Merci") && list.contains("français") && list.contains("enregistrée"), "{list}");
        harmless(&list);
        let saw = |version: &'static str, body: &'static str| [("name", "Merci"), ("body", body), ("lang", "fr"), ("version", version)];
        assert!(anne.post("/admin/replies/1", &saw("1", "Merci bien.")).await.status.is_redirection());
        let late = anne.post("/admin/replies/1", &saw("1", "Merci à vous.")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Merci à vous.") && late.text().contains("value=\"2\""), "{}", late.text());
        assert!(anne.post("/admin/replies/1/remove", &[]).await.status.is_redirection());
        assert_eq!(anne.post("/admin/replies/1/remove", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(anne.get("/admin/replies/1").await.status, StatusCode::NOT_FOUND);
        anne.post("/admin/replies", &form).await;
        let taken = anne.post("/admin/replies/1/put-back", &[]).await;
        assert!(taken.status == StatusCode::CONFLICT && taken.text().contains("porte déjà ce nom"), "{}", taken.text());
        anne.post("/admin/replies/2/remove", &[]).await;
        assert!(anne.post("/admin/replies/1/put-back", &[]).await.status.is_redirection());
        assert!(anne.get("/admin/replies/1").await.text().contains("Merci bien."));
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(resident.get("/admin/replies").await.status, StatusCode::FORBIDDEN);
        assert_eq!(resident.post("/admin/replies", &form).await.status, StatusCode::FORBIDDEN);
    }

    async fn a_text_is_put_into_an_answer_filled_in_for_one_and_for_many(db: Db) {
        let app = app(&db).await;
        let velo = process(&app).await;
        let mut new = proposal("Un {process}", 2.35, 48.85);
        new.process = Some(velo);
        placed(&app, &new).await;
        placed(&app, &proposal("Un banc", 2.36, 48.85)).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        anne.post("/admin/replies", &[("name", "Accueil"), ("body", "Dossier n° {reference}, {process} {autre}"), ("lang", "fr")]).await;
        for address in ["/admin/answers", "/admin/answers/1", "/features/1"] {
            assert!(anne.get(address).await.text().contains(">Accueil</option>"), "{address}");
        }
        assert!(!Client::new(&app).get("/features/1").await.text().contains("Accueil</option>"));
        // Without a script: the button comes back with the text filled in, behind what was typed.
        let one = anne.post("/admin/answers/1", &[("insert", "yes"), ("reply", "1"), ("body", "Bonjour,"), ("authority", "La Ville")]).await;
        let page = one.text();
        assert_eq!(one.status, StatusCode::OK);
        assert!(page.contains("Bonjour,\n\nDossier n° 1, Plan vélo {autre}"), "{page}");
        assert!(anne.post("/admin/answers/1", &[("insert", "yes"), ("reply", "9")]).await.text().contains("Choisissez une réponse type"));
        let form = [("feature", "1"), ("feature", "2"), ("authority", "La Ville"), ("verdict", "noted")];
        let insert: Vec<_> = form.iter().copied().chain([("insert", "yes"), ("reply", "1")]).collect();
        let page = anne.post("/admin/answers", &insert).await.text();
        assert!(page.contains("Dossier n° {reference}") && page.contains("Dossier n° 2"), "shown before it is published: {page}");
        let send: Vec<_> = form.iter().copied().chain([("body", "Dossier n° {reference}, {process}")]).collect();
        assert!(anne.post("/admin/answers", &send).await.status.is_redirection());
        let said: Vec<(String,)> = db.all("select body from answer order by feature_id", ()).await.unwrap();
        assert_eq!(said[0].0, "Dossier n° 1, Plan vélo");
        assert_eq!(said[1].0, format!("Dossier n° 2, {}", app.name()));
        let mut write = app.begin().await.unwrap();
        let named_long = features::vocabulary::ensure_process(&mut write, "Les mobilités douces de demain").await.unwrap();
        app.commit(write).await.unwrap();
        let mut third = proposal("Un arbre", 2.37, 48.85);
        third.process = Some(named_long);
        placed(&app, &third).await;
        let long = format!("{}{{process}}", "x".repeat(3_991));
        let long: Vec<_> = [("feature", "3"), ("authority", "La Ville"), ("verdict", "noted"), ("body", long.as_str())].to_vec();
        let refused = anne.post("/admin/answers", &long).await;
        assert!(refused.status == StatusCode::BAD_REQUEST && refused.text().contains("dépasse"), "{}", refused.text());
    }
}

async fn letters(app: &App) -> Vec<(String, String)> {
    app.db
        .all("select recipient, body from mail where subject like 'À traiter%' order by id", ())
        .await
        .unwrap()
}

/// Lets the time pass until a day and an hour of UTC, and tells whose turn it is.
async fn tell(app: &App, at: crate::base::clock::Timestamp) -> u64 {
    super::letters::run(app, at).await.unwrap()
}

async fn choose(
    client: &mut Client,
    pace: &str,
    from: &str,
    until: &str,
    substitute: &str,
) -> crate::server::testing::Answer {
    let form = [("pace", pace), ("from", from), ("until", until), ("substitute", substitute)];
    client.post("/admin/my-letters", &form).await
}

on_both! {
    async fn agents_are_told_what_arrived_where_they_act_when_they_chose(db: Db) {
        let app = app(&db).await;
        let velo = process(&app).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        let (mut vera, vera_is) = of_process(&app, "vera@ville.example", velo).await;
        let mut mod_ = Client::new(&app);
        mod_.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        placed(&app, &proposal("Avant", 2.35, 48.85)).await;
        let now = crate::base::clock::now();
        assert_eq!(tell(&app, now).await, 0, "from now on, not of all that ever was");
        for client in [&mut anne, &mut vera, &mut mod_] {
            assert!(choose(client, "now", "", "", "").await.status.is_redirection());
        }
        let soon = |minutes| crate::base::clock::now() + chrono::TimeDelta::minutes(minutes);
        assert_eq!(tell(&app, soon(1)).await, 0, "no empty letters");
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut new = proposal("Une piste", 2.35, 48.85);
        new.process = Some(velo);
        placed(&app, &new).await;
        Client::new(&app).post("/features/2/flag", &[("reason", "hateful"), ("body", "Zwirbel")]).await;
        assert_eq!(tell(&app, soon(2)).await, 3);
        let told = letters(&app).await;
        let of = |email: &str| told.iter().find(|(to, _)| to == email).map(|(_, body)| body.clone()).unwrap_or_default();
        let (to_anne, to_vera, to_mod) = (of("anne@ville.example"), of("vera@ville.example"), of("mod@ville.example"));
        assert!(to_anne.contains("2 nouvelles contributions") && to_anne.contains("- Un banc") && !to_anne.contains("Avant") && !to_anne.contains("signalement"), "{to_anne}");
        assert!(to_vera.contains("1 nouvelle contribution") && to_vera.contains("Une piste") && !to_vera.contains("Un banc"), "{to_vera}");
        assert!(to_mod.contains("1 signalement") && !to_mod.contains("contribution") && !to_mod.contains("Zwirbel"), "{to_mod}");
        assert_eq!(tell(&app, soon(3)).await, 0, "each thing once");
        // Late after sixty days, and told once.
        db.run("update feature set created_at = $1", (now + chrono::TimeDelta::minutes(3),)).await.unwrap();
        assert_eq!(tell(&app, soon(61 * 24 * 60)).await, 2);
        let late = letters(&app).await;
        assert!(late[3].1.contains("contributions attendent une réponse depuis plus longtemps que promis"), "{late:?}");
        // A role lost is a letter less.
        let (grant,): (i64,) = db.one("select id from role_grant where account_id = $1", (vera_is.id,)).await.unwrap();
        let mut write = app.begin().await.unwrap();
        accounts::people::revoke(&mut write, crate::base::ids::GrantId(grant)).await.unwrap();
        app.commit(write).await.unwrap();
        choose(&mut anne, "never", "", "", "").await;
        db.run("update work_letters set told_until = $1", (now,)).await.unwrap();
        placed(&app, &new).await;
        assert_eq!(tell(&app, soon(4)).await, 1, "the moderator alone, of the flag");
        assert_eq!(vera.get("/admin/my-letters").await.status, StatusCode::FORBIDDEN);
    }

    async fn a_digest_comes_in_the_morning_and_who_stands_in_is_told_of_what_both_look_after(db: Db) {
        let app = app(&db).await;
        let velo = process(&app).await;
        let (mut anne, anne_is) = agent(&app, "anne@ville.example").await;
        let (mut vera, vera_is) = of_process(&app, "vera@ville.example", velo).await;
        let at = |days: i64, hour: u32| {
            let day = (crate::base::clock::now() + chrono::TimeDelta::days(days)).date_naive();
            day.and_hms_opt(hour, 0, 0).unwrap().and_utc()
        };
        choose(&mut anne, "daily", "", "", "").await;
        choose(&mut vera, "never", "", "", "").await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut new = proposal("Une piste", 2.35, 48.85);
        new.process = Some(velo);
        placed(&app, &new).await;
        assert_eq!(tell(&app, at(1, 2)).await, 0, "not in the night");
        assert_eq!(tell(&app, at(1, 10)).await, 1);
        assert_eq!(tell(&app, at(1, 11)).await, 0, "once a morning");
        assert_eq!(tell(&app, at(2, 10)).await, 0, "no empty digest");
        // Away: Vera is told of what both look after; without her, nobody, until Anne is back.
        let day = |days: i64| at(days, 10).date_naive().to_string();
        db.run("update work_letters set told_until = $1", (at(-1, 0),)).await.unwrap();
        let refused = choose(&mut anne, "daily", &day(5), &day(3), "0").await;
        let page = refused.text();
        assert!(refused.status == StatusCode::BAD_REQUEST && page.contains("from-problem") && page.contains("substitute-problem"), "{page}");
        for (from, until) in [("demain", "demain"), ("2026-02-31", "2026-03-01"), ("2026-03-01", "")] {
            assert_eq!(choose(&mut anne, "daily", from, until, "").await.status, StatusCode::BAD_REQUEST, "{from} {until}");
        }
        assert_eq!(choose(&mut anne, "hourly", "", "", &anne_is.id.to_string()).await.status, StatusCode::BAD_REQUEST);
        let stands_in = vera_is.id.to_string();
        assert!(choose(&mut anne, "daily", &day(0), &day(4), &stands_in).await.status.is_redirection());
        harmless(&anne.get("/admin/my-letters?done=yes").await.text());
        assert!(vera.get("/admin/my-letters").await.text().contains("Vous remplacez anne@ville.example"));
        assert_eq!(tell(&app, at(3, 10)).await, 1);
        let (to, body) = letters(&app).await.pop().unwrap();
        assert_eq!(to, "vera@ville.example");
        assert!(body.contains("à la place de anne@ville.example") && body.contains("Une piste") && !body.contains("Un banc"), "{body}");
        db.run("update work_letters set told_until = $1", (at(-1, 0),)).await.unwrap();
        choose(&mut anne, "daily", &day(0), &day(4), "").await;
        assert_eq!(tell(&app, at(4, 10)).await, 0, "kept until she is back");
        assert_eq!(tell(&app, at(5, 10)).await, 1);
        assert!(letters(&app).await.pop().unwrap().1.contains("Un banc"));
    }

    async fn what_nobody_who_stands_in_looks_after_is_told_to_who_is_back(db: Db) {
        let app = app(&db).await;
        let velo = process(&app).await;
        let (mut anne, _) = agent(&app, "anne@ville.example").await;
        let (mut vera, vera_is) = of_process(&app, "vera@ville.example", velo).await;
        let at = |days: i64| {
            let day = (crate::base::clock::now() + chrono::TimeDelta::days(days)).date_naive();
            day.and_hms_opt(10, 0, 0).unwrap().and_utc()
        };
        choose(&mut vera, "never", "", "", "").await;
        let day = |days: i64| at(days).date_naive().to_string();
        choose(&mut anne, "daily", &day(0), &day(3), &vera_is.id.to_string()).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut new = proposal("Une piste", 2.35, 48.85);
        new.process = Some(velo);
        placed(&app, &new).await;
        assert_eq!(tell(&app, at(1)).await, 1);
        assert_eq!((tell(&app, at(1)).await, tell(&app, at(2)).await, tell(&app, at(3)).await), (0, 0, 0), "each thing once");
        assert_eq!(letters(&app).await.pop().unwrap().0, "vera@ville.example");
        assert_eq!(tell(&app, at(4)).await, 1);
        let (to, body) = letters(&app).await.pop().unwrap();
        assert_eq!(to, "anne@ville.example");
        assert!(body.contains("Un banc") && body.contains("Une piste"), "{body}");
        assert_eq!(tell(&app, at(5)).await, 0);
    }
}
