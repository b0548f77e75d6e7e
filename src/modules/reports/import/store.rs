//! The SQL of what a file brings: many reports at once, and the categories and services that it names.

use crate::base::db::{Ids, Sql, by, insert_many};
use crate::base::error::Result;
use crate::core::features::Kind;
use crate::core::journal::Write;
use crate::modules::reports::model::{CategoryId, Report, ServiceId, Sort};
use std::collections::BTreeMap;

/// Makes a category.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_category(
    write: &mut Write,
    parent: Option<CategoryId>,
    slug: &str,
    label: &str,
    (sort, color): (Sort, &str),
) -> Result<CategoryId> {
    let (id,): (CategoryId,) = write
        .tx()
        .one(
            "insert into report_category (parent_id, slug, label, sort, duplicate_metres, duplicate_days, checks_photos,
                                          color, position)
             values ($1, $2, $3, $4, 50, 30, $5, $6, (select coalesce(max(position), 0) + 1 from report_category))
             returning id",
            (parent, slug, label, sort, false, color),
        )
        .await?;
    Ok(id)
}

/// Makes a service of the authority.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_service(write: &mut Write, slug: &str, name: &str) -> Result<ServiceId> {
    let (id,): (ServiceId,) = write
        .tx()
        .one(
            "insert into report_service (slug, name, is_outside) values ($1, $2, $3) returning id",
            (slug, name, false),
        )
        .await?;
    Ok(id)
}

/// Writes reports without a clock, and files them for the map. Those that ended are counted by the caller.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn insert_all(write: &mut Write, reports: &[Report]) -> Result<()> {
    let rows = reports.iter().map(|report| {
        (report.id, report.category, report.service, report.received_at, false, report.ended_at)
    });
    insert_many(
        write.tx(),
        "insert into report (feature_id, category_id, service_id, received_at, is_overdue, ended_at)",
        rows,
        "",
    )
    .await?;
    let mut filed: BTreeMap<(i64, i64, i64), Vec<i64>> = BTreeMap::new();
    for report in reports {
        let slots = (
            report.category.0,
            report.service.map_or(0, |service| service.0),
            i64::from(report.clock().code()) + 1,
        );
        filed.entry(slots).or_default().push(report.id.0);
    }
    for ((category, service, clock), ids) in filed {
        let sql = by(
            "update feature set slot_a = $2, slot_b = $3, slot_c = $4
             where id in (select value from json_each($1)) and kind = $5",
            "update feature set slot_a = $2, slot_b = $3, slot_c = $4 where id = any($1) and kind = $5",
        );
        write.tx().run(sql, (Ids(&ids), category, service, clock, Kind::REPORT)).await?;
    }
    Ok(())
}
