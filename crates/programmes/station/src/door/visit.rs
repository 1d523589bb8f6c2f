//! An opening is a visit, only once for each person and hour.

use chrono::{DateTime, Utc};
use kernel::{Context, Id, Problem, Unit, person};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    duty::enter::{blank, twin, within_the_hour, write},
    tables::{
        entry,
        order::{self, Model as Order},
        station::Model as Station,
    },
};

/// Writes the visit of an opening; answers the entry that counts. An opening by the master himself is none.
///
/// # Errors
/// A fault.
pub(super) async fn of_opening(
    unit: &Unit,
    context: &Context,
    (station, order): (&Station, &Order),
    at: DateTime<Utc>,
) -> Result<Option<Id>, Problem> {
    let new = blank(context, station, at, &format!("door-{}", order.id));
    let new = match (order.person_id, &order.guest) {
        (Some(person), _) => {
            let known = person::Entity::find_by_id(person).one(unit).await?;
            let Some(known) = known else { return Ok(None) };
            entry::Model { person_id: Some(person), worker_group: known.worker_group, ..new }
        }
        (None, Some(guest)) => {
            if let Some(before) = guest_before(unit, guest, &new).await? {
                return Ok(Some(before));
            }
            new
        }
        (None, None) => return Ok(None),
    };
    if let Some(before) = twin(unit, &new).await? {
        return Ok(Some(before.id));
    }
    Ok(Some(write(unit, context, new).await?.id))
}

/// The visit of the same guest to the same station within the hour, that still counts.
async fn guest_before(unit: &Unit, guest: &str, new: &entry::Model) -> Result<Option<Id>, Problem> {
    let his: Vec<Option<Id>> = order::Entity::find()
        .select_only()
        .column(order::Column::EntryId)
        .filter(order::Column::Guest.eq(guest))
        .filter(order::Column::StationId.eq(new.station_id))
        .filter(order::Column::EntryId.is_not_null())
        .into_tuple()
        .all(unit)
        .await?;
    let same = entry::Entity::find()
        .filter(entry::Column::Id.is_in(his.into_iter().flatten()))
        .filter(within_the_hour(new.happened_at))
        .filter(entry::Column::TakenBack.is_null());
    Ok(same.one(unit).await?.map(|entry| entry.id))
}
