//! Which contributions somebody looks after, as a condition of SQL: a list that is filtered by it is counted and paged by it, too.
//!
//! What it is not: who has which role (`accounts`). Invariant: an empty scope lets nothing pass.

use crate::base::ids::{AreaId, ProcessId};
use serde_json::{Value, json};

/// Where somebody acts: in any of these bounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope(Vec<(Option<ProcessId>, Option<AreaId>)>);

impl Scope {
    /// Of one bound for each grant: in this process only, in this area only, or everywhere.
    pub fn new(bounds: impl IntoIterator<Item = (Option<ProcessId>, Option<AreaId>)>) -> Scope {
        let bounds: Vec<_> = bounds.into_iter().collect();
        if bounds.contains(&(None, None)) { Scope::everywhere() } else { Scope(bounds) }
    }

    /// Everything.
    pub fn everywhere() -> Scope {
        Scope(vec![(None, None)])
    }

    /// As the argument of [`in_scope`].
    pub fn argument(&self) -> String {
        let bound = |(process, area): &(Option<ProcessId>, Option<AreaId>)| json!({ "p": process.map(|id| id.0), "a": area.map(|id| id.0) });
        if self.0 == [(None, None)] {
            return "[{}]".into();
        }
        Value::from(self.0.iter().map(bound).collect::<Vec<_>>()).to_string()
    }
}

/// The condition, in which the table `feature` is called `f` and `$1` is [`Scope::argument`]; for a text of either database.
macro_rules! in_scope {
    (sqlite) => {
        in_scope!(@ "json_each($1) s")
    };
    (postgres) => {
        in_scope!(@ "jsonb_array_elements(cast($1 as jsonb)) s (value)")
    };
    (@ $bounds:literal) => {
        concat!(
            " ($1 = '[{}]' or exists (
                select 1 from ", $bounds, "
                where (s.value ->> 'p' is null or f.process_id = cast(s.value ->> 'p' as bigint))
                  and (s.value ->> 'a' is null or exists (select 1 from feature_area b
                       where b.feature_id = f.id and b.area_id = cast(s.value ->> 'a' as bigint))))) "
        )
    };
}
pub(crate) use in_scope;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_acts_everywhere_has_no_bounds_and_who_acts_nowhere_has_nothing() {
        let (process, area) = (Some(ProcessId(3)), Some(AreaId(5)));
        assert_eq!(Scope::new([(process, None), (None, None)]).argument(), "[{}]");
        let two: serde_json::Value =
            serde_json::from_str(&Scope::new([(process, None), (None, area)]).argument()).unwrap();
        assert_eq!(two, json!([{ "p": 3, "a": null }, { "p": null, "a": 5 }]));
        assert_eq!(Scope::default().argument(), "[]");
    }
}
