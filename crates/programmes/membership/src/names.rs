//! What keys and codes are called, for rows that people read.

use std::collections::HashMap;

use database::{Connection, Id};
use kernel::{Problem, organisation::platform};
use sea_orm::{QuerySelect, entity::prelude::*};

/// The names of all platform companies; they are few.
///
/// # Errors
/// A fault of the database.
pub async fn platforms(conn: &Connection) -> Result<HashMap<Id, String>, Problem> {
    let rows: Vec<(Id, String)> = platform::Entity::find()
        .select_only()
        .columns([platform::Column::Id, platform::Column::Name])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
