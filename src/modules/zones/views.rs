//! What the pages of zones show.

use super::routes::{NAME_MOST, ZoneForm, area_of};
use crate::base::error::Problem;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use crate::civic::accounts::Desk;
use crate::core::atlas::HotSpot;
use crate::core::territory::Territory;
use askama::Template;
use askama_web::WebTemplate;

/// A zone, and how many contributions lie in it.
pub(super) struct ZoneLine {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) count: i64,
}

/// A square where much is.
pub(super) struct HotLine {
    area: String,
    count: i64,
    /// `west,south,east,north` in degrees.
    bbox: String,
    /// `16/lat/lon`, as the map's address says where it looks.
    at: String,
}

impl HotLine {
    pub(super) fn of(spot: &HotSpot, territory: &Territory) -> HotLine {
        let (lon, lat) = spot.middle();
        HotLine {
            area: area_of(territory, lon, lat),
            count: spot.count.cast_signed(),
            bbox: spot.bounds.map(|degrees| format!("{degrees:.6}")).join(","),
            at: format!("16/{lat:.5}/{lon:.5}"),
        }
    }
}

/// `GET /admin/zones`
#[derive(Template, WebTemplate)]
#[template(path = "zones/templates/index.html")]
pub(super) struct IndexPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// The word of what was just done.
    pub(super) done: Option<String>,
    pub(super) lines: Vec<ZoneLine>,
    pub(super) removed: Vec<(i64, String)>,
    pub(super) hot: Vec<HotLine>,
}

impl IndexPage {
    fn done_said(&self) -> String {
        let key = self.done.as_deref().unwrap_or_default();
        self.lang.text(&format!("zones-{key}"))
    }
    fn name_most(&self) -> usize {
        NAME_MOST
    }
}

/// `GET /admin/zones/new`
#[derive(Template, WebTemplate)]
#[template(path = "zones/templates/new.html")]
pub(super) struct NewPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    pub(super) desk: Desk,
    /// Where the map begins, in degrees.
    pub(super) bounds: String,
    pub(super) form: ZoneForm,
    pub(super) problems: Vec<Problem>,
}

impl NewPage {
    fn problem(&self, field: &str) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.field == field)?;
        Some(self.lang.say(&problem.message))
    }
    fn name_most(&self) -> usize {
        NAME_MOST
    }
}
