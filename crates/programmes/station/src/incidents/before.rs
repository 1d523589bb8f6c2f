//! What an incident said before its writer put it right: nothing that somebody may have acted upon goes unseen.

use std::collections::HashMap;

use database::Connection;
use kernel::{Actor, Context, Id, Moment, Problem, person};
use sea_orm::{QueryOrder, entity::prelude::*};
use secret::Place;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{told, uses::UseView};
use crate::{
    register::form::read,
    tables::incident_before::{Column, Entity, Model},
};

/// The table, as sealed values name it.
pub(super) const TABLE: &str = "station_incident_before";

/// The place of a sealed value.
pub(super) const fn place(id: Id, column: &'static str) -> Place<'static> {
    Place { table: TABLE, column, row_key: id.0 }
}

/// What an incident said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncidentBefore)]
pub struct BeforeView {
    /// What had happened, in words.
    pub kind_label: String,
    /// Whether it was serious.
    pub serious: bool,
    /// Whether an ambulance had come.
    pub ambulance: bool,
    /// Whether the police had come.
    pub police: bool,
    /// What had happened, as it was told; that it is deleted, if the time is over for which it is kept.
    pub what: String,
    /// What had been done; empty if it is deleted.
    pub did: String,
    /// What had been used, in words; absent if the correction didn't change it.
    pub used: Option<Vec<String>>,
    /// Whether the correction changed who was helped; opened with a reason, as what it says now.
    pub is_helped_changed: bool,
    /// Who corrected it, masked.
    pub by: String,
    /// When it was corrected.
    pub corrected_at: Moment,
}

/// What some incidents said before, the first first; each question is asked once for all.
///
/// # Errors
/// A fault of the database, or if what is stored can't be read.
pub(super) async fn views(
    conn: &Connection,
    context: &Context,
    incidents: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Vec<BeforeView>>, Problem> {
    let rows = Entity::find().filter(Column::IncidentId.is_in(incidents)).order_by_asc(Column::Id).all(conn).await?;
    let people = person::masked(conn, context, rows.iter().filter_map(|row| Actor::worker(&row.actor))).await?;
    let mut views: HashMap<Id, Vec<BeforeView>> = HashMap::new();
    for row in rows {
        let by = Actor::worker(&row.actor).map(|id| people.name(id)).unwrap_or_default();
        views.entry(row.incident_id).or_default().push(view(context, &row, by)?);
    }
    Ok(views)
}

fn view(context: &Context, row: &Model, by: String) -> Result<BeforeView, Problem> {
    let (what, did) = told(context, |column| place(row.id, column), (&row.what_sealed, &row.did_sealed));
    let used: Option<Vec<UseView>> = row.used.as_deref().map(read).transpose()?;
    Ok(BeforeView {
        kind_label: row.kind.label().to_owned(),
        serious: row.serious,
        ambulance: row.ambulance,
        police: row.police,
        what,
        did,
        used: used.map(|used| used.into_iter().map(|one| one.words).collect()),
        is_helped_changed: row.helped_sealed.is_some(),
        by,
        corrected_at: row.corrected_at,
    })
}
