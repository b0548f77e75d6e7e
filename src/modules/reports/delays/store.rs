//! The SQL of delays: what each report counts, what waits to be added up, and the cells.

use super::counts::{self, Counted, Counts, Key, Promise, Types, YEAR};
use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Db, Ids, Sql, Tx, by, insert_many};
use crate::base::error::{Error, Result};
use crate::base::ids::FeatureId;
use crate::core::journal::Write;
use std::collections::HashMap;

#[derive(sqlx::FromRow)]
struct CountedRow {
    month: i64,
    category_id: i64,
    service_id: Option<i64>,
    areas: String,
    hours: Option<i64>,
    is_in_time: Option<bool>,
}

impl CountedRow {
    fn read(self) -> Counted {
        Counted {
            month: self.month,
            category: self.category_id,
            service: self.service_id.unwrap_or(0),
            areas: self.areas.split(',').filter_map(|id| id.parse().ok()).collect(),
            hours: self.hours.map(|hours| u32::try_from(hours).unwrap_or(u32::MAX)),
            promise: Promise::of(self.is_in_time),
        }
    }
}

fn said(areas: &[i64]) -> String {
    areas.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// What is counted of a report.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn counted(db: impl Sql<'_>, id: FeatureId) -> Result<Option<Counted>> {
    let row: Option<CountedRow> = db
        .optional(
            "select month, category_id, service_id, areas, hours, is_in_time from report_delay where feature_id = $1",
            (id,),
        )
        .await?;
    Ok(row.map(CountedRow::read))
}

/// What the count of a report asks of its feature.
pub(super) struct About {
    pub(super) created_at: Timestamp,
    /// One of each level, so that the areas of a level add up.
    pub(super) areas: Vec<i64>,
}

/// The same of a report that everybody sees and that waits for a repair; nothing of another.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn about(tx: &mut Tx, id: FeatureId) -> Result<Option<About>> {
    let row: Option<(Timestamp,)> = tx
        .optional(
            "select f.created_at from feature f join report r on r.feature_id = f.id
             join report_category c on c.id = r.category_id
             where f.id = $1 and f.published_at is not null and f.merged_into is null and c.sort = 'problem'",
            (id,),
        )
        .await?;
    let Some((created_at,)) = row else { return Ok(None) };
    let areas: Vec<(i64,)> = tx
        .all(
            "select min(a.id) from feature_area x join area a on a.id = x.area_id where x.feature_id = $1
             group by a.level order by 1",
            (id,),
        )
        .await?;
    Ok(Some(About { created_at, areas: areas.into_iter().map(|(id,)| id).collect() }))
}

/// Counts a report.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn count(write: &mut Write, id: FeatureId, counted: &Counted) -> Result<()> {
    write
        .tx()
        .run(
            "insert into report_delay (feature_id, month, category_id, service_id, areas, hours, is_in_time)
             values ($1, $2, $3, $4, $5, $6, $7)",
            (
                id,
                counted.month,
                counted.category,
                Some(counted.service).filter(|service| *service > 0),
                said(&counted.areas),
                counted.hours.map(i64::from),
                counted.promise.is_in_time(),
            ),
        )
        .await?;
    change(write, 1, counted).await
}

/// Takes back what was counted of a report.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn take_back(write: &mut Write, id: FeatureId, counted: &Counted) -> Result<()> {
    write.tx().run("delete from report_delay where feature_id = $1", (id,)).await?;
    change(write, -1, counted).await
}

async fn change(write: &mut Write, sign: i64, counted: &Counted) -> Result<()> {
    write
        .tx()
        .run(
            "insert into report_delay_change (sign, month, category_id, service_id, areas, hours, is_in_time)
             values ($1, $2, $3, $4, $5, $6, $7)",
            (
                sign,
                counted.month,
                counted.category,
                counted.service,
                said(&counted.areas),
                counted.hours.map(i64::from),
                counted.promise.is_in_time(),
            ),
        )
        .await
        .map(drop)
}

/// Whether anything waits to be added up, or the year has a month too many.
pub(super) fn is_anything_waiting(db: &Db, since: i64) -> Answer<'_, bool> {
    Box::pin(async move {
        let first: Option<(i64,)> =
            db.optional("select id from report_delay_change order by id limit 1", ()).await?;
        Ok(first.is_some() || has_old_months(db, since).await?)
    })
}

