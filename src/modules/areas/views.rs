//! The pages of the desk of the territory.

use super::choice::{Choice, LEVEL_MOST, NAME_MOST, NO_CODE};
use super::france::Unit;
use super::one::{AreaForm, token};
use super::picture::Picture;
use super::reading::Row;
use super::removed::{DAYS, Removed};
use super::store::Uses;
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::AreaId;
use crate::civic::accounts::{Desk, Pages};
use crate::core::territory::{Area, Chosen, Territory};
use askama::Template;
use askama_web::WebTemplate;

/// A commune or a body, as it is offered.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) code: String,
    pub(super) name: String,
    /// What it is, where, and how many people it has.
    pub(super) about: String,
}

impl Found {
    pub(super) fn of(unit: &Unit, lang: Lang) -> Found {
        let kind = lang.text(&format!("areas-kind-{}", unit.kind));
        let (code, home) = &unit.home;
        let place = if home.is_empty() { code.clone() } else { format!("{home} ({code})") };
        let people = unit.population.map(|count| lang.count("areas-people", count));
        let key = if unit.kind == "commune" { "areas-arrondissements" } else { "areas-communes" };
        let members = (!unit.members.is_empty()).then(|| lang.count(key, unit.members.len() as i64));
        let parts = [Some(kind), Some(place), members, people];
        let about =
            parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Found { code: unit.code.clone(), name: unit.name.clone(), about }
    }
}

/// A part of what was chosen: a commune of a body, an arrondissement of a commune.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) code: String,
    /// Whether an area has its code.
    pub(super) is_there: bool,
    /// Whether it is a commune.
    pub(super) is_commune: bool,
}

/// An area in the list.
#[derive(Debug, Clone)]
pub(super) struct AreaLine {
    pub(super) id: AreaId,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) level: String,
    pub(super) code: String,
    pub(super) parent: String,
}

impl AreaLine {
    pub(super) fn of(area: &Area, territory: &Territory) -> AreaLine {
        let parent = area.parent_id.and_then(|id| territory.get(id));
        AreaLine {
            id: area.id,
            slug: area.slug.clone(),
            name: area.name.clone(),
            level: area.level.clone(),
            code: area.code.clone(),
            parent: parent.map(|parent| parent.name.clone()).unwrap_or_default(),
        }
    }
}

/// `GET /admin/areas`
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/index.html")]
pub(super) struct IndexPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) done: Vec<String>,
    /// The edition of the names; empty where the file is not there.
    pub(super) edition: String,
    pub(super) typed: String,
    pub(super) found: Vec<Found>,
    pub(super) chosen: Option<Chosen>,
    /// The same among the names of this edition.
    pub(super) unit: Option<Found>,
    pub(super) members: Vec<Member>,
    pub(super) total: i64,
    pub(super) levels: Vec<(String, i64)>,
    pub(super) wanted: String,
    pub(super) lines: Vec<AreaLine>,
    pub(super) pages: Pages,
    pub(super) most_megabytes: usize,
    pub(super) level: String,
    pub(super) layer: String,
    pub(super) crs: String,
    /// Why a file that was sent is not taken, and why its first rows are not.
    pub(super) refused: Option<String>,
    pub(super) rows: Vec<String>,
}

impl IndexPage {
    fn missing(&self) -> Vec<&Member> {
        self.members.iter().filter(|member| !member.is_there).collect()
    }
    /// The code that was chosen when this page was made.
    fn was(&self) -> &str {
        self.chosen.as_ref().map_or("", |chosen| &chosen.code)
    }
    /// What the parts are called, and what one is.
    fn members_said(&self) -> (String, String) {
        match self.members.iter().any(|member| member.is_commune) {
            true => (self.lang.text("areas-members"), self.lang.text("areas-col-commune")),
            false => (self.lang.text("areas-members-within"), self.lang.text("areas-col-arrondissement")),
        }
    }
    fn compared(&self) -> String {
        let there = self.members.len() - self.missing().len();
        let said = Message::new("areas-members-there").with("there", there).with("all", self.members.len());
        self.lang.say(&said)
    }
    fn found_said(&self) -> String {
        if self.typed.is_empty() {
            return String::new();
        }
        self.lang.count("areas-found", self.found.len() as i64)
    }
    fn by_level(&self) -> String {
        let each = self
            .levels
            .iter()
            .map(|(level, count)| format!("{level}\u{a0}: {}", self.lang.count("areas-count", count)));
        each.collect::<Vec<_>>().join(", ")
    }
    fn file_hint(&self) -> String {
        self.lang.say(&Message::new("areas-file-hint").with("most", self.most_megabytes))
    }
    fn source(&self) -> String {
        self.lang.say(&Message::new("areas-source").with("edition", &self.edition))
    }
    fn crs_choices(&self) -> &'static [(&'static str, &'static str)] {
        CRS
    }
    fn level_most(&self) -> usize {
        LEVEL_MOST
    }
}

