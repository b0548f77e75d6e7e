//! Photos compared with what was deposited of them, however many features are looked at together.

use crate::base::db::Sql as _;
use crate::base::ids::Visitor;
use crate::base::media::Digest;
use crate::core::features::{photos, store as features};
use crate::core::journal::{Act, Write};
use crate::modules::register::model::Fault;
use crate::modules::register::verify;
use crate::server::testing::{on_both, proposal};

on_both! {
    async fn what_is_wrong_with_photos_is_found_however_many_are_in_memory_at_a_time(db: Db) {
        let author = Visitor(uuid::Uuid::new_v4());
        let mut ids = Vec::new();
        for number in 0..5 {
            let mut write = Write::begin(&db, crate::base::clock::now()).await.unwrap();
            let id = features::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
            // One feature has none.
            if number != 2 {
                let digest = Digest::of_text(&format!("{number}").repeat(64)).unwrap();
                let photo = photos::NewPhoto { digest, width: 40, height: 30, alt: "Un banc".into(), author };
                let photo = photos::pending(&mut write, &photo).await.unwrap();
                photos::attach(&mut write, id, author, &[(photo, "Un banc".into())]).await.unwrap();
            }
            write.commit().await.unwrap();
            ids.push(id);
        }
        for step in [1, 2, 3, 2_000] {
            assert!(verify::photos(&db, 0, step).await.unwrap().is_empty(), "{step}");
        }
        db.run("update photo set alt = 'Une statue' where feature_id = $1", (ids[1],)).await.unwrap();
        db.run("delete from photo where feature_id = $1", (ids[4],)).await.unwrap();
        let of = |step| {
            let db = db.clone();
            async move {
                let found = verify::photos(&db, 0, step).await.unwrap().into_iter();
                found.map(|finding| finding.fault).collect::<Vec<_>>()
            }
        };
        let wrong = [Fault::Photos(ids[1].0), Fault::Photos(ids[4].0)];
        for step in [1, 2, 3, 2_000] {
            assert_eq!(of(step).await, wrong, "{step}");
        }
    }
}
