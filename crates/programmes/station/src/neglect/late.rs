//! What is late at stations: what is not mended in time, and what visitors reported and nobody answered. However much that is,
//! only its keys are held at once.

use calendar::beijing_day;
use kernel::{Context, Id, Problem, rulebook::Numbers};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};

use super::look::{Change, begun, known, lasts};
use crate::{
    faults::ANSWER_DAYS,
    register::{keyed, now::stands},
    rules::fault::unanswered_from,
    standard::{FindingState, findings::overdue},
    tables::{
        fault::{self, FaultState},
        finding,
        neglect::NeglectKind,
        station::StationState,
    },
};

/// What is not mended in time. The master is told of each once, also if it is sent back later.
///
/// # Errors
/// A fault of the database.
pub(super) async fn unmended(context: &Context) -> Result<Vec<Change>, Problem> {
    let late = finding::Entity::find()
        .select_only()
        .column(finding::Column::Id)
        .filter(finding::Column::State.eq(FindingState::Open))
        .filter(overdue(context.today()));
    let mut late: Vec<Id> = late.into_tuple().all(context.read()).await?;
    // Not by the question: it would be answered in the order of the keys, through all findings there ever were.
    late.sort_unstable();
    let mut changes = Vec::new();
    for some in late.chunks(database::KEYS_AT_ONCE) {
        changes.extend(some_unmended(context, some).await?);
    }
    Ok(changes)
}

async fn some_unmended(context: &Context, some: &[Id]) -> Result<Vec<Change>, Problem> {
    let (conn, today) = (context.read(), context.today());
    let late = finding::Entity::find().filter(finding::Column::Id.is_in(some.iter().copied()));
    let late = late.order_by_asc(finding::Column::Id).all(conn).await?;
    let known = known(context, (NeglectKind::Finding, some.to_vec()), &Condition::all()).await?;
    let stations = keyed::stations(conn, late.iter().map(|row| row.station_id)).await?;
    let mut changes = Vec::new();
    for finding in late {
        let Some(station) = stations.get(&finding.station_id) else { continue };
        let Some(since) = finding.mend_by.succ_opt().filter(|_| stands(station, today) != StationState::Closed) else {
            continue;
        };
        let before = known.get(&finding.id).into_iter().flatten().find(|row| row.since == since);
        changes.extend(lasts(context, station, (NeglectKind::Finding, finding.id, since), before));
    }
    Ok(changes)
}

/// What visitors reported and nobody answered in time. The master is told of each once more.
///
/// # Errors
/// A fault of the database.
pub(super) async fn unanswered(context: &Context) -> Result<Vec<Change>, Problem> {
    let open = fault::Entity::find()
        .select_only()
        .column(fault::Column::Id)
        .filter(fault::Column::State.eq(FaultState::Open))
        .order_by_asc(fault::Column::Id);
    let open: Vec<Id> = open.into_tuple().all(context.read()).await?;
    let (mut days, mut changes) = (Numbers::of(&ANSWER_DAYS), Vec::new());
    for some in open.chunks(database::KEYS_AT_ONCE) {
        changes.extend(some_unanswered(context, some, &mut days).await?);
    }
    Ok(changes)
}

async fn some_unanswered(context: &Context, some: &[Id], days: &mut Numbers) -> Result<Vec<Change>, Problem> {
    let (conn, today) = (context.read(), context.today());
    let known = known(context, (NeglectKind::Fault, some.to_vec()), &Condition::all()).await?;
    let new = some.iter().copied().filter(|fault| !known.contains_key(fault));
    let open = fault::Entity::find().filter(fault::Column::Id.is_in(new)).order_by_asc(fault::Column::Id);
    let open = open.all(conn).await?;
    let stations = keyed::stations(conn, open.iter().map(|row| row.station_id)).await?;
    days.know(context, stations.values().map(|station| station.organisation_id)).await?;
    let mut changes = Vec::new();
    for fault in open {
        let Some(station) = stations.get(&fault.station_id) else { continue };
        let from =
            unanswered_from(beijing_day(fault.reported_at.at()), days.at(context, station.organisation_id).await?);
        if let Some(since) = from.filter(|since| *since <= today) {
            changes.push(begun(context, station, (NeglectKind::Fault, fault.id, since)));
        }
    }
    Ok(changes)
}
