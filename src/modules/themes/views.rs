//! The pages of the desk of themes.

use super::model::{LABEL_MOST, OTHER, ThemeForm, token};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::Desk;
use crate::core::features::vocabulary::{PALETTE, Theme};
use askama::Template;
use askama_web::WebTemplate;

/// What a theme is to the list of them.
pub(super) struct ThemeLine {
    pub(super) theme: Theme,
    /// Slug and title of the process whose own it is.
    pub(super) owner: Option<(String, String)>,
    /// How many contributions have it.
    pub(super) uses: i64,
    /// Whether who reads the list may change it.
    pub(super) may_change: bool,
}

/// `GET /admin/themes`
#[derive(Template, WebTemplate)]
#[template(path = "themes/templates/list.html")]
pub(super) struct ListPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    pub(super) lines: Vec<ThemeLine>,
    /// What has just been done.
    pub(super) done: Option<String>,
    /// Whether who reads it may make shared ones.
    pub(super) may_share: bool,
}

/// A process that a new theme can be of.
pub(super) struct Owner {
    pub(super) slug: String,
    pub(super) title: String,
}

/// `GET /admin/themes/{id}` and `/admin/themes/new`
#[derive(Template, WebTemplate)]
#[template(path = "themes/templates/edit.html")]
pub(super) struct EditPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// As it is; nothing where one is made.
    pub(super) theme: Option<Theme>,
    /// Slug and title of the process whose own it is.
    pub(super) owner: Option<(String, String)>,
    pub(super) owners: Vec<Owner>,
    pub(super) may_share: bool,
    pub(super) uses: i64,
    /// The titles of processes whose rules name it.
    pub(super) chosen_by: Vec<String>,
    /// Every other theme.
    pub(super) others: Vec<Theme>,
    pub(super) icons: Vec<String>,
    pub(super) form: ThemeForm,
    pub(super) problems: Vec<Problem>,
}

impl EditPage {
    /// Whether nothing would be lost with it.
    pub(super) fn can_go(&self) -> bool {
        self.uses == 0 && self.chosen_by.is_empty()
    }
    /// What is wrong with a field; a decimal comma where the language has one.
    fn problem(&self, field: &str) -> Option<String> {
        let said = |message: &Message| {
            let mut message = message.clone();
            if self.lang == Lang::Fr {
                let found = message.args.iter_mut().filter(|(name, _)| *name == "found");
                found.for_each(|(_, number)| *number = number.replace('.', ","));
            }
            self.lang.say(&message)
        };
        self.problems.iter().find(|p| p.field == field).map(|p| said(&p.message))
    }
    fn heading(&self) -> String {
        match &self.theme {
            Some(theme) => theme.name(self.lang).to_owned(),
            None => self.lang.text("theme-new"),
        }
    }
    fn action(&self) -> String {
        self.theme
            .as_ref()
            .map_or_else(|| "/admin/themes".into(), |theme| format!("/admin/themes/{}", theme.id))
    }
    /// Each colour of the palette: `#rrggbb`, its name, and the themes that have it.
    fn colors(&self) -> Vec<(&'static str, String, String)> {
        let name = |color: &str| self.lang.text(&format!("theme-color-{}", color.trim_start_matches('#')));
        let having = |color: &str| {
            let themes = self.others.iter().filter(|theme| theme.color == color);
            themes.map(|theme| theme.name(self.lang)).collect::<Vec<_>>().join(", ")
        };
        PALETTE.iter().map(|color| (*color, name(color), having(color))).collect()
    }
    fn other(&self) -> &'static str {
        OTHER
    }
    fn most(&self) -> usize {
        LABEL_MOST
    }
    fn was(&self) -> String {
        self.theme.as_ref().map(token).unwrap_or_default()
    }
    pub(super) fn icon_name(&self, icon: &str) -> String {
        self.lang.text(&format!("icon-{icon}"))
    }
    fn used(&self) -> String {
        self.lang.count("theme-uses", self.uses)
    }
    fn chosen(&self) -> String {
        self.lang.say(&Message::new("theme-chosen-by").with("processes", self.chosen_by.join(", ")))
    }
}
