//! The hall's wall: how many joined, by union, growing while people watch.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::sse::{Event, KeepAlive, Sse},
};
use database::{Connection, Id, Moment};
use futures::{Stream, stream};
use kernel::{Caller, House, Problem, organisation::tree, person};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::ExprTrait};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    counts::{EventCounts, Row, counts},
    gates,
    view::in_scope,
};
use crate::{
    permissions::SeeEvents,
    tables::{event, join, kit, second_kit},
};

/// The wall's page at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveEvent {
    /// How it goes.
    #[serde(flatten)]
    pub counts: EventCounts,
    /// How many joined each union, most first.
    pub by_organisation: Vec<UnionCount>,
    /// The last who joined, masked, newest first.
    pub recent: Vec<Recent>,
    /// How the tables go: those of the event in their order, then others at which kits were handed over.
    pub by_gate: Vec<GateCount>,
}

/// How many joined a union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnionCount {
    /// The union.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// How many joined.
    pub joined: i64,
}

/// How a table goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GateCount {
    /// The table.
    pub gate: String,
    /// Kits handed over at it.
    pub kits: i64,
    /// Kits that still lie there; absent for a table that the event does not name.
    pub left: Option<i64>,
    /// The queue: how many new members are awaited at it.
    pub waiting: i64,
}

/// One who just joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Recent {
    /// The name, masked.
    pub name: String,
    /// The union.
    pub organisation: String,
    /// When.
    pub joined_at: Moment,
}

/// The wall's page now.
///
/// # Errors
/// 404 if the event is absent or foreign.
pub async fn look(caller: &Caller<SeeEvents>, id: Id) -> Result<LiveEvent, Problem> {
    let conn = caller.read();
    let event = in_scope(conn, caller, id).await?;
    let joins = join::Entity::find().filter(join::Column::EventId.eq(id));
    let by_union = joins.clone().select_only().column_as(join::Column::OrganisationId, "key");
    let by_union = by_union.column_as(join::Column::Id.count(), "number").group_by(join::Column::OrganisationId);
    let mut by_union: Vec<Row<Id>> = by_union.into_model().all(conn).await?;
    by_union.sort_by_key(|row| (-row.number, row.key));
    let last = joins.order_by_desc(join::Column::JoinedAt).order_by_desc(join::Column::Id).limit(8).all(conn).await?;
    let people = person::masked(conn, caller, last.iter().map(|join| join.person_id)).await?;
    let unions = by_union.iter().map(|row| row.key).chain(last.iter().map(|join| join.organisation_id));
    let unions = tree::names(conn, unions).await?;
    let name = |id: &Id| unions.get(id).cloned().unwrap_or_default();
    let union =
        |row: Row<Id>| UnionCount { organisation: name(&row.key), organisation_id: row.key, joined: row.number };
    let recent = |join: join::Model| Recent {
        name: people.name(join.person_id),
        organisation: name(&join.organisation_id),
        joined_at: join.joined_at,
    };
    Ok(LiveEvent {
        counts: counts(conn, std::slice::from_ref(&event)).await?.remove(&id).unwrap_or_default(),
        by_organisation: by_union.into_iter().map(union).collect(),
        recent: last.into_iter().map(recent).collect(),
        by_gate: by_gate(conn, &event).await?,
    })
}

