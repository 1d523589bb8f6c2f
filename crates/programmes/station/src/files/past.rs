//! Files of stations that were brought in.

use axum::{Json, extract::Query};
use database::Connection;
use kernel::{Caller, Context, Id, Moment, Page, Problem, Unit, access::Actors, listing::Paging, organisation::tree};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::ImportStations,
    tables::{file, file_row},
};

/// A file of stations that was brought in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StationFileKept {
    /// The key.
    pub id: Id,
    /// The union that was chosen for it.
    pub organisation: String,
    /// The file's name.
    pub file_name: String,
    /// How many stations it made.
    pub made: i64,
    /// How many it changed.
    pub changed: i64,
    /// Who sent it.
    pub actor: String,
    /// When.
    pub at: Moment,
    /// Why it was last taken back, if it was.
    pub undone: Option<String>,
    /// By whom.
    pub undone_by: Option<String>,
    /// When.
    pub undone_at: Option<Moment>,
}

/// Notes in the unit that brings a file in what it has done with which stations; nothing if it did nothing.
///
/// # Errors
/// A fault of the database.
pub(super) async fn keep(
    unit: &Unit,
    context: &Context,
    (id, union, name): (Id, Id, &str),
    rows: Vec<file_row::Model>,
) -> Result<(), Problem> {
    if rows.is_empty() {
        return Ok(());
    }
    let made = rows.iter().filter(|row| row.made).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let kept = file::Model {
        id,
        organisation_id: union,
        file_name: name.to_owned(),
        made: number(made),
        changed: number(rows.len() - made),
        actor: context.actor().word(),
        at: context.now().into(),
        undone: None,
        undone_by: None,
        undone_at: None,
    };
    file::Entity::insert(kept.into_active_model().reset_all()).exec_without_returning(unit).await?;
    database::insert_all::<file_row::Entity>(unit, rows).await?;
    Ok(())
}

/// Lists files, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(caller: &Caller<ImportStations>, paging: &Paging) -> Result<Page<StationFileKept>, Problem> {
    let conn = caller.read();
    let query = file::Entity::find().filter(caller.scope().within((file::Entity, file::Column::OrganisationId)));
    let page = paging.newest_first(conn, query, file::Column::Id, |row| row.id).await?;
    let unions = tree::names(conn, page.items.iter().map(|row| row.organisation_id)).await?;
    let words = page.items.iter().flat_map(|row| [Some(row.actor.as_str()), row.undone_by.as_deref()]);
    let actors = Actors::of(conn, words.flatten().collect::<Vec<_>>()).await?;
    Ok(page.map(|row: file::Model| StationFileKept {
        id: row.id,
        organisation: unions.get(&row.organisation_id).cloned().unwrap_or_default(),
        file_name: row.file_name,
        made: row.made,
        changed: row.changed,
        actor: actors.label(&row.actor),
        at: row.at,
        undone: row.undone,
        undone_by: row.undone_by.map(|word| actors.label(&word)),
        undone_at: row.undone_at,
    }))
}

/// A file in the caller's scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn get(conn: &Connection, context: &Context, id: Id) -> Result<file::Model, Problem> {
    let own = context.scope().within((file::Entity, file::Column::OrganisationId));
    file::Entity::find_by_id(id).filter(own).one(conn).await?.ok_or_else(Problem::not_found)
}

/// 导入过的驿站文件
#[utoipa::path(
    get, path = "/station-files", tag = "station", operation_id = "list_station_files",
    extensions(("x-permission" = json!("station.import"))), params(Paging),
    responses((status = 200, body = Page<StationFileKept>)),
)]
pub async fn get_files(
    caller: Caller<ImportStations>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<StationFileKept>>, Problem> {
    list(&caller, &paging).await.map(Json)
}
