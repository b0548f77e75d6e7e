//! Every form of the desk that changes something that is there, sent from an older page; and every desk form refused, with what was
//! typed in it.

use super::every_route;
use super::knocking::{House, Person, knock};
use crate::civic::accounts::{Access, Role};
use crate::server::testing::{Client, on_sqlite};
use axum::http::{Method, StatusCode};
use std::collections::BTreeSet;

/// Forms that make something new: nothing that they saw can have changed.
const MAKING: [&str; 57] = [
    // A file says all of what it writes, and an outline that is drawn is a new one.
    "/admin/areas/file",
    "/admin/areas/file/{digest}",
    "/admin/areas/new",
    "/admin/processes",
    "/admin/processes/{slug}/clone",
    "/admin/processes/{slug}/documents",
    "/admin/keys",
    // What the form saw is asked again, and has its own tests (`reports`).
    "/admin/reports",
    "/admin/reports/undo",
    "/admin/reports/{id}",
    "/admin/reports/{id}/merge",
    "/admin/reports/{id}/separate",
    "/admin/reports/rounds",
    "/admin/reports/rounds/{id}",
    "/admin/reports/rounds/{id}/stops/{report}",
    "/admin/reports/catalogue/usual",
    "/admin/reports/catalogue/services",
    "/admin/reports/catalogue/services/{id}",
    "/admin/reports/catalogue/services/{id}/remove",
    "/admin/reports/catalogue/services/{id}/agents",
    "/admin/reports/catalogue/categories",
    "/admin/reports/catalogue/categories/{id}",
    "/admin/reports/catalogue/categories/{id}/remove",
    "/admin/reports/catalogue/categories/{id}/move",
    "/admin/reports/catalogue/rules",
    "/admin/reports/catalogue/rules/{id}",
    "/admin/reports/catalogue/rules/{id}/end",
    "/admin/reports/catalogue/days",
    // Who has a report already, or gave it back, is asked under its lock, and has its own test.
    "/admin/reports/{id}/hand-over",
    "/admin/reports/{id}/hand-over/again",
    "/admin/reports/{id}/hand-over/back",
    // The names of one's own lists: who changes them last is right. A letter that left meanwhile is not tried again.
    "/admin/views",
    "/admin/views/{id}",
    "/admin/views/{id}/remove",
    "/admin/views/{id}/restore",
    "/admin/letters/again",
    "/admin/jobs/run",
    "/admin/themes",
    // An outline never changes; its name is whose who gives it last.
    "/admin/zones/new",
    "/admin/zones/{id}",
    "/admin/zones/{id}/remove",
    "/admin/zones/{id}/back",
    // A text to answer with has its own version, and its own test. A note is a new one, or its writer's.
    "/admin/replies",
    "/admin/replies/{id}",
    "/admin/replies/{id}/remove",
    "/admin/replies/{id}/put-back",
    "/admin/work/{thing}/notes",
    "/admin/work/{thing}/notes/{note}",
    // Who gives work last is right, and the page says whose it is. What was said since cannot be undone, which has its own test.
    "/admin/work/{thing}/assign",
    "/admin/answers/undo",
    // One that is gone is gone.
    "/admin/site/basemap/files/remove",
    // As its section's form without a file, which is tried; a picture is a new one, or none, and each is in the versions.
    "/admin/processes/{slug}/picture",
    // The form says which picture it saw, and has its own test; what waits no more, or is kept no more, is told as such.
    "/admin/photos/{id}/blur",
    "/admin/photos/{id}/unblur",
    "/admin/photos/{id}/publish",
    // A letter to oneself; the end of the first set-up.
    "/admin/site/mail/try",
    "/setup/done",
];

/// The fields of a page's form to an address, as a browser that changes nothing would send them.
fn form(page: &str, action: &str) -> Vec<(String, String)> {
    let document = scraper::Html::parse_document(page);
    let forms = scraper::Selector::parse("form").unwrap();
    let fields = scraper::Selector::parse("input, textarea, select").unwrap();
    let chosen = scraper::Selector::parse("option[selected]").unwrap();
    let is_it = |form: &scraper::ElementRef<'_>| {
        form.value().attr("action") == Some(action) && form.value().attr("method") == Some("post")
    };
    let form = document.select(&forms).find(is_it).unwrap_or_else(|| panic!("no form to {action}: {page}"));
    let mut sent = Vec::new();
    for field in form.select(&fields) {
        let element = field.value();
        let Some(name) = element.attr("name") else { continue };
        let value = match element.name() {
            "textarea" => field.text().collect(),
            "select" => match field.select(&chosen).next() {
                Some(option) => option.value().attr("value").unwrap_or_default().to_owned(),
                None => continue,
            },
            _ => match element.attr("type") {
                Some("checkbox" | "radio") if element.attr("checked").is_none() => continue,
                _ => element.attr("value").unwrap_or_default().to_owned(),
            },
        };
        sent.push((name.to_owned(), value));
    }
    sent
}

