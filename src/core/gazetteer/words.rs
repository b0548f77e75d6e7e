//! Words of place names as they are compared: without accents, case or punctuation, shortened forms spelt out.
//! Not for display, apart from [`capitalised`] and [`lower_first`].

use crate::base::text::fold;

/// Words that people leave out or get wrong. They are never needed to find a place.
const STOP: [&str; 16] =
    ["a", "au", "aux", "d", "da", "de", "des", "du", "en", "et", "l", "la", "le", "les", "of", "the"];

/// What a way or a place can be: the word, as it is compared and as it is written, and how it is shortened beyond
/// leaving out its end.
const SORTS: [(&str, &str, &[&str]); 38] = [
    ("allee", "Allée", &["all"]),
    ("avenue", "Avenue", &["av", "ave"]),
    ("boulevard", "Boulevard", &["bd", "bld", "blvd", "bvd", "boul"]),
    ("chaussee", "Chaussée", &["chs", "chsee"]),
    ("chemin", "Chemin", &["che", "chem", "chm", "ch"]),
    ("cite", "Cité", &[]),
    ("clos", "Clos", &[]),
    ("cour", "Cour", &[]),
    ("cours", "Cours", &["crs"]),
    ("domaine", "Domaine", &["dom"]),
    ("esplanade", "Esplanade", &["esp"]),
    ("faubourg", "Faubourg", &[]),
    ("gare", "Gare", &[]),
    ("grande", "Grande", &["gde", "gd"]),
    ("hameau", "Hameau", &["ham"]),
    ("impasse", "Impasse", &["imp"]),
    ("lieu", "Lieu", &[]),
    ("lotissement", "Lotissement", &["lot"]),
    ("mail", "Mail", &[]),
    ("montee", "Montée", &["mte"]),
    ("parc", "Parc", &[]),
    ("passage", "Passage", &["pas", "pass", "psg"]),
    ("passerelle", "Passerelle", &[]),
    ("place", "Place", &["pl", "plc"]),
    ("placette", "Placette", &[]),
    ("pont", "Pont", &[]),
    ("porte", "Porte", &["pte"]),
    ("promenade", "Promenade", &["prom"]),
    ("quai", "Quai", &["qu"]),
    ("residence", "Résidence", &["res"]),
    ("rond", "Rond", &["rd"]),
    ("route", "Route", &["rte"]),
    ("rue", "Rue", &["r"]),
    ("ruelle", "Ruelle", &["rle"]),
    ("sentier", "Sentier", &["sen", "snt"]),
    ("square", "Square", &["sq"]),
    ("venelle", "Venelle", &["ven"]),
    ("voie", "Voie", &["voi"]),
];

/// Titles and such, inside names.
const TITLES: [(&str, &[&str]); 16] = [
    ("capitaine", &["cne", "cpt"]),
    ("colonel", &["cl"]),
    ("commandant", &["cdt", "cmdt"]),
    ("docteur", &["dr"]),
    ("faubourg", &["fg", "fbg"]),
    ("general", &["gal"]),
    ("grand", &["gd"]),
    ("lieutenant", &["lt"]),
    ("marechal", &["mal"]),
    ("monseigneur", &["mgr"]),
    ("notre", &["nd"]),
    ("president", &["pdt"]),
    ("professeur", &["pr"]),
    ("saint", &["st"]),
    ("sainte", &["ste"]),
    ("sergent", &["sgt"]),
];

/// The longest word that is kept, in letters.
const LONGEST_WORD: usize = 40;

/// The words of a text: lower-case ASCII letters and digits.
pub(super) fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

pub(super) fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// Whether a word says what a way is: `rue`, `bd`.
pub(super) fn is_sort(word: &str) -> bool {
    SORTS.iter().any(|(full, _, short)| *full == word || short.contains(&word))
}

/// Whether a word may become one that says what a way is: `boulev`.
pub(super) fn begins_a_sort(word: &str) -> bool {
    SORTS.iter().any(|(full, _, short)| full.starts_with(word) || short.contains(&word))
}

/// A word spelt out.
pub(super) fn spelt(word: &str, is_first: bool) -> &str {
    let sort =
        || SORTS.iter().find(|(_, _, short)| is_first && short.contains(&word)).map(|(full, ..)| *full);
    let title = || TITLES.iter().find(|(_, short)| short.contains(&word)).map(|(full, _)| *full);
    sort().or_else(title).unwrap_or(word)
}

