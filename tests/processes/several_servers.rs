//! Several servers on one PostGIS: what happens on one is everybody's at once, and nobody who was away misses anything.

use super::databases::Database;
use super::http::{Client, Live};
use super::server::Server;
use super::{idea, place, post_idea, post_vote, score_in_tile, wait_until};
use std::time::Duration;

const AT_ONCE: Duration = Duration::from_secs(1);

fn in_list(client: &mut Client, id: i64) -> bool {
    let list = client.get("/api/features?order=newest&limit=10").unwrap().json().unwrap();
    list["features"].as_array().unwrap().iter().any(|feature| feature["id"] == id)
}

#[test]
fn an_idea_or_a_vote_on_one_server_is_on_the_other_at_once() {
    let Some(database) = Database::postgis() else { return };
    let (a, b) = (Server::start(&database.url, &[]).unwrap(), Server::start(&database.url, &[]).unwrap());
    let (mut here, mut there) = (Client::json(a.address), Client::json(b.address));
    let live = Live::open(b.address, None).unwrap();
    let mut last = 0;
    for n in 0..5 {
        let at = place(n);
        let id = idea(&mut here, &format!("Un banc {n}"), at);
        wait_until(AT_ONCE, "the idea in B's tile", || score_in_tile(&mut there, id, at) == Some(0));
        wait_until(AT_ONCE, "the idea in B's list", || in_list(&mut there, id));
        last = live.wait_for(AT_ONCE, |event| event.tells_of(id)).expect("the idea in B's stream").id;
        assert_eq!(post_vote(&mut here, id, "for").unwrap().status, 200);
        wait_until(AT_ONCE, "the vote in B's tile", || score_in_tile(&mut there, id, at) == Some(1));
        let told = live.wait_for(AT_ONCE, |e| e.id > last && e.tells_of(id)).expect("the vote in B's stream");
        assert!(told.id > last);
        last = told.id;
        // The visitor's cookie of one server is good on the other: one voice, not two.
        let again = post_vote(&mut here, id, "for").unwrap().json().unwrap();
        assert_eq!(again["score"], 1);
    }
    let ready = there.get("/readyz").unwrap().json().unwrap();
    assert_eq!((&ready["map"], &ready["journal"]), (&last.into(), &last.into()));
}

#[test]
fn a_server_that_was_away_has_everything_when_it_comes_back_and_its_listeners_miss_nothing() {
    let Some(database) = Database::postgis() else { return };
    let (a, b) = (Server::start(&database.url, &[]).unwrap(), Server::start(&database.url, &[]).unwrap());
    let mut here = Client::json(a.address);
    let live = Live::open(b.address, None).unwrap();
    let before = idea(&mut here, "Avant", place(0));
    let seen = live.wait_for(AT_ONCE, |event| event.tells_of(before)).expect("the idea in B's stream").id;
    b.kill().unwrap();

    let away: Vec<i64> = (1..8).map(|n| idea(&mut here, &format!("Pendant {n}"), place(n))).collect();
    assert_eq!(post_vote(&mut here, before, "for").unwrap().status, 200);
    let b = Server::start(&database.url, &[]).unwrap();
    let mut there = Client::json(b.address);
    for (n, id) in (1..8).zip(&away) {
        assert_eq!(
            score_in_tile(&mut there, *id, place(n)),
            Some(0),
            "idea {n} is on the map from the start"
        );
    }
    assert_eq!(score_in_tile(&mut there, before, place(0)), Some(1));
    let live = Live::open(b.address, Some(seen)).unwrap();
    let mut missing: Vec<i64> = away.iter().copied().chain([before]).collect();
    live.wait_for(AT_ONCE, |event| {
        missing.retain(|id| !event.tells_of(*id));
        missing.is_empty()
    })
    .unwrap_or_else(|| panic!("never told of {missing:?}"));
}

#[test]
fn servers_whose_connections_are_cut_find_their_way_back_by_themselves() {
    let Some(database) = Database::postgis() else { return };
    let (a, b) = (Server::start(&database.url, &[]).unwrap(), Server::start(&database.url, &[]).unwrap());
    let (mut here, mut there) = (Client::json(a.address), Client::json(b.address));
    let live = Live::open(b.address, None).unwrap();
    for n in 0..3 {
        database.cut_connections();
        // An act that met the cut may be refused; one that is acknowledged is everywhere.
        let mut id = 0;
        wait_until(Duration::from_secs(5), "A takes ideas again", || {
            let answer = post_idea(&mut here, &format!("Après la coupure {n}"), place(n)).unwrap();
            id = answer.json().unwrap()["id"].as_i64().unwrap_or_default();
            answer.status == 201
        });
        let patience = Duration::from_secs(5);
        wait_until(patience, "the idea in B's tile", || score_in_tile(&mut there, id, place(n)) == Some(0));
        assert!(live.wait_for(patience, |event| event.tells_of(id)).is_some(), "the idea in B's stream");
    }
    // Listening works again, too, and not only the slow poll.
    let id = idea(&mut here, "Tout de suite", place(9));
    let took =
        wait_until(AT_ONCE, "the idea in B's tile", || score_in_tile(&mut there, id, place(9)) == Some(0));
    eprintln!("after the cuts, from A to B's tile: {took:?}");
}
