//! The SQL of reports: of each, of what is kept with it.
//!
//! Invariant: what a report is filed under for the map (category, service, clock) is written in the transaction that changes it.

pub(super) use super::catalogue::store as catalogue;
use super::clock::{Pause, Unit};
use super::delays;
use super::model::{
    Answers, CategoryId, EndReason, Outcome, PauseReason, Report, RuleId, ServiceId, Told, Update,
};
use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Ids, Sql, Tx, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::core::features::{self, Kind, Status};
use crate::core::journal::{Act, Write};
use crate::core::personal_data::Fate;
use std::collections::BTreeSet;

#[derive(sqlx::FromRow)]
struct ReportRow {
    feature_id: FeatureId,
    category_id: CategoryId,
    service_id: Option<ServiceId>,
    rule_id: Option<RuleId>,
    answers: String,
    address: String,
    status: Status,
    target_n: Option<i64>,
    target_unit: Option<Unit>,
    received_at: Timestamp,
    due_at: Option<Timestamp>,
    is_overdue: bool,
    acknowledged_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    end_reason: Option<EndReason>,
    reopened_at: Option<Timestamp>,
    reopened_count: i64,
    asked_at: Option<Timestamp>,
}

impl ReportRow {
    fn read(self) -> Result<Report> {
        let wrong = |e| Error::Internal(format!("answers of the report {}: {e}", self.feature_id));
        let answers: Answers = serde_json::from_str(&self.answers).map_err(wrong)?;
        Ok(Report {
            id: self.feature_id,
            category: self.category_id,
            service: self.service_id,
            rule: self.rule_id,
            answers,
            address: self.address,
            status: self.status,
            target: catalogue::target(self.target_n, self.target_unit),
            received_at: self.received_at,
            due_at: self.due_at,
            is_overdue: self.is_overdue,
            acknowledged_at: self.acknowledged_at,
            ended_at: self.ended_at,
            end_reason: self.end_reason,
            reopened_at: self.reopened_at,
            reopened_count: self.reopened_count,
            asked_at: self.asked_at,
        })
    }
}

/// The columns of a report, up to the filter.
macro_rules! report {
    ($filter:literal) => {
        concat!(
            "select r.feature_id, r.category_id, r.service_id, r.rule_id, r.answers, r.address, f.status, r.target_n,
                    r.target_unit, r.received_at, r.due_at, r.is_overdue, r.acknowledged_at, r.ended_at, r.end_reason,
                    r.reopened_at, r.reopened_count, r.asked_at
             from report r join feature f on f.id = r.feature_id where ",
            $filter
        )
    };
}

/// A report, whether or not it is public; nothing where the feature is none, or one that came without a category.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn find(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Report>> {
    let row: Option<ReportRow> = db.optional(report!("r.feature_id = $1"), (id,)).await?;
    row.map(ReportRow::read).transpose()
}

/// Those of these features that are reports.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn all_of(db: impl Sql<'_>, ids: &[i64]) -> Result<Vec<Report>> {
    let sql =
        by(report!("r.feature_id in (select value from json_each($1))"), report!("r.feature_id = any($1)"));
    let rows: Vec<ReportRow> = db.all(sql, (Ids(ids),)).await?;
    rows.into_iter().map(ReportRow::read).collect()
}

