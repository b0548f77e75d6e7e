//! What the demonstration promises.

use super::*;
use crate::base::db::{self, Db, Sql};
use crate::base::ids::Visitor;
use crate::core::features::{Card, Kind, geometry::from_wkb};
use crate::core::territory::Area;
use geo::{Area as _, BooleanOps, BoundingRect, Contains, Geometry, Intersects, MultiPolygon};
use parvis_tiles::mend::{Mend, mend};
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

struct Filled {
    _folder: tempfile::TempDir,
    db: Db,
    summary: Summary,
    areas: Vec<Area>,
    cards: Vec<Card>,
}

fn then() -> Timestamp {
    "2026-06-15T10:00:00Z".parse().unwrap()
}

async fn empty() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite:{}", folder.path().join("demo.db").display()), 1).await.unwrap();
    db::migrate(&db).await.unwrap();
    (folder, db)
}

async fn make() -> Filled {
    let (folder, db) = empty().await;
    let mut write = Write::begin(&db, then()).await.unwrap();
    let summary = fill(&mut write, then()).await.unwrap();
    write.commit().await.unwrap();
    let areas = territory::store::all(&db).await.unwrap();
    let ids: Vec<i64> = (1..=summary.features as i64).collect();
    let cards = features::store::cards(&db, &ids).await.unwrap();
    Filled { _folder: folder, db, summary, areas, cards }
}

fn outline(area: &Area) -> MultiPolygon<f64> {
    match from_wkb(&area.wkb).unwrap() {
        Geometry::MultiPolygon(outline) => outline,
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        other => panic!("{other:?}"),
    }
}

/// Whether there is nothing to put right.
fn is_whole(geometry: &Geometry<f64>) -> bool {
    let done = mend(geometry).unwrap().done;
    done.iter().all(|done| *done == Mend::WindingTurned)
}

fn parts(areas: &[Area], whole: &Area) -> Vec<MultiPolygon<f64>> {
    areas.iter().filter(|a| a.parent_id == Some(whole.id)).map(outline).collect()
}

fn must_partition(areas: &[Area], whole: &Area) {
    let parts = parts(areas, whole);
    let total: f64 = parts.iter().map(|p| p.unsigned_area()).sum();
    let area = outline(whole).unsigned_area();
    assert!((total / area - 1.0).abs() < 1e-4, "{}: {total} of {area}", whole.name);
    for (at, one) in parts.iter().enumerate() {
        assert!(is_whole(&one.clone().into()), "{} part {at}", whole.name);
        for other in &parts[at + 1..] {
            let rects = one.bounding_rect().unwrap().intersects(&other.bounding_rect().unwrap());
            assert!(
                !rects || one.intersection(other).unsigned_area() < area * 1e-6,
                "{} part {at}",
                whole.name
            );
        }
    }
}

async fn digest(filled: &Filled) -> u64 {
    let mut text = format!("{:?}", filled.summary);
    for area in &filled.areas {
        text += &format!("{} {:x}", area.code, xxh3_64(&area.wkb));
    }
    for card in &filled.cards {
        text += &format!("{card:?}");
    }
    for layer in layers::store::all(&filled.db).await.unwrap() {
        text += &format!("{:?}", layers::store::items(&filled.db, layer.id).await.unwrap());
    }
    for text_asked in ["12 rue", "parc", "quai", "mairie"] {
        let query = gazetteer::Query::read(text_asked);
        text +=
            &format!("{:?}", gazetteer::Search::default().find(&filled.db, &query, None, 20).await.unwrap());
    }
    text += &what_is_held_lies_in_areas(filled).await;
    let votes: Vec<(FeatureId, Visitor, i64)> =
        Sql::all(&filled.db, "select feature_id, voter, value from vote order by feature_id, voter", ())
            .await
            .unwrap();
    text += &format!("{votes:?}");
    xxh3_64(text.as_bytes())
}

/// All the looking in one test: what it looks at takes seconds to make.
#[tokio::test]
async fn the_demonstration_is_the_same_every_time_and_whole() {
    let one = &make().await;
    assert_eq!(digest(one).await, digest(&make().await).await, "two runs differ");
    areas_partition(one);
    ideas_are_placed_and_distinct(one);
    counters_are_the_votes(one).await;
    arguments_come_after_their_idea_and_are_counted(one).await;
    the_address_search_knows_every_street_and_its_doors(one).await;
    nothing_stands_in_the_water(one).await;
    the_authority_answered_and_moderators_have_work(one).await;

    let mut write = Write::begin(&one.db, then()).await.unwrap();
    let refused = fill(&mut write, then()).await.unwrap_err().to_string();
    assert!(refused.contains("397") && refused.contains("PARVIS_DATABASE"), "{refused}");
}

