//! The map as a picture: `/map.svg` and `/map.png`, drawn here of the same tiles and the same style (`crates/drawing`).
//!
//! What it is: the map of whoever has no scripts, of a letter, of another site's page. What it is not: the live map, nor pictures of a
//! basemap, which another program has to draw. Invariant: it shows what the map's page shows under the same filter, and its discs lead to the
//! same contributions; two are drawn at a time, whoever asks, and whoever goes away meanwhile.

use super::listing::boxes;
use super::style;
use crate::base::error::{Error, Result};
use crate::base::http::{self, ContentPolicy, Framed, Reader};
use crate::base::i18n::{Lang, Message};
use crate::base::letters::LETTERS;
use crate::civic::accounts::{Limit, LimitRow, Period, Rate};
use crate::core::app::App;
use crate::core::atlas::{Filter, Selection, World};
use crate::core::features;
use crate::core::layers::{Scheme, Underlay, UnderlayTiles};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use parvis_drawing::{Entry, Frame, Link, Sign, Style, Surround, Tiles, Units, draw};
use parvis_tiles::TileCoord;
use parvis_tiles::decode::{DecodedFeature, DecodedValue};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Maps that a person has drawn; ten share an address.
pub(super) const DRAW: Limit = Limit(&LimitRow {
    word: "draw",
    rate: Rate { count: 20, period: Period::Minute },
    makes_visitors: false,
});

/// Each takes a processor for a moment.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Pixels that are drawn where no size is asked for, and the most and the fewest on a side.
const SIZE: [u32; 2] = [960, 640];
const SIDES: std::ops::RangeInclusive<u32> = 64..=2_400;

/// The most contributions whose titles their discs have.
const MOST_TITLES: usize = 1_000;

/// From nearer than this a cluster leads to the list: no map takes it apart.
const NEAREST: f64 = 18.0;

/// What an address asks for beside its filter.
struct Asked {
    filter: Filter,
    frame: Frame,
    scheme: Scheme,
    /// How many pixels of the picture are one of the map.
    times: f32,
}

/// `GET /map.svg?bbox=&size=960x640&scheme=light|dark&…`: discs are links; it may stand in a frame of our own pages.
pub(super) async fn svg(
    State(app): State<App>,
    reader: Reader,
    underlay: Option<Extension<Arc<Underlay>>>,
    tiles: Option<Extension<Option<UnderlayTiles>>>,
    Extension(policy): Extension<ContentPolicy>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let ground = Ground::of(underlay, tiles);
    let asked = asked(query.as_deref().unwrap_or_default(), &app, &ground)?;
    let svg = drawn(&app, &reader, &ground, asked, true, |svg| Ok(svg.into())).await?;
    let mut answer = answer("image/svg+xml", svg, &headers);
    // Titles and counts are in the reader's language.
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    Ok((Extension(Framed(policy.framed_by_ours()?)), answer).into_response())
}

/// `GET /map.png?bbox=&size=960x640&scale=1|2&scheme=light|dark&…`
pub(super) async fn png(
    State(app): State<App>,
    reader: Reader,
    underlay: Option<Extension<Arc<Underlay>>>,
    tiles: Option<Extension<Option<UnderlayTiles>>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let ground = Ground::of(underlay, tiles);
    let asked = asked(query.as_deref().unwrap_or_default(), &app, &ground)?;
    let times = asked.times;
    let pixels = move |svg: String| Ok(parvis_drawing::png(&svg, &LETTERS, times)?.into());
    Ok(answer("image/png", drawn(&app, &reader, &ground, asked, false, pixels).await?, &headers))
}

impl From<parvis_drawing::Fault> for Error {
    fn from(fault: parvis_drawing::Fault) -> Error {
        Error::Internal(format!("a map cannot be drawn: {fault}"))
    }
}

/// What lies under the map.
struct Ground {
    underlay: Arc<Underlay>,
    tiles: Option<UnderlayTiles>,
}

impl Ground {
    fn of(
        underlay: Option<Extension<Arc<Underlay>>>,
        tiles: Option<Extension<Option<UnderlayTiles>>>,
    ) -> Ground {
        let underlay = underlay.map(|Extension(underlay)| underlay).unwrap_or_default();
        Ground { underlay, tiles: tiles.and_then(|Extension(tiles)| tiles) }
    }
}

