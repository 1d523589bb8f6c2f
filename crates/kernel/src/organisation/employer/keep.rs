use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use database::{Connection, Id};
use sea_orm::{ActiveModelTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, EmployerKind, Entity, Model, Ownership, get, set_up};
use crate::{
    Caller, Problem, audit,
    caller::below,
    etag::{self, IfMatch},
    listing::{Page, Paging, by_name_or_code},
    organisation::{
        self,
        form::{check_division, filled, short},
        permissions::{ManageWorkforce, ViewWorkforce},
    },
    problem::Wrong,
};

/// What officers fill in about an employer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EmployerForm {
    /// The union that looks after it.
    pub organisation_id: Id,
    /// The full name.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// The unified social credit code.
    pub credit_code: String,
    /// What it is.
    pub kind: EmployerKind,
    /// The division it lies in (6 digits, townships 9).
    pub division: Option<String>,
    /// Its industry (GB/T 4754).
    pub industry: Option<String>,
    /// Who owns it.
    pub ownership: Option<Ownership>,
    /// How many work there.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub workers: i64,
    /// How many of them are women.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub women: i64,
}

/// Which employers are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EmployerFilter {
    /// Part of the name, or the beginning of the credit code.
    pub q: Option<String>,
    /// Looked after by this organisation or one below it.
    pub organisation: Option<Id>,
    /// Only those that must have a union and have none.
    #[serde(default)]
    pub without_union: bool,
}

impl EmployerForm {
    fn normal(&self, id: Id, version: i64) -> Result<Model, Problem> {
        let mut wrong = Wrong::default();
        let name = filled(Some(&self.name)).unwrap_or_default();
        if !(2..=100).contains(&name.chars().count()) {
            wrong.tell("name", "name", "名称请填写 2 至 100 个字。");
        }
        let credit_code = match codes::credit_code::parse(&self.credit_code) {
            Ok(parsed) if parsed.code.starts_with('8') => {
                let message = "这是工会的信用代码，请填写用人单位自己的信用代码。";
                wrong.tell("credit_code", "is_a_union", message);
                String::new()
            }
            Ok(parsed) => parsed.code,
            Err(problem) => {
                wrong.tell("credit_code", problem.code(), problem.message());
                String::new()
            }
        };
        let division = filled(self.division.as_deref());
        if let Some(Err(message)) = division.as_deref().map(check_division) {
            wrong.tell("division", "division", message);
        }
        if self.workers < 0 {
            wrong.tell("workers", "negative", "职工人数不能是负数。");
        }
        if self.women < 0 || self.women > self.workers {
            wrong.tell("women", "women", "女职工人数应在 0 和职工人数之间。");
        }
        let industry = short(self.industry.as_deref(), "industry", 100, &mut wrong);
        wrong.refuse()?;
        Ok(Model {
            id,
            organisation_id: self.organisation_id,
            name,
            credit_code,
            kind: self.kind,
            division,
            industry,
            ownership: self.ownership,
            workers: self.workers,
            women: self.women,
            version,
        })
    }
}

/// The employers in the caller's scope, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<ViewWorkforce>,
    filter: &EmployerFilter,
    paging: &Paging,
) -> Result<Page<Model>, Problem> {
    let mut query = Entity::find().filter(caller.scope().within((Entity, Column::OrganisationId)));
    if let Some(organisation) = filter.organisation {
        query = query.filter(below(organisation, (Entity, Column::OrganisationId)));
    }
    if filter.without_union {
        let least = match filter.organisation {
            Some(place) => set_up::least(caller.read(), caller, place).await?,
            None => set_up::LEAST.default,
        };
        query = query.filter(Column::Workers.gte(least)).filter(set_up::has_union(caller.today()).not());
    }
    if let Some(text) = filled(filter.q.as_deref()) {
        query = query.filter(by_name_or_code(Column::Name, Column::CreditCode, &text));
    }
    paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await
}

