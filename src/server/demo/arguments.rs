//! What people say for and against ideas: first what was written for the very idea, then what is said of any idea of its
//! theme, each but a few times.

use super::ideas::Idea;
use super::texts::{Theme, put};
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::ids::Visitor;
use crate::core::features::{Kind, Voice};
use chrono::Duration;
use parvis_country::chance::Chance;

/// An argument before it has ids.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) side: Voice,
    pub(super) body: String,
    pub(super) author: Visitor,
    pub(super) at: Timestamp,
}

/// How often the same general remark is made.
const REPEATS: usize = 4;

/// Gives every idea its arguments, by people of the crowd, after the idea and before `now`.
///
/// # Errors
/// Where a general remark names a place.
pub(super) fn argue(ideas: &mut [Idea], themes: &[Theme], crowd: &[Visitor], now: Timestamp) -> Result<()> {
    let mut chance = Chance::new(141);
    let mut remarks = Vec::new();
    for theme in themes {
        for (side, texts) in [(Voice::For, &theme.pro), (Voice::Against, &theme.contra)] {
            for text in texts {
                remarks.push((theme.name, side, put(text, &[])?, 0));
            }
        }
    }
    for idea in ideas {
        let mut said: Vec<(Voice, String)> = Vec::new();
        said.extend(idea.written.0.iter().map(|body| (Voice::For, body.clone())));
        said.extend(idea.written.1.iter().map(|body| (Voice::Against, body.clone())));
        for _ in 0..general(idea, said.len(), &mut chance) {
            // The least used first; among them by chance.
            let fits = |(_, (theme, _, body, used)): &(usize, &(&str, Voice, String, usize))| {
                *theme == idea.theme && *used < REPEATS && said.iter().all(|(_, other)| other != body)
            };
            let mut free: Vec<(usize, usize)> =
                remarks.iter().enumerate().filter(fits).map(|(at, remark)| (remark.3, at)).collect();
            chance.shuffle(&mut free);
            let Some((_, at)) = free.into_iter().min_by_key(|(used, _)| *used) else { break };
            remarks[at].3 += 1;
            said.push((remarks[at].1, remarks[at].2.clone()));
        }
        chance.shuffle(&mut said);
        let first = chance.below(crowd.len());
        let mut arguments = Vec::new();
        for (number, (side, body)) in said.into_iter().enumerate() {
            let author = crowd.get((first + number * 53) % crowd.len()).copied().unwrap_or(idea.author);
            arguments.push(Said { side, body, author, at: after(idea.created_at, now, &mut chance) });
        }
        arguments.sort_by_key(|argument| argument.at);
        idea.arguments = arguments;
    }
    Ok(())
}

/// How many general remarks an idea draws: more where many voted, few on what is only to be repaired.
fn general(idea: &Idea, written: usize, chance: &mut Chance) -> usize {
    let voices = idea.voices.len();
    match idea.kind {
        Kind::REPORT => usize::from(chance.happens(0.1)),
        _ if written >= 6 => chance.below(3),
        _ if voices >= 40 => 2 + chance.below(3),
        _ if voices >= 12 => 1 + chance.below(2),
        _ => usize::from(chance.happens(0.62)) + usize::from(chance.happens(0.18)),
    }
}

/// Between the idea and now, most of them soon.
fn after(created: Timestamp, now: Timestamp, chance: &mut Chance) -> Timestamp {
    let seconds = (now - created).num_seconds().max(4) as f64;
    created + Duration::seconds(1 + ((seconds - 3.0) * chance.unit().powi(2)) as i64)
}
