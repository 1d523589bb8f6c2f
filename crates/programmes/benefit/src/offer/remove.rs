//! Deleting a draft, of which nobody has read or claimed anything.

use axum::{extract::Path, http::StatusCode};
use database::Id;
use kernel::{Caller, Problem, audit};
use sea_orm::entity::prelude::*;

use super::{publish::PublishRefusal, rounds};
use crate::{
    permissions::KeepOffers,
    tables::{
        batch,
        offer::{self, OfferState},
        place,
    },
};

/// Deletes a draft, with the batches that were planned for it.
///
/// # Errors
/// 404 if it is absent or foreign, [`PublishRefusal`].
pub async fn remove(caller: &Caller<KeepOffers>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let old = offer::in_scope(&unit, caller.scope(), id).await?;
            if old.state != OfferState::Draft {
                return Err(PublishRefusal::NotDraft.into());
            }
            rounds::remove(&unit, id).await?;
            place::Entity::delete_many().filter(place::Column::OfferId.eq(id)).exec(&unit).await?;
            batch::Entity::delete_many().filter(batch::Column::OfferId.eq(id)).exec(&unit).await?;
            offer::Entity::delete_by_id(id).exec(&unit).await?;
            let detail = serde_json::json!({ "kind": old.kind, "title": old.title });
            audit::record(&unit, caller, ("benefits.remove", "benefit/offer", id), old.organisation_id, detail).await
        })
        .await
}

/// 删除草稿
#[utoipa::path(
    delete, path = "/benefit-offers/{id}", tag = "benefit", operation_id = "remove_offer",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path)), responses((status = 204), PublishRefusal),
)]
pub async fn delete_offer(caller: Caller<KeepOffers>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    remove(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
