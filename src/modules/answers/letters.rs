//! The letters that tell of an answer, or of a status without one: to the author, and to who follows the contribution or what was
//! merged into it, each in their language.

use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AccountId;
use crate::base::mail::{self, Letter};
use crate::base::prose;
use crate::civic::contributions::answers::NewAnswer;
use crate::civic::contributions::unanswered::Said;
use crate::civic::contributions::{followers, follows};
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
    base: &str,
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
    tell(app, write, base, (card, cause), answer.by, say).await
}

/// Puts the letters about a status that changed without an answer into the outbox. `card` is the contribution as it was before.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn post_status(
    app: &App,
    write: &mut Write,
    base: &str,
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
    tell(app, write, base, (card, cause), Some(by), say).await
}

/// One letter, a subject and what it says in a language, to everybody who is to be told but whoever did it. It leaves when its cause
/// cannot be taken back any more.
async fn tell(
    app: &App,
    write: &mut Write,
    base: &str,
    (card, cause): (&Card, Said),
    by: Option<AccountId>,
    say: impl Fn(Lang) -> (String, String),
) -> Result<()> {
    let page = format!("{base}/features/{}", card.id);
    let mut told: Vec<(String, Lang, String)> = Vec::new();
    for (account, to, lang) in follows::readers(write.tx(), card.id).await? {
        if by == Some(account) {
            continue;
        }
        let key = app.key_to(&follows::stop_key(card.id, account));
        told.push((to, lang, format!("{page}/unfollow?account={account}&key={key}")));
    }
    for (follower, to, lang) in followers::of_feature(write.tx(), card.id).await? {
        // Somebody with an account is told once.
        if !told.iter().any(|(known, ..)| *known == to) {
            let stop = followers::link(app, base, follower, &to);
            told.push((to, lang, stop));
        }
    }
    let at = write.at();
    for (to, lang, stop) in told {
        let (subject, said) = say(lang);
        let end = Message::new("letter-follow-end")
            .with("stop", stop)
            .with("page", page.as_str())
            .with("site", app.name());
        let body = format!("{said}\n\n{}", lang.say(&end));
        let letter = Letter { to, subject, body };
        mail::post_about(write.tx(), &letter, ("feature", card.id.0), Some(&cause.word()), at).await?;
    }
    Ok(())
}
