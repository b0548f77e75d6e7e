//! The doors over HTTP, on both databases: what programs are told, what they may send, and everything that is refused.

mod bad;
mod updates;

use crate::base::db::{Db, Sql};
use crate::base::ids::{AccountId, FeatureId};
use crate::civic::keys::{self, NewKey, Scope};
use crate::core::app::App;
use crate::core::features::{self, Hold};
use crate::core::journal::Act;
use crate::server::testing::{Answer, Client, app, on_both, square};
use axum::http::StatusCode;
use serde_json::Value;

const QUESTIONS: &str = r#"[
    {"code":"size","label":"Quelle taille ?","label_en":"How large?","datatype":"singlevaluelist","is_required":true,"values":[["small","Petit"],["large","Grand"]]},
    {"code":"since","label":"Depuis quand ?","datatype":"datetime"},
    {"code":"depth","label":"Profondeur","datatype":"number"},
    {"code":"risks","label":"Qui est gêné ?","datatype":"multivaluelist","values":[["foot","À pied"],["bike","À vélo"]]}
]"#;

/// A square of territory, two categories under one, a service, and a key.
pub(in crate::modules::reports) async fn house(db: &Db) -> (App, String) {
    let category = "insert into report_category (parent_id, slug, label, label_en, hint, keywords, sort, questions, target_n, target_unit,
                                                 duplicate_metres, duplicate_days, checks_photos, color, position)
                    values ($1, $2, $3, $4, $5, $6, 'problem', $7, $8, $9, 50, 30, $10, '#0072b2', 1)";
    let days = Some(3i64);
    for (parent, slug, label, english, hint, words, questions, n, unit) in [
        (None, "voirie", "Voirie", "Roads", "", "", "[]", days, Some("days")),
        (
            Some(1i64),
            "nid-de-poule",
            "Nid-de-poule",
            "Pothole",
            "Un trou dans la chaussée",
            "trou, chaussée",
            QUESTIONS,
            None,
            None,
        ),
        (Some(1), "graffiti", "Graffiti", "", "", "", "[]", None, None),
    ] {
        db.run(category, (parent, slug, label, english, hint, words, questions, n, unit, false))
            .await
            .unwrap();
    }
    let service = "insert into report_service (slug, name, name_en, contact, is_outside) values ('voirie', 'Service voirie', 'Roads department', '01 02', $1)";
    db.run(service, (false,)).await.unwrap();
    let rule = "insert into report_rule (is_of_area, service_id, from_at) values ($1, 1, $2)";
    db.run(rule, (false, crate::base::clock::now())).await.unwrap();
    let app = app(db).await;
    let mut write = app.begin().await.unwrap();
    crate::core::territory::store::upsert(&mut write, &square("Nord", 2.3, 48.8, 0.2)).await.unwrap();
    let account = crate::civic::accounts::store::ensure(&mut write, "ada@ville.example").await.unwrap();
    app.commit(write).await.unwrap();
    let key = key(&app, account.id, 10_000).await;
    (app, key)
}

pub(in crate::modules::reports) async fn key(app: &App, by: AccountId, per_hour: i64) -> String {
    let mut write = app.begin().await.unwrap();
    let new = NewKey { name: "FixMyStreet", scope: Scope::Open311, per_hour, by };
    let (_, secret) = keys::store::make(&mut write, new).await.unwrap();
    app.commit(write).await.unwrap();
    secret.expose().to_owned()
}

/// Fields that are right.
pub(in crate::modules::reports) fn pothole(key: &str) -> Vec<(&str, &str)> {
    vec![
        ("api_key", key),
        ("service_code", "nid-de-poule"),
        ("lat", "48.85"),
        ("long", "2.35"),
        ("description", "Un trou devant l’école"),
        ("attribute[size]", "large"),
    ]
}

pub(in crate::modules::reports) async fn send(client: &mut Client, fields: &[(&str, &str)]) -> Answer {
    client.post("/open311/v2/requests.json", fields).await
}

