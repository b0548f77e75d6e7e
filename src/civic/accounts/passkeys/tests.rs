//! Passkeys against a device in software: what is kept, once and in time, whose, and for which address.

use super::store;
use crate::base::db::Sql as _;
use crate::base::i18n::Lang;
use crate::civic::accounts::{Role, SECOND_FACTOR};
use crate::core::app::App;
use crate::server::testing::{Answer, Client, app, on_both};
use axum::body::Body;
use axum::http::Request;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The site as a browser calls it.
const HOME: &str = "http://parvis.test";

/// Base64 for addresses, without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let group = |group: &[u8]| -> String {
        let bits =
            group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        (0..=group.len()).map(|n| char::from(LETTERS[(bits >> (18 - 6 * n)) as usize & 63])).collect()
    };
    bytes.chunks(3).map(group).collect()
}

/// A device with one key, which counts its uses.
struct Device {
    key: SigningKey,
    handle: String,
    count: u32,
    /// What it says of its owner: present, and unlocked.
    flags: u8,
    origin: &'static str,
}

impl Device {
    fn new(seed: u8) -> Device {
        let key = SigningKey::from_bytes(&[seed; 32]);
        Device { key, handle: String::new(), count: 0, flags: 0x05, origin: HOME }
    }

    fn id(&self) -> Vec<u8> {
        Sha256::digest(self.key.verifying_key().as_bytes()).to_vec()
    }

