//! Signals: what a moderator may want to look at twice. Pure functions. They help and never decide: nothing is held, hidden or
//! ordered by them, and each is shown in words.

use crate::base::ids::FeatureId;
use crate::base::text::fold;
use crate::civic::contributions::bursts::Burst;
use std::collections::HashMap;

/// How alike two texts are to be told of, in hundredths.
pub(super) const ALIKE: u32 = 60;

/// How many contributions of one voice within an hour are many.
pub(super) const OFTEN: i64 = 4;

/// Texts with fewer trigrams say too little to be compared: "Un banc" is often said.
const LEAST_TRIGRAMS: usize = 24;

/// One signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Signal {
    /// So many contributions by the same voice within an hour of this one.
    Often(i64),
    /// So many links.
    Links(usize),
    /// Nearly the text of another, so many hundredths of it.
    Alike(FeatureId, u32),
    /// A word of the operator's list.
    Word(String),
    /// Many voices on it, or many contributions of which it is the last, from one connection within minutes.
    Burst(Burst),
}

/// Every signal of one text; `alike` is what [`Prints::most_alike`] found.
pub(super) fn of(
    text: &str,
    within_an_hour: i64,
    alike: Option<(FeatureId, u32)>,
    words: &[String],
) -> Vec<Signal> {
    let mut signals = Vec::new();
    if within_an_hour >= OFTEN {
        signals.push(Signal::Often(within_an_hour));
    }
    match links(text) {
        0 => {}
        count => signals.push(Signal::Links(count)),
    }
    signals.extend(alike.map(|(id, share)| Signal::Alike(id, share)));
    signals.extend(listed(text, words).map(Signal::Word));
    signals
}

/// How many web addresses a text names, with or without their scheme.
fn links(text: &str) -> usize {
    let lower = text.to_lowercase();
    let begins = |word: &str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
    };
    // A Markdown link has its address behind a bracket.
    lower.split(|c: char| c.is_whitespace() || c == '(' || c == '<' || c == '"').filter(|w| begins(w)).count()
}

/// What a text is compared by: its trigrams, folded, in order, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Print(Vec<u32>);

impl Print {
    pub(super) fn of(text: &str) -> Print {
        let folded = fold(text);
        // Only ASCII is left: three bytes are three letters.
        let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let plain = words.collect::<Vec<_>>().join(" ");
        let three = |w: &[u8]| w.iter().fold(0, |print, byte| print << 8 | u32::from(*byte));
        let mut grams: Vec<u32> = plain.as_bytes().windows(3).map(three).collect();
        grams.sort_unstable();
        grams.dedup();
        Print(grams)
    }

    /// The share that two texts have in common of all that they say (Jaccard), in hundredths.
    pub(super) fn likeness(&self, other: &Print) -> u32 {
        let (a, b) = (&self.0, &other.0);
        let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
        // However alike, a text a fraction as long cannot be.
        if short < LEAST_TRIGRAMS || (short * 100) < long * ALIKE as usize {
            return 0;
        }
        let (mut at, mut common) = (0, 0);
        for gram in a {
            while b.get(at).is_some_and(|other| other < gram) {
                at += 1;
            }
            common += usize::from(b.get(at) == Some(gram));
        }
        u32::try_from(common * 100 / (a.len() + b.len() - common).max(1)).unwrap_or(0)
    }
}

/// Texts that others are compared with, found by their trigrams.
#[derive(Debug, Default)]
pub(super) struct Prints {
    all: Vec<(FeatureId, Print)>,
    /// Which texts hold a trigram.
    holding: HashMap<u32, Vec<usize>>,
}

