//! Whoever answers for a station redeems there with his own phone: the register knows him, he needs no link.

use axum::Json;
use database::Id;
use kernel::{Caller, Problem, permission::Oneself, site};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    by_officer::RedeemForm,
    by_partner::{PartnerToday, day_at},
    step::{RedeemRefusal, Redeemed, look_at, redeem_at},
    token::VoucherTokenRefusal,
};
use crate::{
    batch::BatchRefusal,
    tables::partner::{Column, Entity, Model},
};

/// A place at which I redeem.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MyRedemptionPlace {
    /// The place.
    pub id: Id,
    /// The station that it is.
    pub site_id: Option<Id>,
    /// Its day.
    #[serde(flatten)]
    pub day: PartnerToday,
}

/// The places that redeem and that the worker who calls answers for today.
async fn kept(caller: &Caller<Oneself>) -> Result<Vec<Model>, Problem> {
    let sites = site::kept_by(caller, caller.person()?).await?;
    let own = Entity::find().filter(Column::SiteId.is_in(sites)).filter(Column::Active.eq(true));
    Ok(own.order_by_asc(Column::Id).all(caller.read()).await?)
}

/// One of them.
async fn own(caller: &Caller<Oneself>, id: Id) -> Result<Model, Problem> {
    kept(caller).await?.into_iter().find(|place| place.id == id).ok_or_else(Problem::not_found)
}

/// My places of redemption, each with its day.
///
/// # Errors
/// 401 if no worker calls.
pub async fn places(caller: &Caller<Oneself>) -> Result<Vec<MyRedemptionPlace>, Problem> {
    let mut places = Vec::new();
    for place in kept(caller).await? {
        let day = day_at(caller, &place).await?;
        places.push(MyRedemptionPlace { id: place.id, site_id: place.site_id, day });
    }
    Ok(places)
}

/// 我的核销点
#[utoipa::path(
    get, path = "/me/redemption-places", tag = "me", operation_id = "my_redemption_places",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyRedemptionPlace>)),
)]
pub async fn get_places(caller: Caller<Oneself>) -> Result<Json<Vec<MyRedemptionPlace>>, Problem> {
    places(&caller).await.map(Json)
}

/// 站长查看凭证
#[utoipa::path(
    post, path = "/me/redemptions/look", tag = "me", operation_id = "look_at_voucher_at_my_station",
    extensions(("x-permission" = json!("oneself"))), request_body = RedeemForm,
    responses((status = 200, body = Redeemed), VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_look(caller: Caller<Oneself>, Json(form): Json<RedeemForm>) -> Result<Json<Redeemed>, Problem> {
    look_at(&caller, &own(&caller, form.partner_id).await?, &form.code).await.map(Json)
}

/// 站长核销凭证
#[utoipa::path(
    post, path = "/me/redemptions", tag = "me", operation_id = "redeem_at_my_station",
    extensions(("x-permission" = json!("oneself"))), request_body = RedeemForm,
    responses((status = 200, body = Redeemed), VoucherTokenRefusal, RedeemRefusal, BatchRefusal),
)]
pub async fn post_redeem(caller: Caller<Oneself>, Json(form): Json<RedeemForm>) -> Result<Json<Redeemed>, Problem> {
    redeem_at(&caller, &own(&caller, form.partner_id).await?, &form.code).await.map(Json)
}
