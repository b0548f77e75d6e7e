//! The processes' SQL: what was decided with every version, phases that began and ended, documents.

use super::action::Action;
use super::model::{Ballot, Opening, Settings, State};
use super::{Document, ProcessRules, Version};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{AccountId, ProcessId};
use crate::base::text::slug;
use crate::core::features::untying::OpenBallots;
use crate::core::journal::{Act, Write};

/// A process's row.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ProcessRow {
    pub(super) id: ProcessId,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) settings: String,
    pub(super) state: String,
    pub(super) version: i64,
}

/// A process as it is in the database now, and the number of its version.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(db: impl Sql<'_>, slug: &str) -> Result<(ProcessRules, i64)> {
    let row: Option<ProcessRow> = db
        .optional("select id, slug, title, settings, state, version from process where slug = $1", (slug,))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let version = row.version;
    let known = ProcessRules::read(row.id, (&row.slug, &row.title), &row.settings, &row.state, version)?;
    Ok((known, version))
}

/// The ballots that may still take a voice: those that are open, or will be.
///
/// # Errors
/// [`Error::Internal`] where a row's settings are none.
pub async fn ballots(write: &mut Write) -> Result<OpenBallots> {
    let at = write.at();
    let sql = "select id, slug, title, settings, state, version from process order by id";
    let rows: Vec<ProcessRow> = write.tx().all(sql, ()).await?;
    let mut open = OpenBallots::default();
    for row in rows {
        let known =
            ProcessRules::read(row.id, (&row.slug, &row.title), &row.settings, &row.state, row.version)?;
        match known.opening(Action::VOTE, at) {
            Opening::Open(None) => open.endless.push(row.id.0),
            Opening::Open(Some(_)) | Opening::Opens(_) => open.dated.push(row.id.0),
            Opening::Closed(_) | Opening::Never => {}
        }
    }
    Ok(open)
}

/// Settings as they are kept. The level of every action is written: what is a default today may be another one later.
fn json(settings: &Settings) -> Result<String> {
    let mut settings = settings.clone();
    for action in Action::all() {
        let least = || action.0.least.word().into();
        settings.rules.levels.entry(action.word().to_owned()).or_insert_with(least);
    }
    serde_json::to_string(&settings).map_err(|e| Error::Internal(format!("settings: {e}")))
}

/// Makes a process. Its slug comes from its title, with a number where that is taken.
///
/// # Errors
/// Where the database refuses.
pub async fn insert(
    write: &mut Write,
    title: &str,
    settings: &Settings,
    state: State,
    by: Option<AccountId>,
) -> Result<(ProcessId, String)> {
    let at = write.at();
    let stem = match slug(title) {
        empty if empty.is_empty() => "demarche".to_owned(),
        stem => stem,
    };
    let taken: Vec<(String,)> =
        write.tx().all("select slug from process where slug like $1", (format!("{stem}%"),)).await?;
    let is_free = |candidate: &str| taken.iter().all(|(slug,)| slug != candidate);
    let slug = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}"))).find(|s| is_free(s));
    let slug = slug.unwrap_or(stem);
    let (id,): (ProcessId,) = write
        .tx()
        .one(
            "insert into process (slug, title, created_at) values ($1, $2, $3) returning id",
            (slug.as_str(), title, at),
        )
        .await?;
    update(write, id, 0, &Decided { title, settings, state, note: "" }, by).await?;
    Ok((id, slug))
}

/// What an agent decides with one save.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// Its title.
    pub title: &'a str,
    /// Everything else.
    pub settings: &'a Settings,
    /// Whether it can be seen.
    pub state: State,
    /// What changed and why.
    pub note: &'a str,
}

/// Writes a new version over version `base`.
///
/// # Errors
/// [`Error::Conflict`] where somebody else has written one meanwhile; [`Error::Invalid`] where it would make a draft of what has
/// contributions, or another vote of one that has voices.
pub async fn update(
    write: &mut Write,
    id: ProcessId,
    base: i64,
    decided: &Decided<'_>,
    by: Option<AccountId>,
) -> Result<()> {
    let (at, settings) = (write.at(), json(decided.settings)?);
    let ballot = decided.settings.rules.votes;
    let before: Option<(Ballot,)> =
        write.tx().optional("select ballot from process where id = $1", (id,)).await?;
    let row: Option<(i64,)> = write
        .tx()
        .optional(
            "update process set title = $3, settings = $4, state = $5, ballot = $6, version = version + 1
             where id = $1 and version = $2 returning version",
            (id, base, decided.title, settings.as_str(), decided.state.word(), ballot),
        )
        .await?;
    row.ok_or_else(|| Error::Conflict(Message::new("process-changed-meanwhile")))?;
    // After the row is locked: who places or votes under its rules waits for this, or this for them.
    if decided.state == State::Draft {
        must_be_empty(write, id).await?;
    }
    if before.is_some_and(|(before,)| before != ballot) {
        must_be_without_voices(write, id).await?;
    }
    write
        .tx()
        .run(
            "insert into process_version (process_id, version, title, settings, state, note, account_id, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            (id, base + 1, decided.title, settings.as_str(), decided.state.word(), decided.note, by, at),
        )
        .await?;
    record(write, id).await
}

