//! The code that a worker shows at a station: signed, short-lived, and naming him alone. He needs no membership for it.

use axum::Json;
use chrono::{DateTime, Utc};
use documents::qr;
use kernel::{Caller, Context, Fault, Id, Moment, Problem, Unit, permission::Oneself, person, rulebook};
use secret::TokenProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::programme::CODE_SECONDS;

const PURPOSE: &str = "station.visit";

kernel::refusals! {
    /// Why a code is not accepted.
    pub enum StationCodeRefusal {
        /// Malformed, forged or expired, in words.
        NotValid { why: String } = 422 "station_code_not_valid" "{why}。",
    }
}

/// My code for stations.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MyStationCode {
    /// My name, masked.
    pub name: String,
    /// The QR code.
    pub qr_svg: String,
    /// What it says, to be typed where nothing can be scanned.
    pub text: String,
    /// Until when it holds; then the page asks again.
    pub valid_until: Moment,
}

/// The person whom a code names, if it held at the instant at which it was scanned: a code for stations, or one that another
/// programme issued to him, such as his member card.
///
/// # Errors
/// [`StationCodeRefusal`], or the other programme's.
pub async fn read(unit: &Unit, context: &Context, code: &str, scanned: DateTime<Utc>) -> Result<Id, Problem> {
    let known = match own(context, code, scanned) {
        Ok(person) => person,
        Err(why) => {
            let shown = match why {
                TokenProblem::Expired => None,
                _ => person::shown(unit, context, code, scanned).await?,
            };
            shown.ok_or_else(|| StationCodeRefusal::NotValid { why: why.to_string() })?
        }
    };
    // What a phone scanned without a network may arrive days later, and he may be known by another record since then.
    person::known_by(unit, known).await
}

fn own(context: &Context, code: &str, scanned: DateTime<Utc>) -> Result<Id, TokenProblem> {
    context.house().keyring().verify_number(PURPOSE, code.trim(), scanned.timestamp()).map(Id)
}

/// A new code for the worker who calls.
///
/// # Errors
/// 401 if no worker calls.
pub async fn show(caller: &Caller<Oneself>) -> Result<MyStationCode, Problem> {
    let (conn, me) = (caller.read(), caller.person()?);
    let masked = person::masked(conn, caller, [me]).await?.0.remove(&me).ok_or_else(Problem::not_found)?;
    let seconds = rulebook::number(conn, caller, &CODE_SECONDS, masked.organisation_id, caller.today()).await?;
    let until = caller.now().timestamp() + seconds.clamp(60, 300);
    let text = caller.house().keyring().sign_number(PURPOSE, me.0, until);
    Ok(MyStationCode {
        name: masked.name,
        qr_svg: qr::svg(&text).map_err(|err| Fault::Stored(err.to_string()))?,
        text,
        valid_until: DateTime::from_timestamp(until, 0).unwrap_or_default().into(),
    })
}

/// 我的到站码
#[utoipa::path(
    get, path = "/me/station-code", tag = "me", operation_id = "my_station_code",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = MyStationCode)),
)]
pub async fn get_code(caller: Caller<Oneself>) -> Result<Json<MyStationCode>, Problem> {
    show(&caller).await.map(Json)
}
