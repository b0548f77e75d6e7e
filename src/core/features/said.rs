//! What the sealed register is told of a contribution: one JSON object each, in a form that the row can be compared with later.
//!
//! Fields are in this order and hold what the person said and where, nothing about the person. A place is GeoJSON, in degrees
//! as they are kept. `notice` is the version of the text about personal data that stood beside the button.

use super::photos::Photo;
use super::{Channel, Kind, Voice};
use crate::base::error::Result;
use crate::base::ids::{AreaId, ThemeId};
use geo::Geometry;
use serde::Serialize;

/// The version of the words beside every button that deposits something (`privacy/consent.html`). Changed with their meaning.
pub const NOTICE: &str = "2026-11";

/// What a feature says.
#[derive(Debug, Clone, Copy)]
pub struct FeatureSaid<'a> {
    /// What sort of thing it is.
    pub kind: Kind,
    /// One line.
    pub title: &'a str,
    /// The rest.
    pub body: &'a str,
    /// Its subject.
    pub theme: Option<ThemeId>,
    /// Its place.
    pub geometry: Option<&'a Geometry<f64>>,
    /// The area that stands for a place.
    pub area: Option<AreaId>,
    /// The version of the words about personal data that stood beside it ([`NOTICE`]), where it was typed here.
    pub notice: Option<&'a str>,
}

#[derive(Serialize)]
struct Feature<'a> {
    kind: Kind,
    title: &'a str,
    body: &'a str,
    theme: Option<ThemeId>,
    place: Option<geojson::Geometry>,
    area: Option<AreaId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'a str>,
}

#[derive(Serialize)]
struct Argument<'a> {
    side: Voice,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'a str>,
}

#[derive(Serialize)]
struct Shown<'a> {
    digest: &'a str,
    alt: &'a str,
}

impl Channel {
    /// The version of the words that people see who deposit something by this channel.
    pub fn notice(self) -> Option<&'static str> {
        (self == Channel::Web).then_some(NOTICE)
    }
}

/// The content that a feature's text and place are deposited as.
///
/// # Errors
/// A defect of ours: everything here can be said in JSON.
pub fn feature(said: &FeatureSaid<'_>) -> Result<String> {
    json(&Feature {
        kind: said.kind,
        title: said.title,
        body: said.body,
        theme: said.theme,
        place: said.geometry.map(geojson::Geometry::from),
        area: said.area,
        notice: said.notice,
    })
}

/// The content that an argument is deposited as.
///
/// # Errors
/// A defect of ours.
pub fn argument(side: Voice, body: &str, notice: Option<&str>) -> Result<String> {
    json(&Argument { side, body, notice })
}

/// What an authority answers.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct AnswerSaid<'a> {
    /// In one word: `accepted`, `refused`…
    pub verdict: &'a str,
    /// The text.
    pub body: &'a str,
    /// Why.
    pub motive: &'a str,
    /// The address of what changed.
    pub link: &'a str,
    /// Who signs.
    pub authority: &'a str,
}

/// The content that an official answer is deposited as.
///
/// # Errors
/// A defect of ours.
pub fn answer(said: &AnswerSaid<'_>) -> Result<String> {
    json(said)
}

/// The content that a feature's photos are deposited as: digests of their files and what they show, in order.
///
/// # Errors
/// A defect of ours.
pub fn photos(photos: &[Photo]) -> Result<String> {
    let shown: Vec<_> =
        photos.iter().map(|photo| Shown { digest: photo.digest.as_str(), alt: &photo.alt }).collect();
    json(&serde_json::json!({ "photos": shown }))
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| crate::base::error::Error::Internal(format!("deposit: {e}")))
}
