//! docs/OPERATIONS.md does what it says: its marked blocks are run as they stand.

use super::command_line::{run, succeeds, text};
use super::databases::Database;
use super::server::{Server, parvis};
use std::path::Path;
use std::process::Command;

/// The blocks after a mark, in the order of the page.
fn blocks(mark: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/OPERATIONS.md");
    let page = std::fs::read_to_string(page).unwrap();
    let mark = format!("<!-- {mark} -->\n```sh\n");
    page.split(&mark).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// A shell in a folder in which `parvis` is our binary.
fn shell(folder: &Path, database: &str, script: &str) -> Command {
    let mut command = parvis(database);
    let binary = Path::new(command.get_program()).parent().unwrap().to_owned();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let environment: Vec<_> =
        command.get_envs().map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned))).collect();
    command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", script]).current_dir(folder).env("PATH", path);
    for (key, value) in environment {
        match value {
            Some(value) => command.env(key, value),
            None => command.env_remove(key),
        };
    }
    command.env("PARVIS_MEDIA", "media");
    command
}

#[test]
fn the_commands_of_the_page_on_operations_work_as_they_stand() {
    let database = Database::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let marked = blocks("run");
    assert!(marked.len() >= 4, "{marked:?}");
    for script in &marked {
        let output = run(&mut shell(folder.path(), &database.url, script));
        assert!(output.status.success(), "{script}\n{}{}", text(&output.stdout), text(&output.stderr));
    }
    for script in blocks("run on postgis") {
        let Some(database) = Database::postgis() else { continue };
        let told = succeeds(&mut shell(folder.path(), &database.url, &script));
        assert!(told.contains("register intact"), "{told}");
    }
}

#[test]
fn a_container_learns_whether_its_server_is_ready() {
    let database = Database::sqlite();
    let server = Server::start(&database.url, &[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for script in blocks("run with a server") {
        let mut asking = shell(folder.path(), &database.url, &script);
        asking.env("PARVIS_LISTEN", server.address.to_string());
        assert!(succeeds(&mut asking).contains("journal"));
    }
    let address = server.address;
    drop(server);
    let output = run(parvis(&database.url).arg("health").env("PARVIS_LISTEN", address.to_string()));
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

#[test]
fn the_files_to_copy_are_named_by_the_page_and_are_there() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = std::fs::read_to_string(docs.join("OPERATIONS.md")).unwrap();
    for file in ["parvis.service", "parvis-backup.timer", "nginx.conf"] {
        assert!(page.contains(&format!("operations/{file}")), "{file}");
        assert!(docs.join("operations").join(file).is_file(), "{file}");
    }
}
