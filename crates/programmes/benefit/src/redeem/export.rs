//! What was handed over, to take away or to print: masked, and by a second officer's leave where they are many.

use axum::{Json, http::StatusCode};
use database::Moment;
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    caller::Find,
    export::{
        Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, ask_for_list, behind, wanted,
        words::Says,
    },
    site,
};
use sea_orm::{Order, entity::prelude::*};

use super::list::{RedemptionFilter, RedemptionRow, passing, rows};
use crate::{
    permissions::ExportLists,
    tables::{kind, offer, partner, redemption::Column},
};

/// Redemptions, to take away.
pub const REDEMPTIONS: ExportKind = ExportKind {
    code: "benefit_redemptions",
    label: "普惠服务核销记录",
    permission: "benefit.export",
    personal: true,
    headings: &["核销时间", "服务", "姓名", "手机号码", "所在工会", "核销点", "核销人", "金额（元）", "撤销时间"],
    words: kernel::filter_words! { RedemptionFilter {
        q, organisation, offer: "普惠服务" in offer.title, place: "核销点" in partner.name,
        site: "核销点所在驿站" = Says::Name(|context, id| Box::pin(site_name(context, id))),
        kind: "普惠种类" in kind.label, from, to, taken_back: "已撤销",
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

/// Asks for the redemptions that pass a filter; those of an offer are the data of the union that offers it.
///
/// # Errors
/// 404 for an organisation or an offer out of scope; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn export(caller: &Caller<ExportLists>, form: ExportForm<RedemptionFilter>) -> Result<ExportView, Problem> {
    let Some(id) = form.filter.offer else {
        return ask_for_list(caller, &REDEMPTIONS, form, |filter| &mut filter.organisation).await;
    };
    let offer = offer::in_scope(caller.read(), caller.scope(), id).await?;
    let form = ExportForm { organisation_id: Some(offer.organisation_id), ..form };
    ask(caller, &REDEMPTIONS, &Asked::new(format!("{}核销记录", offer.title), &form)?).await
}

async fn site_name(context: &Context, id: &str) -> Result<Option<String>, Problem> {
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    Ok(site::known(context, &[id]).await?.remove(&id).map(|site| site.name))
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let filter = wanted(filter)?;
    let query = passing(context, &filter).await?;
    Ok(query(Find::ByPlace).count(context.read()).await?)
}

/// The next redemptions, the last first, as in the list.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let (conn, filter) = (context.read(), wanted(filter)?);
    let query = passing(context, &filter).await?;
    let query = query(Find::of(conn, u64::MAX));
    let (page, next) = behind(conn, query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    Ok(RowPage { rows: rows(context, page).await?.into_iter().map(cells).collect(), next })
}

fn cells(row: RedemptionRow) -> Vec<Value<'static>> {
    let said = |at: Moment| calendar::beijing_minute(at.at());
    vec![
        said(row.redeemed_at).into(),
        row.title.into(),
        row.name.into(),
        row.phone.into(),
        row.organisation.into(),
        row.place.into(),
        row.by.into(),
        Value::Fen(row.amount_fen),
        row.taken_back_at.map(said).into(),
    ]
}

/// 导出核销记录
#[utoipa::path(
    post, path = "/benefit-redemptions/exports", tag = "benefit", operation_id = "export_redemptions",
    extensions(("x-permission" = json!("benefit.export"))), request_body = ExportForm<RedemptionFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportLists>,
    Json(form): Json<ExportForm<RedemptionFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, form).await?)))
}
