//! What an operator types, and what they read.

use super::databases::Database;
use super::http::Client;
use super::server::{Server, parvis, wait};
use super::{idea, place, post_vote};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Little is said in these tests: it fits into the pipes until it is read.
    let status = wait(&mut child, Duration::from_secs(30)).unwrap();
    Output { status, ..child.wait_with_output().unwrap() }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
pub(crate) fn succeeds(command: &mut Command) -> String {
    let output = run(command);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

#[track_caller]
fn fails(command: &mut Command) -> String {
    let output = run(command);
    assert!(!output.status.success(), "{}", text(&output.stdout));
    text(&output.stderr)
}

#[test]
fn a_dry_run_of_the_migrations_names_them_and_changes_nothing() {
    for database in [Some(Database::sqlite()), Database::postgis()].into_iter().flatten() {
        let migrate = |arguments: &[&str]| succeeds(parvis(&database.url).arg("migrate").args(arguments));
        let first = migrate(&["--dry-run"]);
        assert!(first.contains("0001 spine"), "{first}");
        assert_eq!(migrate(&["--dry-run"]), first);
        assert!(migrate(&[]).contains("0001 spine"));
        assert!(migrate(&[]).contains("nothing to do"));
        assert!(migrate(&["--dry-run"]).contains("nothing to do"));
    }
}

#[test]
fn an_export_to_a_file_is_what_the_server_answers() {
    let database = Database::sqlite();
    let server = Server::start(&database.url, &[]).unwrap();
    let mut client = Client::json(server.address);
    let ids: Vec<i64> = (0..30).map(|n| idea(&mut client, &format!("Idée {n}, \"là\""), place(n))).collect();
    assert_eq!(post_vote(&mut client, ids[3], "for").unwrap().status, 200);
    let folder = tempfile::tempdir().unwrap();
    for (format, filter, rows) in [("csv", "", 30), ("geojson", "", 30), ("geojson", "score_min=1", 1)] {
        let file = folder.path().join(format!("export.{format}"));
        let mut command = parvis(&database.url);
        command.args(["export", "--format", format, "--filter", filter, "--output"]).arg(&file);
        succeeds(&mut command);
        let written = std::fs::read(&file).unwrap();
        let answered = client.get(&format!("/export/features.{format}?{filter}")).unwrap();
        assert_eq!((answered.status, &answered.body), (200, &written), "{format} {filter}");
        let lines = text(&written).lines().filter(|line| line.contains("Idée")).count();
        assert_eq!(lines, rows, "{format} {filter}");
    }
    let refused = fails(parvis(&database.url).args(["export", "--filter", "thme=x"]));
    assert!(refused.contains("thme") && refused.contains("theme"), "{refused}");
}

#[test]
fn help_names_every_command_and_shows_examples() {
    let help = succeeds(parvis("sqlite:unused").arg("--help"));
    for word in ["serve", "migrate", "import", "export", "--config", "Examples:", "parvis.toml", "PARVIS_"] {
        assert!(help.contains(word), "{word} is not in:\n{help}");
    }
    for command in ["serve", "migrate", "import", "export"] {
        assert!(succeeds(parvis("sqlite:unused").args([command, "--help"])).contains("Usage"), "{command}");
    }
    assert!(succeeds(parvis("sqlite:unused").arg("--version")).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_configuration_that_cannot_be_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let with = |toml: &str| {
        std::fs::write(folder.path().join("parvis.toml"), toml).unwrap();
        fails(parvis("sqlite:unused").arg("serve").current_dir(folder.path()))
    };
    assert!(with("tile_cache_mo = 12").contains("tile_cache_mo"));
    assert!(with("listen = \"partout\"").contains("listen"));
    assert!(with("connections = ").contains("parvis.toml"));
    let said = fails(parvis("sqlite:unused").args(["serve", "--config", "nowhere.toml"]));
    assert!(said.contains("nowhere.toml"), "{said}");
    let said = fails(parvis("mysql://x").arg("serve").current_dir(folder.path().join("..")));
    assert!(said.contains("postgres://"), "{said}");
    assert!(!Path::new(&folder.path().join("unused")).exists(), "nothing was made meanwhile");
}

#[test]
fn a_second_server_on_a_busy_port_says_so() {
    let (one, two) = (Database::sqlite(), Database::sqlite());
    let first = Server::start(&one.url, &[]).unwrap();
    let address = first.address.to_string();
    let said = fails(parvis(&two.url).arg("serve").env("PARVIS_LISTEN", &address));
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
    assert_eq!(Client::new(first.address).get("/healthz").unwrap().text(), "ok");
}

#[test]
fn the_check_of_the_register_names_the_line_that_was_changed_and_ends_with_one() {
    for database in [Some(Database::sqlite()), Database::postgis()].into_iter().flatten() {
        let server = Server::start(&database.url, &[]).unwrap();
        let mut client = Client::json(server.address);
        for n in 0..3 {
            idea(&mut client, &format!("Idée {n}"), place(n));
        }
        let told = succeeds(parvis(&database.url).arg("verify"));
        assert!(told.contains("register intact: 6 lignes / lines"), "{told}");
        let _: (i64,) = database.one("update journal set channel = 'paper' where number = 2 returning seq");
        let output = run(parvis(&database.url).arg("verify"));
        assert_eq!(output.status.code(), Some(1));
        let told = text(&output.stdout);
        assert!(told.contains("line 2 ") && !told.contains("line 1 ") && !told.contains("line 3 "), "{told}");
    }
}

#[test]
fn a_dry_run_of_retention_says_what_would_go() {
    let database = Database::sqlite();
    let told = succeeds(parvis(&database.url).args(["retention", "--dry-run"]));
    assert!(told.contains("nothing was changed") && told.contains("letters"), "{told}");
}

#[test]
fn what_an_operator_has_to_put_right_is_said_at_once_in_both_languages() {
    let database = Database::sqlite();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let (file, garbage) = (folder.path().join("file"), folder.path().join("garbage.db"));
    std::fs::write(&file, "").unwrap();
    std::fs::write(&garbage, "not a database at all, but long enough to be looked at as one, ".repeat(40))
        .unwrap();
    let under_file = file.join("media").display().to_string();
    let serve = |url: &str, settings: &[(&str, &str)]| {
        fails(parvis(url).arg("serve").env("PARVIS_LISTEN", "127.0.0.1:0").envs(settings.iter().copied()))
    };
    let both = |said: String, french: &str, english: &str| {
        assert!(said.contains(french) && said.contains(english), "{said}");
    };
    both(serve(&database.url, &[("PARVIS_LISTEN", &port)]), "déjà pris", "is taken");
    both(serve(&database.url, &[("PARVIS_MEDIA", &under_file)]), "vérifiez le chemin", "check the path");
    both(serve(&format!("sqlite:{}/a.db", file.display()), &[]), "vérifiez le chemin", "check the path");
    both(serve(&format!("sqlite:{}", garbage.display()), &[]), "SQLite", "SQLite database");
    let said = serve("postgres://someone:hunter2@127.0.0.1:1/nothing", &[]);
    assert!(!said.contains("hunter2"), "{said}");
    both(said, "vérifiez l’hôte", "check host");
    both(serve("mysql://x/y", &[]), "n'est ni", "neither");
}

#[test]
fn a_schema_that_is_newer_changed_or_half_applied_is_refused_with_what_to_do() {
    for database in [Some(Database::sqlite()), Database::postgis()].into_iter().flatten() {
        succeeds(parvis(&database.url).arg("migrate"));
        let both = |arguments: &[&str], french: &str, english: &str| {
            let said = fails(parvis(&database.url).args(arguments));
            assert!(said.contains(french) && said.contains(english), "{arguments:?}: {said}");
        };
        database.run(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 999999, 'later', success, checksum, 1 from _sqlx_migrations where version = 1",
        );
        for arguments in [&["migrate"][..], &["migrate", "--dry-run"], &["serve"]] {
            both(arguments, "plus récente que ce programme", "newer than this program");
        }
        database.run("delete from _sqlx_migrations where version = 999999");
        database.run("update _sqlx_migrations set success = false where version = 2");
        both(&["serve"], "à mi-chemin", "half-way");
        database.run("update _sqlx_migrations set success = true where version = 2");
        database.run("update _sqlx_migrations set checksum = (select checksum from _sqlx_migrations where version = 1) where version = 2");
        both(&["serve"], "n’est pas celle de ce programme", "not the one of this program");
    }
}
