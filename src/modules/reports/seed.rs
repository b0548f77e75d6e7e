//! Reports of the demonstration: a year of them, with services, agents, clocks, ends of both sorts, some opened again, some handed over, doubles and
//! thanks.
//!
//! What it is not: the contributions that the demonstration has already. Those that are reports are given a category here, too.

use super::catalogue_desk::usual;
use super::clock::{self, Target};
use super::holidays::ClosedDays;
use super::model::{Answers, Category, EndReason, Report, RuleId, ServiceId, Sort, Told};
use super::routing::Rules;
use super::store::{self, catalogue};
use super::{CATALOGUE_CHANGED, ENDED, REOPENED, ROUTED, catalogue as whole};
use crate::base::clock::{Timestamp, zone};
use crate::base::db::Answer;
use crate::base::error::{Error, Result};
use crate::base::ids::{FeatureId, Visitor};
use crate::base::text::fold;
use crate::civic::contributions::decisions;
use crate::civic::contributions::things::Thing;
use crate::civic::manifest::Seeded;
use crate::core::features::votes::{self, Cast};
use crate::core::features::{self, Channel, Kind, NewFeature, Status, Voice, geometry, merges};
use crate::core::journal::{Act, Write};
use crate::core::territory::{self, Territory};
use chrono::TimeDelta;
use geo::{Geometry, Point};
use parvis_country::chance::Chance;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How many reports there are, those that the demonstration has already among them.
const REPORTS: usize = 120;

/// Moderators have not looked at what came since then, as at nothing else that came then.
const UNSEEN: TimeDelta = TimeDelta::days(9);

#[derive(Debug, Deserialize)]
struct Texts {
    report: Vec<Sample>,
    closed: BTreeMap<String, String>,
    reopened: Notes,
    outside: Outside,
}

#[derive(Debug, Deserialize)]
struct Sample {
    category: String,
    texts: Vec<String>,
    fixed: String,
}

#[derive(Debug, Deserialize)]
struct Notes {
    notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Outside {
    slug: String,
    name: String,
    name_en: String,
    contact: String,
    note: String,
}

/// What everything is drawn from.
struct Basis {
    texts: Texts,
    categories: Vec<Category>,
    rules: Rules,
    territory: Territory,
    outside: ServiceId,
    now: Timestamp,
    chance: Chance,
}

/// A report that there is, with what becomes of it.
struct Placed {
    id: FeatureId,
    category: usize,
    at: Option<(f64, f64)>,
    made: Timestamp,
    status: Status,
}

pub(super) fn seed<'a>(write: &'a mut Write, seeded: &'a Seeded) -> Answer<'a, ()> {
    Box::pin(async move {
        // Reports are given to services by where they are.
        if territory::store::all(write.tx()).await?.is_empty() {
            return Ok(());
        }
        let mut basis = basis(write, seeded.now).await?;
        let mut placed = there(write, &basis).await?;
        let points: Vec<(f64, f64)> = points(write).await?;
        let missing = REPORTS.saturating_sub(placed.len());
        let made = make(write, &mut basis, &points, missing).await?;
        for report in made.iter().filter(|report| report.made < basis.now - UNSEEN) {
            decisions::look(write, Thing::feature(report.id)).await?;
        }
        placed.extend(made);
        for report in &placed {
            tell(write, &mut basis, report).await?;
        }
        support(write, &mut basis, &placed).await?;
        double(write, &mut basis, &placed).await
    })
}

/// The usual catalogue, an authority outside, agents of the services.
async fn basis(write: &mut Write, now: Timestamp) -> Result<Basis> {
    let texts: Texts = toml::from_str(include_str!("seed.toml"))
        .map_err(|e| Error::Internal(format!("the demonstration's reports: {e}")))?;
    usual::fill(write).await?;
    let (outside,): (ServiceId,) = store::insert_outside(
        write,
        (&texts.outside.slug, &texts.outside.name, &texts.outside.name_en, &texts.outside.contact),
    )
    .await?;
    store::give_agents(write).await?;
    write.record_subject(CATALOGUE_CHANGED, "demo");
    let categories = catalogue::categories(write.tx()).await?;
    let services = catalogue::services(write.tx()).await?;
    let rules = catalogue::rules(write.tx()).await?;
    let territory = Territory::new(territory::store::all(write.tx()).await?)?;
    let rules = whole::routing_of(&rules, &categories, &services, &territory)?;
    Ok(Basis { texts, categories, rules, territory, outside, now, chance: Chance::new(311) })
}

/// The reports that the demonstration has already: each is filed where most of its words stand.
async fn there(write: &mut Write, basis: &Basis) -> Result<Vec<Placed>> {
    let mut placed = Vec::new();
    for (id, title, body, wkb, status, made) in store::unfiled(write.tx()).await? {
        let said = fold(&format!("{title} {body}"));
        let hits = |category: &Category| {
            let own = fold(&format!("{} {}", category.label, category.keywords));
            own.split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.len() > 3 && said.contains(*word))
                .count()
        };
        let below = basis.categories.iter().enumerate().filter(|(_, c)| c.parent.is_some());
        let Some((category, _)) = below.max_by_key(|(at, c)| (hits(c), std::cmp::Reverse(*at))) else {
            continue;
        };
        let at = wkb.as_deref().map(geometry::from_wkb).transpose()?;
        let at = at.as_ref().and_then(parvis_tiles::geometry::representative_point);
        placed.push(Placed { id, category, at, made, status });
    }
    Ok(placed)
}

