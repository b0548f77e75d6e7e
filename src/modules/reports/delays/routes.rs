//! `/delays` and its table: what an address asks for, and what there is to choose; counted once for as long as nothing changes.
//!
//! What it is not: the counting (`counting`).

use super::COUNT;
use super::counting::Counting;
use super::table::{Line, Table};
use super::views::{self, Choice, DelaysPage};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::Lang;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::core::atlas::World;
use crate::core::made::Moment;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, Service, Sort};
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub(in crate::modules::reports) fn routes() -> Routes {
    let table = Routes::new().get("/delays.csv", Everyone, table).limited(COUNT).open_to_other_sites();
    Routes::new().get("/delays", Everyone, page).limited(COUNT).and(table)
}

/// What an address asks for: words, each empty where it asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// `all`, or the last twelve months.
    pub(super) period: String,
    pub(super) category: String,
    pub(super) area: String,
    pub(super) service: String,
}

impl Wanted {
    /// What a query asks for; of a parameter that it has twice, the last.
    fn of(query: Option<&str>) -> Wanted {
        let mut wanted = Wanted::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let own = match &*name {
                "period" => &mut wanted.period,
                "category" => &mut wanted.category,
                "area" => &mut wanted.area,
                "service" => &mut wanted.service,
                _ => continue,
            };
            *own = value.trim().to_owned();
        }
        wanted
    }

    pub(super) fn is_of_all_time(&self) -> bool {
        self.period == "all"
    }

    /// As the query of an address, `?` included; with another word for a parameter where one is given.
    pub(super) fn query(&self, other: Option<(&str, &str)>) -> String {
        let all = [
            ("period", &self.period),
            ("category", &self.category),
            ("area", &self.area),
            ("service", &self.service),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, own) in all {
            let word = other.filter(|(known, _)| *known == name).map_or(own.as_str(), |(_, word)| word);
            if !word.is_empty() {
                query.append_pair(name, word);
            }
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// Everything that a page is made of.
#[derive(Debug, Clone)]
pub(super) struct Delays {
    pub(super) whole: Line,
    pub(super) tables: Vec<Table>,
    /// The first day of what is counted; nothing: all of it.
    pub(super) since: Option<chrono::NaiveDate>,
    pub(super) at: clock::Timestamp,
}

/// `GET /delays`
async fn page(State(app): State<App>, reader: Reader, RawQuery(query): RawQuery) -> Result<Response> {
    let wanted = Wanted::of(query.as_deref());
    let catalogue = Catalogue::of(&app).await?;
    let delays = counted(&app, &catalogue, reader.lang, &wanted).await?;
    let world = app.atlas.world();
    let page = DelaysPage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(&reader),
        categories: categories_to_choose(&catalogue, reader.lang),
        areas: areas_to_choose(&world),
        services: services_to_choose(&catalogue, reader.lang),
        wanted,
        delays,
    };
    Ok(page.into_response())
}

/// `GET /delays.csv`
async fn table(State(app): State<App>, reader: Reader, RawQuery(query): RawQuery) -> Result<Response> {
    let wanted = Wanted::of(query.as_deref());
    let catalogue = Catalogue::of(&app).await?;
    let delays = counted(&app, &catalogue, reader.lang, &wanted).await?;
    let day = delays.at.with_timezone(&clock::zone()).date_naive();
    let name = format!("attachment; filename=\"parvis-{}-{day}.csv\"", reader.lang.text("delays-file"));
    let csv = views::csv(&delays, reader.lang)?;
    let tag = http::weak_tag(&csv);
    let about = [("content-type", "text/csv; charset=utf-8"), ("content-disposition", &name)];
    Ok((about, [(header::ETAG, tag)], csv).into_response())
}

/// Counting is quick, and a crowd of it is not: two at a time, whoever asks.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Counts, where nobody did since anything changed.
async fn counted(app: &App, catalogue: &Catalogue, lang: Lang, wanted: &Wanted) -> Result<Arc<Delays>> {
    let now = clock::now();
    let (then, day) = (Moment::of(&app.atlas), now.date_naive());
    let question = format!("delays {} {day} {}", lang.code(), wanted.query(None));
    if let Some(kept) = app.made.get(then, &question) {
        return Ok(kept);
    }
    let counting = Counting::new(app, catalogue, lang, wanted)?;
    let _turn = TURNS.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
    let delays = counting.delays(now).await?;
    let bytes = delays.tables.iter().flat_map(|table| &table.rows).count() * 400 + 400;
    Ok(app.made.put(then, question, delays, bytes))
}

fn categories_to_choose(catalogue: &Catalogue, lang: Lang) -> Vec<Choice> {
    let of_type = |category: &Category| category.parent.is_some();
    let problems = catalogue.categories.iter().filter(|category| category.sort == Sort::Problem);
    let mut types: Vec<&Category> = problems.clone().filter(|category| !of_type(category)).collect();
    types.sort_by_key(|category| (category.position, category.id));
    let mut choices = Vec::new();
    for each in types {
        choices.push(Choice::new(&each.slug, each.name(lang), ""));
        for below in problems.clone().filter(|below| below.parent == Some(each.id)) {
            choices.push(Choice::new(&below.slug, below.name(lang), "\u{a0}\u{a0}– "));
        }
    }
    choices
}

fn areas_to_choose(world: &World) -> Vec<Choice> {
    world.territory().areas().iter().map(|area| Choice::new(&area.slug, &area.name, "")).collect()
}

fn services_to_choose(catalogue: &Catalogue, lang: Lang) -> Vec<Choice> {
    let named = |service: &Service| Choice::new(&service.slug, service.name(lang), "");
    catalogue.services.iter().map(named).collect()
}
