//! What watches the server: metrics, readiness, and what both say when the database is gone.

use super::databases::Database;
use super::http::Client;
use super::server::Server;
use super::{idea, place, post_idea, post_vote, score_in_tile, wait_until};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

/// The samples of a Prometheus text: every line is a comment or `name{labels} value`.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no sample: {line}"));
            (name.to_owned(), value.parse().unwrap_or_else(|e| panic!("{e}: {line}")))
        })
        .collect()
}

/// An address of the loopback on which nobody listens.
fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[test]
fn metrics_count_what_was_done_by_route_and_never_by_person() {
    let database = Database::sqlite();
    let metrics = free_address();
    let settings = [("PARVIS_METRICS_LISTEN", metrics.to_string())];
    let server =
        Server::start(&database.url, &settings.each_ref().map(|(key, value)| (*key, value.as_str())))
            .unwrap();
    let mut client = Client::json(server.address);
    assert_eq!(client.get("/metrics").unwrap().status, 404, "the public address tells nothing");
    let id = idea(&mut client, "Un banc", place(0));
    post_vote(&mut client, id, "for").unwrap();
    for _ in 0..3 {
        score_in_tile(&mut client, id, place(0)).unwrap();
    }
    client.get("/api/features/424242").unwrap();
    let told = || Client::json(metrics).get("/metrics").unwrap().text();
    // Jobs begin beside the first requests.
    let begun = std::time::Instant::now();
    while !told().contains("parvis_job_last_run_seconds{job=\"retention\"}") && begun.elapsed().as_secs() < 20
    {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let text = told();
    assert!(text.contains("# TYPE parvis_request_seconds histogram"), "{text}");
    let samples = samples(&text);
    let of = |name: &str| samples.get(name).copied().unwrap_or_default();
    assert_eq!(of("parvis_tile_renders_total"), 1.0, "{text}");
    assert_eq!(of("parvis_tile_cache_hits_total"), 2.0, "{text}");
    assert_eq!(of("parvis_journal_applied"), 3.0, "{text}");
    assert_eq!((of("parvis_journal_lag"), of("parvis_database_up")), (0.0, 1.0), "{text}");
    assert!(of("parvis_memory_bytes") > 1e6 && of("parvis_tile_cache_bytes") > 0.0, "{text}");
    assert!(of("parvis_job_last_run_seconds{job=\"retention\"}") > 1.6e9, "{text}");
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let family = line.split(' ').next().unwrap();
        assert!(text.contains(&format!("# HELP {family} ")), "no help for {family}");
    }
    let requests = |route: &str, status: &str| {
        let is_it = |name: &str| {
            name.starts_with("parvis_request_seconds_count{")
                && name.contains(&format!("route=\"{route}\""))
                && name.contains(&format!("status=\"{status}\""))
        };
        samples.iter().filter(|(name, _)| is_it(name)).map(|(_, value)| value).sum::<f64>()
    };
    assert_eq!(requests("/tiles/{layers}/{z}/{x}/{y}", "200"), 3.0, "{text}");
    assert_eq!(requests("/api/features/{id}", "404"), 1.0, "{text}");
    assert!(!text.contains("424242") && !text.contains("127.0.0.1"), "an address of a request: {text}");
}

#[test]
fn a_server_without_its_database_says_so_still_shows_the_map_and_comes_back() {
    let Some(database) = Database::postgis() else { return };
    let server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    let id = idea(&mut client, "Un banc", place(0));
    assert_eq!(client.get("/readyz").unwrap().status, 200);
    database.set_reachable(false);
    wait_until(Duration::from_secs(15), "not ready", || client.get("/readyz").unwrap().status >= 500);
    assert_eq!(client.get("/healthz").unwrap().status, 200, "the process itself is well");
    assert_eq!(score_in_tile(&mut client, id, place(0)), Some(0), "the map is in memory");
    let refused = post_idea(&mut client, "Perdue", place(1)).unwrap();
    assert!(refused.status >= 500, "{}", refused.text());
    assert!(!refused.text().contains("postgres"), "{}", refused.text());
    database.set_reachable(true);
    wait_until(Duration::from_secs(15), "ready again", || client.get("/readyz").unwrap().status == 200);
    let id = idea(&mut client, "Retrouvée", place(2));
    wait_until(Duration::from_secs(5), "on the map", || score_in_tile(&mut client, id, place(2)) == Some(0));
}
