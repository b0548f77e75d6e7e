//! The sending of what was handed over: one by one, outside of any transaction, tried again where it may go through later.

use super::client::{Door, Problem};
use super::store::{self, Handover, Outcome};
use super::{State, Way, news};
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::base::fetch::Outside;
use crate::base::i18n::{Lang, Message};
use crate::base::jobs::{Done, Job};
use crate::base::mail::{self, Letter};
use crate::core::app::App;
use crate::core::features::{self, Card, photos};
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Report, Service};
use crate::modules::reports::store as reports;
use chrono::TimeDelta;
use std::time::Duration;
use uuid::Uuid;

/// How many are sent, and asked after, in one run.
const MOST: i64 = 20;

/// How often one is tried before it is given up: over three days.
const TRIES: i64 = 10;

/// How long before it is asked what became of it.
pub(super) const PACE: TimeDelta = TimeDelta::minutes(30);

/// Sends what waits, and asks what became of what left.
pub(in crate::modules::reports) const JOB: Job<App> = Job {
    name: "reports-handover",
    every: Duration::from_secs(15),
    look: Some(|app| {
        Box::pin(async move { Ok(store::next(&app.db).await?.is_some_and(|next| next <= clock::now())) })
    }),
    run: |app| {
        Box::pin(async move {
            let count = run(app, clock::now()).await?;
            Ok(Done { count, next: store::next(&app.db).await? })
        })
    },
};

/// One run. Gives how many were sent or had news.
pub(super) async fn run(app: &App, now: Timestamp) -> Result<u64> {
    let mut count = 0;
    for handover in store::due(&app.db, State::Waiting, now, MOST).await? {
        count += u64::from(send(app, &handover, now).await?);
    }
    for handover in store::due(&app.db, State::Sent, now, MOST).await? {
        count += u64::from(news::ask(app, &handover, now).await?);
    }
    Ok(count)
}

/// Everything that is said of a report to who gets it.
pub(super) struct Parcel {
    pub(super) card: Card,
    pub(super) report: Report,
    pub(super) category: String,
    /// Slug and names of its category.
    pub(super) known_as: (String, Vec<String>),
    /// Questions and what was answered, as people read it.
    pub(super) answers: Vec<(String, String)>,
    pub(super) place: Option<(f64, f64)>,
    /// The address of its page.
    pub(super) page: String,
    /// The address of its first public photo.
    pub(super) photo: Option<String>,
}

impl Parcel {
    /// What leaves: what everybody reads, and nothing else.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it is not public.
    pub(super) async fn of(app: &App, id: crate::base::ids::FeatureId) -> Result<Parcel> {
        let card = features::store::find(&app.db, id).await?;
        let report = reports::find(&app.db, id).await?.ok_or(Error::NotFound)?;
        let catalogue = Catalogue::of(app).await?;
        let category = catalogue.category(report.category).ok_or(Error::NotFound)?;
        let base = app.config.letters_base();
        let photo = photos::of(&app.db, id).await?.into_iter().next();
        let answered = category.questions.iter().filter_map(|question| {
            let said = report.answers.get(&question.code)?;
            Some((question.name(Lang::Fr).to_owned(), question.said(said)))
        });
        let names = [&category.label, &category.label_en].into_iter().filter(|name| !name.is_empty());
        Ok(Parcel {
            category: category.label.clone(),
            known_as: (category.slug.clone(), names.cloned().collect()),
            answers: answered.collect(),
            place: store::place(&app.db, id).await?,
            page: format!("{base}/features/{id}"),
            photo: photo.map(|photo| format!("{base}/photos/{}/large.jpg", photo.digest)),
            card,
            report,
        })
    }

