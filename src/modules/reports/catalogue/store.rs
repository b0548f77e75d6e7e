//! The SQL of categories, services, rules and closed days.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::AreaId;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::holidays::ClosedDays;
use crate::modules::reports::model::{
    Category, CategoryId, Question, Rule, RuleId, Service, ServiceId, Sort,
};

/// The values of the facet of the category, each type before what is below it.
pub(in crate::modules::reports) const FACET_CATEGORIES: &str =
    "select c.id, c.slug, c.label, c.color, c.icon from report_category c
     left join report_category p on p.id = c.parent_id
     order by coalesce(p.position, c.position), coalesce(p.id, c.id), case when p.id is null then 0 else 1 end, c.position, c.id";

/// The values of the facet of the service.
pub(in crate::modules::reports) const FACET_SERVICES: &str =
    "select id, slug, name, null, null from report_service order by lower(name), id";

/// A target as two columns keep it.
pub(in crate::modules::reports) fn target(n: Option<i64>, unit: Option<Unit>) -> Option<Target> {
    Target::new(n?, unit?)
}

#[derive(sqlx::FromRow)]
struct CategoryRow {
    id: CategoryId,
    parent_id: Option<CategoryId>,
    slug: String,
    label: String,
    label_en: String,
    hint: String,
    keywords: String,
    sort: Sort,
    questions: String,
    target_n: Option<i64>,
    target_unit: Option<Unit>,
    duplicate_metres: i64,
    duplicate_days: i64,
    checks_photos: bool,
    danger: String,
    color: String,
    icon: String,
    position: i64,
    removed_at: Option<Timestamp>,
}

impl CategoryRow {
    fn read(self) -> Result<Category> {
        let wrong = |e| Error::Internal(format!("questions of the category {}: {e}", self.slug));
        let questions: Vec<Question> = serde_json::from_str(&self.questions).map_err(wrong)?;
        Ok(Category {
            id: self.id,
            parent: self.parent_id,
            label: self.label,
            label_en: self.label_en,
            hint: self.hint,
            keywords: self.keywords,
            sort: self.sort,
            questions,
            target: target(self.target_n, self.target_unit),
            duplicate_metres: self.duplicate_metres,
            duplicate_days: self.duplicate_days,
            checks_photos: self.checks_photos,
            danger: self.danger,
            color: self.color,
            icon: self.icon,
            position: self.position,
            removed_at: self.removed_at,
            slug: self.slug,
        })
    }
}

/// Every category, types before what is below them.
///
/// # Errors
/// Where the database does not answer, or has questions that are none.
pub(in crate::modules::reports) async fn categories(db: impl Sql<'_>) -> Result<Vec<Category>> {
    let rows: Vec<CategoryRow> = db
        .all(
            "select id, parent_id, slug, label, label_en, hint, keywords, sort, questions, target_n, target_unit,
                    duplicate_metres, duplicate_days, checks_photos, danger, color, icon, position, removed_at
             from report_category order by case when parent_id is null then 0 else 1 end, position, id",
            (),
        )
        .await?;
    rows.into_iter().map(CategoryRow::read).collect()
}

/// Every service, by name.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::reports) async fn services(db: impl Sql<'_>) -> Result<Vec<Service>> {
    db.all(
        "select id, slug, name, name_en, email, contact, is_outside, open311_url, open311_jurisdiction, open311_key,
                removed_at
         from report_service order by lower(name), id",
        (),
    )
    .await
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    id: RuleId,
    category_id: Option<CategoryId>,
    area_id: Option<AreaId>,
    is_of_area: bool,
    service_id: ServiceId,
    target_n: Option<i64>,
    target_unit: Option<Unit>,
}

/// Every rule that holds.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::reports) async fn rules(db: impl Sql<'_>) -> Result<Vec<Rule>> {
    let rows: Vec<RuleRow> = db
        .all(
            "select id, category_id, area_id, is_of_area, service_id, target_n, target_unit
             from report_rule where until_at is null order by id",
            (),
        )
        .await?;
    let read = |row: RuleRow| Rule {
        id: row.id,
        category: row.category_id,
        area: row.area_id,
        is_of_area: row.is_of_area,
        service: row.service_id,
        target: target(row.target_n, row.target_unit),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Days on which nobody works, beside the law's.
///
/// # Errors
/// Where the database does not answer.
pub(in crate::modules::reports) async fn closed_days(db: impl Sql<'_>) -> Result<ClosedDays> {
    let rows: Vec<(String,)> = db.all("select day from closed_day order by day", ()).await?;
    Ok(ClosedDays::new(rows.into_iter().filter_map(|(day,)| day.parse().ok())))
}
