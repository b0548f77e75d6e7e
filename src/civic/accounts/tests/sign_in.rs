//! Signing in by a link, and each threat to it by name.

use crate::base::db::Sql as _;
use crate::civic::accounts::store;
use crate::core::app::App;
use crate::server::testing::{Answer, Client, app, harmless, on_both};

/// A browser that shows pages.
fn browser(app: &App) -> Client {
    let mut client = Client::new(app);
    client.headers.push(("accept", "text/html".into()));
    client
}

/// The last letter to an address: subject and text.
async fn letter(app: &App, to: &str) -> Option<(String, String)> {
    let sql = "select subject, body from mail where recipient = $1 order by id desc limit 1";
    app.db.optional(sql, (to,)).await.unwrap()
}

/// The path of the link in a text.
fn link(text: &str) -> String {
    let at = text.find("/sign-in/").expect("a link");
    text[at..].split_whitespace().next().unwrap().to_owned()
}

/// Asks for a link; gives its path.
async fn ask(app: &App, client: &mut Client, email: &str) -> String {
    assert_eq!(client.post("/sign-in", &[("email", email)]).await.status, 200);
    link(&letter(app, email).await.unwrap().1)
}

/// Asks and follows.
async fn sign_in(app: &App, client: &mut Client, email: &str) -> Answer {
    let link = ask(app, client, email).await;
    client.get(&link).await
}

async fn is_signed_in(client: &mut Client) -> bool {
    // Who is signed in is led away from the form.
    client.get("/sign-in").await.status.is_redirection()
}

async fn count(app: &App, sql: &'static str) -> i64 {
    let (n,): (i64,) = app.db.one(sql, ()).await.unwrap();
    n
}

