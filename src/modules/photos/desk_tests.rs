//! Covering parts of photos, and looking at those that wait, over HTTP on both databases.

use crate::base::clock;
use crate::base::db::{Db, Sql};
use crate::base::ids::{FeatureId, PhotoId};
use crate::base::media::{Digest, Size};
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::core::features::photos::{self, covering};
use crate::core::features::store;
use crate::core::journal::{self, Act};
use crate::server::testing::{Client, app, on_both, proposal};
use axum::http::StatusCode;
use chrono::TimeDelta;

/// A JPEG with a white plate on a dark street.
fn street() -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(400, 300, |x, y| {
        let is_plate = (160..240).contains(&x) && (128..160).contains(&y);
        if is_plate { image::Rgb([255, 255, 255]) } else { image::Rgb([40, 40, 60]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The plate, in hundredths.
const PLATE: [(&str, &str); 4] = [("left", "40"), ("top", "42,5"), ("width", "20"), ("height", "11")];

/// A contribution with that photo, which waits or does not.
async fn placed(app: &App, author: &mut Client, waits: bool) -> (FeatureId, PhotoId, Digest) {
    let sent =
        author.upload("/photos", &[("alt", "Une voiture")], &[("photo", "a.jpg", &street())]).await.json();
    let photo = PhotoId(sent["id"].as_i64().unwrap());
    let mut write = app.begin().await.unwrap();
    let id =
        store::insert(&mut write, &proposal("Une voiture ventouse", 2.35, 48.85), Act::PLACED).await.unwrap();
    photos::attach(&mut write, id, author.visitor(app), &[(photo, "Une voiture".into())]).await.unwrap();
    if waits {
        assert_eq!(covering::let_wait(&mut write, id, &[photo]).await.unwrap(), 1);
    }
    app.commit(write).await.unwrap();
    (id, photo, Digest::of_text(sent["digest"].as_str().unwrap()).unwrap())
}

async fn with_role(app: &App, email: &str, role: Role) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, email, &[role]).await;
    client
}

async fn now(db: &Db, id: FeatureId) -> Digest {
    photos::every(db, id).await.unwrap()[0].digest.clone()
}

/// The middle of the plate, as it is shown.
async fn plate(client: &mut Client, digest: &Digest) -> u8 {
    let shown = client.get(&format!("/photos/{digest}/large.jpg")).await;
    assert_eq!(shown.status, StatusCode::OK);
    image::load_from_memory(&shown.body).unwrap().into_rgb8().get_pixel(200, 144).0[0]
}

async fn acts(db: &Db) -> Vec<Act> {
    journal::after(db, 0, 50).await.unwrap().into_iter().map(|line| line.act).collect()
}

fn form<'a>(seen: &'a Digest, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("of", seen.as_str())];
    form.extend_from_slice(&PLATE);
    form.extend_from_slice(more);
    form
}

