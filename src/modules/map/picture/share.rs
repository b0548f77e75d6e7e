//! Pictures of one thing: what a messenger or a network shows of a link, and a contribution's place as its page prints it.
//!
//! What it is: a contribution's place, a process's area or the map of a filter, with its title and the site's name. What it is not: a photo; who has one
//! shares that (`discussion`). Invariant: what is not public has no picture, and answers as what there is not.

use super::drawn::{About, Ground, Manner, Wanted, drawn, once, pixels};
use super::style;
use super::{answer, in_a_language};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::ids::FeatureId;
use crate::base::media::{Digest, Emblem};
use crate::civic::accounts::Actor;
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::atlas::{Filter, World};
use crate::core::features::{self, Card, geometry};
use crate::core::layers::Scheme;
use crate::core::territory::Territory;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use geo::Geometry;
use image::{ImageFormat, RgbaImage, imageops};
use parvis_drawing::{Caption, Frame};
use std::io::Cursor;

/// What networks and messengers ask for.
const SIZE: [u32; 2] = [1_200, 630];

/// How near a place is shown: its street, and those around it.
const NEAR: f64 = 15.5;

/// The size of a place as a page shows it.
const PLACE: [u32; 2] = [680, 320];

/// `GET /share.png?…`: the map of a filter.
pub(in crate::modules::map) async fn map(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let query = query.unwrap_or_default();
    let (filter, ..) = Filter::of_page(&query, &[], &app.atlas.world());
    let question = filter.within.is_none().then(|| format!("share.png {} map {query}", reader.lang.code()));
    let drawing = picture_of_map(&app, &reader, &ground, filter);
    let png = once(&app, &ground, question, drawing).await?;
    Ok(in_a_language(answer("image/png", png, &headers)))
}

async fn picture_of_map(app: &App, reader: &Reader, ground: &Ground, filter: Filter) -> Result<Bytes> {
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let total = i64::try_from(app.atlas.total(&filter)?).unwrap_or(i64::MAX);
    let about = About {
        title: reader.lang.text("map-title"),
        caption: Some((reader.lang.count("feature-count", total), app.name())),
        beside: 0,
        color: brand(),
        place: None,
        edge: Vec::new(),
        alone: None,
    };
    let shown = (filter, framed(style::extent(app), SIZE, Caption::HEIGHT)?);
    picture(app, reader, ground, shown, about).await
}

/// `GET /features/{id}/share.png`
pub(in crate::modules::map) async fn feature(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    // Whoever may not be shown it has it hidden or taken back by a line of the journal.
    let question = Some(format!("share.png {} feature {id}", reader.lang.code()));
    let drawing = async {
        let card = public(&app, &id).await?;
        let (about, bounds) = contribution(&app, &reader, &card, Scheme::Light)?;
        let shown = (Filter::default(), framed(bounds, SIZE, Caption::HEIGHT)?);
        picture(&app, &reader, &ground, shown, about).await
    };
    let png = once(&app, &ground, question, drawing).await?;
    Ok(in_a_language(answer("image/png", png, &headers)))
}

/// `GET /features/{id}/place.svg?scheme=light|dark`: its place without a word, for paper and for pages without scripts.
pub(in crate::modules::map) async fn place(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let scheme = scheme(&app, query.as_deref(), &ground)?;
    let question = Some(format!("place.svg {} {} {id}", reader.lang.code(), scheme.word()));
    let svg = once(&app, &ground, question, place_of(&app, &reader, &ground, &id, scheme)).await?;
    Ok(in_a_language(answer("image/svg+xml", svg, &headers)))
}

async fn place_of(app: &App, reader: &Reader, ground: &Ground, id: &str, scheme: Scheme) -> Result<Bytes> {
    let card = public(app, id).await?;
    let (about, bounds) = contribution(app, reader, &card, scheme)?;
    let about = Some(About { caption: None, ..about });
    let wanted = Wanted {
        filter: Filter::default(),
        frame: framed(bounds, PLACE, 0)?,
        scheme,
        manner: Manner { about, ..Manner::default() },
        grouping: None,
    };
    drawn(app, reader, ground, wanted, |svg| Ok(svg.into())).await
}

