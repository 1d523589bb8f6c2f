//! A roster often brings people without a phone. At an event's desk an officer looks at the person's paper and writes the
//! phone down, so that he can join and log in with it.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{
    Caller, Context, Problem,
    person::{self, BindPhoneRefusal, SearchRefusal},
};
use secret::masking;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::permissions::ApproveMembers;

/// What the officer read off the paper, and the number he was told.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PhoneBinding {
    /// The number on the paper that was looked at.
    pub document_number: String,
    /// The mobile number.
    pub phone: String,
}

/// The phone that was bound.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BoundPhone {
    /// Masked.
    pub phone: String,
}

/// Binds a phone to a person who has none.
///
/// # Errors
/// 404 for a person out of scope, 409 for a merged record, 422 if it is no mobile number or not his paper,
/// [`BindPhoneRefusal`], [`SearchRefusal`].
pub async fn bind_phone(caller: &Caller<ApproveMembers>, id: Id, input: &PhoneBinding) -> Result<BoundPhone, Problem> {
    let context: &Context = caller;
    let person = person::living(context.read(), context.scope(), id).await?;
    let phone = codes::phone::normalise(&input.phone);
    let phone = &phone.map_err(|err| Problem::field("phone", err.code(), err.message()))?;
    // Not in the unit, of which a refusal leaves nothing: a wrong number is counted.
    if !person::holds(context, person.id, &input.document_number).await? {
        let wrong = "与档案里登记的证件号码不一致，请看着证件原件再填一次。";
        return Err(Problem::field("document_number", "paper_differs", wrong));
    }
    let bound = caller.unit(|unit| async move {
        let person = person::living(&unit, context.scope(), id).await?;
        person::phone_free(&unit, context, id, phone).await?;
        person::bind_phone(&unit, context, &person, phone, "当面核对证件原件").await
    });
    bound.await?;
    Ok(BoundPhone { phone: masking::phone(phone) })
}

/// 核对证件后登记手机号码
#[utoipa::path(
    post, path = "/people/{id}/phone", tag = "membership", operation_id = "bind_phone",
    extensions(("x-permission" = json!("membership.approve"))), params(("id" = Id, Path)),
    request_body = PhoneBinding, responses((status = 200, body = BoundPhone), BindPhoneRefusal, SearchRefusal),
)]
pub async fn post_phone(
    caller: Caller<ApproveMembers>,
    Path(id): Path<Id>,
    Json(input): Json<PhoneBinding>,
) -> Result<Json<BoundPhone>, Problem> {
    bind_phone(&caller, id, &input).await.map(Json)
}
