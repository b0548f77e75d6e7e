//! The list of who was erased, in a file beside the pictures: it outlives the database, so that they are erased again in a state of
//! before that is put back (`parvis restore`).
//!
//! What it is not: a list of people. A line has an instant, what they chose and a keyed digest, and only a database with the same keys
//! can tell whose it is. It is in no backup: a list as old as the rows would say nothing that they do not.

use super::{erase, store};
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::core::app::App;
use crate::core::personal_data::{Fate, Person};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt as _;

/// Its name in the media folder. What begins with a dot is no picture.
const FILE: &str = ".erased";

/// Where the list stands.
pub fn list(media: &Path) -> PathBuf {
    media.join(FILE)
}

/// What somebody is called in the list: by their account, or as a browser that never had one.
fn mark(app: &App, who: &Person) -> Option<String> {
    let thing = match (who.account, who.voice) {
        (Some(account), _) => format!("erased account {account}"),
        (None, Some(voice)) => format!("erased voice {}", voice.0),
        (None, None) => return None,
    };
    Some(app.key_to(&thing))
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Anonymous => "anonymous",
        Fate::Gone => "gone",
    }
}

/// Adds somebody who was erased. Where the disk refuses, they are erased all the same, and the log says what a restore would miss.
pub(super) async fn note(app: &App, who: &Person, fate: Fate) {
    let Some(mark) = mark(app, who) else { return };
    let line = format!("{} {} {mark}\n", clock::now().to_rfc3339(), word(fate));
    let media = &app.config.media;
    let added = async {
        tokio::fs::create_dir_all(media).await?;
        let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(list(media)).await?;
        file.write_all(line.as_bytes()).await?;
        file.sync_all().await
    };
    if let Err(error) = added.await {
        tracing::error!(%error, "an erasure is not in the list that a restore would read");
    }
}

/// A list that was read: when, what was chosen, and the mark.
#[derive(Debug, Clone)]
pub struct Erased(Vec<(Timestamp, Fate, String)>);

impl Erased {
    /// Reads a list.
    ///
    /// # Errors
    /// [`Error::Config`] where it cannot be read, or a line is none.
    pub fn read(list: &Path) -> Result<Erased> {
        let told = |what: String| Error::Config(format!("{}: {what}", list.display()));
        let text = std::fs::read_to_string(list).map_err(|e| told(e.to_string()))?;
        let each = text.lines().map(|line| parts(line).ok_or_else(|| told(format!("« {line} » ?"))));
        each.collect::<Result<_>>().map(Erased)
    }

    /// Erases again whoever is in the list since an instant and is still in the database. Gives how many.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn replay(&self, app: &App, since: Timestamp) -> Result<u64> {
        let later = self.0.iter().filter(|(at, ..)| *at >= since);
        let mut marked: BTreeMap<&str, Fate> = later.map(|(_, fate, mark)| (mark.as_str(), *fate)).collect();
        let mut again = 0;
        for who in store::everybody(&app.db).await? {
            if let Some(fate) = mark(app, &who).and_then(|mark| marked.remove(mark.as_str())) {
                erase::whole(app, &who, None, fate).await?;
                again += 1;
            }
        }
        Ok(again)
    }
}

fn parts(line: &str) -> Option<(Timestamp, Fate, String)> {
    let mut words = line.split(' ');
    let at = words.next()?.parse().ok()?;
    let fate =
        [Fate::Anonymous, Fate::Gone].into_iter().find(|fate| Some(word(*fate)) == words.clone().next())?;
    Some((at, fate, words.nth(1)?.to_owned()))
}
