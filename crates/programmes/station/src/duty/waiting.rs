//! What waits at a station beside the day's own, for the head of its master's page: each a number of what a part of the page
//! lists.

use chrono::TimeDelta;
use database::Connection;
use kernel::{Context, Moment, Problem};
use sea_orm::{QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    donations::withdraw::kept,
    roster::{here::BACK, standing::begun},
    supplies::show::views,
    tables::{alarm, good, rating, shift, station, volunteer},
};

/// How much waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DutyWaiting {
    /// How many things in the cupboard are fewer than there should be, expire soon or have expired.
    pub short: u64,
    /// How many reservations of gifts are kept for who comes for them.
    pub kept: u64,
    /// For how many volunteers' places of the last month the hours are to be confirmed.
    pub hours: u64,
    /// How many of the last month's visitors said something of their visit and have no answer.
    pub unanswered: u64,
    /// How many alarms last.
    pub alarms: u64,
}

/// Of what was said earlier none is expected to be answered.
const ANSWERED_IN: TimeDelta = TimeDelta::days(30);

/// How much waits at a station.
///
/// # Errors
/// A fault.
pub(super) async fn waiting(
    conn: &Connection,
    context: &Context,
    station: &station::Model,
) -> Result<DutyWaiting, Problem> {
    let goods = good::Entity::find().filter(good::Column::StationId.eq(station.id)).all(conn).await?;
    let goods = views(conn, context, (station.organisation_id, goods)).await?;
    let short = goods.iter().filter(|good| good.low || good.expiring > 0 || good.expired > 0).count();
    let said = rating::Entity::find()
        .filter(rating::Column::StationId.eq(station.id))
        .filter(rating::Column::SaidAt.gte(Moment::from(context.now() - ANSWERED_IN)))
        .filter(rating::Column::Said.is_not_null())
        .filter(rating::Column::Reply.is_null())
        .filter(rating::Column::Hidden.is_null());
    let alarms =
        alarm::Entity::find().filter(alarm::Column::StationId.eq(station.id)).filter(alarm::Column::OverAt.is_null());
    Ok(DutyWaiting {
        short: u64::try_from(short).unwrap_or(u64::MAX),
        kept: kept(station.id).count(conn).await?,
        hours: unconfirmed(context, station).count(conn).await?,
        unanswered: said.count(conn).await?,
        alarms: alarms.count(conn).await?,
    })
}

/// The places on shifts that have begun whose hours nobody has confirmed.
fn unconfirmed(context: &Context, station: &station::Model) -> Select<volunteer::Entity> {
    let today = context.today();
    let shifts = shift::Entity::find()
        .select_only()
        .column(shift::Column::Id)
        .filter(shift::Column::StationId.eq(station.id))
        .filter(shift::Column::Day.between(today.checked_sub_days(BACK).unwrap_or(today), today))
        .filter(shift::Column::Off.is_null())
        .filter(begun(context));
    volunteer::Entity::find()
        .filter(volunteer::Column::ShiftId.in_subquery(shifts.into_query()))
        .filter(volunteer::Column::Hours.is_null())
}
