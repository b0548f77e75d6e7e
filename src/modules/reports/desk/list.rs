//! The list of reports: filtered as the map is, an agent's own services first, and one form for all that are checked.

use super::acts::{self, ActForm, Stopped};
use super::order::{self, LOOK, Look, OPEN, Shown};
use super::views::{ListPage, Row, choices};
use super::{ROOM, on_map, store, undo};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Actor, Desk, Pages, Role};
use crate::civic::work::assignments;
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::Report;
use crate::modules::reports::store as reports;
use axum::extract::{Form, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;
use std::sync::Arc;

/// How many reports a page of the list has.
const PAGE: i64 = 30;

/// `GET /admin/reports?status=open&…`: the map's filter; what has not ended, unless it says otherwise.
pub(super) async fn list(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Result<ListPage> {
    let query = query.unwrap_or_else(|| OPEN.to_owned());
    page(&app, &reader, &actor, &query, ActForm::default(), Vec::new(), Vec::new()).await
}

/// The list, with a form as it was sent and what is wrong with it.
async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    query: &str,
    mut form: ActForm,
    problems: Vec<Problem>,
    stopped: Vec<Stopped>,
) -> Result<ListPage> {
    let (world, catalogue) = (app.atlas.world(), Catalogue::of(app).await?);
    let names = [&LOOK[..], &["page", "done", "same", "undo", "undone"]].concat();
    let (filter, others, _) = Filter::of_desk(query, &names, &world);
    let other =
        |name: &str| others.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let told = |name: &str| other(name).parse::<i64>().ok();
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let (scope, chosen, who) = (actor.scope(Role::Agent), filter.chosen(&world)?, actor.signed_in()?.id);
    let look = Look::of(&others);
    let holds = look.shown.holds();
    let (total, ..) = store::waiting(&app.db, &scope, &chosen, holds).await?;
    let canonical = look.query(&filter.canonical());
    let pages = Pages::of(other("page"), total, PAGE, &format!("{ROOM}?{canonical}"));
    let ids =
        store::list(&app.db, &scope, (&chosen, holds), (look.order, who), (pages.offset(), PAGE)).await?;
    form.features.retain(|id| !stopped.iter().any(|one| one.id == *id));
    let (open, _) = Filter::of_query(OPEN, &[])?;
    let usual = Shown::Usual.holds();
    let by_service = store::by_service(&app.db, &scope, &open.chosen(&world)?, usual).await?;
    let elsewhere: Vec<FeatureId> = form.features.iter().filter(|id| !ids.contains(&id.0)).copied().collect();
    let elsewhere = on_map::own(app, actor, &elsewhere).await?;
    let elsewhere = rows(app, &catalogue, &elsewhere, &form).await?;
    let rows = rows(app, &catalogue, &ids, &form).await?;
    Ok(ListPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, ROOM),
        bounds: on_map::bounds(app, &rows)?,
        rows,
        elsewhere,
        pages,
        done: told("done"),
        same: told("same").filter(|same| *same > 0),
        undo: undo::words(other("undo")),
        undone: told("undone"),
        mine: store::mine(&app.db, who).await?,
        by_service,
        may_change: super::super::catalogue_desk::is_let(actor),
        areas: world.territory().areas().iter().map(|area| (area.slug.clone(), area.name.clone())).collect(),
        choices: choices(&catalogue, reader.lang),
        catalogue,
        world: Arc::clone(&world),
        query: canonical,
        look,
        filter,
        form,
        problems,
        stopped,
    })
}

/// The lines of the list, in this order.
async fn rows(app: &App, catalogue: &Catalogue, ids: &[i64], form: &ActForm) -> Result<Vec<Row>> {
    let all = reports::all_of(&app.db, ids).await?;
    let mut reports: HashMap<FeatureId, Report> = all.into_iter().map(|one| (one.id, one)).collect();
    let mut looked_after = assignments::of_features(&app.db, ids).await?;
    let listed = store::rows(&app.db, ids).await?.into_iter();
    let row = |listed: store::Listed| {
        let report = reports.remove(&listed.id)?;
        Some(Row {
            checked: form.features.contains(&listed.id),
            assigned: looked_after.remove(&listed.id),
            category: catalogue.category(report.category).cloned(),
            service: report.service.and_then(|id| catalogue.service(id)).cloned(),
            listed,
            report,
        })
    };
    Ok(listed.filter_map(row).collect())
}

/// `POST /admin/reports`: the same for all that are checked, or for none of them.
pub(super) async fn act(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, catalogue) = (ActForm::sent(&sent), Catalogue::of(&app).await?);
    let query = order::back(&form.query);
    let (act, ids) = match form.check(&catalogue) {
        Ok(checked) => checked,
        Err(Error::Invalid(problems)) => {
            let page = page(&app, &reader, &actor, &query, form, problems, Vec::new()).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        Err(error) => return Err(error),
    };
    match acts::act_on_all(&app, &reader, &actor, (act, &ids), &form).await? {
        Ok(done) => {
            let undo = undo::list(&done.undo);
            let there = format!("{ROOM}?{query}&done={}&same={}&undo={undo}", done.changed, done.same);
            Ok(Redirect::to(&there).into_response())
        }
        Err(stopped) => {
            let page = page(&app, &reader, &actor, &query, form, Vec::new(), stopped).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
