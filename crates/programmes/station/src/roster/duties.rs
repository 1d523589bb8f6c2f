//! What becomes of the shifts of somebody on duty whose post ends: nobody else has taken them on, so from that day on they are
//! called off and he is told, unless he goes on in another post.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Context, Id, Problem, Unit, etag};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*};

use super::off::strike;
use crate::{
    register::ahead::coming,
    tables::{
        shift::{Column, Entity, Model},
        station,
    },
};

/// How many shifts are still to come on which those who hold some posts are on duty, by post.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn of_posts(
    conn: &Connection,
    context: &Context,
    posts: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, i64>, Problem> {
    let query = Entity::find()
        .select_only()
        .column(Column::PostId)
        .column_as(Column::Id.count(), "shifts")
        .filter(Column::PostId.is_in(posts))
        .filter(coming(context))
        .group_by(Column::PostId);
    Ok(query.into_tuple::<(Id, i64)>().all(conn).await?.into_iter().collect())
}

/// Those of a post from a day on, in the order of time.
async fn from_day(unit: &Unit, context: &Context, (post, day): (Id, NaiveDate)) -> Result<Vec<Model>, Problem> {
    let query = Entity::find().filter(Column::PostId.eq(post)).filter(Column::Day.gte(day)).filter(coming(context));
    Ok(query.order_by_asc(Column::Day).order_by_asc(Column::FromHour).order_by_asc(Column::Id).all(unit).await?)
}

/// Calls those off that lie behind the end of a post at a station.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn call_off(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (post, day): (Id, NaiveDate),
) -> Result<(), Problem> {
    let reason = format!("值守人从{}起不再担任这项职务", day.format("%-m月%-d日"));
    for old in from_day(unit, context, (post, day)).await? {
        strike(unit, context, (old, station), &reason).await?;
    }
    Ok(())
}

/// Leaves them to the same person, who goes on in a new post.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn go_on(
    unit: &Unit,
    context: &Context,
    (post, day): (Id, NaiveDate),
    new_post: Id,
) -> Result<(), Problem> {
    for old in from_day(unit, context, (post, day)).await? {
        let new = Model { post_id: Some(new_post), version: old.version + 1, ..old };
        etag::note(unit, new.id, new.version, &["post_id".to_owned()]).await?;
        new.into_active_model().reset_all().update(unit).await?;
    }
    Ok(())
}
