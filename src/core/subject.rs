//! What an act, a flag, a decision or a text is about, whatever it is: its kind and its id.
//!
//! What it is not: a line of the journal, which names a feature and, in words, what of it ([`Subject::line`] is the road from one to
//! the other; docs/REGISTER.md promises the words). Invariant: a subject is a row of its kind's table when it is named; a
//! photo's row may go later, and what was decided about it stays.

use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::{AnswerId, ArgumentId, FeatureId, PhotoId, Visitor};
use crate::modules::subjects;

/// A kind of subject, as the room that keeps it declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubjectKind {
    /// Its word, in `subject_kind`.
    pub word: &'static str,
    /// The table whose `id` a subject's is.
    pub table: &'static str,
    /// SQL: the id of the feature on whose page the subject `$1` stands; nothing where it stands on none.
    pub feature: Option<&'static str>,
    /// SQL: the voice of who made the subject `$1`: who may appeal, and whose data it is.
    pub author: Option<&'static str>,
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

    /// How a line of the journal names what is no feature: `kind:id`.
    pub fn line(self) -> String {
        format!("{}:{}", self.kind, self.id)
    }
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
