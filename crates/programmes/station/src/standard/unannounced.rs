//! Who knows of an unannounced inspection before it was done: those who may inspect at the union that planned it, or above.

use database::Connection;
use kernel::{Context, Id, Problem, caller::below, organisation::tree};
use sea_orm::{entity::prelude::*, sea_query::Condition};

use super::{InspectionKind, InspectionState};
use crate::{
    held,
    permissions::InspectStations,
    tables::{
        inspection::{Column, Entity, Model},
        station,
    },
};

/// The filter for inspections of which everybody may know who may see stations: what comes unannounced only once it was done.
pub(crate) fn told() -> Condition {
    Condition::any().add(Column::Kind.ne(InspectionKind::Unannounced)).add(Column::State.eq(InspectionState::Done))
}

/// The filter for inspections that the caller may know of.
///
/// # Errors
/// A fault of the database.
pub(super) async fn known(conn: &Connection, context: &Context) -> Result<Condition, Problem> {
    or_planned_below(conn, context, told()).await
}

/// Whether the caller knows of an inspection also while it is still to come.
///
/// # Errors
/// A fault of the database.
pub(super) async fn is_known_ahead(conn: &Connection, context: &Context, inspection: Id) -> Result<bool, Problem> {
    let announced = Condition::any().add(Column::Kind.ne(InspectionKind::Unannounced));
    let known = or_planned_below(conn, context, announced).await?;
    Ok(Entity::find_by_id(inspection).filter(known).count(conn).await? > 0)
}

/// The filter for what passes a condition, or was planned by a union at which the caller may inspect.
async fn or_planned_below(conn: &Connection, context: &Context, passes: Condition) -> Result<Condition, Problem> {
    let Some(places) = held::places::<InspectStations>(conn, context).await? else { return Ok(Condition::all()) };
    Ok(places.into_iter().fold(passes, |any, place| any.add(below(place, (Entity, Column::PlannedBy)))))
}

/// The union whose audit chain tells of an inspection: what a station isn't told must not be read there.
pub(super) fn told_at(row: &Model, station: &station::Model) -> Id {
    let hidden = row.kind == InspectionKind::Unannounced && row.state != InspectionState::Done;
    row.planned_by.filter(|_| hidden).unwrap_or(station.organisation_id)
}

/// The union for which the caller plans an inspection of a station: the highest at which he may inspect it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn planner(conn: &Connection, context: &Context, station: &station::Model) -> Result<Id, Problem> {
    let Some(roots) = context.scope().roots() else { return Ok(station.organisation_id) };
    let above = tree::path(conn, station.organisation_id).await?;
    let highest = above.iter().map(|union| union.id).find(|id| roots.contains(id));
    Ok(highest.unwrap_or(station.organisation_id))
}
