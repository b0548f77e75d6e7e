//! The page of rules: which service treats what, where, and by when; the versions that were.
//!
//! Invariant: a rule that holds is never changed. Its next version begins in the transaction that ends it.

pub(super) mod store;

use self::store::NewRule;
use super::category_form::target;
use super::views::{PastRule, RuleLine, RulePage, RulesPage};
use super::{number, said};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::base::once::Answered;
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::desk;
use crate::modules::reports::model::{Category, CategoryId, Rule, RuleId, ServiceId};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// How many versions that were are shown.
const PAST: i64 = 100;
/// Where the rules are.
const HERE: &str = "/admin/reports/catalogue/rules";

/// A rule as it is typed: ids, or nothing for all.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleForm {
    pub(super) category: String,
    /// A slug.
    pub(super) area: String,
    pub(super) service: String,
    pub(super) target_n: String,
    pub(super) target_unit: String,
}

impl RuleForm {
    fn sent(fields: &Fields) -> RuleForm {
        let get = |name: &str| fields.get(name).to_owned();
        RuleForm {
            category: get("category"),
            area: get("area"),
            service: get("service"),
            target_n: get("target_n"),
            target_unit: get("target_unit"),
        }
    }

    fn of(app: &App, rule: &Rule) -> RuleForm {
        let world = app.atlas.world();
        let area = rule.area.and_then(|id| world.territory().get(id));
        RuleForm {
            category: rule.category.map(|id| id.0.to_string()).unwrap_or_default(),
            area: area.map(|area| area.slug.clone()).unwrap_or_default(),
            service: rule.service.0.to_string(),
            target_n: rule.target.map(|target| target.n.to_string()).unwrap_or_default(),
            target_unit: rule.target.map_or(Unit::WorkingDays, |target| target.unit).word().to_owned(),
        }
    }

    fn check(&self, app: &App, catalogue: &Catalogue, now: Option<RuleId>) -> Result<NewRule, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, key: &'static str| {
            problems.push(Problem { field: field.to_owned(), message: Message::new(key) });
        };
        let known = |id: &CategoryId| catalogue.category(*id).is_some_and(|known| known.removed_at.is_none());
        let category = self.category.parse().ok().map(CategoryId).filter(known);
        if category.is_none() && !self.category.is_empty() {
            wrong("category", "report-desk-bad-choice");
        }
        let area = app.atlas.world().territory().of_slug(&self.area).map(|area| area.id);
        if area.is_none() && !self.area.is_empty() {
            wrong("area", "report-desk-bad-choice");
        }
        let works = |id: &ServiceId| catalogue.service(*id).is_some_and(|known| known.removed_at.is_none());
        let service = self.service.parse().ok().map(ServiceId).filter(works);
        if service.is_none() {
            wrong("service", "report-desk-rule-service");
        }
        let target = target(&self.target_n, &self.target_unit).unwrap_or_else(|key| {
            wrong("target_n", key);
            None
        });
        let same = |rule: &&Rule| {
            rule.category == category && (rule.area, rule.is_of_area) == (area, area.is_some())
        };
        if catalogue.rules.iter().filter(|rule| Some(rule.id) != now).any(|rule| same(&rule)) {
            wrong("category", "report-desk-rule-twice");
        }
        match service {
            Some(service) if problems.is_empty() => Ok(NewRule { category, area, service, target }),
            _ => Err(problems),
        }
    }
}

async fn rules_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    form: RuleForm,
    problems: Vec<Problem>,
) -> Result<RulesPage> {
    let (catalogue, world, lang) = (Catalogue::of(app).await?, app.atlas.world(), reader.lang);
    let service = |id| catalogue.service(id).map(|known| known.name(lang).to_owned()).unwrap_or_default();
    let line = |rule: &Rule| RuleLine {
        id: rule.id.0,
        what: said::of_what(&catalogue, rule.category, lang),
        place: said::where_said(world.territory(), (rule.area, rule.is_of_area), lang),
        service: service(rule.service),
        target: rule.target.map(|target| said::target_said(lang, target)),
    };
    let mut lines: Vec<RuleLine> = catalogue.rules.iter().map(line).collect();
    lines.sort_by_cached_key(|line| {
        (crate::base::text::fold(&line.what), crate::base::text::fold(&line.place))
    });
    let past = store::past(&app.db, PAST).await?.into_iter().map(|rule| PastRule {
        what: said::of_what(&catalogue, rule.category_id, lang),
        place: said::where_said(world.territory(), (rule.area_id, rule.is_of_area), lang),
        service: service(rule.service_id),
        target: rule
            .target_n
            .zip(rule.target_unit)
            .and_then(|(n, unit)| Target::new(n, unit))
            .map(|target| said::target_said(lang, target)),
        from: rule.from_at,
        until: rule.until_at,
    });
    Ok(RulesPage {
        lang,
        site: app.name(),
        desk: Desk::of(actor, lang, desk::ROOM),
        lines,
        past: past.collect(),
        choices: Choices::of(app, &catalogue, reader),
        form,
        problems,
    })
}

