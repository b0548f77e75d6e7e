//! After "erase everything" nothing of what somebody said is anywhere: in no column of no table, in no file of the database, in no
//! picture's folder. The walk over columns is over the schema itself: a table of a later module is in it.

use super::{is_intact, schema};
use crate::base::clock;
use crate::base::config::{Config, Retention, Secret};
use crate::base::db::{Db, Sql as _};
use crate::base::ids::FeatureId;
use crate::base::jobs::Done;
use crate::civic::accounts::Role;
use crate::civic::contributions::follows;
use crate::core::app::App;
use crate::modules::privacy::erase::PICTURES;
use crate::modules::privacy::keep::{self, Dry};
use crate::server::testing::{Client, app, on_both};
use std::path::{Path, PathBuf};

/// What is looked for: it is in everything that the person says.
const MARKER: &str = "Zwirbelkraut";

const ERASE: [(&str, &str); 2] = [("fate", "gone"), ("word", "effacer")];

fn jpeg(number: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([number, x as u8, y as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A person says something everywhere, others quote it, moderators and agents act on it. Gives the person's browser and their idea.
async fn said_everywhere(app: &App) -> (Client, FeatureId) {
    let mut lea = Client::new(app);
    lea.post("/sign-in", &[("email", &format!("{MARKER}@mail.example"))]).await;
    lea.sign_in(app, &format!("{}@mail.example", MARKER.to_lowercase()), &[]).await;
    lea.post("/account", &[("name", MARKER), ("capacity", "resident")]).await;
    let title = format!("Un banc {MARKER}");
    let idea = [
        ("title", title.as_str()),
        ("body", "Près du Zwirbelkraut."),
        ("lon", "2.35"),
        ("lat", "48.85"),
        ("step", "publish"),
    ];
    let placed = lea.upload("/proposals", &idea, &[("photo", "banc.jpg", jpeg(1).as_slice())]).await;
    let id = FeatureId::of_text(placed.header("location").rsplit('/').next().unwrap()).unwrap();
    let mut noe = Client::new(app);
    let follower = noe.sign_in(app, "noe@mail.example", &[]).await;
    let other = [
        ("title", "Une fontaine"),
        ("body", "Fraîche."),
        ("lon", "2.36"),
        ("lat", "48.85"),
        ("step", "publish"),
    ];
    let other = noe.post("/proposals", &other).await.header("location").to_owned();
    lea.post(&format!("{other}/arguments"), &[("side", "for"), ("body", "Le Zwirbelkraut en a besoin.")])
        .await;
    lea.post(&format!("{other}/flag"), &[("reason", "personal"), ("body", MARKER)]).await;
    noe.post(&format!("/features/{id}/flag"), &[("reason", "personal"), ("body", "Il écrit Zwirbelkraut.")])
        .await;
    noe.post(
        &format!("/features/{id}/arguments"),
        &[("side", "against"), ("body", "Je ne suis pas de cet avis.")],
    )
    .await;
    let mut write = app.begin().await.unwrap();
    follows::set(&mut write, id, follower.id, true).await.unwrap();
    app.commit(write).await.unwrap();
    let mut agent = Client::new(app);
    agent.sign_in(app, "agente@ville.example", &[Role::Administrator]).await;
    let answer = [("verdict", "accepted"), ("body", "Oui."), ("authority", "La Ville"), ("link", "")];
    agent.post(&format!("/admin/answers/{id}"), &answer).await;
    app.db
        .run("update mail set sent_at = created_at where recipient = 'noe@mail.example'", ())
        .await
        .unwrap();
    agent.post(&format!("/admin/moderation/{id}-2"), &[("act", "hide"), ("reason", "personal")]).await;
    agent
        .post(
            &format!("/admin/moderation/{id}"),
            &[("act", "hide"), ("reason", "personal"), ("note", "Le mot Zwirbelkraut.")],
        )
        .await;
    let (decision,): (i64,) =
        app.db.one("select max(id) from decision where subject_kind = 'feature'", ()).await.unwrap();
    lea.post(
        &format!("/features/{id}/appeal"),
        &[("decision", &decision.to_string()), ("body", "Zwirbelkraut est une plante.")],
    )
    .await;
    (lea, id)
}

/// Where the marker stands: table, column, how often.
async fn found(db: &Db) -> Vec<(String, String, i64)> {
    let mut found = Vec::new();
    for (table, columns) in schema(db).await {
        for column in columns {
            let sql = format!(
                "select count(*) from {table} where lower(cast({column} as text)) like '%{}%'",
                MARKER.to_lowercase()
            );
            let sql = sqlx::AssertSqlSafe(sql);
            let count: i64 = match db {
                Db::Sqlite(pools) => sqlx::query_scalar(sql).fetch_one(&pools.write).await.unwrap(),
                Db::Postgres(pools) => sqlx::query_scalar(sql).fetch_one(&pools.write).await.unwrap(),
            };
            if count > 0 {
                found.push((table.clone(), column, count));
            }
        }
    }
    found
}

on_both! {
    async fn after_erasing_everything_no_column_of_any_table_holds_a_word_of_it(db: Db) {
        let app = app(&db).await;
        let (mut lea, id) = said_everywhere(&app).await;
        let before = found(&db).await;
        let tables: std::collections::BTreeSet<_> = before.iter().map(|(table, ..)| table.as_str()).collect();
        for table in ["feature", "argument", "deposit", "mail", "account", "flag", "decision"] {
            assert!(tables.contains(table), "the walk puts the word into `{table}`: {before:?}");
        }
        // The title goes into a letter when it leaves: what waits holds a mark.
        let noes = "select count(*) from mail where recipient = 'noe@mail.example'";
        assert!(db.one::<(i64,)>(noes, ()).await.unwrap().0 > 0, "a follower was written to");
        assert_eq!(lea.post("/privacy/me/erase", &ERASE).await.status, 200);
        assert_eq!(found(&db).await, [], "declare the column in the tables.rs of its room, and erase it with what it is about");
        let (digests,): (i64,) = db.one("select count(*) from picture_removal", ()).await.unwrap();
        assert_eq!(digests, 0);
        is_intact(&db).await;
        assert_eq!(Client::new(&app).get(&format!("/features/{id}")).await.status, 404);
    }

    async fn a_photo_that_a_decision_took_off_goes_with_its_author_and_the_decision_says_nothing_any_more(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        let form = [("title", "Un banc"), ("body", "Ici."), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        let placed = lea.upload("/proposals", &form, &[("photo", "banc.jpg", jpeg(3).as_slice())]).await;
        assert!(placed.header("location").ends_with("/features/1"), "{}", placed.text());
        db.run("update photo set alt = 'Une dame au banc' where feature_id = 1", ()).await.unwrap();
        let mut write = app.begin().await.unwrap();
        write.touch("feature", 1);
        app.commit(write).await.unwrap();
        let (photo,): (i64,) = db.one("select id from photo where feature_id = 1", ()).await.unwrap();
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agente@ville.example", &[Role::Administrator]).await;
        let path = format!("/admin/moderation/1-p{photo}");
        assert_eq!(agent.post(&path, &[("act", "hide"), ("reason", "personal")]).await.status, 303);
        assert!(lea.get("/privacy/me").await.text().contains("Une dame au banc"), "what was decided about it is theirs to read");
        assert_eq!(lea.post("/privacy/me/erase", &ERASE).await.status, 200);
        let (decision, body): (i64, String) = db.one("select id, body from decision where subject_kind = 'photo'", ()).await.unwrap();
        assert_eq!(body, "", "what it showed, in words");
        let (left,): (i64,) = db.one("select count(*) from photo", ()).await.unwrap();
        assert_eq!(left, 0);
        let undone = agent.post("/admin/moderation/undo", &[("decision", &decision.to_string())]).await;
        assert!([404, 409].contains(&undone.status.as_u16()), "{}", undone.status);
        assert!(agent.get("/moderation/log").await.text().contains("Photo retirée"), "that it was decided stays");
        is_intact(&db).await;
    }

    async fn a_letter_that_never_left_is_kept_no_longer_than_one_that_did(db: Db) {
        let app = app(&db).await;
        for email in ["a@mail.example", "b@mail.example", "c@mail.example"] {
            Client::new(&app).post("/sign-in", &[("email", email)]).await;
        }
        db.run("update mail set sent_at = created_at where recipient like 'a%'", ()).await.unwrap();
        db.run("update mail set given_up_at = created_at where recipient like 'b%'", ()).await.unwrap();
        for (days, left) in [(89, 3), (91, 0)] {
            let now = clock::now() + chrono::TimeDelta::days(days);
            keep::run(&db, &app.media, &Retention::default(), now, Dry::No).await.unwrap();
            let (letters,): (i64,) = db.one("select count(*) from mail", ()).await.unwrap();
            assert_eq!(letters, left, "after {days} days");
        }
    }

    async fn one_picture_that_cannot_be_removed_keeps_no_other_and_is_removed_later(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        let idea = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        lea.upload("/proposals", &idea, &[("photo", "a.jpg", jpeg(1).as_slice()), ("photo", "b.jpg", jpeg(2).as_slice())]).await;
        let mut digests: Vec<(String,)> = db.all("select digest from photo order by digest", ()).await.unwrap();
        assert_eq!(digests.len(), 2);
        let small = |digest: &str| app.config.media.join(&digest[..2]).join(format!("{}-small.jpg", &digest[2..]));
        // A folder under the name of a file: it cannot be removed as one.
        let stuck = digests.remove(0).0;
        std::fs::remove_file(small(&stuck)).unwrap();
        std::fs::create_dir(small(&stuck)).unwrap();
        assert_eq!(lea.post("/privacy/me/erase", &ERASE).await.status, 200, "it is erased all the same");
        assert!(!small(&digests[0].0).exists(), "the other picture is gone");
        let (waits,): (i64,) = db.one("select count(*) from picture_removal", ()).await.unwrap();
        assert_eq!(waits, 1);
        let look = PICTURES.look.expect("it is looked before anything is written");
        assert!(look(&app).await.unwrap());
        (PICTURES.run)(&app).await.expect_err("the desk is told, and it is tried again");
        std::fs::remove_dir(small(&stuck)).unwrap();
        std::fs::write(small(&stuck), "again").unwrap();
        assert_eq!((PICTURES.run)(&app).await.unwrap(), Done::of(1));
        assert!(!small(&stuck).exists() && !look(&app).await.unwrap());
        let (waits,): (i64,) = db.one("select count(*) from picture_removal", ()).await.unwrap();
        assert_eq!(waits, 0);
    }

    async fn my_data_are_in_plain_words_with_everything_that_is_held(db: Db) {
        let app = app(&db).await;
        let (mut lea, id) = said_everywhere(&app).await;
        lea.post("/features/2/vote", &[("voice", "for")]).await;
        let account = crate::civic::accounts::store::of_email(&db, "zwirbelkraut@mail.example").await.unwrap().unwrap();
        let mut write = app.begin().await.unwrap();
        follows::set(&mut write, FeatureId(2), account.id, true).await.unwrap();
        app.commit(write).await.unwrap();
        let person = crate::core::personal_data::Person { voice: Some(account.voice), account: Some(account.id), email: account.email.clone() };
        let tables = crate::modules::privacy::take::tables(&db, &person).await.unwrap();
        for lang in ["fr", "en"] {
            lea.headers = vec![("accept-language", lang.into())];
            let page = lea.get("/privacy/me").await.text();
            crate::server::testing::harmless(&page);
            let of = crate::base::i18n::Lang::of_code(lang).unwrap();
            for table in crate::modules::tables().filter(|table| tables.contains_key(table.name)) {
                let name = crate::modules::privacy::words::name(of, table.name, table.purpose);
                let escaped = name.replace('\'', "&#39;");
                assert!(page.contains(&name) || page.contains(&escaped), "{}: {name}", table.name);
                assert!(!page.contains(&format!(">{} (", table.name)), "no name of a table: {}", table.name);
            }
            assert!(page.contains("Une fontaine"), "what was voted on and is followed is named");
        }
        for table in ["vote", "follow", "feature", "argument", "flag", "appeal", "decision", "mail", "session"] {
            assert!(tables.contains_key(table), "{table} of {id}");
        }
        let zip = lea.get("/privacy/me/data.zip").await;
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body.to_vec())).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("LISEZ-MOI.txt").unwrap(), &mut text).unwrap();
        assert!(text.contains("Your votes (1)") && text.contains("Une fontaine"), "{text}");
    }

    async fn whoever_was_erased_since_is_erased_again_in_a_state_of_before(db: Db) {
        let folder = tempfile::tempdir().unwrap();
        let media = folder.path().join("media");
        let config = Config { database: Secret::new("unused"), media: media.clone(), limits: "off".into(), ..Config::default() };
        let app = App::on(config, db.clone()).await.unwrap();
        let idea = [("title", "Un banc Zwirbelkraut"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        // One with an account, one without, one who stays; and one who was erased before the backup was made.
        let (mut lea, mut noe, mut ida, mut old) = (Client::new(&app), Client::new(&app), Client::new(&app), Client::new(&app));
        old.post("/proposals", &idea).await;
        assert!(old.post("/privacy/me/erase", &ERASE).await.status.is_success());
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        for client in [&mut lea, &mut noe] {
            client.post("/proposals", &idea).await;
        }
        ida.post("/proposals", &[("title", "Une fontaine"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")]).await;
        let before = clock::now();
        let list = crate::modules::privacy::again::list(&media);
        let old = std::fs::read_to_string(&list).unwrap();
        assert_eq!(old.lines().count(), 1);
        assert!(!old.contains("mail.example"), "{old}");
        // The lines that the two would leave, were they erased on the server that went on.
        let account = |n| format!("{} gone {}\n", clock::now().to_rfc3339(), app.key_to(&format!("erased account {n}")));
        let (voice,): (crate::base::ids::Visitor,) =
            db.one("select author from feature where title like '%Zwirbel%' and author not in (select voice from account)", ()).await.unwrap();
        let visitor = format!("{} anonymous {}\n", clock::now().to_rfc3339(), app.key_to(&format!("erased voice {}", voice.0)));
        std::fs::write(&list, format!("{old}{}{}{visitor}", account(1), account(77))).unwrap();
        let again = || crate::modules::privacy::again::Erased::read(&list).unwrap();
        assert_eq!(again().replay(&app, before).await.unwrap(), 2);
        let left: Vec<(String, bool)> = db.all("select title, author is not null from feature order by id", ()).await.unwrap();
        assert!(left.contains(&("Une fontaine".into(), true)), "{left:?}");
        assert_eq!(left.iter().filter(|(title, _)| title.contains("Zwirbel")).count(), 1, "the visitor's stays, nobody's: {left:?}");
        assert_eq!(again().replay(&app, before).await.unwrap(), 0, "once is enough");
        is_intact(&db).await;
        std::fs::write(&list, "hier lea\n").unwrap();
        assert!(crate::modules::privacy::again::Erased::read(&list).is_err(), "a list that cannot be read is told");
    }

    async fn the_roll_of_a_process_that_is_over_is_forgotten(db: Db) {
        let app = app(&db).await;
        let now = clock::now();
        let phase = |closes: i64| crate::civic::processes::Phase { key: "v".into(), title: "V".into(), opens: now - chrono::TimeDelta::days(9), closes: now + chrono::TimeDelta::days(closes), acts: crate::civic::processes::Action::words(&[crate::civic::processes::Action::VOTE]) };
        for (title, phases) in [("Court", vec![phase(1)]), ("Long", vec![phase(1), phase(300)]), ("Sans fin", vec![])] {
            let settings = crate::civic::processes::Settings { phases, ..Default::default() };
            let mut write = app.begin().await.unwrap();
            let (id, _) = crate::civic::processes::store::insert(&mut write, title, &settings, crate::civic::processes::State::Public, None).await.unwrap();
            crate::civic::processes::roll::set(&mut write, id, &["a".into(), "b".into()]).await.unwrap();
            app.commit(write).await.unwrap();
        }
        for (days, left) in [(365, 6), (367, 4), (700, 2)] {
            keep::run(&db, &app.media, &Retention::default(), now + chrono::TimeDelta::days(days), Dry::No).await.unwrap();
            let (people,): (i64,) = db.one("select count(*) from process_roll", ()).await.unwrap();
            assert_eq!(people, left, "after {days} days");
        }
    }

    async fn notes_go_with_the_text_that_they_may_quote(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        lea.post("/proposals", &form).await;
        let mut anne = Client::new(&app);
        anne.sign_in(&app, "anne@ville.example", &[Role::Agent, Role::Moderator]).await;
        anne.post("/admin/work/1/notes", &[("body", "Dit : « Un banc »")]).await;
        let left = async || {
            let (notes,): (i64,) = db.one("select count(*) from subject_note", ()).await.unwrap();
            notes
        };
        assert_eq!(left().await, 1);
        let hidden = anne.post("/admin/moderation", &[("act", "hide"), ("reason", "personal"), ("thing", "1")]).await;
        assert!(hidden.status.is_redirection(), "{}", hidden.text());
        let later = clock::now() + chrono::TimeDelta::days(600);
        keep::run(&db, &app.media, &Retention::default(), later, Dry::No).await.unwrap();
        let (title,): (String,) = db.one("select title from feature where id = 1", ()).await.unwrap();
        assert_eq!((title.as_str(), left().await), ("", 0));
    }

    async fn signing_out_leaves_nothing_of_the_person_in_the_browser(db: Db) {
        let app = app(&db).await;
        let mut lea = Client::new(&app);
        lea.sign_in(&app, "lea@mail.example", &[]).await;
        let left = lea.post("/sign-out", &[]).await;
        assert_eq!(left.header("clear-site-data"), "\"cache\"");
        for cookie in ["session", "person"] {
            assert!(lea.cookie(cookie).is_none(), "{cookie}");
        }
    }

    async fn an_export_runs_no_formula_in_any_spelling(db: Db) {
        let app = app(&db).await;
        for title in ["＝1+1 dans un titre", "＋33 appels", "－1 voiture", "＠tous ici"] {
            let idea = [("title", title), ("body", "=HYPERLINK(1)"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
            Client::new(&app).post("/proposals", &idea).await;
            let csv = Client::new(&app).get("/export/features.csv").await.text();
            assert!(csv.contains(&format!("'{title}")), "{csv}");
        }
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The files in which a word stands, in the writings that a database or a picture could give it.
fn grep(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let word = MARKER.to_lowercase();
    all.retain(|path| {
        let bytes = std::fs::read(path).unwrap().to_ascii_lowercase();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    });
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_erasing_everything_no_file_of_sqlite_holds_a_word_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("parvis.db").display());
    let db = Db::connect(&url, 4).await.unwrap();
    crate::base::db::migrate(&db).await.unwrap();
    let config = Config {
        database: Secret::new("unused"),
        media: folder.path().join("media"),
        limits: "off".into(),
        mail: Secret::new("folder:unused"),
        ..Config::default()
    };
    let app = App::on(config, db.clone()).await.unwrap();
    // Before the erasing and after it others write, so that pages are full and move.
    for turn in 0..30 {
        let title = format!("Une idée d’ailleurs {turn}");
        let idea = [
            ("title", title.as_str()),
            ("body", &"Un long texte. ".repeat(60)),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("step", "publish"),
        ];
        Client::new(&app).post("/proposals", &idea).await;
    }
    let (mut lea, _) = said_everywhere(&app).await;
    assert!(!grep(folder.path()).is_empty(), "the word is there before");
    assert_eq!(lea.post("/privacy/me/erase", &ERASE).await.status, 200);
    assert_eq!(
        grep(folder.path()),
        Vec::<PathBuf>::new(),
        "free pages, the write-ahead log and the folder of pictures"
    );
    db.close().await;
    assert_eq!(grep(folder.path()), Vec::<PathBuf>::new());
}
