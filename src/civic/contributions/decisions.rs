//! What moderators decided about features and their arguments, and why: the rows, which every page that shows a thing or its
//! absence reads. What it is not: who may decide and what follows from it (`moderation`).
//!
//! Invariant: a decision's row keeps the text as it stood, whatever becomes of it later.

pub use super::decided::{Absent, absent, all_standing, asked, find, hidden_parts, log, of, standing};
use super::things::{PerKind, Thing, feature_of, moderated};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, DecisionId, FeatureId, ProcessId};
use crate::base::words::words;
use crate::core::features::Hold;
use crate::core::journal::Write;
use crate::core::subject::Subject;
use std::sync::LazyLock;

words! {
    /// Why a contribution is flagged or hidden: the reasons of the published charter.
    pub Reason {
        /// Insults, threats, hatred, discrimination.
        Hateful = "hateful",
        /// Something about a person that is nobody's business.
        Personal = "personal",
        /// Against the law, in any other way.
        Unlawful = "unlawful",
        /// Advertising or canvassing.
        Advertising = "advertising",
        /// Has nothing to do with the territory or the question.
        OffTopic = "off_topic",
        /// The same again and again.
        Repeated = "repeated",
        /// Nothing that can be understood.
        Unclear = "unclear",
    }
}

words! {
    /// What a moderator decides.
    pub Ruling {
        /// It is fine: it is public, and was looked at.
        Published = "published",
        /// It goes off the public pages, for a reason.
        Hidden = "hidden",
        /// Its author is asked for a change; until then it stays where it is.
        Asked = "asked",
        /// It goes to another process.
        Moved = "moved",
        /// It is the same as another feature.
        Merged = "merged",
        /// What its author changed is published.
        Revised = "revised",
        /// What its author changed is refused: what was public stays.
        Kept = "kept",
        /// What its author took back is put back.
        Restored = "restored",
        /// Passages of it, such as a name, are blacked out.
        Redacted = "redacted",
        /// An earlier decision is taken back.
        Undone = "undone",
    }
}

/// A decision to be written.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// About what.
    pub thing: Thing,
    /// What.
    pub kind: Ruling,
    /// The charter's reason.
    pub reason: Option<Reason>,
    /// A word to the author.
    pub note: String,
    /// The feature it was merged into, the process it went to, the decision that was taken back, the version that was decided about;
    /// of what is hidden, the feature that it was merged into before.
    pub target: Option<i64>,
    /// By whom.
    pub by: AccountId,
}

/// A decision that was taken.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// On whose page it stands what it is about, if on one's.
    pub feature_id: Option<FeatureId>,
    /// About a subject of which kind.
    pub subject_kind: String,
    /// About which.
    pub subject_id: i64,
    /// What.
    pub kind: Ruling,
    /// The charter's reason.
    pub reason: Option<Reason>,
    /// The word to the author.
    pub note: String,
    /// Title and text as they stood.
    pub title: String,
    /// See `title`.
    pub body: String,
    /// Why it was not public before.
    pub held_before: Option<Hold>,
    /// The process it was in before.
    pub process_before: Option<ProcessId>,
    /// See [`NewDecision::target`].
    pub target: Option<i64>,
    /// By whom; never shown to the public.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

impl Decision {
    /// About what.
    pub fn thing(&self) -> Thing {
        Thing::of(self.feature_id, Subject::of(&self.subject_kind, self.subject_id))
    }

    /// Where what it is about can be read.
    pub fn path(&self) -> String {
        self.thing().path(self.feature_id)
    }
}

/// Writes a decision with the text and the state of the thing as they are now: to be called before anything changes. Settles the
/// flags on it and says that it was looked at.
///
/// # Errors
/// [`Error::NotFound`] where there is no such thing.
pub async fn insert(write: &mut Write, new: &NewDecision) -> Result<DecisionId> {
    let (at, subject) = (write.at(), new.thing.subject);
    // The thing's row is locked first: of two moderators at once, the second sees what the first decided.
    look(write, new.thing).await?;
    let tx = write.tx();
    let standing: Option<Standing> = tx.optional(STANDING.of(subject)?, (subject.id,)).await?;
    let Standing { feature_id: feature, title, body, held, process_id: process } =
        standing.ok_or(Error::NotFound)?;
    let (id,) = tx
        .one(
            "insert into decision (feature_id, subject_kind, subject_id, kind, reason, note, title, body, held_before,
                                   process_before, target, decided_by, decided_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id",
            (
                feature, subject.kind, subject.id, new.kind, new.reason, new.note.as_str(), title, body, held, process, new.target,
                new.by, at,
            ),
        )
        .await?;
    seal_with(write, feature, subject);
    Ok(id)
}

/// What is kept beside a decision: the thing as it stands.
#[derive(sqlx::FromRow)]
struct Standing {
    feature_id: Option<FeatureId>,
    title: String,
    body: String,
    held: Option<Hold>,
    process_id: Option<ProcessId>,
}

static STANDING: LazyLock<PerKind> = LazyLock::new(|| {
    PerKind::new(|_, of| {
        format!(
            "select r.feature_id, r.title, r.body, r.held, r.process_id from ({}) r where r.id = $1",
            of.rows
        )
    })
});

