//! Whoever took something says thanks; the giver and everybody at the corner read it, without a name.

use axum::{Json, extract::Path};
use kernel::{Caller, Id, Problem, permission::Oneself};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    reserve::own,
    view::{ClaimView, claim_views},
};
use crate::tables::gift_claim::{self, GiftState};

kernel::refusals! {
    /// Why no thanks are taken.
    pub enum ThankRefusal {
        /// He has nothing of it.
        NotTaken = 409 "gift_not_taken" "领取以后再感谢吧。",
    }
}

/// Thanks.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationGiftThanks)]
pub struct Thanks {
    /// In his words, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub text: String,
}

/// Says thanks.
///
/// # Errors
/// 404, [`ThankRefusal`], 422 for words that are none or too many.
pub async fn thank(caller: &Caller<Oneself>, id: Id, input: &Thanks) -> Result<ClaimView, Problem> {
    let (me, text) = (caller.person()?, input.text.trim());
    if !(2..=60).contains(&text.chars().count()) {
        return Err(Problem::field("text", "thanks", "请写2至60字。"));
    }
    caller
        .unit(|unit| async move {
            let mut found = own(&unit, id, me).await?.ok_or_else(Problem::not_found)?;
            if found.state != GiftState::Taken {
                return Err(ThankRefusal::NotTaken.into());
            }
            found.thanks = Some(text.to_owned());
            let row = gift_claim::ActiveModel { thanks: Set(found.thanks.clone()), ..Default::default() };
            gift_claim::Entity::update_many().set(row).filter(gift_claim::Column::Id.eq(found.id)).exec(&unit).await?;
            claim_views(&unit, caller, vec![found]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 感谢捐赠
#[utoipa::path(
    post, path = "/me/station-gifts/{id}/thank", tag = "me", operation_id = "thank_for_station_gift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Thanks, responses((status = 200, body = ClaimView), ThankRefusal),
)]
pub async fn post_thank(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Thanks>,
) -> Result<Json<ClaimView>, Problem> {
    thank(&caller, id, &input).await.map(Json)
}
