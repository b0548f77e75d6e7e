//! A report from another program: read, checked against what its category asks, and received as a resident's is.
//!
//! Invariants: who sends it has a key; the addresses, names and telephone numbers that come with it are read by nobody; the address of a
//! picture is not followed.

use super::asked::Asked;
use super::refused::Refusal;
use super::requests::made;
use crate::base::error::Error;
use crate::base::http;
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::base::text::{clean, fold, line};
use crate::civic::accounts::BODY;
use crate::civic::keys::{self, Key, Presented, Scope};
use crate::civic::placing::{ChosenPlace, addresses};
use crate::civic::processes::ProcessRules;
use crate::civic::processes::local_time;
use crate::core::app::App;
use crate::core::features::{Channel, Content};
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::form::read_answer;
use crate::modules::reports::letters;
use crate::modules::reports::model::{Answers, Category, Question};
use crate::modules::reports::store;
use crate::modules::reports::treating::{self, NewReport};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// The longest description, as the specification has it.
const TEXT_MOST: usize = 4_000;

/// The longest address.
const LINE_MOST: usize = 300;

/// A form that a program sent, with its key.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) key: Key,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads it. Who has no key is told so before anything else.
    pub(super) async fn read(asked: &Asked, presented: Presented, request: Request) -> Result<Form, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let body = http::whole(request.into_body(), BODY).await?;
        let fields: Vec<(String, String)> =
            if is_form { form_urlencoded::parse(&body).into_owned().collect() } else { Vec::new() };
        let of_form = fields.iter().find(|(name, _)| name == "api_key").map(|(_, key)| key.as_str());
        let key = keys::check(&asked.app, &presented.or_field(of_form), Scope::Open311).await?;
        if !is_form {
            return Err(Refusal::wrong("open311-no-form"));
        }
        let form = Form { key, fields };
        asked.must_be_ours(form.field("jurisdiction_id"))?;
        asked.app.must_be_open()?;
        Ok(form)
    }

    /// A field; an empty one is none.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    }

    /// What was answered to a question: `attribute[CODE]`, and where several are chosen `attribute[CODE][]`.
    fn answers(&self, code: &str) -> Vec<&str> {
        let (one, many) = (format!("attribute[{code}]"), format!("attribute[{code}][]"));
        let given = self.fields.iter().filter(|(name, _)| *name == one || *name == many);
        given.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
    }
}

