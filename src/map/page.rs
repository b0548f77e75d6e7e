//! The map's page: the map with its filters and the list of what passes them. The list is whole without JavaScript.

use crate::app::App;
use crate::atlas::{Facets, Filter};
use crate::error::{Error, Problem, Result};
use crate::features::{self, Card, Kind, Status};
use crate::http::{self, Reader};
use crate::i18n::{Lang, Message};
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::CookieJar;
use parvis_tiles::{Bounds, Cursor, Order};

use crate::atlas::Paging;

/// A checked query of a list.
#[derive(Debug, Clone)]
pub(super) struct ListQuery {
    pub(super) filter: Filter,
    pub(super) bounds: Option<Bounds>,
    bbox: Option<String>,
    order_word: &'static str,
    pub(super) paging: Paging,
}

const ORDERS: [(&str, Order); 3] =
    [("newest", Order::Newest), ("oldest", Order::Oldest), ("score", Order::HighestScore)];

const MOST_AT_ONCE: usize = 1_000;

impl ListQuery {
    /// The query of the next page.
    pub(super) fn next(&self, cursor: Cursor) -> String {
        let mut query = self.link();
        let separator = if query.is_empty() { "" } else { "&" };
        query.push_str(&format!(
            "{separator}limit={}&cursor={}.{}",
            self.paging.limit, cursor.value, cursor.id
        ));
        query
    }

    /// The same, ready to be asked (see [`crate::atlas::Atlas::look_up`]).
    pub(super) async fn looked_up(mut self, app: &App) -> Result<ListQuery> {
        self.filter = app.atlas.look_up(&app.db, self.filter).await?;
        Ok(self)
    }

    /// The query without its page: what the address bar and other views share.
    fn link(&self) -> String {
        let mut parts = vec![self.filter.canonical()];
        parts.extend(self.bbox.as_ref().map(|bbox| format!("bbox={bbox}")));
        if self.order_word != "newest" {
            parts.push(format!("order={}", self.order_word));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("&")
    }
}

/// Reads the filter and the list's own parameters.
pub(super) fn list_query(query: &str, limit: usize) -> Result<ListQuery> {
    let (filter, others) = Filter::of_query(query, &["bbox", "order", "limit", "cursor"])?;
    let mut list = ListQuery {
        filter,
        bounds: None,
        bbox: None,
        order_word: "newest",
        paging: Paging { order: Order::Newest, after: None, limit },
    };
    let mut problems = Vec::new();
    for (name, value) in others.into_iter().filter(|(_, value)| !value.is_empty()) {
        let bad = |key| Problem { field: name.clone(), message: Message::new(key).with("value", &value) };
        match name.as_str() {
            "bbox" => match bounds(&value) {
                Some(bounds) => (list.bounds, list.bbox) = (Some(bounds), Some(value)),
                None => problems.push(bad("list-bad-bbox")),
            },
            "order" => match ORDERS.iter().find(|(word, _)| *word == value) {
                Some((word, order)) => (list.order_word, list.paging.order) = (word, *order),
                None => problems.push(bad("list-bad-order")),
            },
            "limit" => match value.parse() {
                Ok(limit) if (1..=MOST_AT_ONCE).contains(&limit) => list.paging.limit = limit,
                _ => problems.push(bad("list-bad-limit")),
            },
            _ => {
                match value.split_once('.').and_then(|(key, id)| Some((key.parse().ok()?, id.parse().ok()?)))
                {
                    Some((value, id)) => list.paging.after = Some(Cursor { value, id }),
                    None => problems.push(bad("list-bad-cursor")),
                }
            }
        }
    }
    if problems.is_empty() { Ok(list) } else { Err(Error::Invalid(problems)) }
}

/// `west,south,east,north` in degrees.
fn bounds(text: &str) -> Option<Bounds> {
    let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let [west, south, east, north] = numbers[..] else { return None };
    Bounds::from_lon_lat(west, south, east, north)
}

/// A choice of a filter, with how many features it would show.
struct Choice {
    value: String,
    label: String,
    color: Option<String>,
    count: u64,
    chosen: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "map/index.html")]
