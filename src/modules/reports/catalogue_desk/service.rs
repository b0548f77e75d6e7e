//! The pages of one service, or of an authority outside: made, changed, removed and put back; and whose desk begins with it.

use super::store::{Agent, NewService};
use super::views::ServicePage;
use super::{ROOM, free_slug, number, page, store, token};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::base::mail;
use crate::base::once::Answered;
use crate::base::text::{clean, fold, line, seen};
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::desk;
use crate::modules::reports::model::{Service, ServiceId};
use crate::modules::reports::store as reports;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The longest name.
pub(super) const NAME: usize = 80;
/// The longest of the other texts.
pub(super) const TEXT: usize = 300;

/// A service as it is typed. Its key is never shown: what is typed replaces it.
#[derive(Debug, Clone, Default)]
pub(super) struct ServiceForm {
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) email: String,
    pub(super) contact: String,
    pub(super) is_outside: bool,
    pub(super) url: String,
    pub(super) jurisdiction: String,
    key: String,
    forgets_key: bool,
    pub(super) was: String,
}

impl ServiceForm {
    fn of(service: &Service) -> ServiceForm {
        ServiceForm {
            name: service.name.clone(),
            name_en: service.name_en.clone(),
            email: service.email.clone(),
            contact: service.contact.clone(),
            is_outside: service.is_outside,
            url: service.open311_url.clone().unwrap_or_default(),
            jurisdiction: service.open311_jurisdiction.clone().unwrap_or_default(),
            was: seen_of(service),
            ..ServiceForm::default()
        }
    }

    fn sent(fields: &Fields) -> ServiceForm {
        let get = |name: &str| fields.get(name).to_owned();
        ServiceForm {
            name: get("name"),
            name_en: get("name_en"),
            email: get("email"),
            contact: get("contact"),
            is_outside: get("is_outside") == "yes",
            url: get("url"),
            jurisdiction: get("jurisdiction"),
            key: get("key"),
            forgets_key: !get("forgets_key").is_empty(),
            was: get("was"),
        }
    }

    fn check(&self, known: &[Service], now: Option<&Service>) -> Result<NewService, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, key: &'static str| {
            problems.push(Problem { field: field.to_owned(), message: Message::new(key) });
        };
        let name = line(&self.name, usize::MAX);
        let is_other = |other: &&Service| now.is_none_or(|now| now.id != other.id);
        if seen(&name) < 2 || name.chars().count() > NAME {
            wrong("name", "report-desk-name-length");
        } else if known.iter().filter(is_other).any(|other| fold(&other.name) == fold(&name)) {
            wrong("name", "report-desk-name-taken");
        }
        let email = if self.email.is_empty() { Some(String::new()) } else { mail::address(&self.email) };
        if email.is_none() {
            wrong("email", "report-desk-bad-email");
        }
        if !self.url.is_empty() && !is_address(&self.url) {
            wrong("url", "report-desk-bad-url");
        }
        let (Some(email), true) = (email, problems.is_empty()) else { return Err(problems) };
        let some = |text: &str| (!text.is_empty()).then(|| line(text, TEXT));
        let kept = now.and_then(|now| now.open311_key.clone()).filter(|_| !self.forgets_key);
        Ok(NewService {
            name,
            name_en: line(&self.name_en, NAME),
            email,
            contact: clean(&self.contact).chars().take(TEXT).collect(),
            is_outside: self.is_outside,
            open311_url: some(&self.url),
            open311_jurisdiction: some(&self.jurisdiction),
            open311_key: some(&self.key).or(kept),
        })
    }
}

/// Whether a text is an address of the web; what it may lead to is asked where it is opened.
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.len() <= TEXT
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && text.parse::<axum::http::Uri>().is_ok_and(|uri| uri.host().is_some())
}

/// What a form saw of it: nothing can be learned of its key.
fn seen_of(service: &Service) -> String {
    let key = service.open311_key.as_ref().map(|_| String::new());
    token(&Service { open311_key: key, ..service.clone() })
}

async fn form_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    now: Option<Service>,
    form: ServiceForm,
    problems: Vec<Problem>,
) -> Result<ServicePage> {
    let id = now.as_ref().map(|now| now.id);
    let agents = match id {
        Some(id) => store::agents(&app.db, id).await?,
        None => Vec::new(),
    };
    let (of_it, others): (Vec<Agent>, Vec<Agent>) = agents.into_iter().partition(|agent| agent.is_of_it);
    let open = store::open_by_service(&app.db).await?;
    Ok(ServicePage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, desk::ROOM),
        open: open.into_iter().find(|(of, _)| Some(*of) == id).map_or(0, |(_, count)| count),
        now,
        form,
        of_it,
        others,
        problems,
    })
}

