//! The SQL of a GeoPackage: its layers, its columns, its rows.
//!
//! What it is: all the SQL of this reader, on a file that is not ours and is opened read-only. What it is not: it knows
//! nothing of geometries. Invariant: names that come from the file are quoted before they enter a statement.

use std::path::Path;

use futures_util::TryStreamExt;
use serde_json::{Number, Value};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Row, SqliteConnection, TypeInfo, ValueRef,
    sqlite::{SqliteConnectOptions, SqliteRow},
};

use super::super::clean;

/// A vector layer of the file.
pub(super) struct Described {
    pub(super) table: String,
    geometry: Option<String>,
    key: Option<String>,
    /// EPSG code; 0 and -1 are undefined.
    pub(super) srs: i32,
    /// Whose code it is, and what the system is called and defined as.
    pub(super) authority: String,
    pub(super) srs_name: String,
    pub(super) definition: String,
    /// All columns but the key and the geometry.
    pub(super) columns: Vec<String>,
    /// Which of them hold true or false, which SQLite keeps as 1 or 0.
    booleans: Vec<bool>,
    pub(super) total: u64,
}

/// The values of a row, in the order of [`Described::columns`].
pub(super) struct Cells(pub(super) Vec<Value>);

/// One row.
pub(super) struct LayerRow {
    pub(super) id: Option<i64>,
    pub(super) cells: Cells,
    pub(super) geometry: Option<Vec<u8>>,
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

async fn connect(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
    let mut connection = options.clone().connect().await?;
    // A file in WAL mode on a disk that we cannot write to opens only as immutable.
    match sqlx::query("select count(*) from gpkg_contents").execute(&mut connection).await {
        Ok(_) => Ok(connection),
        Err(_) => options.immutable(true).connect().await,
    }
}

/// Finds a layer: the one asked for, or the first; `None` when there is none.
pub(super) async fn describe(path: &Path, wanted: Option<&str>) -> Result<Option<Described>, sqlx::Error> {
    let mut connection = connect(path).await?;
    let layer = sqlx::query(
        "select c.table_name, g.column_name, coalesce(s.organization_coordsys_id, g.srs_id, 0),
                coalesce(s.organization, ''), coalesce(s.srs_name, ''), coalesce(s.definition, '')
         from gpkg_contents c
         left join gpkg_geometry_columns g on g.table_name = c.table_name
         left join gpkg_spatial_ref_sys s on s.srs_id = g.srs_id
         where c.data_type in ('features', 'attributes') and ($1 is null or c.table_name = $1)
         order by c.data_type desc, c.rowid limit 1",
    )
    .bind(wanted)
    .fetch_optional(&mut connection)
    .await?;
    let Some(layer) = layer else { return Ok(None) };
    let table: String = layer.try_get(0)?;
    let geometry: Option<String> = layer.try_get(1)?;
    let srs = layer.try_get(2)?;
    let (authority, srs_name, definition) = (layer.try_get(3)?, layer.try_get(4)?, layer.try_get(5)?);
    let fields = sqlx::query("select name, pk, type from pragma_table_info($1)")
        .bind(&table)
        .fetch_all(&mut connection)
        .await?;
    let (mut key, mut columns, mut booleans) = (None, Vec::new(), Vec::new());
    for field in &fields {
        let name: String = field.try_get(0)?;
        if field.try_get::<i64, _>(1)? > 0 {
            key = Some(name);
        } else if geometry.as_deref() != Some(name.as_str()) {
            columns.push(name);
            booleans.push(field.try_get::<String, _>(2)?.to_ascii_uppercase().starts_with("BOOL"));
        }
    }
    let count = format!("select count(*) from {}", quoted(&table));
    let total: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut connection).await?;
    connection.close().await?;
    let total = total.unsigned_abs();
    Ok(Some(Described {
        table,
        geometry,
        key,
        srs,
        authority,
        srs_name,
        definition,
        columns,
        booleans,
        total,
    }))
}

/// The names of the vector layers.
pub(super) async fn layers(path: &Path) -> Result<Vec<String>, sqlx::Error> {
    let mut connection = connect(path).await?;
    let names = sqlx::query_scalar(
        "select table_name from gpkg_contents where data_type in ('features', 'attributes') order by rowid",
    );
    let names = names.fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(names)
}

/// Reads every row, until `take` says that nobody wants more.
pub(super) async fn read(
    path: &Path,
    layer: &Described,
    mut take: impl FnMut(LayerRow) -> bool,
) -> Result<(), sqlx::Error> {
    let mut connection = connect(path).await?;
    let named = |name: &Option<String>| name.as_deref().map_or_else(|| "null".to_owned(), quoted);
    let mut list = vec![named(&layer.key), named(&layer.geometry)];
    list.extend(layer.columns.iter().map(|name| quoted(name)));
    let statement = format!("select {} from {}", list.join(", "), quoted(&layer.table));
    let mut rows = sqlx::query(AssertSqlSafe(statement)).fetch(&mut connection);
    while let Some(row) = rows.try_next().await? {
        let mut cells = Vec::with_capacity(layer.columns.len());
        for index in 2..row.columns().len() {
            let value = cell(&row, index)?;
            let is_boolean = layer.booleans.get(index - 2).copied().unwrap_or_default();
            cells.push(match value.as_i64().filter(|_| is_boolean) {
                Some(truth) => Value::Bool(truth != 0),
                None => value,
            });
        }
        let id = if row.try_get_raw(0)?.type_info().name() == "INTEGER" {
            Some(row.try_get_unchecked(0)?)
        } else {
            None
        };
        let blob = row.try_get_raw(1)?;
        let geometry = if blob.is_null() { None } else { row.try_get_unchecked(1)? };
        if !take(LayerRow { id, cells: Cells(cells), geometry }) {
            break;
        }
    }
    Ok(())
}

/// A cell by the type of its value, which in SQLite may differ from row to row.
fn cell(row: &SqliteRow, index: usize) -> Result<Value, sqlx::Error> {
    let raw = row.try_get_raw(index)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    Ok(match raw.type_info().name() {
        "BOOLEAN" => Value::Bool(row.try_get_unchecked(index)?),
        "INTEGER" => Value::from(row.try_get_unchecked::<i64, _>(index)?),
        "REAL" => Number::from_f64(row.try_get_unchecked(index)?).map_or(Value::Null, Value::Number),
        "BLOB" => Value::from(format!("{} octets", row.try_get_unchecked::<Vec<u8>, _>(index)?.len())),
        _ => Value::from(clean::controls(&row.try_get_unchecked::<String, _>(index)?).into_owned()),
    })
}