/// Where contributions are: reports are beside them.
async fn points(write: &mut Write) -> Result<Vec<(f64, f64)>> {
    let mut points = Vec::new();
    for wkb in store::places(write.tx()).await? {
        points.extend(geometry::point_of_wkb(&wkb));
    }
    Ok(points)
}

/// Makes reports all over the year, denser as the year goes.
async fn make(
    write: &mut Write,
    basis: &mut Basis,
    points: &[(f64, f64)],
    count: usize,
) -> Result<Vec<Placed>> {
    let (mut new, mut placed) = (Vec::new(), Vec::new());
    for number in 0..count {
        let sample = number % basis.texts.report.len();
        let (label, text) = {
            let sample = &basis.texts.report[sample];
            let text = &sample.texts[(number / basis.texts.report.len()) % sample.texts.len()];
            (sample.category.clone(), text.clone())
        };
        let category = basis.categories.iter().position(|category| category.label == label);
        let category =
            category.ok_or_else(|| Error::Internal(format!("the demonstration's reports: no {label}")))?;
        let Some(&(lon, lat)) = basis.chance.pick(points) else { break };
        let step = |chance: &mut Chance| chance.between(-0.0012, 0.0012);
        let at = (lon + step(&mut basis.chance), lat + step(&mut basis.chance));
        let at = if basis.territory.metres_outside(at.0, at.1).is_some() { (lon, lat) } else { at };
        let days = 365.0 * basis.chance.unit() * basis.chance.unit();
        let made = basis.now - TimeDelta::seconds((days * 86_400.0) as i64 + 1_800);
        let status = became(days, &mut basis.chance);
        let place = Geometry::Point(Point::new(at.0, at.1));
        new.push(NewFeature {
            kind: Kind::REPORT,
            process: None,
            theme: None,
            status,
            title: label,
            body: text,
            areas: basis.territory.areas_of(&place),
            geometry: Some(place),
            stated_area: None,
            author: Some(Visitor(basis.chance.uuid())),
            channel: Channel::Demo,
            origin: None,
            held: None,
            created_at: made,
        });
        placed.push((category, at, made, status));
    }
    let ids = features::store::insert_all(write, &new, Act::PLACED).await?;
    let each = ids.into_iter().zip(placed);
    Ok(each
        .map(|(id, (category, at, made, status))| Placed { id, category, at: Some(at), made, status })
        .collect())
}

