use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// An official was master for a day (一日站长).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_guest")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// Who, in office.
    pub name: String,
    /// In what office.
    pub office: String,
    /// The day.
    pub day: Date,
    /// How many activities he held.
    pub activities: i64,
    /// What was done.
    pub did: String,
    /// The facts of the day, as JSON; read whole, never queried.
    pub facts: String,
    /// Who wrote it down.
    pub actor: String,
    /// When it was written down.
    pub made_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

database::plain_table!();
