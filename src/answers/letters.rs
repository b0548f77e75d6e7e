//! The letters that tell of an answer: to the author, and to who follows the contribution or what was merged into it. In French, the
//! language of the authority: an account says no other.

use crate::app::App;
use crate::error::Result;
use crate::features::Card;
use crate::features::answers::NewAnswer;
use crate::features::follows;
use crate::i18n::{Lang, Message};
use crate::journal::Write;
use crate::mail::{self, Letter};
use crate::prose;

const LANG: Lang = Lang::Fr;

/// Puts the letters about one answer into the outbox.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post(
    app: &App,
    write: &mut Write,
    base: &str,
    card: &Card,
    answer: &NewAnswer,
) -> Result<()> {
    let at = write.at();
    for (account, to) in follows::readers(write.tx(), card.id).await? {
        if answer.by == Some(account) {
            continue;
        }
        let key = app.key_to(&follows::stop_key(card.id, account));
        let page = format!("{base}/features/{}", card.id);
        let said = Message::new("letter-answer")
            .with("title", &card.title)
            .with("authority", &answer.authority)
            .with("verdict", LANG.text(&format!("verdict-{}", answer.verdict.word())))
            .with("answer", prose::plain(&answer.body));
        let end = Message::new("letter-follow-end")
            .with("stop", format!("{page}/unfollow?account={account}&key={key}"))
            .with("page", page)
            .with("site", &app.config.name);
        let mut body = LANG.say(&said);
        if !answer.motive.is_empty() {
            body.push_str("\n\n");
            body.push_str(&LANG.say(&Message::new("letter-answer-motive").with("motive", &answer.motive)));
        }
        body.push_str("\n\n");
        body.push_str(&LANG.say(&end));
        let subject = LANG.say(&Message::new("letter-answer-subject").with("title", &card.title));
        mail::post(write.tx(), &Letter { to, subject, body }, at).await?;
    }
    Ok(())
}
