//! From the columns of a file to what the platform knows.
//!
//! What it is: which column is the title, the text, the theme…, written on the command line or kept in a TOML file.
//! What it is not: it checks no theme against a process; a theme is a cleaned label.
//! Invariant: an expression names only columns that exist: [`Mapping::plan`] refuses the others before the first row.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    ReadOptions,
    draft::{Plan, ReportPlan},
    expression::{self, Expression},
    own, theme_key,
};

/// Which column is what. Each value is a column name, several joined with `+`, or a literal in quotes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Identifier in the file, which makes a second import an update.
    pub id: Option<String>,
    /// Title; made from the first words of the body when absent or empty.
    pub title: Option<String>,
    /// Text; several columns become paragraphs.
    pub body: Option<String>,
    /// Theme label.
    pub theme: Option<String>,
    /// Status label.
    pub status: Option<String>,
    /// Date of creation.
    pub created: Option<String>,
    /// What it is, where rows say it: a word or label of a kind.
    pub kind: Option<String>,
    /// The process that it belongs to, by its name.
    pub process: Option<String>,
    /// What the authority answered.
    #[serde(skip_serializing_if = "AnswerColumns::is_empty")]
    pub answer: AnswerColumns,
    /// What a report is beside what everything is.
    #[serde(skip_serializing_if = "ReportColumns::is_empty")]
    pub report: ReportColumns,
    /// Name or code of the area, for rows that are placed by their area only.
    pub area: Option<String>,
    /// Column of the longitude (or easting).
    pub lon: Option<String>,
    /// Column of the latitude (or northing).
    pub lat: Option<String>,
    /// Column that holds a whole geometry.
    pub geometry: Option<String>,
    /// EPSG code of the coordinates.
    pub crs: Option<u32>,
    /// Values that mean "nothing was said" (`-`, `pas de commentaires`), compared without case and accents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
    /// Renamed values.
    pub values: Values,
}

/// Source values renamed to ours, compared without case, accents and punctuation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Values {
    /// Themes.
    pub theme: BTreeMap<String, String>,
    /// Statuses.
    pub status: BTreeMap<String, String>,
    /// Names or codes of areas.
    pub area: BTreeMap<String, String>,
}

/// Columns of an authority's answer, each by its name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerColumns {
    /// Its word or label; without one there is no answer.
    pub verdict: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// Why.
    pub motive: Option<String>,
    /// The address of what changed.
    pub link: Option<String>,
    /// Who signs.
    pub authority: Option<String>,
    /// When.
    pub date: Option<String>,
    /// One object that holds all of it, as our GeoJSON has it.
    pub whole: Option<String>,
}

impl AnswerColumns {
    fn is_empty(&self) -> bool {
        *self == AnswerColumns::default()
    }
}

/// Columns of a report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportColumns {
    /// The label of its category; without one it is filed under none.
    pub category: Option<String>,
    /// The label of what it is below that category.
    pub subcategory: Option<String>,
    /// The name of the service that treats it.
    pub service: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
}

impl ReportColumns {
    fn is_empty(&self) -> bool {
        *self == ReportColumns::default()
    }
}

/// A mapping that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{english}")]
pub struct MappingError {
    /// What is wrong and what to do, in English.
    pub english: String,
    /// The same in French.
    pub french: String,
}

fn error(english: String, french: String) -> MappingError {
    MappingError { english, french }
}

