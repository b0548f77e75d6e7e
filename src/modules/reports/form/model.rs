//! What a report must be before it is written. No SQL, no HTTP.

use crate::base::error::Problem;
use crate::base::i18n::Message;
use crate::base::ids::PhotoId;
use crate::base::text::clean;
use crate::civic::placing::{ChosenPlace, Fields, on_the_map};
use crate::core::atlas::World;
use crate::core::features::Content;
use crate::modules::reports::model::{Answers, Category, Datatype, Question};

/// The longest description, in characters.
pub(in crate::modules::reports) const BODY_MOST: usize = 4_000;

/// The longest answer to a question, in characters.
const ANSWER_MOST: usize = 500;

/// What a person wants done with what they typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Step {
    /// Send it.
    #[default]
    Publish,
    /// Show whom it goes to, and what is known there.
    Preview,
    /// Show the form again.
    Correct,
    /// Look for the address that was typed.
    Find,
}

/// The form as it was sent. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default)]
pub(in crate::modules::reports) struct Form {
    pub(super) step: Step,
    /// Words to look for a category by.
    pub(super) q: String,
    /// A slug, or empty.
    pub(super) category: String,
    /// Degrees, or empty.
    pub(super) lon: String,
    pub(super) lat: String,
    /// An address to look for, or where it is in words.
    pub(super) address: String,
    pub(super) body: String,
    /// Question code and answer, as they came.
    pub(super) answers: Vec<(String, String)>,
    /// The slug of a process, or empty.
    pub(super) process: String,
    /// The slug of the service that was chosen near a border, or empty.
    pub(super) service: String,
    /// Pending photos.
    pub(super) photos: Vec<PhotoId>,
    /// What photos show, by id.
    pub(super) alts: Vec<(PhotoId, String)>,
    /// Photos to leave out.
    pub(super) dropped: Vec<PhotoId>,
    /// The key of an edit link, or empty.
    pub(super) key: String,
    /// Nothing is drawn, and no area stands for a place: what the form's map looks for.
    pub(super) geometry: String,
    /// See `geometry`.
    pub(super) area: String,
}

impl Fields for Form {
    fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> Form {
        let mut form = Form::default();
        let mut found = String::new();
        for (name, value) in fields {
            match name.as_str() {
                "step" => {
                    form.step = match value.as_str() {
                        "preview" => Step::Preview,
                        "correct" => Step::Correct,
                        "find" => Step::Find,
                        _ => Step::Publish,
                    }
                }
                "q" => form.q = value,
                "category" => form.category = value,
                "lon" => form.lon = value,
                "lat" => form.lat = value,
                "address" => form.address = value,
                "found" => found = value,
                "body" => form.body = value,
                "process" => form.process = value,
                "service" => form.service = value,
                "key" => form.key = value,
                "photo" => form.photos.extend(PhotoId::of_text(&value)),
                "drop" => form.dropped.extend(PhotoId::of_text(&value)),
                name => {
                    if let Some(photo) = name.strip_prefix("alt-").and_then(PhotoId::of_text) {
                        form.alts.push((photo, value));
                    } else if let Some(code) = name.strip_prefix("answer-") {
                        form.answers.push((code.to_owned(), value));
                    }
                }
            }
        }
        form.photos.retain(|id| !form.dropped.contains(id));
        // An address chosen from a list stands for a place only where none was set otherwise.
        if form.lon.is_empty()
            && let Some((lon, lat)) = found.split_once(',')
        {
            (form.lon, form.lat) = (lon.to_owned(), lat.to_owned());
        }
        form
    }
}

/// A report that may be sent.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub(super) content: Content,
    pub(super) answers: Answers,
    pub(super) address: String,
    /// Longitude and latitude, in degrees.
    pub(super) at: (f64, f64),
}

impl Form {
    /// Whether a photo came with this form, and is not the report's yet.
    pub(super) fn is_pending(&self, photo: &PhotoId) -> bool {
        self.photos.contains(photo)
    }

    /// What a photo shows, as it was typed.
    pub(super) fn alt(&self, photo: PhotoId) -> &str {
        self.alts.iter().find(|(id, _)| *id == photo).map_or("", |(_, alt)| alt.as_str())
    }

    /// Each pending photo with what it shows.
    pub(super) fn captions(&self) -> Vec<(PhotoId, String)> {
        self.photos.iter().map(|id| (*id, self.alt(*id).to_owned())).collect()
    }

    /// Whether the place is said in a way that only its fields show: never, a report lies at a point.
    pub(super) fn has_only_coordinates(&self) -> bool {
        false
    }

    /// Longitude and latitude in degrees, where the form says one that the map shows.
    pub(in crate::modules::reports) fn at(&self) -> Option<(f64, f64)> {
        on_the_map(&self.lon, &self.lat)
    }

    /// What was answered to a question.
    pub(super) fn answered(&self, code: &str) -> Vec<&str> {
        let own = self.answers.iter().filter(|(known, _)| known == code);
        own.map(|(_, answer)| answer.as_str()).filter(|answer| !answer.trim().is_empty()).collect()
    }

    /// Whether that is one of the answers.
    pub(super) fn has_answer(&self, code: &str, key: &str) -> bool {
        self.answered(code).contains(&key)
    }

