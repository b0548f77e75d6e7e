//! The clock by examples that were counted by hand.

use super::*;

const PARIS: Tz = Tz::Europe__Paris;

/// An instant said by the clock of the territory.
fn at(zone: Tz, text: &str) -> Timestamp {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    local.and_local_timezone(zone).unwrap().with_timezone(&Utc)
}

fn paris(text: &str) -> Timestamp {
    at(PARIS, text)
}

fn pause(from: &str, until: &str) -> Pause {
    Pause { from: paris(from), until: Some(paris(until)) }
}

fn target(n: i64, unit: Unit) -> Target {
    Target::new(n, unit).unwrap()
}

fn is_due(received: &str, n: i64, unit: Unit, pauses: &[Pause], wanted: &str) {
    let due = due(paris(received), target(n, unit), pauses, &ClosedDays::default(), PARIS);
    assert_eq!(due, Some(paris(wanted)), "{n} {} from {received}", unit.word());
}

#[test]
fn three_working_days_from_a_friday_evening_end_on_wednesday_at_midnight() {
    // Friday is the day of reception; Saturday and Sunday are not worked; Monday, Tuesday, Wednesday count.
    is_due("2026-11-27 18:00", 3, Unit::WorkingDays, &[], "2026-12-03 00:00");
    // Received on the Saturday or the Sunday, the same.
    is_due("2026-11-28 09:00", 3, Unit::WorkingDays, &[], "2026-12-03 00:00");
    is_due("2026-11-29 23:59", 3, Unit::WorkingDays, &[], "2026-12-03 00:00");
    // A minute later it is Monday: that day is not counted any more.
    is_due("2026-11-30 00:00", 3, Unit::WorkingDays, &[], "2026-12-04 00:00");
}

#[test]
fn three_working_days_from_the_last_of_april_step_over_may_day_and_the_weekend() {
    // Thursday 30 April 2026; Friday is 1 May; then a weekend; 4, 5 and 6 May count.
    is_due("2026-04-30 10:00", 3, Unit::WorkingDays, &[], "2026-05-07 00:00");
    // One more is Thursday 7; the next is not Friday 8 (a holiday), but Monday 11.
    is_due("2026-04-30 10:00", 4, Unit::WorkingDays, &[], "2026-05-08 00:00");
    is_due("2026-04-30 10:00", 5, Unit::WorkingDays, &[], "2026-05-12 00:00");
}

#[test]
fn working_days_step_over_easter_and_over_christmas() {
    // Good Friday is worked outside Alsace and Moselle; Easter Monday, 6 April 2026, is not.
    is_due("2026-04-02 12:00", 2, Unit::WorkingDays, &[], "2026-04-08 00:00");
    // 24 December 2026 is a Thursday; Christmas, a weekend, then 28 to 31 count, then New Year's Day and a weekend.
    is_due("2026-12-23 12:00", 5, Unit::WorkingDays, &[], "2027-01-01 00:00");
    is_due("2026-12-23 12:00", 6, Unit::WorkingDays, &[], "2027-01-05 00:00");
}

#[test]
fn a_holiday_on_a_weekend_takes_no_other_day() {
    // 15 August 2026 is a Saturday: nothing moves to Monday. Friday 14 and Monday 17 count.
    is_due("2026-08-13 08:00", 2, Unit::WorkingDays, &[], "2026-08-18 00:00");
    // 1 November 2026 is a Sunday.
    is_due("2026-10-30 08:00", 1, Unit::WorkingDays, &[], "2026-11-03 00:00");
}

#[test]
fn a_closed_day_of_the_authority_is_stepped_over() {
    let closed = ClosedDays::new(["2026-12-24".parse().unwrap()]);
    let due = due(paris("2026-12-23 12:00"), target(1, Unit::WorkingDays), &[], &closed, PARIS);
    assert_eq!(due, Some(paris("2026-12-29 00:00")), "24 closed, 25 a holiday, a weekend, then Monday 28");
}

