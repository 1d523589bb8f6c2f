//! Changing an offer while it is a draft: what is published stands as people read it.

use axum::{Json, extract::Path, response::IntoResponse};
use database::Id;
use kernel::{
    Caller, Problem, audit,
    etag::{self, IfMatch},
};
use sea_orm::entity::prelude::*;

use super::{
    form::OfferForm,
    rounds,
    view::{OfferView, form_of, view},
};
use crate::{
    batch,
    permissions::KeepOffers,
    tables::offer::{self, OfferState},
};

kernel::refusals! {
    /// Why an offer is not changed.
    pub enum ChangeOfferRefusal {
        /// People have read it.
        Published = 409 "offer_published" "该服务已发布，不能整份修改。可以更正说明、延期、增加核销点和场次、改经费项目，其他内容请结束后另建。",
        /// Batches were arranged for it as it was.
        Batches = 409 "offer_batches_unfit" "已安排的批次与修改后的种类、使用期或核销点不符，请先修改或删除这些批次。",
    }
}

/// Changes a draft.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, [`ChangeOfferRefusal`], 422 that names each field.
pub async fn change(
    caller: &Caller<KeepOffers>,
    id: Id,
    seen: &IfMatch,
    form: &OfferForm,
) -> Result<OfferView, Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            form.check()?;
            etag::check(&unit, id, old.version, seen).await?;
            if old.state != OfferState::Draft {
                return Err(ChangeOfferRefusal::Published.into());
            }
            form.check_against(&unit, caller).await?;
            let fields = etag::changed(&form_of(&unit, &old).await?, form);
            let new = form.row(id, old.made_at, old.version + 1)?;
            let row = offer::ActiveModel::from(new.clone()).reset_all();
            offer::Entity::update_many().set(row).filter(offer::Column::Id.eq(id)).exec(&unit).await?;
            form.save_places(&unit, id).await?;
            if !batch::keep::go_along(&unit, &new).await? {
                return Err(ChangeOfferRefusal::Batches.into());
            }
            rounds::remove(&unit, id).await?;
            rounds::save(&unit, caller, &new, &form.rounds).await?;
            etag::note(&unit, id, new.version, &fields).await?;
            let detail = serde_json::json!({ "fields": fields });
            audit::record(&unit, caller, ("benefits.change", "benefit/offer", id), new.organisation_id, detail).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// 修改普惠服务
#[utoipa::path(
    put, path = "/benefit-offers/{id}", tag = "benefit", operation_id = "change_offer",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = OfferForm,
    responses((status = 200, body = OfferView), ChangeOfferRefusal),
)]
pub async fn put_offer(
    caller: Caller<KeepOffers>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<OfferForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
