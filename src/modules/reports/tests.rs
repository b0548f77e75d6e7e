//! Reports, over HTTP in process, on both databases: from a category to what somebody says of its end.

mod people;

use super::clock::{Target, Unit};
use super::model::{EndReason, Report, ServiceId};
use super::treating::{self, Said};
use super::{CATALOGUE_CHANGED, store};
use crate::base::clock::Timestamp;
use crate::base::db::{Db, Sql};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{Status, merges};
use crate::core::territory;
use crate::server::testing::{Client, app, on_both, square};
use axum::http::StatusCode;
use chrono::TimeDelta;

/// A page as it reads, whatever spaces it has.
fn plain(answer: &crate::server::testing::Answer) -> String {
    answer.text().replace(['\u{a0}', '\u{202f}'], " ")
}

/// A catalogue: roads and lights under two services, one of them outside in the west, and thanks; a fallback for everything.
pub(super) async fn catalogue(app: &App) {
    let mut write = app.begin().await.unwrap();
    territory::store::upsert(&mut write, &square("Ouest", 2.0, 48.0, 0.5)).await.unwrap();
    territory::store::upsert(&mut write, &square("Est", 2.5, 48.0, 0.5)).await.unwrap();
    for (slug, name, is_outside) in
        [("voirie", "Voirie", false), ("departement", "Département", true), ("accueil", "Accueil", false)]
    {
        write
            .tx()
            .run(
                "insert into report_service (slug, name, is_outside, email, contact) values ($1, $2, $3, '', '')",
                (slug, name, is_outside),
            )
            .await
            .unwrap();
    }
    let add = "insert into report_category (parent_id, slug, label, keywords, sort, questions, target_n, target_unit, duplicate_metres,
                                            duplicate_days, checks_photos, danger, color, position)
               values ($1, $2, $3, $4, $5, $6, $7, $8, 50, 30, $9, '', '#0072b2', $10)";
    let questions = r#"[{"code":"size","label":"Quelle taille ?","datatype":"singlevaluelist","is_required":true,"values":[["s","Une main"],["l","Un pneu"]]}]"#;
    for (parent, slug, label, keywords, sort, questions, target, position) in [
        (None, "chaussee", "Chaussée", "rue route", "problem", "[]", Some(10i64), 1i64),
        (Some(1i64), "nid-de-poule", "Nid-de-poule", "trou", "problem", questions, Some(3), 1),
        (Some(1), "marquage", "Marquage effacé", "peinture", "problem", "[]", None, 2),
        (None, "merci", "Dire merci", "", "thanks", "[]", None, 9),
    ] {
        let unit = target.map(|_| Unit::WorkingDays);
        write
            .tx()
            .run(add, (parent, slug, label, keywords, sort, questions, target, unit, false, position))
            .await
            .unwrap();
    }
    let rule = "insert into report_rule (category_id, area_id, is_of_area, service_id, from_at) values ($1, $2, $3, $4, $5)";
    let at = write.at();
    for (category, area, service) in
        [(None::<i64>, None::<i64>, 3i64), (Some(1), None, 1), (Some(1), Some(1), 2)]
    {
        write.tx().run(rule, (category, area, area.is_some(), service, at)).await.unwrap();
    }
    write.record_subject(CATALOGUE_CHANGED, "test");
    app.commit(write).await.unwrap();
}

