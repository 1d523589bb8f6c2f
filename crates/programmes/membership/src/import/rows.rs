//! The rows of an import, with what becomes of each.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Id;
use kernel::{Caller, Context, Page, Problem, listing::Paging};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::keep;
use crate::{
    permissions::ImportMembers,
    rules::roster::{Field, check_row},
    tables::import_row::{self, Verdict},
};

/// A row in a list: its secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportRowView {
    /// The row in the file, from 1.
    pub row: i64,
    /// What becomes of it; absent before the check.
    pub verdict: Option<Verdict>,
    /// In words.
    pub message: String,
    /// The name.
    pub name: String,
    /// The paper's number, masked.
    pub document: String,
    /// The mobile number, masked.
    pub phone: String,
    /// Whether it went in.
    pub done: bool,
    /// The membership that it made or named.
    pub member_id: Option<Id>,
}

/// Which rows are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowFilter {
    /// Only these.
    #[param(inline)]
    pub verdict: Option<Verdict>,
}

/// The rows of an import, in the file's order.
///
/// # Errors
/// 404.
pub async fn rows(
    context: &Context,
    id: Id,
    filter: &RowFilter,
    paging: &Paging,
) -> Result<Page<ImportRowView>, Problem> {
    let conn = context.read();
    let import = keep::get(conn, context, id).await?;
    let mut query = import_row::Entity::find().filter(import_row::Column::ImportId.eq(id));
    if let Some(verdict) = filter.verdict {
        query = query.filter(import_row::Column::Verdict.eq(verdict));
    }
    let total = query.clone().count(conn).await?;
    if let Some(after) = paging.after() {
        query = query.filter(import_row::Column::Row.gt(after.0));
    }
    let rows = query.order_by_asc(import_row::Column::Row).limit(paging.limit() + 1).all(conn).await?;
    let page = Page::cut(rows, paging.limit(), total, |row| row.row.to_string());
    let fields = keep::fields(&import)?;
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(view(context, row, &fields)?);
    }
    Ok(Page { items, next: page.next, total: page.total })
}

fn view(context: &Context, row: import_row::Model, fields: &[Option<Field>]) -> Result<ImportRowView, Problem> {
    let cells = keep::open(context, &row)?;
    let normal = check_row(&cells, fields, context.today()).unwrap_or_default().normal;
    let text = |wanted| {
        let at = fields.iter().position(|field| *field == Some(wanted));
        at.and_then(|at| cells.get(at)).map(|cell| cell.text.to_string()).unwrap_or_default()
    };
    let masked = |normal: Option<&String>, mask: fn(&str) -> String, wanted| match normal {
        Some(normal) => mask(normal),
        // What is no number shows its length only.
        None => "*".repeat(text(wanted).chars().count().min(18)),
    };
    Ok(ImportRowView {
        row: row.row,
        verdict: row.verdict,
        message: row.message,
        name: text(Field::Name),
        document: masked(normal.document_number.as_ref(), secret::masking::document_number, Field::DocumentNumber),
        phone: masked(normal.phone.as_ref(), secret::masking::phone, Field::Phone),
        done: row.done,
        member_id: row.member_id,
    })
}

/// 名册各行
#[utoipa::path(
    get, path = "/imports/{id}/rows", tag = "imports", operation_id = "list_import_rows",
    extensions(("x-permission" = json!("membership.import"))), params(("id" = Id, Path), RowFilter, Paging),
    responses((status = 200, body = Page<ImportRowView>)),
)]
pub async fn get_rows(
    caller: Caller<ImportMembers>,
    Path(id): Path<Id>,
    Query(filter): Query<RowFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ImportRowView>>, Problem> {
    rows(&caller, id, &filter, &paging).await.map(Json)
}