/// Those of these reports that are open, or ended since.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn open_or_ended_since(
    db: impl Sql<'_>,
    ids: &[i64],
    since: Timestamp,
) -> Result<BTreeSet<i64>> {
    let sql = by(
        "select feature_id from report
         where feature_id in (select value from json_each($1)) and (ended_at is null or ended_at >= $2)",
        "select feature_id from report where feature_id = any($1) and (ended_at is null or ended_at >= $2)",
    );
    let rows: Vec<(i64,)> = db.all(sql, (Ids(ids), since)).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Locks a report's feature: who else treats it waits. Gives it as it is then.
///
/// # Errors
/// [`Error::NotFound`] where it is no report.
pub(super) async fn lock(write: &mut Write, id: FeatureId) -> Result<Report> {
    write.tx().run("update feature set updated_at = updated_at where id = $1", (id,)).await?;
    find(write.tx(), id).await?.ok_or(Error::NotFound)
}

/// Writes what a report is beside its feature, which is there already, files it for the map, and counts it where it has ended.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert(write: &mut Write, report: &Report) -> Result<()> {
    let target = report.target.map(|target| (i64::from(target.n), target.unit));
    write
        .tx()
        .run(
            "insert into report (feature_id, category_id, service_id, rule_id, answers, address, target_n, target_unit,
                                 received_at, due_at, is_overdue, acknowledged_at, ended_at, end_reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            (
                report.id,
                report.category,
                report.service,
                report.rule,
                json(&report.answers)?,
                report.address.as_str(),
                target.map(|(n, _)| n),
                target.map(|(_, unit)| unit),
                report.received_at,
                report.due_at,
                report.is_overdue,
                report.acknowledged_at,
                report.ended_at,
                report.end_reason,
            ),
        )
        .await?;
    file(write, report).await?;
    delays::follow(write, report).await
}

fn json(answers: &Answers) -> Result<String> {
    serde_json::to_string(answers).map_err(|e| Error::Internal(format!("answers: {e}")))
}

/// Writes what changes of a report while it is treated, files it for the map, and counts it where it has ended.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn update(write: &mut Write, report: &Report) -> Result<()> {
    let target = report.target.map(|target| (i64::from(target.n), target.unit));
    write
        .tx()
        .run(
            "update report
             set category_id = $2, service_id = $3, rule_id = $4, target_n = $5, target_unit = $6, received_at = $7,
                 due_at = $8, is_overdue = $9, acknowledged_at = $10, ended_at = $11, end_reason = $12,
                 reopened_at = $13, reopened_count = $14, asked_at = $15, answers = $16, address = $17
             where feature_id = $1",
            (
                report.id,
                report.category,
                report.service,
                report.rule,
                target.map(|(n, _)| n),
                target.map(|(_, unit)| unit),
                report.received_at,
                report.due_at,
                report.is_overdue,
                report.acknowledged_at,
                report.ended_at,
                report.end_reason,
                report.reopened_at,
                report.reopened_count,
                report.asked_at,
                json(&report.answers)?,
                report.address.as_str(),
            ),
        )
        .await?;
    file(write, report).await?;
    delays::follow(write, report).await
}

/// Files a report for the map: category, service, the state of its clock.
async fn file(write: &mut Write, report: &Report) -> Result<()> {
    let code = |id: i64| u32::try_from(id).unwrap_or(0);
    let clock = report.clock().code() + 1;
    let slots = [
        Some(code(report.category.0)),
        Some(report.service.map_or(0, |service| code(service.0))),
        Some(clock),
    ];
    features::store::file(write, report.id, Kind::REPORT, slots).await
}

/// A line of the public history, to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewUpdate<'a> {
    pub(super) act: Told,
    pub(super) status: Status,
    pub(super) service: Option<ServiceId>,
    pub(super) reason: Option<&'static str>,
    pub(super) note: &'a str,
    pub(super) by: Option<AccountId>,
}

/// What a report says in people's own words: where it is, what was answered, what was said of it since.
pub(super) fn words(tx: &mut Tx, id: FeatureId) -> Answer<'_, Vec<String>> {
    Box::pin(async move {
        let Some(report) = find(&mut *tx, id).await? else { return Ok(Vec::new()) };
        let notes = history(tx, id).await?.into_iter().map(|line| line.note);
        let answers = report.answers.into_values().flatten();
        Ok(std::iter::once(report.address).chain(answers).chain(notes).collect())
    })
}

/// Writes a line of the public history.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn tell(write: &mut Write, id: FeatureId, new: NewUpdate<'_>) -> Result<i64> {
    let at = write.at();
    let (id,): (i64,) = write
        .tx()
        .one(
            "insert into report_update (feature_id, at, act, status, service_id, reason, note, account_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
            (id, at, new.act, new.status, new.service, new.reason, new.note, new.by),
        )
        .await?;
    Ok(id)
}

