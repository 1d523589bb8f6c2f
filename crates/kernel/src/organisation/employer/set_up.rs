//! Which employers must have a union, and which have one (建会率): from so many workers on, a grassroots committee must be set
//! up (Trade Union Law, article 11). An employer has a union if one was founded for it, or if it belongs to a joint union,
//! which looks after it; a group or a women's committee is none, nor what is only being prepared.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{ConnectionTrait, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::Condition};

use super::{Column, Entity};
use crate::{
    Context, Problem,
    caller::below,
    organisation::{self, Kind, Level, founding},
    rulebook::{self, RuleDefinition},
};

/// From how many workers on an employer must have a union.
pub const LEAST: RuleDefinition = RuleDefinition {
    code: "organisation.union_from_workers",
    label: "应建工会的职工人数起点",
    unit: "人",
    default: 25,
    source: "《中华人民共和国工会法》第十一条",
};

/// The employers at and below an organisation that must have a union.
#[must_use]
pub fn must_have(context: &Context, organisation: Id, least: i64) -> Select<Entity> {
    let place = (Entity, Column::OrganisationId);
    Entity::find()
        .filter(context.scope().within(place))
        .filter(below(organisation, place))
        .filter(Column::Workers.gte(least))
}

/// From how many workers on, at an organisation, today.
///
/// # Errors
/// A fault of the database.
pub async fn least(conn: &impl ConnectionTrait, context: &Context, organisation: Id) -> Result<i64, Problem> {
    rulebook::number(conn, context, &LEAST, organisation, context.today()).await
}

/// The filter for employers that have a union on a day.
#[must_use]
pub fn has_union(on: NaiveDate) -> Condition {
    let stands = || {
        let (founded, closed) = (organisation::Column::FoundedOn, organisation::Column::ClosedOn);
        organisation::Entity::find()
            .select_only()
            .filter(organisation::Column::Kind.is_not_in([Kind::WomensCommittee, Kind::UnionGroup]))
            .filter(organisation::Column::Id.not_in_subquery(founding::unapproved()))
            .filter(Condition::any().add(founded.is_null()).add(founded.lte(on)))
            .filter(Condition::any().add(closed.is_null()).add(closed.gt(on)))
    };
    let founded =
        stands().column(organisation::Column::EmployerId).filter(organisation::Column::EmployerId.is_not_null());
    let joint = stands().column(organisation::Column::Id).filter(organisation::Column::Level.eq(Level::Grassroots));
    Condition::any()
        .add(Column::Id.in_subquery(founded.into_query()))
        .add(Column::OrganisationId.in_subquery(joint.into_query()))
}
