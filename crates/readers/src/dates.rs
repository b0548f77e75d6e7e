//! Dates as they stand in files.
//!
//! What it is: ISO 8601, French day/month/year, compact and Unix forms, to one instant. What it is not: it guesses no
//! American month/day order and completes no month without a day.
//! Invariant: a time without a zone is a time in Paris; a day that does not exist is an error, an hour that the change of
//! clocks skipped is the hour after.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Paris;
use serde_json::Value;

use super::{Cause, clean::excerpt};

/// Reads a date. A day without a time is its midnight in Paris; in the hour that autumn repeats, the first one is meant.
///
/// # Errors
/// [`Cause::Date`] when the text is of no known form or the day or hour does not exist.
pub fn parse(text: &str) -> Result<DateTime<Utc>, Cause> {
    let text = text.trim();
    instant(text).ok_or_else(|| Cause::Date { found: excerpt(text) })
}

/// Reads a date from a JSON value: a text, or a Unix time as a number.
///
/// # Errors
/// As [`parse`].
pub fn parse_value(value: &Value) -> Result<DateTime<Utc>, Cause> {
    match value {
        Value::String(text) => parse(text),
        // A spreadsheet column of whole numbers often comes back as 1700000000.0.
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => parse(&format!("{whole:.0}")),
            _ => Err(Cause::Date { found: number.to_string() }),
        },
        other => Err(Cause::Date { found: excerpt(&other.to_string()) }),
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    if !text.is_ascii() || text.len() > 40 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(text);
    }
    let (day, rest) = day(text)?;
    let rest = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start).or(rest.is_empty().then_some(""))?;
    if rest.is_empty() {
        return local(day.and_time(NaiveTime::MIN));
    }
    let (time, zone) = time(rest)?;
    // ISO 8601: 24:00 is the midnight at the end of the day.
    let at = match time {
        Some(time) => day.and_time(time),
        None => day.succ_opt()?.and_time(NaiveTime::MIN),
    };
    match zone.trim() {
        "" => local(at),
        "Z" | "z" | "UTC" | "GMT" => bounded(at.and_utc()),
        offset => {
            let minutes = offset_minutes(offset)?;
            bounded((at - chrono::TimeDelta::minutes(minutes)).and_utc())
        }
    }
}

/// `yyyymmdd`, `yyyymmddhhmmss`, Unix seconds (9 or 10 digits), Unix milliseconds (12 or 13 digits).
fn compact(text: &str) -> Option<DateTime<Utc>> {
    match text.len() {
        8 => local(NaiveDate::parse_from_str(text, "%Y%m%d").ok()?.and_time(NaiveTime::MIN)),
        14 => local(NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?),
        9 | 10 => bounded(DateTime::from_timestamp(text.parse().ok()?, 0)?),
        12 | 13 => bounded(DateTime::from_timestamp_millis(text.parse().ok()?)?),
        _ => None,
    }
}

/// The day at the start of the text, and the rest.
fn day(text: &str) -> Option<(NaiveDate, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.')).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let sign = head.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = head.split(sign);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || second.len() > 2 {
        return None;
    }
    let (year, month, day) = if first.len() == 4 && third.len() <= 2 {
        (first, second, third)
    } else if first.len() <= 2 && third.len() == 4 {
        (third, second, first)
    } else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some((date, rest))
}

/// `hh:mm[:ss[.fraction]]` or `hhhmm` as in `18h05`, and the rest; `None` for 24:00.
fn time(text: &str) -> Option<(Option<NaiveTime>, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',' | 'h' | 'H'))
        .unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    let (clock, fraction) = head.split_once(['.', ',']).unwrap_or((head, ""));
    let mut parts = clock.trim_end_matches(['h', 'H']).split([':', 'h', 'H']);
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    let second = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    if parts.next().is_some() || clock.len() < 3 {
        return None;
    }
    let millis = match fraction {
        "" => 0,
        digits => format!("{:0<3}", &digits[..digits.len().min(3)]).parse().ok()?,
    };
    if (hour, minute, second, millis) == (24, 0, 0, 0) {
        return Some((None, rest));
    }
    Some((Some(NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?), rest))
}

