//! Which employers must have a union, and which have one (建会率): from so many workers on, a grassroots committee must be set
//! up (Trade Union Law, article 11). An employer has a union if one was founded for it, or if it belongs to a joint union,
//! which looks after it; a group or a women's committee is none, nor what is only being prepared.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{JoinType, QuerySelect, QueryTrait, RelationDef, Select, entity::prelude::*, sea_query::Condition};

use super::{Column, Entity};
use crate::{
    Context, Problem,
    organisation::{self, Kind, Level, closure, founding},
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

/// How many employers at and below each of some organisations must have a union, and how many of those have one today.
/// Where none must, the organisation is absent.
///
/// # Errors
/// A fault of the database.
pub async fn counted(context: &Context, places: &[Id], least: i64) -> Result<HashMap<Id, (i64, i64)>, Problem> {
    let mut counted: HashMap<Id, (i64, i64)> = HashMap::with_capacity(places.len());
    for some in places.chunks(database::KEYS_AT_ONCE) {
        let must = must_have(context, some, least);
        let with_union = must.clone().filter(has_union(context.today()));
        let must: Vec<(Id, i64)> = must.into_tuple().all(context.read()).await?;
        let with_union: Vec<(Id, i64)> = with_union.into_tuple().all(context.read()).await?;
        for (place, number) in must {
            counted.entry(place).or_default().0 = number;
        }
        for (place, number) in with_union {
            counted.entry(place).or_default().1 = number;
        }
    }
    Ok(counted)
}

/// The number of employers at and below each of some organisations that must have a union. Which have one is the same for
/// all of these, and so is asked once.
fn must_have(context: &Context, places: &[Id], least: i64) -> Select<Entity> {
    let upper: RelationDef =
        Entity::belongs_to(closure::Entity).from(Column::OrganisationId).to(closure::Column::Descendant).into();
    Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .column_as(Column::Id.count(), "number")
        .join(JoinType::InnerJoin, upper)
        .filter(context.scope().within((Entity, Column::OrganisationId)))
        .filter(closure::Column::Ancestor.is_in(places.iter().copied()))
        .filter(Column::Workers.gte(least))
        .group_by(closure::Column::Ancestor)
}

/// From how many workers on, at an organisation, today.
///
/// # Errors
/// A fault of the database.
pub async fn least(conn: &Connection, context: &Context, organisation: Id) -> Result<i64, Problem> {
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
