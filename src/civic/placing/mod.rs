//! Placing something on the map: where it is and how far it may reach, the photos that come with it, the address that is looked up. What the
//! forms of several modules have in common.
//!
//! What it is not: the forms, nor what they ask beside.

mod place;
mod sent;
pub mod shape;

use crate::base::db::Fault;
use crate::base::error::{Error, Problem, Result};
use crate::base::i18n::Message;
use crate::base::ids::{PhotoId, Visitor};
use crate::base::media::Arriving;
use crate::civic::accounts::{Counter, Limit};
use crate::core::app::App;
use crate::core::features::photos;
use crate::core::gazetteer::{self, Query};
pub use place::{ChosenPlace, on_the_map};
pub use sent::{Fields, Sent};

/// Takes the files that came with a form, and says which are not taken and why. What is taken is added to `kept`.
///
/// # Errors
/// Where the database refuses. That the folder of pictures does is a problem beside the text, which is not lost for it.
pub async fn take_photos(
    app: &App,
    author: Visitor,
    (files, counter): (Vec<Arriving>, &Counter),
    kept: &mut Vec<PhotoId>,
) -> Result<(Vec<Problem>, Option<Error>)> {
    let (mut problems, mut lost) = (Vec::new(), None);
    for file in files {
        // Counted like one that is sent by itself, and told beside the text, which is not lost for it.
        if let Err(often) = counter.count(Limit::PHOTO, author) {
            problems.push(Problem { field: "photo".into(), message: Message::new("photo-too-often") });
            lost = Some(often);
            break;
        }
        match photos::take(&app.db, &app.media, file, author, "").await {
            Ok(photo) => kept.push(photo.id),
            Err(Error::Invalid(refused)) => problems.extend(refused),
            Err(Error::Full(message)) => problems.push(Problem { field: "photo".into(), message }),
            Err(error @ Error::Pictures(fault)) => {
                let key = if fault == Fault::Full { "photo-no-room" } else { "photo-unwritable" };
                problems.push(Problem { field: "photo".into(), message: Message::new(key) });
                lost = Some(error);
                break;
            }
            Err(other) => return Err(other),
        }
    }
    if kept.len() > photos::MOST {
        let message = Message::new("photo-too-many").with("most", photos::MOST);
        problems.push(Problem { field: "photo".into(), message });
    }
    Ok((problems, lost))
}

/// An address that was looked for.
#[derive(Debug, Clone)]
pub struct FoundPlace {
    /// Longitude and latitude in degrees, joined by a comma.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Where that is.
    pub context: String,
}

/// How many addresses are offered where scripts are not there to ask for more.
const FOUND: usize = 8;

/// The addresses like what was typed, those near `at` (longitude and latitude in degrees) first.
///
/// # Errors
/// Where the database does not answer.
pub async fn addresses(app: &App, typed: &str, at: Option<(f64, f64)>) -> Result<Vec<FoundPlace>> {
    let found = app.places.find(&app.db, &Query::read(typed), at, FOUND).await?;
    let places = found.into_iter().map(|place| FoundPlace {
        value: format!("{:.6},{:.6}", place.lon, place.lat),
        label: match &place.house {
            Some(house) => format!("{house} {}", gazetteer::lower_first(&place.name)),
            None => place.name,
        },
        context: place.locality,
    });
    Ok(places.collect())
}
