//! What an officer does with an import: map its columns, check, start or go on, stop, undo.

use std::collections::HashSet;

use axum::{Json, extract::Path};
use database::Id;
use kernel::{Caller, Context, Fault, Problem, audit, outbox};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    check, keep, run,
    show::{ImportView, view},
    undo,
};
use crate::{
    permissions::ImportMembers,
    rules::roster::Field,
    tables::import::{self, ImportState},
};

kernel::refusals! {
    /// Why a step is not taken.
    pub enum ImportRefusal {
        /// The import's state does not allow it.
        NotNow = 409 "import_not_now" "导入现在的状态不能这样操作，请刷新后查看。",
        /// A column that people can't be told apart without is missing.
        ColumnMissing { column: &'static str } = 422 "column_missing" "请指定哪一列是“{column}”。",
        /// Two columns hold the same.
        ColumnTwice { column: &'static str } = 422 "column_twice" "“{column}”只能指定一列。",
        /// The file has other columns.
        ColumnCount = 422 "column_count" "列数与文件不符，请刷新后重新指定。",
        /// The union no longer exists.
        UnionClosed = 422 "union_closed" "该工会已撤销或合并，请把名册导入接续的工会。",
    }
}

/// What each column holds, in the file's order.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ColumnChoice {
    /// One a column; absent for what is not read.
    pub fields: Vec<Option<Field>>,
}

/// Says what the columns hold.
///
/// # Errors
/// 404, [`ImportRefusal`].
pub async fn choose(caller: &Caller<ImportMembers>, id: Id, input: &ColumnChoice) -> Result<ImportView, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let found = keep::get(&unit, context, id).await?;
            if !matches!(found.state, ImportState::Mapped | ImportState::Checked) {
                return Err(ImportRefusal::NotNow.into());
            }
            let mut columns = keep::columns(&found)?;
            if columns.len() != input.fields.len() {
                return Err(ImportRefusal::ColumnCount.into());
            }
            let mut seen = HashSet::new();
            for (column, field) in columns.iter_mut().zip(&input.fields) {
                column.field = *field;
                if let Some(field) = field.filter(|field| !seen.insert(*field)) {
                    return Err(ImportRefusal::ColumnTwice { column: field.label() }.into());
                }
            }
            complete(&seen)?;
            let text = serde_json::to_string(&columns).map_err(|err| Fault::Stored(err.to_string()))?;
            let (act, union) = (("imports.choose_columns", "membership/import", id), found.organisation_id);
            audit::record(&unit, context, act, union, serde_json::Value::Null).await?;
            let row = import::ActiveModel {
                columns: Set(text),
                state: Set(ImportState::Mapped),
                changed_at: Set(context.now().into()),
                ..found.into()
            };
            view(&unit, row.update(&unit).await?).await
        })
        .await
}

fn complete(seen: &HashSet<Field>) -> Result<(), Problem> {
    for field in [Field::Name, Field::DocumentNumber] {
        if !seen.contains(&field) {
            return Err(ImportRefusal::ColumnMissing { column: field.label() }.into());
        }
    }
    Ok(())
}

/// A step from some states into another, with the job that does the work.
async fn step(
    caller: &Caller<ImportMembers>,
    id: Id,
    from: &[ImportState],
    to: ImportState,
    (action, job): (&'static str, Option<&'static str>),
) -> Result<ImportView, Problem> {
    let context: &Context = caller;
    let stepped = caller.unit(|unit| async move {
        let found = keep::get(&unit, context, id).await?;
        if !from.contains(&found.state) {
            return Err(ImportRefusal::NotNow.into());
        }
        complete(&keep::fields(&found)?.into_iter().flatten().collect())?;
        let union = found.organisation_id;
        if matches!(to, ImportState::Checking | ImportState::Running) && keep::is_closed(&unit, context, union).await? {
            return Err(ImportRefusal::UnionClosed.into());
        }
        let row =
            import::ActiveModel { state: Set(to), done: Set(0), changed_at: Set(context.now().into()), ..found.into() };
        let found = row.update(&unit).await?;
        if let Some(job) = job {
            outbox::enqueue(&unit, context, job, &id, context.now().into()).await?;
        }
        audit::record(&unit, context, (action, "membership/import", id), union, serde_json::Value::Null).await?;
        view(&unit, found).await
    });
    let shown = stepped.await?;
    keep::tell(context, id);
    Ok(shown)
}

