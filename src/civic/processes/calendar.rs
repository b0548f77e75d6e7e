//! The calendar as it is typed: lines that are added, moved, removed and put back before anything is saved; then read into phases, each
//! thing that is wrong told with the phase that it is about.
//!
//! Invariant: a line that somebody removed stays in the form until it is saved, so that it can be put back as it was.

use super::action::Action;
use super::form::ProcessForm;
use super::languages;
use super::local_time;
use super::model::Phase;
use crate::base::i18n::{Lang, Message};
use crate::base::text::{clean, slug};
use chrono::NaiveDateTime;

/// More lines than any calendar has.
pub(super) const PHASES: usize = 30;

/// How a field `datetime-local` says an instant.
const TYPED: &str = "%Y-%m-%dT%H:%M";

/// A line of the calendar as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PhaseForm {
    pub(super) key: String,
    pub(super) title: String,
    /// Its name in English.
    pub(super) title_en: String,
    /// By the clock of the territory, as a field `datetime-local` says it.
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) acts: Vec<String>,
    /// Whether it goes when the form is saved.
    pub(super) removed: bool,
}

impl PhaseForm {
    pub(super) fn opens_act(&self, action: &str) -> bool {
        self.acts.iter().any(|act| act == action)
    }
    pub(super) fn is_blank(&self) -> bool {
        let texts = [&self.title, &self.title_en, &self.opens, &self.closes];
        texts.iter().all(|text| text.trim().is_empty()) && self.acts.is_empty()
    }

    /// Takes a field of a form.
    pub(super) fn take(&mut self, field: &str, value: String) {
        match field {
            "key" => self.key = value,
            "title" => self.title = value,
            "title-en" => self.title_en = value,
            "opens" => self.opens = value,
            "closes" => self.closes = value,
            "act" => self.acts.push(value),
            "removed" => self.removed = value == "yes",
            _ => {}
        }
    }

    fn times(&self) -> Option<[NaiveDateTime; 2]> {
        let [opens, closes] =
            [&self.opens, &self.closes].map(|typed| NaiveDateTime::parse_from_str(typed, TYPED));
        Some([opens.ok()?, closes.ok()?])
    }
}

/// Two phases change places: the later one begins where the earlier one began, which ends where the later one ended; each lasts as long as
/// before. Where dates are missing only the lines change places.
fn swap(phases: &mut [PhaseForm], earlier: usize, later: usize) {
    if let (Some([begin, a]), Some([b, end])) = (phases[earlier].times(), phases[later].times()) {
        let said = |at: NaiveDateTime| at.format(TYPED).to_string();
        // Dates beyond every calendar stay where they are.
        if let (Some(until), Some(from)) =
            (begin.checked_add_signed(end - b), end.checked_sub_signed(a - begin))
        {
            (phases[later].opens, phases[later].closes) = (said(begin), said(until));
            (phases[earlier].opens, phases[earlier].closes) = (said(from), said(end));
        }
    }
    phases.swap(earlier, later);
}

impl ProcessForm {
    /// Does what a button of the calendar says (`add`, `up-2`, `down-2`, `remove-2`, `keep-2`), and gives the line that is now gone on with;
    /// nothing where it is no such button.
    pub(super) fn arrange(&mut self, step: &str) -> Option<usize> {
        if step == "add" {
            return Some(self.phases.len());
        }
        let (what, at) = step.split_once('-')?;
        let at: usize = at.parse().ok().filter(|at| *at < self.phases.len())?;
        let stays = |other: &usize| !self.phases[*other].removed && !self.phases[*other].is_blank();
        match what {
            "up" => {
                let before = (0..at).rev().find(stays)?;
                swap(&mut self.phases, before, at);
                Some(before)
            }
            "down" => {
                let after = (at + 1..self.phases.len()).find(stays)?;
                swap(&mut self.phases, at, after);
                Some(after)
            }
            "remove" | "keep" => {
                self.phases[at].removed = what == "remove";
                Some(at)
            }
            _ => None,
        }
    }

