//! What each table holds on people, and how the register proves its rows: one declaration a table, walked by "my data", erasing,
//! retention, the privacy notice and `parvis verify`. Plain values, no trait, no `Default`, so that nobody can forget a duty.
//!
//! What it is not: the tables. Each room declares its own in its `tables.rs`. Invariant: every column of the real schema is declared
//! once; tests hold the declarations to the schema of both databases.

mod plumbing;

use crate::base::db::Answer;
use crate::base::ids::{AccountId, Visitor};
use crate::base::media::Digest;
use crate::core::journal::Write;
use crate::core::subject::SubjectKind;
use crate::modules::subjects;
pub use plumbing::TABLES as PLUMBING;

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Whose rows they are.
    pub whose: Whose,
    /// Why they are kept, on which legal basis, and how long.
    pub purpose: Purpose,
    /// What erasing does to them.
    pub erasing: Erasing,
    /// How the register proves them.
    pub rows: Rows,
    /// Every column. What is sealed of a row is sealed in this order.
    pub columns: &'static [Column],
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Whether it says something about a person: what they take with them.
    pub is_personal: bool,
    /// How the register holds it.
    pub held: Held,
}

impl Column {
    /// One that says something about a person.
    pub const fn personal(name: &'static str, held: Held) -> Column {
        Column { name, is_personal: true, held }
    }

    /// One that does not.
    pub const fn plain(name: &'static str, held: Held) -> Column {
        Column { name, is_personal: false, held }
    }
}

impl Table {
    /// The columns that say something about a person.
    pub fn personal(&self) -> Vec<&'static str> {
        self.columns.iter().filter(|column| column.is_personal).map(|column| column.name).collect()
    }

    /// The condition that says whose rows they are, `$1` the voice, where they are about a subject: whoever's made that, whatever it is.
    pub fn condition(&self) -> Option<String> {
        let table = self.name;
        if let Whose::Feature(column) = self.whose {
            return Some(format!("({table}.{column} in (select f.id from feature f where f.author = $1))"));
        }
        let made = subjects().filter_map(|kind| Some((kind.word, kind.moderated?.rows))).map(|(word, rows)| {
            format!(
                "({table}.subject_kind = '{word}' and {table}.subject_id in (select r.id from ({rows}) r where r.author = $1))"
            )
        });
        (self.whose == Whose::Subject).then(|| format!("({})", made.collect::<Vec<_>>().join(" or ")))
    }

    /// How its rows belong to those of another table, if they do.
    pub fn with(&self) -> Option<&'static With> {
        match self.rows {
            Rows::With(with) => Some(with),
            _ => None,
        }
    }

    /// The columns that are sealed with a row.
    pub fn sealed(&self) -> impl Iterator<Item = (Held, &'static str)> {
        let before = self.with().map_or(&[] as &[_], |with| with.before);
        let mut first = Some(before.iter().map(|(name, held)| (*held, *name)));
        let each = self.columns.iter().flat_map(move |column| {
            // Where the first of the columns stands that say now what these said.
            let older = if column.held == Held::Before { first.take() } else { None };
            older.into_iter().flatten().chain([(column.held, column.name)])
        });
        each.filter(|(held, _)| matches!(held, Held::Said | Held::Line | Held::Later))
    }
}

