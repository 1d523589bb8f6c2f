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

/// Those of some stations where a detector tells of smoke.
///
/// # Errors
/// A fault of the database.
pub(super) async fn smoking(context: &Context, stations: &[Id]) -> Result<HashSet<Id>, Problem> {
    let lasting = alarm::Entity::find()
        .select_only()
        .column(alarm::Column::StationId)
        .filter(alarm::Column::StationId.is_in(stations.iter().copied()))
        .filter(alarm::Column::OverAt.is_null())
        .filter(alarm::Column::Kind.eq(AlarmKind::Smoke));
    Ok(lasting.into_tuple::<Id>().all(context.read()).await?.into_iter().collect())
}

/// Those of some stations of whose locks none is heard and well; where no lock is written down nothing is known.
///
/// # Errors
/// A fault of the database.
pub(super) async fn in_doubt(context: &Context, stations: &[Id]) -> Result<HashSet<Id>, Problem> {
    if stations.is_empty() {
        return Ok(HashSet::new());
    }
    let conn = context.read();
    let locks = device::Entity::find()
        .filter(Column::StationId.is_in(stations.iter().copied()))
        .filter(Column::Kind.eq(DeviceKind::Lock))
        .filter(Column::RetiredOn.is_null())
        .all(conn)
        .await?;
    let ill: Vec<Id> = alarm::Entity::find()
        .select_only()
        .column(alarm::Column::DeviceId)
        .filter(alarm::Column::DeviceId.is_in(locks.iter().map(|lock| lock.id)))
        .filter(alarm::Column::OverAt.is_null())
        .filter(alarm::Column::Kind.is_in([AlarmKind::Silent, AlarmKind::Fault]))
        .into_tuple()
        .all(conn)
        .await?;
    let is_well = |lock: &&device::Model| lock.heard_at.is_some() && !ill.contains(&lock.id);
    let well: HashSet<Id> = locks.iter().filter(is_well).map(|lock| lock.station_id).collect();
    Ok(locks.iter().map(|lock| lock.station_id).filter(|id| !well.contains(id)).collect())
}
