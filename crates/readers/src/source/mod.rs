//! Opening a file whatever its format: `Source` is an iterator of records.
//!
//! What it is: detection by content, then by extension, and one iterator over all formats.
//! What it is not: it does not know what the columns mean to the platform (see `mapping`).
//! Invariant: memory stays bounded: a table is streamed row by row; a JSON file is held as text only, up to
//! [`ReadOptions::max_bytes`], and its features are parsed one at a time.

mod packed;

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use super::{
    Record, RecordError, Repair,
    archive::Folder,
    crs::{self, Crs},
    decode::{self, Transcode},
    document::Document,
    foreign, geopackage,
    pump::Pump,
    shp,
    table::Table,
};

/// How to read a file. Everything is optional: what is not said is detected, and told by the [`Source`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReadOptions {
    /// EPSG code of the coordinates (`--crs`): 4326, 2154 (Lambert-93), 3942 to 3950 (RGF93 CC42 to CC50)…
    pub crs: Option<u32>,
    /// Column of the longitude, or of the easting when `crs` is projected.
    pub lon: Option<String>,
    /// Column of the latitude, or of the northing.
    pub lat: Option<String>,
    /// Column that holds a whole geometry (WKT, GeoJSON, Python dict, `lat, lon`).
    pub geometry: Option<String>,
    /// Encoding label (`utf-8`, `windows-1252`, `utf-16le`…).
    pub encoding: Option<String>,
    /// Delimiter of a CSV.
    pub delimiter: Option<u8>,
    /// Layer of a GeoPackage, sheet of a spreadsheet, file of an archive; the first one by default.
    pub layer: Option<String>,
    /// The largest text held in memory, in bytes (JSON formats), and the largest `.gz` content.
    pub max_bytes: u64,
    /// The longest row of a table, in bytes.
    pub max_row_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            crs: None,
            lon: None,
            lat: None,
            geometry: None,
            encoding: None,
            delimiter: None,
            layer: None,
            max_bytes: 1 << 30,
            max_row_bytes: 16 << 20,
        }
    }
}

/// A file that cannot be opened, said in plain words.
#[derive(Debug, thiserror::Error)]
#[error("{}: {english}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong and what to do, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON: a FeatureCollection, a Feature, a bare geometry.
    GeoJson,
    /// GeoJSON, one feature a line (RFC 8142 or plain newlines).
    GeoJsonLines,
    /// A JSON array of objects, as opendata portals export tables.
    JsonTable,
    /// CSV or TSV.
    Csv,
    /// ESRI Shapefile.
    Shapefile,
    /// OGC GeoPackage.
    GeoPackage,
    /// A sheet of an XLSX or ODS file.
    Sheet,
}

/// How much there is to read, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalHint {
    /// Rows or features.
    Rows(u64),
    /// Bytes of text (decompressed); compare with [`Source::bytes_read`].
    Bytes(u64),
}

/// An open file: an iterator over its rows. It blocks on the disk: in async code, drive it from `spawn_blocking`.
pub struct Source {
    /// What the file is.
    pub format: Format,
    /// The encoding that was found or assumed, in French words (`UTF-8`, `Windows-1252 (supposé)`).
    pub encoding: String,
    /// The delimiter of a CSV.
    pub delimiter: Option<char>,
    /// EPSG code of the coordinates as read.
    pub crs: u32,
    /// Where the geometry is taken from, in French words.
    pub geometry_from: String,
    /// The columns (properties) that the file has, in order of appearance.
    pub columns: Vec<Arc<str>>,
    /// How much there is to read.
    pub total_hint: TotalHint,
    /// What was put right in the file as a whole.
    pub repairs: Vec<Repair>,
    rows: Rows,
    consumed: Arc<AtomicU64>,
    /// Lives as long as the rows are read from it.
    _unpacked: Option<Unpacked>,
    /// The same of an archive's file.
    _folder: Option<Folder>,
}

enum Rows {
    Table(Box<Table>),
    Document(Box<Document>),
    Pump(Pump),
}

/// A message in English and in French.
type Said = (String, String);

/// The message for a projection that is not in the table.
pub(super) fn unknown_crs(epsg: u32) -> Said {
    (
        format!("EPSG:{epsg} is not known; convert the file, or say another with --crs ({})", crs::KNOWN),
        format!(
            "EPSG:{epsg} inconnu ; convertissez le fichier, ou dites-en un autre avec --crs ({})",
            crs::KNOWN
        ),
    )
}

