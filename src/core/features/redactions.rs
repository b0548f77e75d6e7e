//! Passages of contributions and arguments that moderators blacked out, such as a name: the row itself says the text without them, so
//! that whatever reads it reads that.
//!
//! What its photos show is said in people's words, too: those are blacked out with the contribution's own text.
//!
//! What it is not: the decision, which keeps the text as it stood, its reason and its appeal (`contributions::decisions`).
//! Invariant: as long as a redaction holds, no text that is put into the row, or beside a photo of it, says its passages, whoever sends it.

pub(super) mod captions;
#[cfg(test)]
mod texts;

use super::said::{self, FeatureSaid};
use super::store::{said_of, search_text};
use super::{Channel, Kind, Voice, geometry::from_wkb};
use crate::base::db::{Ids, Sql, by};
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::base::ids::{AreaId, FeatureId, ThemeId};
use crate::core::journal::{Act, Said, Write};
use crate::core::subject::Subject;
use std::collections::HashMap;
use std::ops::Range;

/// Whether two characters are the same, one of a text and one of a passage.
type Same = fn(char, char) -> bool;

/// Letter for letter: who blacks out a passage sees the text.
const AS_IT_STANDS: Same = |a, b| a == b;

/// In capitals or small, with accents or without, whatever the apostrophe: nobody sees a caption who blacks out a name.
const IN_ANY_LETTERS: Same = |a, b| plain(a) == plain(b);

fn plain(c: char) -> char {
    let c = if matches!(c, '’' | 'ʼ' | '‘') { '\'' } else { c };
    let mut ascii = deunicode::deunicode_char(c).unwrap_or_default().chars();
    // What is several letters in plain ones (œ) stays itself.
    match (ascii.next(), ascii.next()) {
        (Some(one), None) => one.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Where a passage that begins here ends; nothing where it does not stand here.
fn ends(text: &str, passage: &str, same: Same) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in passage.chars() {
        rest.next().filter(|(_, found)| same(*found, wanted))?;
    }
    Some(rest.offset())
}

/// The first place at which a passage stands and is no part of a longer word.
fn find(text: &str, passage: &str, same: Same) -> Option<Range<usize>> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let joins = |beside, end| is_word(beside) && is_word(end);
    let stands = |place: &Range<usize>| {
        let (before, after) = (text[..place.start].chars().next_back(), text[place.end..].chars().next());
        !joins(before, passage.chars().next()) && !joins(after, passage.chars().next_back())
    };
    let places = text.char_indices().filter_map(|(at, _)| Some(at..at + ends(&text[at..], passage, same)?));
    places.filter(|place| !place.is_empty()).find(stands)
}

/// Whether a text says a passage, as words of their own.
pub fn says(text: &str, passage: &str) -> bool {
    find(text, passage, AS_IT_STANDS).is_some()
}

/// A text without its passages: a mark in the place of each.
pub fn blacked(text: &str, passages: &[String]) -> String {
    without(text, passages, AS_IT_STANDS)
}

fn without(text: &str, passages: &[String], same: Same) -> String {
    let mark = Lang::Fr.text("redaction-mark");
    // The longest first: of a name and a first name, the name.
    let mut passages: Vec<&String> = passages.iter().collect();
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.len()));
    let mut text = text.to_owned();
    for passage in passages {
        let (mut said, mut rest) = (String::with_capacity(text.len()), text.as_str());
        while let Some(place) = find(rest, passage, same) {
            said.push_str(&rest[..place.start]);
            said.push_str(&mark);
            rest = &rest[place.end..];
        }
        said.push_str(rest);
        text = said;
    }
    text
}

/// The passages that are blacked out of a subject now.
///
/// # Errors
/// Where the database does not answer.
pub async fn passages(db: impl Sql<'_>, of: Subject) -> Result<Vec<String>> {
    let sql =
        "select passages from redaction where subject_kind = $1 and subject_id = $2 and ended_at is null
               order by decision_id";
    listed(db.all(sql, (of.kind, of.id)).await?)
}