fn areas_partition(one: &Filled) {
    let epci = one.areas.iter().find(|a| a.level == "epci").unwrap();
    must_partition(&one.areas, epci);
    for commune in one.areas.iter().filter(|a| a.level == "commune") {
        assert!(commune.code.starts_with("99"), "{}", commune.code);
        must_partition(&one.areas, commune);
    }
}

fn ideas_are_placed_and_distinct(one: &Filled) {
    assert_eq!(one.cards.len(), ideas::COUNT);
    let titles: BTreeSet<&str> = one.cards.iter().map(|c| c.title.as_str()).collect();
    assert!(titles.len() >= 290, "{} titles", titles.len());
    let bodies: BTreeSet<&str> = one.cards.iter().map(|c| c.body.as_str()).collect();
    assert_eq!(bodies.len(), ideas::COUNT, "every text is another");
    for process in ["plan-velo-2026", "budget-participatif-2026"] {
        let count = one.cards.iter().filter(|c| c.process.as_deref() == Some(process)).count();
        assert!(count >= 23, "{process}: {count}");
    }
    let icons: BTreeSet<_> = one.cards.iter().filter_map(|c| c.theme_icon.as_deref()).collect();
    assert_eq!(
        icons.into_iter().collect::<Vec<_>>().join(" "),
        "bicycle culture heart parking school shop sport trash tree"
    );
    let quartiers: Vec<(&str, MultiPolygon<f64>)> =
        one.areas.iter().filter(|a| a.level == "quartier").map(|a| (a.slug.as_str(), outline(a))).collect();
    let mut counts = [0usize; 5];
    for card in &one.cards {
        assert!((8..=120).contains(&card.title.chars().count()), "{}", card.title);
        assert!((30..=4_000).contains(&card.body.chars().count()), "{}", card.body);
        assert!(!card.title.contains("  ") && !card.body.contains('{'), "{}", card.title);
        assert!(card.created_at < then() && card.created_at > then() - chrono::Duration::days(365));
        counts[card.kind.code() as usize] += 1;
        match card.wkb.as_deref().map(|wkb| from_wkb(wkb).unwrap()) {
            None => counts[3] += 1,
            Some(Geometry::Point(point)) => {
                let (slug, _) = quartiers.iter().find(|(_, q)| q.intersects(&point)).expect(&card.title);
                assert!(card.area_slugs().contains(slug), "{}", card.title);
            }
            Some(shape) => {
                assert!(is_whole(&shape), "{}", card.title);
                counts[4] += 1;
            }
        }
    }
    let mut points: Vec<(i64, i64)> = Vec::new();
    for card in &one.cards {
        if let Some(Geometry::Point(at)) = card.wkb.as_deref().map(|wkb| from_wkb(wkb).unwrap()) {
            points.push(((at.x() * 1e4) as i64, (at.y() * 1e4) as i64));
        }
    }
    let spots: BTreeSet<_> = points.iter().collect();
    assert!(spots.len() + 8 >= points.len(), "{} ideas on {} spots", points.len(), spots.len());
    let [proposals, projects, reports, stated, shapes] = counts;
    assert!(proposals >= 250 && reports >= 25 && projects >= 9 && stated >= 10 && shapes >= 8, "{counts:?}");
    assert!(one.cards.iter().any(|c| c.kind == Kind::REPORT && c.process.is_none()));
}

async fn counters_are_the_votes(one: &Filled) {
    let ids: Vec<_> = one.cards.iter().map(|c| c.id).collect();
    let counted = votes::counted(&one.db, &ids).await.unwrap();
    let mut total = 0;
    let (united,): (FeatureId,) =
        Sql::one(&one.db, "select merged_into from feature where held = 'merged' order by id limit 1", ())
            .await
            .unwrap();
    for card in &one.cards {
        let (mut votes_for, votes_against) = counted.get(&card.id).copied().unwrap_or_default();
        total += votes_for + votes_against;
        if card.id == united {
            votes_for += voices_that_only_the_twin_has(one, united).await;
        }
        assert_eq!((votes_for, votes_against), (card.votes_for, card.votes_against), "{}", card.title);
    }
    // Modules add their own.
    assert!(total as usize >= one.summary.votes, "{total}");
    assert!(total > 2_000, "{total}");
}

