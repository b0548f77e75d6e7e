//! What an agent typed about a process: read into settings, or said to be wrong field by field; and the other way round.

use super::action::Action;
use super::model::{Ballot, Edits, Moderation, Ordering, Phase, Rules, Settings, Shape, State};
use super::{ProcessRules, local_time};
use crate::base::error::Problem;
use crate::base::i18n::Message;
use crate::base::text::{clean, seen, slug};
use crate::civic::accounts::Level;
use crate::core::atlas::World;
use std::collections::HashMap;

/// A line of the calendar as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PhaseForm {
    pub(super) key: String,
    pub(super) title: String,
    /// By the clock of the territory, as a field `datetime-local` says it.
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) acts: Vec<String>,
}

impl PhaseForm {
    pub(super) fn opens_act(&self, action: &str) -> bool {
        self.acts.iter().any(|act| act == action)
    }
    fn is_blank(&self) -> bool {
        self.title.trim().is_empty() && self.opens.is_empty() && self.closes.is_empty()
    }
}

/// The whole form. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ProcessForm {
    fields: HashMap<String, String>,
    pub(super) themes: Vec<String>,
    pub(super) shapes: Vec<String>,
    pub(super) phases: Vec<PhaseForm>,
}

/// More lines than any calendar has.
const PHASES: usize = 30;

/// A phase as its problem names it: by its title, or by its place in the calendar.
fn named(title: &str, at: usize) -> String {
    if title.is_empty() { (at + 1).to_string() } else { title.to_owned() }
}

impl ProcessForm {
    /// Reads the fields of a form.
    pub(super) fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> ProcessForm {
        let mut form = ProcessForm::default();
        for (name, value) in fields {
            match (name.as_str(), name.strip_prefix("phase-").and_then(|rest| rest.split_once('-'))) {
                ("theme", _) => form.themes.push(value),
                ("shape", _) => form.shapes.push(value),
                (_, Some((at, field))) => {
                    let Some(at) = at.parse::<usize>().ok().filter(|at| *at < PHASES) else { continue };
                    if form.phases.len() <= at {
                        form.phases.resize(at + 1, PhaseForm::default());
                    }
                    let phase = &mut form.phases[at];
                    match field {
                        "key" => phase.key = value,
                        "title" => phase.title = value,
                        "opens" => phase.opens = value,
                        "closes" => phase.closes = value,
                        "act" => phase.acts.push(value),
                        _ => {}
                    }
                }
                _ => {
                    form.fields.insert(name, value);
                }
            }
        }
        form
    }

    /// The form of what was decided.
    pub(super) fn of(known: &ProcessRules) -> ProcessForm {
        let (settings, rules) = (&known.settings, &known.settings.rules);
        let words = |words: &[(&str, &str)]| -> HashMap<String, String> {
            words.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let mut fields = words(&[
            ("title", &known.title),
            ("state", known.state.word()),
            ("summary", &settings.summary),
            ("why", &settings.why),
            ("asked", &settings.asked),
            ("effect", &settings.effect),
            ("team", &settings.team),
            ("area", &settings.area),
            ("moderation", rules.moderation.word()),
            ("votes", rules.votes.word()),
            ("order", rules.order.word()),
            ("edits", rules.edits.word()),
            ("own_themes_only", if settings.own_themes_only { "yes" } else { "" }),
        ]);
        fields.extend(
            Action::all().iter().map(|action| (action.field(), rules.level(*action).word().to_owned())),
        );
        fields.insert("title_most".into(), rules.title_most.to_string());
        fields.insert("body_most".into(), rules.body_most.to_string());
        let phases = settings.phases.iter().map(|phase| PhaseForm {
            key: phase.key.clone(),
            title: phase.title.clone(),
            opens: local_time::field(phase.opens),
            closes: local_time::field(phase.closes),
            acts: phase.acts.clone(),
        });
        ProcessForm {
            fields,
            themes: settings.themes.clone(),
            shapes: rules.shapes.iter().map(|shape| shape.word().to_owned()).collect(),
            phases: phases.collect(),
        }
    }

    /// Each field that is another in `other`: the key of its name, what it says here and there.
    pub(super) fn differences(&self, other: &ProcessForm) -> Vec<(String, String, String)> {
        const NAMES: [(&str, &str); 15] = [
            ("title", "process-title"),
            ("summary", "process-summary"),
            ("why", "process-why"),
            ("asked", "process-asked"),
            ("effect", "process-effect"),
            ("team", "process-team"),
            ("state", "process-col-state"),
            ("area", "process-area"),
            ("moderation", "process-rules"),
            ("votes", "process-rules"),
            ("edits", "process-rules"),
            ("order", "process-rules"),
            ("title_most", "process-rules"),
            ("body_most", "process-rules"),
            ("own_themes_only", "process-themes-own"),
        ];
        let said = |form: &ProcessForm, field: &str| form.said(field).to_owned();
        let named = NAMES.iter().map(|(field, key)| ((*field).to_owned(), (*key).to_owned()));
        let levels = Action::all().iter().map(|action| (action.field(), action.rule_key()));
        let mut found: Vec<_> = named
            .chain(levels)
            .filter(|(field, _)| self.said(field) != other.said(field))
            .map(|(field, key)| (key, said(self, &field), said(other, &field)))
            .collect();
        let calendar = |form: &ProcessForm| {
            let line = |phase: &PhaseForm| {
                format!("{} {} – {} {}", phase.title, phase.opens, phase.closes, phase.acts.join(" "))
            };
            form.phases.iter().map(line).collect::<Vec<_>>().join("; ")
        };
        let lists = [
            ("process-calendar", calendar(self), calendar(other)),
            ("process-themes-own", self.themes.join(", "), other.themes.join(", ")),
            ("rule-where", self.shapes.join(", "), other.shapes.join(", ")),
        ];
        let differs = |(_, was, is): &(&str, String, String)| was != is;
        found.extend(lists.into_iter().filter(differs).map(|(key, was, is)| (key.to_owned(), was, is)));
        found
    }

    /// What was typed in a field.
    pub(super) fn said(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    /// Whether a field says this word.
    pub(super) fn says(&self, field: &str, word: &str) -> bool {
        self.said(field) == word
    }

    /// Checks everything, and says all that is wrong at once. What `stored` has of another version of the program stays.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub(super) fn check(
        &self,
        world: &World,
        stored: &Settings,
    ) -> Result<(String, Settings, State), Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message| problems.push(Problem { field: field.into(), message });
        let title = clean(&self.said("title").replace(['\n', '\r'], " "));
        if seen(&title) < 3 || title.chars().count() > 120 {
            wrong("title", Message::new("process-title-length"));
        }
        let area = self.said("area").to_owned();
        if !area.is_empty() && world.territory().of_slug(&area).is_none() {
            wrong("area", Message::new("proposal-unknown-area"));
        }
        let rules = self.rules(&stored.rules, &mut wrong);
        let phases = self.calendar(&stored.phases, &mut wrong);
        let own_themes_only = self.says("own_themes_only", "yes");
        // Its own are offered anyway: only what is shared is chosen, where any of it is wanted.
        let is_shared = |slug: &&String| {
            world.themes().iter().any(|theme| theme.slug == **slug && theme.process_id.is_none())
        };
        let themes = self.themes.iter().filter(|_| !own_themes_only).filter(is_shared).cloned().collect();
        let settings = Settings {
            summary: clean(self.said("summary")),
            why: clean(self.said("why")),
            asked: clean(self.said("asked")),
            effect: clean(self.said("effect")),
            team: clean(self.said("team")),
            area,
            themes,
            own_themes_only,
            phases,
            rules,
        };
        if settings.summary.chars().count() > 300 {
            wrong("summary", Message::new("process-summary-length"));
        }
        let state = State::of_word(self.said("state")).unwrap_or(State::Draft);
        if problems.is_empty() { Ok((title, settings, state)) } else { Err(problems) }
    }

