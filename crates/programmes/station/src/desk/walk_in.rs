//! Somebody comes to a desk without having booked. Who advises or who keeps the station writes him down, by the code that he
//! shows, by his phone, or as nobody known; he takes the time that has begun, and the consultation counts at once. At a desk
//! that is booked by consent whoever didn't agree stays nobody known. Whoever missed his time there today and comes later is no
//! second one: what he booked moves to the time that has begun, so nobody stands at a desk twice for coming once.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::TimeDelta;
use database::Connection;
use kernel::{
    Actor, Caller, Context, Id, Moment, Problem, Unit, audit, organisation::worker_group, permission::Oneself, person,
};
use sea_orm::{
    ActiveModelTrait, Condition, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{DeskKind, agreed::needed, attend::count, schedule::Schedule, view::advisers};
use crate::{
    duty::{
        self,
        code::{self, StationCodeRefusal},
    },
    permissions::Advise,
    register::{keyed, list::keys_in_scope},
    tables::{
        booking::{BookingState, Column, Entity, Model},
        desk, station,
    },
};

kernel::refusals! {
    /// Why nobody is written down who came without having booked.
    pub enum WalkInRefusal {
        /// Nobody sits there now, or the time is another's.
        Taken = 409 "desk_now_taken" "这个窗口现在没有空着的时段。",
        /// He booked for today, or was written down.
        Booked = 409 "walk_in_booked" "这位职工今天在这个窗口已有预约或已登记，请由咨询人员在“我的咨询”里登记到场。",
    }
}

const NOT_BY_PHONE: &str =
    "按这个号码不能登记。请核对号码，或扫职工出示的到站码；约过今天的由咨询人员登记到场，其他的不记名登记。";

/// Somebody who came without having booked; without a code and a phone nobody known.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationWalkIn)]
pub struct WalkIn {
    /// The desk.
    pub desk_id: Id,
    /// What the code said that he showed.
    #[schema(max_length = 400)]
    pub code: Option<String>,
    /// His mobile number, if he showed no code. If it is nobody's, or several people's, he stays nobody known; who keeps the
    /// station is refused where it is nobody's, or of one who stands at the desk today.
    #[schema(max_length = 20)]
    pub phone: Option<String>,
    /// Of nobody known: the worker group, if it is told.
    #[schema(max_length = 40)]
    pub group: Option<String>,
}

/// What was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationWalkIn)]
pub struct WalkedIn {
    /// The key.
    pub id: Id,
    /// The desk.
    pub desk_id: Id,
    /// Who, masked; absent for nobody known.
    pub name: Option<String>,
    /// His mobile number, masked: names that are masked alike are told apart by it.
    pub phone: Option<String>,
    /// From when.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
}

/// What was written down as who keeps the station sees it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<WalkedIn>, Problem> {
    let people = person::masked(conn, context, rows.iter().filter_map(|row| row.person_id)).await?;
    let view = |row: Model| WalkedIn {
        id: row.id,
        desk_id: row.desk_id,
        name: row.person_id.map(|person| people.name(person)),
        phone: row.person_id.and_then(|person| people.phone(person)),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        taken_back: row.reason,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// A desk, and the time there that has begun and is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskNow)]
pub struct DeskNow {
    /// The desk.
    pub id: Id,
    /// Its station and what it advises on, in words.
    pub label: String,
    /// Who advises.
    pub adviser: String,
    /// From when; absent if no time is free now.
    pub starts_at: Option<Moment>,
    /// Until when.
    pub ends_at: Option<Moment>,
}

fn own_desks(caller: &Caller<Advise>) -> Result<Select<desk::Entity>, Problem> {
    let own = desk::Entity::find().filter(desk::Column::AdviserId.eq(caller.account()?));
    Ok(own.filter(desk::Column::StationId.in_subquery(keys_in_scope(caller, None))))
}

/// Desks that pass a filter, with their stations.
async fn placed(conn: &Connection, desks: Select<desk::Entity>) -> Result<Vec<(desk::Model, station::Model)>, Problem> {
    let desks = desks.order_by_asc(desk::Column::Id).all(conn).await?;
    let stations = keyed::stations(conn, desks.iter().map(|desk| desk.station_id)).await?;
    let at = |desk: desk::Model| stations.get(&desk.station_id).cloned().map(|station| (desk, station));
    Ok(desks.into_iter().filter_map(at).collect())
}

async fn now(context: &Context, desks: Select<desk::Entity>) -> Result<Vec<DeskNow>, Problem> {
    let conn = context.read();
    let desks = placed(conn, desks).await?;
    let schedule = Schedule::of(conn, context, &desks, None).await?;
    let advisers = advisers(conn, desks.iter().map(|(desk, _)| desk.adviser_id)).await?;
    let shown = desks.iter().map(|(desk, station)| {
        let slot = schedule.now(context, desk, station)?;
        Ok(DeskNow {
            id: desk.id,
            label: format!("{} {}", station.name, desk.kind.label()),
            adviser: advisers.get(&desk.adviser_id).cloned().unwrap_or_default(),
            starts_at: slot.map(|slot| slot.starts_at.into()),
            ends_at: slot.map(|slot| slot.ends_at.into()),
        })
    });
    shown.collect()
}

fn typed(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// Whom a code or a phone names at a desk of this kind. Who keeps the station would learn by trying numbers who comes to a
/// counsellor, so there he needs the code that only whoever stands before him can show.
async fn whom(unit: &Unit, context: &Context, kind: DeskKind, input: &WalkIn) -> Result<Option<Id>, Problem> {
    if let Some(code) = typed(input.code.as_deref()) {
        return code::read(unit, context, code, context.now()).await.map(Some);
    }
    let Some(phone) = typed(input.phone.as_deref()) else { return Ok(None) };
    if needed(kind).is_some() && matches!(context.actor(), Actor::Worker { .. }) {
        let says = "这个窗口不能按手机号码登记，请扫职工出示的到站码，或不记名登记。";
        return Err(Problem::field("phone", "code_only", says));
    }
    let phone = codes::phone::normalise(phone);
    let phone = phone.map_err(|err| Problem::field("phone", err.code(), err.message()))?;
    let holders = person::holders_of_phone(unit, context, &phone).await?;
    Ok(if let [holder] = holders.as_slice() { Some(*holder) } else { None })
}

/// Whether who keeps a station may write somebody down by the phone that he typed. The list of who booked is not his: so that
/// he doesn't learn from it by trying numbers, that of one who stands in it today reads and counts like one of nobody's. Whom
/// he wrote down himself he sees: told that there is no such number, he would write him down once more, without a name.
async fn may_by_phone(caller: &Caller<Oneself>, id: Id, input: &WalkIn) -> Result<bool, Problem> {
    let phone = typed(input.phone.as_deref()).filter(|_| typed(input.code.as_deref()).is_none());
    let Some(phone) = phone.and_then(|phone| codes::phone::normalise(phone).ok()) else { return Ok(true) };
    let conn = caller.read();
    let here = duty::station(conn, caller, id, caller.today()).await?;
    let desk = desk::Entity::find_by_id(input.desk_id).filter(desk::Column::StationId.eq(here.id)).one(conn).await?;
    // Whatever the number is, it is refused where there is no such desk, or a code is needed.
    let Some(desk) = desk.filter(|desk| needed(desk.kind).is_none()) else { return Ok(true) };
    let stand = of_today(caller, desk.id)
        .select_only()
        .column(Column::PersonId)
        .filter(Column::PersonId.is_not_null())
        .filter(Condition::any().add(Column::Actor.is_null()).add(Column::Actor.ne(caller.actor().word())))
        .filter(Column::State.is_in([BookingState::Booked, BookingState::Held]));
    person::has_phone(&caller.lent(vec![here.organisation_id]), &phone, stand.into_query()).await
}

/// The worker group that counts: the person's own, or what was told of nobody known.
async fn group(unit: &Unit, input: &WalkIn, person: Option<Id>) -> Result<Option<String>, Problem> {
    if let Some(person) = person {
        return Ok(person::Entity::find_by_id(person).one(unit).await?.and_then(|person| person.worker_group));
    }
    if let Some(group) = &input.group {
        worker_group::check(unit, group).await?;
    }
    Ok(input.group.clone())
}

fn of_today(context: &Context, desk: Id) -> Select<Entity> {
    let midnight = calendar::day_start(context.today());
    Entity::find()
        .filter(Column::DeskId.eq(desk))
        .filter(Column::StartsAt.gte(Moment::from(midnight)))
        .filter(Column::StartsAt.lt(Moment::from(midnight + TimeDelta::days(1))))
}

/// What somebody booked at a desk for today and didn't come for.
///
/// # Errors
/// [`WalkInRefusal::Booked`] if anything else of his stands there today.
async fn missed(unit: &Unit, context: &Context, desk: Id, person: Id) -> Result<Option<Model>, Problem> {
    let today = of_today(context, desk)
        .filter(Column::PersonId.eq(person))
        .filter(Column::State.is_in(BookingState::TAKING))
        .order_by_desc(Column::StartsAt)
        .all(unit)
        .await?;
    if today.iter().any(|row| row.state != BookingState::Missed) {
        return Err(WalkInRefusal::Booked.into());
    }
    Ok(today.into_iter().next())
}

/// Writes one down at a desk that the filter leaves.
async fn take(
    unit: &Unit,
    context: &Context,
    desks: Select<desk::Entity>,
    input: &WalkIn,
) -> Result<WalkedIn, Problem> {
    let at = placed(unit, desks.filter(desk::Column::Id.eq(input.desk_id))).await?;
    let Some((desk, station)) = at.first() else { return Err(Problem::not_found()) };
    let slot = Schedule::of(unit, context, &at, None).await?.now(context, desk, station)?;
    let slot = slot.ok_or(WalkInRefusal::Taken)?;
    let person_id = whom(unit, context, desk.kind, input).await?;
    let missed = match person_id {
        Some(person) => missed(unit, context, desk.id, person).await?,
        None => None,
    };
    let group = group(unit, input, person_id).await?;
    let person_id = match (needed(desk.kind), person_id) {
        (Some(purpose), Some(person)) => purpose.standing(unit, person).await?.map(|given| given.person_id),
        _ => person_id,
    };
    let missed = missed.filter(|_| person_id.is_some());
    let row = Model {
        id: missed.as_ref().map_or_else(|| context.id(), |row| row.id),
        desk_id: desk.id,
        station_id: station.id,
        adviser_id: desk.adviser_id,
        person_id,
        starts_at: slot.starts_at.into(),
        ends_at: slot.ends_at.into(),
        state: BookingState::Held,
        reason: None,
        fact_id: None,
        record_sealed: None,
        recorded_at: None,
        made_at: missed.as_ref().map_or_else(|| context.now().into(), |row| row.made_at),
        actor: Some(context.actor().word()),
        missed_from: missed.as_ref().map(|row| row.starts_at),
        missed_until: missed.as_ref().map(|row| row.ends_at),
    };
    let fact_id = Some(count(unit, context, station, &row, group).await?);
    let row = Model { fact_id, ..row };
    let kept = row.clone().into_active_model().reset_all();
    if missed.is_some() {
        kept.update(unit).await?;
    } else {
        Entity::insert(kept).exec_without_returning(unit).await?;
    }
    let act = ("station_consultations.walk_in", "station/booking", row.id);
    audit::record(unit, context, act, station.organisation_id, json!({ "known": person_id.is_some() })).await?;
    views(unit, context, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Who advises writes somebody down at a desk of his own.
///
/// # Errors
/// 404 if the desk is another's, [`WalkInRefusal`], [`StationCodeRefusal`], 422 that names the field.
pub async fn by_adviser(caller: &Caller<Advise>, input: &WalkIn) -> Result<WalkedIn, Problem> {
    caller.unit(|unit| async move { take(&unit, caller, own_desks(caller)?, input).await }).await
}

/// Who keeps a station writes somebody down at one of its desks.
///
/// # Errors
/// As [`by_adviser`]; 404 if the caller has no post there, too, and 422 for the phone of nobody or of one who booked;
/// [`person::SearchRefusal`].
pub async fn by_keeper(caller: &Caller<Oneself>, id: Id, input: &WalkIn) -> Result<WalkedIn, Problem> {
    let may = may_by_phone(caller, id, input).await?;
    let taken = caller.unit(|unit| async move {
        let here = duty::station(&unit, caller, id, caller.today()).await?;
        if !may {
            let act = ("station_consultations.try_phone", "station/desk", input.desk_id);
            audit::record(&unit, caller, act, here.organisation_id, json!({})).await?;
            return Ok(None);
        }
        let desks = desk::Entity::find().filter(desk::Column::StationId.eq(here.id));
        take(&unit, caller, desks, input).await.map(Some)
    });
    taken.await?.ok_or_else(|| Problem::field("phone", "not_by_phone", NOT_BY_PHONE))
}

/// 我的咨询窗口
#[utoipa::path(
    get, path = "/station-consultations/desks", tag = "station", operation_id = "list_own_station_desks",
    extensions(("x-permission" = json!("station.advise"))),
    responses((status = 200, body = Vec<DeskNow>)),
)]
pub async fn get_own(caller: Caller<Advise>) -> Result<Json<Vec<DeskNow>>, Problem> {
    now(&caller, own_desks(&caller)?).await.map(Json)
}

/// 登记没有预约来咨询的人
#[utoipa::path(
    post, path = "/station-consultations/walk-ins", tag = "station", operation_id = "add_station_walk_in",
    extensions(("x-permission" = json!("station.advise"))), request_body = WalkIn,
    responses((status = 201, body = WalkedIn), WalkInRefusal, StationCodeRefusal),
)]
pub async fn post_own(
    caller: Caller<Advise>,
    Json(input): Json<WalkIn>,
) -> Result<(StatusCode, Json<WalkedIn>), Problem> {
    Ok((StatusCode::CREATED, Json(by_adviser(&caller, &input).await?)))
}

/// 本站的咨询窗口
#[utoipa::path(
    get, path = "/me/stations/{id}/desks", tag = "me", operation_id = "desks_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<DeskNow>)),
)]
pub async fn get_here(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Vec<DeskNow>>, Problem> {
    let here = duty::station(caller.read(), &caller, id, caller.today()).await?;
    now(&caller, desk::Entity::find().filter(desk::Column::StationId.eq(here.id))).await.map(Json)
}

/// 在本站登记没有预约来咨询的人
#[utoipa::path(
    post, path = "/me/stations/{id}/walk-ins", tag = "me", operation_id = "add_walk_in_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = WalkIn,
    responses((status = 201, body = WalkedIn), WalkInRefusal, StationCodeRefusal, person::SearchRefusal),
)]
pub async fn post_here(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<WalkIn>,
) -> Result<(StatusCode, Json<WalkedIn>), Problem> {
    Ok((StatusCode::CREATED, Json(by_keeper(&caller, id, &input).await?)))
}