/// What became of a report of so many days: the older, the more likely an end.
fn became(days: f64, chance: &mut Chance) -> Status {
    match chance.unit() * (1.0 + days / 12.0) {
        u if u < 0.35 => Status::OPEN,
        u if u < 0.6 => Status::UNDER_REVIEW,
        u if u < 0.75 => Status::PLANNED,
        u if u < 0.95 => Status::IN_PROGRESS,
        _ if chance.happens(0.2) => Status::CLOSED,
        _ => Status::DONE,
    }
}

/// Says whose a report is and by when, and all that was done with it.
async fn tell(write: &mut Write, basis: &mut Basis, placed: &Placed) -> Result<()> {
    let category = &basis.categories[placed.category];
    let (lon, lat) = placed.at.unwrap_or((f64::NAN, f64::NAN));
    let routed = basis.rules.whom(category.id, lon, lat);
    let is_problem = category.sort == Sort::Problem;
    let target: Option<Target> = routed.as_ref().and_then(|routed| routed.target).filter(|_| is_problem);
    let due = target.and_then(|t| clock::due(placed.made, t, &[], &ClosedDays::default(), zone()));
    let mut report = Report {
        id: placed.id,
        category: category.id,
        service: routed.as_ref().map(|routed| routed.service),
        rule: routed.as_ref().map(|routed| routed.rule),
        answers: Answers::new(),
        address: String::new(),
        status: placed.status,
        target,
        received_at: placed.made,
        due_at: due,
        is_overdue: false,
        acknowledged_at: None,
        ended_at: None,
        end_reason: None,
        reopened_at: None,
        reopened_count: 0,
        asked_at: None,
    };
    let mut history = Vec::new();
    let hours = |from: Timestamp, hours: f64, now: Timestamp| {
        let at = from + TimeDelta::minutes((hours * 60.0) as i64);
        if at < now { at } else { from + (now - from) / 2 }
    };
    history.push((placed.made, Told::Routed, Status::OPEN, report.service, None, String::new()));
    if placed.status != Status::OPEN {
        let at = hours(placed.made, basis.chance.between(1.0, 40.0), basis.now);
        report.acknowledged_at = Some(at);
        history.push((at, Told::Status, Status::UNDER_REVIEW, report.service, None, String::new()));
        let is_handed = placed.status == Status::IN_PROGRESS && basis.chance.happens(0.4);
        if is_handed {
            report.service = Some(basis.outside);
            report.rule = None::<RuleId>;
            let note = basis.texts.outside.note.clone();
            history.push((
                hours(at, 5.0, basis.now),
                Told::HandedOver,
                placed.status,
                report.service,
                None,
                note,
            ));
        } else if matches!(placed.status, Status::PLANNED | Status::IN_PROGRESS) {
            history.push((
                hours(at, 20.0, basis.now),
                Told::Status,
                placed.status,
                report.service,
                None,
                String::new(),
            ));
        }
    }
    if matches!(placed.status, Status::DONE | Status::CLOSED) {
        end(basis, placed, &mut report, &mut history);
    }
    report.is_overdue = report.ended_at.is_none() && report.due_at.is_some_and(|due| due <= basis.now);
    store::insert(write, &report).await?;
    store::tell_all(write, placed.id, &history).await?;
    write.record_about(
        ROUTED,
        placed.id,
        report.service.map_or_else(String::new, |id| format!("service:{}", id.0)),
    );
    if report.reopened_count > 0 {
        write.record(REOPENED, placed.id);
    }
    if report.ended_at.is_some() {
        let how = report.end_reason.map(|reason| format!("closed:{}", reason.word()));
        write.record_about(ENDED, placed.id, how.unwrap_or_else(|| "fixed".into()));
    }
    Ok(())
}

type History = Vec<store::Past>;

