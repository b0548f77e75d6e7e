//! House numbers: in a line of an address file, and among the words of a query. No SQL.

use super::model::House;
use super::words::{is_sort, words};

/// A house number: one to four digits that are not all 0, and perhaps a suffix.
pub(super) fn house(word: &str) -> Option<House> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, suffix) = word.split_at(digits);
    let number = digits.parse().ok().filter(|number| digits.len() <= 4 && *number > 0)?;
    (suffix.is_empty() || is_suffix(suffix)).then(|| House { number, suffix: suffix.to_owned() })
}

fn is_suffix(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) || is_ordinal(word)
}

fn is_ordinal(word: &str) -> bool {
    ["bis", "ter", "quater", "quinquies"].contains(&word)
}

/// A line of an address file, `0012 bis RUE DE LA PAIX`: the house, and the name as it is written. Figures that are no house
/// (0, or more than four of them, which files give to what has none) are left out, and a number that the name says again.
pub fn split_line(line: &str) -> (Option<House>, &str) {
    let mut pieces = line.trim().splitn(2, ' ');
    let (first, rest) = (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default().trim_start());
    if rest.is_empty() || !first.starts_with(|c: char| c.is_ascii_digit()) {
        return (None, line.trim());
    }
    let found = house(&first.to_lowercase());
    let (next, after) = rest.split_once(' ').unwrap_or_default();
    let suffix = next.to_lowercase();
    if let Some((said_again, name)) = after.trim_start().split_once(' ')
        && said_again.to_lowercase() == format!("{first}{suffix}").to_lowercase()
        && let Some(found) = found.clone()
    {
        return (Some(House { suffix, ..found }), name.trim_start());
    }
    match found {
        Some(found) if found.suffix.is_empty() && is_suffix_of_line(&suffix, after) => {
            (Some(House { suffix, ..found }), after.trim_start())
        }
        found if found.is_some() || first.bytes().all(|b| b.is_ascii_digit()) => (found, rest),
        _ => (None, line.trim()),
    }
}

/// Whether what stands after a number of a file belongs to it: `12 B Le Bourg`, `2 bv Place d'Italie`, but not `12 R DE LA
/// PAIX`.
fn is_suffix_of_line(word: &str, after: &str) -> bool {
    let next = words(after.split_whitespace().next().unwrap_or_default());
    let is_before_sort = next.first().is_some_and(|next| is_sort(next));
    let is_short = (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ordinal(word)
        || is_short && is_before_sort
        || is_suffix(word) && !is_sort(word) && !["d", "l"].contains(&word) && !after.is_empty()
}

/// The house that begins at a word of a query, and how many words it takes: `12`, `12bis`, `12 bis`, `12 b rue…`.
pub(super) fn house_at(all: &[String], at: usize) -> Option<(House, usize)> {
    let mut found = house(all.get(at)?)?;
    let next = all.get(at + 1).filter(|_| found.suffix.is_empty());
    // « 12 r de la Paix » is no number 12 R, « 12 b rue… » is a number 12 B, and so is what ends with « …, 12 b ».
    let belongs = |next: &String| {
        is_ordinal(next) || is_suffix(next) && all.get(at + 2).map_or(at > 0, |word| is_sort(word))
    };
    match next {
        Some(next) if belongs(next) => {
            found.suffix.clone_from(next);
            Some((found, 2))
        }
        _ => Some((found, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_number_is_read_wherever_it_stands() {
        for (text, at, expected) in [
            ("12 bis rue de la paix", 0, Some(("12 bis", 2))),
            ("12bis, r. de la Paix", 0, Some(("12 bis", 1))),
            ("12 b av foch", 0, Some(("12 B", 2))),
            ("12 r de la paix", 0, Some(("12", 1))),
            ("rue de la Paix 12 ter", 4, Some(("12 ter", 2))),
            ("rue de la Paix 12 b", 4, Some(("12 B", 2))),
            ("75002 paris", 0, None),
            ("0 rue", 0, None),
            ("rue de la paix", 1, None),
        ] {
            let found = house_at(&words(text), at).map(|(house, took)| (house.to_string(), took));
            assert_eq!(found, expected.map(|(house, took)| (house.to_owned(), took)), "{text}");
        }
    }

    #[test]
    fn a_line_of_a_file_is_split_into_house_and_name() {
        for (line, expected) in [
            ("12 bis Rue de la Paix", ("12 bis", "Rue de la Paix")),
            ("0065 AV DU GENERAL", ("65", "AV DU GENERAL")),
            ("7 B Impasse des Lilas", ("7 B", "Impasse des Lilas")),
            ("7 B Le Bourg", ("7 B", "Le Bourg")),
            ("2 bv Place d'Italie", ("2 bv", "Place d'Italie")),
            // Files give houses without an address of their own such numbers, and write them into the name, too.
            ("12 s1 12S1 Place du Carrousel", ("12 s1", "Place du Carrousel")),
            ("155 tp3 155tP3 Rue Cardinet", ("155 tp3", "Rue Cardinet")),
            ("12 s1 13S1 Place du Carrousel", ("12", "s1 13S1 Place du Carrousel")),
            ("12 R DE LA PAIX", ("12", "R DE LA PAIX")),
            ("12 AV FOCH", ("12", "AV FOCH")),
            ("7b Impasse des Lilas", ("7 B", "Impasse des Lilas")),
            ("Rue de la Paix", ("", "Rue de la Paix")),
            ("0 Le Bourg", ("", "Le Bourg")),
            ("99999 Le Bourg", ("", "Le Bourg")),
            ("12", ("", "12")),
            ("8e Régiment", ("8 E", "Régiment")),
            ("", ("", "")),
        ] {
            let (house, name) = split_line(line);
            assert_eq!((house.map(|h| h.to_string()).unwrap_or_default().as_str(), name), expected, "{line}");
        }
    }
}
