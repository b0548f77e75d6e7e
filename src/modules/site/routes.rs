//! The addresses of the style guide, of the manifest, of what works without a connection, and of the word to search engines.

use super::views::{DesignPage, Sheet};
use super::{icons, offline, tokens};
use crate::base::clock;
use crate::base::http::{self, Reader, asset_path, url};
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::core::layers::Scheme;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/design", Everyone, design)
        .get("/robots.txt", Everyone, robots)
        .get("/manifest.webmanifest", Everyone, manifest)
        .get("/sw.js", Everyone, offline::worker)
        .get("/offline", Everyone, offline::page)
        .get("/favicon.ico", Everyone, icons::favicon)
        .get("/apple-touch-icon.png", Everyone, icons::apple)
        .get("/icons/{name}", Everyone, icons::of_name)
}

/// `GET /design`: every token and every component, light and dark side by side.
async fn design(State(app): State<App>, reader: Reader) -> DesignPage {
    let (world, now) = (app.atlas.world(), clock::now());
    let themes: Vec<_> = world.shown_themes().cloned().collect();
    let sheet = |scheme| Sheet::new(reader.lang, scheme, &themes, now);
    let site = app.name();
    DesignPage { lang: reader.lang, site, sheets: Scheme::ALL.map(sheet).into() }
}

/// `GET /robots.txt`: everything public may be found and read, the API and the exports too (which say of themselves that they are
/// no pages). Kept away: tiles without end, the stream, and what only leads to acts.
async fn robots() -> String {
    let away = ["/tiles/", "/basemap/", "/live", "/language/", "/proposals/", "/features/*/edit"];
    away.into_iter().fold("User-agent: *\n".to_owned(), |text, path| text + "Disallow: " + &url(path) + "\n")
}

/// `GET /manifest.webmanifest`: the site as an application on a telephone's first page.
async fn manifest(State(app): State<App>, reader: Reader) -> impl IntoResponse {
    let color = |name: &str| {
        tokens::colors().into_iter().find(|color| color.name == name).map(|color| color.on(Scheme::Light))
    };
    let face = http::face();
    let ending = face.icons.clone().unwrap_or_default();
    let picture = |name: &str, sizes: &str, purpose: &str| json!({ "src": url(format!("/icons/{name}.png")) + &ending, "sizes": sizes, "type": "image/png", "purpose": purpose });
    let own =
        json!({ "src": asset_path(icons::MARK), "sizes": "any", "type": "image/svg+xml", "purpose": "any" });
    let own = face.icons.is_none().then_some(own);
    let pixels = [
        picture("192", "192x192", "any"),
        picture("512", "512x512", "any"),
        picture("maskable", "512x512", "maskable"),
    ];
    let icons: Vec<_> = own.into_iter().chain(pixels).collect();
    let text = json!({
        "id": url("/"), "start_url": url("/"), "scope": url("/"), "display": "minimal-ui", "lang": reader.lang.code(),
        "name": app.name(), "short_name": app.name(), "description": reader.lang.text("site-description"),
        "theme_color": face.brand.clone().or_else(|| color("brand").map(Into::into)), "background_color": color("paper"), "icons": icons,
        "shortcuts": [
            { "name": reader.lang.text("site-new"), "url": url("/proposals/new") },
            { "name": reader.lang.text("site-list"), "url": url("/list") },
        ],
    });
    (
        [(header::CONTENT_TYPE, "application/manifest+json"), (header::VARY, "accept-language, cookie")],
        text.to_string(),
    )
}
