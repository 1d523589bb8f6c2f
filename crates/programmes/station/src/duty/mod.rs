//! Day to day on the station master's phone. What a phone sends carries a name of its own, so that it arrives once however
//! often it is sent.

pub mod code;
pub mod correct;
pub mod enter;
pub mod findings;
pub mod item;
pub mod mine;
pub mod round;
pub mod take_back;
pub mod waiting;

use chrono::{DateTime, NaiveDate, Utc};
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself, rulebook};
use sea_orm::entity::prelude::*;

use crate::{
    posts::holding,
    programme::LATE_HOURS,
    rules::lateness::{Lateness, happened},
    tables::{
        post,
        station::{self, StationState},
    },
};

kernel::refusals! {
    /// Why nothing is written down at a station.
    pub enum DutyRefusal {
        /// The phone's clock is wrong.
        Ahead = 422 "time_ahead" "记录的时间晚于现在，请校准手机时间后重新登记。",
        /// It waited too long.
        TooOld { hours: i64 } = 422 "time_too_old" "这条记录已超过{hours}小时，不能再补传，请告诉上级工会在工作台补登。",
        /// The phone gave it no usable name.
        NoName = 422 "sent_as" "记录缺少本机编号，请刷新页面后重新登记。",
        /// The station doesn't serve.
        NotServing { state: String } = 409 "station_not_serving" "驿站现在是“{state}”，不能登记服务。",
    }
}

/// The station, if the worker who calls has a post there on a day. Whoever has none learns nothing of it.
///
/// # Errors
/// 401 if no worker calls; 404.
pub async fn station(
    conn: &Connection,
    caller: &Caller<Oneself>,
    id: Id,
    day: NaiveDate,
) -> Result<station::Model, Problem> {
    let post = post::Entity::find()
        .filter(post::Column::StationId.eq(id))
        .filter(post::Column::PersonId.eq(caller.person()?))
        .filter(holding(day))
        .one(conn)
        .await?;
    let Some(post) = post else { return Err(Problem::not_found()) };
    station::Entity::find_by_id(post.station_id).one(conn).await?.ok_or_else(Problem::not_found)
}

/// Refuses what a station that does not serve can't have done that day. A pause is no reason: the door may be shut and somebody
/// helped all the same. What a phone kept while the station served arrives also after it was closed.
fn serves(row: &station::Model, day: NaiveDate) -> Result<(), Problem> {
    match row.state {
        StationState::Open | StationState::Paused => Ok(()),
        StationState::Closed if row.closed_on >= Some(day) => Ok(()),
        state => Err(DutyRefusal::NotServing { state: state.label().to_owned() }.into()),
    }
}

/// When something happened at a station that a phone tells, perhaps later.
///
/// # Errors
/// 404 if there is no such station, [`DutyRefusal`].
pub async fn time(caller: &Caller<Oneself>, id: Id, told: Option<Moment>) -> Result<DateTime<Utc>, Problem> {
    let conn = caller.read();
    let row = station::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let hours = rulebook::number(conn, caller, &LATE_HOURS, row.organisation_id, caller.today()).await?;
    happened(told.map(Moment::at), caller.now(), hours).map_err(|late| match late {
        Lateness::Ahead => DutyRefusal::Ahead.into(),
        Lateness::TooOld => DutyRefusal::TooOld { hours }.into(),
    })
}

/// The name that a phone gave to what it sends.
///
/// # Errors
/// [`DutyRefusal::NoName`].
pub fn name(text: &str) -> Result<&str, Problem> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (8..=64).contains(&text.len()) && text.bytes().all(fits) { Ok(text) } else { Err(DutyRefusal::NoName.into()) }
}
