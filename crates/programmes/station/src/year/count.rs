//! What a year's figures of a station are counted from: the station's own rows of two years, each found by an index that begins
//! with the station or with what is kept there, and what other programmes handed over at it. Each row has its fact, so the
//! ledger says the same of a union's stations together.

use std::collections::{BTreeMap, HashMap, HashSet};

use calendar::{beijing_day, day_start};
use chrono::{Datelike, NaiveDate};
use kernel::{Context, Id, Moment, Problem, ledger::FactKind, site};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use super::YearSubject;
use crate::{
    activities::ACTIVITY_FACT,
    days::view::{VISIT_LABEL, service_labels},
    desk, donations,
    guests::{GUEST_FACT, HELD_FACT, REQUEST_FACT},
    roster,
    rules::year::YearDays,
    tables::{
        activity,
        booking::{self, BookingState},
        desk as desks, entry, gift, gift_claim, guest, request, shift, signup, volunteer,
    },
};

/// What was counted of one thing.
pub(super) struct Line {
    /// What people read.
    pub label: String,
    /// The word behind a number.
    pub unit: String,
    /// By year and month.
    pub months: BTreeMap<(i32, u32), i64>,
    /// By year.
    pub years: BTreeMap<i32, i64>,
}

/// All that was counted.
pub(super) struct Counted<'a> {
    context: &'a Context,
    station: Id,
    days: YearDays,
    /// What was counted, by subject and code.
    pub lines: BTreeMap<(YearSubject, String), Line>,
}

impl<'a> Counted<'a> {
    /// Counts what was done at a station, which the caller has loaded in his scope.
    ///
    /// # Errors
    /// A fault of the database.
    pub(super) async fn of(context: &'a Context, station: Id, days: YearDays) -> Result<Self, Problem> {
        let mut counted = Self { context, station, days, lines: BTreeMap::new() };
        counted.entries().await?;
        counted.redeemed().await?;
        counted.activities().await?;
        counted.consultations().await?;
        counted.gifts().await?;
        counted.volunteers().await?;
        counted.guests().await?;
        Ok(counted)
    }

    fn line(&mut self, subject: YearSubject, (code, label, unit): (&str, &str, &str)) -> &mut Line {
        let blank =
            || Line { label: label.to_owned(), unit: unit.to_owned(), months: BTreeMap::new(), years: BTreeMap::new() };
        self.lines.entry((subject, code.to_owned())).or_insert_with(blank)
    }

    fn add(&mut self, subject: YearSubject, told: (&str, &str, &str), day: NaiveDate, number: i64) {
        if number == 0 || !self.days.hold(day) {
            return;
        }
        let line = self.line(subject, told);
        *line.months.entry((day.year(), day.month())).or_default() += number;
        *line.years.entry(day.year()).or_default() += number;
    }

    /// Adds what is told in the words of its fact.
    fn add_fact(&mut self, subject: YearSubject, kind: &FactKind, day: NaiveDate, number: i64) {
        self.add(subject, ("", kind.label, kind.unit), day, number);
    }

    /// The instants between which all days lie that are counted: from the one on, and before the other.
    fn instants(&self) -> (Moment, Moment) {
        let end = self.days.to.succ_opt().unwrap_or(self.days.to);
        (day_start(self.days.before_from).into(), day_start(end).into())
    }

    /// Who came and what was done. The rows are read once for all: a busy station has tens of thousands a year.
    async fn entries(&mut self) -> Result<(), Problem> {
        let context = self.context;
        let labels = service_labels(context.read()).await?;
        let by = [entry::Column::Day, entry::Column::Service, entry::Column::PersonId];
        let mut query = entry::Entity::find()
            .select_only()
            .columns(by)
            .column_as(entry::Column::Quantity.sum().cast_as("BIGINT"), "number")
            .filter(entry::Column::StationId.eq(self.station))
            .filter(entry::Column::Day.between(self.days.before_from, self.days.to))
            .filter(entry::Column::TakenBack.is_null());
        for column in by {
            query = query.group_by(column);
        }
        let rows: Vec<(NaiveDate, Option<String>, Option<Id>, i64)> = query.into_tuple().all(context.read()).await?;
        // Visits and people are told also where nobody came.
        self.line(YearSubject::Visits, VISITS);
        self.line(YearSubject::People, PEOPLE);
        let mut known = HashSet::new();
        for (day, service, person, number) in rows {
            match service {
                None => self.add(YearSubject::Visits, VISITS, day, number),
                Some(code) => {
                    let label = labels.get(&code).unwrap_or(&code);
                    self.add(YearSubject::Service, (&code, label, "人次"), day, number);
                }
            }
            let Some(person) = person.filter(|_| self.days.hold(day)) else { continue };
            let line = self.line(YearSubject::People, PEOPLE);
            let (year, month) = (day.year(), day.month());
            if known.insert((year, Some(month), person)) {
                *line.months.entry((year, month)).or_default() += 1;
            }
            if known.insert((year, None, person)) {
                *line.years.entry(year).or_default() += 1;
            }
        }
        Ok(())
    }

    /// What other programmes handed over at the station.
    async fn redeemed(&mut self) -> Result<(), Problem> {
        let days = (self.days.before_from, self.days.to);
        for one in site::handed_over(self.context, self.station, days).await? {
            self.add(YearSubject::Redeemed, (&one.code, &one.label, &one.unit), one.day, one.quantity);
        }
        Ok(())
    }

