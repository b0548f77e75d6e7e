//! Reports as programs read them: many by what is asked, one by its number, and the number that a token stands for.

use super::asked::{Asked, MOST, Said};
use super::doc::Node;
use super::refused::Refusal;
use super::store::{self, Filter, Line, Row};
use crate::base::clock::{self, machine};
use crate::base::error::Error;
use crate::base::i18n::{Lang, Message};
use crate::core::features::geometry::from_wkb;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::letters::reason_key;
use crate::modules::reports::model::Category;
use axum::http::StatusCode;
use axum::response::Response;
use std::collections::HashMap;

/// `GET /open311/v2/requests.xml`
pub(super) async fn list(asked: Asked) -> Response {
    let said = many(&asked).await;
    asked.answered(said)
}

async fn many(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let catalogue = Catalogue::of(&asked.app).await?;
    let numbers = asked.list("service_request_id");
    let rows = if numbers.is_empty() {
        let categories = categories(asked, &catalogue)?;
        let (open, closed) = statuses(asked)?;
        let (from, until) = asked.span(clock::now())?;
        let (most, after) = asked.page()?;
        let filter = Filter { from, until, categories: &categories, open, closed, most, after };
        store::received(&asked.app.db, filter).await?
    } else {
        // What is no number of ours is none of the answer, like a number that is nobody's.
        let ids: Vec<i64> = numbers.iter().filter_map(|text| number(text)).take(MOST as usize).collect();
        store::of_ids(&asked.app.db, &ids).await?
    };
    let told = tell(asked, &catalogue, &rows).await?;
    Ok((StatusCode::OK, "service_requests", Node::List("request", told)))
}

/// The categories of the codes that are asked for; of a type all that is below it. Removed ones are found, because reports name them.
fn categories(asked: &Asked, catalogue: &Catalogue) -> Result<Vec<i64>, Refusal> {
    let codes = asked.list("service_code");
    if codes.is_empty() {
        return Ok(catalogue.categories.iter().map(|category| category.id.0).collect());
    }
    let mut found = Vec::new();
    for code in codes {
        let known = catalogue.categories.iter().find(|category| category.slug == code);
        let known = known.ok_or_else(|| Refusal::missing("open311-no-service"))?;
        let is_it = |category: &&Category| category.id == known.id || category.parent == Some(known.id);
        found.extend(catalogue.categories.iter().filter(is_it).map(|category| category.id.0));
    }
    Ok(found)
}

/// Whether those that are open are asked for, and those that ended.
fn statuses(asked: &Asked) -> Result<(bool, bool), Refusal> {
    let said: Vec<String> = asked.list("status").into_iter().map(str::to_lowercase).collect();
    if said.iter().any(|word| !matches!(word.as_str(), "open" | "closed")) {
        return Err(Refusal::wrong("open311-no-status"));
    }
    let wants = |word: &str| said.is_empty() || said.iter().any(|known| known == word);
    Ok((wants("open"), wants("closed")))
}

fn number(text: &str) -> Option<i64> {
    // As we write it: no sign, no zero before.
    let is_number = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| is_number)
}

/// `GET /open311/v2/requests/{id}.xml`
pub(super) async fn one(asked: Asked) -> Response {
    let said = by_number(&asked).await;
    asked.answered(said)
}

async fn by_number(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let rows = named(asked).await?;
    let catalogue = Catalogue::of(&asked.app).await?;
    let told = tell(asked, &catalogue, &rows).await?;
    Ok((StatusCode::OK, "service_requests", Node::List("request", told)))
}

/// The one public report that the path names.
async fn named(asked: &Asked) -> Result<Vec<Row>, Refusal> {
    let missing = || Refusal::missing("open311-no-request");
    let id = number(&asked.name).ok_or_else(missing)?;
    let rows = store::of_ids(&asked.app.db, &[id]).await?;
    if rows.is_empty() { Err(missing()) } else { Ok(rows) }
}

/// `GET /open311/v2/tokens/{token}.xml`: our tokens are the numbers themselves, as every report has one at once.
pub(super) async fn token(asked: Asked) -> Response {
    let said = of_token(&asked).await;
    asked.answered(said)
}

async fn of_token(asked: &Asked) -> Said {
    asked.must_be_ours(None)?;
    let rows = named(asked).await?;
    let told = rows.iter().map(|row| {
        let id = row.id.to_string();
        Node::Object(vec![("service_request_id", Node::text(&id)), ("token", Node::text(&id))])
    });
    Ok((StatusCode::OK, "service_requests", Node::List("request", told.collect())))
}

