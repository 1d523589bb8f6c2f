//! Keeping a person's name, phone and worker group. The page shows them masked, so only what is sent is changed.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    BindPhoneRefusal, Model, living,
    permissions::Manage,
    phone_free, sealed, tell_phone,
    view::{self, PersonDetail},
};
use crate::{
    Caller, Context, Problem, access, audit,
    etag::{self, IfMatch},
    keys::Unreadable,
    organisation::worker_group,
    outbox,
    problem::Wrong,
};

/// What is changed. What is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct PersonChange {
    /// The name as on the paper.
    pub name: Option<String>,
    /// The mobile number; empty takes it away, or says that there is no other for one that changed hands.
    pub phone: Option<String>,
    /// The worker group's code; empty takes it away.
    pub group: Option<String>,
}

/// What is announced as `person_group_changed`; the group itself stands in the record.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct GroupChanged {
    /// Whose.
    pub person_id: Id,
    /// From which day on.
    pub day: NaiveDate,
}

/// What a person's record says where it may be changed, in normal form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Particulars {
    name: String,
    phone: Option<String>,
    group: Option<String>,
}

/// Changes what is sent, if nobody else changed the record since the caller looked. With another phone number the
/// person must log in anew, and both numbers are told.
///
/// # Errors
/// 404, 409 for a merged or nameless record or a number that another one has, 412 naming what changed, or 422 naming each field.
pub async fn change(
    caller: &Caller<Manage>,
    id: Id,
    seen: &IfMatch,
    input: &PersonChange,
) -> Result<PersonDetail, Problem> {
    let context: &Context = caller;
    caller.unit(|unit| async move { work(&unit, context, id, seen, input).await }).await
}

async fn work(
    unit: &Unit,
    context: &Context,
    id: Id,
    seen: &IfMatch,
    input: &PersonChange,
) -> Result<PersonDetail, Problem> {
    let person = living(unit, context.scope(), id).await?;
    etag::check(unit, id, person.version, seen).await?;
    let phone = match sealed::phone(context, &person) {
        // Whatever is sent is another one.
        Err(Unreadable::Damaged) => Some(String::new()),
        known => known?,
    };
    let before = Particulars { name: person.name.clone(), phone, group: person.worker_group.clone() };
    let after = wanted(unit, &before, input).await?;
    if let Some(phone) = after.phone.as_deref().filter(|_| before.phone != after.phone) {
        phone_free(unit, context, id, phone).await?;
    }
    let mut fields = etag::changed(&before, &after);
    // Whose number changed hands may have no other: then nobody waits for one any more.
    if person.phone_lost_at.is_some() && input.phone.as_deref().is_some_and(|phone| phone.trim().is_empty()) {
        fields.push("phone".to_owned());
    }
    if fields.is_empty() {
        return view::detail(unit, context, person).await;
    }
    let old = person;
    let touches_phone = fields.iter().any(|field| field == "phone");
    let person = written(context, &old, &after, touches_phone);
    person.clone().into_active_model().reset_all().update(unit).await?;
    if touches_phone {
        access::session::Entity::delete_many().filter(access::session::Column::PersonId.eq(id)).exec(unit).await?;
        tell_phone::tell_later(unit, context, &old, &person).await?;
    }
    etag::note(unit, id, person.version, &fields).await?;
    if before.group != after.group {
        outbox::publish(unit, context, "person_group_changed", &GroupChanged { person_id: id, day: context.today() })?;
    }
    let detail = serde_json::json!({ "version": person.version, "fields": fields });
    audit::record(unit, context, ("people.update", "kernel/person", id), person.organisation_id, detail).await?;
    view::detail(unit, context, person).await
}

/// The particulars as they are to be, in normal form.
async fn wanted(conn: &Connection, before: &Particulars, input: &PersonChange) -> Result<Particulars, Problem> {
    let mut wrong = Wrong::default();
    let mut after = before.clone();
    match input.name.as_deref().map(codes::name::normalise) {
        None => {}
        Some(Ok(name)) => after.name = name,
        Some(Err(err)) => wrong.tell("name", err.code(), err.message()),
    }
    match input.phone.as_deref().map(str::trim) {
        None => {}
        Some("") => after.phone = None,
        Some(text) => match codes::phone::normalise(text) {
            Ok(phone) => after.phone = Some(phone),
            Err(err) => wrong.tell("phone", err.code(), err.message()),
        },
    }
    if let Some(group) = input.group.as_deref().map(str::trim) {
        after.group = Some(group.to_owned()).filter(|group| !group.is_empty());
        if after.group != before.group && !group.is_empty() {
            match worker_group::check(conn, group).await {
                Err(refused) if refused.fault.is_none() => wrong.0.extend(refused.fields),
                checked => checked?,
            }
        }
    }
    wrong.refuse().map(|()| after)
}

/// The record's next version.
fn written(context: &Context, person: &Model, after: &Particulars, touches_phone: bool) -> Model {
    let mut next = Model {
        name_key: codes::name::match_key(&after.name),
        name: after.name.clone(),
        worker_group: after.group.clone(),
        version: person.version + 1,
        ..person.clone()
    };
    if touches_phone {
        let phone = after.phone.as_deref();
        next.phone_sealed = phone.map(|phone| sealed::seal_phone(context, person.id, phone));
        next.phone_index = phone.map(|phone| context.house().keyring().blind_index("phone", phone));
        next.phone_lost_at = None;
    }
    next
}

#[utoipa::path(put, path = "/people/{id}", tag = "person", operation_id = "change_person",
    extensions(("x-permission" = json!("people.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = PersonChange,
    responses((status = 200, body = PersonDetail, headers(("etag" = String))), BindPhoneRefusal))]
pub(super) async fn change_person(
    caller: Caller<Manage>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<PersonChange>,
) -> Result<impl IntoResponse, Problem> {
    let detail = change(&caller, id, &seen, &input).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}
