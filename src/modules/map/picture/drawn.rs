//! How a picture of the map is drawn: its tiles, its links, what is pointed out and said in it.
//!
//! What it is not: what an address asks for (`mod.rs`), nor what is shown of one thing (`share.rs`). Invariant: two are drawn at a time, and a turn lasts as
//! long as its work.

use super::legend;
use super::style::{self, surface};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::{Lang, Message};
use crate::base::letters::LETTERS;
use crate::core::app::App;
use crate::core::atlas::{Filter, Grouping, Selection, World};
use crate::core::features;
use crate::core::layers::{Scheme, Underlay, UnderlayTiles};
use crate::core::made::Moment;
use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use parvis_drawing::{Caption, Entry, Frame, Link, Mark, Part, Sign, Style, Surround, Tiles, Units, draw};
use parvis_tiles::TileCoord;
use parvis_tiles::decode::{DecodedFeature, DecodedValue};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Each takes a processor for a moment.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The most contributions whose titles their discs have.
const MOST_TITLES: usize = 1_000;

/// From nearer than this a cluster leads to the list: no map takes it apart.
const NEAREST: f64 = 18.0;

/// What is drawn.
pub(super) struct Wanted {
    pub(super) filter: Filter,
    pub(super) frame: Frame,
    pub(super) scheme: Scheme,
    pub(super) manner: Manner,
    /// What is asked for; nothing for what serves best.
    pub(super) grouping: Option<Grouping>,
}

/// How it is drawn.
#[derive(Default)]
pub(super) struct Manner {
    /// Whether discs lead to what they are.
    pub(super) has_links: bool,
    /// Whether it is for a slow line.
    pub(super) is_coarse: bool,
    /// The one thing that it is about; nothing for the map as such.
    pub(super) about: Option<About>,
}

/// What a picture is about.
pub(super) struct About {
    /// What it is called, also where it is read out.
    pub(super) title: String,
    /// What sort of thing it is, and whose map: said in the picture where they are.
    pub(super) caption: Option<(String, String)>,
    /// How wide what stands after the site's name is, in pixels.
    pub(super) beside: u32,
    /// The colour of its disc and of the bar over its words.
    pub(super) color: String,
    /// Its place.
    pub(super) place: Option<[f64; 2]>,
    /// The edge of the area that it is about.
    pub(super) edge: Vec<Vec<[f64; 2]>>,
    /// The contribution that is drawn alone.
    pub(super) alone: Option<u64>,
}

impl About {
    fn marks(&self) -> Vec<Mark<'_>> {
        let edge = (!self.edge.is_empty()).then_some(Mark::Edge { rings: &self.edge, color: &self.color });
        let place = self.place.map(|at| Mark::Place { at, color: &self.color });
        edge.into_iter().chain(place).collect()
    }

    fn caption(&self) -> Option<Caption<'_>> {
        let (sort, site) = self.caption.as_ref()?;
        Some(Caption { title: &self.title, sort, site, beside: self.beside, color: &self.color })
    }
}

impl From<parvis_drawing::Fault> for Error {
    fn from(fault: parvis_drawing::Fault) -> Error {
        Error::Internal(format!("a map cannot be drawn: {fault}"))
    }
}

/// The PNG of a drawing, so many times as large.
pub(super) fn pixels(svg: &str, times: f32) -> Result<Bytes> {
    Ok(parvis_drawing::png(svg, &LETTERS, times)?.into())
}

/// What lies under the map.
pub(in crate::modules::map) struct Ground {
    pub(super) underlay: Arc<Underlay>,
    tiles: Option<UnderlayTiles>,
    /// Read before anything else that a drawing is made of.
    then: Moment,
}

impl FromRequestParts<App> for Ground {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Ground, Infallible> {
        let then = Moment::of(&app.atlas);
        let underlay = parts.extensions.get::<Arc<Underlay>>().cloned().unwrap_or_default();
        let tiles = parts.extensions.get::<Option<UnderlayTiles>>().cloned().flatten();
        Ok(Ground { underlay, tiles, then })
    }
}

