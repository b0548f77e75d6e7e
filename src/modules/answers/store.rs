//! The list of contributions that an agent may answer, in SQL: scope and filter are its conditions, so that it is counted and paged
//! whole.

use super::order::Order;
use crate::base::clock::Timestamp;
use crate::base::db::{Sql, Statement, by};
use crate::base::error::Result;
use crate::civic::work::assignments::assigned;
use crate::core::atlas::Chosen;
use crate::core::features::scope::{Scope, in_scope};

/// A list of values in an argument, as rows of `w`.
macro_rules! each {
    (sqlite, $argument:literal) => {
        concat!("json_each(", $argument, ") w")
    };
    (postgres, $argument:literal) => {
        concat!("jsonb_array_elements_text(cast(", $argument, " as jsonb)) w (value)")
    };
}

/// A statement over what passes scope and filter.
macro_rules! listed {
    ($on:tt, $select:literal, $($then:literal),+) => {
        concat!(
            $select,
            " from feature f where ",
            in_scope!($on),
            " and f.published_at is not null
              and ($2 = '[]' or f.kind in (select w.value from ",
            each!($on, "$2"),
            ")) and ($3 = '[]' or f.status in (select w.value from ",
            each!($on, "$3"),
            ")) and ($4 = '[]' or coalesce(f.theme_id, 0) in (select cast(w.value as bigint) from ",
            each!($on, "$4"),
            ")) and ($5 = '[]' or coalesce(f.process_id, 0) in (select cast(w.value as bigint) from ",
            each!($on, "$5"),
            ")) and ($6 = '[]' or exists (select 1 from feature_area x join ",
            each!($on, "$6"),
            " on cast(w.value as bigint) = x.area_id where x.feature_id = f.id))
              and f.created_at >= $7 and f.created_at < $8
              and f.votes_for - f.votes_against between $9 and $10
              and not exists (select 1 from ",
            each!($on, "$11"),
            " where f.search not like w.value escape '\\')
              and not exists (select 1 from (select distinct substr(w.value, 1, 1) as slot from ",
            each!($on, "$12"),
            ") c where c.slot || ':' || cast(coalesce(case c.slot when 'a' then f.slot_a when 'b' then f.slot_b else f.slot_c end, 0) as text)
                   not in (select w.value from ",
            each!($on, "$12"),
            ")) and ($14 = '[]' or f.id in (select cast(w.value as bigint) from ",
            each!($on, "$14"),
            ")) and ",
            assigned!(13),
            $($then),+
        )
    };
}

/// What [`listed`] is told, in order, and what comes after it.
macro_rules! told {
    ($scope:expr, $c:expr, $assigned:expr $(, $more:expr)*) => {
        (
            $scope.argument(),
            $c.kinds.as_str(),
            $c.statuses.as_str(),
            $c.themes.as_str(),
            $c.processes.as_str(),
            $c.areas.as_str(),
            $c.since,
            $c.until,
            $c.score_min,
            $c.score_max,
            $c.patterns.as_str(),
            $c.filed.as_str(),
            $assigned,
            $c.inside.as_str(),
            $($more),*
        )
    };
}

/// How many public contributions pass a filter within a scope; `assigned` is who looks after them (see [`assigned`]).
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn count(db: impl Sql<'_>, scope: &Scope, c: &Chosen, assigned: &str) -> Result<i64> {
    Ok(waiting(db, scope, c, assigned).await?.0)
}

/// How many they are, and when the oldest of them was made.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn waiting(
    db: impl Sql<'_>,
    scope: &Scope,
    c: &Chosen,
    assigned: &str,
) -> Result<(i64, Option<Timestamp>)> {
    let sql = by(
        listed!(sqlite, "select count(*), min(f.created_at)", ""),
        listed!(postgres, "select count(*), min(f.created_at)", ""),
    );
    db.one(sql, told!(scope, c, assigned)).await
}

/// The statement of a page of them in an order. By day `feature_by_created` serves it, in both directions. Votes have no index of their own: it
/// would be written with each voice, and what passes scope and filter is read whole for its count anyway.
fn statement(order: Order) -> Statement {
    macro_rules! page {
        ($order:literal) => {
            by(
                listed!(sqlite, "select f.id", $order, " limit $15 offset $16"),
                listed!(postgres, "select f.id", $order, " limit $15 offset $16"),
            )
        };
    }
    match order {
        Order::Oldest => page!("order by f.created_at, f.id"),
        Order::Newest => page!("order by f.created_at desc, f.id desc"),
        Order::MostVotes => page!("order by f.votes_for + f.votes_against desc, f.id desc"),
        Order::FewestVotes => page!("order by f.votes_for + f.votes_against, f.id"),
        Order::Latest => page!("order by case f.status when 'open' then 0 else 1 end, f.created_at, f.id"),
        Order::LeastLate => {
            page!("order by case f.status when 'open' then 0 else 1 end, f.created_at desc, f.id")
        }
    }
}

/// A piece of them, in an order.
///
/// # Errors
/// Where the database does not answer.
pub(super) async fn list(
    db: impl Sql<'_>,
    scope: &Scope,
    c: &Chosen,
    assigned: &str,
    order: Order,
    (offset, most): (i64, i64),
) -> Result<Vec<i64>> {
    let ids: Vec<(i64,)> = db.all(statement(order), told!(scope, c, assigned, most, offset)).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}
