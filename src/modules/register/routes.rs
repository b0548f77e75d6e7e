//! The register's addresses: what it is and its heads, receipts, and the question whether one is genuine.

use super::feed;
use super::model::{Head, Question, receipt_text};
use super::store;
use super::views::{Answer, ReceiptPage, RegisterPage, VerifyPage};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader, SameOrigin};
use crate::base::i18n::Message;
use crate::civic::accounts::Access::{Everyone, Owner};
use crate::civic::accounts::Routes;
use crate::core::app::App;
use crate::core::journal::seal::{genesis, hex};
use crate::core::journal::{self, Receipt, receipt_key, seal};
use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// A receipt that somebody sends, with what a form says around it.
const BODY: usize = 128 << 10;

/// How many lines are given at once.
const LINES: i64 = 10_000;

pub(super) fn routes() -> Routes {
    let open = Routes::new()
        .get("/register.json", Everyone, heads_json)
        .get("/register.atom", Everyone, heads_atom)
        .get("/register/lines", Everyone, lines)
        .open_to_other_sites();
    Routes::new()
        .get("/register", Everyone, register)
        .and(open)
        .get("/receipts/{number}", Owner, receipt)
        .get("/receipts/{number}/text", Owner, receipt_as_text)
        .get("/verify", Everyone, verify)
        .post_files("/verify", Everyone, BODY, verify_text)
}

/// `GET /register`
async fn register(State(app): State<App>, reader: Reader) -> Result<RegisterPage> {
    let counter = store::counter(&app.db).await?;
    let heads = store::heads(&app.db, 30).await?;
    let chain = counter.chain.map(|chain| hex(&chain));
    let (lang, site) = (reader.lang, app.name());
    Ok(RegisterPage { lang, site, number: counter.number, chain, heads, base: app.base(&reader) })
}

fn head_json(head: &Head) -> Value {
    json!({ "day": head.day, "number": head.number, "chain": head.print(), "published": head.made_at })
}

/// `GET /register.json`: the present head and every published one, the latest first.
async fn heads_json(State(app): State<App>) -> Result<impl IntoResponse> {
    let counter = store::counter(&app.db).await?;
    let heads = store::heads(&app.db, 4_000).await?;
    let told = json!({
        "form": "parvis-register-1", "number": counter.number, "chain": counter.chain.as_deref().map(hex),
        "first_after": counter.sealed_from, "genesis": hex(&genesis(counter.sealed_from)),
        "heads": heads.iter().map(head_json).collect::<Vec<_>>(),
    });
    Ok(http::tagged_json(&told))
}

/// `GET /register.atom`
async fn heads_atom(State(app): State<App>, reader: Reader) -> Result<Response> {
    let heads = store::heads(&app.db, 60).await?;
    feed::answer(reader.lang, &app.name(), &app.base(&reader), &heads)
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: i64,
}

/// `GET /register/lines?after=…`: the lines as they are chained, one JSON object a line, for whoever checks them elsewhere.
async fn lines(State(app): State<App>, Query(query): Query<After>) -> Result<impl IntoResponse> {
    let rows = store::lines(&app.db, query.after, LINES).await?;
    let text =
        rows.iter().fold(String::with_capacity(rows.len() * 320), |text, row| text + &row.json() + "\n");
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], text))
}

#[derive(Default, Deserialize)]
struct Keyed {
    #[serde(default)]
    key: String,
}

/// The receipt that a link opens.
async fn opened(app: &App, number: &str, key: &str) -> Result<Receipt> {
    let number: i64 = number.parse().map_err(|_no_number: std::num::ParseIntError| Error::NotFound)?;
    if !app.is_key_to(&receipt_key(number), key) {
        return Err(Error::Forbidden(Message::new("error-receipt")));
    }
    journal::receipt(&app.db, number).await
}

/// `GET /receipts/{number}?key=…`
async fn receipt(
    State(app): State<App>,
    reader: Reader,
    Path(number): Path<String>,
    http::Asked(Keyed { key }): http::Asked<Keyed>,
) -> Result<ReceiptPage> {
    let receipt = opened(&app, &number, &key).await?;
    Ok(ReceiptPage::new(reader.lang, app.name(), app.base(&reader), receipt, key))
}

/// `GET /receipts/{number}/text?key=…`: the same as a file to keep.
async fn receipt_as_text(
    State(app): State<App>,
    reader: Reader,
    Path(number): Path<String>,
    http::Asked(Keyed { key }): http::Asked<Keyed>,
) -> Result<impl IntoResponse> {
    let receipt = opened(&app, &number, &key).await?;
    let before = match store::chain_at(&app.db, receipt.number - 1).await? {
        Some(chain) => chain,
        None => genesis(store::counter(&app.db).await?.sealed_from).to_vec(),
    };
    let text = receipt_text(&app.name(), &app.base(&reader), &receipt, &before);
    let name = format!("attachment; filename=\"recu-{}.txt\"", receipt.number);
    Ok((
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        text,
    ))
}

#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    fingerprint: String,
}

/// `GET /verify?number=…&fingerprint=…`
async fn verify(
    State(app): State<App>,
    reader: Reader,
    http::Asked(asked): http::Asked<Asked>,
) -> Result<Response> {
    let question = Question { number: asked.number, fingerprint: asked.fingerprint, said: None };
    told(&app, &reader, question).await
}

/// `POST /verify`: a whole receipt, pasted or as its file.
async fn verify_text(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    form: Multipart,
) -> Result<Response> {
    let question = Question::of_text(&sent(form).await?);
    told(&app, &reader, question).await
}

/// The text of the first field that has one.
async fn sent(mut form: Multipart) -> Result<String> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Error::TooLarge
        } else {
            Error::Unreadable
        }
    };
    let mut text = String::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let bytes = field.bytes().await.map_err(unreadable)?;
        if text.trim().is_empty() {
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }
    Ok(text)
}

async fn told(app: &App, reader: &Reader, question: Question) -> Result<Response> {
    let answer = answer(app, &question).await?;
    if reader.wants_json {
        return Ok(Json(answer.as_ref().map_or(json!({}), Answer::json)).into_response());
    }
    Ok(VerifyPage { lang: reader.lang, site: app.name(), question, answer }.into_response())
}

/// What the register answers; nothing where nothing was asked.
async fn answer(app: &App, question: &Question) -> Result<Option<Answer>> {
    if question.number.is_empty() && question.fingerprint.is_empty() && question.said.is_none() {
        return Ok(None);
    }
    let Some((number, digits)) = question.read() else { return Ok(Some(Answer::Unreadable)) };
    let receipt = match journal::receipt(&app.db, number).await {
        Ok(receipt) => receipt,
        Err(Error::NotFound) => return Ok(Some(Answer::Unknown(number))),
        Err(other) => return Err(other),
    };
    if !hex(&receipt.chain).starts_with(&digits) {
        return Ok(Some(Answer::Different(number)));
    }
    let says = question
        .said
        .as_ref()
        .map(|(salt, content)| receipt.content.as_deref() == Some(seal::digest(salt, content).as_slice()));
    let is_public = match receipt.feature_id {
        Some(id) => crate::core::features::store::find(&app.db, id).await.is_ok(),
        None => false,
    };
    Ok(Some(Answer::Genuine { receipt: Box::new(receipt), says, is_public }))
}
