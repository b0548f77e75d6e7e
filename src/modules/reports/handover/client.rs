//! What is said to another authority's door, and what it answers (Open311 GeoReport v2, as a client).
//!
//! What it is not: when (`sending`, `news`). Its answers are XML, which every door speaks; of them only plain texts are taken, by the names
//! of their elements.

use crate::base::fetch::{Heard, Outside, Unheard};
use crate::base::text::{clean, fold, line};
use crate::modules::reports::model::Service;
use quick_xml::Reader;
use quick_xml::events::Event;
use uuid::Uuid;

/// The longest text that is taken of an answer.
const TEXT_MOST: usize = 1_000;

/// Why a door did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// A word: `address`, `silent`, `refused`, `unreadable`, `no-service`.
    pub(super) word: &'static str,
    /// What was answered, as people read it.
    pub(super) said: String,
    /// Whether it may be otherwise later.
    pub(super) passes: bool,
}

impl Problem {
    fn new(word: &'static str, said: impl Into<String>, passes: bool) -> Problem {
        Problem { word, said: said.into(), passes }
    }
}

impl From<Unheard> for Problem {
    fn from(unheard: Unheard) -> Problem {
        match unheard {
            Unheard::Address => Problem::new("address", "", false),
            Unheard::Silent => Problem::new("silent", "", true),
        }
    }
}

/// Another authority's door.
#[derive(Debug)]
pub(super) struct Door<'a> {
    pub(super) outside: Outside,
    pub(super) service: &'a Service,
}

/// What a door says of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct News {
    /// `open`, `closed`.
    pub(super) status: String,
    pub(super) notes: String,
    /// Where its program says more: its own word for the status, and why it ended without repair.
    pub(super) own_status: String,
    pub(super) end_reason: String,
}

impl News {
    /// As it is kept, to be compared.
    pub(super) fn kept(&self) -> String {
        [&self.status, &self.notes, &self.own_status, &self.end_reason].map(String::as_str).join("\n")
    }
}

impl Door<'_> {
    fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let base = self.service.open311_url.as_deref().unwrap_or_default().trim_end_matches('/');
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(jurisdiction) = self.jurisdiction() {
            query.append_pair("jurisdiction_id", jurisdiction);
        }
        query.extend_pairs(more);
        let query = query.finish();
        format!("{base}/{path}{}{query}", if query.is_empty() { "" } else { "?" })
    }

    fn jurisdiction(&self) -> Option<&str> {
        self.service.open311_jurisdiction.as_deref().filter(|said| !said.is_empty())
    }

    /// Their code for a category: what an agent chose, else the service of the same code or name.
    ///
    /// # Errors
    /// Where there is none, or nobody answers.
    pub(super) async fn code(&self, chosen: &str, slug: &str, names: &[&str]) -> Result<String, Problem> {
        if !chosen.is_empty() {
            return Ok(chosen.to_owned());
        }
        let heard = self.outside.get(&self.address("services.xml", &[])).await?;
        let services = records(&right(heard)?.body, "service")?;
        let text =
            |record: &[(String, String)], name: &str| value(record, name).unwrap_or_default().to_owned();
        let of_code = services.iter().find(|one| text(one, "service_code") == slug);
        let is_named =
            |one: &&Record| names.iter().any(|name| fold(name) == fold(&text(one, "service_name")));
        let found = of_code.or_else(|| services.iter().find(is_named));
        let known = || {
            let all = services
                .iter()
                .map(|one| format!("{} ({})", text(one, "service_name"), text(one, "service_code")));
            line(&all.collect::<Vec<_>>().join(", "), TEXT_MOST)
        };
        found.map(|one| text(one, "service_code")).ok_or_else(|| Problem::new("no-service", known(), false))
    }

    /// Sends a report. Gives its number there, or what stands for it for a while (`token:`).
    ///
    /// # Errors
    /// Why it was not taken.
    pub(super) async fn send(
        &self,
        mut fields: Vec<(String, String)>,
        number: Uuid,
    ) -> Result<String, Problem> {
        let own =
            [("jurisdiction_id", self.jurisdiction()), ("api_key", self.service.open311_key.as_deref())];
        let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
        drop(fields.splice(0..0, own));
        let base = self.service.open311_url.as_deref().unwrap_or_default().trim_end_matches('/');
        let heard = self.outside.post(&format!("{base}/requests.xml"), &fields, number).await?;
        let requests = records(&right(heard)?.body, "request")?;
        let first = requests.first().ok_or_else(|| Problem::new("unreadable", "", false))?;
        let token = value(first, "token").map(|token| format!("token:{token}"));
        let reference = value(first, "service_request_id").map(ToOwned::to_owned).or(token);
        reference.ok_or_else(|| Problem::new("unreadable", "", false))
    }

    /// The number of a report that has only a token so far; nothing where it has none yet.
    ///
    /// # Errors
    /// Where nobody answers.
    pub(super) async fn number(&self, token: &str) -> Result<Option<String>, Problem> {
        let path = format!("tokens/{}.xml", part(token));
        let heard = self.outside.get(&self.address(&path, &[])).await?;
        let requests = records(&right(heard)?.body, "request")?;
        Ok(requests.first().and_then(|first| value(first, "service_request_id")).map(ToOwned::to_owned))
    }

    /// What is said of a report there.
    ///
    /// # Errors
    /// Where nobody answers, or it is not there.
    pub(super) async fn news(&self, reference: &str) -> Result<News, Problem> {
        let path = format!("requests/{}.xml", part(reference));
        let heard = self.outside.get(&self.address(&path, &[("extensions", "true")])).await?;
        let requests = records(&right(heard)?.body, "request")?;
        let first = requests.first().ok_or_else(|| Problem::new("unreadable", "", true))?;
        let text = |name: &str| value(first, name).unwrap_or_default().to_owned();
        Ok(News {
            status: text("status").to_lowercase(),
            notes: line(&text("status_notes"), TEXT_MOST),
            own_status: text("extended_attributes/status"),
            end_reason: text("extended_attributes/end_reason"),
        })
    }
}

