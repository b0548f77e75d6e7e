//! How every page looks, of the settings in force; and what a page needs for it: the city's colours, its pictures.

use crate::base::error::{Error, Result};
use crate::base::http::Face;
use crate::base::media::Digest;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::core::site::{LOGO_IS_LIGHT, Look, Site};
use axum::extract::{Path, State};
use axum::http::header;

pub(super) fn routes() -> Routes {
    Routes::new().get("/site/{file}", Everyone, show)
}

/// Never another content under the same address.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// How shades are made may change with the program.
const A_DAY: &str = "public, max-age=86400";

/// What is given, with its headers.
type Given = ([(header::HeaderName, &'static str); 2], bytes::Bytes);

/// The face of the site.
pub fn face(app: &App) -> Face {
    let site = app.site();
    let logo = site.get("logo");
    let brand = site.get("brand");
    let links = site.links().into_iter().map(|link| (host(link).to_owned(), link.to_owned()));
    Face {
        name: app.name().into(),
        logo: (!logo.is_empty()).then(|| format!("/site/{logo}.png")),
        logo_is_light: !site.get(LOGO_IS_LIGHT).is_empty(),
        icons: logo.get(..12).map(|start| format!("?logo={start}")),
        colors: (!brand.is_empty()).then(|| format!("/site/{}.css", &brand[1..])),
        brand: (!brand.is_empty()).then(|| Look::of(brand).light.brand),
        is_begun: site.get(super::setup::STATE) == "begun",
        links: links.collect(),
    }
}

/// What a page elsewhere is called by.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).trim_start_matches("www.")
}

/// `GET /site/{digest}.png`, `.jpg`, `/site/{rrggbb}.css`
async fn show(State(app): State<App>, Path(file): Path<String>) -> Result<Given> {
    let (stem, kind) = file.split_once('.').ok_or(Error::NotFound)?;
    let site = app.site();
    let (kind, content) = match kind {
        // Whatever colour: another server's page may ask for one that this server has not read yet.
        "css" if stem.len() == 6 && stem.bytes().all(|b| b.is_ascii_hexdigit()) => {
            let css = Look::of(&format!("#{stem}")).css();
            let heads = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, A_DAY)];
            return Ok((heads, css.into()));
        }
        "png" => ("image/png", picture(&app, &site, stem).await?),
        "jpg" => ("image/jpeg", picture(&app, &site, stem).await?),
        _ => return Err(Error::NotFound),
    };
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], content))
}

/// A picture that the site shows now.
async fn picture(app: &App, site: &Site, stem: &str) -> Result<bytes::Bytes> {
    let digest =
        Digest::of_text(stem).filter(|_| ["logo", "picture"].iter().any(|name| site.get(name) == stem));
    app.media.kept(&digest.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)
}
