//! What a worker sees of himself: his membership, card, union, record, and what is kept about him.

pub mod card;
pub mod dues;
pub mod export;
mod looked;
pub mod privacy;
pub mod records;
pub mod requests;
pub mod show;
pub mod union;

use database::{Connection, Id};
use kernel::Problem;
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::tables::member;

/// The person's membership: the one that holds, or else the last one.
///
/// # Errors
/// A fault of the database.
async fn membership(conn: &Connection, person: Id) -> Result<Option<member::Model>, Problem> {
    if let Some(valid) = member::valid_of(conn, person).await? {
        return Ok(Some(valid));
    }
    let query = member::Entity::find().filter(member::Column::PersonId.eq(person));
    Ok(query.order_by_desc(member::Column::Id).one(conn).await?)
}
