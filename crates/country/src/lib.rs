//! The fictional country of the demonstration, drawn by rules and chance: the river, roads through the points of a plan, parks, streets
//! that grow between the roads, rows and houses along them, fields between the towns, communes and quartiers with their names.
//!
//! What it is: geometry and names, the same every time. What it is not: the people who live there, their ideas and processes (`demo` in
//! the server). Built optimised in every profile: drawing takes ten seconds without, a second with it.

pub mod borders;
pub mod buildings;
pub mod chance;
pub mod fields;
pub mod green;
pub mod names;
pub mod places;
pub mod plane;
pub mod plans;
pub mod roads;
pub mod streets;
pub mod town;
pub mod water;
