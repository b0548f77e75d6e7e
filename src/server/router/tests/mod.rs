//! Every route of the house, tried as everybody: who may use it, from where, and what the docs say of it. Routes that a module adds are
//! tried without a line here; where one needs more, the failure says what.

mod bad;
mod blank;
mod cases;
mod desk;
mod drafts;
mod files;
mod junk;
mod knocking;
mod letters;
mod meanwhile;
mod offline;
mod once;
mod prefix;
mod reading;
mod redacted;
mod roads;
mod statements;
mod subjects;
mod typed;
mod unseen;

use crate::civic::accounts::{Access, Limit, Role, Route, Routes};
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::http::{Method, StatusCode};
use knocking::{House, Person, asks_who, check_answer, is_refused, knock, people};
use std::fmt::Write as _;
use std::path::Path;

fn modules() -> Vec<(&'static str, Routes)> {
    crate::modules::MODULES.iter().map(|module| (module.name, (module.routes)())).collect()
}

fn every_route() -> Vec<Route> {
    modules().into_iter().flat_map(|(_, routes)| routes.iter().cloned().collect::<Vec<_>>()).collect()
}

// The docs.

fn who(access: Access) -> String {
    match access {
        Access::Everyone => "everybody".into(),
        Access::Owner => "its author, or who holds the link".into(),
        Access::Key => "programs with a key".into(),
        Access::SignedIn => "who is signed in".into(),
        Access::AnyHolder => "who has a role".into(),
        Access::Holder(role) => {
            let all = Role::ALL.iter().filter(|other| other.covers(role)).map(|other| other.word());
            all.collect::<Vec<_>>().join(", ")
        }
        Access::Everywhere(role) => format!("{}, for everything", who(Access::Holder(role))),
    }
}

fn table() -> String {
    let mut text = "# Routes\n\nWho may use which address. Written by a test from what the modules declare (`Routes`), and tried as each \
                    role by another: do not edit. `PARVIS_TEST_WRITE=1 cargo test --lib the_docs_list_every_route` writes it anew.\n\n\
                    A role holds where it was given: everywhere, or in one process or area, which the handler asks. Every act must come \
                    from one of our own pages, and is counted (see `limits` in `parvis.example.toml`). What other sites may read, their scripts \
                    may read without cookies (CORS).\n"
        .to_owned();
    // What is compiled for tests only is in no docs.
    let is_shipped =
        |name: &str| !Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/modules").join(name).exists();
    for (module, routes) in modules().into_iter().filter(|(module, _)| is_shipped(module)) {
        write!(
            text,
            "\n## {module}\n\n| method | address | who | counted as | other sites |\n|---|---|---|---|---|\n"
        )
        .unwrap();
        for route in routes.iter() {
            let counted = route.limit.map_or("", Limit::word);
            let others = if route.is_open_to_other_sites { "may read it" } else { "" };
            writeln!(
                text,
                "| {} | `{}` | {} | {counted} | {others} |",
                route.method,
                route.path,
                who(route.access)
            )
            .unwrap();
        }
    }
    text + "\n## The house itself\n\n| method | address | who | counted as |\n|---|---|---|---|\n\
            | GET | `/assets/{*name}` | everybody | |\n| GET | `/healthz` | everybody | |\n\
            | GET | `/readyz` | everybody | |\n\n\
            `/metrics` is on an address of its own (`metrics_listen`), where there is one.\n"
}

#[test]
#[allow(clippy::disallowed_methods)] // Tests have no configuration.
fn the_docs_list_every_route() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ROUTES.md");
    if std::env::var("PARVIS_TEST_WRITE").is_ok() {
        std::fs::write(&file, table()).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == table(),
        "docs/ROUTES.md is not what the routes say; write it anew and look at what changed:\n\
         PARVIS_TEST_WRITE=1 cargo test --lib the_docs_list_every_route"
    );
}

