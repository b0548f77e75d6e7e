//! The site's mark in the sizes that browsers, telephones and old programs ask for: the city's logo where there is one, else the house's own.
//!
//! What it is: the one way from a mark's bytes (SVG, PNG, JPEG, WebP) to icons. What it is not: where a logo is sent (`settings`). Invariant: an icon
//! is square and the mark whole in it, whatever its shape.

use crate::base::error::{Error, Result};
use crate::base::http::{self, Asset};
use crate::base::media::{Digest, Emblem};
use crate::core::app::App;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageReader, Limits, Rgba, RgbaImage};
use std::io::Cursor;
use std::sync::Arc;
use tokio::sync::{Mutex, OnceCell};

/// The sides of what is in `favicon.ico`.
const IN_ICO: [u32; 3] = [16, 32, 48];

/// The least share of an icon's side that may be cut off at each edge where a system gives it a shape of its own.
const MASKED: f32 = 0.2;

/// What a mark lies on where nothing may show through.
const PAPER: Rgba<u8> = Rgba([255; 4]);

/// Every icon of a mark.
#[derive(Debug)]
pub(super) struct Icons {
    /// Of 16, 32 and 48 pixels.
    pub(super) ico: Bytes,
    /// Of 180 pixels, on paper: what is transparent would be black.
    pub(super) apple: Bytes,
    /// Of 192 pixels.
    pub(super) small: Bytes,
    /// Of 512 pixels.
    pub(super) large: Bytes,
    /// Of 512 pixels, on paper and with room to be cut round.
    pub(super) maskable: Bytes,
}

impl Icons {
    /// Every icon of our own mark's bytes, clear around it. Takes a moment: not for an async thread.
    ///
    /// # Errors
    /// [`Error::Internal`] where the bytes are no picture that is read here.
    pub(super) fn of(mark: &[u8]) -> Result<Icons> {
        Icons::made(|side, longer| square(mark, side, longer), None)
    }

    /// Every icon of a city's logo, on the ground that it is seen on. Takes a moment, too.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is no picture, or nothing of it is seen.
    pub(super) fn of_logo(png: &[u8]) -> Result<Icons> {
        let logo = Emblem::read(png)?;
        let middle = |side, longer| Ok(in_the_middle(&logo.within([longer, longer]), side));
        Icons::made(middle, Some(logo.ground))
    }

    /// Of a mark in the middle of a clear square, as `clear` makes it of a side and of the mark's longer one.
    fn made(clear: impl Fn(u32, u32) -> Result<RgbaImage>, ground: Option<Rgba<u8>>) -> Result<Icons> {
        let on = |ground: Rgba<u8>, side: u32, room: f32| {
            // `as` cuts: whole pixels.
            let mark = clear(side, (side as f32 * (1.0 - 2.0 * room)) as u32)?;
            let mut icon = RgbaImage::from_pixel(side, side, ground);
            imageops::overlay(&mut icon, &mark, 0, 0);
            // What is mixed is rounded: nothing shows through all the same.
            icon.pixels_mut().for_each(|pixel| pixel[3] = u8::MAX);
            png(&icon)
        };
        let plain = |side: u32| match ground {
            // In a row of tabs each pixel counts; larger ones breathe.
            Some(ground) => on(ground, side, if side > 48 { 0.06 } else { 0.0 }),
            None => png(&clear(side, side)?),
        };
        let paper = ground.unwrap_or(PAPER);
        let in_ico = IN_ICO.into_iter().map(|side| Ok((side, plain(side)?))).collect::<Result<Vec<_>>>()?;
        Ok(Icons {
            ico: ico(&in_ico).into(),
            apple: on(paper, 180, 0.12)?.into(),
            small: plain(192)?.into(),
            large: plain(512)?.into(),
            maskable: on(paper, 512, MASKED)?.into(),
        })
    }
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("the mark is no picture: {error}"))
}

/// A mark in the middle of a transparent square, its longer side so many pixels.
fn square(mark: &[u8], side: u32, longer: u32) -> Result<RgbaImage> {
    let mark = if mark.trim_ascii_start().starts_with(b"<") { drawn(mark, longer)? } else { decoded(mark)? };
    let mark = mark.resize(longer, longer, FilterType::Lanczos3).into_rgba8();
    Ok(in_the_middle(&mark, side))
}

