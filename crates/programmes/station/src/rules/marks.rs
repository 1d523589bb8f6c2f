//! What the index asks its branches: numbers for what a station has, and for the hours of the week at which it may be open.
//! Marks may say too much, never too little; the station itself is asked after.

use chrono::{Datelike, NaiveDateTime, Timelike};
use places::Marks;

use super::hours::{OpeningHours, Span};

/// Numbers for equipment and services; those behind are the hours of the week.
const ITEMS: u8 = 88;

/// The mark of an entry of the catalogue. It follows from the code alone, so that two processes and two days agree; where two
/// codes share a number, stations are looked at that needn't be.
#[must_use]
pub fn item(code: &str) -> u8 {
    let mixed = code.bytes().fold(2_166_136_261_u32, |mixed, byte| (mixed ^ u32::from(byte)).wrapping_mul(16_777_619));
    u8::try_from(mixed % u32::from(ITEMS)).unwrap_or_default()
}

/// The mark of the hour in the week of a time of the Beijing clock.
#[must_use]
pub fn hour(at: NaiveDateTime) -> u8 {
    of(at.weekday().num_days_from_monday(), at.hour())
}

fn of(weekday: u32, hour: u32) -> u8 {
    u8::try_from(u32::from(ITEMS) + weekday * 24 + hour).unwrap_or(u8::MAX)
}

/// All hours of the week at which a station with these hours may be open on any day: as on that weekday, on a holiday, on a
/// weekend day that is worked, or by exception.
#[must_use]
pub fn hours(hours: &OpeningHours) -> Marks {
    if hours.self_service {
        return (0..7).flat_map(|day| (0..24).map(move |hour| of(day, hour))).collect();
    }
    let nothing = Vec::new();
    let monday = hours.week.first().unwrap_or(&nothing);
    let usual = hours.week.iter().zip(0..7).flat_map(|(spans, day)| {
        let made_up = if day < 5 { &nothing } else { monday };
        let holiday = hours.holiday.as_ref().unwrap_or(&nothing);
        spans.iter().chain(holiday).chain(made_up).flat_map(move |span| touched(day, span))
    });
    let single = hours.exceptions.iter().flat_map(|exception| {
        let day = exception.day.weekday().num_days_from_monday();
        exception.spans.iter().flat_map(move |span| touched(day, span))
    });
    usual.chain(single).collect()
}

/// The hours of a day that a stretch touches.
fn touched(day: u32, span: &Span) -> impl Iterator<Item = u8> + use<> {
    let (opens, closes) = (u32::from(span.opens.minutes()), u32::from(span.closes.minutes()));
    (opens / 60..closes.div_ceil(60)).map(move |hour| of(day, hour))
}

#[cfg(test)]
mod tests {
    use calendar::WorkingCalendar;
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    use super::*;
    use crate::rules::{clock::Clock, hours::ExceptionDay};

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop_oneof![
            2 => Just(Vec::new()),
            3 => (0u16..1440, 1u16..1440).prop_map(|(opens, long)| {
                let clock = |minutes: u16| Clock::new(minutes.min(1440)).unwrap();
                vec![Span { opens: clock(opens), closes: clock(opens + long) }]
            }),
        ]
    }

    fn some_hours() -> impl Strategy<Value = OpeningHours> {
        let exceptions = prop::collection::vec((0u64..400, spans()), 0..4);
        let week = prop::collection::vec(spans(), 7);
        (week, prop::option::of(spans()), exceptions, prop::bool::weighted(0.1)).prop_map(
            |(week, holiday, exceptions, self_service)| OpeningHours {
                week,
                holiday,
                exceptions: exceptions
                    .into_iter()
                    .map(|(ahead, spans)| ExceptionDay { day: first() + chrono::Days::new(ahead), spans, reason: None })
                    .collect(),
                self_service,
            },
        )
    }

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
    }

    proptest! {
        #[test]
        fn whoever_is_open_has_the_mark_of_the_hour(of in some_hours(), minute in 0i64..400 * 1440) {
            let calendar = WorkingCalendar::builtin().unwrap();
            let at = first().and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute);
            if of.is_open(at, &calendar) {
                prop_assert!(hours(&of).has_all(Marks::NONE.with(hour(at))));
            }
        }
    }

    #[test]
    fn things_and_hours_have_different_marks() {
        for code in ["microwave", "drinking_water", "aed", "haircut", ""] {
            assert!(item(code) < ITEMS);
        }
        assert_eq!((of(0, 0), of(6, 23)), (88, 255));
    }
}
