//! What an agent typed about a process: read into settings, or said to be wrong field by field; and the other way round.

use super::action::Action;
use super::calendar::{PHASES, PhaseForm};
use super::model::{Ballot, Edits, Moderation, Ordering, Rules, Settings, Shape, State};
use super::sections::Section;
use super::{ProcessRules, languages, local_time};
use crate::base::error::Problem;
use crate::base::i18n::{Lang, Message};
use crate::base::text::{clean, seen};
use crate::civic::accounts::Level;
use crate::core::atlas::World;
use std::collections::{BTreeMap, HashMap};

type Translations = BTreeMap<String, BTreeMap<String, String>>;

/// The whole form. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ProcessForm {
    pub(super) fields: HashMap<String, String>,
    pub(super) themes: Vec<String>,
    pub(super) shapes: Vec<String>,
    pub(super) phases: Vec<PhaseForm>,
    /// The ids of the documents that stand with the results.
    pub(super) results: Vec<String>,
}

impl ProcessForm {
    /// Reads the fields of a form.
    pub(super) fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> ProcessForm {
        let mut form = ProcessForm::default();
        for (name, value) in fields {
            match (name.as_str(), name.strip_prefix("phase-").and_then(|rest| rest.split_once('-'))) {
                ("theme", _) => form.themes.push(value),
                ("shape", _) => form.shapes.push(value),
                ("result", _) => form.results.push(value),
                (_, Some((at, field))) => {
                    let Some(at) = at.parse::<usize>().ok().filter(|at| *at < PHASES) else { continue };
                    if form.phases.len() <= at {
                        form.phases.resize(at + 1, PhaseForm::default());
                    }
                    form.phases[at].take(field, value);
                }
                _ => {
                    form.fields.insert(name, value);
                }
            }
        }
        // The empty line to go on with is no phase yet.
        while form.phases.last().is_some_and(|phase| phase.is_blank() && !phase.removed) {
            form.phases.pop();
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
            ("biases", &settings.biases),
            ("results", &settings.results),
            ("picture_alt", &settings.picture_alt),
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
        for (lang, texts) in &settings.translations {
            fields.extend(texts.iter().map(|(field, said)| (format!("{field}-{lang}"), said.clone())));
        }
        fields.insert("title_most".into(), rules.title_most.to_string());
        fields.insert("body_most".into(), rules.body_most.to_string());
        let phases = settings.phases.iter().map(|phase| PhaseForm {
            key: phase.key.clone(),
            title: phase.title.clone(),
            title_en: settings
                .translation(Lang::En, &languages::phase(&phase.key))
                .unwrap_or_default()
                .to_owned(),
            opens: local_time::field(phase.opens),
            closes: local_time::field(phase.closes),
            acts: phase.acts.clone(),
            removed: false,
        });
        ProcessForm {
            fields,
            themes: settings.themes.clone(),
            shapes: rules.shapes.iter().map(|shape| shape.word().to_owned()).collect(),
            phases: phases.collect(),
            results: settings.result_documents.iter().map(ToString::to_string).collect(),
        }
    }

    /// The form of everything, of which one section is as it was sent here and the rest as it is `stored`; all of it as it was sent where no
    /// section is named.
    pub(super) fn over(self, stored: ProcessForm, section: Option<Section>) -> ProcessForm {
        let Some(section) = section else { return self };
        let mut whole = stored;
        for name in section.fields().into_iter().chain(["note".to_owned()]) {
            let said = self.fields.get(&name).cloned().unwrap_or_default();
            whole.fields.insert(name, said);
        }
        match section {
            Section::Calendar => whole.phases = self.phases,
            Section::Themes => whole.themes = self.themes,
            Section::Rules => whole.shapes = self.shapes,
            Section::Results => whole.results = self.results,
            _ => {}
        }
        whole
    }

    /// Whether a section says the same here and there.
    pub(super) fn agrees(&self, other: &ProcessForm, section: Section) -> bool {
        section.fields().iter().all(|field| self.said(field) == other.said(field))
            && match section {
                Section::Calendar => self.phases == other.phases,
                Section::Themes => self.themes == other.themes,
                Section::Rules => self.shapes == other.shapes,
                Section::Results => self.results == other.results,
                _ => true,
            }
    }

    /// The texts in other languages, those that there are; what another version of the program wrote in one that is not known here stays.
    fn translations(&self, stored: &Translations) -> Translations {
        let is_other = |lang: &String| languages::OTHERS.iter().all(|known| known.code() != lang);
        let mut all: Translations = stored.clone();
        all.retain(|lang, _| is_other(lang));
        for lang in languages::OTHERS.iter().map(|lang| lang.code()) {
            let said = |field: &&str| ((**field).to_owned(), clean(self.said(&format!("{field}-{lang}"))));
            let texts = languages::FIELDS.iter().map(said).chain(self.english_phases());
            let texts: BTreeMap<_, _> = texts.filter(|(_, text)| !text.is_empty()).collect();
            if !texts.is_empty() {
                all.insert(lang.to_owned(), texts);
            }
        }
        all
    }

    /// Each field that is another in `other`: the key of its name, what it says here and there.
    pub(super) fn differences(&self, other: &ProcessForm) -> Vec<(String, String, String)> {
        const NAMES: [(&str, &str); 18] = [
            ("title", "process-title"),
            ("summary", "process-summary"),
            ("why", "process-why"),
            ("asked", "process-asked"),
            ("effect", "process-effect"),
            ("team", "process-team"),
            ("biases", "process-biases"),
            ("results", "process-results"),
            ("picture_alt", "process-picture-alt"),
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
        let translated = languages::OTHERS.iter().flat_map(|lang| {
            let key = |field: &str| {
                NAMES.iter().find(|(known, _)| *known == field).map_or("process-title", |(_, key)| key)
            };
            languages::FIELDS
                .iter()
                .map(move |field| (format!("{field}-{}", lang.code()), key(field).to_owned()))
        });
        let mut found: Vec<_> = named
            .chain(levels)
            .chain(translated)
            .filter(|(field, _)| self.said(field) != other.said(field))
            .map(|(field, key)| (key, said(self, &field), said(other, &field)))
            .collect();
        let calendar = |form: &ProcessForm| {
            let line = |phase: &PhaseForm| {
                let PhaseForm { title, title_en, opens, closes, acts, .. } = phase;
                format!("{title} {title_en} {opens} – {closes} {}", acts.join(" "))
            };
            form.phases.iter().map(line).collect::<Vec<_>>().join("; ")
        };
        let lists = [
            ("process-calendar", calendar(self), calendar(other)),
            ("process-themes-own", self.themes.join(", "), other.themes.join(", ")),
            ("rule-where", self.shapes.join(", "), other.shapes.join(", ")),
            ("process-results-documents", self.results.join(", "), other.results.join(", ")),
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
            biases: clean(self.said("biases")),
            results: clean(self.said("results")),
            result_documents: self.results.iter().filter_map(|id| id.parse().ok()).collect(),
            picture: stored.picture.clone(),
            picture_alt: clean(&self.said("picture_alt").replace(['\n', '\r'], " ")),
            translations: self.translations(&stored.translations),
        };
        lengths(&settings, &mut wrong);
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
}

/// The lines that are bounded, in every language.
fn lengths(settings: &Settings, wrong: &mut impl FnMut(&str, Message)) {
    const BOUNDS: [(&str, usize, &str); 3] = [
        ("title", 120, "process-title-length"),
        ("summary", 300, "process-summary-length"),
        ("picture_alt", 300, "process-summary-length"),
    ];
    let french = [("summary", &settings.summary), ("picture_alt", &settings.picture_alt)];
    for (field, most, key) in BOUNDS {
        if french.iter().any(|(name, said)| *name == field && said.chars().count() > most) {
            wrong(field, Message::new(key));
        }
        for lang in languages::OTHERS {
            if settings.translation(lang, field).is_some_and(|said| said.chars().count() > most) {
                wrong(&format!("{field}-{}", lang.code()), Message::new(key));
            }
        }
    }
}
