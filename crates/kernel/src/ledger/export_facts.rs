//! The facts behind a figure as a file, with people masked.

use std::collections::HashMap;

use axum::{Json, http::StatusCode};
use database::Fault;
use documents::Value;
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, Select, entity::prelude::*};

use super::{
    Tree, fact,
    fact_row::{FactRow, rows_of},
    kind::KINDS,
    list_facts::{Behind, FactParams},
    permissions::Export,
};
use crate::{
    Caller, Context, Problem,
    caller::Find,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, words::Says},
    organisation,
};

/// Facts, to take away.
pub const FACTS: ExportKind = ExportKind {
    code: "facts",
    label: "服务台账明细",
    permission: "ledger.export",
    personal: true,
    headings: &[
        "编号",
        "日期",
        "事项",
        "组织",
        "姓名",
        "证件号码",
        "群体",
        "数量",
        "单位",
        "金额（元）",
        "来源",
        "状态",
    ],
    words: crate::filter_words! { FactParams {
        organisation, kinds: "事项" = KINDS, groups, from, to, tree: "隶属关系" as Tree,
        // Of whom, the log alone tells.
        person: "人员" = Says::Code(|_| Some("指定一人")),
        own: "只计本级", lying_on: "隶属关系以哪天为准",
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

#[utoipa::path(post, path = "/facts/exports", tag = "ledger", operation_id = "export_facts",
    extensions(("x-permission" = json!("ledger.export"))), request_body = ExportForm<FactParams>,
    responses((status = 201, body = ExportView), ExportRefusal))]
pub(super) async fn export_facts(
    caller: Caller<Export>,
    Json(form): Json<ExportForm<FactParams>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    let context: &Context = &caller;
    let place = organisation::get(context.read(), context.scope(), form.filter.organisation).await?;
    let asked = Asked { organisation: Some(place.id), ..Asked::new(format!("{} {}", place.name, FACTS.label), &form)? };
    Ok((StatusCode::CREATED, Json(ask(context, &FACTS, &asked).await?)))
}

async fn wanted(find: Find, context: &Context, filter: &str) -> Result<Select<fact::Entity>, Problem> {
    let params: FactParams = serde_json::from_str(filter).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok(Behind::of(context, &params).await?.seen(find, context))
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(wanted(Find::ByPlace, context, filter).await?.count(context.read()).await?)
}

/// The next facts, the oldest first; what is recorded meanwhile comes at the end.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let position: i64 = after.and_then(|after| after.parse().ok()).unwrap_or(0);
    let query =
        wanted(Find::of(context.read(), u64::MAX), context, filter).await?.filter(fact::Column::Position.gt(position));
    let facts = query.order_by_asc(fact::Column::Position).limit(STEP).all(context.read()).await?;
    let next = facts.last().map(|fact| fact.position.to_string());
    let groups = organisation::worker_group::labels(context.read()).await?;
    let rows = rows_of(context, facts).await?.into_iter().map(|row| cells(row, &groups)).collect();
    Ok(RowPage { rows, next })
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
