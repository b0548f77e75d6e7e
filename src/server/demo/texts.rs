//! The ideas' words, written by hand in `fixtures/demo`, and the places put into them.

use crate::base::error::{Error, Result};
use crate::core::features::{Kind, Status};
use serde::Deserialize;

/// The eight themes, with the icon and what was written under each. The order is that of the palette.
const FILES: [(&str, &str, &str); 8] = [
    ("Mobilités", "bicycle", include_str!("../../../fixtures/demo/mobilites.toml")),
    ("Commerces et vie locale", "shop", include_str!("../../../fixtures/demo/commerces.toml")),
    ("Nature en ville", "tree", include_str!("../../../fixtures/demo/nature.toml")),
    ("Culture et patrimoine", "culture", include_str!("../../../fixtures/demo/culture.toml")),
    ("Écoles et jeunesse", "school", include_str!("../../../fixtures/demo/ecoles.toml")),
    ("Propreté", "trash", include_str!("../../../fixtures/demo/proprete.toml")),
    ("Solidarités", "heart", include_str!("../../../fixtures/demo/solidarites.toml")),
    ("Sports et loisirs", "sport", include_str!("../../../fixtures/demo/sports.toml")),
];

/// What an idea is drawn as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Drawn {
    /// A place.
    #[default]
    Point,
    /// The street that it is about.
    Line,
    /// The green place that it is about, made larger.
    Polygon,
}

/// Which process an idea was given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Process {
    /// Plan vélo 2026
    Velo,
    /// Budget participatif 2026
    Budget,
}

/// One text with places left open: `{le}`, `{du}`, `{au}` the place itself with its article (after « de », after « à »),
/// `{Le}` at the head of a sentence, `{bas}` without article; `{rue}`, `{de_rue}`, `{ecole}`, `{de_ecole}`, `{parc}`,
/// `{du_parc}` what is near; `{quartier}`, `{du_quartier}`, `{commune}`, `{a_commune}` where it lies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    /// What sort of place it is about; see `ideas::anchors`.
    pub(super) at: String,
    /// `m`: the central town; `s`: the two suburbs; `v`: small town, village and hamlets. Anywhere without it.
    #[serde(default)]
    pub(super) within: Option<String>,
    #[serde(default)]
    pub(super) kind: Option<Kind>,
    #[serde(default)]
    pub(super) status: Option<Status>,
    #[serde(default)]
    pub(super) process: Option<Process>,
    #[serde(default)]
    pub(super) drawn: Drawn,
    /// Whether opinions on it are divided.
    #[serde(default)]
    pub(super) contested: bool,
    /// How many voices it has, where that matters.
    #[serde(default)]
    pub(super) voices: Option<usize>,
    pub(super) title: String,
    pub(super) body: String,
    /// What people say for it.
    #[serde(default, rename = "for")]
    pub(super) pro: Vec<String>,
    /// What people say against it.
    #[serde(default, rename = "against")]
    pub(super) contra: Vec<String>,
}

/// A theme and all that was written under it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    #[serde(skip)]
    pub(super) name: &'static str,
    #[serde(skip)]
    pub(super) icon: &'static str,
    /// What is said for any idea of the theme, without places.
    #[serde(rename = "for")]
    pub(super) pro: Vec<String>,
    /// What is said against any idea of the theme, without places.
    #[serde(rename = "against")]
    pub(super) contra: Vec<String>,
    pub(super) idea: Vec<Text>,
}

/// Every theme with its texts.
///
/// # Errors
/// [`Error::Internal`] where a fixture is not as this file expects.
pub(super) fn read() -> Result<Vec<Theme>> {
    let file = |(name, icon, text): &(&'static str, &'static str, &str)| {
        let theme: Theme = toml::from_str(text).map_err(|e| Error::Internal(format!("{name}: {e}")))?;
        Ok(Theme { name, icon, ..theme })
    };
    FILES.iter().map(file).collect()
}

/// Puts the words in. A name that is left in braces is a mistake in a fixture.
///
/// # Errors
/// [`Error::Internal`] naming the text.
pub(super) fn put(template: &str, words: &[(&str, String)]) -> Result<String> {
    let mut text = template.trim().to_owned();
    for (name, word) in words {
        text = text.replace(&format!("{{{name}}}"), word);
    }
    // « à le » and « de le » cannot come from the fixtures, which name the joined forms; « de Les » of a commune can.
    for (said, better) in [("à Les ", "aux "), ("de Les ", "des "), ("de Le ", "du "), ("à Le ", "au ")] {
        text = text.replace(said, better);
    }
    if text.contains('{') { Err(Error::Internal(format!("demo text: {text}"))) } else { Ok(text) }
}
