//! What an author does to their idea. Who may, and whether it can be done still, is asked here again, inside the transaction: minutes of
//! photos may lie between the form and this.
//!
//! Invariants: those of `contributions::changing`; what others gave their voice to becomes something else only where the process says that
//! they are told.

use super::letters;
use super::model::Form;
use super::store::{self, Own};
use crate::base::error::{Error, Result};
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::media::Digest;
use crate::base::prose;
use crate::civic::processes::{Action, Edits, ProcessRules};
use crate::core::app::App;
use crate::core::features::edits::Change;
use crate::core::features::revisions::{self, Version};
use crate::core::features::{self, Channel, Content, Hold, waiting_photos};
use crate::core::journal::{Act, Write};

/// Who acts on which idea: its author here, or who holds the link that its author was given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Author<'a> {
    pub(super) app: &'a App,
    pub(super) id: FeatureId,
    pub(super) visitor: Option<Visitor>,
    pub(super) key: &'a str,
}

fn conflict(key: &'static str) -> Error {
    Error::Conflict(Message::new(key))
}

impl Author<'_> {
    /// The idea, where it is theirs.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Forbidden`].
    pub(super) async fn own(self) -> Result<Own> {
        let own = store::own(&self.app.db, self.id).await?;
        self.must_be_theirs(own)
    }

    fn must_be_theirs(self, own: Own) -> Result<Own> {
        let is_author = self.visitor.is_some() && own.standing.author == self.visitor;
        if is_author || self.app.is_key_to(&features::edit_key(self.id), self.key) {
            Ok(own)
        } else {
            Err(Error::Forbidden(Message::new("error-not-yours")))
        }
    }

    /// The idea as it is in this transaction, its row locked.
    async fn locked(self, write: &mut Write) -> Result<Own> {
        store::lock(write, self.id).await?;
        let own = store::own(write.tx(), self.id).await?;
        self.must_be_theirs(own)
    }

    /// Writes what the author changed. Gives the pictures whose files may go.
    ///
    /// # Errors
    /// [`Error::Conflict`] with why it cannot be, now.
    pub(super) async fn rewrite(
        self,
        process: &ProcessRules,
        form: &Form,
        content: &Content,
    ) -> Result<Vec<Digest>> {
        let mut write = self.app.begin().await?;
        let own = self.locked(&mut write).await?;
        own.standing.must_be_open()?;
        process.terms(Action::PROPOSE).must_hold(&mut write, self.id).await?;
        self.must_be_what_they_read(&mut write, form).await?;
        let is_news = self.must_leave_what_has_voices(&mut write, &own, process, content).await?;
        let visitor = self.visitor.ok_or(Error::NotFound)?;
        let free = if own.standing.waits(process) {
            let dropped = form.dropped.as_slice();
            revisions::propose(&mut write, self.id, content, dropped, Channel::Web).await?;
            waiting_photos::keep_for(&mut write, self.id, visitor, &form.captions(), dropped.len()).await?;
            Vec::new()
        } else {
            features::store::rewrite(&mut write, self.id, content).await?;
            super::form_page::attach(&mut write, self.id, visitor, own.standing.author, form).await?
        };
        if own.standing.held == Some(Hold::Withdrawn) {
            features::store::hold(&mut write, self.id, None, Act::RESTORED).await?;
        }
        if is_news && !own.standing.waits(process) {
            letters::changed(
                self.app,
                &mut write,
                &self.app.config.letters_base(),
                self.id,
                own.standing.author,
            )
            .await?;
        }
        self.app.commit(write).await?;
        Ok(free)
    }

    /// Of two devices with one link, the second is told what the first wrote, instead of writing over it.
    async fn must_be_what_they_read(self, write: &mut Write, form: &Form) -> Result<()> {
        let Ok(base) = form.base.parse::<i64>() else { return Ok(()) };
        if base == features::store::last_said(write.tx(), self.id).await? {
            return Ok(());
        }
        let now = self.version(write).await?;
        let message = Message::new("edit-meanwhile").with("title", &now.title);
        Err(Error::Conflict(message.with("text", prose::excerpt(&now.body, 400))))
    }

    /// What the author's last version says: the one that waits, or the public one.
    async fn version(self, write: &mut Write) -> Result<Version> {
        match revisions::waiting(write.tx(), self.id).await? {
            Some(waiting) => waiting.version(),
            None => Version::read(&revisions::current(write.tx(), self.id).await?),
        }
    }

    /// What others gave a voice to may change a little. Gives whether it changes more than that, where the process allows it.
    async fn must_leave_what_has_voices(
        self,
        write: &mut Write,
        own: &Own,
        process: &ProcessRules,
        content: &Content,
    ) -> Result<bool> {
        let Some(seen) = own.standing.supported(write, self.id).await? else { return Ok(false) };
        let change = Change::between(&seen, content)?;
        match process.settings.rules.edits {
            _ if change.is_small() => Ok(false),
            Edits::Told => Ok(true),
            Edits::Small => Err(own.standing.too_large(&change)),
        }
    }

    /// Takes the idea back. Gives it as it was, and whether a shell of it stays.
    ///
    /// # Errors
    /// [`Error::Conflict`] where a moderator took it off: else taking back and putting back would undo that.
    pub(super) async fn withdraw(self) -> Result<(Own, bool)> {
        let mut write = self.app.begin().await?;
        let own = self.locked(&mut write).await?;
        if own.standing.held.is_some_and(|held| held != Hold::Withdrawn) {
            return Err(conflict("error-held"));
        }
        if own.standing.held == Some(Hold::Withdrawn) || own.standing.withdrawn_at.is_some() {
            let is_shell = own.standing.withdrawn_at.is_some();
            return Ok((own, is_shell));
        }
        let is_shell = features::shells::withdraw(&mut write, self.id, own.standing.author).await?;
        self.app.commit(write).await?;
        Ok((own, is_shell))
    }

    /// Puts back what was taken back; what was not is left alone.
    ///
    /// # Errors
    /// [`Error::Forbidden`] where it is not theirs.
    pub(super) async fn restore(self) -> Result<()> {
        let mut write = self.app.begin().await?;
        let own = self.locked(&mut write).await?;
        let is_back = own.standing.held != Some(Hold::Withdrawn) && own.standing.withdrawn_at.is_none();
        // A shell that a moderator hid stays hidden.
        if is_back || own.standing.held.is_some_and(|held| held != Hold::Withdrawn) {
            return Ok(());
        }
        let world = self.app.atlas.world();
        features::shells::restore(&mut write, self.id, world.territory(), Act::RESTORED).await?;
        self.app.commit(write).await
    }
}
