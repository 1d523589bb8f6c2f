use axum::{Json, extract::Path, response::IntoResponse};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use super::{RoleView, get, own, usable};
use crate::{
    Caller, Id, Page, Problem,
    access::{
        offices::{self, Office},
        permissions::View,
        role,
    },
    etag,
};

/// A permission that roles can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PermissionLabel {
    /// The stable code.
    pub code: &'static str,
    /// What officers read.
    pub label: &'static str,
    /// The name of the programme that asks for it.
    pub programme: &'static str,
    /// The office that it is reserved for.
    pub office: Option<Office>,
}

/// The roles that may be given in the caller's scope, by name. They are few, so one page holds all.
///
/// # Errors
/// A fault of the database.
pub async fn list(caller: &Caller<View>) -> Result<Page<RoleView>, Problem> {
    let query = role::Entity::find().filter(usable(caller.scope())).order_by_asc(role::Column::Id);
    let own = own(caller.read(), caller).await?;
    let items: Vec<RoleView> =
        query.all(caller.read()).await?.into_iter().map(|role| RoleView::of(role, &own)).collect();
    Ok(Page { total: items.len() as u64, next: None, items })
}

/// 可授予的权限
#[utoipa::path(get, path = "/permissions", tag = "access", operation_id = "list_permissions",
    extensions(("x-permission" = json!("access.view"))), responses((status = 200, body = Vec<PermissionLabel>)))]
pub(super) async fn list_permissions(caller: Caller<View>) -> Json<Vec<PermissionLabel>> {
    let programmes = caller.house().programmes().iter();
    let all = programmes.flat_map(|programme| {
        programme.permissions.iter().map(|listed| PermissionLabel {
            code: listed.code,
            label: listed.label,
            programme: programme.label,
            office: offices::office(listed.code),
        })
    });
    Json(all.collect())
}

/// 角色列表
#[utoipa::path(get, path = "/roles", tag = "access", operation_id = "list_roles",
    extensions(("x-permission" = json!("access.view"))), responses((status = 200, body = Page<RoleView>)))]
pub(super) async fn list_roles(caller: Caller<View>) -> Result<Json<Page<RoleView>>, Problem> {
    Ok(Json(list(&caller).await?))
}

/// 角色详情
#[utoipa::path(get, path = "/roles/{id}", tag = "access", operation_id = "show_role",
    extensions(("x-permission" = json!("access.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = RoleView, headers(("etag" = String)))))]
pub(super) async fn show_role(caller: Caller<View>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let role = get(caller.read(), caller.scope(), id).await?;
    let own = own(caller.read(), &caller).await?;
    Ok((etag::etag(role.version), Json(RoleView::of(role, &own))))
}
