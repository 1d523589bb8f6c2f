//! My visits, and what I say of them.

use axum::{Json, extract::Path};
use chrono::Days;
use database::Connection;
use kernel::{
    Caller, Id, Moment, Problem,
    permission::Oneself,
    rulebook::{self, Stretch},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RATING_DAYS;
use crate::{
    posts::on_duty,
    register::keyed,
    tables::{entry, rating},
};

kernel::refusals! {
    /// Why a visit is not rated.
    pub enum RateRefusal {
        /// Too long ago.
        TooOld { days: i64 } = 409 "rating_too_old" "到站已超过{days}天，不能再评价。",
        /// The master answered.
        Settled = 409 "rating_settled" "这条评价已有回复，不能再修改。",
        /// Officers hid it.
        Hidden { why: String } = 409 "own_rating_hidden" "这条评价已被工会隐藏，别人看不到，也不能再修改。原因：{why}",
        /// It is he who keeps the station.
        Own = 409 "own_station_rating" "您在这个驿站值守，不能评价自己的驿站。",
    }
}

/// A visit of mine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyStationVisit {
    /// The key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// When I came.
    pub happened_at: Moment,
    /// How many points I gave, if I did.
    pub points: Option<i32>,
    /// What I said.
    pub said: Option<String>,
    /// What the master answered.
    pub reply: Option<String>,
    /// Why officers hid it, if they did.
    pub hidden: Option<String>,
}

/// What I say of a visit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewRating {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub points: i32,
    /// In words, up to 200 characters; others read it without my name.
    #[schema(max_length = 200)]
    pub said: Option<String>,
}

/// Visits told at once.
const MOST: u64 = 20;

/// My last visits that I may rate.
///
/// # Errors
/// 401 if no worker calls.
pub async fn visits(caller: &Caller<Oneself>) -> Result<Vec<MyStationVisit>, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let in_time = |stretch: Stretch| {
        let first = caller.today().checked_sub_days(Days::new(u64::try_from(stretch.value).unwrap_or_default()));
        let place = (entry::Entity, entry::Column::OrganisationId);
        stretch.holds_at(place).add(entry::Column::Day.gte(first.unwrap_or(caller.today())))
    };
    let stretches = rulebook::stretches(conn, caller, &RATING_DAYS).await?;
    let lately = stretches.into_iter().map(in_time).fold(Condition::any(), Condition::add);
    let rows = entry::Entity::find()
        .filter(entry::Column::PersonId.eq(me))
        .filter(entry::Column::Service.is_null())
        .filter(entry::Column::TakenBack.is_null())
        .filter(lately)
        .order_by_desc(entry::Column::HappenedAt)
        .limit(MOST)
        .all(conn)
        .await?;
    shown(conn, rows).await
}

async fn shown(conn: &Connection, rows: Vec<entry::Model>) -> Result<Vec<MyStationVisit>, Problem> {
    let ratings = rating::Entity::find().filter(rating::Column::EntryId.is_in(rows.iter().map(|row| row.id)));
    let ratings = ratings.all(conn).await?;
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let visit = |row: entry::Model| {
        let rated = ratings.iter().find(|rating| rating.entry_id == row.id);
        MyStationVisit {
            id: row.id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            happened_at: row.happened_at,
            points: rated.map(|rating| rating.points),
            said: rated.and_then(|rating| rating.said.clone()),
            reply: rated.and_then(|rating| rating.reply.clone()),
            hidden: rated.and_then(|rating| rating.hidden.clone()),
        }
    };
    Ok(rows.into_iter().map(visit).collect())
}

/// Rates a visit of mine; until it is answered or hidden I may change my mind.
///
/// # Errors
/// 404 if it is none of mine, [`RateRefusal`], 422 that names the field.
pub async fn rate(caller: &Caller<Oneself>, id: Id, input: &NewRating) -> Result<MyStationVisit, Problem> {
    let me = caller.person()?;
    let said = input.said.as_deref().map(str::trim).filter(|said| !said.is_empty());
    if !(1..=5).contains(&input.points) {
        return Err(Problem::field("points", "points", "请选择 1 至 5 分。"));
    }
    if said.is_some_and(|said| said.chars().count() > 200) {
        return Err(Problem::field("said", "said", "评价不超过 200 字。"));
    }
    caller
        .unit(|unit| async move {
            let visit = entry::Entity::find_by_id(id)
                .filter(entry::Column::PersonId.eq(me))
                .filter(entry::Column::Service.is_null())
                .filter(entry::Column::TakenBack.is_null());
            let visit = visit.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if on_duty(&unit, visit.station_id, visit.day).await?.contains(&me) {
                return Err(RateRefusal::Own.into());
            }
            let place = visit.organisation_id;
            let days = rulebook::number(&unit, caller, &RATING_DAYS, place, caller.today()).await?;
            if (caller.today() - visit.day).num_days() > days {
                return Err(RateRefusal::TooOld { days }.into());
            }
            let before = rating::Entity::find_by_id(id).one(&unit).await?;
            if let Some(why) = before.as_ref().and_then(|before| before.hidden.clone()) {
                return Err(RateRefusal::Hidden { why }.into());
            }
            if before.as_ref().is_some_and(|before| before.reply.is_some()) {
                return Err(RateRefusal::Settled.into());
            }
            let row = rating::Model {
                entry_id: id,
                id: before.as_ref().map_or_else(|| caller.id(), |before| before.id),
                station_id: visit.station_id,
                person_id: me,
                points: input.points,
                said: said.map(str::to_owned),
                said_at: caller.now().into(),
                reply: None,
                replied_at: None,
                hidden: None,
            };
            let saved = row.into_active_model().reset_all();
            match before {
                Some(_) => drop(saved.update(&unit).await?),
                None => drop(rating::Entity::insert(saved).exec_without_returning(&unit).await?),
            }
            shown(&unit, vec![visit]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 我的到站和评价
#[utoipa::path(
    get, path = "/me/station-visits", tag = "me", operation_id = "my_station_visits",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyStationVisit>)),
)]
pub async fn get_visits(caller: Caller<Oneself>) -> Result<Json<Vec<MyStationVisit>>, Problem> {
    visits(&caller).await.map(Json)
}

/// 评价到站
#[utoipa::path(
    post, path = "/me/station-visits/{id}/rate", tag = "me", operation_id = "rate_station_visit",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewRating,
    responses((status = 200, body = MyStationVisit), RateRefusal),
)]
pub async fn post_rating(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewRating>,
) -> Result<Json<MyStationVisit>, Problem> {
    rate(&caller, id, &input).await.map(Json)
}
