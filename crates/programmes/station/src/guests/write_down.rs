//! Writing an official's day down, with what workers asked him for.

use axum::{Json, http::StatusCode};
use chrono::{Days, NaiveDate};
use kernel::{
    Caller, Context, Id, Problem, Unit, audit,
    ledger::{self, NewFact, Source},
    organisation::worker_group,
    outbox,
    problem::Wrong,
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    COLLECTED, GUEST, HELD, REQUEST, RequestKind,
    list::{GuestView, views},
    requests::wish,
};
use crate::{
    permissions::KeepStations,
    register::{form::text, view::in_scope},
    tables::{guest, request, station},
};

kernel::refusals! {
    /// Why a day is not written down.
    pub enum GuestRefusal {
        /// It was before.
        Already { name: String, day: String } = 409 "guest_already" "{name}{day}在这个驿站的轮值已经登记过；要改请先撤回原来的记录。",
    }
}

/// Something that workers asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationRequest)]
pub struct NewRequest {
    /// What it is about.
    pub kind: RequestKind,
    /// Of which worker group, if it is known.
    #[schema(max_length = 40)]
    pub group: Option<String>,
    /// What is asked for, 2 to 300 characters.
    #[schema(min_length = 2, max_length = 300)]
    pub wish: String,
}

/// An official's day.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationGuest)]
pub struct NewGuest {
    /// At which station.
    pub station_id: Id,
    /// Who, 2 to 30 characters.
    #[schema(min_length = 2, max_length = 30)]
    pub name: String,
    /// In what office, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub office: String,
    /// The day, in the last 60 days.
    pub day: NaiveDate,
    /// How many activities he held, 0 to 20.
    #[schema(minimum = 0, maximum = 20)]
    pub activities: i64,
    /// What was done, 2 to 300 characters.
    #[schema(min_length = 2, max_length = 300)]
    pub did: String,
    /// What workers asked for.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub requests: Vec<NewRequest>,
}

/// What is announced of a request; nothing of what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestCollected {
    /// The request.
    pub request_id: Id,
    /// The station.
    pub station_id: Id,
    /// The union that answers for it.
    pub organisation_id: Id,
    /// What it is about.
    pub kind: RequestKind,
    /// Of which worker group.
    pub worker_group: Option<String>,
    /// The day.
    pub day: NaiveDate,
}

impl NewGuest {
    fn check(&self, today: NaiveDate) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let short = |text: &str, most: usize| (2..=most).contains(&text.trim().chars().count());
        wrong.want(short(&self.name, 30), "name", "姓名请填写 2 至 30 个字。");
        wrong.want(short(&self.office, 60), "office", "单位和职务请填写 2 至 60 个字。");
        wrong.want(short(&self.did, 300), "did", "当日工作请填写 2 至 300 个字。");
        wrong.want((0..=20).contains(&self.activities), "activities", "活动场次请填写 0 至 20。");
        let first = today.checked_sub_days(Days::new(60)).unwrap_or(today);
        wrong.want((first..=today).contains(&self.day), "day", "日期应在最近60天之内，且不晚于今天。");
        wrong.want(self.requests.len() <= 30, "requests", "一次最多登记 30 件诉求。");
        for (place, one) in self.requests.iter().enumerate() {
            wrong.want(short(&one.wish, 300), &format!("requests.{place}.wish"), "诉求内容请填写 2 至 300 个字。");
        }
        wrong.refuse()
    }
}

