//! The house put together: every module's routes, and what each request goes through.

use crate::base::error::Error;
use crate::base::http;
use crate::civic::accounts::{self, Routes};
use crate::core::app::App;
use crate::modules::MODULES;
use crate::modules::basemap::Basemap;
use crate::modules::map;
use crate::modules::privacy::Audience;
use crate::modules::settings;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

mod ready;
mod same;
mod short;
#[cfg(test)]
mod tests;

pub(crate) use short::Roads;

/// What no module declares.
const OWN: [&str; 3] = [same::ASSETS, same::HEALTH, "/readyz"];

/// The longest that a request may take, live connections aside.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The same for one that brings files: twelve megabytes over a weak telephone line.
const TIMEOUT_OF_FILES: Duration = Duration::from_secs(180);

/// The whole server, without a basemap.
///
/// # Errors
/// [`Error::Config`] where a setting cannot be read.
pub fn router(app: App) -> Result<Router, Error> {
    let roads = roads(app, Basemap::default(), Audience::default())?;
    Ok(Router::new().fallback_service(roads))
}

/// The whole server; pages that are shown are counted in `audience`.
///
/// # Errors
/// [`Error::Config`] where the basemap that the operator chose cannot be served.
pub(crate) async fn open(app: App, audience: Audience) -> Result<Roads, Error> {
    let basemap = Basemap::open(&app).await?;
    roads(app, basemap, audience)
}

fn roads(app: App, basemap: Basemap, audience: Audience) -> Result<Roads, Error> {
    if !app.config.embed.is_empty() {
        // Said when the server starts, not when somebody looks.
        http::ContentPolicy::OURS.framed_by(&app.config.embed)?;
    }
    let routes = MODULES.iter().fold(Routes::new(), |routes, module| routes.and((module.routes)()));
    let prefix = app.config.prefix();
    let addresses = routes.iter().map(|route| route.path).chain(OWN);
    if let Some(hidden) = addresses.into_iter().find(|path| prefix.hides(path)) {
        return Err(Error::Config(format!(
            "public_url : le chemin « {0} » est aussi une adresse du site ({1}) / the path \"{0}\" is an address of the site, too ({1})",
            prefix.as_str(),
            hidden
        )));
    }
    // Tiles and the live stream come compressed, or must not be.
    let worth_packing = SizeAbove::new(512)
        .and(NotForContentType::new(map::MVT))
        .and(NotForContentType::new("text/event-stream"))
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::new("application/zip"))
        // What is given in parts is given as it lies: a part of a packed file is another.
        .and(|_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
            !headers.contains_key(header::ACCEPT_RANGES)
        });
    // One layer for all of them, the outermost first: each layer that a router is given puts every route into one more
    // box, which is copied for every request.
    let transport = http::Transport { is_secure: app.config.public_url.starts_with("https://"), prefix };
    let short_app = app.clone();
    let every_request = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state((app.clone(), basemap), with_face))
        .layer(Extension(app.once_keys()))
        .layer(middleware::from_fn_with_state((audience, app.clone()), observe))
        .layer(middleware::from_fn(http::present_errors))
        .layer(middleware::from_fn_with_state(transport.clone(), http::security_headers))
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(|_| Error::Internal("a handler panicked".into()).into_response()))
        .layer(DefaultBodyLimit::max(accounts::BODY))
        .layer(CompressionLayer::new().compress_when(worth_packing));
    let router = routes
        .into_router(&app)?
        .route(OWN[0], get(http::assets))
        .route(OWN[1], get(async || "ok"))
        .route(OWN[2], get(ready::ready))
        .fallback(async || Error::NotFound)
        .layer(every_request)
        .with_state(app);
    Ok(Roads::new(short_app, &transport, router))
}

/// Answers with pages that look as the city wants, and with maps on the ground that it chose.
async fn with_face(
    State((app, basemap)): State<(App, Basemap)>,
    mut request: Request,
    next: Next,
) -> Response {
    let face = settings::face(&app);
    let ground = basemap.now(&app).await;
    let tellers = MODULES.iter().filter_map(|module| module.teller);
    let teller = tellers.into_iter().find(|(below, _)| request.uri().path().starts_with(below));
    let extensions = request.extensions_mut();
    extensions.insert(http::SiteName(Arc::clone(&face.name)));
    extensions.insert(ground.policy());
    extensions.insert(ground.underlay());
    extensions.insert(ground.tiles());
    extensions.insert(ground);
    extensions.insert(basemap);
    if let Some((_, teller)) = teller {
        extensions.insert(teller);
    }
    http::with_face(face, next.run(request)).await
}

/// Ends what takes too long, and what brings more than there is room for.
async fn in_time(mut request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let patience = if kind.starts_with("multipart/") { TIMEOUT_OF_FILES } else { TIMEOUT };
    if *request.method() == Method::GET {
        let late = |_| Error::Unavailable.into_response();
        return tokio::time::timeout(patience, next.run(request)).await.unwrap_or_else(late);
    }
    if let Some(error) = request.extensions_mut().remove::<Error>() {
        return error.into_response();
    }
    let arrival = request.extensions().get::<Arc<http::Arrival>>().cloned();
    let ended = async {
        match &arrival {
            Some(arrival) => arrival.ended().await,
            None => std::future::pending().await,
        }
    };
    let answered = async {
        let kept = http::Kept::of(&mut request);
        let mut response = next.run(request).await;
        if response.extensions().get::<Error>().is_some()
            && let Some(typed) = kept.and_then(http::Kept::typed)
        {
            response.extensions_mut().insert(typed);
        }
        // Whoever read the body knows only that it broke off.
        match arrival.as_ref().and_then(|arrival| arrival.refusal()) {
            Some(error) => error.into_response(),
            None => response,
        }
    };
    tokio::select! {
        biased;
        response = answered => response,
        error = ended => error.into_response(),
        () = tokio::time::sleep(patience) => Error::Unavailable.into_response(),
    }
}

/// Counts and times each request by its route, never by its address.
async fn observe(
    State((audience, app)): State<(Audience, App)>,
    path: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    if let Some(reached) = reached(&app, &request) {
        request.extensions_mut().insert(reached);
    }
    let method = request.method().clone();
    let is_part = request.headers().contains_key("hx-request");
    let response = accounts::reading(&app, request, next).await;
    let route = path.map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    if method == Method::GET && !is_part && is_page(&response) {
        audience.count(&route);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    tracing::debug!(%method, route, status, took_us = took.as_micros(), "request");
    metrics::histogram!("parvis_request_seconds", "route" => route, "status" => status.to_string())
        .record(took.as_secs_f64());
    response
}

/// How people reach the site: as the operator says, else as a proxy does that is believed.
fn reached(app: &App, request: &Request) -> Option<http::Reached> {
    let said = app.config.public_url.as_str();
    let proxy = || app.proxies.reached(request.extensions(), request.headers());
    if said.is_empty() { proxy() } else { Some(http::Reached(said.into())) }
}

/// Whether a page was shown: the only thing that the audience counts.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    response.status() == StatusCode::OK && kind.is_some_and(|kind| kind.starts_with(b"text/html"))
}
