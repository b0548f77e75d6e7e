//! Public features by the words of their title and text.

use crate::base::db::{Sql, by};
use crate::base::error::Result;
use crate::base::ids::FeatureId;

/// The public features whose text holds most of these words (folded, letters and digits only; the first six count), with
/// how many of them; at most 20.
///
/// # Errors
/// Where the database does not answer.
pub async fn alike(db: impl Sql<'_>, words: &[String]) -> Result<Vec<(FeatureId, i64)>> {
    // One statement for any number of words: those that are missing are asked for as what no text is.
    let pattern = |at: usize| words.get(at).map_or_else(|| "~".to_owned(), |word| format!("%{word}%"));
    db.all(
        "select id, cast(case when search like $1 then 1 else 0 end + case when search like $2 then 1 else 0 end
                       + case when search like $3 then 1 else 0 end + case when search like $4 then 1 else 0 end
                       + case when search like $5 then 1 else 0 end + case when search like $6 then 1 else 0 end
                     as bigint) as hits
         from feature
         where published_at is not null
           and (search like $1 or search like $2 or search like $3 or search like $4 or search like $5 or search like $6)
         order by hits desc, created_at desc, id desc limit 20",
        (pattern(0), pattern(1), pattern(2), pattern(3), pattern(4), pattern(5)),
    )
    .await
}

/// Folded words as patterns of `like`, escaped by `\`: a JSON array.
pub fn patterns(words: &[&str]) -> String {
    let escaped =
        |word: &&str| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    serde_json::Value::from(words.iter().map(escaped).collect::<Vec<_>>()).to_string()
}

/// The public features whose title and text hold every one of these words, which must be folded (see `text::fold`).
///
/// # Errors
/// Where the database does not answer.
pub async fn holding(db: impl Sql<'_>, words: &[&str]) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = db
        .all(
            by(
                "select f.id from feature f where f.published_at is not null and not exists
                 (select 1 from json_each($1) w where f.search not like w.value escape '\\')",
                "select f.id from feature f where f.published_at is not null and not exists
                 (select 1 from jsonb_array_elements_text(cast($1 as jsonb)) w (value)
                  where f.search not like w.value escape '\\')",
            ),
            (patterns(words),),
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
