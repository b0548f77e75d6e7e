//! What an answer must be before it is written. No SQL, no HTTP.

use crate::base::clock::Timestamp;
use crate::base::error::Problem;
use crate::base::http;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, FeatureId};
use crate::base::text::{clean, line, seen};
use crate::civic::contributions::answers::{Answer, NewAnswer};
use crate::core::features::Verdict;
use crate::core::features::{Card, Status};

/// The longest answer, motive, address and signature, in characters.
pub(super) const BODY: usize = 4_000;
pub(super) const MOTIVE: usize = 500;
const LINK: usize = 500;
const AUTHORITY: usize = 120;

/// How many contributions one answer may be for.
const MOST_AT_ONCE: usize = 200;

/// The form of an answer as it was sent, so that what was typed can be shown again.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    /// The contributions that are checked; of a form for one, none.
    pub(super) features: Vec<FeatureId>,
    pub(super) verdict: String,
    pub(super) body: String,
    pub(super) motive: String,
    pub(super) link: String,
    pub(super) authority: String,
    /// The new status, where it changes without an answer.
    pub(super) status: String,
    /// The filter of the list that it was sent from.
    pub(super) query: String,
    /// What it saw of each contribution (see `state`).
    pub(super) seen: Vec<String>,
    /// The text to answer with that was chosen, and whether it is to be put in.
    pub(super) reply: String,
    pub(super) inserts: bool,
}

impl Form {
    pub(super) fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> Form {
        let mut form = Form::default();
        for (name, value) in fields {
            match name.as_str() {
                "feature" => {
                    let id = FeatureId::of_text(&value);
                    form.features.extend(id.filter(|id| !form.features.contains(id)));
                }
                "verdict" => form.verdict = value,
                "body" => form.body = value,
                "motive" => form.motive = value,
                "link" => form.link = value,
                "authority" => form.authority = value,
                "status" => form.status = value,
                "query" => form.query = value,
                "seen" => form.seen.push(value),
                "reply" => form.reply = value,
                "insert" => form.inserts = true,
                _ => {}
            }
        }
        form
    }

    /// The form that changes an answer.
    pub(super) fn of_answer(answer: &Answer) -> Form {
        Form {
            verdict: answer.verdict.word().to_owned(),
            body: answer.body.clone(),
            motive: answer.motive.clone(),
            link: answer.link.clone(),
            authority: answer.authority.clone(),
            ..Form::default()
        }
    }

    /// The answer, or everything that is wrong.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub(super) fn check(&self, by: AccountId, at: Timestamp) -> Result<NewAnswer, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message| problems.push(Problem { field: field.to_owned(), message });
        let verdict = Verdict::of_word(&self.verdict);
        if verdict.is_none() {
            wrong("verdict", Message::new("answer-no-verdict"));
        }
        let (body, motive) = (clean(&self.body), clean(&self.motive));
        if seen(&body) < 3 {
            wrong("body", Message::new("answer-empty"));
        }
        for (field, text, most) in [("body", &body, BODY), ("motive", &motive, MOTIVE)] {
            let length = text.chars().count();
            if length > most {
                wrong(field, Message::new("moderation-too-long").with("length", length).with("most", most));
            }
        }
        // Why not is the least that is owed.
        if verdict == Some(Verdict::Refused) && motive.is_empty() {
            wrong("motive", Message::new("answer-no-motive"));
        }
        let link = self.link.trim().to_owned();
        if !is_address(&link) {
            wrong("link", Message::new("answer-bad-link"));
        }
        let authority = line(&self.authority, AUTHORITY);
        if authority.is_empty() {
            wrong("authority", Message::new("answer-no-authority"));
        }
        match verdict {
            Some(verdict) if problems.is_empty() => {
                Ok(NewAnswer { verdict, body, motive, link, authority, by: Some(by), at })
            }
            _ => Err(problems),
        }
    }

    /// The status that is asked for, without an answer.
    ///
    /// # Errors
    /// Where it is none, or a refusal: that one says why, so it is an answer.
    pub(super) fn check_status(&self) -> Result<Status, Problem> {
        let wrong = |key| Problem { field: "status".into(), message: Message::new(key) };
        match Status::of_word(&self.status) {
            None => Err(wrong("status-none-chosen")),
            Some(Status::REFUSED) => Err(wrong("status-refused-is-answer")),
            Some(status) => Ok(status),
        }
    }

    /// The contributions that are checked.
    ///
    /// # Errors
    /// Where there is none, or too many.
    pub(super) fn chosen(&self) -> Result<&[FeatureId], Problem> {
        let wrong = |message| Problem { field: "feature".into(), message };
        match self.features.len() {
            0 => Err(wrong(Message::new("answer-none-chosen"))),
            1..=MOST_AT_ONCE => Ok(&self.features),
            _ => Err(wrong(Message::new("moderation-too-many").with("most", MOST_AT_ONCE))),
        }
    }
}

