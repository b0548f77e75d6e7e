//! Holds the texts to the code: a key that is named is in both languages, and a key that is there is named somewhere; so with templates.
//!
//! What it is not: whether a text is well written (`base/i18n/typography.rs` looks at its signs).

use crate::base::i18n::Lang;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "ts") {
            found.push(path);
        }
    }
}

/// Every source that may name a text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["src", "web/shared", "web/modules"] {
        visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The keys of a file of texts.
fn keys(texts: &str) -> BTreeSet<&str> {
    let key = |line: &'static str| line.split_once(" =").map(|(key, _)| key);
    let texts: &'static str = texts.to_owned().leak();
    texts.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(key).collect()
}

/// Texts between quotes of words and hyphens, with what is put into them in braces.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |part: &&str| {
        !part.is_empty()
            && part.len() < 80
            && part
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'{' | b'}' | b'.'))
    };
    text.split(['"', '\'', '`']).filter(is_key)
}

/// Whether a literal may become this key: the same, or the same around what is put in.
fn names(literal: &str, key: &str) -> bool {
    let Some((first, rest)) = literal.split_once('{') else {
        // Templates put a word behind what ends so.
        return literal == key || (literal.len() >= 4 && literal.ends_with('-') && key.starts_with(literal));
    };
    let last = rest.rsplit_once('}').map_or("", |(_, last)| last);
    first.len() + last.len() >= 4 && key.starts_with(first) && key.ends_with(last)
}

#[test]
fn every_text_that_is_named_is_there_in_both_languages() {
    let calls = ["lang.text(\"", "lang.count(\"", "lang.of_kind(\"", "Message::new(\"", "Message::new(\n"];
    let mut wrong = BTreeSet::new();
    for (path, text) in sources().iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        for call in calls {
            for rest in text.split(call).skip(1) {
                let rest = rest.trim_start().trim_start_matches('"');
                let Some((key, _)) = rest.split_once('"') else { continue };
                let is_key = key.contains('-')
                    && key.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
                if is_key && !(Lang::Fr.has(key) && Lang::En.has(key)) {
                    wrong.insert(format!("{}: {key}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_text_is_written_twice() {
    // Modules share one file of texts: of two of one name the second would be read everywhere.
    for texts in
        [include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")), include_str!(concat!(env!("OUT_DIR"), "/en.ftl"))]
    {
        let keys = texts.lines().filter_map(|line| Some(line.split_once(" =")?.0));
        let keys = keys.filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()));
        let mut seen = BTreeSet::new();
        let twice: Vec<&str> = keys.filter(|key| !seen.insert(*key)).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert!(seen.len() > 500, "the texts are not read any more");
    }
}

#[test]
fn no_text_is_there_that_nothing_names() {
    let sources = sources();
    let named: BTreeSet<&str> = sources.iter().flat_map(|(_, text)| literals(text)).collect();
    let made: Vec<&str> =
        named.iter().copied().filter(|literal| literal.contains('{') || literal.ends_with('-')).collect();
    let texts = include_str!(concat!(env!("OUT_DIR"), "/fr.ftl"));
    // A template's macro may be given the one half, and what is drawn the other: both are named then.
    let halves = |key: &str| {
        let mut cuts = key.match_indices('-').map(|(at, _)| (&key[..at], &key[at + 1..]));
        cuts.any(|(first, last)| named.contains(first) && named.contains(last))
    };
    let is_named =
        |key: &&str| named.contains(key) || made.iter().any(|literal| names(literal, key)) || halves(key);
    let unused: Vec<&str> = keys(texts).into_iter().filter(|key| !is_named(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn no_template_is_there_that_nothing_renders() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut templates = Vec::new();
    for folder in ["web/shared/templates", "web/modules", "tests/modules"] {
        let mut found = Vec::new();
        visit(&root.join(folder), &mut found);
        found.retain(|path| path.extension().is_some_and(|e| e == "html"));
        let name =
            |path: &PathBuf| path.strip_prefix(root.join(folder)).unwrap().to_str().unwrap().to_owned();
        templates.extend(found.iter().map(name));
    }
    let mut sources = sources();
    let mut of_tests = Vec::new();
    visit(&root.join("tests/modules"), &mut of_tests);
    sources.extend(of_tests.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())));
    let named = |name: &String| sources.iter().any(|(_, text)| text.contains(&format!("\"{name}\"")));
    assert!(templates.len() > 60, "{} templates were looked at", templates.len());
    templates.retain(|name| !named(name));
    assert!(templates.is_empty(), "nothing renders or includes these: {templates:?}");
}
