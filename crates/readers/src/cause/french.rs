//! Each cause in French, with what to do.

use super::Cause;
use crate::crs;

impl Cause {
    /// The cause and what to do, in French.
    pub fn french(&self) -> String {
        match self {
            Cause::Json { detail } => format!("ce n'est pas du JSON valide ({detail}) ; corrigez la syntaxe"),
            Cause::NotAnObject { found } => {
                format!("un objet JSON est attendu, {} trouvé", kind_in_french(found))
            }
            Cause::Missing { member } => {
                format!("le membre « {member} » manque ; ajoutez-le ou refaites l'export")
            }
            Cause::Twice { member } => {
                format!("le membre « {member} » est présent deux fois ; gardez-en un seul")
            }
            Cause::WrongKind { member, expected, found } => {
                let (expected, found) = (kind_in_french(expected), kind_in_french(found));
                format!("« {member} » devrait être {expected}, {found} trouvé")
            }
            Cause::UnknownType { found } => format!(
                "type « {found} » inconnu ; types acceptés : Point, LineString, Polygon, leurs Multi et GeometryCollection"
            ),
            Cause::ColumnCount { expected, found } => format!(
                "{found} cellules au lieu de {expected} ; vérifiez le séparateur et les guillemets de cette ligne"
            ),
            Cause::TooLong { limit } => {
                format!("ligne de plus de {limit} octets ; sans doute un guillemet ouvert et jamais refermé")
            }
            Cause::Unclosed => "un guillemet est ouvert et jamais refermé ; refermez-le, ou doublez-le s'il fait partie du texte".into(),
            Cause::Broken { detail } => {
                format!("lecture impossible ({detail}) ; le fichier est abîmé ou incomplet")
            }
            Cause::Cut => {
                "le fichier s'arrête au milieu de cet objet, ou ses crochets ne se ferment pas ; refaites l'export".into()
            }
            Cause::Nesting { geometry } => {
                format!("coordonnées mal imbriquées pour une géométrie {geometry} ; vérifiez les crochets")
            }
            Cause::NotANumber { found } => format!("coordonnée « {found} » : ce n'est pas un nombre"),
            Cause::HalfPosition { missing } => format!(
                "{} absente ; complétez la position ou videz-la",
                match *missing {
                    "longitude" => "longitude",
                    _ => "latitude",
                }
            ),
            Cause::TooFew { geometry, needed, found } => {
                format!("{} de {found} position(s), il en faut au moins {needed}", kind_in_french(geometry))
            }
            Cause::OutOfRange { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : hors limites (longitude de -180 à 180, latitude de -90 à 90)"
            ),
            Cause::Swapped { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : longitude et latitude semblent inversées ; échangez les deux colonnes \
                 (--map lon=…,lat=…)"
            ),
            Cause::Projected { x, y, guess: Some(epsg) } => {
                format!("x {x}, y {y} : coordonnées projetées en mètres ; relancez avec --crs {epsg}")
            }
            Cause::Projected { x, y, guess: None } => format!(
                "x {x}, y {y} : coordonnées projetées en mètres ; dites laquelle avec --crs (2154 pour le Lambert-93)"
            ),
            Cause::OutsideProjection { x, y, epsg } => {
                format!("x {x}, y {y} : hors du domaine de la projection EPSG:{epsg} ; vérifiez --crs")
            }
            Cause::GeometryText { column, found } => format!(
                "colonne « {column} » : « {found} » n'est ni du WKT, ni du GeoJSON, ni une paire « latitude, longitude »"
            ),
            Cause::InvalidPolygon { reason } => {
                format!("polygone invalide ({}) ; corrigez-le dans un SIG", kind_in_french(reason))
            }
            Cause::UnknownProjection { name } => crs::unknown(name).1,
            Cause::OffTheMap { lon, lat } => format!(
                "longitude {lon}, latitude {lat} : au-delà des bords de la carte (latitude de -85,05 à 85,05) ; ôtez ce point"
            ),
            Cause::MixedCollection => {
                "GeometryCollection qui mêle points, lignes et surfaces ; séparez-les : ogr2ogr -explodecollections sortie.geojson entrée".into()
            }
            Cause::NoLength => "ligne dont toutes les positions sont la même ; corrigez-la, ou donnez un point".into(),
            Cause::Tangled { most } => format!(
                "contour qui se croise plus de {most} fois : ce n'est pas un contour ; corrigez-le dans un SIG"
            ),
            Cause::TooManyVertices { found, most } => format!(
                "{found} sommets, plus que les {most} permis ; simplifiez : ogr2ogr -simplify 0.00001 sortie.geojson entrée"
            ),
            Cause::Date { found } => format!(
                "date « {found} » illisible ou impossible ; formats acceptés : 2024-03-31, 31/03/2024 18:05, ISO 8601"
            ),
            Cause::NoText => {
                "ni titre ni texte ; associez une colonne avec --map title=… ou body=…".to_owned()
            }
            Cause::NoPlace { area: None } => {
                "ni géométrie ni secteur ; associez une colonne avec --map area=… ou geometry=…".to_owned()
            }
            Cause::NoPlace { area: Some(area) } => format!(
                "pas de géométrie, et le secteur « {area} » est inconnu ; importez d'abord les secteurs (parvis import areas)"
            ),
            Cause::UnknownStatus { found, allowed } => format!(
                "statut « {found} » inconnu ; renommez-le dans [values.status] de la correspondance ({allowed})"
            ),
            Cause::UnknownKind { found, allowed } => format!("nature « {found} » inconnue ; écrivez l'une de : {allowed}"),
            Cause::UnknownVerdict { found, allowed } => {
                format!("réponse « {found} » inconnue, ou impossible pour cette nature ; écrivez l'une de : {allowed}")
            }
            Cause::Repeated { id } => format!("l'identifiant « {id} » est déjà celui d'une ligne précédente"),
            Cause::NotAnArea { found } => format!("un secteur est un polygone, {} trouvé", kind_in_french(found)),
            Cause::UnknownParent { found } => {
                format!("secteur parent « {found} » inconnu ; importez-le d'abord, ou corrigez --parent-field")
            }
        }
    }
}

/// The French noun for a kind of JSON value or of geometry.
fn kind_in_french(kind: &str) -> &str {
    match kind {
        "an object" => "un objet",
        "an array" => "un tableau",
        "a string" => "un texte",
        "a number" => "un nombre",
        "a boolean" => "un booléen",
        "null" => "null",
        "a string or a number" => "un texte ou un nombre",
        "no surface" => "surface nulle",
        "crosses itself" => "il se croise",
        "line" => "ligne",
        "ring" => "contour",
        other => other,
    }
}