/// Whose a row is: which of its columns names a person, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// No person's.
    Nobody,
    /// The column has the voice of who acted, a visitor's or an account's.
    Voice(&'static str),
    /// The same, where one person has one row of the same values in these other columns.
    VoiceOnce(&'static str, &'static [&'static str]),
    /// The column has an account's id.
    Account(&'static str),
    /// The column has an e-mail address in lower case.
    Email(&'static str),
    /// The column has a feature's id: they are whoever's made that.
    Feature(&'static str),
    /// Its columns `subject_kind` and `subject_id` say what they are about: they are whoever's made that.
    Subject,
}

/// Why something is kept: a word in the keys of its texts (`privacy-name-…`, `-why-…`, `-what-…`, `-basis-…`, `-keep-…`, `-erasing-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Purpose(pub &'static str);

impl Purpose {
    /// Nothing in it is about a person.
    pub const NONE: Purpose = Purpose("none");
    /// Ideas, reports, arguments and photos, and the proof of them.
    pub const CONTRIBUTIONS: Purpose = Purpose("contributions");
    /// Voices.
    pub const VOTES: Purpose = Purpose("votes");
    /// Accounts and signing in.
    pub const ACCOUNTS: Purpose = Purpose("accounts");
    /// Who may do what.
    pub const ROLES: Purpose = Purpose("roles");
    /// Letters.
    pub const LETTERS: Purpose = Purpose("letters");
    /// Flags, decisions and appeals.
    pub const MODERATION: Purpose = Purpose("moderation");

    /// Those that concern people and that several rooms have, in the order of the notice. Modules declare others.
    pub const ALL: &'static [Purpose] = &[
        Purpose::CONTRIBUTIONS,
        Purpose::VOTES,
        Purpose::ACCOUNTS,
        Purpose::LETTERS,
        Purpose::MODERATION,
        Purpose::ROLES,
    ];

    /// The word in the texts' keys.
    pub fn word(self) -> &'static str {
        self.0
    }
}

/// What erasing does to a person's rows.
#[derive(Debug, Clone, Copy)]
pub enum Erasing {
    /// Nothing: the row says nothing once the account it names is empty, or no person is in it.
    Stays,
    /// They are deleted.
    Deletes,
    /// The column that names the person is emptied; the rest stays.
    Cuts,
    /// Each row is given a voice of nobody: it stays counted, and nothing says any more which rows were one person's. Those of an
    /// account keep their voice as long as a ballot counts it (`accounts::kept_voices`).
    Unties,
    /// What the function does; it gives the pictures whose files may go after the commit.
    By(Erase),
}

/// Erases what a person has in a table.
pub type Erase = for<'a> fn(&'a mut Write, &'a Person, Fate) -> Answer<'a, Vec<Digest>>;

/// Somebody whose data is meant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// What their acts carry.
    pub voice: Option<Visitor>,
    /// Their account.
    pub account: Option<AccountId>,
    /// Their address, in lower case.
    pub email: Option<String>,
}

/// What becomes of what a person said in public, when they are erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays, and is nobody's.
    Anonymous,
    /// It goes, with what is kept of it.
    Gone,
}

/// How the register proves a table's rows.
#[derive(Debug, Clone, Copy)]
pub enum Rows {
    /// They are no civic record, for this reason.
    Free(&'static str),
    /// They are the register itself, which the chain holds.
    Register,
    /// Each under its `id`: a write that changes one seals it.
    Own,
    /// All those of a row of another table together with it.
    With(&'static With),
    /// Voices: lines of voices say what they come to.
    Voices,
}

/// Rows that are sealed with the row they belong to.
#[derive(Debug, Clone, Copy)]
pub struct With {
    /// The table whose rows they belong to; it holds its own.
    pub parent: &'static str,
    /// Where they are read from: the table, with what leads from it to its parent.
    pub from: &'static str,
    /// SQL of the parent's id.
    pub by: &'static str,
    /// SQL of the order in which they are sealed.
    pub order: &'static str,
    /// Names that `from` gives to what the columns held by [`Held::Before`] say, and under which it is sealed.
    pub before: &'static [(&'static str, Held)],
    /// The table in `from` whose `subject_kind` and `subject_id` say what they are about where its `feature_id` is null: then they are
    /// sealed with that subject's own row. Nothing where all belong to a contribution.
    pub subject: Option<&'static str>,
}

impl With {
    /// The kinds of subjects that may stand on no contribution, each with SQL of the id of the one that a row is about.
    pub fn alone(&self) -> Vec<(&'static SubjectKind, String)> {
        let Some(of) = self.subject else { return Vec::new() };
        let kinds = subjects().filter(|kind| kind.moderated.is_some_and(|moderated| moderated.stands_alone));
        let by = |kind: &'static SubjectKind| {
            let word = kind.word;
            let sql = format!(
                "case when {of}.feature_id is null and {of}.subject_kind = '{word}' then {of}.subject_id end"
            );
            (kind, sql)
        };
        kinds.map(by).collect()
    }
}

/// How a column is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// What people said: a digest of it is sealed with the row.
    Said,
    /// Its value is sealed with the row, by the line of the write that set it.
    Line,
    /// As [`Held::Line`], in rows that were sealed before the column was there: left out while it is null.
    Later,
    /// Its value is sealed under the names that it had when rows were sealed first ([`With::before`]).
    Before,
    /// It follows from other rows: SQL of what it must be.
    Derived(&'static str),
    /// The last line of voices says it.
    Voices,
    /// As its table says, whose rows are free or the register itself.
    WithTable,
    /// Nothing holds it, for this reason.
    Free(&'static str),
}
