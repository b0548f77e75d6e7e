//! The versions of a process at the desk: every one with who decided it, the way back to any, and a copy to begin another process with.

use super::ProcessRules;
use super::admin::{HERE, own};
use super::desk::HistoryPage;
use super::model::{Settings, State};
use super::needs;
use super::store::{self, Decided};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::civic::accounts::Access::Holder;
use crate::civic::accounts::{Actor, Desk, Jurisdiction, Role, Routes};
use crate::core::app::App;
use crate::core::features::vocabulary;
use axum::extract::{Form, Path, State as Of};
use axum::response::Redirect;

pub(super) fn routes() -> Routes {
    let planner = Holder(Role::Planner);
    Routes::new()
        .get("/admin/processes/{slug}/history", planner, history)
        .post("/admin/processes/{slug}/restore", planner, restore)
        .post("/admin/processes/{slug}/clone", planner, clone)
}

/// `GET /admin/processes/{slug}/history`
async fn history(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<HistoryPage> {
    let (known, current, _) = own(&app, &actor, &slug).await?;
    Ok(HistoryPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, HERE),
        versions: store::versions(&app.db, known.id).await?,
        known,
        current,
    })
}

/// `POST /admin/processes/{slug}/restore`: an earlier version, as a new one.
async fn restore(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect> {
    let (known, current, account) = own(&app, &actor, &slug).await?;
    if fields.get("current").parse().is_ok_and(|seen: i64| seen != current) {
        return Err(Error::Conflict(Message::new("process-changed-meanwhile")));
    }
    let wanted: i64 = fields.get("version").parse().unwrap_or_default();
    let versions = store::versions(&app.db, known.id).await?;
    let then = versions.into_iter().find(|v| v.version == wanted).ok_or(Error::NotFound)?;
    let mut old =
        ProcessRules::read(known.id, (&known.slug, &then.title), &then.settings, &then.state, then.version)?;
    let world = app.atlas.world();
    // A theme that was removed since is not chosen again.
    old.settings.themes.retain(|slug| world.themes().iter().any(|theme| theme.slug == *slug));
    let note = reader.lang.say(&Message::new("process-restore-note").with("version", wanted));
    // What everybody sees is not lost by a way back, nor hidden by it.
    if known.state != State::Draft
        && old.state != State::Draft
        && !needs::losses(&known, &old, clock::now()).is_empty()
    {
        return Err(Error::Conflict(Message::new("process-stays-public")));
    }
    // A draft stays one where it would be public without what people cannot do without: its page says what that is.
    let stays = known.state == State::Draft
        && old.state != State::Draft
        && !needs::refusals(&old, clock::now()).is_empty();
    let state = if stays { State::Draft } else { old.state };
    let decided = Decided { title: &old.title, settings: &old.settings, state, note: &note };
    let mut write = app.begin().await?;
    store::update(&mut write, known.id, current, &decided, Some(account)).await?;
    app.commit(write).await?;
    let done = if stays { "restored-draft" } else { "restored" };
    Ok(Redirect::to(&format!("{HERE}/{slug}?done={done}")))
}

/// `POST /admin/processes/{slug}/clone`: the same as a draft, with themes of its own like those of the original.
async fn clone(
    Of(app): Of<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<Redirect> {
    let (known, ..) = own(&app, &actor, &slug).await?;
    let account = actor.must(Role::Planner, &Jurisdiction::default())?.id;
    let title = reader.lang.say(&Message::new("process-clone-title").with("title", &known.title));
    let title: String = title.chars().take(120).collect();
    let mut write = app.begin().await?;
    // What came of the one says nothing of the other.
    let settings = Settings {
        biases: String::new(),
        results: String::new(),
        result_documents: Vec::new(),
        ..known.settings.untitled()
    };
    let (id, copy) = store::insert(&mut write, &title, &settings, State::Draft, Some(account)).await?;
    vocabulary::copy_themes(&mut write, known.id, id).await?;
    write.answers(Answered::See(format!("{HERE}/{copy}?done=cloned")));
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}/{copy}?done=cloned")))
}