on_both! {
    async fn a_link_signs_in_the_browser_that_asked_and_leads_where_it_wanted(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        let answer = lea.post("/sign-in", &[("email", " Lea@Mail.example "), ("to", "/list?theme=nature")]).await;
        assert!(answer.text().contains("lea@mail.example"));
        let (subject, body) = letter(&app, "lea@mail.example").await.unwrap();
        assert_eq!(subject, "Votre lien pour vous connecter à Parvis");
        assert!(body.contains("http://127.0.0.1:8600/sign-in/"), "the whole address: {body}");
        let answer = lea.get(&link(&body)).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/list?theme=nature"));
        assert!(is_signed_in(&mut lea).await);
        assert!(lea.post("/sign-out", &[]).await.status.is_redirection());
        assert!(!is_signed_in(&mut lea).await);
        assert_eq!(count(&app, "select count(*) from session").await, 0);
    }

    async fn letters_are_in_the_readers_language(db: Db) {
        let app = app(&db).await;
        let mut reader = browser(&app);
        reader.headers.push(("accept-language", "en-GB".into()));
        ask(&app, &mut reader, "lea@mail.example").await;
        assert_eq!(letter(&app, "lea@mail.example").await.unwrap().0, "Your link to sign in to Parvis");
    }

    async fn a_link_in_another_browser_waits_for_a_button_and_names_nobody(db: Db) {
        let app = app(&db).await;
        let (mut asked, mut other) = (browser(&app), browser(&app));
        let link = ask(&app, &mut asked, "lea@mail.example").await;
        // A scanner of letters that opens everything, more than once, changes nothing.
        for _ in 0..3 {
            let page = other.get(&link).await;
            assert_eq!(page.status, 200);
            assert!(page.text().contains("l•••@mail.example") && !page.text().contains("lea@mail.example"));
            harmless(&page.text());
        }
        assert_eq!(count(&app, "select count(*) from account").await, 0);
        assert!(!is_signed_in(&mut other).await);
        assert!(other.post(&link, &[]).await.status.is_redirection());
        assert!(is_signed_in(&mut other).await);
    }

    async fn account_enumeration_what_is_answered_and_done_is_the_same_for_every_address(db: Db) {
        let app = app(&db).await;
        sign_in(&app, &mut browser(&app), "known@mail.example").await;
        let before = count(&app, "select count(*) from mail").await;
        let (mut one, mut two) = (browser(&app), browser(&app));
        let known = one.post("/sign-in", &[("email", "known@mail.example")]).await;
        let unknown = two.post("/sign-in", &[("email", "nobody@mail.example")]).await;
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.text().replace("known@", "@"), unknown.text().replace("nobody@", "@"));
        assert_eq!(count(&app, "select count(*) from mail").await, before + 2, "both get a letter");
        assert_eq!(count(&app, "select count(*) from account").await, 1, "an account begins with its first link followed");
    }

    async fn a_mailbox_is_not_filled_and_the_answer_does_not_say_so(db: Db) {
        let app = app(&db).await;
        let mut pest = browser(&app);
        let mut answers = Vec::new();
        for _ in 0..9 {
            answers.push(pest.post("/sign-in", &[("email", "lea@mail.example")]).await.text());
        }
        assert_eq!(count(&app, "select count(*) from mail").await, 5);
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    }

    async fn link_reuse_a_link_works_once_and_takes_those_sent_with_it_along(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        let first = ask(&app, &mut lea, "lea@mail.example").await;
        let second = ask(&app, &mut lea, "lea@mail.example").await;
        assert!(lea.get(&second).await.status.is_redirection());
        assert_eq!(lea.get(&second).await.header("location"), "/account", "its owner, who is in, goes on");
        let mut thief = browser(&app);
        for used in [&first, &second] {
            for answer in [thief.get(used).await, thief.post(used, &[]).await, lea.post(used, &[]).await] {
                assert_eq!(answer.status, 410);
                assert!(answer.text().contains("Ce lien a déjà servi"));
            }
        }
        assert!(!is_signed_in(&mut thief).await);
    }

    async fn link_reuse_of_two_that_come_at_once_one_enters(db: Db) {
        let app = app(&db).await;
        let link = ask(&app, &mut browser(&app), "lea@mail.example").await;
        let mut racers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (mut client, link) = (browser(&app), link.clone());
            racers.spawn(async move { client.post(&link, &[]).await.status.is_redirection() });
        }
        let entered = racers.join_all().await.into_iter().filter(|entered| *entered).count();
        assert_eq!(entered, 1);
        assert_eq!(count(&app, "select count(*) from session").await, 1);
    }

    async fn expired_link_a_late_or_unknown_link_says_what_to_do(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        let link = ask(&app, &mut lea, "lea@mail.example").await;
        let past = crate::base::clock::now() - chrono::TimeDelta::seconds(1);
        (&app.db).run("update sign_in_link set expires_at = $1", (past,)).await.unwrap();
        for answer in [lea.get(&link).await, lea.post(&link, &[]).await] {
            assert_eq!(answer.status, 410);
            assert!(answer.text().contains("Ce lien n’est plus valable") && answer.text().contains("href=\"/sign-in?to="));
        }
        let cut = &link[..link.len() - 5];
        assert!(lea.get(cut).await.text().contains("Ce lien n’est pas complet"));
        assert_eq!(lea.post(cut, &[]).await.status, 410);
        assert!(!is_signed_in(&mut lea).await);
    }

    async fn fixation_signing_in_gives_a_cookie_that_nobody_knew(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        lea.plant("session", "0000");
        sign_in(&app, &mut lea, "lea@mail.example").await;
        let first = lea.cookie("session").unwrap();
        assert_eq!((first.len(), first == "0000"), (64, false));
        // Again in the same browser: the old value is worth nothing.
        let link = ask(&app, &mut lea, "lea@mail.example").await;
        let answer = lea.get(&link).await;
        let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().to_owned()).collect();
        let session = set.iter().find(|c| c.starts_with("session=")).unwrap();
        assert!(session.contains("HttpOnly") && session.contains("SameSite=Lax") && session.contains("Path=/"));
        assert!(!session.contains("Secure"), "this server is not reached by https");
        let mut holder_of_the_old = browser(&app);
        holder_of_the_old.plant("session", &first);
        assert!(!is_signed_in(&mut holder_of_the_old).await);
        assert!(is_signed_in(&mut lea).await);
        assert_eq!(count(&app, "select count(*) from session").await, 1);
    }

    async fn a_letter_too_many_costs_the_server_as_much_as_one_that_goes(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        for asked in 1..=8 {
            assert_eq!(lea.post("/sign-in", &[("email", "lea@mail.example")]).await.status, 200);
            assert_eq!(count(&app, "select count(*) from sign_in_link").await, asked, "a row each time");
            assert_eq!(count(&app, "select count(*) from mail").await, asked.min(5), "and five letters");
        }
        assert_eq!(count(&app, "select count(*) from sign_in_link where used_at is null").await, 5, "the others sign nobody in");
    }

    async fn csrf_another_sites_act_is_refused(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        let link = ask(&app, &mut lea, "lea@mail.example").await;
        lea.headers.push(("sec-fetch-site", "cross-site".into()));
        for path in ["/sign-in", link.as_str(), "/sign-out"] {
            assert_eq!(lea.post(path, &[("email", "lea@mail.example")]).await.status, 403, "{path}");
        }
    }

    async fn open_redirect_only_our_own_paths_are_gone_to(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        let bad = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example",
                   "/\n/evil.example", "javascript:alert(1)", "evil", "", "/sign-in?to=/", "/sign-out"];
        for to in bad {
            (&app.db).run("delete from sign_in_link", ()).await.unwrap();
            lea.post("/sign-in", &[("email", "lea@mail.example"), ("to", to)]).await;
            let link = link(&letter(&app, "lea@mail.example").await.unwrap().1);
            assert_eq!(lea.get(&link).await.header("location"), "/account", "{to:?}");
            let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
            assert_eq!(lea.get(&format!("/sign-in?to={to}")).await.header("location"), "/account", "{to:?}");
        }
    }

    async fn header_injection_an_address_with_a_line_break_is_refused_beside_the_field(db: Db) {
        let app = app(&db).await;
        for email in ["a@b.example\r\nBcc: c@d.example", "a@b.example\nX: y", "a@b.example, c@d.example", "nothing"] {
            let answer = browser(&app).post("/sign-in", &[("email", email)]).await;
            assert_eq!(answer.status, 400, "{email:?}");
            assert!(answer.text().contains("aria-invalid=\"true\""));
            harmless(&answer.text());
        }
        assert_eq!(count(&app, "select count(*) from mail").await, 0);
    }

    async fn who_has_a_role_is_signed_out_after_half_a_day_and_a_resident_after_a_month(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        sign_in(&app, &mut lea, "lea@mail.example").await;
        let account = store::of_email(&app.db, "lea@mail.example").await.unwrap().unwrap();
        let session = store::sessions(&app.db, account.id, crate::base::clock::now()).await.unwrap().remove(0);
        assert_eq!(session.expires_at - session.created_at, chrono::TimeDelta::days(30));
        // A role given to somebody who has been signed in for thirteen hours.
        let past = crate::base::clock::now() - chrono::TimeDelta::hours(13);
        (&app.db).run("update session set created_at = $1, seen_at = $1", (past,)).await.unwrap();
        assert!(is_signed_in(&mut lea).await);
        let seen = store::sessions(&app.db, account.id, past).await.unwrap().remove(0).seen_at;
        assert!(seen > past, "used just now");
        let mut write = app.begin().await.unwrap();
        store::grant(&mut write, account.id, crate::civic::accounts::Role::Moderator, (None, None), None).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(!is_signed_in(&mut lea).await);
        sign_in(&app, &mut lea, "lea@mail.example").await;
        let session = store::sessions(&app.db, account.id, crate::base::clock::now()).await.unwrap().remove(0);
        assert_eq!(session.expires_at - session.created_at, chrono::TimeDelta::hours(12));
    }

    async fn what_has_ended_is_cleared_away(db: Db) {
        let app = app(&db).await;
        let mut lea = browser(&app);
        sign_in(&app, &mut lea, "lea@mail.example").await;
        store::clear(&app.db, crate::base::clock::now()).await.unwrap();
        assert!(is_signed_in(&mut lea).await);
        store::clear(&app.db, crate::base::clock::now() + chrono::TimeDelta::days(40)).await.unwrap();
        assert_eq!(count(&app, "select count(*) from session").await, 0);
        assert_eq!(count(&app, "select count(*) from sign_in_link").await, 0);
    }
}

#[tokio::test]
async fn over_https_cookies_are_bound_to_the_host_and_travel_encrypted_only() {
    crate::server::testing::on_sqlite(async |db| {
        let config = crate::base::config::Config {
            public_url: "https://carte.ville.example".into(),
            mail: crate::base::config::Secret::new("folder:unused"),
            ..Default::default()
        };
        let app = App::on(config, db).await.unwrap();
        let mut lea = browser(&app);
        let answer = sign_in(&app, &mut lea, "lea@mail.example").await;
        let set: Vec<_> =
            answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().to_owned()).collect();
        let session = set.iter().find(|c| c.starts_with("__Host-session=")).unwrap();
        assert!(session.contains("Secure") && session.contains("HttpOnly") && !session.contains("Domain"));
        assert!(
            letter(&app, "lea@mail.example")
                .await
                .unwrap()
                .1
                .contains("https://carte.ville.example/sign-in/")
        );
        assert!(is_signed_in(&mut lea).await);
    })
    .await;
}
