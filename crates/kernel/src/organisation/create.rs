//! Founding an organisation under a parent.

use axum::{Json, http::StatusCode};
use database::{Id, Unit};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Entity, Level, Model,
    form::OrganisationForm,
    get, graft,
    permissions::Manage,
    rules::{self, MoveRefusal},
    tree,
    view::{self, OrganisationDetail},
};
use crate::{Caller, Context, Problem, audit};

/// A new organisation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewOrganisation {
    /// The organisation above it. Only the program itself may found a root, which has none.
    pub parent_id: Option<Id>,
    /// Where it stands.
    pub level: Level,
    /// Its particulars.
    #[serde(flatten)]
    pub form: OrganisationForm,
}

/// Founds an organisation. Its place begins on its founding day, or on its parent's first day if that is later.
///
/// # Errors
/// If the form, the code, or the parent's level doesn't allow it.
pub async fn create(caller: &Caller<Manage>, input: &NewOrganisation) -> Result<OrganisationDetail, Problem> {
    let (form, id) = (&input.form.normal(caller.today())?, caller.id());
    caller
        .unit(|unit| async move {
            let model = create_in(&unit, caller, id, input, form).await?;
            Ok(view::detail(&unit, model).await?)
        })
        .await
}

/// The same in a unit that writes more, with the key that it is to have and its form as [normal](OrganisationForm::normal).
pub(crate) async fn create_in(
    unit: &Unit,
    caller: &Caller<Manage>,
    id: Id,
    input: &NewOrganisation,
    form: &OrganisationForm,
) -> Result<Model, Problem> {
    let parent = match input.parent_id {
        Some(parent) => Some(get(unit, caller.scope(), parent).await?),
        None if caller.scope().roots().is_none() => None,
        None => return Err(Problem::field("parent_id", "parent_missing", "请选择上级工会。")),
    };
    form.check(unit, caller.scope(), None).await?;
    found(unit, caller, (id, parent.as_ref()), input.level, form).await
}

/// Writes a new organisation with its key and its first place.
pub(super) async fn found(
    unit: &Unit,
    context: &Context,
    (id, parent): (Id, Option<&Model>),
    level: Level,
    form: &OrganisationForm,
) -> Result<Model, Problem> {
    let mut from = form.founded_on.unwrap_or_else(|| context.today());
    if let Some(parent) = parent {
        rules::level_fits(level, parent.level)?;
        if parent.closed_on.is_some() {
            return Err(MoveRefusal::ParentClosed.into());
        }
        from = tree::places(unit, parent.id).await?.first().map_or(from, |first| from.max(first.from_day));
    }
    let model = form.row(id, level);
    Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
    graft::plant(unit, context, model.id, parent.map(|parent| parent.id), from).await?;
    let act = ("organisations.create", "kernel/organisation", model.id);
    let detail =
        serde_json::json!({ "code": model.code, "parent_id": parent.map(|parent| parent.id), "from_day": from });
    audit::record(unit, context, act, model.id, detail).await?;
    Ok(model)
}

#[utoipa::path(post, path = "/organisations", tag = "organisation", operation_id = "create_organisation",
    extensions(("x-permission" = json!("organisations.manage"))), request_body = NewOrganisation,
    responses((status = 201, body = OrganisationDetail), MoveRefusal))]
pub(super) async fn create_organisation(
    caller: Caller<Manage>,
    Json(input): Json<NewOrganisation>,
) -> Result<(StatusCode, Json<OrganisationDetail>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}