/// What was merged has voices of its own; who gave theirs to both counts once.
async fn voices_that_only_the_twin_has(one: &Filled, united: FeatureId) -> i64 {
    let (all, new): (i64, i64) = Sql::one(
        &one.db,
        "select count(*), cast(coalesce(sum(case when exists
                    (select 1 from vote o where o.feature_id = $1 and o.voter = v.voter) then 0 else 1 end), 0) as bigint)
         from vote v join feature f on f.id = v.feature_id
         where f.merged_into = $1 and v.value = 1 and v.cast_at > f.created_at",
        (united,),
    )
    .await
    .unwrap();
    assert!(new >= 8 && all > new, "{new} of {all}");
    new
}

/// Who moderates or answers in one area finds there what is held: it lies where its areas say.
async fn what_is_held_lies_in_areas(one: &Filled) -> String {
    let held: Vec<(FeatureId, Vec<u8>, Option<String>)> = Sql::all(
        &one.db,
        "select f.id, f.wkb, (select group_concat(a.slug, ',') from feature_area fa join area a on a.id = fa.area_id
                              where fa.feature_id = f.id) as areas
         from feature f where f.held is not null order by f.id",
        (),
    )
    .await
    .unwrap();
    // Six that moderators hold, and two reports that were made twice.
    assert_eq!(held.len(), 8);
    for (id, wkb, areas) in &held {
        let Geometry::Point(at) = from_wkb(wkb).unwrap() else { panic!("{id} is no point") };
        let areas = areas.as_deref().unwrap_or_default();
        for area in &one.areas {
            let lies = outline(area).intersects(&at);
            assert_eq!(lies, areas.split(',').any(|slug| slug == area.slug), "{id} {}: {areas}", area.slug);
        }
        assert_eq!(areas.split(',').count(), 3, "{id}: {areas}");
    }
    format!("{held:?}")
}

async fn arguments_come_after_their_idea_and_are_counted(one: &Filled) {
    let (mut total, mut most, mut none) = (0, 0, 0);
    for card in &one.cards {
        let said = features::arguments::of(&one.db, card.id).await.unwrap();
        assert_eq!(said.len() as i64, card.argument_count(), "{}", card.title);
        for argument in &said {
            assert!(argument.created_at > card.created_at && argument.created_at < then(), "{}", card.title);
            assert!((6..=400).contains(&argument.body.chars().count()), "{}", argument.body);
            assert!(!argument.body.contains('{'), "{}", argument.body);
        }
        let bodies: BTreeSet<&str> = said.iter().map(|a| a.body.as_str()).collect();
        assert_eq!(bodies.len(), said.len(), "nobody repeats another");
        total += said.len();
        most = most.max(said.len());
        none += usize::from(said.is_empty());
    }
    assert_eq!(total, one.summary.arguments);
    assert!((500..=700).contains(&total) && (8..=15).contains(&most) && none >= 60, "{total} {most} {none}");
}

async fn the_address_search_knows_every_street_and_its_doors(one: &Filled) {
    let (places, numbers) = gazetteer::store::count(&one.db).await.unwrap();
    assert_eq!(numbers as usize, one.summary.addresses);
    assert!(places > 450 && numbers > 8_000, "{places} {numbers}");
    let find = async |text: &str| {
        gazetteer::Search::default().find(&one.db, &gazetteer::Query::read(text), None, 8).await.unwrap()
    };
    let house = find("12 grande rue montclar").await.remove(0);
    assert_eq!((house.name.as_str(), house.house.map(|h| h.number)), ("Grande Rue", Some(12)));
    for (text, kind) in
        [("parc de bellevue", "park"), ("gare de montclar", "station"), ("bois royal", "wood")]
    {
        assert_eq!(find(text).await[0].kind, kind, "{text}");
    }
}

