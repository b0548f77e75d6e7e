//! What residents say of a report and where: in a process, beside it, and what goes with them when they erase themselves.

use super::{catalogue, counted, of, plain, pothole, set, treat};
use crate::base::db::Sql;
use crate::base::error::Error;
use crate::base::ids::FeatureId;
use crate::civic::processes::tests::{phase, process};
use crate::civic::processes::{Action, Moderation, Settings};
use crate::core::features::{Hold, Status};
use crate::core::journal::Act;
use crate::modules::reports::model::{CategoryId, EndReason, PauseReason, ServiceId};
use crate::modules::reports::treating::{self, Said};
use crate::modules::reports::{REPORT, store};
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

on_both! {
    async fn who_erases_themselves_erases_what_they_typed_to_open_anothers_report_again(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut gone, mut unnamed) = (Client::new(&app), Client::new(&app), Client::new(&app));
        gone.sign_in(&app, "lea@mail.example", &[]).await;
        unnamed.sign_in(&app, "ali@mail.example", &[]).await;
        let id = pothole(&mut author, &[]).await;
        for (client, note) in [(&mut gone, "Appelez Léa Martin"), (&mut unnamed, "Toujours là, dit Ali")] {
            client.post(&format!("/reports/{id}/support"), &[]).await;
            treat(&app, id, Status::DONE, None).await;
            let again = client.post(&format!("/reports/{id}/reopen"), &[("note", note)]).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        }
        for (client, fate) in [(&mut gone, "gone"), (&mut unnamed, "anonymous")] {
            let erased = client.post("/privacy/me/erase", &[("fate", fate), ("word", "effacer")]).await;
            assert_eq!(erased.status, StatusCode::OK, "{}", erased.text());
        }
        let page = author.get(&format!("/features/{id}")).await.text();
        assert!(!page.contains("Martin") && page.contains("dit Ali"), "what one said stays, and is nobody’s: {page}");
        let (tied,): (i64,) = (&db).one("select count(*) from report_reopening", ()).await.unwrap();
        let (letters,): (i64,) = (&db).one("select count(*) from mail where body like '%Martin%'", ()).await.unwrap();
        assert_eq!((tied, letters), (0, 0));
        assert_eq!(of(&app, id).await.reopened_count, 2, "that it was opened again is history");
        let checked = crate::modules::register::verify(&db, |_, _| {}).await.unwrap();
        assert_eq!(checked.findings, []);
    }

    async fn what_people_know_is_added_to_a_report_and_nobody_argues_against_it(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        let say = format!("/features/{id}/arguments");
        let against = other.post(&say, &[("side", "against"), ("body", "C’est joli")]).await;
        assert!(against.status == StatusCode::BAD_REQUEST && plain(&against).contains("personne n’est contre"), "{}", against.text());
        assert!(other.post(&say, &[("side", "for"), ("body", "Il se remplit d’eau")]).await.status.is_redirection());
        let page = plain(&author.get(&format!("/features/{id}")).await);
        assert!(page.contains("Précisions") && page.contains("Il se remplit d’eau") && page.contains("Ajouter une précision"), "{page}");
        assert!(!page.contains("Donner un argument") && !page.contains("argued-against"), "{page}");
        // What was said against one before stays to be read.
        set(&db, "update argument set side = 'against'").await;
        let page = plain(&author.get(&format!("/features/{id}")).await);
        assert!(page.contains("argued-against") && !page.contains("argue-against"), "{page}");
    }

    async fn a_report_is_made_in_a_process_that_collects_reports_and_in_no_other(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let settings = |acts: &[Action], from, until| Settings { phases: vec![phase("tour", from, until, acts)], ..Settings::default() };
        let (_, cycling) = process(&app, "Plan vélo", &settings(&[REPORT], -1, 1)).await;
        let (_, ideas) = process(&app, "Boîte à idées", &settings(&[Action::PROPOSE], -1, 1)).await;
        let (_, over) = process(&app, "Anciens points noirs", &settings(&[REPORT], -9, -8)).await;
        let mut author = Client::new(&app);
        let way = plain(&author.get(&format!("/processes/{cycling}")).await);
        assert!(way.contains(&format!("/reports/new?process={cycling}")) && way.contains("Signaler un problème"), "{way}");
        let other = plain(&author.get(&format!("/processes/{ideas}")).await);
        assert!(!other.contains("Signaler un problème") || !other.contains("process={ideas}"), "{other}");
        // From the category to the page of the report.
        let choose = author.get(&format!("/reports/new?process={cycling}")).await.text();
        assert!(choose.contains("Plan vélo") && choose.contains(&format!("process={cycling}")), "{choose}");
        let form = author.get(&format!("/reports/new?category=nid-de-poule&process={cycling}")).await.text();
        assert!(form.contains(&format!("name=\"process\" value=\"{cycling}\"")), "{form}");
        let id = pothole(&mut author, &[("process", &cycling)]).await;
        assert_eq!(counted(&app, &format!("process={cycling}&category=nid-de-poule")).await, 1);
        let page = plain(&author.get(&format!("/features/{id}")).await);
        assert!(page.contains("Plan vélo") && page.contains(&format!("process={cycling}")), "another one here is in it, too: {page}");
        // Outside it is chosen among those that collect reports now.
        let free = author.get("/reports/new?category=nid-de-poule").await.text();
        assert!(free.contains(&format!("<option value=\"{cycling}\"")) && !free.contains(&format!("<option value=\"{ideas}\"")), "{free}");
        assert!(!free.contains(&format!("<option value=\"{over}\"")), "{free}");
        let form = [("category", "nid-de-poule"), ("lon", "2.7"), ("lat", "48.2"), ("answer-size", "l"), ("body", "Mon texte précieux")];
        for (slug, says) in [(&ideas, "ne recueille pas de signalements"), (&over, "sont fermés depuis")] {
            let refused = author.post("/reports", &[&form[..], &[("process", slug.as_str())]].concat()).await;
            let page = plain(&refused);
            assert!(refused.status == StatusCode::BAD_REQUEST && page.contains(says) && page.contains("Mon texte précieux"), "{slug}: {page}");
        }
        assert_eq!(author.post("/reports", &[&form[..], &[("process", "nowhere")]].concat()).await.status, StatusCode::NOT_FOUND);
        // Who supports it, and says more, needs no phase for that: a report is a report.
        let mut other = Client::new(&app);
        assert!(other.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await.status.is_redirection());
        let said = other.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Deux chutes")]).await;
        assert!(said.status.is_redirection(), "{}", said.text());
    }

    async fn what_a_process_reads_first_waits_and_is_changed_only_as_long(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut settings = Settings { phases: vec![phase("tour", -1, 1, &[REPORT])], ..Settings::default() };
        settings.rules.moderation = Moderation::Before;
        let (_, slug) = process(&app, "Plan vélo", &settings).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[("process", &slug)]).await;
        assert_eq!(other.get(&format!("/features/{id}")).await.status, StatusCode::NOT_FOUND);
        let form = [("category", "nid-de-poule"), ("lon", "2.7"), ("lat", "48.2"), ("answer-size", "l"), ("body", "Devant la mairie")];
        let edit = format!("/reports/{id}/edit");
        assert_eq!(author.post(&edit, &form).await.status, StatusCode::SEE_OTHER, "nobody has read it yet");
        let mut write = app.begin().await.unwrap();
        crate::core::features::store::hold(&mut write, id, None, Act::PUBLISHED).await.unwrap();
        app.commit(write).await.unwrap();
        let late = author.post(&edit, &form).await;
        assert!(late.status == StatusCode::CONFLICT && plain(&late).contains("relit chaque signalement"), "{}", late.text());
    }

    async fn the_author_of_a_report_that_is_hidden_finds_the_form_to_change_it(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id: FeatureId = pothole(&mut author, &[]).await;
        for held in [Hold::Hidden, Hold::Waiting] {
            let mut write = app.begin().await.unwrap();
            crate::core::features::store::hold(&mut write, id, Some(held), Act::HIDDEN).await.unwrap();
            app.commit(write).await.unwrap();
            let link = format!("href=\"/features/{id}/edit\"");
            assert!(author.get(&format!("/features/{id}")).await.text().contains(&link), "{held:?}");
            assert!(!other.get(&format!("/features/{id}")).await.text().contains(&link), "{held:?}");
            let led = author.get(&format!("/features/{id}/edit")).await;
            assert!(author.get(led.header("location")).await.status.is_success(), "{held:?}");
        }
        let (kept,): (i64,) = (&db).one("select count(*) from feature where held = 'waiting'", ()).await.unwrap();
        assert_eq!((kept, store::find(&db, id).await.unwrap().is_some()), (1, true));
    }

    async fn what_was_taken_back_is_neither_filed_anew_nor_given_to_anybody_and_can_be_closed(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let (mut author, mut other) = (Client::new(&app), Client::new(&app));
        let id = pothole(&mut author, &[]).await;
        other.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Très dangereux à vélo")]).await;
        assert_eq!(author.post(&format!("/features/{id}/withdraw"), &[]).await.status, StatusCode::OK);
        let mut write = app.begin().await.unwrap();
        let mut report = store::lock(&mut write, id).await.unwrap();
        let said = Said::default();
        let tried = [
            treating::recategorise(&app, &mut write, &mut report, CategoryId(3), said).await.map(drop),
            treating::assign(&mut write, &mut report, ServiceId(3), said).await.map(drop),
            treating::pause(&mut write, &mut report, PauseReason::Works, said).await,
        ];
        for answer in tried {
            assert!(matches!(&answer, Err(Error::Conflict(why)) if why.key == "report-withdrawn-close"), "{answer:?}");
        }
        drop(write);
        let (title, body): (String, String) = (&db).one("select title, body from feature", ()).await.unwrap();
        assert_eq!((title.as_str(), body.as_str()), ("Contribution retirée par son auteur", ""), "nothing that was taken back comes back");
        treat(&app, id, Status::CLOSED, Some(EndReason::Cannot)).await;
        assert_eq!(of(&app, id).await.status, Status::CLOSED);
    }

    async fn an_edit_that_brings_it_to_another_service_is_history_and_tells_that_one(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        set(&db, "update report_service set is_outside = (1 = 0), email = slug || '@ville.example'").await;
        let mut write = app.begin().await.unwrap();
        write.record_subject(crate::modules::reports::CATALOGUE_CHANGED, "test");
        app.commit(write).await.unwrap();
        let mut author = Client::new(&app);
        let id = pothole(&mut author, &[]).await;
        let form = |lon: &'static str, category: &'static str| [("category", category), ("lon", lon), ("lat", "48.2"), ("answer-size", "l"), ("body", "Devant l’école")];
        for (lon, category, lines, letters) in [("2.71", "nid-de-poule", 1, 0), ("2.2", "nid-de-poule", 2, 1), ("2.2", "marquage", 4, 1)] {
            let changed = author.post(&format!("/reports/{id}/edit"), &form(lon, category)).await;
            assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
            let (told,): (i64,) = (&db).one("select count(*) from mail where recipient = 'departement@ville.example'", ()).await.unwrap();
            assert_eq!((store::history(&db, id).await.unwrap().len(), told), (lines, letters), "{lon} {category}");
        }
        let page = plain(&author.get(&format!("/features/{id}")).await);
        assert!(page.contains("Confié à : Département"), "{page}");
    }
}
