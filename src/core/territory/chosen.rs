//! Which authority's territory this is: the name and official code that an administrator chose. The one place that knows where it is kept.

use crate::base::db::{Sql, Tx, setting};
use crate::base::error::Result;

const NAME: &str = "territory_name";
const CODE: &str = "territory_code";

/// A commune or a body of several, by its official name and code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its official name.
    pub name: String,
    /// Of a commune that of INSEE, of a body its SIREN.
    pub code: String,
}

/// The territory that was chosen, if one was.
///
/// # Errors
/// Where the database does not answer.
pub async fn chosen(db: impl Sql<'_>) -> Result<Option<Chosen>> {
    let kept = setting::pair(db, [NAME, CODE]).await?;
    let of = |name: &str| kept.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone());
    let chosen = of(NAME).zip(of(CODE)).map(|(name, code)| Chosen { name, code });
    Ok(chosen.filter(|chosen| !chosen.code.is_empty()))
}

/// Keeps a choice, or that there is none.
///
/// # Errors
/// Where the database refuses.
pub async fn choose(tx: &mut Tx, chosen: Option<&Chosen>) -> Result<()> {
    let (name, code) = chosen.map_or(("", ""), |chosen| (&chosen.name, &chosen.code));
    setting::put(&mut *tx, NAME, name).await?;
    setting::put(&mut *tx, CODE, code).await
}