struct IndexPage {
    lang: Lang,
    site: String,
    themes: Vec<Choice>,
    statuses: Vec<Choice>,
    kinds: Vec<Choice>,
    processes: Vec<Choice>,
    areas: Vec<Choice>,
    filter: Filter,
    order: &'static str,
    facets: Facets,
    cards: Vec<Card>,
    next: Option<String>,
    bounds: String,
    participation: bool,
}

impl IndexPage {
    fn is_order(&self, word: &str) -> bool {
        self.order == word
    }
    fn order_label(&self, word: &str) -> String {
        self.lang.text(&format!("filter-order-{word}"))
    }
}

/// `GET /`
pub(super) async fn index(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    let query = list_query(query.as_deref().unwrap_or_default(), 50)?.looked_up(&app).await?;
    let facets = app.atlas.facets(&query.filter, query.bounds.as_ref())?;
    let page = app.atlas.list(&query.filter, query.bounds.as_ref(), query.paging)?;
    let cards = features::store::cards(&app.db, &page.ids).await?;
    let bounds = app.atlas.bounds().map(|b| b.map(|degrees| format!("{degrees:.6}")).join(","));
    Ok(IndexPage {
        lang: reader.lang,
        site: app.config.name.clone(),
        next: page.next.map(|cursor| query.next(cursor)),
        order: query.order_word,
        bounds: bounds.unwrap_or_default(),
        participation: app.config.participation,
        cards,
        ..choices(&app, reader.lang, query.filter, facets)
    })
}

/// The page with only its filters filled in.
fn choices(app: &App, lang: Lang, filter: Filter, facets: Facets) -> IndexPage {
    let world = app.atlas.world();
    let choice = |value: &str, label: String, color: Option<String>, count: Option<&u64>, chosen: bool| {
        Choice { value: value.to_owned(), label, color, count: count.copied().unwrap_or(0), chosen }
    };
    let themes = world.themes.iter().map(|t| {
        let chosen = filter.theme.contains(&t.slug);
        choice(&t.slug, t.label.clone(), Some(t.color.clone()), facets.theme.get(&t.slug), chosen)
    });
    let processes = world.processes.iter().map(|p| {
        choice(&p.slug, p.title.clone(), None, facets.process.get(&p.slug), filter.process.contains(&p.slug))
    });
    let statuses = Status::ALL.iter().map(|s| {
        let label = lang.text(&format!("status-{}", s.word().replace('_', "-")));
        choice(s.word(), label, None, facets.status.get(s.word()), filter.status.contains(s))
    });
    let kinds = Kind::ALL.iter().map(|k| {
        let label = lang.text(&format!("kind-{}", k.word()));
        choice(k.word(), label, None, facets.kind.get(k.word()), filter.kind.contains(k))
    });
    let areas = world.territory.areas().iter().map(|a| {
        choice(&a.slug, a.name.clone(), None, facets.area.get(&a.slug), filter.area.contains(&a.slug))
    });
    // Choices that nothing has are there all the same, hidden: live updates may bring their first.
    let no_theme = choice(
        "none",
        lang.text("theme-none"),
        None,
        facets.theme.get("none"),
        filter.theme.contains("none"),
    );
    IndexPage {
        lang,
        site: String::new(),
        themes: themes.chain([no_theme]).collect(),
        processes: processes.collect(),
        statuses: statuses.collect(),
        kinds: kinds.collect(),
        areas: areas.collect(),
        filter,
        order: "newest",
        facets,
        cards: Vec::new(),
        next: None,
        bounds: String::new(),
        participation: false,
    }
}

/// `GET /language/{code}`: keeps the choice and goes back to where it was made.
pub(super) async fn language(
    jar: CookieJar,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let lang = Lang::of_code(&code).ok_or(Error::NotFound)?;
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    // Only the path: whoever sends a foreign Referer must not be led there.
    let back = referer.and_then(|r| r.parse::<axum::http::Uri>().ok());
    let back = back.as_ref().and_then(|uri| uri.path_and_query()).map(|path| path.as_str());
    let back = back.filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or("/");
    Ok((jar.add(http::language_cookie(lang)), Redirect::to(back)))
}