/// A picture in the middle of a clear square.
fn in_the_middle(mark: &RgbaImage, side: u32) -> RgbaImage {
    let mut icon = RgbaImage::new(side, side);
    let [x, y] = [mark.width(), mark.height()].map(|n| i64::from(side.saturating_sub(n)) / 2);
    imageops::overlay(&mut icon, mark, x, y);
    icon
}

/// An SVG as large as it is needed.
fn drawn(svg: &[u8], longer: u32) -> Result<DynamicImage> {
    let svg = std::str::from_utf8(svg).map_err(broken)?;
    let png = parvis_drawing::fitted(svg, longer).map_err(broken)?;
    decoded(&png)
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(broken)?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(8_000), Some(8_000));
    reader.limits(limits);
    reader.decode().map_err(broken)
}

fn png(icon: &RgbaImage) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    icon.write_to(&mut bytes, image::ImageFormat::Png).map_err(broken)?;
    Ok(bytes.into_inner())
}

/// A Windows icon of PNGs: a header, a line for each, then they.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = [[0, 0], [1, 0], number(pictures.len())].concat();
    let mut at = bytes.len() + 16 * pictures.len();
    for (side, png) in pictures {
        // 0 stands for 256.
        let side = u8::try_from(*side).unwrap_or(0);
        bytes.extend([side, side, 0, 0, 1, 0, 32, 0]);
        bytes.extend([long(png.len()), long(at)].concat());
        at += png.len();
    }
    pictures.iter().for_each(|(_, png)| bytes.extend(png));
    bytes
}

/// Those of our own mark, made once.
static OWN: OnceCell<Icons> = OnceCell::const_new();

/// The file of our own mark in `web/dist`.
pub(super) const MARK: &str = "icon.svg";

async fn own() -> Result<&'static Icons> {
    let make = || async {
        let file = Asset::get(&http::asset_file(MARK)).ok_or(Error::NotFound)?;
        let made = tokio::task::spawn_blocking(move || Icons::of(&file.data)).await;
        made.map_err(|error| Error::Internal(error.to_string()))?
    };
    OWN.get_or_try_init(make).await
}

/// Those of the logo that was asked for last, by its digest.
static OF_LOGO: Mutex<Option<(Digest, Arc<Icons>)>> = Mutex::const_new(None);

/// Those of the city's logo; nothing where it has none, or where its file cannot be read, which the log says.
async fn of_logo(app: &App) -> Option<Arc<Icons>> {
    let digest = Digest::of_text(app.site().get("logo"))?;
    // Whoever comes while they are made waits for them.
    let mut known = OF_LOGO.lock().await;
    if let Some((_, icons)) = known.as_ref().filter(|(of, _)| *of == digest) {
        return Some(Arc::clone(icons));
    }
    let made = async {
        let file = app.media.kept(&digest).await?.ok_or(Error::NotFound)?;
        let made = tokio::task::spawn_blocking(move || Icons::of_logo(&file)).await;
        made.map_err(|error| Error::Internal(error.to_string()))?
    };
    match made.await {
        Ok(icons) => Some(Arc::clone(&known.insert((digest, Arc::new(icons))).1)),
        Err(error) => {
            tracing::warn!(%error, "no icons of the logo: the house's own are shown");
            None
        }
    }
}

/// The icon that `which` takes.
async fn icon(app: &App, which: impl Fn(&Icons) -> Bytes) -> Result<Bytes> {
    match of_logo(app).await {
        Some(icons) => Ok(which(&icons)),
        None => Ok(which(own().await?)),
    }
}

/// `GET /favicon.ico`
pub(super) async fn favicon(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    Ok(answer("image/x-icon", &icon(&app, |icons| icons.ico.clone()).await?, &headers))
}

/// `GET /apple-touch-icon.png`
pub(super) async fn apple(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    Ok(answer("image/png", &icon(&app, |icons| icons.apple.clone()).await?, &headers))
}

/// `GET /icons/192.png`, `/icons/512.png`, `/icons/maskable.png`
pub(super) async fn of_name(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let which: fn(&Icons) -> &Bytes = match name.as_str() {
        "192.png" => |icons| &icons.small,
        "512.png" => |icons| &icons.large,
        "maskable.png" => |icons| &icons.maskable,
        _ => return Err(Error::NotFound),
    };
    Ok(answer("image/png", &icon(&app, |icons| which(icons).clone()).await?, &headers))
}

