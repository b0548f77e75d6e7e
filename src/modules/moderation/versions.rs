//! What a moderator sees of the versions that the public does not read: the one that waits beside what is public, those that were refused
//! or replaced, what was taken back; with their photos.

use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::ids::FeatureId;
use crate::base::prose;
use crate::core::app::App;
use crate::core::features::photos::Photo;
use crate::core::features::revisions::{self, Revision, Wait};
use crate::core::features::waiting_photos;

/// A version as it is shown.
pub(super) struct Kept {
    pub(super) n: i64,
    held: Option<Wait>,
    pub(super) made_at: Timestamp,
    pub(super) title: String,
    /// Safe HTML.
    pub(super) html: String,
    /// Its place as coordinates, where it has one.
    pub(super) at: Option<(f64, f64)>,
    /// How many photos it takes away.
    pub(super) drops: usize,
}

impl Kept {
    fn of(revision: &Revision) -> Result<Kept> {
        let version = revision.version()?;
        let at = version.geometry()?.as_ref().and_then(parvis_tiles::geometry::representative_point);
        Ok(Kept {
            n: revision.n,
            held: revision.held,
            made_at: revision.made_at,
            html: prose::html(&version.body),
            title: version.title,
            at,
            drops: revision.photos().len(),
        })
    }
    pub(super) fn state(&self, lang: &Lang) -> String {
        self.held.map(|held| lang.text(&format!("revision-{}", held.word()))).unwrap_or_default()
    }
}

/// Everything that its author wrote and the public does not read.
#[derive(Default)]
pub(super) struct Versions {
    pub(super) waiting: Option<Kept>,
    pub(super) others: Vec<Kept>,
    /// The photos that wait, or were taken back.
    pub(super) photos: Vec<Photo>,
    /// Whether its author took it back, and a shell stays.
    pub(super) is_shell: bool,
}

impl Versions {
    pub(super) async fn read(app: &App, id: FeatureId, is_shell: bool) -> Result<Versions> {
        let mut versions = Versions {
            photos: waiting_photos::waiting_for(&app.db, id).await?,
            is_shell,
            ..Versions::default()
        };
        for revision in revisions::kept(&app.db, id).await? {
            let kept = Kept::of(&revision)?;
            match revision.held {
                Some(Wait::Waiting) => versions.waiting = Some(kept),
                _ => versions.others.push(kept),
            }
        }
        Ok(versions)
    }
}
