//! Unions that stand in the tree while they are being founded.

use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::SelectStatement};

use super::{
    FoundingStep,
    rules::BEFORE_APPROVAL,
    tables::{Column, Entity},
};

/// The unions whose founding began and is not approved. One without a step was founded on papers in an archive.
#[must_use]
pub(in crate::organisation) fn unapproved() -> SelectStatement {
    let approved = with(&[FoundingStep::Approved]).into_query();
    with(&BEFORE_APPROVAL).filter(Column::OrganisationId.not_in_subquery(approved)).into_query()
}

/// The unions of which one of these steps stands.
fn with(steps: &[FoundingStep]) -> Select<Entity> {
    Entity::find()
        .select_only()
        .column(Column::OrganisationId)
        .filter(Column::Step.is_in(steps.iter().copied()))
        .filter(Column::TakenBack.is_null())
}
