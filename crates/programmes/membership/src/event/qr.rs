//! The QR code for the hall.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use database::Id;
use documents::qr;
use kernel::{Caller, Fault, Problem};

use super::view::{in_scope, join_url};
use crate::permissions::SeeEvents;

/// 入会二维码
#[utoipa::path(
    get, path = "/events/{id}/qr.svg", tag = "events", operation_id = "event_qr",
    extensions(("x-permission" = json!("membership.view_events"))),
    params(("id" = Id, Path)), responses((status = 200, content_type = "image/svg+xml", body = String)),
)]
pub async fn get_qr(caller: Caller<SeeEvents>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let event = in_scope(caller.read(), &caller, id).await?;
    let code = qr::svg(&join_url(&caller, &event.code)).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"))], code))
}
