//! The list of statements as a workbook: what each place gets for a month, nothing of people.

use documents::Value;
use kernel::{
    Context, Problem,
    export::{ExportKind, RowPage, behind, wanted},
};
use sea_orm::{Order, entity::prelude::*};

use super::{
    list::{SettlementFilter, SettlementWaiting, filtered},
    view::{SettlementRow, rows},
};
use crate::{
    permissions::ExportLists,
    tables::settlement::{Column, SettlementState},
};

/// Statements, to take away.
pub const SETTLEMENTS: ExportKind = ExportKind {
    code: "benefit_settlements",
    label: "核销点月度结算",
    permission: "benefit.export",
    personal: false,
    headings: &[
        "核销点",
        "月份",
        "付款单位",
        "份数",
        "金额（元）",
        "状态",
        "核销点确认",
        "待答复异议",
        "结算日期",
        "付款日期",
    ],
    words: kernel::filter_words! { SettlementFilter {
        q, organisation, month: "月份", state: "状态" as SettlementState, waiting: "待办" as SettlementWaiting,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(context, &wanted(filter)?).count(context.read()).await?)
}

/// The next statements the newest first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let query = filtered(context, &wanted(filter)?);
    let (found, next) = behind(context.read(), query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let rows = rows(context.read(), context, &found).await?;
    Ok(RowPage { rows: rows.into_iter().map(cells).collect(), next })
}

fn cells(row: SettlementRow) -> Vec<Value<'static>> {
    let confirmed = if row.confirmed { "已确认" } else { "" };
    // As the page says it: nothing waits for anybody while more is handed over.
    let goes_on = row.state == SettlementState::Open && !row.over;
    let state = if goes_on { "本月未结束".to_owned() } else { row.state_label };
    vec![
        row.partner.into(),
        row.month_label.into(),
        row.organisation.into(),
        row.pieces.into(),
        Value::Fen(row.amount_fen),
        state.into(),
        confirmed.into(),
        i64::try_from(row.disputed).unwrap_or(i64::MAX).into(),
        row.settled_at.map(|at| calendar::beijing_day(at.at())).into(),
        row.paid_on.into(),
    ]
}

kernel::list_export! {
    /// 导出月度结算
    post "/benefit-settlements/exports" "export_settlements" of "benefit", SettlementFilter => SETTLEMENTS, for ExportLists "benefit.export"
}
