//! Whose exports stand where: one's own, and those that wait for a second officer.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id};
use sea_orm::{Select, entity::prelude::*};

use super::{
    permissions::Approve,
    tables::{Column, Entity, ExportState, Model},
    view::{self, ExportView},
};
use crate::{
    Caller, Context, Problem,
    listing::{Page, Paging},
    permission::LoggedIn,
};

/// The exports that the caller asked for, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn mine(caller: &Caller<LoggedIn>, paging: &Paging) -> Result<Page<ExportView>, Problem> {
    page(caller, Entity::find().filter(Column::Actor.eq(caller.actor().word())), paging).await
}

/// What others asked for in the caller's scope and waits for a second officer, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn waiting(caller: &Caller<Approve>, paging: &Paging) -> Result<Page<ExportView>, Problem> {
    let query = Entity::find()
        .filter(caller.scope().within((Entity, Column::OrganisationId)))
        .filter(Column::State.eq(ExportState::Waiting))
        .filter(Column::Actor.ne(caller.actor().word()));
    page(caller, query, paging).await
}

/// One of the caller's own exports.
///
/// # Errors
/// 404 if it is absent or another's.
pub async fn show(caller: &Caller<LoggedIn>, id: Id) -> Result<ExportView, Problem> {
    view::of(caller, own(caller.read(), caller, id).await?.id).await
}

/// The export, if the caller asked for it.
pub(super) async fn own(conn: &Connection, context: &Context, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(Column::Actor.eq(context.actor().word()));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

async fn page(context: &Context, query: Select<Entity>, paging: &Paging) -> Result<Page<ExportView>, Problem> {
    let page = paging.newest_first(context.read(), query, Column::Id, |row| row.id).await?;
    Ok(Page { items: view::views(context, page.items).await?, next: page.next, total: page.total })
}

/// 我的导出
#[utoipa::path(get, path = "/exports", tag = "export", operation_id = "my_exports",
    extensions(("x-permission" = json!("logged_in"))), params(Paging),
    responses((status = 200, body = Page<ExportView>)))]
pub(super) async fn my_exports(
    caller: Caller<LoggedIn>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ExportView>>, Problem> {
    Ok(Json(mine(&caller, &paging).await?))
}

/// 待我批准的导出
#[utoipa::path(get, path = "/exports/waiting", tag = "export", operation_id = "waiting_exports",
    extensions(("x-permission" = json!("export.approve"))), params(Paging),
    responses((status = 200, body = Page<ExportView>)))]
pub(super) async fn waiting_exports(
    caller: Caller<Approve>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ExportView>>, Problem> {
    Ok(Json(waiting(&caller, &paging).await?))
}

/// 我的一个导出
#[utoipa::path(get, path = "/exports/{id}", tag = "export", operation_id = "show_export",
    extensions(("x-permission" = json!("logged_in"))), params(("id" = Id, Path)),
    responses((status = 200, body = ExportView)))]
pub(super) async fn show_export(caller: Caller<LoggedIn>, Path(id): Path<Id>) -> Result<Json<ExportView>, Problem> {
    Ok(Json(show(&caller, id).await?))
}
