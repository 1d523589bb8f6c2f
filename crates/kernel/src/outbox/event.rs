use std::pin::Pin;

use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Serialize;

use crate::{Context, Fault, Problem};

/// An event on the outbox, kept so that a programme to come can still listen to it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_event")]
pub struct Model {
    /// The place in the order of commitment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The key.
    pub id: Id,
    /// What happened, in the past tense: `member_joined`.
    pub kind: String,
    /// What a listener needs, as JSON; keys of rows, nothing personal.
    pub payload: String,
    /// When.
    pub at: Moment,
}

/// An event as stored.
pub type EventRecord = Model;

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a listener does with an event, in the unit that also moves its cursor: so once in effect.
pub type React = for<'a> fn(
    &'a Unit,
    &'a Context,
    &'a EventRecord,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;

/// A programme listens to a kind of event.
#[derive(Clone, Copy)]
pub struct Subscription {
    /// Unique among all programmes; its cursor is kept under this name.
    pub name: &'static str,
    /// The kind of event.
    pub event: &'static str,
    /// What it does.
    pub react: React,
}

/// Announces in the unit that something happened.
///
/// # Errors
/// A fault of the database.
pub async fn publish(unit: &Unit, context: &Context, kind: &str, payload: &impl Serialize) -> Result<(), Problem> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Position)
        .order_by_desc(Column::Position)
        .into_tuple()
        .one(unit)
        .await?;
    let payload = serde_json::to_string(payload).map_err(|err| Fault::Stored(err.to_string()))?;
    let row = ActiveModel {
        position: Set(last.unwrap_or(0) + 1),
        id: Set(context.id()),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        at: Set(context.now().into()),
    };
    Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}
