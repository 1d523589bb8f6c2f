//! Roles: lists of permissions with a name, of one organisation or, for those that came with the house, of all.

mod create;
mod delete;
mod list;
mod rules;
mod update;

use std::collections::{HashMap, HashSet};

use database::Connection;
use sea_orm::{QueryFilter, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    grant,
    offices::{self, Office},
    role,
};
use crate::{Actor, Context, House, Id, Problem, Scope, caller::above};

pub use create::{NewRole, create};
pub use delete::{DeleteRoleRefusal, delete};
pub use list::list;
pub(super) use rules::one_office;
pub use update::{UpdateRoleRefusal, update};

/// What officers fill in about a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoleForm {
    /// What officers read.
    #[schema(min_length = 2, max_length = 60)]
    pub name: String,
    /// The permissions' codes.
    pub permissions: Vec<String>,
    /// Whether its holders must have an authenticator, whatever the rulebook says.
    #[serde(default)]
    pub second_factor: bool,
}

/// A role as officers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoleView {
    /// The key.
    pub id: Id,
    /// What officers read.
    pub name: String,
    /// The permissions' codes.
    pub permissions: Vec<String>,
    /// Whose role it is; absent for the whole house's.
    pub organisation_id: Option<Id>,
    /// Whether it came with the house and stays.
    pub built_in: bool,
    /// Whether its holders must have an authenticator, whatever the rulebook says.
    pub second_factor: bool,
    /// The office it belongs to.
    pub office: Option<Office>,
    /// Whether whoever asks holds it: then its permissions are another's to change.
    pub own: bool,
    /// For `If-Match`.
    pub version: i64,
}

impl RoleView {
    /// A role, for who holds these ones himself.
    fn of(role: role::Model, own: &HashSet<Id>) -> Self {
        let permissions = codes(&role);
        Self {
            own: own.contains(&role.id),
            office: offices::offices(permissions.iter().map(String::as_str)).into_iter().next(),
            id: role.id,
            name: role.name,
            permissions,
            organisation_id: role.organisation_id,
            built_in: role.built_in,
            second_factor: role.second_factor,
            version: role.version,
        }
    }
}

/// A role's permissions.
pub(super) fn codes(role: &role::Model) -> Vec<String> {
    role.permissions.split_whitespace().map(str::to_owned).collect()
}

/// The roles that the caller holds himself.
async fn own(conn: &Connection, context: &Context) -> Result<HashSet<Id>, Problem> {
    let Actor::Officer { account } = context.actor() else { return Ok(HashSet::new()) };
    let held = grant::Entity::find().filter(grant::Column::AccountId.eq(*account)).all(conn).await?;
    Ok(held.into_iter().map(|one| one.role_id).collect())
}

/// The roles that may be given somewhere in the scope: the house's, those of organisations above, and those within.
pub(super) fn usable(scope: &Scope) -> Condition {
    let Some(roots) = scope.roots() else { return Condition::all() };
    Condition::any()
        .add(role::Column::OrganisationId.is_null())
        .add(role::Column::OrganisationId.in_subquery(above(roots)))
        .add(scope.within((role::Entity, role::Column::OrganisationId)))
}

/// What the roles that may be given somewhere in the scope are called, by their keys.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn names(context: &Context) -> Result<HashMap<String, String>, Problem> {
    let query = role::Entity::find().filter(usable(context.scope()));
    let all = query.all(context.read()).await?;
    Ok(all.into_iter().map(|role| (role.id.to_string(), role.name)).collect())
}

/// A role that may be given somewhere in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<role::Model, Problem> {
    let query = role::Entity::find_by_id(id).filter(usable(scope));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The use cases of roles over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_permissions))
        .routes(routes!(list::list_roles, create::create_role))
        .routes(routes!(list::show_role, update::update_role, delete::delete_role))
}
