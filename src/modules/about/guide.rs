//! The guide for agents: a text of the house in Markdown (`web/modules/about/guide`), with pictures that a test makes of the pages as they
//! are, as a page that is read and printed.
//!
//! What it is not: what people write (`base::prose`). This is our own text, compiled in, so that its headings and pictures are taken as
//! they are; its links are to our own pages.

use crate::base::http::{asset_path, url};
use crate::base::text;
use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd, html};

const AGENTS: &str = include_str!("../../../web/modules/about/guide/agents.md");

/// How large each picture is drawn: room is kept for it before it is there.
const PICTURE: (u32, u32) = (1_280, 838);

/// A part of the guide.
pub(super) struct Part {
    /// The word that its address ends with.
    pub(super) word: String,
    pub(super) title: String,
    /// As HTML.
    pub(super) body: String,
}

/// French marks with the spaces that keep them on their line.
const SPACES: [(&str, &str); 6] = [
    ("« ", "«\u{a0}"),
    (" »", "\u{a0}»"),
    (" :", "\u{a0}:"),
    (" ;", "\u{202f};"),
    (" ?", "\u{202f}?"),
    (" !", "\u{202f}!"),
];

/// The guide for agents: what stands before its parts, and these.
pub(super) fn agents() -> (String, Vec<Part>) {
    let spaced = SPACES.iter().fold(AGENTS.to_owned(), |text, (typed, set)| text.replace(typed, set));
    let mut parts = spaced.split("\n## ");
    // The title of all is the page's own.
    let first = parts.next().and_then(|first| first.split_once('\n')).map_or("", |(_, rest)| rest);
    let part = |text: &str| {
        let (title, body) = text.split_once('\n').unwrap_or((text, ""));
        Part { word: text::slug(title), title: title.trim().to_owned(), body: page(body) }
    };
    (page(first), parts.map(part).collect())
}

/// A piece of it as HTML: links go where the site stands, pictures are figures.
fn page(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut alt: Option<(String, String)> = None;
    let events = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => {
            alt = Some((dest_url.into_string(), String::new()));
            None
        }
        Event::End(TagEnd::Image) => alt.take().map(|(name, said)| Event::Html(figure(&name, &said).into())),
        Event::Text(piece) | Event::Code(piece) if alt.is_some() => {
            if let Some((_, said)) = &mut alt {
                said.push_str(&piece);
            }
            None
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = CowStr::from(url(&*dest_url));
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        // Parts have the second level; what is in them has none.
        Event::Start(Tag::Heading { .. }) => Some(Event::Start(Tag::Strong)),
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Strong)),
        other => Some(other),
    });
    html::push_html(&mut out, events);
    out
}

/// A picture of a page; what it shows is said to who does not see it.
fn figure(name: &str, said: &str) -> String {
    let (width, height) = PICTURE;
    let said = said.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let source = asset_path(name);
    format!(
        "<img class=\"guide-picture\" src=\"{source}\" alt=\"{said}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
    )
}

/// The names of its pictures.
#[cfg(test)]
pub(super) fn pictures() -> Vec<&'static str> {
    AGENTS
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|to| to.ends_with(".webp"))
        .collect()
}
