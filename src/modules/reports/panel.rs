//! What a report's page says beside what every contribution's does: what it is, who has it now, until when, what was done, and what one can do.
//!
//! What it is not: the acts (`after`), nor the desk.

use super::catalogue::Catalogue;
use super::letters::reason_key;
use super::model::{Clock, Report, Told, Update};
use super::{REPORT, store};
use crate::base::clock;
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Jurisdiction, Role, Seen};
use crate::civic::processes::{Opening, ProcessRules, local_time};
use crate::core::app::App;
use crate::core::features::{self, Card, Kind, photos, redactions};
use crate::core::subject::Subject;
use askama::Template;

/// A line of the history, in words.
pub(super) struct Line {
    pub(super) day: String,
    pub(super) machine: String,
    pub(super) what: String,
    pub(super) note: String,
}

impl Line {
    /// The same for everybody: without what moderators blacked out.
    fn without(self, passages: &[String]) -> Line {
        Line { note: redactions::blacked(&self.note, passages), ..self }
    }
}

#[derive(Template)]
#[template(path = "reports/templates/panel.html")]
struct Panel {
    lang: Lang,
    id: FeatureId,
    category: String,
    category_slug: String,
    /// The slug of the process that another one here is reported in.
    process: Option<String>,
    /// Longitude and latitude, for another report here.
    at: Option<(f64, f64)>,
    address: String,
    /// Whom to call at once.
    danger: String,
    service: Option<String>,
    contact: String,
    is_outside: bool,
    /// The state of its clock, and that in words.
    clock: &'static str,
    clock_said: String,
    answers: Vec<(String, String)>,
    reason: Option<String>,
    reopened: i64,
    history: Vec<Line>,
    /// How many photos wait to be looked at before they are shown.
    photos_waiting: i64,
    /// Whether the reader may open it again, or say whether it is repaired.
    is_concerned: bool,
    is_ended: bool,
    reopens: bool,
    /// Whether the reader treats it.
    treats: bool,
}

/// The part of the page; nothing for what is no report, or came without a category.
pub(super) fn panel<'a>(seen: &'a Seen<'a>) -> Answer<'a, String> {
    Box::pin(async move {
        if seen.card.kind != Kind::REPORT {
            return Ok(String::new());
        }
        match Panel::read(seen).await? {
            Some(panel) => panel.render().map_err(|error| Error::Internal(error.to_string())),
            None => Ok(String::new()),
        }
    })
}

/// The slug of its process, where that collects reports still.
fn takes_more(app: &App, card: &Card) -> Result<Option<String>> {
    let rules = ProcessRules::of_feature(&app.atlas.world(), card.process.as_deref())?;
    let is_open = matches!(rules.opening(REPORT, clock::now()), Opening::Open(_));
    Ok(card.process.clone().filter(|_| is_open))
}

