//! What the map shows that changes rarely: words, areas, context layers. Read whole, replaced whole.

use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, FeatureId, Seq};
use crate::core::features::geometry::from_wkb;
use crate::core::features::vocabulary::{self, Process, Theme};
use crate::core::features::{Kind, Placed, Status};
use crate::core::gazetteer::Names;
use crate::core::layers::{self, Layer};
use crate::core::territory::{self, Territory};
use parvis_tiles::mend::mend;
use parvis_tiles::{
    Attributes, Bounds, COLUMNS, ColumnLabels, Context, ContextItem, Item, Labels, Place, Position, Shape,
    TileOptions, Value,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The name of the tile layer with the territory's areas.
pub const AREAS_LAYER: &str = "areas";

/// The name of the tile layer with the places where names of areas and of context surfaces stand.
pub const NAMES_LAYER: &str = "names";

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

/// Themes, processes, areas and context layers, as of one journal line.
pub struct World {
    /// The journal line that it is of; tiles without features are stale where it moves.
    pub(super) seq: Seq,
    /// Every theme.
    pub themes: Vec<Theme>,
    /// Every process.
    pub processes: Vec<Process>,
    /// Every area.
    pub territory: Territory,
    /// Every context layer and its items.
    pub layers: Vec<(Layer, Context)>,
    /// The areas' names as the address search compares them, in the territory's order.
    pub area_names: Names,
    pub(super) areas: Context,
    pub(super) names: Context,
    pub(super) labels: Labels,
    pub(super) options: TileOptions,
}

impl World {
    /// Reads everything.
    ///
    /// # Errors
    /// Where the database does not answer or holds a geometry that cannot be read.
    pub async fn load(db: &Db, seq: Seq) -> Result<World> {
        let (themes, processes) = vocabulary::all(db).await?;
        let territory = Territory::new(territory::store::all(db).await?)?;
        let (mut contexts, mut names) = (Vec::new(), Vec::new());
        for layer in layers::store::all(db).await? {
            let mut items = Vec::new();
            for (id, properties, wkb) in layers::store::items(db, layer.id).await? {
                let (properties, geometry) = (plain_properties(&properties)?, from_wkb(&wkb)?);
                names.extend(name_of(&layer.slug, &properties, &geometry));
                items.push(ContextItem { id: id.unsigned_abs(), geometry, properties });
            }
            let context = Context::build(layer.slug.clone(), items);
            if context.left_out() > 0 {
                tracing::warn!(layer = %layer.slug, items = context.left_out(), "items of a layer cannot be drawn");
            }
            contexts.push((layer, context));
        }
        let areas = areas_context(&territory, &mut names)?;
        let area_names = area_names(&territory);
        // Of many layers together: their items' own numbers would meet.
        let numbered = (1..).zip(names).map(|(id, name)| ContextItem { id, ..name });
        let names = Context::build(NAMES_LAYER, numbered.collect());
        let labels = labels(&themes, &processes);
        let options = TileOptions::for_labels(&labels);
        Ok(World {
            seq,
            themes,
            processes,
            territory,
            layers: contexts,
            area_names,
            areas,
            names,
            labels,
            options,
        })
    }

    /// The themes that everybody may know: not those of a draft's own.
    pub fn shown_themes(&self) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(|theme| self.is_shown(theme))
    }

    fn is_shown(&self, theme: &Theme) -> bool {
        self.owner(theme).is_none_or(|process| !process.is_draft())
    }

    /// The process whose own a theme is.
    pub fn owner(&self, theme: &Theme) -> Option<&Process> {
        self.processes.iter().find(|process| Some(process.id) == theme.process_id)
    }

    /// A theme's label; with its process where another is called the same.
    pub fn theme_name(&self, theme: &Theme) -> String {
        let is_doubled = self.shown_themes().any(|other| other.id != theme.id && other.label == theme.label);
        match self.owner(theme).filter(|_| is_doubled) {
            Some(process) => format!("{} ({})", theme.label, process.title),
            None => theme.label.clone(),
        }
    }

    /// The processes that everybody may know: a draft is its team's.
    pub fn shown_processes(&self) -> impl Iterator<Item = &Process> {
        self.processes.iter().filter(|process| !process.is_draft())
    }

    /// West, south, east, north of the territory or, without areas, of the layers; in degrees.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let of_layers = || {
            self.layers
                .iter()
                .filter_map(|(_, context)| context.bounds())
                .map(Bounds::to_lon_lat)
                .reduce(union)
        };
        self.territory.bounds().or_else(of_layers)
    }
}

