//! Imports in the caller's scope, and one of them with its counts.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{Caller, Context, Page, Problem, listing::Paging, organisation::tree};
use sea_orm::{QuerySelect, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::keep;
use crate::{
    permissions::ImportMembers,
    rules::roster::{Field, Verdict},
    tables::{
        import::{self, ImportState},
        import_block,
    },
};

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterColumn)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// What it holds; absent if it is not read.
    pub field: Option<Field>,
}

/// How many rows of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowCounts {
    /// 将入会
    pub join: i64,
    /// 将提出转接
    pub transfer: i64,
    /// 已是本工会会员
    pub already: i64,
    /// 重复行
    pub repeated: i64,
    /// 有误
    pub bad: i64,
    /// 已导入
    pub entered: i64,
}

impl RowCounts {
    /// How many rows have this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> i64 {
        match verdict {
            Verdict::Join => self.join,
            Verdict::Transfer => self.transfer,
            Verdict::Already => self.already,
            Verdict::Repeated => self.repeated,
            Verdict::Bad => self.bad,
        }
    }
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportView {
    /// The key.
    pub id: Id,
    /// The union.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// The file's name.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// The columns.
    pub columns: Vec<Column>,
    /// Rows below the headings.
    pub total: i64,
    /// Rows that the present work has dealt with.
    pub done: i64,
    /// What the rows are.
    pub counts: RowCounts,
    /// When it was read.
    pub made_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
}

/// An import with its counts.
pub(super) async fn view(conn: &Connection, import: import::Model) -> Result<ImportView, Problem> {
    views(conn, vec![import]).await?.pop().ok_or_else(Problem::not_found)
}

/// Imports with their counts; each question is asked once for all.
async fn views(conn: &Connection, imports: Vec<import::Model>) -> Result<Vec<ImportView>, Problem> {
    let counts = counts(conn, imports.iter().map(|import| import.id)).await?;
    let names = tree::names(conn, imports.iter().map(|import| import.organisation_id)).await?;
    let view = |import: import::Model| -> Result<ImportView, Problem> {
        Ok(ImportView {
            columns: keep::columns(&import)?,
            organisation: names.get(&import.organisation_id).cloned().unwrap_or_default(),
            id: import.id,
            organisation_id: import.organisation_id,
            file_name: import.file_name,
            state: import.state,
            total: import.total,
            done: import.done,
            counts: counts.get(&import.id).copied().unwrap_or_default(),
            made_at: import.made_at,
            changed_at: import.changed_at,
        })
    };
    imports.into_iter().map(view).collect()
}

/// How many rows of each kind imports have, by their keys; one without rows is absent.
pub(super) async fn counts(
    conn: &Connection,
    imports: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, RowCounts>, Problem> {
    use import_block::Column as C;
    let mut query = import_block::Entity::find()
        .select_only()
        .column(C::ImportId)
        .filter(C::ImportId.is_in(imports))
        .group_by(C::ImportId);
    for column in [C::Joins, C::Transfers, C::Already, C::Repeated, C::Bad, C::Entered] {
        query = query.column_as(column.sum().cast_as("BIGINT"), column.as_str());
    }
    let rows: Vec<(Id, i64, i64, i64, i64, i64, i64)> = query.into_tuple().all(conn).await?;
    let counted = |(import, join, transfer, already, repeated, bad, entered)| {
        (import, RowCounts { join, transfer, already, repeated, bad, entered })
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// Shows an import.
///
/// # Errors
/// 404.
pub async fn show(context: &Context, id: Id) -> Result<ImportView, Problem> {
    view(context.read(), keep::get(context.read(), context, id).await?).await
}

/// The imports in the caller's scope, the last first.
///
/// # Errors
/// A fault of the database.
pub async fn list(context: &Context, paging: &Paging) -> Result<Page<ImportView>, Problem> {
    let conn = context.read();
    let query = import::Entity::find().filter(context.scope().within((import::Entity, import::Column::OrganisationId)));
    let page = paging.newest_first(conn, query, import::Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, page.items).await?, next: page.next, total: page.total })
}

/// 导入记录
#[utoipa::path(
    get, path = "/imports", tag = "imports", operation_id = "list_imports",
    extensions(("x-permission" = json!("membership.import"))), params(Paging),
    responses((status = 200, body = Page<ImportView>)),
)]
pub async fn get_imports(
    caller: Caller<ImportMembers>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ImportView>>, Problem> {
    list(&caller, &paging).await.map(Json)
}

/// 查看导入
#[utoipa::path(
    get, path = "/imports/{id}", tag = "imports", operation_id = "read_import",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path)),
    responses((status = 200, body = ImportView)),
)]
pub async fn get_import(caller: Caller<ImportMembers>, Path(id): Path<Id>) -> Result<Json<ImportView>, Problem> {
    show(&caller, id).await.map(Json)
}
