//! How errors are told to programs: `errors` of GeoReport v2, in the format that was asked for, with the right status.

use super::doc::{Format, Node, answer};
use crate::base::error::{Error, Teller, Telling};
use crate::base::i18n::{Lang, Message};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// The errors below these doors, those of the house among them: too many acts, no such address, a method that is not there.
pub(in crate::modules::reports) const TELLER: (&str, Teller) = ("/open311/", Teller(tell));

fn tell(told: &Telling<'_>) -> Response {
    let format = Format::of_path(told.path).unwrap_or(Format::Xml);
    one(format, told.error.status(), told.detail.clone())
}

fn one(format: Format, status: StatusCode, description: String) -> Response {
    let error = Node::Object(vec![
        ("code", Node::whole(i64::from(status.as_u16()))),
        ("description", Node::text(description)),
    ]);
    answer(format, status, "errors", Node::List("error", vec![error]))
}

/// Why a door does not do what it was asked.
#[derive(Debug)]
pub(super) enum Refusal {
    /// As the house tells it.
    House(Error),
    /// There is no such thing, by this name.
    Missing(Message),
    /// All that is wrong with what was sent.
    Wrong(Vec<Message>),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::House(error)
    }
}

impl Refusal {
    pub(super) fn wrong(key: &'static str) -> Refusal {
        Refusal::Wrong(vec![Message::new(key)])
    }

    pub(super) fn missing(key: &'static str) -> Refusal {
        Refusal::Missing(Message::new(key))
    }

    /// As it is told in a format.
    pub(super) fn told(self, format: Format, lang: Lang) -> Response {
        match self {
            // The house counts and logs it, and comes back here.
            Refusal::House(error) => error.into_response(),
            Refusal::Missing(message) => one(format, StatusCode::NOT_FOUND, lang.say(&message)),
            Refusal::Wrong(messages) => {
                let said = |message: &Message| {
                    Node::Object(vec![
                        ("code", Node::whole(400)),
                        ("description", Node::text(lang.say(message))),
                    ])
                };
                let all = messages.iter().map(said).collect();
                answer(format, StatusCode::BAD_REQUEST, "errors", Node::List("error", all))
            }
        }
    }
}
