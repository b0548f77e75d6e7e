//! Every form that brings files, sent whole, wrong, too large, broken off and left alone: what of it is in memory, and what stays.

use super::cases::{CASES, Case, PLANNER, Ready, ready};
use super::every_route;
use super::knocking::{House, Person};
use crate::base::http::Arrivals;
use crate::modules::basemap::tests::pmtiles_sent;
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::body::{Body, Bytes};
use axum::http::Request;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// How a form ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// With a file that is taken.
    Whole,
    /// With one that is not.
    Refused,
    /// With one that is larger than any that is taken.
    TooLarge,
    /// The line breaks.
    Broken,
    /// Whoever waits for the answer goes away.
    Alone,
}

const ENDS: [End; 5] = [End::Whole, End::Refused, End::TooLarge, End::Broken, End::Alone];

/// How much of a file comes before it is looked what lies where, in bytes.
const MOST_OF_IT: usize = 5 << 20;

/// It makes nothing yet: the file waits to be looked at.
const OUTLINES: Case = Case {
    route: "/admin/areas/file",
    who: PLANNER,
    count: "",
    fields: &[("level", "quartier")],
    file: Some(("file", "quartiers.geojson")),
};

/// The same file again is the same logo, and no version.
const FACE: Case = Case {
    route: "/admin/site/{section}",
    who: PLANNER,
    count: "",
    fields: &[("was", "0")],
    file: Some(("logo", "logo.jpg")),
};

/// Of two that saw the same version the second is refused.
const BASEMAP: Case = Case {
    route: "/admin/site/basemap",
    who: PLANNER,
    count: "",
    fields: &[("was", "0")],
    file: Some(("file", "carte.pmtiles")),
};

/// By the link of whoever made it.
const REPORT: Case = Case {
    route: "/reports/{id}/edit",
    who: Person::Visitor,
    count: "",
    fields: &[
        ("category", "nid-de-poule"),
        ("lon", "2.35"),
        ("lat", "48.85"),
        ("step", "publish"),
        ("key", "{key}"),
    ],
    file: Some(("photo", "banc.jpg")),
};

/// The photo of what was done at a stop of a round.
const STOP: Case = Case {
    route: "/admin/reports/rounds/{id}/stops/{report}",
    who: PLANNER,
    count: "",
    fields: &[("do", "done")],
    file: Some(("photo", "banc.jpg")),
};

/// The forms, each with who sends it, its other fields, and its file's field and name.
fn forms() -> Vec<Case> {
    let of = |route: &'static str| {
        let case =
            CASES.iter().chain([&OUTLINES, &FACE, &BASEMAP, &REPORT, &STOP]).find(|case| case.route == route);
        let case = case.unwrap_or_else(|| panic!("{route} brings files: say with which fields in `CASES`"));
        Case { file: Some(case.file.unwrap_or(("photo", "banc.jpg"))), ..*case }
    };
    // Its file is a text of a page, and its whole form as small as one without files.
    let files = every_route().into_iter().filter(|route| route.brings_files && route.path != "/verify");
    files.map(|route| of(route.path)).collect()
}

fn file(name: &str, end: End) -> Vec<u8> {
    let mut file = io::Cursor::new(Vec::new());
    let is_outline = name.ends_with("geojson");
    let is_basemap = name.ends_with("pmtiles");
    match (end, name.ends_with("pdf")) {
        (End::Refused, _) => file.get_mut().extend(b"<script>"),
        (_, true) => file.get_mut().extend(b"%PDF-1.7 "),
        _ if is_basemap => file.get_mut().extend(pmtiles_sent()),
        _ if is_outline => file
            .get_mut()
            .extend(br#"{"type":"Polygon","coordinates":[[[3,50],[3.1,50],[3.1,50.1],[3,50]]]}"#),
        (_, false) => image::RgbImage::new(40, 30).write_to(&mut file, image::ImageFormat::Jpeg).unwrap(),
    }
    // Behind its end a decoder does not look.
    let too_large = if is_basemap {
        130
    } else if is_outline {
        66
    } else {
        31
    } << 20;
    let size = if end == End::TooLarge { too_large } else { MOST_OF_IT + 5 };
    file.get_mut().resize(size, b' ');
    file.into_inner()
}

/// The files below a folder that arrive, and their bytes.
fn aside(media: &Path) -> (usize, u64) {
    let (mut count, mut size) = (0, 0);
    let mut folders = vec![media.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with('.') {
                count += 1;
                size += entry.metadata().map_or(0, |about| about.len());
            }
        }
    }
    (count, size)
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what}");
}

