//! Voices that a contribution brings where other rules hold: those that these rules would not have taken are kept, and not counted. What
//! it is not: the counting (`merges`), nor the rules (`processes`).

use crate::base::error::Result;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Level;
use crate::civic::processes::{Action, ProcessRules};
use crate::core::app::App;
use crate::core::features::{Tally, apart};
use crate::core::journal::Write;

/// Sets apart the voices given on a feature that a process would not have taken: the vote knows none such, or the voter is not known
/// well enough. `why` is kept with each: `moved` or `merged`. What was set apart for the same reason before is judged anew. The caller
/// counts. Gives how many are apart.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn set(
    app: &App,
    write: &mut Write,
    feature: FeatureId,
    into: &ProcessRules,
    why: &'static str,
) -> Result<i64> {
    let rules = &into.settings.rules;
    apart::join(write, feature, why).await?;
    for value in -2..=2 {
        if Tally::of(rules.votes, value) == Tally::default() {
            apart::part_value(write, feature, value, why).await?;
        }
    }
    match rules.level(Action::VOTE) {
        Level::Visitor => {}
        Level::Email => apart::part_unknown(write, feature, false, why).await?,
        Level::Verified => apart::part_unknown(write, feature, true, why).await?,
        Level::Roll => {
            for (voter, email) in apart::voters(write.tx(), feature).await? {
                let is_on_roll = match email {
                    Some(email) => into.is_on_roll(app, write.tx(), &email).await?,
                    None => false,
                };
                if !is_on_roll {
                    apart::part_voter(write, feature, voter, why).await?;
                }
            }
        }
    }
    apart::count(write.tx(), feature).await
}
