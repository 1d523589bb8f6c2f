//! Cupboards at once, for who sets a house up.

use chrono::NaiveDate;
use database::insert_all;
use kernel::{Context, Id, Problem, Unit};

use super::GoodKind;
use crate::tables::{batch, good};

/// A thing in a cupboard, with its batches.
#[derive(Debug, Clone)]
pub struct Stocked {
    /// The station.
    pub station: Id,
    /// What it is.
    pub kind: GoodKind,
    /// What people call it.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// There should be no less.
    pub least: i64,
    /// How much is left of each batch, and its last day.
    pub batches: Vec<(i64, Option<NaiveDate>)>,
}

/// Writes cupboards down.
///
/// # Errors
/// A fault of the database.
pub async fn stock_many(unit: &Unit, context: &Context, all: &[Stocked]) -> Result<(), Problem> {
    let (mut goods, mut batches) = (Vec::with_capacity(all.len()), Vec::new());
    for one in all {
        let (id, made_at) = (context.id(), context.now().into());
        let (name, unit) = (one.name.to_owned(), one.unit.to_owned());
        let (station_id, kind, least) = (one.station, one.kind, one.least);
        goods.push(good::Model { id, station_id, kind, name, unit, least, made_at });
        for (left, expires_on) in &one.batches {
            let (batch, left, expires_on) = (None, *left, *expires_on);
            batches.push(batch::Model { id: context.id(), good_id: id, batch, expires_on, left, made_at });
        }
    }
    insert_all::<good::Entity>(unit, goods).await?;
    insert_all::<batch::Entity>(unit, batches).await?;
    Ok(())
}