/// Sends a pothole in the east, and gives its number.
pub(super) async fn pothole(author: &mut Client, more: &[(&str, &str)]) -> FeatureId {
    let mut form = vec![
        ("category", "nid-de-poule"),
        ("lon", "2.7"),
        ("lat", "48.2"),
        ("answer-size", "l"),
        ("body", "Devant l’école"),
    ];
    form.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    form.extend_from_slice(more);
    let sent = author.post("/reports", &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    sent.header("location").trim_start_matches("/features/").parse().unwrap()
}

async fn of(app: &App, id: FeatureId) -> Report {
    store::find(&app.db, id).await.unwrap().unwrap()
}

/// An agent says something of it.
async fn treat(app: &App, id: FeatureId, status: Status, reason: Option<EndReason>) {
    let mut write = app.begin().await.unwrap();
    let mut report = store::lock(&mut write, id).await.unwrap();
    treating::set_status(app, &mut write, &mut report, (status, reason), Said { by: None, note: "Fait." })
        .await
        .unwrap();
    app.commit(write).await.unwrap();
}

async fn counted(app: &App, query: &str) -> u64 {
    let (filter, _) = Filter::of_query(query, &[]).unwrap();
    app.atlas.total(&filter).unwrap()
}

async fn set(db: &Db, sql: &'static str) {
    let mut tx = db.begin().await.unwrap();
    tx.run(sql, ()).await.unwrap();
    tx.commit().await.unwrap();
}

on_both! {
    async fn whom_it_goes_to_and_by_when_is_said_before_it_is_sent(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut client = Client::new(&app);
        let choose = plain(&client.get("/reports/new").await);
        assert!(choose.contains("Nid-de-poule") && choose.contains("category=nid-de-poule") && choose.contains("Dire merci"), "{choose}");
        assert!(!choose.contains("category=chaussee"), "a type with categories below it is none itself");
        let found = plain(&client.get("/reports/new?q=les%20trous").await);
        assert!(found.contains("Catégories trouvées"), "by another word for it: {found}");
        let form = plain(&client.get("/reports/new?category=nid-de-poule&lon=2.7&lat=48.2").await);
        assert!(form.contains("Ce signalement ira à : Voirie ; délai annoncé : 3 jours ouvrés."), "{form}");
        let there = plain(&client.get("/reports/there?category=nid-de-poule&lon=2.2&lat=48.2").await);
        assert!(there.contains("Département") && there.contains("extérieur"), "{there}");
        let preview = [("step", "preview"), ("category", "marquage"), ("lon", "2.7"), ("lat", "48.2")];
        let preview = plain(&client.post("/reports", &preview).await);
        assert!(preview.contains("Voirie ; délai annoncé : 10 jours ouvrés"), "its type’s delay: {preview}");
        let thanks = plain(&client.get("/reports/there?category=merci&lon=2.7&lat=48.2").await);
        assert!(thanks.contains("ira à : Accueil.") && !thanks.contains("délai"), "{thanks}");
    }

    async fn near_the_border_of_two_services_it_is_asked_whose_it_is(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut client = Client::new(&app);
        // 7 m west of the border.
        let place = [("lon", "2.4999"), ("lat", "48.2")];
        let there = plain(&client.get("/reports/there?category=marquage&lon=2.4999&lat=48.2").await);
        assert!(there.contains("limite de deux secteurs") && there.contains("value=\"voirie\"") && there.contains("value=\"departement\""), "{there}");
        let chosen = [("category", "marquage"), ("service", "voirie"), place[0], place[1]];
        let id: FeatureId = client.post("/reports", &chosen).await.header("location").trim_start_matches("/features/").parse().unwrap();
        assert_eq!(of(&app, id).await.service, Some(ServiceId(1)), "whoever reports says on which side it is");
        let unasked = [("category", "marquage"), ("service", "accueil"), place[0], place[1]];
        let id: FeatureId = client.post("/reports", &unasked).await.header("location").trim_start_matches("/features/").parse().unwrap();
        assert_eq!(of(&app, id).await.service, Some(ServiceId(2)), "and chooses nobody else");
    }

    async fn what_is_wrong_with_a_report_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut client = Client::new(&app);
        let place = [("lon", "2.7"), ("lat", "48.2")];
        for (form, says) in [
            (vec![("category", "nid-de-poule"), place[0], place[1]], "Répondez à cette question"),
            (vec![("category", "nid-de-poule"), ("answer-size", "xl"), place[0], place[1]], "Choisissez parmi"),
            (vec![("category", "nid-de-poule"), ("answer-size", "s")], "Dites où"),
            (vec![("category", "nid-de-poule"), ("answer-size", "s"), ("lon", "5"), ("lat", "48.2")], "hors du territoire"),
        ] {
            let mut form = form;
            form.push(("body", "Mon texte < précieux"));
            let answer = client.post("/reports", &form).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}");
            let page = answer.text();
            assert!(page.contains(says) && page.contains("Mon texte &#60; précieux"), "{form:?}: {page}");
        }
        for gone in ["chaussee", "", "nowhere"] {
            let answer = client.post("/reports", &[("category", gone), place[0], place[1]]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            assert!(answer.text().contains("n’existe pas ou plus"), "{gone}");
        }
    }

    async fn a_report_is_filed_for_the_map_and_nobody_votes_against_it(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let report = of(&app, id).await;
        assert_eq!((report.status, report.target), (Status::OPEN, Target::new(3, Unit::WorkingDays)));
        assert!(report.due_at.is_some_and(|due| due > report.received_at));
        for (query, count) in [("category=nid-de-poule", 1), ("service=voirie", 1), ("clock=running", 1), ("clock=overdue", 0), ("service=accueil", 0)] {
            assert_eq!(counted(&app, query).await, count, "{query}");
        }
        let page = plain(&other.get(&format!("/features/{id}")).await);
        assert!(page.contains("Réponse attendue au plus tard le") && page.contains("Un pneu") && page.contains("Confié à : Voirie"), "{page}");
        let vote = format!("/features/{id}/vote");
        assert_eq!(other.post(&vote, &[("voice", "for")]).await.status, StatusCode::SEE_OTHER);
        assert!(other.post(&vote, &[("voice", "against")]).await.status.is_client_error(), "there is nothing to be against");
        let known = plain(&other.get("/reports/there?category=marquage&lon=2.7001&lat=48.2").await);
        assert!(known.contains("Déjà signalé tout près") && known.contains("1 personne l’a vu aussi"), "of the same type: {known}");
        let far = plain(&other.get("/reports/there?category=marquage&lon=2.71&lat=48.2").await);
        assert!(far.contains("Rien de semblable"), "{far}");
    }

    async fn who_sees_it_too_supports_it_with_one_tap(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let account = other.sign_in(&app, "lea@mail.example", &[]).await;
        for _ in 0..2 {
            let said = other.post(&format!("/reports/{id}/support"), &[]).await;
            assert_eq!(said.header("location"), format!("/features/{id}#follow"));
        }
        assert_eq!(crate::core::features::store::find(&db, id).await.unwrap().votes_for, 1);
        assert!(crate::civic::contributions::follows::is_following(&db, id, account.id).await.unwrap());
        assert_eq!(other.post("/reports/999/support", &[]).await.status, StatusCode::NOT_FOUND);
    }

    async fn overdue_turns_by_a_line_of_the_journal(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let id = pothole(&mut Client::new(&app), &[]).await;
        let now = crate::base::clock::now();
        assert_eq!(treating::tell_overdue(&app, now).await.unwrap(), 0, "its time is not over");
        let later = now + TimeDelta::days(30);
        assert_eq!(treating::tell_overdue(&app, later).await.unwrap(), 1);
        assert_eq!(treating::tell_overdue(&app, later).await.unwrap(), 0, "told once");
        assert_eq!((counted(&app, "clock=overdue").await, counted(&app, "clock=running").await), (1, 0));
        treat(&app, id, Status::DONE, None).await;
        assert_eq!(counted(&app, "clock=overdue").await, 0);
        let checked = crate::modules::register::verify(&db, |_, _| {}).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }

    async fn an_end_without_a_repair_says_why_and_is_never_counted_as_one(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (one, other) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.8")]).await);
        let mut write = app.begin().await.unwrap();
        let mut report = store::lock(&mut write, one).await.unwrap();
        let unsaid = treating::set_status(&app, &mut write, &mut report, (Status::CLOSED, None), Said::default()).await;
        assert!(unsaid.is_err(), "a reason is required");
        drop(write);
        treat(&app, one, Status::CLOSED, Some(EndReason::NotFound)).await;
        treat(&app, other, Status::DONE, None).await;
        assert_eq!((counted(&app, "status=closed").await, counted(&app, "status=done").await), (1, 1));
        assert_eq!(counted(&app, "clock=in_time").await, 2);
        let page = plain(&author.get(&format!("/features/{one}")).await);
        assert!(page.contains("Clos sans réparation : Rien n’a été trouvé à cet endroit") && !page.contains("Réparé"), "{page}");
    }

    async fn a_clock_that_stands_still_is_due_later_by_as_long(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let id = pothole(&mut Client::new(&app), &[]).await;
        set(&db, "update report set target_n = 48, target_unit = 'hours'").await;
        let due: Timestamp = of(&app, id).await.received_at + TimeDelta::hours(48);
        let mut write = app.begin().await.unwrap();
        let mut report = store::lock(&mut write, id).await.unwrap();
        treating::pause(&mut write, &mut report, crate::modules::reports::model::PauseReason::Author, Said::default()).await.unwrap();
        assert!(treating::pause(&mut write, &mut report, crate::modules::reports::model::PauseReason::Works, Said::default()).await.is_err(), "it stands already");
        app.commit(write).await.unwrap();
        assert_eq!((of(&app, id).await.due_at, counted(&app, "clock=paused").await), (None, 1));
        let mut write = crate::core::journal::Write::begin(&db, crate::base::clock::now() + TimeDelta::hours(10)).await.unwrap();
        let mut report = store::lock(&mut write, id).await.unwrap();
        treating::resume(&app, &mut write, &mut report, Said::default()).await.unwrap();
        write.commit().await.unwrap();
        let moved = of(&app, id).await.due_at.unwrap() - due;
        assert!(moved >= TimeDelta::hours(10) && moved < TimeDelta::hours(11), "{moved}");
    }

    async fn who_made_it_opens_it_again_and_its_clock_begins_anew(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut stranger) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let reopen = format!("/reports/{id}/reopen");
        assert_eq!(author.post(&reopen, &[("note", "Toujours là")]).await.status, StatusCode::CONFLICT, "it is open");
        treat(&app, id, Status::DONE, None).await;
        assert_eq!(stranger.post(&reopen, &[("note", "Toujours là")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(author.post(&reopen, &[("note", " ")]).await.status, StatusCode::BAD_REQUEST, "what is wrong is said");
        let again = author.post(&reopen, &[("note", "Le trou est toujours là")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        let report = of(&app, id).await;
        assert_eq!((report.status, report.reopened_count, report.ended_at), (Status::OPEN, 1, None));
        let page = plain(&stranger.get(&format!("/features/{id}")).await);
        assert!(page.contains("Le trou est toujours là") && page.contains("ce n’est pas réparé"), "{page}");
        treat(&app, id, Status::DONE, None).await;
        set(&db, "update report set ended_at = '2020-01-01T00:00:00.000000Z'").await;
        let late = author.post(&reopen, &[("note", "Toujours là")]).await;
        assert!(late.status == StatusCode::CONFLICT && late.text().contains("plus de 30 jours"), "{}", late.text());
    }

    async fn a_supporter_with_an_account_opens_it_again_and_one_without_does_not(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut known, mut unknown) = (Client::new(&app), Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        known.sign_in(&app, "lea@mail.example", &[]).await;
        for client in [&mut known, &mut unknown] {
            client.post(&format!("/reports/{id}/support"), &[]).await;
        }
        treat(&app, id, Status::CLOSED, Some(EndReason::Cannot)).await;
        let reopen = format!("/reports/{id}/reopen");
        assert_eq!(unknown.post(&reopen, &[("note", "Toujours là")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(known.post(&reopen, &[("note", "Toujours là")]).await.status, StatusCode::SEE_OTHER);
    }

    async fn who_made_it_says_once_whether_it_is_repaired_and_that_opens_nothing(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut stranger) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let rate = format!("/reports/{id}/rate");
        assert_eq!(author.post(&rate, &[("outcome", "fixed")]).await.status, StatusCode::CONFLICT);
        treat(&app, id, Status::DONE, None).await;
        assert_eq!(stranger.post(&rate, &[("outcome", "fixed")]).await.status, StatusCode::FORBIDDEN);
        for bad in [vec![], vec![("outcome", "great")], vec![("outcome", "not"), ("grade", "9")]] {
            assert_eq!(author.post(&rate, &bad).await.status, StatusCode::BAD_REQUEST, "{bad:?}");
        }
        for (outcome, grade) in [("not", "1"), ("partly", "3")] {
            assert_eq!(author.post(&rate, &[("outcome", outcome), ("grade", grade)]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(store::rating(&db, id).await.unwrap().map(|(outcome, grade)| (outcome.word(), grade)), Some(("partly", Some(3))));
        assert_eq!(of(&app, id).await.status, Status::DONE, "no state changes without an act of its own");
        let key = app.key_to(&crate::modules::reports::letters::after_key(id));
        let page = stranger.get(&format!("/reports/{id}/after?key={key}")).await;
        assert!(page.status.is_success() && page.text().contains("Est-ce réparé"), "by the letter’s link");
    }

    async fn its_author_changes_it_until_the_service_begins(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut stranger) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let edit = format!("/reports/{id}/edit");
        let led = author.get(&format!("/features/{id}/edit")).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, format!("{edit}?key=").as_str()));
        assert!(plain(&author.get(&edit).await).contains("Devant l’école"));
        assert_eq!(stranger.get(&edit).await.status, StatusCode::FORBIDDEN);
        let form = [("category", "marquage"), ("lon", "2.2"), ("lat", "48.2"), ("body", "Un passage piéton")];
        let changed = author.post(&edit, &form).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
        let page = plain(&stranger.get(&format!("/features/{id}")).await);
        assert!(page.contains("Marquage effacé") && page.contains("Un passage piéton") && page.contains("Confié à : Département"), "{page}");
        assert_eq!(counted(&app, "category=marquage&service=departement").await, 1, "the rules ran again");
        treat(&app, id, Status::IN_PROGRESS, None).await;
        assert_eq!(author.post(&edit, &form).await.status, StatusCode::CONFLICT);
    }

    async fn what_others_support_is_not_made_into_something_else(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let edit = format!("/reports/{id}/edit");
        let base = [("category", "nid-de-poule"), ("lon", "2.7"), ("lat", "48.2"), ("answer-size", "l"), ("body", "Devant l’école")];
        let with = |name: &'static str, value: &'static str| base.map(|field| if field.0 == name { (name, value) } else { field });
        assert_eq!(author.post(&edit, &with("body", "Devant l’école, au milieu de la chaussée")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(author.post(&edit, &base).await.status, StatusCode::SEE_OTHER);
        other.post(&format!("/reports/{id}/support"), &[]).await;
        for change in [with("category", "marquage"), with("lon", "2.71"), with("body", "Un tout autre sujet")] {
            let refused = author.post(&edit, &change).await;
            assert!(refused.status == StatusCode::CONFLICT && plain(&refused).contains("D’autres soutiennent"), "{change:?}: {}", refused.text());
        }
        assert_eq!(author.post(&edit, &with("body", "Devant l’École")).await.status, StatusCode::SEE_OTHER, "a letter may");
    }

    async fn what_was_taken_back_or_erased_is_not_written_on_by_its_link(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let form = [("category", "nid-de-poule"), ("lon", "2.7"), ("lat", "48.2"), ("answer-size", "l"), ("body", "Devant l’école")];
        let id = pothole(&mut author, &[]).await;
        let shell = pothole(&mut author, &[("lon", "2.71")]).await;
        other.post(&format!("/features/{shell}/arguments"), &[("side", "for"), ("body", "Très dangereux à vélo")]).await;
        for id in [id, shell] {
            assert_eq!(author.post(&format!("/features/{id}/withdraw"), &[]).await.status, StatusCode::OK);
            let key = app.key_to(&crate::core::features::edit_key(id));
            let with_key = [&form[..], &[("key", key.as_str())]].concat();
            for client in [&mut author, &mut other] {
                let refused = client.post(&format!("/reports/{id}/edit"), &with_key).await;
                assert!(refused.status == StatusCode::CONFLICT && plain(&refused).contains("Remettez-le d’abord"), "{}", refused.text());
                assert_eq!(client.get(&format!("/reports/{id}/edit?key={key}")).await.status, StatusCode::CONFLICT);
            }
            assert_eq!(author.post(&format!("/features/{id}/restore"), &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(author.post(&format!("/reports/{id}/edit"), &form).await.status, StatusCode::SEE_OTHER, "put back, it is changed");
        set(&db, "update feature set held = 'erased', author = null").await;
        let key = app.key_to(&crate::core::features::edit_key(id));
        let with_key = [&form[..], &[("key", key.as_str())]].concat();
        assert_eq!(other.post(&format!("/reports/{id}/edit"), &with_key).await.status, StatusCode::NOT_FOUND);
    }

    async fn of_what_was_taken_back_nobody_says_that_it_is_not_repaired(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut known) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        known.sign_in(&app, "lea@mail.example", &[]).await;
        known.post(&format!("/reports/{id}/support"), &[]).await;
        known.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Très dangereux à vélo")]).await;
        treat(&app, id, Status::DONE, None).await;
        assert_eq!(author.post(&format!("/features/{id}/withdraw"), &[]).await.status, StatusCode::OK);
        for (act, field) in [("reopen", ("note", "Toujours là")), ("rate", ("outcome", "not"))] {
            for client in [&mut author, &mut known] {
                let refused = client.post(&format!("/reports/{id}/{act}"), &[field]).await;
                assert_eq!(refused.status, StatusCode::CONFLICT, "{act}: {}", refused.text());
            }
        }
        assert_eq!(known.post(&format!("/reports/{id}/support"), &[]).await.status, StatusCode::CONFLICT);
        assert_eq!(of(&app, id).await.status, Status::DONE);
        set(&db, "update feature set held = 'hidden', withdrawn_at = null").await;
        assert_eq!(author.post(&format!("/reports/{id}/reopen"), &[("note", "Toujours là")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn who_erases_what_they_reported_erases_what_they_typed_to_open_it_again(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        other.post(&format!("/reports/{id}/support"), &[]).await;
        other.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Très dangereux à vélo")]).await;
        treat(&app, id, Status::DONE, None).await;
        let again = author.post(&format!("/reports/{id}/reopen"), &[("note", "Appelez Léa Martin")]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        let erased = author.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await;
        assert_eq!(erased.status, StatusCode::OK, "{}", erased.text());
        let kept = store::history(&db, id).await.unwrap();
        assert!(!kept.is_empty() && kept.iter().all(|line| !line.note.contains("Martin")), "{kept:?}");
        let page = other.get(&format!("/features/{id}")).await.text();
        assert!(!page.contains("Martin"), "{page}");
        let checked = crate::modules::register::verify(&db, |_, _| {}).await.unwrap();
        assert_eq!(checked.findings, []);
    }

    async fn doubles_that_are_merged_keep_who_supports_them_once(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let (one, double) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.7001")]).await);
        for id in [one, double] {
            other.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await;
        }
        Client::new(&app).post(&format!("/features/{double}/vote"), &[("voice", "for")]).await;
        let mut write = app.begin().await.unwrap();
        merges::merge(&mut write, double, one).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(crate::core::features::store::find(&db, one).await.unwrap().votes_for, 2, "each person once");
    }
}

on_both! {
    async fn a_photo_of_a_category_that_says_so_is_looked_at_before_it_is_shown(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let pixels = image::RgbImage::from_pixel(60, 40, image::Rgb([9, 9, 9]));
        let mut file = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
        let form = [("category", "nid-de-poule"), ("lon", "2.7"), ("lat", "48.2"), ("answer-size", "l"), ("step", "publish")];
        let send = async |author: &mut Client| {
            let sent = author.upload("/reports", &form, &[("photo", "a.jpg", file.get_ref())]).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
            sent.header("location").to_owned()
        };
        let shown = send(&mut author).await;
        assert!(Client::new(&app).get(&shown).await.text().contains("/photos/"));
        set(&db, "update report_category set checks_photos = not checks_photos where slug = 'nid-de-poule'").await;
        let mut write = app.begin().await.unwrap();
        write.record_subject(CATALOGUE_CHANGED, "test");
        app.commit(write).await.unwrap();
        let new = author.get("/reports/new?category=nid-de-poule").await.text();
        assert!(new.contains("Photo vérifiée avant publication"), "{new}");
        let held = send(&mut author).await;
        let page = Client::new(&app).get(&held).await.text();
        assert!(!page.contains("/large.jpg") && page.contains("vérifiée avant publication"), "{page}");
    }
}
