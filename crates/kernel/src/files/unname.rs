//! What a phone called the files that somebody handed in may name him: it goes when he is made nameless.

use database::{Id, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{
    name,
    tables::{ActiveModel, Column, Entity},
};
use crate::{Actor, Problem};

/// Calls what a person handed in by phone by its ending alone.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn unname(unit: &Unit, person: Id) -> Result<(), Problem> {
    let own = Entity::find().filter(Column::StoredBy.eq(Actor::Worker { person }.word()));
    for file in own.all(unit).await? {
        let ending = file.name.rsplit('.').next().unwrap_or_default();
        let row = ActiveModel { id: Set(file.id), name: Set(name::clean("", ending)), ..Default::default() };
        Entity::update(row).exec(unit).await?;
    }
    Ok(())
}
