//! The first set-up: the link that the server prints where nobody administers it, the administrator who comes by it, and what there is to do
//! until the site can be opened. Each step is a page of the desk; what is done is seen by what is there, so that it can be left and taken up.
//!
//! What it is not: a way back in for later, which is signing in.

use super::routes::HERE;
use super::views::{ClosedPage, FirstPage, SetupPage, Step, StepLine};
use crate::base::db::setting;
use crate::base::error::{Error, Result};
use crate::base::http::{self, KnownVisitor, Reader, SameOrigin};
use crate::base::mail;
use crate::base::text;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{self, Actor, Desk, Limit, NoPasskey, Role, Routes};
use crate::core::app::App;
use crate::core::site::store;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

const PATH: &str = "/setup";

/// How often the link was used, in the table `setting`: each use ends it.
const USES: &str = "setup_uses";

/// The setting that says how far the set-up is.
pub(super) const STATE: &str = "setup";

pub(super) fn routes() -> Routes {
    Routes::new().get(PATH, Everyone, show).post(PATH, Everyone, enter).limited(Limit::SIGN_IN).post(
        "/setup/done",
        super::routes::ADMINISTRATOR,
        finish,
    )
}

/// The steps in their order: the word of its texts, its page.
const STEPS: [(&str, &str); 10] = [
    ("identity", "/admin/site/identity"),
    ("areas", "/admin/areas"),
    ("basemap", "/admin/site/basemap"),
    ("face", "/admin/site/face"),
    ("welcome", "/admin/site/welcome"),
    ("themes", "/admin/themes"),
    ("process", "/admin/processes"),
    ("mail", "/admin/site/mail"),
    ("legal", "/admin/site/legal"),
    (PASSKEY, "/account?to=/setup#passkeys"),
];

/// The step that is not everywhere possible.
const PASSKEY: &str = "passkey";

/// Whether a step was done, by what is there. Passkeys are one's own: how many there are is read where they are asked for.
fn is_done(app: &App, word: &str) -> bool {
    let (site, world) = (app.site(), app.atlas.world());
    let says = |name| !site.get(name).is_empty();
    match word {
        "identity" => !app.setting("name").is_empty(),
        "areas" => !world.territory().areas().is_empty(),
        "basemap" => !app.setting("basemap").is_empty(),
        "face" => says("brand") || says("logo"),
        "welcome" => says("welcome") || says("welcome_title"),
        "themes" => world.shown_themes().next().is_some(),
        "process" => !world.processes().is_empty(),
        "mail" => app.letters_lack().is_none(),
        _ => says("publisher") && says("director") && says("provider"),
    }
}

/// Where a step of the set-up stands, for its page.
pub(super) fn step(app: &App, reader: &Reader, word: &str) -> Result<Step> {
    let at = STEPS.iter().position(|(of, _)| *of == word).ok_or(Error::NotFound)?;
    let is_shut = NoPasskey::at(&app.base(reader)).is_some();
    Ok(Step { lang: reader.lang, number: at + 1, of: STEPS.len() - usize::from(is_shut), next: after(word) })
}

/// Where to go after a step: to the next one that is a page of settings, else to the list of steps.
pub(super) fn after(word: &str) -> String {
    let rest = STEPS.iter().skip_while(|(of, _)| *of != word).nth(1);
    let next = rest.filter(|(_, path)| path.starts_with(HERE));
    next.map_or_else(|| PATH.to_owned(), |(_, path)| format!("{path}?setup=true"))
}

/// The link of the first set-up, where there is one to do: for who reads what the server prints.
///
/// # Errors
/// Where the database does not answer.
pub async fn first_link(app: &App) -> Result<Option<String>> {
    if !is_open(app).await? {
        return Ok(None);
    }
    let base = app.config.letters_base();
    let base = if base.is_empty() { format!("http://{}", app.config.listen) } else { base };
    Ok(Some(format!("{base}{PATH}?key={}", key(app, uses(&app.db).await?))))
}

/// Whether nobody administers the site, or whoever began to set it up has not ended.
async fn is_open(app: &App) -> Result<bool> {
    Ok(app.site().get(STATE) == "begun" || accounts::administrators(&app.db).await? == 0)
}

async fn uses(db: impl crate::base::db::Sql<'_>) -> Result<u64> {
    Ok(setting::get(db, USES).await?.and_then(|uses| uses.parse().ok()).unwrap_or_default())
}