/// The public history of a report, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn history(db: impl Sql<'_>, id: FeatureId) -> Result<Vec<Update>> {
    db.all(
        "select id, at, act, status, service_id, reason, note, account_id from report_update where feature_id = $1
         order by id",
        (id,),
    )
    .await
}

/// The pauses of a report's clock since it began.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn pauses(db: impl Sql<'_>, id: FeatureId, since: Timestamp) -> Result<Vec<Pause>> {
    let rows: Vec<(Timestamp, Option<Timestamp>)> = db
        .all(
            "select from_at, until_at from report_pause
             where feature_id = $1 and (until_at is null or until_at > $2) order by from_at",
            (id, since),
        )
        .await?;
    Ok(rows.into_iter().map(|(from, until)| Pause { from, until }).collect())
}

/// Has a clock stand still from now on.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn pause(write: &mut Write, id: FeatureId, why: PauseReason) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run("insert into report_pause (feature_id, from_at, why) values ($1, $2, $3)", (id, at, why))
        .await
        .map(drop)
}

/// Ends the pause that there is. Gives whether there was one.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn resume(write: &mut Write, id: FeatureId) -> Result<bool> {
    let at = write.at();
    let ended = write
        .tx()
        .run("update report_pause set until_at = $2 where feature_id = $1 and until_at is null", (id, at))
        .await?;
    Ok(ended > 0)
}

/// Reports whose due instant has passed and that the journal has not told of yet, the oldest first.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn overdue(db: impl Sql<'_>, now: Timestamp, most: i64) -> Result<Vec<FeatureId>> {
    let rows: Vec<(FeatureId,)> = db
        .all(
            "select feature_id from report
             where ended_at is null and due_at <= $1 and not is_overdue order by due_at limit $2",
            (now, most),
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The next due instant.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn next_due(db: impl Sql<'_>) -> Result<Option<Timestamp>> {
    let (next,): (Option<Timestamp>,) =
        db.one("select min(due_at) from report where ended_at is null and not is_overdue", ()).await?;
    Ok(next)
}

/// What a voice answered goes, and what was typed to open its reports again.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn forget_answers(write: &mut Write, voice: Visitor) -> Result<()> {
    let own: Vec<(FeatureId,)> = write
        .tx()
        .all(
            "select r.feature_id from report r join feature f on f.id = r.feature_id where f.author = $1",
            (voice,),
        )
        .await?;
    for (id,) in own {
        write.tx().run("update report set answers = '{}', address = '' where feature_id = $1", (id,)).await?;
        write.record(Act::ERASED, id);
    }
    Ok(())
}

/// Notes whose word it was that opened a report again, so that it goes with them.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn note_reopening(
    write: &mut Write,
    (update, id): (i64, FeatureId),
    voice: Visitor,
) -> Result<()> {
    let sql = "insert into report_reopening (update_id, feature_id, voice) values ($1, $2, $3)";
    write.tx().run(sql, (update, id, voice)).await.map(drop)
}

/// Empties what somebody typed to open reports again, with the letters that quote it, or only says no more whose it was.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn forget_reopenings(write: &mut Write, voice: Visitor, fate: Fate) -> Result<()> {
    let own: Vec<(i64, FeatureId, String)> = write
        .tx()
        .all(
            "select r.update_id, r.feature_id, u.note from report_reopening r join report_update u on u.id = r.update_id
             where r.voice = $1 order by r.update_id",
            (voice,),
        )
        .await?;
    write.tx().run("delete from report_reopening where voice = $1", (voice,)).await?;
    if fate == Fate::Anonymous {
        return Ok(());
    }
    for (update, id, note) in own {
        write.tx().run("update report_update set note = '' where id = $1", (update,)).await?;
        features::erasure::forget_letters(write, None, &[note]).await?;
        write.record_about(Act::ERASED, id, format!("note of {id}"));
    }
    Ok(())
}

/// What who reported it says of the end: said again, it is what holds.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn rate(
    write: &mut Write,
    id: FeatureId,
    voice: Visitor,
    (outcome, grade): (Outcome, Option<i64>),
) -> Result<()> {
    let at = write.at();
    write
        .tx()
        .run(
            "insert into report_rating (feature_id, voice, outcome, grade, at) values ($1, $2, $3, $4, $5)
             on conflict (feature_id) do update set outcome = excluded.outcome, grade = excluded.grade, at = excluded.at",
            (id, voice, outcome, grade, at),
        )
        .await
        .map(drop)
}