    /// What a button of the calendar did to the line that is now gone on with, in words.
    pub(super) fn arranged(&self, lang: Lang, step: &str, at: usize) -> String {
        let stays = |phase: &&PhaseForm| !phase.removed && !phase.is_blank();
        let place = self.phases.iter().take(at).filter(stays).count() + 1;
        let title = self.phases.get(at).map(|phase| clean(&phase.title)).filter(|title| !title.is_empty());
        let name = title.map_or_else(|| lang.text("phase-new"), |title| lang.quoted(&title));
        let key = match step.split_once('-').map_or(step, |(what, _)| what) {
            "add" if self.phases.len() >= PHASES => "phase-said-full",
            "add" => "phase-said-add",
            "remove" => "phase-said-remove",
            "keep" => "phase-said-keep",
            _ => "phase-said-moved",
        };
        lang.say(&Message::new(key).with("phase", name).with("n", place))
    }

    /// The phases of the calendar, in order of beginning; what is wrong is told field by field.
    pub(super) fn calendar(&self, stored: &[Phase], wrong: &mut impl FnMut(&str, Message)) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        let typed = self.phases.iter().enumerate();
        for (at, typed) in typed.filter(|(_, phase)| !phase.removed && !phase.is_blank()) {
            let Some((title, opens, closes)) = read(at, typed, wrong) else { continue };
            let key = key(&typed.key, &title, &phases);
            let unknown = |word: &&String| Action::of_word(word).is_none();
            let typed = typed.acts.iter().filter(|word| !unknown(word));
            let before = stored.iter().find(|phase| phase.key == key).map_or(&[][..], |phase| &phase.acts);
            let acts = typed.chain(before.iter().filter(unknown)).cloned().collect();
            phases.push(Phase { key, title, opens, closes, acts });
        }
        phases.sort_by_key(|phase| phase.opens);
        phases
    }

    /// The names of phases in English, by the fields of translations.
    pub(super) fn english_phases(&self) -> Vec<(String, String)> {
        let mut known: Vec<Phase> = Vec::new();
        let mut named = Vec::new();
        for typed in self.phases.iter().filter(|phase| !phase.removed && !phase.is_blank()) {
            let title = clean(&typed.title);
            let key = key(&typed.key, &title, &known);
            named.push((languages::phase(&key), clean(&typed.title_en)));
            let never = crate::base::clock::Timestamp::default();
            known.push(Phase { key, title, opens: never, closes: never, acts: Vec::new() });
        }
        named
    }
}

/// A line's name and instants; nothing where something is wrong with them, which is told.
fn read(
    at: usize,
    typed: &PhaseForm,
    wrong: &mut impl FnMut(&str, Message),
) -> Option<(String, crate::base::clock::Timestamp, crate::base::clock::Timestamp)> {
    let title = clean(&typed.title);
    let named = if title.is_empty() { "no" } else { "yes" };
    let said =
        |key: &'static str| Message::new(key).with("n", at + 1).with("named", named).with("phase", &title);
    let instants = [("opens", &typed.opens), ("closes", &typed.closes)].map(|(field, typed)| {
        let instant = local_time::instant(typed);
        if instant.is_none() {
            let key = if field == "opens" { "process-phase-opens" } else { "process-phase-closes" };
            wrong(&format!("phase-{at}-{field}"), said(key));
        }
        instant
    });
    if title.is_empty() {
        wrong(&format!("phase-{at}-title"), said("process-phase-name"));
    }
    let [Some(opens), Some(closes)] = instants else { return None };
    if closes <= opens {
        wrong(&format!("phase-{at}-closes"), said("process-phase-order"));
    }
    (closes > opens && !title.is_empty()).then_some((title, opens, closes))
}

