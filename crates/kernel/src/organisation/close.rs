//! Closing an organisation that no longer exists. Its records stay where they are.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Connection, Id};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Model,
    founding::{self, FoundingStep, Paper},
    get,
    permissions::Reshape,
    rules::MoveRefusal,
    tree, update,
    view::{self, OrganisationDetail},
};
use crate::{Caller, Context, Problem, ledger};

/// Since when, and by which paper.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClosingDay {
    /// The first day on which it no longer exists.
    pub day: NaiveDate,
    /// The paper by which the next higher union approved it.
    #[serde(flatten)]
    pub paper: Paper,
}

crate::refusals! {
    /// Why an organisation is not closed.
    pub enum CloseRefusal {
        /// Open organisations lie below it.
        HasChildren { count: usize } = 409 "has_children" "该组织还有 {count} 个下级组织，请先划转或撤销下级。",
    }
}

/// Closes an organisation.
///
/// # Errors
/// See [`CloseRefusal`] and [`MoveRefusal`], or what a programme refuses: also for a quarter that was handed up.
pub async fn close(caller: &Caller<Reshape>, id: Id, input: &ClosingDay) -> Result<OrganisationDetail, Problem> {
    caller
        .unit(|unit| async move {
            let model = get(&unit, caller.scope(), id).await?;
            if model.closed_on.is_some() {
                return Err(MoveRefusal::Closed.into());
            }
            let count = tree::children(&unit, caller.scope(), id).await?.len();
            if count > 0 {
                return Err(CloseRefusal::HasChildren { count }.into());
            }
            check_day(&unit, caller, &model, input.day).await?;
            // What it had counted of workers holds no more from that day on.
            ledger::entries_allowed_since(&unit, caller, id, input.day).await?;
            for may_close in caller.house().programmes().iter().flat_map(|programme| programme.on_close) {
                may_close(&unit, caller, id).await?;
            }
            let closed = Model { closed_on: Some(input.day), ..model };
            let closed = update::save(&unit, caller, &closed, "organisations.close", &["closed_on".to_owned()]).await?;
            founding::end(&unit, caller, id, FoundingStep::Dissolved, (input.day, &input.paper)).await?;
            Ok(view::detail(&unit, closed).await?)
        })
        .await
}

/// Whether an organisation may change on a day: not before its last place began, and not in the future.
pub(super) async fn check_day(
    conn: &Connection,
    context: &Context,
    model: &Model,
    day: NaiveDate,
) -> Result<(), Problem> {
    if day > context.today() {
        return Err(MoveRefusal::Future.into());
    }
    match tree::places(conn, model.id).await?.last() {
        Some(last) if day < last.from_day => {
            Err(MoveRefusal::LaterPlace { since: calendar::day_in_words(last.from_day) }.into())
        }
        _ => Ok(()),
    }
}

#[utoipa::path(post, path = "/organisations/{id}/close", tag = "organisation", operation_id = "close_organisation",
    extensions(("x-permission" = json!("organisations.reshape"))), params(("id" = Id, Path)),
    request_body = ClosingDay, responses((status = 200, body = OrganisationDetail), CloseRefusal))]
pub(super) async fn close_organisation(
    caller: Caller<Reshape>,
    Path(id): Path<Id>,
    Json(input): Json<ClosingDay>,
) -> Result<Json<OrganisationDetail>, Problem> {
    Ok(Json(close(&caller, id, &input).await?))
}