/// What a rule can name: value and name of each.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    pub(super) categories: Vec<(String, String)>,
    pub(super) areas: Vec<(String, String)>,
    pub(super) services: Vec<(String, String)>,
}

impl Choices {
    fn of(app: &App, catalogue: &Catalogue, reader: &Reader) -> Choices {
        let lang = reader.lang;
        let named = |category: &Category| (category.id.0.to_string(), said::path(catalogue, category, lang));
        let of_type = |kind: &Category| {
            let own: Vec<_> =
                std::iter::once(named(kind)).chain(catalogue.below(Some(kind.id)).map(named)).collect();
            own
        };
        let world = app.atlas.world();
        let areas = world.territory().areas().iter().map(|area| (area.slug.clone(), area.name.clone()));
        let services = catalogue.services.iter().filter(|service| service.removed_at.is_none());
        Choices {
            categories: catalogue.below(None).flat_map(of_type).collect(),
            areas: areas.collect(),
            services: services.map(|known| (known.id.0.to_string(), known.name(lang).to_owned())).collect(),
        }
    }
}

/// `GET /admin/reports/catalogue/rules`
pub(super) async fn list(State(app): State<App>, reader: Reader, actor: Actor) -> Result<RulesPage> {
    rules_page(&app, &reader, &actor, RuleForm::default(), Vec::new()).await
}

/// `POST /admin/reports/catalogue/rules`
pub(super) async fn create(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, catalogue) = (RuleForm::sent(&sent), Catalogue::of(&app).await?);
    let new = match form.check(&app, &catalogue, None) {
        Ok(new) => new,
        Err(problems) => {
            let page = rules_page(&app, &reader, &actor, form, problems).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let mut write = app.begin().await?;
    store::insert_rule(&mut write, new).await?;
    write.answers(Answered::See(HERE.to_owned()));
    app.commit(write).await?;
    Ok(Redirect::to(HERE).into_response())
}

async fn found(app: &App, id: &str) -> Result<Rule> {
    let id = RuleId(number(id)?);
    let catalogue = Catalogue::of(app).await?;
    catalogue.rules.iter().find(|rule| rule.id == id).cloned().ok_or(Error::NotFound)
}

async fn rule_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    rule: &Rule,
    form: RuleForm,
    problems: Vec<Problem>,
) -> Result<RulePage> {
    let (catalogue, world) = (Catalogue::of(app).await?, app.atlas.world());
    Ok(RulePage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, desk::ROOM),
        id: rule.id.0,
        name: said::rule_said(&catalogue, world.territory(), rule, reader.lang),
        choices: Choices::of(app, &catalogue, reader),
        form,
        problems,
    })
}

/// `GET /admin/reports/catalogue/rules/{id}`
pub(super) async fn edit(
    State(app): State<App>,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<RulePage> {
    let rule = found(&app, &id).await?;
    let form = RuleForm::of(&app, &rule);
    rule_page(&app, &reader, &actor, &rule, form, Vec::new()).await
}

/// `POST /admin/reports/catalogue/rules/{id}`: ends it, and begins its next version.
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Path(id): Path<String>,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let (form, rule) = (RuleForm::sent(&sent), found(&app, &id).await?);
    let new = match form.check(&app, &*Catalogue::of(&app).await?, Some(rule.id)) {
        Ok(new) => new,
        Err(problems) => {
            let page = rule_page(&app, &reader, &actor, &rule, form, problems).await?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
    };
    let mut write = app.begin().await?;
    end_one(&mut write, rule.id).await?;
    store::insert_rule(&mut write, new).await?;
    app.commit(write).await?;
    Ok(Redirect::to(HERE).into_response())
}

/// Ends a rule; whoever changed it meanwhile ended it, and is not passed over.
async fn end_one(write: &mut crate::core::journal::Write, id: RuleId) -> Result<()> {
    if store::end_rule(write, id).await? {
        return Ok(());
    }
    Err(Error::Conflict(Message::new("report-desk-rule-ended")))
}

/// `POST /admin/reports/catalogue/rules/{id}/end`
pub(super) async fn end(State(app): State<App>, _: SameOrigin, Path(id): Path<String>) -> Result<Redirect> {
    let id = RuleId(number(&id)?);
    let mut write = app.begin().await?;
    end_one(&mut write, id).await?;
    app.commit(write).await?;
    Ok(Redirect::to(HERE))
}
