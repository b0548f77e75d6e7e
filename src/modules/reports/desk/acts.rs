//! What an agent does with reports, one or all that are checked: another status, a service, a category, the clock stopped or started. All of
//! them in one transaction, or none.
//!
//! Invariant: who acts knows the last line of each report's history; else nothing is written, and they are shown what they did not see.

use super::undo::Undo;
use super::views::held_why;
use super::{before, store as desk};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::{AccountId, FeatureId};
use crate::base::text::clean;
use crate::civic::accounts::{Actor, Role};
use crate::civic::contributions::changing::Standing;
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::unanswered::Said as Stated;
use crate::civic::work;
use crate::core::app::App;
use crate::core::features::{Hold, Kind, Status};
use crate::core::journal::Write;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::letters::{self, Change};
use crate::modules::reports::model::{CategoryId, EndReason, PauseReason, Report, ServiceId};
use crate::modules::reports::treating::{self, Said};
use crate::modules::reports::{panel, store};

/// The most reports that one form may name.
pub(super) const MOST: usize = 200;
/// The longest note.
pub(super) const NOTE: usize = 1_000;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Status(Status, Option<EndReason>),
    Service(ServiceId),
    Category(CategoryId),
    Pause(PauseReason),
    Resume,
}

/// A form as it was sent.
#[derive(Debug, Clone, Default)]
pub(super) struct ActForm {
    /// Which button.
    pub(super) act: String,
    pub(super) status: String,
    pub(super) reason: String,
    pub(super) service: String,
    pub(super) category: String,
    pub(super) why: String,
    /// Public.
    pub(super) note: String,
    pub(super) features: Vec<FeatureId>,
    /// `17~230`: a report and the last line of its history that the page showed.
    pub(super) seen: Vec<String>,
    /// The list that it was sent from.
    pub(super) query: String,
}

impl ActForm {
    pub(super) fn sent(fields: &Fields) -> ActForm {
        let get = |name: &str| fields.get(name).to_owned();
        ActForm {
            act: get("do"),
            status: get("status"),
            reason: get("reason"),
            service: get("service"),
            category: get("category"),
            why: get("why"),
            note: clean(fields.get("note")).chars().take(NOTE).collect(),
            features: fields.every("feature").filter_map(FeatureId::of_text).collect(),
            seen: fields.every("seen").map(str::to_owned).collect(),
            query: get("query"),
        }
    }

    /// What is to be done, checked; and to which reports.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each field that is wrong.
    pub(super) fn check(&self, catalogue: &Catalogue) -> Result<(Act, Vec<FeatureId>)> {
        let mut problems = Vec::new();
        if self.features.is_empty() {
            problems.push(problem("feature", "report-desk-none-checked"));
        } else if self.features.len() > MOST {
            let message = Message::new("report-desk-too-many").with("most", MOST);
            problems.push(Problem { field: "feature".into(), message });
        }
        match self.act(catalogue) {
            Ok(act) if problems.is_empty() => {
                // Whoever acts on many locks them in one order: two who chose the same wait for each other.
                let mut ids = self.features.clone();
                ids.sort_unstable();
                ids.dedup();
                Ok((act, ids))
            }
            Ok(_) => Err(Error::Invalid(problems)),
            Err(wrong) => {
                problems.push(wrong);
                Err(Error::Invalid(problems))
            }
        }
    }

    fn act(&self, catalogue: &Catalogue) -> Result<Act, Problem> {
        match self.act.as_str() {
            "status" => {
                let status = Status::of_word(&self.status).filter(|status| status.fits(Kind::REPORT));
                let status = status.ok_or_else(|| problem("status", "report-desk-bad-choice"))?;
                let reason = EndReason::of_word(&self.reason);
                if status == Status::CLOSED && reason.is_none() {
                    return Err(problem("reason", "report-needs-reason"));
                }
                Ok(Act::Status(status, reason.filter(|_| status == Status::CLOSED)))
            }
            "service" => {
                let id = self.service.parse().ok().map(ServiceId).and_then(|id| catalogue.service(id));
                let service = id.filter(|service| service.removed_at.is_none());
                service
                    .map(|service| Act::Service(service.id))
                    .ok_or_else(|| problem("service", "report-desk-bad-choice"))
            }
            "category" => {
                let id = self.category.parse().ok().map(CategoryId).and_then(|id| catalogue.category(id));
                let category = id.filter(|category| catalogue.is_offered(category));
                category
                    .map(|known| Act::Category(known.id))
                    .ok_or_else(|| problem("category", "report-desk-bad-choice"))
            }
            "pause" => {
                // That an authority outside has it follows from handing over, and is nobody's to choose.
                let why = PauseReason::of_word(&self.why).filter(|why| *why != PauseReason::HandedOver);
                why.map(Act::Pause).ok_or_else(|| problem("why", "report-desk-bad-choice"))
            }
            "resume" => Ok(Act::Resume),
            _ => Err(problem("do", "report-desk-bad-choice")),
        }
    }
}

fn problem(field: &str, key: &'static str) -> Problem {
    Problem { field: field.to_owned(), message: Message::new(key) }
}

/// A report that stops an act, and why, a sentence each.
#[derive(Debug, Clone)]
pub(super) struct Stopped {
    pub(super) id: FeatureId,
    pub(super) said: Vec<String>,
}

/// What was done: how many changed, how many were so already, and what can be taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    pub(super) changed: usize,
    pub(super) same: usize,
    pub(super) undo: Vec<Undo>,
}

