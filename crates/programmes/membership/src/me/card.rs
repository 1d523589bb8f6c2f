//! My card: a page whose QR code is new every few minutes, and a PDF to print.

use axum::{Json, response::IntoResponse};
use chrono::{DateTime, NaiveDate};
use database::Moment;
use documents::qr;
use kernel::{
    Caller, Fault, Problem,
    download::{PDF, attachment},
    permission::Oneself,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::membership;
use crate::{
    card::{self, CardRefusal},
    card_token, rules,
    tables::member,
};

/// My card.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyCard {
    /// My name as the card shows it.
    pub name: String,
    /// The number.
    pub card_number: String,
    /// The same in groups of four.
    pub card: String,
    /// My union.
    pub organisation: String,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Where my membership stands.
    pub state_label: String,
    /// The QR code.
    pub qr_svg: String,
    /// Until when the QR code is valid; then the page asks again.
    pub valid_until: Moment,
}

async fn held(caller: &Caller<Oneself>) -> Result<member::Model, Problem> {
    let found = membership(caller.read(), caller.person()?).await?;
    Ok(found.filter(|member| member.state.is_member()).ok_or(CardRefusal::NoCard)?)
}

/// Shows my card.
///
/// # Errors
/// [`CardRefusal`].
pub async fn show(caller: &Caller<Oneself>) -> Result<MyCard, Problem> {
    let member = held(caller).await?;
    let (token, until) = card_token::issue(caller, member.id, member.organisation_id).await?;
    let address = format!("{}/w/card/{token}", caller.house().settings().public_url);
    let face = card::face(caller, &member).await?;
    Ok(MyCard {
        name: face.name,
        card: rules::card::spaced(&face.number),
        card_number: face.number,
        organisation: face.organisation,
        since: member.member_since,
        state_label: member.state.label().to_owned(),
        qr_svg: qr::svg(&address).map_err(|err| Fault::Stored(err.to_string()))?,
        valid_until: DateTime::from_timestamp(until, 0).unwrap_or_default().into(),
    })
}

/// 我的会员证
#[utoipa::path(
    get, path = "/me/card", tag = "me", operation_id = "my_card",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = MyCard), CardRefusal),
)]
pub async fn get_card(caller: Caller<Oneself>) -> Result<Json<MyCard>, Problem> {
    show(&caller).await.map(Json)
}

/// 我的会员证（PDF）
#[utoipa::path(
    get, path = "/me/card.pdf", tag = "me", operation_id = "my_card_pdf",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), CardRefusal),
)]
pub async fn get_card_pdf(caller: Caller<Oneself>) -> Result<impl IntoResponse, Problem> {
    let member = held(&caller).await?;
    let file = card::pdf(&caller, &member).await?;
    Ok((attachment(PDF, "工会会员证.pdf"), file))
}
