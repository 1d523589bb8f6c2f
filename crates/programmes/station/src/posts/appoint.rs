//! Appointing a master or a deputy. A new master takes over on his first day; nobody else answers from then on. Nobody has two
//! posts at a station: a deputy who becomes master is deputy no longer, and stays on duty as he was. If another begins in his
//! stead he is the deputy that he was.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{Caller, Context, Id, Problem, Unit, audit, person};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::AppointMasters,
    register::{
        now::stands,
        view::{StationView, in_scope, view},
    },
    roster::duties,
    rules::posts::{Clash, Tenure, is_master_from, rise, stay, take_over},
    tables::{
        post::{self, PostRole},
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why nobody is appointed.
    pub enum AppointRefusal {
        /// The station no longer serves.
        Closed = 409 "station_closed" "驿站已撤销，不能再任命。",
        /// He has the post.
        Same = 409 "post_held" "此人已担任该职务。",
        /// Then nobody would answer.
        Master = 409 "post_is_master" "此人是本站站长，不能兼任副站长。请先任命新站长，再从新站长起任之日起任命其为副站长。",
        /// Somebody takes over later.
        Later { day: String } = 409 "post_later" "已有站长自{day}起任职，新站长的起任日期不能早于这一天。",
        /// Too far away.
        DayWrong = 422 "from_day_wrong" "起任日期应在最近一年至今后60天之内。",
        /// More than anybody can keep in mind.
        TooMany = 409 "too_many_deputies" "副站长最多8人，请先免去不再任职的人。",
    }
}

pub(super) const MOST_DEPUTIES: usize = 8;
const BACK: Days = Days::new(366);
const AHEAD: Days = Days::new(60);

/// Who becomes what, and since when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Appointment {
    /// Who.
    pub person_id: Id,
    /// As what.
    pub role: PostRole,
    /// The first day; today unless told.
    pub from_day: Option<NaiveDate>,
}

/// Appoints somebody.
///
/// # Errors
/// 404 if station or person are absent or foreign, [`AppointRefusal`].
pub async fn appoint(caller: &Caller<AppointMasters>, id: Id, input: &Appointment) -> Result<StationView, Problem> {
    caller
        .unit(|unit| async move {
            let row = one(&unit, caller, id, input).await?;
            view(&unit, caller, row).await
        })
        .await
}

/// Appoints somebody in the unit that needs it; answers the station.
///
/// # Errors
/// As [`appoint`].
pub(crate) async fn one(
    unit: &Unit,
    context: &Context,
    id: Id,
    input: &Appointment,
) -> Result<station::Model, Problem> {
    let (today, from) = (context.today(), input.from_day.unwrap_or(context.today()));
    let row = in_scope(unit, context, id).await?;
    if today.checked_sub_days(BACK).is_some_and(|first| from < first)
        || today.checked_add_days(AHEAD).is_some_and(|last| from > last)
    {
        return Err(AppointRefusal::DayWrong.into());
    }
    if stands(&row, today) == StationState::Closed {
        return Err(AppointRefusal::Closed.into());
    }
    let person = person::living(unit, context.scope(), input.person_id).await?;
    match input.role {
        PostRole::Master => become_master(unit, context, &row, (person.id, from)).await?,
        PostRole::Deputy => {
            check_deputies(unit, id, person.id, from).await?;
            write(unit, context, id, (person.id, input.role, from)).await?;
        }
    }
    let act = ("stations.appoint", "station/station", id);
    let detail = serde_json::json!({ "person": person.id, "role": input.role, "from": from });
    audit::record(unit, context, act, row.organisation_id, detail).await?;
    Ok(row)
}

/// Writes a post down; answers its key.
async fn write(
    unit: &Unit,
    context: &Context,
    station: Id,
    (person, role, from): (Id, PostRole, NaiveDate),
) -> Result<Id, Problem> {
    let row = post::Model {
        id: context.id(),
        station_id: station,
        person_id: person,
        role,
        from_day: from,
        until_day: None,
        made_at: context.now().into(),
        died_on: None,
    };
    let key = row.id;
    post::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(unit).await?;
    Ok(key)
}