async fn nothing_stands_in_the_water(one: &Filled) {
    let mut layers = std::collections::BTreeMap::new();
    for layer in layers::store::all(&one.db).await.unwrap() {
        let items = layers::store::items(&one.db, layer.id).await.unwrap();
        let items: Vec<(String, Geometry<f64>)> =
            items.into_iter().map(|(_, properties, wkb)| (properties, from_wkb(&wkb).unwrap())).collect();
        layers.insert(layer.slug, items);
    }
    let total: usize = layers.values().map(Vec::len).sum();
    assert!((8_000..=20_000).contains(&layers["batiments"].len()) && total <= 30_000, "{total}");
    let water: Vec<_> = layers["eau"].iter().map(|(_, g)| (g.bounding_rect().unwrap(), g)).collect();
    for (properties, water) in &layers["eau"] {
        assert!(is_whole(water), "{properties}");
    }
    for slug in ["batiments", "rues"] {
        for (properties, geometry) in &layers[slug] {
            if properties.contains("\"bridge\":true") {
                continue;
            }
            let rect = geometry.bounding_rect().unwrap();
            for (around, water) in &water {
                assert!(
                    !(around.intersects(&rect) && water.intersects(geometry)),
                    "in the water: {properties}"
                );
            }
        }
    }
    let is_field = |properties: &str| !properties.contains("\"name\"");
    let parks: Vec<_> = layers["verdure"]
        .iter()
        .filter(|(said, _)| !is_field(said))
        .map(|(_, g)| (g.bounding_rect().unwrap(), g))
        .collect();
    for (properties, building) in &layers["batiments"] {
        let rect = building.bounding_rect().unwrap();
        for (around, park) in &parks {
            assert!(!(around.intersects(&rect) && park.intersects(building)), "in a park: {properties}");
        }
    }
    let epci = outline(one.areas.iter().find(|a| a.level == "epci").unwrap());
    for (properties, place) in &layers["lieux"] {
        assert!(epci.contains(place), "{properties}");
    }
}

async fn the_authority_answered_and_moderators_have_work(one: &Filled) {
    let answered = one.cards.iter().filter(|card| card.answered_by.is_some()).count();
    assert!((40..=70).contains(&answered), "{answered}");
    // What is treated at a desk of its own has no verdicts: `modules/reports/seed.rs`.
    for card in one.cards.iter().filter(|card| card.kind.is_answered()) {
        let history = crate::civic::contributions::answers::history(&one.db, card.id).await.unwrap();
        assert!(card.status.fits(card.kind), "{}", card.title);
        assert_eq!(history.is_empty(), card.status == features::Status::OPEN, "{}", card.title);
        if let Some(last) = history.last() {
            assert_eq!(last.status, card.status, "{}", card.title);
            assert!(history.is_sorted_by_key(|change| change.changed_at) && last.changed_at < then());
            assert!(history[0].changed_at > card.created_at, "{}", card.title);
        }
        for answer in crate::civic::contributions::answers::of(&one.db, card.id).await.unwrap() {
            assert_eq!(answer.verdict.status(), card.status, "{}", card.title);
            assert!(!answer.body.contains('{') && !answer.body.is_empty(), "{}", answer.body);
        }
    }
    let count = async |sql: &'static str| {
        let (count,): (i64,) = Sql::one(&one.db, sql, ()).await.unwrap();
        count
    };
    assert_eq!(count("select count(*) from feature where held = 'hidden'").await, 3);
    // Two are doubles of reports.
    assert_eq!(count("select count(*) from feature where held = 'merged'").await, 3);
    assert_eq!(count("select count(*) from feature where held = 'waiting'").await, 2);
    assert_eq!(count("select count(*) from appeal where outcome is null").await, 1);
    assert_eq!(count("select count(*) from flag").await, 12);
    assert_eq!(count("select count(*) from subject_note").await, 4);
    assert_eq!(count("select count(*) from reply_template").await, 4);
    assert_eq!(count("select count(*) from subject_assignment").await, 7);
    assert_eq!(count("select count(*) from saved_view where is_shared").await, 1);
    assert_eq!(count("select count(*) from redaction").await, 1);
    assert_eq!(
        count("select count(*) from feature where body like '%Madame Vidal%'").await,
        0,
        "no other says it"
    );
    assert_eq!(
        count("select count(*) from decision where kind = 'redacted' and body like '%Madame Vidal%'").await,
        1
    );
    let unseen = count("select count(*) from feature where seen_at is null and held is null").await;
    assert!((3..=40).contains(&unseen), "{unseen}");
}
