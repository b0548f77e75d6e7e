//! Documents of a process: how they arrive, what is taken, how they are given out; on both databases.

use super::*;
use crate::civic::accounts::Role;
use crate::civic::processes::Settings;
use crate::civic::processes::tests::process;
use crate::server::testing::{Client, app, on_both};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};

#[test]
fn a_files_first_bytes_are_enough_to_know_it() {
    use crate::base::media::TELLING;
    assert!(KINDS.iter().all(|(.., begins)| begins.len() <= TELLING));
}

#[test]
fn a_file_is_what_it_begins_as_and_not_what_it_is_called() {
    assert_eq!(kind("Plan.PDF", b"%PDF-1.7 ..."), Ok("application/pdf"));
    assert_eq!(kind("photo.jpeg", b"\xff\xd8\xff\xe0"), Ok("image/jpeg"));
    for (name, bytes) in
        [("plan.pdf", &b"<html>"[..]), ("page.html", b"<html>"), ("a.svg", b"<svg"), ("pdf", b"%PDF-")]
    {
        assert!(kind(name, bytes).is_err(), "{name}");
    }
}

on_both! {
    async fn a_document_is_taken_by_its_content_and_given_out_as_a_download(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let path = "/admin/processes/plan-velo/documents";
        let taken = planner.upload(path, &[("title", "La délibération")], &[("document", "d.pdf", b"%PDF-1.7 ...")]).await;
        assert!(taken.status.is_redirection(), "{}", taken.text());
        let refused = planner.upload(path, &[], &[("document", "page.pdf", b"<script>")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let mut reader = Client::new(&app);
        assert!(reader.get("/processes/plan-velo").await.text().contains("La délibération"));
        let file = reader.get("/processes/plan-velo/documents/1.pdf").await;
        assert_eq!((file.header("content-type"), file.header("x-content-type-options")), ("application/pdf", "nosniff"));
        assert!(file.header("content-disposition").starts_with("attachment"));
        planner.post("/admin/processes/plan-velo/documents/1/remove", &[]).await;
        assert_eq!(reader.get("/processes/plan-velo/documents/1.pdf").await.status, StatusCode::NOT_FOUND);
        planner.post("/admin/processes/plan-velo/documents/1/restore", &[]).await;
        assert_eq!(reader.get("/processes/plan-velo/documents/1.pdf").await.status, StatusCode::OK);
        for bad in ["x.pdf", "9.pdf", "..%2f..%2fetc%2fpasswd"] {
            assert_eq!(reader.get(&format!("/processes/plan-velo/documents/{bad}")).await.status, StatusCode::NOT_FOUND, "{bad}");
        }
    }

    async fn a_document_is_given_in_parts_once_and_as_it_lies(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        // Words that pack well, longer than what is read at once.
        let plan: Vec<u8> = b"%PDF-1.7 ".iter().copied().chain(b"plan ".repeat(50_000)).collect();
        planner.upload("/admin/processes/plan-velo/documents", &[], &[("document", "plan.pdf", &plan)]).await;
        let reader = Client::new(&app);
        let ask = async |headers: &[(&'static str, &str)]| {
            let mut reader = reader.clone();
            reader.headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            reader.get("/processes/plan-velo/documents/1.pdf").await
        };
        let whole = ask(&[("accept-encoding", "gzip, br")]).await;
        assert_eq!((whole.status, whole.header("content-encoding"), whole.header("accept-ranges")), (StatusCode::OK, "", "bytes"));
        assert_eq!((whole.header("content-length"), whole.body == plan), (plan.len().to_string().as_str(), true));
        assert_eq!(whole.header("cache-control"), "public, no-cache");
        let tag = whole.header("etag");
        for known in [tag, "*", &format!("\"x\", W/{tag}")] {
            let again = ask(&[("if-none-match", known)]).await;
            assert_eq!((again.status, again.body.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, tag));
        }
        let part = ask(&[("range", "bytes=70000-139999"), ("if-range", tag), ("accept-encoding", "gzip")]).await;
        assert_eq!((part.status, part.header("content-encoding")), (StatusCode::PARTIAL_CONTENT, ""));
        assert_eq!(part.header("content-range"), format!("bytes 70000-139999/{}", plan.len()));
        assert_eq!(part.body, plan[70_000..140_000]);
        let last = ask(&[("range", "bytes=-5")]).await;
        assert_eq!(last.body, plan[plan.len() - 5..]);
        let beyond = ask(&[("range", "bytes=999999999-")]).await;
        assert_eq!((beyond.status, beyond.header("content-range")), (StatusCode::RANGE_NOT_SATISFIABLE, format!("bytes */{}", plan.len()).as_str()));
        let of_another = ask(&[("range", "bytes=0-1"), ("if-range", "\"x\"")]).await;
        assert_eq!((of_another.status, of_another.body.len()), (StatusCode::OK, plan.len()));
    }

    async fn a_document_lies_on_the_disk_as_it_arrives_and_leaves_nothing_where_it_breaks_off(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        let folder = app.config.media.join("arriving");
        let aside = || {
            let files = std::fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
            files.filter_map(|file| file.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len()).collect::<Vec<_>>()
        };
        let plan: Vec<u8> = b"%PDF-1.7 ".iter().copied().chain(b"plan ".repeat(400_000)).collect();
        let begin = b"--edge\r\ncontent-disposition: form-data; name=\"document\"; filename=\"plan.pdf\"\r\n\r\n";
        for is_whole in [true, false] {
            let (pieces, arriving) = tokio::sync::mpsc::channel::<std::io::Result<Bytes>>(1);
            let body = Body::from_stream(futures_util::stream::unfold(arriving, async |mut arriving| {
                arriving.recv().await.map(|piece| (piece, arriving))
            }));
            let request = Request::post("/admin/processes/plan-velo/documents").header("content-type", "multipart/form-data; boundary=edge");
            let sender = async {
                pieces.send(Ok(Bytes::from_static(begin))).await.unwrap();
                let (first, rest) = plan.split_at(plan.len() / 2);
                for piece in first.chunks(64 * 1024) {
                    pieces.send(Ok(Bytes::copy_from_slice(piece))).await.unwrap();
                }
                // Most of what has come is on the disk before the rest comes.
                tokio::time::timeout(std::time::Duration::from_secs(20), async {
                    while !aside().iter().any(|size| *size > 500_000) {
                        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
                    }
                }).await.expect("nothing lies on the disk");
                if is_whole {
                    pieces.send(Ok(Bytes::copy_from_slice(rest))).await.unwrap();
                    pieces.send(Ok(Bytes::from_static(b"\r\n--edge--\r\n"))).await.unwrap();
                } else {
                    pieces.send(Err(std::io::Error::other("the line broke"))).await.unwrap();
                }
                drop(pieces);
            };
            let (answer, ()) = tokio::join!(planner.send(request, body), sender);
            assert_eq!(answer.status.is_redirection(), is_whole, "{}", answer.text());
            assert_eq!(aside(), Vec::<u64>::new());
        }
        let file = planner.get("/processes/plan-velo/documents/1.pdf").await;
        assert!(file.body == plan);
        assert_eq!(planner.get("/processes/plan-velo/documents/2.pdf").await.status, StatusCode::NOT_FOUND);
        let refused = planner.upload("/admin/processes/plan-velo/documents", &[], &[("document", "page.pdf", b"<script>")]).await;
        assert_eq!((refused.status, aside().len()), (StatusCode::BAD_REQUEST, 0));
    }

    async fn a_form_that_was_sent_before_with_another_file_leaves_no_file(db: Db) {
        let app = app(&db).await;
        process(&app, "Plan vélo", &Settings::default()).await;
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        planner.headers.push(("accept", "text/html".into()));
        let page = planner.get("/admin/processes/plan-velo").await.text();
        let form = page.split("/admin/processes/plan-velo/documents\"").nth(1).expect("the form");
        let key = form.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let send = async |planner: &mut Client, file: &[u8]| {
            planner.upload("/admin/processes/plan-velo/documents", &[("once", &key)], &[("document", "plan.pdf", file)]).await
        };
        assert!(send(&mut planner, b"%PDF-1.7 one").await.status.is_redirection());
        assert_eq!(send(&mut planner, b"%PDF-1.7 another").await.status, StatusCode::CONFLICT);
        assert!(send(&mut planner, b"%PDF-1.7 one").await.status.is_redirection(), "the same again is answered alike");
        let mut files = Vec::new();
        let mut folders = vec![app.config.media.join("documents")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() { folders.push(entry) } else { files.push(entry) }
            }
        }
        assert_eq!(files.len(), 1, "{files:?}");
    }
}
