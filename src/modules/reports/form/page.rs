//! From what was sent to the next page: the categories, the form again with what is wrong, what it will say; or, checked, to the act itself.

use super::model::{Checked, Form, Step};
use super::views::{CategoriesPage, Choice, NewPage, PreviewPage, There, Whom};
use crate::base::clock::{self, Timestamp, zone};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::Reader;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{FeatureId, Visitor};
use crate::base::prose;
use crate::base::text::fold;
use crate::civic::accounts::{Acting, Actor};
use crate::civic::placing::{Sent, addresses, take_photos};
use crate::civic::processes::{Opening, ProcessRules};
use crate::core::app::App;
use crate::core::atlas::Filter;
use crate::core::features::photos::{self, Photo};
use crate::core::features::terms::have_changed;
use crate::modules::reports::REPORT;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, ServiceId, Sort};
use crate::modules::reports::routing::Routed;
use crate::modules::reports::{clock as target, known};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// How many of what is reported most are shown first.
const OFTEN: usize = 6;

/// How many categories a search gives.
const FOUND: usize = 12;

fn choice(category: &Category, lang: Lang) -> Choice {
    Choice {
        slug: category.slug.clone(),
        name: category.name(lang).to_owned(),
        hint: category.hint.clone(),
        color: category.color.clone(),
        icon: category.icon.clone(),
        danger: category.danger.clone(),
    }
}

/// The first step.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn categories(
    app: &App,
    reader: &Reader,
    form: Form,
    process: &ProcessRules,
    problem: Option<Message>,
) -> Result<CategoriesPage> {
    let (catalogue, lang) = (Catalogue::of(app).await?, reader.lang);
    let offered: Vec<&Category> =
        catalogue.categories.iter().filter(|category| catalogue.is_offered(category)).collect();
    let is_problem = |category: &&&Category| category.sort == Sort::Problem;
    let mut types = Vec::new();
    for top in catalogue.below(None) {
        let below = offered.iter().filter(is_problem);
        let below = below.filter(|category| category.parent == Some(top.id) || category.id == top.id);
        let below: Vec<Choice> = below.map(|category| choice(category, lang)).collect();
        if !below.is_empty() {
            types.push((choice(top, lang), below));
        }
    }
    let others = offered.iter().filter(|category| category.sort != Sort::Problem);
    Ok(CategoriesPage {
        lang,
        site: app.name(),
        found: (!form.q.trim().is_empty()).then(|| search(&catalogue, &offered, &form.q, lang)),
        often: often(app, &offered, lang)?,
        types,
        others: others.map(|category| choice(category, lang)).collect(),
        problem: problem.map(|problem| lang.say(&problem)),
        process: process.clone(),
        form,
    })
}

/// What is reported most on the map, where enough is to say so.
fn often(app: &App, offered: &[&Category], lang: Lang) -> Result<Vec<Choice>> {
    let counts = app.atlas.counts(&Filter::default(), &crate::modules::reports::CATEGORY)?;
    let mut counted: Vec<(u64, &Category)> = offered
        .iter()
        .filter(|category| category.sort == Sort::Problem)
        .filter_map(|category| Some((*counts.get(&category.slug).filter(|n| **n > 0)?, *category)))
        .collect();
    counted.sort_by_key(|(count, category)| (std::cmp::Reverse(*count), category.id));
    let is_worth = counted.len() > OFTEN;
    let first = counted.into_iter().take(if is_worth { OFTEN } else { 0 });
    Ok(first.map(|(_, category)| choice(category, lang)).collect())
}

/// The categories whose name, type, hint or other words hold each word that was typed; those whose own name does first.
fn search(catalogue: &Catalogue, offered: &[&Category], typed: &str, lang: Lang) -> Vec<Choice> {
    let typed = fold(typed);
    let words: Vec<&str> = typed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .map(|word| word.trim_end_matches(['s', 'x']))
        .collect();
    let mut found: Vec<(usize, &Category)> = offered
        .iter()
        .filter_map(|category| {
            let own = fold(&format!("{} {}", category.label, category.label_en));
            let above = category.parent.and_then(|id| catalogue.category(id));
            let above = above.map(|one| format!("{} {}", one.label, one.keywords)).unwrap_or_default();
            let all = fold(&format!("{own} {} {} {above}", category.keywords, category.hint));
            let hits = words.iter().filter(|word| all.contains(**word)).count();
            let named = words.iter().filter(|word| own.contains(**word)).count();
            (hits > 0 && hits * 2 >= words.len()).then_some((hits * 10 + named, *category))
        })
        .collect();
    found.sort_by_key(|(rank, category)| (std::cmp::Reverse(*rank), category.position, category.id));
    found.into_iter().take(FOUND).map(|(_, category)| choice(category, lang)).collect()
}

