//! Shifts, and who stands on them, as those who keep a station see them.

use std::collections::HashMap;

use database::Connection;
use kernel::{Context, Id, Moment, Problem, person};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{form::ShiftForm, standing::signed};
use crate::{
    register::{keyed, view::in_scope},
    tables::{
        post,
        shift::{Entity, Model},
        station, volunteer,
    },
};

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShift)]
pub struct ShiftView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// What was filled in.
    #[serde(flatten)]
    pub form: ShiftForm,
    /// From when until when, in words.
    pub hours_text: String,
    /// Who is on duty, masked; absent for a shift of volunteers.
    pub on_duty: Option<String>,
    /// How many have signed up.
    pub signed: i64,
    /// How many of them are confirmed, as there or as not.
    pub confirmed: i64,
    /// How many hours were credited to all.
    pub hours: i64,
    /// Whether it has begun.
    pub begun: bool,
    /// Whether it is over.
    pub ended: bool,
    /// Whether somebody's hours are to be confirmed.
    pub due: bool,
    /// Why it doesn't take place, if it was called off.
    pub off: Option<String>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// Somebody on a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationVolunteer)]
pub struct VolunteerView {
    /// The key of his place.
    pub id: Id,
    /// Who, masked.
    pub name: String,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// Whether he looks for somebody to take his place.
    pub offered: bool,
    /// When he signed up or took the place over.
    pub signed_at: Moment,
    /// How many hours he is credited, none if he did not come; absent until it is confirmed.
    pub hours: Option<i64>,
    /// The most hours that can be credited now; absent once it is confirmed, and before the shift begins.
    pub most: Option<i64>,
    /// Where it stands, in words.
    pub standing: String,
}

/// The hours of a shift in words.
pub(crate) fn hours_text(row: &Model) -> String {
    format!("{:02}:00-{:02}:00", row.from_hour, row.until_hour)
}

/// A shift with its station, if that lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn find(conn: &Connection, context: &Context, id: Id) -> Result<(Model, station::Model), Problem> {
    let row = Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// Somebody's place with its shift and station, if that lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn find_place(
    conn: &Connection,
    context: &Context,
    id: Id,
) -> Result<(volunteer::Model, Model, station::Model), Problem> {
    let place = volunteer::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let (row, station) = find(conn, context, place.shift_id).await?;
    Ok((place, row, station))
}

/// Who is on duty by which post, masked.
async fn on_duty(conn: &Connection, context: &Context, rows: &[Model]) -> Result<HashMap<Id, String>, Problem> {
    let posts = post::Entity::find().filter(post::Column::Id.is_in(rows.iter().filter_map(|row| row.post_id)));
    let posts = posts.all(conn).await?;
    let people = person::masked(conn, context, posts.iter().map(|post| post.person_id)).await?;
    let name = |post: post::Model| (post.id, format!("{} {}", post.role.label(), people.name(post.person_id)));
    Ok(posts.into_iter().map(name).collect())
}

/// Shifts as those who keep a station see them.
///
/// # Errors
/// A fault.
pub(super) async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<ShiftView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let (signed, posts) = (signed(conn, rows.iter().map(|row| row.id)).await?, on_duty(conn, context, &rows).await?);
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    let view = |row: Model| {
        let here = || signed.iter().filter(|one| one.shift_id == row.id);
        let begun = row.span().begins() <= context.now();
        let confirmed = here().filter(|one| one.hours.is_some()).count();
        ShiftView {
            id: row.id,
            station_id: row.station_id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            form: ShiftForm::of(&row),
            hours_text: hours_text(&row),
            on_duty: row.post_id.map(|post| posts.get(&post).cloned().unwrap_or_default()),
            signed: count(here().count()),
            confirmed: count(confirmed),
            hours: here().filter_map(|one| one.hours).sum(),
            begun,
            ended: row.span().ends() <= context.now(),
            due: begun && row.off.is_none() && confirmed < here().count(),
            off: row.off,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// One shift as those who keep a station see it.
///
/// # Errors
/// A fault.
pub(super) async fn view(conn: &Connection, context: &Context, row: Model) -> Result<ShiftView, Problem> {
    views(conn, context, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// Who stands on some shifts, by shift.
///
/// # Errors
/// A fault.
pub(super) async fn volunteers(
    conn: &Connection,
    context: &Context,
    rows: &[Model],
) -> Result<HashMap<Id, Vec<VolunteerView>>, Problem> {
    let signed = signed(conn, rows.iter().map(|row| row.id)).await?;
    let people = person::masked(conn, context, signed.iter().map(|one| one.person_id)).await?;
    let mut by_shift: HashMap<Id, Vec<VolunteerView>> = HashMap::new();
    for one in signed {
        let Some(row) = rows.iter().find(|row| row.id == one.shift_id) else { continue };
        let most = row.span().creditable(context.now());
        let open = one.hours.is_none() && row.off.is_none() && most > 0;
        by_shift.entry(row.id).or_default().push(VolunteerView {
            id: one.id,
            name: people.name(one.person_id),
            phone: people.phone(one.person_id),
            offered: one.offered,
            signed_at: one.signed_at,
            hours: one.hours,
            most: open.then_some(most),
            standing: words(&one, row, open),
        });
    }
    Ok(by_shift)
}

/// Where somebody's place stands, in words.
pub(super) fn words(one: &volunteer::Model, row: &Model, open: bool) -> String {
    match one.hours {
        _ if row.off.is_some() => "班次已取消".to_owned(),
        Some(0) => "未到".to_owned(),
        Some(hours) => format!("已确认 {hours} 小时"),
        None if one.offered => "已报名，正在找人接替".to_owned(),
        None if open => "待确认时长".to_owned(),
        None => "已报名".to_owned(),
    }
}

/// One place as those who keep the station see it.
///
/// # Errors
/// A fault.
pub(super) async fn place_view(
    conn: &Connection,
    context: &Context,
    row: Model,
    id: Id,
) -> Result<VolunteerView, Problem> {
    let all = volunteers(conn, context, &[row]).await?;
    all.into_values().flatten().find(|one| one.id == id).ok_or_else(Problem::not_found)
}