/// The same of several contributions, by their numbers.
///
/// # Errors
/// Where the database does not answer.
pub async fn of_features(db: impl Sql<'_>, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let sql = by(
        "select subject_id, passages from redaction
         where subject_kind = 'feature' and subject_id in (select value from json_each($1)) and ended_at is null order by decision_id",
        "select subject_id, passages from redaction
         where subject_kind = 'feature' and subject_id = any($1) and ended_at is null order by decision_id",
    );
    let rows: Vec<(i64, String)> = db.all(sql, (Ids(ids),)).await?;
    let mut of_each: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, passages) in rows {
        of_each.entry(id).or_default().extend(listed(vec![(passages,)])?);
    }
    Ok(of_each)
}

/// Those that ever were: two texts that are the same without them were the same.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn ever(db: impl Sql<'_>, of: Subject) -> Result<Vec<String>> {
    let sql =
        "select passages from redaction where subject_kind = $1 and subject_id = $2 order by decision_id";
    listed(db.all(sql, (of.kind, of.id)).await?)
}

fn listed(rows: Vec<(String,)>) -> Result<Vec<String>> {
    let each = rows.into_iter().map(|(passages,)| serde_json::from_str::<Vec<String>>(&passages));
    let each = each.collect::<Result<Vec<_>, _>>();
    let each = each.map_err(|error| Error::Internal(format!("passages of a redaction: {error}")))?;
    Ok(each.into_iter().flatten().collect())
}

/// What may be put into a feature's row of a title and a text.
pub(super) async fn kept(
    write: &mut Write,
    id: FeatureId,
    title: &str,
    body: &str,
) -> Result<(String, String)> {
    let passages = passages(write.tx(), Subject::feature(id)).await?;
    Ok((blacked(title, &passages), blacked(body, &passages)))
}

/// Blacks passages out of a subject, by a decision.
///
/// # Errors
/// [`Error::NotFound`] where it is none of which that can be done.
pub async fn begin(write: &mut Write, of: Subject, decision: i64, passages: &[String]) -> Result<()> {
    let json = serde_json::to_string(passages).map_err(|e| Error::Internal(format!("passages: {e}")))?;
    write
        .tx()
        .run(
            "insert into redaction (decision_id, subject_kind, subject_id, passages) values ($1, $2, $3, $4)",
            (decision, of.kind, of.id, json.as_str()),
        )
        .await?;
    let (title, body) = text(write, of).await?;
    let (title, body) = (blacked(&title, passages), blacked(&body, passages));
    put(write, of, (&title, &body), [Act::REDACTED, Act::ARGUMENT_REDACTED]).await?;
    match of.kind {
        "feature" => captions::black(write, FeatureId(of.id)).await.map(drop),
        _ => Ok(()),
    }
}

/// Ends the redaction of a decision, and puts back what no other one holds back, where nobody changed the text since. `kept` are titles and texts as
/// they stood before each redaction, the first one first.
///
/// # Errors
/// [`Error::NotFound`] where there is none that holds.
pub async fn end(write: &mut Write, of: Subject, decision: i64, kept: &[(String, String)]) -> Result<()> {
    let at = write.at();
    let sql = "update redaction set ended_at = $2 where decision_id = $1 and ended_at is null";
    if write.tx().run(sql, (decision, at)).await? == 0 {
        return Err(Error::NotFound);
    }
    let held = passages(write.tx(), of).await?;
    let now = text(write, of).await?;
    // What its author wrote since stays theirs; they may say again what was blacked out.
    let ever = ever(write.tx(), of).await?;
    let is_same = |was: &str, is: &str| blacked(was, &ever) == blacked(is, &ever);
    let is_original = |(title, body): &&(String, String)| {
        is_same(body, &now.1) && (of.kind == "argument" || is_same(title, &now.0))
    };
    let (title, body) = kept.iter().find(is_original).unwrap_or(&now);
    let (title, body) = (blacked(title, &held), blacked(body, &held));
    put(write, of, (&title, &body), [Act::REDACTION_ENDED, Act::ARGUMENT_REDACTION_ENDED]).await?;
    match of.kind {
        "feature" => captions::put_back(write, FeatureId(of.id), &held).await,
        _ => Ok(()),
    }
}