/// `GET /processes/{slug}/share.png`: its area, and what was placed in it.
pub(in crate::modules::map) async fn process(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let world = app.atlas.world();
    let known = ProcessRules::of_slug(&world, &slug)?;
    if known.slug.is_empty() {
        return Err(Error::NotFound);
    }
    let (filter, _) = Filter::of_query(&format!("process={}", known.slug), &[])?;
    let area = area(&world, &known.settings.area)?;
    let about = About {
        title: known.title_in(reader.lang).to_owned(),
        caption: Some((reader.lang.text("share-process"), app.name())),
        beside: 0,
        color: brand(),
        place: None,
        edge: area.as_ref().map(rings).unwrap_or_default(),
        alone: None,
    };
    let bounds = area.as_ref().and_then(extent).unwrap_or_else(|| style::extent(&app));
    let shown = (filter, framed(bounds, SIZE, Caption::HEIGHT)?);
    let question = Some(format!("share.png {} process {slug}", reader.lang.code()));
    let png = once(&app, &ground, question, picture(&app, &reader, &ground, shown, about)).await?;
    Ok(in_a_language(answer("image/png", png, &headers)))
}

/// The size of a process's map as its page shows it.
const PERIMETER: [u32; 2] = [680, 420];

/// `GET /processes/{slug}/place.svg?scheme=light|dark`: its area and its contributions without a word; a draft's for its team alone.
pub(in crate::modules::map) async fn perimeter(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    actor: Actor,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let world = app.atlas.world();
    // The live map knows what everybody may see; the database is asked of a draft alone.
    let known = match ProcessRules::of_slug(&world, &slug) {
        Err(Error::NotFound) => ProcessRules::seen_by(&app, &actor, &slug).await?,
        known => known?,
    };
    // The filter does not know a draft: it shows nothing, and a draft has nothing.
    let (filter, ..) = Filter::of_page(&format!("process={}", known.slug), &[], &world);
    let scheme = scheme(&app, query.as_deref(), &ground)?;
    let area = area(&world, &known.settings.area)?;
    let about = About {
        title: known.title_in(reader.lang).to_owned(),
        caption: None,
        beside: 0,
        color: if scheme == Scheme::Dark { BRAND_DARK.to_owned() } else { brand() },
        place: None,
        edge: area.as_ref().map(rings).unwrap_or_default(),
        alone: None,
    };
    let bounds = area.as_ref().and_then(extent).unwrap_or_else(|| style::extent(&app));
    let manner = Manner { about: Some(about), ..Manner::default() };
    let wanted = Wanted { filter, frame: framed(bounds, PERIMETER, 0)?, scheme, manner, grouping: None };
    // A draft is its team's, and changes while it is written.
    let question =
        known.is_shown().then(|| format!("perimeter.svg {} {} {slug}", reader.lang.code(), scheme.word()));
    let svg =
        once(&app, &ground, question, drawn(&app, &reader, &ground, wanted, |svg| Ok(svg.into()))).await?;
    let mut answer = in_a_language(answer("image/svg+xml", svg, &headers));
    if !known.is_shown() {
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    Ok(answer)
}

/// The scheme that an address asks for.
fn scheme(app: &App, query: Option<&str>, ground: &Ground) -> Result<Scheme> {
    let (_, others, _) = Filter::of_page(query.unwrap_or_default(), &["scheme"], &app.atlas.world());
    style::scheme_of(&others, &ground.underlay)
}

/// The site's colour on a dark ground.
const BRAND_DARK: &str = "#8fcfe3";

/// The colour of what is the site's and nobody's theme: the city's, else that of the house's mark.
fn brand() -> String {
    http::face().brand.clone().unwrap_or_else(|| "#1d4e5f".to_owned())
}

async fn picture(
    app: &App,
    reader: &Reader,
    ground: &Ground,
    (filter, frame): (Filter, Frame),
    about: About,
) -> Result<Bytes> {
    let logo = logo(app).await;
    let about = About { beside: logo.as_ref().map_or(0, RgbaImage::width), ..about };
    let manner = Manner { about: Some(about), ..Manner::default() };
    let wanted = Wanted { filter, frame, scheme: Scheme::Light, manner, grouping: None };
    let finish = move |svg: String| match logo {
        Some(logo) => with_logo(&pixels(&svg, 1.0)?, &logo),
        None => pixels(&svg, 1.0),
    };
    drawn(app, reader, ground, wanted, finish).await
}

/// The city's logo as it stands beside the site's name, on a ground of its own where it is not seen on paper; nothing where there is
/// none, or where its file cannot be read, which the log says.
async fn logo(app: &App) -> Option<RgbaImage> {
    let digest = Digest::of_text(app.site().get("logo"))?;
    let made = async {
        let file = app.media.kept(&digest).await?.ok_or(Error::NotFound)?;
        let made = tokio::task::spawn_blocking(move || beside_the_name(&Emblem::read(&file)?)).await;
        made.map_err(|error| Error::Internal(error.to_string()))?
    };
    let made: Result<RgbaImage> = made.await;
    made.inspect_err(|error| tracing::warn!(%error, "a link is shown without the logo")).ok()
}

fn beside_the_name(emblem: &Emblem) -> Result<RgbaImage> {
    let [width, height] = Caption::BESIDE;
    if emblem.is_of_paper() {
        return Ok(emblem.within([width, height]));
    }
    let logo = emblem.within([width - 2 * EDGE, height - 2 * EDGE]);
    let mut on_ground =
        RgbaImage::from_pixel(logo.width() + 2 * EDGE, logo.height() + 2 * EDGE, emblem.ground);
    imageops::overlay(&mut on_ground, &logo, EDGE.into(), EDGE.into());
    Ok(on_ground)
}

/// What its ground reaches over a logo, in pixels.
const EDGE: u32 = 6;

/// A picture of a link with the logo where its words leave room for it.
fn with_logo(png: &[u8], logo: &RgbaImage) -> Result<Bytes> {
    let broken = |error: image::ImageError| Error::Internal(format!("a drawn picture: {error}"));
    let mut picture = image::load_from_memory(png).map_err(broken)?.into_rgba8();
    let [x, y] = Caption::beside([picture.width(), picture.height()], [logo.width(), logo.height()]);
    imageops::overlay(&mut picture, logo, x.into(), y.into());
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).map_err(broken)?;
    Ok(file.into_inner().into())
}

