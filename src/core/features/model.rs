//! What a feature is. No SQL, no HTTP.

use super::vocabulary::Names;
use super::{Kind, Status};
use crate::base::clock::Timestamp;
use crate::base::ids::{AreaId, FeatureId, ProcessId, ThemeId, Visitor};
use crate::base::words::{Read, words};
use geo::Geometry;

words! {
    /// How a feature reached us.
    pub Channel {
        /// Placed on this site.
        Web = "web",
        /// Read from a file.
        Import = "import",
        /// Made up for the demonstration.
        Demo = "demo",
        /// Sent by a program of another organisation (Open311).
        Open311 = "open311",
    }
}

words! {
    /// A voice on a feature. Where there is no scale, for or against.
    pub Voice {
        /// Strongly for it.
        StronglyFor = "strongly_for",
        /// For it.
        For = "for",
        /// Neither for nor against it.
        Neutral = "neutral",
        /// Against it.
        Against = "against",
        /// Strongly against it.
        StronglyAgainst = "strongly_against",
    }
}

impl Voice {
    /// From +2 to −2.
    pub fn value(self) -> i64 {
        match self {
            Voice::StronglyFor => 2,
            Voice::For => 1,
            Voice::Neutral => 0,
            Voice::Against => -1,
            Voice::StronglyAgainst => -2,
        }
    }

    /// The voice of a value from +2 to −2.
    pub fn of_value(value: i64) -> Option<Voice> {
        Self::ALL.iter().copied().find(|voice| voice.value() == value)
    }
}

words! {
    /// What voices a process takes, and what each counts.
    pub Ballot {
        /// For or against.
        ForAgainst = "for_against",
        /// For only.
        ForOnly = "for_only",
        /// From -2 to +2.
        Scale = "scale",
        /// None.
        None = "none",
    }
}

words! {
    /// Why a feature or an argument is not public.
    pub Hold {
        /// A moderator must look at it first.
        Waiting = "waiting",
        /// Its author took it back.
        Withdrawn = "withdrawn",
        /// A moderator took it off, and said why.
        Hidden = "hidden",
        /// It is the same as another, which carries its voices: it can still be read at its address.
        Merged = "merged",
        /// What it said was erased for good: its author asked for it, or the time that it is kept was over.
        Erased = "erased",
    }
}

/// Where an imported feature comes from: how a second import of the same file knows its rows again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's or portal's name.
    pub source: String,
    /// The row's id there.
    pub external_id: String,
    /// A digest of what the row said.
    pub fingerprint: String,
}

/// What a person says, and where: what they may change later.
#[derive(Debug, Clone)]
pub struct Content {
    /// One line.
    pub title: String,
    /// The rest, Markdown-light.
    pub body: String,
    /// Its subject.
    pub theme: Option<ThemeId>,
    /// Its place, longitude and latitude in EPSG:4326; `None` where only an area is known.
    pub geometry: Option<Geometry<f64>>,
    /// The area that stands for a place, where there is no geometry.
    pub stated_area: Option<AreaId>,
    /// Every area that it lies in.
    pub areas: Vec<AreaId>,
}

/// A feature to be written.
#[derive(Debug, Clone)]
pub struct NewFeature {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The process it belongs to.
    pub process: Option<ProcessId>,
    /// Its subject.
    pub theme: Option<ThemeId>,
    /// What became of it.
    pub status: Status,
    /// One line.
    pub title: String,
    /// The rest, plain text.
    pub body: String,
    /// Its place, longitude and latitude in EPSG:4326; `None` where only an area is known.
    pub geometry: Option<Geometry<f64>>,
    /// The area that stands for a place, where there is no geometry.
    pub stated_area: Option<AreaId>,
    /// Every area that it lies in (see `territory::Territory::areas_of`).
    pub areas: Vec<AreaId>,
    /// Who placed it.
    pub author: Option<Visitor>,
    /// How it reached us.
    pub channel: Channel,
    /// Where it was imported from.
    pub origin: Option<Origin>,
    /// Why it is not public from the beginning.
    pub held: Option<Hold>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What the live map needs of a feature.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Placed {
    /// Its id.
    pub id: FeatureId,
    /// What sort of thing it is; nothing where another version of this program knows it.
    pub kind: Read<Kind>,
    /// The process it belongs to.
    pub process_id: Option<ProcessId>,
    /// Its subject.
    pub theme_id: Option<ThemeId>,
    /// What became of it; nothing where another version of this program knows it.
    pub status: Read<Status>,
    /// Its place as WKB in EPSG:4326.
    pub wkb: Option<Vec<u8>>,
    /// What its voices weigh together.
    pub score: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it is public.
    pub published: bool,
    /// The ids of the areas that it lies in, joined by commas.
    pub areas: Option<String>,
    /// What its kind's facets file it under (`atlas::Facet`).
    pub slot_a: Option<i64>,
    /// See `slot_a`.
    pub slot_b: Option<i64>,
    /// See `slot_a`.
    pub slot_c: Option<i64>,
}

impl Placed {
    /// The areas that it lies in, in order.
    pub fn area_ids(&self) -> Vec<AreaId> {
        ids_of(self.areas.as_deref())
    }
}

/// Where a feature is, and the areas that it is known to lie in.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Located {
    /// Its id.
    pub id: FeatureId,
    /// Its place as WKB in EPSG:4326.
    pub wkb: Option<Vec<u8>>,
    /// The area that stands for a place, where there is no geometry.
    pub area_id: Option<AreaId>,
    /// The ids of the areas that it lies in, joined by commas.
    pub areas: Option<String>,
}

