use std::collections::HashSet;

use database::Connection;
use kernel::{Id, Moment};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::rules::standing::Standing;

/// A membership, from the application on. Most people have one in their life; who left and joined again has two.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_member")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// The union; a transfer changes it.
    pub organisation_id: Id,
    /// The worker group's code.
    pub worker_group: Option<String>,
    /// The platform company he works for.
    pub platform_id: Option<Id>,
    /// The employer, as he wrote it.
    pub employer: Option<String>,
    /// Where the membership stands.
    pub state: Standing,
    /// The number on the card, from the approval on. Unique.
    pub card_number: Option<String>,
    /// The day of the application.
    pub applied_on: Date,
    /// The day of the approval, from which the membership counts.
    pub member_since: Option<Date>,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// The enrolment event at which he joined.
    pub event_id: Option<Id>,
    /// The import that brought the row.
    pub import_batch: Option<Id>,
    /// The person again while this membership takes the one place that a person has. Unique.
    pub valid_person_id: Option<Id>,
    /// The instant of the last change.
    pub changed_at: Moment,
    /// Grows with each change.
    pub version: i64,
}

database::plain_table!();

/// The membership, if its union lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn in_scope(conn: &Connection, scope: &kernel::Scope, id: Id) -> Result<Model, kernel::Problem> {
    let query = Entity::find_by_id(id).filter(scope.within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(kernel::Problem::not_found)
}

/// Which of these memberships lie with unions in the scope.
///
/// # Errors
/// A fault of the database.
pub async fn those_in_scope(
    conn: &Connection,
    scope: &kernel::Scope,
    members: Vec<Id>,
) -> Result<HashSet<Id>, kernel::Problem> {
    let query = Entity::find().select_only().column(Column::Id).filter(Column::Id.is_in(members));
    let own: Vec<Id> = query.filter(scope.within((Entity, Column::OrganisationId))).into_tuple().all(conn).await?;
    Ok(own.into_iter().collect())
}

/// The membership or application that takes the person's one place, wherever it lies.
///
/// # Errors
/// A fault of the database.
pub async fn valid_of(conn: &Connection, person: Id) -> Result<Option<Model>, kernel::Problem> {
    Ok(Entity::find().filter(Column::ValidPersonId.eq(person)).one(conn).await?)
}
