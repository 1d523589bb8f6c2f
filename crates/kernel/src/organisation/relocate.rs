//! Moving an organisation, with all below it, under another parent from a day on. What was recorded before that day
//! still counts for the parents of then.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Id, Unit};
use sea_orm::{
    QuerySelect,
    entity::prelude::*,
    sea_query::{ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Model, get, graft, head_count,
    permissions::Reshape,
    platform::branch,
    rules::MoveRefusal,
    tree, update,
    view::{self, OrganisationDetail},
};
use crate::{
    Caller, Context, Problem,
    caller::below,
    ledger::{self, BEGINNING, fact},
};

/// Where to, and since when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MoveUnder {
    /// The new parent.
    pub parent_id: Id,
    /// The first day under it: today, or a past day if no later place stands.
    pub day: NaiveDate,
}

/// Moves an organisation.
///
/// # Errors
/// See [`MoveRefusal`].
pub async fn relocate(caller: &Caller<Reshape>, id: Id, input: &MoveUnder) -> Result<OrganisationDetail, Problem> {
    caller
        .unit(|unit| async move {
            let model = get(&unit, caller.scope(), id).await?;
            let parent = get(&unit, caller.scope(), input.parent_id).await?;
            let moved = shift(&unit, caller, &model, &parent, input.day).await?;
            Ok(view::detail(&unit, moved).await?)
        })
        .await
}

/// Moves one organisation and makes that its next version.
pub(super) async fn shift(
    unit: &Unit,
    context: &Context,
    model: &Model,
    parent: &Model,
    day: NaiveDate,
) -> Result<Model, Problem> {
    // Both lose or gain figures of the past.
    let since = changed_since(unit, model, day).await?;
    for concerned in [model.id, parent.id] {
        ledger::entries_allowed_since(unit, context, concerned, since).await?;
    }
    graft::graft(unit, context, model, parent, day).await?;
    update::save(unit, context, model, "organisations.move", &["parent_id".to_owned()]).await
}

/// From which day on figures count elsewhere if an organisation gets another place on a day: what was recorded, counted or open
/// before its first place counts for that one, whichever it is.
async fn changed_since(unit: &Unit, model: &Model, day: NaiveDate) -> Result<NaiveDate, Problem> {
    if tree::places(unit, model.id).await?.first().is_none_or(|first| first.from_day < day) {
        return Ok(day);
    }
    let at = (fact::Entity, fact::Column::OrganisationId);
    let facts = fact::Entity::find().filter(fact::on_all_shelves(unit)).filter(below(model.id, at));
    let at = (head_count::Entity, head_count::Column::OrganisationId);
    let counts = head_count::Entity::find().filter(below(model.id, at));
    let at = (branch::Entity, branch::Column::OrganisationId);
    let branches = branch::Entity::find().filter(below(model.id, at));
    // One without a first day was always there.
    let opened = Func::coalesce([Expr::col(branch::Column::OpenedOn), Expr::val(BEGINNING)]);
    let firsts = [
        first(unit, facts, fact::Column::Day.min()).await?,
        first(unit, counts, head_count::Column::CountedOn.min()).await?,
        first(unit, branches, ExprTrait::min(opened)).await?,
    ];
    Ok(firsts.into_iter().flatten().fold(day, Ord::min))
}

/// The first of the days that rows have, if there are any.
async fn first<E: EntityTrait>(unit: &Unit, rows: Select<E>, day: Expr) -> Result<Option<NaiveDate>, Problem> {
    let first: Option<Option<NaiveDate>> = rows.select_only().column_as(day, "first").into_tuple().one(unit).await?;
    Ok(first.flatten())
}

#[utoipa::path(post, path = "/organisations/{id}/move", tag = "organisation", operation_id = "move_organisation",
    extensions(("x-permission" = json!("organisations.reshape"))), params(("id" = Id, Path)),
    request_body = MoveUnder, responses((status = 200, body = OrganisationDetail), MoveRefusal))]
pub(super) async fn move_organisation(
    caller: Caller<Reshape>,
    Path(id): Path<Id>,
    Json(input): Json<MoveUnder>,
) -> Result<Json<OrganisationDetail>, Problem> {
    Ok(Json(relocate(&caller, id, &input).await?))
}
