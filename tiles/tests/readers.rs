//! Readers see whole states only, and never wait.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parvis_tiles::*;

fn at(id: u64, step: u64, score: i32) -> Item {
    // Points wander, so that chunks are split and joined while they are read.
    let place = id.wrapping_mul(0x9e37_79b9).wrapping_add(step.wrapping_mul(7_919));
    let position = Position { x: (place % 50_000_000) as u32, y: (place / 7 % 50_000_000) as u32 };
    let attributes = Attributes { codes: [(id % 5) as u32; COLUMNS], score, time: step as u32 };
    Item { id, place: Place::At(position), attributes }
}

#[test]
fn every_snapshot_seen_during_writes_holds_together() {
    const IDS: u64 = 4_000;
    let mut index = Index::build((0..IDS).map(|id| at(id, 0, 0)), IndexOptions { chunk_target: 64 });
    let done = AtomicBool::new(false);
    let seen = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let reader = index.reader();
            let (done, seen) = (&done, &seen);
            scope.spawn(move || {
                let mut last = 0;
                while !done.load(Ordering::Relaxed) {
                    let snapshot = reader.snapshot();
                    assert!(snapshot.version() >= last, "time went back");
                    last = snapshot.version();
                    // Each batch moves points and takes one from some what it gives to others.
                    let counts = snapshot.count(&Filter::default(), None);
                    assert_eq!((counts.total, counts.score), (IDS, 0));
                    let world = TileCoord { z: 0, x: 0, y: 0 };
                    let tile = snapshot.tile(world, &Filter::default(), &TileOptions::default());
                    let drawn = tile.points.len() as u64 + tile.clusters.iter().map(|c| c.count).sum::<u64>();
                    let score = tile.clusters.iter().map(|c| c.score).sum::<i64>()
                        + tile.points.iter().map(|p| i64::from(p.attributes.score)).sum::<i64>();
                    assert_eq!((drawn, score), (IDS, 0));
                    seen.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for step in 1..=400u64 {
            let changes = (0..20).flat_map(|i| {
                let (a, b) = ((step * 31 + i * 2) % IDS, (step * 31 + i * 2 + 1) % IDS);
                let score = |id: u64| index.get(id).map_or(0, |item| item.attributes.score);
                [at(a, step, score(a) + 1), at(b, step, score(b) - 1)]
            });
            let changes: Vec<Change> = changes.map(Change::Put).collect();
            index.apply(changes);
            index.publish(step);
        }
        while seen.load(Ordering::Relaxed) < 50 {
            std::thread::yield_now();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(index.len() as u64, IDS);
}
