//! Many entries at once, each with its fact, for who sets a house up.

use chrono::{DateTime, Timelike, Utc};
use database::insert_all;
use kernel::{
    Context, Id, Problem, Unit,
    ledger::{self, NewFact, Source},
};

use super::sums;
use crate::{
    catalogue::{CatalogueEntry, CatalogueKind, offered},
    duty::round::RoundPoint,
    programme::{SERVICE, VISIT},
    register::form::text,
    tables::{entry, round},
};

/// People came, or something was done for them.
#[derive(Debug, Clone)]
pub struct Tally {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// The service's code; absent for a visit.
    pub service: Option<String>,
    /// Who, if he showed his code.
    pub person: Option<Id>,
    /// The worker group's code.
    pub group: Option<String>,
    /// How many people.
    pub quantity: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes entries and their facts; answers their keys. Who calls has seen that stations, services and groups exist.
///
/// # Errors
/// A fault.
pub async fn enter_many(unit: &Unit, context: &Context, all: &[Tally]) -> Result<Vec<Id>, Problem> {
    let mut rows: Vec<entry::Model> = all.iter().map(|one| row(context, one)).collect();
    let facts: Vec<NewFact> = rows.iter().map(fact).collect();
    let facts = ledger::post(unit, context, &facts).await?;
    for (row, fact) in rows.iter_mut().zip(facts) {
        row.fact_id = fact;
    }
    sums::add(unit, &rows, 1).await?;
    let keys = rows.iter().map(|row| row.id).collect();
    insert_all::<entry::Entity>(unit, rows).await?;
    Ok(keys)
}

fn row(context: &Context, one: &Tally) -> entry::Model {
    let id = context.id();
    entry::Model {
        id,
        station_id: one.station,
        organisation_id: one.organisation,
        sent_as: format!("many-{id}"),
        service: one.service.clone(),
        person_id: one.person,
        worker_group: one.group.clone(),
        quantity: one.quantity,
        happened_at: one.at.into(),
        day: calendar::beijing_day(one.at),
        hour: i32::try_from(calendar::beijing_time(one.at).hour()).unwrap_or_default(),
        fact_id: Id(0),
        actor: context.actor().word(),
        heard_at: context.now().into(),
        taken_back: None,
    }
}

/// The fact of an entry.
pub fn fact(row: &entry::Model) -> NewFact {
    NewFact {
        kind: if row.service.is_some() { SERVICE } else { VISIT },
        organisation: row.organisation_id,
        person: row.person_id,
        group: row.worker_group.clone(),
        quantity: row.quantity,
        amount_fen: 0,
        day: row.day,
        source: Source { kind: "station/entry", id: row.id },
        reverses: None,
    }
}

/// A master looked round when the station opened.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// When.
    pub at: DateTime<Utc>,
    /// What was wrong, by the catalogue's code, and how.
    pub wrong: Option<(String, String)>,
}

/// Writes looks round down, with the points that the catalogue offers.
///
/// # Errors
/// A fault.
pub async fn look_many(unit: &Unit, context: &Context, all: &[Looked]) -> Result<(), Problem> {
    let checks = offered(unit, CatalogueKind::Check).await?;
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let note = |code: &str| one.wrong.as_ref().filter(|(wrong, _)| wrong == code).map(|(_, how)| how.clone());
        let point = |entry: &CatalogueEntry| {
            let note = note(&entry.code);
            RoundPoint { code: entry.code.clone(), label: entry.label.clone(), ok: note.is_none(), note }
        };
        let id = context.id();
        rows.push(round::Model {
            id,
            station_id: one.station,
            organisation_id: one.organisation,
            sent_as: format!("many-{id}"),
            kind: round::RoundKind::Opening,
            day: calendar::beijing_day(one.at),
            points: text(&checks.iter().map(point).collect::<Vec<_>>())?,
            wrong: i32::from(one.wrong.is_some()),
            happened_at: one.at.into(),
            actor: context.actor().word(),
            heard_at: context.now().into(),
            photos: None,
        });
    }
    insert_all::<round::Entity>(unit, rows).await?;
    Ok(())
}