    /// Checks everything, and says all that is wrong at once.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub(super) fn check(&self, world: &World, category: &Category) -> Result<Checked, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: String, message| problems.push(Problem { field, message });
        let body = clean(&self.body);
        let length = body.chars().count();
        if length > BODY_MOST {
            let message = Message::new("proposal-too-long").with("length", length).with("most", BODY_MOST);
            wrong("body".into(), message);
        }
        let mut answers = Answers::new();
        for question in &category.questions {
            match self.answer(question) {
                Ok(answer) if answer.is_empty() => {}
                Ok(answer) => drop(answers.insert(question.code.clone(), answer)),
                Err(message) => wrong(format!("answer-{}", question.code), message),
            }
        }
        let place = ChosenPlace::read("", &self.lon, &self.lat, "", world);
        let geometry = match place {
            Ok(ChosenPlace::Drawn(geometry)) => Some(geometry),
            Ok(ChosenPlace::Area(_)) => None,
            Err(message) if message.key == "proposal-no-place" => {
                wrong("place".into(), Message::new("report-no-place"));
                None
            }
            Err(message) => {
                wrong("place".into(), message);
                None
            }
        };
        match (geometry, self.at()) {
            (Some(geometry), Some(at)) if problems.is_empty() => Ok(Checked {
                content: Content {
                    title: category.label.clone(),
                    body,
                    theme: None,
                    areas: world.territory().areas_of(&geometry),
                    geometry: Some(geometry),
                    stated_area: None,
                },
                answers,
                address: crate::base::text::line(&self.address, 120),
                at,
            }),
            _ => Err(problems),
        }
    }

    /// An answer as it is kept; none where nothing was answered.
    fn answer(&self, question: &Question) -> Result<Vec<String>, Message> {
        read_answer(question, &self.answered(&question.code))
    }
}

/// Reads what was answered to a question: nothing where it is empty and need not be more.
///
/// # Errors
/// What is wrong with it.
pub(in crate::modules::reports) fn read_answer(
    question: &Question,
    said: &[&str],
) -> Result<Vec<String>, Message> {
    let said: Vec<String> = said.iter().map(|answer| clean(answer)).filter(|a| !a.is_empty()).collect();
    if said.is_empty() {
        let missing = || Message::new("report-answer-missing");
        return if question.is_required { Err(missing()) } else { Ok(said) };
    }
    if said.iter().any(|answer| answer.chars().count() > ANSWER_MOST) {
        return Err(Message::new("report-answer-long").with("most", ANSWER_MOST));
    }
    let is_listed = |answer: &String| question.values.iter().any(|(key, _)| key == answer);
    match question.datatype {
        Datatype::One | Datatype::Several if !said.iter().all(is_listed) => {
            Err(Message::new("report-answer-unlisted"))
        }
        Datatype::Several => Ok(said),
        _ if said.len() > 1 => Err(Message::new("report-answer-one")),
        Datatype::Number if said.iter().any(|n| n.replace(',', ".").parse::<f64>().is_err()) => {
            Err(Message::new("report-answer-number"))
        }
        Datatype::Datetime if said.iter().any(|day| !is_day(day)) => Err(Message::new("report-answer-day")),
        _ => Ok(said),
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok()
        || chrono::DateTime::parse_from_rfc3339(text).is_ok()
        || chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(datatype: Datatype, is_required: bool) -> Question {
        let values = vec![("a".to_owned(), "Un".to_owned()), ("b".to_owned(), "Deux".to_owned())];
        Question {
            code: "q".into(),
            label: "Q".into(),
            label_en: String::new(),
            datatype,
            is_required,
            values,
        }
    }

    #[test]
    fn an_answer_is_of_the_sort_that_its_question_takes() {
        let said = |datatype, said: &[&str]| {
            read_answer(&question(datatype, false), said).map_err(|message| message.key.into_owned())
        };
        assert_eq!(said(Datatype::One, &["a"]), Ok(vec!["a".to_owned()]));
        assert_eq!(said(Datatype::One, &["a", "b"]), Err("report-answer-one".into()));
        assert_eq!(said(Datatype::Several, &["a", "b"]), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(said(Datatype::Several, &["a", "c"]), Err("report-answer-unlisted".into()));
        assert_eq!(said(Datatype::Number, &["2,5"]), Ok(vec!["2,5".to_owned()]));
        assert_eq!(said(Datatype::Number, &["deux"]), Err("report-answer-number".into()));
        assert_eq!(said(Datatype::Datetime, &["2026-02-30"]), Err("report-answer-day".into()));
        assert!(said(Datatype::Datetime, &["2026-02-28"]).is_ok());
        assert_eq!(said(Datatype::String, &[" \u{200b}"]), Ok(Vec::new()), "what nobody sees is no answer");
        assert_eq!(said(Datatype::Text, &[&"x".repeat(501)]), Err("report-answer-long".into()));
    }

    #[test]
    fn what_must_be_answered_is_asked_for() {
        let asked = read_answer(&question(Datatype::String, true), &["  "]);
        assert_eq!(asked.unwrap_err().key, "report-answer-missing");
    }
}
