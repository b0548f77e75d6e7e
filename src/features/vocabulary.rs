//! Themes and processes: the words that features are sorted under. Small, read whole.

use crate::db::{Db, Sql};
use crate::error::Result;
use crate::ids::{ProcessId, ThemeId};
use crate::journal::{Act, Write};
use crate::text::slug;

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
}

/// Colours that people who see few of them can still tell apart, after Okabe and Ito (2008) and Tol's "muted" (2021).
const PALETTE: [&str; 12] = [
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
    db.all("select id, slug, label, color, icon from theme order by id", ()).await
}

/// Every process, in the order of their creation.
///
/// # Errors
/// Where the database does not answer.
pub async fn processes(db: impl Sql<'_>) -> Result<Vec<Process>> {
    db.all("select id, slug, title, settings, state from process order by id", ()).await
}

/// The theme of that name, made where there is none.
///
/// # Errors
/// Where the database refuses.
pub async fn ensure_theme(write: &mut Write, label: &str) -> Result<ThemeId> {
    let (slug, at) = (slug(label), write.at());
    let tx = write.tx();
    if let Some((id,)) = tx.optional("select id from theme where slug = $1", (slug.as_str(),)).await? {
        return Ok(id);
    }
    let (count,): (i64,) = tx.one("select count(*) from theme", ()).await?;
    let color = PALETTE[usize::try_from(count).unwrap_or(0) % PALETTE.len()];
    let (id,) = tx
        .one(
            // Another writer may have made it meanwhile: the update that changes nothing gives its id.
            "insert into theme (slug, label, color, created_at) values ($1, $2, $3, $4)
             on conflict (slug) do update set slug = excluded.slug
             returning id",
            (slug.as_str(), label, color, at),
        )
        .await?;
    write.record_subject(Act::Vocabulary, slug);
    Ok(id)
}

/// Gives a theme its icon.
///
/// # Errors
/// Where the database refuses.
pub async fn set_icon(write: &mut Write, theme: ThemeId, icon: &str) -> Result<()> {
    let changed =
        write.tx().run("update theme set icon = $2 where id = $1 and icon <> $2", (theme, icon)).await?;
    if changed > 0 {
        write.record_subject(Act::Vocabulary, icon);
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
    let (id,) = tx
        .one(
            "insert into process (slug, title, created_at) values ($1, $2, $3)
             on conflict (slug) do update set slug = excluded.slug
             returning id",
            (slug.as_str(), title, at),
        )
        .await?;
    write.record_subject(Act::Vocabulary, slug);
    Ok(id)
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
