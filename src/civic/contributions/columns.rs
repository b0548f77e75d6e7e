//! What modules say of contributions in files and in the API, beside what every contribution has: columns that they declare, and their
//! facets, which are columns by themselves. Each group of columns is read for a page of contributions in one question.
//!
//! What it is not: the files (`opendata`). Invariant: only what is public, and for whatever page the same columns in the same order.

use crate::base::clock::Timestamp;
use crate::base::db::{Answer, Db, Ids, Sql as _, by};
use crate::base::error::{Error, Result};
use crate::base::http;
use crate::base::ids::FeatureId;
use crate::core::atlas::{Facet, Slot, Value, World};
use crate::core::features::Kind;
use crate::modules::columns;
use crate::modules::facets;
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::HashMap;

/// Columns that one question fills.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    /// Before those of a higher number; below 0: before the last ones that every contribution has. Files only grow at their end, so what
    /// comes later has a higher number than all that are there.
    pub order: i8,
    /// In JSON one object of this name, or null, whose members are the names without it; nothing: each by its name.
    pub object: Option<&'static str>,
    /// The names in tables for programs and in JSON. In tables for people it is the text `column-NAME`, with hyphens.
    pub names: &'static [&'static str],
    /// Gives the cells of those that have any, in the order of the names.
    pub read: Reading,
}

/// Reads a page of contributions: in one question, never one for each.
pub type Reading = for<'a> fn(&'a Db, &'a [i64]) -> Answer<'a, Cells>;

/// The cells of those that have any.
pub type Cells = HashMap<FeatureId, Vec<Cell>>;

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// What somebody wrote.
    Text(String),
    /// An address, of this site or another.
    Link(String),
    /// A word of a list, and the key of its name for people.
    Word(&'static str, String),
    /// A value of a facet.
    Value(Value),
    /// A number.
    Number(i64),
    /// An instant.
    At(Timestamp),
}

impl Cell {
    fn json(&self) -> Json {
        match self {
            Cell::Empty => Json::Null,
            Cell::Text(text) => text.as_str().into(),
            Cell::Link(link) => http::url(link).into(),
            Cell::Word(word, _) => (*word).into(),
            Cell::Value(value) => value.word.as_ref().into(),
            Cell::Number(number) => (*number).into(),
            Cell::At(at) => serde_json::json!(at),
        }
    }
}

/// Facets stand behind the columns that were there before them.
const FACETS: i8 = 50;

#[derive(Clone, Copy)]
enum Source {
    Facet(&'static Facet),
    Declared(&'static Columns),
}

impl Source {
    fn order(self) -> i8 {
        match self {
            Source::Facet(_) => FACETS,
            Source::Declared(columns) => columns.order,
        }
    }

    /// The names of its columns for programs.
    fn names(self) -> &'static [&'static str] {
        match self {
            Source::Facet(facet) => std::slice::from_ref(&facet.name),
            Source::Declared(columns) => columns.names,
        }
    }

    fn heads(self) -> Vec<Head> {
        let key = |name: &str| match self {
            Source::Facet(facet) => facet.key(),
            Source::Declared(_) => format!("column-{}", name.replace('_', "-")),
        };
        self.names().iter().map(|name| Head { name, key: key(name) }).collect()
    }
}

fn sources() -> Vec<Source> {
    let mut all: Vec<Source> = facets()
        .filter(|facet| facet.kind.is_some())
        .map(Source::Facet)
        .chain(columns().map(Source::Declared))
        .collect();
    all.sort_by_key(|source| source.order());
    all
}

/// A column's name for programs, and the key of its name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// In tables for programs and in JSON.
    pub name: &'static str,
    /// The text that names it.
    pub key: String,
}

/// Where a column stands among those that every contribution has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before the last of them.
    Before,
    /// Behind them.
    Behind,
}

impl Side {
    fn has(self, source: Source) -> bool {
        (source.order() < 0) == (self == Side::Before)
    }
}

/// The columns on a side, in order.
pub fn heads(side: Side) -> Vec<Head> {
    sources().into_iter().filter(|source| side.has(*source)).flat_map(Source::heads).collect()
}

/// What a page of contributions has in all columns.
pub struct Page(Vec<(Source, Cells)>);

