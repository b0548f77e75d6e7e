//! What people write: Markdown-light to safe HTML, to plain text, to an excerpt.
//!
//! Taken: paragraphs, kept line breaks, bold, italic, lists, quotes, links. Shown as text, because nobody needs them here and
//! they break pages: headings (as bold lines), images (as what they are said to show), code, tables, HTML. What it is not: a
//! Markdown library, nor the cleaning of what is stored, which is kept as it was typed.
//!
//! Invariant: [`html`] gives balanced HTML made of nine elements and one sort of link, whatever it is fed; it may be put into
//! a page as it is. Two walls stand behind one another: only allowed events are written, and what was written is sanitised.

mod links;
mod stream;
#[cfg(test)]
mod tests;

use ammonia::Builder;
use pulldown_cmark::{Event, TagEnd};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What may be left of a link's address.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(["p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "a"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(ammonia::UrlRelative::Deny)
        // Nobody's advertisement: search engines count no link that a resident wrote.
        .link_rel(Some("nofollow ugc noopener"));
    builder
});

/// The text as HTML, safe in any page.
pub fn html(text: &str) -> String {
    let mut raw = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut raw, stream::of(text).into_iter());
    SANITISER.clean(&raw).to_string().trim_end().to_owned()
}

/// The text without any mark: paragraphs apart by an empty line, list items behind a bullet.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for event in stream::of(text) {
        match event {
            Event::Text(piece) => plain.push_str(&piece),
            Event::HardBreak => plain.push('\n'),
            Event::Start(pulldown_cmark::Tag::Item) => {
                end_line(&mut plain);
                plain.push_str("• ");
            }
            Event::End(TagEnd::Item) => end_line(&mut plain),
            Event::End(TagEnd::Paragraph | TagEnd::List(_)) => {
                end_line(&mut plain);
                plain.push('\n');
            }
            _ => {}
        }
    }
    plain.trim().to_owned()
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// The beginning of the [`plain`] text on one line, at most `most` characters, cut between words and closed by `…` where
/// something is left out.
pub fn excerpt(text: &str, most: usize) -> String {
    let words = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most.saturating_sub(1)).collect();
    // A text without spaces is cut where it must be.
    let whole = cut.rfind(' ').filter(|at| *at > cut.len() / 2).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{}…", whole.trim_end_matches([' ', ',', ';', ':', '.']))
}
