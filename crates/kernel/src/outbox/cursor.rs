//! How far each subscription has read.

use database::Unit;
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use crate::Problem;

/// No subscription: the row that shows whether anything can be written.
const TRIAL: &str = "kernel.trial";

/// The place of the last event that a subscription has reacted to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_cursor")]
pub struct Model {
    /// The subscription's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription: String,
    /// The event's position.
    pub position: i64,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Says how far a subscription has read.
pub(super) async fn advance(unit: &Unit, subscription: &str, position: i64) -> Result<(), Problem> {
    let row = ActiveModel { subscription: Set(subscription.to_owned()), position: Set(position) };
    let moved = OnConflict::column(Column::Subscription).update_column(Column::Position).to_owned();
    Entity::insert(row).on_conflict(moved).exec_without_returning(unit).await?;
    Ok(())
}

/// Writes a row that means nothing.
///
/// # Errors
/// What stands in the way of writing.
pub async fn try_to_write(unit: &Unit) -> Result<(), Problem> {
    advance(unit, TRIAL, 0).await
}