impl Ground {
    /// Tells what lies under a drawing from what another lies on: another file of tiles has other addresses.
    fn version(&self) -> &str {
        match &*self.underlay {
            Underlay::None => "",
            Underlay::Tiles { source, .. } => source["tiles"][0].as_str().unwrap_or_default(),
            Underlay::Style(address, _) => address,
        }
    }
}

/// A style without what is seen from near only: edges of streets and buildings, paths, halos.
fn coarse(mut style: Value) -> Value {
    const LEFT: [&str; 7] = ["-walls", "-shore", "-path", "-casing", "-casing-main", "-ties", "areas-halo"];
    if let Some(layers) = style["layers"].as_array_mut() {
        let id = |layer: &Value| layer["id"].as_str().unwrap_or_default().to_owned();
        layers.retain(|layer| {
            !LEFT.iter().any(|left| id(layer).ends_with(left) || id(layer).starts_with(left))
        });
    }
    style
}

/// How many seconds a drawing serves at most: a tile of the basemap may have been missing for a moment.
const SERVES: i64 = 600;

/// What answers a question, drawn once for as long as nothing changes; nothing is kept where no question is said.
pub(super) async fn once(
    app: &App,
    ground: &Ground,
    question: Option<String>,
    draw: impl Future<Output = Result<Bytes>>,
) -> Result<Bytes> {
    let at = clock::now().timestamp() / SERVES;
    let then = ground.then;
    let Some(question) = question.map(|question| format!("{question} {at} {}", ground.version())) else {
        return draw.await;
    };
    if let Some(bytes) = app.made.get::<Bytes>(then, &question) {
        return Ok((*bytes).clone());
    }
    let bytes = draw.await?;
    app.made.put(then, question, bytes.clone(), bytes.len());
    Ok(bytes)
}