/// What is decided about a thing is sealed with the contribution on whose page it stands, else with its own row.
pub(super) fn seal_with(write: &mut Write, feature: Option<FeatureId>, subject: Subject) {
    match (feature, subject.row()) {
        (Some(feature), _) => write.touch("feature", feature.0),
        (None, Some(kind)) => write.touch(kind.table, subject.id),
        (None, None) => {}
    }
}

/// Locks a thing until the write ends: who read its state under the lock decides about what they saw.
///
/// # Errors
/// [`Error::NotFound`] where there is no such thing.
pub async fn lock(write: &mut Write, thing: Thing) -> Result<()> {
    // The feature's row first, whatever the thing: everything about one feature waits in one order.
    let feature = feature_of(write.tx(), thing).await?;
    if let Some(feature) = feature {
        let found = write.tx().run("update feature set seen_at = seen_at where id = $1", (feature,)).await?;
        if found == 0 {
            return Err(Error::NotFound);
        }
    }
    if thing.is_feature() {
        return Ok(());
    }
    let found = write.tx().run(LOCK.of(thing.subject)?, (thing.subject.id,)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

static LOCK: LazyLock<PerKind> =
    LazyLock::new(|| PerKind::new(|kind, _| format!("update {} set held = held where id = $1", kind.table)));

static SEEN: LazyLock<PerKind> =
    LazyLock::new(|| PerKind::new(|kind, _| format!("update {} set seen_at = $2 where id = $1", kind.table)));

/// Says that a moderator looked at a thing: it is no longer new, and its flags are settled. A photo is looked at with its feature.
///
/// # Errors
/// [`Error::NotFound`] where nobody looks after its kind, or there is no such thing.
pub async fn look(write: &mut Write, thing: Thing) -> Result<()> {
    let (at, subject) = (write.at(), thing.subject);
    if !subject.moderated()?.is_seen {
        return lock(write, thing).await;
    }
    if thing.is_feature() {
        super::bursts::settle(write, FeatureId(subject.id)).await?;
    }
    write.tx().run(SEEN.of(subject)?, (subject.id, at)).await?;
    write
        .tx()
        .run(
            "update flag set settled_at = $3 where subject_kind = $1 and subject_id = $2 and settled_at is null",
            (subject.kind, subject.id, at),
        )
        .await?;
    Ok(())
}

/// Says of everything that was made before an instant that a moderator looked at it.
///
/// # Errors
/// Where the database refuses.
pub async fn look_before(write: &mut Write, before: Timestamp) -> Result<()> {
    let at = write.at();
    for (kind, _) in moderated().filter(|(_, of)| of.is_seen) {
        let sql: &'static str = SEEN_BEFORE.of(Subject { kind: kind.word, id: 0 })?;
        write.tx().run(sql, (before, at)).await?;
    }
    Ok(())
}

static SEEN_BEFORE: LazyLock<PerKind> = LazyLock::new(|| {
    PerKind::new(|kind, _| {
        format!("update {} set seen_at = $2 where created_at < $1 and seen_at is null", kind.table)
    })
});

/// Says that a decision was taken back.
///
/// # Errors
/// [`Error::Conflict`] where it was already.
pub async fn undo(write: &mut Write, id: DecisionId) -> Result<()> {
    let at = write.at();
    let undone: Option<(Option<FeatureId>, String, i64)> = write
        .tx()
        .optional(
            "update decision set undone_at = $2 where id = $1 and undone_at is null returning feature_id, subject_kind, subject_id",
            (id, at),
        )
        .await?;
    let already = || Error::Conflict(Message::new("decision-undone-already"));
    let (feature, kind, subject) = undone.ok_or_else(already)?;
    seal_with(write, feature, Subject::of(&kind, subject));
    Ok(())
}

/// Moves a feature to a process, or out of any. Records nothing: the caller says why.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_process(write: &mut Write, id: FeatureId, process: Option<ProcessId>) -> Result<()> {
    let at = write.at();
    let changed = write
        .tx()
        .run("update feature set process_id = $2, updated_at = $3 where id = $1", (id, process, at))
        .await?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Empties what moderators kept of a subject beside their decisions, and what was said in flags and appeals: its author's words are
/// erased.
///
/// # Errors
/// Where the database refuses.
pub async fn forget(write: &mut Write, subject: Subject) -> Result<()> {
    let Subject { kind, id } = subject;
    let tx = write.tx();
    tx.run(
        "update decision set title = '', body = '', note = '' where subject_kind = $1 and subject_id = $2",
        (kind, id),
    )
    .await?;
    tx.run(
        "update appeal set body = '', answer = '' where decision_id in
           (select id from decision where subject_kind = $1 and subject_id = $2)",
        (kind, id),
    )
    .await?;
    tx.run("update flag set body = '' where subject_kind = $1 and subject_id = $2", (kind, id)).await?;
    let on: Vec<(Option<FeatureId>,)> = tx
        .all(
            "select distinct feature_id from decision where subject_kind = $1 and subject_id = $2",
            (kind, id),
        )
        .await?;
    for (feature,) in on.into_iter().chain([(None,)]) {
        seal_with(write, feature, subject);
    }
    Ok(())
}
