//! The facts behind a figure as a file, with people masked.

use std::collections::HashMap;

use axum::{extract::Query, response::IntoResponse};
use documents::Value;
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    export::{self, ExportRefusal, MOST_ROWS},
    fact,
    fact_row::{FactRow, rows_of},
    list_facts::{FactParams, behind},
    permissions::Export,
};
use crate::{Caller, Context, Problem, organisation};

#[utoipa::path(get, path = "/facts/export.csv", tag = "ledger", operation_id = "export_facts_csv",
    extensions(("x-permission" = json!("ledger.export"))), params(FactParams),
    responses((status = 200, body = Vec<u8>, content_type = "text/csv"), ExportRefusal))]
pub(super) async fn export_facts_csv(
    caller: Caller<Export>,
    Query(params): Query<FactParams>,
) -> Result<impl IntoResponse, Problem> {
    let rows = table(&caller, &params).await?;
    export::note(&caller, "facts", params.organisation, rows.len()).await?;
    Ok(export::download(export::csv(HEADINGS, &rows)?, "csv", TITLE))
}

#[utoipa::path(get, path = "/facts/export.xlsx", tag = "ledger", operation_id = "export_facts_xlsx",
    extensions(("x-permission" = json!("ledger.export"))), params(FactParams),
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ExportRefusal))]
pub(super) async fn export_facts_xlsx(
    caller: Caller<Export>,
    Query(params): Query<FactParams>,
) -> Result<impl IntoResponse, Problem> {
    let rows = table(&caller, &params).await?;
    export::note(&caller, "facts", params.organisation, rows.len()).await?;
    Ok(export::download(export::xlsx(&caller, TITLE, HEADINGS, &rows)?, "xlsx", TITLE))
}

const TITLE: &str = "服务台账明细";
const HEADINGS: &[&str] =
    &["编号", "日期", "事项", "组织", "姓名", "证件号码", "群体", "数量", "单位", "金额（元）", "来源", "状态"];

/// The rows of a file; people stay masked.
async fn table(context: &Context, params: &FactParams) -> Result<Vec<Vec<Value<'static>>>, Problem> {
    let (query, _) = behind(context, params).await?;
    let query = query.filter(context.scope().within((fact::Entity, fact::Column::OrganisationId)));
    if query.clone().count(context.read()).await? > MOST_ROWS {
        return Err(ExportRefusal::TooMany { most: MOST_ROWS }.into());
    }
    let facts = query.order_by_asc(fact::Column::Position).limit(MOST_ROWS).all(context.read()).await?;
    let groups = organisation::worker_group::list(context.read()).await?;
    let groups: HashMap<String, String> = groups.into_iter().map(|group| (group.code, group.label)).collect();
    Ok(rows_of(context, facts).await?.into_iter().map(|row| cells(row, &groups)).collect())
}

fn cells(row: FactRow, groups: &HashMap<String, String>) -> Vec<Value<'static>> {
    let state = match (row.reversed, row.reverses) {
        (true, _) => "已冲销",
        (_, Some(_)) => "冲销记录",
        _ => "有效",
    };
    let (name, document) = row.person.map_or((None, None), |person| (Some(person.name), person.document));
    vec![
        row.id.to_string().into(),
        row.day.into(),
        row.kind_label.into(),
        row.organisation.name.into(),
        name.into(),
        document.into(),
        row.group.map(|code| groups.get(&code).cloned().unwrap_or(code)).into(),
        row.quantity.into(),
        row.unit.into(),
        Value::Fen(row.amount_fen),
        row.source.label.into(),
        state.into(),
    ]
}
