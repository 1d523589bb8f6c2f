//! What becomes of what somebody was to do or to have at stations when he has died: nobody waits for him, his place is another's,
//! and no text calls him to a station for which he answered. If he has not, he answers for it again; what he had booked may be
//! another's, and is booked anew.

use kernel::{
    Answer, Context, Id, Unit,
    outbox::{EventRecord, React, Subscription},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Deserialize;

use crate::{
    activities, desk, donations, posts, roster,
    tables::booking::{ActiveModel, BookingState, Column, Entity},
};

/// Listens for members who left, of whom some have died.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "station.follow_death", event: "member_left", react: React::Each(react) };

/// Listens for deaths that were written down by mistake.
pub const TAKEN_BACK: Subscription = Subscription {
    name: "station.follow_death_taken_back",
    event: "member_death_taken_back",
    react: React::Each(resume),
};

/// How a membership stands whose member has died.
const DIED: &str = "deceased";

/// Who left, as far as it is needed here.
#[derive(Debug, Deserialize)]
struct MemberLeft {
    person: Id,
    state: String,
}

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let MemberLeft { person, state } = event.told()?;
        if state != DIED {
            return Ok(());
        }
        let row = ActiveModel { state: Set(BookingState::Cancelled), ..Default::default() };
        let booked = Entity::update_many().set(row).filter(desk::tell::coming(context));
        booked.filter(Column::PersonId.eq(person)).exec(unit).await?;
        donations::persons::put_back(unit, person).await?;
        activities::persons::forget(unit, context, person).await?;
        roster::persons::forget(unit, context, person).await?;
        posts::persons::end(unit, context, person).await
    })
}

/// Who lives.
#[derive(Debug, Deserialize)]
struct Living {
    person: Id,
}

fn resume<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let Living { person } = event.told()?;
        posts::persons::resume(unit, context, person).await
    })
}
