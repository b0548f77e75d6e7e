//! What an author may still change of what they placed, whatever kind it is: asked when its form is opened, and again inside the transaction
//! that writes, for minutes of photos may lie between.
//!
//! What it is not: the forms, and the writing (the modules of each kind). Invariants: what was treated or taken back is not written on; what
//! others gave their voice to is not made into something else; what its process wants read first waits, whichever way it comes in.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::processes::{Moderation, ProcessRules};
use crate::core::app::App;
use crate::core::features::edits::{Change, METRES};
use crate::core::features::revisions::{self, Version};
use crate::core::features::{Hold, Kind, Status, stakes};
use crate::core::journal::Write;

/// How a contribution stands for its author.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Standing {
    /// What it is.
    pub kind: Kind,
    /// Who placed it.
    pub author: Option<Visitor>,
    /// What became of it.
    pub status: Status,
    /// Why it is not public.
    pub held: Option<Hold>,
    /// When its author took it back, where a shell of it stays.
    pub withdrawn_at: Option<Timestamp>,
    /// How many versions of an official answer it has.
    pub answers: i64,
    /// The slug of its process.
    pub process: Option<String>,
}

impl Standing {
    /// How one stands.
    ///
    /// # Errors
    /// [`Error::NotFound`], also of what was erased.
    pub async fn of(db: impl Sql<'_>, id: FeatureId) -> Result<Standing> {
        let row = db
            .optional(
                "select f.kind, f.author, f.status, f.held, f.withdrawn_at, p.slug as process,
                        (select count(*) from answer w where w.feature_id = f.id and w.undone_at is null) as answers
                 from feature f left join process p on p.id = f.process_id
                 where f.id = $1 and coalesce(f.held, '') <> 'erased'",
                (id,),
            )
            .await?;
        row.ok_or(Error::NotFound)
    }

    fn conflict(&self, key: &'static str) -> Error {
        Error::Conflict(Message::new(key).with("kind", self.kind.word()))
    }

    /// What was taken back is put back first.
    ///
    /// # Errors
    /// [`Error::Conflict`] where it stands taken back.
    pub fn must_stand(&self) -> Result<()> {
        let is_back = self.held != Some(Hold::Withdrawn) && self.withdrawn_at.is_none();
        if is_back { Ok(()) } else { Err(self.conflict("error-withdrawn-first")) }
    }

    /// What was treated may not become something else afterwards; a shell without words has nothing to change.
    ///
    /// # Errors
    /// [`Error::Conflict`] with why.
    pub fn must_be_open(&self) -> Result<()> {
        if self.withdrawn_at.is_some() {
            return Err(self.conflict("error-withdrawn-first"));
        }
        let is_open = self.status == Status::OPEN && self.answers == 0;
        if is_open { Ok(()) } else { Err(self.conflict("error-answered")) }
    }

    /// The rules of its process.
    ///
    /// # Errors
    /// [`Error::Internal`] where the settings of its process are none.
    pub fn rules(&self, app: &App) -> Result<ProcessRules> {
        ProcessRules::of_feature(&app.atlas.world(), self.process.as_deref())
    }

    /// Whether what its author sends now is read by a moderator before anybody else: where the process wants that, and the row is not
    /// what waits itself.
    pub fn waits(&self, process: &ProcessRules) -> bool {
        process.settings.rules.moderation == Moderation::Before && self.held != Some(Hold::Waiting)
    }

    /// What others gave their voice to; nothing where nobody else has a part in it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn supported(&self, write: &mut Write, id: FeatureId) -> Result<Option<Version>> {
        if !stakes::foreign(write.tx(), id, self.author).await?.is_discussed() {
            return Ok(None);
        }
        let seen = match stakes::seen_by_voices(write.tx(), id, self.author).await? {
            Some(version) => version,
            None => Version::read(&revisions::current(write.tx(), id).await?)?,
        };
        Ok(Some(seen))
    }

    /// Why what others support cannot become this.
    pub fn too_large(&self, change: &Change) -> Error {
        let is_near = change.metres.is_finite() && change.metres <= METRES;
        let message = Message::new(if is_near { "edit-too-large" } else { "edit-too-far" });
        let message = message.with("kind", self.kind.word()).with("allowed", change.allowed);
        Error::Conflict(message.with("metres", METRES))
    }
}
