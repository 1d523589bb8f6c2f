//! Officers' accounts: who logs in, and which role he holds where.

mod create;
mod enable;
mod grants;
mod list;
mod reset_password;
mod update;
mod view;

use database::{Connection, Unit};
use sea_orm::{QueryFilter, QuerySelect, QueryTrait, entity::prelude::*, sea_query::SelectStatement};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{account, grant, power::Power};
use crate::{Actor, Context, House, Id, Problem, Scope, audit};

pub use create::{NewAccount, create};
pub use enable::{disable, enable};
pub use grants::GrantRefusal;
pub(super) use grants::may_touch;
pub use list::{AccountFilter, list, show};
pub use reset_password::{GivenPassword, reset_password};
pub use update::update;
pub use view::{AccountView, GrantView};

/// A role at an organisation and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct GrantForm {
    /// The role.
    pub role_id: Id,
    /// Where.
    pub organisation_id: Id,
}

/// What officers fill in about an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountForm {
    /// The officer's name.
    #[schema(min_length = 2, max_length = 50)]
    pub name: String,
    /// The roles he holds in the editor's scope; what he holds elsewhere stays as it is.
    pub grants: Vec<GrantForm>,
}

crate::refusals! {
    /// Why somebody else's account is left alone.
    pub enum AccountRefusal {
        /// One's own.
        Own = 409 "own_account" "不能停用自己的账号，也不能改自己的角色或重置自己的密码，请由另一位安全管理员办理。",
        /// He holds roles elsewhere, too.
        Elsewhere = 403 "held_elsewhere" "该账号还在您管辖范围以外的工会任职，请由上级工会的安全管理员办理。",
        /// He holds what the caller can't hand out, so the caller may not come to log in as him.
        Stronger = 403 "stronger_than_own" "该账号持有您不能授予的权限，登录方式不能由您改动。\
            请由上级工会的安全管理员办理；最上级工会的账号请服务器管理员运行“niangjia password 用户名”办理。",
    }
}

/// The accounts that hold a role in the scope.
pub(super) fn within(scope: &Scope) -> SelectStatement {
    grant::Entity::find()
        .select_only()
        .column(grant::Column::AccountId)
        .filter(scope.within((grant::Entity, grant::Column::OrganisationId)))
        .into_query()
}

/// An account that holds a role in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<account::Model, Problem> {
    let query = account::Entity::find_by_id(id).filter(account::Column::Id.in_subquery(within(scope)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// What an account holds: in the scope, and elsewhere.
pub(super) async fn held(
    conn: &Connection,
    scope: &Scope,
    account: Id,
) -> Result<(Vec<grant::Model>, Vec<grant::Model>), Problem> {
    let all = || grant::Entity::find().filter(grant::Column::AccountId.eq(account));
    let here = all().filter(scope.within((grant::Entity, grant::Column::OrganisationId))).all(conn).await?;
    let everything = all().all(conn).await?;
    let elsewhere = everything.into_iter().filter(|one| !here.contains(one)).collect();
    Ok((here, elsewhere))
}

/// An account that is wholly the caller's to look after: somebody else's, with no role outside his scope. Otherwise an
/// officer of a county could take over an account of the province that also has a role in the county.
pub(super) async fn get_whole(
    conn: &Connection,
    context: &Context,
    id: Id,
) -> Result<(account::Model, Vec<grant::Model>), Problem> {
    let account = get(conn, context.scope(), id).await?;
    not_own(context, id)?;
    let (here, elsewhere) = held(conn, context.scope(), id).await?;
    if !elsewhere.is_empty() {
        return Err(AccountRefusal::Elsewhere.into());
    }
    Ok((account, here))
}

/// An account whose proofs the caller may set anew. Who does so could log in with it, so he must be able to hand out all
/// that the account holds.
pub(super) async fn get_mine_to_reset(
    unit: &Unit,
    context: &Context,
    id: Id,
) -> Result<(account::Model, Vec<grant::Model>), Problem> {
    let (account, held) = get_whole(unit, context, id).await?;
    let power = Power::of(unit, context).await?;
    for one in &held {
        let form = GrantForm { role_id: one.role_id, organisation_id: one.organisation_id };
        let stronger =
            |refused: Problem| if refused.code == "beyond_own" { AccountRefusal::Stronger.into() } else { refused };
        may_touch(unit, context, &power, form).await.map_err(stronger)?;
    }
    Ok((account, held))
}

/// A user name as it is kept: whoever types wide letters, or pastes signs that nobody sees, means the same one.
pub(super) fn user_name(typed: &str) -> String {
    codes::text::plain(typed).trim().to_lowercase()
}

/// Nobody raises, ends or unlocks himself.
pub(super) fn not_own(context: &Context, id: Id) -> Result<(), Problem> {
    match context.actor() {
        Actor::Officer { account } if *account == id => Err(AccountRefusal::Own.into()),
        _ => Ok(()),
    }
}

/// Writes into the audit chain what was done with an account; without a key, with a name that no account has.
pub(super) async fn record(
    unit: &Unit,
    context: &Context,
    action: &str,
    id: impl Into<Option<Id>>,
    place: Option<Id>,
    detail: Value,
) -> Result<(), Problem> {
    audit::record(unit, context, (action, "kernel/account", id), place, detail).await
}

/// The use cases of accounts over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_accounts, create::create_account))
        .routes(routes!(list::show_account, update::update_account))
        .routes(routes!(enable::disable_account))
        .routes(routes!(enable::enable_account))
        .routes(routes!(reset_password::reset_account_password))
}
