//! What the server knows of this programme.

use kernel::{
    Programme,
    ledger::{FactKind, Measure},
    rulebook::RuleDefinition,
};

use crate::{approval, budget, import_plan, kept, migrations::migrations, permissions, routes::routes, tells};

/// From which part of the calendar's pace an indicator is on course.
pub const ON_COURSE: RuleDefinition = RuleDefinition {
    code: "plan.on_course_bp",
    label: "“进展正常”线：完成率达到时间进度的比例",
    unit: "基点",
    default: 9500,
    source: "系统默认值，请按本级督查办法核定",
};

/// Below which part it is far behind.
pub const FAR_BEHIND: RuleDefinition = RuleDefinition {
    code: "plan.far_behind_bp",
    label: "“严重滞后”线：完成率低于时间进度的比例",
    unit: "基点",
    default: 7000,
    source: "系统默认值，请按本级督查办法核定",
};

/// From which part an 'about' target counts as reached.
pub const ABOUT: RuleDefinition = RuleDefinition {
    code: "plan.about_bp",
    label: "“左右”类指标视为完成的比例",
    unit: "基点",
    default: 9500,
    source: "系统默认值，请按本级督查办法核定",
};

/// Money paid out of a plan's budget, unless the line's indicator counts money itself.
pub const PAYMENT: &str = "plan_payment";

/// What this programme records.
const KINDS: &[FactKind] =
    &[FactKind { code: PAYMENT, label: "计划经费支付", unit: "元", measures: &[Measure::Yuan], by_hand: false }];

/// Story 1 as one value.
#[must_use]
pub fn programme() -> Programme {
    Programme {
        name: "plan",
        label: "工作计划",
        routes,
        fact_kinds: KINDS,
        permissions: permissions::ALL,
        rules: &[ON_COURSE, FAR_BEHIND, ABOUT],
        subscriptions: &[budget::SUBSCRIPTION],
        jobs: &[],
        acts: permissions::ACTS,
        tells: tells::ALL,
        consents: &[],
        sealed: &[],
        on_merge: &[],
        before_hand_entry: &[approval::lock::before_hand_entry],
        on_erase: &[],
        still_needs: &[],
        on_show: &[],
        copied: &[],
        kept: kept::ALL,
        exports: &[import_plan::WRONG_PLAN],
        on_close: &[],
        sites: None,
        hands_over: None,
        budget_left: Some(budget::budget_left),
        where_done: None,
        migrations,
    }
}
