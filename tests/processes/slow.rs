//! Clients that hold connections by doing as good as nothing: they are ended, and whoever comes beside them is served.

use super::databases::Database;
use super::http::Client;
use super::server::Server;
use super::{idea, place};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longer than any request may take: whoever is still connected then was not ended.
const NEVER: Duration = Duration::from_secs(90);

/// Sends a beginning, then a byte now and then until the server has enough. Gives what it said.
fn trickle(server: &Server, beginning: &str, pause: Duration) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(pause)).unwrap();
    stream.write_all(beginning.as_bytes()).unwrap();
    let (started, mut said) = (Instant::now(), Vec::new());
    let mut buffer = [0; 4_096];
    while started.elapsed() < NEVER {
        match stream.read(&mut buffer) {
            Ok(0) => return String::from_utf8_lossy(&said).into_owned(),
            Ok(read) => said.extend_from_slice(&buffer[..read]),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock) => {
                // Refused: closed on the other side, which the next read tells.
                let _ = stream.write_all(b"x");
            }
            Err(_) => return String::from_utf8_lossy(&said).into_owned(),
        }
    }
    panic!("{beginning:?} holds its connection");
}

#[test]
fn a_request_that_trickles_is_ended_and_others_are_served_meanwhile() {
    let database = Database::sqlite();
    let server = Server::start(&database.url, &[("PARVIS_PATIENCE_SECONDS", "2")]).unwrap();
    let form = "POST /proposals HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n";
    let files = "POST /photos HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=e\r\n";
    let (often, seldom) = (Duration::from_millis(300), Duration::from_secs(60));
    let slow = [
        // A head that never ends, and one that stops.
        ("GET / HTTP/1.1\r\nhost: x\r\nx-slow: ".to_owned(), often),
        ("GET / HTTP/1.1\r\nhost: x\r\n".to_owned(), seldom),
        (String::new(), seldom),
        // Bodies that stop, and one that never ends.
        (format!("{form}content-length: 9000\r\n\r\ntitle=Un+b"), seldom),
        (format!("{files}content-length: 9000\r\n\r\n--e\r\n"), seldom),
        (format!("{form}content-length: 9000\r\n\r\ntitle=Un+b"), often),
    ];
    std::thread::scope(|scope| {
        let held: Vec<_> = slow
            .iter()
            .map(|(beginning, pause)| scope.spawn(|| trickle(&server, beginning, *pause)))
            .collect();
        let mut client = Client::json(server.address);
        idea(&mut client, "Un banc", place(0));
        assert_eq!(client.get("/api/features").unwrap().status, 200);
        for held in held {
            let said = held.join().unwrap();
            assert!(!said.starts_with("HTTP/1.1 2"), "{said}");
        }
    });
}

#[test]
fn one_address_that_does_too_much_is_told_when_to_come_back() {
    let database = Database::sqlite();
    let settings = [("PARVIS_LIMITS", "vote=1/minute"), ("PARVIS_TRUSTED_PROXIES", "127.0.0.1")];
    let server = Server::start(&database.url, &settings).unwrap();
    let mut client = Client::json(server.address);
    let id = idea(&mut client, "Un banc", place(0));
    let vote = |from: &str| {
        let mut client = Client::json(server.address).with("x-forwarded-for", from);
        client.post(&format!("/features/{id}/vote"), &[("voice", "for")]).unwrap()
    };
    // Ten people at one address, each without a cookie yet, and not one more.
    for _ in 0..10 {
        assert_eq!(vote("192.0.2.1").status, 200);
    }
    // What the client wrote before the proxy's word is not believed.
    let late = vote("203.0.113.9, 192.0.2.1");
    assert_eq!(late.status, 429, "{}", late.text());
    assert!((1..=60).contains(&late.header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(vote("192.0.2.2").status, 200, "another address is not concerned");
    let log = server.log().join("\n");
    assert!(!log.contains("192.0.2"), "no address in the log: {log}");
}
