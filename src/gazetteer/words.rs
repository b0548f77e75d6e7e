//! Words of place names as they are compared: without accents, case or punctuation, shortened forms spelt out.
//! Not for display, apart from [`capitalised`] and [`lower_first`].

use crate::text::fold;

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

/// A word spelt out.
pub(super) fn spelt(word: &str, is_first: bool) -> &str {
    let sort =
        || SORTS.iter().find(|(_, _, short)| is_first && short.contains(&word)).map(|(full, ..)| *full);
    let title = || TITLES.iter().find(|(_, short)| short.contains(&word)).map(|(full, _)| *full);
    sort().or_else(title).unwrap_or(word)
}

/// How a spelt word is shortened otherwise than by leaving out its end.
fn shortened(word: &str) -> impl Iterator<Item = &str> {
    let sorts = SORTS.iter().filter(move |(full, ..)| *full == word).flat_map(|(_, _, short)| short.iter());
    let titles = TITLES.iter().filter(move |(full, _)| *full == word).flat_map(|(_, short)| short.iter());
    sorts.chain(titles).filter_map(move |short| (!word.starts_with(short)).then_some(*short))
}

/// A name as two of them are compared: the words that matter, spelt out, joined by spaces.
pub(super) fn folded(name: &str) -> String {
    let all = words(name);
    let spelt_out = all.iter().enumerate().map(|(at, word)| spelt(word, at == 0));
    let kept: Vec<&str> = spelt_out.clone().filter(|word| !is_stop(word)).collect();
    if kept.is_empty() { spelt_out.collect::<Vec<_>>().join(" ") } else { kept.join(" ") }
}

/// Everything that a name and its locality can be found by: ` rue r de la paix | paris 2e `. Each word has a space before
/// it, so that `% paix%` finds what begins with it.
pub(super) fn findable(name: &str, locality: &str) -> String {
    let mut text = String::new();
    let mut part = |words: &[String]| {
        for (at, word) in words.iter().enumerate() {
            let full = spelt(word, at == 0);
            let other =
                Some(word.as_str()).filter(|word| *word != full && !shortened(full).any(|s| s == *word));
            for word in std::iter::once(full).chain(other).chain(shortened(full)) {
                text.push(' ');
                text.push_str(word);
            }
        }
    };
    part(&words(name));
    part(&["|".to_owned()]);
    part(&words(locality));
    text
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
    fn names_compare_without_small_words_and_with_short_ones_spelt_out() {
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
            assert_eq!(folded(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_found_by_each_of_its_words_and_by_how_they_are_shortened() {
        assert_eq!(findable("Rue de la Paix", "Paris 2e"), " rue de la paix | paris 2e");
        assert_eq!(findable("Boulevard St Michel", ""), " boulevard bd bld blvd bvd saint st michel |");
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
