use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

use crate::rules::correction::Followed;
pub use crate::rules::incident::IncidentKind;

/// Something that happened at a station, and what was done.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_incident")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station; the scope.
    pub station_id: Id,
    /// The union that answered for it then.
    pub organisation_id: Id,
    /// The name that the phone gave it, so that it arrives once. Unique within the station.
    pub sent_as: String,
    /// What happened.
    pub kind: IncidentKind,
    /// Whether it is serious, and so to be followed up.
    pub serious: bool,
    /// Whether an ambulance came.
    pub ambulance: bool,
    /// Whether the police came.
    pub police: bool,
    /// What happened in words, sealed: it may tell of somebody's health. Empty once the time is over for which it is kept, as
    /// all that is told of the incident then.
    pub what_sealed: String,
    /// What was done, sealed.
    pub did_sealed: String,
    /// Who was helped and how he is reached, sealed; absent if nobody was, he would not say, or the time is over for which
    /// it is kept.
    pub helped_sealed: Option<String>,
    /// The day.
    pub day: Date,
    /// When.
    pub happened_at: Moment,
    /// Who wrote it down.
    pub actor: String,
    /// When it arrived here.
    pub heard_at: Moment,
    /// The day on which it was done with; absent while it is to be followed up.
    pub closed_on: Option<Date>,
    /// How it ended, sealed; absent for what needed no following up, or was emptied.
    pub note_sealed: Option<String>,
    /// Who closed it.
    pub closed_by: Option<String>,
}

impl Model {
    /// Where the union stands with it.
    #[must_use]
    pub fn followed(&self) -> Followed {
        match (self.closed_on, &self.closed_by) {
            (None, _) => Followed::Open,
            (Some(_), Some(_)) => Followed::Closed,
            (Some(_), None) => Followed::Never,
        }
    }
}

database::plain_table!();
