//! What can happen: one table of acts, which modules add to, with what each of them means to the register, to the map and to who watches it.
//!
//! What it is not: a closed list. A word that another version of the program wrote is an act like the others, of which only the word
//! is known: reading the journal never fails for it.

use crate::modules::acts;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// What an act is.
#[derive(Debug, PartialEq, Eq)]
pub struct ActRow {
    /// The word that the database and the register keep.
    pub word: &'static str,
    /// Whether it belongs into the sealed register: what people deposited, and what the authority did about it. Not voices, which are
    /// counted and must stay cheap, nor what only the map needs to know.
    pub is_civic: bool,
    /// What of the map is read anew.
    pub rereads: Part,
    /// What whoever watches the map is told of the feature; nothing where it is no news of anything public.
    pub told: Option<&'static str>,
}

/// A part of the live map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// None.
    Nothing,
    /// What is counted or shown of the feature: where it is, whether it is public and its words stay.
    Counts,
    /// The feature.
    Feature,
    /// Themes and processes.
    Vocabulary,
    /// The territory's areas.
    Territory,
    /// Context layers.
    Layers,
    /// What the city says of itself.
    Site,
    /// Not known: the feature, where the line names one, else everything but features.
    Unknown,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Act(pub &'static ActRow);

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $civic:ident, $part:ident, $told:ident $($news:literal)?;)*) => {
        impl Act {
            $(
                $(#[$doc])*
                pub const $name: Act = Act(&ActRow {
                    word: $word,
                    is_civic: acts!(@ $civic),
                    rereads: Part::$part,
                    told: acts!(@ $told $($news)?),
                });
            )*

            /// The acts of what has a place and of what is said of it; modules declare others (see [`acts`]).
            pub const ALL: &'static [Act] = &[$(Act::$name),*];
        }
    };
    (@ civic) => { true };
    (@ map) => { false };
    (@ silent) => { None };
    (@ told $news:literal) => { Some($news) };
}

