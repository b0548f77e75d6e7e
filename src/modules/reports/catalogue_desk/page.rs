//! The first page of the catalogue's desk: what there is, what is wrong with the rules, and the field that tries them.

use super::views::{Answered, CataloguePage, CategoryLine, FaultLine, ServiceLine, Tried};
use super::{ROOM, said, store};
use crate::base::clock::{self, zone};
use crate::base::error::Result;
use crate::base::http::{self, Reader};
use crate::base::i18n::{Lang, Message};
use crate::civic::accounts::{Actor, Desk};
use crate::civic::placing;
use crate::civic::processes::local_time;
use crate::core::app::App;
use crate::core::territory::Territory;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::due;
use crate::modules::reports::desk;
use crate::modules::reports::model::{Category, CategoryId, RuleId};
use crate::modules::reports::routing::{Fault, Routed};
use axum::extract::State;
use serde::Deserialize;

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
    /// Tried: the number of a category.
    category: String,
    /// Tried: an address, or longitude and latitude.
    place: String,
}

/// What has just been done, as addresses name it, and the key of its sentence.
const DONE: [(&str, &str); 9] = [
    ("usual", "report-desk-done-usual"),
    ("category-made", "report-desk-done-category-made"),
    ("category-changed", "report-desk-done-category-changed"),
    ("category-removed", "report-desk-done-category-removed"),
    ("category-back", "report-desk-done-category-back"),
    ("service-changed", "report-desk-done-service-changed"),
    ("service-removed", "report-desk-done-service-removed"),
    ("service-back", "report-desk-done-service-back"),
    ("service-made", "report-desk-done-service-made"),
];

/// The page's address with what has just been done.
pub(super) fn done(word: &str) -> String {
    format!("{ROOM}?done={word}")
}

/// `GET /admin/reports/catalogue?category=…&place=…`
pub(super) async fn show(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<CataloguePage> {
    let (catalogue, world, lang) = (Catalogue::of(&app).await?, app.atlas.world(), reader.lang);
    let told = DONE.iter().find(|(word, _)| *word == asked.done).map(|(_, key)| lang.text(key));
    let open = store::open_by_service(&app.db).await?;
    let uses = store::by_category(&app.db).await?;
    Ok(CataloguePage {
        lang,
        site: app.name(),
        desk: Desk::of(&actor, lang, desk::ROOM),
        done: told,
        faults: faults(&catalogue, world.territory(), lang),
        categories: lines(&catalogue, &uses, lang),
        services: catalogue
            .services
            .iter()
            .map(|service| ServiceLine {
                open: open.iter().find(|(id, _)| *id == service.id).map_or(0, |(_, count)| *count),
                service: service.clone(),
            })
            .collect(),
        rules: i64::try_from(catalogue.rules.len()).unwrap_or(i64::MAX),
        choices: offered(&catalogue, lang),
        tried: tried(&app, &catalogue, asked, lang).await?,
    })
}

/// Every category with what stands below it, removed ones last among their siblings.
fn lines(catalogue: &Catalogue, uses: &[(CategoryId, i64)], lang: Lang) -> Vec<CategoryLine> {
    let line = |category: &Category, is_first: bool, is_last: bool| CategoryLine {
        count: uses.iter().find(|(id, _)| *id == category.id).map_or(0, |(_, count)| *count),
        target: category.target.map(|target| said::target_said(lang, target)),
        is_first,
        is_last,
        category: category.clone(),
    };
    let of = |parent: Option<CategoryId>| {
        let mut own: Vec<&Category> =
            catalogue.categories.iter().filter(|category| category.parent == parent).collect();
        own.sort_by_key(|category| category.removed_at.is_some());
        let last = own.iter().rposition(|category| category.removed_at.is_none());
        let lines = own.into_iter().enumerate();
        lines.map(|(at, category)| line(category, at == 0, Some(at) == last)).collect::<Vec<_>>()
    };
    let with_below = |line: CategoryLine| {
        let below = of(Some(line.category.id));
        std::iter::once(line).chain(below).collect::<Vec<_>>()
    };
    of(None).into_iter().flat_map(with_below).collect()
}

/// What can be reported: number and name of each.
fn offered(catalogue: &Catalogue, lang: Lang) -> Vec<(String, String)> {
    let types = catalogue.below(None);
    let all = types.flat_map(|kind| std::iter::once(kind).chain(catalogue.below(Some(kind.id))));
    let known = all.filter(|category| catalogue.is_offered(category));
    known.map(|category| (category.id.0.to_string(), said::path(catalogue, category, lang))).collect()
}

/// What is wrong with the rules, each in a sentence, with where it is put right.
fn faults(catalogue: &Catalogue, territory: &Territory, lang: Lang) -> Vec<FaultLine> {
    let rule = |id: RuleId| {
        let known = catalogue.rules.iter().find(|rule| rule.id == id);
        known.map_or_else(|| id.0.to_string(), |rule| said::rule_said(catalogue, territory, rule, lang))
    };
    let category = |id: CategoryId| said::of_what(catalogue, Some(id), lang);
    let of_rule = |key: &'static str, id: RuleId| FaultLine {
        said: lang.say(&Message::new(key).with("rule", rule(id))),
        links: vec![(format!("{ROOM}/rules/{}", id.0), rule(id))],
    };
    let of_category = |key: &'static str, id: CategoryId| FaultLine {
        said: lang.say(&Message::new(key).with("category", category(id))),
        links: vec![(format!("{ROOM}/rules"), lang.text("report-desk-rules"))],
    };
    let line = |fault: Fault| match fault {
        Fault::Ambiguous(one, other) => FaultLine {
            said: lang.text("report-desk-fault-ambiguous"),
            links: [one, other].map(|id| (format!("{ROOM}/rules/{}", id.0), rule(id))).into(),
        },
        Fault::Unreached(id) => of_category("report-desk-fault-unreached", id),
        Fault::OnlyInAreas(id) => of_category("report-desk-fault-only-in-areas", id),
        Fault::OfRemovedService(id) => of_rule("report-desk-fault-service", id),
        Fault::OfNoCategory(id) => of_rule("report-desk-fault-category", id),
        Fault::OfNoArea(id) => of_rule("report-desk-fault-area", id),
    };
    catalogue.routing.faults().into_iter().map(line).collect()
}