/// What coordinates of French files are in, where they do not say it.
const CRS: &[(&str, &str)] = &[
    ("4326", "WGS 84, longitude/latitude (4326)"),
    ("2154", "Lambert-93 (2154)"),
    ("3942", "CC42 (3942)"),
    ("3943", "CC43 (3943)"),
    ("3944", "CC44 (3944)"),
    ("3945", "CC45 (3945)"),
    ("3946", "CC46 (3946)"),
    ("3947", "CC47 (3947)"),
    ("3948", "CC48 (3948)"),
    ("3949", "CC49 (3949)"),
    ("3950", "CC50 (3950)"),
    ("3857", "Web Mercator (3857)"),
];

/// A row of the file, as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) place: String,
    pub(super) cells: Vec<String>,
}

impl Sample {
    pub(super) fn of(row: &Row, lang: Lang) -> Sample {
        let place = match lang {
            Lang::Fr => row.place.french(),
            Lang::En => row.place.to_string(),
        };
        let short = |cell: &String| {
            let start: String = cell.chars().take(40).collect();
            if start.len() < cell.len() { start + "…" } else { start }
        };
        Sample { place, cells: row.cells.iter().map(short).collect() }
    }
}

/// `GET /admin/areas/file/{digest}`
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/file.html")]
pub(super) struct FilePage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) digest: String,
    pub(super) columns: Vec<String>,
    pub(super) samples: Vec<Sample>,
    /// Rows with an outline.
    pub(super) outlines: i64,
    pub(super) refused: i64,
    pub(super) refusals: Vec<String>,
    /// How many areas would be written; nothing where the choice is wrong.
    pub(super) ready: Option<i64>,
    /// How many of these there are already.
    pub(super) known: i64,
    pub(super) names: Vec<String>,
    pub(super) crs: u32,
    pub(super) levels: Vec<(String, i64)>,
    pub(super) parents: Vec<(String, String)>,
    pub(super) picture: Picture,
    pub(super) choice: Choice,
    pub(super) problems: Vec<Problem>,
}

impl FilePage {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn no_code(&self) -> &'static str {
        NO_CODE
    }
    fn level_most(&self) -> usize {
        LEVEL_MOST
    }
    fn crs_choices(&self) -> &'static [(&'static str, &'static str)] {
        CRS
    }
    fn crs_said(&self) -> String {
        self.lang.say(&Message::new("areas-crs-said").with("epsg", self.crs))
    }
    fn picture_said(&self) -> String {
        self.lang.count("areas-picture", self.outlines)
    }
    /// Whether the level was left out: the file can be looked at without.
    fn lacks_level(&self) -> bool {
        self.choice.level.trim().is_empty()
    }
}

/// The page of what takes a while.
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/wait.html")]
pub(super) struct WaitPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// How far it is, where that is known.
    pub(super) hundredths: Option<u64>,
}

/// `GET /admin/areas/new`
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/new.html")]
pub(super) struct NewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) levels: Vec<(String, i64)>,
    pub(super) parents: Vec<(String, String)>,
    /// West, south, east, north of the areas; empty where there is none.
    pub(super) bounds: String,
    /// Whether the map shows anything to draw by.
    pub(super) has_ground: bool,
    pub(super) form: AreaForm,
    pub(super) problems: Vec<Problem>,
}

impl NewPage {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn name_most(&self) -> usize {
        NAME_MOST
    }
    fn level_most(&self) -> usize {
        LEVEL_MOST
    }
}

/// `GET /admin/areas/{id}`
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/edit.html")]
pub(super) struct EditPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) area: Area,
    pub(super) picture: Picture,
    pub(super) parents: Vec<(String, String)>,
    pub(super) uses: Uses,
    /// The titles of processes that are about it.
    pub(super) processes: Vec<String>,
    pub(super) form: AreaForm,
    pub(super) problems: Vec<Problem>,
}

impl EditPage {
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn was(&self) -> String {
        token(&self.area)
    }
    fn name_most(&self) -> usize {
        NAME_MOST
    }
    /// What uses it, a sentence each; empty where it can go.
    fn used(&self) -> Vec<String> {
        let counted = [
            ("areas-used-features", self.uses.features),
            ("areas-used-parts", self.uses.parts),
            ("areas-used-roles", self.uses.roles),
            ("areas-used-people", self.uses.people),
        ];
        let counted = counted.into_iter().filter(|(_, count)| *count > 0);
        let mut said: Vec<String> = counted.map(|(key, count)| self.lang.count(key, count)).collect();
        if !self.processes.is_empty() {
            let processes = self.processes.join(", ");
            said.push(self.lang.say(&Message::new("areas-used-processes").with("processes", processes)));
        }
        said
    }
    fn remove_hint(&self) -> String {
        self.lang.count("areas-remove-hint", DAYS)
    }
}

/// `GET /admin/areas/removed/{digest}`
#[derive(Template, WebTemplate)]
#[template(path = "areas/templates/removed.html")]
pub(super) struct RemovedPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) removed: Removed,
    pub(super) digest: String,
    pub(super) picture: Picture,
}

impl RemovedPage {
    fn said(&self) -> String {
        let removed = &self.removed;
        self.lang
            .say(&Message::new("areas-removed").with("name", &removed.name).with("level", &removed.level))
    }
    fn until(&self) -> String {
        self.lang.count("areas-removed-until", DAYS)
    }
}
