//! What an act, a flag, a decision or a text is about, whatever it is: its kind and its id.
//!
//! What it is not: a line of the journal, which names a feature and, in words, what of it ([`Subject::line`] is the road from one to
//! the other; docs/REGISTER.md promises the words). Invariant: a subject is a row of its kind's table when it is named; a
//! photo's row may go later, and what was decided about it stays.

use crate::base::db::{Answer, Sql};
use crate::base::error::{Error, Result};
use crate::base::ids::{AnswerId, ArgumentId, FeatureId, PhotoId, Visitor};
use crate::core::features::Hold;
use crate::core::journal::Write;
use crate::modules::subjects;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A kind of subject, as the room that keeps it declares it.
#[derive(Debug, Clone, Copy)]
pub struct SubjectKind {
    /// Its word, in `subject_kind`.
    pub word: &'static str,
    /// The table whose `id` a subject's is.
    pub table: &'static str,
    /// SQL: the id of the feature on whose page the subject `$1` stands; nothing where it stands on none.
    pub feature: Option<&'static str>,
    /// SQL: the voice of who made the subject `$1`: who may appeal, and whose data it is.
    pub author: Option<&'static str>,
    /// How moderators look after it; nothing where nobody says anything of their own in it.
    pub moderated: Option<Moderated>,
}

/// How what is said in subjects of a kind is looked after: flagged, in the queue, taken off, put back, appealed about.
#[derive(Debug, Clone, Copy)]
pub struct Moderated {
    /// SQL of its rows, with the columns `id`, `feature_id` (on whose page it stands, or null), `process_id` (whose moderators look after
    /// it, or null), `name` (the key of what it is called), `title`, `body`, `author`, `created_at`, `seen_at`, `held`, `published_at`
    /// and `is_new` (whether what is public and was not looked at yet is shown to moderators).
    pub rows: &'static str,
    /// Whether its table has `seen_at`: when a moderator looked at it. Every such table has `held`.
    pub is_seen: bool,
    /// Whether it may stand on no contribution: what is decided about it is then sealed with its own row.
    pub stands_alone: bool,
    /// The address of its page, with `{id}`; nothing: the contribution's on which it stands.
    pub page: Option<&'static str>,
    /// Takes it off (or says why it waits), or puts it back, and tells the journal.
    pub hold: Holding,
}

/// Changes why a subject is not public.
pub type Holding = for<'a> fn(&'a mut Write, i64, Option<Hold>) -> Answer<'a, ()>;

impl SubjectKind {
    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<&'static SubjectKind> {
        subjects().find(|kind| kind.word == word)
    }
}

/// Something that people answer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// The word of its kind.
    pub kind: &'static str,
    /// Its id in its kind's table.
    pub id: i64,
}

impl Subject {
    /// A feature.
    pub const fn feature(id: FeatureId) -> Subject {
        Subject { kind: "feature", id: id.0 }
    }

    /// An argument.
    pub const fn argument(id: ArgumentId) -> Subject {
        Subject { kind: "argument", id: id.0 }
    }

    /// A photo.
    pub const fn photo(id: PhotoId) -> Subject {
        Subject { kind: "photo", id: id.0 }
    }

    /// A version of an official answer.
    pub const fn answer(id: AnswerId) -> Subject {
        Subject { kind: "answer", id: id.0 }
    }

    /// A subject of a row. A kind that this program does not know keeps its word.
    pub fn of(kind: &str, id: i64) -> Subject {
        Subject { kind: SubjectKind::of_word(kind).map_or_else(|| unknown(kind), |known| known.word), id }
    }

    /// The subject that a line of the journal names (see [`Subject::line`]).
    pub fn of_line(text: &str) -> Option<Subject> {
        let (kind, id) = text.split_once(':')?;
        Some(Subject { kind: SubjectKind::of_word(kind)?.word, id: id.parse().ok()? })
    }

    /// What is known of its kind.
    pub fn row(self) -> Option<&'static SubjectKind> {
        SubjectKind::of_word(self.kind)
    }

    /// How moderators look after it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where they do not.
    pub fn moderated(self) -> Result<&'static Moderated> {
        self.row().and_then(|kind| kind.moderated.as_ref()).ok_or(Error::NotFound)
    }

    /// How a line of the journal names what is no feature: `kind:id`.
    pub fn line(self) -> String {
        format!("{}:{}", self.kind, self.id)
    }
}

/// Words of kinds that only other versions of the program know, as they were met.
fn unknown(word: &str) -> &'static str {
    static OTHERS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = others.get(word) {
        return known;
    }
    let kept: &'static str = word.to_owned().leak();
    others.insert(kept);
    kept
}

/// Who made a subject, of whatever kind: nobody where it has no author any more, or its kind none.
///
/// # Errors
/// Where the database does not answer.
pub async fn author(db: impl Sql<'_>, kind: &str, id: i64) -> Result<Option<Visitor>> {
    let Some(sql) = subjects().find(|row| row.word == kind).and_then(|row| row.author) else {
        return Ok(None);
    };
    let row: Option<(Option<Visitor>,)> = db.optional(sql, (id,)).await?;
    Ok(row.and_then(|(author,)| author))
}
