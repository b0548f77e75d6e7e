//! Themes and processes: the words that features are sorted under. Small, read whole.
//!
//! What it is not: who may change them, and what a label or a colour must be (`themes`), nor which themes a process offers
//! (`processes`). Invariant: a theme's slug stays what it was first, because addresses and imports use it.

use crate::base::db::{Db, Sql};
use crate::base::error::{Error, Result};
use crate::base::i18n::Lang;
use crate::base::i18n::Message;
use crate::base::ids::{ProcessId, ThemeId};
use crate::base::text::slug;
use crate::core::journal::{Act, Write};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// What a row is called in other languages than French, by the language's code. Kept as JSON; null where there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Of an English name; none where that is empty.
    pub fn english(name: &str) -> Names {
        let named = (!name.is_empty()).then(|| (Lang::En.code().to_owned(), name.to_owned()));
        Names(named.into_iter().collect())
    }

    /// Those of a process's title, which stand among its settings: `processes` writes them there, with everything that has versions.
    fn of_settings(settings: &str) -> Names {
        let read: Option<serde_json::Value> = serde_json::from_str(settings).ok();
        let all =
            read.as_ref().and_then(|settings| settings["translations"].as_object()).into_iter().flatten();
        let title = |(lang, texts): (&String, &serde_json::Value)| {
            Some((lang.clone(), texts["title"].as_str()?.to_owned()))
        };
        Names(all.filter_map(title).collect())
    }

    /// The name in a language.
    pub fn of(&self, lang: Lang) -> Option<&str> {
        self.0.get(lang.code()).map(String::as_str).filter(|name| !name.is_empty())
    }

    fn json(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| serde_json::json!(self.0).to_string())
    }
}

impl From<Option<String>> for Names {
    /// What is no such JSON is no name.
    fn from(kept: Option<String>) -> Names {
        Names(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }
}

/// A subject.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// The word used in addresses and tiles.
    pub slug: String,
    /// Its name for people.
    pub label: String,
    /// `#rrggbb`.
    pub color: String,
    /// A name in `web/icons`; `dot` where none was chosen.
    pub icon: String,
    /// The process whose own it is; none: shared.
    pub process_id: Option<ProcessId>,
    /// What it is called in other languages.
    #[sqlx(try_from = "Option<String>")]
    pub names: Names,
}

impl Theme {
    /// Its name in a language; its French one where it has none in it.
    pub fn name(&self, lang: impl Borrow<Lang>) -> &str {
        self.names.of(*lang.borrow()).unwrap_or(&self.label)
    }

    /// The language of its name, where it is not this one.
    pub fn other_language(&self, lang: impl Borrow<Lang>) -> Option<&'static str> {
        let lang = *lang.borrow();
        (lang != Lang::Fr && self.names.of(lang).is_none()).then_some(Lang::Fr.code())
    }
}

/// A participatory process.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Process {
    /// Its id.
    pub id: ProcessId,
    /// The word used in addresses and tiles.
    pub slug: String,
    /// Its name for people.
    pub title: String,
    /// What was decided about it, as JSON: `processes` reads it.
    pub settings: String,
    /// `draft`, `public` or `archived`.
    pub state: String,
    /// The number of its last version.
    pub version: i64,
    /// What it is called in other languages.
    #[sqlx(skip)]
    pub names: Names,
}

impl Process {
    /// Its title in a language; its French one where it has none in it.
    pub fn name(&self, lang: impl Borrow<Lang>) -> &str {
        self.names.of(*lang.borrow()).unwrap_or(&self.title)
    }

    /// Whether only its team may see it.
    pub fn is_draft(&self) -> bool {
        self.state == "draft"
    }
}

/// Colours that people who see few of them can still tell apart, after Okabe and Ito (2008) and Tol's "muted" (2021).
pub const PALETTE: [&str; 12] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#882255", "#117733", "#332288",
    "#999933", "#aa4499", "#44aa99",
];

