//! The map's page: the map with its filters and the list of what passes them. The list is whole without JavaScript.

use super::listing::{ListQuery, drawn, only_process, page_query};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, filters};
use crate::base::i18n::{Lang, Message};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::atlas::{Facet, Facets, Filter, Unknown, Words, World};
use crate::core::features::{self, Card, Kind, Status};
use crate::modules::facets as all_facets;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use std::ops::Deref;
use std::sync::Arc;

/// A choice of a filter, with how many features it would show.
struct Choice {
    value: String,
    label: String,
    /// Colour and icon of a theme.
    symbol: Option<(String, String)>,
    count: u64,
    chosen: bool,
}

/// A condition that holds, and where it does not.
struct Chip {
    label: String,
    href: String,
}

/// What the map's page and the list's page say alike.
struct Square {
    lang: Lang,
    site: String,
    /// The site's own address, without a final `/`.
    base: String,
    /// The page's own address.
    path: &'static str,
    themes: Vec<Choice>,
    statuses: Vec<Choice>,
    kinds: Vec<Choice>,
    processes: Vec<Choice>,
    areas: Vec<Choice>,
    /// Facets of modules that something is filed under: name, label, values.
    filed: Vec<(&'static str, String, Vec<Choice>)>,
    chips: Vec<Chip>,
    /// What the address asks for and there is not, in words.
    unknown: Vec<String>,
    /// The query without that.
    known_link: String,
    filter: Filter,
    order: &'static str,
    usual: &'static str,
    /// The query that both pages share.
    link: String,
    bbox: Option<String>,
    facets: Facets,
    /// How many pass the filter wherever they are.
    whole: u64,
    cards: Vec<Card>,
    /// Whether the database does not answer: what the live map knows is shown, and why there is no list.
    is_without_words: bool,
    next: Option<String>,
    bounds: String,
    participation: bool,
    /// The process that the page is of.
    process: Option<ProcessRules>,
    /// For an order by lot: scripts send it back, so that the list stays as it is while the map moves.
    seed: u32,
    world: Arc<World>,
}

#[derive(Template, WebTemplate)]
#[template(path = "map/templates/index.html")]
struct IndexPage {
    square: Square,
}

#[derive(Template, WebTemplate)]
#[template(path = "map/templates/list_page.html")]
struct ListPage {
    square: Square,
}

impl Deref for IndexPage {
    type Target = Square;
    fn deref(&self) -> &Square {
        &self.square
    }
}

impl Deref for ListPage {
    type Target = Square;
    fn deref(&self) -> &Square {
        &self.square
    }
}

impl Square {
    fn is_order(&self, word: &str) -> bool {
        self.order == word
    }
    /// The order where none is said, which needs no word.
    fn is_usual(&self, word: &str) -> bool {
        self.usual == word
    }
    fn order_label(&self, word: &str) -> String {
        self.lang.text(&format!("filter-order-{word}"))
    }
    fn status_of(&self, card: &Card) -> String {
        card.status_said(self.lang)
    }
    /// Whether the authority has said anything yet.
    fn is_answered(&self, card: &Card) -> bool {
        card.status != Status::OPEN
    }
    /// The address of its first photo, small.
    fn thumb_of(&self, card: &Card) -> Option<String> {
        card.photo.as_ref().map(|digest| format!("/photos/{digest}/small.jpg"))
    }
    /// The smallest area that a feature lies in.
    fn where_of(&self, card: &Card) -> Option<String> {
        let territory = self.world.territory();
        let areas: Vec<_> =
            card.area_slugs().into_iter().filter_map(|slug| territory.of_slug(slug)).collect();
        let holds_another = |id| areas.iter().any(|other| other.parent_id == Some(id));
        areas.iter().find(|area| !holds_another(area.id)).map(|area| area.name.clone())
    }
}

/// What a link asked for and there is not, in words.
fn told(lang: Lang, unknown: &Unknown) -> String {
    let value: String = unknown.value.chars().take(60).collect();
    let name = match unknown.name.as_str() {
        name @ ("theme" | "status" | "kind" | "process" | "area" | "since" | "until" | "bbox") => {
            lang.text(&format!("filter-{name}"))
        }
        "q" => lang.text("filter-words"),
        _ => lang.text("filter-score"),
    };
    lang.say(&Message::new("filter-not-known").with("name", name).with("value", value))
}

fn status_label(lang: Lang, status: Status) -> String {
    lang.text(&status.key())
}

/// `GET /`
pub(super) async fn index(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    Ok(IndexPage { square: square(&app, &reader, "/", query.as_deref().unwrap_or_default()).await? })
}

/// `GET /list`: the same without a map.
pub(super) async fn list(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    Ok(ListPage { square: square(&app, &reader, "/list", query.as_deref().unwrap_or_default()).await? })
}

/// What both pages show. Without an answer of the database, all but the words of the list: the map, the counts, the filters.
async fn square(app: &App, reader: &Reader, path: &'static str, query: &str) -> Result<Square> {
    let query = page_query(query, 50, &app.atlas.world());
    let query = query.in_usual_order(&app.atlas.world())?.looked_up(app).await?;
    let lang = reader.lang;
    let facets = app.atlas.facets(&query.filter, query.within())?;
    let whole = match query.within() {
        Some(_) => app.atlas.total(&query.filter)?,
        None => facets.total,
    };
    let page = app.atlas.list(&query.filter, query.within(), query.paging)?;
    let bounds = app.atlas.bounds().map(|b| b.map(|degrees| format!("{degrees:.6}")).join(","));
    let world = app.atlas.world();
    let cards = match features::store::cards(&app.db, &page.ids).await {
        Err(error) if error.fault().is_some() => {
            tracing::warn!(%error, "a list is shown without its words");
            None
        }
        cards => Some(cards?),
    };
    let [themes, statuses, kinds, processes, areas] = choices(&world, lang, &query.filter, &facets);
    let filed = filed(lang, &query.filter, &facets);
    let mut chosen = vec![
        ("theme", &themes[..]),
        ("kind", &kinds),
        ("status", &statuses),
        ("process", &processes),
        ("area", &areas),
    ];
    chosen.extend(filed.iter().map(|(name, _, choices)| (*name, &choices[..])));
    let chips = chips(lang, path, &query, &chosen);
    Ok(Square {
        lang,
        site: app.config.name.clone(),
        base: app.base(reader),
        path,
        unknown: query.unknown.iter().map(|unknown| told(lang, unknown)).collect(),
        known_link: query.shared(&query.filter.clone().without_unknown()),
        chips,
        themes,
        statuses,
        kinds,
        processes,
        areas,
        filed,
        next: page.next.map(|cursor| query.next(cursor)),
        link: query.page_link(),
        order: query.order_word,
        usual: query.usual,
        is_without_words: cards.is_none(),
        cards: cards.unwrap_or_default(),
        bounds: bounds.unwrap_or_default(),
        participation: app.config.participation,
        process: only_process(&query.filter, &world)?,
        seed: query.seed().unwrap_or_else(drawn),
        filter: query.filter,
        bbox: query.bbox,
        facets,
        whole,
        world,
    })
}

/// The choices of themes, statuses, kinds, processes and areas. Those that nothing has are there all the same, hidden:
/// live updates may bring their first.
fn choices(world: &World, lang: Lang, filter: &Filter, facets: &Facets) -> [Vec<Choice>; 5] {
    type Symbol = Option<(String, String)>;
    let choice = |value: &str, label: String, symbol: Symbol, count: Option<&u64>, chosen: bool| Choice {
        value: value.to_owned(),
        label,
        symbol,
        count: count.copied().unwrap_or(0),
        chosen,
    };
    let themes = world.shown_themes().map(|t| {
        let chosen = filter.theme.contains(&t.slug);
        let symbol = (t.color.clone(), t.icon.clone());
        choice(&t.slug, world.theme_name(t), Some(symbol), facets.theme.get(&t.slug), chosen)
    });
    let is_none = filter.theme.contains("none");
    let no_theme = choice("none", lang.text("theme-none"), None, facets.theme.get("none"), is_none);
    let processes = world.shown_processes().map(|p| {
        choice(&p.slug, p.title.clone(), None, facets.process.get(&p.slug), filter.process.contains(&p.slug))
    });
    let statuses = Status::all().iter().map(|s| {
        let chosen = filter.status.contains(s);
        choice(s.word(), status_label(lang, *s), None, facets.status.get(s.word()), chosen)
    });
    let kinds = Kind::all().iter().map(|k| {
        let label = lang.text(&format!("kind-{}", k.word()));
        choice(k.word(), label, None, facets.kind.get(k.word()), filter.kind.contains(k))
    });
    let areas = world.territory().areas().iter().map(|a| {
        choice(&a.slug, a.name.clone(), None, facets.area.get(&a.slug), filter.area.contains(&a.slug))
    });
    [
        themes.chain([no_theme]).collect(),
        statuses.collect(),
        kinds.collect(),
        processes.collect(),
        areas.collect(),
    ]
}

/// The choices of modules' facets.
fn filed(lang: Lang, filter: &Filter, facets: &Facets) -> Vec<(&'static str, String, Vec<Choice>)> {
    let of = |facet: &'static Facet| {
        let choice = |word: &&'static str| Choice {
            value: (*word).to_owned(),
            label: lang.text(&format!("facet-{}-{word}", facet.name)),
            symbol: None,
            count: facets.filed.get(facet.name).and_then(|counts| counts.get(word)).copied().unwrap_or(0),
            chosen: filter.filed.get(facet.name).is_some_and(|chosen| chosen.contains(word)),
        };
        let choices = facet.words.iter().map(choice).collect();
        (facet.name, lang.text(&format!("facet-{}", facet.name)), choices)
    };
    all_facets().map(of).collect()
}

