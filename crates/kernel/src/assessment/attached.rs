//! What an assessment rests on: files, sealed and noted as all attachments are, and kept as long as it is.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QueryTrait,
    entity::prelude::*,
    sea_query::{ExprTrait, IntoColumnRef, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::{
    keep::get,
    list::{AssessmentRow, rows},
    tables::attached::{ActiveModel, Column, Entity},
};
use crate::{
    Caller, Problem,
    access::permissions::Assess,
    audit,
    files::{self, AttachmentForm, Download, FetchAttachmentRefusal, FileForm, LARGEST, Parts, StoreRefusal, cut},
};

crate::refusals! {
    /// Why a file is not put to an assessment.
    pub enum AttachRefusal {
        /// It has enough.
        Full { most: u64 } = 422 "assessment_files_full" "一份评估最多附 {most} 个文件。",
    }
}

/// The most files of an assessment.
const MOST: u64 = 20;

/// A file that an assessment rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentFile {
    /// The attachment.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// Which file.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AssessmentFileChoice {
    /// The attachment; the first one unless told.
    pub attachment: Option<Id>,
}

/// The files of each of some assessments, in the order in which they were handed in.
///
/// # Errors
/// A fault of the database.
pub(super) async fn of(
    conn: &Connection,
    assessments: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Vec<AssessmentFile>>, Problem> {
    let query = Entity::find().filter(Column::AssessmentId.is_in(assessments)).order_by_asc(Column::AttachmentId);
    let found = query.all(conn).await?;
    let names = files::names(conn, found.iter().map(|row| row.attachment_id)).await?;
    let mut files: HashMap<Id, Vec<AssessmentFile>> = HashMap::new();
    for row in found {
        let name = names.get(&row.attachment_id).cloned().unwrap_or_default();
        files.entry(row.assessment_id).or_default().push(AssessmentFile { id: row.attachment_id, name });
    }
    Ok(files)
}

/// What finds the assessment that rests on the file whose key a column holds.
pub(crate) fn resting_on<C: IntoColumnRef>(attachment: C) -> SelectStatement {
    Entity::find().filter(Expr::col((Entity, Column::AttachmentId)).equals(attachment)).into_query()
}

/// Keeps a file for an assessment.
///
/// # Errors
/// 404 if the assessment is absent or foreign, [`AttachRefusal`], [`StoreRefusal`], 422 without a file.
pub async fn attach(caller: &Caller<Assess>, id: Id, form: FileForm) -> Result<AssessmentRow, Problem> {
    let file = form.file.ok_or_else(|| Problem::field("file", "missing", "请选择要上传的文件。"))?;
    let (name, bytes) = &file;
    caller
        .unit(|unit| async move {
            let row = get(&unit, caller, id).await?;
            if Entity::find().filter(Column::AssessmentId.eq(id)).count(&unit).await? >= MOST {
                return Err(AttachRefusal::Full { most: MOST }.into());
            }
            let attachment = files::store(&unit, caller, row.organisation_id, name, "", bytes).await?;
            let resting = ActiveModel { attachment_id: Set(attachment), assessment_id: Set(id) };
            Entity::insert(resting).exec_without_returning(&unit).await?;
            let act = ("assessments.attach", "kernel/assessment", id);
            audit::record(&unit, caller, act, row.organisation_id, json!({ "attachment": attachment })).await?;
            rows(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// A file that an assessment rests on, at whichever union it was handed in; who fetched it stands in the audit chain.
///
/// # Errors
/// 404 if the assessment is absent or foreign, or rests on no such file; [`FetchAttachmentRefusal`].
pub async fn fetch(caller: &Caller<Assess>, id: Id, choice: &AssessmentFileChoice) -> Result<Download, Problem> {
    let conn = caller.read();
    get(conn, caller, id).await?;
    let mut query = Entity::find().filter(Column::AssessmentId.eq(id)).order_by_asc(Column::AttachmentId);
    if let Some(attachment) = choice.attachment {
        query = query.filter(Column::AttachmentId.eq(attachment));
    }
    let chosen = query.one(conn).await?.ok_or_else(Problem::not_found)?.attachment_id;
    let kept = files::Entity::find_by_id(chosen).one(conn).await?.ok_or_else(Problem::not_found)?;
    files::fetch(&caller.lent(vec![kept.organisation_id]), chosen).await
}

/// 上传影响评估的附件
#[utoipa::path(post, path = "/impact-assessments/{id}/files", tag = "access", operation_id = "attach_to_impact_assessment",
    extensions(("x-permission" = json!("access.assess"))), params(("id" = Id, Path)),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 200, body = AssessmentRow), AttachRefusal, StoreRefusal))]
pub(super) async fn post_file(
    caller: Caller<Assess>,
    Path(id): Path<Id>,
    parts: Parts,
) -> Result<Json<AssessmentRow>, Problem> {
    // Whoever does not see it sends the server nothing to read.
    get(caller.read(), &caller, id).await?;
    let form = FileForm::read(parts, "评估材料", LARGEST, cut).await?;
    Ok(Json(attach(&caller, id, form).await?))
}

/// 下载影响评估的附件
#[utoipa::path(get, path = "/impact-assessments/{id}/file", tag = "access", operation_id = "show_impact_assessment_file",
    extensions(("x-permission" = json!("access.assess"))), params(("id" = Id, Path), AssessmentFileChoice),
    responses(Download, FetchAttachmentRefusal))]
pub(super) async fn get_file(
    caller: Caller<Assess>,
    Path(id): Path<Id>,
    Query(choice): Query<AssessmentFileChoice>,
) -> Result<Download, Problem> {
    fetch(&caller, id, &choice).await
}
