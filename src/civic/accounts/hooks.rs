//! Where a module stands on pages that are not its own: links in the head and at the foot of every page, rooms of the desk, parts of a
//! contribution's page, cards of the front page, figures and links on a process's page.
//!
//! What it is not: a way to change what others do. A hook is shown to who may see it; what it leads to is kept shut by its route.

use super::actor::Actor;
use super::routes::Access;
use crate::base::db::Answer;
use crate::base::http::{self, Reader};
use crate::base::i18n::Lang;
use crate::base::ids::ProcessId;
use crate::civic::figures::Figure;
use crate::core::app::App;
use crate::core::features::Card;
use crate::modules::hooks;

/// A place that a module has on others' pages.
#[derive(Debug, Clone, Copy)]
pub struct Hook {
    /// Where.
    pub at: Spot,
    /// Before those of a higher number.
    pub order: i8,
    /// Who sees it.
    pub who: Access,
    /// What is there.
    pub render: Render,
}

/// Where something of several modules stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The links in the head of every page.
    Navigation,
    /// The links at the foot of every page.
    Foot,
    /// The rooms of the desk.
    Desk,
    /// A contribution's page, between what it says and its voices.
    FeaturePanel,
    /// The map's page and the list's, before how many contributions there are.
    FrontCard,
    /// Figures on a process's page.
    Figure,
    /// The links at the head of a process's page.
    Process,
    /// What people are asked to do on the map and the list.
    Act,
}

/// What stands there.
#[derive(Debug, Clone, Copy)]
pub enum Render {
    /// A link: its address, and the key of its name. On a process's page `{slug}` is the process.
    Link(&'static str, &'static str),
    /// A part of a page, as HTML; nothing where it has nothing to say.
    Panel(Panel),
    /// A card, as HTML; nothing where it has nothing to say.
    Card(FrontCard),
    /// Counts; nothing where there is nothing to count.
    Figure(Counting),
    /// What can be done: the address of its form, the key of its name, and whether it can be done now. The form takes `lon` and `lat`.
    Act(&'static str, &'static str, Taken),
}

/// Makes a part of a contribution's page.
pub type Panel = for<'a> fn(&'a Seen<'a>) -> Answer<'a, String>;

/// Makes a card of the front page.
pub type FrontCard = for<'a> fn(&'a Around<'a>) -> Answer<'a, String>;

/// Makes a figure.
pub type Counting = for<'a> fn(&'a Around<'a>) -> Answer<'a, Option<Figure>>;

/// Whether what is asked for can be done now, where the page is of one process or of all.
pub type Taken = fn(&Around<'_>) -> crate::base::error::Result<bool>;

/// Something that people are asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The address of its form.
    pub path: &'static str,
    /// What it is called, in the reader's language.
    pub name: String,
}

/// A page of many contributions, as who reads it sees it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The application.
    pub app: &'a App,
    /// Language and address of the reader.
    pub reader: &'a Reader,
    /// Who reads, where the page knows: the map's does not ask the database for it.
    pub actor: Option<&'a Actor>,
    /// The process that the page is of, where it is of one alone.
    pub process: Option<ProcessId>,
}

/// A contribution's page, as who reads it sees it.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The application.
    pub app: &'a App,
    /// Language and address of the reader.
    pub reader: &'a Reader,
    /// Who reads.
    pub actor: &'a Actor,
    /// What they read.
    pub card: &'a Card,
}

impl Hook {
    /// A link in the head of every page.
    pub const fn navigation(order: i8, path: &'static str, name: &'static str) -> Hook {
        Hook { at: Spot::Navigation, order, who: Access::Everyone, render: Render::Link(path, name) }
    }

    /// A link at the foot of every page.
    pub const fn foot(order: i8, path: &'static str, name: &'static str) -> Hook {
        Hook { at: Spot::Foot, order, who: Access::Everyone, render: Render::Link(path, name) }
    }

    /// A room of the desk.
    pub const fn desk(order: i8, who: Access, path: &'static str, name: &'static str) -> Hook {
        Hook { at: Spot::Desk, order, who, render: Render::Link(path, name) }
    }

    /// A part of a contribution's page.
    pub const fn panel(order: i8, who: Access, panel: Panel) -> Hook {
        Hook { at: Spot::FeaturePanel, order, who, render: Render::Panel(panel) }
    }

    /// A card of the front page, shown to everybody: that page does not know who reads it.
    pub const fn card(order: i8, card: FrontCard) -> Hook {
        Hook { at: Spot::FrontCard, order, who: Access::Everyone, render: Render::Card(card) }
    }