#[test]
fn where_the_clock_changes_hours_stay_hours_and_days_end_at_midnight() {
    // In the night to Sunday 29 March 2026 two o'clock is three: 24 hours later people's clocks say an hour more.
    is_due("2026-03-28 18:00", 24, Unit::Hours, &[], "2026-03-29 19:00");
    // In the night to Sunday 25 October 2026 three o'clock is two.
    is_due("2026-10-24 18:00", 24, Unit::Hours, &[], "2026-10-25 17:00");
    // Days end at midnight of the place, before and after.
    is_due("2026-03-28 18:00", 1, Unit::Days, &[], "2026-03-30 00:00");
    is_due("2026-10-24 18:00", 1, Unit::Days, &[], "2026-10-26 00:00");
    is_due("2026-03-27 18:00", 3, Unit::WorkingDays, &[], "2026-04-02 00:00");
    is_due("2026-10-23 18:00", 3, Unit::WorkingDays, &[], "2026-10-29 00:00");
    // And midnight is 23 and 22 o'clock of the world before and after.
    assert_eq!(paris("2026-03-29 00:00").to_rfc3339(), "2026-03-28T23:00:00+00:00");
    assert_eq!(paris("2026-03-30 00:00").to_rfc3339(), "2026-03-29T22:00:00+00:00");
}

#[test]
fn a_day_is_the_day_of_the_territory() {
    // 02:30 of the world on 20 December is the evening of the 19th in Cayenne, and the morning of a holiday on Réunion.
    let received = "2026-12-20T02:30:00Z".parse().unwrap();
    let due_in = |zone| due(received, target(1, Unit::Days), &[], &ClosedDays::default(), zone).unwrap();
    assert_eq!(due_in(Tz::America__Cayenne), at(Tz::America__Cayenne, "2026-12-21 00:00"));
    assert_eq!(due_in(Tz::Indian__Reunion), at(Tz::Indian__Reunion, "2026-12-22 00:00"));
    // Wednesday 27 May 2026 is a holiday on Guadeloupe alone.
    let received = "2026-05-26T12:00:00Z".parse().unwrap();
    let due_in =
        |zone| due(received, target(1, Unit::WorkingDays), &[], &ClosedDays::default(), zone).unwrap();
    assert_eq!(due_in(Tz::America__Guadeloupe), at(Tz::America__Guadeloupe, "2026-05-29 00:00"));
    assert_eq!(due_in(PARIS), paris("2026-05-28 00:00"));
}

#[test]
fn a_day_that_begins_at_one_has_an_end_too() {
    // Santiago puts its clock forward at midnight: no French zone does, and none is left without an end.
    let received = at(Tz::America__Santiago, "2026-09-04 12:00");
    let due = due(received, target(1, Unit::Days), &[], &ClosedDays::default(), Tz::America__Santiago);
    assert_eq!(due, Some(at(Tz::America__Santiago, "2026-09-06 01:00")));
}

#[test]
fn hours_are_moved_by_what_pauses_took_and_by_it_once() {
    is_due("2026-11-27 18:00", 48, Unit::Hours, &[], "2026-11-29 18:00");
    // A pause of ten hours.
    is_due(
        "2026-11-27 18:00",
        48,
        Unit::Hours,
        &[pause("2026-11-28 08:00", "2026-11-28 18:00")],
        "2026-11-30 04:00",
    );
    // Two that overlap, in whatever order: sixteen hours.
    let two = [pause("2026-11-28 10:00", "2026-11-29 00:00"), pause("2026-11-28 08:00", "2026-11-28 18:00")];
    is_due("2026-11-27 18:00", 48, Unit::Hours, &two, "2026-11-30 10:00");
    // One within the other: the longer.
    let two = [pause("2026-11-28 08:00", "2026-11-28 18:00"), pause("2026-11-28 09:00", "2026-11-28 10:00")];
    is_due("2026-11-27 18:00", 48, Unit::Hours, &two, "2026-11-30 04:00");
    // What began before the clock counts from where the clock began; what began when all was over moves nothing.
    is_due(
        "2026-11-27 18:00",
        2,
        Unit::Hours,
        &[pause("2026-11-27 08:00", "2026-11-27 19:00")],
        "2026-11-27 21:00",
    );
    is_due(
        "2026-11-27 18:00",
        2,
        Unit::Hours,
        &[pause("2026-11-27 20:00", "2026-11-28 20:00")],
        "2026-11-27 20:00",
    );
    // A second pause counts where the first made room for it.
    let two = [pause("2026-11-27 19:00", "2026-11-27 22:00"), pause("2026-11-27 22:30", "2026-11-28 08:30")];
    is_due("2026-11-27 18:00", 2, Unit::Hours, &two, "2026-11-28 09:00");
}

