//! `/readyz`: whether this server should get requests, and what an operator should do where it should not.
//!
//! Invariant: it answers within a few seconds whatever the database does, with 200 or 503, never anything else.

use crate::base::db::{Checkup, Fault};
use crate::base::ids::Seq;
use crate::base::jobs;
use crate::core::app::App;
use crate::core::atlas::Following;
use crate::core::journal;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// How long the journal's last number is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What was found out.
struct Found {
    checkup: Checkup,
    /// One writer at a time: that somebody writes is no trouble.
    has_one_writer: bool,
    head: Option<Seq>,
    map: Seq,
    following: Following,
    pictures: Option<Fault>,
    /// Published contributions, areas and items of layers that are not drawn.
    unreadable: usize,
    /// What is done again and again: when it was done last, and how often it failed since.
    jobs: Vec<jobs::Kept>,
}

/// `GET /readyz`
pub(super) async fn ready(State(app): State<App>) -> Response {
    let mut checkup = app.db.checkup().await;
    // The trial may be a few seconds old; the journal's number is asked for each time.
    let mut head = None;
    if checkup.reading.is_none() {
        match tokio::time::timeout(PATIENCE, journal::head(&app.db)).await {
            Ok(Ok(seq)) => head = Some(seq),
            Ok(Err(error)) => checkup.reading = Some(error.fault().unwrap_or(Fault::Broken)),
            Err(_) => checkup.reading = Some(Fault::Busy),
        }
    }
    // A job that fails is its own trouble, told and tried again: this server can be asked all the same.
    let jobs = match checkup.reading {
        None => tokio::time::timeout(PATIENCE, jobs::all(&app.db)).await.ok().and_then(Result::ok),
        Some(_) => None,
    };
    let found = Found {
        checkup,
        has_one_writer: app.db.name() == "sqlite",
        head,
        map: app.atlas.seq(),
        following: app.atlas.following(),
        pictures: app.media.trouble(),
        unreadable: app.atlas.unreadable(),
        jobs: jobs.unwrap_or_default(),
    };
    let problems = found.problems();
    let (reading, writing) = (word(found.checkup.reading), word(found.checkup.writing));
    let jobs: serde_json::Map<String, serde_json::Value> = found.jobs.iter().map(told).collect();
    let body = Json(serde_json::json!({
        "database": app.db.name(), "reads": reading, "writes": writing, "journal": found.head, "map": found.map,
        "follower": found.following.word(), "pictures": word(found.pictures), "unreadable": found.unreadable, "jobs": jobs,
        "problems": problems,
    }));
    let is_ready = problems.is_empty();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    if !is_ready {
        headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
    }
    response
}

fn told(job: &jobs::Kept) -> (String, serde_json::Value) {
    let said = serde_json::json!({ "done_at": job.done_at, "due_at": job.due_at, "failures": job.failures });
    (job.name.clone(), said)
}

fn word(fault: Option<Fault>) -> &'static str {
    fault.map_or("ok", Fault::word)
}

impl Found {
    /// What keeps this server from being of use, in words for the operator.
    fn problems(&self) -> Vec<&'static str> {
        let mut problems = Vec::new();
        if let Some(fault) = self.checkup.reading {
            problems.push(said("read", fault));
        } else if let Some(fault) = self.checkup.writing
            && !(fault == Fault::Busy && self.has_one_writer)
        {
            problems.push(said("write", fault));
        }
        match self.following {
            Following::InStep if self.head.is_some_and(|head| head < self.map) => {
                problems.push(
                    "la carte montre un autre état que la base, restaurée entre-temps : elle se recharge / \
                     the map shows another state than the database, which was restored meanwhile: it is being read anew",
                );
            }
            Following::InStep => {}
            Following::Loading => problems.push(
                "la base a été restaurée : la carte se recharge / the database was restored: the map is being read anew",
            ),
            Following::Failing if self.checkup.reading.is_some() => {}
            Following::Failing => problems.push(
                "une ligne du journal ne se lit pas : la carte ne suit plus (voir les journaux du serveur) / \
                 a line of the journal cannot be read: the map does not follow (see the server's log)",
            ),
            Following::Stopped => problems.push(
                "le suivi du journal s’est arrêté : redémarrez ce serveur / the follower has stopped: restart this server",
            ),
        }
        problems
    }
}

fn said(what: &str, fault: Fault) -> &'static str {
    match (what, fault) {
        (_, Fault::Full) => {
            "plus de place pour écrire la base : libérez de l’espace, rien d’autre n’est à faire / \
             no room left to write the database: free some space, nothing else is to be done"
        }
        (_, Fault::ReadOnly) => {
            "la base se lit mais ne s’écrit pas : vérifiez les droits du fichier, du dossier ou du rôle / \
             the database can be read but not written: check the rights on the file, the folder or the role"
        }
        (_, Fault::Broken) => {
            "le disque ou le fichier de la base est en défaut : voir les journaux du serveur / \
             the disk or the database's file fails: see the server's log"
        }
        ("read", Fault::Busy) => {
            "la base ne répond pas à temps : verrou, ou plus de connexion libre / \
             the database does not answer in time: a lock, or no connection left"
        }
        (_, Fault::Busy) => {
            "la base n’écrit pas à temps : un verrou, ou un serveur figé / the database does not write in time: a lock, or a frozen server"
        }
        (_, Fault::Away) => {
            "la base ne répond pas : arrêtée, en cours de démarrage, ou hors d’atteinte / \
             the database does not answer: stopped, starting, or out of reach"
        }
    }
}
