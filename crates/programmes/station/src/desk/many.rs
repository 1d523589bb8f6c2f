//! Desks and what was booked there at once, for who sets a house up.

use calendar::WorkingCalendar;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger};

use super::{agreed::needed, attend::fact, form::DeskForm, record::seal};
use crate::{
    rules::desk::slots,
    tables::{
        booking::{self, BookingState},
        desk,
    },
};

/// A desk of a house that is set up.
#[derive(Debug, Clone)]
pub struct Furnished {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// Its particulars.
    pub form: DeskForm,
    /// Who booked.
    pub booked: Vec<Booked>,
}

/// Somebody who booked at a desk.
#[derive(Debug, Clone)]
pub struct Booked {
    /// Who.
    pub person: Id,
    /// Of which worker group.
    pub group: Option<String>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// What was said, if it was held; absent while it is still to come.
    pub said: Option<&'static str>,
}

/// Writes desks and bookings, and the facts of what was held.
///
/// # Errors
/// A fault.
pub async fn furnish_many(unit: &Unit, context: &Context, all: &[Furnished]) -> Result<(), Problem> {
    let (mut desks, mut bookings, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for one in all {
        let row = one.form.row(context.id(), one.station, context.now().into())?;
        for booked in &one.booked {
            if let Some(purpose) = needed(one.form.kind) {
                purpose.give(unit, context, booked.person, "me").await?;
            }
            let booking = book(context, one, row.id, booked);
            if booked.said.is_some() {
                facts.push(fact(&booking, one.organisation, booked.group.clone()));
            }
            bookings.push(booking);
        }
        desks.push(row);
    }
    let posted = ledger::post(unit, context, &facts).await?;
    for (booking, fact) in bookings.iter_mut().filter(|one| one.state == BookingState::Held).zip(posted) {
        booking.fact_id = Some(fact);
    }
    insert_all::<desk::Entity>(unit, desks).await?;
    insert_all::<booking::Entity>(unit, bookings).await?;
    Ok(())
}

fn book(context: &Context, at: &Furnished, desk: Id, booked: &Booked) -> booking::Model {
    let id = context.id();
    let ends_at = booked.starts_at + TimeDelta::minutes(at.form.minutes.into());
    booking::Model {
        id,
        desk_id: desk,
        station_id: at.station,
        adviser_id: at.form.adviser_id,
        person_id: Some(booked.person),
        starts_at: booked.starts_at.into(),
        ends_at: ends_at.into(),
        state: if booked.said.is_some() { BookingState::Held } else { BookingState::Booked },
        reason: None,
        fact_id: None,
        record_sealed: booked.said.map(|said| seal(context, id, said)),
        recorded_at: booked.said.map(|_| ends_at.into()),
        made_at: (booked.starts_at - TimeDelta::days(1)).min(context.now()).into(),
        actor: None,
        missed_from: None,
        missed_until: None,
    }
}

/// The times of a desk on a day, by its hours alone. Pure.
#[must_use]
pub fn times(form: &DeskForm, day: NaiveDate) -> Vec<DateTime<Utc>> {
    let spans = form.hours.on(day, &WorkingCalendar::default());
    let minutes = u16::try_from(form.minutes).unwrap_or(u16::MAX);
    slots(day, spans, minutes).into_iter().map(|slot| slot.starts_at).collect()
}
