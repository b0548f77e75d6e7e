//! What a page is asked in its address. Addresses pass through other sites and grow old: what a page does not know is left out, and
//! what it cannot read is as if it had not been said. What it is not: for reads by programs, which are told what is wrong (`Query`).

use axum::extract::{FromRequestParts, Query};
use axum::http::Uri;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// The parameters of a page; of one that is repeated, the first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Asked(read(parts.uri.query().unwrap_or_default())))
    }
}

fn read<T: DeserializeOwned + Default>(query: &str) -> T {
    let mut said: Vec<(String, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if said.iter().all(|(other, _)| *other != name) {
            said.push((name, value));
        }
    }
    let all = of_pairs(&said);
    // One that cannot be read takes no other with it.
    all.or_else(|| {
        said.retain(|pair| of_pairs::<T>(std::slice::from_ref(pair)).is_some());
        of_pairs(&said)
    })
    .unwrap_or_default()
}

fn of_pairs<T: DeserializeOwned>(pairs: &[(String, String)]) -> Option<T> {
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let uri: Uri = format!("/?{query}").parse().ok()?;
    Query::try_from_uri(&uri).ok().map(|Query(read)| read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Page {
        to: String,
        undo: Option<i64>,
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_takes_nothing_with_it() {
        let page = |to: &str, undo| Page { to: to.into(), undo };
        assert_eq!(read::<Page>("to=/a&undo=7"), page("/a", Some(7)));
        assert_eq!(read::<Page>("to=/a&to=/b&undo=x&fbclid=1"), page("/a", None));
        assert_eq!(read::<Page>("=&&&%zz=%f0&to=%FF"), page("\u{fffd}", None));
        let long = format!("undo=7&x={}", "%".repeat(60_000));
        assert_eq!(read::<Page>(&long), page("", Some(7)), "what is too long to be read again is left out");
    }
}
