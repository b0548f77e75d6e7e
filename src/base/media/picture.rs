//! Bytes of a stranger's file to a picture of ours: bounded before it is decoded, upright, in two sizes, without a word of
//! what the camera wrote. Pure: no disk, no database. Takes up to a second: not for an async thread.

use super::Digest;
use crate::base::error::Error;
use crate::base::i18n::Message;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// The largest file that is taken, in bytes.
pub const FILE: usize = 12 << 20;

/// The most pixels that are decoded: what the largest telephones make, with room.
pub const PIXELS: u64 = 60_000_000;

/// The longest side that is decoded, in pixels. A panorama fits; a strip that only serves to exhaust a decoder does not.
pub const SIDE: u32 = 20_000;

/// The shortest side that is taken, in pixels.
pub const LEAST: u32 = 8;

/// The longest side of the large size, in pixels.
pub const LARGE: u32 = 1_600;

/// The longest side of the small size, in pixels.
pub const SMALL: u32 = 480;

/// The most memory that a decoder may take, in bytes: [`PIXELS`] in four channels of a byte.
const MEMORY: u64 = PIXELS * 4;

/// JPEG quality: above it files grow faster than pictures get better.
const QUALITY: u8 = 82;

/// Why a file is not taken. Each says to people what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was chosen, or the file is empty.
    Empty,
    /// More than [`FILE`] bytes.
    TooLarge,
    /// No picture, or one of a kind that is not taken: which, where it is known.
    Kind(Option<&'static str>),
    /// More pixels than [`PIXELS`], or a side above [`SIDE`].
    TooManyPixels {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
    /// A side below [`LEAST`]: a mark to follow people with, or a trick, but nothing to look at.
    TooSmall,
    /// It begins like a picture and does not go on like one.
    Broken,
}

impl Refusal {
    /// What to tell the person who sent it.
    pub fn message(&self) -> Message {
        match self {
            Refusal::Empty => Message::new("photo-empty"),
            Refusal::TooLarge => Message::new("photo-too-large").with("most", FILE >> 20),
            Refusal::Kind(None) => Message::new("photo-no-picture"),
            Refusal::Kind(Some(kind @ ("HEIC" | "AVIF"))) => {
                Message::new("photo-kind-heic").with("kind", kind)
            }
            Refusal::Kind(Some("MP4")) => Message::new("photo-kind-film"),
            Refusal::Kind(Some(kind)) => Message::new("photo-kind").with("kind", kind),
            Refusal::TooManyPixels { width, height } => Message::new("photo-too-many-pixels")
                .with("width", width)
                .with("height", height)
                .with("most", PIXELS / 1_000_000),
            Refusal::TooSmall => Message::new("photo-too-small").with("least", LEAST),
            Refusal::Broken => Message::new("photo-broken"),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::invalid("photo", refusal.message())
    }
}

/// A picture, ready to be kept.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Of the large size.
    pub digest: Digest,
    /// Pixels from left to right, of the large size.
    pub width: u32,
    /// Pixels from top to bottom, of the large size.
    pub height: u32,
    /// JPEG, longest side at most [`LARGE`].
    pub large: Vec<u8>,
    /// JPEG, longest side at most [`SMALL`].
    pub small: Vec<u8>,
}

impl Picture {
    /// Reads a JPEG, PNG or WebP file.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn read(bytes: &[u8]) -> Result<Picture, Refusal> {
        let (pixels, orientation) = decode(bytes)?;
        let large = upright(fit(pixels, LARGE), orientation);
        let small = fit(DynamicImage::ImageRgb8(large.clone()), SMALL).into_rgb8();
        let (width, height) = large.dimensions();
        let (large, small) = (jpeg(&large)?, jpeg(&small)?);
        Ok(Picture { digest: Digest::of(&large), width, height, large, small })
    }
}

/// The brands of ISO/IEC 23008-12 (HEIF) and what is made of it, and of films, which share its container.
const BRANDS: [(&str, &[&[u8; 4]]); 3] = [
    ("AVIF", &[b"avif", b"avis", b"avio", b"av01"]),
    (
        "HEIC",
        &[
            b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"heif", b"hif1",
            b"mif1", b"mif2", b"mif3", b"miaf", b"msf1", b"jpeg", b"jpgs", b"avci", b"avcs", b"vvic",
            b"vvis", b"evbi", b"evbs", b"unif", b"tmap", b"MiHE", b"MiHB", b"MiHA",
        ],
    ),
    (
        "MP4",
        &[
            b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"qt  ",
            b"3gp4", b"3gp5", b"3gp6", b"3g2a",
        ],
    ),
];

