//! Splitting an organisation: a new one is founded beside it, and some of its children move there on the day.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::NaiveDate;
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    create::found,
    form::OrganisationForm,
    get,
    permissions::Reshape,
    relocate::shift,
    rules::MoveRefusal,
    tree,
    view::{self, OrganisationDetail},
};
use crate::{Caller, Problem, audit};

/// What comes to be, and what moves there.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SplitOff {
    /// The day the new organisation is founded.
    pub day: NaiveDate,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Which direct children move there.
    pub children: Vec<Id>,
}

crate::refusals! {
    /// Why an organisation is not split.
    pub enum SplitRefusal {
        /// A root has nothing beside it.
        NoParent = 409 "no_parent" "最上级组织不能分立。",
        /// One of those to be moved does not lie directly below.
        NotAChild = 422 "not_a_child" "只能划出该组织的直接下级，请重新选择。",
    }
}

/// Splits an organisation and shows the new one.
///
/// # Errors
/// See [`SplitRefusal`] and [`MoveRefusal`].
pub async fn split(caller: &Caller<Reshape>, id: Id, input: &SplitOff) -> Result<OrganisationDetail, Problem> {
    caller
        .unit(|unit| async move {
            let model = get(&unit, caller.scope(), id).await?;
            if model.closed_on.is_some() {
                return Err(MoveRefusal::Closed.into());
            }
            super::close::check_day(&unit, caller, &model, input.day).await?;
            let parent = tree::parents(&unit, &[id]).await?.get(&id).copied().ok_or(SplitRefusal::NoParent)?;
            // The new one lies beside it, so whoever splits must reach over both.
            let parent = get(&unit, caller.scope(), parent).await?;
            let form = OrganisationForm {
                division: model.division.clone(),
                industry: model.industry.clone(),
                founded_on: Some(input.day),
                ..OrganisationForm::new(&input.code, &input.name, model.kind)
            };
            let form = form.normal(caller.today())?;
            form.check(&unit, caller.scope(), None).await?;
            let fresh = found(&unit, caller, (caller.id(), Some(&parent)), model.level, &form).await?;
            let children = tree::children(&unit, caller.scope(), id).await?;
            for wanted in &input.children {
                let child = children.iter().find(|child| child.id == *wanted).ok_or(SplitRefusal::NotAChild)?;
                shift(&unit, caller, child, &fresh, input.day).await?;
            }
            let act = ("organisations.split", "kernel/organisation", id);
            let detail = serde_json::json!({ "to": fresh.id, "day": input.day });
            audit::record(&unit, caller, act, id, detail).await?;
            Ok(view::detail(&unit, fresh).await?)
        })
        .await
}

#[utoipa::path(post, path = "/organisations/{id}/split", tag = "organisation", operation_id = "split_organisation",
    extensions(("x-permission" = json!("organisations.reshape"))), params(("id" = Id, Path)),
    request_body = SplitOff, responses((status = 201, body = OrganisationDetail), SplitRefusal))]
pub(super) async fn split_organisation(
    caller: Caller<Reshape>,
    Path(id): Path<Id>,
    Json(input): Json<SplitOff>,
) -> Result<(StatusCode, Json<OrganisationDetail>), Problem> {
    Ok((StatusCode::CREATED, Json(split(&caller, id, &input).await?)))
}
