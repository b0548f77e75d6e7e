//! Ideas that are perhaps the same: those that say alike nearby, shown before one more is published.
//!
//! What it is: a help for whoever writes; it decides nothing. What it is not: a search (the filter's text is that).

use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::base::text::fold;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::{self, Card};
use std::collections::HashMap;

/// How far around a place another idea is near it, in metres.
const NEAR_METRES: f64 = 250.0;

/// How many are shown.
const MOST: usize = 4;

/// Words that say nothing about the subject, folded.
const EMPTY_WORDS: [&str; 40] = [
    "avec",
    "aussi",
    "autour",
    "avoir",
    "cette",
    "chaque",
    "dans",
    "depuis",
    "devant",
    "donner",
    "elle",
    "entre",
    "etre",
    "faire",
    "faut",
    "leur",
    "leurs",
    "mais",
    "mettre",
    "moins",
    "notre",
    "nous",
    "pour",
    "plus",
    "proposition",
    "quand",
    "quartier",
    "sans",
    "sous",
    "tous",
    "tout",
    "toute",
    "tres",
    "vers",
    "ville",
    "rendre",
    "creer",
    "installer",
    "idee",
    "faudrait",
];

/// An idea that is perhaps the same.
#[derive(Debug, Clone)]
pub(super) struct Similar {
    pub(super) card: Card,
    /// How far it is, in metres, where it is near.
    pub(super) metres: Option<i64>,
}

/// The ideas most like a title at a place, the most alike first; `except` is the one that is being changed.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn find(
    app: &App,
    title: &str,
    at: Option<(f64, f64)>,
    except: Option<FeatureId>,
) -> Result<Vec<Similar>> {
    let words = subject(title);
    let near: HashMap<FeatureId, f64> = match at {
        Some((lon, lat)) => {
            app.atlas.within(lon, lat, NEAR_METRES, &Filter::default())?.into_iter().collect()
        }
        None => HashMap::new(),
    };
    let alike: HashMap<FeatureId, i64> = match words.as_slice() {
        [] => HashMap::new(),
        words => features::search::alike(&app.db, words).await?.into_iter().collect(),
    };
    let mut ranked: Vec<(FeatureId, f64)> = near
        .keys()
        .chain(alike.keys().filter(|id| !near.contains_key(id)))
        .filter(|id| Some(**id) != except)
        .filter_map(|id| Some((*id, likeness(alike.get(id).copied(), words.len(), near.get(id).copied())?)))
        .collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(MOST);
    let ids: Vec<i64> = ranked.iter().map(|(id, _)| id.0).collect();
    let cards = features::store::cards(&app.db, &ids).await?;
    let metres = |id| near.get(&id).map(|metres| metres.round() as i64);
    Ok(cards.into_iter().map(|card| Similar { metres: metres(card.id), card }).collect())
}

/// The words of a title that tell its subject: folded, without plural, at most six.
fn subject(title: &str) -> Vec<String> {
    let folded = fold(title);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.len() < 4 || EMPTY_WORDS.contains(&word) {
            continue;
        }
        let stem = word.trim_end_matches(['s', 'x']);
        if !words.iter().any(|known| known == stem) && words.len() < 6 {
            words.push(stem.to_owned());
        }
    }
    words
}

/// How alike: the share of the words, and more where it is near. `None` where it is not worth a look.
fn likeness(hits: Option<i64>, words: usize, metres: Option<f64>) -> Option<f64> {
    let share = hits.unwrap_or(0) as f64 / words.max(1) as f64;
    let nearness = metres.map_or(0.0, |metres| 1.0 - metres / NEAR_METRES);
    let is_alike = share >= 0.6 || (share >= 0.3 && metres.is_some()) || nearness >= 0.8;
    is_alike.then_some(share * 2.0 + nearness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_known_by_its_subject() {
        assert_eq!(subject("Des bancs à l’ombre pour les écoles"), ["banc", "ombre", "ecole"]);
        assert_eq!(subject("Installer plus de bancs, des bancs !"), ["banc"]);
        assert!(subject("¡ un, de, à !").is_empty());
    }

    #[test]
    fn near_and_alike_comes_before_alike_and_far_before_only_near() {
        let both = likeness(Some(2), 2, Some(20.0)).unwrap();
        let far = likeness(Some(2), 2, None).unwrap();
        let near = likeness(None, 2, Some(20.0)).unwrap();
        assert!(both > far && far > near);
        assert_eq!(likeness(Some(1), 4, None), None, "one word of four, far away");
        assert_eq!(likeness(None, 2, Some(200.0)), None, "only in the neighbourhood");
    }
}
