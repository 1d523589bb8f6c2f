//! How many stars a station has and until when it may be open: what its inspections say, in the order of their days.

use kernel::{Context, Problem, Unit, rulebook};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde_json::json;

use super::{InspectionState, numbers::GRACE_DAYS};
use crate::{
    register::{ahead, change::save},
    rules::standard::shut_from,
    tables::{
        inspection::{Column, Entity},
        station,
    },
};

/// Gives a station the stars that its inspections say, after one was written down or taken back.
///
/// # Errors
/// A fault of the database.
pub(super) async fn restate(unit: &Unit, context: &Context, station: station::Model) -> Result<(), Problem> {
    let done = Entity::find()
        .filter(Column::StationId.eq(station.id))
        .filter(Column::State.eq(InspectionState::Done))
        .order_by_asc(Column::DoneOn)
        .order_by_asc(Column::Id)
        .all(unit)
        .await?;
    let mut shut = None;
    for row in &done {
        let (Some(star), Some(day)) = (row.star, row.done_on) else { continue };
        let grace = rulebook::number(unit, context, &GRACE_DAYS, station.organisation_id, day).await?;
        shut = shut_from(star, day, grace, shut);
    }
    let (star, inspected_on) = done.last().map_or((None, None), |last| (last.star, last.done_on));
    if (star, inspected_on, shut) == (station.star, station.inspected_on, station.shut_from) {
        return Ok(());
    }
    if let Some(day) = shut.filter(|day| station.shut_from != Some(*day)) {
        ahead::shut_from(unit, context, station.id, day).await?;
    }
    let new = station::Model { star, inspected_on, shut_from: shut, version: station.version + 1, ..station };
    let detail = json!({ "star": new.star, "shut_from": new.shut_from });
    save(unit, context, &new, &["star".to_owned()], ("stations.change", detail)).await
}
