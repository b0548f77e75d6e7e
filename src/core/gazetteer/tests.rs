//! The known places, on both databases.

use super::store::{count, replace};
use super::*;
use crate::base::clock;
use crate::base::db::Db;
use crate::core::journal::Write;
use crate::server::testing::on_both;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn street(name: &str, locality: &str, lon: f64, numbers: &[(i64, &str)]) -> NewPlace {
    let number = |(number, suffix): &(i64, &str)| Number {
        number: *number,
        suffix: (*suffix).into(),
        lon: lon + *number as f64 * 1e-5,
        lat: 47.0,
    };
    NewPlace {
        kind: "street".into(),
        name: name.into(),
        locality: locality.into(),
        lon,
        lat: 47.0,
        numbers: numbers.iter().map(number).collect(),
    }
}

fn town() -> Vec<NewPlace> {
    vec![
        street("Rue de la Paix", "Montclar", 3.0, &[(1, ""), (12, ""), (12, "bis"), (14, "a")]),
        street("Rue de la Paix", "Vernoise", 3.1, &[(12, "")]),
        street("Rue de la Paix-Dieu", "Montclar", 3.0, &[]),
        street("Place de la Paix", "Montclar", 3.0, &[]),
        street("Boulevard Saint-Michel", "Montclar", 3.0, &[(7, "")]),
        street("Rue du 8 Mai 1945", "Montclar", 3.0, &[(8, ""), (12, "")]),
        street("Rue Lecourbe", "Montclar", 3.0, &[]),
        street("Rue Pasteur", "Montclar", 3.0, &[]),
        NewPlace { kind: "park".into(), ..street("Parc de l’Étang", "Vernoise", 3.1, &[]) },
    ]
}

async fn find(
    db: &Db,
    query: &Query,
    near: Option<(f64, f64)>,
    limit: usize,
) -> crate::base::error::Result<Vec<Found>> {
    Search::default().find(db, query, near, limit).await
}

async fn filled(db: &Db) {
    let mut write = Write::begin(db, clock::now()).await.unwrap();
    replace(&mut write, "essai", &town()).await.unwrap();
    write.commit().await.unwrap();
}

/// What is found, each as `house name, locality` with `?` before a house that is not known.
async fn names(db: &Db, text: &str, near: Option<(f64, f64)>) -> Vec<String> {
    let found = find(db, &Query::read(text), near, 8).await.unwrap();
    let said = |p: Found| {
        let house = p.house.map(|h| format!("{h} ")).unwrap_or_default();
        let unknown = p.unknown.map(|h| format!("?{h} ")).unwrap_or_default();
        format!("{house}{unknown}{}, {}", p.name, p.locality)
    };
    found.into_iter().map(said).collect()
}

