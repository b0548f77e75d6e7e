//! What a theme must be: a label that no other has where both are offered, a colour that can be seen, an icon that there is. No
//! SQL, no HTTP.

use crate::base::error::Problem;
use crate::base::i18n::{Lang, Message};
use crate::base::ids::ProcessId;
use crate::base::text::{line, slug};
use crate::core::features::vocabulary::{Names, PALETTE, Theme, contrast};
use crate::core::layers::Scheme;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The least contrast of a colour with the paper of the map (WCAG 2.2, 1.4.11).
const CONTRAST: f64 = 3.0;

/// The longest label, in characters: what a chip of the filter has room for on a phone.
pub(super) const LABEL_MOST: usize = 40;

/// The choice of a colour that is not of the palette.
pub(super) const OTHER: &str = "other";

/// The form as it was sent. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ThemeForm {
    pub(super) label: String,
    /// A colour of the palette, or [`OTHER`].
    pub(super) color: String,
    /// The other colour, `#rrggbb`.
    pub(super) other: String,
    pub(super) icon: String,
    /// Its name in English.
    pub(super) label_en: String,
    /// The slug of the process whose own it is to be; empty: shared. Read where a theme is made.
    pub(super) process: String,
    /// What it saw of the theme (see [`token`]).
    pub(super) was: String,
    /// Where it says anything: not this theme, but the usual ones.
    pub(super) usual: String,
}

/// A theme's state, as a form names what it saw.
pub(super) fn token(theme: &Theme) -> String {
    let says =
        [theme.label.as_str(), &theme.color, &theme.icon, theme.names.of(Lang::En).unwrap_or_default()]
            .join("\u{0}");
    Sha256::digest(says.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A theme that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) label: String,
    pub(super) color: String,
    pub(super) icon: String,
    pub(super) names: Names,
}

/// Among what a theme is checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Among<'a> {
    /// Every theme.
    pub(super) themes: &'a [Theme],
    /// The one that is changed; nothing where one is made.
    pub(super) current: Option<&'a Theme>,
    /// Whose own it is.
    pub(super) process: Option<ProcessId>,
    /// Every icon.
    pub(super) icons: &'a [String],
}

impl ThemeForm {
    /// The form of a theme as it is.
    pub(super) fn of(theme: &Theme) -> ThemeForm {
        let is_of_palette = PALETTE.contains(&theme.color.as_str());
        ThemeForm {
            label: theme.label.clone(),
            color: if is_of_palette { theme.color.clone() } else { OTHER.to_owned() },
            other: if is_of_palette { String::new() } else { theme.color.clone() },
            icon: theme.icon.clone(),
            label_en: theme.names.of(Lang::En).unwrap_or_default().to_owned(),
            process: String::new(),
            was: String::new(),
            usual: String::new(),
        }
    }

    /// An empty form with the first colour that no theme has.
    pub(super) fn new(themes: &[Theme], process: String) -> ThemeForm {
        let is_free = |color: &&&str| themes.iter().all(|theme| theme.color != ***color);
        let color = PALETTE.iter().find(is_free).unwrap_or(&PALETTE[0]);
        ThemeForm { color: (*color).to_owned(), icon: "dot".into(), process, ..ThemeForm::default() }
    }

    /// Checks everything, and says all that is wrong at once.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub(super) fn check(&self, among: Among<'_>) -> Result<Checked, Vec<Problem>> {
        let mut problems = Vec::new();
        let label = line(&self.label, usize::MAX);
        let checks = [
            ("label", check_label(&label, among).err()),
            (
                "label_en",
                is_long(&self.label_en).then(|| Message::new("theme-label-length").with("most", LABEL_MOST)),
            ),
            ("icon", (!among.icons.contains(&self.icon)).then(|| Message::new("theme-bad-icon"))),
        ];
        for (field, message) in checks {
            problems.extend(message.map(|message| Problem { field: field.into(), message }));
        }
        match self.chosen_color(among.current) {
            Ok(color) if problems.is_empty() => {
                let names = Names::english(&line(&self.label_en, usize::MAX));
                Ok(Checked { label, color, icon: self.icon.clone(), names })
            }
            Ok(_) => Err(problems),
            Err(message) => {
                problems.push(Problem { field: "color".into(), message });
                Err(problems)
            }
        }
    }

    fn chosen_color(&self, current: Option<&Theme>) -> Result<String, Message> {
        let other = self.other.trim().trim_start_matches('#').to_ascii_lowercase();
        let color = if self.color == OTHER { format!("#{other}") } else { self.color.clone() };
        let is_known = PALETTE.contains(&color.as_str()) || current.is_some_and(|theme| theme.color == color);
        if is_known {
            return Ok(color);
        }
        if self.color != OTHER {
            return Err(Message::new("theme-no-color"));
        }
        if other.len() != 6 || !other.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Message::new("theme-color-form"));
        }
        for (scheme, key) in [(Scheme::Light, "theme-color-light"), (Scheme::Dark, "theme-color-dark")] {
            let found = contrast(&color, scheme.palette().paper);
            if found < CONTRAST {
                // Never rounded up to what would be enough.
                return Err(Message::new(key).with("found", format!("{:.1}", (found * 10.0).floor() / 10.0)));
            }
        }
        Ok(color)
    }
}