/// Makes somebody the master: whoever is it leaves, and what he was to be on duty for is called off, unless he is deputy again
/// as he never was master; what the new one was to be on duty for as a deputy stays his.
async fn become_master(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (person, from): (Id, NaiveDate),
) -> Result<(), Problem> {
    let deputies = tenures(unit, station.id, PostRole::Deputy).await?;
    if let Some(ends) = before(unit, station.id, person, from).await? {
        end(unit, ends.id, Some(from)).await?;
        if let Some((kept, day)) = stay(&deputies, ends, from) {
            end(unit, kept, None).await?;
            duties::go_on(unit, context, (ends.id, day), kept).await?;
        }
        duties::call_off(unit, context, station, (ends.id, from)).await?;
    }
    let post = write(unit, context, station.id, (person, PostRole::Master, from)).await?;
    for (ends, day) in rise(&deputies, person, from) {
        end(unit, ends, Some(day)).await?;
        duties::go_on(unit, context, (ends, day), post).await?;
    }
    Ok(())
}

/// The times of all who had, have or will have a post at a station.
async fn tenures(conn: &Connection, station: Id, role: PostRole) -> Result<Vec<Tenure>, Problem> {
    let query = post::Entity::find().filter(post::Column::StationId.eq(station)).filter(post::Column::Role.eq(role));
    let tenure =
        |row: &post::Model| Tenure { id: row.id, person: row.person_id, from: row.from_day, until: row.until_day };
    Ok(query.all(conn).await?.iter().map(tenure).collect())
}

/// Writes down when a post is over; nothing if no end is known any more.
async fn end(unit: &Unit, post: Id, day: Option<NaiveDate>) -> Result<(), Problem> {
    let row = post::ActiveModel { until_day: Set(day), ..Default::default() };
    post::Entity::update_many().set(row).filter(post::Column::Id.eq(post)).exec(unit).await?;
    Ok(())
}

/// The time of whoever is master before a new one begins.
///
/// # Errors
/// [`AppointRefusal`] if he can't begin then.
pub(crate) async fn before(
    conn: &Connection,
    station: Id,
    person: Id,
    from: NaiveDate,
) -> Result<Option<Tenure>, Problem> {
    let masters = tenures(conn, station, PostRole::Master).await?;
    let ends = take_over(&masters, person, from).map_err(|clash| match clash {
        Clash::Later(day) => AppointRefusal::Later { day: calendar::day_in_words(day) },
        Clash::Same => AppointRefusal::Same,
    });
    Ok(ends?)
}

async fn check_deputies(unit: &Unit, station: Id, person: Id, from: NaiveDate) -> Result<(), Problem> {
    if is_master_from(&tenures(unit, station, PostRole::Master).await?, person, from) {
        return Err(AppointRefusal::Master.into());
    }
    let mut deputies = tenures(unit, station, PostRole::Deputy).await?;
    deputies.retain(|post| post.until.is_none());
    if deputies.iter().any(|post| post.person == person) {
        return Err(AppointRefusal::Same.into());
    }
    if deputies.len() < MOST_DEPUTIES { Ok(()) } else { Err(AppointRefusal::TooMany.into()) }
}

/// 任命站长或副站长
#[utoipa::path(
    post, path = "/stations/{id}/posts", tag = "station", operation_id = "appoint_station_master",
    extensions(("x-permission" = json!("station.appoint"))),
    params(("id" = Id, Path)), request_body = Appointment,
    responses((status = 201, body = StationView), AppointRefusal),
)]
pub async fn post_post(
    caller: Caller<AppointMasters>,
    Path(id): Path<Id>,
    Json(input): Json<Appointment>,
) -> Result<(StatusCode, Json<StationView>), Problem> {
    Ok((StatusCode::CREATED, Json(appoint(&caller, id, &input).await?)))
}