fn key(app: &App, uses: u64) -> String {
    app.key_to(&format!("set-up {uses}"))
}

/// Whether a key is that of the link which the server printed last and nobody has used.
async fn opens(app: &App, said: &str) -> Result<bool> {
    let uses = uses(&app.db).await?;
    Ok(is_open(app).await? && app.is_key_to(&format!("set-up {uses}"), said))
}

/// What the form of the first administrator says.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct FirstForm {
    pub(super) key: String,
    pub(super) email: String,
    pub(super) name: String,
}

/// `GET /setup`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(form): http::Asked<FirstForm>,
) -> Result<Response> {
    if actor.has_everywhere(Role::Administrator) {
        return Ok(steps(&app, &reader, &actor).await?.into_response());
    }
    if !opens(&app, &form.key).await? {
        let page = ClosedPage { lang: reader.lang, site: app.name() };
        return Ok((StatusCode::GONE, page).into_response());
    }
    let page = FirstPage { lang: reader.lang, site: app.name(), form, problem: None };
    Ok(([("cache-control", "no-store"), ("referrer-policy", "no-referrer")], page).into_response())
}

async fn steps(app: &App, reader: &Reader, actor: &Actor) -> Result<SetupPage> {
    let passkeys = accounts::count_passkeys(&app.db, actor.signed_in()?.id).await?;
    let shut = NoPasskey::at(&app.base(reader)).filter(|_| passkeys == 0);
    let line = |(word, path): &(&'static str, &'static str)| {
        let shut = shut.filter(|_| *word == PASSKEY);
        let what = match shut {
            Some(why) => format!("setup-no-passkey-{}", why.word()),
            None => format!("setup-what-{word}"),
        };
        let asked = match shut {
            _ if *word != PASSKEY || passkeys > 0 || !app.config.second_factor => None,
            Some(_) => Some("setup-no-passkey-asked"),
            None => Some("setup-passkey-asked"),
        };
        let what = [Some(what.as_str()), asked].into_iter().flatten().map(|key| reader.lang.text(key));
        StepLine {
            name: reader.lang.text(&format!("setup-step-{word}")),
            what: what.collect::<Vec<_>>().join(" "),
            path: if path.starts_with(HERE) { format!("{path}?setup=true") } else { (*path).to_owned() },
            is_done: if *word == PASSKEY { passkeys > 0 } else { is_done(app, word) },
            is_shut: shut.is_some(),
        }
    };
    Ok(SetupPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, PATH),
        lines: STEPS.iter().map(line).collect(),
        is_begun: app.site().get(STATE) == "begun",
    })
}

/// `POST /setup`: the first administrator.
async fn enter(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    KnownVisitor(visitor): KnownVisitor,
    headers: HeaderMap,
    Form(form): Form<FirstForm>,
) -> Result<Response> {
    let Some(email) = mail::address(&form.email) else {
        let problem = Some(reader.lang.text("sign-in-bad-address"));
        let page = FirstPage { lang: reader.lang, site: app.name(), form, problem };
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    };
    let mut write = app.begin().await?;
    // Of two who press at once the second waits here, and finds the link used.
    let mut site = store::to_change(&mut write).await?;
    let used = uses(write.tx()).await?;
    if !is_open(&app).await? || !app.is_key_to(&format!("set-up {used}"), &form.key) {
        let page = ClosedPage { lang: reader.lang, site: app.name() };
        return Ok((StatusCode::GONE, page).into_response());
    }
    setting::put(write.tx(), USES, &(used + 1).to_string()).await?;
    site.set(STATE, "begun");
    store::write(&mut write, &site, None).await?;
    let name = text::line(&form.name, 60);
    let cookies = accounts::enter_first(&app, &mut write, &headers, visitor, (&email, &name)).await?;
    app.commit(write).await?;
    Ok((cookies, Redirect::to(PATH)).into_response())
}

/// `POST /setup/done`: the site is set up; the link is printed no more.
async fn finish(State(app): State<App>, _: SameOrigin, actor: Actor) -> Result<Redirect> {
    let mut write = app.begin().await?;
    let mut site = store::to_change(&mut write).await?;
    site.set(STATE, "done");
    store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    app.commit(write).await?;
    Ok(Redirect::to("/"))
}