async fn tell(asked: &Asked, catalogue: &Catalogue, rows: &[Row]) -> Result<Vec<Node>, Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    let mut histories: HashMap<i64, Vec<Line>> = HashMap::new();
    for line in store::histories(&asked.app.db, &ids).await? {
        histories.entry(line.feature_id.0).or_default().push(line);
    }
    let said = |row: &Row| {
        let history = histories.remove(&row.id.0).unwrap_or_default();
        request(asked, catalogue, row, &history)
    };
    rows.iter().map(said).collect()
}

fn request(asked: &Asked, catalogue: &Catalogue, row: &Row, history: &[Line]) -> Result<Node, Error> {
    let lang = asked.reader.lang;
    let category = catalogue.category(row.category_id);
    let service = row.service_id.and_then(|id| catalogue.service(id));
    let place = row.wkb.as_deref().map(from_wkb).transpose()?;
    let place = place.as_ref().and_then(parvis_tiles::geometry::representative_point);
    let updated = row.ended_at.or_else(|| history.last().map(|line| line.at)).unwrap_or(row.created_at);
    let photo = row.photo.as_ref();
    let photo = photo.map(|digest| format!("{}/photos/{digest}/large.jpg", asked.app.base(&asked.reader)));
    let mut parts = vec![
        ("service_request_id", Node::text(row.id.to_string())),
        ("status", Node::text(if row.ended_at.is_some() { "closed" } else { "open" })),
        ("status_notes", Node::text(notes(row, history, lang))),
        ("service_name", Node::text(category.map_or(row.title.as_str(), |category| category.name(lang)))),
        ("service_code", Node::maybe(category.map(|category| category.slug.as_str()))),
        ("description", Node::text(&row.body)),
        ("agency_responsible", Node::maybe(service.map(|service| service.name(lang)))),
        ("service_notice", Node::maybe(service.map(|service| service.contact.as_str()))),
        ("requested_datetime", Node::text(machine(&row.created_at))),
        ("updated_datetime", Node::text(machine(&updated))),
        ("expected_datetime", Node::maybe(row.due_at.as_ref().map(machine))),
        ("address", Node::text(&row.address)),
        ("address_id", Node::Nothing),
        ("zipcode", Node::Nothing),
        ("lat", place.map_or(Node::Nothing, |(_, lat)| Node::degrees(lat))),
        ("long", place.map_or(Node::Nothing, |(lon, _)| Node::degrees(lon))),
        ("media_url", Node::maybe(photo)),
    ];
    if asked.wants_more() {
        parts.extend(more(asked, row, history));
    }
    Ok(Node::Object(parts))
}

/// What became of it, in words: its status, why it ended without repair, and what was said last.
fn notes(row: &Row, history: &[Line], lang: Lang) -> String {
    let said = history.iter().rev().find(|line| !line.note.is_empty()).map(|line| line.note.clone());
    let why = row.end_reason.map(|reason| lang.text(&reason_key(reason)));
    let all = [Some(super::updates::status_said(row.status, lang)), why, said];
    all.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

/// What the specification does not know of: the page, our own word for the status, and the public history.
fn more(asked: &Asked, row: &Row, history: &[Line]) -> [(&'static str, Node); 2] {
    let lang = asked.reader.lang;
    let page = asked.app.base(&asked.reader);
    let page = format!("{page}/features/{}", row.id);
    let note = |line: &Line| {
        Node::Object(vec![
            ("datetime", Node::text(machine(&line.at))),
            ("description", Node::text(super::updates::said(line, lang))),
            ("type", Node::text(line.act.word())),
        ])
    };
    let attributes = Node::Object(vec![
        ("status", Node::text(row.status.word())),
        ("end_reason", Node::maybe(row.end_reason.map(|reason| reason.word()))),
        ("page_url", Node::text(page)),
    ]);
    let notes = Node::List("note", history.iter().map(note).collect());
    [("extended_attributes", attributes), ("notes", notes)]
}

/// What a program is told of a report that it sent.
pub(super) fn made(id: i64, notice: &Message, lang: Lang) -> Node {
    let request = Node::Object(vec![
        ("service_request_id", Node::text(id.to_string())),
        ("service_notice", Node::text(lang.say(notice))),
        ("account_id", Node::Nothing),
    ]);
    Node::List("request", vec![request])
}
