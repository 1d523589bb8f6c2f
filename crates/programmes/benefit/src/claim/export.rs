//! Who claimed an offer, to take away or to print: masked, and by a second officer's leave where they are many.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::{NaiveTime, TimeDelta};
use database::Moment;
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    export::{
        Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, behind, wanted,
        words::{Says, called},
    },
};
use sea_orm::{Order, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::list::{ClaimFilter, ClaimRow, filtered, rows};
use crate::{
    permissions::ExportLists,
    tables::{
        claim::{ClaimState, Column},
        offer, partner, round,
    },
};

/// The claims of an offer, to take away.
pub const CLAIMS: ExportKind = ExportKind {
    code: "benefit_claims",
    label: "普惠服务领取名单",
    permission: "benefit.export",
    personal: true,
    headings: &[
        "姓名",
        "手机号码",
        "所在工会",
        "职工群体",
        "场次开放时间",
        "状态",
        "领取时间",
        "有效期至",
        "使用、取消时间",
        "核销点",
        "作废原因",
    ],
    words: kernel::filter_words! { ClaimFilter {
        q, organisation, state: "状态" as ClaimState, round: "场次" = Says::Name(|context, id| {
            Box::pin(called::<round::Entity>(context, id, |round| calendar::beijing_minute(round.opens_at.at())))
        }),
        place: "核销点" in partner.name, from, to,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

/// Whose list, and which of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wanted {
    offer: Id,
    // Not below a name of its own, so that the log keeps no name that was sought.
    #[serde(flatten)]
    claims: ClaimFilter,
}

/// Asks for the list of an offer.
///
/// # Errors
/// 404 if it is absent or foreign; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn export(
    caller: &Caller<ExportLists>,
    id: Id,
    form: ExportForm<ClaimFilter>,
) -> Result<ExportView, Problem> {
    let offer = offer::in_scope(caller.read(), caller.scope(), id).await?;
    let form = ExportForm {
        organisation_id: Some(offer.organisation_id),
        format: form.format,
        reason: form.reason,
        filter: Wanted { offer: id, claims: form.filter },
    };
    ask(caller, &CLAIMS, &Asked::new(format!("{}领取名单", offer.title), &form)?).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let wanted: Wanted = wanted(filter)?;
    Ok(filtered(context, wanted.offer, &wanted.claims).await?.count(context.read()).await?)
}

/// The next claims the newest first, as in the list, so that the hundred thousandth costs no more than the first.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let wanted: Wanted = wanted(filter)?;
    let query = filtered(context, wanted.offer, &wanted.claims).await?;
    let (page, next) = behind(context.read(), query, (Column::Id, Order::Desc), |claim| claim.id, after, STEP).await?;
    Ok(RowPage { rows: rows(context, page).await?.into_iter().map(cells).collect(), next })
}

fn cells(row: ClaimRow) -> Vec<Value<'static>> {
    let said = |at: Moment| calendar::beijing_minute(at.at());
    vec![
        row.name.into(),
        row.phone.into(),
        row.organisation.into(),
        row.group_label.into(),
        row.round_opens_at.map(said).into(),
        row.state_label.into(),
        said(row.claimed_at).into(),
        until(row.use_until).into(),
        row.ended_at.map(said).into(),
        row.place.into(),
        row.voided_why.into(),
    ]
}

/// Until when a voucher is good. What ends at midnight ends with the day before, and reads so.
fn until(end: Moment) -> String {
    let shown = calendar::beijing_time(end.at());
    if shown.time() == NaiveTime::MIN {
        (shown - TimeDelta::days(1)).format("%Y-%m-%d 24:00").to_string()
    } else {
        calendar::beijing_minute(end.at())
    }
}

/// 导出领取名单
#[utoipa::path(
    post, path = "/benefit-offers/{id}/exports", tag = "benefit", operation_id = "export_claims",
    extensions(("x-permission" = json!("benefit.export"))),
    params(("id" = Id, Path)), request_body = ExportForm<ClaimFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportLists>,
    Path(id): Path<Id>,
    Json(form): Json<ExportForm<ClaimFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, id, form).await?)))
}
