//! Making an offer, as a draft.

use axum::{Json, http::StatusCode, response::IntoResponse};
use kernel::{Caller, Problem, audit, etag};
use sea_orm::entity::prelude::*;

use super::{
    form::OfferForm,
    rounds,
    view::{OfferView, view},
};
use crate::{permissions::KeepOffers, tables::offer};

/// Makes an offer.
///
/// # Errors
/// 404 if the union is absent or foreign, 422 that names each field.
pub async fn create(caller: &Caller<KeepOffers>, form: &OfferForm) -> Result<OfferView, Problem> {
    form.check()?;
    let id = caller.id();
    caller
        .unit(|unit| async move {
            form.check_against(&unit, caller).await?;
            let model = form.row(id, caller.now().into(), 1)?;
            let row = offer::ActiveModel::from(model.clone()).reset_all();
            offer::Entity::insert(row).exec_without_returning(&unit).await?;
            form.save_places(&unit, id).await?;
            rounds::save(&unit, caller, &model, &form.rounds).await?;
            let detail = serde_json::json!({ "kind": form.kind, "unit_fen": form.unit_fen });
            audit::record(&unit, caller, ("benefits.create", "benefit/offer", id), form.organisation_id, detail)
                .await?;
            view(&unit, caller, model).await
        })
        .await
}

/// 新建普惠服务
#[utoipa::path(
    post, path = "/benefit-offers", tag = "benefit", operation_id = "create_offer",
    extensions(("x-permission" = json!("benefit.keep"))),
    request_body = OfferForm, responses((status = 201, body = OfferView)),
)]
pub async fn post_offer(caller: Caller<KeepOffers>, Json(form): Json<OfferForm>) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}
