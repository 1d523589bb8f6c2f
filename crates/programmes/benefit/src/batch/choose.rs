//! Choosing a batch for one's voucher, choosing another, and giving it back; by phone, until some days before it begins.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, consent::ConsentRefusal, permission::Oneself};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    companions::{self, NewCompanion},
    deadline,
    guardian::GUARDIAN,
    release::{clear, give_back, take},
};
use crate::{
    me::vouchers::{MyVoucher, voucher},
    rules::{
        batch::{Seats, choose as moves},
        window,
    },
    tables::{batch, claim, offer, seat},
};

kernel::refusals! {
    /// Why somebody gets no seat, or keeps the one that he has.
    pub enum SeatRefusal {
        /// His voucher was used, given back, voided or ran out.
        NotWaiting { state: &'static str } = 409 "seat_claim_not_waiting" "该凭证{state}，不能再选批次。",
        /// Too few seats are free for him and those who come along.
        Full { free: i64 } = 409 "batch_full" "这一批只剩{free}个位子，请减少同行人数或选择其他批次。",
        /// The list of this batch is closed.
        Closed { until: String } = 409 "batch_closed" "这一批{until}已截止报名，请选择其他批次。",
        /// The list of the batch that he has is closed.
        TooLate { until: String } = 409 "batch_too_late" "所选批次{until}已截止改期和退订，确有困难请联系工会。",
        /// It doesn't take place.
        CalledOff = 409 "batch_called_off" "这一批已经取消，请选择其他批次。",
        /// He chose none.
        NoneChosen = 409 "batch_none" "还没有选择批次，请刷新后查看。",
    }
}

/// Which batch, and who comes along.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SeatForm {
    /// The batch.
    pub batch_id: Id,
    /// Who comes along, as many as the offer lets.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub companions: Vec<NewCompanion>,
}

/// The claim with its offer, if one may choose a batch with it now.
async fn waiting(unit: &Unit, context: &Context, id: Id) -> Result<(claim::Model, offer::Model), Problem> {
    let claim = claim::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    claim.waits_at(context.now().into()).map_err(|state| SeatRefusal::NotWaiting { state })?;
    let offer = offer::Entity::find_by_id(claim.offer_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    Ok((claim, offer))
}

/// How long the voucher is good now: who has a seat need not hurry to redeem it.
pub(super) async fn good_until(
    unit: &Unit,
    context: &Context,
    claim: Id,
    (offer, hours): (&offer::Model, i32),
) -> Result<(), Problem> {
    let until = window::use_until((offer.redeem_from, offer.redeem_until), hours, context.now());
    let row = claim::ActiveModel { use_until: Set(until), due_at: Set(Some(until)), ..Default::default() };
    claim::Entity::update_many().set(row).filter(claim::Column::Id.eq(claim)).exec(unit).await?;
    Ok(())
}

/// The batch of a seat that is held, if it may still be left, and how many seats.
///
/// # Errors
/// [`SeatRefusal::TooLate`].
pub(super) async fn held(unit: &Unit, context: &Context, claim: Id) -> Result<Option<(Id, i64)>, Problem> {
    let Some(seat) = seat::Entity::find_by_id(claim).one(unit).await? else { return Ok(None) };
    let batch = batch::Entity::find_by_id(seat.batch_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    let until = deadline(unit, context, &batch).await?;
    if context.today() > until {
        return Err(SeatRefusal::TooLate { until: calendar::day_in_words(until) }.into());
    }
    Ok(Some((seat.batch_id, 1 + seat.companions)))
}

/// Chooses a batch for a claim whose holder the caller has made sure of.
///
/// # Errors
/// 404 if there is no such claim, or no such batch of its offer; [`SeatRefusal`]; [`ConsentRefusal`] if a child comes along
/// for whom no guardian agreed; 422 that names each field.
pub async fn choose_for(context: &Context, claim: Id, form: &SeatForm) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            let (claim, offer) = waiting(&unit, context, claim).await?;
            let batch = batch::Entity::find_by_id(form.batch_id).filter(batch::Column::OfferId.eq(offer.id));
            let batch = batch.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if batch.called_off.is_some() {
                return Err(SeatRefusal::CalledOff.into());
            }
            let along = i64::try_from(form.companions.len()).unwrap_or(i64::MAX);
            if along > i64::from(offer.companions) {
                let told = match offer.companions {
                    0 => "这项服务仅限本人，不能带同行人员。".to_owned(),
                    most => format!("最多可带{most}名同行人员。"),
                };
                return Err(Problem::field("companions", "too_many_companions", told));
            }
            let companions = companions::read(context, &form.companions)?;
            let consent = if companions.iter().any(|one| one.is_child) {
                Some(GUARDIAN.demand(&unit, claim.person_id).await?)
            } else {
                None
            };
            let held = held(&unit, context, claim.id).await?;
            let until = deadline(&unit, context, &batch).await?;
            if context.today() > until {
                return Err(SeatRefusal::Closed { until: calendar::day_in_words(until) }.into());
            }
            let stand = Seats { seats: batch.seats, taken: batch.taken };
            let moves = moves(held, (batch.id, 1 + along), stand);
            for (batch, seats) in moves.map_err(|full| SeatRefusal::Full { free: full.free })? {
                take(&unit, batch, seats).await?;
            }
            clear(&unit, &[claim.id]).await?;
            let seat = seat::Model {
                claim_id: claim.id,
                batch_id: batch.id,
                organisation_id: claim.organisation_id,
                companions: along,
                chosen_at: context.now().into(),
            };
            let row = seat::ActiveModel::from(seat.clone()).reset_all();
            seat::Entity::insert(row).exec_without_returning(&unit).await?;
            companions::write(&unit, context, &seat, (&companions, consent)).await?;
            good_until(&unit, context, claim.id, (&offer, 0)).await
        })
        .await
}

