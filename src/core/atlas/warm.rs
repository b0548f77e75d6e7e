//! The tiles that people look at first, rendered and packed before they are asked for: those of the whole map, then the next zooms, as many as
//! take two seconds.
//!
//! What it is not: needed. A tile that is not there is rendered when it is asked for, as always.

use super::pyramid::{DEEPEST_ZOOM, Grouping, Selection};
use super::world::{AREAS_LAYER, NAMES_LAYER};
use super::{Atlas, Filter, Following};
use parvis_tiles::{Position, TileCoord};
use std::time::{Duration, Instant};

/// How many tiles of one kind at most.
const MOST: usize = 2_000;

/// How long it may take in all: whoever asks meanwhile shares the processor with it.
const LONGEST: Duration = Duration::from_secs(2);

/// How many tiles of the ground are compressed well at once: those that show all of it. Whoever comes first waits longest for them.
const SQUEEZED: usize = 24;

impl Atlas {
    /// Renders and packs what a page of the map asks for first. Gives how many tiles. Blocks: for a thread of its own.
    pub fn warm(&self) -> usize {
        let world = self.world();
        let Some(bounds) = self.bounds() else { return 0 };
        let (began, mut done) = (Instant::now(), 0);
        let grounds =
            [AREAS_LAYER, NAMES_LAYER].into_iter().chain(world.layers().iter().map(|(l, _)| l.slug.as_str()));
        // The two sources of the style: a client asks for a tile of each. Our own page may ask for squares; others know clusters.
        let page = self.total(&Filter::default()).map_or("features", |total| Grouping::of(total).layers());
        let mut sources = vec!["features".to_owned(), grounds.collect::<Vec<_>>().join(",")];
        sources.extend((page != "features").then(|| page.to_owned()));
        let selections: Vec<Selection> =
            sources.iter().filter_map(|names| Selection::of_names(names, &world)).collect();
        for (at, tile) in tiles_of(bounds).into_iter().enumerate() {
            // A server that stops waits for nobody's first look.
            if began.elapsed() > LONGEST || self.following() == Following::Stopped {
                break;
            }
            for selection in &selections {
                if let Ok(tile) = self.tile(tile, selection, &Filter::default()) {
                    tile.encoded("gzip");
                    if at < SQUEEZED && !selection.has_features() {
                        tile.squeeze();
                    }
                    done += 1;
                }
            }
        }
        done
    }
}

/// The tiles over a box of west, south, east and north in degrees: of each zoom all, as long as these are not too many.
fn tiles_of([west, south, east, north]: [f64; 4]) -> Vec<TileCoord> {
    let corners = Position::from_lon_lat(west, north).zip(Position::from_lon_lat(east, south));
    let Some((first, last)) = corners else { return Vec::new() };
    let mut tiles = Vec::new();
    for zoom in 0..=DEEPEST_ZOOM {
        let (first, last) = (first.tile(zoom), last.tile(zoom));
        let of_zoom = (first.y..=last.y).flat_map(|y| (first.x..=last.x).map(move |x| (x, y)));
        let wide = u64::from(last.x.saturating_sub(first.x)) + 1;
        let high = u64::from(last.y.saturating_sub(first.y)) + 1;
        if tiles.len() as u64 + wide * high > MOST as u64 {
            break;
        }
        tiles.extend(of_zoom.filter_map(|(x, y)| TileCoord::new(zoom, x, y).ok()));
    }
    tiles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::atlas::cache::Encoding;
    use crate::core::features;
    use crate::core::journal::Act;
    use crate::server::testing::{app, on_sqlite, proposal, square};

    #[test]
    fn whole_zooms_of_a_city_are_warmed_and_never_more_than_is_allowed() {
        let of_city = tiles_of([2.22, 48.81, 2.47, 48.91]);
        let deepest = of_city.iter().map(|tile| tile.z).max().unwrap();
        assert!((14..=16).contains(&deepest) && of_city.len() <= MOST, "{deepest}: {}", of_city.len());
        assert_eq!(of_city.iter().filter(|tile| tile.z == 0).count(), 1);
        let of_world = tiles_of([-180.0, -80.0, 180.0, 80.0]);
        assert!(of_world.len() <= MOST && of_world.len() > 1_000, "{}", of_world.len());
        assert!(
            tiles_of([2.3, 48.8, 2.3, 48.8]).len() == usize::from(DEEPEST_ZOOM) + 1,
            "a point is in one of each"
        );
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_was_warmed_is_what_is_asked_for_and_what_changes_since_is_rendered_anew() {
        on_sqlite(|db| async move {
            let app = app(&db).await;
            assert_eq!(app.atlas.warm(), 0, "an empty map");
            let mut write = app.begin().await.unwrap();
            crate::core::territory::store::upsert(&mut write, &square("centre", 2.3, 48.8, 0.1))
                .await
                .unwrap();
            features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED)
                .await
                .unwrap();
            app.commit(write).await.unwrap();
            assert!(app.atlas.warm() > 20);
            let encoding = |names: &str| {
                let layers = Selection::of_names(names, &app.atlas.world()).unwrap();
                let tile = Position::from_lon_lat(2.3, 48.8).unwrap().tile(9);
                app.atlas.tile(tile, &layers, &Filter::default()).unwrap().encoded("gzip, br").0
            };
            assert_eq!([encoding("areas,names"), encoding("features")], [Encoding::Brotli, Encoding::Gzip]);
            let layers = Selection::of_names("features", &app.atlas.world()).unwrap();
            let at = Position::from_lon_lat(2.35, 48.85).unwrap().tile(12);
            let before = app.atlas.tile(at, &layers, &Filter::default()).unwrap();
            let mut write = app.begin().await.unwrap();
            features::store::insert(&mut write, &proposal("Un arbre", 2.351, 48.85), Act::PLACED)
                .await
                .unwrap();
            app.commit(write).await.unwrap();
            let after = app.atlas.tile(at, &layers, &Filter::default()).unwrap();
            assert_ne!(before.bytes, after.bytes);
        })
        .await;
    }
}
