//! Rendered tiles, kept until a write touches them. Bounded by memory, keyed by tile, layers and canonical filter.

use crate::base::ids::LayerId;
use axum::body::Bytes;
use axum::http::HeaderValue;
use parvis_tiles::TileCoord;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::io::Write;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// After so many answers a tile is worth better compression than the quickest.
const WORTH_COMPRESSING: u32 = 24;

/// The same for a tile that stands for one that was asked for less often before it changed: it will change soon, too, and compressing well
/// takes longer than rendering.
const WORTH_COMPRESSING_AGAIN: u32 = 1_000;

/// A rendered tile.
#[derive(Debug)]
pub struct Tile {
    /// Entity tag: a digest of the content, so that it is the same on every server and after every restart.
    pub etag: HeaderValue,
    /// The bare vector tile; empty where nothing is to be seen.
    pub bytes: Bytes,
    hash: u64,
    fresh_gzip: OnceLock<Bytes>,
    small_gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    hits: AtomicU32,
    /// After how many answers it is worth better compression.
    worth: u32,
    /// The stamp up to which the content is known to be right.
    stamp: AtomicU64,
}

/// An encoding of a tile's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `gzip`
    Gzip,
    /// `br`
    Brotli,
    /// None.
    Identity,
}

impl Encoding {
    /// The token of `Content-Encoding`.
    pub fn token(self) -> Option<&'static str> {
        match self {
            Encoding::Gzip => Some("gzip"),
            Encoding::Brotli => Some("br"),
            Encoding::Identity => None,
        }
    }
}

impl Tile {
    pub(super) fn new(bytes: Vec<u8>, stamp: u64) -> Tile {
        let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
        // Sixteen hexadecimal digits are always a valid header.
        let etag = HeaderValue::from_str(&format!("W/\"{hash:016x}\""))
            .unwrap_or(HeaderValue::from_static("W/\"\""));
        Tile {
            etag,
            bytes: bytes.into(),
            hash,
            fresh_gzip: OnceLock::new(),
            small_gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            hits: AtomicU32::new(0),
            worth: WORTH_COMPRESSING,
            stamp: AtomicU64::new(stamp),
        }
    }

    /// The bytes in the best of the accepted encodings that costs nothing now: gzip of the quickest sort for a fresh
    /// tile, the smaller ones once [`Tile::squeeze`] has made them.
    pub fn encoded(&self, accept_encoding: &str) -> (Encoding, Bytes) {
        let (gzip, brotli) = accepts(accept_encoding);
        if self.bytes.is_empty() {
            return (Encoding::Identity, Bytes::new());
        }
        if brotli && let Some(bytes) = self.brotli.get() {
            return (Encoding::Brotli, bytes.clone());
        }
        if gzip {
            let bytes = self
                .small_gzip
                .get()
                .unwrap_or_else(|| self.fresh_gzip.get_or_init(|| gzip_at(&self.bytes, 1)));
            return (Encoding::Gzip, bytes.clone());
        }
        if brotli {
            return (Encoding::Brotli, self.brotli.get_or_init(|| brotli_at(&self.bytes, 2)).clone());
        }
        (Encoding::Identity, self.bytes.clone())
    }

    /// Counts an answer; true once, when the tile has become worth [`Tile::squeeze`].
    pub fn is_worth_squeezing(&self) -> bool {
        self.hits.load(Ordering::Relaxed) < WORTH_COMPRESSING_AGAIN
            && self.hits.fetch_add(1, Ordering::Relaxed) + 1 == self.worth
    }

    /// Says that the tile will not change soon, as the ground does not: its first answer makes it worth
    /// [`Tile::squeeze`]. A tile that any vote makes anew has to be asked for often first.
    pub(super) fn lasts(&self) {
        self.hits.fetch_max(self.worth - 1, Ordering::Relaxed);
    }

    /// Compresses well what is asked for often. Takes milliseconds: not for an async thread.
    pub fn squeeze(&self) {
        self.small_gzip.get_or_init(|| gzip_at(&self.bytes, 9));
        self.brotli.get_or_init(|| brotli_at(&self.bytes, 6));
    }

    pub(super) fn is_fresh(&self, stamp: u64) -> bool {
        self.stamp.load(Ordering::Acquire) >= stamp
    }
}

/// Which of our encodings an `Accept-Encoding` header takes (`q=0` refuses).
fn accepts(header: &str) -> (bool, bool) {
    let (mut gzip, mut brotli) = (false, false);
    for part in header.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let refused = pieces.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0)));
        gzip |= !refused && (name.eq_ignore_ascii_case("gzip") || name == "*");
        brotli |= !refused && name.eq_ignore_ascii_case("br");
    }
    (gzip, brotli)
}

fn gzip_at(bytes: &[u8], level: i32) -> Bytes {
    let level = libdeflater::CompressionLvl::new(level).unwrap_or_default();
    let mut compressor = libdeflater::Compressor::new(level);
    let mut out = vec![0; compressor.gzip_compress_bound(bytes.len())];
    // The bound is the library's own promise, so that this cannot run short; an empty body would still be honest.
    let length = compressor.gzip_compress(bytes, &mut out).unwrap_or(0);
    out.truncate(length);
    out.shrink_to_fit();
    out.into()
}