async fn send(
    client: &mut Client,
    path: &str,
    fields: &[(String, String)],
    more: &[(&str, &str)],
) -> crate::server::testing::Answer {
    let kept = fields.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    let all: Vec<(&str, &str)> =
        kept.map(|(n, v)| (n.as_str(), v.as_str())).chain(more.iter().copied()).collect();
    client.post(path, &all).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_the_desk_that_saw_another_state_changes_nothing_and_is_a_conflict() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let app = house.app.clone();
        let mut one = house.enter(Person::Holder(Role::Administrator)).await;
        let mut two = house.enter(Person::Holder(Role::Administrator)).await;
        let mut author = house.enter(Person::Resident).await;
        let mut ideas = Vec::new();
        for _ in 0..8 {
            ideas.push(house.idea(&mut author).await);
        }
        two.post("/admin/processes", &[("title", "Plan vélo")]).await;
        let file = ("document", "plan.pdf", &b"%PDF-1.4 un plan"[..]);
        let sent = two.upload("/admin/processes/plan-velo/documents", &[("title", "Le plan")], &[file]).await;
        assert!(sent.status.is_redirection(), "{}", sent.text());
        let made = [("label", "Pistes"), ("color", "#0072b2"), ("icon", "bicycle"), ("process", "plan-velo")];
        assert!(two.post("/admin/themes", &made).await.status.is_redirection());
        let theme =
            crate::core::features::vocabulary::themes(&db).await.unwrap().last().unwrap().id.to_string();
        two.post("/admin/people/grant", &[("email", "noe@ville.example"), ("role", "agent")]).await;
        let key = [("name", "Voirie"), ("scope", "open311"), ("per_hour", "600")];
        assert_eq!(two.post("/admin/keys", &key).await.status, StatusCode::OK);
        let held = crate::civic::accounts::people::holders(&db, 0, 100).await.unwrap();
        let grant = held
            .iter()
            .find(|held| held.email.as_deref() == Some("noe@ville.example"))
            .unwrap()
            .id
            .to_string();

        // Of each: its route, the page that has it, where it goes, what is filled in; what somebody else does meanwhile.
        type Step<'a> = (String, Vec<(&'a str, String)>);
        let hide = |id: &str| -> Step<'static> {
            (format!("/admin/moderation/{id}"), vec![("act", "hide".into()), ("reason", "unclear".into())])
        };
        let answer = |id: &str| -> Step<'static> {
            let words = [("verdict", "accepted"), ("body", "Oui, la première."), ("authority", "La Ville")];
            (format!("/admin/answers/{id}"), words.map(|(n, v)| (n, v.to_owned())).to_vec())
        };
        let text = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(n, v)| (*n, (*v).to_owned())).collect::<Vec<_>>()
        };
        let mine = [("verdict", "noted"), ("body", "La mienne, longue."), ("authority", "Le Département")];
        // A hidden idea with an appeal, and one whose decision somebody takes back.
        let decided = async |two: &mut Client, id: &str| {
            let (path, fields) = hide(id);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            two.post(&path, &fields).await;
            let thing = crate::civic::contributions::things::Thing::of_word(id).unwrap();
            crate::civic::contributions::decisions::standing(&db, thing)
                .await
                .unwrap()
                .unwrap()
                .id
                .to_string()
        };
        let appealed = decided(&mut two, &ideas[6]).await;
        author
            .post(
                &format!("/features/{}/appeal", ideas[6]),
                &[("decision", &appealed), ("body", "Je conteste")],
            )
            .await;
        let undone = decided(&mut two, &ideas[7]).await;
        let mut three = house.enter(Person::Holder(Role::Moderator)).await;
        let mut removed = String::new();
        for name in ["Sud", "Nord"] {
            let outline = r#"{"type":"Polygon","coordinates":[[[3,50],[3.1,50],[3.1,50.1],[3,50]]]}"#;
            let drawn = [("name", name), ("level", "quartier"), ("geometry", outline)];
            let made = two.post("/admin/areas/new", &drawn).await;
            assert!(made.status.is_redirection(), "{}", made.text());
            if removed.is_empty() {
                let gone = two.post("/admin/areas/1/remove", &[]).await;
                removed = gone.header("location").to_owned();
                assert!(!removed.is_empty(), "{}", gone.text());
            }
        }
        let area = crate::core::territory::store::all(&db).await.unwrap()[0].id;
        let item = |id: &str| format!("/admin/moderation/{id}");
        #[allow(clippy::type_complexity, reason = "a table of this one test")]
        let cases: Vec<(&str, String, String, Vec<(&str, String)>, Vec<Step<'_>>)> = vec![
            (
                "/admin/moderation",
                "/admin/moderation".into(),
                "/admin/moderation".into(),
                text(&[("thing", &ideas[0]), ("act", "publish")]),
                vec![hide(&ideas[0])],
            ),
            (
                "/admin/moderation/{thing}",
                item(&ideas[1]),
                item(&ideas[1]),
                text(&[("act", "publish")]),
                vec![hide(&ideas[1])],
            ),
            (
                "/admin/moderation/undo",
                item(&ideas[7]),
                "/admin/moderation/undo".into(),
                vec![],
                vec![("/admin/moderation/undo".into(), text(&[("decision", &undone)]))],
            ),
            (
                "/admin/moderation/appeals/{decision}",
                item(&ideas[6]),
                format!("/admin/moderation/appeals/{appealed}"),
                text(&[("outcome", "refused"), ("answer", "Non.")]),
                vec![(
                    format!("/admin/moderation/appeals/{appealed}"),
                    text(&[("outcome", "granted"), ("answer", "Oui.")]),
                )],
            ),
            (
                "/admin/answers",
                "/admin/answers".into(),
                "/admin/answers".into(),
                [text(&mine), text(&[("feature", &ideas[2])])].concat(),
                vec![answer(&ideas[2])],
            ),
            (
                "/admin/answers/status",
                "/admin/answers".into(),
                "/admin/answers".into(),
                text(&[("feature", &ideas[3]), ("status", "done")]),
                vec![answer(&ideas[3])],
            ),
            (
                "/admin/answers/{id}",
                format!("/admin/answers/{}", ideas[4]),
                format!("/admin/answers/{}", ideas[4]),
                text(&mine),
                vec![answer(&ideas[4])],
            ),
            (
                "/admin/answers/{id}/status",
                format!("/admin/answers/{}", ideas[5]),
                format!("/admin/answers/{}/status", ideas[5]),
                text(&[("status", "done")]),
                vec![answer(&ideas[5])],
            ),
            (
                "/admin/processes/{slug}/roll",
                "/admin/processes/plan-velo".into(),
                "/admin/processes/plan-velo/roll".into(),
                text(&[("people", "lea@mail.example")]),
                vec![("/admin/processes/plan-velo/roll".into(), text(&[("people", "noe@mail.example")]))],
            ),
            (
                "/admin/themes/{id}",
                format!("/admin/themes/{theme}"),
                format!("/admin/themes/{theme}"),
                text(&[("label", "Les pistes")]),
                vec![(
                    format!("/admin/themes/{theme}"),
                    text(&[("label", "Voies"), ("color", "#0072b2"), ("icon", "bicycle")]),
                )],
            ),
            (
                "/admin/themes/{id}/remove",
                format!("/admin/themes/{theme}"),
                format!("/admin/themes/{theme}/remove"),
                vec![],
                vec![(
                    format!("/admin/themes/{theme}"),
                    text(&[("label", "Chemins"), ("color", "#0072b2"), ("icon", "bicycle")]),
                )],
            ),
            (
                "/admin/processes/{slug}/documents/{id}/remove",
                "/admin/processes/plan-velo".into(),
                "/admin/processes/plan-velo/documents/1/remove".into(),
                vec![],
                vec![("/admin/processes/plan-velo/documents/1/remove".into(), vec![])],
            ),
            (
                "/admin/processes/{slug}/documents/{id}/restore",
                "/admin/processes/plan-velo".into(),
                "/admin/processes/plan-velo/documents/1/restore".into(),
                vec![],
                vec![("/admin/processes/plan-velo/documents/1/restore".into(), vec![])],
            ),
            (
                "/admin/keys/{id}/revoke",
                "/admin/keys".into(),
                "/admin/keys/1/revoke".into(),
                vec![],
                vec![("/admin/keys/1/revoke".into(), vec![])],
            ),
            (
                "/admin/areas/territory",
                "/admin/areas?q=lille".into(),
                "/admin/areas/territory".into(),
                text(&[("code", "59350")]),
                vec![("/admin/areas/territory".into(), text(&[("code", "69123")]))],
            ),
            (
                "/admin/areas/{id}",
                format!("/admin/areas/{area}"),
                format!("/admin/areas/{area}"),
                text(&[("name", "Le Nord")]),
                vec![(format!("/admin/areas/{area}"), text(&[("name", "Nord-Est")]))],
            ),
            (
                "/admin/areas/{id}/remove",
                format!("/admin/areas/{area}"),
                format!("/admin/areas/{area}/remove"),
                vec![],
                vec![(format!("/admin/areas/{area}"), text(&[("name", "Nord-Ouest")]))],
            ),
            (
                "/admin/areas/removed/{digest}",
                removed.clone(),
                removed.clone(),
                vec![],
                vec![(removed.clone(), vec![])],
            ),
            (
                "/admin/people/grant",
                "/admin/people".into(),
                "/admin/people/grant".into(),
                text(&[("email", "zoe@ville.example"), ("role", "agent")]),
                vec![(
                    "/admin/people/grant".into(),
                    text(&[("email", "zoe@ville.example"), ("role", "agent")]),
                )],
            ),
            (
                "/admin/site/{section}",
                "/admin/site/contact".into(),
                "/admin/site/contact".into(),
                vec![("contact_phone", "01".into())],
                vec![("/admin/site/contact".into(), text(&[("was", "0"), ("contact_phone", "02")]))],
            ),
            (
                "/admin/site/mail",
                "/admin/site/mail".into(),
                "/admin/site/mail".into(),
                vec![("mail_host", "a.example".into()), ("mail_from", "a@a.example".into())],
                vec![(
                    "/admin/site/mail".into(),
                    text(&[("was", "1"), ("mail_host", "b.example"), ("mail_from", "b@b.example")]),
                )],
            ),
            (
                "/admin/site/versions/{version}/restore",
                "/admin/site".into(),
                "/admin/site/versions/1/restore".into(),
                vec![],
                vec![("/admin/site/welcome".into(), text(&[("was", "2"), ("welcome", "Bonjour")]))],
            ),
            (
                "/admin/site/basemap",
                "/admin/site/basemap".into(),
                "/admin/site/basemap".into(),
                vec![("basemap", "ign".into())],
                vec![("/admin/site/basemap".into(), text(&[("was", "3"), ("basemap", "osm")]))],
            ),
            (
                "/admin/people/{id}/revoke",
                "/admin/people".into(),
                format!("/admin/people/{grant}/revoke"),
                vec![],
                vec![(format!("/admin/people/{grant}/revoke"), vec![])],
            ),
            (
                "/admin/people/{id}/restore",
                format!("/admin/people?undo={grant}"),
                format!("/admin/people/{grant}/restore"),
                vec![],
                vec![(format!("/admin/people/{grant}/restore"), vec![])],
            ),
        ];
        let mut tried: BTreeSet<&str> = MAKING.into_iter().collect();
        for (route, page, action, mut fields, meanwhile) in cases {
            tried.insert(route);
            let seen = one.get(&page).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
            let sent = form(&seen.text(), &action);
            for (path, fields) in meanwhile {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let who = if path.contains("/appeals/") { &mut three } else { &mut two };
                let done = who.post(&path, &fields).await;
                assert!(done.status.is_redirection(), "{path}: {}", done.text());
            }
            let before = crate::core::journal::head(&db).await.unwrap();
            let to = if route == "/admin/answers/status" { "/admin/answers/status" } else { &action };
            let more: Vec<(&str, &str)> = fields.drain(..).map(|(n, v)| (n, &*v.leak())).collect();
            let late = send(&mut one, to, &sent, &more).await;
            assert_eq!(late.status, StatusCode::CONFLICT, "{route}: {}", late.text());
            assert_eq!(crate::core::journal::head(&db).await.unwrap(), before, "{route} changed something");
            for (_, typed) in
                more.iter().filter(|(name, _)| ["body", "answer", "label", "authority"].contains(name))
            {
                assert!(late.text().contains(typed), "{route} lost « {typed} »: {}", late.text());
            }
        }
        // A process: what the form saw is a version, and what differs is shown.
        for (route, page) in [
            ("/admin/processes/{slug}", "/admin/processes/plan-velo/edit/all"),
            ("/admin/processes/{slug}/restore", "/admin/processes/plan-velo/history"),
        ] {
            tried.insert(route);
            let action = route.replace("{slug}", "plan-velo");
            let edit = form(
                &one.get("/admin/processes/plan-velo/edit/all").await.text(),
                "/admin/processes/plan-velo",
            );
            if route.ends_with("/restore") {
                let saved =
                    send(&mut two, "/admin/processes/plan-velo", &edit, &[("summary", "Une version")]).await;
                assert!(saved.status.is_redirection(), "{}", saved.text());
            }
            let sent = form(&one.get(page).await.text(), &action);
            let edit = form(
                &two.get("/admin/processes/plan-velo/edit/all").await.text(),
                "/admin/processes/plan-velo",
            );
            let saved = send(
                &mut two,
                "/admin/processes/plan-velo",
                &edit,
                &[("summary", "Où rouler, dit l’autre"), ("why", page)],
            )
            .await;
            assert!(saved.status.is_redirection(), "{}", saved.text());
            let before = crate::core::journal::head(&db).await.unwrap();
            let late = send(&mut one, &action, &sent, &[("effect", "Ce que j’ai écrit")]).await;
            assert_eq!(
                (late.status, crate::core::journal::head(&db).await.unwrap()),
                (StatusCode::CONFLICT, before),
                "{route}"
            );
            if page.ends_with("edit/all") {
                assert!(
                    late.text().contains("Où rouler, dit l’autre")
                        && late.text().contains("Ce que j’ai écrit"),
                    "{}",
                    late.text()
                );
            }
        }
        let every: BTreeSet<&str> = every_route()
            .iter()
            .filter(|route| {
                route.method == Method::POST
                    && matches!(route.access, Access::Holder(_) | Access::Everywhere(_))
            })
            .map(|route| route.path)
            .collect();
        let missing: Vec<_> = every.difference(&tried).collect();
        assert!(
            missing.is_empty(),
            "say how each is sent from an older page, or that it makes something new: {missing:?}"
        );
        drop(app);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_into_any_form_of_the_desk_comes_back_when_the_session_is_over() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let typed = "Une réponse que j’ai mis une heure à écrire, avec <b>soin</b>.";
        for route in every_route().iter().filter(|route| {
            route.method == Method::POST
                && matches!(route.access, Access::Holder(_) | Access::Everywhere(_) | Access::SignedIn)
        }) {
            let path = super::knocking::address(route.path, &[]);
            let fields = [
                ("body", typed),
                ("note", typed),
                ("feature", "12"),
                ("feature", "13"),
                ("thing", "12"),
                ("x\"y", "\r\nset-cookie: a=b"),
            ];
            for person in [Person::Stranger, Person::Expired, Person::Weak(Role::Administrator)] {
                let mut client = house.enter(person).await;
                let answer = client.post(&path, &fields).await;
                let is_passkeys = route.limit == Some(crate::civic::accounts::Limit::SIGN_IN);
                if answer.status.is_success() || answer.status.is_redirection() || is_passkeys {
                    continue;
                }
                assert!(answer.status.is_client_error(), "{path} told {person:?}: {}", answer.status);
                let text = answer.text();
                crate::server::testing::harmless(&text);
                if answer.status == StatusCode::UNAUTHORIZED
                    || text.contains("typed-")
                    || text.contains("class=\"typed")
                {
                    let back = form(&text, &path);
                    for (name, value) in &fields[..5] {
                        assert!(
                            back.iter().any(|(n, v)| n == name && v.trim() == *value),
                            "{path} told {person:?} lost {name}: {text}"
                        );
                    }
                    assert!(
                        text.contains("target=\"_blank\"") || answer.status != StatusCode::UNAUTHORIZED,
                        "{path}: the way in, in another tab"
                    );
                }
            }
            // Another site's form is not shown here, ready to be sent.
            let mut client = house.enter(Person::Stranger).await;
            client.headers.push(("sec-fetch-site", "cross-site".into()));
            assert!(!client.post(&path, &fields).await.text().contains("une heure"), "{path}");
        }
        let mut agent = house.enter(Person::Holder(Role::Agent)).await;
        let gone = agent.post("/admin/answers/999/status", &[("status", "done"), ("body", typed)]).await;
        assert!(gone.status.is_client_error());
        let _ = knock;
    })
    .await;
}
