//! An event as officers see it.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Context, Problem,
    organisation::{self, tree},
};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    counts::{EventCounts, counts},
    gates::{self, Gate},
    gifts::{self, Gift},
};
use crate::tables::{
    event::{self, EventState},
    event_union,
};

/// A union by key and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedUnion {
    /// The key.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// An event.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EventView {
    /// The key.
    pub id: Id,
    /// What the QR code carries.
    pub code: String,
    /// Where the QR code leads.
    pub join_url: String,
    /// The union that holds it.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// From when one may join.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Whether one may join now.
    pub open: bool,
    /// Whether it was closed.
    pub state: EventState,
    /// The unions that take part.
    pub unions: Vec<NamedUnion>,
    /// What each who joins is given.
    pub gifts: Vec<Gift>,
    /// How many gift kits lie ready.
    pub kits_total: i64,
    /// The tables of the hall at which kits are handed over.
    pub gates: Vec<Gate>,
    /// Whether who passes the rule is a member at once.
    pub approves_at_once: bool,
    /// How it goes.
    pub counts: EventCounts,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// The event, if the union that holds it lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn in_scope(conn: &Connection, context: &Context, id: Id) -> Result<event::Model, Problem> {
    let place = (event::Entity, event::Column::OrganisationId);
    let query = event::Entity::find_by_id(id).filter(context.scope().within(place));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The unions that take part in an event, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn unions(conn: &Connection, event: Id) -> Result<Vec<NamedUnion>, Problem> {
    let places = places(conn, &[event]).await?;
    let names = tree::names(conn, places.iter().map(|place| place.organisation_id)).await?;
    Ok(named(&places, event, &names))
}

/// Those of them that one may join on a day: a union that was closed since takes nobody in.
///
/// # Errors
/// A fault of the database.
pub async fn open_unions(conn: &Connection, event: Id, on: NaiveDate) -> Result<Vec<NamedUnion>, Problem> {
    let all = unions(conn, event).await?;
    let closed = organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(all.iter().map(|union| union.id)))
        .filter(organisation::Column::ClosedOn.lte(on))
        .all(conn)
        .await?;
    Ok(all.into_iter().filter(|union| !closed.iter().any(|closed| closed.id == union.id)).collect())
}

async fn places(conn: &Connection, events: &[Id]) -> Result<Vec<event_union::Model>, Problem> {
    let query = event_union::Entity::find().filter(event_union::Column::EventId.is_in(events.iter().copied()));
    Ok(query.order_by_asc(event_union::Column::Place).all(conn).await?)
}

fn named(places: &[event_union::Model], event: Id, names: &HashMap<Id, String>) -> Vec<NamedUnion> {
    let union = |id: Id| NamedUnion { id, name: names.get(&id).cloned().unwrap_or_default() };
    places.iter().filter(|place| place.event_id == event).map(|place| union(place.organisation_id)).collect()
}

/// Whether one may join now.
pub fn is_open(event: &event::Model, now: Moment) -> bool {
    event.state == EventState::Open && event.starts_at <= now && now < event.ends_at
}

/// Where the QR code leads.
pub fn join_url(context: &Context, code: &str) -> String {
    format!("{}/w/e/{code}", context.house().settings().public_url)
}

/// An event as officers see it.
///
/// # Errors
/// A fault of the database.
pub async fn view(conn: &Connection, context: &Context, event: event::Model) -> Result<EventView, Problem> {
    views(conn, context, vec![event]).await?.pop().ok_or_else(Problem::not_found)
}

/// Events as officers see them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, context: &Context, events: Vec<event::Model>) -> Result<Vec<EventView>, Problem> {
    let ids: Vec<Id> = events.iter().map(|event| event.id).collect();
    let places = places(conn, &ids).await?;
    let holders = events.iter().map(|event| event.organisation_id);
    let unions = places.iter().map(|place| place.organisation_id).chain(holders);
    let names = tree::names(conn, unions).await?;
    let mut numbers = counts(conn, &events).await?;
    let mut views = Vec::with_capacity(events.len());
    for event in events {
        views.push(EventView {
            id: event.id,
            join_url: join_url(context, &event.code),
            organisation: names.get(&event.organisation_id).cloned().unwrap_or_default(),
            open: is_open(&event, context.now().into()),
            unions: named(&places, event.id, &names),
            gifts: gifts::of(&event)?,
            gates: gates::of(&event)?,
            counts: numbers.remove(&event.id).unwrap_or_default(),
            organisation_id: event.organisation_id,
            code: event.code,
            title: event.title,
            place: event.place,
            starts_at: event.starts_at,
            ends_at: event.ends_at,
            state: event.state,
            kits_total: event.kits_total,
            approves_at_once: event.approves_at_once,
            version: event.version,
        });
    }
    Ok(views)
}
