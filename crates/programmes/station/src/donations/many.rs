//! Donation corners at once, for who sets a house up.

use chrono::{DateTime, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};

use super::GiverKind;
use crate::tables::gift;

/// Something that was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// What it is.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// How many.
    pub quantity: i64,
    /// The company that gave it; absent for a worker.
    pub company: Option<&'static str>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes gifts down.
///
/// # Errors
/// A fault of the database.
pub async fn give_many(unit: &Unit, context: &Context, all: &[Given]) -> Result<(), Problem> {
    let row = |one: &Given| gift::Model {
        id: context.id(),
        station_id: one.station,
        organisation_id: one.organisation,
        name: one.name.to_owned(),
        unit: one.unit.to_owned(),
        quantity: one.quantity,
        left: one.quantity,
        each: 1,
        note: None,
        giver_kind: if one.company.is_some() { GiverKind::Company } else { GiverKind::Worker },
        giver: one.company.map(str::to_owned),
        giver_id: None,
        given_at: one.at.into(),
        closed_at: None,
    };
    insert_all::<gift::Entity>(unit, all.iter().map(row).collect()).await?;
    Ok(())
}
