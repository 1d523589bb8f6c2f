//! How events go, in numbers.

use std::collections::HashMap;

use database::{Connection, Id};
use kernel::Problem;
use sea_orm::{FromQueryResult, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::{event, join, kit, second_kit};

/// How an event goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventCounts {
    /// How many joined.
    pub joined: u64,
    /// How many of them are approved.
    pub approved: u64,
    /// Gift kits handed over.
    pub kits_given: u64,
    /// Gift kits that still lie ready.
    pub kits_left: u64,
}

/// Counts events, by their keys.
///
/// # Errors
/// A fault of the database.
pub async fn counts(conn: &Connection, events: &[event::Model]) -> Result<HashMap<Id, EventCounts>, Problem> {
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let joins = join::Entity::find().filter(join::Column::EventId.is_in(ids.clone())).select_only();
    let joins = joins.column_as(join::Column::EventId, "key").group_by(join::Column::EventId);
    let joined = joins.clone().column_as(join::Column::Id.count(), "number").into_model::<Row<Id>>().all(conn).await?;
    // Counting a column leaves out the rows that hold nothing there.
    let approved =
        joins.column_as(join::Column::ApprovedAt.count(), "number").into_model::<Row<Id>>().all(conn).await?;
    let kits = kit::Entity::find().filter(kit::Column::EventId.is_in(ids)).select_only();
    let kits = kits.column_as(kit::Column::EventId, "key").group_by(kit::Column::EventId);
    let kits = kits.column_as(kit::Column::JoinId.count(), "number").into_model::<Row<Id>>().all(conn).await?;
    let second =
        second_kit::Entity::find().filter(second_kit::Column::EventId.is_in(events.iter().map(|event| event.id)));
    let second =
        second.select_only().column_as(second_kit::Column::EventId, "key").group_by(second_kit::Column::EventId);
    let second = second.column_as(second_kit::Column::Id.count(), "number").into_model::<Row<Id>>().all(conn).await?;
    let of = |rows: &[Row<Id>], event: Id| {
        rows.iter().find(|row| row.key == event).map_or(0, |row| u64::try_from(row.number).unwrap_or(0))
    };
    let counted = |event: &event::Model| {
        let (kits_given, seconds) = (of(&kits, event.id), of(&second, event.id));
        let kits_left = u64::try_from(event.kits_total).unwrap_or(0).saturating_sub(kits_given + seconds);
        let (joined, approved) = (of(&joined, event.id), of(&approved, event.id));
        (event.id, EventCounts { joined, approved, kits_given, kits_left })
    };
    Ok(events.iter().map(counted).collect())
}

/// A number by a key.
#[derive(FromQueryResult)]
pub(super) struct Row<K: sea_orm::TryGetable> {
    pub key: K,
    pub number: i64,
}
