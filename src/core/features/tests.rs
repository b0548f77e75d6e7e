//! Every store function of the features, on both databases.

use super::*;
use crate::base::db::{Db, Sql};
use crate::base::error::Error;
use crate::base::ids::{FeatureId, Visitor};
use crate::core::journal::{self, Act, Write};
use crate::core::territory;
use crate::server::testing::{on_both, proposal, square};
use uuid::Uuid;

async fn begin(db: &Db) -> Write {
    Write::begin(db, crate::base::clock::now()).await.unwrap()
}

async fn placed_one(db: &Db) -> FeatureId {
    let mut write = begin(db).await;
    let id =
        store::insert(&mut write, &proposal("Un banc à l’ombre", 2.35, 48.85), Act::PLACED).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn vote(db: &Db, id: FeatureId, voter: Visitor, voice: Option<Voice>) -> Result<(), Error> {
    let mut write = begin(db).await;
    votes::set(&mut write, id, voter, voice).await?;
    write.commit().await.map(|_| ())
}

/// What the last line of voices of each feature says, beside what its rows come to.
async fn told(db: &Db, id: FeatureId) -> (String, String) {
    let (subject,): (String,) = db
        .one(
            "select subject from journal where feature_id = $1 and act = 'voted' order by seq desc limit 1",
            (id,),
        )
        .await
        .unwrap();
    let rows: Vec<(i64, i64)> =
        db.all("select value, count(*) from vote where feature_id = $1 group by value", (id,)).await.unwrap();
    let step = |value| rows.iter().find(|(v, _)| *v == value).map_or(0, |(_, n)| *n).to_string();
    let (votes_for, votes_against, neutral, points): (i64, i64, i64, i64) = db
        .one("select votes_for, votes_against, votes_neutral, points from feature where id = $1", (id,))
        .await
        .unwrap();
    let steps = [-2, -1, 0, 1, 2].map(step).join(",");
    let counted = format!("for={votes_for} against={votes_against} neutral={neutral} points={points}");
    (subject, format!("{counted} steps={steps} apart=0"))
}

on_both! {
    async fn each_line_of_voices_says_what_they_come_to(db: Db) {
        let (a, b) = (placed_one(&db).await, placed_one(&db).await);
        let voters: Vec<_> = (1..=6).map(|n| Visitor(Uuid::from_u128(n))).collect();
        for (id, who, voice) in [
            (a, 0, Some(Voice::For)), (a, 1, Some(Voice::Against)), (a, 0, Some(Voice::Against)), (a, 0, None),
            (b, 0, Some(Voice::For)), (b, 1, Some(Voice::For)), (b, 2, Some(Voice::Against)), (b, 2, Voice::of_value(2)),
            (b, 3, Voice::of_value(0)),
        ] {
            vote(&db, id, voters[who], voice).await.unwrap();
            let (line, rows) = told(&db, id).await;
            assert_eq!(line, rows);
        }
        // Joined: the target counts each person once, the source keeps its own; taken back there, both lines say so.
        let mut write = begin(&db).await;
        merges::merge(&mut write, a, b).await.unwrap();
        write.commit().await.unwrap();
        vote(&db, b, voters[1], None).await.unwrap();
        vote(&db, b, voters[5], Some(Voice::For)).await.unwrap();
        for id in [a, b] {
            let (line, rows) = told(&db, id).await;
            assert_eq!(line, rows, "joined, {id}");
        }
        let mut write = begin(&db).await;
        merges::separate(&mut write, a, None).await.unwrap();
        write.commit().await.unwrap();
        for id in [a, b] {
            let (line, rows) = told(&db, id).await;
            assert_eq!(line, rows, "parted, {id}");
        }
        // What was slipped in is not taken over by the next voice.
        db.run("insert into vote (feature_id, voter, value, cast_at) values ($1, $2, 1, $3)", (a, voters[4], crate::base::clock::now()))
            .await
            .unwrap();
        vote(&db, a, voters[3], Some(Voice::For)).await.unwrap();
        let (line, rows) = told(&db, a).await;
        assert_ne!(line, rows);
        assert!(line.ends_with("steps=0,0,0,1,0 apart=0"), "{line}");
    }

    async fn arguments_are_counted_on_their_feature_and_taken_back_by_their_author_alone(db: Db) {
        let id = placed_one(&db).await;
        let (author, other) = (Visitor(Uuid::new_v4()), Visitor(Uuid::new_v4()));
        let argument = |side, body: &str, author| arguments::NewArgument {
            feature: id, side, body: body.into(), author: Some(author), channel: Channel::Web, at: crate::base::clock::now(),
        };
        let mut write = begin(&db).await;
        let first = arguments::insert(&mut write, &argument(Voice::For, "De l’ombre", author)).await.unwrap();
        arguments::insert_all(&mut write, &[
            argument(Voice::Against, "Trop cher", other),
            argument(Voice::For, "Bien vu", other),
        ]).await.unwrap();
        write.commit().await.unwrap();
        let card = store::find(&db, id).await.unwrap();
        assert_eq!((card.arguments_for, card.arguments_against, card.argument_count()), (2, 1, 3));

        let mut write = begin(&db).await;
        let stolen = arguments::withdraw(&mut write, id, first, other).await;
        assert!(matches!(stolen, Err(Error::NotFound)));
        arguments::withdraw(&mut write, id, first, author).await.unwrap();
        write.commit().await.unwrap();
        let card = store::find(&db, id).await.unwrap();
        assert_eq!((card.arguments_for, card.arguments_against), (1, 1));
        let left: Vec<_> = arguments::of(&db, id).await.unwrap().into_iter().map(|a| a.body).collect();
        assert_eq!(left, ["Trop cher", "Bien vu"]);
        let nowhere = arguments::NewArgument { feature: FeatureId(999), ..argument(Voice::For, "x", author) };
        assert!(matches!(arguments::insert(&mut begin(&db).await, &nowhere).await, Err(Error::NotFound)));
    }

    async fn a_feature_reads_back_as_it_was_written(db: Db) {
        let mut write = begin(&db).await;
        let theme = vocabulary::ensure_theme(&mut write, "Nature en ville").await.unwrap();
        let process = vocabulary::ensure_process(&mut write, "Budget 2026").await.unwrap();
        let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        let author = Visitor(Uuid::new_v4());
        let mut new = proposal("Été à l’école", 2.35, 48.85);
        (new.theme, new.process, new.areas) = (Some(theme), Some(process), vec![area]);
        (new.author, new.status, new.body) = (Some(author), Status::ACCEPTED, "Ligne 1\nLigne 2".into());
        let id = store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        write.commit().await.unwrap();

        let card = store::find(&db, id).await.unwrap();
        assert_eq!((card.title.as_str(), card.body.as_str()), ("Été à l’école", "Ligne 1\nLigne 2"));
        assert_eq!((card.kind, card.status), (Kind::PROPOSAL, Status::ACCEPTED));
        assert_eq!(card.theme.as_deref(), Some("nature-en-ville"));
        assert_eq!(card.theme_label.as_deref(), Some("Nature en ville"));
        assert_eq!(card.process.as_deref(), Some("budget-2026"));
        assert_eq!(card.area_slugs(), ["centre"]);
        assert_eq!(card.created_at, new.created_at);
        assert_eq!(geometry::from_wkb(card.wkb.as_deref().unwrap()).unwrap(), new.geometry.unwrap());

        let rows = store::placed(&db, &[id.0, 999]).await.unwrap();
        assert_eq!(rows.len(), 1, "what is not there is missing");
        assert_eq!(rows[0].area_ids(), [area]);
        assert_eq!((rows[0].theme_id, rows[0].process_id), (Some(theme), Some(process)));
        assert!(rows[0].published);
        let (search,): (String,) = db.one("select search from feature where id = $1", (id,)).await.unwrap();
        assert_eq!(search, "ete a l'ecole ligne 1 ligne 2");
    }

    async fn many_features_are_written_at_once_with_their_lines(db: Db) {
        placed_one(&db).await;
        let mut write = begin(&db).await;
        let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        let mut new: Vec<NewFeature> =
            (0..2_500).map(|n| proposal(&format!("Idée {n}"), 2.0 + f64::from(n) / 1e4, 48.5)).collect();
        new.iter_mut().step_by(2).for_each(|f| f.areas = vec![area]);
        let ids = store::insert_all(&mut write, &new, Act::IMPORTED).await.unwrap();
        assert!(store::insert_all(&mut write, &[], Act::IMPORTED).await.unwrap().is_empty());
        write.commit().await.unwrap();
        assert_eq!(ids.len(), 2_500);
        assert_eq!(store::count(&db).await.unwrap(), 2_501);
        let mut seen = Vec::new();
        pages::each_placed(&db, |row| {
            seen.push((row.id, row.area_ids().len()));
            Ok(())
        })
        .await
        .unwrap();
        assert_eq!(seen.len(), 2_501);
        assert_eq!(seen.iter().map(|(_, areas)| areas).sum::<usize>(), 1_250);
        let lines = journal::after(&db, 0, 10_000).await.unwrap();
        assert_eq!(lines.iter().filter(|l| l.act == Act::IMPORTED).count(), 2_500);
        // The next id is free: a later single insert does not collide.
        placed_one(&db).await;
    }

    async fn cards_come_in_the_order_of_the_ids(db: Db) {
        let (a, b, c) = (placed_one(&db).await, placed_one(&db).await, placed_one(&db).await);
        let cards = store::cards(&db, &[c.0, a.0, 999, b.0]).await.unwrap();
        assert_eq!(cards.iter().map(|card| card.id).collect::<Vec<_>>(), [c, a, b]);
        assert!(store::cards(&db, &[]).await.unwrap().is_empty());
    }

    async fn a_withdrawn_feature_is_not_public_and_can_come_back(db: Db) {
        let id = placed_one(&db).await;
        let mut write = begin(&db).await;
        store::hold(&mut write, id, Some(crate::core::features::Hold::Withdrawn), crate::core::journal::Act::WITHDRAWN).await.unwrap();
        write.commit().await.unwrap();
        assert!(matches!(store::find(&db, id).await, Err(Error::NotFound)));
        assert!(store::cards(&db, &[id.0]).await.unwrap().is_empty());
        assert!(!store::placed(&db, &[id.0]).await.unwrap()[0].published);
        let voter = Visitor(Uuid::new_v4());
        assert!(matches!(vote(&db, id, voter, Some(Voice::For)).await, Err(Error::NotFound)));
        let mut write = begin(&db).await;
        store::hold(&mut write, id, None, crate::core::journal::Act::RESTORED).await.unwrap();
        assert!(matches!(store::hold(&mut write, FeatureId(999), Some(crate::core::features::Hold::Withdrawn), crate::core::journal::Act::WITHDRAWN).await, Err(Error::NotFound)));
        write.commit().await.unwrap();
        assert!(store::find(&db, id).await.is_ok());
    }

    async fn an_imported_row_is_known_again_and_updated(db: Db) {
        let origin = |fingerprint: &str| Some(Origin {
            source: "du-vert".into(), external_id: "42".into(), fingerprint: fingerprint.into(),
        });
        let mut new = proposal("Un mur vert", 2.35, 48.85);
        new.origin = origin("a");
        let mut write = begin(&db).await;
        let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        let id = store::insert(&mut write, &new, Act::IMPORTED).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(store::of_source(&db, "du-vert").await.unwrap(), [("42".to_owned(), id, Some("a".to_owned()))]);
        assert!(store::of_source(&db, "other").await.unwrap().is_empty());

        (new.title, new.origin, new.areas) = ("Un mur plus vert".into(), origin("b"), vec![area]);
        let mut write = begin(&db).await;
        store::update(&mut write, id, &new, Act::IMPORTED).await.unwrap();
        assert!(matches!(store::update(&mut write, FeatureId(999), &new, Act::IMPORTED).await, Err(Error::NotFound)));
        write.commit().await.unwrap();
        let card = store::find(&db, id).await.unwrap();
        assert_eq!((card.title.as_str(), card.area_slugs()), ("Un mur plus vert", vec!["centre"]));

        let mut write = begin(&db).await;
        let again = store::insert(&mut write, &new, Act::IMPORTED).await;
        assert!(again.unwrap_err().is_unique_violation(), "one row of a source is one feature");
    }

    async fn a_visitor_has_one_voice_and_may_change_it(db: Db) {
        let id = placed_one(&db).await;
        let (a, b) = (Visitor(Uuid::new_v4()), Visitor(Uuid::new_v4()));
        let counts = async || {
            let card = store::find(&db, id).await.unwrap();
            (card.votes_for, card.votes_against)
        };
        vote(&db, id, a, Some(Voice::For)).await.unwrap();
        vote(&db, id, a, Some(Voice::For)).await.unwrap();
        vote(&db, id, b, Some(Voice::Against)).await.unwrap();
        assert_eq!(counts().await, (1, 1));
        assert_eq!(votes::of(&db, id, a).await.unwrap(), Some(Voice::For));
        vote(&db, id, a, Some(Voice::Against)).await.unwrap();
        assert_eq!(counts().await, (0, 2));
        vote(&db, id, a, None).await.unwrap();
        vote(&db, id, a, None).await.unwrap();
        assert_eq!(counts().await, (0, 1));
        assert_eq!(votes::of(&db, id, a).await.unwrap(), None);
        let lines = journal::after(&db, 0, 100).await.unwrap();
        assert_eq!(lines.iter().filter(|l| l.act == Act::VOTED).count(), 4, "what changes nothing leaves no line");
        assert!(matches!(vote(&db, FeatureId(999), a, Some(Voice::For)).await, Err(Error::NotFound)));
    }

    async fn a_voice_that_waits_for_a_merge_counts_its_person_once(db: Db) {
        let (a, b, voter) = (placed_one(&db).await, placed_one(&db).await, Visitor(Uuid::new_v4()));
        vote(&db, a, voter, Some(Voice::For)).await.unwrap();
        let mut write = begin(&db).await;
        merges::merge(&mut write, a, b).await.unwrap();
        let waits = { let db = db.clone(); tokio::spawn(async move { vote(&db, b, voter, Some(Voice::For)).await }) };
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        assert!(!waits.is_finished());
        write.commit().await.unwrap();
        waits.await.unwrap().unwrap();
        assert_eq!(store::find(&db, b).await.unwrap().votes_for, 1);
        let (line, rows) = told(&db, b).await;
        assert_eq!(line, rows);
    }

    async fn a_voice_that_is_taken_back_while_a_merge_goes_on_counts_nowhere(db: Db) {
        for votes_on_both in [true, false] {
            let (a, b, voter) = (placed_one(&db).await, placed_one(&db).await, Visitor(Uuid::new_v4()));
            vote(&db, a, voter, Some(Voice::For)).await.unwrap();
            if votes_on_both {
                vote(&db, b, voter, Some(Voice::For)).await.unwrap();
            }
            let mut write = begin(&db).await;
            merges::merge(&mut write, a, b).await.unwrap();
            let waits = { let db = db.clone(); tokio::spawn(async move { vote(&db, b, voter, None).await }) };
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            write.commit().await.unwrap();
            waits.await.unwrap().unwrap();
            assert_eq!(store::find(&db, b).await.unwrap().votes_for, 0, "{votes_on_both}");
            let (line, rows) = told(&db, b).await;
            assert_eq!(line, rows);
        }
    }

    async fn whoever_votes_while_a_merged_voice_changes_hands_is_counted(db: Db) {
        let (source, target) = (placed_one(&db).await, placed_one(&db).await);
        let [browser, account, other] = [1, 2, 3].map(|n| Visitor(Uuid::from_u128(n)));
        vote(&db, source, browser, Some(Voice::For)).await.unwrap();
        let mut write = begin(&db).await;
        merges::merge(&mut write, source, target).await.unwrap();
        write.commit().await.unwrap();
        // Voted and not committed, while somebody signs in.
        let mut write = begin(&db).await;
        votes::set(&mut write, target, other, Some(Voice::For)).await.unwrap();
        let waits = {
            let db = db.clone();
            tokio::spawn(async move {
                let mut write = begin(&db).await;
                claim::claim(&mut write, browser, account).await.unwrap();
                write.commit().await.unwrap();
            })
        };
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        write.commit().await.unwrap();
        waits.await.unwrap();
        assert_eq!(store::find(&db, target).await.unwrap().votes_for, 2);
    }

    async fn the_first_voice_takes_over_nothing_that_was_slipped_in(db: Db) {
        let id = placed_one(&db).await;
        db.run("insert into vote (feature_id, voter, value, cast_at) values ($1, $2, 1, $3)", (id, Visitor(Uuid::new_v4()), crate::base::clock::now()))
            .await
            .unwrap();
        vote(&db, id, Visitor(Uuid::new_v4()), Some(Voice::For)).await.unwrap();
        let (line, _) = told(&db, id).await;
        assert!(line.ends_with("steps=0,0,0,1,0 apart=0"), "{line}");
    }

    async fn two_hundred_clicks_at_once_of_one_visitor_count_once(db: Db) {
        let id = placed_one(&db).await;
        let voter = Visitor(Uuid::new_v4());
        let clicks: Vec<_> = (0..200)
            .map(|_| {
                let db = db.clone();
                tokio::spawn(async move { vote(&db, id, voter, Some(Voice::For)).await })
            })
            .collect();
        for click in clicks {
            click.await.unwrap().unwrap();
        }
        let card = store::find(&db, id).await.unwrap();
        assert_eq!(card.votes_for, 1);
        let (rows,): (i64,) = db.one("select count(*) from vote where feature_id = $1", (id,)).await.unwrap();
        assert_eq!(rows, 1);
    }

    async fn a_theme_of_one_name_is_made_once(db: Db) {
        let mut write = begin(&db).await;
        let a = vocabulary::ensure_theme(&mut write, "Mobilités").await.unwrap();
        let b = vocabulary::ensure_theme(&mut write, "mobilites").await.unwrap();
        let c = vocabulary::ensure_theme(&mut write, "Écoles").await.unwrap();
        let p = vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        assert_eq!(vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap(), p);
        write.commit().await.unwrap();
        assert_eq!(a, b);
        let (themes, processes) = vocabulary::all(&db).await.unwrap();
        assert_eq!(themes.iter().map(|t| t.id).collect::<Vec<_>>(), [a, c]);
        assert_ne!(themes[0].color, themes[1].color);
        assert_eq!(processes[0].slug, "plan-velo");
    }

    async fn the_areas_of_a_feature_can_be_replaced(db: Db) {
        let id = placed_one(&db).await;
        let mut write = begin(&db).await;
        let (a, _) = territory::store::upsert(&mut write, &square("A", 2.0, 48.0, 1.0)).await.unwrap();
        let (b, _) = territory::store::upsert(&mut write, &square("B", 2.0, 48.0, 1.0)).await.unwrap();
        store::set_areas(&mut write, id, &[a, b]).await.unwrap();
        store::set_areas(&mut write, id, &[b]).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(store::placed(&db, &[id.0]).await.unwrap()[0].area_ids(), [b]);
    }
}

#[tokio::test]
async fn postgis_keeps_the_geometry_and_shows_only_what_is_public() {
    crate::server::testing::on_postgis(|db| async move {
        let id = placed_one(&db).await;
        let (lon, lat, kind): (f64, f64, String) = db
            .one("select ST_X(geom), ST_Y(geom), kind from gis.feature_point where id = $1", (id,))
            .await
            .unwrap();
        assert_eq!((lon, lat, kind.as_str()), (2.35, 48.85, "proposal"));
        let mut write = begin(&db).await;
        store::hold(&mut write, id, Some(crate::core::features::Hold::Withdrawn), crate::core::journal::Act::WITHDRAWN).await.unwrap();
        write.commit().await.unwrap();
        let (count,): (i64,) = db.one("select count(*) from gis.feature", ()).await.unwrap();
        assert_eq!(count, 0);
        for view in ["feature_line", "feature_polygon", "area", "feature_area", "layer_item"] {
            let (columns,): (i64,) = db
                .one(
                    "select count(*) from information_schema.columns where table_schema = 'gis' and table_name = $1",
                    (view,),
                )
                .await
                .unwrap();
            assert!(columns > 0, "gis.{view}");
        }
        let (personal,): (i64,) = db
            .one(
                "select count(*) from information_schema.columns
                 where table_schema = 'gis' and column_name in ('author', 'voter', 'source', 'external_id')",
                (),
            )
            .await
            .unwrap();
        assert_eq!(personal, 0, "nothing personal in the public views");
    })
    .await;
}