/// Writes a day down.
///
/// # Errors
/// 404 if the station is absent or foreign, [`GuestRefusal`], 422 that names each field.
pub async fn write_down(caller: &Caller<KeepStations>, input: &NewGuest) -> Result<GuestView, Problem> {
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, input.station_id).await?;
            input.check(caller.today())?;
            ledger::entry_allowed(&unit, caller, station.organisation_id, input.day).await?;
            check_once(&unit, input).await?;
            let facts = ledger::post(&unit, caller, &facts(station.organisation_id, id, input)).await?;
            let row = row(caller, (id, station.organisation_id), input, &facts)?;
            guest::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            for one in &input.requests {
                collect(&unit, caller, &station, &row, one).await?;
            }
            let act = ("station_guests.create", "station/guest", id);
            let detail = json!({ "station": station.id, "day": input.day, "requests": input.requests.len() });
            audit::record(&unit, caller, act, station.organisation_id, detail).await?;
            views(&unit, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Refuses a turn that is written down already: its facts would count twice.
async fn check_once(unit: &Unit, input: &NewGuest) -> Result<(), Problem> {
    let name = input.name.trim();
    let same = guest::Entity::find()
        .filter(guest::Column::StationId.eq(input.station_id))
        .filter(guest::Column::Day.eq(input.day))
        .filter(guest::Column::Name.eq(name))
        .filter(guest::Column::TakenBack.is_null());
    match same.one(unit).await? {
        Some(_) => Err(GuestRefusal::Already { name: name.to_owned(), day: calendar::day_in_words(input.day) }.into()),
        None => Ok(()),
    }
}

/// The facts of a day at a union's station: the turn, what he held, what he was asked for.
pub(super) fn facts(organisation: Id, id: Id, input: &NewGuest) -> Vec<NewFact> {
    let asked = i64::try_from(input.requests.len()).unwrap_or_default();
    let counted = [(GUEST, 1), (HELD, input.activities), (REQUEST, asked)];
    let fact = |(kind, quantity): (&'static str, i64)| NewFact {
        kind,
        organisation,
        person: None,
        group: None,
        quantity,
        amount_fen: 0,
        day: input.day,
        source: Source { kind: "station/guest", id },
        reverses: None,
    };
    counted.into_iter().filter(|(_, quantity)| *quantity > 0).map(fact).collect()
}

/// The row of a day at a union's station.
///
/// # Errors
/// A fault.
pub(super) fn row(
    context: &Context,
    (id, organisation_id): (Id, Id),
    input: &NewGuest,
    facts: &[Id],
) -> Result<guest::Model, Problem> {
    Ok(guest::Model {
        id,
        station_id: input.station_id,
        organisation_id,
        name: input.name.trim().to_owned(),
        office: input.office.trim().to_owned(),
        day: input.day,
        activities: input.activities,
        did: input.did.trim().to_owned(),
        facts: text(&facts)?,
        actor: context.actor().word(),
        made_at: context.now().into(),
        taken_back: None,
    })
}

/// The row of something that was asked for on a day, what it says sealed.
pub(super) fn asked(context: &Context, guest: &guest::Model, one: &NewRequest) -> request::Model {
    let (id, house) = (context.id(), context.house());
    request::Model {
        id,
        guest_id: guest.id,
        station_id: guest.station_id,
        kind: one.kind,
        worker_group: one.group.clone(),
        wish_sealed: house.keyring().seal(wish(id), one.wish.trim(), house.ambient().bytes()),
        day: guest.day,
    }
}

async fn collect(
    unit: &Unit,
    caller: &Caller<KeepStations>,
    station: &station::Model,
    guest: &guest::Model,
    one: &NewRequest,
) -> Result<(), Problem> {
    if let Some(group) = &one.group {
        worker_group::check(unit, group).await?;
    }
    let row = asked(caller, guest, one);
    let request_id = row.id;
    request::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(unit).await?;
    let told = RequestCollected {
        request_id,
        station_id: station.id,
        organisation_id: station.organisation_id,
        kind: one.kind,
        worker_group: one.group.clone(),
        day: guest.day,
    };
    outbox::publish(unit, caller, COLLECTED, &told)
}

/// 登记一日站长
#[utoipa::path(
    post, path = "/station-guests", tag = "station", operation_id = "write_station_guest_down",
    extensions(("x-permission" = json!("station.keep"))), request_body = NewGuest,
    responses((status = 201, body = GuestView), GuestRefusal),
)]
pub async fn post_guest(
    caller: Caller<KeepStations>,
    Json(input): Json<NewGuest>,
) -> Result<(StatusCode, Json<GuestView>), Problem> {
    Ok((StatusCode::CREATED, Json(write_down(&caller, &input).await?)))
}