fn brotli_at(bytes: &[u8], quality: u32) -> Bytes {
    let mut writer = brotli::CompressorWriter::new(Vec::with_capacity(bytes.len() / 2), 4096, quality, 20);
    // Writing into memory cannot fail.
    let _ = writer.write_all(bytes);
    writer.into_inner().into()
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) tile: TileCoord,
    /// Which of our own layers.
    pub(super) layers: u8,
    /// Which of the operator's.
    pub(super) context: Box<[LayerId]>,
    /// The filter in its canonical form: nothing for most.
    pub(super) filter: Box<str>,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Key, Arc<Tile>> for Weight {
    fn weight(&self, key: &Key, tile: &Arc<Tile>) -> u64 {
        // The bare bytes, and about as much again for their compressed forms, made later.
        (key.filter.len() + tile.bytes.len() * 2 + 256) as u64
    }
}

/// The kept tiles.
pub(super) struct TileCache {
    cache: Cache<Key, Arc<Tile>, Weight>,
    /// Found once, and not for each request.
    hits: OnceLock<metrics::Counter>,
}

impl TileCache {
    pub(super) fn new(bytes: u64) -> TileCache {
        let about = usize::try_from(bytes / 8192).unwrap_or(usize::MAX).max(64);
        TileCache { cache: Cache::with_weighter(about, bytes, Weight), hits: OnceLock::new() }
    }

    /// How many tiles are kept, and the bytes that they weigh.
    pub(super) fn kept(&self) -> (usize, u64) {
        (self.cache.len(), self.cache.weight())
    }

    /// The kept tile, right up to `stamp`; or the one that `render` makes. Where the new content is what was kept, the
    /// kept one lives on with its compressed forms: a write beside a tile costs it nothing more.
    pub(super) fn get<E>(
        &self,
        key: Key,
        stamp: u64,
        render: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<Tile>, E> {
        let kept = match self.cache.get(&key) {
            Some(tile) if tile.is_fresh(stamp) => {
                self.hits.get_or_init(|| metrics::counter!("parvis_tile_cache_hits_total")).increment(1);
                return Ok(tile);
            }
            stale_or_none => stale_or_none,
        };
        metrics::counter!("parvis_tile_renders_total").increment(1);
        let mut rendered = Tile::new(render()?, stamp);
        if let Some(tile) = kept {
            if tile.hash == rendered.hash {
                tile.stamp.fetch_max(stamp, Ordering::AcqRel);
                return Ok(tile);
            }
            if tile.hits.load(Ordering::Relaxed) < WORTH_COMPRESSING_AGAIN {
                rendered.worth = WORTH_COMPRESSING_AGAIN;
            }
        }
        let tile = Arc::new(rendered);
        self.cache.insert(key, Arc::clone(&tile));
        Ok(tile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key { tile: TileCoord::new(3, 4, 2).unwrap(), layers: 1, context: [].into(), filter: "".into() }
    }

    fn get(cache: &TileCache, stamp: u64, content: &[u8]) -> Arc<Tile> {
        cache.get::<()>(key(), stamp, || Ok(content.to_vec())).unwrap()
    }

    #[test]
    fn a_kept_tile_answers_until_its_stamp_moves() {
        let cache = TileCache::new(1 << 20);
        let first = get(&cache, 1, b"one");
        assert!(Arc::ptr_eq(&first, &get(&cache, 1, b"two")), "still fresh");
        assert_eq!(get(&cache, 2, b"two").bytes, "two");
    }

    #[test]
    fn a_tile_rendered_again_with_the_same_content_keeps_its_identity() {
        let cache = TileCache::new(1 << 20);
        let first = get(&cache, 1, b"one");
        let second = get(&cache, 5, b"one");
        assert!(Arc::ptr_eq(&first, &second));
        assert!(Arc::ptr_eq(&first, &get(&cache, 5, b"unused")), "and is fresh again");
    }

    #[test]
    fn the_entity_tag_depends_on_the_content_alone() {
        assert_eq!(Tile::new(b"x".to_vec(), 1).etag, Tile::new(b"x".to_vec(), 9).etag);
        assert_ne!(Tile::new(b"x".to_vec(), 1).etag, Tile::new(b"y".to_vec(), 1).etag);
    }

    #[test]
    fn the_encoding_is_one_that_the_client_takes() {
        let tile = Tile::new(b"abcabcabcabcabcabc".repeat(20), 1);
        assert_eq!(tile.encoded("gzip, deflate, br").0, Encoding::Gzip);
        assert_eq!(tile.encoded("").0, Encoding::Identity);
        assert_eq!(tile.encoded("gzip;q=0, identity").0, Encoding::Identity);
        tile.squeeze();
        assert_eq!(tile.encoded("gzip, br").0, Encoding::Brotli);
        let (encoding, gzip) = tile.encoded("gzip");
        assert_eq!(encoding, Encoding::Gzip);
        let mut back = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut back).unwrap();
        assert_eq!(back, tile.bytes);
    }

    #[test]
    fn a_tile_is_squeezed_once_and_one_that_changes_often_later() {
        let cache = TileCache::new(1 << 20);
        let asked = |tile: &Tile, times: u32| (0..times).filter(|_| tile.is_worth_squeezing()).count();
        let first = get(&cache, 1, b"one");
        assert_eq!((asked(&first, WORTH_COMPRESSING - 1), asked(&first, 1), asked(&first, 100)), (0, 1, 0));
        let soon = get(&cache, 2, b"two");
        assert_eq!((asked(&soon, WORTH_COMPRESSING_AGAIN - 1), asked(&soon, 5_000)), (0, 1));
        let late = get(&cache, 3, b"three");
        assert_eq!(asked(&late, WORTH_COMPRESSING), 1, "the one before was asked for often enough");
        let ground = get(&cache, 4, b"four");
        ground.lasts();
        assert_eq!(asked(&ground, 1), 1, "what lasts is squeezed at once");
    }
}
