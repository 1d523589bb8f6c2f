//! Entries as people read them.

use std::collections::HashMap;

use database::Connection;
use kernel::{Context, Id, Moment, Problem, organisation::worker_group, person};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{catalogue, tables::entry};

/// People came, or something was done for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationEntry)]
pub struct EntryView {
    /// The key.
    pub id: Id,
    /// The service's code; absent for a visit.
    pub service: Option<String>,
    /// What happened, in words.
    pub label: String,
    /// Who, masked, if somebody showed a code.
    pub name: Option<String>,
    /// The worker group's name.
    pub group_label: Option<String>,
    /// How many people.
    pub quantity: i64,
    /// When.
    pub happened_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

/// What a visit is called.
pub const VISIT_LABEL: &str = "到站";

/// The labels of services by their codes.
///
/// # Errors
/// A fault of the database.
pub async fn service_labels(conn: &Connection) -> Result<HashMap<String, String>, Problem> {
    Ok(catalogue::list(conn).await?.into_iter().map(|entry| (entry.code, entry.label)).collect())
}

/// Entries as people read them; each question is asked once for all.
///
/// # Errors
/// A fault.
pub async fn views(conn: &Connection, context: &Context, rows: Vec<entry::Model>) -> Result<Vec<EntryView>, Problem> {
    let people = person::masked(conn, context, rows.iter().filter_map(|row| row.person_id)).await?;
    let (services, groups) = (service_labels(conn).await?, worker_group::labels(conn).await?);
    let named = |names: &HashMap<String, String>, code: String| names.get(&code).cloned().unwrap_or(code);
    let view = |row: entry::Model| EntryView {
        id: row.id,
        label: row.service.clone().map_or_else(|| VISIT_LABEL.to_owned(), |code| named(&services, code)),
        service: row.service,
        name: row.person_id.map(|id| people.name(id)),
        group_label: row.worker_group.map(|code| named(&groups, code)),
        quantity: row.quantity,
        happened_at: row.happened_at,
        taken_back: row.taken_back,
    };
    Ok(rows.into_iter().map(view).collect())
}
