//! An officer redeems a voucher at one of his union's places; one whose code was typed he looks at first.

use axum::Json;
use database::Id;
use kernel::{Caller, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    step::{RedeemRefusal, Redeemed, look_at, redeem_at},
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
    /// What the voucher's QR code says, or the code to be typed below it.
    #[schema(max_length = 500)]
    pub code: String,
}

/// One of his places, if it redeems.
async fn at(caller: &Caller<Redeem>, id: Id) -> Result<partner::Model, Problem> {
    let place = partner::in_scope(caller.read(), caller.scope(), id).await?;
    if place.active { Ok(place) } else { Err(PlaceRefusal::Ended.into()) }
}

/// Looks at a voucher before it is redeemed.
///
/// # Errors
/// 404 if the place is absent or foreign, [`PlaceRefusal`], [`VoucherTokenRefusal`], [`RedeemRefusal`], [`BatchRefusal`].
pub async fn look(caller: &Caller<Redeem>, form: &RedeemForm) -> Result<Redeemed, Problem> {
    look_at(caller, &at(caller, form.partner_id).await?, &form.code).await
}

/// Redeems.
///
/// # Errors
/// 404 if the place is absent or foreign, [`PlaceRefusal`], [`VoucherTokenRefusal`], [`RedeemRefusal`], [`BatchRefusal`].
pub async fn by_officer(caller: &Caller<Redeem>, form: &RedeemForm) -> Result<Redeemed, Problem> {
    redeem_at(caller, &at(caller, form.partner_id).await?, &form.code).await
}

/// 查看凭证
#[utoipa::path(
    post, path = "/benefit-redemptions/look", tag = "benefit", operation_id = "look_at_voucher_as_officer",
    extensions(("x-permission" = json!("benefit.redeem"))), request_body = RedeemForm,
    responses((status = 200, body = Redeemed), PlaceRefusal, VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_look(caller: Caller<Redeem>, Json(form): Json<RedeemForm>) -> Result<Json<Redeemed>, Problem> {
    look(&caller, &form).await.map(Json)
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