    fn rules(&self, stored: &Rules, wrong: &mut impl FnMut(&str, Message)) -> Rules {
        let default = Rules::default();
        let mut levels = stored.levels.clone();
        for action in Action::all() {
            let level = Level::of_word(self.said(&action.field())).unwrap_or_else(|| stored.level(*action));
            levels.insert(action.word().to_owned(), level.word().into());
        }
        let number = |field: &str, least: usize, most: usize, wrong: &mut dyn FnMut(&str, Message)| match self
            .said(field)
            .trim()
            .parse::<usize>()
        {
            Ok(number) if (least..=most).contains(&number) => number,
            _ => {
                wrong(field, Message::new("process-number").with("least", least).with("most", most));
                most
            }
        };
        let shapes: Vec<Shape> = self.shapes.iter().filter_map(|word| Shape::of_word(word)).collect();
        if shapes.is_empty() {
            wrong("shape", Message::new("process-no-shape"));
        }
        Rules {
            levels,
            shapes,
            moderation: Moderation::of_word(self.said("moderation")).unwrap_or(default.moderation),
            votes: Ballot::of_word(self.said("votes")).unwrap_or(default.votes),
            title_most: number("title_most", 20, Rules::TITLE_MOST, wrong),
            body_most: number("body_most", 100, Rules::BODY_MOST, wrong),
            order: Ordering::of_word(self.said("order")).unwrap_or(default.order),
            edits: Edits::of_word(self.said("edits")).unwrap_or(default.edits),
        }
    }

    fn calendar(&self, stored: &[Phase], wrong: &mut impl FnMut(&str, Message)) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        for (at, typed) in self.phases.iter().enumerate().filter(|(_, phase)| !phase.is_blank()) {
            let field = format!("phase-{at}");
            let title = clean(&typed.title);
            let (Some(opens), Some(closes)) =
                (local_time::instant(&typed.opens), local_time::instant(&typed.closes))
            else {
                wrong(&field, Message::new("process-phase-dates").with("phase", named(&title, at)));
                continue;
            };
            if closes <= opens || title.is_empty() {
                wrong(&field, Message::new("process-phase-order").with("phase", named(&title, at)));
                continue;
            }
            let stem = if typed.key.is_empty() { slug(&title) } else { slug(&typed.key) };
            let is_taken = |key: &str| phases.iter().any(|phase| phase.key == key);
            let mut keys = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
            let key = keys.find(|key| !key.is_empty() && !is_taken(key)).unwrap_or(stem);
            let unknown = |word: &&String| Action::of_word(word).is_none();
            let typed = typed.acts.iter().filter(|word| !unknown(word));
            let before = stored.iter().find(|phase| phase.key == key).map_or(&[][..], |phase| &phase.acts);
            let acts = typed.chain(before.iter().filter(unknown)).cloned().collect();
            phases.push(Phase { key, title, opens, closes, acts });
        }
        phases.sort_by_key(|phase| phase.opens);
        phases
    }
}
