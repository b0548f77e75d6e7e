//! `parvis import`: says what is read, how far, and what came of it.

use crate::base::clock;
use crate::base::config::Config;
use crate::base::error::{Error, Result};
use crate::core::features::{Kind, Status};
use crate::modules::reports::import::Made;
use crate::server::import::write::{
    self, AddressImport, AreaImport, FeatureImport, FileImport, LayerImport, Outcome,
};
use crate::server::import::{Mapping, ReadOptions};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Areas of the territory: communes, quartiers… Every feature then learns which of them it lies in.
    Areas(AreaArgs),
    /// Proposals, reports or projects. A second run of the same file changes only what changed.
    Features(FeatureArgs),
    /// A context layer, drawn under the features. A second run replaces it.
    Layer(LayerArgs),
    /// Streets with house numbers, or other known places, for the address search. A second run replaces what it said.
    Addresses(AddressArgs),
}

/// How any file is read.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// GeoJSON, CSV, XLSX, ODS, Shapefile (also zipped) or GeoPackage, gzipped or not.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read and report, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Leave refused rows out and write the others. Without it a file is written whole or not at all.
    #[arg(long)]
    partial: bool,
    /// Write refused rows and their causes to this CSV.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// EPSG code of the coordinates, where the file does not say it: 4326, 2154 (Lambert-93), 3942 to 3950.
    #[arg(long, value_name = "EPSG")]
    crs: Option<u32>,
    /// Encoding, where it is not UTF-8 and not found: windows-1252, utf-16le…
    #[arg(long)]
    encoding: Option<String>,
    /// Delimiter of a CSV, where it is not found: ';' ',' or a tab.
    #[arg(long)]
    delimiter: Option<char>,
    /// Table of a GeoPackage, sheet of a spreadsheet, file of an archive; the first one without it.
    #[arg(long)]
    table: Option<String>,
}

/// `parvis import areas`
#[derive(Debug, Args)]
pub struct AreaArgs {
    #[command(flatten)]
    file: FileArgs,
    /// What sort of areas they are: commune, quartier…
    #[arg(long)]
    level: String,
    /// The column of their names.
    #[arg(long, value_name = "COLUMN")]
    name_field: String,
    /// The column of their codes; without it their names are their codes.
    #[arg(long, value_name = "COLUMN")]
    code_field: Option<String>,
    /// The area that they are all part of: its name or code.
    #[arg(long, value_name = "AREA")]
    parent: Option<String>,
    /// The column that says which area each is part of: its name or code.
    #[arg(long, value_name = "COLUMN", conflicts_with = "parent")]
    parent_field: Option<String>,
    /// The level of the areas that they are part of; which one is found by their place.
    #[arg(long, value_name = "LEVEL", conflicts_with_all = ["parent", "parent_field"])]
    parent_level: Option<String>,
    /// The column of how many people live in each: what figures are told by the inhabitant of.
    #[arg(long, value_name = "COLUMN")]
    population_field: Option<String>,
}

/// `parvis import features`
#[derive(Debug, Args)]
pub struct FeatureArgs {
    #[command(flatten)]
    file: FileArgs,
    /// What its rows are.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Which column is what: title=a+b,body=c,theme=d,created=e,id=f,status=g,area=h,lon=x,lat=y,geometry=z.
    #[arg(long, value_name = "KEY=COLUMN,…", default_value = "")]
    map: String,
    /// A mapping kept in a TOML file; --map goes before it.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Keep the mapping in a TOML file, to use it again.
    #[arg(long, value_name = "FILE")]
    save_mapping: Option<PathBuf>,
    /// The name that its rows are known by at the next import; the file's own without it.
    #[arg(long)]
    source: Option<String>,
    /// The process that they belong to, by title; made where there is none.
    #[arg(long)]
    process: Option<String>,
    /// What became of rows that do not say it.
    #[arg(long, value_enum, default_value = "open")]
    status: Status,
}

/// `parvis import layer`
#[derive(Debug, Args)]
pub struct LayerArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Its name for people.
    #[arg(long)]
    name: String,
    /// Whom to thank for it; shown on the map.
    #[arg(long, default_value = "")]
    attribution: String,
    /// Its colour, #rrggbb.
    #[arg(long, default_value = "#8a9ba8")]
    color: String,
}

