use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;

use crate::rules::incident::IncidentKind;

/// What was told of an incident before its writer put it right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_incident_before")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The incident; the scope.
    pub incident_id: Id,
    /// The name that the phone gave to the correction, so that it arrives once. Unique within the incident.
    pub sent_as: String,
    /// What had happened.
    pub kind: IncidentKind,
    /// Whether it was serious.
    pub serious: bool,
    /// Whether an ambulance had come.
    pub ambulance: bool,
    /// Whether the police had come.
    pub police: bool,
    /// What had happened in words, sealed; emptied together with the incident.
    pub what_sealed: String,
    /// What had been done, sealed.
    pub did_sealed: String,
    /// Who had been helped, sealed; absent where the correction didn't change it.
    pub helped_sealed: Option<String>,
    /// What had been used, as JSON; read whole, never queried. Absent where the correction didn't change it.
    pub used: Option<String>,
    /// Who corrected it.
    pub actor: String,
    /// When.
    pub corrected_at: Moment,
    /// When the correction arrived here.
    pub heard_at: Moment,
}

database::plain_table!();