/// The drawing, made into what is answered by `finish`.
pub(super) async fn drawn(
    app: &App,
    reader: &Reader,
    ground: &Ground,
    wanted: Wanted,
    finish: impl FnOnce(String) -> Result<Bytes> + Send + 'static,
) -> Result<Bytes> {
    let turn = TURNS.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
    let Wanted { filter, frame, scheme, manner, grouping } = wanted;
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let world = app.atlas.world();
    let underlay = Arc::clone(&ground.underlay);
    let styled = {
        let (world, filter, is_coarse) = (Arc::clone(&world), filter.clone(), manner.is_coarse);
        move |breaks: &[u64]| {
            let map = style::drawing(&world, "", &filter, scheme, &underlay, breaks);
            Style::read(&if is_coarse { coarse(map) } else { map })
        }
    };
    let map = styled(&surface::USUAL)?;
    let grouping = grouping.map_or_else(|| app.atlas.total(&filter).map(Grouping::of), Ok)?;
    let (query, of_basemap) = (filter.canonical(), of_basemap(ground, &map, &frame).await);
    let ((mut tiles, map), turn) = {
        let (app, world) = (app.clone(), Arc::clone(&world));
        apart(turn, move || Ok((tiles(&app, &world, &map, &frame, (&filter, grouping), &of_basemap)?, map)))
            .await?
    };
    if let Some(id) = manner.about.as_ref().and_then(|about| about.alone) {
        // Its place has a disc of its own.
        let is_shape = |layer: &str| matches!(layer, "lines" | "polygons");
        tiles.keep("features", |layer, feature| is_shape(layer) && feature.id == Some(id));
    }
    let titles = if manner.has_links { titles(app, &tiles, &frame).await? } else { HashMap::new() };
    let squares = squares(&tiles, &frame);
    let breaks = surface::breaks(squares.iter().map(|(_, count)| *count).collect());
    let map = if squares.is_empty() { map } else { styled(&breaks)? };
    let (lang, base) = (reader.lang, http::url("/"));
    let title = lang.say(&Message::new("picture-title").with("site", app.name()));
    let thanks = thanks(&world, &ground.underlay);
    let draw = move || {
        let page = Page { lang, base, query, titles };
        let link = |layer: &str, feature: &DecodedFeature, at| page.link(layer, feature, at, &frame);
        let themes = legend::themes(&world, lang, &tiles);
        let entries = themes.iter().map(|(label, color)| Entry { sign: Sign::Disc, color, label });
        let palette = scheme.palette();
        let steps = legend::scale(&frame, map.tiles(&frame).first(), &breaks, lang);
        let scale = surface::colors(scheme, breaks.len()).zip(&steps);
        let scale = scale.map(|(color, label)| Entry { sign: Sign::Square, color, label });
        let scale = scale.filter(|_| !squares.is_empty());
        let about = manner.about.as_ref();
        let surround = Surround {
            title: about.map_or(title.as_str(), |about| &about.title),
            // Where a map of the same colours comes, or one thing is shown, they mean nothing new.
            legend: if about.is_none() && !manner.is_coarse {
                scale.chain(entries).collect()
            } else {
                Vec::new()
            },
            attribution: &thanks,
            scale: Some(Units { metres: "m", kilometres: "km" }),
            ink: palette.words,
            paper: palette.paper,
            fonts: Some(&LETTERS),
            is_fluid: manner.has_links,
            link: manner.has_links.then_some(Link(&link)),
            parts: if manner.has_links { page.parts(&squares, &frame) } else { Vec::new() },
            is_coarse: manner.is_coarse,
            marks: about.map(About::marks).unwrap_or_default(),
            caption: about.and_then(About::caption),
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
    (filter, grouping): (&Filter, Grouping),
    of_basemap: &[(TileCoord, Bytes)],
) -> Result<Tiles> {
    let select = |names: &str| Selection::of_names(names, world).ok_or(Error::NotFound);
    let (context, features) = (select(&style::ground_layers(world))?, select(grouping.layers())?);
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

/// How many a cluster or square holds.
pub(super) fn count_of(feature: &DecodedFeature) -> Option<u64> {
    feature.tags.iter().find_map(|(name, value)| match value {
        DecodedValue::Uint(count) if name == "count" => Some(*count),
        _ => None,
    })
}

/// The squares that are seen: their middles in pixels, and how many each holds.
fn squares(tiles: &Tiles, frame: &Frame) -> Vec<([f64; 2], u64)> {
    let seen = tiles.surfaces("features", "squares", frame).into_iter();
    seen.filter_map(|(middle, feature)| Some((middle, count_of(feature)?))).collect()
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
        let count = count_of(feature)?;
        let [x, y] = frame.place(lon, lat)?;
        let (right, down) = (f64::from(frame.width) / 8.0, f64::from(frame.height) / 8.0);
        let to = self.nearer([[x - right, y - down], [x + right, y + down]], frame);
        Some((to, self.lang.count("picture-cluster", i64::try_from(count).ok()?)))
    }

    /// The address of a part of the map, between two of its pixels.
    fn nearer(&self, corners: [[f64; 2]; 2], frame: &Frame) -> String {
        let [[west, north], [east, south]] = corners.map(|corner| frame.lon_lat(corner));
        let separator = if self.query.is_empty() { "" } else { "&" };
        let bbox = format!("{west:.5},{south:.5},{east:.5},{north:.5}");
        let path = if frame.zoom > NEAREST { "list" } else { "" };
        format!("{}{path}?{}{separator}bbox={bbox}", self.base, self.query)
    }

    /// The parts of a map that squares are in, four by four, each with how many its squares hold.
    fn parts(&self, squares: &[([f64; 2], u64)], frame: &Frame) -> Vec<Part> {
        const SIDE: u32 = 4;
        let (width, height) = (frame.width.div_ceil(SIDE), frame.height.div_ceil(SIDE));
        let mut counts: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for ([x, y], count) in squares {
            // Both are within the frame.
            *counts.entry((*y as u32 / height.max(1), *x as u32 / width.max(1))).or_default() += count;
        }
        let part = |((row, column), count): ((u32, u32), u64)| {
            let at = [column * width, row * height, width, height];
            let [west, north, ..] = at.map(f64::from);
            let to =
                self.nearer([[west, north], [west + f64::from(width), north + f64::from(height)]], frame);
            Part {
                at,
                to,
                called: self.lang.count("picture-cluster", i64::try_from(count).unwrap_or(i64::MAX)),
            }
        };
        counts.into_iter().map(part).collect()
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
