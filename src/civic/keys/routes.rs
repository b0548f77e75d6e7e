//! The desk of keys.

use super::model::{KeyId, MOST_PER_HOUR, NAME_MOST, NewKey, Scope, Secret};
use super::store;
use super::views::KeysPage;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::text::line;
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::{Actor, Desk, Jurisdiction, Role, Routes};
use crate::core::app::App;
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

pub(super) const HERE: &str = "/admin/keys";

/// Where a program that makes a key reads it.
const KEY: HeaderName = HeaderName::from_static("x-api-key");

pub(super) fn routes() -> Routes {
    let administrator = Everywhere(Role::Administrator);
    Routes::new().get(HERE, administrator, show).post(HERE, administrator, make).creates().post(
        "/admin/keys/{id}/revoke",
        administrator,
        revoke,
    )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// `GET /admin/keys`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<KeysPage> {
    let is_revoked = asked.done == "revoked";
    Ok(KeysPage { is_revoked, ..page(&app, &reader, &actor, KeyForm::default()).await? })
}

async fn page(app: &App, reader: &Reader, actor: &Actor, form: KeyForm) -> Result<KeysPage> {
    let (gone, keys) = store::all(&app.db).await?.into_iter().partition(|key| key.revoked_at.is_some());
    Ok(KeysPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, HERE),
        keys,
        gone,
        form,
        problems: Vec::new(),
        made: None,
        is_revoked: false,
    })
}

/// The form of a key.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
pub(super) struct KeyForm {
    pub(super) name: String,
    pub(super) scope: String,
    pub(super) per_hour: String,
}

impl Default for KeyForm {
    fn default() -> KeyForm {
        KeyForm { name: String::new(), scope: Scope::Open311.word().into(), per_hour: "600".into() }
    }
}

impl KeyForm {
    /// What it says, or all that is wrong.
    fn check(&self) -> Result<(String, Scope, i64), Vec<Problem>> {
        let name = line(&self.name, NAME_MOST);
        let is_named = name.chars().any(char::is_alphanumeric);
        let scope = Scope::of_word(&self.scope);
        let digits: String = self.per_hour.chars().filter(|c| !c.is_whitespace()).collect();
        let per_hour = digits.parse().ok().filter(|count| (1..=MOST_PER_HOUR).contains(count));
        let wrong = |field: &str, message: Message| Problem { field: field.into(), message };
        let problems = [
            (!is_named).then(|| wrong("name", Message::new("keys-name-wrong").with("most", NAME_MOST))),
            scope.is_none().then(|| wrong("scope", Message::new("keys-scope-wrong"))),
            per_hour
                .is_none()
                .then(|| wrong("per_hour", Message::new("keys-quota-wrong").with("most", MOST_PER_HOUR))),
        ];
        match (is_named, scope, per_hour) {
            (true, Some(scope), Some(per_hour)) => Ok((name, scope, per_hour)),
            _ => Err(problems.into_iter().flatten().collect()),
        }
    }
}

/// `POST /admin/keys`: the page that answers is the only one that shows the key.
async fn make(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(form): Form<KeyForm>,
) -> Result<Response> {
    let by = actor.must(Role::Administrator, &Jurisdiction::default())?.id;
    let (name, scope, per_hour) = match form.check() {
        Ok(said) => said,
        Err(problems) => {
            let page = KeysPage { problems, ..page(&app, &reader, &actor, form).await? };
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let mut write = app.begin().await?;
    let (_, secret) = store::make(&mut write, NewKey { name: &name, scope, per_hour, by }).await?;
    app.commit(write).await?;
    if reader.wants_json {
        // What an answer to a program says is kept for who sends twice; its headers are not.
        let key = HeaderValue::from_str(secret.expose()).map_err(|e| Error::Internal(e.to_string()))?;
        return Ok(([(KEY, key)], Json(json!({ "done": true }))).into_response());
    }
    let page = page(&app, &reader, &actor, KeyForm::default()).await?;
    Ok(shown_once(KeysPage { made: Some((name, secret)), ..page }))
}

/// A page with a key is kept by nobody, its reader's browser among them.
fn shown_once(page: KeysPage) -> Response {
    let mut response = page.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `POST /admin/keys/{id}/revoke`
async fn revoke(
    State(app): State<App>,
    _: SameOrigin,
    actor: Actor,
    Path(id): Path<i64>,
) -> Result<Redirect> {
    let by = actor.must(Role::Administrator, &Jurisdiction::default())?.id;
    let mut write = app.begin().await?;
    store::revoke(&mut write, KeyId(id), by).await?;
    app.commit(write).await?;
    Ok(Redirect::to(&format!("{HERE}?done=revoked")))
}

/// A key that was just made: whose, and the key.
pub(super) type Made = (String, Secret);
