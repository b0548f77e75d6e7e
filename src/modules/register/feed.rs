//! The published heads as an Atom feed (RFC 4287): who subscribes has a copy that we cannot change any more.

use super::model::Head;
use crate::base::clock::machine;
use crate::base::error::{Error, Result};
use crate::base::i18n::{Lang, Message};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

type Out = Writer<Vec<u8>>;

/// The feed of these heads, the latest first.
///
/// # Errors
/// A defect of ours: writing to memory does not fail.
pub(super) fn answer(lang: Lang, site: &str, base: &str, heads: &[Head]) -> Result<Response> {
    let xml = write(lang, site, base, heads).map_err(|e| Error::Internal(format!("feed: {e}")))?;
    let told = [
        (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"),
        (header::CACHE_CONTROL, "public, no-cache"),
    ];
    Ok((told, xml).into_response())
}

fn write(lang: Lang, site: &str, base: &str, heads: &[Head]) -> io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(512 * (heads.len() + 1)));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang.code())];
    out.create_element("feed").with_attributes(attributes).write_inner_content(|out| {
        text(out, "id", &format!("{base}/register"))?;
        text(out, "title", &lang.say(&Message::new("register-feed").with("site", site)))?;
        text(out, "updated", &machine(&heads.first().map(|head| head.made_at).unwrap_or_default()))?;
        out.create_element("author").write_inner_content(|out| text(out, "name", site))?;
        link(out, "self", &format!("{base}/register.atom"))?;
        link(out, "alternate", &format!("{base}/register"))?;
        heads.iter().try_for_each(|head| entry(out, base, head))
    })?;
    Ok(out.into_inner())
}

fn entry(out: &mut Out, base: &str, head: &Head) -> io::Result<()> {
    let page = format!("{base}/register#{}", head.day);
    out.create_element("entry").write_inner_content(|out| {
        text(out, "id", &page)?;
        text(out, "title", &format!("{} · n° {}", head.day, head.number))?;
        link(out, "alternate", &page)?;
        text(out, "updated", &machine(&head.made_at))?;
        text(out, "summary", &format!("{} {} {}", head.day, head.number, head.print()))
    })?;
    Ok(())
}

fn text(out: &mut Out, name: &str, content: &str) -> io::Result<()> {
    // The site's name is the operator's; what XML cannot say is left out.
    let said: String = content.chars().filter(|c| !c.is_control()).collect();
    out.create_element(name).write_text_content(BytesText::new(&said)).map(|_| ())
}

fn link(out: &mut Out, rel: &str, href: &str) -> io::Result<()> {
    out.create_element("link").with_attributes([("rel", rel), ("href", href)]).write_empty().map(|_| ())
}
