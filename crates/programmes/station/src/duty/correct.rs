//! A master who marked something wrongly when he looked round puts it right on the same or the next day; what it said before
//! stays to be read.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use kernel::{Caller, Id, Moment, Problem, audit, permission::Oneself};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    DutyRefusal, name,
    round::{RoundPoint, check_photos, checked, photos_text, wrong},
    station, time,
};
use crate::{
    days::rounds::{RoundView, views},
    register::form::{Photo, text},
    rules::correction::{MOST, in_time},
    tables::{round, round_before},
};

kernel::refusals! {
    /// Why what somebody wrote down on duty stays as it is.
    pub enum CorrectionRefusal {
        /// It is not there.
        Unknown = 409 "correction_unknown" "没有找到要更正的记录，可能当时没有登记上，请重新登记。",
        /// Somebody else wrote it down.
        NotOwn = 409 "correction_not_own" "只能更正自己登记的，请告诉登记的人更正。",
        /// It is too old.
        TooLate = 409 "correction_too_late" "只能更正当天和前一天的记录，更早的请告诉上级工会。",
        /// The union has acted upon it.
        FollowedUp = 409 "correction_followed_up" "这件事工会已经办结，不能再更正，还要补充的请告诉上级工会。",
        /// It was corrected again and again.
        TooOften { most: u64 } = 409 "correction_too_often" "这条记录已经更正了{most}次，不能再更正，请告诉上级工会。",
    }
}

impl CorrectionRefusal {
    /// Refuses one correction more of what was corrected so often.
    ///
    /// # Errors
    /// [`CorrectionRefusal::TooOften`].
    pub fn check_times(times: usize) -> Result<(), Self> {
        let is_often = u64::try_from(times).is_ok_and(|times| times >= MOST);
        if is_often { Err(Self::TooOften { most: MOST }) } else { Ok(()) }
    }
}

/// A look round, as it should have been written down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRoundCorrection)]
pub struct RoundCorrection {
    /// The name that the phone gives the correction, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// The name that the phone gave to the look round.
    #[schema(min_length = 8, max_length = 64)]
    pub corrects: String,
    /// Each point of the catalogue.
    #[schema(max_items = 50)]
    pub points: Vec<RoundPoint>,
    /// What was photographed, with pictures that this phone handed in.
    #[serde(default)]
    #[schema(max_items = 6)]
    pub photos: Vec<Photo>,
    /// When it was corrected, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// Refuses what the worker who calls did not write down himself.
///
/// # Errors
/// [`CorrectionRefusal::NotOwn`].
pub(crate) fn is_own(caller: &Caller<Oneself>, writer: &str) -> Result<(), CorrectionRefusal> {
    if writer == caller.actor().word() { Ok(()) } else { Err(CorrectionRefusal::NotOwn) }
}

/// Corrects a look round.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], [`CorrectionRefusal`], 422 as for a look round.
pub async fn correct(caller: &Caller<Oneself>, id: Id, input: &RoundCorrection) -> Result<RoundView, Problem> {
    let sent_as = name(&input.sent_as)?;
    let at = time(caller, id, input.happened_at).await?;
    let (key, on) = (caller.id(), calendar::beijing_day(at));
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, on).await?;
            let named = round::Entity::find().filter(round::Column::StationId.eq(id));
            let named = named.filter(round::Column::SentAs.eq(input.corrects.as_str()));
            let row = named.one(&unit).await?.ok_or(CorrectionRefusal::Unknown)?;
            let query = round_before::Entity::find().filter(round_before::Column::RoundId.eq(row.id));
            let earlier = query.order_by_asc(round_before::Column::Id).all(&unit).await?;
            let new = if earlier.iter().any(|one| one.sent_as == sent_as) {
                row.clone()
            } else {
                let points = checked(&unit, &input.points).await?;
                check_photos(&unit, &caller.lent(vec![station.organisation_id]), &input.photos).await?;
                round::Model {
                    wrong: wrong(&points),
                    points: text(&points)?,
                    photos: photos_text(&input.photos)?,
                    ..row.clone()
                }
            };
            if new == row {
                return views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found);
            }
            refuse(caller, &row, on, earlier.len())?;
            let before = round_before::Model {
                id: key,
                round_id: row.id,
                sent_as: sent_as.to_owned(),
                points: row.points,
                wrong: row.wrong,
                photos: row.photos,
                actor: caller.actor().word(),
                corrected_at: at.into(),
                heard_at: caller.now().into(),
            };
            let before = before.into_active_model().reset_all();
            round_before::Entity::insert(before).exec_without_returning(&unit).await?;
            new.clone().into_active_model().reset_all().update(&unit).await?;
            let act = ("stations.correct_round", "station/round", row.id);
            audit::record(&unit, caller, act, station.organisation_id, json!({ "station": station.id })).await?;
            views(&unit, caller, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Refuses what somebody may not correct, or not any more.
fn refuse(caller: &Caller<Oneself>, row: &round::Model, on: NaiveDate, times: usize) -> Result<(), CorrectionRefusal> {
    is_own(caller, &row.actor)?;
    if !in_time(row.day, on) {
        return Err(CorrectionRefusal::TooLate);
    }
    CorrectionRefusal::check_times(times)
}

/// 更正自己登记的开站、闭站检查
#[utoipa::path(
    post, path = "/me/stations/{id}/round-corrections", tag = "me", operation_id = "correct_station_round",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = RoundCorrection,
    responses((status = 200, body = RoundView), DutyRefusal, CorrectionRefusal),
)]
pub async fn post_correction(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<RoundCorrection>,
) -> Result<Json<RoundView>, Problem> {
    correct(&caller, id, &input).await.map(Json)
}
