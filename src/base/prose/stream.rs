//! The events of a text, only those that are taken; everything else becomes text or is left out. Not a renderer.

use super::{SCHEMES, links};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

/// How deep lists and quotes may lie in one another; deeper ones are shown at this depth.
const DEEPEST: usize = 6;

/// The events of a text.
pub(super) fn of(text: &str) -> Vec<Event<'_>> {
    let mut stream = Stream::default();
    for event in TextMergeStream::new(Parser::new_ext(text, Options::empty())) {
        stream.take(event);
    }
    stream.events
}

#[derive(Default)]
struct Stream<'a> {
    events: Vec<Event<'a>>,
    /// Quotes, lists and items that are open, those too deep to be shown included.
    depth: usize,
    /// For each open link, whether it is shown as one.
    links: Vec<bool>,
    /// Inside code: its line breaks stand in the text.
    in_code: bool,
}

impl<'a> Stream<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.lines(&text),
            Event::Text(text) => self.linked(text),
            Event::Code(text) => self.events.push(Event::Text(text)),
            // HTML is shown as it was typed.
            Event::Html(text) | Event::InlineHtml(text) => self.lines(&text),
            Event::SoftBreak | Event::HardBreak => self.events.push(Event::HardBreak),
            Event::Rule => self.events.push(Event::Rule),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Paragraph | Tag::Emphasis | Tag::Strong => self.events.push(Event::Start(tag)),
            Tag::HtmlBlock | Tag::CodeBlock(_) => {
                self.in_code = true;
                self.events.push(Event::Start(Tag::Paragraph));
            }
            Tag::Heading { .. } => {
                self.events.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]);
            }
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item => {
                self.depth += 1;
                if self.depth <= DEEPEST {
                    self.events.push(Event::Start(plain_quote(tag)));
                }
            }
            Tag::Link { link_type, dest_url, .. } => {
                let shown = link_type == LinkType::Email || is_taken(&dest_url);
                self.links.push(shown);
                if shown {
                    self.events.push(link(link_type, dest_url));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Emphasis | TagEnd::Strong => self.events.push(Event::End(tag)),
            TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                self.in_code = false;
                if matches!(self.events.last(), Some(Event::HardBreak)) {
                    self.events.pop();
                }
                self.events.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::Heading(_) => {
                self.events.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                if self.depth <= DEEPEST {
                    self.events.push(Event::End(tag));
                }
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::Link => {
                let shown = self.links.pop() == Some(true);
                self.events.extend(shown.then_some(Event::End(TagEnd::Link)));
            }
            _ => {}
        }
    }

    /// Text whose bare addresses become links, unless it stands in one.
    fn linked(&mut self, text: CowStr<'a>) {
        let addresses = if self.links.is_empty() { links::bare(&text) } else { Vec::new() };
        if addresses.is_empty() {
            self.events.push(Event::Text(text));
            return;
        }
        let mut done = 0;
        for at in addresses {
            let piece = |range: std::ops::Range<usize>| Event::Text(CowStr::from(text[range].to_owned()));
            self.events.push(piece(done..at.start));
            self.events.push(link(LinkType::Inline, text[at.clone()].to_owned().into()));
            self.events.push(piece(at.clone()));
            self.events.push(Event::End(TagEnd::Link));
            done = at.end;
        }
        self.events.push(Event::Text(text[done..].to_owned().into()));
    }

    /// Text whose line breaks are kept.
    fn lines(&mut self, text: &str) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.events.push(Event::HardBreak);
            }
            if !line.is_empty() {
                self.events.push(Event::Text(line.to_owned().into()));
            }
        }
    }
}

fn link<'a>(link_type: LinkType, dest_url: CowStr<'a>) -> Event<'a> {
    Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id: "".into() })
}

fn plain_quote(tag: Tag<'_>) -> Tag<'_> {
    if let Tag::BlockQuote(_) = tag { Tag::BlockQuote(None) } else { tag }
}

fn is_taken(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
}