/// What was tried, and what comes of it; nothing where nothing was.
async fn tried(app: &App, catalogue: &Catalogue, asked: Asked, lang: Lang) -> Result<Tried> {
    let category = asked.category.parse().ok().and_then(|id| catalogue.category(CategoryId(id)));
    let mut tried =
        Tried { category: asked.category.clone(), place: asked.place.clone(), ..Tried::default() };
    let (Some(category), false) = (category, asked.place.trim().is_empty()) else { return Ok(tried) };
    let at = match lon_lat(&asked.place) {
        Some(at) => Some(at),
        None => {
            tried.found = placing::addresses(app, &asked.place, None).await?;
            tried.found.first().and_then(|found| lon_lat(&found.value))
        }
    };
    tried.is_nowhere = at.is_none();
    if let Some((lon, lat)) = at {
        let world = app.atlas.world();
        let answer = |routed: Routed| answered(catalogue, world.territory(), &routed, lang);
        tried.answers = catalogue.near(category.id, lon, lat).into_iter().map(answer).collect();
        tried.is_nobody = tried.answers.is_empty();
        tried.at = Some(format!("{lon:.5}, {lat:.5}"));
    }
    Ok(tried)
}

/// Longitude and latitude, as `2.35, 48.85`.
fn lon_lat(text: &str) -> Option<(f64, f64)> {
    let (lon, lat) = text.split_once([',', ';']).or_else(|| text.trim().split_once(' '))?;
    let (lon, lat): (f64, f64) = (lon.trim().parse().ok()?, lat.trim().parse().ok()?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some((lon, lat))
}

/// Whom, why, by when.
fn answered(catalogue: &Catalogue, territory: &Territory, routed: &Routed, lang: Lang) -> Answered {
    let service = catalogue.service(routed.service);
    let rule = catalogue.rules.iter().find(|rule| rule.id == routed.rule);
    let until = |target| due(clock::now(), target, &[], &catalogue.closed, zone());
    Answered {
        service: service.map(|service| service.name(lang).to_owned()).unwrap_or_default(),
        level: lang.text(&format!("report-desk-level-{}", routed.level.word().replace('_', "-"))),
        rule: rule.map(|rule| said::rule_said(catalogue, territory, rule, lang)).unwrap_or_default(),
        rule_id: routed.rule.0,
        target: routed.target.map(|target| said::target_said(lang, target)),
        due: routed.target.and_then(until).map(|due| local_time::said_until(lang, due)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_longitude_and_latitude_and_an_address_is_none() {
        assert_eq!(lon_lat("2.35, 48.85"), Some((2.35, 48.85)));
        assert_eq!(lon_lat(" 2.35 48.85 "), Some((2.35, 48.85)));
        for none in ["12 rue de la Paix", "", "2.35", "200, 48", "12, rue de la Paix", "NaN, 2"] {
            assert_eq!(lon_lat(none), None, "{none}");
        }
    }
}
