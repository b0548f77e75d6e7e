//! `/admin/jobs`: what the server does while nobody waits (`base/jobs`), how each of it fares, and one more run of it now.
//!
//! What it is not: the log, which says why something failed in full, nor the measurements for a machine that watches.

use super::Desk;
use super::state::age;
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::base::http::{Fields, Reader, SameOrigin, filters};
use crate::base::i18n::{Lang, Message};
use crate::base::jobs::{self, Job, Kept, Turn};
use crate::civic::accounts::Access::Everywhere;
use crate::civic::accounts::{Actor, Role, Routes};
use crate::core::app::App;
use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{Form, Query, State};
use axum::response::Redirect;
use chrono::TimeDelta;
use std::time::Duration;

/// Its room.
pub(in crate::civic::accounts) const ROOM: &str = "/admin/jobs";

/// How long after its turn a job is late: servers look at least once a minute, and a long run renews its lease.
const PATIENCE: TimeDelta = TimeDelta::minutes(15);

/// How long who asks for a run waits for its end: what lasts longer goes on without them.
const WAIT: Duration = Duration::from_secs(5);

/// What can become of a run that was asked for.
const FATES: [&str; 5] = ["done", "nothing", "failed", "elsewhere", "running"];

pub(super) fn routes() -> Routes {
    Routes::new().get(ROOM, Everywhere(Role::Administrator), show).post(
        "/admin/jobs/run",
        Everywhere(Role::Administrator),
        run,
    )
}

/// A job, as the page says it.
pub(super) struct Line {
    pub(super) job: &'static Job<App>,
    /// What it does.
    pub(super) name: String,
    /// What the database knows of it; nothing where it never had a turn.
    kept: Option<Kept>,
    /// When it is read.
    now: Timestamp,
}

impl Line {
    /// Every job that this server does, those in trouble first.
    pub(super) async fn all(app: &App, lang: Lang) -> Result<Vec<Line>> {
        let (known, now) = (jobs::all(&app.db).await?, clock::now());
        let line = |job: &'static Job<App>| Line {
            job,
            name: name(lang, job.name),
            kept: known.iter().find(|kept| kept.name == job.name).cloned(),
            now,
        };
        let mut lines: Vec<Line> = crate::modules::jobs().map(line).collect();
        lines.sort_by_key(|line| !line.is_in_trouble());
        Ok(lines)
    }

    /// Whether a server does it now.
    fn is_running(&self) -> bool {
        self.kept.as_ref().and_then(|kept| kept.leased_until).is_some_and(|until| until > self.now)
    }

    /// When it was done last.
    pub(super) fn done_at(&self) -> Option<Timestamp> {
        self.kept.as_ref()?.done_at
    }

    /// How often it failed since it was done last.
    fn failures(&self) -> i64 {
        self.kept.as_ref().map_or(0, |kept| kept.failures)
    }

    /// Why it failed last.
    fn problem(&self) -> Option<&str> {
        self.kept.as_ref()?.problem.as_deref()
    }

    /// By how much it is late. Where a job looks first whether there is anything to do, nothing is written when there is not: its turn
    /// may be long ago.
    fn late(&self) -> Option<TimeDelta> {
        let kept = self.kept.as_ref().filter(|_| self.job.look.is_none() && !self.is_running())?;
        Some(self.now - kept.due_at).filter(|late| *late >= PATIENCE)
    }

    pub(super) fn is_in_trouble(&self) -> bool {
        self.failures() > 0 || self.late().is_some()
    }

    /// What is wrong with it, if anything is.
    pub(super) fn trouble(&self, lang: Lang) -> Option<String> {
        let message = match (self.failures(), self.late()) {
            (0, None) => return None,
            (0, Some(late)) => Message::new("desk-job-late").with("time", age(lang, late)),
            (failures, _) => Message::new("desk-job-failed").with("count", failures),
        };
        Some(lang.say(&message))
    }

    /// How long ago it was done last.
    fn last(&self, lang: &Lang) -> Option<String> {
        let time = age(*lang, self.now - self.done_at()?);
        Some(lang.say(&Message::new("jobs-ago").with("time", time)))
    }

    /// When its turn is.
    fn next(&self, lang: &Lang) -> String {
        let due = self.kept.as_ref().map(|kept| kept.due_at).filter(|due| *due > self.now);
        match due {
            _ if self.is_running() => lang.text("jobs-running"),
            Some(due) if self.job.look.is_none() || self.failures() > 0 => {
                lang.say(&Message::new("jobs-in").with("time", age(*lang, due - self.now)))
            }
            _ if self.job.look.is_some() && self.failures() == 0 => lang.text("jobs-when-needed"),
            _ => lang.text("jobs-soon"),
        }
    }
}

/// What a job does, in words; its name where nobody wrote any.
fn name(lang: Lang, job: &str) -> String {
    let key = format!("job-{job}");
    if lang.has(&key) { lang.text(&key) } else { job.to_owned() }
}

#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/jobs.html")]
struct JobsPage {
    lang: Lang,
    site: String,
    desk: Desk,
    lines: Vec<Line>,
    /// What became of the run that was just asked for, and whether it is bad news.
    said: Option<(String, bool)>,
    /// What keeps the database from being written: no job can be done then.
    troubles: Vec<String>,
}

impl JobsPage {
    /// Whether no job was ever done.
    fn is_new(&self) -> bool {
        self.lines.iter().all(|line| line.done_at().is_none() && line.failures() == 0)
    }
}

/// `GET /admin/jobs`
async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Query(asked): Query<Fields>,
) -> Result<JobsPage> {
    Ok(JobsPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(&actor, reader.lang, ROOM),
        lines: Line::all(&app, reader.lang).await?,
        said: said(reader.lang, asked.get("job"), asked.get("fate")),
        troubles: super::state::troubles(&app, reader.lang),
    })
}

/// What became of a run, where the address names a job and a fate.
fn said(lang: Lang, job: &str, fate: &str) -> Option<(String, bool)> {
    let job = crate::modules::jobs().find(|known| known.name == job)?;
    let fate = FATES.iter().find(|known| **known == fate)?;
    let message = Message::new(format!("jobs-fate-{fate}")).with("job", name(lang, job.name));
    Some((lang.say(&message), *fate == "failed"))
}

/// `POST /admin/jobs/run`: its turn is now, and this server takes it where no other is faster.
async fn run(State(app): State<App>, _: SameOrigin, Form(sent): Form<Fields>) -> Result<Redirect> {
    let job = crate::modules::jobs().find(|job| job.name == sent.get("job")).ok_or(Error::NotFound)?;
    let mut write = app.begin().await?;
    let is_free = jobs::ask(write.tx(), job.name, clock::now()).await?;
    app.commit(write).await?;
    let fate = match is_free {
        true => fate(&jobs::at_once(&app.db, job, app.clone(), WAIT).await),
        false => "elsewhere",
    };
    Ok(Redirect::to(&format!("{ROOM}?job={}&fate={fate}", job.name)))
}

fn fate(told: &Result<Option<Turn>>) -> &'static str {
    match told {
        Ok(Some(Turn::Done(_))) => "done",
        Ok(Some(Turn::Nothing)) => "nothing",
        Ok(Some(Turn::NotOurs)) => "elsewhere",
        Ok(None) => "running",
        // The log has it, and the page says it beside the job.
        Err(_) => "failed",
    }
}
