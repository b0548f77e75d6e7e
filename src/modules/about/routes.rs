//! The addresses of these pages.

use super::guide;
use super::model::Audit;
use super::views::{AccessibilityPage, GuidePage, HelpPage, LegalPage, TermsPage};
use crate::base::http::Reader;
use crate::base::prose;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::Routes;
use crate::core::app::App;
use axum::extract::State;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/legal", Everyone, legal)
        .get("/accessibility", Everyone, accessibility)
        .get("/terms", Everyone, terms)
        .get("/help", Everyone, help)
        .get("/help/agents", Everyone, agents)
        .and(super::contact::routes())
}

/// `GET /legal`
async fn legal(State(app): State<App>, reader: Reader) -> LegalPage {
    let said = app.site();
    let more = prose::html(said.get("legal"));
    LegalPage { lang: reader.lang, site: app.name(), said, more }
}

/// `GET /accessibility`
async fn accessibility(State(app): State<App>, reader: Reader) -> AccessibilityPage {
    let said = app.site();
    AccessibilityPage {
        lang: reader.lang,
        site: app.name(),
        base: app.base(&reader),
        audit: Audit::of(&said),
        more: prose::html(said.get("accessibility")),
        said,
    }
}

/// `GET /terms`
async fn terms(State(app): State<App>, reader: Reader) -> TermsPage {
    TermsPage { lang: reader.lang, site: app.name(), own: prose::html(app.site().get("terms")) }
}

/// `GET /help`
async fn help(State(app): State<App>, reader: Reader) -> HelpPage {
    HelpPage { lang: reader.lang, site: app.name() }
}

/// `GET /help/agents`
async fn agents(State(app): State<App>, reader: Reader) -> GuidePage {
    let (first, parts) = guide::agents();
    GuidePage { lang: reader.lang, site: app.name(), first, parts }
}
