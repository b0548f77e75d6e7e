//! What a write leaves of each civic row, sealed: the row itself, and the rows that belong to it, as the manifests declare
//! (`personal_data::Table`). Pure: no SQL.
//!
//! What it is not: what people said, which is deposited (a digest of it is sealed here, too). Invariant: a digest here is over
//! the very text that is kept beside it; two readings of one row are compared as values, whichever database gave them.

mod store;

use super::seal::{self, Hash};
use crate::base::db::Statement;
use crate::base::db::state::{self, Shape};
use crate::core::personal_data::{Held, Rows, Table};
use crate::modules::tables;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;
pub use store::baseline;
pub(crate) use store::{OLDER, Sealing, seal_all};

/// A table whose rows are sealed one by one, with the statements that read them.
pub(crate) struct Civic {
    /// Its name.
    pub(crate) table: &'static str,
    columns: Columns,
    /// Rows that belong to its rows.
    pub(crate) with: Vec<(&'static str, Columns, Statement)>,
    lock: Statement,
    some: Statement,
    /// See [`state::beside_seals`].
    pub(crate) beside_seals: Statement,
    /// See [`state::seals_alone`].
    pub(crate) seals_alone: Statement,
    never_sealed: Statement,
    /// Columns that follow from other rows, and the ids in which one does not.
    pub(crate) derived: Vec<(&'static str, Statement)>,
}

/// Columns that are sealed, and how.
pub(crate) type Columns = Vec<(Held, &'static str)>;

fn names(columns: &Columns) -> Vec<&'static str> {
    columns.iter().map(|(_, name)| *name).collect()
}

/// Every such table.
pub(crate) static CIVIC: LazyLock<Vec<Civic>> =
    LazyLock::new(|| tables().filter(|table| matches!(table.rows, Rows::Own)).map(civic).collect());

fn civic(own: &'static Table) -> Civic {
    let table = own.name;
    let columns: Columns = own.sealed().collect();
    let shape = Shape { from: table, table, by: "id", order: "id" };
    let with = tables().filter_map(|child| {
        let with = child.with()?;
        let by = match with.parent == table {
            true => with.by,
            // What stands on no contribution has what is decided about it beside its own row.
            false => with.alone().into_iter().find(|(kind, _)| kind.table == table)?.1.leak(),
        };
        let columns: Columns = child.sealed().collect();
        let shape = Shape { from: with.from, table: child.name, by, order: with.order };
        let some = state::some(shape, &names(&columns));
        Some((child.name, columns, some))
    });
    let derived = own.columns.iter().filter_map(|column| match column.held {
        Held::Derived(must_be) => Some((column.name, must_be)),
        _ => None,
    });
    Civic {
        table,
        with: with.collect(),
        lock: state::lock(table),
        some: state::some(shape, &names(&columns)),
        beside_seals: state::beside_seals(shape, &names(&columns)),
        seals_alone: state::seals_alone(table),
        never_sealed: state::never_sealed(table),
        derived: derived.map(|(name, sql)| (name, state::otherwise(table, name, sql))).collect(),
        columns,
    }
}

impl Civic {
    /// Columns in which a row is no longer what was sealed. What was not there then is not held, but for columns that are sealed from
    /// the write on that sets them: without them a row was sealed with null. What is not there any more a migration took.
    pub(crate) fn differing(&self, sealed: &Map<String, Value>, now: &Map<String, Value>) -> Vec<String> {
        let is_later = |name: &str| self.columns.contains(&(Held::Later, name));
        let of = |state: &Map<String, Value>, name: &str| state.get(name).cloned().unwrap_or_default();
        let later = self.columns.iter().filter(|(held, _)| *held == Held::Later).map(|(_, name)| *name);
        let later = later.filter(|name| of(sealed, name) != of(now, name)).map(str::to_owned);
        let kept = sealed.iter().filter(|(name, _)| !is_later(name));
        let other = kept.filter(|(name, value)| now.get(*name).is_some_and(|now| now != *value));
        other.map(|(name, _)| name.clone()).chain(later).collect()
    }

    /// The state of a row that was read with [`Civic::beside_seals`], without what belongs to it.
    pub(crate) fn state(&self, row: &str) -> Option<Map<String, Value>> {
        state(&self.columns, row)
    }
}

/// What is sealed of a row that went: nothing of it.
pub(crate) fn gone() -> Hash {
    Sha256::digest(b"gone").into()
}

/// A row's state: what the database said of it, in a form that both give alike, texts as digests.
fn state(columns: &Columns, row: &str) -> Option<Map<String, Value>> {
    let mut read: Map<String, Value> = serde_json::from_str(row).ok()?;
    let is_absent = |name: &str, value: &Value| value.is_null() && columns.contains(&(Held::Later, name));
    read = read.into_iter().filter(|(name, value)| !is_absent(name, value)).collect();
    for (held, name) in columns {
        if let Some(value) = read.get_mut(*name) {
            let plain = plain(name, value.take());
            *value = if *held == Held::Said { digested(plain) } else { plain };
        }
    }
    Some(read)
}

/// A value as neither database writes it alone: bytes without a prefix, instants in UTC, truth as a number.
fn plain(name: &str, value: Value) -> Value {
    match value {
        Value::Bool(is_true) => Value::from(i64::from(is_true)),
        Value::String(text) => {
            let is_instant = name.ends_with("_at") || matches!(name, "at" | "instant");
            match text.strip_prefix("\\x") {
                Some(bytes) => Value::from(bytes),
                None if is_instant => Value::from(seal::instant_of(&text)),
                None => Value::from(text),
            }
        }
        other => other,
    }
}

fn digested(value: Value) -> Value {
    match value {
        Value::String(text) => Value::from(short(Sha256::digest(text.as_bytes()).as_slice())),
        other => other,
    }
}

/// A hundred and twenty-eight bits: what nobody meets by chance.
fn short(digest: &[u8]) -> String {
    seal::hex(digest.get(..16).unwrap_or(digest))
}

/// Adds the rows that belong to a row, as their number and one digest.
#[derive(Default)]
struct Children {
    count: usize,
    digest: Sha256,
}

impl Children {
    fn take(&mut self, columns: &Columns, row: &str) {
        self.count += 1;
        let state = state(columns, row).map(|state| Value::Object(state).to_string());
        self.digest.update(state.as_deref().unwrap_or(row).as_bytes());
        self.digest.update(b"\n");
    }

    fn word(self) -> String {
        if self.count == 0 {
            "0".into()
        } else {
            format!("{}:{}", self.count, short(self.digest.finalize().as_slice()))
        }
    }
}

/// Adds to each state what belongs to it of a table, rows in their order.
pub(crate) fn add(
    states: &mut BTreeMap<i64, Map<String, Value>>,
    table: &str,
    columns: &Columns,
    rows: Vec<(i64, String)>,
) {
    let mut children: BTreeMap<i64, Children> = BTreeMap::new();
    for (id, row) in rows {
        children.entry(id).or_default().take(columns, &row);
    }
    for (id, state) in states {
        let word = children.remove(id).unwrap_or_default().word();
        state.insert(table.to_owned(), Value::from(word));
    }
}

/// The digests of a batch, one after the other, by table and id.
#[derive(Default, Clone)]
pub(crate) struct Batch {
    pub(crate) rows: i64,
    digest: Sha256,
}

impl Batch {
    pub(crate) fn take(&mut self, table: &str, id: i64, turn: i64, digest: &[u8]) {
        self.rows += 1;
        self.digest.update(format!("{table}:{id}:{turn}:{}\n", seal::hex(digest)).as_bytes());
    }

    /// The subject of its line.
    pub(crate) fn subject(self, batch: i64) -> String {
        format!("batch={batch} rows={} digest={}", self.rows, seal::hex(self.digest.finalize().as_slice()))
    }
}

/// A word of a subject: `name=…`.
pub(crate) fn word<'a>(subject: &'a str, name: &str) -> Option<&'a str> {
    subject.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}
