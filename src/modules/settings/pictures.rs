//! The pictures of the site: its logo, and what stands beside its welcome. They come with the form of their section, so that nothing typed beside
//! them is left behind; drawn anew, kept, and off again.
//!
//! What it is not: the other settings of the form (`routes.rs`). Invariant: a picture is set in the version that the form's fields are in, or none
//! of them is.

use crate::base::error::{Error, Problem, Result};
use crate::base::http::{self, Fields, Takes};
use crate::base::i18n::Message;
use crate::base::media::{Arriving, Digest, Emblem, FILE, Picture};
use crate::core::app::App;
use crate::core::site::{Field, LOGO_IS_LIGHT, Section, Site, Sort};
use axum::extract::{FromRequest, Request};

/// The largest request: the pictures of a section and what its form says around them.
pub(super) const BODY: usize = FILES * FILE + (1 << 20);

const LOGO: &str = "logo";

/// The most pictures of a section.
const FILES: usize = 2;

/// A form of settings as a browser sends it: its fields, and the files by the names of theirs.
pub(super) struct SentForm {
    pub(super) fields: Fields,
    files: Vec<(String, Arriving)>,
}

impl FromRequest<App> for SentForm {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let takes = Takes { field: None, each: FILE, files: FILES };
        let brought = http::brought(request, &app.media, takes).await?;
        let files = brought.files.into_iter().map(|(_, file)| file);
        Ok(SentForm {
            files: brought.fields.into_iter().zip(files).collect(),
            fields: Fields::new(brought.texts),
        })
    }
}

/// What a form says of pictures: those that came, those that go, and those that are not taken.
#[derive(Default)]
pub(super) struct Pictures {
    set: Vec<(&'static Field, String)>,
    logo_is_light: bool,
    problems: Vec<Problem>,
}

impl Pictures {
    /// Draws those that came anew, and keeps their files. One that is off keeps its file: a version before may come back.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(super) async fn read(app: &App, section: Section, sent: SentForm) -> Result<Pictures> {
        let of_section = |name: &str| {
            Field::of_name(name).filter(|field| field.sort == Sort::Picture && field.section == section)
        };
        let mut read = Pictures::default();
        read.set.extend(of_section(sent.fields.get("remove")).map(|field| (field, String::new())));
        for (name, file) in sent.files {
            let Some(field) = of_section(&name) else { continue };
            match keep(app, field, file).await {
                Ok((digest, is_light)) => {
                    read.set.push((field, digest.to_string()));
                    read.logo_is_light |= is_light;
                }
                Err(Error::Invalid(problems)) => {
                    read.problems.extend(problems.into_iter().map(|p| Problem { field: name.clone(), ..p }));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(read)
    }

    /// Puts them into the settings where nothing is wrong with the form; else says of each that no form can bring it back by itself.
    pub(super) fn put_into(self, site: &mut Site, problems: &mut Vec<Problem>) {
        problems.extend(self.problems);
        for (field, value) in self.set {
            if problems.is_empty() {
                site.set(field.name, &value);
                if field.name == LOGO {
                    site.set(LOGO_IS_LIGHT, if self.logo_is_light { "yes" } else { "" });
                }
            } else if !value.is_empty() {
                let message = Message::new("site-picture-again");
                problems.push(Problem { field: field.name.into(), message });
            }
        }
    }
}

/// Draws a file anew and keeps it: a logo with what shines through, a picture as a photograph. Says of a logo whether it is light itself.
async fn keep(app: &App, field: &Field, file: Arriving) -> Result<(Digest, bool)> {
    if field.name != LOGO {
        let Picture { large, .. } = app.media.read(file).await?;
        return Ok((app.media.keep(large).await?, false));
    }
    let png = app.media.mark(file).await?;
    let looked_at = tokio::task::spawn_blocking(move || {
        // One of which nothing is seen is a logo all the same, on paper.
        let is_light = Emblem::read(&png).is_ok_and(|emblem| !emblem.is_of_paper());
        (png, is_light)
    });
    let (png, is_light) = looked_at.await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok((app.media.keep(png).await?, is_light))
}
