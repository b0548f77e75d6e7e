//! What the authority and its moderators did, and have still to do: answers with their history, flags, hidden and waiting
//! contributions, a merge, an appeal. Its words are in `fixtures/demo/reponses.toml` and `moderation.toml`.
//!
//! What it is not: the ideas. Invariant: nothing here is public beside the ideas' own answers and history, so that the map shows
//! as many ideas as before.

use super::ideas::Idea;
use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::civic::accounts::{self, Account, Role};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::contributions::decisions::{self, NewDecision, Reason, Ruling};
use crate::civic::contributions::things::Thing;
use crate::civic::contributions::{appeals, flags};
use crate::core::features::Verdict;
use crate::core::features::votes::{self, Cast};
use crate::core::features::{
    self, Channel, Hold, Kind, NewFeature, Status, Voice, arguments, merges, vocabulary,
};
use crate::core::journal::{Act, Write};
use crate::core::territory::{self, Territory};
use chrono::Duration;
use geo::{Geometry, Point};
use parvis_country::chance::Chance;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How many ideas are answered.
pub(super) const ANSWERED: usize = 60;

/// How long ago what moderators have not looked at yet was placed, at most.
const UNSEEN: Duration = Duration::days(9);

/// How many people gave their voice to an idea and to what says the same again, and how many to the latter only.
const ECHO: (usize, usize) = (4, 11);

/// People to play: anybody may sign in as them, the letters are in the demonstration's own inbox.
const MODERATORS: [&str; 2] =
    ["nora.moderation@val-aubrelle.example", "yann.moderation@val-aubrelle.example"];
const AGENT: &str = "agnes.mairie@val-aubrelle.example";
const RESIDENT: &str = "lea@val-aubrelle.example";

/// What one service answers to ideas of its theme, or any service to what is no idea.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    authority: String,
    noted: Vec<String>,
    accepted: Vec<String>,
    partly: Vec<String>,
    started: Vec<String>,
    done: Vec<String>,
    refused: Vec<String>,
    /// Why not.
    motive: String,
}

