//! The letters that tell of an answer, or of a status without one: to the author, and to who follows the contribution or what was
//! merged into it, each in their language.

use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AccountId;
use crate::base::mail;
use crate::base::prose;
use crate::civic::contributions::answers::NewAnswer;
use crate::civic::contributions::telling::tell;
use crate::civic::contributions::unanswered::Said;
use crate::core::app::App;
use crate::core::features::{Card, Status};
use crate::core::journal::Write;

/// Puts the letters about one answer into the outbox.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post(
    app: &App,
    write: &mut Write,
    card: &Card,
    (answer, cause): (&NewAnswer, Said),
) -> Result<()> {
    let say = |lang: Lang| {
        let said = Message::new("letter-answer")
            .with("title", mail::NAME)
            .with("authority", &answer.authority)
            .with("verdict", lang.of_kind(&format!("verdict-{}", answer.verdict.word()), card.kind.word()))
            .with("answer", prose::plain(&answer.body));
        let mut said = lang.say(&said);
        if !answer.motive.is_empty() {
            said.push_str("\n\n");
            said.push_str(&lang.say(&Message::new("letter-answer-motive").with("motive", &answer.motive)));
        }
        (lang.say(&Message::new("letter-answer-subject").with("title", mail::NAME)), said)
    };
    tell(app, write, (card.id, Some(&cause.word())), answer.by, say).await
}

/// Puts the letters about a status that changed without an answer into the outbox. `card` is the contribution as it was before.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post_status(
    app: &App,
    write: &mut Write,
    card: &Card,
    (status, cause): (Status, Said),
    by: AccountId,
) -> Result<()> {
    let say = |lang: Lang| {
        let said = Message::new("letter-status")
            .with("title", mail::NAME)
            .with("before", card.status_said(lang))
            .with("status", status.said(lang, card.kind));
        (lang.say(&Message::new("letter-status-subject").with("title", mail::NAME)), lang.say(&said))
    };
    tell(app, write, (card.id, Some(&cause.word())), Some(by), say).await
}
