//! Who comes to a batch, to take away or to print: masked, and by a second officer's leave where they are many.

use axum::{Json, extract::Path, http::StatusCode};
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem, coded,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, behind, wanted, words::Says},
};
use sea_orm::{Order, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    companions::MaskedCompanion,
    list::view,
    seats::{SeatFilter, SeatRow, chosen, label, rows},
};
use crate::{
    permissions::ExportLists,
    tables::{batch, seat::Column},
};

/// The list of a batch, to take away.
pub const BATCH: ExportKind = ExportKind {
    code: "benefit_batch",
    label: "体检、疗休养批次名单",
    permission: "benefit.export",
    personal: true,
    headings: &["姓名", "手机号码", "所在工会", "职工群体", "同行人数", "同行人员", "到场情况", "到场时间"],
    words: kernel::filter_words! { SeatFilter { state: "到场情况" = Says::Code(|code| coded(code, label)) } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 500;

/// Whose list, and which of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wanted {
    batch: Id,
    seats: SeatFilter,
}

/// Asks for the list of a batch.
///
/// # Errors
/// 404 if it is absent or foreign; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn export(caller: &Caller<ExportLists>, id: Id, form: ExportForm<SeatFilter>) -> Result<ExportView, Problem> {
    let batch = batch::in_scope(caller.read(), caller.scope(), id).await?;
    let shown = view(caller.read(), caller, batch).await?;
    let days = calendar::days_between(shown.starts_on, shown.ends_on);
    let title = format!("{} {days} {}名单", shown.title, shown.place.name);
    let form = ExportForm {
        organisation_id: Some(shown.organisation_id),
        format: form.format,
        reason: form.reason,
        filter: Wanted { batch: id, seats: form.filter },
    };
    ask(caller, &BATCH, &Asked::new(title, &form)?).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let wanted: Wanted = wanted(filter)?;
    Ok(chosen(context.scope(), wanted.batch, &wanted.seats).count(context.read()).await?)
}

async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let wanted: Wanted = wanted(filter)?;
    let query = chosen(context.scope(), wanted.batch, &wanted.seats);
    let (page, next) =
        behind(context.read(), query, (Column::ClaimId, Order::Asc), |seat| seat.claim_id, after, STEP).await?;
    let rows = rows(context.read(), context, page).await?;
    Ok(RowPage { rows: rows.into_iter().map(cells).collect(), next })
}

fn cells(row: SeatRow) -> Vec<Value<'static>> {
    let told = |one: MaskedCompanion| {
        let child = one.guardian_label.map(|label| format!("（{label}）"));
        format!("{} {}{}", one.name, one.number, child.unwrap_or_default())
    };
    let companions: Vec<String> = row.companions.into_iter().map(told).collect();
    vec![
        row.name.into(),
        row.phone.into(),
        row.organisation.into(),
        row.group_label.into(),
        row.along.into(),
        companions.join("、").into(),
        row.state_label.into(),
        row.attended_at.map(|at| calendar::beijing_minute(at.at())).into(),
    ]
}

/// 导出批次名单
#[utoipa::path(
    post, path = "/benefit-batches/{id}/exports", tag = "benefit", operation_id = "export_batch",
    extensions(("x-permission" = json!("benefit.export"))),
    params(("id" = Id, Path)), request_body = ExportForm<SeatFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportLists>,
    Path(id): Path<Id>,
    Json(form): Json<ExportForm<SeatFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, id, form).await?)))
}
