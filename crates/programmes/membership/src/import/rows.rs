//! The rows of an import, with what becomes of each.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Id;
use documents::sheet_in::Cell;
use kernel::{Caller, Context, Page, Problem, listing::Paging};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{keep, show::counts};
use crate::{
    permissions::ImportMembers,
    rules::roster::{Field, RowVerdict, Verdict, check_row},
    tables::{import_block, member},
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
    /// The membership that it made or named, if the caller sees it.
    pub member_id: Option<Id>,
}

/// Which rows are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RowFilter {
    /// Only these.
    #[param(inline)]
    pub verdict: Option<Verdict>,
    /// Only those that went in and still are (`true`), whatever the check saw in them.
    pub entered: Option<bool>,
}

impl RowFilter {
    fn passes(&self, row: &RowVerdict) -> bool {
        match self.entered {
            Some(true) => row.done,
            _ => self.verdict.is_none_or(|verdict| row.verdict == Some(verdict)),
        }
    }
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
    let total = match (filter.entered, filter.verdict) {
        (Some(true), _) => counts(conn, [id]).await?.remove(&id).unwrap_or_default().entered,
        (_, Some(verdict)) => counts(conn, [id]).await?.remove(&id).unwrap_or_default().of(verdict),
        (_, None) => import.total,
    };
    let after = paging.after().map_or(0, |after| after.0);
    let fields = keep::fields(&import)?;
    let most = usize::try_from(paging.limit()).unwrap_or(usize::MAX).saturating_add(1);
    let (mut found, mut behind) = (Vec::new(), -1);
    while found.len() < most {
        let Some(block) = keep::next(conn, id, behind, Some(holds(after, filter))).await? else { break };
        behind = block.block;
        let cells = keep::open(context, keep::cells(conn, &block).await?.as_ref())?;
        let rows = keep::verdicts(&block)?.into_iter().enumerate();
        let wanted = rows.filter(|(_, row)| row.row > after && filter.passes(row));
        for (at, row) in wanted.take(most - found.len()) {
            let cells = cells.get(at).map(Vec::as_slice).unwrap_or_default();
            found.push(view(context, row, cells, &fields));
        }
    }
    let named = found.iter().filter_map(|row| row.member_id).collect();
    let own = member::those_in_scope(conn, context.scope(), named).await?;
    for row in &mut found {
        row.member_id = row.member_id.filter(|member| own.contains(member));
    }
    Ok(Page::cut(found, paging.limit(), total.unsigned_abs(), |row| row.row.to_string()))
}

/// The blocks with such rows behind one.
fn holds(after: i64, filter: &RowFilter) -> Expr {
    let behind = import_block::Column::LastRow.gt(after);
    let column = match (filter.entered, filter.verdict) {
        (Some(true), _) => import_block::Column::Entered,
        (_, None) => return behind,
        (_, Some(Verdict::Join)) => import_block::Column::Joins,
        (_, Some(Verdict::Transfer)) => import_block::Column::Transfers,
        (_, Some(Verdict::Already)) => import_block::Column::Already,
        (_, Some(Verdict::Repeated)) => import_block::Column::Repeated,
        (_, Some(Verdict::Bad)) => import_block::Column::Bad,
    };
    behind.and(column.gt(0))
}

fn view(context: &Context, row: RowVerdict, cells: &[Cell], fields: &[Option<Field>]) -> ImportRowView {
    let normal = check_row(cells, fields, context.today()).unwrap_or_default().normal;
    let text = |wanted| {
        let at = fields.iter().position(|field| *field == Some(wanted));
        at.and_then(|at| cells.get(at)).map(|cell| cell.text.to_string()).unwrap_or_default()
    };
    let masked = |normal: Option<&String>, mask: fn(&str) -> String, wanted| match normal {
        Some(normal) => mask(normal),
        // What is no number shows its length only.
        None => "*".repeat(text(wanted).chars().count().min(18)),
    };
    ImportRowView {
        row: row.row,
        verdict: row.verdict,
        message: row.message,
        name: text(Field::Name),
        document: masked(normal.document_number.as_ref(), secret::masking::document_number, Field::DocumentNumber),
        phone: masked(normal.phone.as_ref(), secret::masking::phone, Field::Phone),
        done: row.done,
        member_id: row.member_id,
    }
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
