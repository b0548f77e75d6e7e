//! Where the doors are: the document that programs read first.

use super::asked::Asked;
use super::doc::Node;
use crate::base::i18n::Message;
use axum::http::StatusCode;
use axum::response::Response;

/// When the doors changed last.
const CHANGED: &str = "2026-11-28T00:00:00Z";

/// What each of them does: the specification, and updates as FixMyStreet sends and reads them. Its validator wants two.
const SPECIFICATIONS: [&str; 2] = [
    "http://wiki.open311.org/GeoReport_v2",
    "https://github.com/mysociety/fixmystreet/wiki/Open311-FMS---Proposed-differences-to-Open311",
];

/// `GET /open311/discovery.xml`
pub(super) async fn show(asked: Asked) -> Response {
    asked.answered(Ok(said(&asked)))
}

fn said(asked: &Asked) -> (StatusCode, &'static str, Node) {
    let base = asked.app.base(&asked.reader);
    let lang = asked.reader.lang;
    let formats = || {
        let each = ["text/xml", "application/json"].map(Node::text);
        Node::List("format", each.to_vec())
    };
    let endpoint = |specification: &str| {
        Node::Object(vec![
            ("specification", Node::text(specification)),
            ("url", Node::text(format!("{base}/open311/v2"))),
            ("changeset", Node::text(CHANGED)),
            ("type", Node::text("production")),
            ("formats", formats()),
        ])
    };
    let contact = Message::new("open311-contact")
        .with("site", asked.app.name())
        .with("address", format!("{base}/contact"))
        .with("jurisdiction", asked.jurisdiction());
    let key = Message::new("open311-key").with("address", format!("{base}/contact"));
    let node = Node::Object(vec![
        ("changeset", Node::text(CHANGED)),
        ("contact", Node::text(lang.say(&contact))),
        ("key_service", Node::text(lang.say(&key))),
        ("endpoints", Node::List("endpoint", SPECIFICATIONS.map(endpoint).to_vec())),
    ]);
    (StatusCode::OK, "discovery", node)
}