/// `POST /open311/v2/requests.xml`
pub(super) async fn receive(asked: Asked, presented: Presented, request: Request) -> Response {
    match taken(&asked, presented, request).await {
        Ok((id, said)) => {
            let mut response = asked.answered(Ok(said));
            // Where it is seen; and where bursts look for what was placed.
            if let Ok(to) =
                HeaderValue::from_str(&crate::base::http::url(format_args!("/features/{id}")).to_string())
            {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        Err(refusal) => asked.answered(Err(refusal)),
    }
}

type Taken = Result<(i64, (StatusCode, &'static str, super::doc::Node)), Refusal>;

async fn taken(asked: &Asked, presented: Presented, request: Request) -> Taken {
    let form = Form::read(asked, presented, request).await?;
    let catalogue = Catalogue::of(&asked.app).await?;
    let code = form.field("service_code").ok_or_else(|| Refusal::wrong("open311-needs-service"))?;
    let category = catalogue.offered(code).ok_or_else(|| Refusal::missing("open311-no-service"))?;
    let new = check(&asked.app, &form, category).await?;
    let id = match write(&asked.app, new).await {
        // The same request, sent again with its own number: it is answered like the first time.
        Err(Error::Repeated(Some(id))) => {
            id.parse().map_err(|_no_number: std::num::ParseIntError| Error::NotFound)?
        }
        other => other?,
    };
    let report = store::find(&asked.app.db, crate::base::ids::FeatureId(id)).await?.ok_or(Error::NotFound)?;
    let service = report.service.and_then(|id| catalogue.service(id));
    let lang = asked.reader.lang;
    let notice = match (service, report.due_at) {
        (Some(service), Some(due)) => Message::new("open311-notice-due")
            .with("service", service.name(lang))
            .with("day", local_time::said_until(lang, due)),
        (Some(service), None) => Message::new("open311-notice").with("service", service.name(lang)),
        (None, _) => Message::new("open311-notice-nobody"),
    };
    Ok((id, (StatusCode::CREATED, "service_requests", made(id, &notice, lang))))
}

async fn write(app: &App, new: NewReport) -> Result<i64, Error> {
    let mut write = app.begin().await?;
    let by = (None, Channel::Open311);
    let id = treating::receive(app, &mut write, new, by, &ProcessRules::square()).await?;
    let report = store::find(write.tx(), id).await?.ok_or(Error::NotFound)?;
    letters::to_service(app, &mut write, &report).await?;
    let location = format!("/features/{id}");
    write.answers(Answered::Thing { thing: id.to_string(), location });
    app.commit(write).await?;
    Ok(id.0)
}

async fn check(app: &App, form: &Form, category: &Category) -> Result<NewReport, Refusal> {
    let mut wrong = Vec::new();
    let body = clean(form.field("description").unwrap_or_default());
    if body.chars().count() > TEXT_MOST {
        wrong.push(Message::new("open311-too-much").with("most", TEXT_MOST));
    }
    let answers = answers(form, category, &mut wrong);
    let place = match place(app, form).await? {
        Ok(place) => Some(place),
        Err(message) => {
            wrong.push(message);
            None
        }
    };
    let (Some(ChosenPlace::Drawn(geometry)), true) = (place, wrong.is_empty()) else {
        return Err(Refusal::Wrong(wrong));
    };
    let areas = app.atlas.world().territory().areas_of(&geometry);
    let title = category.label.clone();
    let content = Content { title, body, theme: None, geometry: Some(geometry), stated_area: None, areas };
    let address = line(form.field("address_string").unwrap_or_default(), LINE_MOST);
    Ok(NewReport { content, category: category.id, service: None, answers, address })
}

/// Where it is: coordinates, else an address that is one of ours to the letter. A number of an address (`address_id`) is nothing here.
async fn place(app: &App, form: &Form) -> Result<Result<ChosenPlace, Message>, Error> {
    let (lat, lon) = (form.field("lat"), form.field("long").or_else(|| form.field("lon")));
    let (lon, lat) = match (lon, lat, form.field("address_string")) {
        (Some(lon), Some(lat), _) => (lon.to_owned(), lat.to_owned()),
        (None, None, Some(typed)) => match address(app, &line(typed, LINE_MOST)).await? {
            Some(found) => found,
            None => return Ok(Err(Message::new("open311-no-address"))),
        },
        _ => return Ok(Err(Message::new("open311-needs-place"))),
    };
    let world = app.atlas.world();
    let place = ChosenPlace::read("", &lon, &lat, "", &world);
    Ok(place.and_then(|place| place.in_process(&ProcessRules::square(), &world)))
}

/// The coordinates of an address that is known by exactly these words, with or without its town.
async fn address(app: &App, typed: &str) -> Result<Option<(String, String)>, Error> {
    let plain = |text: &str| fold(&text.replace([',', '-'], " "));
    let wanted = plain(typed);
    let found = addresses(app, typed, None).await?;
    let is_it = |label: &str, context: &str| {
        let label = plain(label);
        label == wanted || plain(&format!("{label} {context}")) == wanted
    };
    let mut same = found.iter().filter(|place| is_it(&place.label, &place.context));
    // Two towns may have the same street.
    let (Some(place), None) = (same.next(), same.next()) else { return Ok(None) };
    Ok(place.value.split_once(',').map(|(lon, lat)| (lon.to_owned(), lat.to_owned())))
}

/// What was answered to a category's questions; what is wrong with it is added.
fn answers(form: &Form, category: &Category, wrong: &mut Vec<Message>) -> Answers {
    let mut answers = Answers::new();
    for question in &category.questions {
        let given = form.answers(&question.code);
        let told = |key: &'static str| Message::new(key).with("field", &question.code);
        if given.is_empty() {
            if question.is_required {
                wrong.push(told("open311-needs-attribute"));
            }
            continue;
        }
        match taken_as(question, &given) {
            Some(taken) => drop(answers.insert(question.code.clone(), taken)),
            None => wrong.push(told("open311-no-attribute")),
        }
    }
    answers
}

/// An answer as its question takes it: what is chosen by its key, or as people read it.
fn taken_as(question: &Question, given: &[&str]) -> Option<Vec<String>> {
    let key = |said: &&str| {
        let is_it = |(key, name): &&(String, String)| key == said || fold(name) == fold(said);
        question.values.iter().find(is_it).map_or_else(|| (*said).to_owned(), |(key, _)| key.clone())
    };
    let keys: Vec<String> = given.iter().map(key).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    read_answer(question, &keys).ok()
}
