//! What modules say of a contribution in people's own words, beside its title, its text and its captions.
//!
//! What it is not: the words themselves, which their modules keep and leave out where they were blacked out (`core::features::redactions`).

use crate::base::db::Tx;
use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::modules::MODULES;

/// Those of every module, a text each.
///
/// # Errors
/// Where the database does not answer.
pub async fn of(tx: &mut Tx, id: FeatureId) -> Result<Vec<String>> {
    let mut said = Vec::new();
    for words in MODULES.iter().filter_map(|module| module.words) {
        said.extend(words(tx, id).await?);
    }
    said.retain(|text| !text.trim().is_empty());
    Ok(said)
}