#[test]
fn a_pause_takes_the_days_that_end_in_it() {
    // From Monday noon to Wednesday noon: Monday's and Tuesday's midnights lie in it.
    is_due(
        "2026-11-27 18:00",
        3,
        Unit::WorkingDays,
        &[pause("2026-11-30 12:00", "2026-12-02 12:00")],
        "2026-12-05 00:00",
    );
    // Within one day it takes nothing.
    is_due(
        "2026-11-27 18:00",
        3,
        Unit::WorkingDays,
        &[pause("2026-11-30 08:00", "2026-11-30 17:00")],
        "2026-12-03 00:00",
    );
    // Over a weekend it takes Friday, and Saturday and Sunday were nobody's anyway: back on Monday at eight, Monday counts.
    is_due(
        "2026-12-03 10:00",
        2,
        Unit::WorkingDays,
        &[pause("2026-12-04 17:00", "2026-12-07 08:00")],
        "2026-12-09 00:00",
    );
    // Days of the calendar: Friday, Saturday and Sunday are taken.
    is_due(
        "2026-12-03 10:00",
        2,
        Unit::Days,
        &[pause("2026-12-04 17:00", "2026-12-07 08:00")],
        "2026-12-09 00:00",
    );
    is_due("2026-12-03 10:00", 2, Unit::Days, &[], "2026-12-06 00:00");
    // What is due at midnight was due before a pause that begins then; a pause that ends then has taken the day.
    is_due(
        "2026-12-03 10:00",
        1,
        Unit::Days,
        &[pause("2026-12-05 00:00", "2026-12-07 08:00")],
        "2026-12-05 00:00",
    );
    is_due(
        "2026-12-03 10:00",
        1,
        Unit::Days,
        &[pause("2026-12-04 10:00", "2026-12-05 00:00")],
        "2026-12-06 00:00",
    );
}

#[test]
fn nobody_knows_when_what_waits_is_due_unless_it_was_due_before() {
    let still = |from| [Pause { from: paris(from), until: None }];
    for unit in Unit::ALL {
        let due = due(
            paris("2026-11-27 18:00"),
            target(3, *unit),
            &still("2026-11-27 19:00"),
            &ClosedDays::default(),
            PARIS,
        );
        assert_eq!(due, None, "{}", unit.word());
    }
    is_due("2026-11-27 18:00", 3, Unit::Hours, &still("2026-11-27 21:00"), "2026-11-27 21:00");
    is_due("2026-11-27 18:00", 3, Unit::WorkingDays, &still("2026-12-03 00:00"), "2026-12-03 00:00");
    is_due("2026-11-27 18:00", 3, Unit::Days, &still("2026-12-24 00:00"), "2026-12-01 00:00");
}

#[test]
fn a_promise_is_neither_of_nothing_nor_of_centuries() {
    for bad in [i64::MIN, -1, 0, i64::from(Target::MOST) + 1, i64::MAX] {
        assert_eq!(Target::new(bad, Unit::Days), None);
    }
    let most = Target::new(i64::from(Target::MOST), Unit::WorkingDays).unwrap();
    let due = due(paris("2026-11-27 18:00"), most, &[], &ClosedDays::default(), PARIS).unwrap();
    assert!(due > paris("2034-01-01 00:00") && due < paris("2036-01-01 00:00"), "{due}");
    // Past the end of the calendar there is nothing, and no endless search.
    let last = chrono::DateTime::<Utc>::MAX_UTC - TimeDelta::days(2);
    assert_eq!(super::due(last, most, &[], &ClosedDays::default(), PARIS), None);
    assert_eq!(super::due(last, target(49, Unit::Hours), &[], &ClosedDays::default(), PARIS), None);
}
