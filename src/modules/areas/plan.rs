//! What comes of a file and a choice: the areas to be written, and the rows that cannot be. Pure.

use super::choice::{Choice, NAME_MOST, NO_CODE, Parent};
use super::france::people_of;
use super::reading::{Reading, Refused, Row, Why};
use crate::base::error::Problem;
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::base::text::{line, slug};
use crate::core::territory::{Area, NewArea, Territory};
use parvis_readers::Cause;
use std::collections::{HashMap, HashSet};

/// Areas to be written.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) areas: Vec<NewArea>,
    /// Rows of the file that are not taken, for whatever reason.
    pub(super) refused: Refused,
    /// How many of the areas are there already, by level and code.
    pub(super) known: usize,
}

/// The areas of a file.
///
/// # Errors
/// Each field of the choice that is wrong.
pub(super) fn plan(reading: &Reading, choice: &Choice, territory: &Territory) -> Result<Plan, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, message| problems.push(Problem { field: field.into(), message });
    let level = choice.level().map_err(|message| wrong("level", message)).unwrap_or_default();
    let parent = choice.parent(territory).map_err(|message| wrong("parent", message)).unwrap_or(Parent::None);
    let name = reading.column(&choice.name);
    if name.is_none() {
        wrong("name", Message::new("areas-name-column"));
    }
    let code = reading.column(&choice.code);
    if code.is_none() && choice.code != NO_CODE {
        wrong("code", Message::new("areas-code-column"));
    }
    let (Some(name), true) = (name, problems.is_empty()) else { return Err(problems) };
    let mut plan = Plan { areas: Vec::new(), refused: reading.refused.clone(), known: 0 };
    let mut codes = HashSet::new();
    let there = territory.areas().iter().filter(|area| area.level == level);
    let there: HashMap<&str, &Area> = there.map(|area| (area.code.as_str(), area)).collect();
    for row in &reading.rows {
        let called = line(&row.cells[name], NAME_MOST);
        let of_column = code.map(|at| line(&row.cells[at], NAME_MOST)).filter(|code| !code.is_empty());
        let code = of_column.unwrap_or_else(|| slug(&called));
        if called.is_empty() {
            plan.refused.add(row.place.clone(), Why::NoName);
        } else if !codes.insert(code.clone()) {
            plan.refused.add(row.place.clone(), Why::Cause(Cause::Repeated { id: code }));
        } else {
            let parent = parent_of(row, &parent, there.get(code.as_str()).copied(), territory);
            plan.known += usize::from(there.contains_key(code.as_str()));
            plan.areas.push(NewArea {
                level: level.clone(),
                population: people_of(&level, &code),
                code,
                name: called,
                parent,
                outline: row.outline.clone(),
            });
        }
    }
    Ok(plan)
}

/// What an area is part of. One that is there already stays what it is part of where the form says nothing, and where it would be part of
/// itself or of what is part of it.
fn parent_of(row: &Row, parent: &Parent, there: Option<&Area>, territory: &Territory) -> Option<AreaId> {
    let chosen = match parent {
        Parent::None => None,
        Parent::One(id) => Some(*id),
        Parent::ByPlace(level) => holding(level, &row.outline, territory),
    };
    let Some(there) = there else { return chosen };
    chosen.filter(|id| !territory.with_parents([*id]).contains(&there.id)).or(there.parent_id)
}

/// The area of a level that holds the middle of an outline.
pub(super) fn holding(
    level: &str,
    outline: &geo::MultiPolygon<f64>,
    territory: &Territory,
) -> Option<AreaId> {
    let outline = geo::Geometry::MultiPolygon(outline.clone());
    let (lon, lat) = parvis_tiles::geometry::representative_point(&outline)?;
    let areas = territory.areas_of(&geo::Point::new(lon, lat).into());
    areas.into_iter().find(|id| territory.get(*id).is_some_and(|area| area.level == level))
}
