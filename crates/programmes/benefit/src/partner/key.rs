//! A place's scanning link. Whoever works there has no account: the link's secret, kept in his phone, lets him redeem at
//! this place and see nothing else. A new link ends the one before.

use axum::{Json, extract::Path, http::StatusCode};
use database::Id;
use kernel::{Caller, Context, Problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::keep::record;
use crate::{permissions::KeepPartners, tables::partner};

kernel::refusals! {
    /// Why a scanning link opens nothing.
    pub enum KeyRefusal {
        /// Renewed, or the place no longer redeems.
        NotValid = 403 "partner_key_not_valid" "本机的核销链接已失效，请向工会索取新的链接。",
    }
}

/// A scanning link, told once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartnerLink {
    /// The address; what is behind `#` is the secret, which a browser sends to nobody.
    pub address: String,
}

fn hash(key: &str) -> String {
    secret::digest::sm3_hex(key.as_bytes())
}

/// Makes a new link.
///
/// # Errors
/// 404 if the place is absent or foreign.
pub async fn renew(caller: &Caller<KeepPartners>, id: Id) -> Result<PartnerLink, Problem> {
    let bytes: [u8; 16] = caller.house().ambient().bytes();
    let key = &bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    caller
        .unit(|unit| async move {
            let place = partner::in_scope(&unit, caller.scope(), id).await?;
            let row = partner::ActiveModel { key_hash: Set(Some(hash(key))), ..Default::default() };
            partner::Entity::update_many().set(row).filter(partner::Column::Id.eq(id)).exec(&unit).await?;
            record(&unit, caller, &place, "benefits.partner_key").await?;
            Ok(PartnerLink { address: format!("{}/w/redeem#{key}", caller.house().settings().public_url) })
        })
        .await
}

/// The place whose link's secret this is, if it redeems.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn holder(context: &Context, key: &str) -> Result<partner::Model, Problem> {
    let place = payee(context, key).await?;
    if place.active { Ok(place) } else { Err(KeyRefusal::NotValid.into()) }
}

/// The place whose link's secret this is, also if it no longer redeems: what it is owed it still looks at and disputes.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn payee(context: &Context, key: &str) -> Result<partner::Model, Problem> {
    let found = partner::Entity::find().filter(partner::Column::KeyHash.eq(hash(key.trim()))).one(context.read());
    Ok(found.await?.ok_or(KeyRefusal::NotValid)?)
}

/// 更换核销点扫码链接
#[utoipa::path(
    post, path = "/benefit-partners/{id}/key", tag = "benefit", operation_id = "renew_partner_key",
    extensions(("x-permission" = json!("benefit.partners"))),
    params(("id" = Id, Path)), responses((status = 201, body = PartnerLink)),
)]
pub async fn post_key(
    caller: Caller<KeepPartners>,
    Path(id): Path<Id>,
) -> Result<(StatusCode, Json<PartnerLink>), Problem> {
    Ok((StatusCode::CREATED, Json(renew(&caller, id).await?)))
}