/// The smallest box around two boxes of west, south, east, north.
pub(super) fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn plain_properties(json: &str) -> Result<Vec<(Arc<str>, Value)>> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|e| Error::Internal(format!("layer item: {e}")))?;
    let plain = object.into_iter().filter_map(|(key, value)| {
        let value = match value {
            serde_json::Value::String(text) => Value::Text(text.into()),
            serde_json::Value::Bool(flag) => Value::Boolean(flag),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::Integer(whole),
                None => Value::Real(number.as_f64()?),
            },
            serde_json::Value::Null => return None,
            // A tile has plain values only: what is nested is said as JSON.
            nested => Value::Text(nested.to_string().into()),
        };
        Some((key.into(), value))
    });
    Ok(plain.collect())
}

fn areas_context(territory: &Territory, names: &mut Vec<ContextItem>) -> Result<Context> {
    let mut items = Vec::new();
    for area in territory.areas() {
        let text = |value: &str| Value::Text(value.into());
        let properties = vec![
            ("slug".into(), text(&area.slug)),
            ("name".into(), text(&area.name)),
            ("level".into(), text(&area.level)),
            ("code".into(), text(&area.code)),
        ];
        let geometry = from_wkb(&area.wkb)?;
        let said = [("name".into(), text(&area.name)), ("class".into(), text(&area.level))];
        names.extend(name_of(AREAS_LAYER, &said, &geometry));
        items.push(ContextItem { id: area.id.0.unsigned_abs(), geometry, properties });
    }
    Ok(Context::build(AREAS_LAYER, items))
}

fn area_names(territory: &Territory) -> Names {
    let parent =
        |id: Option<AreaId>| id.and_then(|id| territory.get(id)).map_or("", |area| area.name.as_str());
    Names::new(territory.areas().iter().map(|area| (area.name.as_str(), parent(area.parent_id))))
}

/// Where the name of a surface stands: one point, so that no tile says it again. Nothing for lines, points, and what has
/// no name.
fn name_of(
    layer: &str,
    properties: &[(Arc<str>, Value)],
    geometry: &geo::Geometry<f64>,
) -> Option<ContextItem> {
    let text = |name: &str| {
        properties.iter().find(|(key, _)| &**key == name).filter(|(_, value)| matches!(value, Value::Text(_)))
    };
    let (_, name) = text("name")?;
    let hectares = parvis_tiles::geometry::area_m2(geometry) / 10_000.0;
    if hectares <= 0.0 {
        return None;
    }
    let (lon, lat) = parvis_tiles::geometry::representative_point(geometry)?;
    let mut said = vec![
        ("name".into(), name.clone()),
        ("layer".into(), Value::Text(layer.into())),
        ("hectares".into(), Value::Real((hectares * 100.0).round() / 100.0)),
    ];
    said.extend(text("class").cloned());
    Some(ContextItem { id: 0, geometry: geo::Point::new(lon, lat).into(), properties: said })
}

fn labels(themes: &[Theme], processes: &[Process]) -> Labels {
    let column = |name: &str, breakdown: bool, values: HashMap<u32, Arc<str>>| ColumnLabels {
        name: name.into(),
        drawn: !values.is_empty(),
        breakdown,
        values,
    };
    let mut columns: [ColumnLabels; COLUMNS] = std::array::from_fn(|_| ColumnLabels::default());
    columns[column::KIND] =
        column("kind", false, Kind::all().iter().map(|k| (k.code(), k.word().into())).collect());
    columns[column::STATUS] =
        column("status", false, Status::all().iter().map(|s| (s.code(), s.word().into())).collect());
    columns[column::THEME] =
        column("theme", true, themes.iter().map(|t| (code_of(t.id.0), t.slug.as_str().into())).collect());
    columns[column::PROCESS] = column(
        "process",
        false,
        processes.iter().map(|p| (code_of(p.id.0), p.slug.as_str().into())).collect(),
    );
    // Sets of areas have no name of their own: they are filtered by, not shown.
    columns[column::AREAS].name = "areas".into();
    Labels { columns }
}

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

/// A row as an item of the index.
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