/// Kept for an hour, and asked for again by its tag: who never looks at a page (a bookmark, an old program) has the new logo then. Pages
/// name an address that changes with it.
fn answer(media: &'static str, bytes: &Bytes, request: &HeaderMap) -> Response {
    let tag = http::weak_tag(bytes);
    let is_known = http::is_known(request, &tag);
    let headers = [
        (header::ETAG, tag),
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    if is_known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        (headers, bytes.clone()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Vec<u8> {
        png(&RgbaImage::from_pixel(width, height, Rgba([200, 0, 0, 255]))).unwrap()
    }

    #[test]
    fn a_mark_of_any_shape_is_whole_in_a_square() {
        let wide = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#c80000"/></svg>"##;
        for mark in [wide.to_vec(), picture(400, 100), picture(40, 10)] {
            let icons = Icons::of(&mark).unwrap();
            let large = decoded(&icons.large).unwrap().into_rgba8();
            assert_eq!(large.dimensions(), (512, 512));
            assert_eq!((large.get_pixel(256, 256).0[3], large.get_pixel(256, 100).0[3]), (255, 0));
            assert_eq!(
                (large.get_pixel(1, 256).0[3], large.get_pixel(510, 256).0[3]),
                (255, 255),
                "as wide as it"
            );
            let maskable = decoded(&icons.maskable).unwrap().into_rgba8();
            // What lies outside the round middle may be cut off.
            for at in [(0, 0), (95, 256), (416, 256)] {
                assert_eq!(maskable.get_pixel(at.0, at.1).0, [255; 4], "{at:?}");
            }
            assert_eq!(maskable.get_pixel(256, 256).0, [200, 0, 0, 255]);
        }
    }

    #[test]
    fn a_logo_stands_on_a_ground_that_it_is_seen_on_whole_and_without_its_clear_edge() {
        let mut white = RgbaImage::new(400, 200);
        imageops::overlay(
            &mut white,
            &RgbaImage::from_fn(200, 50, |x, _| Rgba([255, 255, 255, if x < 4 { 0 } else { 255 }])),
            100,
            75,
        );
        let icons = Icons::of_logo(&png(&white).unwrap()).unwrap();
        let large = decoded(&icons.large).unwrap().into_rgba8();
        assert_eq!(large.get_pixel(256, 256).0[..3], [255; 3]);
        assert_eq!(large.get_pixel(256, 20).0, [255; 4], "a white box is its own ground");
        let ring = RgbaImage::from_fn(100, 100, |x, y| {
            let far = x.abs_diff(50).pow(2) + y.abs_diff(50).pow(2);
            Rgba([255, 255, 255, if (900..1_600).contains(&far) { 255 } else { 0 }])
        });
        let icons = Icons::of_logo(&png(&ring).unwrap()).unwrap();
        for (bytes, side) in [(&icons.apple, 180), (&icons.small, 192), (&icons.maskable, 512)] {
            let icon = decoded(bytes).unwrap().into_rgba8();
            assert_eq!(icon.dimensions(), (side, side));
            assert_eq!(icon.get_pixel(0, 0).0, [0x1d, 0x4e, 0x5f, 255], "a white ring is seen on it");
            assert!(
                icon.pixels().any(|pixel| pixel.0.iter().all(|part| *part > 250))
                    && icon.pixels().all(|pixel| pixel[3] == 255)
            );
        }
    }

    #[test]
    fn what_is_no_picture_has_no_icons() {
        for bytes in [&b""[..], b"<p>", b"<svg", b"GIF89a", b"\x89PNG\r\n\x1a\n", &[0xff; 40]] {
            assert!(Icons::of(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn an_icon_of_old_programs_holds_each_size() {
        let icons = Icons::of(&picture(64, 64)).unwrap();
        assert_eq!(&icons.ico[..6], [0, 0, 1, 0, 3, 0]);
        for (line, side) in icons.ico[6..].chunks(16).zip(IN_ICO) {
            let number = |from: usize| u32::from_le_bytes(line[from..from + 4].try_into().unwrap()) as usize;
            let picture = decoded(&icons.ico[number(12)..number(12) + number(8)]).unwrap();
            assert_eq!((u32::from(line[0]), picture.width(), picture.height()), (side, side, side));
        }
    }
}