/// Reads a page: one question for each group of columns, and one for all facets.
///
/// # Errors
/// Where the database does not answer; [`Error::Internal`] where a group gives another number of cells than it has names.
pub async fn read(db: &Db, world: &World, ids: &[i64]) -> Result<Page> {
    let (mut filed, mut page) = (None, Vec::new());
    for source in sources() {
        let cells = match source {
            Source::Declared(columns) => (columns.read)(db, ids).await?,
            Source::Facet(facet) => {
                if filed.is_none() {
                    filed = Some(slots(db, ids).await?);
                }
                filed
                    .iter()
                    .flatten()
                    .filter_map(|row| Some((row.id, vec![row.value(world, facet)?])))
                    .collect()
            }
        };
        let names = source.names();
        if cells.values().any(|cells| cells.len() != names.len()) {
            return Err(Error::Internal(format!("the columns {names:?} have other cells")));
        }
        page.push((source, cells));
    }
    Ok(Page(page))
}

impl Page {
    /// A contribution's cells on a side, in the order of [`heads`].
    pub fn cells(&self, side: Side, id: FeatureId) -> Vec<&Cell> {
        let mut found = Vec::new();
        for (source, cells) in self.0.iter().filter(|(source, _)| side.has(*source)) {
            match cells.get(&id) {
                Some(cells) => found.extend(cells),
                None => found.extend(source.names().iter().map(|_| &Cell::Empty)),
            }
        }
        found
    }

    /// Puts a contribution's cells into the properties of its GeoJSON.
    pub fn put_into(&self, id: FeatureId, feature: &mut Json) {
        let Some(properties) = feature["properties"].as_object_mut() else { return };
        for (source, cells) in &self.0 {
            let cells = cells.get(&id);
            let json = |at: usize| cells.and_then(|cells| cells.get(at)).map_or(Json::Null, Cell::json);
            let object = if let Source::Declared(columns) = source { columns.object } else { None };
            let members = source.names().iter().enumerate().map(|(at, name)| (*name, json(at)));
            let Some(object) = object else {
                for (name, json) in members {
                    let taken = properties.insert(name.to_owned(), json);
                    debug_assert!(taken.is_none(), "{name} is a property already");
                }
                continue;
            };
            let within = |name: &'static str| {
                let short = name.strip_prefix(object).and_then(|rest| rest.strip_prefix('_'));
                Cow::Borrowed(short.unwrap_or(name)).into_owned()
            };
            let members: Map<String, Json> = members.map(|(name, json)| (within(name), json)).collect();
            let taken =
                properties.insert(object.to_owned(), cells.map_or(Json::Null, |_| Json::Object(members)));
            debug_assert!(taken.is_none(), "{object} is a property already");
        }
    }
}

/// What contributions are filed under.
#[derive(sqlx::FromRow)]
struct Filed {
    id: FeatureId,
    kind: Kind,
    slot_a: Option<i64>,
    slot_b: Option<i64>,
    slot_c: Option<i64>,
}

impl Filed {
    /// Its value of a facet, where it is of its kind and filed under it.
    fn value(&self, world: &World, facet: &Facet) -> Option<Cell> {
        let code = match facet.slot {
            Slot::A => self.slot_a,
            Slot::B => self.slot_b,
            Slot::C => self.slot_c,
            _ => None,
        };
        let code = u32::try_from(code?).ok().filter(|_| facet.kind == Some(self.kind))?;
        world.value_of_code(facet, code).cloned().map(Cell::Value)
    }
}

async fn slots(db: &Db, ids: &[i64]) -> Result<Vec<Filed>> {
    let sql = by(
        "select f.id, f.kind, f.slot_a, f.slot_b, f.slot_c from json_each($1) w cross join feature f where f.id = w.value",
        "select id, kind, slot_a, slot_b, slot_c from feature where id = any($1)",
    );
    db.all(sql, (Ids(ids),)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::i18n::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn a_column_has_a_name_of_its_own_and_one_for_people() {
        let mut names = BTreeSet::new();
        for head in [Side::Before, Side::Behind].into_iter().flat_map(heads) {
            assert!(names.insert(head.name), "{} twice", head.name);
            assert!(Lang::Fr.has(&head.key) && Lang::En.has(&head.key), "{}", head.key);
        }
        assert!(names.len() > 6, "{names:?}");
    }
}
