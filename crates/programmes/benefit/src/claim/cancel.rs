//! Giving back what one claimed: the piece is free again for others at once.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, permission::Oneself};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::{Desk, give::take};
use crate::{
    batch::{self, choose::SeatRefusal},
    give_on::freed,
    me::vouchers::{MyVoucher, voucher},
    tables::claim::{self, ClaimState},
};

kernel::refusals! {
    /// Why nothing is given back.
    pub enum CancelRefusal {
        /// It was used, given back, voided or ran out.
        NotWaiting { state: &'static str } = 409 "claim_not_waiting" "该凭证{state}，不能取消。",
    }
}

/// Gives a claim that waits back to its share, together with the unit's other writes; its seat is freed apart.
pub(crate) fn hand_back(unit: &Unit, context: &Context, claim: &claim::Model) {
    let row = claim::ActiveModel {
        state: Set(ClaimState::Returned),
        slot: Set(claim.id.0),
        due_at: Set(None),
        ended_at: Set(Some(context.now().into())),
        ..Default::default()
    };
    database::update(unit, claim::Entity::update_many().set(row).filter(claim::Column::Id.eq(claim.id)));
    take(unit, claim.share_id, -1);
}

/// Gives back.
///
/// # Errors
/// 404 if it is not his own, [`CancelRefusal`], [`SeatRefusal`] where the list of his batch is closed.
pub async fn cancel(caller: &Caller<Oneself>, id: Id) -> Result<MyVoucher, Problem> {
    let person = caller.person()?;
    let returned = caller
        .unit(|unit| async move {
            let own = claim::Entity::find_by_id(id).filter(claim::Column::PersonId.eq(person)).one(&unit).await?;
            let own = own.ok_or_else(Problem::not_found)?;
            // Given back, what has run out would free his place in the round, and he could claim once more.
            own.waits_at(caller.now().into()).map_err(|state| CancelRefusal::NotWaiting { state })?;
            batch::release::give_back(&unit, caller, own.id).await?;
            hand_back(&unit, caller, &own);
            freed(&unit, caller, std::slice::from_ref(&own)).await?;
            Ok(own.round_id)
        })
        .await?;
    caller.house().here::<Desk>().returned(returned);
    voucher(caller, id).await
}

/// 取消领取
#[utoipa::path(
    post, path = "/me/vouchers/{id}/cancel", tag = "me", operation_id = "cancel_claim",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)),
    responses((status = 200, body = MyVoucher), CancelRefusal, SeatRefusal),
)]
pub async fn post_cancel(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVoucher>, Problem> {
    cancel(&caller, id).await.map(Json)
}
