//! The register as a file.

use documents::Value;
use sea_orm::{Order, entity::prelude::*};

use super::{
    Column,
    list::{AssessmentFilter, AssessmentRow, found, rows},
};
use crate::{
    Context, Problem,
    access::permissions::Assess,
    export::{ExportKind, RowPage, behind, wanted},
};

/// Impact assessments, to take away.
pub const ASSESSMENTS: ExportKind = ExportKind {
    code: "impact_assessments",
    label: "个人信息保护影响评估",
    permission: "access.assess",
    personal: false,
    headings: &[
        "处理活动",
        "单独同意事项",
        "工会",
        "目的和方式",
        "影响和风险",
        "保护措施",
        "结论",
        "评估人",
        "评估日期",
        "有效期至",
    ],
    words: crate::filter_words! {
        AssessmentFilter { q, organisation, expired: "已到期未重新评估", soon: "60天内到期未重新评估" }
    },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 500;

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    let filter: AssessmentFilter = wanted(filter)?;
    Ok(found(context.scope(), &filter, context.today()).count(context.read()).await?)
}

async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let filter: AssessmentFilter = wanted(filter)?;
    let query = found(context.scope(), &filter, context.today());
    let (page, next) = behind(context.read(), query, (Column::Id, Order::Desc), |row| row.id, after, STEP).await?;
    let rows = rows(context.read(), context, page).await?;
    Ok(RowPage { rows: rows.into_iter().map(cells).collect(), next })
}

fn cells(
    AssessmentRow { form, organisation, purpose_label, conclusion_label, .. }: AssessmentRow,
) -> Vec<Value<'static>> {
    vec![
        form.subject.into(),
        purpose_label.into(),
        organisation.into(),
        form.aims.into(),
        form.risks.into(),
        form.measures.into(),
        conclusion_label.into(),
        form.assessor.into(),
        form.assessed_on.into(),
        form.valid_until.into(),
    ]
}

crate::list_export! {
    /// 导出个人信息保护影响评估
    post "/impact-assessments/exports" "export_impact_assessments" of "access",
    AssessmentFilter => ASSESSMENTS, for Assess "access.assess"
}
