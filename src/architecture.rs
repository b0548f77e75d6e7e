//! Holds the code to the floors of `docs/ARCHITECTURE.md`: imports go down only, rooms of one floor of modules never
//! import each other, and SQL stands only where it may.

use std::path::{Path, PathBuf};

/// Each room's floor. A room that is not here fails the test: it has no place in the house yet.
const FLOORS: &[(&str, u8)] = &[
    ("clock", 1),
    ("config", 1),
    ("db", 1),
    ("error", 1),
    ("http", 1),
    ("i18n", 1),
    ("ids", 1),
    ("mail", 1),
    ("media", 1),
    ("once", 1),
    ("prose", 1),
    ("telemetry", 1),
    ("text", 1),
    ("words", 1),
    ("app", 2),
    ("atlas", 2),
    ("features", 2),
    ("gazetteer", 2),
    ("journal", 2),
    ("layers", 2),
    ("subject", 2),
    ("territory", 2),
    ("accounts", 3),
    ("processes", 3),
    ("answers", 4),
    ("backup", 4),
    ("demo", 4),
    ("discussion", 4),
    ("import", 4),
    ("basemap", 4),
    ("map", 4),
    ("moderation", 4),
    ("opendata", 4),
    ("photos", 4),
    ("privacy", 4),
    ("proposals", 4),
    ("register", 4),
    ("site", 4),
    ("themes", 4),
    ("cli", 5),
    ("lib", 5),
    ("main", 5),
    ("module", 5),
    ("personal_data", 5),
    ("router", 5),
    ("architecture", 9),
    ("security_model", 9),
    ("testing", 9),
];

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

/// Every source file of the server, with its room.
fn rooms() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    found
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).unwrap();
            let room = inside.components().next().unwrap().as_os_str().to_string_lossy();
            let room = room.trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (room, path, text)
        })
        .collect()
}

fn floor(room: &str) -> u8 {
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("`{room}` has no floor")).1
}

/// The rooms that a file imports or names by `crate::`.
fn imports(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for piece in code.split("crate::").skip(1) {
        if let Some(group) = piece.strip_prefix('{') {
            let (mut depth, mut name) = (1, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => found.push(std::mem::take(&mut name)),
                    c if depth == 1 => name.push(c),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            found.push(name);
        } else {
            found.push(piece.to_owned());
        }
    }
    found
        .iter()
        .map(|path| path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
        .filter(|room| !room.is_empty() && room.chars().next().is_some_and(char::is_lowercase))
        .collect()
}

/// A manifest, and a table's declaration, are plain data that rooms fill in: all that they name of the top floor.
fn is_exempt(room: &str, path: &Path, imported: &str) -> bool {
    let file = path.file_name().unwrap().to_string_lossy();
    file == "tests.rs"
        || path.parent().is_some_and(|p| p.ends_with("tests"))
        || imported == "testing"
        || imported == "module"
        || imported == "personal_data"
        || FLOORS.iter().all(|(name, _)| *name != imported)
        || room == imported
}

#[test]
fn imports_go_down_only_and_modules_never_import_each_other() {
    let mut wrong = Vec::new();
    for (room, path, text) in rooms() {
        for imported in imports(&text) {
            if is_exempt(&room, &path, &imported) {
                continue;
            }
            let (here, there) = (floor(&room), floor(&imported));
            if there > here || (there == here && here == 4) {
                wrong.push(format!("{} (floor {here}) imports {imported} (floor {there})", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sql_stands_only_in_stores_migrations_and_db() {
    let statement = |line: &str| {
        let text = line.trim_start().trim_start_matches('"').to_lowercase();
        ["select ", "insert into ", "update ", "delete from "]
            .iter()
            .any(|verb| line.contains('"') && text.starts_with(verb) && !text.starts_with("update the"))
    };
    let mut wrong = Vec::new();
    for (room, path, text) in rooms() {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let allowed = room == "db"
            || floor(&room) == 9
            || path.parent().is_some_and(|p| p.ends_with("tests"))
            || [
                "store.rs",
                "arguments.rs",
                "bursts.rs",
                "claim.rs",
                "erasure.rs",
                "photos.rs",
                "scope.rs",
                "votes.rs",
                "vocabulary.rs",
                "tests.rs",
            ]
            .contains(&file.as_str())
            || [
                "kept_voices.rs",
                "apart.rs",
                "answers.rs",
                "appeals.rs",
                "decisions.rs",
                "flags.rs",
                "follows.rs",
                "merges.rs",
                "revisions.rs",
                "shells.rs",
                "stakes.rs",
                "subjects.rs",
                "waiting_photos.rs",
                "search.rs",
                "terms.rs",
            ]
            .contains(&file.as_str());
        if !allowed {
            wrong.extend(text.lines().filter(|l| statement(l)).map(|l| format!("{}: {l}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_is() {
    let silent: Vec<_> = rooms()
        .into_iter()
        .filter(|(_, _, text)| !text.starts_with("//!"))
        .map(|(_, path, _)| path.display().to_string())
        .collect();
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