#[test]
fn no_address_is_served_beside_the_routes() {
    fn visit(folder: &Path, wrong: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, wrong);
                continue;
            }
            // Metrics have a listener of their own, which nobody but monitoring reaches.
            let may = ["accounts/routes.rs", "server/router.rs", "cli/watch.rs", "tests/mod.rs"];
            if path.extension().is_none_or(|e| e != "rs") || may.iter().any(|name| path.ends_with(name)) {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let routes = text.lines().filter(|line| line.contains(".route(") || line.contains(".nest("));
            wrong.extend(routes.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    let mut wrong = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut wrong);
    assert!(
        wrong.is_empty(),
        "declare it in the module's `routes()`, with who may use it:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn each_act_is_counted_with_its_kind() {
    for route in every_route() {
        if route.method == Method::GET {
            continue;
        }
        let kinds = [("sign-in", "sign_in"), ("flag", "flag"), ("vote", "vote")];
        let limit = route.limit.unwrap_or_else(|| panic!("{} {} is not counted", route.method, route.path));
        for (word, kind) in kinds {
            let is_said = route.path.split('/').any(|part| part == word);
            assert!(
                !is_said || limit.word() == kind,
                "{}: say that it is `.limited` by `{kind}`",
                route.path
            );
        }
    }
}

/// Whether an answer is what a route with this access owes this person.
fn is_right(access: Access, person: Person, answer: &Answer) -> bool {
    let known = !matches!(person, Person::Stranger | Person::Visitor | Person::Expired);
    match (access, person) {
        (Access::Everyone | Access::Owner, _) => !is_refused(answer),
        // Nobody has one here: no role stands for it.
        (Access::Key, _) => answer.status == StatusCode::FORBIDDEN,
        (Access::SignedIn, _) if known => !is_refused(answer),
        (Access::AnyHolder, Person::Holder(_)) => !is_refused(answer),
        (Access::AnyHolder, Person::Weak(_)) => {
            answer.status == StatusCode::FORBIDDEN
                || answer.header("location").starts_with("/account/second-factor?to=")
        }
        (Access::Holder(role) | Access::Everywhere(role), Person::Holder(held)) if held.covers(role) => {
            !is_refused(answer)
        }
        // A page leads who has the role to where the second factor is shown; an act is refused.
        (Access::Holder(role) | Access::Everywhere(role), Person::Weak(held)) if held.covers(role) => {
            answer.status == StatusCode::FORBIDDEN
                || answer.header("location").starts_with("/account/second-factor?to=")
        }
        (Access::Holder(_) | Access::Everywhere(_) | Access::AnyHolder, _) if known => {
            answer.status == StatusCode::FORBIDDEN
        }
        _ => asks_who(answer),
    }
}

/// The guard alone, before handlers that let in everybody: also of accesses that no module declares today.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guard_keeps_shut_what_its_handler_would_open() {
    on_sqlite(async |db| {
        let mut house = House::new(&db).await;
        let open = async || "open";
        let mut routes =
            Routes::new().get("/signed-in", Access::SignedIn, open).post("/act", Access::SignedIn, open);
        for (role, path) in
            Role::ALL.iter().copied().zip(["/moderator", "/agent", "/planner", "/administrator"])
        {
            routes = routes.get(path, Access::Holder(role), open);
        }
        let every: Vec<Route> = routes.iter().cloned().collect();
        house.street =
            Some(Client::of(routes.into_router(&house.app).unwrap().with_state(house.app.clone())));
        for route in &every {
            for person in people() {
                let answer = knock(&mut house.enter(person).await, route, &[]).await;
                assert!(
                    is_right(route.access, person, &answer),
                    "{} told {person:?}: {}",
                    route.path,
                    answer.status
                );
                assert_eq!(
                    answer.text() == "open",
                    answer.status == StatusCode::OK,
                    "refused before the handler"
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_route_opens_to_whom_it_says_and_to_nobody_else() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        // Something to look at under every number that a path says.
        let mut author = house.enter(Person::Resident).await;
        house.things(&mut author, "/features/{id}/arguments/{argument}").await;
        let mut wrong = Vec::new();
        for route in every_route().iter().filter(|route| route.access != Access::Owner) {
            for person in people() {
                // Whoever signs out, or is erased, must not be the next one, too.
                let mut client = house.enter(person).await;
                let answer = knock(&mut client, route, &[]).await;
                check_answer(route, &answer);
                // Passkeys of who has a role change, and their account goes, only after one was shown: a mailbox alone does neither.
                let own = route.path.starts_with("/account/passkeys") || route.path == "/privacy/me/erase";
                let waits = matches!(person, Person::Weak(_)) && own;
                if !(is_right(route.access, person, &answer) || waits && is_refused(&answer)) {
                    let (status, to) = (answer.status.as_u16(), answer.header("location"));
                    wrong.push(format!(
                        "{} {} ({:?}) told {person:?}: {status} {to}",
                        route.method, route.path, route.access
                    ));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "a route is declared with who may use it (`Access`), and its handler must agree:\n{}",
            wrong.join("\n")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_persons_thing_opens_to_nobody_by_its_number() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for route in every_route().iter().filter(|route| route.access == Access::Owner) {
            let mut author = house.enter(Person::Resident).await;
            let things = house.things(&mut author, route.path).await;
            for person in people() {
                let answer = knock(&mut house.enter(person).await, route, &things).await;
                check_answer(route, &answer);
                if !is_refused(&answer) && answer.status != StatusCode::NOT_FOUND {
                    wrong.push(format!("{} {} told {person:?}: {}", route.method, route.path, answer.status));
                }
            }
            // And it was the number that was right: its owner comes in, after all the others tried.
            let answer = knock(&mut author, route, &things).await;
            check_answer(route, &answer);
            // A receipt opens to its key, which is in no form: `a_depositor_gets_a_receipt_that_anybody_can_verify` has one.
            if route.path.starts_with("/receipts/") {
                continue;
            }
            if is_refused(&answer) || answer.status == StatusCode::NOT_FOUND {
                wrong.push(format!("{} {} told its owner: {}", route.method, route.path, answer.status));
            }
        }
        assert!(
            wrong.is_empty(),
            "a handler must ask whose the thing is before it reads anything else. Where it asks for a field first, give FORM a good \
             value (`knocking.rs`); where the thing is no idea, argument or photo, make one in `House::things`:\n{}",
            wrong.join("\n")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_act_is_taken_from_another_sites_page() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for route in every_route().iter().filter(|route| route.method != Method::GET) {
            for header in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "same-site"),
                ("origin", "https://evil.example"),
            ] {
                let mut client = house.enter(Person::Holder(Role::Administrator)).await;
                let things = house.things(&mut client, route.path).await;
                client.headers.push((header.0, header.1.into()));
                let answer = knock(&mut client, route, &things).await;
                if answer.status != StatusCode::FORBIDDEN {
                    wrong.push(format!("{} {} with {header:?}: {}", route.method, route.path, answer.status));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "the handler must take `SameOrigin`, right after the state:\n{}",
            wrong.join("\n")
        );
    })
    .await;
}

/// What says for itself that anybody may keep it: the same for every reader.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_that_may_differ_by_reader_is_kept_by_anybody_else() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut author = house.enter(Person::Resident).await;
        house.things(&mut author, "/features/{id}/arguments/{argument}").await;
        let mut wrong = Vec::new();
        for route in every_route().iter().filter(|route| route.method == Method::GET) {
            for person in
                [Person::Stranger, Person::Visitor, Person::Resident, Person::Holder(Role::Administrator)]
            {
                let answer = knock(&mut house.enter(person).await, route, &[]).await;
                let (kept, varies) =
                    (answer.header("cache-control").to_owned(), answer.headers.get_all("vary"));
                let varies: String =
                    varies.iter().map(|v| v.to_str().unwrap().to_lowercase() + ",").collect();
                let is_page = answer.header("content-type").starts_with("text/html");
                let is_private = kept.contains("private") || kept.contains("no-store");
                let is_right = if is_page {
                    is_private
                        && (varies.contains("cookie") && varies.contains("accept-language")
                            || kept.contains("no-store"))
                } else if answer.header("set-cookie").is_empty() {
                    !kept.is_empty()
                        || answer.status.is_redirection()
                        || !answer.header("access-control-allow-origin").is_empty()
                } else {
                    is_private
                };
                // What only who is signed in may read, and has no form, is kept nowhere.
                let is_behind = !matches!(route.access, Access::Everyone | Access::Owner);
                let is_bare = is_page
                    && is_behind
                    && answer.status.is_success()
                    && !answer.text().contains("name=\"once\"");
                if !is_right || (is_bare && !kept.contains("no-store")) {
                    wrong.push(format!(
                        "{} as {person:?}: {} « {kept} », varies by « {varies} »",
                        route.path, answer.status
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "pages are private (http/guard.rs):\n{}", wrong.join("\n"));
    })
    .await;
}

/// Whoever has a role finds the desk from wherever they are; whoever has none is not led to a shut route.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_header_of_every_page_leads_to_the_desk_who_has_a_role_and_nobody_else() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut author = house.enter(Person::Resident).await;
        let mut things = house.things(&mut author, "/features/{id}").await;
        let (mut wrong, mut pages) = (Vec::new(), 0);
        let mut everybody = people();
        everybody.retain(|person| *person != Person::Expired);
        for person in everybody {
            let mut client = house.enter(person).await;
            client.headers.push(("accept", "text/html".into()));
            let holds = matches!(person, Person::Weak(_) | Person::Holder(_));
            for route in every_route().iter().filter(|route| route.method == Method::GET) {
                let answer = knock(&mut client, route, &things).await;
                let text = answer.text();
                let Some(header) = text
                    .split("<header class=\"site\">")
                    .nth(1)
                    .and_then(|rest| rest.split("</header>").next())
                else {
                    continue;
                };
                pages += 1;
                if header.contains("href=\"/admin\"") != holds {
                    wrong.push(format!("{} told {person:?} ({})", route.path, answer.status));
                }
            }
        }
        things.clear();
        assert!(pages > 200, "{pages} pages were looked at");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
