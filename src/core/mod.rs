//! What has a place, and its journal: features, territory, layers, known places, and the live map that is filled from them.

pub mod app;
pub mod atlas;
pub mod features;
pub mod gazetteer;
pub mod journal;
pub mod layers;
pub mod made;
pub mod personal_data;
pub mod site;
pub mod subject;
pub mod territory;
