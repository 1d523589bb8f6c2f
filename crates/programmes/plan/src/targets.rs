//! Which target holds for whom.

use std::collections::HashMap;

use database::{Connection, Id};
use kernel::Problem;
use sea_orm::entity::prelude::*;

use crate::{
    rules::{
        breakdown::{Origin, effective},
        scale::Scale,
    },
    tables::{
        indicator, plan,
        target::{self, Column, Entity},
    },
};

/// The rows of targets of some indicators for some organisations.
///
/// # Errors
/// A fault of the database.
pub async fn rows(
    conn: &Connection,
    indicators: &[Id],
    organisations: &[Id],
) -> Result<HashMap<(Id, Id), target::Model>, Problem> {
    let mut found = HashMap::new();
    for organisations in organisations.chunks(1000) {
        let rows = Entity::find()
            .filter(Column::IndicatorId.is_in(indicators.iter().copied()))
            .filter(Column::OrganisationId.is_in(organisations.iter().copied()))
            .all(conn)
            .await?;
        found.extend(rows.into_iter().map(|row| ((row.indicator_id, row.organisation_id), row)));
    }
    Ok(found)
}

/// The target that holds for an organisation: the plan's own for its organisation, what the level above gave or the
/// organisation raised for others.
#[must_use]
pub fn holding(
    plan: &plan::Model,
    indicator: &indicator::Model,
    organisation: Id,
    row: Option<&target::Model>,
) -> Option<(i64, Origin)> {
    if organisation == plan.organisation_id {
        return Some((indicator.target, Origin::Plan));
    }
    effective(given(indicator, row.and_then(|row| row.assigned)), row.and_then(|row| row.raised))
}

/// What an organisation was given; a share that nobody set is the plan's.
#[must_use]
pub fn given(indicator: &indicator::Model, assigned: Option<i64>) -> Option<(i64, Origin)> {
    let inherited = || (indicator.scale() == Scale::Share).then_some((indicator.target, Origin::Inherited));
    assigned.map(|assigned| (assigned, Origin::Assigned)).or_else(inherited)
}
