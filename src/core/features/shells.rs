//! What its author takes back: it goes, or leaves a shell for what others wrote of it; and is put back.
//!
//! Invariant: a shell's row is public and says nothing but that it was taken back; its text and photos stand elsewhere until they are
//! put back or erased.

use super::said::{self, FeatureSaid};
use super::{Channel, Hold, Kind, merges, revisions, stakes, store, waiting_photos};
use crate::base::db::Sql as _;
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::base::ids::{FeatureId, ThemeId, Visitor};
use crate::core::journal::{Act, Write};
use crate::core::territory::Territory;

/// Takes back what its author placed. Where nobody else wrote anything of it, it goes, and its voices wait with it; else a shell of it stays public:
/// number, date, voices and arguments of others, official answers. Gives whether one does.
///
/// # Errors
/// [`Error::NotFound`] where there is no such feature.
pub async fn withdraw(write: &mut Write, id: FeatureId, author: Option<Visitor>) -> Result<bool> {
    merges::end(write, id).await?;
    revisions::replace(write, id).await?;
    let stake = stakes::foreign(write.tx(), id, author).await?;
    if !stake.is_written() {
        store::hold(write, id, Some(Hold::Withdrawn), Act::WITHDRAWN).await?;
        return Ok(false);
    }
    revisions::put_away(write, id).await?;
    waiting_photos::put_away(write, id).await?;
    empty_to_shell(write, id, Act::WITHDRAWN).await?;
    Ok(true)
}

/// Empties a public feature's row of text and place, and says so in the register: the row says from then on that it was taken back.
pub(super) async fn empty_to_shell(write: &mut Write, id: FeatureId, act: Act) -> Result<()> {
    let at = write.at();
    // Kept in the language of the authority, as everything else that files and lists say of it.
    let title = Lang::Fr.text("feature-withdrawn-title");
    let row: Option<(Kind, Option<ThemeId>, Channel)> = write
        .tx()
        .optional(
            "update feature
             set title = $2, body = '', search = '', wkb = null, area_id = null, updated_at = $3,
                 withdrawn_at = coalesce(withdrawn_at, $3)
             where id = $1 returning kind, theme_id, channel",
            (id, title.as_str(), at),
        )
        .await?;
    let (kind, theme, channel) = row.ok_or(Error::NotFound)?;
    let said = FeatureSaid { kind, title: &title, body: "", theme, geometry: None, area: None, notice: None };
    write.deposit(act, vec![store::said_of(id, channel, said::feature(&said)?)]).await
}

/// Puts back what its author took back: text, place and photos.
///
/// # Errors
/// [`Error::NotFound`] where it was not taken back, or its text was erased since.
pub async fn restore(write: &mut Write, id: FeatureId, territory: &Territory, act: Act) -> Result<()> {
    let row: Option<(bool, Option<Hold>, Channel)> = write
        .tx()
        .optional("select withdrawn_at is not null, held, channel from feature where id = $1", (id,))
        .await?;
    let (is_shell, held, channel) = row.ok_or(Error::NotFound)?;
    if held == Some(Hold::Withdrawn) {
        return store::hold(write, id, None, act).await;
    }
    if !is_shell {
        return Err(Error::NotFound);
    }
    let content = revisions::take_out(write, id).await?.content(territory)?;
    write.tx().run("update feature set withdrawn_at = null where id = $1", (id,)).await?;
    store::put(write, id, &content, act, channel).await?;
    waiting_photos::bring(write, id).await?;
    Ok(())
}
