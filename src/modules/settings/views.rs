//! The pages of settings and of the first set-up.

use super::setup::FirstForm;
use super::store::Version;
use crate::base::error::{Problem, Result};
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Desk;
use crate::core::app::App;
use crate::core::site::{CHOSEN_CODE, Field, LOGO_IS_LIGHT, Look, Section, Site, Sort, store};
use askama::Template;
use askama_web::WebTemplate;

/// How many versions the page lists.
pub(super) const LISTED: usize = 20;

/// `GET /admin/site`
#[derive(Template, WebTemplate)]
#[template(path = "settings/templates/list.html")]
pub(super) struct ListPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) done: Option<String>,
    pub(super) current: Site,
    /// The latest first.
    pub(super) versions: Vec<Version>,
}

impl ListPage {
    /// Each page of settings: its word, how many of its settings say something, of how many.
    fn sections(&self) -> Vec<(&'static str, String)> {
        let line = |section: Section| {
            let all = section.fields().count();
            let said = section.fields().filter(|field| !self.current.get(field.name).is_empty()).count();
            let said = Message::new("site-section-said").with("said", said).with("all", all);
            (section.word(), self.lang.say(&said))
        };
        Section::ALL.map(line).into()
    }
    fn section_name(&self, word: &str) -> String {
        self.lang.text(&format!("site-section-{word}"))
    }
    fn section_what(&self, word: &str) -> String {
        self.lang.text(&format!("site-what-{word}"))
    }
    /// The versions that are listed: the one before the last is there to be compared with.
    fn listed(&self) -> Vec<(usize, &Version)> {
        self.versions.iter().take(LISTED).enumerate().collect()
    }
    /// What a version changed, in words.
    fn changes(&self, at: &usize) -> String {
        let before = self.versions.get(at + 1).map(|version| version.site.clone()).unwrap_or_default();
        let Some(version) = self.versions.get(*at) else { return String::new() };
        let fields = version.site.changed_from(&before);
        let mut names: Vec<String> =
            fields.map(|field| self.lang.text(&format!("site-field-{}", field.name))).collect();
        if version.site.get(CHOSEN_CODE) != before.get(CHOSEN_CODE) {
            names.push(self.lang.text("site-chosen"));
        }
        if version.site.get("mail_password_at") != before.get("mail_password_at") {
            names.push(self.lang.text("site-mail-password"));
        }
        if names.is_empty() { self.lang.text("site-changed-nothing") } else { names.join(", ") }
    }
    fn is_current(&self, version: &Version) -> bool {
        version.site.version == self.current.version
    }
}

/// What a form of settings shows.
pub(super) struct Edited {
    site: Site,
    /// What the operator's file says, by the names of settings.
    of_operator: Vec<(&'static str, String)>,
    /// Whether the operator's file says how letters leave.
    has_post: bool,
    /// Whether the clock of the territory stays where it is.
    has_dates: bool,
    /// The version that it is of.
    was: i64,
}

impl Edited {
    pub(super) async fn new(app: &App, section: Section, site: Site) -> Result<Edited> {
        let said = |field: &'static Field| Some((field.name, field.of_operator(&app.config)?.to_owned()));
        Ok(Edited {
            of_operator: section.fields().filter_map(said).collect(),
            has_post: !app.config.mail.expose().is_empty(),
            has_dates: store::has_dates(&app.db).await?,
            was: site.version,
            site,
        })
    }
}

/// Where a page stands in the first set-up.
pub(super) struct Step {
    pub(super) lang: Lang,
    pub(super) number: usize,
    pub(super) of: usize,
    pub(super) next: String,
}

impl Step {
    fn said(&self) -> String {
        self.lang.say(&Message::new("setup-step-of").with("number", self.number).with("of", self.of))
    }
}

/// `GET /admin/site/{section}`
#[derive(Template, WebTemplate)]
#[template(path = "settings/templates/section.html")]
pub(super) struct SectionPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) section: Section,
    pub(super) edited: Edited,
    pub(super) step: Option<Step>,
    pub(super) done: Option<String>,
    pub(super) problems: Vec<Problem>,
}

