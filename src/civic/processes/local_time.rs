//! Instants as agents type them and people read them: the territory's clock, in most of France with two nights a
//! year that are shorter and longer.

use crate::base::clock::{Timestamp, zone};
use crate::base::i18n::Lang;
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

const EIGHT: NaiveTime = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(8)).0;

/// The instant of a field `datetime-local`, `2026-03-29T08:00`. Of an hour that comes twice the first is meant; an hour that the
/// clocks skip is none.
pub(super) fn instant(typed: &str) -> Option<Timestamp> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(typed.trim(), format).ok())?;
    zone().from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

/// The value of a field `datetime-local`.
pub(super) fn field(at: Timestamp) -> String {
    at.with_timezone(&zone()).format("%Y-%m-%dT%H:%M").to_string()
}

/// Eight in the morning, `days` after the day of an instant.
pub fn morning(of: Timestamp, days: i64) -> Timestamp {
    let day = of.with_timezone(&zone()).date_naive() + TimeDelta::days(days);
    // No clock has ever changed at eight.
    zone().from_local_datetime(&day.and_time(EIGHT)).earliest().map_or(of, |at| at.with_timezone(&Utc))
}

/// Day and time for people: `29 mars 2026 à 8 h 00`, `29 March 2026, 08:00`.
pub fn said(lang: Lang, at: Timestamp) -> String {
    let local = at.with_timezone(&zone());
    match lang {
        Lang::Fr => format!("{} à {}", lang.day(at), local.format("%-H\u{a0}h\u{a0}%M")),
        Lang::En => format!("{}, {} ({})", lang.day(at), local.format("%H:%M"), lang.zone()),
    }
}

/// Until when, for people: what ends at midnight ends on the day before.
pub fn said_until(lang: Lang, end: Timestamp) -> String {
    match end.with_timezone(&zone()).time() {
        chrono::NaiveTime::MIN => lang.day(end - TimeDelta::minutes(1)),
        _ => said(lang, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_at_midnight_ends_on_the_day_before() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let day = |text| said_until(Lang::Fr, at(text));
        // Two hours before, in summer; one, in winter.
        assert_eq!(day("2026-06-30T22:00:00Z"), Lang::Fr.day(at("2026-06-30T10:00:00Z")));
        assert_eq!(day("2026-11-30T23:00:00Z"), Lang::Fr.day(at("2026-11-30T10:00:00Z")));
        assert!(day("2026-11-30T13:00:00Z").contains("14"), "{}", day("2026-11-30T13:00:00Z"));
    }

    #[test]
    fn the_nights_on_which_clocks_change_are_right() {
        let utc = |typed| instant(typed).map(|at| at.to_rfc3339());
        assert_eq!(utc("2026-03-28T20:00").as_deref(), Some("2026-03-28T19:00:00+00:00"), "winter");
        assert_eq!(utc("2026-03-29T20:00").as_deref(), Some("2026-03-29T18:00:00+00:00"), "summer");
        assert_eq!(utc("2026-03-29T02:30"), None, "an hour that there is not");
        assert_eq!(utc("2026-10-25T02:30").as_deref(), Some("2026-10-25T00:30:00+00:00"), "the first of two");
        assert_eq!(utc("hier"), None);
    }

    #[test]
    fn an_instant_is_typed_again_as_it_was() {
        for typed in ["2026-01-05T08:00", "2026-07-14T23:59"] {
            assert_eq!(field(instant(typed).unwrap()), typed);
        }
        assert_eq!(said(Lang::Fr, instant("2026-03-29T08:05").unwrap()), "29 mars 2026 à 8\u{a0}h\u{a0}05");
    }
}
