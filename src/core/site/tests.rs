//! Settings: versions, what a value must be, how every server takes them up; on both databases.

use super::*;
use crate::base::error::Error;
use crate::base::i18n::Lang;
use crate::server::testing::{app, on_both};
use std::collections::HashMap;

fn said(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn names_of_settings_are_there_once() {
    let mut names: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn what_a_setting_cannot_be_is_said_field_by_field_and_what_was_typed_stays() {
    for (section, name, bad, good, kept) in [
        (Section::Face, "brand", "rouge", "#E30613", "#e30613"),
        (Section::Contact, "contact_email", "mairie", "Mairie@Ville.example", "mairie@ville.example"),
        (
            Section::Contact,
            "links",
            "javascript:alert(1)",
            "https://www.ville.example\n\n https://a.example/x ",
            "https://www.ville.example\nhttps://a.example/x",
        ),
        (Section::Accessibility, "audit_day", "hier", "2026-02-28", "2026-02-28"),
        (Section::Accessibility, "audit_rate", "101", "87,5 %", "87.5"),
        (Section::Mail, "mail_host", "smtp://x", "smtp.ville.example:587", "smtp.ville.example:587"),
        (Section::Identity, "zone", "Mars/Olympus", "Indian/Reunion", "Indian/Reunion"),
        (Section::Identity, "name", &"a".repeat(61), " La  carte ", "La carte"),
    ] {
        let mut site = Site::default();
        let typed = said(&[(name, bad)]);
        let problems = site.take(section, |name| typed.get(name).cloned()).unwrap_err();
        assert_eq!((problems.len(), problems[0].field.as_str(), site.get(name)), (1, name, bad));
        let typed = said(&[(name, good)]);
        site.take(section, |name| typed.get(name).cloned()).unwrap();
        assert_eq!(site.get(name), kept, "{name}");
    }
}

#[test]
fn a_text_is_read_in_french_where_it_has_no_english() {
    let mut site = Site::default();
    site.set("welcome", "Bonjour");
    assert_eq!(site.text("welcome", Lang::En), "Bonjour");
    site.set("welcome_en", "Hello");
    assert_eq!((site.text("welcome", Lang::En), site.text("welcome", Lang::Fr)), ("Hello", "Bonjour"));
}

#[test]
fn what_a_newer_program_wrote_is_kept() {
    let site = Site::read(3, r#"{"name":"A","of_tomorrow":"x"}"#).unwrap();
    assert!(site.said().contains("of_tomorrow"));
}

on_both! {
    async fn a_version_is_in_force_on_every_server_once_it_is_committed(db: Db) {
        let (one, other) = (app(&db).await, app(&db).await);
        let mut site = store::current(&db).await.unwrap();
        site.set("name", "La carte de Montclar");
        let mut write = one.begin().await.unwrap();
        store::write(&mut write, &site, None).await.unwrap();
        one.commit(write).await.unwrap();
        assert_eq!(one.name(), "La carte de Montclar");
        let seq = one.atlas.seq();
        other.atlas.reach(seq).await.unwrap();
        assert_eq!(other.name(), "La carte de Montclar");
    }

    async fn of_two_that_saw_the_same_version_the_second_is_refused(db: Db) {
        let app = app(&db).await;
        let mut site = store::current(&db).await.unwrap();
        site.set("name", "Une");
        let mut write = app.begin().await.unwrap();
        store::write(&mut write, &site, None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut write = app.begin().await.unwrap();
        let late = store::write(&mut write, &site, None).await;
        assert!(matches!(late, Err(Error::Conflict(_))));
        drop(write);
        assert_eq!(store::current(&db).await.unwrap().version, 1);
    }
}
