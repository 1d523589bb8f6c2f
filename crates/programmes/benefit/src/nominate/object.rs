//! Objecting to somebody on a public list: a worker by his phone, or an officer who writes down what he was told.

use axum::{Json, extract::Path, http::StatusCode};
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, permission::Oneself, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    list::{NominationRow, rows},
    note, objection as place,
    propose::own,
};
use crate::{
    permissions::Nominate,
    tables::{
        nomination::{self, NominationState},
        objection::{ActiveModel, Column, Entity},
        publicity,
    },
};

kernel::refusals! {
    /// Why nobody objects.
    pub enum ObjectionRefusal {
        /// He is not on a list that is shown now.
        NotShown = 409 "nomination_not_shown" "现在不在公示期内，不能提出异议。",
        /// He objected before.
        Objected = 409 "already_objected" "您已经提出过异议，请等待工会核实。",
    }
}

/// Why somebody objects.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewObjection {
    /// Why, 2 to 200 characters.
    #[schema(max_length = 200)]
    pub reason: String,
}

async fn raise(
    unit: &Unit,
    context: &Context,
    (nomination, person): (&nomination::Model, Option<Id>),
    form: &NewObjection,
) -> Result<(), Problem> {
    let reason = problem::reason(&form.reason, "请写明异议和理由（2至200字）。")?;
    let shown = publicity::Entity::find_by_id(nomination.round_id).one(unit).await?;
    let open = shown.is_some_and(|shown| shown.ended_at.is_none() && context.today() <= shown.until);
    if !open || nomination.state != NominationState::Approved {
        return Err(ObjectionRefusal::NotShown.into());
    }
    if let Some(person) = person {
        let before = Entity::find().filter(Column::NominationId.eq(nomination.id)).filter(Column::PersonId.eq(person));
        if before.one(unit).await?.is_some() {
            return Err(ObjectionRefusal::Objected.into());
        }
    }
    let (id, house) = (context.id(), context.house());
    let row = ActiveModel {
        id: Set(id),
        nomination_id: Set(nomination.id),
        organisation_id: Set(nomination.organisation_id),
        person_id: Set(person),
        reason_sealed: Set(house.keyring().seal(place(id), reason, house.ambient().bytes())),
        raised_at: Set(context.now().into()),
        answer: Set(None),
        upheld: Set(false),
        answered_by: Set(None),
        answered_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(unit).await?;
    note(unit, context, "benefits.object", nomination, json!({ "objection": id })).await
}

/// A worker objects.
///
/// # Errors
/// 404 if there is no such nomination, [`ObjectionRefusal`], 422 without a reason.
pub async fn object(caller: &Caller<Oneself>, id: Id, form: &NewObjection) -> Result<(), Problem> {
    let person = caller.person()?;
    caller
        .unit(|unit| async move {
            let nomination = nomination::Entity::find_by_id(id)
                .filter(nomination::Column::State.is_in([NominationState::Approved, NominationState::Given]))
                .one(&unit)
                .await?
                .ok_or_else(Problem::not_found)?;
            raise(&unit, caller, (&nomination, Some(person)), form).await
        })
        .await
}

/// An officer writes an objection down.
///
/// # Errors
/// 404 if the nomination is absent or foreign, [`ObjectionRefusal`], 422 without a reason.
pub async fn write_down(caller: &Caller<Nominate>, id: Id, form: &NewObjection) -> Result<NominationRow, Problem> {
    caller
        .unit(|unit| async move {
            let nomination = own(&unit, caller, id).await?;
            raise(&unit, caller, (&nomination, None), form).await?;
            rows(&unit, caller, vec![nomination]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// 对公示提出异议
#[utoipa::path(
    post, path = "/me/benefit-nominations/{id}/object", tag = "me", operation_id = "object_to_nomination",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewObjection,
    responses((status = 204, description = "已提出"), ObjectionRefusal),
)]
pub async fn post_object(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(form): Json<NewObjection>,
) -> Result<StatusCode, Problem> {
    object(&caller, id, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 登记公示异议
#[utoipa::path(
    post, path = "/benefit-nominations/{id}/objections", tag = "benefit", operation_id = "write_objection_down",
    extensions(("x-permission" = json!("benefit.nominate"))),
    params(("id" = Id, Path)), request_body = NewObjection,
    responses((status = 201, body = NominationRow), ObjectionRefusal),
)]
pub async fn post_objection(
    caller: Caller<Nominate>,
    Path(id): Path<Id>,
    Json(form): Json<NewObjection>,
) -> Result<(StatusCode, Json<NominationRow>), Problem> {
    Ok((StatusCode::CREATED, Json(write_down(&caller, id, &form).await?)))
}
