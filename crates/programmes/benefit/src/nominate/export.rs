//! Who is nominated, to take away or to print: masked, and by a second officer's leave where they are many. Why somebody was
//! nominated or objected to is his own matter and stays in the house.

use axum::{Json, extract::Path, http::StatusCode};
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, behind, wanted},
    organisation,
};
use sea_orm::{Order, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{
    list::{NominationFilter, NominationRow, filtered, rows},
    rounds::reach,
};
use crate::{
    permissions::ExportLists,
    tables::nomination::{Column, NominationState},
};

/// The nominations of a round, to take away.
pub const NOMINATIONS: ExportKind = ExportKind {
    code: "benefit_nominations",
    label: "普惠服务推荐名单",
    permission: "benefit.export",
    personal: true,
    headings: &["姓名", "手机号码", "所在工会", "职工群体", "推荐时间", "状态", "审批说明", "公示异议"],
    words: kernel::filter_words! { NominationFilter { q, organisation, state: "状态" as NominationState } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

/// Whose list, and which of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wanted {
    round: Id,
    // Not below a name of its own, so that the log keeps no name that was sought.
    #[serde(flatten)]
    nominations: NominationFilter,
}

/// Asks for the list of a round. It is the union's that the form or the filter names, and holds its people alone, as by its rule
/// and by its second officer they leave; else it is of the union that offers, if the caller acts for that.
///
/// # Errors
/// 404 if the round is absent or foreign; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn export(
    caller: &Caller<ExportLists>,
    id: Id,
    form: ExportForm<NominationFilter>,
) -> Result<ExportView, Problem> {
    let (_, offer) = reach(caller.read(), caller.scope(), id).await?;
    let offers = organisation::find(caller.read(), caller.scope(), offer.organisation_id).await?.is_some();
    let offering = offers.then_some(offer.organisation_id);
    let named = form.organisation_id.or(form.filter.organisation);
    let form = ExportForm {
        organisation_id: named.or(offering),
        format: form.format,
        reason: form.reason,
        filter: Wanted { round: id, nominations: NominationFilter { organisation: named, ..form.filter } },
    };
    ask(caller, &NOMINATIONS, &Asked::new(format!("{}推荐名单", offer.title), &form)?).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let wanted: Wanted = wanted(filter)?;
    Ok(filtered(context, wanted.round, &wanted.nominations).await?.count(context.read()).await?)
}

/// The next nominations, the first first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let (conn, wanted): (_, Wanted) = (context.read(), wanted(filter)?);
    let query = filtered(context, wanted.round, &wanted.nominations).await?;
    let (page, next) = behind(conn, query, (Column::Id, Order::Asc), |one| one.id, after, STEP).await?;
    Ok(RowPage { rows: rows(conn, context, page).await?.into_iter().map(cells).collect(), next })
}

fn cells(row: NominationRow) -> Vec<Value<'static>> {
    let waiting = row.objections.iter().filter(|one| one.answer.is_none()).count();
    let objections = match (row.objections.len(), waiting) {
        (0, _) => String::new(),
        (all, 0) => format!("{all}条，均已答复"),
        (all, waiting) => format!("{all}条，{waiting}条待答复"),
    };
    vec![
        row.name.into(),
        row.phone.into(),
        row.organisation.into(),
        row.group_label.into(),
        calendar::beijing_minute(row.nominated_at.at()).into(),
        row.state_label.into(),
        row.note.into(),
        objections.into(),
    ]
}

/// 导出推荐名单
#[utoipa::path(
    post, path = "/benefit-nomination-rounds/{id}/exports", tag = "benefit", operation_id = "export_nominations",
    extensions(("x-permission" = json!("benefit.export"))),
    params(("id" = Id, Path)), request_body = ExportForm<NominationFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportLists>,
    Path(id): Path<Id>,
    Json(form): Json<ExportForm<NominationFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, id, form).await?)))
}
