//! Making an event.

use axum::{Json, http::StatusCode, response::IntoResponse};
use kernel::{Caller, Context, Problem, audit, etag};
use sea_orm::entity::prelude::*;

use super::{
    form::EventForm,
    gates,
    view::{EventView, view},
};
use crate::{
    permissions::HoldEvents,
    tables::event::{self, EventState},
};

/// Signs of a code: none that look alike when read aloud or copied by hand.
const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzR";

/// A code of 80 random bits.
fn code(context: &Context) -> String {
    let bytes: [u8; 16] = context.house().ambient().bytes();
    bytes.iter().filter_map(|byte| SIGNS.get(usize::from(byte & 31))).map(|sign| char::from(*sign)).collect()
}

/// Makes an event.
///
/// # Errors
/// 404 if the holder is absent or foreign, 422 that names each field.
pub async fn create(caller: &Caller<HoldEvents>, form: &EventForm) -> Result<EventView, Problem> {
    form.check()?;
    let (id, code) = (caller.id(), &code(caller));
    caller
        .unit(|unit| async move {
            form.check_unions(&unit, caller).await?;
            let model = event::Model {
                id,
                code: code.clone(),
                organisation_id: form.organisation_id,
                title: form.title.trim().to_owned(),
                place: form.place.trim().to_owned(),
                starts_at: form.starts_at,
                ends_at: form.ends_at,
                gifts: form.gifts_text()?,
                kits_total: form.kits(),
                gates: gates::text(&form.gates)?,
                approves_at_once: form.approves_at_once,
                state: EventState::Open,
                made_at: caller.now().into(),
                version: 1,
            };
            let row = event::ActiveModel::from(model.clone()).reset_all();
            event::Entity::insert(row).exec_without_returning(&unit).await?;
            form.save_unions(&unit, id).await?;
            let act = ("events.create", "membership/event", id);
            let detail = serde_json::json!({ "unions": form.unions, "kits": form.kits() });
            audit::record(&unit, caller, act, form.organisation_id, detail).await?;
            view(&unit, caller, model).await
        })
        .await
}

/// 新建集中入会活动
#[utoipa::path(
    post, path = "/events", tag = "events", operation_id = "create_event",
    extensions(("x-permission" = json!("membership.hold_events"))),
    request_body = EventForm, responses((status = 201, body = EventView)),
)]
pub async fn post_event(caller: Caller<HoldEvents>, Json(form): Json<EventForm>) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}
