//! How a tile lies in its file: plain, or packed by one of the ways that people pack tiles with.
//!
//! What it is: the telling of them, and unpacking. What it is not: the reading of files. Invariant: what is unpacked is bounded;
//! what nobody packs tiles with is not guessed.

use crate::base::error::Error;
use bytes::Bytes;
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// A tile that unpacks to more than this is no tile.
const LARGEST: u64 = 64 << 20;

/// A way to pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Packing {
    #[default]
    Plain,
    Gzip,
    /// RFC 1950, what HTTP calls `deflate`.
    Zlib,
    /// RFC 1951 without a frame: browsers cannot be relied on to read it.
    Deflate,
    Brotli,
}

impl Packing {
    const ALL: [Packing; 5] =
        [Packing::Plain, Packing::Gzip, Packing::Zlib, Packing::Deflate, Packing::Brotli];

    /// What a vector tile is packed with; `None` where it is no vector tile, however it is unpacked.
    pub(super) fn of_vector(bytes: &[u8]) -> Option<Packing> {
        let is_tile = |packing: &Packing| {
            let Some(plain) = packing.could_begin(bytes).then(|| packing.unpacked(bytes).ok()).flatten()
            else {
                return false;
            };
            // What has no frame unpacks some nonsense to nothing.
            let is_framed = !matches!(packing, Packing::Deflate | Packing::Brotli);
            is_vector_tile(&plain) && (is_framed || !plain.is_empty())
        };
        Packing::ALL.into_iter().find(is_tile)
    }

    /// Whether the first bytes speak against it.
    pub(super) fn could_begin(self, bytes: &[u8]) -> bool {
        match self {
            Packing::Gzip => bytes.starts_with(&[0x1f, 0x8b]),
            Packing::Zlib => match bytes {
                [first, second, ..] => {
                    first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31)
                }
                _ => false,
            },
            _ => true,
        }
    }

    /// The word for `Content-Encoding` that browsers read.
    pub(super) fn token(self) -> Option<&'static str> {
        match self {
            Packing::Plain | Packing::Deflate => None,
            Packing::Gzip => Some("gzip"),
            Packing::Zlib => Some("deflate"),
            Packing::Brotli => Some("br"),
        }
    }

    /// The plain bytes.
    ///
    /// # Errors
    /// Where they are damaged, packed otherwise, or far too many.
    pub(super) fn unpacked(self, bytes: &[u8]) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        match self {
            Packing::Plain => return Ok(Bytes::copy_from_slice(bytes)),
            Packing::Gzip => bounded(GzDecoder::new(bytes), &mut plain)?,
            Packing::Zlib => bounded(ZlibDecoder::new(bytes), &mut plain)?,
            Packing::Deflate => bounded(DeflateDecoder::new(bytes), &mut plain)?,
            Packing::Brotli => bounded(brotli::Decompressor::new(bytes, 4_096), &mut plain)?,
        }
        Ok(plain.into())
    }
}

/// Whether bytes are layers with names, from their first byte to their last (vector tile specification 2.1, 4.1). What their geometries
/// are worth is their author's matter: much that is drawn everywhere is not valid.
fn is_vector_tile(bytes: &[u8]) -> bool {
    let Some(fields) = fields(bytes) else { return false };
    fields.iter().all(|(number, content)| match (number, content) {
        (3, Some(layer)) => fields_name(layer),
        (number, _) => *number >= 16,
    })
}

fn fields_name(layer: &[u8]) -> bool {
    fields(layer).is_some_and(|fields| fields.iter().any(|(number, name)| *number == 1 && name.is_some()))
}

/// A field's number, and what one with a length holds.
type Field<'a> = (u64, Option<&'a [u8]>);

/// The fields of a protobuf message: their numbers, and what those with a length hold; `None` where it breaks off.
fn fields(mut rest: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let key = varint(&mut rest)?;
        let length = match key & 7 {
            0 => {
                varint(&mut rest)?;
                0
            }
            1 => 8,
            2 => usize::try_from(varint(&mut rest)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (content, after) = rest.split_at_checked(length)?;
        found.push((key >> 3, (key & 7 == 2).then_some(content)));
        rest = after;
    }
    Some(found)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn bounded(packed: impl Read, plain: &mut Vec<u8>) -> io::Result<()> {
    let read = packed.take(LARGEST + 1).read_to_end(plain)?;
    let too_much = || io::Error::other("it unpacks to more than a tile can be");
    (read as u64 <= LARGEST).then_some(()).ok_or_else(too_much)
}

/// The refusal of what browsers cannot be relied on to read.
pub(super) fn zstd() -> Error {
    Error::Config(
        "tuiles compressées en zstd ; recompressez-les en gzip / tiles compressed as zstd; compress them with gzip".into(),
    )
}

/// Whether bytes begin as zstd does.
pub(super) fn is_zstd(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}
