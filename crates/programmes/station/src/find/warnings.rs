//! What devices tell of stations that keeps people from going there: a door that may stay shut, smoke inside.

use std::collections::HashSet;

use kernel::{Context, Id, Problem};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    door::DeviceKind,
    tables::{
        alarm::{self, AlarmKind},
        device,
    },
};

/// By the devices of stations those where a detector tells of smoke, and those of whose locks none is heard and well: where no
/// lock is written down nothing is known.
///
/// # Errors
/// A fault of the database.
pub(super) async fn warnings(
    context: &Context,
    devices: &[device::Model],
) -> Result<(HashSet<Id>, HashSet<Id>), Problem> {
    let tells = |one: &&device::Model| one.kind == DeviceKind::Smoke && one.value.is_some_and(|value| value > 0);
    let smoking: HashSet<Id> = devices.iter().filter(tells).map(|one| one.station_id).collect();
    let locks: Vec<&device::Model> = devices.iter().filter(|one| one.kind == DeviceKind::Lock).collect();
    let silent: Vec<Id> = alarm::Entity::find()
        .select_only()
        .column(alarm::Column::DeviceId)
        .filter(alarm::Column::DeviceId.is_in(locks.iter().map(|lock| lock.id)))
        .filter(alarm::Column::OverAt.is_null())
        .filter(alarm::Column::Kind.eq(AlarmKind::Silent))
        .into_tuple()
        .all(context.read())
        .await?;
    let is_well = |lock: &&device::Model| lock.believed_at().is_some() && !silent.contains(&lock.id);
    let well: HashSet<Id> = locks.iter().copied().filter(is_well).map(|lock| lock.station_id).collect();
    let in_doubt = locks.iter().map(|lock| lock.station_id).filter(|station| !well.contains(station));
    Ok((smoking, in_doubt.collect()))
}
