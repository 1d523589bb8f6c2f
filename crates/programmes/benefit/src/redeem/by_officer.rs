//! An officer redeems a voucher at one of his union's places.

use axum::Json;
use database::Id;
use kernel::{Caller, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    step::{RedeemRefusal, Redeemed, redeem_at},
    token::VoucherTokenRefusal,
};
use crate::{batch::BatchRefusal, permissions::Redeem, tables::partner};

kernel::refusals! {
    /// Why nothing is handed over at a place.
    pub enum PlaceRefusal {
        /// It no longer redeems.
        Ended = 409 "partner_ended" "该核销点不再核销，请选择其他核销点。",
    }
}

/// A voucher and where it is redeemed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct RedeemForm {
    /// The place.
    pub partner_id: Id,
    /// What the voucher's QR code says.
    #[schema(max_length = 500)]
    pub code: String,
}

/// Redeems.
///
/// # Errors
/// 404 if the place is absent or foreign, [`PlaceRefusal`], [`VoucherTokenRefusal`], [`RedeemRefusal`], [`BatchRefusal`].
pub async fn by_officer(caller: &Caller<Redeem>, form: &RedeemForm) -> Result<Redeemed, Problem> {
    let place = &partner::in_scope(caller.read(), caller.scope(), form.partner_id).await?;
    if !place.active {
        return Err(PlaceRefusal::Ended.into());
    }
    redeem_at(caller, place, &form.code).await
}

/// 核销凭证
#[utoipa::path(
    post, path = "/benefit-redemptions", tag = "benefit", operation_id = "redeem_voucher",
    extensions(("x-permission" = json!("benefit.redeem"))), request_body = RedeemForm,
    responses((status = 200, body = Redeemed), PlaceRefusal, VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_redemption(caller: Caller<Redeem>, Json(form): Json<RedeemForm>) -> Result<Json<Redeemed>, Problem> {
    by_officer(&caller, &form).await.map(Json)
}
