//! What agents alone see on their map, and what is chosen there, over HTTP on both databases.

use super::{HELD, PLACES};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, Hold};
use crate::core::journal::Act;
use crate::modules::reports::desk::tests::{agent, agent_of};
use crate::modules::reports::tests::{catalogue, pothole};
use crate::server::testing::{Answer, Client, app, harmless, on_both};
use axum::http::StatusCode;
use serde_json::Value;

async fn hold(app: &App, id: FeatureId, held: Hold) {
    let mut write = app.begin().await.unwrap();
    features::store::hold(&mut write, id, Some(held), Act::HIDDEN).await.unwrap();
    app.commit(write).await.unwrap();
}

fn read(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/geo+json");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    serde_json::from_str(&answer.text()).unwrap()
}

/// The numbers of a collection, in its order.
fn ids(answer: &Answer) -> Vec<i64> {
    read(answer)["features"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

/// The numbers of a page of the list, in its order.
fn listed(page: &str) -> Vec<i64> {
    let rows = page.split("name=\"seen\" value=\"").skip(1);
    rows.filter_map(|row| row.split('~').next().unwrap().parse().ok()).collect()
}

on_both! {
    async fn what_is_held_reaches_agents_as_an_overlay_of_their_list_and_no_tile(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let public = pothole(&mut author, &[]).await;
        let waiting = pothole(&mut author, &[("lon", "2.8")]).await;
        let west = pothole(&mut author, &[("lon", "2.2")]).await;
        let hidden = pothole(&mut author, &[("lon", "2.81")]).await;
        let gone = pothole(&mut author, &[("lon", "2.82")]).await;
        for (id, held) in [(waiting, Hold::Waiting), (west, Hold::Waiting), (hidden, Hold::Hidden), (gone, Hold::Withdrawn)] {
            hold(&app, id, held).await;
        }
        let (mut client, _) = agent(&app).await;
        let answer = client.get(&format!("{HELD}?status=open")).await;
        assert_eq!(ids(&answer), [waiting.0, west.0]);
        let collection = read(&answer);
        let first = &collection["features"][0];
        assert_eq!(first["geometry"]["coordinates"], serde_json::json!([2.8, 48.2]));
        assert_eq!((&first["properties"]["held"], &first["properties"]["title"]), (&"waiting".into(), &"Nid-de-poule".into()));
        assert!(first["properties"]["said"].as_str().unwrap().ends_with("attend la modération"), "{first}");
        assert_eq!(collection["said"], "2 signalements non publics sont dessinés.");
        // The list says the same, without the map.
        let page = client.get("/admin/reports?status=open").await.text();
        harmless(&page);
        assert_eq!(listed(&page), [public.0, waiting.0, west.0]);
        assert!(page.matches("<strong>attend la modération</strong>").count() == 2, "{page}");
        // Each filter of the list is the overlay's.
        for (query, wanted) in [
            ("area=ouest", vec![west.0]), ("service=departement", vec![west.0]), ("category=merci", vec![]),
            ("clock=running&area=est", vec![waiting.0]), ("q=jamais", vec![]), ("category=nowhere", vec![]),
            ("since=hier", vec![]), ("held=hidden", vec![hidden.0]), ("held=waiting&area=est", vec![waiting.0]), ("held=withdrawn&area=est", vec![waiting.0]),
        ] {
            assert_eq!(ids(&client.get(&format!("{HELD}?{query}")).await), wanted, "{query}");
            let held: Vec<i64> = listed(&client.get(&format!("/admin/reports?{query}")).await.text()).into_iter().filter(|id| *id != public.0).collect();
            assert_eq!(held, wanted, "the list of {query}");
        }
        // What a moderator took off is nobody's work, and says why it stands still.
        let own = client.get(&format!("/admin/reports/{hidden}")).await.text();
        assert!(own.contains("La modération a masqué ce signalement"), "{own}");
        let act = [("do", "status"), ("status", "planned"), ("feature", &*hidden.to_string())];
        let stopped = client.post("/admin/reports", &act).await;
        assert!(stopped.status == StatusCode::CONFLICT && stopped.text().contains("a masqué ce signalement"), "{}", stopped.text());
        let (all, _) = Filter::of_query("kind=report", &[]).unwrap();
        assert_eq!(app.atlas.total(&all).unwrap(), 1, "the live map knows what is public alone");
    }

    async fn an_overlay_is_its_agents_own_and_bounded_as_their_list_is(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (east, west) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.2")]).await);
        for id in [east, west] {
            hold(&app, id, Hold::Waiting).await;
        }
        let mut local = agent_of(&app, "est").await;
        assert_eq!(ids(&local.get(HELD).await), [east.0], "no more than where they act");
        assert_eq!(ids(&local.get(&format!("{PLACES}?feature={east}&feature={west}")).await), [east.0]);
        assert!(ids(&local.get(&format!("{PLACES}?feature={west}")).await).is_empty());
        for path in [HELD.to_owned(), format!("{PLACES}?feature={east}")] {
            assert_eq!(author.get(&path).await.status, StatusCode::UNAUTHORIZED, "{path}");
            let mut moderator = Client::new(&app);
            moderator.sign_in(&app, "lectrice@ville.example", &[]).await;
            assert_eq!(moderator.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }

    async fn what_the_map_shows_is_chosen_in_the_lists_order_held_or_not(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let late = pothole(&mut author, &[("lon", "2.71"), ("category", "marquage")]).await;
        let public = pothole(&mut author, &[]).await;
        let waiting = pothole(&mut author, &[("lon", "2.72")]).await;
        let far = pothole(&mut author, &[("lon", "2.9")]).await;
        hold(&app, waiting, Hold::Waiting).await;
        let (mut client, _) = agent(&app).await;
        let frame = "bbox=2.69,48.1,2.75,48.3";
        assert_eq!(ids(&client.get(&format!("{PLACES}?{frame}")).await), listed(&client.get("/admin/reports").await.text()).into_iter().filter(|id| *id != far.0).collect::<Vec<_>>());
        assert_eq!(ids(&client.get(&format!("{PLACES}?{frame}&category=nid-de-poule")).await), [public.0, waiting.0]);
        assert_eq!(ids(&client.get(&format!("{PLACES}?{frame}&held=waiting")).await), [waiting.0]);
        assert!(ids(&client.get(&format!("{PLACES}?bbox=0,40,1,41")).await).is_empty());
        let one = read(&client.get(&format!("{PLACES}?feature={late}")).await);
        assert!(one["features"][0]["properties"]["seen"].as_str().unwrap().starts_with(&format!("{late}~")));
        for bad in ["bbox=1,2,3", "bbox=a,b,c,d", "bbox=", "", "feature=x"] {
            assert_eq!(client.get(&format!("{PLACES}?{bad}")).await.status, StatusCode::BAD_REQUEST, "{bad}");
        }
    }

    async fn what_was_chosen_on_another_page_stays_chosen_where_an_act_is_refused(db: Db) {
        let app = app(&db).await;
        catalogue(&app).await;
        let mut author = Client::new(&app);
        let (here, there) = (pothole(&mut author, &[]).await, pothole(&mut author, &[("lon", "2.2")]).await);
        let (a, b) = (here.to_string(), there.to_string());
        let (mut client, _) = agent(&app).await;
        let form = [("do", "status"), ("status", "closed"), ("query", "area=est"), ("feature", &*a), ("feature", &*b)];
        let refused = client.post("/admin/reports", &form).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let page = refused.text();
        let (list, elsewhere) = page.split_once("id=\"elsewhere\"").unwrap();
        let ticked = |part: &str, id: &str| part.contains(&format!("name=\"feature\" value=\"{id}\" checked"));
        assert!(ticked(list, &a) && !ticked(list, &b) && ticked(elsewhere, &b), "{page}");
        // Of what is nobody's but others', not even the name comes back.
        let mut local = agent_of(&app, "est").await;
        let page = local.post("/admin/reports", &form).await.text();
        assert!(!page.contains(&format!("name=\"feature\" value=\"{b}\"")), "{page}");
    }
}

#[test]
fn what_is_not_drawn_is_said() {
    let lang = crate::base::i18n::Lang::En;
    assert_eq!(
        super::drawn_said(lang, (0, 0), 0),
        "There is nothing to draw that is not public in this list."
    );
    assert_eq!(
        super::drawn_said(lang, (1, 2), 2),
        "1 report that is not public is drawn. 1 more has no point on the map: the list shows it."
    );
    let cut = super::drawn_said(lang, (500, 500), 731);
    assert!(cut.contains("731") && cut.contains("500 at most"), "{cut}");
}
