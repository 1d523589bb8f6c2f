//! The editable list of equipment, services and daily checks. It is everyone's, so the top union keeps it.

pub mod keep;

use database::Connection;
use kernel::Problem;
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::tables::catalogue::Column;
pub(crate) use crate::tables::catalogue::Entity;
pub use crate::tables::catalogue::{CatalogueKind, Model as CatalogueEntry};

/// All entries, by kind and in their order.
///
/// # Errors
/// A fault of the database.
pub async fn list(conn: &Connection) -> Result<Vec<CatalogueEntry>, Problem> {
    let query = Entity::find().order_by_asc(Column::Kind).order_by_asc(Column::Sort).order_by_asc(Column::Code);
    Ok(query.all(conn).await?)
}

/// The entries of a kind that are offered, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn offered(conn: &Connection, kind: CatalogueKind) -> Result<Vec<CatalogueEntry>, Problem> {
    Ok(list(conn).await?.into_iter().filter(|entry| entry.kind == kind && entry.offered).collect())
}
