//! The tree of unions, with dates: who is under whom, since when; and what the unions look after (employers, platform
//! companies, head-counts, worker groups).

pub mod close;
pub mod closure;
pub mod create;
pub mod employer;
pub mod form;
pub mod founding;
pub mod graft;
pub mod head_count;
pub mod import;
pub mod list;
pub mod merge;
pub mod merger;
pub mod migration;
pub mod missing;
mod on_close;
pub mod permissions;
pub mod place;
pub mod platform;
pub mod relocate;
mod routes;
pub mod rules;
pub mod show;
pub mod split;
mod tables;
pub mod terms;
pub mod tree;
pub mod tree_change;
pub mod update;
pub mod view;
pub mod worker_group;
pub mod workforce;

use std::collections::BTreeSet;

use database::{Connection, Id};
use sea_orm::{Condition, EntityTrait, QueryFilter, entity::prelude::*};

pub use on_close::OnClose;
pub use permissions::ALL as PERMISSIONS;
pub use routes::routes;
pub use tables::{ActiveModel, Column, Entity, Kind, Level, Model};

use crate::{Fault, Problem, Scope};

/// The organisation, if it lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn get(conn: &Connection, scope: &Scope, id: Id) -> Result<Model, Problem> {
    find(conn, scope, id).await?.ok_or_else(Problem::not_found)
}

/// The same for whoever does something else where it is absent or foreign.
///
/// # Errors
/// A fault of the database.
pub async fn find(conn: &Connection, scope: &Scope, id: Id) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).filter(scope.within((Entity, Column::Id))).one(conn).await?)
}

/// Refuses unless all of these are organisations of which something holds, such as that they lie in the scope; which of them is
/// not stays untold.
///
/// # Errors
/// 404.
pub async fn check_all(conn: &Connection, ids: &[Id], holds: Condition) -> Result<(), Problem> {
    let wanted: Vec<Id> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut known = 0;
    for some in wanted.chunks(database::KEYS_AT_ONCE) {
        let among = Entity::find().filter(Column::Id.is_in(some.iter().copied()));
        known += among.filter(holds.clone()).count(conn).await?;
    }
    if known == wanted.len() as u64 { Ok(()) } else { Err(Problem::not_found()) }
}

/// The organisation with this code, if it lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn by_code(conn: &Connection, scope: &Scope, code: &str) -> Result<Model, Problem> {
    let query = Entity::find().filter(Column::Code.eq(code)).filter(scope.within((Entity, Column::Id)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}
