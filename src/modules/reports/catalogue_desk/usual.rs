//! The usual catalogue, for one that is empty: what most communes are told of (`usual.toml`).
//!
//! What it is not: what a catalogue must be. Invariant: it is made whole, or not at all, and only where there is nothing yet.

use super::rules::store::{self as rules, NewRule};
use super::store::{self, NewCategory, NewService};
use super::{free_slug, page};
use crate::base::error::{Error, Result};
use crate::base::http::SameOrigin;
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::core::app::App;
use crate::core::journal::Write;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{CategoryId, ServiceId, Sort};
use crate::modules::reports::store as reports;
use axum::extract::State;
use axum::response::Redirect;
use serde::Deserialize;

/// How far another report of a category may be the same, in metres, where nobody said otherwise.
pub(super) const METRES: i64 = 50;
/// For how many days after its end.
pub(super) const DAYS: i64 = 30;

const FILE: &str = include_str!("usual.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Usual {
    /// Who gets what no other rule gives to somebody.
    fallback: String,
    service: Vec<UsualService>,
    category: Vec<UsualCategory>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualService {
    slug: String,
    name: String,
    name_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UsualCategory {
    label: String,
    label_en: String,
    icon: Option<String>,
    color: Option<String>,
    target: Option<(i64, Unit)>,
    service: Option<String>,
    sort: Option<Sort>,
    #[serde(default)]
    hint: String,
    #[serde(default)]
    keywords: String,
    #[serde(default)]
    danger: String,
    #[serde(default)]
    checks_photos: bool,
    #[serde(default)]
    below: Vec<UsualCategory>,
}

fn read() -> Result<Usual> {
    toml::from_str(FILE).map_err(|e| Error::Internal(format!("usual.toml: {e}")))
}

/// `POST /admin/reports/catalogue/usual`
pub(super) async fn make(State(app): State<App>, _: SameOrigin) -> Result<Redirect> {
    let mut write = app.begin().await?;
    fill(&mut write).await?;
    let there = page::done("usual");
    write.answers(Answered::See(there.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&there))
}

/// Makes the usual services, categories and rules.
///
/// # Errors
/// [`Error::Conflict`] where there is a category or a service already.
pub(in crate::modules::reports) async fn fill(write: &mut Write) -> Result<()> {
    let is_empty = reports::catalogue::categories(write.tx()).await?.is_empty()
        && reports::catalogue::services(write.tx()).await?.is_empty();
    if !is_empty {
        return Err(Error::Conflict(Message::new("report-desk-usual-there")));
    }
    let usual = read()?;
    let mut services: Vec<(String, ServiceId)> = Vec::new();
    for UsualService { slug, name, name_en } in usual.service {
        let new = NewService { name, name_en, ..NewService::default() };
        services.push((slug.clone(), store::insert_service(write, &slug, &new).await?));
    }
    let service = |slug: &str| {
        let known = services.iter().find(|(known, _)| known == slug).map(|(_, id)| *id);
        known.ok_or_else(|| Error::Internal(format!("usual.toml: no service {slug}")))
    };
    let mut slugs = Vec::new();
    for kind in &usual.category {
        let id = category(write, kind, None, &mut slugs).await?;
        for below in &kind.below {
            category(write, below, Some((id, kind)), &mut slugs).await?;
        }
        if let Some(slug) = &kind.service {
            let rule = NewRule { category: Some(id), area: None, service: service(slug)?, target: None };
            rules::insert_rule(write, rule).await?;
        }
    }
    let rest = NewRule { category: None, area: None, service: service(&usual.fallback)?, target: None };
    rules::insert_rule(write, rest).await.map(drop)
}

/// Makes one; what it does not say of its looks and its sort is its type's.
async fn category(
    write: &mut Write,
    usual: &UsualCategory,
    parent: Option<(CategoryId, &UsualCategory)>,
    slugs: &mut Vec<String>,
) -> Result<CategoryId> {
    let kind = parent.map(|(_, kind)| kind);
    let like = |of: fn(&UsualCategory) -> &Option<String>, rest: &str| {
        let own = of(usual).clone().or_else(|| kind.and_then(|kind| of(kind).clone()));
        own.unwrap_or_else(|| rest.to_owned())
    };
    let new = NewCategory {
        parent: parent.map(|(id, _)| id),
        label: usual.label.clone(),
        label_en: usual.label_en.clone(),
        hint: usual.hint.clone(),
        keywords: usual.keywords.clone(),
        sort: usual.sort.or_else(|| kind.and_then(|kind| kind.sort)).unwrap_or(Sort::Problem),
        questions: "[]".to_owned(),
        target: usual.target.and_then(|(n, unit)| Target::new(n, unit)),
        duplicate_metres: METRES,
        duplicate_days: DAYS,
        checks_photos: usual.checks_photos,
        danger: usual.danger.clone(),
        color: like(|usual| &usual.color, "#0072b2"),
        icon: like(|usual| &usual.icon, "dot"),
    };
    let taken: Vec<&str> = slugs.iter().map(String::as_str).collect();
    let slug = free_slug(&usual.label, &taken);
    let id = store::insert_category(write, &slug, &new).await?;
    slugs.push(slug);
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::features::vocabulary::PALETTE;

    #[test]
    fn the_usual_catalogue_can_be_read_and_every_problem_has_a_promise() {
        let usual = read().unwrap();
        let known = |slug: &String| usual.service.iter().any(|service| service.slug == *slug);
        assert!(known(&usual.fallback));
        let icons: Vec<String> = ["web/icons/maki.json"]
            .iter()
            .flat_map(|file| {
                serde_json::from_str::<std::collections::BTreeMap<String, String>>(
                    &std::fs::read_to_string(file).unwrap(),
                )
                .unwrap()
                .into_keys()
            })
            .chain(std::fs::read_dir("web/icons").unwrap().filter_map(|file| {
                Some(file.unwrap().file_name().to_str()?.strip_suffix(".svg")?.to_owned())
            }))
            .collect();
        for kind in &usual.category {
            assert!(kind.service.as_ref().is_none_or(known), "{}", kind.label);
            assert!(PALETTE.contains(&kind.color.as_deref().unwrap()), "{}", kind.label);
            for one in std::iter::once(kind).chain(&kind.below) {
                assert!(
                    one.icon.as_ref().is_none_or(|icon| icons.contains(icon)),
                    "{}: {:?}",
                    one.label,
                    one.icon
                );
                let target = one.target.or(kind.target);
                let is_promised = target.is_some_and(|(n, unit)| Target::new(n, unit).is_some());
                assert_eq!(is_promised, kind.sort.is_none(), "{}", one.label);
            }
        }
    }
}
