//! When a station is open: by weekday, on public holidays, on single days, or round the clock by its own door.
//! Pure; the regional calendar comes in as a value.

mod check;
mod exceptions;
mod text;

use calendar::WorkingCalendar;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::clock::Clock;

/// One stretch of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// The first minute.
    pub opens: Clock,
    /// The minute at which it is over.
    pub closes: Clock,
}

/// A day that differs from the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExceptionDay {
    /// The day.
    pub day: NaiveDate,
    /// When it is open; empty for closed all day.
    pub spans: Vec<Span>,
    /// Why, as people read it.
    #[schema(max_length = 40)]
    pub reason: Option<String>,
}

/// When a station is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpeningHours {
    /// Seven days, Monday first; an empty day is closed.
    #[schema(min_items = 7, max_items = 7)]
    pub week: Vec<Vec<Span>>,
    /// On days that a public holiday makes free, its weekend days among them; absent: as on that weekday.
    #[serde(default)]
    pub holiday: Option<Vec<Span>>,
    /// Single days; they go before everything else.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub exceptions: Vec<ExceptionDay>,
    /// Whether one can enter by oneself at any hour.
    #[serde(default)]
    pub self_service: bool,
}

/// What the calendar makes of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayKind {
    /// What its place in the week says.
    Plain,
    /// A public holiday's day, whatever its place in the week.
    Holiday,
    /// A weekend day on which people work (调休).
    MadeUp,
}

/// How far ahead the next change is sought, and days that differ are told.
const AHEAD_DAYS: u64 = 14;

/// A year that is not loaded yet is taken as plain weeks: hours are what the sign on the door says.
fn kind(day: NaiveDate, calendar: &WorkingCalendar) -> DayKind {
    if calendar.is_holiday(day) {
        return DayKind::Holiday;
    }
    match calendar.is_working_day(day) {
        Ok(true) if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) => DayKind::MadeUp,
        _ => DayKind::Plain,
    }
}

impl OpeningHours {
    /// Whether one can enter at any hour of a plain week.
    #[must_use]
    pub fn is_ever_open(&self) -> bool {
        self.self_service || self.week.iter().any(|day| !day.is_empty())
    }

    /// The stretches of a day with staff, in their order. A weekend day on which people work is taken as a Monday.
    #[must_use]
    pub fn on(&self, day: NaiveDate, calendar: &WorkingCalendar) -> &[Span] {
        if let Some(exception) = self.exception(day) {
            return &exception.spans;
        }
        let place = match kind(day, calendar) {
            DayKind::Holiday => match &self.holiday {
                Some(spans) => return spans,
                None => day.weekday(),
            },
            DayKind::MadeUp => Weekday::Mon,
            DayKind::Plain => day.weekday(),
        };
        let index = usize::try_from(place.num_days_from_monday()).unwrap_or_default();
        self.week.get(index).map_or(&[], Vec::as_slice)
    }

    /// Whether a day is closed by exception, for whoever is there and for the door.
    #[must_use]
    pub fn is_shut_on(&self, day: NaiveDate) -> bool {
        self.exception(day).is_some_and(|exception| exception.spans.is_empty())
    }

    /// Whether it opens on a day at all: somebody is there, or the door opens by itself.
    #[must_use]
    pub fn opens_on(&self, day: NaiveDate, calendar: &WorkingCalendar) -> bool {
        (self.self_service && !self.is_shut_on(day)) || !self.on(day, calendar).is_empty()
    }

    /// Whether a day is off: closed by exception or for a public holiday. A day that is closed each week is none.
    #[must_use]
    pub fn is_off(&self, day: NaiveDate, calendar: &WorkingCalendar) -> bool {
        let rests = || self.holiday.is_some() && kind(day, calendar) == DayKind::Holiday;
        (self.exception(day).is_some() || rests()) && !self.opens_on(day, calendar)
    }

    /// Why it is off on a day, as whoever wanted to come then reads it.
    #[must_use]
    pub fn why_off(&self, day: NaiveDate) -> &str {
        let told = self.exception(day).and_then(|one| one.reason.as_deref()).filter(|reason| !reason.is_empty());
        told.unwrap_or("驿站当天不开放")
    }

    /// What differs on a day from the week, if anything does.
    #[must_use]
    pub fn exception(&self, day: NaiveDate) -> Option<&ExceptionDay> {
        self.exceptions.iter().find(|exception| exception.day == day)
    }

    /// The days of two weeks from `today` on that differ from the week, in their order.
    #[must_use]
    pub fn differing(&self, today: NaiveDate) -> Vec<&ExceptionDay> {
        let soon = |day: NaiveDate| u64::try_from((day - today).num_days()).is_ok_and(|ahead| ahead < AHEAD_DAYS);
        let mut days: Vec<&ExceptionDay> = self.exceptions.iter().filter(|exception| soon(exception.day)).collect();
        days.sort_unstable_by_key(|exception| exception.day);
        days
    }

    /// Whether somebody is there at a time of the Beijing clock.
    #[must_use]
    pub fn is_staffed(&self, at: NaiveDateTime, calendar: &WorkingCalendar) -> bool {
        let now = Clock::of(at.time());
        self.on(at.date(), calendar).iter().any(|span| span.opens <= now && now < span.closes)
    }

    /// Whether one can enter at a time of the Beijing clock: somebody is there, or the door opens by itself. A day that is
    /// closed by exception is closed for the door, too.
    #[must_use]
    pub fn is_open(&self, at: NaiveDateTime, calendar: &WorkingCalendar) -> bool {
        (self.self_service && !self.is_shut_on(at.date())) || self.is_staffed(at, calendar)
    }

    /// The next time after `at` at which what [`is_open`](Self::is_open) says changes, within two weeks.
    #[must_use]
    pub fn next_change(&self, at: NaiveDateTime, calendar: &WorkingCalendar) -> Option<NaiveDateTime> {
        let now = self.is_open(at, calendar);
        let days = (0..=AHEAD_DAYS).filter_map(|ahead| at.date().checked_add_days(Days::new(ahead)));
        let edges = days.flat_map(|day| {
            let spans = self.on(day, calendar).iter().flat_map(|span| [span.opens, span.closes]);
            // Midnight is an edge of its own: the night belongs to two days.
            spans.chain([Clock::START]).map(move |clock| moment(day, clock))
        });
        let mut edges: Vec<NaiveDateTime> = edges.filter(|edge| *edge > at).collect();
        edges.sort_unstable();
        edges.into_iter().find(|edge| self.is_open(*edge, calendar) != now)
    }
}

/// The instant at which the Beijing clock shows a time of a day.
fn moment(day: NaiveDate, clock: Clock) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(clock.minutes().into())
}

#[cfg(test)]
mod tests;
