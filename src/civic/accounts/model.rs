//! Who somebody is, and what they were given to do. No SQL, no HTTP.

use crate::base::clock::Timestamp;
use crate::base::i18n::Lang;
use crate::base::ids::{AccountId, AreaId, GrantId, ProcessId, SessionId, Visitor};
use crate::base::words::words;
use crate::core::atlas::World;
use crate::core::features::Card;
use chrono::TimeDelta;

/// How long a second factor that was shown stays good.
pub const SECOND_FACTOR: TimeDelta = TimeDelta::hours(12);

words! {
    /// How well somebody is known: what an act may ask for. In order, the least first.
    pub Level {
        /// Anybody; one voice a browser.
        Visitor = "visitor",
        /// Somebody who reads the letters sent to an e-mail address.
        Email = "email",
        /// Somebody for whom an identity provider vouched (FranceConnect).
        Verified = "verified",
        /// Somebody on the process's roll.
        Roll = "roll",
    }

    /// What somebody may do beside what every resident may. In order, the least first.
    pub Role {
        /// Looks after what is published: queue, flags, appeals.
        Moderator = "moderator",
        /// Answers for the authority.
        Agent = "agent",
        /// Runs processes: their pages, phases and rules. May do what moderators and agents may.
        Planner = "planner",
        /// Everything, and gives roles.
        Administrator = "administrator",
    }
}

impl Role {
    /// Whether who has this role may do what `other` may.
    pub fn covers(self, other: Role) -> bool {
        match self {
            Role::Administrator => true,
            Role::Planner => other != Role::Administrator,
            Role::Agent | Role::Moderator => self == other,
        }
    }
}

/// A person who signed in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What stands on their acts.
    pub voice: Visitor,
    /// In lower case; nothing once erased.
    pub email: Option<String>,
    /// The public name that they chose, perhaps none.
    pub name: String,
    /// The language in which they read when they signed in last.
    pub lang: Lang,
    /// In which capacity they speak: resident, association, professional, elected, agent.
    pub capacity: String,
    /// The commune that they say they live in.
    pub area_id: Option<AreaId>,
    /// When an identity provider vouched for them.
    pub verified_at: Option<Timestamp>,
    /// When they first signed in.
    pub created_at: Timestamp,
}

impl Account {
    /// How well they are known, rolls aside.
    pub fn level(&self) -> Level {
        if self.verified_at.is_some() { Level::Verified } else { Level::Email }
    }
}

/// The browser that a request comes from.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// Its id: what a list names it by. The cookie's value is another.
    pub id: SessionId,
    /// Whose.
    pub account_id: AccountId,
    /// In words.
    pub browser: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When a second factor was shown in it.
    pub strong_at: Option<Timestamp>,
}

/// A role that somebody has: everywhere, or in one process, or in one area and what lies in it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Whose.
    pub account_id: AccountId,
    /// What they may do.
    pub role: Role,
    /// In this process only.
    pub process_id: Option<ProcessId>,
    /// In this area only.
    pub area_id: Option<AreaId>,
    /// Since when.
    pub granted_at: Timestamp,
}

/// What an act is about, as far as roles go.
#[derive(Debug, Clone, Default)]
pub struct Jurisdiction {
    /// Its process.
    pub process: Option<ProcessId>,
    /// The areas that it lies in.
    pub areas: Vec<AreaId>,
}

impl Jurisdiction {
    /// Where a contribution belongs.
    pub fn of(world: &World, card: &Card) -> Jurisdiction {
        let process = world.processes().iter().find(|known| Some(&known.slug) == card.process.as_ref());
        let areas = card.area_slugs().into_iter().filter_map(|slug| world.territory().of_slug(slug));
        Jurisdiction { process: process.map(|known| known.id), areas: areas.map(|area| area.id).collect() }
    }
}

impl Grant {
    /// Whether it lets its holder do what `role` does, there.
    pub fn lets(&self, role: Role, place: &Jurisdiction) -> bool {
        self.role.covers(role)
            && self.process_id.is_none_or(|process| place.process == Some(process))
            && self.area_id.is_none_or(|area| place.areas.contains(&area))
    }
}
