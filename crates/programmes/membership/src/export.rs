//! The list of members as a workbook: masked, and who exported what is in the audit chain.

use axum::{extract::Query, response::IntoResponse};
use documents::{Value, sheet_out::Workbook};
use kernel::{
    Caller, Fault, Problem, audit,
    download::{XLSX, attachment},
};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    list::{MemberFilter, MemberRow, cursor, filtered, rows, sorted},
    names,
    permissions::ExportMembers,
};

const HEADINGS: [&str; 12] = [
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
];
/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

kernel::refusals! {
    /// Why no file is made.
    pub enum ExportRefusal {
        /// More than a sheet holds.
        TooMany = 422 "too_many_rows" "导出超过一张表的行数，请缩小筛选范围分次导出。",
    }
}

/// Writes the members that pass a filter into a workbook.
///
/// # Errors
/// [`ExportRefusal`], or a fault.
pub async fn export(caller: &Caller<ExportMembers>, filter: &MemberFilter) -> Result<Vec<u8>, Problem> {
    let query = filtered(caller, filter).await?;
    let total = query.clone().count(caller.read()).await?;
    if total > 1_000_000 {
        return Err(ExportRefusal::TooMany.into());
    }
    let now = calendar::beijing_time(caller.now());
    let mut workbook = Workbook::new(now).map_err(broken)?;
    let actor = caller.actor().word();
    let who = names::Actors::of(caller.read(), [actor.as_str()]).await?.label(&actor);
    let title = format!("会员名册（{who}于{}导出，共{total}人）", now.format("%Y年%-m月%-d日%H时%M分"));
    let mut sheet = workbook.sheet("会员名册", &title, &HEADINGS).map_err(broken)?;
    let (sort, mut behind) = (filter.sort.unwrap_or_default(), None);
    loop {
        let page = sorted(query.clone(), sort, behind.as_deref()).limit(STEP).all(caller.read()).await?;
        let Some(last) = page.last() else { break };
        behind = Some(cursor(last));
        for row in rows(caller, page).await? {
            sheet.row(cells(&row)).map_err(broken)?;
        }
    }
    let bytes = workbook.to_bytes().map_err(broken)?;
    let (hash, size) = (&secret::digest::sm3_hex(&bytes), bytes.len());
    caller
        .unit(|unit| async move {
            let act = audit::Act {
                action: "members.export",
                object_kind: "membership/member",
                object_id: None,
                organisation_id: filter.organisation,
                detail: serde_json::json!({
                    "rows": total, "bytes": size, "sm3": hash, "state": filter.state, "group": filter.group,
                    "joined_from": filter.joined_from, "joined_to": filter.joined_to, "sought": filter.q.is_some(),
                }),
            };
            audit::record(&unit, caller, act).await
        })
        .await?;
    Ok(bytes)
}

fn cells(row: &MemberRow) -> [Value<'_>; 12] {
    [
        row.name.as_str().into(),
        row.document.as_deref().into(),
        row.phone.as_deref().into(),
        row.organisation.as_str().into(),
        row.group_label.as_deref().into(),
        row.platform.as_deref().into(),
        row.employer.as_deref().into(),
        row.state_label.as_str().into(),
        row.card_number.as_deref().into(),
        row.applied_on.into(),
        row.member_since.into(),
        row.ended_on.into(),
    ]
}

fn broken(err: impl std::fmt::Display) -> Problem {
    Fault::Stored(format!("a workbook: {err}")).into()
}

/// 导出会员名册
#[utoipa::path(
    get, path = "/members/export.xlsx", tag = "membership", operation_id = "export_members",
    extensions(("x-permission" = json!("membership.export"))),
    params(MemberFilter),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>), ExportRefusal),
)]
pub async fn get_export(
    caller: Caller<ExportMembers>,
    Query(filter): Query<MemberFilter>,
) -> Result<impl IntoResponse, Problem> {
    let bytes = export(&caller, &filter).await?;
    Ok((attachment(XLSX, "会员名册.xlsx"), bytes))
}
