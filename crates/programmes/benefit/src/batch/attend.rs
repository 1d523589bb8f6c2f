//! An officer marks on the list of a batch that somebody came, where nobody scanned his voucher. It redeems the voucher: the
//! fact is written once, whoever marks it.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{Caller, Problem};
use sea_orm::entity::prelude::*;

use super::{
    BatchRefusal,
    seats::{SeatRow, rows},
};
use crate::{
    permissions::Redeem,
    redeem::{RedeemRefusal, redeem},
    tables::{batch, claim, partner, seat},
};

/// Marks that somebody came.
///
/// # Errors
/// 404 if the claim or its batch is absent or foreign, [`RedeemRefusal`], [`BatchRefusal`].
pub async fn attend(caller: &Caller<Redeem>, id: Id) -> Result<SeatRow, Problem> {
    caller
        .unit(|unit| async move {
            let place = (claim::Entity, claim::Column::OrganisationId);
            let claim = claim::Entity::find_by_id(id).filter(caller.scope().within(place)).one(&unit).await?;
            let claim = claim.ok_or_else(Problem::not_found)?;
            let seat = seat::Entity::find_by_id(claim.id).one(&unit).await?.ok_or(BatchRefusal::NotChosen)?;
            let batch = batch::in_scope(&unit, caller.scope(), seat.batch_id).await?;
            let place = partner::Entity::find_by_id(batch.partner_id).one(&unit).await?;
            redeem(&unit, caller, claim.id, &place.ok_or_else(Problem::not_found)?).await?;
            rows(&unit, caller, vec![seat]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 登记到场
#[utoipa::path(
    post, path = "/benefit-claims/{id}/attend", tag = "benefit", operation_id = "mark_attendance",
    extensions(("x-permission" = json!("benefit.redeem"))),
    params(("id" = Id, Path)), responses((status = 200, body = SeatRow), RedeemRefusal, BatchRefusal),
)]
pub async fn post_attend(caller: Caller<Redeem>, Path(id): Path<Id>) -> Result<Json<SeatRow>, Problem> {
    attend(&caller, id).await.map(Json)
}