/// What was said of the end, if anything.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn rating(db: impl Sql<'_>, id: FeatureId) -> Result<Option<(Outcome, Option<i64>)>> {
    db.optional("select outcome, grade from report_rating where feature_id = $1", (id,)).await
}

/// Where letters to who sent a report go, and in which language they read; nothing where they have no account with an address.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn author(
    db: impl Sql<'_>,
    id: FeatureId,
) -> Result<Option<(String, crate::base::i18n::Lang)>> {
    db.optional(
        "select a.email, a.lang from feature f join account a on a.voice = f.author where f.id = $1 and a.email is not null",
        (id,),
    )
    .await
}

/// Says that who sent a report is asked whether it is repaired. Gives whether they were not asked before, of this end.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn ask_once(write: &mut Write, id: FeatureId) -> Result<bool> {
    let at = write.at();
    let asked = write
        .tx()
        .run("update report set asked_at = $2 where feature_id = $1 and asked_at is null", (id, at))
        .await?;
    Ok(asked > 0)
}

/// The voice of who sent a report; nothing once that is nobody's.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn voice_of(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Visitor>> {
    let row: Option<(Option<Visitor>,)> =
        db.optional("select author from feature where id = $1", (id,)).await?;
    Ok(row.and_then(|(author,)| author))
}

/// A line of a report's history that tells of the past: when, what was done, its status, service and reason then, what was said.
pub(super) type Past = (Timestamp, Told, Status, Option<ServiceId>, Option<&'static str>, String);

/// Writes lines of a report's history that tell of the past.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn tell_all(write: &mut Write, id: FeatureId, lines: &[Past]) -> Result<()> {
    let rows = lines.iter().map(|(at, act, status, service, reason, note)| {
        (id, *at, *act, *status, *service, *reason, note.as_str())
    });
    insert_many(
        write.tx(),
        "insert into report_update (feature_id, at, act, status, service_id, reason, note)",
        rows,
        "",
    )
    .await
    .map(drop)
}

/// A report that has no category: its title, text, place, status, and when it was made.
pub(super) type Unfiled = (FeatureId, String, String, Option<Vec<u8>>, Status, Timestamp);

/// Reports that are public and have no category, in the order in which they came.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn unfiled(db: impl Sql<'_>) -> Result<Vec<Unfiled>> {
    db.all(
        "select f.id, f.title, f.body, f.wkb, f.status, f.created_at from feature f
         where f.kind = 'report' and f.published_at is not null
           and not exists (select 1 from report r where r.feature_id = f.id)
         order by f.id",
        (),
    )
    .await
}

/// The places of public contributions.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn places(db: impl Sql<'_>) -> Result<Vec<Vec<u8>>> {
    let rows: Vec<(Vec<u8>,)> = db
        .all("select wkb from feature where published_at is not null and wkb is not null order by id", ())
        .await?;
    Ok(rows.into_iter().map(|(wkb,)| wkb).collect())
}

/// Writes an authority outside: its slug, its name in French and in English, whom residents ask.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_outside(
    write: &mut Write,
    (slug, name, name_en, contact): (&str, &str, &str, &str),
) -> Result<(ServiceId,)> {
    write
        .tx()
        .one(
            "insert into report_service (slug, name, name_en, contact, email, is_outside) values ($1, $2, $3, $4, '', $5)
             returning id",
            (slug, name, name_en, contact, true),
        )
        .await
}

/// Has everybody who answers for the authority look after every service of it: the demonstration has few of them.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn give_agents(write: &mut Write) -> Result<()> {
    write
        .tx()
        .run(
            "insert into report_service_agent (service_id, account_id)
             select s.id, a.account_id
             from report_service s
             join (select distinct account_id from role_grant where role = 'agent' and revoked_at is null) a
               on not s.is_outside",
            (),
        )
        .await
        .map(drop)
}
