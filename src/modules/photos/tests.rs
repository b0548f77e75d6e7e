//! Sending, showing, attaching and clearing photos: over HTTP in process, on both databases.

use crate::base::ids::{FeatureId, PhotoId};
use crate::base::media::{Digest, Picture, Size};
use crate::core::app::App;
use crate::core::features::photos::{self, MOST};
use crate::core::features::{self, store};
use crate::core::journal::Act;
use crate::server::testing::{Answer, Client, app, on_both, proposal, shared};
use axum::http::StatusCode;
use chrono::TimeDelta;

/// A small JPEG; each number gives another.
fn jpeg(number: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([number, x as u8, y as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

async fn send(client: &mut Client, file: &[u8]) -> Answer {
    client.upload("/photos", &[("alt", "Un  banc\ncassé")], &[("photo", "IMG_1.jpg", file)]).await
}

fn id(answer: &Answer) -> PhotoId {
    PhotoId(answer.json()["id"].as_i64().unwrap())
}

async fn a_feature(app: &App) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

/// Makes every file under a folder older than two days.
fn age(folder: &std::path::Path) {
    let old =
        std::time::SystemTime::from(crate::base::clock::now()) - std::time::Duration::from_secs(50 * 60 * 60);
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            age(&entry.path());
        } else {
            std::fs::File::options().write(true).open(entry.path()).unwrap().set_modified(old).unwrap();
        }
    }
}

on_both! {
    async fn files_without_a_row_go_after_a_day_and_nothing_else_does(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let kept = send(&mut author, &jpeg(1)).await.json()["digest"].as_str().unwrap().to_owned();
        // As a server leaves it that is killed between the files and the row, and within a file.
        let stray = Picture::read(&jpeg(2)).unwrap();
        app.media.put(&stray).await.unwrap();
        let folder = app.config.media.join(&kept[..2]);
        let half = folder.join(format!(".{}", uuid::Uuid::new_v4().simple()));
        std::fs::write(&half, "half").unwrap();
        let others = folder.join("LISEZMOI.txt");
        std::fs::write(&others, "not ours").unwrap();
        let yesterday = || crate::base::clock::now() - TimeDelta::days(1);
        assert_eq!(photos::clear_strays(&db, &app.media, yesterday()).await.unwrap(), (0, 0), "young ones stay");
        age(&app.config.media);
        // Somebody sends the same picture again just now: its files are young.
        let again = Picture::read(&jpeg(3)).unwrap();
        app.media.put(&again).await.unwrap();
        assert_eq!(photos::clear_strays(&db, &app.media, yesterday()).await.unwrap(), (1, 1));
        let there = async |digest: &Digest| app.media.get(digest, Size::Large).await.unwrap().is_some();
        assert!(!there(&stray.digest).await && !half.exists());
        assert!(there(&again.digest).await && there(&Digest::of_text(&kept).unwrap()).await && others.exists());
        assert_eq!(photos::clear_strays(&db, &app.media, yesterday()).await.unwrap(), (0, 0), "a second server finds nothing");
    }
}

on_both! {
    async fn a_photo_is_sent_shown_and_attached_by_its_author_alone(db: Db) {
        let app = app(&db).await;
        let (mut author, mut other) = (Client::json(&app), Client::json(&app));
        let sent = send(&mut author, &jpeg(1)).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let said = sent.json();
        assert_eq!((&said["width"], &said["height"], &said["alt"]), (&60.into(), &40.into(), &"Un banc cassé".into()));
        for size in ["large", "small"] {
            let shown = other.get(said[size].as_str().unwrap()).await;
            assert_eq!((shown.status, shown.header("content-type")), (StatusCode::OK, "image/jpeg"));
            assert!(shown.header("cache-control").contains("max-age=60"), "it can be hidden");
            assert_eq!(image::guess_format(&shown.body).unwrap(), image::ImageFormat::Jpeg);
        }
        let second = send(&mut author, &jpeg(2)).await;
        let stolen = send(&mut other, &jpeg(3)).await;
        let (a, b, c) = (id(&sent), id(&second), id(&stolen));

        let feature = a_feature(&app).await;
        let (one, two) = (author.visitor(&app), other.visitor(&app));
        let mine = photos::mine_pending(&db, one, &[b, a, c]).await.unwrap();
        assert_eq!(mine.iter().map(|p| p.id).collect::<Vec<_>>(), [b, a], "in the order asked for");
        let mut write = app.begin().await.unwrap();
        let wanted = [(b, " De près ".into()), (c, "volée".into()), (a, String::new())];
        assert_eq!(photos::attach(&mut write, feature, one, &wanted).await.unwrap(), 2);
        app.commit(write).await.unwrap();
        let kept = photos::of(&db, feature).await.unwrap();
        assert_eq!(kept.iter().map(|p| (p.id, p.alt.as_str())).collect::<Vec<_>>(), [(b, "De près"), (a, "")]);
        let card = store::find(&db, feature).await.unwrap();
        assert_eq!(card.photo.as_deref(), Some(kept[0].digest.as_str()));
        assert!(photos::mine_pending(&db, one, &[a, b]).await.unwrap().is_empty());
        let last = crate::core::journal::after(&db, 0, 20).await.unwrap().into_iter().rfind(|line| line.act != Act::SEALED).unwrap();
        assert_eq!((last.act, last.feature_id), (Act::CHANGED, Some(feature)));

        let mut write = app.begin().await.unwrap();
        assert!(photos::detach(&mut write, feature, two, a).await.is_err(), "somebody else's");
        assert_eq!(photos::detach(&mut write, feature, one, a).await.unwrap().unwrap().as_str(), said["digest"]);
        app.commit(write).await.unwrap();
        assert_eq!(photos::of(&db, feature).await.unwrap().len(), 1);
    }

    async fn a_feature_has_at_most_four_photos(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let mut all = Vec::new();
        for number in 0..=MOST {
            all.push((id(&send(&mut author, &jpeg(number as u8)).await), String::new()));
        }
        let feature = a_feature(&app).await;
        let one = author.visitor(&app);
        let mut write = app.begin().await.unwrap();
        assert!(photos::attach(&mut write, feature, one, &all).await.is_err());
        drop(write);
        let mut write = app.begin().await.unwrap();
        photos::attach(&mut write, feature, one, &all[..MOST]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut write = app.begin().await.unwrap();
        let more = photos::attach(&mut write, feature, one, &all[MOST..]).await;
        assert!(matches!(more, Err(crate::base::error::Error::Invalid(_))));
    }

    async fn a_photo_is_hidden_with_its_feature(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let sent = send(&mut author, &jpeg(1)).await;
        let feature = a_feature(&app).await;
        let mut write = app.begin().await.unwrap();
        photos::attach(&mut write, feature, author.visitor(&app), &[(id(&sent), String::new())]).await.unwrap();
        features::store::hold(&mut write, feature, Some(crate::core::features::Hold::Withdrawn), Act::WITHDRAWN).await.unwrap();
        app.commit(write).await.unwrap();
        let large = sent.json()["large"].as_str().unwrap().to_owned();
        assert_eq!(Client::new(&app).get(&large).await.status, StatusCode::NOT_FOUND);
        // Who sent it sees it still, and nothing keeps it on the way.
        assert_eq!(author.get(&large).await.header("cache-control"), "private, no-store");
    }

    async fn a_hidden_photo_is_gone_at_once_for_all_but_its_author_and_moderators(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let sent = send(&mut author, &jpeg(1)).await;
        let path = sent.json()["large"].as_str().unwrap().to_owned();
        let feature = a_feature(&app).await;
        let mut write = app.begin().await.unwrap();
        photos::attach(&mut write, feature, author.visitor(&app), &[(id(&sent), String::new())]).await.unwrap();
        app.commit(write).await.unwrap();
        let shown = author.get(&path).await;
        assert_eq!(shown.header("cache-control"), "public, max-age=60, must-revalidate");
        let tag = shown.header("etag").to_owned();
        let asks = axum::http::Request::get(&path).header("if-none-match", &tag);
        let again = author.send(asks, axum::body::Body::empty()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, feature, Some(crate::core::features::Hold::Hidden), Act::HIDDEN).await.unwrap();
        app.commit(write).await.unwrap();
        let asks = axum::http::Request::get(&path).header("if-none-match", &tag);
        let mut stranger = Client::new(&app);
        assert_eq!(stranger.send(asks, axum::body::Body::empty()).await.status, StatusCode::NOT_FOUND, "not even known");
        let own = author.get(&path).await;
        assert_eq!((own.status, own.header("cache-control")), (StatusCode::OK, "private, no-store"), "its author reads what the appeal is about");
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "mo@mail.example", &[crate::civic::accounts::Role::Moderator]).await;
        let seen = moderator.get(&path).await;
        assert_eq!((seen.status, seen.header("cache-control")), (StatusCode::OK, "private, no-store"));
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "ag@mail.example", &[crate::civic::accounts::Role::Agent]).await;
        assert_eq!(agent.get(&path).await.status, StatusCode::NOT_FOUND);
    }

    async fn a_picture_that_is_sent_twice_waits_once(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let first = send(&mut author, &jpeg(1)).await;
        let (mut one, mut two) = (author.clone(), author.clone());
        let picture = jpeg(1);
        let (one, two) = tokio::join!(send(&mut one, &picture), send(&mut two, &picture));
        assert_eq!((id(&one), id(&two)), (id(&first), id(&first)));
    }

    async fn only_its_author_takes_a_pending_photo_back_and_its_files_go(db: Db) {
        let app = app(&db).await;
        let (mut author, mut other) = (Client::json(&app), Client::json(&app));
        let sent = send(&mut author, &jpeg(1)).await;
        let twin = send(&mut other, &jpeg(1)).await;
        assert_eq!(sent.json()["digest"], twin.json()["digest"], "one content, one file");
        let path = sent.json()["large"].as_str().unwrap().to_owned();
        let remove = |id: PhotoId| format!("/photos/{id}/remove");
        assert_eq!(other.post(&remove(id(&sent)), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(author.post(&remove(id(&sent)), &[]).await.status, StatusCode::NO_CONTENT);
        assert_eq!(author.get(&path).await.status, StatusCode::OK, "the other's still names it");
        assert_eq!(other.delete(&format!("/photos/{}", id(&twin))).await.status, StatusCode::NO_CONTENT);
        assert_eq!(author.get(&path).await.status, StatusCode::NOT_FOUND);
        let digest = Digest::of_text(sent.json()["digest"].as_str().unwrap()).unwrap();
        assert_eq!(app.media.get(&digest, Size::Large).await.unwrap(), None);
    }

    async fn what_was_never_attached_is_cleared_away(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (kept, gone) = (send(&mut author, &jpeg(1)).await, send(&mut author, &jpeg(2)).await);
        let feature = a_feature(&app).await;
        let mut write = app.begin().await.unwrap();
        photos::attach(&mut write, feature, author.visitor(&app), &[(id(&kept), String::new())]).await.unwrap();
        app.commit(write).await.unwrap();
        let now = crate::base::clock::now();
        assert_eq!(photos::sweep(&db, &app.media, now - TimeDelta::hours(1)).await.unwrap(), 0, "too young");
        assert_eq!(photos::sweep(&db, &app.media, now + TimeDelta::hours(1)).await.unwrap(), 1);
        assert_eq!(author.get(kept.json()["large"].as_str().unwrap()).await.status, StatusCode::OK);
        assert_eq!(author.get(gone.json()["large"].as_str().unwrap()).await.status, StatusCode::NOT_FOUND);
        let digest = Digest::of_text(gone.json()["digest"].as_str().unwrap()).unwrap();
        assert_eq!(app.media.get(&digest, Size::Small).await.unwrap(), None);
    }

    async fn what_is_wrong_with_a_file_is_said(db: Db) {
        let app = app(&db).await;
        let mut client = Client::json(&app);
        let large = vec![0xff; crate::base::media::FILE + (2 << 20)];
        for (file, says) in [
            (&b""[..], "Choisissez"), (b"Bonjour", "pas une photo"), (b"GIF89a......", "pas en GIF"), (&large, "12 Mo"),
        ] {
            let answer = send(&mut client, file).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
            assert!(answer.json()["errors"][0]["detail"].as_str().unwrap().contains(says), "{}", answer.text());
        }
        let nothing = client.upload("/photos", &[("x", "y")], &[]).await;
        assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
        let not_multipart = client.post("/photos", &[("photo", "x")]).await;
        assert_eq!(not_multipart.status.as_u16() / 100, 4);
        // Other addresses keep their small bound.
        let answer = client.upload("/proposals", &[], &[("photo", "x.jpg", &large)]).await;
        assert_eq!(answer.status.as_u16() / 100, 4);
    }

    async fn a_visitor_leaves_only_so_many_photos_pending(db: Db) {
        let app = app(&db).await;
        let mut client = Client::json(&app);
        for number in 0..3 * MOST {
            assert_eq!(send(&mut client, &jpeg(number as u8)).await.status, StatusCode::CREATED);
        }
        let full = send(&mut client, &jpeg(99)).await;
        assert_eq!(full.status, StatusCode::TOO_MANY_REQUESTS);
        let told = full.json()["detail"].as_str().unwrap().to_owned();
        assert!(told.contains("12 photos") && told.contains("Retirez-en"), "{told}");
        // A form without scripts says it beside the photos, and keeps what was typed.
        let texts = [("title", "Un banc rouge"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        client.headers = vec![("accept", "text/html".into())];
        let form = client.upload("/proposals", &texts, &[("photo", "a.jpg", &jpeg(99))]).await;
        assert_eq!(form.status, StatusCode::BAD_REQUEST);
        assert!(form.text().contains("Un banc rouge") && form.text().contains("Retirez-en"), "{}", form.text());
        assert_eq!(send(&mut Client::json(&app), &jpeg(1)).await.status, StatusCode::CREATED);
    }

    async fn a_photo_counts_as_one_by_whatever_road_it_comes(db: Db) {
        let open = app(&db).await;
        let config = crate::base::config::Config { limits: "photo=3/hour".into(), ..open.config.clone() };
        let app = App::on(config, db.clone()).await.unwrap();
        let mut author = Client::new(&app);
        let idea = [("title", "Un banc rouge"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        // Who has acted is known by their cookie.
        assert_eq!(author.post("/proposals", &idea).await.header("location"), "/features/1");
        assert_eq!(send(&mut author, &jpeg(1)).await.status, StatusCode::CREATED);
        let placed = author.upload("/proposals", &idea, &[("photo", "a.jpg", &jpeg(2))]).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
        let changed = author.upload("/features/2/edit", &idea, &[("photo", "a.jpg", &jpeg(3))]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
        // A fourth is one too many on each road. What was typed stays, and is published without it.
        let (sent, file) = (send(&mut author, &jpeg(4)).await, jpeg(4));
        let forms = [("/proposals", "Un banc rouge"), ("/features/2/edit", "Un banc rouge")];
        assert_eq!(sent.status, StatusCode::TOO_MANY_REQUESTS);
        for (road, typed) in forms {
            let form = author.upload(road, &idea, &[("photo", "a.jpg", &file)]).await;
            assert_eq!(form.status, StatusCode::TOO_MANY_REQUESTS, "{road}");
            assert!(form.text().contains(typed) && form.text().contains("publiez sans photo"), "{}", form.text());
            assert!(author.upload(road, &idea, &[]).await.status.is_redirection(), "{road}");
        }
        author.headers = vec![("accept", "application/json".into())];
        let script = author.upload("/proposals", &idea, &[("photo", "a.jpg", &file)]).await;
        assert_eq!(script.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(script.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0));
        let (kept,): (i64,) = crate::base::db::Sql::one(&db, "select count(*) from photo", ()).await.unwrap();
        assert_eq!(kept, 3);
    }

    async fn no_address_leads_out_of_the_folder(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let digest = "0".repeat(64);
        for path in [
            format!("/photos/{digest}/large.jpg"), format!("/photos/{digest}/huge.jpg"), format!("/photos/{digest}/large"),
            "/photos/..%2f..%2fetc/large.jpg".into(), format!("/photos/{digest}/..%2f..%2fCargo.toml"),
            format!("/photos/{}/large.jpg", digest.replace('0', "A")), "/photos/%00/small.jpg".into(),
        ] {
            assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn a_photo_from_the_world_arrives_without_its_place(db: Db) {
        let Some(path) = shared("media/gps-DSCN0010.jpg") else { return };
        let app = app(&db).await;
        let mut client = Client::json(&app);
        let sent = send(&mut client, &std::fs::read(path).unwrap()).await;
        let shown = client.get(sent.json()["large"].as_str().unwrap()).await;
        assert!(!shown.body.windows(4).any(|w| w == b"Exif"));
    }

    async fn another_site_or_a_closed_map_takes_no_photo(db: Db) {
        let open = app(&db).await;
        let mut client = Client::json(&open);
        client.headers.push(("origin", "https://evil.test".into()));
        assert_eq!(send(&mut client, &jpeg(1)).await.status, StatusCode::FORBIDDEN);
        let config = crate::base::config::Config { participation: false, ..open.config.clone() };
        let closed = App::on(config, db.clone()).await.unwrap();
        assert_eq!(send(&mut Client::json(&closed), &jpeg(1)).await.status, StatusCode::FORBIDDEN);
    }
}
