//! How far each subscription has read.

use sea_orm::entity::prelude::*;

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
