//! What a device says of itself holds for the equipment that it is: nobody is sent to a microwave that reports a fault, until
//! it is well again or somebody on duty says that it works. What it reported stays among the alarms.

use kernel::{Context, Problem, Unit};
use sea_orm::entity::prelude::*;

use crate::{
    duty::item::set,
    tables::{
        alarm::{self, AlarmKind},
        device::{Column, Entity, Model},
        item,
    },
};

/// Writes down whether a station's equipment works, after a device of that kind began to report a fault or says that it is
/// well: it works while one of several does. What somebody saw since then stays as he said.
///
/// # Errors
/// A fault of the database.
pub(super) async fn follow(unit: &Unit, context: &Context, device: &Model) -> Result<(), Problem> {
    let Some(code) = device.kind.item().filter(|_| device.retired_on.is_none()) else { return Ok(()) };
    let alike = Entity::find()
        .filter(Column::StationId.eq(device.station_id))
        .filter(Column::Kind.eq(device.kind))
        .filter(Column::RetiredOn.is_null())
        .filter(Column::HeardAt.is_not_null());
    let works = alike.all(unit).await?.iter().any(|one| one.fault.is_none());
    let held = item::Entity::find_by_id((device.station_id, code.to_owned())).one(unit).await?;
    let Some(held) = held.filter(|held| held.works != works) else { return Ok(()) };
    if works && !was_reported_then(unit, &held).await? {
        return Ok(());
    }
    let note = device.fault.as_deref().filter(|_| !works).map(|fault| format!("设备自报故障：{fault}"));
    set(unit, context, device.station_id, (code, works, note.as_deref())).await?;
    Ok(())
}

/// Whether it was a device that made an item out of order: it was last looked at when a fault was raised.
async fn was_reported_then(unit: &Unit, held: &item::Model) -> Result<bool, Problem> {
    let raised = alarm::Entity::find()
        .filter(alarm::Column::StationId.eq(held.station_id))
        .filter(alarm::Column::Kind.eq(AlarmKind::Fault))
        .filter(alarm::Column::RaisedAt.eq(held.seen_at));
    Ok(raised.one(unit).await?.is_some())
}
