//! What of the site works without a connection: the worker that keeps it, and the page of what waits on this device.
//!
//! What it is not: what the worker does (`web/shared/worker`, [ADR 134](../../../docs/adr/0134-without-a-connection.md)).

use super::views::OfflinePage;
use crate::base::error::{Error, Result};
use crate::base::http::{Offline, Reader, asset_text};
use crate::core::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The worker that takes itself and all that it kept away: an operator's way out.
const NOTHING: &str = "self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const own = `parvis${new URL(self.registration.scope).pathname} `;
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await self.registration.unregister();
})()));
";

/// `GET /sw.js`: asked for anew by browsers each time that they look for another one.
pub(super) async fn worker(State(app): State<App>) -> Result<Response> {
    let text =
        if app.config.offline { asset_text("worker.js").ok_or(Error::NotFound)? } else { NOTHING.to_owned() };
    let headers =
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, text).into_response())
}

/// `GET /offline`: what waits on this device, and the forms that it keeps. Shown in the place of a page that cannot be had.
pub(super) async fn page(State(app): State<App>, reader: Reader) -> impl IntoResponse {
    (Offline::Page.header(), OfflinePage { lang: reader.lang, site: app.name() })
}