/// `GET /admin/reports/catalogue/services/new`
pub(super) async fn new(State(app): State<App>, reader: Reader, actor: Actor) -> Result<ServicePage> {
    form_page(&app, &reader, &actor, None, ServiceForm::default(), Vec::new()).await
}

/// `POST /admin/reports/catalogue/services`
pub(super) async fn create(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let form = ServiceForm::sent(&sent);
    let mut write = app.begin().await?;
    let known = reports::catalogue::services(write.tx()).await?;
    let new = match form.check(&known, None) {
        Ok(new) => new,
        Err(problems) => {
            drop(write);
            let page = form_page(&app, &reader, &actor, None, form, problems).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let taken: Vec<&str> = known.iter().map(|service| service.slug.as_str()).collect();
    let id = store::insert_service(&mut write, &free_slug(&new.name, &taken), &new).await?;
    let there = format!("{ROOM}/services/{}", id.0);
    write.answers(Answered::See(there.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&there).into_response())
}

/// `GET /admin/reports/catalogue/services/{id}`
pub(super) async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<ServicePage> {
    let catalogue = Catalogue::of(&app).await?;
    let service = catalogue.service(ServiceId(number(&id)?)).cloned().ok_or(Error::NotFound)?;
    let form = ServiceForm::of(&service);
    form_page(&app, &reader, &actor, Some(service), form, Vec::new()).await
}

/// `POST /admin/reports/catalogue/services/{id}`
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (id, form) = (ServiceId(number(&id)?), ServiceForm::sent(&sent));
    let mut write = app.begin().await?;
    store::lock_service(&mut write, id).await?;
    let known = reports::catalogue::services(write.tx()).await?;
    let now = known.iter().find(|service| service.id == id).cloned().ok_or(Error::NotFound)?;
    let is_same = form.was == seen_of(&now);
    match form.check(&known, Some(&now)) {
        Ok(new) if is_same => {
            store::change_service(&mut write, id, &new).await?;
            app.commit(write).await?;
            Ok(Redirect::to(&page::done("service-changed")).into_response())
        }
        checked => {
            drop(write);
            refused(&app, &reader, &actor, (now, is_same), form, checked.err().unwrap_or_default()).await
        }
    }
}

/// The form again: with what is wrong, or with what somebody else changed meanwhile; sent once more, it is what holds.
async fn refused(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (now, is_same): (Service, bool),
    form: ServiceForm,
    mut problems: Vec<Problem>,
) -> Result<Response> {
    let form = ServiceForm { was: seen_of(&now), ..form };
    let mut status = StatusCode::BAD_REQUEST;
    if !is_same {
        status = StatusCode::CONFLICT;
        let message = Message::new("report-desk-meanwhile").with("name", &now.name);
        problems.push(Problem { field: "was".into(), message });
    }
    let page = form_page(app, reader, actor, Some(now), form, problems).await?;
    Ok((status, page).into_response())
}

/// `POST /admin/reports/catalogue/services/{id}/remove`: `way=back` puts it back.
pub(super) async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = ServiceId(number(&id)?);
    let mut write = app.begin().await?;
    let (removed_at, done) = match sent.get("way") {
        "back" => (None, "service-back"),
        _ => (Some(write.at()), "service-removed"),
    };
    store::remove_service(&mut write, id, removed_at).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&page::done(done)))
}

/// `POST /admin/reports/catalogue/services/{id}/agents`: `way=add` or `way=remove` somebody.
pub(super) async fn agents(
    State(app): State<App>,
    _: SameOrigin,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = ServiceId(number(&id)?);
    let mut write = app.begin().await?;
    store::lock_service(&mut write, id).await?;
    let who = AccountId::of_text(sent.get("account")).ok_or(Error::NotFound)?;
    let known = store::agents(write.tx(), id).await?;
    if !known.iter().any(|agent| agent.id == who) {
        return Err(Error::NotFound);
    }
    store::set_agent(&mut write, id, who, sent.get("way") != "remove").await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}/services/{}#agents", id.0)))
}
