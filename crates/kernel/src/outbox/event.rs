use database::{Id, Moment, Unit};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityName, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, Func, Query},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Answer, Context, Fault, Problem};

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

database::plain_table!();

impl Model {
    /// What it tells.
    ///
    /// # Errors
    /// A fault if that is something else.
    pub fn told<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_str(&self.payload).map_err(|err| Fault::Stored(format!("{}: {err}", self.kind)).into())
    }
}

/// The events of a kind behind a place, in their order.
pub(super) fn after(position: i64, kind: &str) -> Select<Entity> {
    let behind = Entity::find().filter(Column::Position.gt(position)).filter(Column::Kind.eq(kind));
    behind.order_by_asc(Column::Position)
}

/// What a listener does with events, in the unit that also moves its cursor: so once in effect.
#[derive(Clone, Copy)]
pub enum React {
    /// One after another.
    Each(for<'a> fn(&'a Unit, &'a Context, &'a EventRecord) -> Answer<'a>),
    /// Of what comes in masses as many at once as are there, at most a hundred.
    Together(for<'a> fn(&'a Unit, &'a Context, &'a [EventRecord]) -> Answer<'a>),
}

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

/// Something that happened, to be announced.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What, in the past tense.
    pub kind: &'static str,
    /// What a listener needs; keys of rows, nothing personal.
    pub payload: serde_json::Value,
}

/// [`publish`] for many at once, after what the unit wrote so far.
///
/// # Errors
/// A fault of the database.
pub async fn publish_all(unit: &Unit, context: &Context, events: Vec<NewEvent>) -> Result<(), Problem> {
    let last = Entity::find().select_only().column(Column::Position).order_by_desc(Column::Position);
    let last: i64 = last.into_tuple().one(unit).await?.unwrap_or(0);
    let row = |(position, event): (i64, NewEvent)| ActiveModel {
        position: Set(position),
        id: Set(context.id()),
        kind: Set(event.kind.to_owned()),
        payload: Set(event.payload.to_string()),
        at: Set(context.now().into()),
    };
    database::insert_all::<Entity>(unit, (last + 1..).zip(events).map(row).collect()).await?;
    Ok(())
}

/// Announces in the unit that something happened. The place in the order is counted by the statement itself, so that
/// nothing is waited for here.
///
/// # Errors
/// The payload can't be written as JSON.
pub fn publish(unit: &Unit, context: &Context, kind: &str, payload: &impl Serialize) -> Result<(), Problem> {
    let payload = serde_json::to_string(payload).map_err(|err| Fault::Stored(err.to_string()))?;
    let last = Func::coalesce([Expr::col(Column::Position).max(), Expr::val(0_i64)]);
    let next = Query::select().expr(Expr::from(last).add(1)).from(Entity).to_owned();
    let row = Query::insert()
        .into_table(Entity)
        .columns([Column::Position, Column::Id, Column::Kind, Column::Payload, Column::At])
        .values([next.into(), context.id().into(), kind.into(), payload.into(), Moment::from(context.now()).into()])
        .map_err(|err| Fault::Stored(err.to_string()))?
        .to_owned();
    unit.later(Entity.table_name(), unit.get_database_backend().build(&row));
    Ok(())
}
