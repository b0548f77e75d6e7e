//! Bad input on every door, as tools that try interfaces send it: refused in the format that was asked for, and never an error of ours.

use super::{elements, house, pothole, send, sent};
use crate::base::db::Sql;
use crate::server::testing::{Answer, Client, on_both, on_sqlite};
use axum::body::Body;
use axum::http::{Request, StatusCode};

/// An answer that a program can read, and that is not our fault.
fn check(answer: &Answer, path: &str) {
    let name = format!("{path}: {} {}", answer.status, answer.text());
    assert!(!answer.status.is_server_error(), "{name}");
    assert!(!answer.status.is_redirection(), "{name}");
    if path.split('?').next().unwrap().ends_with(".json") {
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8", "{name}");
        let json = answer.json();
        if answer.status.is_client_error() {
            let errors = json.as_array().unwrap_or_else(|| panic!("{name}"));
            assert!(
                !errors.is_empty() && errors.iter().all(|one| one["code"] == answer.status.as_u16()),
                "{name}"
            );
            assert!(
                errors.iter().all(|one| one["description"].as_str().is_some_and(|said| said.len() > 5)),
                "{name}"
            );
        }
    } else {
        assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8", "{name}");
        let found = elements(&answer.text());
        if answer.status.is_client_error() {
            assert_eq!(found[0].0, "errors", "{name}");
            let code = found.iter().find(|(path, _)| path == "errors/error/code").unwrap();
            assert_eq!(code.1, answer.status.as_u16().to_string(), "{name}");
        }
    }
}