/// Does it to all of them, or to none: then it gives each that stopped it.
///
/// # Errors
/// Where the actor may not treat one of them.
pub(super) async fn act_on_all(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    (act, ids): (Act, &[FeatureId]),
    form: &ActForm,
) -> Result<Result<Done, Vec<Stopped>>> {
    let mut write = app.begin().await?;
    let (mut done, mut stopped) = (Done::default(), Vec::new());
    for id in ids {
        match act_on_one(app, reader, actor, &mut write, (act, *id), form).await? {
            Ok(One { changed: false, .. }) => done.same += 1,
            Ok(One { undo, .. }) => {
                done.changed += 1;
                done.undo.extend(undo);
            }
            Err(said) => stopped.push(Stopped { id: *id, said }),
        }
    }
    if !stopped.is_empty() {
        return Ok(Err(stopped));
    }
    if done.changed > 0 {
        app.commit(write).await?;
    }
    Ok(Ok(done))
}

struct One {
    changed: bool,
    undo: Option<Undo>,
}

async fn act_on_one(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    write: &mut Write,
    (act, id): (Act, FeatureId),
    form: &ActForm,
) -> Result<Result<One, Vec<String>>> {
    let (mut report, by) = match own(actor, write, id).await {
        Err(Error::NotFound) => return Ok(Err(vec![reader.lang.text("report-desk-gone")])),
        own => own?,
    };
    let unseen = unseen(app, write, id, &form.seen, reader.lang).await?;
    if !unseen.is_empty() {
        return Ok(Err(unseen));
    }
    let said = Said { by: Some(by), note: &form.note };
    match do_it(app, write, &mut report, act, said).await {
        Ok(one) => Ok(Ok(one)),
        // What is not public yet has no public status.
        Err(Error::NotFound) => {
            let held = match Standing::of(write.tx(), id).await {
                Ok(standing) => standing.held.unwrap_or(Hold::Withdrawn),
                Err(Error::NotFound) => Hold::Erased,
                Err(other) => return Err(other),
            };
            Ok(Err(vec![reader.lang.text(held_why(held))]))
        }
        Err(Error::Conflict(why)) => Ok(Err(vec![reader.lang.say(&why)])),
        Err(other) => Err(other),
    }
}

/// A report, held until the write ends, that this person may treat.
///
/// # Errors
/// [`Error::NotFound`] where it is none, [`Error::Forbidden`] where it is not theirs.
pub(in crate::modules::reports) async fn own(
    actor: &Actor,
    write: &mut Write,
    id: FeatureId,
) -> Result<(Report, AccountId)> {
    let report = store::lock(write, id).await?;
    let place = work::find(write.tx(), Thing::feature(id)).await?.place;
    Ok((report, actor.must(Role::Agent, &place)?.id))
}

/// What was done with a report since a page was made, a sentence each; nothing where the page says nothing of it.
async fn unseen(
    app: &App,
    write: &mut Write,
    id: FeatureId,
    seen: &[String],
    lang: Lang,
) -> Result<Vec<String>> {
    let of_it = seen.iter().find_map(|token| {
        let (of, last) = token.split_once('~')?;
        (FeatureId::of_text(of)? == id).then(|| last.parse::<i64>().ok())?
    });
    let Some(last) = of_it else { return Ok(Vec::new()) };
    let catalogue = Catalogue::of(app).await?;
    let history = store::history(write.tx(), id).await?;
    let line = |update| panel::line(&catalogue, update, lang);
    let lines = history.iter().filter(|update| update.id > last).map(line);
    Ok(lines.map(|line| format!("{} ({})", line.what, line.day)).collect())
}

async fn do_it(app: &App, write: &mut Write, report: &mut Report, act: Act, said: Said<'_>) -> Result<One> {
    let (was, title) = (report.clone(), desk::title(write, report.id).await?);
    let changed = match act {
        Act::Status(status, reason) => {
            return set_status(app, write, report, (status, reason), said).await;
        }
        Act::Service(service) => treating::assign(write, report, service, said).await?,
        Act::Category(category) => treating::recategorise(app, write, report, category, said).await?,
        Act::Pause(why) => treating::pause(write, report, why, said).await.map(|()| true)?,
        Act::Resume => treating::resume(app, write, report, said).await.map(|()| true)?,
    };
    if !changed {
        return Ok(One { changed, undo: None });
    }
    let undo = before::keep(write, act, (&was, &title), said.by).await?.map(Undo::Filed);
    if report.service != was.service {
        let cause = undo.map(Undo::word);
        letters::given(app, write, report, cause.as_deref()).await?;
    }
    Ok(One { changed, undo })
}

/// Moves a report on, and writes the letters about it, which wait while it can be taken back.
async fn set_status(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    (status, reason): (Status, Option<EndReason>),
    said: Said<'_>,
) -> Result<One> {
    let Some(change) = treating::set_status(app, write, report, (status, reason), said).await? else {
        return Ok(One { changed: false, undo: None });
    };
    let undo = Undo::Stated(Stated::Status(change));
    let cause = undo.word();
    let told = Change { status, reason, note: said.note, cause: Some(&cause), by: said.by };
    letters::changed(app, write, report.id, told).await?;
    Ok(One { changed: true, undo: Some(undo) })
}

/// The same for one report from elsewhere on the desk: a round that finds it repaired.
///
/// # Errors
/// [`Error::NotFound`] where it is not public.
pub(in crate::modules::reports) async fn repaired(
    app: &App,
    write: &mut Write,
    report: &mut Report,
    said: Said<'_>,
) -> Result<bool> {
    Ok(set_status(app, write, report, (Status::DONE, None), said).await?.changed)
}