/// Forgets what was blacked out of a subject: its text is erased.
pub(super) async fn forget(write: &mut Write, of: Subject) -> Result<()> {
    let sql = "delete from redaction where subject_kind = $1 and subject_id = $2";
    write.tx().run(sql, (of.kind, of.id)).await.map(drop)
}

/// Title and text of a subject's row; an argument has no title.
async fn text(write: &mut Write, of: Subject) -> Result<(String, String)> {
    let sql = match of.kind {
        "feature" => "select title, body from feature where id = $1",
        "argument" => "select '' as title, body from argument where id = $1",
        _ => return Err(Error::NotFound),
    };
    write.tx().optional(sql, (of.id,)).await?.ok_or(Error::NotFound)
}

/// Puts title and text into a subject's row, with a line of the register that holds them. What it says of a place stays.
async fn put(write: &mut Write, of: Subject, said: (&str, &str), acts: [Act; 2]) -> Result<()> {
    let [on_feature, on_argument] = acts;
    match of.kind {
        "feature" => put_feature(write, FeatureId(of.id), said, on_feature).await,
        "argument" => put_argument(write, of, said.1, on_argument).await,
        _ => Err(Error::NotFound),
    }
}

/// A feature's row beside its words.
#[derive(sqlx::FromRow)]
struct RedactedRow {
    kind: Kind,
    theme_id: Option<ThemeId>,
    wkb: Option<Vec<u8>>,
    area_id: Option<AreaId>,
}

async fn put_feature(write: &mut Write, id: FeatureId, (title, body): (&str, &str), act: Act) -> Result<()> {
    let at = write.at();
    let row: Option<RedactedRow> = write
        .tx()
        .optional(
            "update feature set title = $2, body = $3, search = $4, updated_at = $5 where id = $1
             returning kind, theme_id, wkb, area_id",
            (id, title, body, search_text(title, body), at),
        )
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let place = row.wkb.as_deref().map(from_wkb).transpose()?;
    let content = said::feature(&FeatureSaid {
        kind: row.kind,
        title,
        body,
        theme: row.theme_id,
        geometry: place.as_ref(),
        area: row.area_id,
        notice: None,
    })?;
    let said = Said { channel: None, ..said_of(id, Channel::Web, content) };
    write.deposit(act, vec![said]).await
}

async fn put_argument(write: &mut Write, of: Subject, body: &str, act: Act) -> Result<()> {
    let row: Option<(FeatureId, Voice)> = write
        .tx()
        .optional("update argument set body = $2 where id = $1 returning feature_id, side", (of.id, body))
        .await?;
    let (feature, side) = row.ok_or(Error::NotFound)?;
    let said = Said {
        of,
        feature: Some(feature),
        subject: Some(of.id.to_string()),
        channel: None,
        content: said::argument(side, body, None)?,
    };
    write.deposit(act, vec![said]).await
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_passage_is_blacked_out_wherever_it_stands_as_a_word_of_its_own() {
        let names = ["Ali".to_owned(), "Ali Durand".to_owned(), "d’Ali".to_owned()];
        let mark = Lang::Fr.text("redaction-mark");
        assert_eq!(
            blacked("Ali, Alice et Ali Durand (Ali)", &names),
            format!("{mark}, Alice et {mark} ({mark})")
        );
        assert_eq!(blacked("le banc d’Ali", &names), format!("le banc {mark}"));
        assert_eq!(blacked("", &names), "");
        assert_eq!(blacked("Un banc", &[String::new()]), "Un banc");
        assert!(says("Ali!", "Ali") && !says("Kalil", "Ali") && !says("Ali", ""));
        for said in ["ALI", "ali durand", "Àlï", "D'ALI"] {
            assert_eq!(without(said, &names, IN_ANY_LETTERS), mark, "{said}: where nobody looked");
            assert_eq!(blacked(said, &names), said, "where somebody did");
        }
        assert_eq!(without("Alicante, Kalil", &names, IN_ANY_LETTERS), "Alicante, Kalil");
        // Blacked out once is blacked out: the mark holds no passage.
        let once = blacked("Ali Durand", &names);
        assert_eq!(blacked(&once, &names), once);
    }
}