/// Holds a status that is given without an answer to the kind of the contribution.
///
/// # Errors
/// Where its kind has no such status: which contribution it is, and which statuses it can have.
pub(super) fn fit(card: &Card, status: Status, lang: Lang) -> Result<(), Problem> {
    if !card.kind.is_answered() {
        let kind = lang.text(&format!("kind-one-{}", card.kind.word()));
        let message = Message::new("status-elsewhere").with("title", &card.title).with("kind", kind);
        return Err(Problem { field: "status".into(), message });
    }
    if status.fits(card.kind) {
        return Ok(());
    }
    let name = |status: Status| lang.text(&status.key());
    let message = Message::new("status-misfit")
        .with("title", &card.title)
        .with("kind", lang.text(&format!("kind-one-{}", card.kind.word())))
        .with("status", name(status))
        .with("statuses", Status::without_answer(card.kind).map(name).collect::<Vec<_>>().join(", "));
    Err(Problem { field: "status".into(), message })
}

/// Nothing, an address of the web, or one of our own pages.
fn is_address(link: &str) -> bool {
    let plain = link.chars().count() <= LINK && !link.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && (link.is_empty()
            || http::is_own_path(link)
            || link.starts_with("https://")
            || link.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::features::Kind;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::of_fields(fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    fn wrong(form: &Form) -> Vec<String> {
        let checked = form.check(AccountId(1), crate::base::clock::now());
        checked.err().unwrap_or_default().into_iter().map(|p| p.field).collect()
    }

    #[test]
    fn a_refusal_says_why_and_every_field_that_is_wrong_is_named() {
        let good = [("verdict", "accepted"), ("body", "Oui."), ("authority", "La Ville")];
        assert!(wrong(&form(&good)).is_empty());
        assert_eq!(
            wrong(&form(&[("verdict", "refused"), ("body", "Non."), ("authority", "La Ville")])),
            ["motive"]
        );
        assert_eq!(
            wrong(&form(&[("link", "javascript:alert(1)")])),
            ["verdict", "body", "link", "authority"]
        );
        for link in ["//ailleurs.example", "/\\ailleurs.example", "/a\\b", "ftp://a", "https://a b", "mairie"]
        {
            assert!(!is_address(link), "{link}");
        }
        assert!(is_address("/features/12") && is_address("https://ville.example/projets?id=1"));
    }

    #[test]
    fn each_kind_has_the_statuses_that_make_sense_for_it() {
        let of = |kind| Verdict::of_kind(kind).map(Verdict::word).collect::<Vec<_>>().join(" ");
        assert_eq!(of(Kind::PROPOSAL), "noted accepted partly started done refused");
        assert_eq!(of(Kind::REPORT), "", "its own desk treats it");
        let alone = |kind| Status::without_answer(kind).map(Status::word).collect::<Vec<_>>().join(" ");
        assert_eq!(alone(Kind::PROPOSAL), "open under_review accepted in_progress done");
        assert_eq!(alone(Kind::REPORT), "");
        assert_eq!(alone(Kind::PROJECT), "under_review accepted in_progress done");
        assert!(!Status::OPEN.fits(Kind::PROJECT) && Status::OPEN.fits(Kind::REPORT));
    }
}
