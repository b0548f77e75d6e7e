//! The map as a picture: `/map.svg` and `/map.png`, drawn here of the same tiles and the same style (`crates/drawing`).
//!
//! What it is: the map of whoever has no scripts, of a letter, of another site's page. What it is not: the live map, nor pictures of a
//! basemap, which another program has to draw. Invariant: it shows what the map's page shows under the same filter, and its discs lead to the
//! same contributions; two are drawn at a time, whoever asks, and whoever goes away meanwhile.

mod drawn;
mod legend;
pub(super) mod share;
#[cfg(test)]
mod tests;

use super::listing::boxes;
use super::style;
use crate::base::error::{Error, Result};
use crate::base::http::{self, ContentPolicy, Framed, Reader};
use crate::base::i18n::Message;
use crate::civic::accounts::{Limit, LimitRow, Period, Rate};
use crate::core::app::App;
use crate::core::atlas::{Filter, Grouping};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use drawn::{Ground, Manner, Wanted, drawn, once, pixels};
use parvis_drawing::Frame;
use std::str::FromStr;

/// Maps that a person has drawn; ten share an address.
pub(super) const DRAW: Limit = Limit(&LimitRow {
    word: "draw",
    rate: Rate { count: 20, period: Period::Minute },
    makes_visitors: false,
});

/// Pixels that are drawn where no size is asked for, and the most and the fewest on a side.
const SIZE: [u32; 2] = [960, 640];
const SIDES: std::ops::RangeInclusive<u32> = 64..=2_400;

/// `GET /map.svg?bbox=&size=960x640&scheme=light|dark&detail=low&…`: discs are links; it may stand in a frame of our own pages.
pub(super) async fn svg(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    Extension(policy): Extension<ContentPolicy>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let query = query.unwrap_or_default();
    let (mut wanted, _) = asked(&query, &app, &ground)?;
    wanted.manner.has_links = true;
    let question = question("map.svg", &wanted, &reader, &query);
    let svg =
        once(&app, &ground, question, drawn(&app, &reader, &ground, wanted, |svg| Ok(svg.into()))).await?;
    let answer = in_a_language(answer("image/svg+xml", svg, &headers));
    Ok((Extension(Framed(policy.framed_by_ours()?)), answer).into_response())
}

/// `GET /map.png?bbox=&size=960x640&scale=1|2&scheme=light|dark&…`
pub(super) async fn png(
    State(app): State<App>,
    reader: Reader,
    ground: Ground,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let query = query.unwrap_or_default();
    let (wanted, times) = asked(&query, &app, &ground)?;
    let question = question("map.png", &wanted, &reader, &query);
    let png = drawn(&app, &reader, &ground, wanted, move |svg| pixels(&svg, times));
    let png = once(&app, &ground, question, png).await?;
    Ok(answer("image/png", png, &headers))
}

/// What a map answers; nothing where it is drawn each time: a zone is removed without a line of the journal.
fn question(file: &str, wanted: &Wanted, reader: &Reader, query: &str) -> Option<String> {
    wanted.filter.within.is_none().then(|| format!("{file} {} {query}", reader.lang.code()))
}

/// What an address asks for, and how many pixels of the picture are one of the map.
fn asked(query: &str, app: &App, ground: &Ground) -> Result<(Wanted, f32)> {
    // As the page reads it: what it does not know shows nothing, and what others hang on an address is passed over.
    let (filter, others, _) =
        Filter::of_page(query, &["bbox", "size", "scale", "scheme", "detail", "grouped"], &app.atlas.world());
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
    let is_coarse = match said("detail") {
        None => false,
        Some("low") => true,
        Some(other) => return Err(bad("detail", other)),
    };
    let grouping = match said("grouped") {
        None => None,
        Some(word) => Some(Grouping::of_word(word).ok_or_else(|| bad("grouped", word))?),
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
    let scheme = style::scheme_of(&others, &ground.underlay)?;
    let manner = Manner { is_coarse, ..Manner::default() };
    Ok((Wanted { filter, frame, scheme, manner, grouping }, times))
}

/// So many numbers between a mark; nothing for anything else.
fn numbers<T: FromStr, const N: usize>(text: &str, mark: char) -> Option<[T; N]> {
    let numbers: Vec<T> = text.split(mark).map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

/// Titles and counts are in the reader's language.
fn in_a_language(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    answer
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