    fn said(&self, what: &str, options: &Value) -> Vec<u8> {
        let challenge = options["challenge"].as_str().unwrap();
        let (kind, origin) = (format!("webauthn.{what}"), self.origin);
        format!(r#"{{"type":"{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
            .into_bytes()
    }

    fn state(&self, flags: u8) -> Vec<u8> {
        [Sha256::digest(b"parvis.test").as_slice(), &[self.flags | flags], &self.count.to_be_bytes()].concat()
    }

    fn credential(&self, response: &Value) -> Value {
        let id = base64(&self.id());
        json!({ "credential": {
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
        }})
    }

    /// What `navigator.credentials.create` gives.
    fn create(&mut self, options: &Value) -> Value {
        self.handle = options["user"]["id"].as_str().unwrap().into();
        let public = [
            &[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 0x20],
            self.key.verifying_key().as_bytes().as_slice(),
        ]
        .concat();
        let id = self.id();
        let state = [self.state(0x40), vec![0; 16], vec![0, 32], id, public].concat();
        let length = u8::try_from(state.len()).unwrap();
        let object =
            [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &state].concat();
        self.credential(&json!({
            "clientDataJSON": base64(&self.said("create", options)),
            "attestationObject": base64(&object), "transports": ["internal"],
        }))
    }

    /// What `navigator.credentials.get` gives.
    fn get(&mut self, options: &Value) -> Value {
        self.count += 1;
        let (state, said) = (self.state(0), self.said("get", options));
        let signature = self.key.sign(&[state.as_slice(), &Sha256::digest(&said)].concat());
        self.credential(&json!({
            "clientDataJSON": base64(&said), "authenticatorData": base64(&state),
            "signature": base64(&signature.to_bytes()), "userHandle": self.handle,
        }))
    }
}

async fn post(client: &mut Client, path: &str, body: &Value) -> Answer {
    let request = Request::post(path).header("content-type", "application/json");
    client.send(request, Body::from(body.to_string())).await
}

/// Adds a device's passkey to who is signed in.
async fn add(client: &mut Client, device: &mut Device) -> Answer {
    let options = post(client, "/account/passkeys/begin", &json!({})).await;
    if !options.status.is_success() {
        return options;
    }
    let answer = device.create(&options.json());
    post(client, "/account/passkeys", &answer).await
}

/// Shows a device's passkey at a route.
async fn show(client: &mut Client, device: &mut Device, route: &str) -> Answer {
    let options = post(client, &format!("{route}/begin"), &json!({})).await.json();
    post(client, route, &device.get(&options)).await
}

/// As after a letter: signed in, no second factor shown.
async fn by_letter(
    app: &App,
    client: &mut Client,
    email: &str,
    roles: &[Role],
) -> crate::civic::accounts::Account {
    let account = client.sign_in(app, email, roles).await;
    (&app.db).run("update session set strong_at = null where account_id = $1", (account.id,)).await.unwrap();
    account
}

/// Recipient, subject and text of every letter, the oldest first.
async fn letters(app: &App) -> Vec<(String, String, String)> {
    app.db.all("select recipient, subject, body from mail order by id", ()).await.unwrap()
}

const SECOND: &str = "/account/second-factor";
const SIGN_IN: &str = "/sign-in/passkey";

on_both! {
    async fn who_has_a_role_is_led_to_the_second_factor_and_the_first_passkey_is_one(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@ville.example", &[Role::Administrator]).await;
        lea.headers.push(("accept", "text/html".into()));
        let led = lea.get("/admin/people").await;
        assert_eq!(led.header("location"), "/account/second-factor?to=%2Fadmin%2Fpeople");
        assert_eq!(lea.post("/admin/people", &[]).await.status, 403, "an act is refused, not led away");
        let before = lea.cookie("session");
        assert_eq!(add(&mut lea, &mut device).await.status, 200);
        assert_ne!(lea.cookie("session"), before, "the cookie of before is worth nothing");
        assert_eq!(lea.get("/admin/people").await.status, 200);
        let kept = store::list(&app.db, account.id).await.unwrap();
        assert!(kept.len() == 1 && !kept[0].name.is_empty() && kept[0].used_at.is_none());
    }

    async fn a_mailbox_alone_neither_adds_nor_removes_the_passkeys_of_a_role(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@ville.example", &[Role::Moderator]).await;
        add(&mut lea, &mut device).await;
        let id = store::list(&app.db, account.id).await.unwrap()[0].id;
        let mut thief = Client::new(&app);
        by_letter(&app, &mut thief, "lea@ville.example", &[]).await;
        assert_eq!(add(&mut thief, &mut Device::new(9)).await.status, 403);
        assert_eq!(thief.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status, 403);
        assert_eq!(show(&mut thief, &mut device, SECOND).await.status, 200, "their own device opens");
        assert!(thief.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status.is_redirection());
    }

    async fn a_challenge_is_used_once_in_time_and_in_its_own_session(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        by_letter(&app, &mut lea, "lea@mail.example", &[]).await;
        add(&mut lea, &mut device).await;
        let options = post(&mut lea, "/account/second-factor/begin", &json!({})).await.json();
        let answer = device.get(&options);
        let mut other = Client::new(&app);
        by_letter(&app, &mut other, "lea@mail.example", &[]).await;
        assert_eq!(post(&mut other, SECOND, &answer).await.status, 403, "another session");
        assert_eq!(post(&mut Client::new(&app), SIGN_IN, &answer).await.status, 403, "another way");
        assert_eq!(post(&mut lea, SECOND, &answer).await.status, 200);
        assert_eq!(post(&mut lea, SECOND, &answer).await.status, 403, "once");
        let late = post(&mut lea, "/account/second-factor/begin", &json!({})).await.json();
        let past = crate::base::clock::now() - chrono::TimeDelta::seconds(1);
        (&app.db).run("update ceremony set expires_at = $1", (past,)).await.unwrap();
        assert_eq!(post(&mut lea, SECOND, &device.get(&late)).await.status, 403, "in time");
    }

    async fn a_passkey_signs_in_alone_and_what_the_device_counts_is_kept(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@ville.example", &[Role::Administrator]).await;
        add(&mut lea, &mut device).await;
        let mut fresh = Client::new(&app);
        assert_eq!(show(&mut fresh, &mut device, SIGN_IN).await.status, 200);
        assert_eq!(fresh.get("/admin/people").await.status, 200, "it is both factors");
        assert!(store::list(&app.db, account.id).await.unwrap()[0].used_at.is_some());
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 200);
        device.count = 0;
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 403, "a copy counts from before");
        let past = crate::base::clock::now() - SECOND_FACTOR;
        (&app.db).run("update session set strong_at = $1", (past,)).await.unwrap();
        assert_eq!(fresh.get("/admin/people").await.status, 403, "twelve hours, no more");
    }

    async fn another_site_a_locked_device_and_a_wrong_key_are_refused(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@mail.example", &[]).await;
        let mut foreign = Device { origin: "http://parvis.test.evil.example", ..Device::new(2) };
        assert_eq!(add(&mut lea, &mut foreign).await.status, 403);
        let mut locked = Device { flags: 0x01, ..Device::new(3) };
        assert_eq!(add(&mut lea, &mut locked).await.status, 403);
        assert!(store::list(&app.db, account.id).await.unwrap().is_empty());
        assert_eq!(add(&mut lea, &mut device).await.status, 200);
        device.origin = "http://parvis.test.evil.example";
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 403, "another site's page");
        (device.origin, device.flags) = (HOME, 0x01);
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 403, "nobody unlocked it");
        device.flags = 0x05;
        assert_eq!(post(&mut Client::new(&app), SIGN_IN, &json!({ "credential": {} })).await.status, 403);
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 200);
    }

    async fn anothers_passkey_is_neither_removed_nor_ones_second_factor(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@mail.example", &[]).await;
        add(&mut lea, &mut device).await;
        assert_eq!(add(&mut lea, &mut device).await.status, 409, "a credential is kept once");
        let id = store::list(&app.db, account.id).await.unwrap()[0].id;
        let mut eve = Client::new(&app);
        by_letter(&app, &mut eve, "eve@mail.example", &[Role::Moderator]).await;
        assert_eq!(show(&mut eve, &mut device, SECOND).await.status, 403);
        eve.sign_in(&app, "eve@mail.example", &[]).await;
        assert_eq!(eve.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status, 404);
        assert!(lea.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status.is_redirection());
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 403, "removed");
    }

    async fn csrf_another_site_begins_and_ends_nothing(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        lea.headers.push(("sec-fetch-site", "cross-site".into()));
        let routes = ["/account/passkeys", SECOND, SIGN_IN];
        for path in routes.iter().flat_map(|route| [(*route).to_owned(), format!("{route}/begin")]) {
            assert_eq!(post(&mut lea, &path, &json!({ "credential": {} })).await.status, 403, "{path}");
        }
        assert_eq!(lea.post("/account/passkeys/1/remove", &[]).await.status, 403);
    }

    async fn lost_passkeys_are_forgotten_with_every_session(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@ville.example", &[Role::Moderator]).await;
        add(&mut lea, &mut device).await;
        let mut write = app.begin().await.unwrap();
        assert_eq!(crate::civic::accounts::store::forget_passkeys(&mut write, account.id).await.unwrap(), 1);
        crate::civic::accounts::tell_forgotten_passkeys(&mut write, "Parvis", (Lang::Fr, "lea@ville.example".into())).await.unwrap();
        app.commit(write).await.unwrap();
        let (to, subject, body) = letters(&app).await.pop().unwrap();
        assert_eq!((to.as_str(), subject.as_str()), ("lea@ville.example", "Vos clés d’accès ont été retirées de votre compte"));
        assert!(body.contains("déconnecté tous vos appareils"), "{body}");
        assert_eq!(lea.get("/account").await.status, 401);
        assert_eq!(show(&mut Client::new(&app), &mut device, SIGN_IN).await.status, 403);
    }

    async fn whoever_reads_the_account_s_letters_is_told_of_each_passkey_added_or_removed(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        lea.headers.push(("user-agent", "Mozilla/5.0 (Android 14; rv:130.0) Gecko/130.0 Firefox/130.0".into()));
        let account = by_letter(&app, &mut lea, "lea@mail.example", &[]).await;
        let browser = crate::civic::accounts::store::sessions(&app.db, account.id, crate::base::clock::now()).await.unwrap()[0].browser.clone();
        assert_eq!(add(&mut lea, &mut device).await.status, 200);
        let told = letters(&app).await;
        let [(to, subject, body)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((to.as_str(), subject.as_str()), ("lea@mail.example", "Une clé d’accès a été ajoutée à votre compte"));
        for said in ["http://127.0.0.1:8600/account", &browser, "heure de Paris", "Ce n’était pas vous\u{202f}?"] {
            assert!(body.contains(said), "{said}: {body}");
        }
        assert!(!body.contains("/sign-in/") && !body.contains("key="), "it opens nothing: {body}");
        // What is refused, or removes nothing, tells nothing.
        assert_eq!(add(&mut lea, &mut device).await.status, 409);
        assert_eq!(lea.post("/account/passkeys/99/remove", &[]).await.status, 404);
        assert_eq!(letters(&app).await.len(), 1);
        let id = store::list(&app.db, account.id).await.unwrap()[0].id;
        lea.headers.push(("accept-language", "en".into()));
        assert!(lea.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status.is_redirection());
        assert_eq!(lea.post(&format!("/account/passkeys/{id}/remove"), &[]).await.status, 404, "once");
        let told = letters(&app).await;
        assert_eq!(told.len(), 2);
        let (_, subject, body) = &told[1];
        assert_eq!(subject, "A passkey was removed from your account");
        assert!(body.contains("Was it not you?") && body.contains(&browser), "{body}");
    }

    async fn an_account_without_an_address_changes_its_passkeys_without_a_letter(db: Db) {
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@mail.example", &[]).await;
        (&app.db).run("update account set email = null where id = $1", (account.id,)).await.unwrap();
        assert_eq!(add(&mut lea, &mut device).await.status, 200);
        assert!(letters(&app).await.is_empty());
    }

    async fn who_must_show_a_passkey_first_finds_the_way_there_and_back(db: Db) {
        const WAY: &str = "href=\"/account/second-factor?to=/account%23passkeys\"";
        let app = app(&db).await;
        let (mut lea, mut device) = (Client::new(&app), Device::new(1));
        let account = by_letter(&app, &mut lea, "lea@ville.example", &[Role::Moderator]).await;
        assert!(!lea.get("/account").await.text().contains(WAY), "the first one is simply added");
        add(&mut lea, &mut device).await;
        assert!(!lea.get("/account").await.text().contains(WAY), "it was shown");
        let id = store::list(&app.db, account.id).await.unwrap()[0].id;
        let mut later = Client::new(&app);
        by_letter(&app, &mut later, "lea@ville.example", &[]).await;
        assert!(later.get("/account").await.text().contains(WAY));
        let refused = later.post(&format!("/account/passkeys/{id}/remove"), &[]).await;
        assert_eq!(refused.status, 403);
        let text = refused.text();
        assert!(text.contains("Présentez d’abord") && text.contains(WAY), "{text}");
        assert_eq!(show(&mut later, &mut device, SECOND).await.status, 200);
        assert_eq!(later.get("/account/second-factor?to=/account%23passkeys").await.header("location"), "/account#passkeys");
        assert!(!later.get("/account").await.text().contains(WAY));
        // Without a role nothing has to be shown.
        let (mut tom, mut other) = (Client::new(&app), Device::new(2));
        by_letter(&app, &mut tom, "tom@mail.example", &[]).await;
        add(&mut tom, &mut other).await;
        by_letter(&app, &mut tom, "tom@mail.example", &[]).await;
        assert!(!tom.get("/account").await.text().contains(WAY));
    }
}
