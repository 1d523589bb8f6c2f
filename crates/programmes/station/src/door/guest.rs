//! Whoever is no member comes in by his phone number: proved once by a text, then he shows a code that is new each minute.
//! Nothing is kept of him but a keyed hash beside each opening, for as long as openings are kept.

use axum::{Json, http::StatusCode};
use chrono::{DateTime, TimeDelta};
use documents::qr;
use kernel::{Caller, Context, Fault, Moment, Problem, access::codes, permission::Everyone, rulebook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    openings,
    view::OpeningView,
    who::{guest, sign},
};
use crate::programme::CODE_SECONDS;

/// What the text is for, and what the pass is signed for.
const PURPOSE: &str = "station.guest_pass";
/// How long a proved number lasts on a phone.
const PASS: TimeDelta = TimeDelta::hours(12);

kernel::refusals! {
    /// Why a guest gets no code.
    pub enum GuestRefusal {
        /// It lasted long enough.
        PassOver = 401 "guest_pass_over" "访客码已过期，请重新用手机号获取。",
    }
}

/// A guest's phone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GuestPhone {
    /// The mobile number.
    #[schema(max_length = 20)]
    pub phone: String,
}

/// A guest's phone and the code that came to it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GuestProof {
    /// The mobile number.
    #[schema(max_length = 20)]
    pub phone: String,
    /// The one-time code.
    #[schema(max_length = 12)]
    pub code: String,
}

/// A guest's pass.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GuestPass {
    /// What the phone keeps, to get the next code.
    #[schema(max_length = 400)]
    pub pass: String,
}

/// A guest's code for doors.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GuestCode {
    /// The QR code.
    pub qr_svg: String,
    /// What it says, to be typed where nothing can be scanned.
    pub text: String,
    /// Until when it holds; then the page asks again.
    pub valid_until: Moment,
    /// The openings of the last minutes, the newest first.
    pub openings: Vec<OpeningView>,
}

/// Proves a phone number; answers the pass.
///
/// # Errors
/// 422 for a wrong code.
pub async fn prove(context: &Context, input: &GuestProof) -> Result<GuestPass, Problem> {
    let phone =
        ::codes::phone::normalise(&input.phone).map_err(|err| Problem::field("phone", err.code(), err.message()))?;
    let until = (context.now() + PASS).timestamp();
    let guest = guest(context, &phone);
    let pass = &context.house().keyring().sign(PURPOSE, guest.as_bytes(), until);
    let proved = context.unit(|unit| async move {
        let checked = codes::check(&unit, context, &input.phone, PURPOSE, &input.code).await?;
        Ok(checked.map(|()| GuestPass { pass: pass.clone() }))
    });
    Ok(proved.await??)
}

/// The code of now for who has a pass.
///
/// # Errors
/// [`GuestRefusal`].
pub async fn show(context: &Context, input: &GuestPass) -> Result<GuestCode, Problem> {
    let payload = context.house().keyring().verify(PURPOSE, input.pass.trim(), context.now().timestamp());
    let guest = payload.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(GuestRefusal::PassOver)?;
    // He belongs to no union, and the code opens doors of all.
    let seconds = rulebook::of_the_house(context.read(), context, &CODE_SECONDS, context.today()).await?;
    let until = context.now() + TimeDelta::seconds(seconds.clamp(60, 300));
    let text = sign(context, &guest, until);
    Ok(GuestCode {
        qr_svg: qr::svg(&text).map_err(|err| Fault::Stored(err.to_string()))?,
        text,
        valid_until: DateTime::from_timestamp(until.timestamp(), 0).unwrap_or_default().into(),
        openings: openings::of_guest(context, &guest).await?,
    })
}

/// 发送驿站访客验证码
#[utoipa::path(
    post, path = "/public/station-guest/code", tag = "station", operation_id = "send_station_guest_code",
    extensions(("x-permission" = json!("everyone"))), request_body = GuestPhone,
    responses((status = 204, description = "验证码已发送"), codes::CodeRefusal),
)]
pub async fn post_code(caller: Caller<Everyone>, Json(input): Json<GuestPhone>) -> Result<StatusCode, Problem> {
    caller.house().limits().codes_for_anybody.by_address(&caller)?;
    codes::send(&caller, &input.phone, PURPOSE).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 访客凭手机号领取驿站通行
#[utoipa::path(
    post, path = "/public/station-guest", tag = "station", operation_id = "prove_station_guest",
    extensions(("x-permission" = json!("everyone"))), request_body = GuestProof,
    responses((status = 200, body = GuestPass)),
)]
pub async fn post_guest(caller: Caller<Everyone>, Json(input): Json<GuestProof>) -> Result<Json<GuestPass>, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    prove(&caller, &input).await.map(Json)
}

/// 访客的到站码
#[utoipa::path(
    post, path = "/public/station-guest/pass", tag = "station", operation_id = "show_station_guest_code",
    extensions(("x-permission" = json!("everyone"))), request_body = GuestPass,
    responses((status = 200, body = GuestCode), GuestRefusal),
)]
pub async fn post_pass(caller: Caller<Everyone>, Json(input): Json<GuestPass>) -> Result<Json<GuestCode>, Problem> {
    show(&caller, &input).await.map(Json)
}
