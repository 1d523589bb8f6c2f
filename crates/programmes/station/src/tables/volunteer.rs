use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// A volunteer's place on a shift.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_volunteer")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The shift.
    pub shift_id: Id,
    /// Who.
    pub person_id: Id,
    /// Whether he looks for somebody to take his place.
    pub offered: bool,
    /// When he signed up or took the place over.
    pub signed_at: Moment,
    /// How many hours he is credited, none if he did not come; absent until it is confirmed.
    pub hours: Option<i64>,
    /// When that was confirmed.
    pub confirmed_at: Option<Moment>,
    /// The fact of these hours.
    pub fact_id: Option<Id>,
}

database::plain_table!();