/// The kind of a file that begins with a box of brands (ISO/IEC 14496-12): its own brand, then those that it fits as well.
fn of_brand(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) != Some(b"ftyp") {
        return None;
    }
    let length = u32::from_be_bytes(*bytes.first_chunk()?);
    let end = usize::try_from(length).ok()?.clamp(12, 256).min(bytes.len());
    let others = bytes.get(16..end).unwrap_or_default().chunks_exact(4);
    let mut brands = bytes.get(8..12).into_iter().chain(others);
    let known = |brand: &[u8]| BRANDS.iter().find(|(_, all)| all.iter().any(|one| one.as_slice() == brand));
    brands.find_map(|brand| known(brand).map(|(kind, _)| *kind))
}

/// Whether a text begins like an SVG: after what XML says of itself.
fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<") && start[..start.len().min(4_096)].windows(4).any(|four| four == b"<svg")
}

/// Which kind a file is by its first bytes; its name and what the browser says of it prove nothing.
fn kind(bytes: &[u8]) -> Result<ImageFormat, Refusal> {
    let named = match image::guess_format(bytes) {
        Ok(taken @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => return Ok(taken),
        Ok(ImageFormat::Gif) => Some("GIF"),
        Ok(ImageFormat::Ico) => Some("ICO"),
        Ok(ImageFormat::Bmp) => Some("BMP"),
        Ok(ImageFormat::Tiff) => Some("TIFF"),
        Ok(ImageFormat::Avif) => Some("AVIF"),
        // The kind of a telephone that was told to save space; `image` does not name it.
        _ if of_brand(bytes).is_some() => of_brand(bytes),
        _ if bytes.starts_with(b"%PDF") => Some("PDF"),
        _ if is_svg(bytes) => Some("SVG"),
        _ => None,
    };
    Err(Refusal::Kind(named))
}

pub(super) fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), Refusal> {
    match bytes.len() {
        0 => return Err(Refusal::Empty),
        1..=FILE => {}
        _ => return Err(Refusal::TooLarge),
    }
    let kind = kind(bytes)?;
    let broken = |error: image::ImageError| {
        tracing::debug!(%error, "a picture is broken");
        Refusal::Broken
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    // Without a bound on dimensions, which would be told as "broken" here: they are looked at below, before anything is
    // decoded.
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let held = u64::from(width) * u64::from(height);
    if held > PIXELS || width.max(height) > SIDE || decoder.total_bytes() > MEMORY {
        return Err(Refusal::TooManyPixels { width, height });
    }
    if width.min(height) < LEAST {
        return Err(Refusal::TooSmall);
    }
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    limits.reserve(decoder.total_bytes()).and_then(|()| decoder.set_limits(limits)).map_err(broken)?;
    // What a camera wrote in a broken way is no reason to refuse what it saw.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(broken)?;
    Ok((pixels, orientation))
}

/// The picture with its longest side at most `most`; a smaller one stays as it is.
pub(super) fn fit(pixels: DynamicImage, most: u32) -> DynamicImage {
    let longest = pixels.width().max(pixels.height());
    if longest <= most {
        return pixels;
    }
    // Means of whole squares first: a fine filter over sixty megapixels would hold them all as floating-point numbers.
    let near = if longest > most * 4 { pixels.thumbnail(most * 2, most * 2) } else { pixels };
    near.resize(most, most, FilterType::CatmullRom)
}

fn upright(mut pixels: DynamicImage, orientation: Orientation) -> RgbImage {
    pixels.apply_orientation(orientation);
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    // JPEG knows no transparency: what shines through is paper.
    let mixed = |value: u8, alpha: u8| {
        let (value, alpha) = (u16::from(value), u16::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let rgba = pixels.into_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        Rgb([mixed(r, a), mixed(g, a), mixed(b, a)])
    })
}

pub(super) fn jpeg(pixels: &RgbImage) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::with_capacity(pixels.len() / 8);
    // Writing into memory fails only for dimensions that JPEG cannot say, which were refused above.
    pixels.write_with_encoder(JpegEncoder::new_with_quality(&mut file, QUALITY)).map_err(|error| {
        tracing::error!(%error, "a picture could not be written");
        Refusal::Broken
    })?;
    Ok(file)
}
