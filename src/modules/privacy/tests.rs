//! Privacy on both databases: no column undeclared, nothing of a person left, nothing kept too long, and the register whole.

mod erasing;
mod voices;

use super::keep::{self, Dry, Rule};
use super::*;
use crate::base::config::Retention;
use crate::base::db::{Db, Sql as _, by};
use crate::base::ids::FeatureId;
use crate::core::app::App;
use crate::core::features::votes;
use crate::core::personal_data::{Erasing, Whose};
use crate::modules::tables as all_tables;
use crate::server::testing::{Client, app, harmless, on_both};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

/// Columns that only one of the databases has: PostGIS makes them of `wkb`.
const GENERATED: &str = "geom";

async fn schema(db: &Db) -> BTreeMap<String, BTreeSet<String>> {
    let sql = by(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c on true
         where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '\\_sqlx%' escape '\\'",
        "select c.table_name::text, c.column_name::text from information_schema.columns c
         join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
         where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'spatial_ref_sys'
           and c.table_name not like '\\_sqlx%'",
    );
    let rows: Vec<(String, String)> = db.all(sql, ()).await.unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, column) in rows {
        tables.entry(table).or_default().insert(column);
    }
    tables
}

/// A visitor places an idea, argues and votes on another's.
async fn act(app: &App, client: &mut Client, title: &str) -> i64 {
    let form =
        [("title", title), ("body", "À l’ombre."), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
    let answer = client.post("/proposals", &form).await;
    let id: i64 = answer.header("location").rsplit('/').next().unwrap().parse().unwrap();
    client.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "On s’y repose.")]).await;
    client.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await;
    assert_eq!(votes::counted(&app.db, &[FeatureId(id)]).await.unwrap()[&FeatureId(id)], (1, 0));
    id
}

async fn is_intact(db: &Db) {
    let checked = crate::modules::register::verify(db, |_, _| ()).await.unwrap();
    assert_eq!(checked.findings, [], "the register");
}

/// How often a text stands anywhere in the database.
async fn traces(db: &Db, text: &str) -> i64 {
    let like = format!("%{text}%");
    let (count,): (i64,) = db
        .one(
            "select (select count(*) from feature where title like $1 or body like $1 or search like $1)
                  + (select count(*) from argument where body like $1)
                  + (select count(*) from deposit where content like $1)
                  + (select count(*) from mail where body like $1 or recipient like $1)
                  + (select count(*) from account where email like $1 or name like $1)
                  + (select count(*) from journal where subject like $1)",
            (like.as_str(),),
        )
        .await
        .unwrap();
    count
}