/// What a typed word may stand for, and how surely: itself, spelt out, a figure in words or in Roman figures.
pub(super) fn alternatives(word: &str) -> Vec<(String, f32)> {
    let mut all = vec![(word.to_owned(), 1.0)];
    for is_first in [true, false] {
        let full = spelt(word, is_first);
        if all.iter().all(|(known, _)| known != full) {
            all.push((full.to_owned(), 0.98));
        }
    }
    let figures = FIGURES.iter().filter(|written| written.contains(&word));
    all.extend(
        figures
            .flat_map(|written| written.iter())
            .filter(|other| **other != word)
            .map(|other| ((*other).to_owned(), 0.9)),
    );
    // « 11e », « 11eme » and « 11 » are one arrondissement.
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        let ordinal = ["", "e", "er", "eme", "ieme", "ere"].contains(&&word[digits.len()..]);
        let other = ["", "e", "er"].map(|end| (format!("{digits}{end}"), 0.95));
        all.extend(other.into_iter().filter(|(text, _)| ordinal && text != word));
    }
    all
}

/// One number, as names write it.
const FIGURES: [&[&str]; 20] = [
    &["1", "i", "un", "premier"],
    &["2", "ii", "deux"],
    &["3", "iii", "trois"],
    &["4", "iv", "quatre"],
    &["5", "v", "cinq"],
    &["6", "vi", "six"],
    &["7", "vii", "sept"],
    &["8", "viii", "huit"],
    &["9", "ix", "neuf"],
    &["10", "x", "dix"],
    &["11", "xi", "onze"],
    &["12", "xii", "douze"],
    &["13", "xiii", "treize"],
    &["14", "xiv", "quatorze"],
    &["15", "xv", "quinze"],
    &["16", "xvi", "seize"],
    &["18", "xviii"],
    &["19", "xix"],
    &["23", "xxiii"],
    &["22", "xxii"],
];

/// The words of a name that matter, spelt out.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let all = words(name);
    let spelt_out = all.iter().enumerate().map(|(at, word)| spelt(word, at == 0));
    let kept: Vec<String> = spelt_out.clone().filter(|word| !is_stop(word)).map(str::to_owned).collect();
    if kept.is_empty() { spelt_out.map(str::to_owned).collect() } else { kept }
}

/// A name that a file writes in capitals as people write it: `AV DU GENERAL LECLERC` → `Avenue du General Leclerc`. Others
/// stay as they are.
pub fn capitalised(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for (at, piece) in name.split_inclusive([' ', '-', '\'', '’']).enumerate() {
        let word = piece.trim_end_matches([' ', '-', '\'', '’']);
        let folded = fold(word);
        let sort = SORTS
            .iter()
            .find(|(full, _, short)| at == 0 && (*full == folded || short.contains(&folded.as_str())));
        match sort {
            Some((_, written, _)) => out.push_str(written),
            None if at > 0 && is_stop(&folded) => out.push_str(&word.to_lowercase()),
            None => {
                let mut letters = word.chars();
                out.extend(letters.next());
                out.push_str(&letters.as_str().to_lowercase());
            }
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

/// `Rue de la Paix` as it stands after a number: `rue de la Paix`. What does not begin with what a way can be stays.
pub fn lower_first(name: &str) -> String {
    let first = words(name.split_whitespace().next().unwrap_or_default());
    if !first.first().is_some_and(|word| is_sort(word)) {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_without_small_words_and_with_short_ones_spelt_out() {
        for (name, expected) in [
            ("Rue de la Paix", "rue paix"),
            ("R. de la PAIX", "rue paix"),
            ("Bd St-Germain", "boulevard saint germain"),
            ("Av. du Gal Leclerc", "avenue general leclerc"),
            ("Allée de l’Étang", "allee etang"),
            ("La", "la"),
            ("", ""),
            ("Rue du Fg Ste Anne", "rue faubourg sainte anne"),
        ] {
            assert_eq!(name_words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn capitals_are_written_as_people_write_them_and_other_names_stay() {
        assert_eq!(capitalised("AV DU GENERAL DE CROUTTE"), "Avenue du General de Croutte");
        assert_eq!(capitalised("CHE DE L'EGLISE SAINT-JEAN"), "Chemin de l'Eglise Saint-Jean");
        assert_eq!(capitalised("Rue de la Paix"), "Rue de la Paix");
        assert_eq!(capitalised("1914"), "1914");
        assert_eq!(lower_first("Rue de la Paix"), "rue de la Paix");
        assert_eq!(lower_first("Allée des Pins"), "allée des Pins");
        assert_eq!(lower_first("Le Bourg"), "Le Bourg");
    }
}