    /// Activities that took place, and who came to them.
    async fn activities(&mut self) -> Result<(), Problem> {
        let (conn, (start, end)) = (self.context.read(), self.instants());
        let here = activity::Entity::find().filter(activity::Column::StationId.eq(self.station)).select_only();
        let held = here
            .clone()
            .column(activity::Column::StartsAt)
            .filter(activity::Column::Cancelled.is_null())
            .filter(activity::Column::EndsAt.lt(Moment::from(self.context.now())))
            .filter(activity::Column::StartsAt.gte(start))
            .filter(activity::Column::StartsAt.lt(end));
        for at in held.into_tuple::<Moment>().all(conn).await? {
            self.add(YearSubject::Activities, ("", "举办活动", "场"), beijing_day(at.at()), 1);
        }
        let came = signup::Entity::find()
            .select_only()
            .column(signup::Column::AttendedAt)
            .filter(signup::Column::ActivityId.in_subquery(here.column(activity::Column::Id).into_query()))
            .filter(signup::Column::AttendedAt.gte(start))
            .filter(signup::Column::AttendedAt.lt(end));
        for at in came.into_tuple::<Moment>().all(conn).await? {
            self.add_fact(YearSubject::Attendance, &ACTIVITY_FACT, beijing_day(at.at()), 1);
        }
        Ok(())
    }

    /// Consultations that were held: how many, and nothing else of them.
    async fn consultations(&mut self) -> Result<(), Problem> {
        let (start, end) = self.instants();
        let here = desks::Entity::find().filter(desks::Column::StationId.eq(self.station));
        let here = here.select_only().column(desks::Column::Id).into_query();
        let held = booking::Entity::find()
            .select_only()
            .column(booking::Column::StartsAt)
            .filter(booking::Column::DeskId.in_subquery(here))
            .filter(booking::Column::StartsAt.gte(start))
            .filter(booking::Column::StartsAt.lt(end))
            .filter(booking::Column::State.eq(BookingState::Held));
        for at in held.into_tuple::<Moment>().all(self.context.read()).await? {
            self.add_fact(YearSubject::Consultations, &desk::FACT, beijing_day(at.at()), 1);
        }
        Ok(())
    }

    /// What was taken from the donation corner. By the instant alone: asked for by its state, all that was ever taken anywhere
    /// would be looked through.
    async fn gifts(&mut self) -> Result<(), Problem> {
        let (start, end) = self.instants();
        let here = gift::Entity::find().filter(gift::Column::StationId.eq(self.station));
        let here = here.select_only().column(gift::Column::Id).into_query();
        let taken = gift_claim::Entity::find()
            .select_only()
            .columns([gift_claim::Column::TakenAt, gift_claim::Column::Quantity])
            .filter(gift_claim::Column::GiftId.in_subquery(here))
            .filter(gift_claim::Column::TakenAt.gte(start))
            .filter(gift_claim::Column::TakenAt.lt(end));
        for (at, number) in taken.into_tuple::<(Moment, i64)>().all(self.context.read()).await? {
            self.add_fact(YearSubject::Gifts, &donations::FACT, beijing_day(at.at()), number);
        }
        Ok(())
    }

    /// The hours that volunteers were credited.
    async fn volunteers(&mut self) -> Result<(), Problem> {
        let conn = self.context.read();
        let here = shift::Entity::find()
            .select_only()
            .column(shift::Column::Id)
            .filter(shift::Column::StationId.eq(self.station))
            .filter(shift::Column::Day.between(self.days.before_from, self.days.to));
        let days: HashMap<Id, NaiveDate> =
            here.clone().column(shift::Column::Day).into_tuple().all(conn).await?.into_iter().collect();
        let credited = volunteer::Entity::find()
            .select_only()
            .columns([volunteer::Column::ShiftId, volunteer::Column::Hours])
            .filter(volunteer::Column::ShiftId.in_subquery(here.into_query()))
            .filter(volunteer::Column::Hours.is_not_null());
        for (shift, hours) in credited.into_tuple::<(Id, i64)>().all(conn).await? {
            let Some(day) = days.get(&shift) else { continue };
            self.add_fact(YearSubject::VolunteerHours, &roster::FACT, *day, hours);
        }
        Ok(())
    }

    /// Masters for a day, the activities that they held and the requests that they collected.
    async fn guests(&mut self) -> Result<(), Problem> {
        let conn = self.context.read();
        let here = guest::Entity::find()
            .select_only()
            .columns([guest::Column::Id, guest::Column::Day, guest::Column::Activities])
            .filter(guest::Column::StationId.eq(self.station))
            .filter(guest::Column::Day.between(self.days.before_from, self.days.to))
            .filter(guest::Column::TakenBack.is_null());
        let mut turns = HashMap::new();
        for (guest, day, activities) in here.into_tuple::<(Id, NaiveDate, i64)>().all(conn).await? {
            self.add_fact(YearSubject::Guests, &GUEST_FACT, day, 1);
            self.add_fact(YearSubject::GuestActivities, &HELD_FACT, day, activities);
            turns.insert(guest, day);
        }
        // What was collected on a day that was taken back stays, and no longer counts.
        let collected = request::Entity::find()
            .select_only()
            .column(request::Column::GuestId)
            .filter(request::Column::StationId.eq(self.station))
            .filter(request::Column::Day.between(self.days.before_from, self.days.to));
        for guest in collected.into_tuple::<Id>().all(conn).await? {
            let Some(day) = turns.get(&guest) else { continue };
            self.add_fact(YearSubject::Requests, &REQUEST_FACT, *day, 1);
        }
        Ok(())
    }
}

const VISITS: (&str, &str, &str) = ("", VISIT_LABEL, "人次");
const PEOPLE: (&str, &str, &str) = ("", "扫码登记人数", "人");
