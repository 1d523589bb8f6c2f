use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

/// People came, or something was done for them. Each has its fact.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_entry")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The name that the phone gave it, so that it arrives once. Unique within the station.
    pub sent_as: String,
    /// The service's code in the catalogue; absent for a visit.
    pub service: Option<String>,
    /// Who, if somebody showed a code.
    pub person_id: Option<Id>,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// How many people.
    pub quantity: i64,
    /// When.
    pub happened_at: Moment,
    /// The Beijing day.
    pub day: Date,
    /// The hour of that day, 0 to 23.
    pub hour: i32,
    /// The fact on the ledger.
    pub fact_id: Id,
    /// Who wrote it down.
    pub actor: String,
    /// When it arrived here.
    pub heard_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

database::plain_table!();
