use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A kit that a device handed over while it was offline, to somebody who had his already. It lies at no table any more,
/// and somebody should look.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_second_kit")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// For whom.
    pub join_id: Id,
    /// At which event.
    pub event_id: Id,
    /// At which table of the hall.
    pub gate: String,
    /// When.
    pub given_at: Moment,
    /// By whom, as one word.
    pub actor: String,
    /// When the device told.
    pub heard_at: Moment,
}

database::plain_table!();
