//! The map alone, for a frame of another site, where the operator names that site. It only shows: its links open the site itself in
//! a window of its own, no cookie is set, and every act stays where no other site can put something over the button.

use super::listing::page_query;
use crate::base::error::{Error, Result};
use crate::base::http::{ContentPolicy, Framed, Reader, filters};
use crate::base::i18n::Lang;
use crate::core::app::App;
use crate::core::atlas::Grouping;
use askama::Template;
use askama_web::WebTemplate;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

#[derive(Template, WebTemplate)]
#[template(path = "map/templates/embed.html")]
struct EmbedPage {
    lang: Lang,
    site: String,
    base: String,
    bounds: String,
    seq: i64,
    /// The filter, as the whole map's address takes it.
    link: String,
    /// The layers of the tiles that are drawn.
    layers: &'static str,
    /// The same for the page of the whole map.
    page_link: String,
}

/// `GET /embed`
pub(super) async fn page(
    State(app): State<App>,
    reader: Reader,
    Extension(policy): Extension<ContentPolicy>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse> {
    if app.config.embed.is_empty() {
        return Err(Error::NotFound);
    }
    let query = page_query(query.as_deref().unwrap_or_default(), 1, &app.atlas.world());
    let query = query.looked_up(&app).await?;
    let bounds = app.atlas.bounds().map(|b| b.map(|degrees| format!("{degrees:.6}")).join(","));
    let page = EmbedPage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(&reader),
        bounds: bounds.unwrap_or_default(),
        seq: app.atlas.seq(),
        link: query.filter.canonical(),
        layers: query.grouping.map_or_else(|| app.atlas.total(&query.filter).map(Grouping::of), Ok)?.layers(),
        page_link: query.page_link(),
    };
    Ok((Extension(Framed(policy.framed_by(&app.config.embed)?)), page))
}