/// Adds an employer.
///
/// # Errors
/// 422, or 404 if the union is absent or foreign.
pub async fn create(caller: &Caller<ManageWorkforce>, input: &EmployerForm) -> Result<Model, Problem> {
    let model = &input.normal(caller.id(), 1)?;
    caller
        .unit(|unit| async move {
            organisation::get(&unit, caller.scope(), model.organisation_id).await?;
            free(&unit, model).await?;
            Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "credit_code": model.credit_code });
            let act = ("employers.create", "kernel/employer", model.id);
            audit::record(&unit, caller, act, model.organisation_id, detail).await?;
            Ok(model.clone())
        })
        .await
}

/// Changes an employer's particulars.
///
/// # Errors
/// 404, 412 or 422.
pub async fn update(
    caller: &Caller<ManageWorkforce>,
    id: Id,
    seen: &IfMatch,
    input: &EmployerForm,
) -> Result<Model, Problem> {
    let wanted = &input.normal(id, 0)?;
    caller
        .unit(|unit| async move {
            let before = get(&unit, caller.scope(), id).await?;
            etag::check(&unit, id, before.version, seen).await?;
            organisation::get(&unit, caller.scope(), wanted.organisation_id).await?;
            free(&unit, wanted).await?;
            let after = Model { version: before.version + 1, ..wanted.clone() };
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, after.version, &fields).await?;
            let detail = serde_json::json!({ "fields": fields });
            let act = ("employers.update", "kernel/employer", id);
            audit::record(&unit, caller, act, after.organisation_id, detail).await?;
            Ok(after)
        })
        .await
}

async fn free(conn: &Connection, model: &Model) -> Result<(), Problem> {
    let same = Entity::find().filter(Column::CreditCode.eq(&model.credit_code)).filter(Column::Id.ne(model.id));
    match same.one(conn).await? {
        None => Ok(()),
        Some(_) => {
            let message = "这个信用代码的单位已经登记过，请在列表中查找。";
            Err(Problem::field("credit_code", "credit_code_taken", message))
        }
    }
}

#[utoipa::path(get, path = "/employers", tag = "workforce", operation_id = "list_employers",
    extensions(("x-permission" = json!("workforce.view"))), params(EmployerFilter, Paging),
    responses((status = 200, body = Page<Model>)))]
pub(in crate::organisation) async fn list_employers(
    caller: Caller<ViewWorkforce>,
    Query(filter): Query<EmployerFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Model>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

#[utoipa::path(get, path = "/employers/{id}", tag = "workforce", operation_id = "show_employer",
    extensions(("x-permission" = json!("workforce.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = Model, headers(("etag" = String)))))]
pub(in crate::organisation) async fn show_employer(
    caller: Caller<ViewWorkforce>,
    Path(id): Path<Id>,
) -> Result<impl IntoResponse, Problem> {
    let model = get(caller.read(), caller.scope(), id).await?;
    Ok((etag::etag(model.version), Json(model)))
}

#[utoipa::path(post, path = "/employers", tag = "workforce", operation_id = "create_employer",
    extensions(("x-permission" = json!("workforce.manage"))), request_body = EmployerForm,
    responses((status = 201, body = Model)))]
pub(in crate::organisation) async fn create_employer(
    caller: Caller<ManageWorkforce>,
    Json(input): Json<EmployerForm>,
) -> Result<(StatusCode, Json<Model>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

#[utoipa::path(put, path = "/employers/{id}", tag = "workforce", operation_id = "update_employer",
    extensions(("x-permission" = json!("workforce.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = EmployerForm, responses((status = 200, body = Model, headers(("etag" = String)))))]
pub(in crate::organisation) async fn update_employer(
    caller: Caller<ManageWorkforce>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<EmployerForm>,
) -> Result<impl IntoResponse, Problem> {
    let model = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(model.version), Json(model)))
}
