//! Voices that are kept and not counted: the contribution went where the rules would not have taken them. What it is not: the judging
//! (`moderation`), nor the counting (`merges`).

use crate::base::db::Sql;
use crate::base::error::Result;
use crate::base::ids::{FeatureId, Visitor};
use crate::core::journal::Write;

/// How many voices given on a feature, or on what was merged into it, are kept and not counted.
///
/// # Errors
/// Where the database does not answer.
pub async fn count(db: impl Sql<'_>, feature: FeatureId) -> Result<i64> {
    let (apart,): (i64,) = db
        .one(
            "select count(*) from vote v join feature f on f.id = v.feature_id
             where v.apart is not null and (f.id = $1 or f.merged_into = $1)",
            (feature,),
        )
        .await?;
    Ok(apart)
}

/// Counts the voices on a feature again that were set apart for this reason: they are judged anew.
///
/// # Errors
/// Where the database refuses.
pub async fn join(write: &mut Write, feature: FeatureId, why: &str) -> Result<()> {
    let sql = "update vote set apart = null where feature_id = $1 and apart = $2";
    write.tx().run(sql, (feature, why)).await?;
    Ok(())
}

/// Sets the voices of one value on a feature apart.
///
/// # Errors
/// Where the database refuses.
pub async fn part_value(write: &mut Write, feature: FeatureId, value: i64, why: &str) -> Result<()> {
    let sql = "update vote set apart = $3 where feature_id = $1 and value = $2 and apart is null";
    write.tx().run(sql, (feature, value, why)).await?;
    Ok(())
}

/// Sets the voices on a feature apart of who has no account, or none whose holder was `verified`. Who had an account when they voted,
/// and erased it since, had one.
///
/// # Errors
/// Where the database refuses.
pub async fn part_unknown(write: &mut Write, feature: FeatureId, verified: bool, why: &str) -> Result<()> {
    write
        .tx()
        .run(
            "update vote set apart = $2
             where feature_id = $1 and apart is null and voter not in
               (select a.voice from account a where a.erased_at is null and (not $3 or a.verified_at is not null))
               and ($3 or voter not in (select k.voice from kept_voice k))",
            (feature, why, verified),
        )
        .await?;
    Ok(())
}

/// Sets somebody's voice on a feature apart.
///
/// # Errors
/// Where the database refuses.
pub async fn part_voter(write: &mut Write, feature: FeatureId, voter: Visitor, why: &str) -> Result<()> {
    let sql = "update vote set apart = $3 where feature_id = $1 and voter = $2 and apart is null";
    write.tx().run(sql, (feature, voter, why)).await?;
    Ok(())
}

/// Who gave a voice on a feature that counts, with the address of their account if they have one.
///
/// # Errors
/// Where the database does not answer.
pub async fn voters(db: impl Sql<'_>, feature: FeatureId) -> Result<Vec<(Visitor, Option<String>)>> {
    db.all(
        "select v.voter, a.email from vote v left join account a on a.voice = v.voter and a.erased_at is null
         where v.feature_id = $1 and v.apart is null",
        (feature,),
    )
    .await
}
