//! Formats that are not read, recognised so that each is refused by its name with what to do.
//!
//! What it is: the first bytes and the extension of a file against a list. What it is not: a reader of any of them.
//! Invariant: text that only mentions a format is not taken for it: what counts is how the file begins.

use std::path::Path;

/// What to do with a format.
enum Way {
    /// GDAL converts it.
    Convert,
    /// A spreadsheet or an office suite saves it as something else.
    Save,
    /// It was not meant to be a table: another download is.
    Again,
    /// Unpack it.
    Unpack,
}

/// The message for a file of a format that is not read; `None` for others.
pub(super) fn refusal(path: &Path, extension: &str, head: &[u8]) -> Option<(String, String)> {
    let (name, way) = named(path, extension, head)?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    Some(match way {
        Way::Convert => (
            format!("{name} is not read; convert it: ogr2ogr output.geojson {file}"),
            format!("{name} n'est pas lu ; convertissez-le : ogr2ogr sortie.geojson {file}"),
        ),
        Way::Save => (
            format!("{name} is not read; open it and save it as XLSX, ODS or CSV"),
            format!("{name} n'est pas lu ; ouvrez-le et enregistrez-le en XLSX, ODS ou CSV"),
        ),
        Way::Again => (
            format!("this is {name}, not data; look for the link to the file itself and download that"),
            format!("c'est {name}, pas des données ; cherchez le lien du fichier lui-même et téléchargez-le"),
        ),
        Way::Unpack => (
            format!("{name} is not read; unpack it, then give the file that it holds, or pack it as ZIP"),
            format!(
                "{name} n'est pas lu ; décompressez-le puis donnez le fichier qu'il contient, ou faites-en un ZIP"
            ),
        ),
    })
}

fn named(path: &Path, extension: &str, head: &[u8]) -> Option<(&'static str, Way)> {
    let is_geodatabase = path.is_dir() && extension == "gdb";
    type Magic = (&'static [u8], &'static str, fn() -> Way);
    let magic: [Magic; 9] = [
        (b"\xd0\xcf\x11\xe0", "XLS (Excel 97-2003)", || Way::Save),
        (b"fgb\x03", "FlatGeobuf", || Way::Convert),
        (b"PAR1", "Parquet", || Way::Convert),
        (b"%PDF", "un PDF / a PDF", || Way::Again),
        (b"Rar!", "RAR", || Way::Unpack),
        (b"7z\xbc\xaf", "7z", || Way::Unpack),
        (b"BZh", "bzip2", || Way::Unpack),
        (b"\xfd7zXZ", "xz", || Way::Unpack),
        (b"AC10", "DWG", || Way::Convert),
    ];
    if is_geodatabase {
        return Some(("FileGDB (.gdb)", Way::Convert));
    }
    if let Some((_, name, way)) = magic.iter().find(|(start, _, _)| head.starts_with(start)) {
        return Some((name, way()));
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    if text.starts_with('<') {
        let holds = |word: &str| text.contains(word);
        return Some(if holds("<!doctype html") || holds("<html") {
            ("une page web / a web page", Way::Again)
        } else if holds("<kml") {
            ("KML", Way::Convert)
        } else if holds("<gpx") {
            ("GPX", Way::Convert)
        } else if holds("<osm") {
            ("OSM (XML)", Way::Convert)
        } else if holds("opengis.net/gml") || holds("opengis.net/wfs") {
            ("GML", Way::Convert)
        } else {
            ("XML", Way::Convert)
        });
    }
    if text.starts_with('{') && text.contains("\"topology\"") {
        return Some(("TopoJSON", Way::Convert));
    }
    Some(match extension {
        "kml" => ("KML", Way::Convert),
        "kmz" => ("KMZ", Way::Convert),
        "gpx" => ("GPX", Way::Convert),
        "gml" => ("GML", Way::Convert),
        "dxf" => ("DXF", Way::Convert),
        "dwg" => ("DWG", Way::Convert),
        "mif" | "mid" => ("MapInfo MIF/MID", Way::Convert),
        "pbf" => ("OSM PBF", Way::Convert),
        "gdb" | "gdbtable" => ("FileGDB (.gdb)", Way::Convert),
        "mdb" | "accdb" => ("Access", Way::Save),
        "doc" | "docx" | "odt" => ("un document de texte / a text document", Way::Save),
        _ if text.starts_with("!table") => ("MapInfo TAB", Way::Convert),
        _ if text.starts_with("version ") && text.contains("charset") => ("MapInfo MIF/MID", Way::Convert),
        _ if text.starts_with("0\r\nsection")
            || text.starts_with("0\nsection")
            || text.starts_with("999\n") =>
        {
            ("DXF", Way::Convert)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_refused_by_its_name_and_told_what_to_do() {
        for (file, head, name) in [
            ("lieux.kml", "<?xml version=\"1.0\"?>\n<kml xmlns=\"…\">", "KML"),
            ("lieux.csv", "<?xml version=\"1.0\"?>\n<kml xmlns=\"…\">", "KML"),
            ("trace", "<gpx version=\"1.1\">", "GPX"),
            ("plan.dxf", "0\nSECTION\n", "DXF"),
            ("zones.tab", "!table\n!version 300\n", "MapInfo TAB"),
            ("zones.mif", "Version 300\nCharset \"WindowsLatin1\"\n", "MapInfo MIF/MID"),
            ("parcelles.fgb", "fgb\u{3}", "FlatGeobuf"),
            ("communes.json", "{\"type\":\"Topology\",\"objects\":{}}", "TopoJSON"),
        ] {
            let (english, french) =
                refusal(Path::new(file), file.rsplit('.').next().unwrap(), head.as_bytes()).unwrap();
            assert!(french.starts_with(name) && french.contains("ogr2ogr"), "{french}");
            assert!(english.contains(file), "{english}");
        }
        let page = refusal(Path::new("export.csv"), "csv", b"<!DOCTYPE html><html>").unwrap();
        assert!(page.1.contains("page web"), "{}", page.1);
        assert!(refusal(Path::new("a.xls"), "xls", b"\xd0\xcf\x11\xe0").unwrap().1.contains("XLSX"));
        for (file, head) in [
            ("a.csv", "id;texte\n1;<kml>"),
            ("a.geojson", "{\"type\":\"FeatureCollection\"}"),
            ("a.txt", "id,version\n"),
            ("a", ""),
        ] {
            assert_eq!(
                refusal(Path::new(file), file.rsplit('.').next().unwrap(), head.as_bytes()),
                None,
                "{file}"
            );
        }
    }
}
