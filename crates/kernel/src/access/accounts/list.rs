use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use chrono::TimeDelta;
use database::Moment;
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{AccountView, get, view, within};
use crate::{
    Caller, Id, Page, Problem,
    access::{account, grant, permissions::View},
    caller::below,
    etag,
    listing::Paging,
};

/// Which accounts are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountFilter {
    /// Part of the user name or of the officer's name.
    #[serde(default, deserialize_with = "crate::listing::sought")]
    pub q: Option<String>,
    /// Holding a role at this organisation or below it.
    pub organisation: Option<Id>,
    /// Holding this role.
    pub role: Option<Id>,
    /// Only those that may be used, or only those that may not.
    pub enabled: Option<bool>,
    /// Only those with which nobody has logged in for so many days, those that are younger left out.
    #[param(maximum = 65535)]
    pub idle_days: Option<u16>,
}

/// The accounts that hold a role in the caller's scope, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<View>,
    filter: &AccountFilter,
    paging: &Paging,
) -> Result<Page<AccountView>, Problem> {
    let mut query = account::Entity::find().filter(account::Column::Id.in_subquery(within(caller.scope())));
    let q = filter.q.as_deref();
    if let Some(q) = q {
        query =
            query.filter(account::Column::Username.contains(q.to_lowercase()).or(account::Column::Name.contains(q)));
    }
    if filter.organisation.is_some() || filter.role.is_some() {
        let mut held = grant::Entity::find()
            .select_only()
            .column(grant::Column::AccountId)
            .filter(caller.scope().within((grant::Entity, grant::Column::OrganisationId)));
        if let Some(place) = filter.organisation {
            held = held.filter(below(place, (grant::Entity, grant::Column::OrganisationId)));
        }
        if let Some(role) = filter.role {
            held = held.filter(grant::Column::RoleId.eq(role));
        }
        query = query.filter(account::Column::Id.in_subquery(held.into_query()));
    }
    query = query.apply_if(filter.enabled, |query, enabled| query.filter(account::Column::Enabled.eq(enabled)));
    query = query.apply_if(filter.idle_days, |query, days| {
        let since = caller.now() - TimeDelta::days(i64::from(days));
        let never = account::Column::LastLogInAt.is_null();
        let older = account::Column::Id.lt(Id::new(since.timestamp_millis(), 0));
        query.filter(account::Column::LastLogInAt.lt(Moment::from(since)).or(never.and(older)))
    });
    let page = paging.newest_first(caller.read(), query, account::Column::Id, |row| row.id).await?;
    let items = view::views(caller.read(), caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// One account.
///
/// # Errors
/// 404 if it is absent or holds no role in the scope.
pub async fn show(caller: &Caller<View>, id: Id) -> Result<AccountView, Problem> {
    let account = get(caller.read(), caller.scope(), id).await?;
    view::view(caller.read(), caller, account).await
}

/// 账号列表
#[utoipa::path(get, path = "/accounts", tag = "access", operation_id = "list_accounts",
    extensions(("x-permission" = json!("access.view"))), params(AccountFilter, Paging),
    responses((status = 200, body = Page<AccountView>)))]
pub(super) async fn list_accounts(
    caller: Caller<View>,
    Query(filter): Query<AccountFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<AccountView>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

/// 账号详情
#[utoipa::path(get, path = "/accounts/{id}", tag = "access", operation_id = "show_account",
    extensions(("x-permission" = json!("access.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = AccountView, headers(("etag" = String)))))]
pub(super) async fn show_account(caller: Caller<View>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let account = show(&caller, id).await?;
    Ok((etag::etag(account.version), Json(account)))
}