/// The relative luminance of a colour `#rrggbb` (WCAG 2.2), from 0 to 1.
fn luminance(color: &str) -> f64 {
    let part = |at: usize| {
        let byte = color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let value = f64::from(byte) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// The contrast of two colours `#rrggbb` (WCAG 2.2, 1.4.3), from 1 to 21.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What an icon is drawn in on a theme's colour: white where that can be seen (a contrast of 3, WCAG 2.2, 1.4.11), else dark.
pub fn ink_on(color: &str) -> &'static str {
    if contrast("#ffffff", color) >= 3.0 { "#ffffff" } else { "#1b2430" }
}

/// Every theme, in the order of their creation.
///
/// # Errors
/// Where the database does not answer.
pub async fn themes(db: impl Sql<'_>) -> Result<Vec<Theme>> {
    db.all("select id, slug, label, color, icon, process_id, names from theme order by id", ()).await
}

/// Every process, in the order of their creation.
///
/// # Errors
/// Where the database does not answer.
pub async fn processes(db: impl Sql<'_>) -> Result<Vec<Process>> {
    let sql = "select id, slug, title, settings, state, version from process order by id";
    let mut all: Vec<Process> = db.all(sql, ()).await?;
    all.iter_mut().for_each(|process| process.names = Names::of_settings(&process.settings));
    Ok(all)
}

/// The shared theme of that name, made where there is none.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure_theme(write: &mut Write, label: &str) -> Result<ThemeId> {
    ensure_theme_in(write, None, label).await
}

/// The theme that a process offers under that name, its own before a shared one; a shared one is made where there is none.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure_theme_in(write: &mut Write, process: Option<ProcessId>, label: &str) -> Result<ThemeId> {
    let (found, known) = offered(write, process, label).await?;
    if let Some(id) = found {
        return Ok(id);
    }
    let color = PALETTE[known % PALETTE.len()];
    match insert_theme(write, &NewTheme { label, color, icon: "dot", process: None }).await {
        // Another writer made it meanwhile.
        Err(conflict @ Error::Conflict(_)) => offered(write, process, label).await?.0.ok_or(conflict),
        made => made,
    }
}

/// The theme that a process offers under a name, and how many themes there are.
async fn offered(
    write: &mut Write,
    process: Option<ProcessId>,
    label: &str,
) -> Result<(Option<ThemeId>, usize)> {
    let (wanted, all) = (slug(label), themes(write.tx()).await?);
    // Also by its slug, which stays where its label was changed.
    let is_it = |theme: &&Theme| theme.slug == wanted || slug(&theme.label) == wanted;
    let own = all.iter().filter(|theme| process.is_some() && theme.process_id == process).find(is_it);
    let shared = || all.iter().filter(|theme| theme.process_id.is_none()).find(is_it);
    Ok((own.or_else(shared).map(|theme| theme.id), all.len()))
}

/// A theme to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewTheme<'a> {
    /// Its name for people.
    pub label: &'a str,
    /// `#rrggbb`.
    pub color: &'a str,
    /// A name in `web/icons`.
    pub icon: &'a str,
    /// Whose own it is; none: shared.
    pub process: Option<ProcessId>,
}

/// The word that a filter has for what has no theme (`atlas::filter`): no theme may be called so.
const NO_THEME: &str = "none";

/// Makes a theme. Its slug comes from its label, with a number where that is taken.
///
/// # Errors
/// [`Error::Conflict`] where somebody else made one of that slug meanwhile.
pub async fn insert_theme(write: &mut Write, new: &NewTheme<'_>) -> Result<ThemeId> {
    let (stem, at, all) = (slug(new.label), write.at(), themes(write.tx()).await?);
    let is_free = |word: &str| word != NO_THEME && all.iter().all(|theme| theme.slug != word);
    let mut words = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}-{n}")));
    let slug = words.find(|word| is_free(word)).unwrap_or(stem);
    let row: Option<(ThemeId,)> = write
        .tx()
        .optional(
            "insert into theme (slug, label, color, icon, process_id, created_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (slug) do nothing returning id",
            (slug.as_str(), new.label, new.color, new.icon, new.process, at),
        )
        .await?;
    let (id,) = row.ok_or_else(|| Error::Conflict(Message::new("theme-made-meanwhile")))?;
    write.touch("theme", id.0);
    write.record_subject(Act::VOCABULARY, slug);
    Ok(id)
}

/// Changes a theme's label, colour and icon; its slug and whose it is stay.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn change_theme(
    write: &mut Write,
    id: ThemeId,
    label: &str,
    color: &str,
    icon: &str,
) -> Result<()> {
    let row: Option<(String,)> = write
        .tx()
        .optional(
            "update theme set label = $2, color = $3, icon = $4 where id = $1 returning slug",
            (id, label, color, icon),
        )
        .await?;
    let (slug,) = row.ok_or(Error::NotFound)?;
    write.touch("theme", id.0);
    write.record_subject(Act::VOCABULARY, slug);
    Ok(())
}

