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
    const LIST: [&str; 16] = [
        "MODULES",
        "Module",
        "Table",
        "tables",
        "subjects",
        "acts",
        "purposes",
        "limits",
        "hooks",
        "kinds",
        "statuses",
        "facets",
        "jobs",
        "actions",
        "columns",
        "templates",
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
const STORES: [&str; 9] = [
    "base/db/",
    "core/features/",
    "civic/contributions/",
    "civic/work/",
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

/// Where SQL names a table of a room above its own, and why. Nothing else may: a module's table is named in its own folder.
const UPWARDS: [(&str, &[&str], &str); 8] = [
    (
        "base/db/gis.rs",
        &["area", "feature", "layer", "layer_item"],
        "what it shows to GIS programs is the schema itself",
    ),
    (
        "base/db/health.rs",
        &["feature"],
        "whether writing is possible is tried on a table that is always there",
    ),
    ("base/db/state.rs", &["sealed_row"], "what the register reads is read under one state of the database"),
    (
        "core/features/",
        &["account", "kept_voice"],
        "a voice is somebody's as long as an account has it; what is nobody's is found by that",
    ),
    (
        "core/features/",
        &["answer"],
        "whoever reads a contribution reads whether it was answered, in the same statement; an author cannot erase an answer",
    ),
    (
        "core/features/arguments.rs",
        &["appeal", "decision", "flag"],
        "what is erased goes wherever it was quoted",
    ),
    (
        "core/features/erasure.rs",
        &["appeal", "decision", "flag"],
        "what is erased goes wherever it was quoted",
    ),
    (
        "core/features/revisions.rs",
        &["decision"],
        "what a moderator asked for is shown with the version that waits",
    ),
];

/// The tables that each room declares: name, floor, room. What `base` needs is declared above it, with all others.
fn declared() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for source in all() {
        let name = source.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_base = name == "plumbing.rs";
        if !(is_base || name == "tables.rs") {
            continue;
        }
        let (floor, room) = (source.floor().unwrap_or_default(), source.room().unwrap_or_default());
        let floor = if is_base { "base" } else { floor };
        let is_name =
            |line: &&str| line.trim_start().starts_with("name: ") || line.contains("Table { name: ");
        let names = source.text.lines().filter(is_name).filter_map(|line| line.split('"').nth(1));
        found.extend(names.map(|table| (table.to_owned(), floor.to_owned(), room.to_owned())));
    }
    found
}

/// The words behind what SQL calls a table by.
fn tables_of(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let words: Vec<String> = code
        .join(" ")
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let calls = |word: &str| ["from", "join", "into", "update"].contains(&word);
    words.windows(2).filter(|pair| calls(&pair[0])).map(|pair| pair[1].clone()).collect()
}

#[test]
fn sql_names_tables_below_it_only_and_no_other_modules() {
    let declared = declared();
    for table in crate::modules::tables() {
        assert!(declared.iter().any(|(name, ..)| name == table.name), "{} is declared nowhere", table.name);
    }
    let (mut wrong, mut argued) = (Vec::new(), std::collections::BTreeSet::new());
    for source in all().into_iter().filter(|source| !source.is_test()) {
        let Some(floor) = source.floor() else { continue };
        let path = source.path.display().to_string();
        for named in tables_of(&source.text) {
            let Some((table, above, room)) = declared.iter().find(|(table, ..)| *table == named) else {
                continue;
            };
            let is_below = height(above) < height(floor) || (above == floor && floor != "modules");
            // The server puts the house together, and names no module all the same.
            let is_modules = above == "modules" && floor == "server";
            if (is_below && !is_modules) || (above == floor && source.room() == Some(room)) {
                continue;
            }
            let reason = |(of, tables, _): &&(&str, &[&str], &str)| {
                path.starts_with(of) && tables.contains(&table.as_str())
            };
            match UPWARDS.iter().find(reason) {
                Some((of, ..)) => argued.extend([(*of, table.clone())]),
                None => wrong.push(format!("{path} names {table}, of {above}/{room}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all =
        UPWARDS.iter().flat_map(|(of, tables, _)| tables.iter().map(|table| (*of, (*table).to_owned())));
    let unused: Vec<_> = all.filter(|each| !argued.contains(each)).collect();
    assert!(unused.is_empty(), "no longer needed: {unused:?}");
    assert!(UPWARDS.iter().all(|(_, _, why)| why.len() > 20));
}
