use calendar::{WorkingCalendar, beijing_time};
use chrono::{NaiveDate, NaiveDateTime};

use super::Sign;
use crate::rules::{
    hours::OpeningHours,
    standing::{Kept, StationState},
};

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, n).unwrap()
}

/// What a station with these hours says at a time of Wednesday, 1 July, and when that changes.
fn said(kept: Kept, hours: &str, clock: &str) -> (String, Option<NaiveDateTime>) {
    let (hours, at) = (OpeningHours::read(hours).unwrap(), day(1).and_time(clock.parse().unwrap()));
    let now = Sign { kept, reason: Some("线路检修") }.open_now(&hours, at, &WorkingCalendar::default());
    (now.text, now.until.map(|until| beijing_time(until.at())))
}

#[test]
fn a_pause_ahead_ends_what_the_hours_say_and_nothing_opens_in_it() {
    let kept =
        Kept { state: StationState::Paused, paused_from: Some(day(2)), paused_until: Some(day(3)), shut_from: None };
    let at = |n: u32, clock: &str| Some(day(n).and_time(clock.parse().unwrap()));
    assert_eq!(said(kept, "每天 08:00-20:00", "19:00:00"), ("开放中，至20:00".to_owned(), at(1, "20:00:00")));
    let pauses = "已闭站，7月2日起暂停开放（线路检修），至7月3日";
    assert_eq!(said(kept, "每天 08:00-20:00", "21:00:00"), (pauses.to_owned(), None));
    let one_day = Kept { paused_until: Some(day(2)), ..kept };
    let pauses = "已闭站，7月2日暂停开放（线路检修）";
    assert_eq!(said(one_day, "每天 08:00-20:00", "21:00:00").0, pauses);
    assert_eq!(said(kept, "每天 00:00-24:00", "21:00:00"), ("开放中，至24:00".to_owned(), at(2, "00:00:00")));
    assert_eq!(said(kept, "24小时自助", "21:00:00"), ("24小时自助开放".to_owned(), at(2, "00:00:00")));
    // What opens after it is told.
    let opens = ("已闭站，周一08:00开放".to_owned(), at(6, "08:00:00"));
    assert_eq!(said(kept, "周一至周三 08:00-20:00", "21:00:00"), opens);
    let below = Kept { state: StationState::Open, paused_from: None, paused_until: None, shut_from: Some(day(2)) };
    let shuts = "已闭站，7月2日起暂停开放（检查未达标，整改中）";
    assert_eq!(said(below, "每天 08:00-20:00", "21:00:00"), (shuts.to_owned(), None));
}