/// Whether the year still has months in it that are before `since`.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn has_old_months(db: impl Sql<'_>, since: i64) -> Result<bool> {
    let sql = "select month from report_delay_cell where month > 0 and month < $1 limit 1";
    let old: Option<(i64,)> = db.optional(sql, (since,)).await?;
    Ok(old.is_some())
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    sign: i64,
    #[sqlx(flatten)]
    counted: CountedRow,
}

impl ChangeRow {
    fn read(self) -> (i64, Counted) {
        (self.sign, self.counted.read())
    }
}

#[derive(sqlx::FromRow)]
struct CellRow {
    month: i64,
    category_id: i64,
    service_id: i64,
    area_id: i64,
    in_time: i64,
    late: i64,
    closed: i64,
    hours: Vec<u8>,
}

impl CellRow {
    fn counts(&self) -> Result<Counts> {
        let mut counts = Counts::default();
        counts.add_row((self.in_time, self.late, self.closed), &self.hours)?;
        Ok(counts)
    }
}

/// Adds up as many as wait, `most` at once; of months only from `since` on: those before are taken from the year, and forgotten. Gives how many
/// there were.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn add_up(db: &Db, most: i64, since: i64) -> Result<u64> {
    let mut tx = db.begin_for_long().await?;
    lock(&mut tx).await?;
    let types = types(&mut tx).await?;
    let changes: Vec<ChangeRow> = tx
        .all(
            "delete from report_delay_change
             where id in (select id from report_delay_change order by id limit $1)
             returning sign, month, category_id, service_id, areas, hours, is_in_time",
            (most,),
        )
        .await?;
    let count = changes.len() as u64;
    let changes: Vec<(i64, Counted)> = changes.into_iter().map(ChangeRow::read).collect();
    let mut sums = counts::cells(&changes, &types, since);
    let old: Vec<CellRow> = tx
        .all(
            "delete from report_delay_cell where month > 0 and month < $1
             returning month, category_id, service_id, area_id, in_time, late, closed, hours",
            (since,),
        )
        .await?;
    for row in old {
        let year = sums.entry((YEAR, row.category_id, row.service_id, row.area_id)).or_default();
        year.merge(&row.counts()?, -1);
    }
    add(&mut tx, sums).await?;
    tx.commit().await?;
    Ok(count)
}

/// Who else writes cells waits here, and finds them as this one leaves them.
async fn lock(tx: &mut Tx) -> Result<()> {
    tx.run(
        "insert into report_delay_cell (month, category_id, service_id, area_id, in_time, late, closed, hours)
         values (-1, -1, -1, -1, 0, 0, 0, $1) on conflict (month, category_id, service_id, area_id)
         do update set closed = report_delay_cell.closed",
        (Vec::<u8>::new(),),
    )
    .await
    .map(drop)
}

/// The type of each category, as they are.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn types(tx: &mut Tx) -> Result<Types> {
    let rows: Vec<(i64, i64)> = tx.all("select id, coalesce(parent_id, id) from report_category", ()).await?;
    Ok(rows.into_iter().collect())
}

/// Moves what was counted of a category from the type that it stands below to another, before its row says so.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn retype(tx: &mut Tx, category: i64, to: i64) -> Result<()> {
    let from = types(tx).await?.get(&category).copied().unwrap_or(category);
    if from == to {
        return Ok(());
    }
    lock(tx).await?;
    // Month by month, as the key begins with it: each is found after the one before.
    let rows: Vec<CellRow> = tx
        .all(
            "with recursive known (month) as (
                 select min(month) from report_delay_cell
                 union all
                 select (select min(c.month) from report_delay_cell c where c.month > k.month)
                 from known k where k.month is not null
             )
             select month, category_id, service_id, area_id, in_time, late, closed, hours from report_delay_cell
             where month in (select month from known) and category_id = $1",
            (category,),
        )
        .await?;
    let mut sums: HashMap<Key, Counts> = HashMap::new();
    for row in rows {
        let counts = row.counts()?;
        for (kind, sign) in [(from, -1), (to, 1)] {
            let key = (row.month, counts::of_type(kind), row.service_id, row.area_id);
            sums.entry(key).or_default().merge(&counts, sign);
        }
    }
    add(tx, sums).await
}