/// The key of a phase: its own, else of its name, with a number where another has it.
fn key(typed: &str, title: &str, others: &[Phase]) -> String {
    let stem = if typed.is_empty() { slug(title) } else { slug(typed) };
    let is_taken = |key: &str| others.iter().any(|phase| phase.key == key);
    let mut keys = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    keys.find(|key| !key.is_empty() && !is_taken(key)).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str, opens: &str, closes: &str) -> PhaseForm {
        PhaseForm { title: title.into(), opens: opens.into(), closes: closes.into(), ..PhaseForm::default() }
    }

    fn form(phases: Vec<PhaseForm>) -> ProcessForm {
        ProcessForm { phases, ..ProcessForm::default() }
    }

    #[test]
    fn a_phase_that_is_moved_changes_places_and_each_lasts_as_long_as_before() {
        let mut form = form(vec![
            line("Idées", "2026-03-01T08:00", "2026-03-11T08:00"),
            line("Étude", "2026-03-11T08:00", "2026-03-13T08:00"),
            line("Vote", "2026-03-15T08:00", "2026-03-20T08:00"),
        ]);
        assert_eq!(form.arrange("up-2"), Some(1));
        let said: Vec<(&str, &str, &str)> = form
            .phases
            .iter()
            .map(|phase| (phase.title.as_str(), phase.opens.as_str(), phase.closes.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Idées", "2026-03-01T08:00", "2026-03-11T08:00"),
                ("Vote", "2026-03-11T08:00", "2026-03-16T08:00"),
                ("Étude", "2026-03-18T08:00", "2026-03-20T08:00"),
            ]
        );
        let moved = form.clone();
        assert_eq!(form.arrange("down-1"), Some(2));
        assert_eq!(form.arrange("up-2"), Some(1));
        assert_eq!(form, moved, "and back");
        for step in ["up-0", "down-2", "up-9", "up-x", "dance-1", "save", ""] {
            assert_eq!(form.arrange(step), None, "{step}");
        }
        assert_eq!(form, moved);
    }

    #[test]
    fn a_phase_that_is_removed_goes_with_the_save_and_can_be_put_back_before() {
        let mut form = form(vec![
            line("Idées", "2026-03-01T08:00", "2026-03-11T08:00"),
            line("Vote", "2026-03-15T08:00", "2026-03-20T08:00"),
        ]);
        form.arrange("remove-0");
        let titles = |form: &ProcessForm| -> Vec<String> {
            form.calendar(&[], &mut |field, _| panic!("{field}"))
                .into_iter()
                .map(|phase| phase.title)
                .collect()
        };
        assert_eq!(titles(&form), ["Vote"]);
        assert_eq!(form.arrange("up-1"), None, "nothing is before it any more");
        form.arrange("keep-0");
        assert_eq!(titles(&form), ["Idées", "Vote"]);
    }

    #[test]
    fn each_button_says_what_it_did_and_a_full_calendar_that_it_takes_no_more() {
        let idea = line("Idées", "2026-03-01T08:00", "2026-03-11T08:00");
        let mut form = form(vec![idea.clone(), line("", "2026-03-15T08:00", ""), line("Vote", "", "")]);
        let mut say = |step: &str| {
            let at = form.arrange(step).unwrap();
            form.arranged(Lang::Fr, step, at).replace('\u{a0}', " ")
        };
        assert_eq!(say("up-2"), "« Vote » est maintenant la phase 2 du calendrier.");
        assert_eq!(say("down-1"), "« Vote » est maintenant la phase 3 du calendrier.");
        assert!(say("remove-0").contains("« Idées »") && say("remove-0").contains("enregistrerez"));
        assert_eq!(
            say("up-2"),
            "« Vote » est maintenant la phase 1 du calendrier.",
            "what is removed is not counted"
        );
        assert!(say("keep-0").contains("« Idées » est rétablie"));
        assert!(say("add").contains("donnez-lui un nom"));
        let mut full = ProcessForm { phases: vec![idea; PHASES], ..ProcessForm::default() };
        let at = full.arrange("add").unwrap();
        assert!(full.arranged(Lang::Fr, "add", at).contains("plus de place"));
    }

    #[test]
    fn what_is_wrong_is_told_of_the_phase_and_of_the_field() {
        let form = form(vec![
            line("Idées", "2026-03-01T08:00", "2026-03-11T08:00"),
            line("Vote", "2026-03-29T02:30", ""),
            line("", "2026-05-02T08:00", "2026-05-01T08:00"),
        ]);
        let mut told = Vec::new();
        form.calendar(&[], &mut |field, message| {
            told.push((field.to_owned(), crate::base::i18n::Lang::Fr.say(&message)));
        });
        let fields: Vec<&str> = told.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["phase-1-opens", "phase-1-closes", "phase-2-title", "phase-2-closes"]);
        assert!(told[0].1.starts_with("Phase 2 «\u{a0}Vote\u{a0}»\u{a0}: "), "{told:?}");
        assert!(told[2].1.starts_with("Phase 3\u{a0}: "), "{told:?}");
    }
}
