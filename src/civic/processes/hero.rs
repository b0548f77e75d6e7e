//! Where a process stands, for the head of its page: the phase that it is in, what one can do now and until when, what comes next.
//!
//! What it is not: the gate, which decides (`gate`); it is asked the same calendar. Pure.

use super::ProcessRules;
use super::action::Action;
use super::local_time;
use super::model::{Opening, Phase, State};
use crate::base::clock::{Timestamp, zone};
use crate::base::i18n::{Lang, Message};

/// The head of a process's page, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hero {
    /// What the next line is: the phase of now, the one to come, or that it is over.
    pub(super) kicker: String,
    /// The phase's name, with the field that its language is asked by; nothing where there is none.
    pub(super) phase: Option<(String, String)>,
    /// What one can do in it.
    pub(super) says: String,
    /// How long it still lasts, or when it begins or ended.
    pub(super) when: Option<String>,
    /// What can be done now: address and name, the first thing first.
    pub(super) ways: Vec<(String, String)>,
    /// What comes after.
    pub(super) next: Option<String>,
}

/// How a process stands by its calendar.
enum Standing<'a> {
    /// Without a calendar.
    Always,
    /// In a phase; the one after it, where there is one.
    In(&'a Phase, Option<&'a Phase>),
    /// Before a phase.
    Before(&'a Phase),
    /// After all of them; the instant, where there is one.
    Over(Option<Timestamp>),
}

fn standing(known: &ProcessRules, now: Timestamp) -> Standing<'_> {
    let phases = &known.settings.phases;
    let last = phases.iter().map(|phase| phase.closes).max();
    if known.state == State::Archived {
        return Standing::Over(last.filter(|at| *at <= now));
    }
    let next = phases.iter().filter(|phase| phase.opens > now).min_by_key(|phase| phase.opens);
    // Of phases that overlap the one in which something can be done, and of these the last to begin.
    let of_now = phases.iter().filter(|phase| phase.opens <= now && now < phase.closes);
    match (of_now.max_by_key(|phase| (!phase.acts.is_empty(), phase.opens)), next, last) {
        (_, _, None) => Standing::Always,
        (Some(phase), next, _) => Standing::In(phase, next),
        (None, Some(next), _) => Standing::Before(next),
        (None, None, last) => Standing::Over(last),
    }
}

/// Days of the territory's calendar from one instant to another.
fn days(from: Timestamp, to: Timestamp) -> i64 {
    let day = |at: Timestamp| at.with_timezone(&zone()).date_naive();
    (day(to) - day(from)).num_days()
}

impl Hero {
    /// The head of a process's page for who reads in this language.
    pub(super) fn of(lang: Lang, known: &ProcessRules, now: Timestamp) -> Hero {
        let ways = ways(lang, known, now);
        let hero = |key: &str| Hero {
            kicker: lang.text(&format!("hero-{key}")),
            phase: None,
            says: String::new(),
            when: None,
            ways,
            next: None,
        };
        let named = |phase: &Phase| Some((phase.title.clone(), super::languages::phase(&phase.key)));
        let said =
            |key: &'static str, at| lang.say(&Message::new(key).with("when", local_time::said(lang, at)));
        match standing(known, now) {
            Standing::Always => Hero { says: lang.text("hero-always-says"), ..hero("always") },
            Standing::In(phase, next) => Hero {
                phase: named(phase),
                says: acts(lang, phase),
                when: Some(format!(
                    "{} {}",
                    left(lang, days(now, phase.closes)),
                    said("hero-until", phase.closes)
                )),
                next: next.map(|next| coming(lang, next)),
                ..hero("now")
            },
            Standing::Before(phase) => Hero {
                phase: named(phase),
                says: acts(lang, phase),
                when: Some(format!(
                    "{} {}",
                    lang.count("hero-opens-in", days(now, phase.opens)),
                    said("hero-from", phase.opens)
                )),
                ..hero("before")
            },
            Standing::Over(at) => Hero {
                says: lang.text("hero-over-says"),
                when: at.map(|at| said("hero-since", at)),
                ..hero("over")
            },
        }
    }
}

fn left(lang: Lang, days: i64) -> String {
    lang.count("hero-days-left", days)
}

