//! What tells the unions of an event apart: whose platform's they are, and in which district they lie.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{
    Problem,
    organisation::{self, Level, closure, platform::branch},
};
use sea_orm::{JoinType, QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};

use super::view::NamedUnion;
use crate::rules::right_union::Candidate;

/// The unions as candidates, in their order, by their [`districts`] and the branches that there are on a day.
///
/// # Errors
/// A fault of the database.
pub async fn candidates(
    conn: &Connection,
    (unions, districts): (&[NamedUnion], &HashMap<Id, NamedUnion>),
    on: NaiveDate,
) -> Result<Vec<Candidate>, Problem> {
    let branches = branch::Entity::find()
        .filter(branch::Column::UnionOrganisationId.is_in(unions.iter().map(|union| union.id)))
        .filter(branch::Column::ClosedOn.is_null().or(branch::Column::ClosedOn.gt(on)))
        .order_by_asc(branch::Column::Id)
        .all(conn)
        .await?;
    let candidate = |union: &NamedUnion| {
        let own = branches.iter().filter(|branch| branch.union_organisation_id == Some(union.id));
        let mut platforms: Vec<Id> = own.map(|branch| branch.platform_id).collect();
        platforms.sort_unstable();
        platforms.dedup();
        Candidate { union: union.id, platforms, district: districts.get(&union.id).map(|district| district.id) }
    };
    Ok(unions.iter().map(candidate).collect())
}

/// The federation of the district that each union lies in, for those that lie in one.
///
/// # Errors
/// A fault of the database.
pub async fn districts(conn: &Connection, unions: &[NamedUnion]) -> Result<HashMap<Id, NamedUnion>, Problem> {
    let above: Vec<(Id, Id, String)> = organisation::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .column(organisation::Column::Id)
        .column(organisation::Column::Name)
        .join(
            JoinType::InnerJoin,
            organisation::Entity::belongs_to(closure::Entity)
                .from(organisation::Column::Id)
                .to(closure::Column::Ancestor)
                .into(),
        )
        .filter(organisation::Column::Level.eq(Level::County))
        .filter(closure::Column::Descendant.is_in(unions.iter().map(|union| union.id)))
        .filter(closure::Column::Depth.gt(0))
        .order_by_desc(closure::Column::Depth)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(above.into_iter().map(|(union, id, name)| (union, NamedUnion { id, name })).collect())
}