// Civic acts are sealed, those of the map are not; what a follower reads anew; what whoever watches is told.
acts! {
    /// A feature was placed by a person.
    PLACED = "placed": civic, Feature, told "placed";
    /// A feature came or was updated by an import.
    IMPORTED = "imported": civic, Feature, told "imported";
    /// A feature's text, place, theme or status changed.
    CHANGED = "changed": civic, Feature, told "changed";
    /// Its author sent a new version of a public feature, which waits to be read; the subject is its number.
    REVISED = "revised": civic, Feature, silent;
    /// A moderator refused a version; the subject is its number.
    KEPT = "kept": civic, Feature, silent;
    /// Its author took a feature back: off the public map or, where others have a stake in it, its text.
    WITHDRAWN = "withdrawn": civic, Feature, told "withdrawn";
    /// Its author put a feature back.
    RESTORED = "restored": civic, Feature, told "placed";
    /// A moderator published what waited or was hidden.
    PUBLISHED = "published": civic, Feature, told "placed";
    /// A moderator took a feature off the public map.
    HIDDEN = "hidden": civic, Feature, told "withdrawn";
    /// A moderator asked a feature's author for a change.
    ASKED = "asked": civic, Feature, told "changed";
    /// A feature went to another process; the subject says from which to which.
    MOVED = "moved": civic, Feature, told "changed";
    /// A feature was merged into another; the subject is the other's number.
    MERGED = "merged": civic, Feature, told "withdrawn";
    /// A merge was taken back.
    SEPARATED = "separated": civic, Feature, told "placed";
    /// The authority answered a feature, or changed its answer.
    ANSWERED = "answered": civic, Feature, told "changed";
    /// An answer was taken back before anybody was told of it.
    ANSWER_UNDONE = "answer_undone": civic, Feature, told "changed";
    /// A feature's status changed; the subject is the new one.
    STATUS = "status": civic, Feature, told "changed";
    /// What a feature said about a person was erased.
    ERASED = "erased": civic, Feature, told "changed";
    /// A voice was given, changed or taken back.
    VOTED = "voted": map, Counts, told "voted";
    /// An argument was given; the subject is its number.
    ARGUED = "argued": civic, Counts, told "argued";
    /// Its author took an argument back; the subject is its number.
    ARGUMENT_WITHDRAWN = "argument_withdrawn": civic, Counts, told "argued";
    /// A moderator took an argument off; the subject is its number.
    ARGUMENT_HIDDEN = "argument_hidden": civic, Counts, told "argued";
    /// A moderator put an argument back; the subject is its number.
    ARGUMENT_RESTORED = "argument_restored": civic, Counts, told "argued";
    /// A moderator blacked passages out of a feature's text.
    REDACTED = "redacted": civic, Feature, told "changed";
    /// That was taken back.
    REDACTION_ENDED = "redaction_ended": civic, Feature, told "changed";
    /// A moderator blacked passages out of an argument; the subject is its number.
    ARGUMENT_REDACTED = "argument_redacted": civic, Counts, told "argued";
    /// That was taken back; the subject is the argument's number.
    ARGUMENT_REDACTION_ENDED = "argument_redaction_ended": civic, Counts, told "argued";
    /// A moderator took a photo off; the subject is its number.
    PHOTO_HIDDEN = "photo_hidden": civic, Counts, told "changed";
    /// A moderator put a photo back; the subject is its number.
    PHOTO_RESTORED = "photo_restored": civic, Counts, told "changed";
    /// A photo that waited was looked at, and is shown; the subject is its number.
    PHOTO_CHECKED = "photo_checked": civic, Counts, told "changed";
    /// Parts of a photo were covered; the subject is its number.
    PHOTO_BLURRED = "photo_blurred": civic, Counts, told "changed";
    /// That was taken back; the subject is the photo's number.
    PHOTO_UNBLURRED = "photo_unblurred": civic, Counts, told "changed";
    /// A phase of a process began; the subject names both.
    PHASE_OPENED = "phase_opened": civic, Nothing, silent;
    /// A phase of a process ended; the subject names both.
    PHASE_CLOSED = "phase_closed": civic, Nothing, silent;
    /// A process's page, phases or rules changed; the subject is its slug.
    PROCESS = "process": civic, Vocabulary, silent;
    /// A role was given; the subject says which, and the account's number.
    GRANTED = "granted": civic, Nothing, silent;
    /// A role was taken back.
    REVOKED = "revoked": civic, Nothing, silent;
    /// Rows as a write left them; the subject has their number and digest.
    SEALED = "sealed": civic, Nothing, silent;
    /// The lines of a day that are not civic; the subject has their number and digest.
    DAY = "day": civic, Nothing, silent;
    /// Themes or processes changed.
    VOCABULARY = "vocabulary": map, Vocabulary, silent;
    /// The territory's areas changed.
    TERRITORY = "territory": map, Territory, silent;
    /// A context layer changed; the subject is its slug.
    LAYER = "layer": map, Layers, silent;
    /// What the city says of itself changed; the subject is the version's number.
    SITE = "site": map, Site, silent;
}

/// Acts that only other versions of the program know, as they were met. Few: the journal holds what a program of ours wrote.
static OTHERS: Mutex<BTreeMap<String, Act>> = Mutex::new(BTreeMap::new());

impl Act {
    /// The word that the database and the register keep.
    pub fn word(self) -> &'static str {
        self.0.word
    }

    /// Whether it belongs into the sealed register.
    pub fn is_civic(self) -> bool {
        self.0.is_civic
    }

    /// Whether this program knows what it means.
    pub fn is_known(self) -> bool {
        self.0.rereads != Part::Unknown
    }

    /// The act of a word, one that this program does not know among them.
    pub fn of_word(word: &str) -> Act {
        let known = acts().find(|act| act.word() == word);
        known.unwrap_or_else(|| {
            let mut others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
            *others.entry(word.to_owned()).or_insert_with(|| {
                let word: &'static str = word.to_owned().leak();
                tracing::warn!(
                    word,
                    "an act of another version of this program: what its lines name is read anew"
                );
                let row = ActRow { word, is_civic: false, rereads: Part::Unknown, told: Some("changed") };
                Act(Box::leak(Box::new(row)))
            })
        })
    }
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl<DB: Database> Type<DB> for Act
where
    str: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <str as Type<DB>>::type_info()
    }

    fn compatible(of: &DB::TypeInfo) -> bool {
        <str as Type<DB>>::compatible(of)
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Act
where
    &'q str: Encode<'q, DB>,
{
    fn encode_by_ref(&self, to: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&'q str as Encode<'q, DB>>::encode(self.word(), to)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Act
where
    &'r str: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        <&'r str as Decode<'r, DB>>::decode(value).map(Act::of_word)
    }
}
