//! What devices tell of stations that keeps people from going there: a door that may stay shut, smoke inside.

use std::collections::HashSet;

use kernel::{Context, Id, Problem};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    door::DeviceKind,
    tables::{
        alarm::{self, AlarmKind},
        device::{self, Column},
    },
};

/// Those of some stations where a detector tells of smoke, and those of whose locks none is heard and well: where no lock is
/// written down nothing is known.
///
/// # Errors
/// A fault of the database.
pub(super) async fn warnings(context: &Context, stations: &[Id]) -> Result<(HashSet<Id>, HashSet<Id>), Problem> {
    let conn = context.read();
    let devices = device::Entity::find()
        .filter(Column::StationId.is_in(stations.iter().copied()))
        .filter(Column::Kind.is_in([DeviceKind::Lock, DeviceKind::Smoke]))
        .filter(Column::RetiredOn.is_null())
        .all(conn)
        .await?;
    let (locks, detectors): (Vec<_>, Vec<_>) = devices.into_iter().partition(|one| one.kind == DeviceKind::Lock);
    let tells = |one: &&device::Model| one.value.is_some_and(|value| value > 0);
    let smoking: HashSet<Id> = detectors.iter().filter(tells).map(|one| one.station_id).collect();
    let silent: Vec<Id> = alarm::Entity::find()
        .select_only()
        .column(alarm::Column::DeviceId)
        .filter(alarm::Column::DeviceId.is_in(locks.iter().map(|lock| lock.id)))
        .filter(alarm::Column::OverAt.is_null())
        .filter(alarm::Column::Kind.eq(AlarmKind::Silent))
        .into_tuple()
        .all(conn)
        .await?;
    let is_well = |lock: &&device::Model| lock.believed_at().is_some() && !silent.contains(&lock.id);
    let well: HashSet<Id> = locks.iter().filter(is_well).map(|lock| lock.station_id).collect();
    let in_doubt = locks.iter().map(|lock| lock.station_id).filter(|station| !well.contains(station));
    Ok((smoking, in_doubt.collect()))
}
