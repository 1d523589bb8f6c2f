//! Whoever works at a place redeems vouchers by his phone, with the place's scanning link and nothing else.

use axum::Json;
use database::Moment;
use kernel::{Caller, Context, Problem, permission::Everyone};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    step::{RedeemRefusal, Redeemed, look_at, redeem_at},
    token::VoucherTokenRefusal,
};
use crate::{
    batch::BatchRefusal,
    partner::key::{KeyRefusal, holder},
    tables::{offer, partner, redemption},
};

/// The secret of a place's scanning link.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PartnerKey {
    /// What stands behind `#` in the link.
    #[schema(max_length = 100)]
    pub key: String,
}

/// A voucher that was scanned, or whose code was typed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PartnerScan {
    /// What stands behind `#` in the link.
    #[schema(max_length = 100)]
    pub key: String,
    /// What the voucher's QR code says, or the code to be typed below it.
    #[schema(max_length = 500)]
    pub code: String,
}

/// A place as whoever works there sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerToday {
    /// The place.
    pub place: String,
    /// How many vouchers were redeemed there today.
    pub redeemed_today: u64,
    /// The last ones.
    pub latest: Vec<PartnerRedemption>,
}

/// A redemption as whoever works there sees it: what and when, not who.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PartnerRedemption {
    /// What was handed over.
    pub title: String,
    /// When.
    pub redeemed_at: Moment,
}

/// Shows the phone with the link its place's day.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn today(caller: &Context, key: &str) -> Result<PartnerToday, Problem> {
    day_at(caller, &holder(caller, key).await?).await
}

/// The day of a place.
///
/// # Errors
/// A fault of the database.
pub(super) async fn day_at(caller: &Context, place: &partner::Model) -> Result<PartnerToday, Problem> {
    let conn = caller.read();
    let own = redemption::Entity::find()
        .filter(redemption::Column::PartnerId.eq(place.id))
        .filter(redemption::Column::Day.eq(caller.today()))
        .filter(redemption::Column::TakenBackAt.is_null());
    let redeemed_today = own.clone().count(conn).await?;
    let last = own.order_by_desc(redemption::Column::Id).limit(20).all(conn).await?;
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(last.iter().map(|one| one.offer_id)));
    let offers = offers.all(conn).await?;
    let title = |one: &redemption::Model| {
        offers.iter().find(|offer| offer.id == one.offer_id).map(|offer| offer.title.clone()).unwrap_or_default()
    };
    let latest = last.iter().map(|one| PartnerRedemption { title: title(one), redeemed_at: one.redeemed_at }).collect();
    Ok(PartnerToday { place: place.name.clone(), redeemed_today, latest })
}

/// Looks at a voucher before it is redeemed.
///
/// # Errors
/// [`KeyRefusal`], [`VoucherTokenRefusal`], [`RedeemRefusal`], [`BatchRefusal`].
pub async fn look(caller: &Context, scan: &PartnerScan) -> Result<Redeemed, Problem> {
    look_at(caller, &holder(caller, &scan.key).await?, &scan.code).await
}

/// Redeems a voucher.
///
/// # Errors
/// [`KeyRefusal`], [`VoucherTokenRefusal`], [`RedeemRefusal`], [`BatchRefusal`].
pub async fn by_partner(caller: &Context, scan: &PartnerScan) -> Result<Redeemed, Problem> {
    redeem_at(caller, &holder(caller, &scan.key).await?, &scan.code).await
}

/// 核销点今日情况
#[utoipa::path(
    post, path = "/public/redemptions/today", tag = "public", operation_id = "partner_today",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerKey,
    responses((status = 200, body = PartnerToday), KeyRefusal),
)]
pub async fn post_today(caller: Caller<Everyone>, Json(form): Json<PartnerKey>) -> Result<Json<PartnerToday>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    today(&caller, &form.key).await.map(Json)
}

/// 核销点查看凭证
#[utoipa::path(
    post, path = "/public/redemptions/look", tag = "public", operation_id = "look_at_voucher",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerScan,
    responses((status = 200, body = Redeemed), KeyRefusal, VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_look(caller: Caller<Everyone>, Json(scan): Json<PartnerScan>) -> Result<Json<Redeemed>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    look(&caller, &scan).await.map(Json)
}

/// 核销点核销凭证
#[utoipa::path(
    post, path = "/public/redemptions", tag = "public", operation_id = "redeem_at_partner",
    extensions(("x-permission" = json!("everyone"))), request_body = PartnerScan,
    responses((status = 200, body = Redeemed), KeyRefusal, VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_redeem(caller: Caller<Everyone>, Json(scan): Json<PartnerScan>) -> Result<Json<Redeemed>, Problem> {
    caller.house().limits().joins.by_address(&caller)?;
    by_partner(&caller, &scan).await.map(Json)
}
