//! A basemap: nothing, a file of tiles that we serve ourselves, a server that this program knows, or the style of any other.
//!
//! What it is: which one is chosen, that one opened (its tiles, its TileJSON, how it is drawn in our colours), the desk's page where it is
//! chosen, and when another is taken up. What it is not: the map's style, which takes what is here as plain values ([`Underlay`]), nor a
//! tile server for many files. Invariant: what cannot be served is refused when it is chosen, never first when somebody looks; a file that is lost
//! later leaves the map on paper, and the desk says why.

mod archive;
mod choice;
mod desk;
mod drawing;
mod opened;
mod packing;
mod presets;
mod routes;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod tileset;
mod views;

use crate::base::error::{Error, Result};
use crate::civic::manifest::Module;
use crate::core::app::App;
use arc_swap::ArcSwap;
use choice::Choice;
pub(crate) use opened::Opened;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// The manifest.
pub const MODULE: Module =
    Module { name: "basemap", routes: || routes::routes().and(desk::routes()), ..Module::NOTHING };

/// After so long, what could not be opened is tried again.
const AGAIN: Duration = Duration::from_secs(60);

/// The basemap of this server: the one that is chosen now.
#[derive(Debug, Clone, Default)]
pub struct Basemap {
    now: Arc<ArcSwap<Taken>>,
    /// One opens, the others go on with what there is.
    turn: Arc<Mutex<()>>,
}

/// What was taken up.
#[derive(Debug, Default)]
struct Taken {
    /// The version of the settings that it was chosen in.
    version: i64,
    choice: Choice,
    opened: Arc<Opened>,
    /// Why it could not be opened, and when that was tried.
    fault: Option<(String, Instant)>,
}

impl Basemap {
    /// Opens what is chosen when the server starts.
    ///
    /// # Errors
    /// [`crate::base::error::Error::Config`] where the operator's file names what cannot be served. What the desk chose stops no start.
    pub async fn open(app: &App) -> Result<Basemap> {
        let basemap = Basemap::default();
        let (taken, fault) = taken(app).await;
        if let (Some(said), Some(error)) = (choice::operators(app), fault) {
            return Err(of_setting(said, error));
        }
        basemap.now.store(Arc::new(taken));
        Ok(basemap)
    }

    /// What is chosen now, opened; what was before, while that is being opened.
    pub(crate) async fn now(&self, app: &App) -> Arc<Opened> {
        let now = self.now.load();
        let is_old = now.fault.as_ref().is_some_and(|(_, tried)| tried.elapsed() > AGAIN);
        // Read before the choice: what is set in between is a later version, and looked at again.
        let version = app.site().version;
        if now.version == version && !is_old {
            return Arc::clone(&now.opened);
        }
        let Ok(_turn) = self.turn.try_lock() else { return Arc::clone(&now.opened) };
        if now.choice == Choice::of(app) && !is_old && now.fault.is_none() {
            // Something else was set.
            let (choice, opened) = (now.choice.clone(), Arc::clone(&now.opened));
            self.now.store(Arc::new(Taken { version, choice, opened, fault: None }));
        } else {
            self.now.store(Arc::new(taken(app).await.0));
        }
        Arc::clone(&self.now.load().opened)
    }

    /// Why what is chosen cannot be shown.
    fn fault(&self) -> Option<String> {
        self.now.load().fault.as_ref().map(|(why, _)| why.clone())
    }
}

/// Why what the operator's file says cannot be served, with what it says.
fn of_setting(said: &str, error: Error) -> Error {
    match error {
        Error::Config(why) => Error::Config(format!("basemap = \"{said}\" : {why}")),
        other => other,
    }
}

/// What is chosen now, opened, and why that failed: paper where it did.
async fn taken(app: &App) -> (Taken, Option<Error>) {
    let (version, choice) = (app.site().version, Choice::of(app));
    match Opened::open(&choice).await {
        Ok(opened) => (Taken { version, choice, opened: Arc::new(opened), fault: None }, None),
        Err(error) => {
            tracing::error!(%error, "the basemap that is chosen cannot be shown: the map is on paper");
            let fault = Some((error.to_string(), Instant::now()));
            (Taken { version, choice, opened: Arc::default(), fault }, Some(error))
        }
    }
}
