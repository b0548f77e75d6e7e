//! Every route with what no browser of ours sends: bodies that break off or are no form, percents, cookies and headers that cannot be
//! read, line breaks in every field. Each is an answer with words, and nothing of it becomes a header.

use super::every_route;
use super::knocking::{House, Person, address};
use crate::civic::accounts::Role;
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::body::Body;
use axum::http::{Method, Request, header};

fn check(name: &str, answer: &Answer) {
    assert!(
        !answer.status.is_server_error() || answer.status == 503,
        "{name}: {} {}",
        answer.status,
        answer.text()
    );
    if answer.status.is_client_error() {
        assert!(!answer.body.is_empty(), "{name}: {} without a word", answer.status);
    }
    if let Some(to) = answer.headers.get(header::LOCATION) {
        let to = to.to_str().unwrap_or_else(|_| panic!("{name}: {to:?}"));
        let is_ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
        assert!(is_ours || to.starts_with("http://parvis.test/"), "{name} leads to {to}");
    }
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        assert!(!cookie.to_str().unwrap_or_default().contains("stolen"), "{name}: {cookie:?}");
    }
    assert!(!answer.headers.contains_key("x-stolen"), "{name}");
}

async fn send(client: &mut Client, method: &Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !kind.is_empty() {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    client.send(request, Body::from(body)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_told_in_words_by_every_route_and_becomes_no_header() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut author = house.enter(Person::Resident).await;
        house.things(&mut author, "/features/{id}/arguments/{argument}").await;
        const FIELDS: [&str; 24] = [
            "title",
            "body",
            "query",
            "next",
            "to",
            "tab",
            "thing",
            "act",
            "reason",
            "note",
            "feature",
            "verdict",
            "status",
            "authority",
            "link",
            "motive",
            "email",
            "role",
            "process",
            "area",
            "version",
            "step",
            "label",
            "seen",
        ];
        let poison = |value: &str| -> Vec<u8> {
            let fields = FIELDS.iter().map(|name| (*name, value));
            form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
        };
        let form = "application/x-www-form-urlencoded";
        let mut bodies: Vec<(&str, Vec<u8>)> = vec![
            (
                "multipart/form-data",
                b"--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n".to_vec(),
            ),
            ("multipart/form-data; boundary=x", b"--y\r\nnothing".to_vec()),
            (
                "multipart/form-data; boundary=x",
                b"--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8"
                    .to_vec(),
            ),
            ("multipart/form-data; boundary=\"é\"", b"--x".to_vec()),
            (form, b"a=%zz&body=%ff%fe&title=%".to_vec()),
            (form, b"\xff\xfe\x00=\x00".to_vec()),
            (form, b"&&&===&".to_vec()),
            ("application/json", b"{\"a\":".to_vec()),
            ("text/plain", b"hello".to_vec()),
            ("", b"hello".to_vec()),
            (form, Vec::new()),
        ];
        for value in [
            "1\r\nset-cookie: stolen=1\r\nx-stolen: 1",
            "status=open\r\nx-stolen: 1",
            "été\u{0}\u{202e}",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "-1",
            "99999999999999999999",
        ] {
            bodies.push((form, poison(value)));
        }
        for route in every_route() {
            let person = Person::Holder(Role::Administrator);
            let path = address(route.path, &[]);
            let name = format!("{} {}", route.method, route.path);
            if route.method == Method::GET {
                if route.path == "/live" {
                    continue;
                }
                let mut client = house.enter(person).await;
                for query in [
                    "q=%ff%fe&status=%00&page=%zz",
                    "to=/%5Cevil.example&next=//evil.example&back=%0d%0ax-stolen:1",
                    "page=99999999999999999999&after=%ff",
                    "bbox=nan,inf,1e999,x&lon=%00&lat=&limit=-1",
                    "&&==&%",
                    "account=1&key=%e9",
                    "process=%0d%0a&theme=%C3%A9&area=%F0%9F%92%A9",
                ] {
                    check(
                        &format!("{name}?{query}"),
                        &send(&mut client, &route.method, &format!("{path}?{query}"), "", Vec::new()).await,
                    );
                }
                let strange = route
                    .path
                    .split('/')
                    .map(|part| if part.contains('{') { "%ff%0d%0a%5c" } else { part })
                    .collect::<Vec<_>>()
                    .join("/");
                check(
                    &format!("{name} as {strange}"),
                    &send(&mut client, &route.method, &strange, "", Vec::new()).await,
                );
                continue;
            }
            for (kind, body) in &bodies {
                // Whoever signs out, or is erased, must not be the next one, too.
                let mut client = house.enter(person).await;
                let answer = send(&mut client, &route.method, &path, kind, body.clone()).await;
                check(
                    &format!("{name} with {kind} {:?}", String::from_utf8_lossy(&body[..body.len().min(60)])),
                    &answer,
                );
            }
        }
        // Headers.
        for path in
            ["/", "/features/1", "/account", "/admin/answers", "/language/en", "/api/features", "/sign-in"]
        {
            for (header, value) in [
                ("cookie", &b"session=\xff\xfe; visitor=%%%; lang=\xc3\xa9"[..]),
                ("cookie", b";;;===;"),
                ("accept-language", b"\xff,,;q=;q=9,*"),
                ("accept", b"\xff"),
                ("referer", b"https://evil.example//evil.example/\\x?\xff"),
                ("referer", b"http://parvis.test/\\evil.example"),
                ("if-none-match", b"\"\xff"),
                ("range", b"bytes=9-1,x"),
                ("hx-request", b"\xff"),
            ] {
                let mut client = house.browser();
                let request =
                    Request::get(path).header(header, axum::http::HeaderValue::from_bytes(value).unwrap());
                check(&format!("{path} with {header}"), &client.send(request, Body::empty()).await);
            }
        }
    })
    .await;
}
