//! Unions that were merged into others.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::ExprTrait};

use super::{
    FoundingStep,
    tables::{Column, Entity},
};
use crate::{Problem, organisation};

fn mergers() -> Select<Entity> {
    Entity::find().filter(Column::Step.eq(FoundingStep::Merged))
}

/// Whether a row of the organisations was merged into another one.
#[must_use]
pub(in crate::organisation) fn was_merged() -> Expr {
    let same = Expr::col((Entity, Column::OrganisationId)).equals((organisation::Entity, organisation::Column::Id));
    Expr::exists(mergers().filter(same).into_query())
}

/// The unions that were merged into others, with the first day on which each no longer existed.
///
/// # Errors
/// A fault of the database.
pub(in crate::organisation) async fn merged_on(conn: &Connection) -> Result<HashMap<Id, NaiveDate>, Problem> {
    let closed = organisation::Entity::find().select_only().column(organisation::Column::Id);
    let closed = closed.filter(organisation::Column::ClosedOn.is_not_null()).into_query();
    let found: Vec<(Id, NaiveDate)> = mergers()
        .select_only()
        .column(Column::OrganisationId)
        .column(Column::Day)
        .filter(Column::OrganisationId.in_subquery(closed))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(found.into_iter().collect())
}
