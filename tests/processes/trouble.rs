//! What an operator lives through: a disk without room, a database that stops, is locked or restored, another server that is frozen
//! in the middle of a write, more listeners than files. People are served what can be served, and told the rest.

use super::cluster::Cluster;
use super::databases::Database;
use super::http::{Answer, Client, Live};
use super::server::Server;
use super::{idea, place, post_idea, post_vote, skip, wait_until};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A small file system of its own, gone with this value.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Option<SmallDisk> {
        let disk = SmallDisk(tempfile::tempdir().unwrap());
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "none"]).arg(disk.path());
        if mount.output().is_ok_and(|done| done.status.success()) {
            return Some(disk);
        }
        skip("a file system can be mounted by root alone");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> std::path::PathBuf {
        self.path().join("filler")
    }

    /// Leaves no room at all.
    fn fill(&self) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.filler()).unwrap();
        while file.write_all(&[1; 4_096]).is_ok() {}
        while file.write_all(&[1]).is_ok() {}
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Busy: then the test has failed already.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

/// Sends an idea of many words.
fn long_idea(client: &mut Client, n: usize) -> Answer {
    let body = "Beaucoup de mots. ".repeat(200);
    let (lon, lat) = place(n);
    let (lon, lat) = (lon.to_string(), lat.to_string());
    let form = [("title", "Trop"), ("body", body.as_str()), ("lon", &lon), ("lat", &lat)];
    client.post("/proposals", &form).unwrap()
}

#[test]
fn a_full_disk_is_told_with_what_was_typed_and_writing_goes_on_once_there_is_room() {
    let Some(disk) = SmallDisk::mount("24m") else { return };
    let url = format!("sqlite:{}", disk.path().join("parvis.db").display());
    let media = tempfile::tempdir().unwrap();
    let server = Server::start(&url, &[("PARVIS_MEDIA", &media.path().display().to_string())]).unwrap();
    let mut client = Client::json(server.address);
    let id = idea(&mut client, "Un banc", place(0));
    for round in 0..3 {
        disk.fill();
        let mut refused = None;
        // The log may have some room of its own left.
        for n in 0..400 {
            let answer = long_idea(&mut client, n);
            if answer.status != 201 {
                refused = Some(answer);
                break;
            }
        }
        let refused = refused.expect("no room in the end");
        assert_eq!(refused.status, 507, "{}", refused.text());
        assert!(refused.text().contains("plus de place"), "{}", refused.text());
        // A job that found room for a line of its own since then says that there is some: whoever is refused next says that there is none.
        wait_until(Duration::from_secs(10), "it says that its disk is full", || {
            let ready = client.get("/readyz").unwrap();
            let is_full = ready.status == 503 && ready.json().unwrap()["writes"] == "full";
            if !is_full {
                long_idea(&mut client, 0);
            }
            is_full
        });
        assert_eq!(client.get("/api/features").unwrap().status, 200, "what is there is shown");
        let mut browser = Client::new(server.address).with("accept", "text/html");
        let typed = "Un argument & des « guillemets »";
        let page =
            browser.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", typed)]).unwrap();
        assert_eq!(page.status, 507, "{}", page.text());
        assert!(
            page.text().contains("Un argument &amp; des « guillemets »")
                || page.text().contains("Un argument &#38; des « guillemets »"),
            "{}",
            page.text()
        );

        std::fs::remove_file(disk.filler()).unwrap();
        wait_until(Duration::from_secs(1), "an idea is taken", || {
            post_idea(&mut client, &format!("De nouveau {round}"), place(1)).unwrap().status == 201
        });
        for n in 0..20 {
            assert_eq!(
                post_vote(&mut client, id, if n % 2 == 0 { "for" } else { "against" }).unwrap().status,
                200
            );
            idea(&mut client, "Et encore", place(n));
        }
        wait_until(Duration::from_secs(2), "ready", || client.get("/readyz").unwrap().status == 200);
    }
}

