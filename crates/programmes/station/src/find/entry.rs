//! A station, as the finder keeps it: what anybody may know, and nothing of people.

use std::sync::Arc;

use calendar::WorkingCalendar;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use kernel::{Id, Moment};
use places::{Distance, Marks, Point};

use crate::{
    register::now::{OpenNow, Sign},
    rules::{hours::OpeningHours, marks, standing::Kept},
    tables::station::{self, StationAccess, StationState},
};

/// Something that a station has or gives.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub code: Arc<str>,
    pub works: bool,
    pub seen_at: Moment,
    /// Whether somebody reported a fault that nobody has looked at yet.
    pub reported: bool,
}

/// A station that serves, or pauses.
#[derive(Debug)]
pub(super) struct Entry {
    pub id: Id,
    pub organisation_id: Id,
    pub code: String,
    pub name: String,
    pub access: StationAccess,
    pub host: Option<String>,
    pub division: Option<String>,
    pub address: String,
    pub service_line: Option<String>,
    pub point: Point,
    pub hours: Arc<OpeningHours>,
    pub held: Vec<Held>,
    /// How many stars the latest inspection gave.
    pub star: Option<i32>,
    kept: Kept,
    state_reason: Option<String>,
}

/// So many metres the way somewhere may grow by passing a station that lies on it.
const MOST_DETOUR: u64 = 1_000;

/// From where to where somebody goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub from: Point,
    pub to: Point,
}

impl Way {
    /// How many metres it is in a straight line.
    pub fn metres(self) -> u64 {
        Distance::between(self.from, self.to).metres()
    }

    /// How many metres longer it is past a point, in straight lines.
    pub fn detour(self, past: Point) -> u64 {
        let metres = |one, other| Distance::between(one, other).metres();
        (metres(self.from, past) + metres(past, self.to)).saturating_sub(self.metres())
    }
}

/// What is asked of a station.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// It must have all of these, and they must work.
    pub items: Vec<String>,
    /// It must be open, and stay so for so many minutes.
    pub open_for: Option<u16>,
    /// It must lie on this way.
    pub way: Option<Way>,
}

impl Entry {
    /// The entry of a row; none if it has no place or doesn't serve: what is prepared or closed is no station to go to.
    pub fn of(row: station::Model, hours: Arc<OpeningHours>, held: Vec<Held>) -> Option<Self> {
        if matches!(row.state, StationState::Planned | StationState::Closed) {
            return None;
        }
        Some(Self {
            kept: row.kept(),
            point: Point::from_units(row.longitude?, row.latitude?).ok()?,
            id: row.id,
            organisation_id: row.organisation_id,
            code: row.code,
            name: row.name,
            access: row.access,
            host: row.host,
            division: row.division,
            address: row.place,
            service_line: row.service_line,
            hours,
            held,
            star: row.star,
            state_reason: row.state_reason,
        })
    }

    /// What the index keeps of it.
    pub fn marks(&self) -> Marks {
        let working = self.held.iter().filter(|held| held.works);
        working.map(|held| marks::item(&held.code)).collect::<Marks>().or(marks::hours(&self.hours))
    }

    /// Whether it is open now, in words.
    pub fn now(&self, at: NaiveDateTime, calendar: &WorkingCalendar) -> OpenNow {
        self.sign().open_now(&self.hours, at, calendar)
    }

    /// In words how it will pause, if a pause lies ahead.
    pub fn will_pause(&self, today: NaiveDate) -> Option<String> {
        self.sign().will_pause(today)
    }

    fn sign(&self) -> Sign<'_> {
        Sign { kept: self.kept, reason: self.state_reason.as_deref() }
    }

    /// Whether it is what was asked for.
    pub fn meets(&self, asked: &Asked, at: NaiveDateTime, calendar: &WorkingCalendar) -> bool {
        let has = |code: &String| self.held.iter().any(|held| held.works && *held.code == **code);
        asked.way.is_none_or(|way| way.detour(self.point) <= MOST_DETOUR)
            && asked.items.iter().all(has)
            && asked.open_for.is_none_or(|minutes| self.is_open_for(minutes, at, calendar))
    }

    fn is_open_for(&self, minutes: u16, at: NaiveDateTime, calendar: &WorkingCalendar) -> bool {
        let until = at + TimeDelta::minutes(minutes.into());
        self.kept.standing(at.date()) == StationState::Open
            && self.kept.shuts_on(at.date()).is_none_or(|day| day.and_time(NaiveTime::MIN) >= until)
            && self.hours.is_open(at, calendar)
            && (minutes == 0 || self.hours.next_change(at, calendar).is_none_or(|change| change >= until))
    }

    /// Whether a name was typed that is its own, its address's or its host's.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.contains(name)
            || self.address.contains(name)
            || self.host.as_ref().is_some_and(|host| host.contains(name))
    }
}

impl Asked {
    /// The marks that whatever meets it has.
    pub fn marks(&self, at: NaiveDateTime) -> Marks {
        let items: Marks = self.items.iter().map(|code| marks::item(code)).collect();
        if self.open_for.is_some() { items.with(marks::hour(at)) } else { items }
    }
}
