//! Incidents at once, for who sets a house up.

use chrono::{DateTime, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};

use super::{DID, IncidentKind, NOTE, WHAT, seal};
use crate::{
    rules::incident::{Weight, is_serious},
    tables::incident,
};

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Happened {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// What happened.
    pub kind: IncidentKind,
    /// In words.
    pub what: &'static str,
    /// What was done.
    pub did: &'static str,
    /// Whether an ambulance came.
    pub ambulance: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// How it ended, if the union followed it up.
    pub note: Option<&'static str>,
}

/// Writes incidents down.
///
/// # Errors
/// A fault of the database.
pub async fn happen_many(unit: &Unit, context: &Context, all: &[Happened]) -> Result<(), Problem> {
    insert_all::<incident::Entity>(unit, all.iter().map(|one| row(context, one)).collect()).await?;
    Ok(())
}

fn row(context: &Context, one: &Happened) -> incident::Model {
    let (id, day) = (context.id(), calendar::beijing_day(one.at));
    let weight = Weight { kind: one.kind, said: false, ambulance: one.ambulance, police: false };
    let serious = is_serious(weight);
    let actor = context.actor().word();
    let note = one.note.filter(|_| serious);
    incident::Model {
        id,
        station_id: one.station,
        organisation_id: one.organisation,
        sent_as: format!("demo-{id}"),
        kind: one.kind,
        serious,
        ambulance: one.ambulance,
        police: false,
        what_sealed: seal(context, id, WHAT, one.what),
        did_sealed: seal(context, id, DID, one.did),
        helped_sealed: None,
        day,
        happened_at: one.at.into(),
        closed_on: (!serious || note.is_some()).then_some(day),
        note_sealed: note.map(|note| seal(context, id, NOTE, note)),
        closed_by: note.map(|_| actor.clone()),
        actor,
        heard_at: one.at.into(),
    }
}
