//! A row by its mapping: what it says of a contribution.
//!
//! What it is: the mapping checked against a file's columns ([`Plan`]), and what it makes of a row ([`Draft`]).
//! What it is not: it knows no area, theme or status of the platform. Invariant: texts are clean, the geometry is checked.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use geo::Geometry;
use serde_json::Value;

use super::{
    Cause, Locator, Properties, Record, RecordError, Repair, clean, dates, expression::Expression,
    mapping::AnswerColumns, theme_key,
};

/// What a row becomes: texts are clean, the geometry is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Where the row stands in its file.
    pub place: Locator,
    /// Identifier in the file.
    pub external_id: Option<String>,
    /// Title, one line, 1 to 120 characters.
    pub title: String,
    /// Text; may be empty.
    pub body: String,
    /// Theme label, renamed by `[values.theme]`; match it with [`theme_key`].
    pub theme: Option<String>,
    /// Status label, renamed by `[values.status]`.
    pub status: Option<String>,
    /// Date of creation.
    pub created: Option<DateTime<Utc>>,
    /// Name or code of the area; or those of several, of which the smallest is meant.
    pub area: Option<String>,
    /// What it is, where the row says it.
    pub kind: Option<String>,
    /// The process that it belongs to, where the row says it.
    pub process: Option<String>,
    /// What the authority answered.
    pub answer: Option<Answered>,
    /// What a report says beside.
    pub report: Option<Reported>,
    /// Geometry in WGS84 longitude and latitude.
    pub geometry: Option<Geometry<f64>>,
    /// What was put right in the geometry.
    pub repairs: Vec<Repair>,
}

/// What a report says beside what everything says.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// The label of its category.
    pub category: String,
    /// The label of what it is below that category.
    pub subcategory: Option<String>,
    /// The name of the service that treats it.
    pub service: Option<String>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
}

/// An answer of the authority as a row says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Its word or label.
    pub verdict: String,
    /// The text.
    pub text: String,
    /// Why.
    pub motive: String,
    /// The address of what changed.
    pub link: String,
    /// Who signs.
    pub authority: String,
    /// When.
    pub date: Option<DateTime<Utc>>,
}

/// A mapping checked against the columns of a file, ready to be applied to each row.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) id: Option<Expression>,
    pub(super) title: Option<Expression>,
    pub(super) body: Option<Expression>,
    pub(super) theme: Option<Expression>,
    pub(super) status: Option<Expression>,
    pub(super) created: Option<Expression>,
    pub(super) area: Option<Expression>,
    pub(super) kind: Option<Expression>,
    pub(super) process: Option<Expression>,
    pub(super) answer: AnswerColumns,
    pub(super) report: ReportPlan,
    pub(super) empty: Vec<String>,
    pub(super) themes: HashMap<String, String>,
    pub(super) statuses: HashMap<String, String>,
    pub(super) areas: HashMap<String, String>,
}

/// The columns of a report.
#[derive(Debug, Clone)]
pub(super) struct ReportPlan {
    pub(super) category: Option<Expression>,
    pub(super) subcategory: Option<Expression>,
    pub(super) service: Option<Expression>,
    pub(super) ended: Option<Expression>,
}

/// The longest title, in characters.
const TITLE: usize = 120;

impl Plan {
    /// Makes a draft of a row.
    ///
    /// # Errors
    /// An impossible date, or neither title nor text. The error holds what the row held.
    pub fn draft(&self, record: Record) -> Result<Draft, RecordError> {
        let text = |expression: &Option<Expression>| {
            expression
                .as_ref()
                .map(|expression| expression.text(&record.properties, &self.empty))
                .unwrap_or_default()
        };
        let line = |expression| Some(clean::one_line(&text(expression))).filter(|line| !line.is_empty());
        let created = match text(&self.created) {
            date if date.trim().is_empty() => Ok(None),
            date => dates::parse(&date).map(Some),
        };
        let body = clean::paragraphs(&text(&self.body));
        let mut title = clean::first_words(&text(&self.title), TITLE);
        if title.is_empty() {
            title = clean::first_words(&body, TITLE);
        }
        let renamed = |label: Option<String>, names: &HashMap<String, String>| {
            label.map(|label| names.get(&theme_key(&label)).cloned().unwrap_or(label))
        };
        let external_id = line(&self.id).or(record.id);
        let label = |expression| line(expression).map(|line| clean::label(&line));
        let theme = renamed(label(&self.theme), &self.themes);
        let status = renamed(label(&self.status), &self.statuses);
        let area = renamed(line(&self.area).map(|area| listed(&area)), &self.areas);
        let (kind, process) = (line(&self.kind), line(&self.process));
        let ended = match text(&self.report.ended) {
            date if date.trim().is_empty() => Ok(None),
            date => dates::parse(&date).map(Some),
        };
        let (category, subcategory) = (label(&self.report.category), label(&self.report.subcategory));
        let (service, answer) = (label(&self.report.service), self.answered(&record.properties));
        let dated = match (created, answer, ended) {
            (Ok(_), Ok(_), Ok(_)) if title.is_empty() => Err(Cause::NoText),
            (Ok(created), Ok(answer), Ok(ended)) => Ok((created, answer, ended)),
            (Err(cause), ..) | (_, Err(cause), _) | (_, _, Err(cause)) => Err(cause),
        };
        match dated {
            Ok((created, answer, ended)) => Ok(Draft {
                place: record.place,
                external_id,
                title,
                body,
                theme,
                status,
                created,
                area,
                kind,
                process,
                answer,
                report: category.map(|category| Reported { category, subcategory, service, ended }),
                geometry: record.geometry,
                repairs: record.repairs,
            }),
            Err(cause) => Err(RecordError { place: record.place, cause, properties: record.properties }),
        }
    }

    /// The answer of a row, from its columns or from one object.
    fn answered(&self, properties: &Properties) -> Result<Option<Answered>, Cause> {
        let value = |name: &Option<String>| {
            let name = name.as_deref().map(|name| name.trim_matches('`'))?;
            properties.iter().find(|(column, _)| **column == *name).map(|(_, value)| value)
        };
        let whole = value(&self.answer.whole).and_then(Value::as_object);
        let text = |name: &Option<String>, member: &str| {
            let found = whole.and_then(|whole| whole.get(member)).or_else(|| value(name));
            found.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
        };
        let AnswerColumns { verdict, text: body, motive, link, authority, date, .. } = &self.answer;
        let verdict = text(verdict, "verdict");
        if verdict.is_empty() {
            return Ok(None);
        }
        let date = text(date, "date");
        Ok(Some(Answered {
            verdict,
            text: text(body, "text"),
            motive: text(motive, "motive"),
            link: text(link, "link"),
            authority: text(authority, "authority"),
            date: if date.is_empty() { None } else { Some(dates::parse(&date)?) },
        }))
    }
}

/// The areas of a JSON list as one text: GeoJSON says them so.
fn listed(area: &str) -> String {
    match serde_json::from_str::<Vec<String>>(area) {
        Ok(areas) => areas.join(", "),
        Err(_) => area.to_owned(),
    }
}
