//! Which columns of a table hold the place.
//!
//! What it is: recognition by the names that French portals and spreadsheets use, and the reading of a row by it.
//! What it is not: it does not look at values to guess; a column must be named, by its header or by the mapping.
//! Invariant: what was chosen can be told ([`Position::french`]), so that nobody is surprised.

use std::sync::Arc;

use geo::{Geometry, Point};
use serde_json::Value;

use super::{Cause, Properties, ReadOptions, cell, clean, shape::Shaper};

/// A column by its name and its usual rank in a row.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: Arc<str>,
    rank: usize,
}

impl Column {
    /// The value in a row. Rows of a table have it at its rank; rows of JSON may leave members out.
    pub(super) fn of<'a>(&self, properties: &'a Properties) -> Option<&'a Value> {
        match properties.get(self.rank) {
            Some((name, value)) if *name == self.name => Some(value),
            _ => properties.iter().find(|(name, _)| *name == self.name).map(|(_, value)| value),
        }
    }
}

/// Finds a column by the name that a person wrote: exactly, or without case, accents and signs when only one fits.
///
/// # Errors
/// The message, in English and in French, with the columns that exist.
pub(super) fn find(wanted: &str, columns: &[Arc<str>]) -> Result<Column, (String, String)> {
    let exact = columns.iter().position(|name| **name == *wanted);
    let key = clean::theme_key(wanted);
    let mut alike = columns.iter().enumerate().filter(|(_, name)| clean::theme_key(name) == key);
    let rank = exact.or_else(|| match (alike.next(), alike.next()) {
        (Some((rank, _)), None) => Some(rank),
        _ => None,
    });
    if let Some(rank) = rank
        && let Some(name) = columns.get(rank)
    {
        return Ok(Column { name: name.clone(), rank });
    }
    let list = columns.iter().map(|name| &**name).collect::<Vec<_>>().join(", ");
    let nearest = columns
        .iter()
        .map(|name| (distance(&key, &clean::theme_key(name)), name))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= 1 + key.chars().count() / 3);
    let (english, french) = match nearest {
        Some((_, name)) => (format!(" did you mean \"{name}\"?"), format!(" vouliez-vous dire « {name} » ?")),
        None => Default::default(),
    };
    Err((
        format!("there is no column \"{wanted}\";{english} the columns are: {list}"),
        format!("pas de colonne « {wanted} » ;{french} les colonnes sont : {list}"),
    ))
}

/// How many letters must change between two names.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Where the rows of a table have their place.
#[derive(Debug, Clone)]
pub(super) enum Position {
    /// Nowhere.
    None,
    /// In two columns of numbers.
    Axes { lon: Column, lat: Column },
    /// In one column; the next ones are looked at when it is empty.
    Cells(Vec<Column>),
    /// The same, and two columns of numbers where all of these are empty.
    Both { cells: Vec<Column>, lon: Column, lat: Column },
}

/// Names of whole geometries, then pairs of axes, then points: the richest first. Compared by `theme_key`.
const SHAPES: [&str; 9] =
    ["geo shape", "geoshape", "geom", "geometry", "the geom", "wkt", "wkt geom", "geojson", "geometrie"];
const POINTS: [&str; 10] = [
    "geo point 2d",
    "geo point",
    "geopoint",
    "geolocalisation",
    "coordonnees geographiques",
    "coordonnees",
    "coordinates",
    "lat lon",
    "latlon",
    "point geo",
];
const DEGREES: [(&str, &str); 8] = [
    ("lon", "lat"),
    ("lng", "lat"),
    ("long", "lat"),
    ("longitude", "latitude"),
    ("x wgs84", "y wgs84"),
    ("lon wgs84", "lat wgs84"),
    ("coordonnee longitude", "coordonnee latitude"),
    ("geo lon", "geo lat"),
];
const METRES: [(&str, &str); 6] = [
    ("x", "y"),
    ("x l93", "y l93"),
    ("x lambert93", "y lambert93"),
    ("coord x", "coord y"),
    ("coordx", "coordy"),
    ("easting", "northing"),
];

