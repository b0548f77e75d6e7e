//! How long contributions wait for the authority's first answer, in whole days.
//!
//! Invariant: what waits is counted beside what was answered, so that nothing looks quick because the rest is still waiting.

use super::model::{Figure, Row, Value, parts};
use super::store::Group;
use super::tell::Telling;
use crate::core::features::{Kind, Status};
use parvis_drawing::Shape;

/// The ends of the lengths of time that are told apart, in days.
const ENDS: [i64; 3] = [30, 60, 90];

/// Days and how many: of what residents say, which begins as received. −1: no answer yet.
fn days(telling: &Telling<'_>) -> Vec<(i64, u64)> {
    let is_owed = |group: &&Group| Kind::of_word(&group.word).is_some_and(|kind| Status::OPEN.fits(kind));
    let mut days: Vec<(i64, u64)> =
        telling.groups("delay").filter(is_owed).map(|group| (group.code, group.count())).collect();
    days.sort_unstable();
    days
}

/// The median of the days until the first answer, in tenths: the middle one of those that were answered, or the mean of both.
pub(super) fn median(telling: &Telling<'_>) -> Option<u64> {
    let answered: Vec<(i64, u64)> = days(telling).into_iter().filter(|(days, _)| *days >= 0).collect();
    let all: u64 = answered.iter().map(|(_, n)| n).sum();
    let at = |place: u64| {
        let mut before = 0;
        answered.iter().find_map(|(days, n)| {
            before += n;
            (place < before).then_some(days.unsigned_abs())
        })
    };
    // Twice the median is whole, so five times that are its tenths.
    Some((at(all.checked_sub(1)? / 2)? + at(all / 2)?) * 5)
}

pub(super) fn figures(telling: &Telling<'_>) -> Vec<Figure> {
    let days = days(telling);
    let all: u64 = days.iter().map(|(_, n)| n).sum();
    if all == 0 {
        return Vec::new();
    }
    let sum = |from: i64, to: i64| -> u64 {
        days.iter().filter(|(days, _)| (from..to).contains(days)).map(|(_, n)| n).sum()
    };
    let text = |name: &str| telling.lang.text(&format!("figures-delay-{name}"));
    let [first, second, third] = ENDS;
    let waits = sum(-1, 0);
    let cells = [
        (text("first"), sum(0, first)),
        (text("second"), sum(first, second)),
        (text("third"), sum(second, third)),
        (text("later"), sum(third, i64::MAX)),
        (text("none"), waits),
    ];
    let within = ["within-first", "within-second", "within-third"].iter().zip(ENDS).map(|(name, end)| Row {
        label: text(name),
        value: Value::Count(sum(0, end)),
        of: Some(all),
    });
    vec![
        telling.figure("answers", None, Some(Shape::Stack), parts(cells)),
        Figure { is_nested: true, ..telling.figure("within", None, Some(Shape::Bars), within.collect()) },
    ]
}
