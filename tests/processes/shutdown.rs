//! SIGTERM: requests under way end well, live connections are ended, the exit code says that all was well.

use super::databases::Database;
use super::http::{Client, Live};
use super::server::Server;
use super::{idea, place};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn a_request_under_way_ends_well(database: &Database) {
    let mut server = Server::start(&database.url, &[("PARVIS_SHUTDOWN_SECONDS", "2")]).unwrap();
    let before = idea(&mut Client::json(server.address), "Avant", place(0));
    let _live = Live::open(server.address, None).unwrap();
    let body = "title=Pendant+la+fermeture&lon=2.35&lat=48.86";
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let (first, rest) = body.split_at(10);
    write!(
        stream,
        "POST /proposals HTTP/1.1\r\nhost: x\r\naccept: application/json\r\ncontent-length: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{first}",
        body.len()
    )
    .unwrap();
    // The server has begun to read it before it is told to stop.
    std::thread::sleep(Duration::from_millis(300));
    let told = Instant::now();
    server.terminate().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(TcpStream::connect(server.address).is_err(), "a new visitor is sent away");
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let status = server.wait(Duration::from_secs(10)).unwrap();
    let took = told.elapsed();
    assert!(status.success(), "{status}: {}", server.log().join("\n"));
    assert!(took < Duration::from_millis(1_900), "the live connection holds nothing up: {took:?}");

    let server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    let list = client.get("/api/features").unwrap().text();
    assert!(list.contains("Pendant la fermeture"), "{list}");
    assert_eq!(client.get(&format!("/api/features/{before}")).unwrap().status, 200);
}

fn an_idle_server_stops_at_once(database: &Database) {
    let mut server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    idea(&mut client, "Un banc", place(0));
    let told = Instant::now();
    server.terminate().unwrap();
    let status = server.wait(Duration::from_secs(10)).unwrap();
    assert!(status.success(), "{status}");
    assert!(
        told.elapsed() < Duration::from_millis(2_500),
        "an idle connection holds nothing up: {:?}",
        told.elapsed()
    );
    complains_of_nothing(&server);
}

/// The tasks that a server begins with are at their work in the first moments: each of them is cut at another place.
fn a_server_stopped_as_it_starts_complains_of_nothing(database: &Database) {
    for wait_ms in [0, 1, 2, 4, 8, 16, 32, 64] {
        let mut server = Server::start(&database.url, &[]).unwrap();
        std::thread::sleep(Duration::from_millis(wait_ms));
        server.terminate().unwrap();
        assert!(server.wait(Duration::from_secs(10)).unwrap().success());
        complains_of_nothing(&server);
    }
}

fn complains_of_nothing(server: &Server) {
    let errors: Vec<String> = server.log().into_iter().filter(|line| line.contains("\"ERROR\"")).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn the_pages_shown_in_the_last_minute_are_in_the_audience_of_a_server_that_stopped() {
    let database = Database::sqlite();
    let mut server = Server::start(&database.url, &[]).unwrap();
    let mut browser = Client::new(server.address);
    for _ in 0..3 {
        assert_eq!(browser.get("/privacy").unwrap().status, 200);
    }
    server.terminate().unwrap();
    assert!(server.wait(Duration::from_secs(10)).unwrap().success());
    let (shown,): (i64,) = database.one("select sum(shown) from audience where route = '/privacy'");
    assert_eq!(shown, 3);
}

#[test]
fn a_stopping_server_ends_what_it_began_on_sqlite() {
    a_request_under_way_ends_well(&Database::sqlite());
    an_idle_server_stops_at_once(&Database::sqlite());
    a_server_stopped_as_it_starts_complains_of_nothing(&Database::sqlite());
}

#[test]
fn a_stopping_server_ends_what_it_began_on_postgis() {
    if let Some(database) = Database::postgis() {
        a_request_under_way_ends_well(&database);
        an_idle_server_stops_at_once(&database);
        a_server_stopped_as_it_starts_complains_of_nothing(&database);
    }
}