pub(in crate::modules::reports) async fn sent(client: &mut Client, key: &str) -> i64 {
    let answer = send(client, &pothole(key)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()[0]["service_request_id"].as_str().unwrap().parse().unwrap()
}

/// Every element of a document, as `parent/child`, and what it says; fails where it is not well-formed.
pub(super) fn elements(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{xml}");
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut open, mut found): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{e}: {xml}")) {
            Event::Start(start) => {
                open.push(start.name().as_ref().to_owned());
                found.push((open.join("/"), String::new()));
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                let path = open.join("/");
                if let Some((_, said)) = found.iter_mut().rev().find(|(known, _)| *known == path) {
                    said.push_str(&text);
                }
            }
            Event::GeneralRef(_) | Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} in {xml}"),
        }
    }
    assert!(open.is_empty(), "{xml}");
    found
}

fn said<'a>(found: &'a [(String, String)], path: &str) -> &'a str {
    found.iter().find(|(known, _)| known == path).map_or("(missing)", |(_, said)| said)
}

/// The fields of the specification's own example of an answer to `GET requests`.
const FIELDS: [&str; 17] = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
];

on_both! {
    async fn every_door_says_in_both_formats_what_the_specification_says(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let id = sent(&mut client, &key).await;

        let discovery = client.get("/open311/discovery.json").await;
        assert_eq!(discovery.header("content-type"), "application/json; charset=utf-8");
        let discovery = discovery.json();
        assert_eq!(discovery["endpoints"].as_array().unwrap().len(), 2);
        assert_eq!(discovery["endpoints"][0]["formats"], serde_json::json!(["text/xml", "application/json"]));
        assert_eq!(discovery["endpoints"][0]["url"], "http://parvis.test/open311/v2");
        let changed: crate::base::clock::Timestamp = discovery["changeset"].as_str().unwrap().parse().unwrap();
        assert!(changed < crate::base::clock::now(), "it is in the past");
        let xml = client.get("/open311/discovery.xml").await;
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        let found = elements(&xml.text());
        assert_eq!(said(&found, "discovery/contact"), discovery["contact"].as_str().unwrap());
        assert_eq!(found.iter().filter(|(path, _)| path == "discovery/endpoints/endpoint/formats/format").count(), 4);

        let services = client.get("/open311/v2/services.json").await.json();
        assert_eq!(services.as_array().unwrap().len(), 2, "a type that has categories below it is none itself");
        assert_eq!(services[0], serde_json::json!({
            "service_code": "nid-de-poule", "service_name": "Nid-de-poule", "description": "Un trou dans la chaussée",
            "metadata": true, "type": "realtime", "keywords": "trou,chaussée", "group": "Voirie",
        }));
        assert_eq!(services[1]["metadata"], false);
        let found = elements(&client.get("/open311/v2/services.xml").await.text());
        assert_eq!(said(&found, "services/service/metadata"), "true");

        let definition = client.get("/open311/v2/services/nid-de-poule.json").await.json();
        let attributes = definition["attributes"].as_array().unwrap();
        assert_eq!(attributes.len(), 4);
        assert_eq!(attributes[0]["values"][1], serde_json::json!({ "key": "large", "name": "Grand" }));
        assert_eq!((&attributes[0]["order"], &attributes[0]["required"]), (&1.into(), &true.into()));
        let found = elements(&client.get("/open311/v2/services/nid-de-poule.xml").await.text());
        assert_eq!(said(&found, "service_definition/attributes/attribute/values/value/key"), "small");

        for path in [format!("/open311/v2/requests/{id}"), "/open311/v2/requests".into(), format!("/open311/v2/requests/{id}")] {
            let all = client.get(&format!("{path}.json")).await.json();
            let request = all[0].as_object().unwrap();
            assert_eq!(request.keys().map(String::as_str).collect::<Vec<_>>(), FIELDS);
            assert_eq!(request["service_request_id"], id.to_string(), "a text: numbers of others begin with zeros");
            assert_eq!((&request["status"], &request["service_code"]), (&"open".into(), &"nid-de-poule".into()));
            assert_eq!((request["lat"].as_f64(), request["long"].as_f64()), (Some(48.85), Some(2.35)));
            assert_eq!(request["agency_responsible"], "Service voirie");
            let requested: crate::base::clock::Timestamp = request["requested_datetime"].as_str().unwrap().parse().unwrap();
            let expected: crate::base::clock::Timestamp = request["expected_datetime"].as_str().unwrap().parse().unwrap();
            assert!((3..=4).contains(&(expected - requested).num_days()), "{requested} {expected}");
            let found = elements(&client.get(&format!("{path}.xml")).await.text());
            for field in FIELDS {
                assert_ne!(said(&found, &format!("service_requests/request/{field}")), "(missing)", "{field}");
            }
            assert_eq!(said(&found, "service_requests/request/description"), "Un trou devant l’école");
        }
        let token = client.get(&format!("/open311/v2/tokens/{id}.json")).await.json();
        assert_eq!(token, serde_json::json!([{ "service_request_id": id.to_string(), "token": id.to_string() }]));
        let mut english = client.clone();
        english.headers.push(("accept-language", "en".into()));
        assert_eq!(english.get("/open311/v2/services.json").await.json()[0]["service_name"], "Pothole");
    }

    async fn a_report_of_a_program_is_received_as_a_residents_is(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let mut fields = pothole(&key);
        let more = [
            ("attribute[since]", "2026-11-20"),
            ("attribute[depth]", "12,5"),
            ("attribute[risks][]", "foot"),
            ("attribute[risks][]", "À vélo"),
            ("attribute[uprn]", "whatever FixMyStreet sends beside"),
            ("address_id", "#NOTPINPOINTED#"),
            ("address_string", "3 rue de l’École"),
            ("email", "lea@mail.example"),
            ("phone", "0601020304"),
            ("first_name", "Léa"),
            ("last_name", "Martin"),
            ("media_url", "http://127.0.0.1:9/trou.jpg"),
        ];
        fields.extend(more);
        let made = send(&mut client, &fields).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let id: i64 = made.json()[0]["service_request_id"].as_str().unwrap().parse().unwrap();
        let notice = made.json()[0]["service_notice"].as_str().unwrap().to_owned();
        assert!(notice.contains("Service voirie") && notice.contains("Délai annoncé"), "{notice}");
        assert_eq!(made.header("location"), format!("/features/{id}"));

        let report = crate::modules::reports::store::find(&app.db, FeatureId(id)).await.unwrap().unwrap();
        assert_eq!(report.answers["size"], ["large"]);
        assert_eq!(report.answers["risks"], ["foot", "bike"], "chosen by key or by name");
        assert_eq!((report.answers["depth"].as_slice(), report.answers.len()), (["12,5".to_owned()].as_slice(), 4));
        assert!(report.due_at.is_some() && report.service.is_some());
        let (channel, author, title): (String, Option<Vec<u8>>, String) =
            app.db.one("select channel, author, title from feature where id = $1", (id,)).await.unwrap();
        assert_eq!((channel.as_str(), author, title.as_str()), ("open311", None, "Nid-de-poule"));
        assert_eq!(client.get(&format!("/features/{id}")).await.status, StatusCode::OK, "it is public at once");
        assert_eq!(client.get("/api/counts?category=nid-de-poule").await.json()["total"], 1, "and on the map");

        // Nobody's address, name or number is kept or given out.
        let tables = "select coalesce(f.title, '') || f.body || f.search from feature f union all select r.answers || r.address from report r
                      union all select note from report_update union all select content from deposit";
        let kept: Vec<(String,)> = app.db.all(tables, ()).await.unwrap();
        let given = client.get("/open311/v2/requests.json?extensions=true").await.text();
        for secret in ["mail.example", "060102", "Martin", "trou.jpg", key.as_str()] {
            assert!(kept.iter().all(|(text,)| !text.contains(secret)), "{secret}: {kept:?}");
            assert!(!given.contains(secret), "{secret}: {given}");
        }
    }

    async fn a_request_that_a_program_repeats_with_its_own_number_is_one_report(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        client.headers.push(("idempotency-key", uuid::Uuid::new_v4().to_string()));
        let (first, again) = (sent(&mut client, &key).await, sent(&mut client, &key).await);
        assert_eq!(first, again);
        client.headers.clear();
        assert_ne!(sent(&mut client, &key).await, first, "without one, another is another");
    }

    async fn who_has_no_key_or_uses_it_too_often_is_told_so_in_the_format_that_was_asked_for(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        for wrong in ["", "parvis_0", &key.replace(&key[12..20], "00000000")] {
            for path in ["/open311/v2/requests", "/open311/v2/servicerequestupdates"] {
                let json = client.post(&format!("{path}.json"), &pothole(wrong)).await;
                assert_eq!((json.status, &json.json()[0]["code"]), (StatusCode::FORBIDDEN, &403.into()), "{}", json.text());
                let xml = client.post(&format!("{path}.xml"), &pothole(wrong)).await;
                assert_eq!(said(&elements(&xml.text()), "errors/error/code"), "403");
                assert_eq!((xml.status, xml.header("content-type")), (StatusCode::FORBIDDEN, "text/xml; charset=utf-8"));
            }
        }
        let few = self::key(&app, AccountId(1), 2).await;
        for _ in 0..2 {
            assert_eq!(send(&mut client, &pothole(&few)).await.status, StatusCode::CREATED);
        }
        let often = client.post("/open311/v2/requests.xml", &pothole(&few)).await;
        assert_eq!((often.status, often.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1800"));
        assert_eq!(said(&elements(&often.text()), "errors/error/code"), "429");
        // By header, and in the address.
        client.headers.push(("authorization", format!("Bearer {key}")));
        assert_eq!(send(&mut client, &pothole("")).await.status, StatusCode::CREATED);
        client.headers.clear();
        let path = format!("/open311/v2/requests.json?api_key={key}");
        assert_eq!(client.post(&path, &pothole("")).await.status, StatusCode::CREATED);
    }

    async fn what_is_not_public_is_not_there(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let id = sent(&mut client, &key).await;
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, FeatureId(id), Some(Hold::Hidden), Act::HIDDEN).await.unwrap();
        app.commit(write).await.unwrap();
        for door in ["requests", "tokens"] {
            let answer = client.get(&format!("/open311/v2/{door}/{id}.json")).await;
            assert_eq!((answer.status, &answer.json()[0]["code"]), (StatusCode::NOT_FOUND, &404.into()), "{door}");
        }
        for list in ["requests.json".to_owned(), format!("requests.json?service_request_id={id}"), "servicerequestupdates.json".into(), format!("servicerequestupdates.json?service_request_id={id}")] {
            let all = client.get(&format!("/open311/v2/{list}")).await.json();
            assert_eq!(all, Value::Array(Vec::new()), "{list}");
        }
        let update = [("api_key", key.as_str()), ("service_request_id", &id.to_string()), ("description", "Toujours là")];
        assert_eq!(client.post("/open311/v2/servicerequestupdates.json", &update).await.status, StatusCode::NOT_FOUND);
    }

    async fn reports_are_found_by_number_code_status_day_and_page(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(sent(&mut client, &key).await.to_string());
        }
        let graffiti = [("api_key", key.as_str()), ("service_code", "graffiti"), ("lat", "48.86"), ("long", "2.36")];
        let last = send(&mut client, &graffiti).await.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let mut found = async |query: &str| -> Vec<String> {
            let all = client.get(&format!("/open311/v2/requests.json?{query}")).await;
            assert_eq!(all.status, StatusCode::OK, "{query}: {}", all.text());
            all.json().as_array().unwrap().iter().map(|one| one["service_request_id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(found("").await, [&last, &ids[2], &ids[1], &ids[0]].map(String::clone), "the newest first");
        assert_eq!(found(&format!("service_request_id={},{last},999,x", ids[1])).await, [ids[1].clone(), last.clone()]);
        assert_eq!(found("service_code=graffiti").await, std::slice::from_ref(&last));
        assert_eq!(found("service_code=voirie").await.len(), 4, "a type is all that is below it");
        assert_eq!(found("service_code=graffiti,nid-de-poule&status=open").await.len(), 4);
        assert_eq!(found("status=closed").await.len(), 0);
        assert_eq!(found("page_size=3&page=2").await, [ids[0].clone()]);
        assert_eq!(found("end_date=2026-01-01T00:00:00Z").await.len(), 0);
        let tomorrow = (crate::base::clock::now() + chrono::TimeDelta::days(1)).to_rfc3339();
        assert_eq!(found(&format!("start_date={tomorrow}")).await.len(), 0, "a plus that was not encoded");
        let ours = found("jurisdiction_id=PARVIS.test").await;
        assert_eq!(ours.len(), 4);
    }
}