on_both! {
    async fn every_column_of_every_table_is_declared_personal_or_not(db: Db) {
        let schema = schema(&db).await;
        let mut missing = Vec::new();
        for (table, columns) in &schema {
            let declared: Vec<_> = all_tables().filter(|declared| declared.name == table).collect();
            let [declared] = declared.as_slice() else {
                missing.push(format!(
                    "table `{table}` is declared {} times. Decide about each of its columns in the tables.rs of its room: is it about a \
                     person (Column::personal), and how does the register hold it (Held::Said, Held::Line, …)? {columns:?}",
                    declared.len()
                ));
                continue;
            };
            for column in columns {
                let times = declared.columns.iter().filter(|other| other.name == column).count();
                if times != 1 {
                    missing.push(format!(
                        "column `{table}.{column}` is declared {times} times: Column::personal (it says something about a person: they take \
                         it with them) or Column::plain, in the tables.rs of its room"
                    ));
                }
            }
        }
        for table in all_tables() {
            let columns = schema.get(table.name).cloned().unwrap_or_default();
            for column in table.columns.iter().map(|column| column.name).filter(|name| *name != GENERATED) {
                if !columns.contains(column) {
                    missing.push(format!("`{}.{column}` is declared and is not there", table.name));
                }
            }
            let is_nobodys = table.whose == Whose::Nobody;
            assert_eq!(is_nobodys, table.personal().is_empty(), "{}: personal columns are somebody's", table.name);
            if let Whose::Voice(column) | Whose::VoiceOnce(column, _) | Whose::Account(column) | Whose::Email(column) = table.whose {
                assert!(table.personal().contains(&column), "{}.{column}", table.name);
            }
            assert!(!is_nobodys || matches!(table.erasing, Erasing::Stays), "{}", table.name);
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    async fn a_visitor_is_erased_as_they_choose_and_the_register_stays_whole(db: Db) {
        let app = app(&db).await;
        for fate in ["anonymous", "gone"] {
            let mut visitor = Client::new(&app);
            let id = act(&app, &mut visitor, &format!("Un hamac {fate}")).await;
            let voice = visitor.visitor(&app);
            let page = visitor.get("/privacy/me").await.text();
            harmless(&page);
            assert!(page.contains("Vos idées et signalements (1)") && page.contains("Vos votes (1)") && page.contains("Vos arguments (1)"), "{page}");
            harmless(&visitor.get("/privacy/me/erase").await.text());
            let unsure = visitor.post("/privacy/me/erase", &[("fate", fate), ("word", "non")]).await;
            assert_eq!(unsure.status, 400);
            assert!(unsure.text().contains("Rien n’a été effacé"));
            let other = Client::new(&app).post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await;
            assert_eq!(other.status, 200, "who holds nothing erases nothing");
            assert_eq!(traces(&db, &format!("hamac {fate}")).await, 2);
            let done = visitor.post("/privacy/me/erase", &[("fate", fate), ("word", " Effacer ")]).await;
            assert_eq!(done.status, 200, "{}", done.text());
            assert!(done.headers.get_all("set-cookie").iter().any(|c| c.to_str().unwrap().starts_with("visitor=;")));
            let (left,): (i64,) = db.one(
                "select (select count(*) from feature where author = $1) + (select count(*) from argument where author = $1)
                      + (select count(*) from vote where voter = $1)", (voice,)).await.unwrap();
            assert_eq!(left, 0, "nothing is theirs any more");
            assert_eq!(votes::counted(&db, &[FeatureId(id)]).await.unwrap()[&FeatureId(id)], (1, 0), "the voice counts");
            let shown = Client::new(&app).get(&format!("/features/{id}")).await;
            if fate == "anonymous" {
                assert!(shown.text().contains("Un hamac anonymous"));
            } else {
                assert_eq!(shown.status, 404);
                assert_eq!(traces(&db, "hamac gone").await, 0, "no version is left");
                let key = app.key_to(&crate::core::features::edit_key(FeatureId(id)));
                let edit = Client::new(&app).get(&format!("/features/{id}/edit?key={key}")).await;
                assert_eq!(edit.status, 404, "what is erased cannot be put back");
            }
            is_intact(&db).await;
        }
        let (second,): (i64,) = db.one("select max(number) from journal where act = 'placed'", ()).await.unwrap();
        let key = app.key_to(&crate::core::journal::receipt_key(second));
        let receipt = Client::new(&app).get(&format!("/receipts/{second}?key={key}")).await.text();
        assert!(receipt.contains("Le contenu a été effacé"), "{receipt}");
    }

    async fn a_picture_at_two_ideas_is_taken_away_once(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        for title in ["Un banc", "Une table"] {
            let form = [("title", title), ("body", "Ici"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
            let placed = client.upload("/proposals", &form, &[("photo", "banc.jpg", jpeg.get_ref())]).await;
            assert!(placed.status.is_redirection(), "{}", placed.text());
        }
        let (rows,): (i64,) = db.one("select count(*) from photo", ()).await.unwrap();
        assert_eq!(rows, 2);
        let zip = client.get("/privacy/me/data.zip").await;
        let zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body.to_vec())).unwrap();
        assert_eq!(zip.file_names().filter(|name| name.as_ref().unwrap().starts_with("photos/")).count(), 1);
    }

    async fn an_account_takes_everything_with_it_and_is_emptied(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let account = client.sign_in(&app, "lea@mail.example", &[crate::civic::accounts::Role::Moderator]).await;
        act(&app, &mut client, "Un kiosque").await;
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let photo = client.upload("/photos", &[], &[("photo", "kiosque.jpg", jpeg.get_ref())]).await;
        assert_eq!(photo.status, 201, "{}", photo.text());
        let zip = client.get("/privacy/me/data.zip").await;
        assert_eq!(zip.header("content-type"), "application/zip");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body.to_vec())).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        let picture = names.into_iter().find(|name| name.starts_with("photos/")).expect("the picture");
        let mut bytes = Vec::new();
        zip.by_name(&picture).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(image::load_from_memory(&bytes).is_ok(), "whole, as it was kept");
        let mut text = String::new();
        zip.by_name("data.json").unwrap().read_to_string(&mut text).unwrap();
        let tables: serde_json::Value = serde_json::from_str(&text).unwrap();
        let tables = &tables["tables"];
        assert_eq!(tables["feature"][0]["title"], "Un kiosque");
        assert_eq!(tables["account"][0]["email"], "lea@mail.example");
        assert_eq!(tables["vote"][0]["value"], "1");
        assert_eq!(tables["deposit"].as_array().unwrap().len(), 2, "the kept versions of idea and argument");
        for table in ["argument", "mail", "session", "role_grant"] {
            assert!(!tables[table].as_array().unwrap().is_empty(), "{table}");
        }
        assert!(client.get("/account/data").await.text().contains("lea@mail.example"));
        assert_eq!(Client::new(&app).get("/account/data").await.status, 401);

        assert_eq!(client.post("/privacy/me/erase", &[("fate", "gone"), ("word", "erase")]).await.status, 200);
        assert_eq!((traces(&db, "lea@mail").await, traces(&db, "kiosque").await), (0, 0));
        let (sessions, roles): (i64, i64) = db.one(
            "select (select count(*) from session), (select count(*) from role_grant where revoked_at is null)", ()).await.unwrap();
        assert_eq!((sessions, roles), (0, 0));
        assert_eq!(client.get("/account/data").await.status, 401, "signed out everywhere");
        assert!(crate::civic::accounts::store::find(&db, account.id).await.unwrap().email.is_none());
        is_intact(&db).await;
    }

    async fn what_a_browser_did_that_no_account_claimed_is_erased_with_its_cookie(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        act(&app, &mut client, "Un abri avant").await;
        client.sign_in(&app, "lea@mail.example", &[]).await;
        act(&app, &mut client, "Un abri pendant").await;
        assert_eq!(client.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await.status, 200);
        assert_eq!(traces(&db, "Un abri").await, 0);
        is_intact(&db).await;
    }

    async fn what_was_kept_long_enough_goes_and_a_dry_run_changes_nothing(db: Db) {
        let app = app(&db).await;
        let mut visitor = Client::new(&app);
        let shown = act(&app, &mut visitor, "Un préau").await;
        let withdrawn = act(&app, &mut visitor, "Une cabane").await;
        visitor.post(&format!("/features/{withdrawn}/withdraw"), &[]).await;
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "paul@mail.example", &[]).await;
        let theirs = act(&app, &mut resident, "Une serre").await;
        db.run("update mail set sent_at = created_at", ()).await.unwrap();
        let retention = Retention::default();
        let run = async |days: i64, dry: Dry| -> Vec<(Rule, u64)> {
            let now = crate::base::clock::now() + chrono::TimeDelta::days(days);
            let kept = keep::run(&db, &app.media, &retention, now, dry).await.unwrap();
            kept.into_iter().filter(|(_, _, count)| *count > 0).map(|(rule, _, count)| (rule, count)).collect()
        };
        assert_eq!(run(1, Dry::No).await, [], "nothing is old");
        assert_eq!(run(100, Dry::Yes).await, [(Rule::Sessions, 1), (Rule::Letters, 2)]);
        assert_eq!(run(100, Dry::No).await, [(Rule::Sessions, 1), (Rule::Letters, 2)], "a dry run did nothing");
        assert_eq!(run(366, Dry::No).await, [(Rule::Withheld, 1)]);
        assert_eq!(traces(&db, "cabane").await, 0);
        // An idea; the arguments on both; the voices on both. Not those of an account.
        assert_eq!(run(396, Dry::No).await, [(Rule::Visitors, 5)]);
        assert_eq!(run(396, Dry::No).await, [], "once");
        assert!(traces(&db, "préau").await > 0, "what is public stays");
        assert_eq!(run(1096, Dry::No).await, [(Rule::Accounts, 1)]);
        assert_eq!(traces(&db, "paul@").await, 0);
        for id in [shown, theirs] {
            assert_eq!(votes::counted(&db, &[FeatureId(id)]).await.unwrap()[&FeatureId(id)], (1, 0));
        }
        is_intact(&db).await;
    }

    async fn of_many_servers_one_applies_the_rules_in_a_day_and_no_page_does(db: Db) {
        let app = app(&db).await;
        db.run(
            "insert into mail (recipient, subject, body, created_at, sent_at) values ('paul@mail.example', 'a', 'b', $1, $1)",
            (crate::base::clock::now(),),
        )
        .await
        .unwrap();
        let retention = Retention::default();
        let at = crate::base::clock::now() + chrono::TimeDelta::days(100);
        let run = async |hours: i64| {
            let now = at + chrono::TimeDelta::hours(hours);
            keep::daily(&db, &app.media, &retention, now).await.unwrap()
        };
        let letters = async || db.one::<(i64,)>("select count(*) from mail", ()).await.unwrap().0;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "ada@ville.example", &[crate::civic::accounts::Role::Administrator]).await;
        let page = admin.get("/admin/privacy").await.text();
        let before = letters().await;
        assert!(page.contains("n’ont pas encore été appliquées") && before > 0, "{page}");
        let (first, second) = tokio::join!(run(0), run(0));
        assert_eq!(usize::from(first.is_some()) + usize::from(second.is_some()), 1, "two servers at once");
        assert!(letters().await < before, "what was kept long enough went");
        assert!(run(23).await.is_none(), "a server that was started anew");
        // Their session went, too.
        admin.sign_in(&app, "ada@ville.example", &[crate::civic::accounts::Role::Administrator]).await;
        let page = admin.get("/admin/privacy").await.text();
        assert!(page.contains("au dernier passage, le "), "{page}");
        assert!(run(24).await.is_some());
    }

    async fn the_audience_counts_pages_and_nobody(db: Db) {
        let app = app(&db).await;
        let audience = Audience::default();
        for route in ["/", "/features/{id}", "/"] {
            audience.count(route);
        }
        audience.flush(&app).await.unwrap();
        audience.count("/");
        audience.flush(&app).await.unwrap();
        audience.flush(&app).await.unwrap();
        let counted = store::audience(&db, "2000-01-01").await.unwrap();
        assert_eq!(counted, [("/".to_owned(), 3), ("/features/{id}".to_owned(), 1)]);
    }

    async fn the_notice_and_the_register_of_processing_say_what_is_declared(db: Db) {
        let app = app(&db).await;
        let notice = Client::new(&app).get("/privacy").await.text();
        harmless(&notice);
        assert!(notice.contains("395") && notice.contains("Mes données"));
        for lang in ["fr", "en"] {
            let mut admin = Client::new(&app);
            admin.headers.push(("accept-language", lang.into()));
            admin.sign_in(&app, "admin@ville.example", &[crate::civic::accounts::Role::Administrator]).await;
            let page = admin.get("/admin/privacy").await;
            assert_eq!(page.status, 200);
            let page = page.text();
            harmless(&page);
            for table in all_tables().filter(|table| table.whose != Whose::Nobody) {
                assert!(page.contains(&format!("<code>{}</code>", table.name)), "{}", table.name);
            }
        }
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(resident.get("/admin/privacy").await.status, 403);
        is_intact(&db).await;
    }
}
