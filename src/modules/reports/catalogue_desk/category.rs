//! The pages of one category: made, changed, removed and put back, moved among its siblings.

use super::category_form::CategoryForm;
use super::views::CategoryPage;
use super::{ROOM, free_slug, number, page, questions, store, token};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::desk;
use crate::modules::reports::model::{Category, CategoryId};
use crate::modules::reports::store as reports;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    parent: String,
}

async fn form_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    now: Option<Category>,
    form: CategoryForm,
    problems: Vec<Problem>,
) -> Result<CategoryPage> {
    let catalogue = Catalogue::of(app).await?;
    let uses = store::by_category(&app.db).await?;
    let id = now.as_ref().map(|now| now.id);
    Ok(CategoryPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, desk::ROOM),
        uses: uses.into_iter().find(|(used, _)| Some(*used) == id).map_or(0, |(_, count)| count),
        types: catalogue.below(None).filter(|known| Some(known.id) != id).cloned().collect(),
        has_below: catalogue.categories.iter().any(|other| id.is_some() && other.parent == id),
        icons: http::icons(),
        now,
        form,
        problems,
    })
}

/// `GET /admin/reports/catalogue/categories/new?parent=…`
pub(super) async fn new(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<CategoryPage> {
    let catalogue = Catalogue::of(&app).await?;
    let parent = asked.parent.parse().ok().and_then(|id| catalogue.category(CategoryId(id)));
    form_page(&app, &reader, &actor, None, CategoryForm::new(parent), Vec::new()).await
}

/// `POST /admin/reports/catalogue/categories`
pub(super) async fn create(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, catalogue) = (CategoryForm::sent(&sent), Catalogue::of(&app).await?);
    let new = match form.check(&catalogue, None, &http::icons()) {
        Ok(new) => new,
        Err(Error::Invalid(problems)) => return again(&app, &reader, &actor, None, form, problems).await,
        Err(error) => return Err(error),
    };
    let mut write = app.begin().await?;
    let known = reports::catalogue::categories(write.tx()).await?;
    let taken: Vec<&str> = known.iter().map(|category| category.slug.as_str()).collect();
    store::insert_category(&mut write, &free_slug(&new.label, &taken), &new).await?;
    let there = page::done("category-made");
    write.answers(Answered::See(there.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&there).into_response())
}

async fn again(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    now: Option<Category>,
    mut form: CategoryForm,
    problems: Vec<Problem>,
) -> Result<Response> {
    form.questions = questions::again(form.questions);
    let page = form_page(app, reader, actor, now, form, problems).await?;
    Ok((StatusCode::BAD_REQUEST, page).into_response())
}

async fn found(app: &App, id: &str) -> Result<Category> {
    let id = CategoryId(number(id)?);
    Catalogue::of(app).await?.category(id).cloned().ok_or(Error::NotFound)
}

/// `GET /admin/reports/catalogue/categories/{id}`
pub(super) async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<CategoryPage> {
    let category = found(&app, &id).await?;
    let form = CategoryForm::of(&category);
    form_page(&app, &reader, &actor, Some(category), form, Vec::new()).await
}

/// `POST /admin/reports/catalogue/categories/{id}`
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, catalogue) = (CategoryForm::sent(&sent), Catalogue::of(&app).await?);
    let now = found(&app, &id).await?;
    let new = match form.check(&catalogue, Some(&now), &http::icons()) {
        Ok(new) => new,
        Err(Error::Invalid(problems)) => {
            return again(&app, &reader, &actor, Some(now), form, problems).await;
        }
        Err(error) => return Err(error),
    };
    let mut write = app.begin().await?;
    let now = standing(&mut write, now.id).await?;
    if form.was != token(&now) {
        drop(write);
        return meanwhile(&app, &reader, &actor, now, form).await;
    }
    store::change_category(&mut write, now.id, &new).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&page::done("category-changed")).into_response())
}

/// The form again, with what somebody else made of the category: sent once more, it is what holds.
async fn meanwhile(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    now: Category,
    form: CategoryForm,
) -> Result<Response> {
    let form = CategoryForm { was: token(&now), questions: questions::again(form.questions), ..form };
    let said = Message::new("report-desk-meanwhile").with("name", &now.label);
    let problem = Problem { field: "was".into(), message: said };
    let page = form_page(app, reader, actor, Some(now), form, vec![problem]).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn standing(write: &mut crate::core::journal::Write, id: CategoryId) -> Result<Category> {
    store::lock_category(write, id).await?;
    let known = reports::catalogue::categories(write.tx()).await?;
    known.into_iter().find(|category| category.id == id).ok_or(Error::NotFound)
}

/// What a button says beside its address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pressed {
    way: String,
}

/// `POST /admin/reports/catalogue/categories/{id}/remove`: `way=back` puts it back.
pub(super) async fn remove(
    State(app): State<App>,
    _: SameOrigin,
    Path(id): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Redirect> {
    let id = CategoryId(number(&id)?);
    let mut write = app.begin().await?;
    let (removed_at, done) = match pressed.way.as_str() {
        "back" => (None, "category-back"),
        _ => (Some(write.at()), "category-removed"),
    };
    store::remove_category(&mut write, id, removed_at).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&page::done(done)))
}

/// `POST /admin/reports/catalogue/categories/{id}/move`: `way=up` or `way=down`, by one.
pub(super) async fn shift(
    State(app): State<App>,
    _: SameOrigin,
    Path(id): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Redirect> {
    let id = CategoryId(number(&id)?);
    let mut write = app.begin().await?;
    let category = standing(&mut write, id).await?;
    let known = reports::catalogue::categories(write.tx()).await?;
    let of_its = known.iter().filter(|other| other.parent == category.parent && other.removed_at.is_none());
    let mut siblings: Vec<CategoryId> = of_its.map(|other| other.id).collect();
    let at = siblings.iter().position(|other| *other == id).ok_or(Error::NotFound)?;
    let to = if pressed.way == "up" { at.saturating_sub(1) } else { (at + 1).min(siblings.len() - 1) };
    siblings.swap(at, to);
    store::order(&mut write, &siblings).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{ROOM}#category-{}", id.0)))
}