/// Whether a claim is the caller's own.
async fn own(caller: &Caller<Oneself>, id: Id) -> Result<(), Problem> {
    let own = claim::Entity::find_by_id(id).filter(claim::Column::PersonId.eq(caller.person()?));
    own.one(caller.read()).await?.map(|_| ()).ok_or_else(Problem::not_found)
}

/// Chooses a batch for one's own voucher, or another than before.
///
/// # Errors
/// 404 if it is not his own, and as [`choose_for`].
pub async fn choose(caller: &Caller<Oneself>, id: Id, form: &SeatForm) -> Result<MyVoucher, Problem> {
    own(caller, id).await?;
    choose_for(caller, id, form).await?;
    voucher(caller, id).await
}

/// Gives the batch back and keeps the voucher.
///
/// # Errors
/// 404 if it is not his own, [`SeatRefusal`].
pub async fn leave(caller: &Caller<Oneself>, id: Id) -> Result<MyVoucher, Problem> {
    own(caller, id).await?;
    let left = caller.unit(|unit| async move {
        let (claim, offer) = waiting(&unit, caller, id).await?;
        if seat::Entity::find_by_id(claim.id).one(&unit).await?.is_none() {
            return Err(SeatRefusal::NoneChosen.into());
        }
        give_back(&unit, caller, claim.id).await?;
        good_until(&unit, caller, claim.id, (&offer, offer.hold_hours)).await
    });
    left.await?;
    voucher(caller, id).await
}

/// 选择批次
#[utoipa::path(
    post, path = "/me/vouchers/{id}/batch", tag = "me", operation_id = "choose_batch",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = SeatForm,
    responses((status = 200, body = MyVoucher), SeatRefusal, ConsentRefusal),
)]
pub async fn post_choose(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(form): Json<SeatForm>,
) -> Result<Json<MyVoucher>, Problem> {
    choose(&caller, id, &form).await.map(Json)
}

/// 退订批次
#[utoipa::path(
    post, path = "/me/vouchers/{id}/leave-batch", tag = "me", operation_id = "leave_batch",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyVoucher), SeatRefusal),
)]
pub async fn post_leave(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVoucher>, Problem> {
    leave(&caller, id).await.map(Json)
}
