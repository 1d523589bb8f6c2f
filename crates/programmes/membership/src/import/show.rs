//! Imports in the caller's scope, and one of them with its counts.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::{Connection, Id, Moment};
use kernel::{Caller, Context, Page, Problem, listing::Paging, organisation::tree};
use sea_orm::{ConnectionTrait, QuerySelect, entity::prelude::*};
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
    let counts = counts(conn, import.id).await?;
    Ok(ImportView {
        columns: keep::columns(&import)?,
        organisation: tree::name(conn, import.organisation_id).await?,
        id: import.id,
        organisation_id: import.organisation_id,
        file_name: import.file_name,
        state: import.state,
        total: import.total,
        done: import.done,
        counts,
        made_at: import.made_at,
        changed_at: import.changed_at,
    })
}

/// The blocks of an import are at most a thousand, so they are added up here.
pub(super) async fn counts(conn: &Connection, import: Id) -> Result<RowCounts, Problem> {
    use import_block::Column as C;
    let blocks: Vec<[i64; 6]> = import_block::Entity::find()
        .select_only()
        .columns([C::Joins, C::Transfers, C::Already, C::Repeated, C::Bad, C::Entered])
        .filter(C::ImportId.eq(import))
        .into_tuple::<(i64, i64, i64, i64, i64, i64)>()
        .all(conn)
        .await?
        .into_iter()
        .map(<[i64; 6]>::from)
        .collect();
    let sum = |at: usize| blocks.iter().filter_map(|block| block.get(at)).sum();
    Ok(RowCounts { join: sum(0), transfer: sum(1), already: sum(2), repeated: sum(3), bad: sum(4), entered: sum(5) })
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
    let mut items = Vec::with_capacity(page.items.len());
    for import in page.items {
        items.push(view(conn, import).await?);
    }
    Ok(Page { items, next: page.next, total: page.total })
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
