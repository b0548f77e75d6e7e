//! The desk's first page for every role and scope; and every list of the desk, walked to its end.

mod first;

use crate::base::db::Sql as _;
use crate::base::ids::{AreaId, FeatureId, ProcessId, Visitor};
use crate::civic::accounts::{Role, store};
use crate::civic::contributions::decisions::Reason;
use crate::civic::contributions::flags;
use crate::civic::contributions::things::Thing;
use crate::core::app::App;
use crate::core::features::{self, Hold, NewFeature};
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Client, app, on_both, proposal, square};
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// More than any page or bound that a list ever had.
const MANY: usize = 340;

async fn scoped(app: &App, email: &str, role: Role, scope: (Option<ProcessId>, Option<AreaId>)) -> Client {
    let mut client = Client::new(app);
    let account = client.sign_in(app, email, &[]).await;
    let mut write = app.begin().await.unwrap();
    store::grant(&mut write, account.id, role, scope, None).await.unwrap();
    app.commit(write).await.unwrap();
    client
}

async fn process_and_area(app: &App) -> (ProcessId, AreaId) {
    let mut write = app.begin().await.unwrap();
    let process = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
    let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
    write.record_subject(Act::TERRITORY, "");
    app.commit(write).await.unwrap();
    (process, area)
}

