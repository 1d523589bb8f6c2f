//! The list of members as a file: masked, and by a second officer's leave where they are many.

use axum::{Json, http::StatusCode};
use documents::Value;
use kernel::{
    Caller, Context, Id, Problem,
    caller::Find,
    export::{ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask_for_list, wanted},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    list::{MemberFilter, MemberRow, Sort, filtered, rows},
    permissions::ExportMembers,
    tables::member::Column,
};

/// Members, to take away.
pub const MEMBERS: ExportKind = ExportKind {
    code: "members",
    label: "会员名册",
    permission: "membership.export",
    personal: true,
    headings: &[
        "姓名",
        "证件号码",
        "手机号码",
        "所在工会",
        "职工群体",
        "平台企业",
        "工作单位",
        "会籍状态",
        "会员证号",
        "申请日期",
        "入会日期",
        "终止日期",
    ],
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

/// Asks for the members that pass a filter.
///
/// # Errors
/// 404 for an organisation out of scope; [`ExportRefusal`]; 422 without a reason where one is needed.
pub async fn export(caller: &Caller<ExportMembers>, form: ExportForm<MemberFilter>) -> Result<ExportView, Problem> {
    ask_for_list(caller, &MEMBERS, form, |filter| &mut filter.organisation).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(filtered(Find::ByPlace, context, &wanted(filter)?).await?.count(context.read()).await?)
}

/// The next members in the order of their keys, so that the millionth costs no more than the first.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let filter: MemberFilter = wanted(filter)?;
    let after: Option<Id> = after.and_then(|after| after.parse().ok());
    let query = filtered(Find::of(context.read(), u64::MAX), context, &filter).await?;
    let query = match (filter.sort.unwrap_or_default(), after) {
        (Sort::Newest, None) => query.order_by_desc(Column::Id),
        (Sort::Newest, Some(after)) => query.filter(Column::Id.lt(after)).order_by_desc(Column::Id),
        (Sort::Oldest, None) => query.order_by_asc(Column::Id),
        (Sort::Oldest, Some(after)) => query.filter(Column::Id.gt(after)).order_by_asc(Column::Id),
    };
    let page = query.limit(STEP).all(context.read()).await?;
    let next = page.last().map(|member| member.id.to_string());
    Ok(RowPage { rows: rows(context, page).await?.into_iter().map(cells).collect(), next })
}

fn cells(row: MemberRow) -> Vec<Value<'static>> {
    vec![
        row.name.into(),
        row.document.into(),
        row.phone.into(),
        row.organisation.into(),
        row.group_label.into(),
        row.platform.into(),
        row.employer.into(),
        row.state_label.into(),
        row.card_number.into(),
        row.applied_on.into(),
        row.member_since.into(),
        row.ended_on.into(),
    ]
}

/// 导出会员名册
#[utoipa::path(
    post, path = "/members/exports", tag = "membership", operation_id = "export_members",
    extensions(("x-permission" = json!("membership.export"))), request_body = ExportForm<MemberFilter>,
    responses((status = 201, body = ExportView), ExportRefusal),
)]
pub async fn post_export(
    caller: Caller<ExportMembers>,
    Json(form): Json<ExportForm<MemberFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    Ok((StatusCode::CREATED, Json(export(&caller, form).await?)))
}
