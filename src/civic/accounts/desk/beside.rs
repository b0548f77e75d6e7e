//! What stands beside every page of the desk: how much waits in each room, and the views that people keep. Found by the guard before the
//! page is made, and told to [`super::Desk`], so that no page has a field for it.
//!
//! What it is not: a way in. Counts are of rooms that this person may open; a page whose counts cannot be had is made without them.
//!
//! Invariant: what is kept for the next page is of the same person, the same roles and the same line of the journal; whoever acts is told
//! anew, and so is who opens the desk's first page.

use super::FIRST;
use super::tour;
use super::views::{self, SavedView};
use crate::base::error::Result;
use crate::base::ids::{AccountId, Seq};
use crate::civic::accounts::hooks::rooms;
use crate::civic::accounts::model::Grant;
use crate::civic::accounts::routes::{Access, Reads, Waiting, Waits};
use crate::civic::accounts::{Actor, Route};
use crate::core::app::App;

use axum::http::Method;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long counts are kept where nothing happens: what is late grows by the clock alone.
const KEPT: Duration = Duration::from_secs(60);

tokio::task_local! {
    static HERE: Here;
}

/// What is told to the page that is being made.
#[derive(Debug, Clone, Default)]
pub(super) struct Here {
    pub(super) told: Arc<Told>,
    /// The path that was asked for.
    pub(super) path: String,
    /// Its query in parameters that the list knows, where it can be kept under a name.
    pub(super) view: Option<String>,
    /// How the queries of lists are read whose views can be kept.
    pub(super) reads: Arc<[(&'static str, Reads)]>,
    /// Which step of the tour is asked for, if somebody takes it.
    pub(super) tour: Option<usize>,
    /// Whether a tour can be begun.
    pub(super) has_tour: bool,
}

/// What is the same on every page of the desk for one person.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What waits in each room.
    pub(super) waiting: Vec<(&'static str, Vec<Waiting>)>,
    /// The views of this person and of the team.
    pub(super) views: Vec<SavedView>,
}

#[derive(Debug)]
struct Kept {
    seq: Seq,
    at: Instant,
    roles: (Vec<Grant>, bool),
    told: Arc<Told>,
}

/// What finds it.
#[derive(Debug)]
pub(in crate::civic::accounts) struct Beside {
    waits: Vec<(&'static str, Waits)>,
    reads: Arc<[(&'static str, Reads)]>,
    kept: Mutex<HashMap<AccountId, Kept>>,
}

/// Who asks for a page of the desk.
pub(in crate::civic::accounts) struct Asked {
    actor: Actor,
    is_read: bool,
    path: String,
    query: Option<String>,
}

/// Whether a page of the desk is asked for, and by whom.
pub(in crate::civic::accounts) fn asked(parts: &Parts, access: Access) -> Option<Asked> {
    let is_room = matches!(access, Access::AnyHolder | Access::Holder(_) | Access::Everywhere(_));
    let actor = parts.extensions.get::<Actor>().filter(|_| is_room)?.clone();
    Some(Asked {
        actor,
        is_read: parts.method == Method::GET,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
    })
}

/// What is told to the page that is being made; nothing outside of the desk.
pub(super) fn here() -> Here {
    HERE.try_with(Clone::clone).unwrap_or_default()
}

/// How the query of a list is read, where its views can be kept.
pub(super) fn reads_of(all: &[(&'static str, Reads)], room: &str) -> Option<Reads> {
    all.iter().find(|(path, _)| *path == room).map(|(_, reads)| *reads)
}

impl Beside {
    pub(in crate::civic::accounts) fn of(routes: &[Route]) -> Beside {
        Beside {
            waits: routes.iter().filter_map(|route| Some((route.path, route.waits?))).collect(),
            reads: routes.iter().filter_map(|route| Some((route.path, route.reads?))).collect(),
            kept: Mutex::default(),
        }
    }

    /// Answers with this told to its page.
    pub(in crate::civic::accounts) async fn with<F: Future>(
        &self,
        app: &App,
        asked: Option<Asked>,
        answer: F,
    ) -> F::Output {
        let Some(asked) = asked else { return answer.await };
        let told = match self.told(app, &asked).await {
            Ok(told) => told,
            Err(error) => {
                tracing::warn!(%error, "a page of the desk is made without its counts");
                Arc::default()
            }
        };
        let reads = Arc::clone(&self.reads);
        let list = reads_of(&reads, &asked.path).filter(|_| asked.is_read);
        let view = list.map(|reads| reads(app, asked.query.as_deref()));
        let tour = tour::asked(app, &asked.actor, asked.query.as_deref().unwrap_or_default());
        let has_tour = tour::is_played(app, asked.actor.account.as_ref());
        HERE.scope(Here { told, path: asked.path, view, reads, tour, has_tour }, answer).await
    }

    async fn told(&self, app: &App, asked: &Asked) -> Result<Arc<Told>> {
        let Some(account) = &asked.actor.account else { return Ok(Arc::default()) };
        let seq = app.atlas.seq();
        let roles = (asked.actor.grants.clone(), asked.actor.is_strong);
        let kept = self.lock().remove(&account.id);
        let is_right = |kept: &Kept| kept.seq == seq && kept.roles == roles && kept.at.elapsed() < KEPT;
        let kept = kept.filter(|kept| asked.path != FIRST && is_right(kept));
        if !asked.is_read {
            // The act changes it; a form that comes back says what was so.
            return Ok(kept.map(|kept| kept.told).unwrap_or_default());
        }
        let (at, told) = match kept {
            Some(kept) => (kept.at, kept.told),
            None => (Instant::now(), Arc::new(self.count(app, &asked.actor, account.id).await?)),
        };
        let mut all = self.lock();
        all.retain(|_, kept| kept.at.elapsed() < KEPT);
        all.insert(account.id, Kept { seq, at, roles, told: Arc::clone(&told) });
        Ok(told)
    }

    async fn count(&self, app: &App, actor: &Actor, account: AccountId) -> Result<Told> {
        let mut waiting = Vec::new();
        for (_, room, _) in rooms(actor) {
            let mut here = Vec::new();
            for (_, count) in self.waits.iter().filter(|(path, _)| *path == room) {
                here.extend(count(app, actor).await?);
            }
            waiting.push((room, here));
        }
        let views = views::store::seen(&app.db, account).await?;
        Ok(Told { waiting, views })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
