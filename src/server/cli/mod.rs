//! The command line: what `parvis` can be asked, and which room does it. No civic rule, no SQL.

mod admin;
mod backup;
mod demo;
mod early;
mod export;
mod health;
mod import;
mod listen;
mod retention;
mod serve;
mod verify;
mod watch;

use crate::base::config::Config;
use crate::base::db::{self, Db, Use};
use crate::base::error::{Error, Result};
use crate::base::telemetry;
use crate::core::atlas::Filter;
use crate::modules::opendata::Format;
use clap::{Args, Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

pub use admin::{AdminCommand, RoleArgs};
pub use backup::{BackupArgs, RestoreArgs};
pub use import::{AreaArgs, FeatureArgs, FileArgs, ImportCommand, LayerArgs};
pub use verify::VerifyArgs;

/// The public square of a territory, on a map.
///
/// Residents place ideas and reports on a map, argue and vote; GIS teams pull everything as vector tiles. One binary, one
/// database: an embedded file to begin with, PostgreSQL with PostGIS for a city.
#[derive(Debug, Parser)]
#[command(
    version,
    propagate_version = true,
    after_help = "\
Examples:
  parvis demo && parvis serve                       a fictional territory, on http://127.0.0.1:8600
  parvis import areas communes.geojson --level commune --name-field nom --code-field code
  parvis import features idees.csv --kind proposal --map title=titre,theme=categorie --dry-run
  PARVIS_DATABASE=postgres://parvis@localhost/parvis parvis serve

Configuration: parvis.toml in the current folder (see parvis.example.toml), then PARVIS_* in the environment."
)]
pub struct Cli {
    /// Read this file instead of ./parvis.toml.
    #[arg(long, global = true, env = "PARVIS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `parvis` can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the map, its tiles and its pages. Brings the database's schema up to date first.
    Serve,
    /// Ask the running server of this configuration whether it is ready; exit code 1 where it is not.
    Health,
    /// Fill an empty database with an invented territory and a year of ideas, to try things out.
    Demo,
    /// Give roles, take them back, list them: the first administrator is made here.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Bring the database's schema up to date, or say what would change.
    Migrate {
        /// Only list the migrations that are missing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Read areas, features or a context layer from a file.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write the public features that pass a filter to a file.
    Export(ExportArgs),
    /// Delete or make anonymous what was kept long enough, as the server does every day.
    Retention {
        /// Only say what would go.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write everything (database, pictures, documents) into a folder, while the server runs.
    ///
    /// The folder must not exist yet, or be empty. It holds one state of the database, whatever happens meanwhile: a file of JSON lines
    /// for each table, the files of the media folder, and `manifest.json` with the digest of each, written last; without it the folder is
    /// no backup. It holds the keys of cookies and links and everybody's personal data: keep it as you keep the server, or encrypt it.
    /// Do not copy parvis.db itself instead: the copy of a file that is being written lacks the newest acts, and does not say so.
    Backup(BackupArgs),
    /// Put a backup into a new database: the configured one, SQLite or PostGIS, whichever the backup was made of.
    ///
    /// Checks every file first; refuses a database that is in use. Ends with the check of the sealed register. Stop the server
    /// before, start it afterwards.
    Restore(RestoreArgs),
    /// Check the sealed register: every line, everything kept, every civic row, every voice, every published head.
    Verify(VerifyArgs),
}

/// `parvis export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to write.
    #[arg(long, value_enum, default_value = "geojson")]
    pub format: Format,
    /// The filter, as in the address of a map: 'theme=mobilite&since=2026-01-01'.
    #[arg(long, default_value = "")]
    pub filter: String,
    /// Where to; standard output without it.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Does what the command line asks, and says what went wrong.
pub fn main() -> ExitCode {
    let done = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(run(Cli::parse())),
        Err(error) => Err(Error::Internal(format!("threads: {error}"))),
    };
    done.unwrap_or_else(|error| {
        // Where even standard error is closed there is nobody left to tell.
        let _ = writeln!(std::io::stderr(), "parvis: {error}");
        ExitCode::FAILURE
    })
}

/// Does what was asked.
///
/// # Errors
/// What the operator should read.
async fn run(cli: Cli) -> Result<ExitCode> {
    let config = Config::load(cli.config.as_deref())?;
    telemetry::start(&config)?;
    match cli.command {
        Command::Serve => serve::run(config).await,
        Command::Health => health::run(&config).await,
        Command::Demo => demo::run(&config).await,
        Command::Admin(command) => admin::run(&config, command).await,
        Command::Migrate { dry_run } => migrate(&config, dry_run).await,
        Command::Retention { dry_run } => retention::run(&config, dry_run).await,
        Command::Backup(args) => backup::write(&config, &args).await,
        Command::Restore(args) => backup::restore(&config, &args).await,
        Command::Verify(args) => return verify::run(&config, &args).await,
        Command::Import(command) => import::run(&config, command).await,
        Command::Export(args) => {
            let (filter, _) = Filter::of_query(&args.filter, &[]).map_err(readable)?;
            export::run(&config, &filter, args.format, args.output.as_deref()).await.map_err(readable)
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the configured database, whose folder is made where it is missing, and brings its schema up to date.
///
/// # Errors
/// Where the database does not answer or is newer than this binary.
pub async fn open(config: &Config) -> Result<Db> {
    make_folder(config)?;
    let db = Db::connect_for(config.database.expose(), config.connections, Use::Work).await?;
    db::migrate(&db).await?;
    crate::core::app::tell_baseline(crate::core::journal::baseline(&db).await?);
    Ok(db)
}

fn make_folder(config: &Config) -> Result<()> {
    let folder = config.sqlite_file().and_then(|path| path.parent()).filter(|f| !f.as_os_str().is_empty());
    match folder {
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|e| early::unwritable("database", folder, &e))
        }
        None => Ok(()),
    }
}

async fn migrate(config: &Config, dry_run: bool) -> Result<()> {
    make_folder(config)?;
    let db = Db::connect_for(config.database.expose(), config.connections, Use::Work).await?;
    let pending = db::pending(&db).await?;
    for migration in &pending {
        say(&format!("{:04} {}", migration.version, migration.name));
    }
    if pending.is_empty() {
        say("rien à faire, le schéma est à jour / nothing to do, the schema is up to date");
    } else if !dry_run {
        db::migrate(&db).await?;
        say(&format!("{} migration(s) appliquée(s) / applied", pending.len()));
    }
    Ok(())
}

/// A line for the person at the terminal. A closed standard output is not our concern.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// An error of the filter names only fields in its short form; at a terminal, the whole sentence is wanted.
fn readable(error: crate::base::error::Error) -> crate::base::error::Error {
    match &error {
        crate::base::error::Error::Invalid(_) => {
            crate::base::error::Error::Config(error.detail(crate::base::i18n::Lang::default()))
        }
        _ => error,
    }
}
