//! `parvis backup` and `parvis restore`: says what is done, and what the operator must know of the result.

use crate::base::clock::Timestamp;
use crate::base::config::Config;
use crate::base::db::{Db, Use};
use crate::base::error::{Error, Result};
use crate::core::app::App;
use crate::modules::privacy::again::{self, Erased};
use crate::server::backup::{self, Identities, Recipients};
use clap::Args;
use indicatif::ProgressBar;
use std::path::PathBuf;

/// `parvis backup`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  parvis backup /srv/backup/$(date +%F)
  parvis backup /srv/backup/$(date +%F) --encrypt-for age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")]
pub struct BackupArgs {
    /// A new folder.
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    /// Encrypt every file for this public key (`age-keygen` makes a pair); can be given several times. The server needs no secret key,
    /// so whoever takes the backup, or the server, cannot read it.
    #[arg(long, value_name = "KEY")]
    pub encrypt_for: Vec<String>,
}

/// `parvis restore`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  PARVIS_DATABASE=sqlite:var/new.db PARVIS_MEDIA=var/new-media parvis restore /srv/backup/2026-11-22
  PARVIS_DATABASE=postgres://parvis@localhost/parvis parvis restore /srv/backup/2026-11-22 --identity key.txt")]
pub struct RestoreArgs {
    /// The backup's folder.
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    /// The file with the secret key, where the backup is encrypted.
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// The list of who was erased since (`.erased` of the media folder that was in use): they are erased again. Where it is not given,
    /// the one in the media folder that is restored into, if there is one.
    #[arg(long, value_name = "FILE")]
    pub erased: Option<PathBuf>,
}

/// A bar that is told of each file.
fn told(bar: &ProgressBar) -> impl FnMut(u64, u64) + Send {
    let bar = bar.clone();
    move |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    }
}

pub(super) async fn write(config: &Config, args: &BackupArgs) -> Result<()> {
    let recipients = Recipients::read(&args.encrypt_for)?;
    let is_open = recipients.is_empty();
    // Not `open`: a backup is also what one makes before an upgrade, so the schema is left as it is.
    let db = Db::connect(config.database.expose(), config.connections).await?;
    let bar = super::import::progress_bar();
    let made = backup::write(&db, &config.media, &args.to, recipients, &mut told(&bar)).await?;
    bar.finish_and_clear();
    db.close().await;
    super::say(&format!(
        "{} : {} lignes / rows, {} fichiers / files, journal {}, registre / register {}",
        args.to.display(),
        made.rows(),
        made.media(),
        made.journal,
        made.register
    ));
    super::say(
        "contient les clés des cookies et les données personnelles / holds the cookies' keys and personal data",
    );
    if is_open {
        super::say(
            "non chiffrée : gardez-la comme le serveur, ou --encrypt-for / not encrypted: keep it like the server, or --encrypt-for",
        );
    }
    Ok(())
}

pub(super) async fn restore(config: &Config, args: &RestoreArgs) -> Result<()> {
    let identities = args.identity.as_deref().map(Identities::read).transpose()?.unwrap_or_default();
    super::make_folder(config)?;
    // Before anything is written: a list that cannot be read would be told of too late.
    let own = again::list(&config.media);
    let list = args.erased.clone().or_else(|| own.exists().then_some(own));
    let list = list.map(|list| Erased::read(&list)).transpose()?;
    let db = Db::connect_for(config.database.expose(), config.connections, Use::Work).await?;
    let bar = super::import::progress_bar();
    let restored = backup::restore(&db, &config.media, &args.from, &identities, &mut told(&bar)).await;
    bar.finish_and_clear();
    let restored = restored.map_err(explained)?;
    let again = match list {
        Some(list) => Some(erase_again(config, &db, &list, restored.manifest.made_at).await?),
        None => None,
    };
    db.close().await;
    super::say(&format!(
        "restaurée : état du {}, {} lignes, {} fichiers écrits / restored: as of {0}, {1} rows, {2} files written",
        restored.manifest.made_at.format("%Y-%m-%d %H:%M:%S UTC"),
        restored.manifest.rows(),
        restored.files
    ));
    super::say(&match again {
        Some(again) => format!("effacées de nouveau / erased again: {again}"),
        None => "pas de liste des personnes effacées depuis (--erased) / no list of who was erased since (--erased)".into(),
    });
    super::verify::alone(config).await
}

/// Erases whoever was erased after the backup was made. Gives how many.
async fn erase_again(config: &Config, db: &Db, list: &Erased, since: Timestamp) -> Result<u64> {
    let app = App::on(config.clone(), db.clone()).await?;
    list.replay(&app, since).await
}

/// An error of the database names a constraint at best; the operator must know that nothing was kept.
fn explained(error: Error) -> Error {
    match error {
        Error::Sqlx(e) => Error::Config(format!("{e}. Aucune ligne n’a été gardée / no row was kept")),
        other => other,
    }
}
