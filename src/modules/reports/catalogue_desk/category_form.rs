//! What a category must be, and its form. No SQL, no HTTP.

use super::questions::{self, Typed};
use super::store::NewCategory;
use crate::base::error::{Error, Problem};
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::text::{clean, fold, line, seen};
use crate::core::features::vocabulary::PALETTE;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{Category, CategoryId, Sort};

/// The longest name.
pub(super) const LABEL: usize = 60;
/// The longest of the other texts.
pub(super) const TEXT: usize = 400;
/// The farthest that another report may be the same, in metres.
pub(super) const METRES: i64 = 2_000;
/// The longest time after its end.
pub(super) const DAYS: i64 = 365;

/// A category as it is typed.
#[derive(Debug, Clone, Default)]
pub(super) struct CategoryForm {
    pub(super) parent: String,
    pub(super) label: String,
    pub(super) label_en: String,
    pub(super) hint: String,
    pub(super) keywords: String,
    pub(super) sort: String,
    pub(super) target_n: String,
    pub(super) target_unit: String,
    pub(super) metres: String,
    pub(super) days: String,
    pub(super) checks_photos: bool,
    pub(super) danger: String,
    pub(super) color: String,
    pub(super) icon: String,
    pub(super) questions: Vec<Typed>,
    pub(super) was: String,
}

impl CategoryForm {
    /// The form of one that there is.
    pub(super) fn of(category: &Category) -> CategoryForm {
        CategoryForm {
            parent: category.parent.map(|id| id.0.to_string()).unwrap_or_default(),
            label: category.label.clone(),
            label_en: category.label_en.clone(),
            hint: category.hint.clone(),
            keywords: category.keywords.clone(),
            sort: category.sort.word().to_owned(),
            target_n: category.target.map(|target| target.n.to_string()).unwrap_or_default(),
            target_unit: category.target.map_or(Unit::WorkingDays, |target| target.unit).word().to_owned(),
            metres: category.duplicate_metres.to_string(),
            days: category.duplicate_days.to_string(),
            checks_photos: category.checks_photos,
            danger: category.danger.clone(),
            color: category.color.clone(),
            icon: category.icon.clone(),
            questions: questions::shown(&category.questions),
            was: super::token(category),
        }
    }

    /// The form of a new one, below a type or not: it looks like the others there.
    pub(super) fn new(parent: Option<&Category>) -> CategoryForm {
        let like = |of: fn(&Category) -> &str, else_: &str| parent.map_or(else_, of).to_owned();
        CategoryForm {
            parent: parent.map(|parent| parent.id.0.to_string()).unwrap_or_default(),
            sort: parent.map_or(Sort::Problem, |parent| parent.sort).word().to_owned(),
            target_unit: Unit::WorkingDays.word().to_owned(),
            metres: super::usual::METRES.to_string(),
            days: super::usual::DAYS.to_string(),
            color: like(|parent| &parent.color, PALETTE[0]),
            icon: like(|parent| &parent.icon, "dot"),
            questions: questions::shown(&[]),
            ..CategoryForm::default()
        }
    }

    /// As it was sent.
    pub(super) fn sent(fields: &Fields) -> CategoryForm {
        let get = |name: &str| fields.get(name).to_owned();
        CategoryForm {
            parent: get("parent"),
            label: get("label"),
            label_en: get("label_en"),
            hint: get("hint"),
            keywords: get("keywords"),
            sort: get("sort"),
            target_n: get("target_n"),
            target_unit: get("target_unit"),
            metres: get("metres"),
            days: get("days"),
            checks_photos: !get("checks_photos").is_empty(),
            danger: get("danger"),
            color: get("color"),
            icon: get("icon"),
            questions: questions::sent(fields),
            was: get("was"),
        }
    }

