//! The map's page: the map with its filters and the list of what passes them. The list is whole without JavaScript.

use super::legend::{self, Entry};
use super::listing::{ListQuery, drawn, only_process, page_query};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, filters};
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::{Around, Invitation};
use crate::core::app::App;
use crate::core::atlas::{Facet, Facets, Filter, Grouping, Unknown, Values, Words, World};
use crate::core::features::{self, Card, Status};
use crate::core::territory::Territory;
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
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    /// Colour and icon of a theme.
    pub(super) symbol: Option<(String, String)>,
    pub(super) count: u64,
    pub(super) chosen: bool,
}

/// A facet of the filter, with its choices.
pub(super) struct ByFacet {
    pub(super) name: &'static str,
    label: String,
    pub(super) choices: Vec<Choice>,
    /// Whether there may be too many to show them all: one of a list is chosen.
    is_select: bool,
}

impl ByFacet {
    /// The facet as its reader's page shows it. Choices that nothing has are there all the same, hidden: live updates may bring their first.
    fn new(facet: &'static Facet, lang: Lang, world: &World, filter: &Filter, facets: &Facets) -> ByFacet {
        let choice = |word: &str, label: String, symbol: Option<(String, String)>| Choice {
            value: word.to_owned(),
            label,
            symbol,
            count: facets.of(facet.name, word),
            chosen: filter.has(facet.name, word),
        };
        let shown = world.values(facet).iter().filter(|value| value.is_shown);
        let named = shown.map(|value| choice(&value.word, value.name(lang), value.symbol.clone()));
        let none =
            facet.has_none().then(|| choice("none", lang.text(&format!("{}-none", facet.key())), None));
        let choices: Vec<Choice> = named.chain(none).collect();
        // Where there is nothing to choose, there is no choice of nothing.
        let is_empty = choices.iter().all(|choice| choice.value == "none" && !choice.chosen);
        let choices = if is_empty { Vec::new() } else { choices };
        let is_select = matches!(facet.values, Values::Areas);
        ByFacet { name: facet.name, label: lang.text(&facet.key()), choices, is_select }
    }
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
    /// The facets of the filter, in order.
    by: Vec<ByFacet>,
    chips: Vec<Chip>,
    /// What the colours on the map mean.
    legend: Vec<Entry>,
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
    /// What is asked for of the map, and what it does.
    asked_grouping: Option<Grouping>,
    grouping: Grouping,
    /// What people are asked to do here, and with which process.
    acts: Vec<Invitation>,
    /// The one process that the page is of; empty where it is of all.
    process: String,
    /// Cards of modules, as HTML.
    front: Vec<String>,
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
    /// The form of something that people are asked to do, with the process that the page is of.
    fn act_href(&self, act: &Invitation) -> String {
        let separator = if act.path.contains('?') { '&' } else { '?' };
        match self.process.as_str() {
            "" => act.path.to_owned(),
            slug => format!("{}{separator}process={slug}", act.path),
        }
    }
    /// The picture of a link to it.
    fn share_picture(&self) -> String {
        let query = self.filter.canonical();
        let separator = if query.is_empty() { "" } else { "?" };
        format!("/share.png{separator}{query}")
    }
    fn share_alt(&self) -> String {
        self.lang.say(&Message::new("picture-title").with("site", self.site.as_str()))
    }
    fn is_order(&self, word: &str) -> bool {
        self.order == word
    }
    /// The order where none is said, which needs no word.
    fn is_usual(&self, word: &str) -> bool {
        self.usual == word
    }
    /// Whether the map is asked to group so.
    fn is_grouped(&self, word: &str) -> bool {
        self.asked_grouping.map_or("", Grouping::word) == word
    }
    fn grouping_label(&self, word: &str) -> String {
        self.lang.text(&format!("filter-grouped-{}", if word.is_empty() { "best" } else { word }))
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
        let areas = card.area_slugs().into_iter().filter_map(|slug| territory.of_slug(slug));
        Territory::innermost(areas).map(|area| area.name.clone())
    }
}

/// What a link asked for and there is not, in words.
fn told(lang: Lang, unknown: &Unknown) -> String {
    let value: String = unknown.value.chars().take(60).collect();
    let name = match unknown.name.as_str() {
        name @ ("since" | "until" | "bbox") => lang.text(&format!("filter-{name}")),
        "q" => lang.text("filter-words"),
        name => {
            Facet::of_name(name).map_or_else(|| lang.text("filter-score"), |facet| lang.text(&facet.key()))
        }
    };
    lang.say(&Message::new("filter-not-known").with("name", name).with("value", value))
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
    let only = only_process(&query.filter, &app.atlas.world())?;
    let process = only.as_ref().and_then(|known| known.process());
    let around = Around { app, reader, actor: None, process };
    let (acts, front) = (around.acts()?, around.cards().await);
    let bounds = app.atlas.bounds().map(|b| b.map(|degrees| format!("{degrees:.6}")).join(","));
    let world = app.atlas.world();
    let cards = match features::store::cards(&app.db, &page.ids).await {
        Err(error) if error.fault().is_some() => {
            tracing::warn!(%error, "a list is shown without its words");
            None
        }
        cards => Some(cards?),
    };
    let by: Vec<ByFacet> =
        all_facets().map(|facet| ByFacet::new(facet, lang, &world, &query.filter, &facets)).collect();
    let chips = chips(lang, path, &query, &by);
    let legend = legend::entries(path, &query, &by);
    Ok(Square {
        lang,
        site: app.name(),
        base: app.base(reader),
        path,
        unknown: query.unknown.iter().map(|unknown| told(lang, unknown)).collect(),
        known_link: query.shared(&query.filter.clone().without_unknown()),
        chips,
        legend,
        by,
        next: page.next.map(|cursor| query.next(cursor)),
        link: query.page_link(),
        order: query.order_word,
        usual: query.usual,
        is_without_words: cards.is_none(),
        cards: cards.unwrap_or_default(),
        bounds: bounds.unwrap_or_default(),
        asked_grouping: query.grouping,
        grouping: query.grouping.unwrap_or_else(|| Grouping::of(whole)),
        acts,
        process: only.map(|known| known.slug).unwrap_or_default(),
        front,
        seed: query.seed().unwrap_or_else(drawn),
        filter: query.filter,
        bbox: query.bbox,
        facets,
        whole,
        world,
    })
}

/// Each condition of the filter as a link to the page without it.
fn chips(lang: Lang, path: &str, query: &ListQuery, by: &[ByFacet]) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |label: String, without: &dyn Fn(&mut Filter)| {
        let mut filter = query.filter.clone().without_unknown();
        without(&mut filter);
        let link = query.shared(&filter);
        let separator = if link.is_empty() { "" } else { "?" };
        chips.push(Chip { label, href: format!("{path}{separator}{link}") });
    };
    for ByFacet { name, choices, .. } in by {
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
    // Its name is the agents' own.
    if let Some(zone) = filter.within {
        chip(said("chip-within", zone.to_string()), &|filter| filter.within = None);
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