const JUNK: [&str; 18] = [
    "",
    "0",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "99999999999999999999",
    "null",
    "true",
    "%00",
    "%ff%fe",
    "%F0%9F%95%B3",
    "'%20or%201=1--",
    "%3Cscript%3E",
    "..%2f..%2fetc%2fpasswd",
    "2026-13-45",
    "%22%27%5C",
    "a,b,,c",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_on_every_door_is_refused_in_its_format_and_never_an_error_of_ours() {
    on_sqlite(async |db| {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        sent(&mut client, &key).await;
        for format in ["xml", "json"] {
            for parameter in [
                "service_request_id",
                "service_code",
                "start_date",
                "end_date",
                "status",
                "page",
                "page_size",
                "extensions",
                "jurisdiction_id",
                "lat",
                "x",
            ] {
                for junk in JUNK {
                    for door in [
                        "services",
                        "requests",
                        "servicerequestupdates",
                        "services/nid-de-poule",
                        "requests/1",
                        "tokens/1",
                    ] {
                        let path = format!("/open311/v2/{door}.{format}?{parameter}={junk}");
                        check(&client.get(&path).await, &path);
                    }
                }
            }
            for junk in JUNK {
                for door in ["services", "requests", "tokens"] {
                    let path = format!("/open311/v2/{door}/{junk}.{format}");
                    let answer = client.get(&path).await;
                    check(&answer, &path);
                    assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
                }
                for field in [
                    "service_code",
                    "lat",
                    "long",
                    "description",
                    "attribute[size]",
                    "attribute[since]",
                    "attribute[depth]",
                    "attribute[risks][]",
                    "address_string",
                    "jurisdiction_id",
                ] {
                    let known = pothole(&key);
                    let kept = known.iter().filter(|(name, _)| *name != field);
                    let body: String =
                        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
                    let body = format!("{body}&{}={junk}", field.replace('[', "%5B").replace(']', "%5D"));
                    let path = format!("/open311/v2/requests.{format}");
                    let request = Request::post(&path)
                        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
                    check(&client.send(request, Body::from(body)).await, &path);
                }
                for field in ["service_request_id", "status", "updated_datetime", "description"] {
                    let path = format!("/open311/v2/servicerequestupdates.{format}");
                    let body = format!(
                        "api_key={key}&{field}={junk}{}",
                        if field == "service_request_id" { "" } else { "&service_request_id=1" }
                    );
                    let request =
                        Request::post(&path).header("content-type", "application/x-www-form-urlencoded");
                    check(&client.send(request, Body::from(body)).await, &path);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_no_door_no_method_and_no_form_is_told_as_the_specification_wants() {
    on_sqlite(async |db| {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        for (path, status) in [
            ("/open311/v2/", StatusCode::NOT_FOUND),
            ("/open311/v2/nothing.json", StatusCode::NOT_FOUND),
            ("/open311/v2/nothing.xml", StatusCode::NOT_FOUND),
            ("/open311/v1/services.json", StatusCode::NOT_FOUND),
            ("/open311/v2/requests/1.html", StatusCode::NOT_FOUND),
            ("/open311/v2/requests/1", StatusCode::NOT_FOUND),
            ("/open311/v2/requests/1/2.json", StatusCode::NOT_FOUND),
            ("/open311/v2/services/voirie.json", StatusCode::NOT_FOUND),
            ("/open311/v2/requests.json?jurisdiction_id=elsewhere.example", StatusCode::NOT_FOUND),
            ("/open311/v2/requests.json?start_date=2025-01-01&end_date=2025-12-31", StatusCode::BAD_REQUEST),
            ("/open311/v2/requests.json?start_date=2025-02-01&end_date=2025-01-01", StatusCode::BAD_REQUEST),
            ("/open311/v2/requests.json?page_size=1001", StatusCode::BAD_REQUEST),
            ("/open311/v2/requests.xml?status=fixed", StatusCode::BAD_REQUEST),
        ] {
            let answer = client.get(path).await;
            check(&answer, path);
            assert_eq!(answer.status, status, "{path}");
        }
        for method in ["PUT", "DELETE", "PATCH"] {
            for path in ["/open311/v2/requests.json", "/open311/v2/services.xml", "/open311/discovery.json"] {
                let answer = client.send(Request::builder().method(method).uri(path), Body::empty()).await;
                check(&answer, path);
                assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            }
        }
        let body = format!("api_key={key}&service_code=graffiti&lat=48.85&long=2.35");
        for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
            let request = Request::post("/open311/v2/requests.json")
                .header("content-type", kind)
                .header("x-api-key", &key);
            let answer = client.send(request, Body::from(body.clone())).await;
            check(&answer, "/open311/v2/requests.json");
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
        }
        let long = "x".repeat(400 << 10);
        let mut fields = pothole(&key);
        fields[4].1 = &long;
        let answer = send(&mut client, &fields).await;
        check(&answer, "/open311/v2/requests.json");
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        let (count,): (i64,) = db.one("select count(*) from feature", ()).await.unwrap();
        assert_eq!(count, 0);
    })
    .await;
}

on_both! {
    async fn all_that_is_wrong_with_a_report_is_said_at_once(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let long = "x".repeat(4_001);
        for (fields, status, said) in [
            (vec![("service_code", "nid-de-poule")], 400, vec!["attribute[size]", "lat et long"]),
            (vec![("service_code", "nid-de-poule"), ("lat", "48.85"), ("attribute[size]", "huge"), ("description", &long)], 400, vec!["attribute[size]", "lat et long", "4000 caractères"]),
            (vec![("service_code", "graffiti"), ("lat", "48.85"), ("long", "9.35")], 400, vec![""]),
            (vec![("service_code", "graffiti"), ("address_string", "nulle part")], 400, vec!["address_string"]),
            (vec![("service_code", "graffiti"), ("address_id", "12")], 400, vec!["lat et long"]),
            (vec![("service_code", "voirie"), ("lat", "48.85"), ("long", "2.35")], 404, vec!["service_code"]),
            (vec![("lat", "48.85"), ("long", "2.35")], 400, vec!["service_code"]),
            (vec![("service_code", "graffiti"), ("lat", "48.85"), ("long", "2.35"), ("jurisdiction_id", "x.example")], 404, vec!["jurisdiction_id"]),
        ] {
            let mut all = vec![("api_key", key.as_str())];
            all.extend(fields);
            let answer = send(&mut client, &all).await;
            check(&answer, "/open311/v2/requests.json");
            assert_eq!(answer.status.as_u16(), status, "{all:?}: {}", answer.text());
            let errors = answer.json();
            assert_eq!(errors.as_array().unwrap().len(), said.len(), "{errors}");
            for (error, said) in errors.as_array().unwrap().iter().zip(said) {
                let told = error["description"].as_str().unwrap().replace(['\u{202f}', '\u{a0}'], "");
                assert!(answer.text().replace('\u{202f}', "").contains(said) || told.contains(said), "{said}: {errors}");
            }
        }
        let (count,): (i64,) = db.one("select count(*) from feature", ()).await.unwrap();
        assert_eq!(count, 0, "nothing was written");
    }

    async fn what_xml_cannot_say_is_left_out_of_it(db: Db) {
        let (app, key) = house(&db).await;
        let mut client = Client::new(&app);
        let mut fields = pothole(&key);
        fields[4].1 = "un\u{b}trou\u{fffe} <b>&amp;</b> ]]> \u{1f573}";
        let answer = send(&mut client, &fields).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let xml = client.get("/open311/v2/requests.xml").await;
        check(&xml, "/open311/v2/requests.xml");
        assert!(xml.text().contains("untrou &lt;b&gt;&amp;amp;&lt;/b&gt; ]]&gt; \u{1f573}"), "{}", xml.text());
        let json = client.get("/open311/v2/requests.json").await.json();
        assert_eq!(json[0]["description"], "untrou <b>&amp;</b> ]]> \u{1f573}");
    }
}
