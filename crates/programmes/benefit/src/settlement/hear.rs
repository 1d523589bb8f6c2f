//! What whoever keeps the budget answered to a statement's payment.

use std::pin::Pin;

use database::{Id, Unit};
use kernel::{
    Context, Fault, Problem,
    outbox::{EventRecord, Subscription},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Deserialize;

use crate::tables::booking::{ActiveModel, BookingState, Column, Entity};

/// Listens for both answers.
pub(crate) const SUBSCRIPTIONS: [Subscription; 2] = [
    Subscription {
        name: "benefit.budget_booked",
        event: "budget_booked",
        react: |unit, context, event| react(unit, context, event, BookingState::Booked),
    },
    Subscription {
        name: "benefit.budget_not_booked",
        event: "budget_not_booked",
        react: |unit, context, event| react(unit, context, event, BookingState::Refused),
    },
];

/// Which booking, and in words what became of it.
#[derive(Deserialize)]
struct Told {
    booking: Id,
    words: String,
}

fn react<'a>(
    unit: &'a Unit,
    _: &'a Context,
    event: &'a EventRecord,
    state: BookingState,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(async move {
        let told = serde_json::from_str(&event.payload);
        let told: Told = told.map_err(|err| Fault::Stored(format!("{}: {err}", event.kind)))?;
        // Bookings of other programmes are not among these.
        let row = ActiveModel { state: Set(state), told: Set(told.words), ..Default::default() };
        Entity::update_many().set(row).filter(Column::Id.eq(told.booking)).exec(unit).await?;
        Ok(())
    })
}
