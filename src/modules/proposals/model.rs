//! What a proposal must be before it is written. No SQL, no HTTP.

use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::base::ids::{PhotoId, ThemeId};
use crate::base::text::{clean, seen};
use crate::civic::placing::{ChosenPlace, Fields, on_the_map};
use crate::civic::processes::ProcessRules;
use crate::core::atlas::World;
use crate::core::features::Content;

/// What a person wants done with what they typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Step {
    /// Publish it.
    #[default]
    Publish,
    /// Show what it will look like, and what is like it.
    Preview,
    /// Show the form again.
    Correct,
    /// Look for the address that was typed.
    Find,
}

impl Step {
    fn of_word(word: &str) -> Step {
        match word {
            "preview" => Step::Preview,
            "correct" => Step::Correct,
            "find" => Step::Find,
            _ => Step::Publish,
        }
    }
}

/// The form as it was sent. Everything is text, so that what was typed can be shown again.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub(super) step: Step,
    pub(super) title: String,
    pub(super) body: String,
    /// A slug, or empty.
    pub(super) theme: String,
    /// Degrees, or empty.
    pub(super) lon: String,
    /// Degrees, or empty.
    pub(super) lat: String,
    /// A slug, or empty: for an idea about a whole area.
    pub(super) area: String,
    /// GeoJSON of a line or an area that was drawn, or empty.
    pub(super) geometry: String,
    /// An address to look for, or empty.
    pub(super) address: String,
    /// Pending photos.
    pub(super) photos: Vec<PhotoId>,
    /// What photos show, by id.
    pub(super) alts: Vec<(PhotoId, String)>,
    /// Photos to leave out.
    pub(super) dropped: Vec<PhotoId>,
    /// The key of an edit link, or empty.
    pub(super) key: String,
    /// The slug of a process, or empty.
    pub(super) process: String,
    /// Of an idea that is changed: the number of the line that last said something, when the form was opened; or empty.
    pub(super) base: String,
}

impl Fields for Form {
    /// Reads the fields of a form or a query. Unknown ones are left alone: an address may be longer than we know.
    fn of_fields(fields: impl IntoIterator<Item = (String, String)>) -> Form {
        let mut form = Form::default();
        let mut found = String::new();
        for (name, value) in fields {
            match name.as_str() {
                "step" => form.step = Step::of_word(&value),
                "title" => form.title = value,
                "body" => form.body = value,
                "theme" => form.theme = value,
                "lon" => form.lon = value,
                "lat" => form.lat = value,
                "area" => form.area = value,
                "geometry" => form.geometry = value,
                "address" => form.address = value,
                "found" => found = value,
                "key" => form.key = value,
                "process" => form.process = value,
                "base" => form.base = value,
                "photo" => form.photos.extend(PhotoId::of_text(&value)),
                "drop" => form.dropped.extend(PhotoId::of_text(&value)),
                name => {
                    let photo = name.strip_prefix("alt-").and_then(PhotoId::of_text);
                    form.alts.extend(photo.map(|id| (id, value)));
                }
            }
        }
        form.photos.retain(|id| !form.dropped.contains(id));
        // An address chosen from a list stands for a place only where none was set otherwise.
        if form.lon.is_empty()
            && form.geometry.is_empty()
            && let Some((lon, lat)) = found.split_once(',')
        {
            (form.lon, form.lat) = (lon.to_owned(), lat.to_owned());
        }
        form
    }
}

impl Form {
    /// Whether a photo came with this form, and is not the feature's yet.
    pub(super) fn is_pending(&self, photo: &PhotoId) -> bool {
        self.photos.contains(photo)
    }

    /// What a photo shows, as it was typed.
    pub(super) fn alt(&self, photo: PhotoId) -> &str {
        self.alts.iter().find(|(id, _)| *id == photo).map_or("", |(_, alt)| alt.as_str())
    }

    /// Each pending photo with what it shows.
    pub(super) fn captions(&self) -> Vec<(PhotoId, String)> {
        self.photos.iter().map(|id| (*id, self.alt(*id).to_owned())).collect()
    }

    /// Longitude and latitude in degrees, where the form says one that the map shows.
    pub(super) fn at(&self) -> Option<(f64, f64)> {
        on_the_map(&self.lon, &self.lat)
    }

    /// Whether the place is said in a way that only its fields show.
    pub(super) fn has_only_coordinates(&self) -> bool {
        !self.area.is_empty()
    }

    /// Checks everything, and says all that is wrong at once. `kept` is the slug of the theme that the idea has already: it may stay,
    /// also where the idea came from another process.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub(super) fn check(&self, world: &World, process: &ProcessRules, kept: Option<&str>) -> Result<Content> {
        let rules = &process.settings.rules;
        let mut problems = Vec::new();
        let mut wrong = |field: &str, message| problems.push(Problem { field: field.into(), message });
        let title = clean(&self.title.replace(['\n', '\r', '\t'], " "));
        match title.chars().count() {
            _ if seen(&title) < 3 => wrong("title", Message::new("proposal-title-short")),
            long if long <= rules.title_most => {}
            long => {
                let most = rules.title_most;
                wrong("title", Message::new("proposal-too-long").with("length", long).with("most", most));
            }
        }
        let body = clean(&self.body);
        let length = body.chars().count();
        if length > rules.body_most {
            let most = rules.body_most;
            wrong("body", Message::new("proposal-too-long").with("length", length).with("most", most));
        }
        let theme = match theme(self.theme.trim(), world, process, kept) {
            Ok(theme) => theme,
            Err(message) => {
                wrong("theme", message);
                None
            }
        };
        let mut content =
            Content { title, body, theme, geometry: None, stated_area: None, areas: Vec::new() };
        let place = ChosenPlace::read(&self.geometry, &self.lon, &self.lat, &self.area, world);
        match place.and_then(|place| place.in_process(process, world)) {
            Ok(ChosenPlace::Drawn(geometry)) => {
                content.areas = world.territory().areas_of(&geometry);
                content.geometry = Some(geometry);
            }
            Ok(ChosenPlace::Area(id)) => {
                content.areas = world.territory().with_parents([id]);
                content.stated_area = Some(id);
            }
            Err(message) => wrong("place", message),
        }
        if problems.is_empty() { Ok(content) } else { Err(Error::Invalid(problems)) }
    }
}

/// The theme of a slug; nothing for none.
///
/// # Errors
/// Why an idea of this process may not have it.
fn theme(
    slug: &str,
    world: &World,
    process: &ProcessRules,
    kept: Option<&str>,
) -> Result<Option<ThemeId>, Message> {
    if slug.is_empty() {
        return Ok(None);
    }
    let theme = world.themes().iter().find(|theme| theme.slug == slug);
    let theme = theme.ok_or_else(|| Message::new("proposal-unknown-theme"))?;
    if process.offers(theme) || kept == Some(slug) {
        return Ok(Some(theme.id));
    }
    Err(match world.owner(theme) {
        Some(owner) if owner.is_draft() => Message::new("proposal-unknown-theme"),
        Some(owner) => {
            Message::new("theme-of-other").with("theme", &theme.label).with("process", &owner.title)
        }
        None => Message::new("process-theme"),
    })
}
