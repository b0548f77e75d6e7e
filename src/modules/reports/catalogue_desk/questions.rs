//! The questions of a category, as a form of plain fields says them: one group each, and an empty one to add another. No SQL, no HTTP.
//!
//! What it is not: how residents answer them. Invariants: the code of a question stays, whatever it is called later, because answers
//! are kept under it; a question whose text is emptied is gone.

use crate::base::error::Problem;
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::text::{clean, line, slug};
use crate::modules::reports::model::{Datatype, Question};

/// The most questions of a category: who reports has a minute.
const MOST: usize = 8;
/// The most choices of a question.
const CHOICES: usize = 30;
/// The longest text of a question, and of a choice.
const LONGEST: usize = 160;

/// A question as it was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// Nothing: it is new.
    pub(super) code: String,
    pub(super) label: String,
    pub(super) label_en: String,
    pub(super) datatype: String,
    pub(super) is_required: bool,
    /// One choice a line; of one that has a key already, `key = name`.
    pub(super) values: String,
}

impl Typed {
    fn of(question: &Question) -> Typed {
        let values = question.values.iter().map(|(key, name)| format!("{key} = {name}"));
        Typed {
            code: question.code.clone(),
            label: question.label.clone(),
            label_en: question.label_en.clone(),
            datatype: question.datatype.word().to_owned(),
            is_required: question.is_required,
            values: values.collect::<Vec<_>>().join("\n"),
        }
    }

    fn is_list(&self) -> bool {
        [Datatype::One, Datatype::Several].iter().any(|list| list.word() == self.datatype)
    }
}

/// The questions of a category as a form shows them, and an empty one after them.
pub(super) fn shown(questions: &[Question]) -> Vec<Typed> {
    let mut all: Vec<Typed> = questions.iter().map(Typed::of).collect();
    if all.len() < MOST {
        all.push(Typed::default());
    }
    all
}

/// The questions as a form was sent.
pub(super) fn sent(fields: &Fields) -> Vec<Typed> {
    let of = |at: usize| {
        let get = |name: &str| fields.get(&format!("q{at}_{name}")).to_owned();
        Typed {
            code: get("code"),
            label: get("label"),
            label_en: get("label_en"),
            datatype: get("datatype"),
            is_required: !get("required").is_empty(),
            values: get("values"),
        }
    };
    (0..MOST).map(of).filter(|typed| !(typed.label.is_empty() && typed.values.is_empty())).collect()
}

/// The same as a form that comes back shows them.
pub(super) fn again(mut sent: Vec<Typed>) -> Vec<Typed> {
    if sent.len() < MOST {
        sent.push(Typed::default());
    }
    sent
}

/// Checks all of them; `known` are the questions as they are.
///
/// # Errors
/// What is wrong with the first that is, as a problem of `questions`.
pub(super) fn check(typed: &[Typed], known: &[Question]) -> Result<Vec<Question>, Problem> {
    let mut all: Vec<Question> = Vec::new();
    for (at, one) in typed.iter().enumerate() {
        let question = check_one(one, known, &all)
            .map_err(|message| Problem { field: "questions".into(), message: message.with("at", at + 1) })?;
        all.push(question);
    }
    Ok(all)
}

fn check_one(typed: &Typed, known: &[Question], before: &[Question]) -> Result<Question, Message> {
    let label = line(&typed.label, LONGEST);
    if crate::base::text::seen(&label) < 2 {
        return Err(Message::new("report-desk-question-label"));
    }
    let datatype =
        Datatype::of_word(&typed.datatype).ok_or_else(|| Message::new("report-desk-question-sort"))?;
    let taken = |code: &str| before.iter().any(|other| other.code == code);
    let is_known = known.iter().any(|question| question.code == typed.code) && !taken(&typed.code);
    let code = if is_known {
        typed.code.clone()
    } else {
        new_code(&label, &|code| taken(code) || known.iter().any(|q| q.code == code))
    };
    let values = if typed.is_list() { choices(&typed.values)? } else { Vec::new() };
    let label_en = line(&typed.label_en, LONGEST);
    Ok(Question { code, label, label_en, datatype, is_required: typed.is_required, values })
}

fn new_code(label: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let stem: String = slug(label).replace('-', "_").chars().take(30).collect();
    let mut codes = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}_{n}")));
    codes.find(|code| !taken(code)).unwrap_or(stem)
}

fn choices(text: &str) -> Result<Vec<(String, String)>, Message> {
    let mut all: Vec<(String, String)> = Vec::new();
    for typed in clean(text).lines().map(|typed| line(typed, LONGEST)).filter(|typed| !typed.is_empty()) {
        let (key, name) = match typed.split_once(" = ") {
            Some((key, name)) => (slug(key), name.trim().to_owned()),
            None => (slug(&typed), typed.clone()),
        };
        if all.iter().any(|(other, _)| *other == key) {
            return Err(Message::new("report-desk-question-twice").with("choice", name));
        }
        all.push((key, name));
    }
    if all.len() < 2 || all.len() > CHOICES {
        return Err(Message::new("report-desk-question-choices").with("most", CHOICES));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(label: &str, datatype: &str, values: &str) -> Typed {
        Typed { label: label.into(), datatype: datatype.into(), values: values.into(), ..Typed::default() }
    }

    #[test]
    fn a_question_keeps_its_code_when_it_is_called_otherwise_and_a_new_one_gets_a_code_of_its_own() {
        let first = check(&[typed("Quel côté ?", "string", "")], &[]).unwrap();
        assert_eq!(first[0].code, "quel_cote");
        let renamed = Typed { code: "quel_cote".into(), ..typed("De quel côté ?", "string", "") };
        let two = check(&[renamed, typed("Quel côté ?", "number", "")], &first).unwrap();
        assert_eq!((two[0].code.as_str(), two[1].code.as_str()), ("quel_cote", "quel_cote_2"));
    }

    #[test]
    fn choices_keep_their_keys_and_what_is_wrong_is_said_with_its_number() {
        let list =
            check(&[typed("Taille", "singlevaluelist", "petit = Tout petit\n\nGrand\r\n")], &[]).unwrap();
        assert_eq!(list[0].values, [("petit".into(), "Tout petit".into()), ("grand".into(), "Grand".into())]);
        let twice =
            check(&[typed("Taille", "string", ""), typed("Taille", "multivaluelist", "Grand\ngrand")], &[]);
        let problem = twice.unwrap_err();
        assert_eq!(problem.message.key, "report-desk-question-twice");
        assert!(problem.message.args.contains(&("at", "2".to_owned())));
        assert_eq!(
            check(&[typed("Taille", "singlevaluelist", "Grand")], &[]).unwrap_err().message.key,
            "report-desk-question-choices"
        );
        assert_eq!(
            check(&[typed("Taille", "json", "")], &[]).unwrap_err().message.key,
            "report-desk-question-sort"
        );
    }
}