/// The words after `before` and up to a quote, of every page of a list that « next » leads to.
async fn walk(client: &mut Client, first: &str, before: &str) -> BTreeSet<String> {
    let (mut found, mut path, mut pages) = (BTreeSet::new(), first.to_owned(), 0);
    loop {
        let answer = client.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        let text = answer.text();
        for piece in text.split(before).skip(1) {
            let word = piece.split('"').next().unwrap();
            // The form that gives a role is on every page.
            if word == "grant" {
                continue;
            }
            assert!(found.insert(word.to_owned()), "{word} twice, on {path}");
        }
        pages += 1;
        let Some(next) = text.split("rel=\"next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        assert!(pages < 200, "the list never ends");
    }
    found
}

fn numbers(ids: &[FeatureId]) -> BTreeSet<String> {
    ids.iter().map(ToString::to_string).collect()
}

on_both! {
    async fn every_list_of_the_desk_is_whole_within_a_scope_and_holds_nothing_else(db: Db) {
        let app = app(&db).await;
        let (process, area) = process_and_area(&app).await;
        let mut write = app.begin().await.unwrap();
        let make = |place: &str, held: Option<Hold>, scope: (Option<ProcessId>, Vec<AreaId>)| -> Vec<NewFeature> {
            let one = |n: usize| NewFeature {
                process: scope.0,
                areas: scope.1.clone(),
                held,
                // A signal each: all that are public are suspicious while nobody looked.
                body: if held.is_none() { format!("voir https://ville.example/{place}/{n}") } else { String::new() },
                created_at: "2026-05-01T12:00:00Z".parse().unwrap(),
                ..proposal(&format!("Chose {place} {n}"), 2.35, 48.85)
            };
            (0..MANY).map(one).collect()
        };
        let mut public = Vec::new();
        let mut waiting = Vec::new();
        let mut hidden = Vec::new();
        for (place, scope) in [("p", (Some(process), vec![])), ("a", (None, vec![area])), ("x", (None, vec![]))] {
            public.push(features::store::insert_all(&mut write, &make(place, None, scope.clone()), Act::IMPORTED).await.unwrap());
            waiting.push(features::store::insert_all(&mut write, &make(place, Some(Hold::Waiting), scope.clone()), Act::IMPORTED).await.unwrap());
            hidden.push(features::store::insert_all(&mut write, &make(place, Some(Hold::Hidden), scope), Act::IMPORTED).await.unwrap());
        }
        for id in public.iter().flatten() {
            flags::insert(&mut write, Thing::feature(*id), Reason::Unclear, "", Visitor(uuid::Uuid::from_u128(1))).await.unwrap();
        }
        app.commit(write).await.unwrap();
        // Each hidden one was hidden by a decision, and its author appeals.
        db.run("insert into decision (subject_kind, subject_id, feature_id, kind, decided_at) select 'feature', id, id, 'hidden', created_at from feature where held = 'hidden'", ()).await.unwrap();
        db.run("insert into appeal (decision_id, body, voice, made_at) select id, 'Non.', $1, decided_at from decision", (Visitor(uuid::Uuid::from_u128(2)),)).await.unwrap();
        for (at, scope) in [(0, (Some(process), None)), (1, (None, Some(area)))] {
            let mut moderator = scoped(&app, &format!("m{at}@ville.example"), Role::Moderator, scope).await;
            let mut agent = scoped(&app, &format!("a{at}@ville.example"), Role::Agent, scope).await;
            for (tab, whole) in [
                ("new", numbers(&public[at])),
                ("waiting", numbers(&waiting[at])),
                ("flagged", numbers(&public[at])),
                ("suspicious", numbers(&public[at])),
                ("hidden", numbers(&hidden[at])),
                ("appeals", numbers(&hidden[at])),
            ] {
                let first = format!("/admin/moderation?tab={tab}");
                if at == 1 && tab != "new" {
                    // The scope is one condition of every part.
                    continue;
                }
                let found = walk(&mut moderator, &first, "id=\"thing-").await;
                assert!(found == whole, "{tab}: {} of {}", found.len(), whole.len());
                let said = moderator.get(&first).await.text();
                let count = said.split(&format!("tab={tab}\" aria-current=\"page\">")).nth(1).unwrap();
                assert!(count.contains(&format!("<span class=\"count\">{}</span>", whole.len())), "{tab}: exact");
            }
            let found = walk(&mut agent, "/admin/answers?status=open", "name=\"feature\" value=\"").await;
            assert!(found == numbers(&public[at]), "answers: {} of {MANY}", found.len());
            let some = walk(&mut agent, "/admin/answers?q=chose+7", "name=\"feature\" value=\"").await;
            let sevens = (0..MANY).filter(|n| n.to_string().contains('7')).count();
            assert_eq!(some.len(), sevens, "a filter keeps the scope and is kept by the pages");
            let first = agent.get("/admin").await.text();
            assert!(first.contains(&format!("<span class=\"count\">{MANY}</span>")), "{first}");
        }
    }

    async fn people_and_roles_are_reached_to_the_last(db: Db) {
        let app = app(&db).await;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "ada@ville.example", &[Role::Administrator]).await;
        let mut write = app.begin().await.unwrap();
        for n in 0..MANY {
            let account = store::ensure(&mut write, &format!("p{n}@ville.example")).await.unwrap();
            store::grant(&mut write, account.id, Role::Agent, (None, None), None).await.unwrap();
        }
        app.commit(write).await.unwrap();
        assert_eq!(walk(&mut admin, "/admin/people", "action=\"/admin/people/").await.len(), MANY + 1);
        let (mut found, mut path) = (0, "/admin/people?q=ville.example".to_owned());
        for _ in 0..100 {
            let text = admin.get(&path).await.text();
            let list = text.split("id=\"look\"").nth(1).unwrap().to_owned();
            found += list.matches("href=\"/admin/people?email=").count();
            let Some(next) = list.split("rel=\"next\" href=\"").nth(1) else { break };
            path = next.split('"').next().unwrap().replace("&#38;", "&");
        }
        assert_eq!(found, MANY + 1);
    }

    async fn the_first_page_leads_each_role_to_every_room_that_it_opens_and_to_no_other(db: Db) {
        let app = app(&db).await;
        let (process, area) = process_and_area(&app).await;
        let rooms = ["moderation", "answers", "processes", "themes", "people", "privacy"];
        for role in Role::ALL.iter().copied() {
            for scope in [(None, None), (Some(process), None), (None, Some(area))] {
                let mut client = scoped(&app, &format!("{}{}{}@ville.example", role.word(), scope.0.is_some(), scope.1.is_some()), role, scope).await;
                let page = client.get("/admin").await;
                assert_eq!(page.status, StatusCode::OK, "{}", page.text());
                for room in rooms {
                    let path = format!("/admin/{room}");
                    let is_led = page.text().split("<main").nth(1).unwrap().contains(&format!("href=\"{path}\""));
                    let is_open = client.get(&path).await.status == StatusCode::OK;
                    assert_eq!(is_led, is_open, "{role:?} {scope:?} {path}");
                }
            }
        }
        let mut resident = Client::new(&app);
        assert_eq!(resident.get("/admin").await.status, StatusCode::UNAUTHORIZED);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(resident.get("/admin").await.status, StatusCode::FORBIDDEN);
    }
}
