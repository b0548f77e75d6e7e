//! What a decision, a flag or an appeal is about: a subject of any kind that moderators look after, and on whose page it stands; and
//! the statements that are made once for each such kind, from its rows (`core::subject::Moderated`).
//!
//! What it is not: a list of kinds. A module that declares one is flagged, in the queue and decided about without a word here.

use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::{ArgumentId, FeatureId, PhotoId};
use crate::core::subject::{Moderated, Subject, SubjectKind};
use crate::modules::subjects;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Kinds that are named by their contribution's number, and their own beside it.
const PARTS: [&str; 3] = ["feature", "argument", "photo"];

/// What a decision or a flag is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thing {
    /// The contribution that it is, or whose argument or photo; nothing for every other kind, which its own number names.
    pub feature: Option<FeatureId>,
    /// What it is, wherever it stands: how rows name it.
    pub subject: Subject,
}

impl Thing {
    /// A contribution.
    pub fn feature(feature: FeatureId) -> Thing {
        Thing { feature: Some(feature), subject: Subject::feature(feature) }
    }

    /// One of its arguments.
    pub fn argument(feature: FeatureId, argument: ArgumentId) -> Thing {
        Thing { feature: Some(feature), subject: Subject::argument(argument) }
    }

    /// One of its photos.
    pub fn photo(feature: FeatureId, photo: PhotoId) -> Thing {
        Thing { feature: Some(feature), subject: Subject::photo(photo) }
    }

    /// Of a row that names a subject, and the contribution on whose page it stands.
    pub fn of(feature: Option<FeatureId>, subject: Subject) -> Thing {
        Thing { feature: feature.filter(|_| PARTS.contains(&subject.kind)), subject }
    }

    /// Whether it is a contribution itself.
    pub fn is_feature(self) -> bool {
        self.subject.kind == "feature"
    }

    /// The photo that it is, if it is one.
    pub fn photo_id(self) -> Option<PhotoId> {
        (self.subject.kind == "photo").then_some(PhotoId(self.subject.id))
    }

    /// The text by which forms name it: `12`, `12-5` for argument 5, `12-p5` for photo 5, `kind:5` for others.
    pub fn word(self) -> String {
        let Subject { kind, id } = self.subject;
        match (self.feature, kind) {
            (Some(feature), "feature") => feature.to_string(),
            (Some(feature), "photo") => format!("{feature}-p{id}"),
            (Some(feature), _) => format!("{feature}-{id}"),
            (None, _) => self.subject.line(),
        }
    }

    /// The thing of a text.
    pub fn of_word(word: &str) -> Option<Thing> {
        if let Some(subject) = Subject::of_line(word) {
            let is_other = !PARTS.contains(&subject.kind) && subject.moderated().is_ok();
            return is_other.then_some(Thing { feature: None, subject });
        }
        let (feature, part) = word.split_once('-').map_or((word, None), |(f, part)| (f, Some(part)));
        let feature = FeatureId::of_text(feature)?;
        match part {
            None => Some(Thing::feature(feature)),
            Some(text) => match text.strip_prefix('p') {
                Some(photo) => Some(Thing::photo(feature, PhotoId::of_text(photo)?)),
                None => Some(Thing::argument(feature, ArgumentId::of_text(text)?)),
            },
        }
    }

    /// Where it can be read; `on` is the contribution on whose page it stands.
    pub fn path(self, on: Option<FeatureId>) -> String {
        let Subject { kind, id } = self.subject;
        if let Some(page) = self.subject.moderated().ok().and_then(|moderated| moderated.page) {
            return page.replace("{id}", &id.to_string());
        }
        match on.or(self.feature) {
            Some(feature) if kind == "argument" => format!("/features/{feature}#argument-{id}"),
            Some(feature) => format!("/features/{feature}"),
            None => "/".to_owned(),
        }
    }
}

/// Every kind that moderators look after.
pub fn moderated() -> impl Iterator<Item = (&'static SubjectKind, &'static Moderated)> {
    subjects().filter_map(|kind| Some((kind, kind.moderated.as_ref()?)))
}

/// The condition that a row's `subject_kind` and `subject_id` are those of one of the things in `$1` ([`list`]); for a text of either
/// database.
macro_rules! among {
    (sqlite) => {
        " (subject_kind, subject_id) in (select t.value ->> 0, t.value ->> 1 from json_each($1) t) "
    };
    (postgres) => {
        " (subject_kind, subject_id) in (select t.value ->> 0, cast(t.value ->> 1 as bigint)
                                         from jsonb_array_elements(cast($1 as jsonb)) t (value)) "
    };
}
pub(crate) use among;

/// The condition that the id of a row `r` of this kind is that of one of the things in `$1` ([`list`]).
pub fn among_ids(kind: &SubjectKind) -> (String, String) {
    let word = kind.word;
    (
        format!("r.id in (select t.value ->> 1 from json_each($1) t where t.value ->> 0 = '{word}')"),
        format!(
            "r.id in (select cast(t.value ->> 1 as bigint) from jsonb_array_elements(cast($1 as jsonb)) t (value)
                      where t.value ->> 0 = '{word}')"
        ),
    )
}

/// Several things, as the argument of [`among`].
pub fn list(things: &[Thing]) -> String {
    let pairs = things.iter().map(|thing| json!([thing.subject.kind, thing.subject.id]));
    Value::from(pairs.collect::<Vec<_>>()).to_string()
}

/// A statement for each kind that moderators look after.
#[derive(Debug)]
pub struct PerKind(HashMap<&'static str, &'static str>);

impl PerKind {
    /// Made once, from each kind's rows.
    pub fn new(make: impl Fn(&SubjectKind, &Moderated) -> String) -> PerKind {
        let statement = |(kind, of): (&'static SubjectKind, &'static Moderated)| {
            let sql: &'static str = make(kind, of).leak();
            (kind.word, sql)
        };
        PerKind(moderated().map(statement).collect())
    }

    /// The statement for a subject.
    ///
    /// # Errors
    /// [`Error::NotFound`] where nobody looks after its kind.
    pub fn of(&self, subject: Subject) -> Result<&'static str> {
        self.0.get(subject.kind).copied().ok_or(Error::NotFound)
    }
}

/// The contribution on whose page a thing stands.
///
/// # Errors
/// [`Error::NotFound`] where there is no such thing.
pub async fn feature_of(db: impl Sql<'_>, thing: Thing) -> Result<Option<FeatureId>> {
    if thing.feature.is_some() {
        return Ok(thing.feature);
    }
    let Some(sql) = thing.subject.row().and_then(|kind| kind.feature) else { return Ok(None) };
    let row: Option<(Option<FeatureId>,)> = db.optional(sql, (thing.subject.id,)).await?;
    row.map(|(feature,)| feature).ok_or(Error::NotFound)
}