fn io_said(error: &io::Error) -> Said {
    (format!("cannot be read: {error}"), format!("lecture impossible : {error}"))
}

impl Source {
    /// Opens `path`.
    ///
    /// # Errors
    /// When the file is absent, of no known format, in a projection that is not known, or refused as a whole.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Source, ReadError> {
        open(path, options).map_err(|(english, french)| ReadError { path: path.to_owned(), english, french })
    }

    /// What the coordinates as read are, in French words, with the accuracy where a datum is shifted.
    pub fn projection(&self) -> String {
        Crs::from_epsg(self.crs).map_or_else(|| format!("EPSG:{}", self.crs), |crs| crs.french())
    }

    /// What the reader passed over so far that is no row: blank lines, titles and notes, with how many.
    pub fn left_out(&self) -> impl Iterator<Item = (&Repair, &u64)> {
        let table = match &self.rows {
            Rows::Table(table) => Some(&table.left_out),
            _ => None,
        };
        table.into_iter().flatten()
    }

    /// Bytes of text read so far, to compare with [`TotalHint::Bytes`].
    pub fn bytes_read(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }
}

impl Iterator for Source {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.rows {
            Rows::Table(table) => table.next(),
            Rows::Document(document) => document.next(),
            Rows::Pump(pump) => pump.next(),
        }
    }
}

fn open(path: &Path, options: &ReadOptions) -> Result<Source, Said> {
    let crs = match options.crs {
        Some(epsg) => Crs::from_epsg(epsg).ok_or_else(|| unknown_crs(epsg))?,
        None => Crs::wgs84(),
    };
    if let Some(refusal) =
        path.is_dir().then(|| foreign::refusal(path, &extension(path, false), b"")).flatten()
    {
        return Err(refusal);
    }
    let mut head = [0; 512];
    let mut content = decode::open(path).map_err(|error| io_said(&error))?;
    let count = decode::read_full(&mut content, &mut head).map_err(|error| io_said(&error))?;
    let head = &head[..count];
    let gzipped = is_gzip(path).map_err(|error| io_said(&error))?;
    let extension = extension(path, gzipped);
    if head.starts_with(b"SQLite format 3\0") {
        return open_geopackage(path, options, gzipped);
    }
    if head.starts_with(&[0, 0, 0x27, 0x0a]) || extension == "shp" {
        return if gzipped { Err(unpack_first()) } else { open_shapefile(path, options) };
    }
    if head.starts_with(b"PK\x03\x04") {
        return if gzipped {
            Err(unpack_first())
        } else {
            packed::open_archive(path, options, crs, &extension)
        };
    }
    if ["dbf", "shx", "prj", "cpg"].contains(&extension.as_str()) {
        return Err(("give the .shp of the shapefile".into(), "donnez le .shp du shapefile".into()));
    }
    if let Some(refusal) = foreign::refusal(path, &extension, head) {
        return Err(refusal);
    }
    open_text(path, options, crs, &extension)
}

fn is_gzip(path: &Path) -> io::Result<bool> {
    let mut magic = [0; 2];
    Ok(decode::read_full(&mut File::open(path)?, &mut magic)? == 2 && magic == [0x1f, 0x8b])
}

/// The extension in lower case, the one before `.gz` when the content is compressed.
fn extension(path: &Path, gzipped: bool) -> String {
    let of =
        |path: &Path| path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    match of(path) {
        end if gzipped && end == "gz" => path.file_stem().map(|stem| of(Path::new(stem))).unwrap_or_default(),
        end => end,
    }
}

fn unpack_first() -> Said {
    (
        "an archive: unpack it, then give the .shp, .csv, .geojson or .gpkg that it holds".into(),
        "archive : décompressez-la, puis donnez le .shp, .csv, .geojson ou .gpkg qu'elle contient".into(),
    )
}