/// Whether a name in English is too long; there need be none.
fn is_long(name: &str) -> bool {
    line(name, usize::MAX).chars().count() > LABEL_MOST
}

/// Whether a label can be told from every other that is offered beside it: a process offers its own and shared ones.
fn check_label(label: &str, among: Among<'_>) -> Result<(), Message> {
    if crate::base::text::seen(label) < 2
        || label.chars().count() > LABEL_MOST
        || !label.chars().any(char::is_alphanumeric)
    {
        return Err(Message::new("theme-label-length").with("most", LABEL_MOST));
    }
    let is_beside = |other: &Theme| {
        among.process.is_none() || other.process_id.is_none() || other.process_id == among.process
    };
    let mut others = among.themes.iter().filter(|other| Some(other.id) != among.current.map(|t| t.id));
    match others.find(|other| is_beside(other) && slug(&other.label) == slug(label)) {
        Some(other) => Err(Message::new("theme-doubled").with("label", &other.label)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ids::ThemeId;

    fn theme(id: i64, label: &str, process: Option<i64>) -> Theme {
        Theme {
            id: ThemeId(id),
            slug: slug(label),
            label: label.into(),
            color: "#0072b2".into(),
            icon: "dot".into(),
            process_id: process.map(ProcessId),
            names: Names::default(),
        }
    }

    fn wrong(
        form: &ThemeForm,
        themes: &[Theme],
        process: Option<i64>,
    ) -> Vec<std::borrow::Cow<'static, str>> {
        let among = Among {
            themes,
            current: None,
            process: process.map(ProcessId),
            icons: &["dot".to_owned(), "tree".to_owned()],
        };
        form.check(among).err().unwrap_or_default().into_iter().map(|p| p.message.key).collect()
    }

    fn form(label: &str, color: &str, other: &str) -> ThemeForm {
        let words = |text: &str| text.to_owned();
        ThemeForm {
            label: words(label),
            color: words(color),
            other: words(other),
            label_en: String::new(),
            icon: "tree".into(),
            process: String::new(),
            was: String::new(),
            usual: String::new(),
        }
    }

    #[test]
    fn a_label_is_told_from_those_that_are_offered_beside_it() {
        let themes = [theme(1, "Mobilités", None), theme(2, "Pistes", Some(1))];
        let doubled =
            |label, process| wrong(&form(label, "#0072b2", ""), &themes, process) == ["theme-doubled"];
        assert!(doubled(" mobilites ", None) && doubled("Mobilités", Some(2)));
        assert!(doubled("Pistes", Some(1)) && doubled("Pistes", None), "a shared one is offered beside it");
        assert!(!doubled("Pistes", Some(2)), "another process's own is not");
    }

    #[test]
    fn a_label_is_words() {
        for bad in ["", " ", "x", "…!", &"long".repeat(11)] {
            assert_eq!(wrong(&form(bad, "#0072b2", ""), &[], None), ["theme-label-length"], "{bad}");
        }
        assert!(wrong(&form("水辺", "#0072b2", ""), &[], None).is_empty());
    }

    #[test]
    fn a_colour_is_of_the_palette_or_can_be_seen_on_both_papers() {
        let said = |color, other| wrong(&form("Eau", color, other), &[], None);
        assert!(
            said("#e69f00", "").is_empty()
                && said(OTHER, "#0072B2").is_empty()
                && said(OTHER, "c2410c").is_empty()
        );
        assert_eq!(said(OTHER, "#ffee00"), ["theme-color-light"]);
        assert_eq!(said(OTHER, "#101010"), ["theme-color-dark"]);
        for bad in ["", "red", "#12345", "#12345g", "#1234567", "url(x)", "#ééé"] {
            assert_eq!(said(OTHER, bad), ["theme-color-form"], "{bad}");
        }
        for bad in ["", "#123456", "\"><script>"] {
            assert_eq!(said(bad, ""), ["theme-no-color"], "{bad}");
        }
    }

    #[test]
    fn a_colour_that_a_theme_has_already_may_stay() {
        let old = Theme { color: "#ffee00".into(), ..theme(1, "Eau", None) };
        let icons = ["dot".to_owned()];
        let among = Among { themes: &[], current: Some(&old), process: None, icons: &icons };
        assert_eq!(ThemeForm::of(&old).check(among).unwrap().color, "#ffee00");
    }

    #[test]
    fn a_new_theme_begins_with_a_colour_that_is_free() {
        assert_eq!(ThemeForm::new(&[theme(1, "Eau", None)], String::new()).color, "#d55e00");
    }
}
