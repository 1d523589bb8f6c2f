use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use database::{Connection, Id};
use sea_orm::{ActiveModelTrait, IntoActiveModel, QuerySelect, QueryTrait, entity::prelude::*, sea_query::Condition};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Column, Entity, Model, Rank};
use crate::{
    Caller, Problem, audit,
    etag::{self, IfMatch},
    listing::{Page, Paging},
    organisation::{
        form::filled,
        permissions::{ManageWorkforce, ViewWorkforce},
        tree,
    },
    problem,
};

crate::refusals! {
    /// Why the list of companies stays as it is.
    pub enum PlatformRefusal {
        /// The list is everyone's.
        NotWhole = 403 "not_whole" "平台企业名录由最上级工会统一维护，请联系上级工会；本地分支机构可在“分支机构”中登记。",
    }
}

/// What officers fill in about a platform company.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PlatformForm {
    /// The name.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// How closely the campaign looks at it.
    pub rank: Rank,
    /// Its unified social credit code.
    pub credit_code: Option<String>,
}

/// Which companies are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlatformFilter {
    /// Part of the name.
    pub q: Option<String>,
    /// Of this rank.
    pub rank: Option<Rank>,
}

/// The names of companies.
pub(super) async fn names(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>, Problem> {
    let query = Entity::find().select_only().column(Column::Id).column(Column::Name);
    let rows: Vec<(Id, String)> = query.filter(Column::Id.is_in(ids)).into_tuple().all(conn).await?;
    Ok(rows.into_iter().collect())
}

impl PlatformForm {
    fn normal(&self, id: Id, version: i64) -> Result<Model, Problem> {
        let name = problem::name("name", &self.name, 2..=100, "名称请填写 2 至 100 个字。")?;
        let credit_code = match filled(self.credit_code.as_deref()).map(|raw| codes::credit_code::parse(&raw)) {
            None => None,
            Some(Ok(parsed)) => Some(parsed.code),
            Some(Err(problem)) => return Err(Problem::field("credit_code", problem.code(), problem.message())),
        };
        Ok(Model { id, name, rank: self.rank, credit_code, version })
    }
}

/// The platform companies, the first entered first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<ViewWorkforce>,
    filter: &PlatformFilter,
    paging: &Paging,
) -> Result<Page<Model>, Problem> {
    let mut query = Entity::find();
    query = query.apply_if(filled(filter.q.as_deref()), |query, text| query.filter(Column::Name.contains(&text)));
    query = query.apply_if(filter.rank, |query, rank| query.filter(Column::Rank.eq(rank)));
    paging.oldest_first(caller.read(), query, Column::Id, |row| row.id).await
}

/// Adds a company.
///
/// # Errors
/// 422 or [`PlatformRefusal`].
pub async fn create(caller: &Caller<ManageWorkforce>, input: &PlatformForm) -> Result<Model, Problem> {
    let model = &input.normal(caller.id(), 1)?;
    caller
        .unit(|unit| async move {
            check(&unit, caller, model).await?;
            Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let act = ("platforms.create", "kernel/platform_company", model.id);
            audit::record(&unit, caller, act, None, serde_json::json!({ "rank": model.rank })).await?;
            Ok(model.clone())
        })
        .await
}

/// Changes a company's particulars.
///
/// # Errors
/// 404, 412, 422 or [`PlatformRefusal`].
pub async fn update(
    caller: &Caller<ManageWorkforce>,
    id: Id,
    seen: &IfMatch,
    input: &PlatformForm,
) -> Result<Model, Problem> {
    let wanted = &input.normal(id, 0)?;
    caller
        .unit(|unit| async move {
            let before = get(&unit, id).await?;
            etag::check(&unit, id, before.version, seen).await?;
            check(&unit, caller, wanted).await?;
            let after = Model { version: before.version + 1, ..wanted.clone() };
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, id, after.version, &fields).await?;
            let detail = serde_json::json!({ "fields": fields });
            audit::record(&unit, caller, ("platforms.update", "kernel/platform_company", id), None, detail).await?;
            Ok(after)
        })
        .await
}

pub(super) async fn get(conn: &Connection, id: Id) -> Result<Model, Problem> {
    Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)
}

async fn check(conn: &Connection, context: &crate::Context, model: &Model) -> Result<(), Problem> {
    if !tree::is_whole(conn, context.scope()).await? {
        return Err(PlatformRefusal::NotWhole.into());
    }
    let code = model.credit_code.as_ref().map(|code| Column::CreditCode.eq(code));
    let same = Condition::any().add(Column::Name.eq(&model.name)).add_option(code);
    match Entity::find().filter(same).filter(Column::Id.ne(model.id)).one(conn).await? {
        None => Ok(()),
        Some(_) => Err(Problem::field("name", "platform_taken", "这家平台企业已在名录中，请在列表中查找。")),
    }
}

#[utoipa::path(get, path = "/platforms", tag = "workforce", operation_id = "list_platforms",
    extensions(("x-permission" = json!("workforce.view"))), params(PlatformFilter, Paging),
    responses((status = 200, body = Page<Model>)))]
pub(in crate::organisation) async fn list_platforms(
    caller: Caller<ViewWorkforce>,
    Query(filter): Query<PlatformFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Model>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

#[utoipa::path(get, path = "/platforms/{id}", tag = "workforce", operation_id = "show_platform",
    extensions(("x-permission" = json!("workforce.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = Model, headers(("etag" = String)))))]
pub(in crate::organisation) async fn show_platform(
    caller: Caller<ViewWorkforce>,
    Path(id): Path<Id>,
) -> Result<impl IntoResponse, Problem> {
    let model = get(caller.read(), id).await?;
    Ok((etag::etag(model.version), Json(model)))
}

#[utoipa::path(post, path = "/platforms", tag = "workforce", operation_id = "create_platform",
    extensions(("x-permission" = json!("workforce.manage"))), request_body = PlatformForm,
    responses((status = 201, body = Model), PlatformRefusal))]
pub(in crate::organisation) async fn create_platform(
    caller: Caller<ManageWorkforce>,
    Json(input): Json<PlatformForm>,
) -> Result<(StatusCode, Json<Model>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

#[utoipa::path(put, path = "/platforms/{id}", tag = "workforce", operation_id = "update_platform",
    extensions(("x-permission" = json!("workforce.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = PlatformForm, responses((status = 200, body = Model, headers(("etag" = String))), PlatformRefusal))]
pub(in crate::organisation) async fn update_platform(
    caller: Caller<ManageWorkforce>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<PlatformForm>,
) -> Result<impl IntoResponse, Problem> {
    let model = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(model.version), Json(model)))
}
