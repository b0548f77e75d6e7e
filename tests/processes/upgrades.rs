//! Databases that earlier versions left, with rows in every sort of table, are brought up to date and lose nothing.
//!
//! `fixtures/frozen/NNNN.db.gz` and `.sql.gz` were made by the program whose last migration was NNNN: the demonstration, used for a
//! moment, most of its ground taken out. They are never made anew.

use super::command_line::{succeeds, text};
use super::databases::Database;
use super::http::Client;
use super::server::{Server, parvis};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a frozen file unpacks to.
fn unpacked(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/frozen").join(name);
    let output = Command::new("gzip").arg("-dc").arg(&path).output().unwrap();
    assert!(output.status.success(), "{}: {}", path.display(), text(&output.stderr));
    output.stdout
}

/// The schemas that were frozen, by their last migration.
const FROZEN: &[&str] = &["0011", "0100", "0110"];

fn each_old_database(test: impl Fn(&Database)) {
    for version in FROZEN {
        let database = Database::sqlite();
        std::fs::write(database.url.trim_start_matches("sqlite:"), unpacked(&format!("{version}.db.gz")))
            .unwrap();
        test(&database);
        let Some(database) = Database::postgis() else { continue };
        let mut psql = Command::new("psql");
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", &database.url]).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut loading = psql.spawn().unwrap();
        loading.stdin.take().unwrap().write_all(&unpacked(&format!("{version}.sql.gz"))).unwrap();
        assert!(loading.wait().unwrap().success());
        test(&database);
    }
}

#[test]
fn a_database_of_an_earlier_version_is_brought_up_to_date_with_its_register_intact() {
    each_old_database(|database| {
        let counted = |sql| database.one::<(i64,)>(sql).0;
        let before = (
            counted("select count(*) from feature"),
            counted("select count(*) from vote"),
            counted("select count(*) from argument"),
            counted("select number from journal_head"),
        );
        assert!(before.0 > 300 && before.1 > 6_000 && before.3 > 900, "{before:?}");
        let told = succeeds(parvis(&database.url).arg("migrate"));
        assert!(told.contains("nothing to do") || told.contains("applied"), "{told}");
        let told = succeeds(parvis(&database.url).arg("verify"));
        assert!(told.contains("register intact"), "{told}");
        let after = (
            counted("select count(*) from feature"),
            counted("select count(*) from vote"),
            counted("select count(*) from argument"),
            counted("select number from journal_head"),
        );
        assert_eq!((before.0, before.1, before.2), (after.0, after.1, after.2));
        assert!(after.3 >= before.3, "a line of the register is gone");
    });
}

#[test]
fn a_server_on_a_database_of_an_earlier_version_shows_what_was_there() {
    each_old_database(|database| {
        let (published, title): (i64, String) = database.one(
            "select (select count(*) from feature where published_at is not null), title from feature where id = 7",
        );
        let server = Server::start(&database.url, &[]).unwrap();
        let mut client = Client::json(server.address);
        let counts = client.get("/api/counts").unwrap().json().unwrap();
        assert_eq!(counts["total"].as_i64(), Some(published), "{counts}");
        let feature = client.get("/api/features/7").unwrap().json().unwrap();
        assert_eq!(feature["properties"]["title"], title, "{feature}");
        assert_eq!(client.get("/readyz").unwrap().status, 200);
    });
}