impl Located {
    /// The areas that it lies in, in order.
    pub fn area_ids(&self) -> Vec<AreaId> {
        ids_of(self.areas.as_deref())
    }
}

/// Ids that the database joined by commas, in order.
fn ids_of(joined: Option<&str>) -> Vec<AreaId> {
    let mut ids: Vec<AreaId> =
        joined.unwrap_or_default().split(',').filter_map(|id| id.parse().ok()).collect();
    ids.sort_unstable();
    ids
}

/// What a list, a page or an export shows of a feature.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Card {
    /// Its id.
    pub id: FeatureId,
    /// What sort of thing it is.
    pub kind: Kind,
    /// What became of it.
    pub status: Status,
    /// The slug of its process.
    pub process: Option<String>,
    /// The slug of its theme.
    pub theme: Option<String>,
    /// The theme's name.
    pub theme_label: Option<String>,
    /// What the theme is called in other languages.
    #[sqlx(try_from = "Option<String>")]
    pub theme_names: Names,
    /// The theme's colour, `#rrggbb`.
    pub theme_color: Option<String>,
    /// The theme's icon, a name in `web/icons`.
    pub theme_icon: Option<String>,
    /// One line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// Its place as WKB in EPSG:4326.
    pub wkb: Option<Vec<u8>>,
    /// The slugs of the areas that it lies in, joined by commas.
    pub areas: Option<String>,
    /// People for it.
    pub votes_for: i64,
    /// People against it.
    pub votes_against: i64,
    /// People who chose the middle of a scale.
    pub votes_neutral: i64,
    /// What their voices weigh together: on a scale from −2 to +2 each, else one for and one against.
    pub points: i64,
    /// What its process's voices are.
    pub ballot: Ballot,
    /// Arguments for it.
    pub arguments_for: i64,
    /// Arguments against it.
    pub arguments_against: i64,
    /// The digest of its first photo.
    pub photo: Option<String>,
    /// Who signs the authority's answer, if there is one.
    pub answered_by: Option<String>,
    /// Whether the authority's answer says yes to a part of it only.
    pub is_partly: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When its author took it back, where a shell of it stays.
    pub withdrawn_at: Option<Timestamp>,
}

impl Card {
    /// What its theme is called in a language; in French where it has no name in it.
    pub fn theme_name(&self, lang: impl std::borrow::Borrow<crate::base::i18n::Lang>) -> Option<&str> {
        self.theme_names.of(*lang.borrow()).or(self.theme_label.as_deref())
    }

    /// The language of [`Self::theme_name`], where it is not that one.
    pub fn theme_language(
        &self,
        lang: impl std::borrow::Borrow<crate::base::i18n::Lang>,
    ) -> Option<&'static str> {
        let (lang, french) = (*lang.borrow(), crate::base::i18n::Lang::Fr);
        (lang != french && self.theme_names.of(lang).is_none()).then_some(french.code())
    }

    /// Its status's name for people, which says no more than the answer does.
    pub fn status_said(&self, lang: crate::base::i18n::Lang) -> String {
        if self.is_partly && self.status == Status::ACCEPTED {
            return lang.text("status-partly");
        }
        self.status.said(lang, self.kind)
    }

    /// What its voices weigh together.
    pub fn score(&self) -> i64 {
        self.points
    }
    /// How many people gave it a voice that counts.
    pub fn voters(&self) -> i64 {
        self.votes_for + self.votes_against + self.votes_neutral
    }
    /// Longitude and latitude of a pin that stands for it; nothing where only an area is known.
    pub fn place(&self) -> Option<(f64, f64)> {
        let wkb = self.wkb.as_deref()?;
        let of_shape = || parvis_tiles::geometry::representative_point(&super::geometry::from_wkb(wkb).ok()?);
        super::geometry::point_of_wkb(wkb).or_else(of_shape)
    }
    /// How many arguments there are, for and against.
    pub fn argument_count(&self) -> i64 {
        self.arguments_for + self.arguments_against
    }
    /// The slugs of the areas that it lies in.
    pub fn area_slugs(&self) -> Vec<&str> {
        self.areas.as_deref().unwrap_or_default().split(',').filter(|s| !s.is_empty()).collect()
    }
}
