use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::counted;
use crate::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    ledger,
    organisation::{
        self,
        permissions::{ManageWorkforce, ViewWorkforce},
    },
    problem,
};

/// A company's branch in a county.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "platform_branch")]
#[schema(as = PlatformBranch)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The company.
    pub platform_id: Id,
    /// The county federation in whose place it lies.
    pub organisation_id: Id,
    /// The name.
    pub name: String,
    /// Its union, once it has one of its own among the organisations.
    pub union_organisation_id: Option<Id>,
    /// The day its union was founded.
    pub union_since: Option<NaiveDate>,
    /// The day from which it exists; always, if absent.
    pub opened_on: Option<NaiveDate>,
    /// The day from which it no longer exists.
    pub closed_on: Option<NaiveDate>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();

/// What officers fill in about a branch.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BranchForm {
    /// The company.
    pub platform_id: Id,
    /// The county federation in whose place it lies.
    pub organisation_id: Id,
    /// The name.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// Its union, once it has one of its own among the organisations.
    pub union_organisation_id: Option<Id>,
    /// The day its union was founded.
    pub union_since: Option<NaiveDate>,
    /// The day from which it exists; always, if absent.
    #[serde(default)]
    pub opened_on: Option<NaiveDate>,
    /// The day from which it no longer exists.
    pub closed_on: Option<NaiveDate>,
}

/// Adds a branch.
///
/// # Errors
/// 404, 422, or what a programme refuses for the days on which it counts, such as those of a quarter that was handed up.
pub async fn create(caller: &Caller<ManageWorkforce>, input: &BranchForm) -> Result<Model, Problem> {
    let model = &input.normal(caller, caller.id(), 1)?;
    caller
        .unit(|unit| async move {
            check(&unit, caller, model).await?;
            let counts =
                ledger::entries_allowed_until(&unit, caller, model.organisation_id, counted::days(model)).await;
            counts.map_err(|problem| model.instead(problem))?;
            Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "platform_id": model.platform_id, "union_since": model.union_since });
            let act = ("branches.create", "kernel/platform_branch", model.id);
            audit::record(&unit, caller, act, model.organisation_id, detail).await?;
            Ok(model.clone())
        })
        .await
}

/// Changes a branch's particulars.
///
/// # Errors
/// 404, 412, 422, or what a programme refuses for the days whose coverage that changes.
pub async fn update(
    caller: &Caller<ManageWorkforce>,
    id: Id,
    seen: &IfMatch,
    input: &BranchForm,
) -> Result<Model, Problem> {
    let wanted = &input.normal(caller, id, 0)?;
    caller
        .unit(|unit| async move {
            let before = get(&unit, caller, id).await?;
            etag::check(&unit, id, before.version, seen).await?;
            check(&unit, caller, wanted).await?;
            let after = Model { version: before.version + 1, ..wanted.clone() };
            for (place, days) in counted::changed(&before, &after) {
                ledger::entries_allowed_until(&unit, caller, place, days).await?;
            }
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, after.version, &fields).await?;
            let detail = serde_json::json!({ "fields": fields });
            let act = ("branches.update", "kernel/platform_branch", id);
            audit::record(&unit, caller, act, after.organisation_id, detail).await?;
            Ok(after)
        })
        .await
}

impl BranchForm {
    fn normal(&self, context: &Context, id: Id, version: i64) -> Result<Model, Problem> {
        let name = problem::name("name", &self.name, 2..=100, "名称请填写 2 至 100 个字。")?;
        if self.union_organisation_id.is_some() && self.union_since.is_none() {
            return Err(Problem::field("union_since", "union_since_missing", "请填写建会日期。"));
        }
        let days = [("union_since", self.union_since), ("opened_on", self.opened_on), ("closed_on", self.closed_on)];
        for (field, day) in days {
            if day.is_some_and(|day| day > context.today()) {
                return Err(Problem::field(field, "day_in_future", "日期不能晚于今天。"));
            }
            if day < self.opened_on && day.is_some() {
                return Err(Problem::field(field, "before_opening", "日期不能早于设立日期。"));
            }
        }
        Ok(Model {
            id,
            platform_id: self.platform_id,
            organisation_id: self.organisation_id,
            name,
            union_organisation_id: self.union_organisation_id,
            union_since: self.union_since,
            opened_on: self.opened_on,
            closed_on: self.closed_on,
            version,
        })
    }
}

impl Model {
    /// What is told where a new branch may not count on its days: who left its first day open did not mean those of long ago.
    fn instead(&self, refused: Problem) -> Problem {
        if self.opened_on.is_some() || refused.status != 409 {
            return refused;
        }
        let text = "以前的季度已报送或审定。请填写设立日期；不清楚的，填从哪天起计入统计。";
        Problem::field("opened_on", "opened_on_missing", text)
    }
}

async fn get(conn: &Connection, context: &Context, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(context.scope().within((Entity, Column::OrganisationId)));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

async fn check(conn: &Connection, context: &Context, model: &Model) -> Result<(), Problem> {
    super::keep::get(conn, model.platform_id).await?;
    organisation::get(conn, context.scope(), model.organisation_id).await?;
    if let Some(union) = model.union_organisation_id {
        organisation::get(conn, context.scope(), union).await?;
    }
    Ok(())
}

#[utoipa::path(get, path = "/branches/{id}", tag = "workforce", operation_id = "show_branch",
    extensions(("x-permission" = json!("workforce.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = Model, headers(("etag" = String)))))]
pub(in crate::organisation) async fn show_branch(
    caller: Caller<ViewWorkforce>,
    Path(id): Path<Id>,
) -> Result<impl IntoResponse, Problem> {
    let model = get(caller.read(), &caller, id).await?;
    Ok((etag::etag(model.version), Json(model)))
}

#[utoipa::path(post, path = "/branches", tag = "workforce", operation_id = "create_branch",
    extensions(("x-permission" = json!("workforce.manage"))), request_body = BranchForm,
    responses((status = 201, body = Model)))]
pub(in crate::organisation) async fn create_branch(
    caller: Caller<ManageWorkforce>,
    Json(input): Json<BranchForm>,
) -> Result<(StatusCode, Json<Model>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

#[utoipa::path(put, path = "/branches/{id}", tag = "workforce", operation_id = "update_branch",
    extensions(("x-permission" = json!("workforce.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = BranchForm, responses((status = 200, body = Model, headers(("etag" = String)))))]
pub(in crate::organisation) async fn update_branch(
    caller: Caller<ManageWorkforce>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<BranchForm>,
) -> Result<impl IntoResponse, Problem> {
    let model = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(model.version), Json(model)))
}
