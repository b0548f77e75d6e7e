//! People: accounts, the browsers in which they are signed in, the roles that they were given, and which door wants which.
//!
//! What it is: who acts ([`Actor`], [`Acting`]) and what they may do, for every module. What it is not: the rules of a process,
//! which say what level of identity an act needs (`processes`).
//!
//! Invariant: a person's acts carry one id, their `voice`, wherever a visitor's random id would stand. What they did before
//! signing in is theirs afterwards, and one voice stays one voice.

mod actor;
mod browser;
mod bursts;
mod desk;
mod doors;
mod guard;
mod inbox;
pub mod kept_voices;
mod limits;
mod model;
mod outside;
mod own;
mod passkeys;
pub mod people;
mod reading;
mod receipt;
mod searches;
mod sent;
mod session;
mod sign_in;
pub mod store;
#[cfg(test)]
mod tests;

pub use actor::{Acting, Actor};
pub use desk::{Desk, Pages};
pub use doors::{Access, BODY, Door, Doors, Waiting, Waits};
pub use inbox::PEOPLE;
pub use limits::{Limit, Limits, Period, Rate};
pub use model::{Account, Grant, Level, Place, Role, SECOND_FACTOR, Session};
#[cfg(test)]
pub(crate) use outside::of_identity;
pub use passkeys::tell_forgotten_passkeys;
pub use reading::reading;
pub use receipt::{promise_receipt, receipt_link};
pub use session::{forgotten, upkeep};

use crate::module::{Erasing, Holding, Module, Proof, Purpose, Whose};

/// Ways in: they end with the account that they lead to.
const HOLDINGS: &[Holding] = &[
    Holding {
        table: "sign_in_link",
        personal: &["email", "destination", "created_at", "expires_at", "used_at"],
        // The mailbox is a keyed digest: it counts letters, for the minutes that a link lasts.
        plain: &["digest", "browser", "mailbox"],
        whose: Whose::Email("email"),
        purpose: Purpose::Accounts,
        erasing: Erasing::By(sign_in::store::erase),
    },
    Holding {
        table: "ceremony",
        personal: &["account_id", "kind", "expires_at"],
        plain: &["digest", "content"],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Accounts,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "passkey",
        personal: &["account_id", "credential", "content", "name", "created_at", "used_at"],
        plain: &["id"],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Accounts,
        erasing: Erasing::Deletes,
    },
    Holding {
        table: "kept_voice",
        personal: &["person", "voice", "kept_at"],
        plain: &[],
        whose: Whose::Voice("voice"),
        purpose: Purpose::Votes,
        // While a ballot counts the voice, so that nobody votes again by having themselves erased.
        erasing: Erasing::Stays,
    },
    Holding {
        table: "outside_identity",
        personal: &["issuer", "subject", "account_id", "created_at"],
        plain: &[],
        whose: Whose::Account("account_id"),
        purpose: Purpose::Accounts,
        erasing: Erasing::Deletes,
    },
];

/// The manifest.
pub fn module() -> Module {
    Module { name: "accounts", doors, kinds: &[], holdings: HOLDINGS }
}

fn doors() -> Doors {
    let ways_in = sign_in::doors().and(outside::doors()).and(passkeys::doors());
    ways_in.and(own::doors()).and(desk::doors()).and(people::doors()).and(inbox::doors())
}

/// Ways in are no civic record; what somebody may do is (`role_grant`, with the core's tables).
pub const PROOFS: &[Proof] = &[
    Proof::free("sign_in_link", "a way in, used once"),
    Proof::free("ceremony", "a way in that has begun"),
    Proof::free("passkey", "a way in; what is done with it leaves lines of its own"),
    Proof::free("kept_voice", "a digest that leads somebody erased back to their voice; the voices are held"),
    Proof::free("outside_identity", "a way in; what is done with it leaves lines of its own"),
];