/// Ends a report: most in time, some late; some were opened again before.
fn end(basis: &mut Basis, placed: &Placed, report: &mut Report, history: &mut History) {
    let span = report.due_at.map_or(72.0, |due| (due - placed.made).num_minutes() as f64 / 60.0);
    let factor = if basis.chance.happens(0.74) {
        basis.chance.between(0.15, 0.95)
    } else {
        basis.chance.between(1.05, 2.6)
    };
    let from = report.acknowledged_at.unwrap_or(placed.made);
    let at = placed.made + TimeDelta::minutes((span * factor * 60.0) as i64);
    let mut at = at.clamp(from, basis.now - TimeDelta::minutes(5));
    let sample = basis.texts.report.iter().find(|s| s.category == basis.categories[placed.category].label);
    let fixed = sample.map_or_else(String::new, |sample| sample.fixed.clone());
    if placed.status == Status::DONE && basis.chance.happens(0.1) && basis.now - at > TimeDelta::days(9) {
        history.push((at, Told::Status, Status::DONE, report.service, None, fixed.clone()));
        let again = at + TimeDelta::days(3);
        let note = basis.chance.pick(&basis.texts.reopened.notes).cloned().unwrap_or_default();
        history.push((again, Told::Reopened, Status::OPEN, report.service, None, note));
        (report.reopened_at, report.reopened_count, report.received_at) = (Some(again), 1, again);
        let due = |t| clock::due(again, t, &[], &ClosedDays::default(), zone());
        report.due_at = report.target.and_then(due);
        at = again + TimeDelta::days(2);
    }
    report.ended_at = Some(at);
    let reasons: Vec<(&String, &String)> = basis.texts.closed.iter().collect();
    match placed.status {
        Status::CLOSED => {
            let (word, note) = basis
                .chance
                .pick(&reasons)
                .copied()
                .map_or((None, String::new()), |(word, note)| (EndReason::of_word(word), note.clone()));
            let reason = word.unwrap_or(EndReason::NotNeeded);
            report.end_reason = Some(reason);
            history.push((at, Told::Status, Status::CLOSED, report.service, Some(reason.word()), note));
        }
        _ => history.push((at, Told::Status, Status::DONE, report.service, None, fixed)),
    }
}

/// Others see some of them, too.
async fn support(write: &mut Write, basis: &mut Basis, placed: &[Placed]) -> Result<()> {
    let mut casts = Vec::new();
    for report in placed.iter().filter(|report| report.made < basis.now - TimeDelta::hours(6)) {
        let count = (basis.chance.unit() * basis.chance.unit() * 8.0) as usize;
        for _ in 0..count {
            let span = (basis.now - report.made).num_minutes().max(2);
            let at = report.made + TimeDelta::minutes((basis.chance.unit() * span as f64) as i64);
            let voter = Visitor(basis.chance.uuid());
            casts.push(Cast { feature: report.id, voter, voice: Voice::For, at });
        }
    }
    votes::insert_all(write, &casts).await
}

/// Two were reported twice: the later is merged into the earlier.
async fn double(write: &mut Write, basis: &mut Basis, placed: &[Placed]) -> Result<()> {
    let open = |report: &&Placed| report.at.is_some() && report.status == Status::UNDER_REVIEW;
    for first in placed.iter().filter(open).take(2) {
        let Some((lon, lat)) = first.at else { continue };
        let category = &basis.categories[first.category];
        let place = Geometry::Point(Point::new(lon + 0.0001, lat));
        let new = NewFeature {
            kind: Kind::REPORT,
            process: None,
            theme: None,
            status: Status::OPEN,
            title: category.label.clone(),
            body: "Le même, je pense, vu de l’autre côté de la rue.".into(),
            areas: basis.territory.areas_of(&place),
            geometry: Some(place),
            stated_area: None,
            author: Some(Visitor(basis.chance.uuid())),
            channel: Channel::Demo,
            origin: None,
            held: None,
            created_at: first.made + TimeDelta::hours(2),
        };
        let id = features::store::insert(write, &new, Act::PLACED).await?;
        let at = Some((lon + 0.0001, lat));
        let twin = Placed { id, category: first.category, at, made: new.created_at, status: Status::OPEN };
        tell(write, basis, &twin).await?;
        merges::merge(write, id, first.id).await?;
    }
    Ok(())
}
