//! What is typed, and what is meant.

use crate::modules::areas::france::{MOST, france, people_of};

fn first(typed: &str) -> String {
    let found = france().search(typed);
    found.first().map_or_else(String::new, |unit| format!("{} {}", unit.name, unit.home.0))
}

#[test]
fn what_is_typed_finds_what_is_meant() {
    for (typed, expected) in [
        ("Lyon", "Lyon 69"),
        ("st etienne", "Saint-Étienne 42"),
        ("saint-etienne", "Saint-Étienne 42"),
        ("SAINT ÉTIENNE", "Saint-Étienne 42"),
        ("l hay les roses", "L'Haÿ-les-Roses 94"),
        ("l’haÿ-les-roses", "L'Haÿ-les-Roses 94"),
        ("lhay les roses", "L'Haÿ-les-Roses 94"),
        ("grand lyon", "Métropole de Lyon 69"),
        ("metropole lyon", "Métropole de Lyon 69"),
        ("mel", "Métropole Européenne de Lille 59"),
        ("cc pays de pontchateau", "CC du Pays de Pontchâteau St-Gildas-des-Bois 44"),
        ("communauté de communes du pays de pontchateau", "CC du Pays de Pontchâteau St-Gildas-des-Bois 44"),
        ("toulou", "Toulouse Métropole 31"),
        ("toulouse", "Toulouse 31"),
        ("toulose", "Toulouse 31"),
        ("marseile", "Marseille 13"),
        ("villeurbane", "Villeurbanne 69"),
        ("mulhosue", "Mulhouse 68"),
        ("saint denis 93", "Saint-Denis 93"),
        ("saint denis reunion", "Saint-Denis 974"),
        ("le havre", "Le Havre 76"),
        ("lehavre", "Le Havre 76"),
        ("chalon s saone", "Chalon-sur-Saône 71"),
        ("paris", "Paris 75"),
        ("paris 11", "Paris 11e Arrondissement 75"),
        ("paris 1er", "Paris 1er Arrondissement 75"),
        ("3e arrondissement de lyon", "Lyon 3e Arrondissement 69"),
        ("marseille 13e arr", "Marseille 13e Arrondissement 13"),
        ("75111", "Paris 11e Arrondissement 75"),
        ("plaine commune", "Plaine Commune 93"),
        ("59350", "Lille 59"),
        ("2a004", "Ajaccio 2A"),
        ("200093201", "Métropole Européenne de Lille 59"),
        ("", ""),
        ("   ", ""),
        ("zzzzqqq", ""),
        ("<script>alert(1)</script>", ""),
    ] {
        assert_eq!(first(typed), expected, "« {typed} »");
    }
}

#[test]
fn answers_are_few_ranked_by_population_and_told_apart() {
    let found = france().search("cc pays de");
    assert_eq!(found.len(), MOST);
    assert!(found.iter().all(|unit| unit.kind == "cc" && unit.name.contains("Pays")));
    assert!(found.is_sorted_by_key(|unit| std::cmp::Reverse(unit.population)));
    let same: Vec<_> =
        france().search("saint denis").into_iter().filter(|unit| unit.name == "Saint-Denis").collect();
    assert!(same.len() > 2 && same.iter().all(|unit| !unit.home.1.is_empty() && unit.population.is_some()));
}

#[test]
fn all_communes_and_bodies_are_there_with_their_members() {
    let lille = france().of_code("200093201").unwrap();
    assert_eq!(lille.members.len(), 95);
    assert_eq!(france().members(lille).next().unwrap().name, "Lille");
    let missing = |code: &str| france().of_code(code).is_none();
    assert!(!missing("75056") && !missing("97411") && !missing("13055"));
    assert!(!france().edition.is_empty());
    for (code, count, first) in [
        ("75056", 20, "Paris 1er Arrondissement"),
        ("69123", 9, "Lyon 1er Arrondissement"),
        ("13055", 16, "Marseille 1er Arrondissement"),
    ] {
        let city = france().of_code(code).unwrap();
        let parts: Vec<_> = france().members(city).collect();
        assert_eq!((parts.len(), parts[0].name.as_str()), (count, first));
        let people: i64 = parts.iter().filter_map(|part| part.population).sum();
        assert!(parts.iter().all(|part| part.kind == "arrondissement" && part.members.is_empty()));
        assert_eq!(Some(people), city.population, "everybody of {} lives in one of them", city.name);
    }
    assert_eq!(
        people_of("Arrondissements municipaux", "75111"),
        france().of_code("75111").unwrap().population
    );
    assert_eq!((people_of("commune", "75111"), people_of("quartier", "75111")), (None, None));
    assert!(people_of("Communes", "75056").is_some_and(|people| people > 2_000_000));
}

#[test]
fn whatever_is_typed_is_answered() {
    for typed in
        ["a".repeat(10_000), "de la ".repeat(500), "\u{0}\u{202e}\u{fffd}".into(), "éàü œ ß 漢字".into()]
    {
        assert!(france().search(&typed).len() <= MOST);
    }
}
