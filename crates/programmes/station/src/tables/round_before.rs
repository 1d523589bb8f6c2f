use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// What a look round said before its writer put it right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_round_before")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The look round; the scope.
    pub round_id: Id,
    /// The name that the phone gave to the correction, so that it arrives once. Unique within the look round.
    pub sent_as: String,
    /// What had been looked at and was wrong, as JSON; read whole, never queried.
    pub points: String,
    /// How many points had been wrong.
    pub wrong: i32,
    /// What had been photographed, as JSON; read whole, never queried. Absent where nothing was.
    pub photos: Option<String>,
    /// Who corrected it.
    pub actor: String,
    /// When.
    pub corrected_at: Moment,
    /// When the correction arrived here.
    pub heard_at: Moment,
}

database::plain_table!();