/// Writes the line of a change. Everybody reads the register's lines: a draft is in them by its number, not by what it will be called.
pub(super) async fn record(write: &mut Write, id: ProcessId) -> Result<()> {
    let (slug, state): (String, String) =
        write.tx().one("select slug, state from process where id = $1", (id,)).await?;
    write.touch("process", id.0);
    let is_draft = State::of_word(&state) == Some(State::Draft);
    write.record_subject(Act::PROCESS, if is_draft { format!("process {id}") } else { slug });
    Ok(())
}

/// What has contributions cannot be hidden as a draft: they are public, and name it.
async fn must_be_empty(write: &mut Write, id: ProcessId) -> Result<()> {
    let (all,): (i64,) = write.tx().one("select count(*) from feature where process_id = $1", (id,)).await?;
    if all == 0 {
        return Ok(());
    }
    Err(Error::invalid("state", Message::new("process-draft-has-contributions").with("n", all)))
}

/// What people said with a voice cannot be asked otherwise afterwards.
async fn must_be_without_voices(write: &mut Write, id: ProcessId) -> Result<()> {
    let voted: Option<(i64,)> = write
        .tx()
        .optional(
            "select v.feature_id from vote v join feature f on f.id = v.feature_id
             where f.process_id = $1
                or f.merged_into in (select t.id from feature t where t.process_id = $1) limit 1",
            (id,),
        )
        .await?;
    match voted {
        None => Ok(()),
        Some(_) => Err(Error::invalid("votes", Message::new("process-ballot-has-voices"))),
    }
}

/// Every version of a process, the latest first.
///
/// # Errors
/// Where the database does not answer.
pub async fn versions(db: impl Sql<'_>, id: ProcessId) -> Result<Vec<Version>> {
    db.all(
        "select v.version, v.title, v.settings, v.state, v.note, v.at, coalesce(a.name, '') as name,
                coalesce(a.email, '') as email
         from process_version v left join account a on a.id = v.account_id
         where v.process_id = $1 order by v.version desc",
        (id,),
    )
    .await
}

/// Says that a phase began or ended, once for each announced instant. Gives whether this was the first time.
///
/// # Errors
/// Where the database refuses.
pub async fn cross(
    write: &mut Write,
    known: &ProcessRules,
    phase: &str,
    edge: Edge,
    instant: Timestamp,
) -> Result<bool> {
    let first = write
        .tx()
        .run(
            "insert into phase_edge (process_id, phase, edge, instant) values ($1, $2, $3, $4) on conflict do nothing",
            (known.id, phase, edge.word(), instant),
        )
        .await?;
    if first > 0 {
        write.touch("process", known.id.0);
        write.record_subject(edge.act(), format!("{} {phase}", known.slug));
    }
    Ok(first > 0)
}

/// One end of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Its beginning.
    Opened,
    /// Its end.
    Closed,
}

impl Edge {
    pub(super) fn word(self) -> &'static str {
        match self {
            Edge::Opened => "opened",
            Edge::Closed => "closed",
        }
    }
    fn act(self) -> Act {
        match self {
            Edge::Opened => Act::PHASE_OPENED,
            Edge::Closed => Act::PHASE_CLOSED,
        }
    }
}

/// Every end of a phase that was written into the journal: process, phase, `opened` or `closed`, announced instant.
///
/// # Errors
/// Where the database does not answer.
pub async fn crossed(db: impl Sql<'_>) -> Result<Vec<(ProcessId, String, String, Timestamp)>> {
    db.all("select process_id, phase, edge, instant from phase_edge", ()).await
}

/// Adds a document; its file is kept already.
///
/// # Errors
/// Where the database refuses.
pub async fn add_document(write: &mut Write, id: ProcessId, document: &Document) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run(
            "insert into process_document (process_id, title, digest, kind, size, created_at)
             values ($1, $2, $3, $4, $5, $6)",
            (
                id,
                document.title.as_str(),
                document.digest.as_str(),
                document.kind.as_str(),
                document.size,
                at,
            ),
        )
        .await?;
    record(write, id).await
}

/// Takes a document off the page, or puts it back. Its file stays: it was published once.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show_document(write: &mut Write, id: ProcessId, document: i64, shown: Shown) -> Result<()> {
    let removed_at = (shown == Shown::No).then(|| write.at());
    let changed = write
        .tx()
        .run(
            "update process_document set removed_at = $3 where process_id = $1 and id = $2
               and (case when removed_at is null then 1 else 0 end) = $4",
            (id, document, removed_at, i64::from(shown == Shown::No)),
        )
        .await?;
    if changed > 0 {
        return record(write, id).await;
    }
    let there: Option<(i64,)> = write
        .tx()
        .optional("select id from process_document where process_id = $1 and id = $2", (id, document))
        .await?;
    let done = Error::Conflict(Message::new("process-document-meanwhile"));
    Err(there.map_or(Error::NotFound, |_| done))
}

/// Whether a document is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It is.
    Yes,
    /// It was.
    No,
}

/// The documents of a process, in the order in which they came; those that were taken off too.
///
/// # Errors
/// Where the database does not answer.
pub async fn documents(db: impl Sql<'_>, id: ProcessId) -> Result<Vec<Document>> {
    db.all(
        "select id, title, digest, kind, size, removed_at is null as shown, created_at from process_document
         where process_id = $1 order by id",
        (id,),
    )
    .await
}

/// Locks a process until the write ends: whoever reads what is its own then changes what they saw.
///
/// # Errors
/// Where the database refuses.
pub async fn lock(write: &mut Write, id: ProcessId) -> Result<()> {
    write.tx().run("update process set version = version where id = $1", (id,)).await?;
    Ok(())
}