    /// A figure on a process's page.
    pub const fn figure(order: i8, who: Access, counting: Counting) -> Hook {
        Hook { at: Spot::Figure, order, who, render: Render::Figure(counting) }
    }

    /// A link on the page of each process that everybody may see; `{slug}` in its address is the process's.
    pub const fn process(order: i8, path: &'static str, name: &'static str) -> Hook {
        Hook { at: Spot::Process, order, who: Access::Everyone, render: Render::Link(path, name) }
    }

    /// What people are asked to do, on the map and the list: its form, and whether that takes anything now.
    pub const fn act(order: i8, path: &'static str, name: &'static str, taken: Taken) -> Hook {
        Hook { at: Spot::Act, order, who: Access::Everyone, render: Render::Act(path, name, taken) }
    }

    fn link(&self) -> Option<(&'static str, &'static str)> {
        match self.render {
            Render::Link(path, name) => Some((path, name)),
            Render::Panel(_) | Render::Card(_) | Render::Figure(_) | Render::Act(..) => None,
        }
    }
}

/// The links of every page, by what is known of its reader without asking: address and name.
pub fn links(at: Spot, lang: &Lang) -> Vec<(&'static str, String)> {
    let is_shown = |hook: &&Hook| match hook.who {
        Access::AnyHolder => http::has_desk(),
        who => who == Access::Everyone,
    };
    let shown = hooks(at);
    let each = shown.iter().copied().filter(is_shown).filter_map(Hook::link);
    each.map(|(path, name)| (path, lang.text(name))).collect()
}

/// The links of a process's page: address and name.
pub fn process_links(slug: &str, lang: Lang) -> Vec<(String, String)> {
    let links = links(Spot::Process, &lang).into_iter();
    links.map(|(path, name)| (path.replace("{slug}", slug), name)).collect()
}

/// The rooms of the desk that somebody may open: order, address and key of the name.
pub(super) fn rooms(actor: &Actor) -> Vec<(i8, &'static str, &'static str)> {
    let open = hooks(Spot::Desk).into_iter().filter(|hook| hook.who.lets(actor));
    open.filter_map(|hook| hook.link().map(|(path, name)| (hook.order, path, name))).collect()
}

impl Seen<'_> {
    /// The parts of the page that other modules make, as HTML.
    ///
    /// # Errors
    /// Where one of them cannot be made.
    pub async fn panels(&self) -> crate::base::error::Result<Vec<String>> {
        let mut parts = Vec::new();
        for hook in hooks(Spot::FeaturePanel) {
            if let (Render::Panel(panel), true) = (hook.render, hook.who.lets(self.actor)) {
                parts.push(panel(self).await?);
            }
        }
        Ok(parts)
    }
}

impl Around<'_> {
    fn shows(&self, hook: &Hook) -> bool {
        match self.actor {
            Some(actor) => hook.who.lets(actor),
            None => hook.who == Access::Everyone,
        }
    }

    /// The cards of the front page, as HTML. One that cannot be made is left out and logged: the map is there without it.
    pub async fn cards(&self) -> Vec<String> {
        let mut cards = Vec::new();
        for hook in hooks(Spot::FrontCard).into_iter().filter(|hook| self.shows(hook)) {
            let Render::Card(card) = hook.render else { continue };
            match card(self).await {
                Ok(card) if card.is_empty() => {}
                Ok(card) => cards.push(card),
                Err(error) => tracing::warn!(%error, "a card of the front page is left out"),
            }
        }
        cards
    }

    /// What people are asked to do here: what can be done now, and nothing else, so that no button leads to a refusal.
    ///
    /// # Errors
    /// Where a process's settings are none.
    pub fn acts(&self) -> crate::base::error::Result<Vec<Invitation>> {
        let mut acts = Vec::new();
        for hook in hooks(Spot::Act).into_iter().filter(|hook| self.shows(hook)) {
            if let Render::Act(path, name, taken) = hook.render
                && taken(self)?
            {
                acts.push(Invitation { path, name: self.reader.lang.text(name) });
            }
        }
        Ok(acts)
    }

    /// The figures of the page, as HTML.
    ///
    /// # Errors
    /// Where one of them cannot be made.
    pub async fn figures(&self) -> crate::base::error::Result<Vec<String>> {
        let mut figures = Vec::new();
        for hook in hooks(Spot::Figure).into_iter().filter(|hook| self.shows(hook)) {
            let Render::Figure(counting) = hook.render else { continue };
            if let Some(figure) = counting(self).await? {
                figures.push(figure.html(self.reader.lang)?);
            }
        }
        Ok(figures)
    }
}
