//! The SQL of rows that are declared, not written out: what the register seals of them, and what derived columns must be.
//!
//! Invariant: names are literals of our own manifests (`&'static str`); values are bound. A text is made once and kept for good.

use super::sql::Statement;

/// The columns of a table's rows, as they are read.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The table, with what leads to whose rows they are.
    pub from: &'static str,
    /// The table alone.
    pub table: &'static str,
    /// SQL of the id that they are found by.
    pub by: &'static str,
    /// SQL of their order among those of one id.
    pub order: &'static str,
}

/// The row as a JSON object: numbers, texts, bytes as hexadecimal digits, instants as the database writes them.
fn object(shape: Shape, columns: &[&'static str]) -> (String, String) {
    let name = |column: &&str| format!("{}.{column}", shape.table);
    let sqlite: Vec<String> = columns
        .iter()
        .map(|column| {
            let cell = name(column);
            format!("'{column}', case typeof({cell}) when 'blob' then lower(hex({cell})) else {cell} end")
        })
        .collect();
    let postgres: Vec<String> =
        columns.iter().map(|column| format!("'{column}', {}", name(column))).collect();
    (
        format!("json_object({})", sqlite.join(", ")),
        format!("cast(json_build_object({}) as text)", postgres.join(", ")),
    )
}

/// Rows of some ids (`$1`): the id, and the row as an object.
pub fn some(shape: Shape, columns: &[&'static str]) -> Statement {
    let (sqlite, postgres) = object(shape, columns);
    let Shape { from, by, order, .. } = shape;
    let text = |object: &str, filter: &str| {
        format!("select {by} as id, {object} as state from {from} where {by} {filter} order by {by}, {order}")
    };
    kept(text(&sqlite, "in (select value from json_each($1))"), text(&postgres, "= any($1)"))
}

/// Locks rows of some ids (`$1`), where the database does not lock as a whole.
pub fn lock(table: &'static str) -> Statement {
    let text = format!("select id from {table} where id = any($1) order by id for no key update");
    kept("select value as id from json_each($1) limit 0".into(), text)
}

/// At most `$3` rows after an id (`$2`), each with what is sealed of it last under the kind `$1`.
pub fn beside_seals(shape: Shape, columns: &[&'static str]) -> Statement {
    let (sqlite, postgres) = object(shape, columns);
    let Shape { table, .. } = shape;
    let text = |object: &str| {
        format!(
            "select {table}.id, {object} as now, s.batch, s.digest, s.salt, s.state
             from {table} left join sealed_row s on s.subject_kind = $1 and s.subject_id = {table}.id
               and s.turn = (select max(l.turn) from sealed_row l where l.subject_kind = $1 and l.subject_id = {table}.id)
             where {table}.id > $2 order by {table}.id limit $3"
        )
    };
    kept(text(&sqlite), text(&postgres))
}

/// What is sealed last of rows that are not there, under the kind `$1`.
pub fn seals_alone(table: &'static str) -> Statement {
    let text = format!(
        "select s.subject_id, s.batch, s.digest from sealed_row s
         where s.subject_kind = $1 and not exists (select 1 from {table} where {table}.id = s.subject_id)
           and s.turn = (select max(l.turn) from sealed_row l where l.subject_kind = $1 and l.subject_id = s.subject_id)
         order by s.subject_id"
    );
    kept(text.clone(), text)
}

/// The ids of rows in which a column is not what it must be; at most a thousand.
pub fn otherwise(table: &'static str, column: &'static str, must_be: &'static str) -> Statement {
    let text = format!(
        "select {table}.id from {table} where {table}.{column} is distinct from {must_be} order by {table}.id limit 1000"
    );
    kept(text.clone(), text)
}

/// Every id of a table, where nothing is sealed of any of its rows.
pub fn never_sealed(table: &'static str) -> Statement {
    let text = format!(
        "select id from {table} where not exists (select 1 from sealed_row where subject_kind = '{table}') order by id"
    );
    kept(text.clone(), text)
}

fn kept(sqlite: String, postgres: String) -> Statement {
    Statement { sqlite: sqlite.leak(), postgres: postgres.leak() }
}