/// Adds to the cells.
async fn add(tx: &mut Tx, mut sums: HashMap<Key, Counts>) -> Result<()> {
    let keys: Vec<[i64; 4]> = sums.keys().map(|key| [key.0, key.1, key.2, key.3]).collect();
    let keys = serde_json::to_string(&keys).map_err(|error| Error::Internal(error.to_string()))?;
    let kept: Vec<CellRow> = tx
        .all(
            by(
                "select c.month, c.category_id, c.service_id, c.area_id, c.in_time, c.late, c.closed, c.hours
                 from json_each($1) k cross join report_delay_cell c
                 where c.month = k.value ->> 0 and c.category_id = k.value ->> 1 and c.service_id = k.value ->> 2
                   and c.area_id = k.value ->> 3",
                "select c.month, c.category_id, c.service_id, c.area_id, c.in_time, c.late, c.closed, c.hours
                 from json_array_elements(cast($1 as json)) k join report_delay_cell c
                   on c.month = cast(k.value ->> 0 as bigint) and c.category_id = cast(k.value ->> 1 as bigint)
                   and c.service_id = cast(k.value ->> 2 as bigint) and c.area_id = cast(k.value ->> 3 as bigint)",
            ),
            (keys,),
        )
        .await?;
    for row in kept {
        let key = (row.month, row.category_id, row.service_id, row.area_id);
        if let Some(sum) = sums.get_mut(&key) {
            sum.add_row((row.in_time, row.late, row.closed), &row.hours)?;
        }
    }
    let rows = sums.iter().map(|((month, category, service, area), sum)| {
        (*month, *category, *service, *area, sum.in_time, sum.late, sum.closed, sum.hours.packed())
    });
    insert_many(
        tx,
        "insert into report_delay_cell (month, category_id, service_id, area_id, in_time, late, closed, hours)",
        rows,
        "on conflict (month, category_id, service_id, area_id)
         do update set in_time = excluded.in_time, late = excluded.late, closed = excluded.closed, hours = excluded.hours",
    )
    .await?;
    Ok(())
}

/// A category, a service and an area, or all of them.
pub(super) type Cell = (i64, i64, i64);

/// What a page asks for: the cells of all of these together.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) months: Vec<i64>,
    pub(super) categories: Vec<i64>,
    pub(super) services: Vec<i64>,
    pub(super) areas: Vec<i64>,
}

impl Asked {
    fn has(&self, (month, category, service, area): &Key) -> bool {
        self.months.contains(month)
            && self.categories.contains(category)
            && self.services.contains(service)
            && self.areas.contains(area)
    }
}

/// What waits to be added up.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn waiting(tx: &mut Tx) -> Result<Vec<(i64, Counted)>> {
    let rows: Vec<ChangeRow> = tx
        .all(
            "select sign, month, category_id, service_id, areas, hours, is_in_time from report_delay_change order by id",
            (),
        )
        .await?;
    Ok(rows.into_iter().map(ChangeRow::read).collect())
}

/// The counts of these cells by category, service and area, all months of them together; what waits is among them.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn cells_of(
    tx: &mut Tx,
    asked: &Asked,
    (waiting, types, since): (&[(i64, Counted)], &Types, i64),
) -> Result<HashMap<Cell, Counts>> {
    let of = (Ids(&asked.months), Ids(&asked.categories), Ids(&asked.services), Ids(&asked.areas));
    let sql = by(
        "select month, category_id, service_id, area_id, in_time, late, closed, hours from report_delay_cell
         where month in (select value from json_each($1)) and category_id in (select value from json_each($2))
           and service_id in (select value from json_each($3)) and area_id in (select value from json_each($4))",
        "select month, category_id, service_id, area_id, in_time, late, closed, hours from report_delay_cell
         where month = any($1) and category_id = any($2) and service_id = any($3) and area_id = any($4)",
    );
    let rows: Vec<CellRow> = tx.all(sql, of).await?;
    let mut cells: HashMap<Cell, Counts> = HashMap::new();
    for row in rows {
        let cell = cells.entry((row.category_id, row.service_id, row.area_id)).or_default();
        cell.add_row((row.in_time, row.late, row.closed), &row.hours)?;
    }
    for (sign, counted) in waiting {
        for key in counted.keys(types, since).filter(|key| asked.has(key)) {
            cells.entry((key.1, key.2, key.3)).or_default().add(counted, *sign);
        }
    }
    Ok(cells)
}