/// What is said of a place before a report is sent; `except` is the report that is changed.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn there(
    app: &App,
    lang: Lang,
    category: &Category,
    at: (f64, f64),
    (chosen, except): (&str, Option<FeatureId>),
) -> Result<There> {
    let (catalogue, now) = (Catalogue::of(app).await?, clock::now());
    let near = catalogue.near(category.id, at.0, at.1);
    let whom: Vec<Whom> = match near.as_slice() {
        [] => vec![whom(&catalogue, None, lang, now)],
        near => near.iter().map(|routed| whom(&catalogue, Some(routed), lang, now)).collect(),
    };
    let known = if category.sort == Sort::Problem {
        known::near(app, &catalogue, category, at, (except, now)).await?
    } else {
        Vec::new()
    };
    Ok(There { lang, whom, chosen: chosen.to_owned(), known, sort: category.sort })
}

fn whom(catalogue: &Catalogue, routed: Option<&Routed>, lang: Lang, now: Timestamp) -> Whom {
    let service = routed.and_then(|routed| catalogue.service(routed.service));
    let promised = routed.and_then(|routed| routed.target);
    Whom {
        service: service.map(|service| (service.slug.clone(), service.name(lang).to_owned())),
        target: promised,
        due: promised.and_then(|promised| target::due(now, promised, &[], &catalogue.closed, zone())),
        is_outside: service.is_some_and(|service| service.is_outside),
        contact: service.map(|service| service.contact.clone()).unwrap_or_default(),
    }
}

/// What may be written, with its category and the service that was chosen, or the page that comes before.
pub(super) type Ready = Result<(Form, Checked, Category, Option<ServiceId>), Response>;

/// Checks what was sent.
///
/// # Errors
/// [`Error::Invalid`] to machines; to people what is wrong is a page.
pub(super) async fn checked(
    app: &App,
    reader: &Reader,
    author: &Acting,
    sent: Sent<Form>,
    (process, editing): (&ProcessRules, Option<FeatureId>),
) -> Result<Ready> {
    let Sent { mut form, files, counter } = sent;
    form.process.clone_from(&process.slug);
    // First of all: a file cannot be shown again in a form, so it is kept whatever else is wrong.
    let (mut problems, lost) = take_photos(app, author.visitor, (files, &counter), &mut form.photos).await?;
    let catalogue = Catalogue::of(app).await?;
    let Some(category) = catalogue.offered(&form.category).cloned() else {
        let message = Message::new("report-no-category");
        if reader.wants_json {
            return Err(Error::invalid("category", message));
        }
        let page = categories(app, reader, form, process, Some(message)).await?;
        return Ok(Err((StatusCode::BAD_REQUEST, page).into_response()));
    };
    let is_draft = matches!(form.step, Step::Find | Step::Correct);
    // A phase may have closed while the form was open: what was typed is shown again, with the date.
    if editing.is_none() && !is_draft {
        let refusal = process.refusal(app, reader.lang, REPORT, &author.actor).await?;
        problems.extend(refusal.map(|refusal| Problem { field: "process".into(), message: refusal.why }));
    }
    let checked = form.check(&app.atlas.world(), &category);
    match (checked, form.step) {
        (Ok(checked), Step::Publish) if problems.is_empty() => {
            let service = catalogue.services.iter().find(|service| service.slug == form.service);
            Ok(Ok((form, checked, category, service.map(|service| service.id))))
        }
        (Ok(checked), Step::Preview) if problems.is_empty() => {
            preview(app, reader, author.visitor, (form, checked, category), (process, editing)).await.map(Err)
        }
        (checked, _) => {
            if !is_draft {
                problems.extend(checked.err().unwrap_or_default());
            }
            if let Some(error) = lost.as_ref().filter(|_| reader.wants_json) {
                tracing::debug!(%error, "a report's photo was not taken");
            }
            if reader.wants_json && !problems.is_empty() {
                return Err(Error::Invalid(problems));
            }
            let wrong = if problems.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
            let status = lost.as_ref().map_or(wrong, Error::status);
            let known = author.known();
            let page =
                self::form(app, reader, (form, &category), (problems, &known), (process, editing)).await?;
            Ok(Err((status, page).into_response()))
        }
    }
}