/// `parvis import addresses`
#[derive(Debug, Args)]
pub struct AddressArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Which column is what: title=numero+" "+rep+" "+nom_voie,area=nom_commune,theme=type,lon=x,lat=y. The title is the
    /// whole line, number first; area the commune; theme what it is, where it is no street.
    #[arg(long, value_name = "KEY=COLUMN,…", default_value = "")]
    map: String,
    /// A mapping kept in a TOML file; --map goes before it.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The name that its places are known by at the next import; the file's own without it.
    #[arg(long)]
    source: Option<String>,
    /// What rows are that do not say it: street, park, school…
    #[arg(long, default_value = "street")]
    kind: String,
}

impl FileArgs {
    fn import(&self) -> FileImport {
        FileImport {
            file: self.file.clone(),
            read: ReadOptions {
                crs: self.crs,
                encoding: self.encoding.clone(),
                delimiter: self.delimiter.and_then(|c| u8::try_from(c).ok()),
                layer: self.table.clone(),
                ..ReadOptions::default()
            },
            dry_run: self.dry_run,
            partial: self.partial,
            rejects: self.rejects.clone(),
        }
    }
}

pub(super) async fn run(config: &Config, command: ImportCommand) -> Result<()> {
    let db = super::open(config).await?;
    let (at, bar, started) = (clock::now(), progress_bar(), Instant::now());
    let (file, outcome) = match command {
        ImportCommand::Areas(args) => {
            let import = AreaImport {
                file: args.file.import(),
                level: args.level,
                name_field: args.name_field,
                code_field: args.code_field,
                parent: args.parent,
                parent_field: args.parent_field,
                parent_level: args.parent_level,
                population_field: args.population_field,
            };
            (args.file, write::areas(&db, &import, at, &bar).await?)
        }
        ImportCommand::Features(args) => {
            let mapping = mapping(&args.map, args.mapping.as_deref(), args.save_mapping.as_deref())?;
            let import = FeatureImport {
                file: args.file.import(),
                kind: args.kind,
                mapping,
                source: args.source,
                process: args.process,
                status: args.status,
            };
            (args.file, write::features(&db, &import, at, &bar).await?)
        }
        ImportCommand::Layer(args) => {
            let import = LayerImport {
                file: args.file.import(),
                name: args.name,
                attribution: args.attribution,
                color: args.color,
            };
            (args.file, write::layer(&db, &import, at, &bar).await?)
        }
        ImportCommand::Addresses(args) => {
            let mapping = mapping(&args.map, args.mapping.as_deref(), None)?;
            let import =
                AddressImport { file: args.file.import(), mapping, source: args.source, kind: args.kind };
            (args.file, write::addresses(&db, &import, at, &bar).await?)
        }
    };
    bar.finish_and_clear();
    db.close().await;
    tell(&file, &outcome, started)
}

fn mapping(map: &str, file: Option<&Path>, save: Option<&Path>) -> Result<Mapping> {
    let said = |e: crate::server::import::MappingError| Error::Config(e.french);
    let from_file = file.map(Mapping::load).transpose().map_err(said)?.unwrap_or_default();
    let over = if map.is_empty() { Mapping::default() } else { Mapping::parse(map).map_err(said)? };
    let mapping = from_file.overridden_by(over);
    if let Some(path) = save {
        mapping.save(path).map_err(said)?;
    }
    Ok(mapping)
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {elapsed_precise}  reste {eta}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(file: &FileArgs, outcome: &Outcome, started: Instant) -> Result<()> {
    super::say(&outcome.report.to_string());
    let rejects = |path: &Path| format!(" Lignes refusées : {}.", path.display());
    let rejects = file.rejects.as_deref().map(rejects).unwrap_or_default();
    let rejected = outcome.report.rejected;
    if file.dry_run {
        super::say(&format!("Essai à blanc : rien n’est écrit.{rejects}"));
        return Ok(());
    }
    if !outcome.written {
        return Err(Error::Config(format!(
            "rien n’est écrit : {rejected} ligne(s) refusée(s). Corrigez le fichier, ou laissez-les de côté avec \
             --partial.{rejects}"
        )));
    }
    for made in &outcome.made {
        super::say(&match made {
            Made::Category(label) => format!("Catégorie de signalement créée : {label}"),
            Made::Service(name) => format!("Service créé : {name}"),
        });
    }
    let Outcome { created, updated, unchanged, removed, .. } = outcome;
    let removed = if *removed > 0 { format!(" {removed} retiré(s),") } else { String::new() };
    super::say(&format!(
        "{created} créé(s), {updated} mis à jour, {unchanged} inchangé(s),{removed} {rejected} refusé(s), en {:.1} s.{rejects}",
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}
