//! One letter to everybody who is to be told of a contribution: its author and who follows it, with an account or by letter alone, each in
//! their language.
//!
//! What it is not: what the letter says, which is its module's.

use super::{followers, follows};
use crate::base::error::Result;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, FeatureId};
use crate::base::mail::{self, Letter};
use crate::core::app::App;
use crate::core::journal::Write;

/// Puts one letter, a subject and what it says in a language, into the outbox for everybody who is to be told but whoever did it. It leaves when
/// its `cause` cannot be taken back any more, where it has one.
///
/// # Errors
/// Where the database refuses.
pub async fn tell(
    app: &App,
    write: &mut Write,
    (feature, cause): (FeatureId, Option<&str>),
    by: Option<AccountId>,
    say: impl Fn(Lang) -> (String, String),
) -> Result<()> {
    let base = app.config.letters_base();
    let page = format!("{base}/features/{feature}");
    let mut told: Vec<(String, Lang, String)> = Vec::new();
    for (account, to, lang) in follows::readers(write.tx(), feature).await? {
        if by == Some(account) {
            continue;
        }
        let key = app.key_to(&follows::stop_key(feature, account));
        told.push((to, lang, format!("{page}/unfollow?account={account}&key={key}")));
    }
    for (follower, to, lang) in followers::of_feature(write.tx(), feature).await? {
        // Somebody with an account is told once.
        if !told.iter().any(|(known, ..)| *known == to) {
            let stop = followers::link(app, &base, follower, &to);
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
        mail::post_about(write.tx(), &letter, ("feature", feature.0), cause, at).await?;
    }
    Ok(())
}
