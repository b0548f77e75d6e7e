//! Which authority's territory this is: the name and official code that an administrator chose. The one place that knows where it is kept:
//! among the settings of the site, so that it has versions, can be taken back, and is in force on every server at once.

use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::AccountId;
use crate::core::journal::Write;
use crate::core::site::{CHOSEN_CODE, CHOSEN_NAME, Site, store};

/// A commune or a body of several, by its official name and code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its official name.
    pub name: String,
    /// Of a commune that of INSEE, of a body its SIREN.
    pub code: String,
}

impl Chosen {
    /// What settings say.
    fn of(site: &Site) -> Option<Chosen> {
        let said = |name| site.get(name).to_owned();
        let chosen = Chosen { name: said(CHOSEN_NAME), code: said(CHOSEN_CODE) };
        (!chosen.code.is_empty()).then_some(chosen)
    }
}

/// The territory that was chosen, if one was.
///
/// # Errors
/// Where the database does not answer.
pub async fn chosen(db: impl Sql<'_>) -> Result<Option<Chosen>> {
    Ok(Chosen::of(&store::current(db).await?))
}

/// The same, for who will choose: whoever else writes settings waits until this write has ended.
///
/// # Errors
/// Where the database does not answer.
pub async fn chosen_to_change(write: &mut Write) -> Result<Option<Chosen>> {
    Ok(Chosen::of(&store::to_change(write).await?))
}

/// Keeps a choice, or that there is none, as a version of the settings; the same choice again makes none.
///
/// # Errors
/// Where the database refuses.
pub async fn choose(write: &mut Write, chosen: Option<&Chosen>, by: Option<AccountId>) -> Result<()> {
    let before = store::to_change(write).await?;
    let mut site = before.clone();
    let (name, code) = chosen.map_or(("", ""), |chosen| (&chosen.name, &chosen.code));
    site.set(CHOSEN_NAME, name);
    site.set(CHOSEN_CODE, code);
    if site != before {
        store::write(write, &site, by).await?;
    }
    Ok(())
}
