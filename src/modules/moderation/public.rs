//! What everybody may do and read: flag, appeal, the charter, the public log.

use super::store;
use super::views::{CharterPage, FlagPage, LogLine, LogPage};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Lang;
use crate::base::ids::{ArgumentId, DecisionId, FeatureId, Visitor};
use crate::base::once::Answered;
use crate::base::prose;
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::{Acting, Actor, Routes};
use crate::civic::contributions::decisions::{self, Decision};
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::{appeals, flags};
use crate::core::app::App;
use axum::extract::{Form, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// How many lines a page of the log has.
const LINES: i64 = 50;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/charter", Everyone, charter)
        .get("/features/{id}/flag", Everyone, flag_form)
        .post("/features/{id}/flag", Everyone, flag)
        .limited(super::FLAG)
        .creates()
        .post("/features/{id}/appeal", Owner, appeal)
        .creates()
        .get("/flag/{thing}", Everyone, flag_form_of)
        .post("/flag/{thing}", Everyone, flag_of)
        .limited(super::FLAG)
        .creates()
        .post("/appeal/{decision}", Owner, appeal_of)
        .creates()
        .get("/moderation/log", Everyone, log)
        .get("/moderation/log.atom", Everyone, feed)
}

fn feature_id(text: &str) -> Result<FeatureId> {
    FeatureId::of_text(text).ok_or(Error::NotFound)
}

/// `GET /charter`
async fn charter(State(app): State<App>, reader: Reader) -> CharterPage {
    CharterPage { lang: reader.lang, site: app.name() }
}

/// `GET /features/{id}/flag?argument=…`
async fn flag_form(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Fields>,
) -> Result<FlagPage> {
    flag_page(&app, &reader, thing(feature_id(&id)?, &asked)?, &asked, Vec::new(), false).await
}

/// What a form names: the feature, or one of its arguments.
fn thing(feature: FeatureId, sent: &Fields) -> Result<Thing> {
    let argument = match sent.get("argument") {
        "" => None,
        text => Some(ArgumentId::of_text(text).ok_or(Error::NotFound)?),
    };
    Ok(argument.map_or_else(|| Thing::feature(feature), |argument| Thing::argument(feature, argument)))
}

async fn flag_page(
    app: &App,
    reader: &Reader,
    thing: Thing,
    sent: &Fields,
    problems: Vec<Problem>,
    is_sent: bool,
) -> Result<FlagPage> {
    // What is not public is nobody's to flag: it is not there.
    flags::public(&app.db, thing).await?;
    let item = store::item(&app.db, thing).await?;
    Ok(FlagPage {
        lang: reader.lang,
        site: app.name(),
        action: match thing.feature {
            Some(feature) => format!("/features/{feature}/flag"),
            None => format!("/flag/{}", thing.word()),
        },
        argument: sent.get("argument").to_owned(),
        path: thing.path(item.feature_id),
        title: item.title,
        excerpt: prose::excerpt(&item.body, 200),
        reason: sent.get("reason").to_owned(),
        body: sent.get("body").to_owned(),
        problems,
        sent: is_sent,
    })
}

/// `GET /flag/{thing}`: what is no contribution, argument or photo.
async fn flag_form_of(
    State(app): State<App>,
    reader: Reader,
    Path(word): Path<String>,
    Query(asked): Query<Fields>,
) -> Result<FlagPage> {
    flag_page(&app, &reader, other(&word)?, &asked, Vec::new(), false).await
}

/// `POST /flag/{thing}`
async fn flag_of(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    who: Acting,
    Path(word): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    flag_thing(&app, &reader, who, other(&word)?, &sent).await
}

/// What stands on no contribution, or is no part of one.
fn other(word: &str) -> Result<Thing> {
    Thing::of_word(word).filter(|thing| thing.feature.is_none()).ok_or(Error::NotFound)
}

/// `POST /features/{id}/flag`
async fn flag(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    who: Acting,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let thing = thing(feature_id(&id)?, &sent)?;
    flag_thing(&app, &reader, who, thing, &sent).await
}

