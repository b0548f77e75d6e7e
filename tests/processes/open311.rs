//! Open311 between processes: the client `georeport`, unmodified, on a server of ours; and one server that hands a report over to another.

use super::command_line::{run, text};
use super::databases::Database;
use super::http::Client;
use super::server::Server;
use super::{skip, wait_until};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A key whose digest the statements below write; nobody else has it.
const KEY: &str = "parvis_abababababababababababababababababababababababababababababababab";

/// What a desk would make: a category with a question and one without, a service with a rule for everything, a key.
const CATALOGUE: [&str; 5] = [
    "insert into report_category (id, slug, label, sort, questions, target_n, target_unit, duplicate_metres, duplicate_days, checks_photos, color, position)
     values (1, 'nid-de-poule', 'Nid-de-poule', 'problem', '[{\"code\":\"size\",\"label\":\"Quelle taille ?\",\"datatype\":\"string\"}]', 3, 'days', 50, 30, 0, '#0072b2', 1)",
    "insert into report_category (id, slug, label, sort, duplicate_metres, duplicate_days, checks_photos, color, position)
     values (2, 'graffiti', 'Graffiti', 'problem', 50, 30, 0, '#0072b2', 2)",
    "insert into report_service (id, slug, name, is_outside) values (1, 'voirie', 'Service voirie', 0)",
    "insert into report_rule (is_of_area, service_id, from_at) values (0, 1, '2026-01-01T00:00:00.000000Z')",
    // SHA-256 of KEY.
    "insert into api_key (name, scope, digest, per_hour, made_at)
     values ('Essai', 'open311', x'9843b269ca74ce7f0bfc8b1bc4c5b4c1273c2c9322a2ad2cc9fb25202b612bcf', 10000, '2026-01-01T00:00:00.000000Z')",
];

fn filled() -> Database {
    let database = Database::sqlite();
    // The first start makes the tables.
    drop(Server::start(&database.url, &[]).unwrap());
    CATALOGUE.iter().for_each(|sql| database.run(sql));
    database
}

fn report(server: &Server) -> String {
    let fields = [
        ("api_key", KEY),
        ("service_code", "nid-de-poule"),
        ("lat", "48.8566"),
        ("long", "2.3522"),
        ("description", "Un trou"),
        ("attribute[size]", "Grand"),
        ("email", "lea@mail.example"),
    ];
    let made = Client::new(server.address).post("/open311/v2/requests.json", &fields).unwrap();
    assert_eq!(made.status, 201, "{}", made.text());
    made.json().unwrap()[0]["service_request_id"].as_str().unwrap().to_owned()
}

#[test]
fn the_client_georeport_reads_every_door_in_both_formats() {
    let folder = tempfile::tempdir().unwrap();
    let python = folder.path().join("bin/python");
    let made = Command::new("python3").arg("-m").arg("venv").arg(folder.path()).output();
    let is_there = made.is_ok_and(|made| made.status.success())
        && Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "georeport==0.3.1"])
            .output()
            .is_ok_and(|installed| installed.status.success());
    if !is_there {
        return skip("python3 with the package georeport cannot be had");
    }
    let database = filled();
    let server = Server::start(&database.url, &[]).unwrap();
    report(&server);
    report(&server);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/open311/georeport_client.py");
    let base = format!("http://{}/open311/v2", server.address);
    let output = run(Command::new(&python).arg(script).arg(base).arg(KEY));
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().count(), 2, "{}", text(&output.stdout));
}

#[test]
fn one_server_hands_a_report_over_to_another_and_no_log_says_a_key() {
    let (here, there) = (filled(), filled());
    let other = Server::start(&there.url, &[]).unwrap();
    let host = other.address.to_string();
    let door = format!(
        "insert into report_service (id, slug, name, is_outside, open311_url, open311_key) values (2, 'departement', 'Département', 1, 'http://{host}/open311/v2', '{KEY}')"
    );
    here.run(door.leak());
    let server =
        Server::start(&here.url, &[("PARVIS_OUTSIDE_HOSTS", &host), ("PARVIS_LOG_FILTER", "debug")]).unwrap();
    let id = report(&server);
    let hand = format!(
        "insert into report_handover (feature_id, service_id, way, state, next_try_at, made_at)
         values ({id}, 2, 'open311', 'waiting', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')"
    );
    here.run(hand.leak());
    wait_until(Duration::from_secs(90), "it is sent", || {
        let (state, problem): (String, String) = here.one("select state, problem from report_handover");
        assert_ne!(state, "failed", "{problem}");
        state == "sent"
    });
    let (reference,): (String,) = here.one("select reference from report_handover");
    let (body,): (String,) = there.one("select body from feature");
    assert_eq!(reference, "1");
    assert!(body.starts_with("Un trou") && !body.contains("mail.example"), "{body}");
    for line in server.log().iter().chain(&other.log()) {
        assert!(!line.contains(KEY), "{line}");
    }
}
