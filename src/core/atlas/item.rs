//! A row of the database as an item of the index: its columns, the areas that it lies in, where it is.
//!
//! What it is not: the words of its codes (`world`). Invariant: a row that cannot be read is not drawn, and is counted.

use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, FeatureId};
use crate::core::features::Placed;
use crate::core::features::geometry::from_wkb;
use parvis_tiles::mend::mend;
use parvis_tiles::{Attributes, COLUMNS, Item, Place, Position, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Columns of the live map, in the order of `parvis_tiles::Codes`.
pub(super) mod column {
    pub(in crate::core::atlas) const KIND: usize = 0;
    pub(in crate::core::atlas) const STATUS: usize = 1;
    pub(in crate::core::atlas) const THEME: usize = 2;
    pub(in crate::core::atlas) const PROCESS: usize = 3;
    pub(in crate::core::atlas) const AREAS: usize = 4;
    /// The first of three that mean something within one kind (`facet::Slot`).
    pub(in crate::core::atlas) const SLOTS: usize = 5;
}

/// The code of a feature without theme, or without process. Database ids start at 1.
pub(super) const NONE: u32 = 0;

/// A theme's or process's id as a column code.
pub(super) fn code_of(id: i64) -> u32 {
    u32::try_from(id).unwrap_or(NONE)
}

/// Every set of areas that some feature lies in, numbered: a column then holds one code however many areas overlap.
#[derive(Debug, Clone)]
pub(super) struct AreaSets {
    codes: BTreeMap<Arc<[AreaId]>, u32>,
}

impl Default for AreaSets {
    /// Code 0 is the empty set.
    fn default() -> Self {
        AreaSets { codes: BTreeMap::from([(Arc::from([]), 0)]) }
    }
}

impl AreaSets {
    /// The code of a set in order, if it has one.
    pub(super) fn code(&self, areas: &[AreaId]) -> Option<u32> {
        self.codes.get(areas).copied()
    }

    /// The code of a set in order, a new one if need be.
    pub(super) fn intern(&mut self, areas: &[AreaId]) -> u32 {
        if let Some(code) = self.code(areas) {
            return code;
        }
        let code = u32::try_from(self.codes.len()).unwrap_or(u32::MAX);
        self.codes.insert(areas.into(), code);
        code
    }

    /// Every code, with its set.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[AreaId], u32)> {
        self.codes.iter().map(|(areas, code)| (areas.as_ref(), *code))
    }
}

/// A row as an item of the index. Where the same row gives another item than before, the files of older programs mean something else: raise the
/// number of `parvis map` (`kept`).
///
/// # Errors
/// Where a word or the shape of it is none that this program knows: it is not drawn, and counted.
pub(super) fn item(row: &Placed, areas: u32) -> Result<Item> {
    let unread =
        |what| Error::Internal(format!("feature {}: {what} is none that this program knows", row.id));
    let kind = row.kind.0.ok_or_else(|| unread("its kind"))?;
    let status = row.status.0.ok_or_else(|| unread("its status"))?;
    let place = match row.wkb.as_deref() {
        None => Place::Nowhere,
        Some(wkb) => match crate::core::features::geometry::point_of_wkb(wkb) {
            Some((lon, lat)) => placed(row.id, lon, lat),
            None => shape(row.id, wkb)?,
        },
    };
    let mut codes = [NONE; COLUMNS];
    codes[column::KIND] = kind.code();
    codes[column::STATUS] = status.code();
    codes[column::THEME] = row.theme_id.map_or(NONE, |id| code_of(id.0));
    codes[column::PROCESS] = row.process_id.map_or(NONE, |id| code_of(id.0));
    codes[column::AREAS] = areas;
    for (code, slot) in codes[column::SLOTS..].iter_mut().zip([row.slot_a, row.slot_b, row.slot_c]) {
        *code = slot.map_or(NONE, code_of);
    }
    let score = i32::try_from(row.score).unwrap_or(if row.score > 0 { i32::MAX } else { i32::MIN });
    let time = u32::try_from(row.created_at.timestamp().max(0)).unwrap_or(u32::MAX);
    Ok(Item { id: row.id.0.unsigned_abs(), place, attributes: Attributes { codes, score, time } })
}

/// A shape as it can be drawn. What is written now is valid; of what was written before some is put right here.
fn shape(id: FeatureId, wkb: &[u8]) -> Result<Place> {
    let geometry = from_wkb(wkb)?;
    let whole = mend(&geometry).map(|mended| mended.geometry).unwrap_or_else(|_fault| geometry.clone());
    match (whole, Shape::new(geometry)) {
        (_, Ok(shape)) => Ok(Place::Shape(Arc::new(shape))),
        (geo::Geometry::Point(at), _) => Ok(placed(id, at.x(), at.y())),
        (whole, Err(error)) => Ok(match Shape::new(whole.clone()) {
            Ok(shape) => Place::Shape(Arc::new(shape)),
            Err(_) => {
                tracing::warn!(feature = id.0, %error, "a shape is drawn as a point: it cannot be put right");
                match parvis_tiles::geometry::representative_point(&whole) {
                    Some((lon, lat)) => placed(id, lon, lat),
                    None => Place::Nowhere,
                }
            }
        }),
    }
}

/// A point, where the map can show it. Every road into the database refuses others.
fn placed(id: FeatureId, lon: f64, lat: f64) -> Place {
    match Position::from_lon_lat(lon, lat) {
        Some(position) => Place::At(position),
        None => {
            tracing::warn!(
                feature = id.0,
                "a point lies beyond the edges of the map: it is listed and not drawn"
            );
            Place::Nowhere
        }
    }
}

/// Published rows that this program cannot read, and so does not draw.
#[derive(Default)]
pub(super) struct Unread(BTreeSet<i64>);

impl Unread {
    /// The item of a row; nothing where it cannot be read.
    pub(super) fn item(&mut self, row: &Placed, areas: u32) -> Option<Item> {
        match item(row, areas) {
            Ok(item) => Some(item),
            Err(error) => {
                if self.0.insert(row.id.0) {
                    tracing::error!(%error, "a contribution is not drawn");
                }
                None
            }
        }
    }

    /// Forgets a row, which is read again or is gone.
    pub(super) fn forget(&mut self, id: i64) {
        self.0.remove(&id);
    }

    /// Their ids.
    pub(super) fn ids(&self) -> Vec<i64> {
        self.0.iter().copied().collect()
    }
}
