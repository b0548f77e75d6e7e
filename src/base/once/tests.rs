//! What a request brings, and what an answer is kept as. How whole forms are done once is tried in `router/tests/once.rs`.

use super::answer::Answered;
use super::key::Keys;
use super::sent::read;
use axum::body::{Body, Bytes};
use axum::http::Request;
use axum::response::{IntoResponse, Redirect};
use axum_extra::extract::cookie::Key;

fn keys() -> Keys {
    Keys::new(&Key::from(&[7; 64]))
}

async fn whole(body: Body) -> Bytes {
    axum::body::to_bytes(body, usize::MAX).await.unwrap()
}

fn parts(headers: &[(&str, &str)]) -> axum::http::request::Parts {
    let request = headers.iter().fold(Request::post("/a"), |r, (name, value)| r.header(*name, *value));
    request.body(()).unwrap().into_parts().0
}

const PLAIN: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
const FILES: &[(&str, &str)] = &[("content-type", "multipart/form-data; boundary=edge")];

#[tokio::test]
async fn the_key_of_a_form_is_read_and_its_body_stays_whole() {
    let (keys, key) = (keys(), keys().fresh("act"));
    let text = format!("title=Un+banc&once={key}&body=%C3%A0");
    let (given, body) = read(&keys, "act", &parts(PLAIN), Body::from(text.clone()), 1_000).await.unwrap();
    let fields = given.unwrap().fields.unwrap();
    assert_eq!(fields, [("title".to_owned(), "Un banc".to_owned()), ("body".to_owned(), "à".to_owned())]);
    assert_eq!(whole(body).await, text);
    let (given, body) = read(&keys, "vote", &parts(PLAIN), Body::from(text.clone()), 1_000).await.unwrap();
    assert!(given.is_none(), "a key of another class of acts is none");
    assert_eq!(whole(body).await, text);
}

#[tokio::test]
async fn the_key_of_a_form_with_files_is_its_first_field_however_the_body_is_cut() {
    let (keys, key) = (keys(), keys().fresh("propose"));
    let field = |name: &str, value: &str| {
        format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let text = format!("{}{}--edge--\r\n", field("once", &key), field("body", &"x".repeat(20_000)));
    for cut in [1, 7, 100, 5_000, 100_000] {
        let pieces: Vec<_> =
            text.as_bytes().chunks(cut).map(|c| Ok::<_, axum::Error>(Bytes::copy_from_slice(c))).collect();
        let sent = Body::from_stream(futures_util::stream::iter(pieces));
        let (given, body) = read(&keys, "propose", &parts(FILES), sent, 10).await.unwrap();
        assert!(given.unwrap().visitor.is_some(), "{cut}");
        assert_eq!(whole(body).await, text, "{cut}");
    }
    let late = format!("{}{}--edge--\r\n", field("body", &"x".repeat(20_000)), field("once", &key));
    let (given, body) = read(&keys, "propose", &parts(FILES), Body::from(late.clone()), 10).await.unwrap();
    assert!(given.is_none());
    assert_eq!(whole(body).await, late);
}

#[tokio::test]
async fn a_program_may_bring_a_number_of_its_own_and_nothing_that_can_be_guessed() {
    let uuid = "0192f7c1-5b6a-7c3d-8e4f-1a2b3c4d5e6f";
    let given = async |value: &str| {
        read(&keys(), "act", &parts(&[("idempotency-key", value)]), Body::empty(), 9).await
    };
    let (one, other) =
        (given(uuid).await.unwrap().0.unwrap(), given(&format!("\"{uuid}\"")).await.unwrap().0.unwrap());
    assert_eq!(one.visitor, other.visitor);
    for bad in ["", "1", "commande-12", "00000000-0000-0000-0000-000000000000", "é"] {
        assert!(given(bad).await.is_err(), "{bad}");
    }
}

#[tokio::test]
async fn a_form_larger_than_its_route_takes_is_too_large() {
    let sent = Body::from("a".repeat(11));
    let refused = read(&keys(), "act", &parts(PLAIN), sent, 10).await.unwrap_err();
    assert!(matches!(refused, crate::base::error::Error::TooLarge), "{refused}");
}

#[tokio::test]
async fn an_answer_is_kept_in_short_and_no_page_is() {
    let of = async |response| Answered::of(response).await.0;
    assert_eq!(
        of(Redirect::to("/features/7#a").into_response()).await,
        Answered::See("/features/7#a".into())
    );
    let json = axum::Json(serde_json::json!({ "id": 7 })).into_response();
    assert_eq!(of(json).await, Answered::Json { status: 200, body: serde_json::json!({ "id": 7 }) });
    let page = axum::response::Html("anne@mail.example").into_response();
    assert_eq!(of(page).await, Answered::Page, "it may name somebody");
}