/// A contribution that everybody may read and that its author did not take back.
async fn public(app: &App, id: &str) -> Result<Card> {
    let id = FeatureId::of_text(id).ok_or(Error::NotFound)?;
    let card = features::store::find(&app.db, id).await?;
    if card.withdrawn_at.is_some() { Err(Error::NotFound) } else { Ok(card) }
}

/// What a picture of a contribution says, and what it shows: its place, else the smallest area that it lies in, else all.
fn contribution(app: &App, reader: &Reader, card: &Card, scheme: Scheme) -> Result<(About, [f64; 4])> {
    let place = card.wkb.as_deref().map(geometry::from_wkb).transpose()?;
    let area = if place.is_none() { smallest(&app.atlas.world(), card)? } else { None };
    let kind = reader.lang.text(&format!("kind-one-{}", card.kind.word()));
    let sort = card.theme_name(reader.lang).iter().fold(kind, |kind, theme| format!("{kind} · {theme}"));
    let no_theme = scheme.palette().no_theme;
    let about = About {
        title: card.title.clone(),
        caption: Some((sort, app.name())),
        beside: 0,
        color: card.theme_color.clone().unwrap_or_else(|| no_theme.to_owned()),
        place: place
            .as_ref()
            .and_then(parvis_tiles::geometry::representative_point)
            .map(|(lon, lat)| [lon, lat]),
        edge: area.as_ref().map(rings).unwrap_or_default(),
        alone: Some(card.id.0.unsigned_abs()),
    };
    let bounds = place.as_ref().or(area.as_ref()).and_then(extent);
    Ok((about, bounds.unwrap_or_else(|| style::extent(app))))
}

/// These bounds in the middle of what is above the words.
fn framed(bounds: [f64; 4], [width, height]: [u32; 2], words: u32) -> Result<Frame> {
    let above = Frame::around(bounds, width, height - words)?.no_nearer_than(NEAR);
    Ok(above.with_more_below(words)?)
}

/// The outline of the smallest area of a contribution.
fn smallest(world: &World, card: &Card) -> Result<Option<Geometry<f64>>> {
    let territory = world.territory();
    let areas = card.area_slugs().into_iter().filter_map(|slug| territory.of_slug(slug));
    Territory::innermost(areas).map(|area| geometry::from_wkb(&area.wkb)).transpose()
}

/// The outline of an area, where there is such a one.
fn area(world: &World, slug: &str) -> Result<Option<Geometry<f64>>> {
    let area = world.territory().of_slug(slug);
    area.map(|area| geometry::from_wkb(&area.wkb)).transpose()
}

fn extent(geometry: &Geometry<f64>) -> Option<[f64; 4]> {
    parvis_tiles::geometry::bounds(geometry).map(|bounds| bounds.to_lon_lat())
}

/// The rings of a surface.
fn rings(geometry: &Geometry<f64>) -> Vec<Vec<[f64; 2]>> {
    let polygons = match geometry {
        Geometry::Polygon(polygon) => std::slice::from_ref(polygon),
        Geometry::MultiPolygon(polygons) => polygons.0.as_slice(),
        _ => &[],
    };
    let all = polygons.iter().flat_map(|one| std::iter::once(one.exterior()).chain(one.interiors()));
    all.map(|ring| ring.coords().map(|at| [at.x, at.y]).collect()).collect()
}
