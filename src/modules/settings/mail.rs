//! How letters leave, where the operator's file does not say it: the way that an administrator wrote, and a letter to try it.
//!
//! What it is not: the sending (`base::mail`). Invariant: the password is in the table `setting` alone, which no page, version or line shows.

use super::routes::{ADMINISTRATOR, Asked, HERE, Sent, page, refusal, taken};
use super::setup;
use super::views::SectionPage;
use crate::base::db::setting;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::mail::{Letter, Post, Posting};
use crate::civic::accounts::{Actor, Routes};
use crate::core::app::App;
use crate::core::site::{Section, Site, store};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::{Arc, Mutex, PoisonError};

/// The name that the table `setting` has for the password.
const PASSWORD: &str = "mail_password";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/admin/site/mail", ADMINISTRATOR, show)
        .post("/admin/site/mail", ADMINISTRATOR, save)
        .post("/admin/site/mail/try", ADMINISTRATOR, try_out)
        .limited(crate::civic::accounts::Limit::SIGN_IN)
}

/// The address of the way that these settings mean; nothing where they name no server.
fn way(site: &Site, password: &str) -> Option<String> {
    let host = site.get("mail_host");
    let coded =
        |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let user = match (site.get("mail_user"), password) {
        ("", _) => String::new(),
        (user, "") => format!("{}@", coded(user)),
        (user, password) => format!("{}:{}@", coded(user), coded(password)),
    };
    let (scheme, tls) = match site.get("mail_encryption") {
        "tls" => ("smtps", ""),
        "none" => ("smtp", ""),
        _ => ("smtp", "?tls=required"),
    };
    (!host.is_empty()).then(|| format!("{scheme}://{user}{host}{tls}"))
}

/// How letters leave: as the operator says, else as the desk does.
async fn post(app: &App, site: &Site) -> Result<Option<Post>> {
    if let Some(post) = Post::of(&app.config)? {
        return Ok(Some(post));
    }
    let password = setting::get(&app.db, PASSWORD).await?.unwrap_or_default();
    let from = site.get("mail_from");
    let Some(way) = way(site, &password).filter(|_| !from.is_empty()) else { return Ok(None) };
    Post::by(&way, &format!("\"{}\" <{from}>", app.name().replace(['"', '\\'], ""))).map(Some)
}

/// How letters leave by a version of the settings.
type Known = (i64, Option<Post>);

/// Says how letters leave whenever the outbox is looked at; read anew where the settings changed.
pub fn posting(app: App) -> Posting {
    let known: Arc<Mutex<Option<Known>>> = Arc::default();
    Box::new(move || {
        let (app, known) = (app.clone(), Arc::clone(&known));
        Box::pin(async move {
            let site = app.site();
            let kept = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some((_, post)) = kept.filter(|(version, _)| *version == site.version) {
                return post;
            }
            match post(&app, &site).await {
                Ok(post) => {
                    let post = post.map(|post| post.naming(crate::core::features::store::name_of));
                    *known.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some((site.version, post.clone()));
                    post
                }
                Err(error) => {
                    tracing::error!(%error, "how letters leave cannot be read");
                    None
                }
            }
        })
    })
}

/// `GET /admin/site/mail`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<SectionPage> {
    let current = store::current(&app.db).await?;
    let shown = page(&app, &reader, &actor, (Section::Mail, asked.setup), current).await?;
    Ok(SectionPage { done: asked.notice(&reader), ..shown })
}

/// `POST /admin/site/mail`: as any section, and the password, which stays where nothing was typed.
async fn save(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let sent = Sent::new(fields);
    let mut write = app.begin().await?;
    let (mut site, mut problems) = taken(&app, &mut write, Section::Mail, &sent).await?;
    problems.extend(lacks(&site));
    let typed = sent.get("mail_password").unwrap_or_default();
    let before = store::current(write.tx()).await?;
    let kept = setting::get(write.tx(), PASSWORD).await?.unwrap_or_default();
    problems.extend(needs_password(&before, &site, &typed, &kept));
    if !problems.is_empty() {
        drop(write);
        let shown = page(&app, &reader, &actor, (Section::Mail, sent.is_setup()), site).await?;
        return Ok((refusal(&problems), SectionPage { problems, ..shown }).into_response());
    }
    if !typed.is_empty() || (site.get("mail_user").is_empty() && !kept.is_empty()) {
        setting::put(write.tx(), PASSWORD, &typed).await?;
        // Servers read it again with the settings' next version.
        site.set("mail_password_at", &write.at().to_rfc3339());
    }
    if site != before {
        store::write(&mut write, &site, Some(actor.signed_in()?.id)).await?;
    }
    app.commit(write).await?;
    let to = if sent.is_setup() { setup::after("mail") } else { format!("{HERE}/mail?done=saved") };
    Ok(Redirect::to(&to).into_response())
}

/// A password goes to the server and in the name that it was typed for: with another one it is typed again.
fn needs_password(before: &Site, site: &Site, typed: &str, kept: &str) -> Option<Problem> {
    let differs = |name| before.get(name) != site.get(name);
    let is_other = ["mail_host", "mail_encryption", "mail_user"].into_iter().any(differs);
    let lacks = !site.get("mail_user").is_empty() && typed.is_empty() && (is_other || kept.is_empty());
    let message = || Message::new("site-mail-password-again");
    lacks.then(|| Problem { field: "mail_password".into(), message: message() })
}

/// What a way lacks that is there in part.
fn lacks(site: &Site) -> Option<Problem> {
    let lacks = !site.get("mail_host").is_empty() && site.get("mail_from").is_empty();
    lacks.then(|| Problem { field: "mail_from".into(), message: Message::new("site-mail-no-sender") })
}

/// `POST /admin/site/mail/try`: a letter to who asks, sent at once; what the mail server says is said again.
async fn try_out(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let is_setup = Sent::new(fields).is_setup();
    let site = store::current(&app.db).await?;
    let to = actor.signed_in()?.email.clone().ok_or(Error::NotFound)?;
    let problem = match post(&app, &site).await? {
        None => Message::new("site-mail-no-way"),
        Some(post) => match post.try_out(&letter(reader.lang, &app.name(), to)).await {
            Ok(()) => return Ok(Redirect::to(&sent_page(is_setup)).into_response()),
            Err(why) => Message::new("site-mail-refused").with("why", why),
        },
    };
    let shown = page(&app, &reader, &actor, (Section::Mail, is_setup), site).await?;
    let problems = vec![Problem { field: "try".into(), message: problem }];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, SectionPage { problems, ..shown }).into_response())
}

fn letter(lang: Lang, site: &str, to: String) -> Letter {
    let said = |key| lang.say(&Message::new(key).with("site", site));
    Letter { to, subject: said("site-mail-trial-subject"), body: said("site-mail-trial") }
}

fn sent_page(is_setup: bool) -> String {
    let setup = if is_setup { "&setup=true" } else { "" };
    format!("{HERE}/mail?done=sent{setup}")
}