/// What comes after: `Ensuite : Vote, à partir du …`.
fn coming(lang: Lang, phase: &Phase) -> String {
    let message = Message::new("hero-next").with("phase", &phase.title);
    lang.say(&message.with("when", local_time::said(lang, phase.opens)))
}

/// What a phase opens, in words.
pub(super) fn acts(lang: Lang, phase: &Phase) -> String {
    let opened = Action::all().iter().filter(|action| phase.opens(**action));
    let said: Vec<String> = opened.map(|action| lang.text(&action.phase_key())).collect();
    if said.is_empty() { lang.text("phase-no-act") } else { said.join(", ") }
}

/// The pages of what can be done now, each once: the last action that is done there gives it its name.
fn ways(lang: Lang, known: &ProcessRules, now: Timestamp) -> Vec<(String, String)> {
    let mut ways: Vec<(String, String)> = Vec::new();
    for action in Action::all() {
        if !matches!(known.opening(*action, now), Opening::Open(_)) {
            continue;
        }
        let way = (action.0.way.replace("{slug}", &known.slug), lang.text(&action.rule_key()));
        match ways.iter_mut().find(|(path, _)| *path == way.0) {
            Some(there) => *there = way,
            None => ways.push(way),
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civic::processes::Settings;

    fn known(phases: &[(&str, &str, &str, &[Action])]) -> ProcessRules {
        let at = |text: &str| text.parse().unwrap();
        let phase = |(key, opens, closes, acts): &(&str, &str, &str, &[Action])| Phase {
            key: (*key).into(),
            title: (*key).into(),
            opens: at(opens),
            closes: at(closes),
            acts: Action::words(acts),
        };
        let settings = Settings { phases: phases.iter().map(phase).collect(), ..Settings::default() };
        ProcessRules { slug: "velo".into(), settings, ..ProcessRules::square() }
    }

    fn hero(known: &ProcessRules, now: &str) -> Hero {
        Hero::of(Lang::Fr, known, now.parse().unwrap())
    }

    #[test]
    fn the_head_says_the_phase_what_can_be_done_how_long_and_what_is_next() {
        let process = known(&[
            ("Idées", "2026-03-01T07:00:00Z", "2026-04-01T06:00:00Z", &[Action::PROPOSE, Action::ARGUE]),
            ("Vote", "2026-05-01T06:00:00Z", "2026-06-01T06:00:00Z", &[Action::VOTE, Action::ARGUE]),
        ]);
        let before = hero(&process, "2026-02-27T12:00:00Z");
        assert_eq!((before.phase.unwrap().0.as_str(), before.ways.len()), ("Idées", 0));
        assert!(before.when.unwrap().starts_with("Ouvre dans 2 jours"));
        let ideas = hero(&process, "2026-03-30T12:00:00Z");
        assert!(ideas.when.as_deref().unwrap().starts_with("2 jours restants"), "{ideas:?}");
        assert!(ideas.next.unwrap().contains("Vote"));
        let paths = |hero: &Hero| hero.ways.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(ideas.ways[0].0, "/proposals/new?process=velo");
        let last = hero(&process, "2026-04-01T05:00:00Z");
        assert!(last.when.unwrap().starts_with("Dernier jour"));
        let between = hero(&process, "2026-04-15T00:00:00Z");
        assert_eq!((between.phase.unwrap().0.as_str(), between.ways.len()), ("Vote", 0));
        let vote = hero(&process, "2026-05-15T00:00:00Z");
        assert_eq!(
            (paths(&vote), vote.ways[0].1.as_str()),
            (vec!["/list?process=velo".to_owned()], "Voter"),
            "one button for one page"
        );
        let over = hero(&process, "2026-06-15T00:00:00Z");
        assert!(over.phase.is_none() && over.ways.is_empty() && over.when.unwrap().contains("1er juin 2026"));
    }

    #[test]
    fn a_process_without_a_calendar_is_open_and_an_archived_one_is_over() {
        let open = hero(&known(&[]), "2026-06-15T00:00:00Z");
        assert!(open.when.is_none() && open.ways.len() >= 2, "{open:?}");
        let archived = ProcessRules { state: State::Archived, ..known(&[]) };
        let over = hero(&archived, "2026-06-15T00:00:00Z");
        assert!(over.ways.is_empty() && over.when.is_none());
        assert_ne!(over.kicker, open.kicker);
    }
}
