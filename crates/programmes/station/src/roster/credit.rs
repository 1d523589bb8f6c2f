//! The master confirms who was there: the hours are credited once, as a fact.

use axum::{Json, extract::Path};
use kernel::{
    Caller, Id, Problem,
    ledger::{self, NewFact, Source},
    permission::Oneself,
    person,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FACT, begins, span,
    view::{Volunteer, volunteers},
};
use crate::{
    duty::station,
    tables::{shift, signup},
};

kernel::refusals! {
    /// Why no hours are credited.
    pub enum CreditRefusal {
        /// They were.
        Credited = 409 "hours_credited" "时长已经确认过了。",
        /// It has not begun.
        Early = 409 "shift_not_begun" "班次开始后才能确认时长。",
        /// It was called off.
        Off = 409 "shift_called_off" "班次已取消，不能确认时长。",
    }
}

/// Who was there how long.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationHours)]
pub struct Credit {
    /// His signing up.
    pub signup_id: Id,
    /// How many hours; nought if he did not come.
    pub hours: i64,
}

/// Credits hours.
///
/// # Errors
/// 404, [`CreditRefusal`], 422 for more hours than the shift has.
pub async fn credit(caller: &Caller<Oneself>, id: Id, input: &Credit) -> Result<Volunteer, Problem> {
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let found = signup::Entity::find_by_id(input.signup_id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let shift = shift::Entity::find_by_id(found.shift_id).filter(shift::Column::StationId.eq(station.id));
            let shift = shift.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if shift.off_at.is_some() {
                return Err(CreditRefusal::Off.into());
            }
            if begins(&shift) > caller.now() {
                return Err(CreditRefusal::Early.into());
            }
            if !(0..=span(&shift).hours()).contains(&input.hours) {
                let most = format!("这个班次最多{}小时。", span(&shift).hours());
                return Err(Problem::field("hours", "hours", most));
            }
            let row = signup::ActiveModel { hours: Set(Some(input.hours)), ..Default::default() };
            let done = signup::Entity::update_many()
                .set(row)
                .filter(signup::Column::Id.eq(found.id))
                .filter(signup::Column::Hours.is_null())
                .exec(&unit)
                .await?;
            if done.rows_affected == 0 {
                return Err(CreditRefusal::Credited.into());
            }
            if input.hours > 0 {
                let person = person::Entity::find_by_id(found.person_id).one(&unit).await?;
                let fact = NewFact {
                    kind: FACT.code,
                    organisation: shift.organisation_id,
                    person: Some(found.person_id),
                    group: person.and_then(|person| person.worker_group),
                    quantity: input.hours,
                    amount_fen: 0,
                    day: shift.day,
                    source: Source { kind: "station/signup", id: found.id },
                    reverses: None,
                };
                ledger::post(&unit, caller, &[fact]).await?;
            }
            let mut all = volunteers(&unit, caller, std::slice::from_ref(&shift)).await?;
            let of_shift = all.remove(&shift.id).unwrap_or_default();
            of_shift.into_iter().find(|one| one.id == found.id).ok_or_else(Problem::not_found)
        })
        .await
}

/// 确认志愿服务时长
#[utoipa::path(
    post, path = "/me/stations/{id}/shift-hours", tag = "me", operation_id = "credit_station_hours",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Credit, responses((status = 200, body = Volunteer), CreditRefusal),
)]
pub async fn post_credit(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Credit>,
) -> Result<Json<Volunteer>, Problem> {
    credit(&caller, id, &input).await.map(Json)
}
