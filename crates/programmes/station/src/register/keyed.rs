//! Stations of which only the keys are known; each question is asked once for all.

use std::collections::HashMap;

use kernel::{Id, Problem};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::tables::station::{Column, Entity, Model};

/// Stations by their keys.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn stations(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Model>, Problem> {
    let found = Entity::find().filter(Column::Id.is_in(ids)).all(conn).await?;
    Ok(found.into_iter().map(|station| (station.id, station)).collect())
}

/// The names of stations by their keys.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn names(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>, Problem> {
    let names = Entity::find().select_only().columns([Column::Id, Column::Name]).filter(Column::Id.is_in(ids));
    Ok(names.into_tuple().all(conn).await?.into_iter().collect())
}