fn asked(query: &str, app: &App, ground: &Ground) -> Result<Asked> {
    // As the page reads it: what it does not know shows nothing, and what others hang on an address is passed over.
    let (filter, others, _) =
        Filter::of_page(query, &["bbox", "size", "scale", "scheme"], &app.atlas.world());
    let said = |name: &str| others.iter().rfind(|(other, _)| other == name).map(|(_, value)| value.as_str());
    let bad = |name: &'static str, value: &str| {
        Error::invalid(name, Message::new("picture-bad").with("name", name).with("value", value))
    };
    let [width, height] = match said("size") {
        None => SIZE,
        Some(size) => numbers(size, 'x')
            .filter(|s| s.iter().all(|n| SIDES.contains(n)))
            .ok_or_else(|| bad("size", size))?,
    };
    let times: f32 = match said("scale") {
        None | Some("1") => 1.0,
        Some("2") => 2.0,
        Some(other) => return Err(bad("scale", other)),
    };
    let pixels = u64::from(width) * u64::from(height) * if times > 1.0 { 4 } else { 1 };
    if pixels > parvis_drawing::MOST_PIXELS {
        return Err(bad("size", &format!("{width}x{height}")));
    }
    let bounds = match said("bbox") {
        None => style::extent(app),
        // Over the antimeridian there are two: the larger is drawn.
        Some(bbox) => {
            let boxes = boxes(bbox).into_iter().flatten();
            let widest = boxes.max_by_key(|bounds| bounds.max_x - bounds.min_x);
            widest.ok_or_else(|| bad("bbox", bbox))?.to_lon_lat()
        }
    };
    let frame = Frame::around(bounds, width, height)
        .map_err(|_no_place| bad("bbox", said("bbox").unwrap_or_default()))?;
    Ok(Asked { filter, frame, scheme: style::scheme_of(&others, &ground.underlay)?, times })
}