/// Each condition of the filter as a link to the page without it.
fn chips(lang: Lang, path: &str, query: &ListQuery, chosen: &[(&str, &[Choice])]) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |label: String, without: &dyn Fn(&mut Filter)| {
        let mut filter = query.filter.clone().without_unknown();
        without(&mut filter);
        let link = query.shared(&filter);
        let separator = if link.is_empty() { "" } else { "?" };
        chips.push(Chip { label, href: format!("{path}{separator}{link}") });
    };
    for (name, choices) in chosen {
        for choice in choices.iter().filter(|choice| choice.chosen) {
            chip(choice.label.clone(), &|filter| filter.remove(name, &choice.value));
        }
    }
    let filter = &query.filter;
    if !filter.q.is_empty() {
        chip(lang.quoted(filter.q.typed()), &|filter| filter.q = Words::default());
    }
    let said = |key, value: String| lang.say(&Message::new(key).with("value", value));
    if let Some(day) = filter.since {
        chip(said("chip-since", lang.date(day)), &|filter| filter.since = None);
    }
    if let Some(day) = filter.until {
        chip(said("chip-until", lang.date(day)), &|filter| filter.until = None);
    }
    if let Some(score) = filter.score_min {
        chip(said("chip-score-min", score.to_string()), &|filter| filter.score_min = None);
    }
    if let Some(score) = filter.score_max {
        chip(said("chip-score-max", score.to_string()), &|filter| filter.score_max = None);
    }
    chips
}

/// `GET /language/{code}`: keeps the choice and goes back to where it was made.
pub(super) async fn language(
    State(app): State<App>,
    jar: CookieJar,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let lang = Lang::of_code(&code).ok_or(Error::NotFound)?;
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    // Only the path: whoever sends a foreign Referer must not be led there.
    let back = referer.and_then(|r| r.parse::<axum::http::Uri>().ok());
    let back = back.as_ref().and_then(|uri| uri.path_and_query()).map(|path| path.as_str());
    let prefix = app.config.prefix();
    let back = back.map(|path| prefix.own(path)).and_then(http::own_path).unwrap_or("/");
    Ok((jar.add(http::language_cookie(lang)), http::see_other(back)))
}