impl Service {
    fn texts(&self, verdict: Verdict) -> &[String] {
        match verdict {
            Verdict::Noted => &self.noted,
            Verdict::Accepted => &self.accepted,
            Verdict::Partly => &self.partly,
            Verdict::Started => &self.started,
            Verdict::Done => &self.done,
            Verdict::Refused => &self.refused,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Services {
    service: Vec<Service>,
}

/// A contribution that is not public.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeldText {
    state: Hold,
    #[serde(default)]
    reason: Option<Reason>,
    /// The theme that its author chose: who advertises chose none, what is merged has that of its twin.
    #[serde(default)]
    theme: Option<String>,
    title: String,
    body: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    appeal: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlagText {
    #[serde(default)]
    on: String,
    reason: Reason,
    body: String,
}

#[derive(Debug, Deserialize)]
struct Moderation {
    held: Vec<HeldText>,
    flag: Vec<FlagText>,
}

pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    toml::from_str(text).map_err(|e| Error::Internal(format!("demo: {e}")))
}

/// Writes all of it.
///
/// # Errors
/// Where a fixture is not as this file expects, or the database refuses.
pub(super) async fn write(
    write: &mut Write,
    ids: &[FeatureId],
    ideas: &[Idea],
    now: Timestamp,
) -> Result<()> {
    let agent = person(write, AGENT, Some(Role::Agent)).await?;
    let first = person(write, MODERATORS[0], Some(Role::Moderator)).await?;
    person(write, MODERATORS[1], Some(Role::Moderator)).await?;
    let resident = person(write, RESIDENT, None).await?;
    answer(write, ids, ideas, agent.id, now).await?;
    decisions::look_before(write, now - UNSEEN).await?;
    moderate(write, ids, ideas, (&first, &resident), now).await
}

pub(super) async fn person(write: &mut Write, email: &str, role: Option<Role>) -> Result<Account> {
    let account = accounts::store::ensure(write, email).await?;
    let grants = accounts::store::grants(write.tx(), account.id).await?;
    if let Some(role) = role.filter(|role| grants.iter().all(|grant| grant.role != *role)) {
        accounts::store::grant(write, account.id, role, (None, None), None).await?;
    }
    Ok(account)
}

/// The way of a status, each step a while after the one before.
fn way(status: Status) -> &'static [Status] {
    match status {
        Status::UNDER_REVIEW => &[Status::UNDER_REVIEW],
        Status::ACCEPTED => &[Status::UNDER_REVIEW, Status::ACCEPTED],
        Status::IN_PROGRESS => &[Status::UNDER_REVIEW, Status::ACCEPTED, Status::IN_PROGRESS],
        Status::DONE => &[Status::UNDER_REVIEW, Status::ACCEPTED, Status::IN_PROGRESS, Status::DONE],
        Status::REFUSED => &[Status::UNDER_REVIEW, Status::REFUSED],
        _ => &[],
    }
}

async fn answer(
    write: &mut Write,
    ids: &[FeatureId],
    ideas: &[Idea],
    agent: AccountId,
    now: Timestamp,
) -> Result<()> {
    let services: Services = read(include_str!("../../../fixtures/demo/reponses.toml"))?;
    let mut chance = Chance::new(151);
    let (mut said, mut history) = (Vec::new(), Vec::new());
    let mut told: Vec<usize> = vec![0; Verdict::ALL.len() * services.service.len()];
    let decided: Vec<_> = ids.iter().zip(ideas).filter(|(_, idea)| idea.status != Status::OPEN).collect();
    // Every third of those that are decided has been left without words, as it happens.
    let every = (decided.len() as f64 / ANSWERED as f64).max(1.0);
    for (at, (id, idea)) in decided.iter().enumerate() {
        let steps: Vec<Status> = way(idea.status).iter().copied().filter(|s| s.fits(idea.kind)).collect();
        let span = (now - idea.created_at).num_seconds().max(60) as f64;
        let mut when = idea.created_at;
        for (nth, step) in steps.iter().enumerate() {
            let left = (now - when).num_seconds().max(30) as f64;
            let share = chance.between(0.15, 0.55) * left / (steps.len() - nth) as f64;
            when += Duration::seconds((share.min(span * 0.4) as i64).max(1));
            history.push((**id, *step, when));
        }
        let is_answered = ((at + 1) as f64 / every).floor() > (at as f64 / every).floor();
        let all = || services.service.iter().enumerate();
        let is_answered = is_answered && idea.kind.is_answered();
        let Some((of_theme, signs)) = all().find(|(_, s)| is_answered && s.theme == idea.theme) else {
            continue;
        };
        let (number, service) = all().find(|(_, s)| s.kind == Some(idea.kind)).unwrap_or((of_theme, signs));
        let verdict = verdict(idea, chance.happens(0.3));
        let texts = service.texts(verdict);
        let used = &mut told[number * Verdict::ALL.len() + verdict as usize];
        let text = texts.get(*used % texts.len().max(1)).map_or("", String::as_str);
        *used += 1;
        let motive = if verdict == Verdict::Refused { service.motive.clone() } else { String::new() };
        let body = text.replace("{titre}", &idea.title);
        let authority = signs.authority.clone();
        let link = String::new();
        said.push((**id, NewAnswer { verdict, body, motive, link, authority, by: Some(agent), at: when }));
    }
    answers::insert_all(write, &said, &history).await
}

/// What is said to an idea of that status.
fn verdict(idea: &Idea, in_part: bool) -> Verdict {
    match idea.status {
        Status::ACCEPTED if in_part => Verdict::Partly,
        Status::ACCEPTED => Verdict::Accepted,
        Status::IN_PROGRESS => Verdict::Started,
        Status::DONE => Verdict::Done,
        Status::REFUSED => Verdict::Refused,
        _ => Verdict::Noted,
    }
}

async fn moderate(
    write: &mut Write,
    ids: &[FeatureId],
    ideas: &[Idea],
    (moderator, resident): (&Account, &Account),
    now: Timestamp,
) -> Result<()> {
    let texts: Moderation = read(include_str!("../../../fixtures/demo/moderation.toml"))?;
    let territory = Territory::new(territory::store::all(write.tx()).await?)?;
    let mut chance = Chance::new(161);
    let public: Vec<_> = ids.iter().zip(ideas).filter(|(_, idea)| idea.geometry.is_some()).collect();
    let points: Vec<_> = public.iter().filter_map(|(_, idea)| beside(idea)).collect();
    let benches = benches(&public);
    for (nth, text) in texts.held.iter().enumerate() {
        let is_merged = text.state == Hold::Merged;
        let twin = benches.filter(|_| is_merged).and_then(|(_, idea)| beside(idea));
        let Some(geometry) = twin.or_else(|| points.get((nth * 41 + 17) % points.len().max(1)).cloned())
        else {
            continue;
        };
        let of_twin = benches.filter(|_| is_merged).map(|(_, idea)| idea.theme);
        let theme = match of_twin.or(text.theme.as_deref()) {
            Some(name) => Some(vocabulary::ensure_theme(write, name).await?),
            None => None,
        };
        // The one that appeals is Léa's, so that whoever plays her finds it.
        let author = if text.appeal.is_some() { resident.voice } else { Visitor(chance.uuid()) };
        let is_waiting = text.state == Hold::Waiting;
        let new = NewFeature {
            kind: Kind::PROPOSAL,
            process: None,
            theme,
            status: Status::OPEN,
            title: text.title.clone(),
            body: text.body.clone(),
            areas: territory.areas_of(&geometry),
            geometry: Some(geometry),
            stated_area: None,
            author: Some(author),
            channel: Channel::Demo,
            origin: None,
            held: is_waiting.then_some(Hold::Waiting),
            created_at: now - Duration::hours(7 * (nth as i64 + 1)),
        };
        let id = features::store::insert(write, &new, Act::IMPORTED).await?;
        match (text.state, benches) {
            (Hold::Hidden, _) => hide(write, id, text, moderator.id, author).await?,
            (Hold::Merged, Some(into)) => {
                let voices = echo(into.1, &public, id, new.created_at, now);
                votes::insert_all(write, &voices).await?;
                join(write, id, text, moderator.id, *into.0).await?;
            }
            _ => {}
        }
    }
    flag(write, &texts.flag, &public, &mut chance).await
}

/// A spot some steps away from an idea that is a point: two pins on one spot are one pin.
fn beside(idea: &Idea) -> Option<Geometry<f64>> {
    match idea.geometry {
        Some(Geometry::Point(at)) => Some(Geometry::Point(Point::new(at.x() + 0.000_3, at.y() + 0.000_2))),
        _ => None,
    }
}

/// The idea about benches that has most voices, or the first of all.
fn benches<'a>(public: &[(&'a FeatureId, &'a Idea)]) -> Option<(&'a FeatureId, &'a Idea)> {
    let benches = public.iter().filter(|(_, idea)| idea.title.to_lowercase().contains("banc"));
    benches.max_by_key(|(_, idea)| idea.voices.len()).or(public.first()).copied()
}

