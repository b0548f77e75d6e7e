//! Who decides about what, having seen what: stale forms, one's own contributions, photos, letters. Over HTTP in process, on both
//! databases.

use crate::base::config::{Config, Secret};
use crate::base::db::Sql as _;
use crate::base::ids::{FeatureId, PhotoId, Visitor};
use crate::base::mail;
use crate::civic::accounts::{Role, store as accounts};
use crate::civic::contributions::decisions::Reason;
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::{flags, follows};
use crate::core::app::App;
use crate::core::features::{self, NewFeature, photos};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, harmless, on_both, proposal};
use axum::http::StatusCode;

async fn placed(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn moderator(app: &App, email: &str) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, email, &[Role::Moderator]).await;
    client
}

/// What the forms of a page say that they saw.
fn seen(page: &str) -> Vec<String> {
    let values = page.split("name=\"seen\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// A form with what a page saw.
fn with<'a>(form: &[(&'a str, &'a str)], seen: &'a [String]) -> Vec<(&'a str, &'a str)> {
    form.iter().copied().chain(seen.iter().map(|token| ("seen", token.as_str()))).collect()
}

async fn lines(app: &App) -> i64 {
    crate::core::journal::head(&app.db).await.unwrap()
}

on_both! {
    async fn an_older_page_decides_nothing_about_what_was_decided_meanwhile(db: Db) {
        let app = app(&db).await;
        for title in ["Un", "Deux", "Trois"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let (mut one, mut two) = (moderator(&app, "une@ville.example").await, moderator(&app, "deux@ville.example").await);
        let queue = seen(&one.get("/admin/moderation").await.text());
        let item = seen(&one.get("/admin/moderation/1").await.text());
        assert_eq!(queue.len(), 3);
        assert!(item.len() >= 4 && item.iter().all(|token| *token == item[0]), "every form of the page names what it saw: {item:?}");
        two.post("/admin/moderation/1", &[("act", "hide"), ("reason", "hateful")]).await;
        let before = lines(&app).await;
        let publish = [("thing", "1"), ("thing", "2"), ("thing", "3"), ("act", "publish"), ("tab", "new")];
        let late = one.post("/admin/moderation", &with(&publish, &queue)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(lines(&app).await, before, "nothing was decided, about none of them");
        assert_eq!(Client::new(&app).get("/features/1").await.status, StatusCode::GONE);
        let text = late.text();
        assert!(text.contains("Elle était\u{a0}: en ligne\u{202f}; elle est maintenant\u{a0}: Masquée"), "{text}");
        let checked = |n: &str| text.contains(&format!("name=\"thing\" value=\"{n}\" checked"));
        assert!(checked("2") && checked("3") && !checked("1"), "{text}");
        harmless(&text);
        // One click goes on with the others.
        let fresh = seen(&text);
        let again = one.post("/admin/moderation", &with(&publish[1..], &fresh)).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        for (act, more) in [("publish", ("x", "")), ("ask", ("note", "Mon mot gardé")), ("merge", ("into", "2")), ("move", ("process", "none")), ("hide", ("reason", "unclear"))] {
            let before = lines(&app).await;
            let late = one.post("/admin/moderation/1", &with(&[("act", act), more, ("note", "Mon mot gardé")], &item)).await;
            assert_eq!((late.status, lines(&app).await), (StatusCode::CONFLICT, before), "{act}");
            assert!(late.text().contains("elle est maintenant\u{a0}: Masquée"), "{act}: {}", late.text());
        }
        // Seen as it is, it can be published.
        let now = seen(&one.get("/admin/moderation/1").await.text());
        let done = one.post("/admin/moderation/1", &with(&[("act", "publish")], &now)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }

    async fn what_its_author_changed_meanwhile_is_read_again_first(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let form = [("title", "Un banc"), ("body", "Ici"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        author.upload("/proposals", &form, &[]).await;
        let mut one = moderator(&app, "une@ville.example").await;
        let old = seen(&one.get("/admin/moderation/1").await.text());
        author.upload("/features/1/edit", &[("title", "Tout autre chose"), ("body", "Là"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")], &[]).await;
        let late = one.post("/admin/moderation/1", &with(&[("act", "publish")], &old)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Son texte, ses photos ou sa démarche ont changé") && late.text().contains("Tout autre chose"));
    }

    async fn a_bulk_act_that_cannot_be_keeps_every_tick_and_every_word(db: Db) {
        let app = app(&db).await;
        for title in ["Un", "Deux", "Trois"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut one = moderator(&app, "une@ville.example").await;
        let without_reason = [("thing", "1"), ("thing", "3"), ("act", "hide"), ("note", "Un mot long à écrire"), ("tab", "new")];
        let page = one.post("/admin/moderation", &without_reason).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        let text = page.text();
        assert!(text.contains("value=\"1\" checked") && text.contains("value=\"3\" checked") && !text.contains("value=\"2\" checked"), "{text}");
        assert!(text.contains("value=\"Un mot long à écrire\"") && text.contains("Choisissez une raison"), "{text}");
        // One of them is not there any more: which, and the others are still checked.
        let gone = [("thing", "1"), ("thing", "99"), ("act", "hide"), ("reason", "unclear"), ("note", "Un mot"), ("tab", "new")];
        let page = one.post("/admin/moderation", &gone).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        let text = page.text();
        assert!(text.contains("n° 99") && text.contains("Elle n’existe plus") && text.contains("value=\"1\" checked"), "{text}");
        assert!(text.contains("value=\"unclear\" selected") && text.contains("value=\"Un mot\""), "{text}");
    }

    async fn nobody_decides_about_what_they_made(db: Db) {
        let app = app(&db).await;
        let mut judge = Client::new(&app);
        let own = judge.sign_in(&app, "juge@ville.example", &[Role::Moderator]).await;
        let mut new = proposal("La mienne", 2.35, 48.85);
        new.author = Some(own.voice);
        let mine = placed(&app, &new).await;
        let other = placed(&app, &proposal("Une autre", 2.35, 48.85)).await;
        let mut write = app.begin().await.unwrap();
        flags::insert(&mut write, Thing::feature(mine), Reason::Unclear, "", Visitor(uuid::Uuid::from_u128(9))).await.unwrap();
        app.commit(write).await.unwrap();
        Client::new(&app).post(&format!("/features/{mine}/arguments"), &[("side", "against"), ("body", "Non merci")]).await;
        judge.post(&format!("/features/{other}/arguments"), &[("side", "for"), ("body", "Mon argument")]).await;
        let page = judge.get(&format!("/admin/moderation/{mine}")).await.text();
        assert!(page.contains("une autre personne décide") && !page.contains("value=\"hide\""), "{page}");
        let before = lines(&app).await;
        // The idea, an argument against it, one's argument elsewhere, and another idea merged into one's own.
        for (thing, form) in [
            (mine.to_string(), [("act", "publish"), ("x", "")]),
            (mine.to_string(), [("act", "hide"), ("reason", "unclear")]),
            (mine.to_string(), [("act", "ask"), ("note", "Changez")]),
            (format!("{mine}-1"), [("act", "hide"), ("reason", "unclear")]),
            (format!("{other}-2"), [("act", "publish"), ("x", "")]),
            (other.to_string(), [("act", "merge"), ("into", "1")]),
        ] {
            let answer = judge.post(&format!("/admin/moderation/{thing}"), &form).await;
            assert_eq!((answer.status, lines(&app).await), (StatusCode::CONFLICT, before), "{thing} {form:?}");
        }
        assert!(flags::of(&app.db, Thing::feature(mine)).await.unwrap()[0].settled_at.is_none(), "nor about flags on it");
        // Somebody else does; its author appeals, and does not settle it, nor take it back.
        let mut two = moderator(&app, "deux@ville.example").await;
        two.post(&format!("/admin/moderation/{mine}"), &[("act", "hide"), ("reason", "unclear")]).await;
        judge.post(&format!("/features/{mine}/appeal"), &[("decision", "1"), ("body", "Je conteste")]).await;
        let decision = crate::civic::contributions::decisions::standing(&app.db, Thing::feature(mine)).await.unwrap().unwrap().id;
        let settled = judge.post(&format!("/admin/moderation/appeals/{decision}"), &[("outcome", "granted"), ("answer", "Oui")]).await;
        assert_eq!(settled.status, StatusCode::FORBIDDEN);
        let undone = judge.post("/admin/moderation/undo", &[("decision", &decision.to_string())]).await;
        assert_eq!(undone.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).get(&format!("/features/{mine}")).await.status, StatusCode::GONE);
    }

    async fn a_photo_is_seen_by_moderators_taken_off_with_a_reason_and_put_back(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let account = author.sign_in(&app, "lea@mail.example", &[]).await;
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(64, 64).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let sent = author.upload("/photos", &[], &[("photo", "a.jpg", jpeg.get_ref())]).await.json();
        let form = [("title", "Un mur"), ("body", "Ici"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        author.upload("/proposals", &form, &[]).await;
        let (photo, small) = (PhotoId(sent["id"].as_i64().unwrap()), sent["small"].as_str().unwrap().to_owned());
        let mut write = app.begin().await.unwrap();
        photos::attach(&mut write, FeatureId(1), account.voice, &[(photo, "Une plaque".into())]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        for page in ["/admin/moderation", "/admin/moderation/1"] {
            let text = one.get(page).await.text();
            assert!(text.contains(&small) && text.contains("Une plaque") && text.contains(&format!("/admin/moderation/1-p{photo}")), "{page}: {text}");
            harmless(&text);
        }
        let mut reader = Client::new(&app);
        assert!(reader.get("/features/1").await.text().contains(&small));
        let path = format!("/admin/moderation/1-p{photo}");
        assert_eq!(one.post(&path, &[("act", "hide")]).await.status, StatusCode::BAD_REQUEST, "not without a reason");
        assert_eq!(one.post(&path, &[("act", "ask"), ("note", "Changez")]).await.status, StatusCode::CONFLICT);
        let hidden = one.post(&path, &[("act", "hide"), ("reason", "personal"), ("note", "Une plaque.")]).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        let page = reader.get("/features/1").await.text();
        assert!(page.contains("Un mur") && !page.contains(&small) && !page.contains("Une plaque"), "{page}");
        assert_eq!(reader.get(&small).await.status, StatusCode::NOT_FOUND);
        assert!(!reader.get("/api/features/1").await.text().contains(sent["digest"].as_str().unwrap()));
        // The original is kept: its author and moderators see it.
        assert_eq!(author.get(&small).await.status, StatusCode::OK);
        let kept = one.get(&small).await;
        assert_eq!((kept.status, kept.header("cache-control")), (StatusCode::OK, "private, no-store"));
        assert!(one.get("/admin/moderation?tab=hidden").await.text().contains(&path), "it is in the list of what is hidden");
        let told: Vec<(String, String)> = db.all("select recipient, body from mail where subject not like '%reçu%'", ()).await.unwrap();
        assert!(told.iter().any(|(to, body)| to == "lea@mail.example" && body.contains("une photo") && body.contains("«\u{a0}Une plaque.\u{a0}»")), "{told:?}");
        let own = author.get("/features/1").await.text();
        assert!(own.contains("Une de vos photos a été retirée") && own.contains("Données personnelles") && own.contains("/features/1/appeal"), "{own}");
        let acts: Vec<Act> = crate::core::journal::after(&db, 0, 50).await.unwrap().iter().map(|line| line.act).collect();
        assert!(acts.contains(&Act::PHOTO_HIDDEN), "{acts:?}");
        // The register still holds: photos are those that were deposited.
        let text = reader.get("/verify").await.text();
        assert!(!text.contains("ne sont plus"), "{text}");
        let decision = crate::civic::contributions::decisions::standing(&db, Thing::photo(FeatureId(1), photo)).await.unwrap().unwrap();
        let back = one.post("/admin/moderation/undo", &[("decision", &decision.id.to_string()), ("thing", &format!("1-p{photo}"))]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        assert!(reader.get("/features/1").await.text().contains(&small));
        assert_eq!(reader.get(&small).await.status, StatusCode::OK);
    }

    async fn no_letter_that_leaves_says_the_title_of_what_is_not_public(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let form = [("title", "Chez Monsieur Untel"), ("body", "Ici"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        author.upload("/proposals", &form, &[]).await;
        let mut write = app.begin().await.unwrap();
        let follower = accounts::ensure(&mut write, "suit@mail.example").await.unwrap();
        follows::set(&mut write, FeatureId(1), follower.id, true).await.unwrap();
        app.commit(write).await.unwrap();
        // Letters of every kind wait in the outbox.
        let mut all = Client::new(&app);
        all.sign_in(&app, "tout@ville.example", &[Role::Administrator]).await;
        all.post("/admin/answers/1", &[("verdict", "accepted"), ("body", "Oui"), ("authority", "La Ville")]).await;
        all.post("/admin/answers/1/status", &[("status", "done")]).await;
        all.post("/admin/moderation/1", &[("act", "ask"), ("note", "Changez")]).await;
        all.post("/admin/moderation/1", &[("act", "move"), ("process", "none")]).await;
        let folder = tempfile::tempdir().unwrap();
        let send = async |n: usize| {
            let config = Config { mail: Secret::new(format!("folder:{}", folder.path().display())), mail_from: "carte@ville.example".into(), ..Config::default() };
            let post = mail::Post::of(&config).unwrap().unwrap().naming(features::store::name_of);
            mail::drain_now(&db, &post).await.unwrap();
            let mut files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
            files.sort();
            let read = |file: &std::path::PathBuf| mail_parser(&std::fs::read_to_string(file).unwrap());
            files.iter().skip(n).map(read).collect::<Vec<_>>()
        };
        let public = send(0).await;
        assert!(public.iter().filter(|text| text.contains("Untel")).count() >= 6, "{public:#?}");
        all.post("/admin/answers/1", &[("verdict", "done"), ("body", "Fait"), ("authority", "La Ville")]).await;
        all.post("/admin/moderation/1", &[("act", "hide"), ("reason", "personal"), ("note", "Un nom.")]).await;
        let hidden = send(public.len()).await;
        assert!(hidden.len() >= 4, "the answer's, which waited, and the decision's: {hidden:#?}");
        for letter in &hidden {
            assert!(!letter.contains("Untel"), "{letter}");
            assert!(letter.contains("n° 1") && !letter.contains('\u{fffc}'), "{letter}");
        }
    }
}

/// A letter as a person reads it: its subject and text, decoded.
fn mail_parser(raw: &str) -> String {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let encoded = head.contains("base64");
    let unfolded = head.replace("\r\n ", "");
    let words =
        unfolded.split("=?utf-8?b?").enumerate().map(|(at, piece)| match (at, piece.split_once("?=")) {
            (1.., Some((word, rest))) => decoded(word) + rest.trim_start_matches(' '),
            _ => piece.to_owned(),
        });
    let head: String = words.collect();
    let body = if encoded { decoded(&body.replace("\r\n", "")) } else { quoted(body) };
    format!("{head}\n{body}")
}

fn decoded(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    for four in text.trim_end_matches('=').as_bytes().chunks(4) {
        let bits =
            four.iter().fold(0u32, |bits, c| bits << 6 | LETTERS.iter().position(|l| l == c).unwrap() as u32);
        let bits = bits << (6 * (4 - four.len()));
        bytes.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn quoted(text: &str) -> String {
    let (mut bytes, text) = (Vec::new(), text.replace("=\r\n", ""));
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex =
            (*first == b'=').then(|| after.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