    /// Checks everything, and says all that is wrong at once. `now` is what it changes.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each field that is wrong.
    pub(super) fn check(
        &self,
        catalogue: &Catalogue,
        now: Option<&Category>,
        icons: &[String],
    ) -> Result<NewCategory, Error> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, key: &'static str| {
            problems.push(Problem { field: field.to_owned(), message: Message::new(key) });
        };
        let label = line(&self.label, usize::MAX);
        let parent = self.parent(catalogue, now).unwrap_or_else(|key| {
            wrong("parent", key);
            None
        });
        if seen(&label) < 2 || label.chars().count() > LABEL {
            wrong("label", "report-desk-label-length");
        } else if is_taken(catalogue, now, parent, &label) {
            wrong("label", "report-desk-label-taken");
        }
        let sort = Sort::of_word(&self.sort);
        if sort.is_none() {
            wrong("sort", "report-desk-bad-choice");
        }
        let target = target(&self.target_n, &self.target_unit).unwrap_or_else(|key| {
            wrong("target_n", key);
            None
        });
        let metres = within(&self.metres, METRES);
        let days = within(&self.days, DAYS);
        for (field, value) in [("metres", metres), ("days", days)] {
            if value.is_none() {
                wrong(field, "report-desk-bad-number");
            }
        }
        let is_own = |color: &str| now.is_some_and(|now| now.color == color);
        if !PALETTE.contains(&self.color.as_str()) && !is_own(&self.color) {
            wrong("color", "report-desk-bad-choice");
        }
        if !icons.contains(&self.icon) {
            wrong("icon", "report-desk-bad-choice");
        }
        let known = now.map_or(&[][..], |now| now.questions.as_slice());
        let questions = questions::check(&self.questions, known).map_err(|problem| problems.push(problem));
        let (Some(sort), Some(metres), Some(days), Ok(questions), true) =
            (sort, metres, days, questions, problems.is_empty())
        else {
            return Err(Error::Invalid(problems));
        };
        Ok(NewCategory {
            parent,
            label,
            label_en: line(&self.label_en, LABEL),
            hint: clean(&self.hint).chars().take(TEXT).collect(),
            keywords: line(&self.keywords, TEXT),
            sort,
            questions: serde_json::to_string(&questions).map_err(|e| Error::Internal(e.to_string()))?,
            target,
            duplicate_metres: metres,
            duplicate_days: days,
            checks_photos: self.checks_photos,
            danger: clean(&self.danger).chars().take(TEXT).collect(),
            color: self.color.clone(),
            icon: self.icon.clone(),
        })
    }

    /// The type that it is to stand below: one that stands below none itself, and not where it has categories below it.
    fn parent(
        &self,
        catalogue: &Catalogue,
        now: Option<&Category>,
    ) -> Result<Option<CategoryId>, &'static str> {
        if self.parent.is_empty() {
            return Ok(None);
        }
        let id = self.parent.parse().map(CategoryId).map_err(|_no_number| "report-desk-bad-choice")?;
        let parent = catalogue.category(id).filter(|parent| parent.parent.is_none());
        let parent = parent.ok_or("report-desk-bad-choice")?;
        let has_below =
            |now: &Category| catalogue.categories.iter().any(|other| other.parent == Some(now.id));
        match now {
            Some(now) if now.id == parent.id || has_below(now) => Err("report-desk-bad-parent"),
            _ => Ok(Some(id)),
        }
    }
}

fn is_taken(catalogue: &Catalogue, now: Option<&Category>, parent: Option<CategoryId>, label: &str) -> bool {
    let is_other = |other: &&Category| now.is_none_or(|now| now.id != other.id);
    let same = |other: &Category| other.parent == parent && fold(&other.label) == fold(label);
    catalogue.categories.iter().filter(is_other).any(same)
}

fn within(typed: &str, most: i64) -> Option<i64> {
    typed.parse().ok().filter(|n| (0..=most).contains(n))
}

/// A promise as it is typed; nothing where none is.
///
/// # Errors
/// The key of what is wrong.
pub(super) fn target(n: &str, unit: &str) -> Result<Option<Target>, &'static str> {
    if n.is_empty() {
        return Ok(None);
    }
    let unit = Unit::of_word(unit).ok_or("report-desk-bad-choice")?;
    let n = n.parse().map_err(|_no_number| "report-desk-bad-target")?;
    Target::new(n, unit).map(Some).ok_or("report-desk-bad-target")
}
