//! Whether a station is open now, in words.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use calendar::WorkingCalendar;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use database::Connection;
use kernel::{Context, Id, Moment, Problem, rulebook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::read;
use crate::{
    rules::{
        hours::OpeningHours,
        standing::{BELOW_STANDARD, Kept},
    },
    tables::station::{self, StationState},
};

/// Whether a station is open now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenNow {
    /// Whether one can enter.
    pub open: bool,
    /// Whether somebody is there; else the door opens by itself.
    pub staffed: bool,
    /// When that changes, if it is known.
    pub until: Option<Moment>,
    /// In words.
    pub text: String,
}

/// The days of a week, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// Where a station stands, as its row keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Sign<'a> {
    /// Where it stands.
    pub kept: Kept,
    /// Why it is paused or was closed.
    pub reason: Option<&'a str>,
}

/// Whether a station is open at an instant of the Beijing clock. Pure.
///
/// # Errors
/// A fault if its hours can't be read.
pub fn open_at(row: &station::Model, at: NaiveDateTime, calendar: &WorkingCalendar) -> Result<OpenNow, Problem> {
    Ok(Sign::of(row).open_now(&read(&row.hours)?, at, calendar))
}

impl<'a> Sign<'a> {
    /// The sign of a station's row.
    #[must_use]
    pub fn of(row: &'a station::Model) -> Self {
        Self { kept: row.kept(), reason: row.state_reason.as_deref() }
    }

    /// In words why a station serves nobody on a day, whatever its hours; nothing while it serves. Pure.
    #[must_use]
    pub fn shut(&self, day: NaiveDate) -> Option<String> {
        if self.kept.is_shut_alone(day) {
            return Some(format!("暂停开放（{BELOW_STANDARD}）"));
        }
        match self.kept.standing(day) {
            StationState::Planned => Some("筹建中".to_owned()),
            StationState::Closed => Some(format!("已撤销{}", self.reason())),
            StationState::Paused => Some(self.paused()),
            StationState::Open => None,
        }
    }

    /// In words from when until when a station will pause, and why; nothing if no pause lies ahead. Pure.
    #[must_use]
    pub fn will_pause(&self, today: NaiveDate) -> Option<String> {
        let from = self.kept.will_pause(today)?;
        let day = format!("{}月{}日", from.month(), from.day());
        Some(match self.kept.paused_until {
            Some(last) if last == from => format!("{day}暂停开放{}", self.reason()),
            _ => format!("{day}起{}", self.paused()),
        })
    }

    /// In words from when on a station is shut for being below standard; nothing if no such day lies ahead. Pure.
    #[must_use]
    pub fn will_be_shut(&self, today: NaiveDate) -> Option<String> {
        let from = self.kept.will_be_shut(today)?;
        Some(format!("{}月{}日起暂停开放（{BELOW_STANDARD}）", from.month(), from.day()))
    }

    fn paused(&self) -> String {
        let last = self.kept.paused_until;
        let until = last.map(|last| format!("，至{}月{}日", last.month(), last.day())).unwrap_or_default();
        format!("暂停开放{}{until}", self.reason())
    }

    fn reason(&self) -> String {
        self.reason.map(|reason| format!("（{reason}）")).unwrap_or_default()
    }