#[test]
fn a_full_folder_of_pictures_costs_nobody_their_text() {
    let Some(disk) = SmallDisk::mount("1m") else { return };
    let database = Database::sqlite();
    let server =
        Server::start(&database.url, &[("PARVIS_MEDIA", &disk.path().display().to_string())]).unwrap();
    disk.fill();
    let pixels =
        image::RgbImage::from_fn(900, 700, |x, y| image::Rgb([(x * y) as u8, (x ^ y) as u8, y as u8]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let mut body = Vec::new();
    for (name, value) in
        [("title", "Un banc au soleil"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")]
    {
        body.extend_from_slice(
            format!("--e\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    body.extend_from_slice(b"--e\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\ncontent-type: image/jpeg\r\n\r\n");
    body.extend_from_slice(jpeg.get_ref());
    body.extend_from_slice(b"\r\n--e--\r\n");
    let kind = ("content-type", "multipart/form-data; boundary=e");
    let page = Client::new(server.address)
        .with("accept", "text/html")
        .send_bytes("POST", "/proposals", &[kind], &body)
        .unwrap();
    assert_eq!(page.status, 507, "{}", page.text());
    assert!(
        page.text().contains("Un banc au soleil") && page.text().contains("publiez sans photo"),
        "{}",
        page.text()
    );
    let problem = Client::json(server.address).send_bytes("POST", "/proposals", &[kind], &body).unwrap();
    assert_eq!(
        (problem.status, problem.header("content-type")),
        (507, "application/problem+json"),
        "{}",
        problem.text()
    );
    let left: Vec<_> = std::fs::read_dir(disk.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name != "."), "{left:?}");
    std::fs::remove_file(disk.filler()).unwrap();
    let taken = Client::json(server.address).send_bytes("POST", "/proposals", &[kind], &body).unwrap();
    assert_eq!(taken.status, 201, "{}", taken.text());
}

#[test]
fn while_postgresql_is_away_the_map_is_shown_and_the_rest_is_told_at_once() {
    let Some(cluster) = Cluster::start() else { return };
    let server = Server::start(&cluster.url(), &[]).unwrap();
    let mut client = Client::json(server.address);
    let id = idea(&mut client, "Un banc", place(0));
    let soon = |what: &str, path: &str, status: u16, accept: &str| {
        let begun = Instant::now();
        let answer = Client::new(server.address).with("accept", accept).get(path).unwrap();
        assert_eq!(answer.status, status, "{what}: {path}: {}", answer.text());
        assert!(begun.elapsed() < Duration::from_secs(6), "{what}: {path} took {:?}", begun.elapsed());
        answer
    };
    let feature = format!("/features/{id}");
    let away = |what: &str| {
        for path in ["/", "/list"] {
            let page = soon(what, path, 200, "text/html");
            assert!(page.text().contains("ne répond pas"), "{what}: {path}");
        }
        let refused = soon(what, &feature, 503, "text/html");
        assert!(!refused.header("retry-after").is_empty(), "{what}");
        assert!(
            !refused.text().contains("sqlx") && !refused.text().contains("timed out"),
            "{}",
            refused.text()
        );
        soon(what, "/api/features", 503, "application/json");
        soon(what, "/readyz", 503, "application/json");
        soon(what, "/api/counts", 200, "application/json");
        let refused = post_idea(&mut Client::json(server.address), "Perdue", place(1)).unwrap();
        assert_eq!(refused.status, 503, "{what}: {}", refused.text());
    };
    let back = |what: &str| {
        let mut client = Client::json(server.address);
        wait_until(Duration::from_secs(20), what, || client.get("/readyz").unwrap().status == 200);
        let id = idea(&mut client, what, place(2));
        assert_eq!(client.get(&format!("/api/features/{id}")).unwrap().status, 200);
    };
    cluster.stop();
    away("stopped");
    cluster.go();
    back("started again");

    // No connection is left for anybody.
    cluster.sql("postgres", "alter database parvis with allow_connections false");
    cluster
        .sql("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'parvis'");
    away("takes no connection");
    cluster.sql("postgres", "alter database parvis with allow_connections true");
    back("takes connections");

    // Somebody's tool holds the table.
    let mut locked = cluster
        .psql("parvis", "begin; lock table feature in access exclusive mode; select pg_sleep(25)")
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    away("locked");
    cluster.sql(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'begin; lock%'",
    );
    locked.wait().unwrap();
    back("unlocked");
}

#[test]
fn a_server_that_is_frozen_within_a_write_keeps_nobody_from_voting_on_another() {
    let Some(database) = Database::postgis() else { return };
    let (a, b) = (Server::start(&database.url, &[]).unwrap(), Server::start(&database.url, &[]).unwrap());
    let mut here = Client::json(a.address);
    let ids: Vec<i64> = (0..6).map(|n| idea(&mut here, &format!("Idée {n}"), place(n))).collect();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (over, ids, address) = (&over, &ids, a.address);
            scope.spawn(move || {
                let mut client = Client::json(address);
                for n in 0.. {
                    if over.load(Ordering::Relaxed) {
                        return;
                    }
                    client.forget();
                    // Frozen in the middle of it: then there is no answer until it goes on.
                    let _ = post_vote(&mut client, ids[(writer + n) % ids.len()], "for");
                }
            });
        }
        let mut there = Client::json(b.address);
        let mut longest = Duration::ZERO;
        for round in 0..4 {
            std::thread::sleep(Duration::from_millis(150 + 70 * round));
            a.freeze(true).unwrap();
            let frozen = Instant::now();
            let mut taken = 0;
            while frozen.elapsed() < Duration::from_secs(6) {
                for id in &ids {
                    there.forget();
                    let begun = Instant::now();
                    let answer = post_vote(&mut there, *id, "for").unwrap();
                    longest = longest.max(begun.elapsed());
                    assert!([200, 503].contains(&answer.status), "{}", answer.text());
                    taken += usize::from(answer.status == 200);
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            a.freeze(false).unwrap();
            assert!(taken > 0, "round {round}: no vote was taken");
        }
        over.store(true, Ordering::Relaxed);
        eprintln!("the longest answer beside a frozen server took {longest:?}");
        // Three seconds; one more for a busy machine.
        assert!(longest < Duration::from_secs(4), "a vote waited {longest:?} for a frozen server");
    });
    let (miscounted,): (i64,) = database.one(
        "select count(*) from feature f where f.votes_for <> (select count(*) from vote v where v.feature_id = f.id and v.value = 1)",
    );
    assert_eq!(miscounted, 0);
    wait_until(Duration::from_secs(10), "the frozen one is well again", || {
        here.get("/readyz").is_ok_and(|answer| answer.status == 200)
    });
}

#[test]
fn a_thousand_listeners_of_one_address_leave_room_for_everybody_else() {
    let database = Database::sqlite();
    for settings in [&[("PARVIS_LIMITS", "")], &[("PARVIS_LIMITS", "off")]] {
        let server = Server::start_with_files(&database.url, 1_024, settings).unwrap();
        assert_eq!(server.logged("listening", "files"), Some(1_024));
        let streams: Vec<Live> = (0..1_000).filter_map(|_| Live::open(server.address, None).ok()).collect();
        assert!((50..800).contains(&streams.len()), "{} listen", streams.len());
        let mut client = Client::json(server.address);
        let id = idea(&mut client, "Un banc", place(0));
        assert_eq!(client.get("/api/features").unwrap().status, 200);
        let told = streams.last().unwrap().wait_for(Duration::from_secs(5), |event| event.tells_of(id));
        assert!(told.is_some(), "who listens is told");
        let refused = Client::new(server.address).get("/live").unwrap();
        assert!([429, 503].contains(&refused.status), "{}", refused.text());
        assert!(!refused.header("retry-after").is_empty());
        let missed = client.get("/live?last=0&once").unwrap();
        assert_eq!((missed.status, missed.json().unwrap()["seq"].as_i64()), (200, Some(told.unwrap().id)));
        drop(streams);
        wait_until(Duration::from_secs(10), "a place is free again", || {
            Live::open(server.address, None).is_ok()
        });
    }
}

#[test]
fn bodies_that_are_held_back_fill_no_memory_and_keep_nobody_out() {
    use std::io::Write;
    let database = Database::sqlite();
    let server = Server::start(&database.url, &[]).unwrap();
    let before = server.memory().unwrap();
    let head = "POST /proposals HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=e\r\ncontent-length: 46000000\r\n\r\n\
                --e\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n";
    let piece = vec![b'x'; 1 << 20];
    let held: Vec<_> = (0..60)
        .filter_map(|_| {
            let mut stream = std::net::TcpStream::connect(server.address).ok()?;
            stream.set_write_timeout(Some(Duration::from_millis(300))).ok()?;
            stream.write_all(head.as_bytes()).ok()?;
            // What is not taken any more was refused.
            for _ in 0..11 {
                if stream.write_all(&piece).is_err() {
                    break;
                }
            }
            Some(stream)
        })
        .collect();
    assert_eq!(held.len(), 60);
    let grown = server.memory().unwrap().saturating_sub(before);
    assert!(grown < 150 << 20, "60 bodies of 11 MB each hold {} MB", grown >> 20);
    let mut client = Client::json(server.address);
    idea(&mut client, "Un banc", place(0));
    assert_eq!(client.get("/list").unwrap().status, 200);
    drop(held);
}