on_both! {
    async fn a_street_is_found_by_its_words_however_they_are_shortened(db: Db) {
        filled(&db).await;
        for text in ["bd st michel", "Boulevard Saint-Michel", "boul. mich", "SAINT MICHEL", "st-michel montclar", "michel bvd"] {
            assert_eq!(names(&db, text, None).await, ["Boulevard Saint-Michel, Montclar"], "{text}");
        }
        assert_eq!(names(&db, "parc etang", None).await, ["Parc de l’Étang, Vernoise"]);
        assert_eq!(names(&db, "rue inconnue", None).await, [""; 0]);
        assert_eq!(names(&db, "chel", None).await, [""; 0], "a word is met from its beginning");
    }

    async fn the_very_name_comes_first_then_its_beginning_then_what_is_near_then_what_is_short(db: Db) {
        filled(&db).await;
        let near_vernoise = names(&db, "rue de la paix", Some((3.1, 47.0))).await;
        assert_eq!(near_vernoise, ["Rue de la Paix, Vernoise", "Rue de la Paix, Montclar", "Rue de la Paix-Dieu, Montclar"]);
        let near_montclar = names(&db, "rue de la paix", Some((3.0, 47.0))).await;
        assert_eq!(near_montclar[..2], ["Rue de la Paix, Montclar", "Rue de la Paix, Vernoise"]);
        assert_eq!(names(&db, "rue le", None).await[0], "Rue Lecourbe, Montclar", "the small word may be a beginning");
        assert_eq!(names(&db, "paix vernoise", None).await, ["Rue de la Paix, Vernoise"]);
    }

    async fn a_house_is_found_and_one_that_is_not_known_gives_its_street_and_says_so(db: Db) {
        filled(&db).await;
        assert_eq!(names(&db, "12 bis rue de la paix", None).await[0], "12 bis Rue de la Paix, Montclar");
        assert_eq!(names(&db, "12b rue de la paix", None).await[0], "12 bis Rue de la Paix, Montclar");
        assert_eq!(names(&db, "14 A, rue de la paix", None).await[0], "14 A Rue de la Paix, Montclar");
        assert_eq!(names(&db, "rue de la paix 12 vernoise", None).await, ["12 Rue de la Paix, Vernoise"]);
        assert_eq!(names(&db, "rue de la paix vernoise 12", None).await, ["12 Rue de la Paix, Vernoise"]);
        let both = names(&db, "12 rue de la paix", Some((3.1, 47.0))).await;
        assert_eq!(both[..2], ["12 Rue de la Paix, Vernoise", "12 Rue de la Paix, Montclar"]);
        assert_eq!(names(&db, "99 bd st michel", None).await, ["?99 Boulevard Saint-Michel, Montclar"]);
        let house = find(&db, &Query::read("7 bd st michel"), None, 8).await.unwrap().remove(0);
        assert!((house.lon - 3.00007).abs() < 1e-9, "the house's own place, not the street's");
    }

    async fn figures_of_a_name_are_no_house(db: Db) {
        filled(&db).await;
        assert_eq!(names(&db, "rue du 8 mai 1945", None).await, ["Rue du 8 Mai 1945, Montclar"]);
        assert_eq!(names(&db, "8 mai 1945", None).await[0], "Rue du 8 Mai 1945, Montclar");
        assert_eq!(names(&db, "12 rue du 8 mai 1945", None).await[0], "12 Rue du 8 Mai 1945, Montclar");
    }

    async fn a_second_writing_of_a_source_changes_only_what_changed(db: Db) {
        filled(&db).await;
        let mut write = Write::begin(&db, clock::now()).await.unwrap();
        let again = replace(&mut write, "essai", &town()).await.unwrap();
        assert_eq!(again, Changes { unchanged: 9, ..Changes::default() });
        let mut places = town();
        places.remove(8);
        places[0].numbers.push(Number { number: 16, suffix: String::new(), lon: 3.0, lat: 47.0 });
        places.push(street("Rue Neuve", "Montclar", 3.0, &[(1, "")]));
        let changed = replace(&mut write, "essai", &places).await.unwrap();
        assert_eq!(changed, Changes { created: 1, updated: 1, unchanged: 7, removed: 1 });
        assert_eq!(replace(&mut write, "autre", &town()).await.unwrap().created, 9, "another source is apart");
        write.commit().await.unwrap();
        assert_eq!(names(&db, "16 rue de la paix montclar", None).await[0], "16 Rue de la Paix, Montclar");
        assert_eq!(count(&db).await.unwrap(), (18, 18));
        let mut write = Write::begin(&db, clock::now()).await.unwrap();
        assert_eq!(replace(&mut write, "essai", &[]).await.unwrap().removed, 9);
        write.commit().await.unwrap();
        assert_eq!(count(&db).await.unwrap(), (9, 8), "numbers go with their street");
    }

    async fn any_text_is_answered(db: Db) {
        filled(&db).await;
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        let mut texts = vec![String::new(), " ".into(), "a".into(), "%".into(), "_".into(), "1".into(), "rue ".repeat(500)];
        for _ in 0..200 {
            use proptest::strategy::{Strategy, ValueTree};
            let text = prop_oneof![any::<String>(), "[0-9a-zA-Zé'’ ,.|%_\\\\;-]{0,150}".prop_map(String::from)];
            texts.push(text.new_tree(&mut runner).unwrap().current());
        }
        if let Some(path) = crate::server::testing::shared("adversarial/blns.json") {
            let naughty: Vec<String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            texts.extend(naughty);
        }
        for text in texts {
            let found = find(&db, &Query::read(&text), Some((3.0, 47.0)), 8).await;
            assert!(found.unwrap().len() <= 8, "{text}");
        }
    }
}
