//! Holds the code to the floors of `docs/ARCHITECTURE.md`: imports go down only, modules never import each other, and SQL stands only
//! where it may. A file's floor is the first folder of its path; nothing is listed here.

use std::path::{Path, PathBuf};

/// The floors, from below. `main.rs` and `lib.rs` stand on all of them.
const FLOORS: [&str; 5] = ["base", "core", "civic", "modules", "server"];

/// A source file of the server.
struct Source {
    /// Its path inside `src`.
    path: PathBuf,
    text: String,
}

impl Source {
    /// Its floor's name; nothing for `main.rs` and `lib.rs`.
    fn floor(&self) -> Option<&str> {
        self.part(0).filter(|name| FLOORS.contains(name))
    }

    /// Its room's name, on its floor.
    fn room(&self) -> Option<&str> {
        self.part(1).map(|name| name.trim_end_matches(".rs"))
    }

    fn part(&self, at: usize) -> Option<&str> {
        self.path.iter().nth(at).and_then(|part| part.to_str())
    }

    fn is_test(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == "tests.rs")
            || self.path.iter().any(|part| part == "tests")
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<Source> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        Source { path: path.strip_prefix(&src).unwrap().to_owned(), text }
    };
    found.into_iter().map(read).collect()
}

fn height(floor: &str) -> usize {
    FLOORS.iter().position(|name| *name == floor).unwrap_or_else(|| panic!("`{floor}` is no floor"))
}

/// The floors and rooms that a file names by `crate::`.
fn imports(text: &str) -> Vec<(String, String)> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let named = code.split("crate::").skip(1).filter_map(|path| {
        let floor = word(path);
        let rest = path.get(floor.len()..)?.strip_prefix("::");
        Some((floor, rest.map(word).unwrap_or_default()))
    });
    named.filter(|(floor, _)| FLOORS.contains(&floor.as_str())).collect()
}

/// The list of modules is plain data that rooms fill in and go through: all that they name above them. Tests may use everything.
fn is_exempt(source: &Source, (floor, room): &(String, String)) -> bool {
    const LIST: [&str; 15] = [
        "MODULES", "Module", "Table", "tables", "subjects", "acts", "purposes", "limits", "hooks", "kinds",
        "statuses", "facets", "jobs", "actions", "columns",
    ];
    source.is_test()
        || (floor == "server" && room == "testing")
        || (floor == "modules" && LIST.contains(&room.as_str()))
        || (source.floor() == Some(floor) && source.room() == Some(room))
}

#[test]
fn every_file_stands_on_a_floor() {
    let astray = all().into_iter().filter(|source| source.floor().is_none());
    let mut astray: Vec<String> = astray.map(|source| source.path.display().to_string()).collect();
    astray.sort();
    assert_eq!(astray, ["lib.rs", "main.rs"]);
}

#[test]
fn imports_go_down_only_and_modules_never_import_each_other() {
    let mut wrong = Vec::new();
    for source in all() {
        // What stands on all floors may name each of them, and so may the list of modules.
        let Some(floor) = source.floor() else { continue };
        if source.path == Path::new("modules/mod.rs") {
            continue;
        }
        for imported in imports(&source.text).into_iter().filter(|imported| !is_exempt(&source, imported)) {
            let (here, there) = (height(floor), height(&imported.0));
            if there > here || (there == here && floor == "modules") {
                wrong.push(format!("{} imports {}::{}", source.path.display(), imported.0, imported.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms and files that are stores by another name.
const STORES: [&str; 8] = [
    "base/db/",
    "core/features/",
    "civic/contributions/",
    "civic/accounts/kept_voices.rs",
    "server/architecture.rs",
    "server/security_model.rs",
    "server/testing.rs",
    "civic/processes/roll/",
];

#[test]
fn sql_stands_only_in_stores_migrations_and_db() {
    let statement = |line: &str| {
        let text = line.trim_start().trim_start_matches('"').to_lowercase();
        ["select ", "insert into ", "update ", "delete from "]
            .iter()
            .any(|verb| line.contains('"') && text.starts_with(verb) && !text.starts_with("update the"))
    };
    let mut wrong = Vec::new();
    for source in all() {
        let path = source.path.display().to_string();
        let is_store = source.path.file_name().is_some_and(|name| name == "store.rs");
        if is_store || source.is_test() || STORES.iter().any(|store| path.starts_with(store)) {
            continue;
        }
        wrong.extend(source.text.lines().filter(|l| statement(l)).map(|l| format!("{path}: {l}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent = all().into_iter().filter(|source| !source.text.starts_with("//!"));
    let silent: Vec<_> = silent.map(|source| source.path.display().to_string()).collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let mut names: Vec<_> = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgis"));
}
