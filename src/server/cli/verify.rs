//! `parvis verify`: checks the sealed register, beside what others kept of it where it is given, and says where it breaks.

use crate::base::config::Config;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use crate::modules::register::{self, Checked, outside};
use openidconnect::reqwest;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// How many findings are told one by one.
const TOLD: usize = 50;

/// The register is broken.
const BROKEN: u8 = 1;
/// The check could not be made, or what it was to be compared with could not be read: nothing is said about the register.
const UNDECIDED: u8 = 2;

/// The largest file of heads, in bytes: ten years of them are a megabyte.
const LARGEST: usize = 16 << 20;

/// `parvis verify`
#[derive(Debug, Default, clap::Args)]
#[command(after_long_help = "\
The check goes through every line and its link to the line before, everything that is kept of what people said, every row of
every civic table beside what was sealed of it last, the voices on each feature beside their last line, each sealed day, and
the published heads. It says of each fault which line, or which table and column, it is about.

What it cannot see alone: an end of the register that was cut off with all its rows, or a register that was written anew as a
whole, heads included. For that it needs what others kept: heads (--head) and receipts (--receipt).

Examples:
  parvis verify
  parvis verify --head letter.txt --head https://archive.example/register.json
  parvis verify --receipt recu-12.txt

What to do where it is broken: keep a copy of the database and of the logs before anything else, compare with the last backup
(docs/REGISTER.md, \"Where it is broken\").

Exit codes: 0 intact; 1 broken; 2 the check could not be made, or the evidence could not be read.")]
pub struct VerifyArgs {
    /// Heads that somebody kept: a file, or an http(s) address. `register.json`, `register.atom`, or any text in which day, number
    /// and fingerprint follow each other. May be given several times.
    #[arg(long, value_name = "FILE|URL")]
    pub head: Vec<String>,
    /// A receipt that somebody kept: its file, or its text. May be given several times.
    #[arg(long, value_name = "FILE|TEXT")]
    pub receipt: Vec<String>,
}

pub(super) async fn run(config: &Config, args: &VerifyArgs) -> Result<ExitCode> {
    match check(config, args).await {
        Ok(checked) => Ok(told(&checked)),
        Err(error) => {
            super::say(&format!("registre non contrôlé / register not checked: {error}"));
            Ok(ExitCode::from(UNDECIDED))
        }
    }
}

/// The check without anything from elsewhere, as the last step of another command.
///
/// # Errors
/// Where the register is broken, or could not be checked.
pub(super) async fn alone(config: &Config) -> Result<()> {
    let checked = check(config, &VerifyArgs::default()).await?;
    told(&checked);
    match checked.findings.len() {
        0 => Ok(()),
        wrong => Err(Error::Config(format!("registre rompu / register broken: {wrong}"))),
    }
}

async fn check(config: &Config, args: &VerifyArgs) -> Result<Checked> {
    // Read first: who mistypes a path does not wait for a million lines.
    let evidence = evidence(args).await?;
    let db = super::open(config).await?;
    let checked = with_bar(&db, &evidence).await?;
    db.close().await;
    Ok(checked)
}

async fn with_bar(db: &Db, evidence: &register::Evidence) -> Result<Checked> {
    let bar = super::import::progress_bar();
    let checked = register::verify_with(db, evidence, |done, all| {
        // The terminal need not hear of each of a million.
        if done % 1024 == 0 {
            bar.set_length(all);
            bar.set_position(done);
        }
    })
    .await?;
    bar.finish_and_clear();
    Ok(checked)
}

fn told(checked: &Checked) -> ExitCode {
    if checked.older > 0 {
        super::say(&format!(
            "le registre commence après la ligne {0} du journal / the register begins after line {0} of the journal",
            checked.older
        ));
    }
    if let Some(at) = &checked.rows_from {
        super::say(&format!(
            "les enregistrements plus anciens ne sont tenus que depuis le {at}, tels qu’ils étaient alors / older rows are held since {at} \
             only, as they stood then"
        ));
    }
    for finding in checked.findings.iter().take(TOLD) {
        super::say(&finding.to_string());
    }
    let counts = format!(
        "{} lignes / lines, {} textes / texts, {} têtes / heads, {} attestations / attestations",
        checked.lines, checked.rows, checked.heads, checked.evidence
    );
    match checked.findings.len() {
        0 => {
            super::say(&format!("registre intact / register intact: {counts}"));
            if checked.evidence == 0 {
                super::say(
                    "sans tête ni reçu gardés ailleurs, une fin coupée ou une réécriture entière ne se voient pas (--head, --receipt) / \
                     without a head or a receipt kept elsewhere, an end cut off or a whole rewriting cannot be seen",
                );
            }
            ExitCode::SUCCESS
        }
        wrong => {
            super::say(&format!("registre rompu / register broken: {wrong} × ({counts})"));
            super::say(
                "gardez une copie de la base avant toute chose (docs/REGISTER.md) / keep a copy of the database before anything else",
            );
            ExitCode::from(BROKEN)
        }
    }
}

async fn evidence(args: &VerifyArgs) -> Result<Vec<outside::Kept>> {
    let mut kept = Vec::new();
    for source in &args.head {
        let text = if source.starts_with("https://") || source.starts_with("http://") {
            fetched(source).await?
        } else {
            file(Path::new(source))?
        };
        let heads = outside::heads(&text);
        if heads.is_empty() {
            return Err(unreadable(
                source,
                "aucune tête (jour, numéro, empreinte) / no head (day, number, fingerprint)",
            ));
        }
        kept.extend(heads);
    }
    for source in &args.receipt {
        let path = Path::new(source);
        let text = if source.contains('\n') || !path.exists() { source.clone() } else { file(path)? };
        let receipt = outside::receipt(&text);
        kept.push(receipt.ok_or_else(|| {
            let short: String = source.lines().next().unwrap_or_default().chars().take(80).collect();
            unreadable(&short, "aucun reçu (number, fingerprint) / no receipt (number, fingerprint)")
        })?);
    }
    Ok(kept)
}

fn unreadable(source: &str, why: &str) -> Error {
    Error::Config(format!("{source} : {why}"))
}

fn file(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|e| unreadable(&path.display().to_string(), &e.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What an address answers, as the operator typed it: no redirection leads elsewhere.
async fn fetched(address: &str) -> Result<String> {
    let failed = |e: reqwest::Error| unreadable(address, &e.without_url().to_string());
    let client = reqwest::ClientBuilder::new()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .build()
        .map_err(failed)?;
    let mut answer = client.get(address).send().await.map_err(failed)?.error_for_status().map_err(failed)?;
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LARGEST {
            return Err(unreadable(address, "trop long / too long"));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