/// A part of a path.
fn part(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// An answer that is one; what the other side says is wrong is told as it says it.
fn right(heard: Heard) -> Result<Heard, Problem> {
    if (200..300).contains(&heard.status) {
        return Ok(heard);
    }
    let said = records(&heard.body, "error").unwrap_or_default();
    let said: Vec<&str> = said.iter().filter_map(|one| value(one, "description")).collect();
    let said = line(&format!("{} {}", heard.status, said.join(" ")), TEXT_MOST);
    // Too many, too late, or broken there: another time.
    let passes = heard.status >= 500 || heard.status == 429 || heard.status == 408;
    Err(Problem::new("refused", said, passes))
}

/// The texts of an element, by the path of their own below it.
type Record = Vec<(String, String)>;

fn value<'a>(record: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = record.iter().find(|(known, text)| known == name && !text.is_empty());
    found.map(|(_, text)| text.as_str())
}

/// Every element of a name in an answer, wherever it is.
///
/// # Errors
/// Where it is no XML. Entities that it declares itself are not read.
fn records(xml: &str, name: &str) -> Result<Vec<Record>, Problem> {
    let unreadable = || Problem::new("unreadable", "", true);
    let mut reader = Reader::from_str(xml);
    let (mut found, mut open): (Vec<Record>, Option<Vec<String>>) = (Vec::new(), None);
    loop {
        match reader.read_event().map_err(|_no_xml| unreadable())? {
            Event::Start(start) => begin(&mut found, &mut open, name, start.name().as_ref()),
            Event::End(_) if open.as_mut().is_some_and(|path| path.pop().is_none()) => {
                open = None;
            }
            Event::Text(text) => add(&mut found, open.as_deref(), &text),
            Event::CData(text) => add(&mut found, open.as_deref(), &text),
            Event::GeneralRef(named) => {
                let said = match named.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&named).unwrap_or_default().to_owned(),
                };
                add(&mut found, open.as_deref(), &said);
            }
            // It broke off: another time it may come whole.
            Event::Eof if open.is_some() => return Err(unreadable()),
            Event::Eof => break,
            _ => {}
        }
    }
    for record in &mut found {
        for (_, text) in record {
            *text = clean(text).chars().take(TEXT_MOST).collect();
        }
    }
    Ok(found)
}

/// An element begins: one of those that are wanted, or a part of it.
fn begin(found: &mut Vec<Record>, open: &mut Option<Vec<String>>, wanted: &str, name: &str) {
    match open {
        None if name == wanted => {
            *open = Some(Vec::new());
            found.push(Record::new());
        }
        None => {}
        Some(path) => {
            path.push(name.to_owned());
            if let Some(record) = found.last_mut() {
                record.push((path.join("/"), String::new()));
            }
        }
    }
}

fn add(found: &mut [Record], path: Option<&[String]>, text: &str) {
    let Some(path) = path.map(|path| path.join("/")) else { return };
    let part = found.last_mut().and_then(|record| record.iter_mut().rev().find(|(known, _)| *known == path));
    if let Some((_, said)) = part {
        said.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_by_the_names_of_its_elements() {
        let xml = "<?xml version=\"1.0\"?><service_requests><request><service_request_id>  7 </service_request_id>
                   <status_notes>A &amp; B &#233; &lt;b&gt;</status_notes><x><status>done</status></x></request>
                   <request><token><![CDATA[t<1]]></token></request></service_requests>";
        let found = records(xml, "request").unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(value(&found[0], "service_request_id"), Some("7"));
        assert_eq!(value(&found[0], "status_notes"), Some("A & B é <b>"));
        assert_eq!((value(&found[0], "x/status"), value(&found[0], "status")), (Some("done"), None));
        assert_eq!(value(&found[1], "token"), Some("t<1"));
    }

    #[test]
    fn what_is_no_answer_is_told_and_bombs_do_not_burst() {
        assert_eq!(records("<a><b></a>", "b").unwrap_err().word, "unreadable");
        assert_eq!(records("hello", "request").unwrap(), Vec::<Record>::new());
        let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><r><request><status>&b;</status></request></r>";
        let found = records(bomb, "request").unwrap();
        assert_eq!(value(&found[0], "status"), None, "entities of its own are nothing");
    }

    #[test]
    fn what_the_other_side_refuses_is_told_as_it_says_it() {
        let heard = |status, body: &str| right(Heard { status, body: body.into() });
        let xml = "<errors><error><code>403</code><description>Bad key</description></error></errors>";
        assert_eq!(heard(403, xml).unwrap_err(), Problem::new("refused", "403 Bad key", false));
        assert_eq!(heard(503, "<html>").unwrap_err(), Problem::new("refused", "503", true));
        assert!(heard(201, "").is_ok());
    }
}