impl Position {
    /// Chooses the columns: those of the options, else those whose names are known.
    ///
    /// # Errors
    /// A column of the options does not exist; messages in English and in French.
    pub(super) fn choose(
        columns: &[Arc<str>],
        options: &ReadOptions,
        projected: Axes,
    ) -> Result<Position, (String, String)> {
        let cells = options.geometry.iter().map(|name| find(name, columns)).collect::<Result<Vec<_>, _>>()?;
        match (&options.lon, &options.lat) {
            (Some(lon), Some(lat)) => {
                let axes = Position::Axes { lon: find(lon, columns)?, lat: find(lat, columns)? };
                return Ok(axes.after(cells));
            }
            (None, None) if !cells.is_empty() => return Ok(Position::Cells(cells)),
            (None, None) => {}
            _ => {
                let english = "lon and lat go together: map both".to_owned();
                return Err((english, "lon et lat vont ensemble : associez les deux".to_owned()));
            }
        }
        let keys: Vec<String> = columns.iter().map(|name| clean::theme_key(name)).collect();
        let named = |wanted: &str| {
            let rank = keys.iter().position(|key| key == wanted)?;
            columns.get(rank).map(|name| Column { name: name.clone(), rank })
        };
        let axes = |pairs: &[(&str, &str)]| {
            pairs.iter().find_map(|(x, y)| Some(Position::Axes { lon: named(x)?, lat: named(y)? }))
        };
        // `GoogleMap longitude` and its like: the only column that ends so, on both axes.
        let ending = |end: &str| {
            let mut fits = keys.iter().enumerate().filter(|(_, key)| key.ends_with(end));
            let (rank, _) = fits.next()?;
            if fits.next().is_some() {
                return None;
            }
            columns.get(rank).map(|name| Column { name: name.clone(), rank })
        };
        if projected == Axes::Metres
            && let Some(axes) = axes(&METRES)
        {
            return Ok(axes);
        }
        let cells: Vec<Column> = SHAPES.iter().chain(&POINTS).filter_map(|name| named(name)).collect();
        let has_shape = SHAPES.iter().any(|name| named(name).is_some());
        let degrees = axes(&DEGREES).or_else(|| {
            let lon = ending(" longitude").or_else(|| ending(" lon"))?;
            Some(Position::Axes { lon, lat: ending(" latitude").or_else(|| ending(" lat"))? })
        });
        Ok(match degrees {
            Some(axes) if has_shape => axes.after(cells),
            Some(axes) => axes,
            None if !cells.is_empty() => Position::Cells(cells),
            None => axes(&METRES).unwrap_or(Position::None),
        })
    }

    /// Axes that are looked at where these cells are empty.
    fn after(self, cells: Vec<Column>) -> Position {
        match self {
            Position::Axes { lon, lat } if !cells.is_empty() => Position::Both { cells, lon, lat },
            other => other,
        }
    }

    /// Where the place is read, in French.
    pub(super) fn french(&self) -> String {
        match self {
            Position::None => "aucune colonne reconnue".to_owned(),
            Position::Axes { lon, lat } => format!("colonnes « {} » et « {} »", lon.name, lat.name),
            Position::Cells(cells) => {
                let names: Vec<String> = cells.iter().map(|cell| format!("« {} »", cell.name)).collect();
                format!("colonne {}", names.join(", à défaut "))
            }
            Position::Both { cells, lon, lat } => {
                let cells = Position::Cells(cells.clone()).french();
                format!("{cells}, à défaut colonnes « {} » et « {} »", lon.name, lat.name)
            }
        }
    }

    /// The geometry of a row.
    ///
    /// # Errors
    /// A cell that is neither empty nor readable.
    pub(super) fn read(
        &self,
        properties: &Properties,
        shaper: &mut Shaper,
    ) -> Result<Option<Geometry<f64>>, Cause> {
        match self {
            Position::None => Ok(None),
            Position::Axes { lon, lat } => from_axes(lon, lat, properties),
            Position::Cells(cells) => from_cells(cells, properties, shaper),
            Position::Both { cells, lon, lat } => match from_cells(cells, properties, shaper)? {
                Some(geometry) => Ok(Some(geometry)),
                None => from_axes(lon, lat, properties),
            },
        }
    }
}

