use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use database::Connection;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entity, Model, list};
use crate::{
    Caller, Problem, Scope, audit,
    etag::{self, IfMatch},
    organisation::{permissions::ManageWorkforce, tree},
    permission::LoggedIn,
    problem,
};

crate::refusals! {
    /// Why the list stays as it is.
    pub enum WorkerGroupRefusal {
        /// The list is everyone's.
        NotWhole = 403 "not_whole" "职工群体由最上级工会统一维护，请联系上级工会。",
        /// The code is taken.
        Taken = 409 "group_taken" "这个代码已有别的群体使用，请另填一个。",
    }
}

/// What officers fill in about a group.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct WorkerGroupForm {
    /// What people read.
    #[schema(min_length = 1, max_length = 20)]
    pub label: String,
    /// Whether it is one of the focus groups.
    #[serde(default)]
    pub focus: bool,
    /// Whether it is offered for choice.
    #[serde(default = "yes")]
    pub offered: bool,
    /// Its place in lists.
    #[serde(default)]
    pub sort: i32,
}

/// A new group.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewWorkerGroup {
    /// The stable code: small letters, digits and underscores.
    #[schema(pattern = "^[a-z][a-z0-9_]{1,39}$")]
    pub code: String,
    /// Its particulars.
    #[serde(flatten)]
    pub form: WorkerGroupForm,
}

const fn yes() -> bool {
    true
}

impl WorkerGroupForm {
    fn label(&self) -> Result<String, Problem> {
        problem::name("label", &self.label, 1..=20, "名称请填写 1 至 20 个字。")
    }
}

/// Adds a group.
///
/// # Errors
/// See [`WorkerGroupRefusal`].
pub async fn create(caller: &Caller<ManageWorkforce>, input: &NewWorkerGroup) -> Result<Model, Problem> {
    let label = &input.form.label()?;
    check_code(&input.code)?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller.scope()).await?;
            if Entity::find_by_id(input.code.clone()).one(&unit).await?.is_some() {
                return Err(WorkerGroupRefusal::Taken.into());
            }
            let model = model(&input.code, label, &input.form, 1);
            Entity::insert(model.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            let detail = serde_json::json!({ "code": model.code });
            audit::record(&unit, caller, ("worker_groups.create", "kernel/worker_group", None), None, detail).await?;
            Ok(model)
        })
        .await
}

/// Changes a group's particulars.
///
/// # Errors
/// 404, 412 or [`WorkerGroupRefusal`].
pub async fn update(
    caller: &Caller<ManageWorkforce>,
    code: &str,
    seen: &IfMatch,
    input: &WorkerGroupForm,
) -> Result<Model, Problem> {
    let label = &input.label()?;
    caller
        .unit(|unit| async move {
            whole(&unit, caller.scope()).await?;
            let before = Entity::find_by_id(code).one(&unit).await?.ok_or_else(Problem::not_found)?;
            etag::check(&unit, etag::code_key("worker_group", code), before.version, seen).await?;
            let after = model(code, label, input, before.version + 1);
            let fields = etag::changed(&before, &after);
            after.clone().into_active_model().reset_all().update(&unit).await?;
            etag::note(&unit, etag::code_key("worker_group", code), after.version, &fields).await?;
            let detail = serde_json::json!({ "code": code, "fields": fields });
            audit::record(&unit, caller, ("worker_groups.update", "kernel/worker_group", None), None, detail).await?;
            Ok(after)
        })
        .await
}

fn model(code: &str, label: &str, form: &WorkerGroupForm, version: i64) -> Model {
    Model {
        code: code.to_owned(),
        label: label.to_owned(),
        focus: form.focus,
        offered: form.offered,
        sort: form.sort,
        version,
    }
}

fn check_code(code: &str) -> Result<(), Problem> {
    let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'_';
    let starts = code.bytes().next().is_some_and(|sign| sign.is_ascii_lowercase());
    if starts && (2..=40).contains(&code.len()) && code.bytes().all(fits) {
        return Ok(());
    }
    Err(Problem::field("code", "code", "代码请填写 2 至 40 位小写字母、数字或下划线，以字母开头。"))
}

async fn whole(conn: &Connection, scope: &Scope) -> Result<(), Problem> {
    if tree::is_whole(conn, scope).await? { Ok(()) } else { Err(WorkerGroupRefusal::NotWhole.into()) }
}

#[utoipa::path(get, path = "/worker-groups", tag = "workforce", operation_id = "list_worker_groups",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = Vec<Model>)))]
pub(in crate::organisation) async fn list_worker_groups(caller: Caller<LoggedIn>) -> Result<Json<Vec<Model>>, Problem> {
    Ok(Json(list(caller.read()).await?))
}

#[utoipa::path(post, path = "/worker-groups", tag = "workforce", operation_id = "create_worker_group",
    extensions(("x-permission" = json!("workforce.manage"))), request_body = NewWorkerGroup,
    responses((status = 201, body = Model), WorkerGroupRefusal))]
pub(in crate::organisation) async fn create_worker_group(
    caller: Caller<ManageWorkforce>,
    Json(input): Json<NewWorkerGroup>,
) -> Result<(StatusCode, Json<Model>), Problem> {
    Ok((StatusCode::CREATED, Json(create(&caller, &input).await?)))
}

#[utoipa::path(put, path = "/worker-groups/{code}", tag = "workforce", operation_id = "update_worker_group",
    extensions(("x-permission" = json!("workforce.manage"))),
    params(("code" = String, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = WorkerGroupForm, responses((status = 200, body = Model), WorkerGroupRefusal))]
pub(in crate::organisation) async fn update_worker_group(
    caller: Caller<ManageWorkforce>,
    Path(code): Path<String>,
    seen: IfMatch,
    Json(input): Json<WorkerGroupForm>,
) -> Result<impl IntoResponse, Problem> {
    let model = update(&caller, &code, &seen, &input).await?;
    Ok((etag::etag(model.version), Json(model)))
}
