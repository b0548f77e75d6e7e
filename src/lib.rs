//! Parvis: the public square of a territory, on a map.

pub mod import;
