//! A statement as a workbook, for the place and for the books.

use axum::{extract::Path, response::IntoResponse};
use database::Id;
use documents::{
    Value,
    sheet_out::{Workbook, WorkbookProblem},
};
use kernel::{
    Caller, Fault, Problem,
    download::{XLSX, attachment},
};

use super::{
    figures::{self, Day},
    view::{SettlementView, offers_of, view},
};
use crate::{
    permissions::SeeOffers,
    tables::{redemption, settlement},
};

/// What the workbook says beside the statement's view, each with the offer's title.
struct Details {
    days: Vec<(Day, String)>,
    deducted: Vec<(redemption::Model, String)>,
}

/// Writes a statement as a workbook; answers its name with it.
///
/// # Errors
/// 404 if the statement is absent or foreign.
pub async fn sheet(caller: &Caller<SeeOffers>, id: Id) -> Result<(String, Vec<u8>), Problem> {
    let conn = caller.read();
    let statement = settlement::in_scope(conn, caller.scope(), id).await?;
    let shown = view(conn, caller, statement).await?;
    let (days, deducted) = (figures::days(conn, &[id]).await?, figures::deducted(conn, id).await?);
    let ids = days.iter().map(|day| day.offer_id).chain(deducted.iter().map(|one| one.offer_id));
    let offers = offers_of(conn, ids.collect::<std::collections::BTreeSet<_>>()).await?;
    let title = |id: Id| offers.get(&id).map(|offer| offer.title.clone()).unwrap_or_default();
    let details = Details {
        days: days.into_iter().map(|day| (day.clone(), title(day.offer_id))).collect(),
        deducted: deducted.into_iter().map(|one| (one.clone(), title(one.offer_id))).collect(),
    };
    let name = format!("{}{}结算单.xlsx", shown.row.partner, shown.row.month_label);
    let made = calendar::beijing_time(caller.now());
    let bytes = tokio::task::spawn_blocking(move || write(&shown, &details, made)).await;
    let bytes = bytes.map_err(|_| Fault::Stopped)?.map_err(|err| Fault::Stored(err.to_string()))?;
    Ok((name, bytes))
}

fn write(shown: &SettlementView, details: &Details, made: chrono::NaiveDateTime) -> Result<Vec<u8>, WorkbookProblem> {
    let row = &shown.row;
    let mut book = Workbook::new(made)?.across();
    let title = format!("{}{}结算单（{}，{}）", row.partner, row.month_label, row.organisation, row.state_label);
    let headings = ["服务", "种类", "单价（元）", "核销", "扣减", "异议调整", "结算份数", "金额（元）", "经费项目"];
    let mut sheet = book.sheet("结算单", &title, &headings)?;
    for line in &shown.lines {
        sheet.row([
            Value::from(line.title.as_str()),
            line.kind_label.as_str().into(),
            Value::Fen(line.unit_fen),
            line.handed.into(),
            (-line.corrected).into(),
            line.adjusted.into(),
            line.pieces.into(),
            Value::Fen(line.amount_fen),
            line.budget_line.as_str().into(),
        ])?;
    }
    let blank = || Value::Empty;
    let total = [row.pieces.into(), Value::Fen(row.amount_fen), blank()];
    sheet.sum([Value::from("合计"), blank(), blank(), blank(), blank(), blank()].into_iter().chain(total))?;
    let mut sheet = book.sheet("每日核销", "", &["日期", "服务", "份数", "金额（元）"])?;
    for (day, title) in &details.days {
        sheet.row([Value::Day(day.day), title.as_str().into(), day.pieces.into(), Value::Fen(day.amount_fen)])?;
    }
    let headings = ["核销日期", "服务", "撤销日期", "扣减金额（元）"];
    let mut sheet = book.sheet("扣减明细", "以前月份已结算、后来撤销的", &headings)?;
    for (one, title) in &details.deducted {
        let back = one.taken_back_at.map(|at| calendar::beijing_day(at.at()));
        sheet.row([Value::Day(one.day), title.as_str().into(), back.into(), Value::Fen(-one.amount_fen)])?;
    }
    let mut sheet = book.sheet("异议与答复", "", &["服务", "异议", "答复", "调整份数"])?;
    for dispute in &shown.disputes {
        sheet.row([
            Value::from(dispute.title.as_str()),
            dispute.reason.as_str().into(),
            dispute.answer.as_deref().into(),
            dispute.adjusted.into(),
        ])?;
    }
    book.to_bytes()
}

/// 下载结算单
#[utoipa::path(
    get, path = "/benefit-settlements/{id}/sheet", tag = "benefit", operation_id = "settlement_sheet",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub async fn get_sheet(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let (name, bytes) = sheet(&caller, id).await?;
    Ok((attachment(XLSX, &name), bytes))
}
