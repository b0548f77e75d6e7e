//! How often the first answer is the right one, over the address file of a whole city: as it is written, and as people write it.
//! `cargo test --lib accuracy -- --nocapture` prints the table.

use super::house::split_line;
use super::names::Names;
use super::query::Query;
use super::words::words;
use std::collections::BTreeSet;
use std::io::Read;

/// A street of the file, as an import reads it.
struct Street {
    name: String,
    locality: String,
}

fn streets() -> Option<Vec<Street>> {
    let path = crate::server::testing::shared("paris/adresses-75.csv.gz")?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    let mut all = BTreeSet::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        let line = cells[2..5].join(" ");
        let (_, name) = split_line(&line);
        all.insert((name.to_owned(), format!("{} {}", cells[5], cells[7])));
    }
    Some(all.into_iter().map(|(name, locality)| Street { name, locality }).collect())
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// The longest word is what people get wrong.
fn with_longest(name: &str, change: impl Fn(&str) -> String) -> String {
    let longest = name
        .split([' ', '-', '\'', '’'])
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
        .to_owned();
    name.replacen(&longest, &change(&longest), 1)
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

fn typed_wrong(street: &Street, how: usize, dice: &mut Dice) -> String {
    let name = street.name.as_str();
    let (postcode, _) = street.locality.split_once(' ').unwrap();
    let number = 1 + dice.roll(60);
    let at = 1 + dice.roll(3);
    match how {
        0 => with_longest(name, |w| {
            let mut w = letters(w);
            if w.len() > at + 3 {
                w.remove(at + 1);
            }
            w.into_iter().collect()
        }),
        1 => with_longest(name, |w| {
            let mut w = letters(w);
            if w.len() > at + 3 {
                w.swap(at, at + 1);
            }
            w.into_iter().collect()
        }),
        2 => with_longest(name, |w| {
            let mut w = letters(w);
            let again = w[at.min(w.len() - 1)];
            w.insert(at.min(w.len() - 1), again);
            w.into_iter().collect()
        }),
        3 => with_longest(name, |w| {
            let mut w = letters(&w.to_lowercase());
            let (length, at) = (w.len(), at + 1);
            if length > 4 {
                w[at.min(length - 1)] = 'e';
            }
            w.into_iter().collect()
        }),
        4 => {
            let mut text = crate::base::text::fold(name);
            for (spelt, said) in [
                ("ph", "f"),
                ("eau", "o"),
                ("ai", "e"),
                ("qu", "k"),
                ("th", "t"),
                ("y", "i"),
                ("ll", "l"),
                ("nn", "n"),
                ("ss", "s"),
            ] {
                text = text.replace(spelt, said);
            }
            text
        }
        5 => {
            let mut text = name.to_owned();
            for (full, short) in [
                ("Rue", "r."),
                ("Avenue", "av"),
                ("Boulevard", "bd"),
                ("Place", "pl"),
                ("Passage", "pass."),
                ("Impasse", "imp"),
                ("Saint", "St"),
                ("Général", "gal"),
                ("Faubourg", "fbg"),
                ("Docteur", "dr"),
            ] {
                text = text.replace(full, short);
            }
            format!("{number} {text} paris {postcode}")
        }
        6 => {
            let mut all = words(name);
            all.reverse();
            format!("paris {}, {number}", all.join(" "))
        }
        7 => words(name).join(" ").replace("saint ", "saint"),
        8 => format!("{postcode} {} chez mamie", name.to_lowercase()),
        9 => name.chars().take(name.chars().count().saturating_sub(2)).collect(),
        10 => format!("je cherche le {number} {} svp", crate::base::text::fold(name)),
        _ => format!("{number}, {} {} Paris", name.to_uppercase(), postcode),
    }
}

/// Hand-written: what was typed, and the street that was meant.
const TYPED: &[(&str, &str)] = &[
    ("rue de rivolli", "Rue de Rivoli"),
    ("boulvard voltère", "Boulevard Voltaire"),
    ("avenue parmantier 75011", "Avenue Parmentier"),
    ("12 rue oberkanf", "Rue Oberkampf"),
    ("bd richard lenoire", "Boulevard Richard-Lenoir"),
    ("av de l'opera paris", "Avenue de l’Opéra"),
    ("rue st honnore", "Rue Saint-Honoré"),
    ("faubourg saint antoine 20", "Rue du Faubourg Saint-Antoine"),
    ("quay de valmy", "Quai de Valmy"),
    ("place de la bastile", "Place de la Bastille"),
    ("rue menilmontan", "Rue de Ménilmontant"),
    ("rue fobour du temple", "Rue du Faubourg du Temple"),
    ("champs elysées", "Avenue des Champs-Élysées"),
    ("avenue des chans elisee", "Avenue des Champs-Élysées"),
    ("vaugirar 240", "Rue de Vaugirard"),
    ("rue lafaiete", "Rue La Fayette"),
    ("rue lafayette 75009", "Rue La Fayette"),
    ("denfert rochereau avenue", "Avenue Denfert-Rochereau"),
    ("bld de clichi", "Boulevard de Clichy"),
    ("rue philipe auguste", "Avenue Philippe Auguste"),
    ("mairie du 11e place leon blum", "Place Léon Blum"),
    ("rue du huit mai 1945", "Rue du Huit Mai 1945"),
    ("bd haussman 40", "Boulevard Haussmann"),
    ("rue de belville", "Rue de Belleville"),
    ("rue mouftard", "Rue Mouffetard"),
    ("av gambeta", "Avenue Gambetta"),
    ("rue marcadé", "Rue Marcadet"),
    ("75018 rue ordenner", "Rue Ordener"),
    ("rue caulincourt", "Rue Caulaincourt"),
    ("rue croix nivers 15e", "Rue de la Croix Nivert"),
];

fn same(one: &str, other: &str) -> bool {
    words(one) == words(other)
}

#[test]
fn most_first_answers_are_right_whether_a_name_is_written_as_it_is_or_as_people_write_it() {
    let Some(streets) = streets() else { return };
    let names = Names::new(streets.iter().map(|street| (street.name.as_str(), street.locality.as_str())));
    let first = |text: &str| names.search(&Query::read(text)).first().map(|hit| &streets[hit.at]);
    let mut dice = Dice(7);
    let (mut exact, mut wrong) = (0, Vec::new());
    const EXACT: usize = 200;
    for n in 0..EXACT {
        let street = &streets[dice.roll(streets.len())];
        let text = match n % 3 {
            0 => street.name.clone(),
            1 => format!("{} {}", 1 + dice.roll(90), street.name),
            _ => format!("{} {}, {}", 1 + dice.roll(90), street.name, street.locality),
        };
        let found = first(&text);
        let is_right = found.is_some_and(|found| {
            same(&found.name, &street.name) && (n % 3 < 2 || found.locality == street.locality)
        });
        exact += usize::from(is_right);
        if !is_right {
            wrong.push(format!("exact: {text} → {}", found.map_or("", |found| &found.name)));
        }
    }
    let mut lines = vec![format!("as it is written: {exact} of {EXACT}")];
    const EACH: usize = 30;
    let (mut fuzzy, mut tried) = (0, 0);
    for how in 0..12 {
        let mut right = 0;
        for _ in 0..EACH {
            let street = &streets[dice.roll(streets.len())];
            let text = typed_wrong(street, how, &mut dice);
            let found = first(&text);
            let is_right = found.is_some_and(|found| same(&found.name, &street.name));
            right += usize::from(is_right);
            if !is_right && wrong.len() < 120 {
                wrong.push(format!(
                    "{how}: {text} → {} (not {})",
                    found.map_or("", |found| &found.name),
                    street.name
                ));
            }
        }
        lines.push(format!("mistake {how}: {right} of {EACH}"));
        (fuzzy, tried) = (fuzzy + right, tried + EACH);
    }
    let mut by_hand = 0;
    for (text, meant) in TYPED {
        let found = first(text);
        let is_right = found.is_some_and(|found| same(&found.name, meant));
        by_hand += usize::from(is_right);
        if !is_right {
            wrong.push(format!("hand: {text} → {} (not {meant})", found.map_or("", |found| &found.name)));
        }
    }
    lines.push(format!("typed by people: {by_hand} of {}", TYPED.len()));
    eprintln!("{}\n{}", wrong.join("\n"), lines.join("\n"));
    assert!(exact * 100 >= EXACT * 97, "{exact} of {EXACT}");
    assert!(fuzzy * 100 >= tried * 75, "{fuzzy} of {tried}");
    assert!(by_hand * 100 >= TYPED.len() * 75, "{by_hand} of {}", TYPED.len());
}
