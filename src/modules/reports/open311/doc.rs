//! A document of GeoReport v2, said once and written as XML or as JSON.
//!
//! Lists are elements of one name in XML and arrays in JSON; what the specification calls the document's root is XML's alone where the
//! JSON is a bare array. Invariant: well-formed whatever people wrote; characters that XML cannot say are left out.

use crate::base::error::Error;
use crate::base::http;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::{Map, Value};
use std::io;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

impl Format {
    /// The format that a path ends with; nothing for any other.
    pub(super) fn of_path(path: &str) -> Option<Format> {
        match path.rsplit_once('.') {
            Some((_, "xml")) => Some(Format::Xml),
            Some((_, "json")) => Some(Format::Json),
            _ => None,
        }
    }

    fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Format::Xml => "text/xml; charset=utf-8",
            Format::Json => "application/json; charset=utf-8",
        })
    }
}

/// A part of a document.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// An empty element; `null`.
    Nothing,
    Text(String),
    /// As it is written in both.
    Number(serde_json::Number),
    Truth(bool),
    /// Names and what they say, in this order.
    Object(Vec<(&'static str, Node)>),
    /// The name that each has in XML, and all of them.
    List(&'static str, Vec<Node>),
}

impl Node {
    /// A text, where there is one.
    pub(super) fn text(text: impl Into<String>) -> Node {
        let text = text.into();
        if text.is_empty() { Node::Nothing } else { Node::Text(text) }
    }

    /// A text that may be missing.
    pub(super) fn maybe(text: Option<impl Into<String>>) -> Node {
        text.map_or(Node::Nothing, Node::text)
    }

    pub(super) fn whole(number: impl Into<i64>) -> Node {
        Node::Number(number.into().into())
    }

    /// A number with a fraction; nothing where it is none.
    pub(super) fn degrees(number: f64) -> Node {
        // A hundred-thousandth of a second of arc is a hair.
        let short = (number * 1e7).round() / 1e7;
        serde_json::Number::from_f64(short).map_or(Node::Nothing, Node::Number)
    }

    fn json(self) -> Value {
        match self {
            Node::Nothing => Value::Null,
            Node::Text(text) => Value::String(sayable(&text)),
            Node::Number(number) => Value::Number(number),
            Node::Truth(is_true) => Value::Bool(is_true),
            Node::Object(parts) => Value::Object(
                parts.into_iter().map(|(name, node)| (name.to_owned(), node.json())).collect::<Map<_, _>>(),
            ),
            Node::List(_, items) => Value::Array(items.into_iter().map(Node::json).collect()),
        }
    }

    fn xml(&self, out: &mut Writer<Vec<u8>>, name: &str) -> io::Result<()> {
        let element = out.create_element(name);
        let said = match self {
            Node::Nothing => String::new(),
            Node::Text(text) => sayable(text),
            Node::Number(number) => number.to_string(),
            Node::Truth(is_true) => is_true.to_string(),
            Node::Object(parts) => {
                return element
                    .write_inner_content(|out| parts.iter().try_for_each(|(name, node)| node.xml(out, name)))
                    .map(|_| ());
            }
            Node::List(each, items) => {
                return element
                    .write_inner_content(|out| items.iter().try_for_each(|item| item.xml(out, each)))
                    .map(|_| ());
            }
        };
        element.write_text_content(BytesText::new(&said)).map(|_| ())
    }
}

/// Only characters that XML 1.0 can say (its production 2); those that it advises against are left out, too.
fn sayable(text: &str) -> String {
    let said = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..)
            && !matches!(u32::from(*c) & 0xffff, 0xfffe | 0xffff)
    };
    text.chars().filter(said).collect()
}

/// A document with this root in XML, in the format that was asked for.
pub(super) fn answer(format: Format, status: StatusCode, root: &'static str, node: Node) -> Response {
    let body = match format {
        Format::Json => node.json().to_string().into_bytes(),
        Format::Xml => {
            let mut out = Writer::new(Vec::new());
            let declared = out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
            // Writing into memory does not fail.
            if let Err(e) = declared.and_then(|()| node.xml(&mut out, root)) {
                return Error::Internal(format!("open311: {e}")).into_response();
            }
            out.into_inner()
        }
    };
    // Programs ask again and again.
    let tag = (status == StatusCode::OK).then(|| http::weak_tag(&body));
    let mut response = (status, Body::from(body)).into_response();
    if let Some(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CONTENT_TYPE, format.media_type());
    // What the texts say depends on who reads; what it says of reports changes any moment.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response
}
