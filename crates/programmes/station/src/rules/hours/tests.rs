use calendar::WorkingCalendar;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::{ExceptionDay, OpeningHours, Span};
use crate::rules::clock::Clock;

fn calendar() -> WorkingCalendar {
    WorkingCalendar::builtin().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn week() -> OpeningHours {
    OpeningHours::read("周一至周五 08:30-12:00、14:00-18:00；周六 09:00-12:00；节假日 10:00-16:00").unwrap()
}

#[test]
fn the_week_the_holiday_and_the_exception_each_have_their_word() {
    let (mut hours, calendar) = (week(), calendar());
    let open = |hours: &OpeningHours, text| hours.is_open(at(text), &calendar);
    assert!(open(&hours, "2026-11-23T08:30:00") && !open(&hours, "2026-11-23T12:00:00"));
    assert!(open(&hours, "2026-11-28T09:00:00") && !open(&hours, "2026-11-29T09:00:00"));
    // The first of October is a Thursday that is off; the tenth a Saturday that is worked.
    assert!(!open(&hours, "2026-10-01T09:00:00") && open(&hours, "2026-10-01T12:30:00"));
    assert!(open(&hours, "2026-10-10T17:00:00"));
    // The third is a Saturday of the holiday, which goes before the Saturday.
    assert!(!open(&hours, "2026-10-03T09:00:00") && open(&hours, "2026-10-03T12:30:00"));
    // A year that nobody has loaded is taken as plain weeks.
    assert!(open(&hours, "2031-10-01T09:00:00"));
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    hours.exceptions.push(ExceptionDay { day, spans: vec![], reason: Some("消毒".into()) });
    hours.self_service = true;
    assert!(!open(&hours, "2026-11-23T09:00:00"));
    assert!(open(&hours, "2026-11-24T03:00:00") && !hours.is_staffed(at("2026-11-24T03:00:00"), &calendar));
}

#[test]
fn the_special_days_of_years_past_take_no_room_from_those_to_come() {
    let mut hours = week();
    let mut days_of = |year: i32, many: usize| {
        let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days().take(many);
        hours.exceptions.extend(days.map(|day| ExceptionDay { day, spans: Vec::new(), reason: None }));
        hours.problems().0.is_empty()
    };
    assert!(days_of(2024, 60) && days_of(2025, 100) && days_of(2026, 30));
    assert!(!days_of(2027, 101), "no house has so many in a year");
}

#[test]
fn a_day_is_off_by_exception_or_for_a_holiday_and_not_as_each_week() {
    let (mut hours, calendar) = (week(), calendar());
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    hours.exceptions.push(ExceptionDay { day: day("2026-11-23"), spans: vec![], reason: None });
    // The first of October is a holiday, the twenty-ninth of November a Sunday.
    let told =
        |hours: &OpeningHours, text: &str| (hours.opens_on(day(text), &calendar), hours.is_off(day(text), &calendar));
    assert_eq!(
        ["2026-11-23", "2026-11-24", "2026-11-29"].map(|day| told(&hours, day)),
        [(false, true), (true, false), (false, false)]
    );
    assert_eq!(told(&hours, "2026-10-01"), (true, false));
    hours.holiday = Some(vec![]);
    assert_eq!(told(&hours, "2026-10-01"), (false, true));
    // Its own door opens on a holiday, and on no day that is closed by exception.
    hours.self_service = true;
    assert_eq!(["2026-10-01", "2026-11-23"].map(|day| told(&hours, day)), [(true, false), (false, true)]);
}

#[test]
fn the_next_change_is_told() {
    let (hours, calendar) = (week(), calendar());
    let next = |text| hours.next_change(at(text), &calendar);
    assert_eq!(next("2026-11-23T09:00:00"), Some(at("2026-11-23T12:00:00")));
    assert_eq!(next("2026-11-28T12:00:00"), Some(at("2026-11-30T08:30:00")));
    let day = vec![Span { opens: Clock::START, closes: Clock::END }];
    let always = OpeningHours { week: vec![day; 7], ..OpeningHours::default() };
    assert_eq!(always.next_change(at("2026-11-23T09:00:00"), &calendar), None);
}

#[test]
fn hours_are_read_as_people_write_them() {
    let hours = OpeningHours::read("每天：7:00－22:00; 24小时自助").unwrap();
    assert_eq!(hours.text(), "24小时自助；每天 07:00-22:00");
    assert_eq!(
        OpeningHours::read("星期一、周三 8:00-9:00").unwrap().text(),
        "周一 08:00-09:00；周二 不开放；周三 08:00-09:00；周四至周日 不开放"
    );
    assert_eq!(
        OpeningHours::read("周六至周一 9:00-12:00").unwrap().text(),
        "周一 09:00-12:00；周二至周五 不开放；周六至周日 09:00-12:00"
    );
    assert_eq!(
        OpeningHours::read("周一 至 周五 8:00 - 12:00 14:00 － 18:00；周六、周日 休息").unwrap().text(),
        "周一至周五 08:00-12:00、14:00-18:00；周六至周日 不开放"
    );
    assert_eq!(OpeningHours::read("24小时自助").unwrap().text(), "24小时自助");
    let days = OpeningHours::read_exceptions("2026年10月1日 休息（国庆节；换岗）\n2026/10/8：9:00-12:00").unwrap();
    let text = OpeningHours { exceptions: days, ..hours }.exceptions_text();
    assert_eq!(text, "2026-10-01 不开放（国庆节；换岗）；2026-10-08 09:00-12:00");
    for wrong in ["10月1日 不开放", "2026-02-30 不开放", "2026-10-01", "2026-10-01 不开放（国庆节"] {
        assert!(OpeningHours::read_exceptions(wrong).is_err(), "{wrong}");
    }
    for wrong in ["周八 8:00-9:00", "周一 9:00-8:00", "周一 8点到9点", "周一", "周一 8:00-10:00、9:00-11:00"]
    {
        assert!(OpeningHours::read(wrong).is_err(), "{wrong}");
    }
}

prop_compose! {
    fn spans()(edges in proptest::collection::btree_set(0_u16..=1440, 0..8)) -> Vec<Span> {
        let edges: Vec<u16> = edges.into_iter().collect();
        let clock = |minutes: u16| Clock::new(minutes).unwrap();
        edges.chunks_exact(2).map(|pair| Span { opens: clock(pair[0]), closes: clock(pair[1]) }).collect()
    }
}

prop_compose! {
    fn any_hours()(
        week in proptest::collection::vec(spans(), 7),
        holiday in proptest::option::of(spans()),
        exceptions in proptest::collection::btree_map(0_u64..40, spans(), 0..4),
        self_service in any::<bool>(),
        reason in proptest::option::of("[a-z；、]{1,5}(（[a-z；]{0,3}）)?"),
    ) -> OpeningHours {
        let first = NaiveDate::from_ymd_opt(2026, 9, 20).unwrap();
        let exceptions = exceptions.into_iter().map(|(ahead, spans)| ExceptionDay {
            day: first + chrono::Days::new(ahead), spans, reason: reason.clone(),
        }).collect();
        OpeningHours { week, holiday, exceptions, self_service }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Minute by minute, nothing changes before the change that is told, and something does at it.
    #[test]
    fn nothing_changes_before_the_change_that_is_told(hours in any_hours(), minute in 0_i64..57_600) {
        let calendar = calendar();
        let start = at("2026-09-20T00:00:00") + TimeDelta::minutes(minute);
        let now = hours.is_open(start, &calendar);
        let change = hours.next_change(start, &calendar);
        let until = change.unwrap_or(start + TimeDelta::days(14));
        let mut each = start;
        while each < until {
            prop_assert_eq!(hours.is_open(each, &calendar), now, "{}", each);
            each += TimeDelta::minutes(1);
        }
        if let Some(change) = change {
            prop_assert_ne!(hours.is_open(change, &calendar), now);
        }
    }

    #[test]
    fn what_is_written_is_read_again(hours in any_hours()) {
        prop_assert!(hours.problems().0.is_empty());
        let exceptions = OpeningHours::read_exceptions(&hours.exceptions_text()).unwrap();
        prop_assert_eq!(OpeningHours { exceptions, ..OpeningHours::read(&hours.text()).unwrap() }, hours);
    }
}