/// The voices on what says the same again: some people gave theirs to both, and count once where they are united.
fn echo(
    twin: &Idea,
    public: &[(&FeatureId, &Idea)],
    id: FeatureId,
    since: Timestamp,
    now: Timestamp,
) -> Vec<Cast> {
    let mut chance = Chance::new(171);
    let on_twin = |voter: &Visitor| twin.voices.iter().any(|(other, _, _)| other == voter);
    let everybody = public.iter().flat_map(|(_, idea)| &idea.voices).map(|(voter, _, _)| *voter);
    let others = everybody.filter(|voter| !on_twin(voter)).step_by(97);
    let both = twin.voices.iter().map(|(voter, _, _)| *voter).take(ECHO.0);
    let mut met = BTreeSet::new();
    let voters = both.chain(others).filter(|voter| met.insert(voter.0)).take(ECHO.0 + ECHO.1);
    let seconds = (now - since).num_seconds().max(2) as f64;
    voters
        .map(|voter| {
            let at = since + Duration::seconds((seconds * chance.between(0.01, 0.9)) as i64);
            Cast { feature: id, voter, voice: Voice::For, at }
        })
        .collect()
}

async fn hide(
    write: &mut Write,
    id: FeatureId,
    text: &HeldText,
    by: AccountId,
    author: Visitor,
) -> Result<()> {
    let (thing, note) = (Thing::feature(id), text.note.clone());
    let new = NewDecision { thing, kind: Ruling::Hidden, reason: text.reason, note, target: None, by };
    let decision = decisions::insert(write, &new).await?;
    features::store::hold(write, id, Some(Hold::Hidden), Act::HIDDEN).await?;
    if let Some(appeal) = &text.appeal {
        appeals::insert(write, decision, author, appeal).await?;
    }
    Ok(())
}

async fn join(
    write: &mut Write,
    id: FeatureId,
    text: &HeldText,
    by: AccountId,
    into: FeatureId,
) -> Result<()> {
    let (thing, note) = (Thing::feature(id), text.note.clone());
    let new = NewDecision { thing, kind: Ruling::Merged, reason: None, note, target: Some(into.0), by };
    decisions::insert(write, &new).await?;
    merges::merge(write, id, into).await
}

/// Flags are spread over public ideas and their arguments.
async fn flag(
    write: &mut Write,
    texts: &[FlagText],
    public: &[(&FeatureId, &Idea)],
    chance: &mut Chance,
) -> Result<()> {
    let argued: Vec<_> = public.iter().filter(|(_, idea)| !idea.arguments.is_empty()).collect();
    for (nth, text) in texts.iter().enumerate() {
        let from = if text.on == "argument" { nth * 13 + 5 } else { nth * 29 + 3 };
        let thing = if text.on == "argument" {
            let Some((id, _)) = argued.get(from % argued.len().max(1)) else { continue };
            let said = arguments::of(write.tx(), **id).await?;
            let argument = said.get(nth % said.len().max(1)).map(|argument| argument.id);
            argument.map_or_else(|| Thing::feature(**id), |argument| Thing::argument(**id, argument))
        } else {
            let Some((id, _)) = public.get(from % public.len().max(1)) else { continue };
            Thing::feature(**id)
        };
        flags::insert(write, thing, text.reason, &text.body, Visitor(chance.uuid())).await?;
    }
    Ok(())
}