    /// The text that goes with it.
    pub(super) fn text(&self, note: &str) -> String {
        let answers = self.answers.iter().map(|(question, answer)| format!("{question} {answer}"));
        let answers = answers.collect::<Vec<_>>().join("\n");
        let parts = [self.card.body.as_str(), &answers, note, &self.page];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The fields of a form to a door.
    fn fields(&self, code: String, note: &str) -> Vec<(String, String)> {
        let mut fields = vec![("service_code".to_owned(), code), ("description".into(), self.text(note))];
        if let Some((lon, lat)) = self.place {
            fields.extend([("lat".into(), format!("{lat:.7}")), ("long".into(), format!("{lon:.7}"))]);
        }
        if !self.report.address.is_empty() {
            fields.push(("address_string".into(), self.report.address.clone()));
        }
        fields.extend(self.photo.clone().map(|photo| ("media_url".to_owned(), photo)));
        for (question, answer) in &self.report.answers {
            let more = if answer.len() > 1 { "[]" } else { "" };
            fields.extend(answer.iter().map(|one| (format!("attribute[{question}]{more}"), one.clone())));
        }
        fields
    }

    /// The letter.
    pub(super) fn letter(&self, app: &App, service: &Service, note: &str) -> Letter {
        let lang = Lang::Fr;
        let place = self.place.map(|(lon, lat)| format!("{lat:.6}, {lon:.6}")).unwrap_or_default();
        let said = Message::new("handover-letter")
            .with("service", service.name.as_str())
            .with("category", self.category.as_str())
            .with("number", self.card.id.0)
            .with("address", self.report.address.as_str())
            .with("place", place)
            .with("text", self.text(note))
            .with("site", app.name());
        let subject = Message::new("handover-letter-subject")
            .with("category", self.category.as_str())
            .with("number", self.card.id.0)
            .with("site", app.name());
        Letter { to: service.email.clone(), subject: lang.say(&subject), body: lang.say(&said) }
    }
}

/// Sends one. Gives whether it left.
async fn send(app: &App, handover: &Handover, now: Timestamp) -> Result<bool> {
    let catalogue = Catalogue::of(app).await?;
    let service = catalogue.service(handover.service_id).ok_or(Error::NotFound)?;
    let parcel = match Parcel::of(app, handover.feature_id).await {
        Ok(parcel) => parcel,
        // It was taken off meanwhile: it waits, and goes if it comes back.
        Err(Error::NotFound) => {
            let outcome = Outcome { state: State::Waiting, problem: "", reference: "", next: now + PACE };
            store::tried(&app.db, handover.id, outcome, now).await?;
            return Ok(false);
        }
        Err(other) => return Err(other),
    };
    let sent = match handover.way {
        Way::Letter => {
            let letter = parcel.letter(app, service, &handover.note);
            return by_letter(app, handover, &letter, now).await.map(|()| true);
        }
        Way::Open311 => to_door(app, service, handover, &parcel).await,
    };
    let is_sent = sent.is_ok();
    let outcome = sent.as_deref().map_err(Clone::clone);
    finish(app, handover, outcome, now).await?;
    Ok(is_sent)
}

/// Into the outbox of letters, in one transaction with that it left.
async fn by_letter(app: &App, handover: &Handover, letter: &Letter, now: Timestamp) -> Result<()> {
    let mut tx = app.db.begin().await?;
    mail::post(&mut tx, letter, now).await?;
    let outcome = Outcome { state: State::Sent, problem: "", reference: "", next: now };
    store::tried(&mut tx, handover.id, outcome, now).await?;
    tx.commit().await
}

async fn to_door(
    app: &App,
    service: &Service,
    handover: &Handover,
    parcel: &Parcel,
) -> Result<String, Problem> {
    let door = Door { outside: Outside::new(&app.config.outside_hosts), service };
    let (slug, names) = &parcel.known_as;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let code = door.code(&handover.code, slug, &names).await?;
    // The same number each time that it is tried: what was taken and not answered is not taken twice, where the other side looks at it.
    let number = app.key_to(&format!("handover {}", handover.id));
    let number =
        Uuid::parse_str(&number).map(|known| uuid::Builder::from_random_bytes(*known.as_bytes()).into_uuid());
    door.send(parcel.fields(code, &handover.note), number.unwrap_or_default()).await
}

async fn finish(app: &App, handover: &Handover, sent: Result<&str, Problem>, now: Timestamp) -> Result<()> {
    let problem = sent.as_ref().err().map(|problem| format!("{}\n{}", problem.word, problem.said));
    let outcome = match &sent {
        Ok(reference) => Outcome { state: State::Sent, problem: "", reference, next: now + PACE },
        Err(problem) => {
            let is_over = !problem.passes || handover.tries + 1 >= TRIES;
            let state = if is_over { State::Failed } else { State::Waiting };
            // One, two, four minutes… half a day at most.
            let pause = 1i64 << handover.tries.clamp(0, 12);
            let next = now + TimeDelta::minutes(pause.min(720));
            Outcome { state, problem: "", reference: "", next }
        }
    };
    let problem = problem.unwrap_or_default();
    store::tried(&app.db, handover.id, Outcome { problem: &problem, ..outcome }, now).await
}
