//! The people of the demonstration: who plays them signs in by their address and finds the letter in
//! `/demo/inbox`.

use crate::base::error::Result;
use crate::base::ids::Visitor;
use crate::civic::accounts::{Role, store};
use crate::core::journal::Write;

/// Address, public name, and role if any: those of moderators and agents come with what they decided (`civic.rs`).
const PEOPLE: [(&str, &str, Option<Role>); 6] = [
    ("lea@val-aubrelle.example", "Léa Fontaine", None),
    ("nora.moderation@val-aubrelle.example", "Nora Benali", None),
    ("yann.moderation@val-aubrelle.example", "Yann Le Goff", None),
    ("agnes.mairie@val-aubrelle.example", "Agnès Marchand", None),
    ("claire.plans@val-aubrelle.example", "Claire Morel", Some(Role::Planner)),
    ("paul.administration@val-aubrelle.example", "Paul Girard", Some(Role::Administrator)),
];

/// Makes their accounts. Gives the resident's voice.
pub(super) async fn write(write: &mut Write) -> Result<Option<Visitor>> {
    let mut resident = None;
    for (email, name, role) in PEOPLE {
        let account = store::ensure(write, email).await?;
        store::set_name(write, account.id, name).await?;
        if let Some(role) = role {
            store::grant(write, account.id, role, (None, None), None).await?;
        }
        // The first is the resident.
        resident = resident.or(Some(account.voice));
    }
    Ok(resident)
}
