//! What whoever keeps the budget answered to a statement's payment.

use database::{Id, Unit};
use kernel::{
    Answer,
    outbox::{EventRecord, React, Subscription},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Deserialize;

use crate::tables::booking::{ActiveModel, BookingState, Column, Entity};

/// Listens for both answers.
pub(crate) const SUBSCRIPTIONS: [Subscription; 2] = [
    Subscription {
        name: "benefit.budget_booked",
        event: "budget_booked",
        react: React::Each(|unit, _, event| react(unit, event, BookingState::Booked)),
    },
    Subscription {
        name: "benefit.budget_not_booked",
        event: "budget_not_booked",
        react: React::Each(|unit, _, event| react(unit, event, BookingState::Refused)),
    },
];

/// Which booking, and in words what became of it.
#[derive(Deserialize)]
struct Told {
    booking: Id,
    words: String,
}

fn react<'a>(unit: &'a Unit, event: &'a EventRecord, state: BookingState) -> Answer<'a> {
    Box::pin(async move {
        let told: Told = event.told()?;
        // Bookings of other programmes are not among these.
        let row = ActiveModel { state: Set(state), told: Set(told.words), ..Default::default() };
        Entity::update_many().set(row).filter(Column::Id.eq(told.booking)).exec(unit).await?;
        Ok(())
    })
}
