//! `kill -9` under load: what was acknowledged is there after the next start, and the map is the database.

use super::command_line::succeeds;
use super::databases::Database;
use super::http::Client;
use super::server::{Server, parvis};
use super::{features_on_map, idea, place, post_idea, post_vote};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::Duration;

const WRITERS: usize = 4;
const KILLS: usize = 2;

/// What the server said that it had done.
#[derive(Default)]
struct Acknowledged {
    ideas: BTreeMap<i64, String>,
    /// Votes for each feature.
    votes: BTreeMap<i64, i64>,
}

/// Places ideas and votes for others' until the server is gone.
fn write_until_gone(address: SocketAddr, writer: String, targets: Vec<i64>) -> JoinHandle<Acknowledged> {
    std::thread::spawn(move || {
        let (mut client, mut done) = (Client::json(address), Acknowledged::default());
        for n in 0.. {
            client.forget();
            let title = format!("Idée {writer}-{n}");
            match post_idea(&mut client, &title, place(n * 7)) {
                Ok(answer) => {
                    assert_eq!(answer.status, 201, "{}", answer.text());
                    done.ideas.insert(answer.json().unwrap()["id"].as_i64().unwrap(), title);
                }
                Err(_) => break,
            }
            let target = targets[n % targets.len()];
            match post_vote(&mut client, target, "for") {
                Ok(answer) => {
                    assert_eq!(answer.status, 200, "{}", answer.text());
                    *done.votes.entry(target).or_default() += 1;
                }
                Err(_) => break,
            }
        }
        done
    })
}

fn nothing_acknowledged_is_lost(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parvis.map");
    let settings = [("PARVIS_MAP_FILE", file.to_str().unwrap())];
    let mut server = Server::start(&database.url, &settings).unwrap();
    let mut client = Client::json(server.address);
    let targets: Vec<i64> = (0..5).map(|n| idea(&mut client, &format!("Cible {n}"), place(n))).collect();
    // The map is kept in a file as it is now: each server that comes after one that was killed begins with it.
    server.terminate().unwrap();
    assert!(server.wait(Duration::from_secs(10)).unwrap().success());
    server = Server::start(&database.url, &settings).unwrap();
    assert_eq!(server.logged("the live map is loaded", "from_file"), Some(5), "{:?}", server.log());
    let mut all = Acknowledged::default();
    for round in 0..KILLS {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| write_until_gone(server.address, format!("{round}-{writer}"), targets.clone()))
            .collect();
        std::thread::sleep(Duration::from_millis(1_200));
        server.kill().unwrap();
        for writer in writers {
            let done = writer.join().unwrap();
            all.ideas.extend(done.ideas);
            for (target, votes) in done.votes {
                *all.votes.entry(target).or_default() += votes;
            }
        }
        server = Server::start(&database.url, &settings).unwrap();
        assert_eq!(server.logged("the live map is loaded", "from_file"), Some(5));
        check(database, &mut Client::json(server.address), &all, (round + 1) * WRITERS);
    }
    let votes: i64 = all.votes.values().sum();
    eprintln!("{} ideas and {votes} votes were acknowledged over {KILLS} kills", all.ideas.len());
    assert!(all.ideas.len() > 20 && votes > 20, "too little load to mean anything");
}

/// `unheard` is the most answers that the kills can have swallowed: a write may be kept without its author knowing.
fn check(database: &Database, client: &mut Client, all: &Acknowledged, unheard: usize) {
    for (id, title) in &all.ideas {
        let feature = client.get(&format!("/api/features/{id}")).unwrap().json().unwrap();
        assert_eq!(feature["properties"]["title"], title.as_str(), "idea {id}");
    }
    for (id, votes) in &all.votes {
        let feature = client.get(&format!("/api/features/{id}")).unwrap().json().unwrap();
        let counted = feature["properties"]["votes_for"].as_i64().unwrap();
        assert!(
            (*votes..=*votes + unheard as i64).contains(&counted),
            "{counted} votes, {votes} acknowledged"
        );
    }
    let (miscounted,): (i64,) = database.one(
        "select count(*) from feature f
         where f.votes_for <> (select count(*) from vote v where v.feature_id = f.id and v.value = 1)
            or f.votes_against <> (select count(*) from vote v where v.feature_id = f.id and v.value = -1)",
    );
    assert_eq!(miscounted, 0, "features whose counters are not their votes");
    let (gaps,): (i64,) = database.one("select h.seq - (select count(*) from journal) from journal_head h");
    assert_eq!(gaps, 0, "journal numbers without a line");
    let told = succeeds(parvis(&database.url).arg("verify"));
    assert!(told.contains("register intact"), "{told}");
    let (rows,): (i64,) = database.one("select count(*) from feature where published_at is not null");
    assert!(rows as usize <= all.ideas.len() + 5 + unheard, "{rows} rows");
    let counts = client.get("/api/counts").unwrap().json().unwrap();
    assert_eq!(counts["total"], rows);
    let (score,): (i64,) = database.one("select coalesce(cast(sum(value) as bigint), 0) from vote");
    assert_eq!(counts["score"], score);
    for zoom in [0, 10, 13, 15] {
        assert_eq!(features_on_map(client, zoom), rows, "features in the tiles of zoom {zoom}");
    }
}

#[test]
fn nothing_acknowledged_is_lost_on_sqlite() {
    nothing_acknowledged_is_lost(&Database::sqlite());
}

#[test]
fn nothing_acknowledged_is_lost_on_postgis() {
    if let Some(database) = Database::postgis() {
        nothing_acknowledged_is_lost(&database);
    }
}