/// `+0100`, `+01:00`, `-05`.
fn offset_minutes(text: &str) -> Option<i64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replacen(':', "", 1);
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i64 = digits[..2].parse().ok()?;
    let minutes: i64 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn local(at: NaiveDateTime) -> Option<DateTime<Utc>> {
    match Paris.from_local_datetime(&at) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => bounded(at.to_utc()),
        // A clock that was not put forward in spring: the instant that it means is an hour after one that exists.
        LocalResult::None => match Paris.from_local_datetime(&(at - chrono::TimeDelta::hours(1))) {
            LocalResult::Single(before) => bounded(before.to_utc() + chrono::TimeDelta::hours(1)),
            _ => None,
        },
    }
}

/// A year outside of 1900 to 2199 is a slip of the pen, or a number that was no date.
fn bounded(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    use chrono::Datelike;
    // The margin of a day lets the local midnight of 1 January 1900 through.
    (1899..2200).contains(&at.year()).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_forms() {
        for (text, expected) in [
            ("2023-09-27", "2023-09-26T22:00:00Z"),
            ("27/09/2023", "2023-09-26T22:00:00Z"),
            ("27/09/2023 18:05", "2023-09-27T16:05:00Z"),
            ("27/09/2023 18h05", "2023-09-27T16:05:00Z"),
            ("7.9.2023", "2023-09-06T22:00:00Z"),
            ("27-09-2023 18:05:09", "2023-09-27T16:05:09Z"),
            ("2023-09-27 18:05:09", "2023-09-27T16:05:09Z"),
            ("2022-10-03 12:33:20.703", "2022-10-03T10:33:20.703Z"),
            ("2023-09-27T18:05:09Z", "2023-09-27T18:05:09Z"),
            ("2022-03-28T04:00:00+02:00", "2022-03-28T02:00:00Z"),
            ("2019-01-17 10:38:20 +0100", "2019-01-17T09:38:20Z"),
            ("20230927", "2023-09-26T22:00:00Z"),
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("1700000000000", "2023-11-14T22:13:20Z"),
            // The clocks went from 02:00 to 03:00: who did not put theirs forward means 03:30.
            ("26/03/2023 02:30", "2023-03-26T01:30:00Z"),
            ("27/09/2023 24:00", "2023-09-27T22:00:00Z"),
            ("2023-12-31T24:00:00+01:00", "2023-12-31T23:00:00Z"),
            // 02:30 happens twice on that night: the first one is summer time.
            ("29/10/2023 02:30", "2023-10-29T00:30:00Z"),
        ] {
            let expected: DateTime<Utc> = expected.parse().unwrap();
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn impossible_dates_are_errors() {
        for text in [
            "",
            "30/02/2023",
            "2023-13-01",
            "2023-02-29",
            "31/04/2023",
            "2023-09-27 25:00",
            "2023-09-27 24:01",
            "2014",
            "2023-09",
            "12",
            "hier",
            "2023/09-27",
            "01/02/23",
            "9999-01-01",
            "2023-09-27 10:00 +99:00",
        ] {
            assert!(matches!(parse(text), Err(Cause::Date { .. })), "{text} gave {:?}", parse(text));
        }
    }

    #[test]
    fn numbers_are_unix_times() {
        assert_eq!(parse_value(&serde_json::json!(1700000000)), parse("1700000000"));
        assert_eq!(parse_value(&serde_json::json!(1700000000.0)), parse("1700000000"));
        assert!(parse_value(&serde_json::json!(12.5)).is_err());
        assert!(parse_value(&serde_json::json!([1])).is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "[0-9TZ:/+ h.,é-]{0,30}", any in any::<String>()) {
            let _ = parse(&text);
            let _ = parse(&any);
        }
    }
}
