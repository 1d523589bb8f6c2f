//! A kit that an event promised was given elsewhere, by its voucher: at the hall's tables it is no longer waited for. If a table
//! had handed it over, too, that is a second kit, for people to look at. Taken back there as a mistake, it was never given.
//! The fact is whose who gave it.

use database::{Id, Moment, Unit};
use kernel::{
    Answer, Context, Problem,
    outbox::{EventRecord, React, Subscription},
    person,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::Deserialize;

use crate::tables::{join, kit, second_kit};

/// Listens for vouchers that are redeemed, or whose redemption is taken back.
pub const SUBSCRIPTION: Subscription =
    Subscription { name: "membership.kit_elsewhere", event: "promised_kit_given", react: React::Each(react) };

/// Where a kit was given, to whom, and when.
#[derive(Deserialize)]
struct Given {
    event: Id,
    person: Id,
    #[serde(default)]
    place: String,
    at: Moment,
    /// Whether the giving at that instant is taken back; where it was is not told then.
    #[serde(default)]
    taken_back: bool,
}

fn react<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        let given: Given = event.told()?;
        // His record may have been merged since it was told.
        let person = person::known_by(unit, given.person).await?;
        let joined = join::Entity::find()
            .filter(join::Column::EventId.eq(given.event))
            .filter(join::Column::PersonId.eq(person))
            .one(unit)
            .await?;
        match joined {
            Some(joined) if given.taken_back => forget(unit, &joined, given.at).await,
            Some(joined) => note(unit, context, &joined, given).await,
            None => Ok(()),
        }
    })
}

async fn note(unit: &Unit, context: &Context, joined: &join::Model, given: Given) -> Result<(), Problem> {
    if kit::Entity::find_by_id(joined.id).one(unit).await?.is_none() {
        let row = kit::ActiveModel {
            join_id: Set(joined.id),
            event_id: Set(joined.event_id),
            gate: Set(given.place),
            given_at: Set(given.at),
            actor: Set(context.actor().word()),
        };
        database::insert::<kit::Entity>(unit, row)?;
    } else {
        let row = second_kit::ActiveModel {
            id: Set(context.id()),
            join_id: Set(joined.id),
            event_id: Set(joined.event_id),
            gate: Set(given.place),
            given_at: Set(given.at),
            actor: Set(context.actor().word()),
            heard_at: Set(context.now().into()),
        };
        database::insert::<second_kit::Entity>(unit, row)?;
    }
    Ok(())
}

/// Takes away what was noted of a giving; nobody gets two at the same instant.
async fn forget(unit: &Unit, joined: &join::Model, at: Moment) -> Result<(), Problem> {
    let first = kit::Entity::delete_many().filter(kit::Column::JoinId.eq(joined.id));
    if first.filter(kit::Column::GivenAt.eq(at)).exec(unit).await?.rows_affected == 0 {
        // They are found by the event.
        let second = second_kit::Entity::delete_many().filter(second_kit::Column::EventId.eq(joined.event_id));
        let second = second.filter(second_kit::Column::JoinId.eq(joined.id));
        second.filter(second_kit::Column::GivenAt.eq(at)).exec(unit).await?;
    }
    Ok(())
}