/// What the numbers of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axes {
    Degrees,
    Metres,
}

fn from_axes(lon: &Column, lat: &Column, properties: &Properties) -> Result<Option<Geometry<f64>>, Cause> {
    match (axis(lon, properties)?, axis(lat, properties)?) {
        (None, None) => Ok(None),
        (Some(x), Some(y)) => Ok(Some(Geometry::Point(Point::new(x, y)))),
        (None, Some(_)) => Err(Cause::HalfPosition { missing: "longitude" }),
        (Some(_), None) => Err(Cause::HalfPosition { missing: "latitude" }),
    }
}

fn from_cells(
    cells: &[Column],
    properties: &Properties,
    shaper: &mut Shaper,
) -> Result<Option<Geometry<f64>>, Cause> {
    for column in cells {
        let Some(value) = column.of(properties) else { continue };
        let geometry = cell::read(&column.name, value, shaper)?;
        if geometry.is_some() {
            return Ok(geometry);
        }
    }
    Ok(None)
}

fn axis(column: &Column, properties: &Properties) -> Result<Option<f64>, Cause> {
    match column.of(properties) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if cell::is_empty(text) => Ok(None),
        Some(Value::String(text)) => match clean::number(text) {
            Some(number) => Ok(Some(number)),
            None => Err(Cause::NotANumber { found: clean::excerpt(text) }),
        },
        Some(Value::Number(number)) => Ok(number.as_f64()),
        Some(other) => Err(Cause::NotANumber { found: clean::excerpt(&other.to_string()) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(header: &str, projected: Axes) -> String {
        let columns: Vec<Arc<str>> = header.split(';').map(Arc::from).collect();
        Position::choose(&columns, &ReadOptions::default(), projected).unwrap().french()
    }

    #[test]
    fn the_headers_of_real_files_are_recognised() {
        let chosen = choose("id;x;y;lon;lat;type_position", Axes::Degrees);
        assert_eq!(chosen, "colonnes « lon » et « lat »");
        assert_eq!(choose("id;x;y;lon;lat", Axes::Metres), "colonnes « x » et « y »");
        assert_eq!(
            choose("no;X_CC43;Y_CC43;X_WGS84;Y_WGS84", Axes::Degrees),
            "colonnes « X_WGS84 » et « Y_WGS84 »"
        );
        let shape = choose("nom;geo_shape;geo_point_2d", Axes::Degrees);
        assert_eq!(shape, "colonne « geo_shape », à défaut « geo_point_2d »");
        let ours = choose("id;titre;lon;lat;wkt", Axes::Degrees);
        assert_eq!(ours, "colonne « wkt », à défaut colonnes « lon » et « lat »");
        let google = choose("nom;GoogleMap latitude;GoogleMap longitude;Geo Point", Axes::Degrees);
        assert_eq!(google, "colonnes « GoogleMap longitude » et « GoogleMap latitude »");
        assert_eq!(choose("titre;texte", Axes::Degrees), "aucune colonne reconnue");
    }

    #[test]
    fn an_unknown_column_is_answered_with_the_nearest_one() {
        let columns: Vec<Arc<str>> = ["type", "soustype", "datedecl"].map(Arc::from).into();
        let (english, french) = find("soutype", &columns).unwrap_err();
        assert!(
            english.contains("did you mean \"soustype\"?") && english.contains("type, soustype, datedecl"),
            "{english}"
        );
        assert!(french.contains("vouliez-vous dire « soustype » ?"), "{french}");
        assert!(!find("inconnu", &columns).unwrap_err().0.contains("did you mean"));
        assert_eq!(&*find("DateDecl", &columns).unwrap().name, "datedecl");
    }
}
