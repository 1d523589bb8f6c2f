use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// Somebody stands on a shift.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_signup")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The shift. Unique with the person.
    pub shift_id: Id,
    /// Who.
    pub person_id: Id,
    /// Whether he looks for somebody to take over.
    pub offered: bool,
    /// When he signed up, or took over.
    pub signed_at: Moment,
    /// How many hours were credited; absent until the master has confirmed.
    pub hours: Option<i64>,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
