//! What everybody reads of processes.

use super::action::Action;
use super::hero::Hero;
use super::model::{Opening, State};
use super::views::{IndexPage, ProcessLine, ProcessPage};
use super::{ProcessRules, documents, local_time, plain, store};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{Actor, Around, Jurisdiction, Role, Routes, process_links};
use crate::core::app::App;
use crate::core::atlas::Filter;
use axum::extract::{Path, State as Of};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

pub(super) fn routes() -> Routes {
    Routes::new().get("/processes", Everyone, index).get("/processes/{slug}", Everyone, show).get(
        "/processes/{slug}/documents/{file}",
        Everyone,
        document,
    )
}

/// `GET /processes`
async fn index(Of(app): Of<App>, reader: Reader) -> Result<IndexPage> {
    let known = ProcessRules::all(&app.atlas.world())?;
    Ok(IndexPage { lang: reader.lang, site: app.name(), lines: lines(&app, reader.lang, known)? })
}

/// Processes with what a list says of each; those that can be taken part in first.
pub(super) fn lines(app: &App, lang: Lang, known: Vec<ProcessRules>) -> Result<Vec<ProcessLine>> {
    let now = clock::now();
    let mut lines = Vec::with_capacity(known.len());
    for known in known {
        let is_open = |action: &Action| matches!(known.opening(*action, now), Opening::Open(_));
        let soonest = Action::all().iter().filter_map(|action| match known.opening(*action, now) {
            Opening::Opens(at) => Some(at),
            _ => None,
        });
        let stands = if Action::all().iter().any(is_open) {
            lang.text("process-stands-open")
        } else {
            match soonest.min() {
                Some(at) => {
                    lang.say(&Message::new("process-stands-opens").with("when", local_time::said(lang, at)))
                }
                None => lang.text("process-stands-closed"),
            }
        };
        lines.push((
            !Action::all().iter().any(is_open),
            ProcessLine { count: count(app, &known)?, known, stands },
        ));
    }
    lines.sort_by_key(|(is_closed, line)| (*is_closed, std::cmp::Reverse(line.known.id)));
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

fn count(app: &App, known: &ProcessRules) -> Result<u64> {
    // A draft's slug is no word of the filter.
    if known.state == State::Draft || known.slug.is_empty() {
        return Ok(0);
    }
    let (filter, _) = Filter::of_query(&format!("process={}", known.slug), &[])?;
    app.atlas.total(&filter)
}

/// `GET /processes/{slug}`: a draft only for who works on it.
async fn show(
    Of(app): Of<App>,
    reader: Reader,
    actor: Actor,
    Path(slug): Path<String>,
) -> Result<ProcessPage> {
    let known = ProcessRules::seen_by(&app, &actor, &slug).await?;
    let place = Jurisdiction { process: known.process(), areas: Vec::new() };
    let may_edit = actor.may(Role::Planner, &place);
    let notice = (!known.is_shown()).then(|| reader.lang.text("process-is-draft"));
    page(&app, &reader, &actor, known, (notice, may_edit)).await
}

/// The page of a process as it is said here, with what it is where it is not the public one, and whether who reads it may change it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    known: ProcessRules,
    (notice, may_edit): (Option<String>, bool),
) -> Result<ProcessPage> {
    let (world, now, lang) = (app.atlas.world(), clock::now(), reader.lang);
    let area = world.territory().of_slug(&known.settings.area).map(|area| area.name.clone());
    let mut themes = known.themes(&world);
    if themes.iter().filter(|theme| theme.process_id.is_none()).count() == themes.len()
        && known.settings.themes.is_empty()
    {
        themes.clear();
    }
    let documents = store::documents(&app.db, known.id).await?;
    let around = Around { app, reader, actor: Some(actor), process: known.process() };
    // Modules know what is public only.
    let ways = if known.is_shown() { process_links(&known.slug, lang) } else { Vec::new() };
    let count = count(app, &known)?;
    // A draft is told as it will be.
    let state = if known.is_shown() { known.state } else { State::Public };
    let mut told = known.told(lang);
    told.rules.state = state;
    Ok(ProcessPage {
        ways,
        figures: around.figures().await?,
        lang,
        site: app.name(),
        base: app.base(reader),
        hero: Hero::of(lang, &told.rules, now),
        rules: plain::rules(lang, &told.rules, area.as_deref(), now),
        themes,
        documents: documents.into_iter().filter(|document| document.shown).collect(),
        count,
        area,
        told,
        now,
        notice,
        may_edit,
    })
}

/// `GET /processes/{slug}/documents/{id}.{ending}`: from the disk, in parts where somebody asks for one.
async fn document(
    Of(app): Of<App>,
    actor: Actor,
    Path((slug, file)): Path<(String, String)>,
    request: HeaderMap,
) -> Result<Response> {
    let id = file.split('.').next().and_then(|id| id.parse::<i64>().ok()).ok_or(Error::NotFound)?;
    let known = ProcessRules::seen_by(&app, &actor, &slug).await?;
    let documents = store::documents(&app.db, known.id).await?;
    let document = documents.into_iter().find(|d| d.id == id && d.shown).ok_or(Error::NotFound)?;
    let path = documents::path(&app, &document.digest);
    let given = http::file(&request, &path, &format!("\"{}\"", document.digest)).await?;
    let name = format!("{}.{}", crate::base::text::slug(&document.title), documents::ending(&document.kind));
    let kind =
        HeaderValue::from_str(&document.kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    // Saved, not shown: a document must never act as a page of ours.
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    // It may be taken back: asked for again each time, sent again only where it changed.
    let kept = if known.is_shown() { "public, no-cache" } else { "private, no-store" };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
    ];
    Ok((headers, given).into_response())
}