/// The second step, with what was typed and what is wrong with it.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn form(
    app: &App,
    reader: &Reader,
    (form, category): (Form, &Category),
    (problems, actor): (Vec<Problem>, &Actor),
    (process, editing): (&ProcessRules, Option<FeatureId>),
) -> Result<NewPage> {
    let (catalogue, lang) = (Catalogue::of(app).await?, reader.lang);
    let found = match form.step {
        Step::Find => Some(addresses(app, &form.address, form.at()).await?),
        _ => None,
    };
    let there = match form.at() {
        Some(at) => Some(self::there(app, lang, category, at, (&form.service, editing)).await?),
        None => None,
    };
    let is_said = problems.iter().any(|problem| problem.field == "process");
    let refusal = match editing {
        None => process.refusal(app, lang, REPORT, actor).await?,
        Some(_) => None,
    };
    let offered = catalogue.categories.iter().filter(|one| editing.is_some() && catalogue.is_offered(one));
    Ok(NewPage {
        lang,
        site: app.name(),
        type_name: category.parent.and_then(|id| catalogue.category(id)).map(|top| top.name(lang).to_owned()),
        category: category.clone(),
        problems,
        bounds: app.atlas.bounds().map(|b| b.map(|d| format!("{d:.6}")).join(",")).unwrap_or_default(),
        photos: pictures(app, actor.visitor, &form, editing).await?,
        processes: open_processes(app, process, editing)?,
        refusal: refusal.filter(|refusal| !is_said || refusal.lacks_identity),
        process: process.clone(),
        found,
        there,
        editing,
        others: offered.map(|one| choice(one, lang)).collect(),
        form,
    })
}

/// The processes that collect reports now, where none was chosen.
fn open_processes(
    app: &App,
    process: &ProcessRules,
    editing: Option<FeatureId>,
) -> Result<Vec<ProcessRules>> {
    if !process.slug.is_empty() || editing.is_some() {
        return Ok(Vec::new());
    }
    let now = clock::now();
    // What has no calendar opens everything, and asks for nothing.
    let is_open = |known: &ProcessRules| matches!(known.opening(REPORT, now), Opening::Open(Some(_)));
    Ok(ProcessRules::all(&app.atlas.world())?.into_iter().filter(is_open).collect())
}

/// The page of what came too late: the form again with everything typed, and why.
///
/// # Errors
/// To machines, and what is no conflict.
pub(super) async fn too_late(
    app: &App,
    reader: &Reader,
    author: &Acting,
    (form, category): (Form, &Category),
    process: &ProcessRules,
    error: Error,
) -> Result<Response> {
    let Error::Conflict(message) = &error else { return Err(error) };
    // The rules as they are by now.
    let process = ProcessRules::of_slug(&app.atlas.world(), &process.slug)?;
    let refusal = match have_changed(&error) {
        true => process.refusal(app, reader.lang, REPORT, &author.actor).await?,
        false => None,
    };
    let message = refusal.map_or_else(|| message.clone(), |refusal| refusal.why);
    if reader.wants_json {
        return Err(Error::Conflict(message));
    }
    let problems = vec![Problem { field: "process".into(), message }];
    let page =
        self::form(app, reader, (form, category), (problems, &author.known()), (&process, None)).await?;
    Ok((StatusCode::CONFLICT, author.cookies.clone(), page).into_response())
}

/// The photos of a form: those that the report has, then those that were sent and belong to nothing yet.
async fn pictures(
    app: &App,
    author: Option<Visitor>,
    form: &Form,
    editing: Option<FeatureId>,
) -> Result<Vec<Photo>> {
    let mut pictures = match editing {
        Some(id) => photos::of(&app.db, id).await?,
        None => Vec::new(),
    };
    if let Some(author) = author {
        pictures.extend(photos::mine_pending(&app.db, author, &form.photos).await?);
    }
    pictures.retain(|photo| !form.dropped.contains(&photo.id));
    for picture in &mut pictures {
        if !form.alt(picture.id).is_empty() {
            picture.alt = form.alt(picture.id).to_owned();
        }
    }
    Ok(pictures)
}

async fn preview(
    app: &App,
    reader: &Reader,
    author: Visitor,
    (form, checked, category): (Form, Checked, Category),
    (process, editing): (&ProcessRules, Option<FeatureId>),
) -> Result<Response> {
    let (world, lang) = (app.atlas.world(), reader.lang);
    let areas = checked.content.areas.iter().filter_map(|id| world.territory().get(*id));
    let mut areas: Vec<String> = areas.map(|area| area.name.clone()).collect();
    areas.reverse();
    let answers = category.questions.iter().filter_map(|question| {
        let said = checked.answers.get(&question.code)?;
        Some((question.name(lang).to_owned(), question.said(said)))
    });
    let page = PreviewPage {
        lang,
        site: app.name(),
        photos: pictures(app, Some(author), &form, editing).await?,
        body: prose::html(&checked.content.body),
        areas,
        at: checked.at,
        answers: answers.collect(),
        there: there(app, lang, &category, checked.at, (&form.service, editing)).await?,
        process: process.clone(),
        editing,
        category,
        form,
    };
    Ok(page.into_response())
}
