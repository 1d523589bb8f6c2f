//! The master's look round when the station opens and when it closes: ten seconds, each point right or wrong.

use axum::{Json, extract::Path};
use database::Connection;
use kernel::{Caller, Context, Id, Moment, Problem, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DutyRefusal, findings::check_own_photos, name, serves, station, time};
use crate::{
    catalogue::{self, CatalogueKind},
    days::rounds::{RoundView, views},
    register::form::{Photo, text},
    tables::round::{self, RoundKind},
};

/// A point that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoundPoint {
    /// The catalogue's code.
    #[schema(max_length = 40)]
    pub code: String,
    /// What people read; filled in by the catalogue.
    #[serde(default)]
    pub label: String,
    /// Whether it was right.
    pub ok: bool,
    /// What was wrong.
    #[schema(max_length = 100)]
    pub note: Option<String>,
}

/// A look round.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewRound {
    /// The name that the phone gives it, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// Which look.
    pub kind: RoundKind,
    /// Each point of the catalogue.
    #[schema(max_items = 50)]
    pub points: Vec<RoundPoint>,
    /// What was photographed, with pictures that this phone handed in.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub photos: Vec<Photo>,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// So many pictures of one look round.
const PHOTOS: usize = 6;

/// Writes a look round down.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], 422 for points that the catalogue doesn't know or that are told twice,
/// and without any.
pub async fn look(caller: &Caller<Oneself>, id: Id, input: &NewRound) -> Result<RoundView, Problem> {
    let sent_as = name(&input.sent_as)?;
    let at = time(caller, id, input.happened_at).await?;
    caller
        .unit(|unit| async move {
            let row = station(&unit, caller, id, calendar::beijing_day(at)).await?;
            let told = round::Entity::find()
                .filter(round::Column::StationId.eq(id))
                .filter(round::Column::SentAs.eq(sent_as))
                .one(&unit)
                .await?;
            if let Some(told) = told {
                return views(&unit, caller, vec![told]).await?.pop().ok_or_else(Problem::not_found);
            }
            serves(&row, calendar::beijing_day(at))?;
            let points = checked(&unit, &input.points).await?;
            check_photos(&unit, &caller.lent(vec![row.organisation_id]), &input.photos).await?;
            let new = round::Model {
                id: caller.id(),
                station_id: id,
                organisation_id: row.organisation_id,
                sent_as: sent_as.to_owned(),
                kind: input.kind,
                day: calendar::beijing_day(at),
                points: text(&points)?,
                wrong: wrong(&points),
                happened_at: at.into(),
                actor: caller.actor().word(),
                heard_at: caller.now().into(),
                photos: photos_text(&input.photos)?,
            };
            round::Entity::insert(new.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// How many of some points are wrong.
pub(super) fn wrong(points: &[RoundPoint]) -> i32 {
    i32::try_from(points.iter().filter(|point| !point.ok).count()).unwrap_or(i32::MAX)
}

/// The pictures of a look round as they are stored.
pub(super) fn photos_text(photos: &[Photo]) -> Result<Option<String>, Problem> {
    (!photos.is_empty()).then(|| text(&photos)).transpose()
}

/// Refuses more pictures than a look round may have, and those that the caller didn't hand in himself.
pub(super) async fn check_photos(conn: &Connection, lent: &Context, photos: &[Photo]) -> Result<(), Problem> {
    if photos.len() > PHOTOS {
        return Err(Problem::field("photos", "photos", "一次检查最多6张照片。"));
    }
    check_own_photos(conn, lent, photos, "photos").await
}

/// What was sent, with the catalogue's words. A phone that was without network may send what is no longer offered.
pub(super) async fn checked(conn: &Connection, sent: &[RoundPoint]) -> Result<Vec<RoundPoint>, Problem> {
    let known = catalogue::list(conn).await?;
    let mut points = Vec::with_capacity(sent.len());
    for point in sent {
        let entry = known.iter().find(|entry| entry.kind == CatalogueKind::Check && entry.code == point.code);
        let Some(entry) = entry else {
            return Err(Problem::field("points", "unknown_point", "检查项目已更新，请刷新页面后重新检查。"));
        };
        // Told twice, one thing would be wrong twice.
        if points.iter().any(|before: &RoundPoint| before.code == point.code) {
            return Err(Problem::field("points", "point_twice", "同一检查项目填写了两次，请刷新页面后重新检查。"));
        }
        let note = point.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
        if note.as_ref().is_some_and(|note| note.chars().count() > 100) {
            return Err(Problem::field("points", "note", "每项说明不超过100字。"));
        }
        points.push(RoundPoint { code: point.code.clone(), label: entry.label.clone(), ok: point.ok, note });
    }
    if points.is_empty() {
        return Err(Problem::field("points", "no_points", "请逐项检查后再提交。"));
    }
    Ok(points)
}

/// 登记开站、闭站检查
#[utoipa::path(
    post, path = "/me/stations/{id}/rounds", tag = "me", operation_id = "look_round_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewRound,
    responses((status = 200, body = RoundView), DutyRefusal),
)]
pub async fn post_round(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewRound>,
) -> Result<Json<RoundView>, Problem> {
    look(&caller, id, &input).await.map(Json)
}
