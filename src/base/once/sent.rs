//! The key that a request brings: a form's hidden field `once`, or the header `Idempotency-Key` of a program, which may be a random
//! UUID of its own. Reads of a body no more than it must, and gives the whole body back.

use super::key::{Keys, Nonce};
use crate::base::clock;
use crate::base::error::{Error, Result};
use crate::base::http::whole;
use crate::base::i18n::Message;
use crate::base::ids::Visitor;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::http::request::Parts;
use futures_util::{StreamExt, stream};
use uuid::Uuid;

/// The header of a program.
const HEADER: &str = "idempotency-key";

/// Where in a form with files its key is looked for, in bytes: it is the first field.
const HEAD: usize = 4_096;

/// Who acts with the request's key, where nothing else says it.
#[derive(Debug, Clone, Copy)]
pub struct VisitorToBe(pub Visitor);

/// A key that came with a request.
#[derive(Debug, Clone)]
pub struct Given {
    pub(super) keys: Keys,
    pub(super) nonce: Nonce,
    /// Who acts, where there is no cookie.
    pub visitor: Option<Visitor>,
    /// The fields of a form without files; nothing where the body was not read.
    pub(super) fields: Option<Vec<(String, String)>>,
}

/// Reads the key of a request, if it has one for this class of acts; `most` bytes of a form without files.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Unreadable`], and [`Error::Invalid`] for a header that is no key.
pub async fn read(
    keys: &Keys,
    class: &str,
    parts: &Parts,
    body: Body,
    most: usize,
) -> Result<(Option<Given>, Body)> {
    if let Some(value) = parts.headers.get(HEADER) {
        let given = of_header(keys, class, value.to_str().unwrap_or_default())?;
        return with_fields(parts, body, most, given).await;
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/") {
        let (head, body) = peek(body).await;
        return Ok((known(keys, class, first_field(&head).unwrap_or_default()), body));
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Ok((None, body));
    }
    let (fields, body) = form(body, most).await?;
    let key = fields.iter().find(|(name, _)| name == "once").map_or("", |(_, value)| value);
    let given =
        known(keys, class, key).map(|given| Given { fields: Some(without_key(fields.clone())), ..given });
    Ok((given, body))
}

fn known(keys: &Keys, class: &str, text: &str) -> Option<Given> {
    let known = keys.read(class, text, clock::now())?;
    let visitor = known.is_fresh.then(|| keys.visitor(&known.nonce));
    Some(Given { keys: keys.clone(), nonce: known.nonce, visitor, fields: None })
}

fn of_header(keys: &Keys, class: &str, text: &str) -> Result<Given> {
    if let Some(given) = known(keys, class, text) {
        return Ok(given);
    }
    let own = Uuid::parse_str(text.trim().trim_matches('"')).ok().filter(|key| key.get_version_num() != 0);
    let own = own.ok_or_else(|| Error::invalid("Idempotency-Key", Message::new("error-idempotency-key")))?;
    // A program's own number leads to another visitor than the same bytes in a page of ours.
    let apart = keys.digest("program", &[own.as_bytes()]);
    let mut nonce = Nonce::default();
    for (byte, from) in nonce.iter_mut().zip(apart.as_bytes().chunks(2)) {
        *byte = std::str::from_utf8(from).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    }
    Ok(Given { keys: keys.clone(), nonce, visitor: Some(keys.visitor(&nonce)), fields: None })
}

async fn with_fields(parts: &Parts, body: Body, most: usize, given: Given) -> Result<(Option<Given>, Body)> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Ok((Some(given), body));
    }
    let (fields, body) = form(body, most).await?;
    Ok((Some(Given { fields: Some(without_key(fields)), ..given }), body))
}

fn without_key(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.retain(|(name, _)| name != "once");
    fields
}

async fn form(body: Body, most: usize) -> Result<(Vec<(String, String)>, Body)> {
    let bytes = whole(body, most).await?;
    Ok((form_urlencoded::parse(&bytes).into_owned().collect(), Body::from(bytes)))
}

/// The beginning of a body, and the whole of it again.
async fn peek(body: Body) -> (Vec<u8>, Body) {
    let mut rest = body.into_data_stream();
    let (mut head, mut read) = (Vec::new(), Vec::<Result<Bytes, axum::Error>>::new());
    while head.len() < HEAD {
        let Some(piece) = rest.next().await else { break };
        if let Ok(bytes) = &piece {
            head.extend_from_slice(bytes);
        }
        let is_end = piece.is_err();
        read.push(piece);
        if is_end || first_field(&head).is_some() {
            break;
        }
    }
    (head, Body::from_stream(stream::iter(read).chain(rest)))
}

/// The value of `once`, where it is among these first bytes of a form with files.
fn first_field(head: &[u8]) -> Option<&str> {
    const NAME: &[u8] = b"name=\"once\"\r\n\r\n";
    let head = head.get(..HEAD).unwrap_or(head);
    let at = head.windows(NAME.len()).position(|bytes| bytes == NAME)? + NAME.len();
    let value = head.get(at..)?;
    let end = value.windows(2).position(|bytes| bytes == b"\r\n")?;
    std::str::from_utf8(value.get(..end)?).ok()
}
