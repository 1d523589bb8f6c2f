//! Changing an event, closing it, and opening it again.

use axum::{Json, extract::Path, response::IntoResponse};
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
};
use sea_orm::entity::prelude::*;

use super::{
    form::EventForm,
    gates,
    view::{EventView, in_scope, unions, view},
};
use crate::{
    permissions::HoldEvents,
    tables::event::{self, EventState},
};

kernel::refusals! {
    /// Why an event is not changed.
    pub enum ChangeEventRefusal {
        /// It is over.
        Closed = 409 "event_closed" "活动已结束，不能再修改；结束有误的，请先恢复活动。",
        /// It is not over.
        NotClosed = 409 "event_not_closed" "活动没有结束，不用恢复。",
    }
}

/// Changes an event.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, 422 that names each field.
pub async fn change(
    caller: &Caller<HoldEvents>,
    id: Id,
    seen: &IfMatch,
    form: &EventForm,
) -> Result<EventView, Problem> {
    form.check()?;
    caller
        .unit(|unit| async move {
            let old = in_scope(&unit, caller, id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            if old.state == EventState::Closed {
                return Err(ChangeEventRefusal::Closed.into());
            }
            form.check_unions(&unit, caller).await?;
            let before = unions(&unit, id).await?.into_iter().map(|union| union.id).collect();
            let wanted = EventForm { kits_total: form.kits(), ..form.clone() };
            let fields = etag::changed(&EventForm::of(&old, before)?, &wanted);
            let new = event::Model {
                organisation_id: form.organisation_id,
                title: form.title.trim().to_owned(),
                place: form.place.trim().to_owned(),
                starts_at: form.starts_at,
                ends_at: form.ends_at,
                gifts: form.gifts_text()?,
                kits_total: form.kits(),
                gates: gates::text(&form.gates)?,
                approves_at_once: form.approves_at_once,
                version: old.version + 1,
                ..old
            };
            form.save_unions(&unit, id).await?;
            save(&unit, caller, new, &fields, "events.change").await
        })
        .await
}

/// Ends an event: nobody joins any more.
///
/// # Errors
/// 404 if it is absent or foreign, [`ChangeEventRefusal`].
pub async fn close(caller: &Caller<HoldEvents>, id: Id) -> Result<EventView, Problem> {
    turn(caller, id, EventState::Closed).await
}

/// Opens an event again that was ended by mistake: the posters in the hall hold its code.
///
/// # Errors
/// 404 if it is absent or foreign, [`ChangeEventRefusal`].
pub async fn reopen(caller: &Caller<HoldEvents>, id: Id) -> Result<EventView, Problem> {
    turn(caller, id, EventState::Open).await
}

async fn turn(caller: &Caller<HoldEvents>, id: Id, wanted: EventState) -> Result<EventView, Problem> {
    caller
        .unit(|unit| async move {
            let (action, already) = match wanted {
                EventState::Closed => ("events.close", ChangeEventRefusal::Closed),
                EventState::Open => ("events.reopen", ChangeEventRefusal::NotClosed),
            };
            let old = in_scope(&unit, caller, id).await?;
            if old.state == wanted {
                return Err(already.into());
            }
            let new = event::Model { state: wanted, version: old.version + 1, ..old };
            save(&unit, caller, new, &["state".to_owned()], action).await
        })
        .await
}

async fn save(
    unit: &Unit,
    caller: &Context,
    new: event::Model,
    fields: &[String],
    action: &str,
) -> Result<EventView, Problem> {
    let row = event::ActiveModel::from(new.clone()).reset_all();
    event::Entity::update_many().set(row).filter(event::Column::Id.eq(new.id)).exec(unit).await?;
    etag::note(unit, new.id, new.version, fields).await?;
    let detail = serde_json::json!({ "fields": fields });
    audit::record(unit, caller, (action, "membership/event", new.id), new.organisation_id, detail).await?;
    view(unit, caller, new).await
}

/// 修改集中入会活动
#[utoipa::path(
    put, path = "/events/{id}", tag = "events", operation_id = "change_event",
    extensions(("x-permission" = json!("membership.hold_events"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = EventForm,
    responses((status = 200, body = EventView), ChangeEventRefusal),
)]
pub async fn put_event(
    caller: Caller<HoldEvents>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<EventForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    caller.house().live().changed(format!("event/{id}"));
    Ok((etag::etag(changed.version), Json(changed)))
}

/// 结束集中入会活动
#[utoipa::path(
    post, path = "/events/{id}/close", tag = "events", operation_id = "close_event",
    extensions(("x-permission" = json!("membership.hold_events"))),
    params(("id" = Id, Path)), responses((status = 200, body = EventView), ChangeEventRefusal),
)]
pub async fn post_close(caller: Caller<HoldEvents>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let closed = close(&caller, id).await?;
    caller.house().live().changed(format!("event/{id}"));
    Ok((etag::etag(closed.version), Json(closed)))
}

/// 恢复集中入会活动
#[utoipa::path(
    post, path = "/events/{id}/reopen", tag = "events", operation_id = "reopen_event",
    extensions(("x-permission" = json!("membership.hold_events"))),
    params(("id" = Id, Path)), responses((status = 200, body = EventView), ChangeEventRefusal),
)]
pub async fn post_reopen(caller: Caller<HoldEvents>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let opened = reopen(&caller, id).await?;
    caller.house().live().changed(format!("event/{id}"));
    Ok((etag::etag(opened.version), Json(opened)))
}
