//! Holds `docs/SECURITY-MODEL.md` to the source: every test that it names is there. And the threats that no module has for itself: paths, bodies,
//! ways back, addresses that somebody typed.

use crate::server::testing::{Client, app, on_sqlite};
use axum::http::StatusCode;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

/// The rows of the tables of threats: the threat, and the tests that it names.
fn threats() -> Vec<(String, Vec<String>)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/SECURITY-MODEL.md");
    let text = std::fs::read_to_string(file).unwrap();
    let threats = text.split("\n## ").find(|section| section.starts_with("Threats")).unwrap();
    let is_head = |line: &str| line.starts_with("| threat |") || line.starts_with("|---");
    let rows = threats.lines().filter(|line| line.starts_with('|') && !is_head(line));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let tests = cells.last().unwrap().split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (cells[0].trim().to_owned(), tests)
    })
    .collect()
}

#[test]
fn every_threat_names_a_test_and_every_test_that_is_named_exists() {
    let threats = threats();
    assert!(threats.len() > 30, "the tables of docs/SECURITY-MODEL.md are not read any more");
    let code: String = ["src", "tests/processes", "tiles/src", "tiles/tests", "crates"]
        .into_iter()
        .flat_map(sources)
        .map(|(_, text)| text)
        .collect();
    let mut wrong = Vec::new();
    for (threat, tests) in threats {
        if tests.is_empty() {
            wrong.push(format!("« {threat} » names no test"));
        }
        let missing = tests.iter().filter(|test| !code.contains(&format!("fn {test}(")));
        wrong.extend(missing.map(|test| format!("« {threat} » names `{test}`, which no file has")));
    }
    assert!(wrong.is_empty(), "docs/SECURITY-MODEL.md, last column of the threats:\n{}", wrong.join("\n"));
}

#[test]
fn nothing_fetches_an_address_that_somebody_typed() {
    // Whoever makes the server talk to another one has a room for it, which takes the address from the configuration.
    const CLIENTS: [&str; 7] = [
        "reqwest",
        "TcpStream::connect",
        "lettre::",
        "openidconnect::",
        "ureq::",
        "hyper::client",
        "client::legacy",
    ];
    // `base/fetch.rs` asks what an administrator typed, and looks at where it leads before it does.
    const ROOMS: [&str; 3] = ["base/mail", "base/fetch.rs", "civic/accounts"];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let inside = path.strip_prefix(&src).unwrap();
        // The operator's own command line: it fetches what they type there, or asks their own server, and nothing else.
        let is_operators =
            ["server/cli/verify.rs", "server/cli/health.rs"].iter().any(|file| inside == Path::new(file));
        // `telemetry.rs` names libraries whose lines are not logged.
        let only_named =
            ["server/security_model.rs", "base/telemetry.rs"].iter().any(|file| inside == Path::new(file));
        if ROOMS.iter().any(|room| inside.starts_with(room)) || only_named || is_operators {
            continue;
        }
        let lines = text.lines().filter(|line| CLIENTS.iter().any(|client| line.contains(client)));
        wrong.extend(lines.map(|line| format!("{}: {}", inside.display(), line.trim())));
    }
    assert!(
        wrong.is_empty(),
        "what people, agents and imports type is shown as a link and never fetched; a client of another server stands in {ROOMS:?}:\n{}",
        wrong.join("\n")
    );
}

#[tokio::test]
async fn no_path_leads_out_of_what_is_served() {
    on_sqlite(async |db| {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let out = [
            "..%2f..%2fCargo.toml",
            "%2e%2e/%2e%2e/Cargo.toml",
            "..%5c..%5cCargo.toml",
            "%2fetc%2fpasswd",
            "x%00.css",
        ];
        for way in out {
            for route in [
                "/assets/",
                "/photos/",
                "/photos/..%2f/",
                "/basemap/0/0/",
                "/export/",
                "/tiles/features/0/0/",
                "/features/",
            ] {
                let answer = client.get(&format!("{route}{way}")).await;
                assert!(answer.status.is_client_error(), "{route}{way}: {}", answer.status);
                let text = answer.text();
                assert!(!text.contains("[workspace]") && !text.contains("root:"), "{route}{way}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_way_back_leads_nowhere_but_here() {
    on_sqlite(async |db| {
        let app = app(&db).await;
        for (from, to) in [
            ("http://parvis.test/list?theme=nature", "/list?theme=nature"),
            ("https://evil.example/list", "/list"),
            ("https://evil.example//evil.example/", "/"),
            ("https://parvis.test/\\evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("//evil.example/x", "/"),
        ] {
            let mut client = Client::new(&app);
            client.headers.push(("referer", from.into()));
            let answer = client.get("/language/en").await;
            assert!(answer.status.is_redirection(), "{from}: {}", answer.status);
            assert_eq!(answer.header("location"), to, "{from}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    on_sqlite(async |db| {
        let app = app(&db).await;
        let mut client = Client::json(&app);
        let long = "x".repeat(300 << 10);
        for path in ["/features/1/vote", "/features/1/arguments"] {
            let answer = client.post(path, &[("voice", "for"), ("side", "for"), ("body", &long)]).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {}", answer.text());
        }
        let file = vec![0; 60 << 20];
        for path in ["/photos", "/proposals"] {
            let answer = client.upload(path, &[], &[("photo", "grand.jpg", &file)]).await;
            assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        }
    })
    .await;
}
