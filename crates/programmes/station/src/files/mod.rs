//! Stations in files: workbooks and GeoJSON, out and in. What goes out comes in again unchanged.

pub mod columns;
pub mod export;
pub mod geojson;
mod hanging;
pub mod import;
mod judge;
pub mod past;
mod read;
mod standing;
pub mod template;
pub mod undo;

use std::collections::{BTreeSet, HashMap};

use database::Connection;
use kernel::{Id, Problem, organisation};
use sea_orm::entity::prelude::*;

use crate::{register::items, tables::station};

/// What is written beside stations: their unions, and the codes of what each has and gives.
struct Beside {
    unions: HashMap<Id, organisation::Model>,
    items: HashMap<Id, Vec<String>>,
}

impl Beside {
    /// Of some stations; each question is asked once for a thousand.
    async fn of(conn: &Connection, found: &[station::Model]) -> Result<Self, Problem> {
        let keys: BTreeSet<Id> = found.iter().map(|row| row.organisation_id).collect();
        let keys: Vec<Id> = keys.into_iter().collect();
        let mut unions = HashMap::with_capacity(keys.len());
        for some in keys.chunks(database::KEYS_AT_ONCE) {
            let query = organisation::Entity::find().filter(organisation::Column::Id.is_in(some.iter().copied()));
            unions.extend(query.all(conn).await?.into_iter().map(|union| (union.id, union)));
        }
        let stations: Vec<Id> = found.iter().map(|row| row.id).collect();
        Ok(Self { unions, items: items::codes_of(conn, &stations).await? })
    }
}
