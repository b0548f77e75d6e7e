//! The letter to those who follow an idea or gave it a voice, when its author makes more than a small change of it, in the
//! language of each. What it is not: the sending (`mail`).

use crate::base::error::Result;
use crate::base::i18n::Message;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::mail::{self, Letter};
use crate::civic::contributions::follows;
use crate::core::app::App;
use crate::core::features;
use crate::core::journal::Write;

/// Puts the letters into the outbox; `base` is the address of this site, without a final `/`.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn changed(
    app: &App,
    write: &mut Write,
    base: &str,
    id: FeatureId,
    author: Option<Visitor>,
) -> Result<()> {
    let at = write.at();
    // What is not public is told to nobody.
    let Ok(card) = features::store::find(write.tx(), id).await else { return Ok(()) };
    for (account, to, lang) in follows::concerned(write.tx(), id, author).await? {
        let subject = lang.say(&Message::new("letter-follow-subject").with("title", &card.title));
        let said = lang.say(&Message::new("letter-follow-changed").with("title", &card.title));
        let key = app.key_to(&follows::stop_key(id, account));
        let stop = format!("{base}/features/{id}/unfollow?account={account}&key={key}");
        let end = Message::new("letter-follow-end").with("page", format!("{base}/features/{id}"));
        let end = lang.say(&end.with("stop", stop).with("site", app.name()));
        mail::post(write.tx(), &Letter { to, subject, body: format!("{said}\n\n{end}") }, at).await?;
    }
    Ok(())
}
