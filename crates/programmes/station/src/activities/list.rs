//! Activities and those who signed up, as officers see them: the next first where only what is not over is asked for, else the
//! latest.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use calendar::day_start;
use chrono::NaiveDate;
use kernel::{
    Caller, Context, Id, Moment, Page, Problem,
    caller::Find,
    etag,
    listing::{ByColumn, Paging},
    person,
};
use sea_orm::{Condition, Order, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    ActivityKind,
    form::LONGEST,
    view::{ActivityView, find, signups, standing, view, views},
};
use crate::{
    permissions::SeeStations,
    register::list::in_scope_by,
    rules::seats::Seat,
    tables::activity::{Column, Entity},
};

/// Which activities.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationActivityFilter)]
pub struct ActivityFilter {
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// What they are.
    #[param(inline)]
    pub kind: Option<ActivityKind>,
    /// Only those that are over, or only those that aren't.
    pub over: Option<bool>,
    /// The first day on which they begin.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Somebody who signed up, as officers see him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationSignup)]
pub struct SignupView {
    /// The key.
    pub id: Id,
    /// The name, masked.
    pub name: String,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// Where he stands, in words.
    pub standing: String,
    /// When he signed up.
    pub signed_at: Moment,
    /// When he came.
    pub attended_at: Option<Moment>,
}

/// The filter for those that are not over. None is longer than the longest, so that those of the past are not read through in the
/// order of their days.
pub(super) fn not_over(context: &Context) -> Condition {
    let now = context.now();
    Condition::all().add(Column::EndsAt.gte(Moment::from(now))).add(Column::StartsAt.gte(Moment::from(now - LONGEST)))
}

/// Activities in the caller's scope that pass a filter.
pub(super) fn filtered(find: Find, context: &Context, filter: &ActivityFilter) -> Select<Entity> {
    let now = Moment::from(context.now());
    let over = |over: bool| {
        if over {
            Condition::all().add(Column::EndsAt.lt(now)).add(Column::StartsAt.lt(now))
        } else {
            not_over(context)
        }
    };
    let end = filter.to.map(|to| to.succ_opt().unwrap_or(to));
    let narrowed = Condition::all()
        .add_option(filter.from.map(|from| Column::StartsAt.gte(Moment::from(day_start(from)))))
        .add_option(end.map(|end| Column::StartsAt.lt(Moment::from(day_start(end)))))
        .add_option(filter.station.map(|station| Column::StationId.eq(station)))
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(filter.over.map(over));
    let within = in_scope_by(find, context, filter.organisation, (Entity, Column::StationId));
    Entity::find().filter(within).filter(narrowed)
}

/// The order of activities: by the instant at which they begin, in microseconds.
pub(super) const BY_START: ByColumn<Entity, i64> =
    ByColumn { column: Column::StartsAt, key: Column::Id, of: |row| (row.starts_at.0, row.id) };

/// Which way a filter's activities stand.
pub(super) fn order(filter: &ActivityFilter) -> Order {
    if filter.over == Some(false) { Order::Asc } else { Order::Desc }
}

/// Lists activities.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &ActivityFilter,
    paging: &Paging,
) -> Result<Page<ActivityView>, Problem> {
    let conn = caller.read();
    let page = BY_START.page(conn, |find| filtered(find, caller, filter), &order(filter), paging).await?;
    let signed = signups(conn, page.items.iter().map(|row| row.id)).await?;
    Ok(Page { items: views(conn, caller, page.items, &signed).await?, next: page.next, total: page.total })
}

/// Those who signed up for an activity or came to it, in their order; who gave up is not told.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn signed(caller: &Caller<SeeStations>, id: Id) -> Result<Vec<SignupView>, Problem> {
    let conn = caller.read();
    let (activity, _) = find(conn, caller, id).await?;
    let all = signups(conn, [id]).await?;
    let people = person::masked(conn, caller, all.iter().map(|one| one.person_id)).await?;
    let shown = all.iter().filter(|one| one.wanted || one.attended_at.is_some());
    Ok(shown
        .map(|one| SignupView {
            id: one.id,
            name: people.name(one.person_id),
            phone: people.phone(one.person_id),
            standing: match standing(&activity, &all, one.person_id) {
                Some(Seat::Held) => "已报名".to_owned(),
                Some(Seat::Waiting(place)) => format!("候补第{place}位"),
                None => "现场参加".to_owned(),
            },
            signed_at: one.signed_at,
            attended_at: one.attended_at,
        })
        .collect())
}

/// 驿站活动
#[utoipa::path(
    get, path = "/station-activities", tag = "station", operation_id = "list_station_activities",
    extensions(("x-permission" = json!("station.view"))),
    params(ActivityFilter, Paging), responses((status = 200, body = Page<ActivityView>)),
)]
pub async fn get_activities(
    caller: Caller<SeeStations>,
    Query(filter): Query<ActivityFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ActivityView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 驿站活动详情
#[utoipa::path(
    get, path = "/station-activities/{id}", tag = "station", operation_id = "show_station_activity",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = ActivityView, headers(("etag" = String)))),
)]
pub async fn get_activity(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (row, _) = find(caller.read(), &caller, id).await?;
    let shown = view(caller.read(), &caller, row).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}

/// 驿站活动报名名单
#[utoipa::path(
    get, path = "/station-activities/{id}/signups", tag = "station", operation_id = "list_station_signups",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<SignupView>)),
)]
pub async fn get_signups(caller: Caller<SeeStations>, Path(id): Path<Id>) -> Result<Json<Vec<SignupView>>, Problem> {
    signed(&caller, id).await.map(Json)
}