/// So many numbers between a mark; nothing for anything else.
fn numbers<T: FromStr, const N: usize>(text: &str, mark: char) -> Option<[T; N]> {
    let numbers: Vec<T> = text.split(mark).map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// The drawing, made into what is answered by `finish`.
async fn drawn(
    app: &App,
    reader: &Reader,
    ground: &Ground,
    asked: Asked,
    with_links: bool,
    finish: impl FnOnce(String) -> Result<Bytes> + Send + 'static,
) -> Result<Bytes> {
    let turn = TURNS.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
    let Asked { filter, frame, scheme, .. } = asked;
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let world = app.atlas.world();
    let map = Style::read(&style::drawing(&world, "", &filter, scheme, &ground.underlay))?;
    let (query, of_basemap) = (filter.canonical(), of_basemap(ground, &map, &frame).await);
    let ((tiles, map), turn) = {
        let (app, world) = (app.clone(), Arc::clone(&world));
        apart(turn, move || Ok((tiles(&app, &world, &map, &frame, &filter, &of_basemap)?, map))).await?
    };
    let titles = if with_links { titles(app, &tiles, &frame).await? } else { HashMap::new() };
    let (lang, base) = (reader.lang, http::url("/"));
    let title = lang.say(&Message::new("picture-title").with("site", app.name()));
    let thanks = thanks(&world, &ground.underlay);
    let draw = move || {
        let page = Page { lang, base, query, titles };
        let link = |layer: &str, feature: &DecodedFeature, at| page.link(layer, feature, at, &frame);
        let themes: Vec<_> =
            world.shown_themes().map(|theme| (world.theme_name(theme), &theme.color)).collect();
        let palette = scheme.palette();
        let surround = Surround {
            title: &title,
            legend: themes.iter().map(|(label, color)| Entry { sign: Sign::Disc, color, label }).collect(),
            attribution: &thanks,
            scale: Some(Units { metres: "m", kilometres: "km" }),
            ink: palette.words,
            paper: palette.paper,
            fonts: Some(&LETTERS),
            is_fluid: with_links,
            link: with_links.then_some(Link(&link)),
        };
        finish(draw(&map, &frame, &tiles, &surround))
    };
    Ok(apart(turn, draw).await?.0)
}

/// Works on a thread of its own, in a turn that lasts as long as the work: also where nobody waits for it any more.
async fn apart<T: Send + 'static>(
    turn: Turn,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<(T, Turn)> {
    let done = tokio::task::spawn_blocking(move || work().map(|done| (done, turn))).await;
    done.map_err(|error| Error::Internal(error.to_string()))?
}

type Turn = SemaphorePermit<'static>;

/// The basemap's tiles that the frame needs. One that cannot be read is missing, and told where it is served.
async fn of_basemap(ground: &Ground, map: &Style, frame: &Frame) -> Vec<(TileCoord, Bytes)> {
    let Some(UnderlayTiles(of)) = &ground.tiles else { return Vec::new() };
    let mut found = Vec::new();
    for (_, tile) in map.tiles(frame).into_iter().filter(|(source, _)| source == Underlay::SOURCE) {
        found.extend(of(tile).await.ok().flatten().map(|bytes| (tile, bytes)));
    }
    found
}

/// The tiles that the frame needs, decoded.
fn tiles(
    app: &App,
    world: &World,
    map: &Style,
    frame: &Frame,
    filter: &Filter,
    of_basemap: &[(TileCoord, Bytes)],
) -> Result<Tiles> {
    let select = |names: &str| Selection::of_names(names, world).ok_or(Error::NotFound);
    let (context, features) = (select(&style::ground_layers(world))?, select("features")?);
    let unfiltered = Filter::default();
    let mut tiles = Tiles::default();
    let mut add = |source: &str, tile, bytes: &[u8]| {
        if let Err(error) = tiles.add(source, tile, bytes) {
            tracing::warn!(%error, source, "a tile is left out of a drawn map");
        }
    };
    for (source, tile) in map.tiles(frame) {
        match source.as_str() {
            "context" => add(&source, tile, &app.atlas.tile(tile, &context, &unfiltered)?.bytes),
            "features" => add(&source, tile, &app.atlas.tile(tile, &features, filter)?.bytes),
            _ => {}
        }
    }
    of_basemap.iter().for_each(|(tile, bytes)| add(Underlay::SOURCE, *tile, bytes));
    Ok(tiles)
}

/// What contributions are called whose discs are drawn.
async fn titles(app: &App, tiles: &Tiles, frame: &Frame) -> Result<HashMap<u64, String>> {
    let ids = tiles.points("features", "points", frame).into_iter().take(MOST_TITLES);
    let ids: Vec<i64> = ids.filter_map(|id| i64::try_from(id).ok()).collect();
    let titles = features::store::titles(&app.db, &ids).await?;
    Ok(titles.into_iter().map(|(id, title)| (id.0.unsigned_abs(), title)).collect())
}

/// Where the discs of a map lead.
struct Page {
    lang: Lang,
    base: String,
    query: String,
    titles: HashMap<u64, String>,
}

impl Page {
    /// A contribution, or a cluster's part of the map: a quarter of this one around it.
    fn link(
        &self,
        layer: &str,
        feature: &DecodedFeature,
        [lon, lat]: [f64; 2],
        frame: &Frame,
    ) -> Option<(String, String)> {
        if layer == "points" {
            let id = feature.id?;
            let called = self.titles.get(&id).cloned().unwrap_or_else(|| self.lang.text("picture-point"));
            return Some((format!("{}features/{id}", self.base), called));
        }
        let count = feature.tags.iter().find_map(|(name, value)| match value {
            DecodedValue::Uint(count) if name == "count" => Some(*count),
            _ => None,
        })?;
        let [x, y] = frame.place(lon, lat)?;
        let (right, down) = (f64::from(frame.width) / 8.0, f64::from(frame.height) / 8.0);
        let [[west, north], [east, south]] =
            [frame.lon_lat([x - right, y - down]), frame.lon_lat([x + right, y + down])];
        let separator = if self.query.is_empty() { "" } else { "&" };
        let bbox = format!("{west:.5},{south:.5},{east:.5},{north:.5}");
        let path = if frame.zoom > NEAREST { "list" } else { "" };
        let to = format!("{}{path}?{}{separator}bbox={bbox}", self.base, self.query);
        Some((to, self.lang.count("picture-cluster", i64::try_from(count).ok()?)))
    }
}

/// Whom to thank for what is drawn, without the markup that a basemap may say it in. A basemap of pictures is not drawn.
fn thanks(world: &World, underlay: &Underlay) -> String {
    let of_basemap = match underlay {
        Underlay::Tiles { source, .. } if source["type"] == "vector" => source["attribution"].as_str(),
        _ => None,
    };
    let parts = of_basemap.unwrap_or_default().split('<');
    let plain: String = parts.map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let entity = |name: &str| match name {
        "copy" => Some("©"),
        "nbsp" => Some("\u{a0}"),
        other => quick_xml::escape::resolve_xml_entity(other),
    };
    let plain =
        quick_xml::escape::unescape_with(&plain, entity).map_or(plain.clone(), |text| text.into_owned());
    let all = [style::attribution(world), plain];
    all.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Kept for a minute without asking again, as photos are.
fn answer(media: &'static str, bytes: Bytes, request: &HeaderMap) -> Response {
    let tag = http::weak_tag(&bytes);
    let is_known = http::is_known(request, &tag);
    let headers = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60, must-revalidate")),
    ];
    if is_known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, bytes).into_response()
    }
}