impl SectionPage {
    fn name(&self) -> String {
        self.lang.text(&format!("site-section-{}", self.section.word()))
    }
    fn what(&self) -> String {
        self.lang.text(&format!("site-what-{}", self.section.word()))
    }
    fn fields(&self) -> Vec<&'static Field> {
        self.section.fields().collect()
    }
    fn has_pictures(&self) -> bool {
        self.section.fields().any(|field| field.sort == Sort::Picture)
    }
    /// The kinds of files that a picture may be sent as.
    fn takes(&self, field: &Field) -> &'static str {
        if field.name == "logo" {
            "image/svg+xml,image/png,image/jpeg,image/webp"
        } else {
            "image/png,image/jpeg,image/webp"
        }
    }
    fn label(&self, field: &Field) -> String {
        self.lang.text(&format!("site-field-{}", field.name))
    }
    fn hint(&self, field: &Field) -> String {
        self.lang.text(&format!("site-hint-{}", field.name))
    }
    fn value(&self, field: &Field) -> &str {
        self.edited.site.get(field.name)
    }
    fn of_operator(&self, field: &Field) -> Option<&str> {
        self.edited.of_operator.iter().find(|(name, _)| *name == field.name).map(|(_, said)| said.as_str())
    }
    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|p| p.field == field).map(|p| self.lang.say(&p.message))
    }
    fn is_mail(&self) -> bool {
        self.section == Section::Mail
    }
    fn is_accessibility(&self) -> bool {
        self.section == Section::Accessibility
    }
    fn is_fixed(&self, field: &Field) -> bool {
        field.name == "zone" && self.edited.has_dates
    }
    /// The control of a setting.
    fn control(&self, field: &Field) -> &'static str {
        match field.sort {
            Sort::Prose(_) | Sort::Links => "area",
            Sort::Choice(_) => "choice",
            Sort::Day => "date",
            Sort::Email => "email",
            Sort::Color => "color",
            Sort::Picture => "picture",
            _ => "text",
        }
    }
    /// The most characters.
    fn most(&self, field: &Field) -> usize {
        match field.sort {
            Sort::Line(most) | Sort::Prose(most) => most,
            Sort::Color => 7,
            _ => 3_000,
        }
    }
    /// The colour of a picker, which has always one: the house's own where the city chose none.
    fn color(&self, field: &Field) -> &str {
        let said = self.value(field);
        if said.is_empty() { Look::HOUSE } else { said }
    }
    /// The words of a choice, as people read them.
    fn choices(&self, field: &Field) -> Vec<(&'static str, String)> {
        let Sort::Choice(words) = field.sort else { return Vec::new() };
        let said = |word: &'static str| match field.name {
            "zone" => self.lang.text(&format!("zone-{}", word.replace('/', "-"))),
            "answer_days" => match word.parse() {
                Ok(days) if days > 0 => self.lang.days(days),
                _ => self.lang.text("site-answer-none"),
            },
            _ => self.lang.text(&format!("site-encryption-{word}")),
        };
        words.iter().map(|word| (*word, said(word))).collect()
    }
    fn picture(&self, field: &Field) -> String {
        let ending = if field.name == "logo" { "png" } else { "jpg" };
        format!("/site/{}.{ending}", self.value(field))
    }
    fn is_light(&self, field: &Field) -> bool {
        field.name == "logo" && !self.edited.site.get(LOGO_IS_LIGHT).is_empty()
    }
    /// The shade in which the city's colour is used where it is not itself.
    fn shade(&self) -> Option<String> {
        let brand = self.edited.site.get("brand");
        let is_color = self.section == Section::Face && brand.len() == 7 && brand.starts_with('#');
        let shade = is_color.then(|| Look::of(brand).light.brand).filter(|shade| shade != brand);
        shade.map(|shade| self.lang.say(&Message::new("site-shade").with("shade", shade)))
    }
}

/// A step of the first set-up, as the list shows it.
pub(super) struct StepLine {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) path: String,
    pub(super) is_done: bool,
    /// Whether it cannot be done as the site is reached now: what it is says why.
    pub(super) is_shut: bool,
}

/// `GET /setup`, of an administrator.
#[derive(Template, WebTemplate)]
#[template(path = "settings/templates/setup.html")]
pub(super) struct SetupPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) lines: Vec<StepLine>,
    pub(super) is_begun: bool,
}

impl SetupPage {
    fn left(&self) -> String {
        let left = self.lines.iter().filter(|line| !line.is_done && !line.is_shut).count();
        self.lang.count("setup-left", i64::try_from(left).unwrap_or_default())
    }
    /// The first step that is not done.
    fn next(&self) -> Option<&StepLine> {
        self.lines.iter().find(|line| !line.is_done && !line.is_shut)
    }
}

/// `GET /setup`, by the link that the server printed.
#[derive(Template, WebTemplate)]
#[template(path = "settings/templates/first.html")]
pub(super) struct FirstPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) form: FirstForm,
    pub(super) problem: Option<String>,
}

/// `GET /setup`, by nobody who may.
#[derive(Template, WebTemplate)]
#[template(path = "settings/templates/closed.html")]
pub(super) struct ClosedPage {
    pub(super) lang: Lang,
    pub(super) site: String,
}