    /// Whether a station with these hours is open at an instant of the Beijing clock. Pure.
    #[must_use]
    pub fn open_now(&self, hours: &OpeningHours, at: NaiveDateTime, calendar: &WorkingCalendar) -> OpenNow {
        if let Some(text) = self.shut(at.date()) {
            return OpenNow { open: false, staffed: false, until: None, text };
        }
        let (open, staffed) = (hours.is_open(at, calendar), hours.is_staffed(at, calendar));
        let (change, shuts) = (hours.next_change(at, calendar), self.kept.shuts_on(at.date()));
        // What was decided for a day ahead ends what the hours say, and nothing opens then.
        let change = if open {
            [change, shuts.map(|day| day.and_time(NaiveTime::MIN))].into_iter().flatten().min()
        } else {
            change.filter(|change| self.shut(change.date()).is_none())
        };
        let today = hours.exception(at.date()).filter(|today| today.spans.is_empty());
        let shut = today.map_or_else(|| "已闭站".to_owned(), |today| format!("今天{}", today.text()));
        let text = match (open, staffed, change) {
            (true, false, _) => "24小时自助开放".to_owned(),
            (true, true, Some(change)) => format!("开放中，至{}", told(at, change)),
            (true, true, None) => "全天开放".to_owned(),
            (false, _, Some(change)) => format!("{shut}，{}开放", told(at, change)),
            (false, _, None) => match shuts.and_then(|day| Some((day, self.shut(day)?))) {
                Some((day, why)) => format!("{shut}，{}月{}日起{why}", day.month(), day.day()),
                None => "近期不开放".to_owned(),
            },
        };
        let until = change.map(|change| (change - TimeDelta::hours(8)).and_utc().into());
        OpenNow { open, staffed, until, text }
    }
}

/// A time as people say it: today by the clock alone. Midnight of the next day is 24:00 of this one.
fn told(now: NaiveDateTime, then: NaiveDateTime) -> String {
    let ahead = (then.date() - now.date()).num_days();
    let clock = then.format("%H:%M");
    let weekday = || {
        let place = usize::try_from(then.weekday().num_days_from_monday()).unwrap_or_default();
        WEEKDAYS.get(place).copied().unwrap_or_default()
    };
    match ahead {
        0 => clock.to_string(),
        1 if then.time() == NaiveTime::MIN => "24:00".to_owned(),
        1 => format!("明天{clock}"),
        2..=6 => format!("{}{clock}", weekday()),
        _ => format!("{}月{}日{clock}", then.month(), then.day()),
    }
}

/// The calendars of the unions of some stations; each is read once.
#[derive(Default)]
pub struct Calendars(HashMap<Id, Arc<WorkingCalendar>>);

impl Calendars {
    /// Reads those of many unions together.
    ///
    /// # Errors
    /// A fault.
    pub async fn know(&mut self, conn: &Connection, unions: impl IntoIterator<Item = Id>) -> Result<(), Problem> {
        let unknown: Vec<Id> = unions.into_iter().filter(|union| !self.0.contains_key(union)).collect();
        self.0.extend(rulebook::working_calendars(conn, unknown).await?);
        Ok(())
    }

    /// Whether the hours of a station open it on a day at all, at a union whose calendar was read.
    #[must_use]
    pub fn opens(&self, union: Id, hours: &OpeningHours, day: NaiveDate) -> bool {
        self.0.get(&union).is_some_and(|calendar| hours.opens_on(day, calendar))
    }

    /// Whether a station is open now.
    ///
    /// # Errors
    /// A fault.
    pub async fn open_now(
        &mut self,
        conn: &Connection,
        context: &Context,
        row: &station::Model,
    ) -> Result<OpenNow, Problem> {
        let at = calendar::beijing_time(context.now());
        if row.kept().standing(at.date()) != StationState::Open {
            return open_at(row, at, &WorkingCalendar::default());
        }
        let calendar = match self.0.entry(row.organisation_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                place.insert(Arc::new(rulebook::working_calendar(conn, row.organisation_id).await?))
            }
        };
        open_at(row, at, calendar)
    }
}

/// Why a station pauses or was closed, as officers read it; what a pause said is over with it.
#[must_use]
pub fn why(row: &station::Model, today: NaiveDate) -> Option<String> {
    if row.kept().is_shut_alone(today) {
        return Some(BELOW_STANDARD.to_owned());
    }
    row.state_reason.clone().filter(|_| stands(row, today) != StationState::Open)
}

/// Where a station stands today.
#[must_use]
pub fn stands(row: &station::Model, today: NaiveDate) -> StationState {
    row.kept().standing(today)
}

#[cfg(test)]
mod tests;
