//! The list of members as a file: masked, and by a second officer's leave where they are many.

use documents::Value;
use kernel::{
    Context, Id, Problem,
    caller::Find,
    export::{ExportKind, RowPage, wanted},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use crate::{
    list::{MemberFilter, MemberRow, Sort, filtered, rows},
    permissions::ExportMembers,
    rules::standing::Standing,
    tables::{event, import, member::Column},
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
    words: kernel::filter_words! { MemberFilter {
        q, organisation, state: "状态" as Standing, is_member: "在册会员", paused: "期限暂停",
        phone_lost: "手机号码换过主人", group,
        joined_from: "入会日期自", joined_to: "入会日期至",
        import: "导入的名册" in import.file_name, event: "集中入会活动" in event.title, sort,
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

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

kernel::list_export! {
    /// 导出会员名册
    post "/members/exports" "export_members" of "membership", MemberFilter => MEMBERS, for ExportMembers "membership.export"
}