/// Says what a theme is called in other languages, in the write that made or changed it.
///
/// # Errors
/// Where the database refuses.
pub async fn name_theme(write: &mut Write, id: ThemeId, names: &Names) -> Result<()> {
    write.tx().run("update theme set names = $2 where id = $1", (id, names.json())).await?;
    write.touch("theme", id.0);
    Ok(())
}

/// Locks a theme until the write ends: who reads it then changes what they saw.
///
/// # Errors
/// [`Error::NotFound`] where there is none of that id.
pub async fn lock_theme(write: &mut Write, id: ThemeId) -> Result<()> {
    let found = write.tx().run("update theme set label = label where id = $1", (id,)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Removes a theme that no contribution has.
///
/// # Errors
/// [`Error::Conflict`] where one has it, or there is none of that id any more.
pub async fn remove_theme(write: &mut Write, id: ThemeId) -> Result<()> {
    let used = || Error::Conflict(Message::new("theme-changed-meanwhile"));
    let removed: Result<Option<(String,)>> = write
        .tx()
        .optional(
            "delete from theme where id = $1 and not exists (select 1 from feature where theme_id = $1) returning slug",
            (id,),
        )
        .await;
    let (slug,) = match removed {
        // A contribution that was placed while the statement waited.
        Err(error) if error.is_foreign_key_violation() => return Err(used()),
        removed => removed?.ok_or_else(used)?,
    };
    write.touch("theme", id.0);
    write.record_subject(Act::VOCABULARY, slug);
    Ok(())
}

/// How many contributions each theme has, those that are not public among them. A theme that none has is not there.
///
/// # Errors
/// Where the database does not answer.
pub async fn theme_uses(db: impl Sql<'_>) -> Result<Vec<(ThemeId, i64)>> {
    db.all("select theme_id, count(*) from feature where theme_id is not null group by theme_id", ()).await
}

/// Gives a process themes of its own like those of another.
///
/// # Errors
/// Where the database refuses.
pub async fn copy_themes(write: &mut Write, from: ProcessId, to: ProcessId) -> Result<()> {
    let own = themes(write.tx()).await?.into_iter().filter(|theme| theme.process_id == Some(from));
    for Theme { label, color, icon, names, .. } in own {
        let new = NewTheme { label: &label, color: &color, icon: &icon, process: Some(to) };
        let copy = insert_theme(write, &new).await?;
        name_theme(write, copy, &names).await?;
    }
    Ok(())
}

/// The process of that title, made where there is none.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure_process(write: &mut Write, title: &str) -> Result<ProcessId> {
    let (slug, at) = (slug(title), write.at());
    let tx = write.tx();
    if let Some((id,)) = tx.optional("select id from process where slug = $1", (slug.as_str(),)).await? {
        return Ok(id);
    }
    let (id,): (ProcessId,) = tx
        .one(
            "insert into process (slug, title, created_at) values ($1, $2, $3)
             on conflict (slug) do update set slug = excluded.slug
             returning id",
            (slug.as_str(), title, at),
        )
        .await?;
    write.touch("process", id.0);
    write.record_subject(Act::VOCABULARY, slug);
    Ok(id)
}

/// Whether a process is a draft.
///
/// # Errors
/// Where the database does not answer.
pub async fn is_draft(db: impl Sql<'_>, id: ProcessId) -> Result<bool> {
    let (state,): (String,) = db.one("select state from process where id = $1", (id,)).await?;
    Ok(state == "draft")
}

/// Both lists at once.
///
/// # Errors
/// Where the database does not answer.
pub async fn all(db: &Db) -> Result<(Vec<Theme>, Vec<Process>)> {
    Ok((themes(db).await?, processes(db).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_can_be_seen_on_every_colour_of_the_palette() {
        assert_eq!((ink_on("#0072b2"), ink_on("#e69f00")), ("#ffffff", "#1b2430"));
        assert_eq!(ink_on("no colour"), "#ffffff", "black, for want of better");
        assert!(PALETTE.iter().filter(|color| ink_on(color) == "#ffffff").count() > 6);
    }
}
