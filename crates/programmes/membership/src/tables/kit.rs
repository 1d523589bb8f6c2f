use kernel::{Id, Moment};
use sea_orm::{QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use super::join;

/// A gift kit that was handed over, one for each who joined.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_kit")]
pub struct Model {
    /// For whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub join_id: Id,
    /// At which event.
    pub event_id: Id,
    /// At which table of the hall.
    pub gate: String,
    /// When.
    pub given_at: Moment,
    /// By whom, as one word.
    pub actor: String,
}

database::plain_table!();

/// Whether a row of the joins was handed its kit.
#[must_use]
pub fn was_given() -> Expr {
    let its = Expr::col((Entity, Column::JoinId)).equals((join::Entity, join::Column::Id));
    Expr::exists(Entity::find().filter(its).into_query())
}
