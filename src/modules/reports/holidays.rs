//! Days on which nobody works where the territory is: Saturdays, Sundays, the holidays of the law, and days that the authority adds.
//!
//! The holidays are dates of a law (Code du travail, L. 3133-1; beyond the seas L. 3422-2), written here as the law says them today. Days
//! that are closed in one place only are rows of `closed_day`: Alsace and Moselle (Good Friday, 26 December), the holidays of the Pacific
//! territories, a bridge, a local closing; and the day to come of a law that changes.
//! What it is not: opening hours. A day is worked or it is not.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// Holidays that have the same date each year: month and day.
const FIXED: [(u32, u32); 8] = [
    (1, 1),   // the first day of the year
    (5, 1),   // the day of work
    (5, 8),   // the victory of 1945
    (7, 14),  // the national day
    (8, 15),  // the Assumption
    (11, 1),  // All Saints
    (11, 11), // the armistice of 1918
    (12, 25), // Christmas
];

/// Holidays that follow Easter, in days after it: its Monday, Ascension, Whit Monday.
const AFTER_EASTER: [i64; 3] = [1, 39, 50];

/// The day on which a territory beyond the seas remembers the abolition of slavery: month and day.
fn abolition(zone: Tz) -> Option<(u32, u32)> {
    Some(match zone.name() {
        "America/Guadeloupe" => (5, 27),
        "America/Martinique" => (5, 22),
        "America/Cayenne" => (6, 10),
        "America/St_Barthelemy" => (10, 9),
        "America/Marigot" => (5, 28), // Saint-Martin
        "Indian/Reunion" => (12, 20),
        "Indian/Mayotte" => (4, 27),
        _ => return None,
    })
}

/// Easter Sunday of a year of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31 + 1).ok()?)
}

/// Whether a day is a holiday by the law.
pub(super) fn is_holiday(day: NaiveDate, zone: Tz) -> bool {
    let date = (day.month(), day.day());
    let after_easter = easter(day.year()).map(|easter| (day - easter).num_days());
    FIXED.contains(&date)
        || abolition(zone) == Some(date)
        || after_easter.is_some_and(|days| AFTER_EASTER.contains(&days))
}

/// The days that the authority says are closed, beside those of the law.
#[derive(Debug, Clone, Default)]
pub(super) struct ClosedDays(BTreeSet<NaiveDate>);

impl ClosedDays {
    /// These days.
    pub(super) fn new(days: impl IntoIterator<Item = NaiveDate>) -> ClosedDays {
        ClosedDays(days.into_iter().collect())
    }

    /// Whether people work on a day: from Monday to Friday, on no holiday, on no closed day.
    pub(super) fn is_worked(&self, day: NaiveDate, zone: Tz) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !is_holiday(day, zone)
            && !self.0.contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    /// The holidays of a year, in their order.
    fn of_year(year: i32, zone: Tz) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1);
        let days = (0..366).filter_map(|n| first?.checked_add_days(Days::new(n)));
        days.filter(|day| day.year() == year && is_holiday(*day, zone)).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_is_where_almanacs_say_it_is() {
        let known = [
            "1818-03-22", // the earliest that there is
            "1943-04-25", // the latest
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2049-04-18",
        ];
        for known in known.map(day) {
            assert_eq!(easter(known.year()), Some(known));
        }
    }

    #[test]
    fn a_year_has_eleven_holidays_and_each_territory_its_own_beside_them() {
        let paris: Vec<NaiveDate> = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        ]
        .map(day)
        .to_vec();
        assert_eq!(of_year(2026, Tz::Europe__Paris), paris);
        for (zone, own) in [
            (Tz::America__Guadeloupe, "2026-05-27"),
            (Tz::America__Martinique, "2026-05-22"),
            (Tz::America__Cayenne, "2026-06-10"),
            (Tz::America__St_Barthelemy, "2026-10-09"),
            (Tz::America__Marigot, "2026-05-28"),
            (Tz::Indian__Reunion, "2026-12-20"),
            (Tz::Indian__Mayotte, "2026-04-27"),
        ] {
            let mut with_own = paris.clone();
            with_own.push(day(own));
            with_own.sort();
            assert_eq!(of_year(2026, zone), with_own, "{zone}");
        }
    }

    #[test]
    fn two_holidays_on_one_day_are_one() {
        // 1 May 2008 was Ascension, too.
        assert!(is_holiday(day("2008-05-01"), Tz::Europe__Paris));
        assert_eq!(of_year(2008, Tz::Europe__Paris).len(), 10);
    }

    #[test]
    fn a_closed_day_of_the_authority_is_not_worked_and_its_neighbours_are() {
        // In Alsace and Moselle, Good Friday.
        let closed = ClosedDays::new([day("2026-04-03")]);
        let paris = Tz::Europe__Paris;
        assert!(closed.is_worked(day("2026-04-02"), paris));
        assert!(!closed.is_worked(day("2026-04-03"), paris));
        assert!(ClosedDays::default().is_worked(day("2026-04-03"), paris));
        assert!(!closed.is_worked(day("2026-04-04"), paris), "a Saturday");
        assert!(!closed.is_worked(day("2026-04-06"), paris), "Easter Monday");
    }
}