impl Mapping {
    /// Parses the command line form: `title=type+soustype,body="…",created=datedecl`.
    ///
    /// # Errors
    /// An unknown key or an unreadable expression.
    pub fn parse(text: &str) -> Result<Mapping, MappingError> {
        let mut mapping = Mapping::default();
        for pair in expression::split(text, ',') {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(error(
                    format!("\"{pair}\": write key=column, for instance title=intitule"),
                    format!("« {pair} » : écrivez clé=colonne, par exemple title=intitule"),
                ));
            };
            let value = value.trim().to_owned();
            let slot = match key.trim() {
                "id" => &mut mapping.id,
                "title" => &mut mapping.title,
                "body" => &mut mapping.body,
                "theme" => &mut mapping.theme,
                "status" => &mut mapping.status,
                "created" => &mut mapping.created,
                "area" => &mut mapping.area,
                "kind" => &mut mapping.kind,
                "process" => &mut mapping.process,
                "lon" => &mut mapping.lon,
                "lat" => &mut mapping.lat,
                "geometry" => &mut mapping.geometry,
                other => {
                    let keys =
                        "id, title, body, theme, status, created, area, kind, process, lon, lat, geometry";
                    return Err(error(
                        format!("\"{other}\" is not a key of --map; the keys are: {keys}"),
                        format!("« {other} » n'est pas une clé de --map ; les clés sont : {keys}"),
                    ));
                }
            };
            *slot = Some(value);
        }
        Ok(mapping)
    }

    /// Reads the TOML form.
    ///
    /// # Errors
    /// The file cannot be read or has an unknown key.
    pub fn load(path: &Path) -> Result<Mapping, MappingError> {
        let named = |reason: &dyn std::fmt::Display| {
            let path = path.display();
            error(format!("mapping {path}: {reason}"), format!("correspondance {path} : {reason}"))
        };
        let text = std::fs::read_to_string(path).map_err(|reason| named(&reason))?;
        toml::from_str(&text).map_err(|reason| named(&reason))
    }

    /// Writes the TOML form.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), MappingError> {
        let named = |reason: &dyn std::fmt::Display| {
            let path = path.display();
            error(format!("mapping {path}: {reason}"), format!("correspondance {path} : {reason}"))
        };
        let text = toml::to_string_pretty(self).map_err(|reason| named(&reason))?;
        std::fs::write(path, text).map_err(|reason| named(&reason))
    }

    /// This mapping (a file), overridden by `over` (the command line) wherever `over` says something.
    #[must_use]
    pub fn overridden_by(self, over: Mapping) -> Mapping {
        let mut empty = self.empty;
        empty.extend(over.empty);
        let mut values = self.values;
        values.theme.extend(over.values.theme);
        values.status.extend(over.values.status);
        values.area.extend(over.values.area);
        Mapping {
            id: over.id.or(self.id),
            title: over.title.or(self.title),
            body: over.body.or(self.body),
            theme: over.theme.or(self.theme),
            status: over.status.or(self.status),
            created: over.created.or(self.created),
            area: over.area.or(self.area),
            kind: over.kind.or(self.kind),
            process: over.process.or(self.process),
            answer: if over.answer.is_empty() { self.answer } else { over.answer },
            report: if over.report.is_empty() { self.report } else { over.report },
            lon: over.lon.or(self.lon),
            lat: over.lat.or(self.lat),
            geometry: over.geometry.or(self.geometry),
            crs: over.crs.or(self.crs),
            empty,
            values,
        }
    }

    /// This mapping; where it maps nothing and the columns are those of our own exports, theirs.
    #[must_use]
    pub fn or_own(self, columns: &[Arc<str>]) -> Mapping {
        let own = own::mapping(columns).filter(|_| self == Mapping { crs: self.crs, ..Mapping::default() });
        own.unwrap_or(self)
    }

    /// The part of the mapping that tells how to read the geometry. What `base` (the command line) says comes first.
    #[must_use]
    pub fn read_options(&self, base: ReadOptions) -> ReadOptions {
        ReadOptions {
            crs: base.crs.or(self.crs),
            lon: base.lon.or_else(|| self.lon.clone()),
            lat: base.lat.or_else(|| self.lat.clone()),
            geometry: base.geometry.or_else(|| self.geometry.clone()),
            ..base
        }
    }

    /// Checks the mapping against the columns of a file.
    ///
    /// # Errors
    /// A column that does not exist; the message lists those that do.
    pub fn plan(&self, columns: &[Arc<str>]) -> Result<Plan, MappingError> {
        let expression = |key: &str, text: &Option<String>, joiner| {
            text.as_deref()
                .map(|text| {
                    Expression::new(text, joiner, columns).map_err(|(english, french)| {
                        error(format!("{key}: {english}"), format!("{key} : {french}"))
                    })
                })
                .transpose()
        };
        let keyed = |names: &BTreeMap<String, String>| {
            names.iter().map(|(from, to)| (theme_key(from), to.clone())).collect()
        };
        Ok(Plan {
            id: expression("id", &self.id, "-")?,
            title: expression("title", &self.title, " – ")?,
            body: expression("body", &self.body, "\n\n")?,
            theme: expression("theme", &self.theme, " – ")?,
            status: expression("status", &self.status, " ")?,
            created: expression("created", &self.created, " ")?,
            area: expression("area", &self.area, " ")?,
            kind: expression("kind", &self.kind, " ")?,
            process: expression("process", &self.process, " ")?,
            answer: self.answer.clone(),
            report: ReportPlan {
                category: expression("report.category", &self.report.category, " – ")?,
                subcategory: expression("report.subcategory", &self.report.subcategory, " – ")?,
                service: expression("report.service", &self.report.service, " ")?,
                ended: expression("report.ended", &self.report.ended, " ")?,
            },
            empty: self.empty.iter().map(|word| theme_key(word)).collect(),
            themes: keyed(&self.values.theme),
            statuses: keyed(&self.values.status),
            areas: keyed(&self.values.area),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Cause, Draft, Locator, Record};
    use super::*;

    fn record(values: &[(&str, serde_json::Value)]) -> Record {
        let properties = values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let place = Locator::Row { number: 1, line: 2 };
        Record { place, id: None, properties, geometry: None, repairs: vec![] }
    }

    fn draft(map: &Mapping, values: &[(&str, serde_json::Value)]) -> Result<Draft, Cause> {
        let record = record(values);
        let columns: Vec<Arc<str>> = record.properties.iter().map(|(name, _)| name.clone()).collect();
        map.plan(&columns).unwrap().draft(record).map_err(|refused| refused.cause)
    }

    #[test]
    fn columns_are_joined_and_literals_stand() {
        let map =
            Mapping::parse(r#"title=type+soustype,theme="Voirie, propreté",id=`a+b`+n,area="Paris "+cp"#)
                .unwrap();
        let row = [
            ("type", json!("Objets abandonnés")),
            ("soustype", json!(" Encombrants\u{92} ")),
            ("a+b", json!("x")),
            ("n", json!(7.0)),
            ("cp", json!(75008.0)),
        ];
        let made = draft(&map, &row).unwrap();
        assert_eq!(made.title, "Objets abandonnés – Encombrants’");
        assert_eq!(made.theme.as_deref(), Some("Voirie, propreté"));
        assert_eq!(made.external_id.as_deref(), Some("x-7"));
        assert_eq!(made.area.as_deref(), Some("Paris 75008"));
    }

    #[test]
    fn empties_dates_values_and_missing_titles() {
        let map = Mapping {
            empty: vec!["-".into(), "Pas de commentaires".into()],
            values: Values {
                theme: [("Plantation d'arbre".into(), "Arbres".into())].into(),
                ..Values::default()
            },
            ..Mapping::parse("title=t,body=b,theme=k,created=d").unwrap()
        };
        let row = |title: &str, body: &str, date: &str| {
            [("t", json!(title)), ("b", json!(body)), ("k", json!("plantation d?arbre")), ("d", json!(date))]
        };
        let made = draft(&map, &row("-", "Un banc à l'ombre.", "31/03/2024")).unwrap();
        assert_eq!((made.title.as_str(), made.theme.as_deref()), ("Un banc à l'ombre.", Some("Arbres")));
        assert!(made.created.is_some());
        assert_eq!(draft(&map, &row("-", "pas de commentaires", "")), Err(Cause::NoText));
        assert_eq!(draft(&map, &row("x", "", "31/02/2024")), Err(Cause::Date { found: "31/02/2024".into() }));
    }

    #[test]
    fn a_report_says_its_category_its_service_and_its_end() {
        let map: Mapping =
            toml::from_str("title = 't'\n[report]\ncategory = 't'\nsubcategory = 's'\nended = 'e'").unwrap();
        let row = |s, e| [("t", json!("Voirie")), ("s", json!(s)), ("e", json!(e))];
        let said = draft(&map, &row(" Nid-de-poule ", "2026-11-29")).unwrap().report.unwrap();
        assert_eq!((said.category.as_str(), said.subcategory.as_deref()), ("Voirie", Some("Nid-de-poule")));
        assert!(said.ended.is_some() && said.service.is_none());
        let said = draft(&map, &row("", "")).unwrap().report.unwrap();
        assert_eq!((said.subcategory, said.ended), (None, None));
        assert!(draft(&map, &row("", "bientôt")).is_err());
        assert!(Mapping::parse("title=t").unwrap().report.is_empty());
    }

    #[test]
    fn an_unknown_column_or_key_is_answered() {
        let columns: Vec<Arc<str>> = vec!["titre".into(), "texte".into()];
        let refused = Mapping::parse("title=tire").unwrap().plan(&columns).unwrap_err();
        assert!(refused.french.contains("vouliez-vous dire « titre »"), "{}", refused.french);
        assert!(Mapping::parse("titel=x").unwrap_err().english.contains("titel"));
        assert!(Mapping::parse("title").is_err());
        assert!(toml::from_str::<Mapping>("titel = 'x'").is_err());
    }

    #[test]
    fn the_file_form_survives_a_round_trip_and_the_command_line_wins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.toml");
        let map = Mapping {
            empty: vec!["-".into()],
            values: Values { status: [("FIN".into(), "done".into())].into(), ..Values::default() },
            crs: Some(2154),
            ..Mapping::parse("title=a+b,lon=x,lat=y").unwrap()
        };
        map.save(&path).unwrap();
        let read = Mapping::load(&path).unwrap();
        assert_eq!(read, map);
        let over = read.overridden_by(Mapping::parse("title=c").unwrap());
        assert_eq!((over.title.as_deref(), over.lon.as_deref()), (Some("c"), Some("x")));
        assert_eq!(over.read_options(ReadOptions::default()).crs, Some(2154));
    }
}
