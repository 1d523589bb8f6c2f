//! Which times of desks are free. Two desks of one adviser share his time.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use calendar::WorkingCalendar;
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{Context, Id, Moment, Problem, rulebook};
use sea_orm::{Condition, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AHEAD_DAYS, advisers::seated};
use crate::{
    register::form::read,
    rules::{
        desk::{Slot, receives, slots},
        hours::OpeningHours,
    },
    tables::{
        booking::{self, BookingState},
        desk, desk_off, station,
    },
};

/// The farthest that can be looked ahead, whatever the rulebook says.
pub(crate) const FARTHEST: i64 = 60;

/// A time at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskTime)]
pub struct DeskTime {
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Whether it can be booked.
    pub free: bool,
}

/// The times of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskDay)]
pub struct DeskDay {
    /// The day.
    pub day: NaiveDate,
    /// Its times, in their order.
    pub times: Vec<DeskTime>,
}

impl booking::Model {
    /// The time that is booked.
    #[must_use]
    pub fn slot(&self) -> Slot {
        Slot { starts_at: self.starts_at.at(), ends_at: self.ends_at.at() }
    }
}

/// What was booked at some desks and is still to come, and how their unions reckon.
#[derive(Default)]
pub struct Schedule {
    /// Of a union: its calendar, and how many days ahead can be booked.
    unions: HashMap<Id, (Arc<WorkingCalendar>, i64)>,
    taken: Vec<booking::Model>,
    /// Days on which nobody sits at a desk.
    off: HashSet<(Id, NaiveDate)>,
    /// Who may advise at desks of which unions.
    seated: HashSet<(Id, Id)>,
}

impl Schedule {
    /// Reads it for some desks; a booking that is to be moved takes no time.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn of(
        conn: &Connection,
        context: &Context,
        desks: &[(desk::Model, station::Model)],
        moved: Option<Id>,
    ) -> Result<Self, Problem> {
        // Of no desks a database would look through all bookings.
        if desks.is_empty() {
            return Ok(Self::default());
        }
        let mut unions = HashMap::new();
        let theirs = desks.iter().map(|(_, station)| station.organisation_id);
        for (union, calendar) in rulebook::working_calendars(conn, theirs).await? {
            let days = rulebook::number(conn, context, &AHEAD_DAYS, union, context.today()).await?;
            unions.insert(union, (calendar, days.clamp(0, FARTHEST)));
        }
        let at = Condition::any()
            .add(booking::Column::DeskId.is_in(desks.iter().map(|(desk, _)| desk.id)))
            .add(booking::Column::AdviserId.is_in(desks.iter().map(|(desk, _)| desk.adviser_id)));
        let taken = booking::Entity::find()
            .filter(at)
            .filter(booking::Column::State.is_in(BookingState::TAKING))
            .filter(booking::Column::EndsAt.gt(Moment::from(context.now())))
            .all(conn)
            .await?;
        let taken = taken.into_iter().filter(|row| moved != Some(row.id)).collect();
        let off = desk_off::Entity::find()
            .filter(desk_off::Column::DeskId.is_in(desks.iter().map(|(desk, _)| desk.id)))
            .filter(desk_off::Column::Day.gte(context.today()))
            .all(conn)
            .await?;
        let off = off.into_iter().map(|row| (row.desk_id, row.day)).collect();
        let who = desks.iter().map(|(desk, station)| (desk.adviser_id, station.organisation_id));
        let seated = seated(conn, who).await?;
        Ok(Self { unions, taken, off, seated })
    }

    /// Whether a desk takes bookings: it is not closed, and who advises there may still do so.
    #[must_use]
    pub fn takes(&self, desk: &desk::Model, station: &station::Model) -> bool {
        desk.closed.is_none() && self.seated.contains(&(desk.adviser_id, station.organisation_id))
    }

    /// The times of a desk on a day, taken or not, by its own hours and those of its house; none if nobody sits there, or
    /// while it takes no bookings.
    fn times(
        &self,
        (desk, station): (&desk::Model, &station::Model),
        (hours, house): &(OpeningHours, OpeningHours),
        day: NaiveDate,
    ) -> Vec<Slot> {
        let Some((calendar, _)) = self.unions.get(&station.organisation_id) else { return Vec::new() };
        let is_open = receives(station.kept(), house, calendar, day);
        if !self.takes(desk, station) || !is_open || self.off.contains(&(desk.id, day)) {
            return Vec::new();
        }
        slots(day, hours.on(day, calendar), u16::try_from(desk.minutes).unwrap_or(u16::MAX))
    }

    /// What is taken of an adviser's time, by bookings that stand so.
    fn taken(&self, desk: &desk::Model, states: &[BookingState]) -> Vec<Slot> {
        let mine = |row: &&booking::Model| row.desk_id == desk.id || row.adviser_id == desk.adviser_id;
        let rows = self.taken.iter().filter(mine).filter(|row| states.contains(&row.state));
        rows.map(booking::Model::slot).collect()
    }

    /// The time of a desk that has begun and is free; whoever booked it and did not come leaves it.
    ///
    /// # Errors
    /// A fault if its hours can't be read.
    pub fn now(
        &self,
        context: &Context,
        desk: &desk::Model,
        station: &station::Model,
    ) -> Result<Option<Slot>, Problem> {
        let hours = (read(&desk.hours)?, read(&station.hours)?);
        let taken = self.taken(desk, &[BookingState::Booked, BookingState::Held]);
        let mut times = self.times((desk, station), &hours, context.today()).into_iter();
        Ok(times.find(|slot| slot.is_on(context.now()) && !taken.iter().any(|other| slot.overlaps(*other))))
    }

    /// The days on which somebody sits at a desk, with their times; none while it takes no bookings.
    ///
    /// # Errors
    /// A fault if its hours can't be read.
    pub fn days(
        &self,
        context: &Context,
        desk: &desk::Model,
        station: &station::Model,
    ) -> Result<Vec<DeskDay>, Problem> {
        let Some((_, ahead)) = self.unions.get(&station.organisation_id) else { return Ok(Vec::new()) };
        let hours = (read(&desk.hours)?, read(&station.hours)?);
        let taken = self.taken(desk, &BookingState::TAKING);
        let (today, now) = (context.today(), context.now());
        let ahead = u64::try_from(*ahead).unwrap_or_default();
        let days = (0..=ahead).filter_map(|days| today.checked_add_days(Days::new(days)));
        let times = |day: NaiveDate| {
            let time = |slot: Slot| DeskTime {
                starts_at: slot.starts_at.into(),
                ends_at: slot.ends_at.into(),
                free: slot.is_free(&taken, now),
            };
            let times = self.times((desk, station), &hours, day).into_iter().filter(|slot| slot.starts_at > now);
            DeskDay { day, times: times.map(time).collect() }
        };
        Ok(days.map(times).filter(|day| !day.times.is_empty()).collect())
    }
}
