//! The tour of the demonstration's desk: plain links from page to page, each with a few words on what is there. A page's step is in its
//! address (`?tour=2`); leaving it is a link without it.
//!
//! What it is not: help (`modules/about`). Invariant: only the people of the demonstration are offered it, where the operator shows their
//! letters; each is led to the rooms that they may open, and to no other.

use crate::base::i18n::Lang;
use crate::civic::accounts::inbox::PEOPLE;
use crate::civic::accounts::{Account, Actor};
use crate::core::app::App;

/// The parameter.
const NAME: &str = "tour";

/// Each step: the room, what of it is asked for, and the word of its texts.
const STEPS: [(&str, &str, &str); 8] = [
    (super::FIRST, "", "first"),
    ("/admin/moderation", "tab=flagged", "moderation"),
    ("/admin/answers", "status=open&sort=votes", "answers"),
    ("/admin/replies", "", "replies"),
    ("/admin/processes", "", "processes"),
    ("/admin/areas", "", "areas"),
    ("/admin/people", "", "people"),
    ("/admin/site", "", "site"),
];

/// One step of it, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tour {
    /// Which step, from 1.
    pub step: usize,
    /// Of how many.
    pub of: usize,
    /// What is here.
    pub title: String,
    /// What to look at.
    pub text: String,
    /// The address of the step before.
    pub before: Option<String>,
    /// The address of the step after.
    pub after: Option<String>,
    /// The address of the page without the tour.
    pub end: String,
}

/// Whether somebody plays one of the demonstration's people.
pub(super) fn is_played(app: &App, account: Option<&Account>) -> bool {
    let email = account.and_then(|account| account.email.as_deref());
    app.config.demo_inbox && PEOPLE.iter().any(|(_, address)| Some(*address) == email)
}

/// The number of the step that an address asks for, where there is a tour for who asks.
pub(super) fn asked(app: &App, actor: &Actor, query: &str) -> Option<usize> {
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == NAME)?.1;
    let step = asked.parse().ok()?;
    is_played(app, actor.account.as_ref()).then_some(step)
}

/// The address of a step.
pub(super) fn address(room: &str, query: &str, step: usize) -> String {
    let and = if query.is_empty() { "" } else { "&" };
    format!("{room}?{query}{and}{NAME}={step}")
}

impl Tour {
    /// A step in this room, of a tour through the rooms that are open.
    pub(super) fn at(step: usize, here: &str, open: &[&str], lang: Lang) -> Option<Tour> {
        let steps: Vec<_> = STEPS.iter().filter(|(room, ..)| open.contains(room)).collect();
        let (room, query, word) = **steps.get(step.checked_sub(1)?)?;
        let at = |step: usize| {
            let (room, query, _) = **steps.get(step.checked_sub(1)?)?;
            Some(address(room, query, step))
        };
        let and = if query.is_empty() { "" } else { "?" };
        (room == here).then(|| Tour {
            step,
            of: steps.len(),
            title: lang.text(&format!("tour-{word}")),
            text: lang.text(&format!("tour-{word}-said")),
            before: at(step - 1),
            after: at(step + 1),
            end: format!("{room}{and}{query}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tour_goes_through_open_rooms_only_and_ends() {
        let open = ["/admin", "/admin/answers"];
        let first = Tour::at(1, "/admin", &open, Lang::Fr).unwrap();
        assert_eq!((first.step, first.of, first.before.clone()), (1, 2, None));
        let last = Tour::at(2, "/admin/answers", &open, Lang::Fr).unwrap();
        assert_eq!(first.after.as_deref(), Some("/admin/answers?status=open&sort=votes&tour=2"));
        assert_eq!((last.after.clone(), last.end.as_str()), (None, "/admin/answers?status=open&sort=votes"));
        assert_eq!(last.before.as_deref(), Some("/admin?tour=1"));
        assert_eq!(Tour::at(2, "/admin/people", &open, Lang::Fr), None, "a step belongs to its room");
        assert_eq!(
            (Tour::at(0, "/admin", &open, Lang::Fr), Tour::at(9, "/admin", &open, Lang::Fr)),
            (None, None)
        );
    }
}
