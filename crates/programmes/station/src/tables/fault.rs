use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

pub use crate::rules::fault::FaultState;

/// Something at a station that visitors say is broken or missing; one for an item, however many say so.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_fault")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// The catalogue's code of the item; absent for anything else.
    pub item: Option<String>,
    /// What the item was called then.
    pub item_label: String,
    /// When the first said so.
    pub reported_at: Moment,
    /// Where it stands.
    pub state: FaultState,
    /// What whoever looked said of it.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

database::plain_table!();
