use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};

use super::fact;
use crate::{Fault, caller::below};

/// The first day of what was ever recorded at and below an organisation in today's tree, if anything was.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn first_day_below(conn: &Connection, organisation: Id) -> Result<Option<NaiveDate>, Fault> {
    let first: Option<Option<NaiveDate>> = fact::Entity::find()
        .select_only()
        .column_as(fact::Column::Day.min(), "first")
        .filter(fact::on_all_shelves(conn))
        .filter(below(organisation, (fact::Entity, fact::Column::OrganisationId)))
        .into_tuple()
        .one(conn)
        .await?;
    Ok(first.flatten())
}
