//! Five people of the demonstration, one for each role: who plays them signs in by their address and finds the letter in
//! `/demo/inbox`.

use crate::accounts::{Role, store};
use crate::error::Result;
use crate::ids::Visitor;
use crate::journal::Write;

/// Address, public name, and role if any.
pub(super) const PEOPLE: [(&str, &str, Option<Role>); 5] = [
    ("lea@demo.invalid", "Léa Fontaine", None),
    ("karim@demo.invalid", "Karim Benali", Some(Role::Moderator)),
    ("sophie@demo.invalid", "Sophie Marchand", Some(Role::Agent)),
    ("claire@demo.invalid", "Claire Morel", Some(Role::Planner)),
    ("paul@demo.invalid", "Paul Girard", Some(Role::Administrator)),
];

/// Makes their accounts. Gives the resident's voice.
pub(super) async fn write(write: &mut Write) -> Result<Option<Visitor>> {
    let mut resident = None;
    for (email, name, role) in PEOPLE {
        let account = store::ensure(write, email).await?;
        store::set_name(write, account.id, name).await?;
        match role {
            Some(role) => {
                store::grant(write, account.id, role, (None, None), None).await?;
            }
            None => resident = Some(account.voice),
        }
    }
    Ok(resident)
}