/// Sends a form piece by piece, and looks in between.
async fn send(house: &House, mut client: Client, case: &Case, ready: &Ready, end: End) -> Option<Answer> {
    let name = format!("{} {end:?}", case.route);
    let book = Arc::new(Arrivals::new(Duration::from_secs(60), true));
    let arrival = book.begin(Some([192, 0, 2, 1].into())).unwrap();
    let (pieces, arriving) = mpsc::channel::<io::Result<Bytes>>(1_000);
    let most = Arc::new(AtomicUsize::new(0));
    let state = (arriving, Arc::clone(&book), Arc::clone(&most));
    let body = Body::from_stream(futures_util::stream::unfold(state, async |(mut arriving, book, most)| {
        let piece = arriving.recv().await;
        most.fetch_max(book.held().0, Ordering::Relaxed);
        piece.map(|piece| (piece, (arriving, book, most)))
    }));
    let body = Body::new(book.keep(body, Arc::clone(&arrival)));
    let request = Request::post(&ready.path)
        .header("content-type", "multipart/form-data; boundary=edge")
        .extension(arrival);
    let answer = tokio::spawn(async move { client.send(request, body).await });

    let (field, called) = case.file.unwrap();
    let mut head = String::new();
    for (name, value) in &ready.fields {
        head += &format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    head +=
        &format!("--edge\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{called}\"\r\n\r\n");
    let file = file(called, end);
    let (first, rest) = file.split_at(MOST_OF_IT);
    pieces.send(Ok(head.into())).await.unwrap();
    for piece in first.chunks(64 << 10) {
        pieces.send(Ok(Bytes::copy_from_slice(piece))).await.unwrap();
    }
    let media = &house.app.config.media;
    until(&format!("{name}: the file does not lie on the disk"), || {
        aside(media).1 > MOST_OF_IT as u64 * 9 / 10
    })
    .await;
    // It is written first, and counted then.
    until(&format!("{name}: the file is not in the book"), || book.held().1 > MOST_OF_IT * 9 / 10).await;
    assert_eq!(aside(media).0, 1, "{name}");
    match end {
        End::Broken => drop(pieces.send(Err(io::Error::other("the line broke"))).await),
        End::Alone => {
            answer.abort();
            while !answer.is_finished() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        End::Whole | End::Refused | End::TooLarge => {
            for piece in rest.chunks(64 << 10) {
                // What is refused may be answered before all of it was sent.
                let _ = pieces.send(Ok(Bytes::copy_from_slice(piece))).await;
            }
            let _ = pieces.send(Ok(Bytes::from_static(b"\r\n--edge--\r\n"))).await;
        }
    }
    drop(pieces);
    let answer = answer.await.ok();
    until(&format!("{name}: a file stays aside"), || aside(media) == (0, 0)).await;
    until(&format!("{name}: the book"), || book.held() == (0, 0)).await;
    let most = most.load(Ordering::Relaxed);
    // A piece or two, and its few texts.
    assert!(most < 200 << 10, "{name}: {most} bytes were in memory");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_holds_a_file_in_memory_or_leaves_one_aside_however_it_ends() {
    on_sqlite(|db| async move {
        let house = House::new(&db).await;
        let forms = forms();
        assert!(forms.len() >= 4);
        for case in &forms {
            for end in ENDS {
                let mut ready = ready(&house, case).await;
                let mut client = house.enter(case.who).await;
                if case.route == STOP.route {
                    // A round is its agent's own.
                    let report = ready.path.rsplit('/').next().unwrap();
                    let made = client.post("/admin/reports/rounds", &[("feature", report)]).await;
                    let round = made.header("location").rsplit('/').next().unwrap();
                    ready.path = format!("/admin/reports/rounds/{round}/stops/{report}");
                }
                let answer = send(&house, client, case, &ready, end).await;
                let name = format!("{} {end:?}", case.route);
                let said = answer.as_ref().map(|answer| (answer.status.as_u16(), answer.text()));
                match end {
                    End::Whole => assert!(said.as_ref().is_some_and(|said| said.0 < 400), "{name}: {said:?}"),
                    End::Alone => assert!(said.is_none(), "{name}"),
                    _ => assert!(
                        said.as_ref().is_some_and(|said| (400..500).contains(&said.0)),
                        "{name}: {said:?}"
                    ),
                }
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_with_more_photos_than_are_taken_says_so_and_keeps_what_was_typed() {
    on_sqlite(|db| async move {
        let house = House::new(&db).await;
        let mut client = house.enter(Person::Stranger).await;
        let photos: Vec<Vec<u8>> = (1..9)
            .map(|size| {
                let mut jpeg = io::Cursor::new(Vec::new());
                image::RgbImage::new(40 * size, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
                jpeg.into_inner()
            })
            .collect();
        let photos: Vec<_> = photos.iter().map(|photo| ("photo", "banc.jpg", photo.as_slice())).collect();
        let fields = [("title", "Un banc rouge"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        let answer = client.upload("/proposals", &fields, &photos).await;
        let page = answer.text();
        assert_eq!(answer.status.as_u16(), 400, "{page}");
        assert!(page.contains("Un banc rouge") && page.contains("trop de photos"), "{page}");
        let shown = page.matches("/small.jpg").count();
        assert_eq!(shown, 5, "one more than are taken, to choose from");
        assert_eq!(aside(&house.app.config.media).0, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_texts_of_a_form_with_files_are_bounded_like_those_of_one_without() {
    on_sqlite(|db| async move {
        let house = House::new(&db).await;
        let long = "x".repeat(300 << 10);
        for case in forms() {
            let ready = ready(&house, &case).await;
            let mut client = house.enter(case.who).await;
            let answer = client.upload(&ready.path, &[("body", &long)], &[]).await;
            let status = answer.status.as_u16();
            // Of a photo alone it is told as of a photo.
            assert!(status == 413 || case.route == "/photos" && status == 400, "{}: {status}", case.route);
            if case.route != "/photos" {
                let plain = client.post(&ready.path, &[("body", &long)]).await;
                assert!([400, 413].contains(&plain.status.as_u16()), "{}: {}", case.route, plain.status);
            }
        }
    })
    .await;
}