impl Prints {
    pub(super) fn new(all: Vec<(FeatureId, Print)>) -> Prints {
        let mut holding: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, (_, print)) in all.iter().enumerate() {
            for gram in &print.0 {
                holding.entry(*gram).or_default().push(at);
            }
        }
        Prints { all, holding }
    }

    /// The text that is most like one, among those of other features, where it is alike enough to be told of.
    pub(super) fn most_alike(&self, print: &Print, own: Option<FeatureId>) -> Option<(FeatureId, u32)> {
        let shares = self.candidates(print).into_iter().filter_map(|at| {
            let (id, other) = self.all.get(at).filter(|(id, _)| Some(*id) != own)?;
            Some((*id, print.likeness(other)))
        });
        shares.filter(|(_, share)| *share >= ALIKE).max_by_key(|(id, share)| (*share, -id.0))
    }

    /// The texts that can be alike enough. Of n trigrams, as many as `ALIKE` hundredths of them must be shared: so one of any
    /// n + 1 less that many is, and the rarest are in few texts.
    fn candidates(&self, print: &Print) -> Vec<usize> {
        let in_texts = |gram: &u32| self.holding.get(gram).map_or(&[][..], Vec::as_slice);
        let mut rarest: Vec<&u32> = print.0.iter().collect();
        rarest.sort_unstable_by_key(|gram| in_texts(gram).len());
        let shared = (print.0.len() * ALIKE as usize).div_ceil(100);
        let asked = rarest.into_iter().take((print.0.len() + 1).saturating_sub(shared));
        let mut found: Vec<usize> = asked.flat_map(in_texts).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The first word or phrase of a folded list that a text holds as whole words.
fn listed(text: &str, words: &[String]) -> Option<String> {
    let separate = |c: char| !c.is_ascii_alphanumeric();
    let said =
        format!(" {} ", fold(text).split(separate).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "));
    words.iter().find(|word| said.contains(&format!(" {word} "))).cloned()
}

/// The words of a list, one a line, as [`of`] wants them; lines that begin with `#` are remarks.
pub(super) fn list_of(file: &str) -> Vec<String> {
    let plain = |line: &str| {
        let folded = fold(line);
        folded
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    file.lines().filter(|line| !line.starts_with('#')).map(plain).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::shared;

    fn alike(a: &str, b: &str) -> u32 {
        Print::of(a).likeness(&Print::of(b))
    }

    #[test]
    fn many_contributions_within_an_hour_are_a_signal_and_three_are_none() {
        assert_eq!(of("Un banc", 3, None, &[]), []);
        assert_eq!(of("Un banc", 4, None, &[]), [Signal::Often(4)]);
    }

    #[test]
    fn links_are_counted_however_they_are_written() {
        assert_eq!(links("Rien ici, www ni http."), 0);
        assert_eq!(links("Voir https://a.example, (www.b.example) et [là](HTTP://c.example)"), 3);
    }

    #[test]
    fn a_text_is_alike_with_other_accents_case_and_a_few_other_words_and_not_on_the_same_subject_only() {
        let one = "Planter des arbres le long du boulevard pour avoir de l’ombre en été, surtout devant les écoles.";
        let same =
            "PLANTER des arbres le long du boulevard, pour avoir de l'ombre en ete surtout devant l'école !!";
        let other =
            "Des arbres en pot devant la mairie donneraient de la fraîcheur aux marchés du samedi matin.";
        assert!(alike(one, same) >= 80, "{}", alike(one, same));
        assert!(alike(one, other) < 40, "{}", alike(one, other));
        assert_eq!(alike("Un banc", "Un banc"), 0, "too short to say anything");
        let others = Prints::new(vec![(FeatureId(1), Print::of(other)), (FeatureId(2), Print::of(same))]);
        let found = others.most_alike(&Print::of(one), Some(FeatureId(3)));
        assert!(matches!(of(one, 0, found, &[])[..], [Signal::Alike(FeatureId(2), 80..)]));
        assert_eq!(others.most_alike(&Print::of(one), Some(FeatureId(2))), None, "a feature is like itself");
    }

    #[test]
    fn words_of_a_list_are_found_as_whole_words_whatever_their_accents() {
        let words = list_of("# remarque\nGâteux\nvieux schnock\n\n");
        assert_eq!(words, ["gateux", "vieux schnock"]);
        assert_eq!(of("Quel GATEUX !", 0, None, &words), [Signal::Word("gateux".into())]);
        assert_eq!(of("Ce Vieux… schnock", 0, None, &words), [Signal::Word("vieux schnock".into())]);
        assert_eq!(of("Un gâteau pour les vieux", 0, None, &words), []);
    }

    #[test]
    fn real_proposals_are_rarely_alike_and_their_copies_always() {
        let Some(file) = shared("lille-mel/propositions-libres.csv") else { return };
        let mut rows = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_path(file).unwrap();
        let headers = rows.headers().unwrap().clone();
        let column =
            |names: &[&str]| headers.iter().position(|h| names.iter().any(|n| h.to_lowercase().contains(n)));
        let (title, body) =
            (column(&["title", "titre"]).unwrap(), column(&["body", "texte", "contenu"]).unwrap());
        let texts: Vec<String> = rows
            .records()
            .filter_map(Result::ok)
            .map(|r| format!("{} {}", r.get(title).unwrap_or_default(), r.get(body).unwrap_or_default()))
            .collect();
        assert!(texts.len() > 100, "{}", texts.len());
        let prints: Vec<Print> = texts.iter().map(|text| Print::of(text)).collect();
        let mut pairs = 0;
        for (at, one) in prints.iter().enumerate() {
            pairs += prints[at + 1..].iter().filter(|other| one.likeness(other) >= ALIKE).count();
        }
        assert!(pairs * 50 < texts.len(), "{pairs} pairs of {} texts", texts.len());
        let ids = (1..).map(FeatureId);
        let index = Prints::new(ids.zip(prints.iter().cloned()).collect());
        for (at, print) in prints.iter().enumerate() {
            let own = FeatureId(i64::try_from(at).unwrap() + 1);
            let others =
                index.all.iter().filter(|(id, _)| *id != own).map(|(id, other)| (*id, print.likeness(other)));
            let best = others.filter(|(_, share)| *share >= ALIKE).max_by_key(|(id, share)| (*share, -id.0));
            assert_eq!(index.most_alike(print, Some(own)), best, "the index finds what comparing all finds");
        }
        for (text, print) in
            texts.iter().zip(&prints).filter(|(_, print)| print.0.len() >= LEAST_TRIGRAMS * 2)
        {
            let copy = format!("{} Merci de votre attention.", text.to_uppercase().replace('É', "E"));
            let share = print.likeness(&Print::of(&copy));
            assert!(share >= ALIKE || text.len() < 120, "{share}: {text}");
        }
    }

    #[test]
    fn the_french_list_finds_its_words_and_leaves_real_proposals_alone() {
        let Some(file) = shared("adversarial/mots-grossiers-fr.txt") else { return };
        let words = list_of(&std::fs::read_to_string(file).unwrap());
        assert!(words.len() > 80, "{}", words.len());
        for word in &words {
            assert!(listed(&format!("C’est {}, ça !", word.to_uppercase()), &words).is_some(), "{word}");
        }
        let Some(file) = shared("lille-mel/propositions-libres.csv") else { return };
        let text = std::fs::read_to_string(file).unwrap();
        let found = text.lines().filter(|line| listed(line, &words).is_some()).count();
        assert!(found * 50 < text.lines().count(), "{found} lines of real proposals");
    }
}
