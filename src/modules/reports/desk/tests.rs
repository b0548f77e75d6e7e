//! The desk of reports over HTTP, on both databases: what is listed for whom, what is done with many, what is taken back, doubles.

use crate::base::db::{Db, Sql};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Account, Role, store as accounts};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::Status;
use crate::modules::reports::model::{EndReason, Report, ServiceId, Told};
use crate::modules::reports::store;
use crate::modules::reports::tests::{catalogue, pothole};
use crate::server::testing::{Client, app, harmless, on_both};
use axum::http::StatusCode;

pub(super) const HERE: &str = "/admin/reports";

pub(super) async fn agent(app: &App) -> (Client, Account) {
    let mut client = Client::new(app);
    let account = client.sign_in(app, "agent@ville.example", &[Role::Agent]).await;
    (client, account)
}

pub(super) async fn of(app: &App, id: FeatureId) -> Report {
    store::find(&app.db, id).await.unwrap().unwrap()
}

/// What the list's form says that it saw of a report.
fn seen(page: &str, id: FeatureId) -> String {
    let start =
        page.find(&format!("name=\"seen\" value=\"{id}~")).unwrap_or_else(|| panic!("{id} is not listed"));
    page[start..].split('"').nth(3).unwrap().to_owned()
}

/// What can be taken back, of the address that an act led to.
pub(super) fn undo(location: &str) -> String {
    location.split("undo=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

/// How many letters about a change of status wait.
async fn letters(db: &Db) -> i64 {
    let sql = "select count(*) from mail where cause like 'status:%' and sent_at is null";
    let (count,): (i64,) = db.one(sql, ()).await.unwrap();
    count
}

pub(super) async fn counted(app: &App, query: &str) -> u64 {
    let (filter, _) = Filter::of_query(query, &[]).unwrap();
    app.atlas.total(&filter).unwrap()
}

/// An agent of an area alone, of this name.
pub(super) async fn agent_of(app: &App, area: &str) -> Client {
    let mut client = Client::new(app);
    let account = client.sign_in(app, "secteur@ville.example", &[]).await;
    let area = app.atlas.world().territory().of_slug(area).unwrap().id;
    let mut write = app.begin().await.unwrap();
    accounts::grant(&mut write, account.id, Role::Agent, (None, Some(area)), None).await.unwrap();
    app.commit(write).await.unwrap();
    client
}

on_both! {
    async fn an_agent_finds_what_is_theirs_to_treat_by_the_maps_own_filter(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let east = pothole(&mut author, &[]).await;
        let west = pothole(&mut author, &[("lon", "2.2")]).await;
        let (mut client, account) = agent(&app).await;
        let page = client.get(HERE).await.text();
        harmless(&page);
        assert!(page.contains("2 signalements") && page.contains("Devant l’école"), "{page}");
        assert!(page.contains("/?status=in_progress,open,planned,under_review&#38;kind=report") || page.contains("/?status=in_progress,open,planned,under_review&amp;kind=report"), "{page}");
        // One's own services come first.
        let at = |page: &str, id: FeatureId| page.find(&format!("/admin/reports/{id}\"")).unwrap();
        assert!(at(&page, east) < at(&page, west), "as they came");
        let mut write = app.begin().await.unwrap();
        let sql = "insert into report_service_agent (service_id, account_id) values (2, $1)";
        write.tx().run(sql, (account.id,)).await.unwrap();
        app.commit(write).await.unwrap();
        let page = client.get(HERE).await.text();
        assert!(page.contains("Mes services") && at(&page, west) < at(&page, east), "{page}");
        let only = client.get(&format!("{HERE}?service=departement")).await.text();
        assert!(only.contains("1 signalement") && !only.contains(&format!("/admin/reports/{east}\"")));
        for (query, count) in [("category=nid-de-poule", 2), ("category=merci", 0), ("clock=overdue", 0), ("clock=running", 2), ("area=est", 1), ("q=ecole", 2), ("q=jamais", 0), ("kind=proposal", 0), ("category=nowhere", 0)] {
            let page = client.get(&format!("{HERE}?{query}")).await.text();
            let said = ["Aucun signalement ", "1 signalement ", "2 signalements "][count];
            assert!(page.contains(&format!("<p class=\"hint\">{said}")), "{query}: {page}");
        }
        assert!(client.get(&format!("{HERE}?q=jamais")).await.text().contains("Aucun signalement ne correspond"));
        // Who looks after the east sees no more than that, and touches nothing else.
        let mut local = agent_of(&app, "est").await;
        let page = local.get(HERE).await.text();
        assert!(page.contains("1 signalement ") && !page.contains(&format!("/admin/reports/{west}\"")), "{page}");
        assert_eq!(local.get(&format!("{HERE}/{west}")).await.status, StatusCode::FORBIDDEN);
        let act = [("do", "status"), ("status", "in_progress"), ("feature", &west.to_string())];
        assert_eq!(local.post(HERE, &act).await.status, StatusCode::FORBIDDEN);
        assert_eq!(of(&app, west).await.status, Status::OPEN);
        assert_eq!(author.get(HERE).await.status, StatusCode::UNAUTHORIZED);
        let first = client.get("/admin").await.text();
        assert!(first.contains("Signalements à prendre en compte"), "{first}");
    }

    async fn a_status_is_given_to_many_with_a_letter_and_taken_back_before_it_leaves(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let (one, two) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.8")]).await);
        let (mut client, _) = agent(&app).await;
        let page = client.get(HERE).await.text();
        let (one_seen, two_seen) = (seen(&page, one), seen(&page, two));
        let (a, b) = (one.to_string(), two.to_string());
        let form = [
            ("do", "status"), ("status", "done"), ("note", "Rebouché à froid."), ("query", "status=open"),
            ("feature", &a), ("seen", &one_seen), ("feature", &b), ("seen", &two_seen),
        ];
        let done = client.post(HERE, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let location = done.header("location").to_owned();
        assert!(location.starts_with(&format!("{HERE}?status=open&done=2&same=0&undo=status:")), "{location}");
        assert_eq!(of(&app, one).await.status, Status::DONE);
        assert!(client.get(&location).await.text().contains("2 signalements modifiés"));
        assert_eq!(counted(&app, "clock=in_time").await, 2);
        assert!(letters(&db).await > 0, "they wait while it can be taken back");
        let back: Vec<String> = undo(&location).split('.').map(str::to_owned).collect();
        let mut form: Vec<(&str, &str)> = back.iter().map(|word| ("said", word.as_str())).collect();
        form.push(("query", "status=open"));
        let undone = client.post(&format!("{HERE}/undo"), &form).await;
        assert_eq!(undone.header("location"), format!("{HERE}?status=open&undone=2"), "{}", undone.text());
        for id in [one, two] {
            let report = of(&app, id).await;
            assert_eq!((report.status, report.ended_at, report.acknowledged_at, report.asked_at), (Status::OPEN, None, None, None));
            assert!(report.due_at.is_some());
        }
        assert_eq!(counted(&app, "clock=running").await, 2, "the map says it, too");
        assert_eq!(letters(&db).await, 0, "no letter left");
        assert_eq!(client.post(&format!("{HERE}/undo"), &form).await.status, StatusCode::NOT_FOUND, "once");
    }

    async fn what_somebody_else_did_meanwhile_stops_everything(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (one, two) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.8")]).await);
        let (mut client, _) = agent(&app).await;
        let page = client.get(HERE).await.text();
        let (one_seen, two_seen) = (seen(&page, one), seen(&page, two));
        let (a, b) = (one.to_string(), two.to_string());
        let first = [("do", "service"), ("service", "3"), ("feature", a.as_str()), ("seen", &one_seen)];
        assert!(client.post(HERE, &first).await.status.is_redirection());
        assert_eq!(of(&app, one).await.service, Some(ServiceId(3)));
        let late = [
            ("do", "status"), ("status", "planned"), ("feature", a.as_str()), ("seen", &one_seen), ("feature", &b), ("seen", &two_seen),
        ];
        let stopped = client.post(HERE, &late).await;
        assert_eq!(stopped.status, StatusCode::CONFLICT);
        assert!(stopped.text().contains("Rien n’est enregistré") && stopped.text().contains("Accueil ("), "{}", stopped.text());
        assert_eq!(of(&app, two).await.status, Status::OPEN, "none of them");
        let gone = [("do", "status"), ("status", "planned"), ("feature", "99999")];
        assert!(client.post(HERE, &gone).await.text().contains("n’existe plus"));
    }

    async fn what_is_wrong_with_an_act_is_said_and_nothing_is_done(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let id = pothole(&mut author, &[]).await.to_string();
        let (mut client, _) = agent(&app).await;
        for (form, says) in [
            (vec![("do", "status"), ("status", "planned")], "Cochez au moins un signalement"),
            (vec![("do", "status"), ("status", "closed"), ("feature", &id)], "la raison est publiée"),
            (vec![("do", "status"), ("status", "accepted"), ("feature", &id)], "une valeur de la liste"),
            (vec![("do", "service"), ("service", "77"), ("feature", &id)], "une valeur de la liste"),
            (vec![("do", "category"), ("category", "1"), ("feature", &id)], "une valeur de la liste"),
            (vec![("do", "pause"), ("why", "handed_over"), ("feature", &id)], "une valeur de la liste"),
            (vec![("do", "fly"), ("feature", &id)], "une valeur de la liste"),
        ] {
            let page = client.post(HERE, &form).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{form:?}");
            assert!(page.text().contains(says), "{says}: {}", page.text());
        }
        let running = client.post(&format!("{HERE}/{id}"), &[("do", "resume")]).await;
        assert_eq!(running.status, StatusCode::CONFLICT);
        assert!(running.text().contains("Ce délai court déjà"), "{}", running.text());
        for nowhere in ["99999", "x", "99999999999999999999"] {
            assert_eq!(client.get(&format!("{HERE}/{nowhere}")).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(store::history(&app.db, id.parse().unwrap()).await.unwrap().len(), 1, "its reception alone");
    }

    async fn one_report_is_filed_anew_paused_and_closed_at_its_own_page(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let id = pothole(&mut author, &[]).await;
        let (mut client, _) = agent(&app).await;
        let own = format!("{HERE}/{id}");
        let page = client.get(&own).await.text();
        harmless(&page);
        assert!(page.contains("Un pneu") && page.contains("Voirie") && page.contains("Notes entre agents"), "{page}");
        for (form, act) in [
            (vec![("do", "category"), ("category", "3")], Told::Routed),
            (vec![("do", "pause"), ("why", "works"), ("note", "Après le chantier")], Told::Paused),
            (vec![("do", "resume")], Told::Resumed),
            (vec![("do", "status"), ("status", "closed"), ("reason", "not_ours"), ("note", "Voie privée")], Told::Status),
        ] {
            let done = client.post(&own, &form).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{form:?}: {}", done.text());
            let history = store::history(&app.db, id).await.unwrap();
            assert_eq!(history.last().unwrap().act, act, "{form:?}");
        }
        let report = of(&app, id).await;
        assert_eq!((report.category.0, report.status, report.end_reason), (3, Status::CLOSED, Some(EndReason::NotOurs)));
        let page = client.get(&own).await.text();
        assert!(page.contains("Voie privée") && page.contains("Après le chantier"), "{page}");
    }

    async fn a_double_is_merged_its_supporters_count_once_and_it_can_be_taken_apart(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let first = pothole(&mut author, &[]).await;
        let mut other = Client::new(&app);
        let double = pothole(&mut other, &[("lon", "2.7002"), ("body", "Un trou devant l’école")]).await;
        let far = pothole(&mut other, &[("lon", "2.71")]).await;
        let mut fan = Client::new(&app);
        for id in [first, double] {
            let voice = fan.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await;
            assert!(voice.status.is_success() || voice.status.is_redirection(), "{}", voice.text());
        }
        let (mut client, _) = agent(&app).await;
        let own = format!("{HERE}/{double}");
        let page = client.get(&own).await.text();
        assert!(page.contains("Le même problème") && page.contains(&format!("name=\"into\" value=\"{first}\"")), "{page}");
        assert!(page.contains("ecole") && page.contains("mètres"), "{page}");
        assert!(!page.contains(&format!("name=\"into\" value=\"{far}\"")), "too far");
        let into = first.to_string();
        let merged = client.post(&format!("{own}/merge"), &[("into", &into)]).await;
        assert_eq!(merged.header("location"), format!("{HERE}/{first}?merged={double}"), "{}", merged.text());
        let report = of(&app, double).await;
        assert_eq!((report.status, report.end_reason), (Status::CLOSED, Some(EndReason::Duplicate)));
        let card = crate::core::features::store::find(&app.db, first).await.unwrap();
        assert_eq!(card.votes_for, 1, "each once");
        assert!(client.get(&format!("{HERE}/{first}")).await.text().contains("Regroupés ici"));
        assert!(author.get(&format!("/features/{double}")).await.status.is_success(), "what was merged stays readable");
        assert_eq!(client.post(&format!("{own}/merge"), &[("into", &into)]).await.status, StatusCode::CONFLICT, "once");
        assert_eq!(client.post(&format!("{HERE}/{far}/merge"), &[("into", &far.to_string())]).await.status, StatusCode::CONFLICT);
        let apart = client.post(&format!("{own}/separate"), &[]).await;
        assert_eq!(apart.status, StatusCode::SEE_OTHER, "{}", apart.text());
        let report = of(&app, double).await;
        assert_eq!((report.status, report.ended_at, report.end_reason), (Status::OPEN, None, None));
        assert_eq!(counted(&app, "kind=report").await, 3);
        assert_eq!(client.post(&format!("{own}/separate"), &[]).await.status, StatusCode::CONFLICT);
    }
}