/// Flags a thing; what is wrong is said beside what was typed.
async fn flag_thing(
    app: &App,
    reader: &Reader,
    who: Acting,
    thing: Thing,
    sent: &Fields,
) -> Result<Response> {
    let (reason, body) = match (sent.reason(), sent.words("body")) {
        (Ok(reason), Ok(body)) => (reason, body),
        (reason, body) => {
            let problems = [reason.err(), body.err()].into_iter().flatten().collect();
            let page = flag_page(app, reader, thing, sent, problems, false).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    match app.begin().await {
        Err(Error::Repeated(Some(_))) => {}
        begun => {
            let mut write = begun?;
            flags::insert(&mut write, thing, reason, &body, who.visitor).await?;
            let location = thing.path(flags::public(write.tx(), thing).await?);
            write.answers(Answered::Thing { thing: String::new(), location });
            app.commit(write).await?;
        }
    }
    let page = flag_page(app, reader, thing, sent, Vec::new(), true).await?;
    Ok((who.cookies, page).into_response())
}

/// `POST /features/{id}/appeal`: the author of what was hidden disagrees, once.
async fn appeal(
    State(app): State<App>,
    _: SameOrigin,
    Actor { visitor, .. }: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let feature = feature_id(&id)?;
    let decision = DecisionId::of_text(sent.get("decision")).ok_or(Error::NotFound)?;
    if decisions::find(&app.db, decision).await?.feature_id != Some(feature) {
        return Err(Error::NotFound);
    }
    appeal_against(&app, visitor, decision, &sent, format!("/features/{feature}#decision")).await
}

/// `POST /appeal/{decision}`: about what is no contribution, argument or photo.
async fn appeal_of(
    State(app): State<App>,
    _: SameOrigin,
    Actor { visitor, .. }: Actor,
    Path(decision): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Redirect> {
    let id = DecisionId::of_text(&decision).ok_or(Error::NotFound)?;
    let here = decisions::find(&app.db, id).await?.path();
    appeal_against(&app, visitor, id, &sent, here).await
}

async fn appeal_against(
    app: &App,
    visitor: Option<Visitor>,
    decision: DecisionId,
    sent: &Fields,
    here: String,
) -> Result<Redirect> {
    let voice = visitor.ok_or(Error::NotFound)?;
    let body = sent.needed("body", "appeal-too-short").map_err(|problem| Error::Invalid(vec![problem]))?;
    let mut write = app.begin().await?;
    appeals::insert(&mut write, decision, voice, &body).await?;
    write.answers(Answered::See(here.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&here))
}

/// `GET /moderation/log?before=…`
async fn log(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Result<LogPage> {
    let before = DecisionId::of_text(asked.get("before"));
    let mut found = decisions::log(&app.db, before, LINES + 1).await?;
    let has_next = found.len() > LINES as usize;
    found.truncate(LINES as usize);
    Ok(LogPage {
        lang: reader.lang,
        site: app.name(),
        next: found.last().filter(|_| has_next).map(|decision| decision.id),
        lines: lines(&app, reader.lang, &found).await?,
    })
}

async fn lines(app: &App, lang: Lang, found: &[Decision]) -> Result<Vec<LogLine>> {
    let (Some(last), Some(first)) = (found.first(), found.last()) else { return Ok(Vec::new()) };
    let settled = store::settled(&app.db, first.id, last.id).await?;
    let journalled = store::journalled(&app.db, first.id, last.id).await?;
    let line = |decision: &Decision| {
        let outcome = settled.iter().find(|appeal| appeal.decision_id == decision.id).map(|a| a.outcome);
        let seq = journalled.iter().find(|(id, _)| *id == decision.id).map(|(_, seq)| *seq);
        LogLine::of(lang, decision, outcome, seq)
    };
    Ok(found.iter().map(line).collect())
}

/// `GET /moderation/log.atom`: the log for feed readers.
async fn feed(State(app): State<App>, reader: Reader) -> Result<Response> {
    let found = decisions::log(&app.db, None, LINES).await?;
    let lines = lines(&app, reader.lang, &found).await?;
    let xml = atom(reader.lang, &app.name(), &app.base(&reader), &lines)
        .map_err(|e| Error::Internal(format!("feed: {e}")))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

/// The log as Atom. Nothing in it was written by residents.
fn atom(lang: Lang, site: &str, base: &str, lines: &[LogLine]) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let text = |out: &mut Writer<Vec<u8>>, name: &str, said: &str| {
        out.create_element(name).write_text_content(BytesText::new(said)).map(|_| ())
    };
    let own = format!("{base}/moderation/log");
    let updated = lines
        .first()
        .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |l| crate::base::clock::machine(&l.at));
    let feed = out
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang.code())]);
    feed.write_inner_content(|out| {
        text(out, "id", &own)?;
        text(out, "title", &format!("{site} – {}", lang.text("log-title")))?;
        text(out, "updated", &updated)?;
        out.create_element("link").with_attributes([("href", own.as_str())]).write_empty()?;
        out.create_element("author").write_inner_content(|out| text(out, "name", site))?;
        lines.iter().try_for_each(|line| {
            out.create_element("entry").write_inner_content(|out| {
                let page = format!("{base}{}", line.path);
                text(out, "id", &format!("{own}#decision-{}", line.id))?;
                text(out, "title", &format!("{} – n° {}", line.what, line.about))?;
                text(out, "updated", &crate::base::clock::machine(&line.at))?;
                out.create_element("link").with_attributes([("href", page.as_str())]).write_empty()?;
                text(out, "summary", line.reason.as_deref().unwrap_or(&line.what))
            })?;
            Ok(())
        })
    })?;
    Ok(out.into_inner())
}