on_both! {
    async fn what_is_covered_is_seen_by_nobody_and_can_be_put_back_while_it_is_kept(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (id, photo, before) = placed(&app, &mut author, false).await;
        let mut agent = with_role(&app, "agent@ville.example", Role::Agent).await;
        let mut anybody = Client::new(&app);
        let here = format!("/admin/photos/{photo}/blur");
        assert_eq!(plate(&mut anybody, &before).await, 255);
        let page = agent.get(&here).await.text();
        assert!(page.contains("Masquer une partie") && !page.contains("Remettre l’original"), "{page}");

        let done = agent.post(&here, &form(&before, &[])).await;
        assert_eq!(done.header("location"), format!("{here}?done=blurred"), "{}", done.text());
        let after = now(&db, id).await;
        assert_ne!(after, before);
        assert!(plate(&mut anybody, &after).await < 80, "drawn from the street around it");
        for client in [&mut anybody, &mut author, &mut agent] {
            let old = client.get(&format!("/photos/{before}/large.jpg")).await;
            assert_eq!(old.status, StatusCode::NOT_FOUND, "the address of the original leads nowhere");
        }
        assert!(anybody.get(&format!("/features/{id}")).await.text().contains(after.as_str()));
        assert!(acts(&db).await.contains(&Act::PHOTO_BLURRED));

        // Whoever looks at the original is noted; nobody but who looks after the place may.
        let original = format!("/admin/photos/{photo}/original.jpg");
        assert_eq!(anybody.get(&original).await.status, StatusCode::UNAUTHORIZED);
        let seen = agent.get(&original).await;
        assert_eq!((seen.status, seen.header("cache-control")), (StatusCode::OK, "private, no-store"));
        assert_eq!(image::load_from_memory(&seen.body).unwrap().into_rgb8().get_pixel(200, 144).0[0], 255);
        let page = agent.get(&here).await.text();
        assert!(page.contains("agent@ville.example") && page.contains("Remettre l’original"), "{page}");
        assert!(agent.get("/admin/photos?list=covered").await.text().contains("Une voiture ventouse"));

        let back = agent.post(&format!("/admin/photos/{photo}/unblur"), &[]).await;
        assert_eq!(back.header("location"), format!("{here}?done=unblurred"));
        assert_eq!((now(&db, id).await, plate(&mut anybody, &before).await), (before.clone(), 255));
        assert_eq!(app.media.get(&after, Size::Large).await.unwrap(), None, "nothing names the covered one");
        assert!(acts(&db).await.contains(&Act::PHOTO_UNBLURRED));
        let again = agent.post(&format!("/admin/photos/{photo}/unblur"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "it was put back");
    }

    async fn what_was_covered_is_erased_when_its_time_is_over_or_its_photo_goes(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (id, photo, before) = placed(&app, &mut author, false).await;
        let mut agent = with_role(&app, "agent@ville.example", Role::Agent).await;
        let here = format!("/admin/photos/{photo}/blur");
        agent.post(&here, &form(&before, &[])).await;
        // A second frame is drawn into the covered picture; what stood first is what is kept.
        let first = now(&db, id).await;
        let second = [("of", first.as_str()), ("left", "0"), ("top", "0"), ("width", "30"), ("height", "30")];
        assert_eq!(agent.post(&here, &second).await.status, StatusCode::SEE_OTHER);
        assert_eq!(app.media.get(&first, Size::Large).await.unwrap(), None, "what stood between is nobody's");
        let there = async |digest: &Digest| app.media.get(digest, Size::Large).await.unwrap().is_some();
        assert!(there(&before).await);

        let soon = clock::now() + covering::KEPT - TimeDelta::hours(1);
        assert!(covering::forget_originals(&db, soon).await.unwrap().is_empty());
        let later = clock::now() + covering::KEPT + TimeDelta::hours(1);
        let free = covering::forget_originals(&db, later).await.unwrap();
        assert_eq!(free, std::slice::from_ref(&before));
        photos::forget(&app.media, &free).await;
        assert!(!there(&before).await);
        assert_eq!(agent.get(&format!("/admin/photos/{photo}/original.jpg")).await.status, StatusCode::NOT_FOUND);

        // What is covered in a photo goes with it.
        let last = now(&db, id).await;
        let third = [("of", last.as_str()), ("left", "50"), ("top", "50"), ("width", "30"), ("height", "30")];
        assert_eq!(agent.post(&here, &third).await.status, StatusCode::SEE_OTHER);
        let mut write = app.begin().await.unwrap();
        let gone = crate::core::features::erasure::empty(&mut write, id).await.unwrap();
        app.commit(write).await.unwrap();
        assert!(gone.contains(&last) && gone.len() == 2, "{gone:?}");
        let (kept,): (i64,) = db.one("select count(*) from photo_original", ()).await.unwrap();
        assert_eq!(kept, 0);
    }

    async fn the_same_picture_is_covered_wherever_it_is(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (one, photo, before) = placed(&app, &mut author, false).await;
        let (other, _, same) = placed(&app, &mut author, false).await;
        assert_eq!(before, same);
        let mut agent = with_role(&app, "agent@ville.example", Role::Agent).await;
        agent.post(&format!("/admin/photos/{photo}/blur"), &form(&before, &[])).await;
        assert_eq!(now(&db, one).await, now(&db, other).await);
        assert_ne!(now(&db, one).await, before);
        agent.post(&format!("/admin/photos/{photo}/unblur"), &[]).await;
        assert_eq!((now(&db, one).await, now(&db, other).await), (before.clone(), before));
    }

    async fn a_photo_that_waits_is_shown_once_an_agent_looked_at_it(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (id, photo, before) = placed(&app, &mut author, true).await;
        let mut agent = with_role(&app, "agent@ville.example", Role::Agent).await;
        let mut anybody = Client::new(&app);
        assert!(photos::of(&db, id).await.unwrap().is_empty());
        let path = format!("/photos/{before}/large.jpg");
        assert_eq!(anybody.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!((author.get(&path).await.status, agent.get(&path).await.status), (StatusCode::OK, StatusCode::OK));
        let list = agent.get("/admin/photos").await.text();
        assert!(list.contains("Une voiture ventouse") && list.contains(before.as_str()), "{list}");
        assert!(agent.get("/admin").await.text().contains("Photos à vérifier"));
        let done = agent.post(&format!("/admin/photos/{photo}/blur"), &form(&before, &[("then", "publish")])).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let shown = photos::of(&db, id).await.unwrap();
        assert!(shown.len() == 1 && shown[0].digest != before);
        assert!(acts(&db).await.contains(&Act::PHOTO_CHECKED));
        assert!(agent.get("/admin/photos").await.text().contains("Aucune photo n’attend"));
        let again = agent.post(&format!("/admin/photos/{photo}/publish"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "it waits no more");
    }

    async fn what_is_wrong_with_frames_is_said_and_what_was_typed_comes_back(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (id, photo, before) = placed(&app, &mut author, false).await;
        let mut agent = with_role(&app, "agent@ville.example", Role::Agent).await;
        let here = format!("/admin/photos/{photo}/blur");
        let nothing = agent.post(&here, &[("of", before.as_str())]).await;
        assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
        assert!(nothing.text().contains("Tracez au moins un cadre"), "{}", nothing.text());
        let half = agent.post(&here, &[("of", before.as_str()), ("left", "12"), ("top", "trop haut")]).await;
        assert_eq!(half.status, StatusCode::BAD_REQUEST);
        assert!(half.text().contains("trop haut") && half.text().contains("quatre nombres"), "{}", half.text());
        // Somebody else covered something meanwhile.
        let other = Digest::of(b"another");
        assert_eq!(agent.post(&here, &form(&other, &[])).await.status, StatusCode::CONFLICT);
        assert_eq!(now(&db, id).await, before);
        for path in ["/admin/photos/999/blur", "/admin/photos/x/blur"] {
            assert_eq!(agent.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn an_agent_covers_nothing_where_they_have_no_role(db: Db) {
        let app = app(&db).await;
        let mut author = Client::json(&app);
        let (id, photo, before) = placed(&app, &mut author, true).await;
        let mut write = app.begin().await.unwrap();
        let area = crate::server::testing::square("Ailleurs", 5.0, 45.0, 0.5);
        crate::core::territory::store::upsert(&mut write, &area).await.unwrap();
        app.commit(write).await.unwrap();
        let mut away = with_role(&app, "ailleurs@ville.example", Role::Agent).await;
        let mut tx = db.begin().await.unwrap();
        tx.run("update role_grant set area_id = (select max(id) from area)", ()).await.unwrap();
        tx.commit().await.unwrap();
        for path in ["blur", "unblur", "publish"] {
            let refused = away.post(&format!("/admin/photos/{photo}/{path}"), &form(&before, &[])).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(away.get(&format!("/photos/{before}/large.jpg")).await.status, StatusCode::NOT_FOUND);
        assert!(away.get("/admin/photos").await.text().contains("Aucune photo n’attend"));
        assert_eq!(now(&db, id).await, before);
        // Who moderates everywhere may.
        let mut moderator = with_role(&app, "mo@ville.example", Role::Moderator).await;
        let done = moderator.post(&format!("/admin/photos/{photo}/publish"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    }
}
