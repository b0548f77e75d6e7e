//! `parvis verify`: checks the sealed register, and says where it breaks.

use crate::config::Config;
use crate::error::{Error, Result};
use crate::register;

/// How many findings are told one by one.
const TOLD: usize = 50;

pub(super) async fn run(config: &Config) -> Result<()> {
    let db = super::open(config).await?;
    let bar = super::import::progress_bar();
    let checked = register::verify(&db, |done, all| {
        // The terminal need not hear of each of a million.
        if done % 1024 == 0 {
            bar.set_length(all);
            bar.set_position(done);
        }
    })
    .await?;
    bar.finish_and_clear();
    db.close().await;
    if checked.older > 0 {
        super::say(&format!(
            "le registre commence après la ligne {0} du journal / the register begins after line {0} of the journal",
            checked.older
        ));
    }
    for finding in checked.findings.iter().take(TOLD) {
        super::say(&finding.to_string());
    }
    let counts = format!(
        "{} lignes / lines, {} textes / texts, {} têtes / heads",
        checked.lines, checked.rows, checked.heads
    );
    match checked.findings.len() {
        0 => {
            super::say(&format!("registre intact / register intact: {counts}"));
            Ok(())
        }
        wrong => Err(Error::Config(format!("registre rompu / register broken: {wrong} × ({counts})"))),
    }
}