/// Checks all rows; nothing is enrolled.
///
/// # Errors
/// 404, [`ImportRefusal`].
pub async fn start_check(caller: &Caller<ImportMembers>, id: Id) -> Result<ImportView, Problem> {
    let from = [ImportState::Mapped, ImportState::Checked];
    step(caller, id, &from, ImportState::Checking, ("imports.check", Some(check::JOB.code))).await
}

/// Enrols the good rows, or goes on where it was stopped.
///
/// # Errors
/// 404, [`ImportRefusal`].
pub async fn start(caller: &Caller<ImportMembers>, id: Id) -> Result<ImportView, Problem> {
    let from = [ImportState::Checked, ImportState::Cancelled];
    step(caller, id, &from, ImportState::Running, ("imports.start", Some(run::JOB.code))).await
}

/// Stops the work after the batch it is in.
///
/// # Errors
/// 404, [`ImportRefusal`].
pub async fn cancel(caller: &Caller<ImportMembers>, id: Id) -> Result<ImportView, Problem> {
    // What is stopped is what was seen: a check may end, and the enrolling begin, before this one's turn.
    let (from, to) = match keep::get(caller.read(), caller, id).await?.state {
        ImportState::Checking => (ImportState::Checking, ImportState::Mapped),
        _ => (ImportState::Running, ImportState::Cancelled),
    };
    step(caller, id, &[from], to, ("imports.cancel", None)).await
}

/// Takes back what it entered, except where something happened since and in quarters that were handed up; again, once such
/// a quarter was returned.
///
/// # Errors
/// 404, [`ImportRefusal`].
pub async fn start_undo(caller: &Caller<ImportMembers>, id: Id) -> Result<ImportView, Problem> {
    let from = [ImportState::Done, ImportState::Cancelled, ImportState::Undone];
    step(caller, id, &from, ImportState::Undoing, ("imports.undo", Some(undo::JOB.code))).await
}

/// 指定各列内容
#[utoipa::path(
    put, path = "/imports/{id}/columns", tag = "imports", operation_id = "choose_columns",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    request_body = ColumnChoice, responses((status = 200, body = ImportView), ImportRefusal),
)]
pub async fn put_columns(
    caller: Caller<ImportMembers>,
    Path(id): Path<Id>,
    Json(input): Json<ColumnChoice>,
) -> Result<Json<ImportView>, Problem> {
    choose(&caller, id, &input).await.map(Json)
}

/// 检查名册
#[utoipa::path(
    post, path = "/imports/{id}/check", tag = "imports", operation_id = "check_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = ImportView), ImportRefusal),
)]
pub async fn post_check(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<Json<ImportView>, Problem> {
    start_check(&caller, id).await.map(Json)
}

/// 开始或继续导入
#[utoipa::path(
    post, path = "/imports/{id}/start", tag = "imports", operation_id = "start_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = ImportView), ImportRefusal),
)]
pub async fn post_start(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<Json<ImportView>, Problem> {
    start(&caller, id).await.map(Json)
}

/// 停止导入
#[utoipa::path(
    post, path = "/imports/{id}/cancel", tag = "imports", operation_id = "cancel_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = ImportView), ImportRefusal),
)]
pub async fn post_cancel(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<Json<ImportView>, Problem> {
    cancel(&caller, id).await.map(Json)
}

/// 撤销导入
#[utoipa::path(
    post, path = "/imports/{id}/undo", tag = "imports", operation_id = "undo_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = ImportView), ImportRefusal),
)]
pub async fn post_undo(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<Json<ImportView>, Problem> {
    start_undo(&caller, id).await.map(Json)
}
