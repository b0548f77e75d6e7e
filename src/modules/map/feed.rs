//! The map as an Atom feed (RFC 4287) with GeoRSS points: the newest that pass the map's filter, for feed readers and other
//! sites.
//!
//! What it is not: a log of votes and arguments. An entry's `updated` is when it was made: who follows a feed wants to hear of
//! an idea once, not of each voice on it. Invariant: well-formed whatever people wrote; characters that XML cannot say are left
//! out.

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::{Lang, Message};
use crate::base::prose;
use crate::core::app::App;
use crate::core::atlas::{Filter, Paging};
use crate::core::features::{self, Card, geometry};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use parvis_tiles::Order;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// How many entries a feed has.
const MOST: usize = 50;

const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// `GET /feed.atom?…&lang=en`: the filter's parameters, and the language of what is not written by people.
pub(super) async fn atom(
    State(app): State<App>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let query = query.as_deref().unwrap_or_default();
    let (filter, others, _) = Filter::of_page(query, &["lang"], &app.atlas.world());
    if filter.is_nothing() {
        // Feed readers then stop asking, and tell who subscribed.
        return Err(Error::Gone);
    }
    let lang = others.last().and_then(|(_, code)| Lang::of_code(code)).unwrap_or(reader.lang);
    let filter = app.atlas.look_up(&app.db, filter).await?;
    let page = app.atlas.list(&filter, None, Paging { order: Order::Newest, after: None, limit: MOST })?;
    let cards = features::store::cards(&app.db, &page.ids).await?;
    let feed = Feed { lang, site: &app.name(), base: app.base(&reader), filter: filter.canonical() };
    let xml = feed.write(&cards).map_err(|e| Error::Internal(format!("feed: {e}")))?;
    Ok(answer(xml, cards.iter().map(|card| card.created_at).max()))
}

fn answer(xml: Vec<u8>, newest: Option<Timestamp>) -> Response {
    let etag = http::weak_tag(&xml);
    let mut answer = xml.into_response();
    answer.headers_mut().insert(header::ETAG, etag);
    let modified = newest.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let told = [
        (header::CONTENT_TYPE, Some(MEDIA_TYPE.to_owned())),
        (header::CACHE_CONTROL, Some("public, no-cache".to_owned())),
        (header::VARY, Some("accept-language, cookie".to_owned())),
        (header::LAST_MODIFIED, modified),
    ];
    for (name, value) in told {
        // Plain ASCII, all of it: none is ever left out.
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

struct Feed<'a> {
    lang: Lang,
    site: &'a str,
    base: String,
    /// Canonical.
    filter: String,
}

type Out = Writer<Vec<u8>>;

impl Feed<'_> {
    fn write(&self, cards: &[Card]) -> io::Result<Vec<u8>> {
        let mut out = Writer::new(Vec::with_capacity(1024 * (cards.len() + 1)));
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let root = out.create_element("feed").with_attributes([
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:georss", "http://www.georss.org/georss"),
            ("xml:lang", self.lang.code()),
        ]);
        root.write_inner_content(|out| {
            self.head(out, cards.iter().map(|card| card.created_at).max())?;
            cards.iter().try_for_each(|card| self.entry(out, card))
        })?;
        Ok(out.into_inner())
    }

    fn head(&self, out: &mut Out, newest: Option<Timestamp>) -> io::Result<()> {
        let with = |path: &str, more: &str| {
            let query = [self.filter.as_str(), more].into_iter().filter(|part| !part.is_empty());
            let query = query.collect::<Vec<_>>().join("&");
            format!("{}{path}{}{query}", self.base, if query.is_empty() { "" } else { "?" })
        };
        let own = with("/feed.atom", &format!("lang={}", self.lang.code()));
        text(out, "id", &own)?;
        text(out, "title", &self.lang.say(&Message::new("feed-title").with("site", self.site)))?;
        // A feed that nothing is in was never updated; the element must be there all the same.
        text(out, "updated", &instant(newest.unwrap_or_default()))?;
        text(out, "generator", "Parvis")?;
        out.create_element("author").write_inner_content(|out| text(out, "name", self.site))?;
        link(out, "self", "application/atom+xml", &own)?;
        link(out, "alternate", "text/html", &with("/", ""))
    }

    fn entry(&self, out: &mut Out, card: &Card) -> io::Result<()> {
        let page = format!("{}/features/{}", self.base, card.id);
        out.create_element("entry").write_inner_content(|out| {
            text(out, "id", &page)?;
            text(out, "title", &card.title)?;
            link(out, "alternate", "text/html", &page)?;
            text(out, "published", &instant(card.created_at))?;
            text(out, "updated", &instant(card.created_at))?;
            if let Some((slug, label)) = card.theme.as_ref().zip(card.theme_name(self.lang)) {
                let label = xml(label);
                out.create_element("category")
                    .with_attributes([("term", slug.as_str()), ("label", label.as_str())])
                    .write_empty()?;
            }
            // What became of it, in a vocabulary of its own beside the themes.
            let status = card.status_said(self.lang);
            out.create_element("category")
                .with_attributes([
                    ("scheme", format!("{}/#status", self.base).as_str()),
                    ("term", card.status.word()),
                    ("label", status.as_str()),
                ])
                .write_empty()?;
            text(out, "summary", &prose::excerpt(&card.body, 280))?;
            let html = xml(&prose::html(&card.body));
            out.create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(BytesText::new(&html))?;
            if let Some(digest) = &card.photo {
                link(out, "enclosure", "image/jpeg", &format!("{}/photos/{digest}/large.jpg", self.base))?;
            }
            point(card).map_or(Ok(()), |at| text(out, "georss:point", &at))
        })?;
        Ok(())
    }
}

/// Latitude and longitude, as GeoRSS orders them.
fn point(card: &Card) -> Option<String> {
    // A place that cannot be read is an error of ours that its own page tells; the feed goes on without it.
    let place = geometry::from_wkb(card.wkb.as_deref()?).ok()?;
    let (lon, lat) = parvis_tiles::geometry::representative_point(&place)?;
    Some(format!("{lat:.6} {lon:.6}"))
}

fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn text(out: &mut Out, name: &str, content: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(&xml(content))).map(|_| ())
}

fn link(out: &mut Out, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let link = out.create_element("link").with_attributes([("rel", rel), ("type", kind), ("href", href)]);
    link.write_empty().map(|_| ())
}

/// Only characters that XML 1.0 can say (its production 2); those that it advises against are left out, too.
fn xml(text: &str) -> String {
    let said = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..)
            && !matches!(u32::from(*c) & 0xffff, 0xfffe | 0xffff)
    };
    text.chars().filter(said).collect()
}
