//! The desk's first page: what waits and since when, what is late, letters that failed, what came. On both databases.

use crate::base::clock;
use crate::base::db::Sql as _;
use crate::base::mail::{self, Letter};
use crate::civic::accounts::{Role, store};
use crate::core::app::App;
use crate::core::features::{self, NewFeature};
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Client, app, on_both, proposal, square};
use axum::http::StatusCode;
use chrono::TimeDelta;

fn main(page: &str) -> &str {
    page.split("<main").nth(1).unwrap()
}

async fn place(app: &App, days: i64, areas: Vec<crate::base::ids::AreaId>) {
    let mut write = app.begin().await.unwrap();
    let new = NewFeature {
        created_at: clock::now() - TimeDelta::days(days),
        areas,
        ..proposal("Un banc", 2.35, 48.85)
    };
    features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
}

on_both! {
    async fn what_waits_says_since_when_and_by_how_much_it_is_late_to_whom_it_concerns(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let (centre, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        let (north, _) = territory::store::upsert(&mut write, &square("Nord", 2.0, 50.0, 1.0)).await.unwrap();
        write.record_subject(Act::TERRITORY, "");
        app.commit(write).await.unwrap();
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let quiet = agent.get("/admin").await.text();
        assert!(main(&quiet).contains("Rien n’attend") && !quiet.contains("class=\"wait"), "{quiet}");
        place(&app, 100, vec![centre]).await;
        place(&app, 3, vec![centre]).await;
        let page = agent.get("/admin").await.text();
        assert!(page.contains("<span class=\"count\">2</span>") && page.contains("100 jours"), "{page}");
        // Days by the clock of the territory, which was on summer time a hundred days before a winter's.
        let day = |at: clock::Timestamp| at.with_timezone(&clock::zone()).date_naive();
        let late = (day(clock::now()) - day(clock::now() - TimeDelta::days(100))).num_days() - 60;
        assert!(page.contains(&format!("{late} jours de retard")), "two months were promised: {page}");
        let until = day(clock::now()) - TimeDelta::days(61);
        let link = format!("/admin/answers?status=open&#38;until={until}&#38;sort=late");
        assert!(page.contains(&link), "{link}: {page}");
        let late = agent.get(&link.replace("&#38;", "&")).await.text();
        assert_eq!(late.matches("name=\"feature\" value=\"").count(), 1, "the card opens exactly what it counts");
        assert!(page.split("<main").next().unwrap().contains("badge-count late\">2<"), "beside the room's name: {page}");
        let mut other = Client::new(&app);
        let account = other.sign_in(&app, "nord@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        store::grant(&mut write, account.id, Role::Agent, (None, Some(north)), None).await.unwrap();
        app.commit(write).await.unwrap();
        let page = other.get("/admin?tour=1").await.text();
        assert!(!page.contains("class=\"tour\"") && !page.contains("tour=1"), "the tour is the demonstration's");
        assert!(main(&page).contains("Rien n’attend") && !page.contains("badge-count"), "what is another's waits for another: {page}");
        assert!(!page.contains("id=\"state-title\""), "how the site is, is for who administers all of it");
        db.run("update feature set status = 'accepted' where id = 1", ()).await.unwrap();
        assert!(!agent.get("/admin").await.text().contains("de retard"), "the first page counts anew each time");
    }

    async fn who_comes_back_is_told_what_came_meanwhile(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert!(!agent.get("/admin").await.text().contains("Depuis votre dernière visite"), "nobody was here before");
        let long_ago = clock::now() - TimeDelta::days(4);
        db.run("update desk_visit set since = $1, seen_at = $1", (long_ago,)).await.unwrap();
        place(&app, 9, vec![]).await;
        place(&app, 2, vec![]).await;
        for _ in 0..2 {
            let page = agent.get("/admin").await.text();
            let said = page.split("id=\"since-title\"").nth(1).expect("the part").split("</section>").next().unwrap();
            assert!(said.contains("4 jours") && said.contains("<span class=\"count\">1</span>"), "{said}");
        }
    }

    async fn a_letter_that_failed_is_told_and_tried_again_and_nobody_reads_it(db: Db) {
        let app = app(&db).await;
        let mut chief = Client::new(&app);
        chief.sign_in(&app, "chef@ville.example", &[Role::Administrator]).await;
        assert!(chief.get("/admin/letters").await.text().contains("Aucun courriel n’a échoué"));
        let mut write = app.begin().await.unwrap();
        for to in ["lea@mail.example", "bob@mail.example"] {
            let letter = Letter { to: to.into(), subject: "Votre lien".into(), body: "https://a.example/sign-in/secret".into() };
            mail::post(write.tx(), &letter, clock::now()).await.unwrap();
        }
        app.commit(write).await.unwrap();
        db.run("update mail set given_up_at = $1, tries = 9, problem = 'boîte pleine <b>' where recipient like '%@mail.example'", (clock::now(),)).await.unwrap();
        assert!(chief.get("/admin").await.text().contains("2 courriels ne sont pas partis"));
        let page = chief.get("/admin/letters").await.text();
        assert!(page.contains("lea@mail.example") && page.contains("boîte pleine &#60;b&#62;") && !page.contains("secret"), "{page}");
        let (id,): (i64,) = db.one("select id from mail where recipient = 'lea@mail.example'", ()).await.unwrap();
        let sent = chief.post("/admin/letters/again", &[("letter", &id.to_string())]).await;
        assert_eq!(sent.header("location"), "/admin/letters?again=1", "{}", sent.text());
        let left: Vec<(String, i64)> = db.all("select recipient, tries from mail where given_up_at is not null", ()).await.unwrap();
        assert_eq!(left, [("bob@mail.example".to_owned(), 9)]);
        assert_eq!(chief.post("/admin/letters/again", &[("letter", "x")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(chief.post("/admin/letters/again", &[]).await.header("location"), "/admin/letters?again=1");
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert_eq!(agent.get("/admin/letters").await.status, StatusCode::FORBIDDEN);
    }
    async fn what_the_server_does_by_itself_is_told_and_run_at_once_by_who_administers_it(db: Db) {
        let app = app(&db).await;
        let mut chief = Client::new(&app);
        chief.sign_in(&app, "chef@ville.example", &[Role::Administrator]).await;
        let page = chief.get("/admin/jobs").await.text();
        assert!(main(&page).contains("Aucune tâche n’a encore été faite"), "{page}");
        for job in crate::modules::jobs() {
            assert!(page.contains(&format!("name=\"job\" value=\"{}\"", job.name)), "{}: {page}", job.name);
        }
        let run = async |chief: &mut Client, job: &str| chief.post("/admin/jobs/run", &[("job", job)]).await;
        let sent = run(&mut chief, "retention").await;
        assert_eq!(sent.header("location"), "/admin/jobs?job=retention&fate=done", "{}", sent.text());
        let page = chief.get("/admin/jobs?job=retention&fate=done").await.text();
        assert!(page.contains("c’est fait") && !page.contains("Aucune tâche n’a encore"), "{page}");
        let (done,): (Option<clock::Timestamp>,) = db.one("select done_at from job where name = 'retention'", ()).await.unwrap();
        assert!(done.is_some_and(|at| clock::now() - at < TimeDelta::minutes(1)));
        assert_eq!(run(&mut chief, "phases").await.header("location"), "/admin/jobs?job=phases&fate=nothing");
        db.run("update job set leased_until = $1 where name = 'retention'", (clock::now() + TimeDelta::minutes(1),)).await.unwrap();
        assert_eq!(run(&mut chief, "retention").await.header("location"), "/admin/jobs?job=retention&fate=elsewhere");
        assert!(chief.get("/admin/jobs").await.text().contains("en cours"));
        for wrong in ["", "nothing", "Retention"] {
            assert_eq!(run(&mut chief, wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        assert!(!main(&chief.get("/admin/jobs?job=x&fate=done").await.text()).contains("c’est fait"));
        assert!(!main(&chief.get("/admin/jobs?job=retention&fate=%3Cb%3E").await.text()).contains("role=\"status\""));
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert_eq!(agent.get("/admin/jobs").await.status, StatusCode::FORBIDDEN);
        assert_eq!(run(&mut agent, "retention").await.status, StatusCode::FORBIDDEN);
    }

    async fn a_job_that_failed_or_is_late_is_first_in_words_and_one_that_waits_for_work_is_neither(db: Db) {
        let app = app(&db).await;
        let mut chief = Client::new(&app);
        chief.sign_in(&app, "chef@ville.example", &[Role::Administrator]).await;
        let before = clock::now() - TimeDelta::hours(3);
        let put = "insert into job (name, due_at, done_at, failures, problem) values ($1, $2, $3, $4, $5)";
        for (job, failures, problem) in [("heads", 3, Some("disque <plein>")), ("retention", 0, None), ("phases", 0, None), ("long-gone", 9, None)] {
            db.run(put, (job, before, before, failures, problem)).await.unwrap();
        }
        let page = chief.get("/admin").await.text();
        let state = page.split("id=\"state-title\"").nth(1).unwrap();
        assert!(state.contains("Publier chaque jour") && state.contains("a échoué 3 fois"), "{state}");
        assert!(state.contains("en retard de 3 heures") && !state.contains("long-gone"), "{state}");
        assert!(!state.contains("Ouvrir et clore"), "it looks whether there is anything to do, and writes nothing: {state}");
        let page = chief.get("/admin/jobs").await.text();
        assert!(page.contains("disque &#60;plein&#62;") && page.contains("Réessayer<"), "{page}");
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
        assert!(at("Publier chaque jour") < at("Ouvrir et clore") && at("Appliquer les durées") < at("Ouvrir et clore"));
        let sent = chief.post("/admin/jobs/run", &[("job", "heads")]).await;
        assert_eq!(sent.header("location"), "/admin/jobs?job=heads&fate=done");
        assert!(!chief.get("/admin").await.text().contains("a échoué"), "what succeeds is in order again");
    }
}

#[test]
fn every_job_is_told_in_words_in_both_languages() {
    use crate::base::i18n::Lang;
    for job in crate::modules::jobs() {
        let key = format!("job-{}", job.name);
        assert!(Lang::Fr.has(&key) && Lang::En.has(&key), "{key}");
    }
}