impl Panel {
    async fn read(seen: &Seen<'_>) -> Result<Option<Panel>> {
        let Seen { app, reader, actor, card } = *seen;
        let Some(report) = store::find(&app.db, card.id).await? else { return Ok(None) };
        let (catalogue, lang, now) = (Catalogue::of(app).await?, reader.lang, clock::now());
        let category = catalogue.category(report.category).ok_or(Error::NotFound)?;
        let service = report.service.and_then(|id| catalogue.service(id));
        let history = store::history(&app.db, card.id).await?;
        let place = card.wkb.as_deref().map(features::geometry::from_wkb).transpose()?;
        let is_concerned = match actor.visitor {
            Some(visitor) => {
                features::store::is_author(&app.db, card.id, visitor).await?
                    || (actor.account.is_some()
                        && features::votes::of(&app.db, card.id, visitor)
                            .await?
                            .is_some_and(|voice| voice.value() > 0))
            }
            None => false,
        };
        // What moderators blacked out of its text is blacked out here, too.
        let passages = redactions::passages(&app.db, Subject::feature(card.id)).await?;
        let answers = category.questions.iter().filter_map(|question| {
            let said = report.answers.get(&question.code)?;
            Some((question.name(lang).to_owned(), redactions::blacked(&question.said(said), &passages)))
        });
        let is_open = report.ended_at.is_none();
        Ok(Some(Panel {
            lang,
            id: card.id,
            category: category.name(lang).to_owned(),
            category_slug: category.slug.clone(),
            process: takes_more(app, card)?,
            at: place.as_ref().and_then(parvis_tiles::geometry::representative_point),
            address: redactions::blacked(&report.address, &passages),
            danger: if is_open { category.danger.clone() } else { String::new() },
            service: service.map(|service| service.name(lang).to_owned()),
            contact: service.map(|service| service.contact.clone()).unwrap_or_default(),
            is_outside: service.is_some_and(|service| service.is_outside),
            clock: report.clock().word(),
            clock_said: clock_said(&report, lang),
            answers: answers.collect(),
            reason: report.end_reason.map(|reason| lang.text(&reason_key(reason))),
            reopened: report.reopened_count,
            history: history.iter().map(|update| line(&catalogue, update, lang).without(&passages)).collect(),
            photos_waiting: photos::covering::waiting_of(&app.db, card.id).await?,
            is_concerned,
            is_ended: !is_open,
            reopens: report.reopens(now),
            treats: actor.may(Role::Agent, &Jurisdiction::of(&app.atlas.world(), card)),
        }))
    }

    fn another(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("category", &self.category_slug);
        if let Some(process) = &self.process {
            query.append_pair("process", process);
        }
        if let Some((lon, lat)) = self.at {
            query.append_pair("lon", &format!("{lon:.6}")).append_pair("lat", &format!("{lat:.6}"));
        }
        format!("/reports/new?{}", query.finish())
    }
    fn photos_said(&self) -> String {
        self.lang.count("report-photos-waiting", self.photos_waiting)
    }
    fn reopened_said(&self) -> String {
        self.lang.count("report-reopened-count", self.reopened)
    }
}

/// How its clock stands, in words.
pub(super) fn clock_said(report: &Report, lang: Lang) -> String {
    // What is late is so from that instant on.
    let said = if report.clock() == Clock::Overdue { local_time::said } else { local_time::said_until };
    let due = report.due_at.map(|due| said(lang, due)).unwrap_or_default();
    let ended = report.ended_at.map(|ended| local_time::said(lang, ended)).unwrap_or_default();
    let key = match report.clock() {
        Clock::Running => "report-clock-running",
        Clock::Overdue => "report-clock-overdue",
        Clock::Paused => "report-clock-paused",
        Clock::InTime => "report-clock-in-time",
        Clock::Late => "report-clock-late",
        Clock::None if report.ended_at.is_some() => "report-clock-ended",
        Clock::None => "report-clock-none",
    };
    lang.say(&Message::new(key).with("due", due).with("ended", ended))
}

/// What a line of the history tells.
pub(super) fn line(catalogue: &Catalogue, update: &Update, lang: Lang) -> Line {
    let service = update.service_id.and_then(|id| catalogue.service(id));
    let service = service.map_or_else(|| lang.text("facet-service-none"), |one| one.name(lang).to_owned());
    let key = match update.act {
        Told::Status => "report-told-status",
        Told::Routed => "report-told-routed",
        Told::HandedOver => "report-told-handed-over",
        Told::Returned => "report-told-returned",
        Told::Reopened => "report-told-reopened",
        Told::Paused => "report-told-paused",
        Told::Resumed => "report-told-resumed",
        Told::Category => "report-told-category",
    };
    let reason = update.reason.as_deref().map(|reason| {
        let sort = if update.act == Told::Paused { "pause" } else { "reason" };
        lang.text(&format!("report-{sort}-{}", reason.replace('_', "-")))
    });
    let message = Message::new(key)
        .with("service", service)
        .with("status", update.status.said(lang, Kind::REPORT))
        .with("has_reason", if reason.is_some() { "yes" } else { "no" })
        .with("reason", reason.unwrap_or_default());
    Line {
        day: local_time::said(lang, update.at),
        machine: clock::machine(&update.at),
        what: lang.say(&message),
        note: update.note.clone(),
    }
}