/// How the tables go.
async fn by_gate(conn: &Connection, event: &event::Model) -> Result<Vec<GateCount>, Problem> {
    let given = kit::Entity::find().filter(kit::Column::EventId.eq(event.id)).select_only();
    let given = given.column_as(kit::Column::Gate, "key").column_as(kit::Column::JoinId.count(), "number");
    let given: Vec<Row<String>> = given.group_by(kit::Column::Gate).into_model().all(conn).await?;
    let second = second_kit::Entity::find().filter(second_kit::Column::EventId.eq(event.id)).select_only();
    let second = second.column_as(second_kit::Column::Gate, "key").column_as(second_kit::Column::Id.count(), "number");
    let second: Vec<Row<String>> = second.group_by(second_kit::Column::Gate).into_model().all(conn).await?;
    let waiting = join::Entity::find()
        .filter(join::Column::EventId.eq(event.id))
        .filter(join::Column::Gate.is_not_null())
        .filter(kit::was_given().not())
        .select_only()
        .column_as(join::Column::Gate, "key")
        .column_as(join::Column::Id.count(), "number");
    let waiting: Vec<Row<String>> = waiting.group_by(join::Column::Gate).into_model().all(conn).await?;
    let gates = gates::of(event)?;
    let mut names: Vec<String> = gates.iter().map(|gate| gate.name.clone()).collect();
    let mut others: Vec<String> = given.iter().chain(&second).chain(&waiting).map(|row| row.key.clone()).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|other| !names.contains(other));
    names.extend(others);
    let of = |rows: &[Row<String>], gate: &str| rows.iter().find(|row| row.key == gate).map_or(0, |row| row.number);
    let count = |name: String| {
        let kits = of(&given, &name) + of(&second, &name);
        let left = gates.iter().find(|gate| gate.name == name).map(|gate| Ord::max(gate.kits.saturating_sub(kits), 0));
        GateCount { waiting: of(&waiting, &name), gate: name, kits, left }
    };
    Ok(names.into_iter().map(count).collect())
}

/// Looks at least this often, because other processes' writes give no notice.
const AT_LEAST: Duration = Duration::from_secs(2);
/// Gathers notices for this long, so that two thousand joins in a minute are not two thousand looks.
const GATHER: Duration = Duration::from_millis(250);

/// Waits for a notice that the event changed, or until it is time to look anyway.
async fn changed(notices: &mut tokio::sync::broadcast::Receiver<String>, topic: &str) {
    let heard = async {
        loop {
            match notices.recv().await {
                Ok(told) if told == topic => break,
                Err(tokio::sync::broadcast::error::RecvError::Closed) => std::future::pending().await,
                // Lagging behind means that much happened.
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => break,
                Ok(_) => {}
            }
        }
    };
    if tokio::time::timeout(AT_LEAST, heard).await.is_ok() {
        tokio::time::sleep(GATHER).await;
    }
}

fn frames(house: House, parts: Parts, id: Id) -> impl Stream<Item = Result<Event, Infallible>> {
    let notices = house.live().watch();
    let stopping = house.tasks().stopping();
    let start = (parts, notices, None::<LiveEvent>);
    let stop = stopping.clone();
    let stream = stream::unfold(start, move |(mut parts, mut notices, mut shown)| {
        let (stop, house) = (stop.clone(), house.clone());
        async move {
            loop {
                if shown.is_some() {
                    changed(&mut notices, &format!("event/{id}")).await;
                }
                if stop.is_cancelled() {
                    return None;
                }
                // Who watches may have lost the right meanwhile, or logged out.
                let caller = Caller::<SeeEvents>::from_request_parts(&mut parts, &house).await.ok()?;
                let now = look(&caller, id).await.ok()?;
                if shown.as_ref() != Some(&now) {
                    let frame = Event::default().json_data(&now).ok()?;
                    shown = Some(now);
                    return Some((Ok(frame), (parts, notices, shown)));
                }
            }
        }
    });
    futures::StreamExt::take_until(stream, async move { stopping.cancelled().await })
}

/// 活动现场实时人数
#[utoipa::path(
    get, path = "/events/{id}/live", tag = "events", operation_id = "watch_event",
    extensions(("x-permission" = json!("membership.view_events"))),
    params(("id" = Id, Path)), responses((status = 200, content_type = "text/event-stream", body = LiveEvent)),
)]
pub async fn get_live(
    caller: Caller<SeeEvents>,
    Path(id): Path<Id>,
    parts: Parts,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    in_scope(caller.read(), &caller, id).await?;
    Ok(Sse::new(frames(caller.house().clone(), parts, id)).keep_alive(KeepAlive::default()))
}
