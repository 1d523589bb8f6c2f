//! Merging an organisation into another: what lies below it moves on the day, and it closes. It stands below its
//! successor from then on, so that the successor's officers see what it left.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Model,
    founding::{self, FoundingStep, Paper},
    get,
    permissions::Reshape,
    relocate::shift,
    rules::{self, MoveRefusal},
    tree, update,
    view::{self, OrganisationDetail},
};
use crate::{Caller, Problem, ledger, outbox};

/// Into which organisation, and since when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MergeInto {
    /// The successor.
    pub into_id: Id,
    /// The first day on which it no longer exists.
    pub day: NaiveDate,
    /// The paper by which the next higher union approved it.
    #[serde(flatten)]
    pub paper: Paper,
}

/// Told to the programmes, so that each moves what is its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrganisationMerged {
    /// What no longer exists.
    pub organisation_id: Id,
    /// Its successor.
    pub into_id: Id,
    /// Since when.
    pub day: NaiveDate,
}

/// Merges an organisation into another and shows the successor.
///
/// # Errors
/// See [`MoveRefusal`], or what a programme refuses: also for a quarter that was handed up.
pub async fn merge(caller: &Caller<Reshape>, id: Id, input: &MergeInto) -> Result<OrganisationDetail, Problem> {
    caller
        .unit(|unit| async move {
            let model = get(&unit, caller.scope(), id).await?;
            let into = get(&unit, caller.scope(), input.into_id).await?;
            if model.id == into.id {
                return Err(MoveRefusal::Circle.into());
            }
            rules::fits(&model, &into)?;
            for child in tree::children(&unit, caller.scope(), model.id).await? {
                shift(&unit, caller, &child, &into, input.day).await?;
            }
            let above = tree::parents(&unit, &[model.id]).await?;
            let below_already = above.get(&model.id) == Some(&into.id);
            let model = if below_already {
                // It keeps its place; what it had counted, and its members, are its successor's from that day on.
                ledger::entries_allowed_since(&unit, caller, model.id, input.day).await?;
                model
            } else {
                shift(&unit, caller, &model, &into, input.day).await?
            };
            super::close::check_day(&unit, caller, &model, input.day).await?;
            let closed = Model { closed_on: Some(input.day), ..model };
            update::save(&unit, caller, &closed, "organisations.merge", &["closed_on".to_owned()]).await?;
            founding::end(&unit, caller, closed.id, FoundingStep::Merged, (input.day, &input.paper)).await?;
            let event = OrganisationMerged { organisation_id: closed.id, into_id: into.id, day: input.day };
            outbox::publish(&unit, caller, "organisation_merged", &event)?;
            Ok(view::detail(&unit, get(&unit, caller.scope(), into.id).await?).await?)
        })
        .await
}

#[utoipa::path(post, path = "/organisations/{id}/merge", tag = "organisation", operation_id = "merge_organisation",
    extensions(("x-permission" = json!("organisations.reshape"))), params(("id" = Id, Path)),
    request_body = MergeInto, responses((status = 200, body = OrganisationDetail), MoveRefusal))]
pub(super) async fn merge_organisation(
    caller: Caller<Reshape>,
    Path(id): Path<Id>,
    Json(input): Json<MergeInto>,
) -> Result<Json<OrganisationDetail>, Problem> {
    Ok(Json(merge(&caller, id, &input).await?))
}