fn open_text(path: &Path, options: &ReadOptions, crs: Crs, extension: &str) -> Result<Source, Said> {
    let mut content = decode::open(path).map_err(|error| io_said(&error))?;
    let detected =
        decode::detect(&mut content, options.encoding.as_deref()).map_err(|error| io_said(&error))?;
    let lines = ["ndjson", "jsonl", "geojsonl", "geojsons", "geojsonseq", "ldjson"].contains(&extension);
    let json = lines || ["json", "geojson"].contains(&extension);
    let table = ["csv", "tsv", "txt"].contains(&extension);
    let mut text = Transcode::new(decode::open(path).map_err(|error| io_said(&error))?, detected.encoding);
    let mut start = vec![0; 256];
    let count = decode::read_full(&mut text, &mut start).map_err(|error| io_said(&error))?;
    let first = start[..count].iter().find(|byte| !byte.is_ascii_whitespace());
    if json || (!table && matches!(first, Some(b'{' | b'[' | 0x1e))) {
        if detected.bytes > options.max_bytes {
            let (has, limit) = (detected.bytes, options.max_bytes);
            return Err((
                format!("{has} bytes of JSON, more than the {limit} allowed; convert it to a GeoPackage"),
                format!("{has} octets de JSON, plus que les {limit} permis ; convertissez-le en GeoPackage"),
            ));
        }
        start.truncate(count);
        text.read_to_end(&mut start).map_err(|error| io_said(&error))?;
        let consumed = text.consumed.clone();
        let text = String::from_utf8(start).map_err(|error| io_said(&io::Error::other(error)))?;
        let document = Document::open(text, options, lines)?;
        let by_column = document.format == Format::JsonTable;
        return Ok(Source {
            format: document.format,
            encoding: detected.label,
            delimiter: None,
            crs: document.crs.epsg,
            geometry_from: if by_column {
                document.position.french()
            } else {
                "membre « geometry »".into()
            },
            columns: document.columns.clone(),
            total_hint: TotalHint::Rows(document.total),
            repairs: document.repairs.clone(),
            rows: Rows::Document(Box::new(document)),
            consumed,
            _unpacked: None,
            _folder: None,
        });
    }
    let epsg = crs.epsg;
    let table = Table::open(path, &detected, options, crs)?;
    Ok(Source {
        format: Format::Csv,
        encoding: detected.label,
        delimiter: Some(table.delimiter.into()),
        crs: epsg,
        geometry_from: table.position.french(),
        columns: table.columns.clone(),
        total_hint: TotalHint::Bytes(detected.bytes),
        repairs: vec![],
        consumed: table.consumed.clone(),
        rows: Rows::Table(Box::new(table)),
        _unpacked: None,
        _folder: None,
    })
}

fn open_shapefile(path: &Path, options: &ReadOptions) -> Result<Source, Said> {
    let layer = shp::open(path, options)?;
    Ok(Source {
        format: Format::Shapefile,
        encoding: layer.encoding,
        delimiter: None,
        crs: layer.epsg,
        geometry_from: "fichier .shp".into(),
        columns: layer.columns,
        total_hint: TotalHint::Rows(layer.total),
        repairs: vec![],
        rows: Rows::Pump(layer.rows),
        consumed: Arc::default(),
        _unpacked: None,
        _folder: None,
    })
}

fn open_geopackage(path: &Path, options: &ReadOptions, gzipped: bool) -> Result<Source, Said> {
    let unpacked = if gzipped {
        Some(Unpacked::new(path, options.max_bytes).map_err(|error| io_said(&error))?)
    } else {
        None
    };
    let file = unpacked.as_ref().map_or_else(|| path.to_owned(), |unpacked| unpacked.path.clone());
    let layer = geopackage::open(file, options)?;
    Ok(Source {
        format: Format::GeoPackage,
        encoding: "UTF-8".into(),
        delimiter: None,
        crs: layer.epsg,
        geometry_from: format!("couche « {} »", layer.table),
        columns: layer.columns,
        total_hint: TotalHint::Rows(layer.total),
        repairs: vec![],
        rows: Rows::Pump(layer.rows),
        consumed: Arc::default(),
        _unpacked: unpacked,
        _folder: None,
    })
}

/// A compressed database, unpacked beside other temporary files for as long as it is read: SQLite needs to seek.
struct Unpacked {
    path: PathBuf,
}

impl Unpacked {
    fn new(path: &Path, limit: u64) -> io::Result<Unpacked> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("parvis-import-{}-{}.gpkg", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let unpacked = Unpacked { path: std::env::temp_dir().join(name) };
        let mut file = File::create_new(&unpacked.path)?;
        let written = io::copy(&mut decode::open(path)?.take(limit + 1), &mut file)?;
        if written > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "too large once unpacked"));
        }
        Ok(unpacked)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // Nothing can be done about a temporary file that is already gone.
        let _ = std::fs::remove_file(&self.path);
    }
}
