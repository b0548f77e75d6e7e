//! The SQL of the desk of the catalogue: what it changes, and what it asks beside the catalogue itself.
//!
//! Invariants: nothing that a report may name is deleted; each change says so in the journal, so that every server reads the catalogue anew.

use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::ids::AccountId;
use crate::core::journal::Write;
use crate::modules::reports::clock::{Target, Unit};
use crate::modules::reports::model::{CategoryId, ServiceId, Sort};
use crate::modules::reports::{CATALOGUE_CHANGED, delays};

/// A service to be written.
#[derive(Debug, Clone, Default)]
pub(super) struct NewService {
    pub(super) name: String,
    pub(super) name_en: String,
    pub(super) email: String,
    pub(super) contact: String,
    pub(super) is_outside: bool,
    pub(super) open311_url: Option<String>,
    pub(super) open311_jurisdiction: Option<String>,
    /// A secret; nothing where there is none.
    pub(super) open311_key: Option<String>,
}

/// A category to be written.
#[derive(Debug, Clone)]
pub(super) struct NewCategory {
    pub(super) parent: Option<CategoryId>,
    pub(super) label: String,
    pub(super) label_en: String,
    pub(super) hint: String,
    pub(super) keywords: String,
    pub(super) sort: Sort,
    /// JSON.
    pub(super) questions: String,
    pub(super) target: Option<Target>,
    pub(super) duplicate_metres: i64,
    pub(super) duplicate_days: i64,
    pub(super) checks_photos: bool,
    pub(super) danger: String,
    pub(super) color: String,
    pub(super) icon: String,
}

/// How many, of a target, as its column keeps it.
pub(super) fn n(target: Option<Target>) -> Option<i64> {
    target.map(|target| i64::from(target.n))
}

/// Of what.
pub(super) fn unit(target: Option<Target>) -> Option<Unit> {
    target.map(|target| target.unit)
}

/// Makes a service. Gives its id.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_service(write: &mut Write, slug: &str, new: &NewService) -> Result<ServiceId> {
    let (id,): (ServiceId,) = write
        .tx()
        .one(
            "insert into report_service (slug, name, name_en, email, contact, is_outside, open311_url,
                                         open311_jurisdiction, open311_key)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
            (
                slug,
                new.name.as_str(),
                new.name_en.as_str(),
                new.email.as_str(),
                new.contact.as_str(),
                new.is_outside,
                new.open311_url.as_deref(),
                new.open311_jurisdiction.as_deref(),
                new.open311_key.as_deref(),
            ),
        )
        .await?;
    write.record_subject(CATALOGUE_CHANGED, format!("service:{}", id.0));
    Ok(id)
}

/// Changes a service; its slug stays.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn change_service(write: &mut Write, id: ServiceId, new: &NewService) -> Result<()> {
    let changed = write
        .tx()
        .run(
            "update report_service set name = $2, name_en = $3, email = $4, contact = $5, is_outside = $6,
                                       open311_url = $7, open311_jurisdiction = $8, open311_key = $9
             where id = $1",
            (
                id,
                new.name.as_str(),
                new.name_en.as_str(),
                new.email.as_str(),
                new.contact.as_str(),
                new.is_outside,
                new.open311_url.as_deref(),
                new.open311_jurisdiction.as_deref(),
                new.open311_key.as_deref(),
            ),
        )
        .await?;
    said(write, changed, format!("service:{}", id.0))
}

/// Removes a service from `at` on, or puts it back (nothing). Reports that it has keep it.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn remove_service(write: &mut Write, id: ServiceId, at: Option<Timestamp>) -> Result<()> {
    let changed = write.tx().run("update report_service set removed_at = $2 where id = $1", (id, at)).await?;
    said(write, changed, format!("service:{}", id.0))
}

/// Locks a service until the write ends.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn lock_service(write: &mut Write, id: ServiceId) -> Result<()> {
    let found = write.tx().run("update report_service set slug = slug where id = $1", (id,)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Tells the journal of a change; refuses where there was nothing to change.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) fn said(write: &mut Write, changed: u64, subject: String) -> Result<()> {
    if changed == 0 {
        return Err(Error::NotFound);
    }
    write.record_subject(CATALOGUE_CHANGED, subject);
    Ok(())
}

/// How many reports each service has that have not ended.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn open_by_service(db: impl Sql<'_>) -> Result<Vec<(ServiceId, i64)>> {
    db.all(
        "select service_id, count(*) from report where ended_at is null and service_id is not null group by service_id",
        (),
    )
    .await
}

/// How many reports each category has, ended ones among them.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn by_category(db: impl Sql<'_>) -> Result<Vec<(CategoryId, i64)>> {
    db.all("select category_id, count(*) from report group by category_id", ()).await
}

