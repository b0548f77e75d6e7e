//! What a note and a text to answer with must be before they are written. No SQL, no HTTP.

use crate::base::error::Problem;
use crate::base::http::Fields;
use crate::base::i18n::{Lang, Message};
use crate::base::text::{clean, line, seen};
use crate::civic::work::replies::NewReply;

/// The longest note, name and text, in characters.
pub(super) const NOTE: usize = 2_000;
pub(super) const NAME: usize = 80;
pub(super) const BODY: usize = 3_500;

fn problem(field: &str, message: Message) -> Problem {
    Problem { field: field.to_owned(), message }
}

fn too_long(field: &str, text: &str, most: usize) -> Option<Problem> {
    let length = text.chars().count();
    let said = || Message::new("moderation-too-long").with("length", length).with("most", most);
    (length > most).then(|| problem(field, said()))
}

/// The text of a note.
///
/// # Errors
/// Where it is empty or too long.
pub(super) fn note(sent: &Fields) -> Result<String, Problem> {
    let body = clean(sent.get("body"));
    if seen(&body) == 0 {
        return Err(problem("body", Message::new("note-empty")));
    }
    too_long("body", &body, NOTE).map_or(Ok(body), Err)
}

/// A text to answer with, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReplyForm {
    pub(super) name: String,
    pub(super) body: String,
    pub(super) lang: String,
    /// The version that the form saw.
    pub(super) saw: i64,
}

impl ReplyForm {
    pub(super) fn of(sent: &Fields) -> ReplyForm {
        ReplyForm {
            name: sent.get("name").to_owned(),
            body: sent.get("body").to_owned(),
            lang: sent.get("lang").to_owned(),
            saw: sent.get("version").parse().unwrap_or(0),
        }
    }

    /// The text, or all that is wrong.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub(super) fn check(&self) -> Result<NewReply, Vec<Problem>> {
        let (name, body) = (line(&self.name, NAME + 1), clean(&self.body));
        let mut problems = Vec::new();
        if seen(&name) < 2 {
            problems.push(problem("name", Message::new("reply-no-name")));
        }
        problems.extend(too_long("name", &name, NAME));
        if seen(&body) < 3 {
            problems.push(problem("body", Message::new("reply-no-body")));
        }
        problems.extend(too_long("body", &body, BODY));
        match Lang::of_code(&self.lang) {
            Some(lang) if problems.is_empty() => Ok(NewReply { name, body, lang: lang.code().to_owned() }),
            Some(_) => Err(problems),
            None => {
                problems.push(problem("lang", Message::new("reply-no-lang")));
                Err(problems)
            }
        }
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn all_that_is_wrong_with_a_text_to_answer_with_is_said_at_once() {
        let good =
            ReplyForm { name: "Merci".into(), body: "Merci de l’idée.".into(), lang: "fr".into(), saw: 0 };
        assert!(good.check().is_ok());
        let bad = ReplyForm {
            name: "x".repeat(NAME + 5),
            body: " \u{200b}".into(),
            lang: "klingon".into(),
            saw: 0,
        };
        let fields: Vec<String> = bad.check().unwrap_err().into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["name", "body", "lang"]);
    }
}
