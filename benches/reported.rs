//! The same points as reports: filed under a category, a service and how their clock stands, in the columns that modules have; tiles under
//! filters of these, beside the tiles of everything in the same run.
//!
//! Not here: the database (see `reports`). Invariant: few are open, as in a town of some years.

use std::sync::Arc;

use parvis_tiles::{ColumnLabels, Filter, Index, IndexOptions, Item, Labels, TileOptions, Within};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::{Seen, metropolis, tiles_of};

/// The columns of the category, the service and the clock.
const COLUMNS: [(usize, &str, u32); 3] = [(5, "category", 240), (6, "service", 12), (7, "clock", 6)];
/// Of a thousand reports, how many have a running clock, one that is overdue, one that stands still; then those that ended in time, late, and
/// without one.
const CLOCKS: [u32; 6] = [30, 15, 5, 650, 150, 150];
const OVERDUE: u32 = 2;
/// The column of the kind, and the code of reports: a module's columns mean something within its kind, and its filters hold it.
const REPORT: (usize, u32) = (2, 1);

pub(crate) fn run(points: &[Item]) {
    let mut rng = StdRng::seed_from_u64(13);
    let items: Vec<Item> = points.iter().cloned().map(|item| filed(&mut rng, item)).collect();
    let mut labels: Labels = metropolis::labels();
    for (column, name, codes) in COLUMNS {
        let values = (1..=codes).map(|code| (code, Arc::from(format!("{name}-{code}")))).collect();
        let labels_of = ColumnLabels { name: name.to_owned(), values, breakdown: false, drawn: true };
        labels.within.push(Within { column, of: REPORT, labels: labels_of });
    }
    let index = Index::build(items.iter().cloned(), IndexOptions::default());
    let options = TileOptions::for_labels(&labels);
    println!("\n# Reports: {} points with a category of 240, a service of 12 and a clock", index.len());
    for seen in [Seen::Never, Seen::Before] {
        tiles_of(&index.reader().snapshot(), &items, (seen, filters()), (&labels, &options));
    }
}

fn filed(rng: &mut StdRng, mut item: Item) -> Item {
    // Large categories and small ones, as lived; a service treats the categories of some types.
    let category = 1 + (rng.random::<f64>().powi(2) * 240.0) as u32;
    let mut share = rng.random_range(0..1_000);
    let clock = CLOCKS.iter().position(|part| {
        let is_it = share < *part;
        share = share.saturating_sub(*part);
        is_it
    });
    item.attributes.codes[REPORT.0] = REPORT.1;
    item.attributes.codes[5] = category.min(240);
    item.attributes.codes[6] = category % 12 + 1;
    item.attributes.codes[7] = clock.map_or(6, |at| at as u32 + 1);
    item
}

fn filters() -> Vec<(&'static str, Filter)> {
    let reports = || Filter::default().with_codes(REPORT.0, [REPORT.1]);
    let of_type = || (0..20).map(|n| 1 + n * 12);
    vec![
        ("everything", Filter::default()),
        // What every contribution has, to compare with.
        ("one theme", Filter::default().with_codes(0, [5])),
        ("one category", reports().with_codes(5, [4])),
        ("a small category", reports().with_codes(5, [201])),
        ("a type: 20 categories", reports().with_codes(5, of_type())),
        ("overdue", reports().with_codes(7, [OVERDUE])),
        ("open", reports().with_codes(7, [1, OVERDUE, 3])),
        ("ended in time", reports().with_codes(7, [4])),
        ("one category, overdue", reports().with_codes(5, [4]).with_codes(7, [OVERDUE])),
        ("a type, open", reports().with_codes(5, of_type()).with_codes(7, [1, OVERDUE, 3])),
    ]
}