/// Somebody who works with a service, or may.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Agent {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) is_of_it: bool,
}

/// Everybody who has a role that treats reports, or whose desk begins with this service.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn agents(db: impl Sql<'_>, id: ServiceId) -> Result<Vec<Agent>> {
    db.all(
        "select a.id, coalesce(nullif(a.name, ''), a.email, '') as name,
                exists (select 1 from report_service_agent s where s.service_id = $1 and s.account_id = a.id) as is_of_it
         from account a
         where exists (select 1 from report_service_agent s where s.service_id = $1 and s.account_id = a.id)
            or (a.email is not null and exists (select 1 from role_grant g where g.account_id = a.id
                and g.revoked_at is null and g.role in ('agent', 'planner', 'administrator')))
         order by lower(coalesce(nullif(a.name, ''), a.email, '')), a.id",
        (id,),
    )
    .await
}

/// Has somebody's desk begin with a service, or no longer.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn set_agent(
    write: &mut Write,
    id: ServiceId,
    who: AccountId,
    is_of_it: bool,
) -> Result<()> {
    if is_of_it {
        write
            .tx()
            .run(
                "insert into report_service_agent (service_id, account_id) values ($1, $2)
                 on conflict (service_id, account_id) do nothing",
                (id, who),
            )
            .await?;
    } else {
        write
            .tx()
            .run("delete from report_service_agent where service_id = $1 and account_id = $2", (id, who))
            .await?;
    }
    Ok(())
}

/// Makes a category, the last of its siblings. Gives its id.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_category(write: &mut Write, slug: &str, new: &NewCategory) -> Result<CategoryId> {
    let (id,): (CategoryId,) = write
        .tx()
        .one(
            "insert into report_category (parent_id, slug, label, label_en, hint, keywords, sort, questions, target_n,
                                          target_unit, duplicate_metres, duplicate_days, checks_photos, danger, color, icon,
                                          position)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     (select coalesce(max(c.position), 0) + 1 from report_category c
                      where coalesce(c.parent_id, 0) = coalesce(cast($1 as bigint), 0)))
             returning id",
            (
                new.parent,
                slug,
                new.label.as_str(),
                new.label_en.as_str(),
                new.hint.as_str(),
                new.keywords.as_str(),
                new.sort,
                new.questions.as_str(),
                n(new.target),
                unit(new.target),
                new.duplicate_metres,
                new.duplicate_days,
                new.checks_photos,
                new.danger.as_str(),
                new.color.as_str(),
                new.icon.as_str(),
            ),
        )
        .await?;
    write.record_subject(CATALOGUE_CHANGED, format!("category:{}", id.0));
    Ok(id)
}

/// Changes a category; its slug and its place among its siblings stay.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn change_category(write: &mut Write, id: CategoryId, new: &NewCategory) -> Result<()> {
    delays::retype(write, id, new.parent).await?;
    let changed = write
        .tx()
        .run(
            "update report_category
             set parent_id = $2, label = $3, label_en = $4, hint = $5, keywords = $6, sort = $7, questions = $8,
                 target_n = $9, target_unit = $10, duplicate_metres = $11, duplicate_days = $12, checks_photos = $13,
                 danger = $14, color = $15, icon = $16
             where id = $1",
            (
                id,
                new.parent,
                new.label.as_str(),
                new.label_en.as_str(),
                new.hint.as_str(),
                new.keywords.as_str(),
                new.sort,
                new.questions.as_str(),
                n(new.target),
                unit(new.target),
                new.duplicate_metres,
                new.duplicate_days,
                new.checks_photos,
                new.danger.as_str(),
                new.color.as_str(),
                new.icon.as_str(),
            ),
        )
        .await?;
    said(write, changed, format!("category:{}", id.0))
}

/// Removes a category from `at` on, or puts it back (nothing). Reports of it keep it.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn remove_category(write: &mut Write, id: CategoryId, at: Option<Timestamp>) -> Result<()> {
    let changed =
        write.tx().run("update report_category set removed_at = $2 where id = $1", (id, at)).await?;
    said(write, changed, format!("category:{}", id.0))
}

/// Locks a category until the write ends.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn lock_category(write: &mut Write, id: CategoryId) -> Result<()> {
    let found = write.tx().run("update report_category set slug = slug where id = $1", (id,)).await?;
    if found == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Has siblings stand in this order.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn order(write: &mut Write, siblings: &[CategoryId]) -> Result<()> {
    for (at, id) in (1_i64..).zip(siblings) {
        write.tx().run("update report_category set position = $2 where id = $1", (*id, at)).await?;
    }
    write.record_subject(CATALOGUE_CHANGED, "order");
    Ok(())
}
