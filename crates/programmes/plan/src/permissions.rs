//! What officers' roles hold of this programme.

use kernel::audit::Label;

kernel::permissions! {
    /// See plans, boards, breakdowns, budgets and reports.
    SeePlans = "plan.view" "查看工作计划与进度";
    /// Draft, change and publish plans and their indicators.
    EditPlans = "plan.edit" "编制、修改和发布工作计划";
    /// Break targets down, and raise one's own.
    BreakDown = "plan.break_down" "分解指标、自行加码";
    /// Record values that the ledger can't know.
    RecordValues = "plan.record" "填报手工指标";
    /// Remind those who are behind.
    Remind = "plan.remind" "催办滞后单位";
    /// Keep budget lines and payments.
    KeepBudget = "plan.budget" "管理计划经费与支付";
    /// Hand a quarter's figures up.
    SubmitQuarters = "plan.submit_quarter" "报送季度数据";
    /// Approve quarters from below, or give them back.
    ApproveQuarters = "plan.approve_quarter" "审定下级季度数据";
    /// Make reports.
    MakeReports = "plan.report" "生成计划报告";
}

/// What the acts of this programme are called in the audit chain.
pub const ACTS: &[Label] = &[
    Label("plan.create", "新建工作计划"),
    Label("plan.change", "修改工作计划"),
    Label("plan.publish", "发布工作计划"),
    Label("plan.add_indicator", "新增指标"),
    Label("plan.change_indicator", "修改指标"),
    Label("plan.remove_indicator", "删除指标"),
    Label("plan.pay", "登记计划经费支付"),
    Label("plan.reverse_payment", "冲销计划经费支付"),
    Label("plan.record_value", "填报手工指标"),
    Label("plan.reverse_value", "冲销手工填报"),
    Label("plan.raise", "自行加码"),
    Label("plan.break_down", "下达分解指标"),
    Label("plan.change_line", "修改经费项目"),
    Label("plan.add_line", "新增经费项目"),
    Label("plan.answer_reminder", "办结催办"),
    Label("plan.remind", "催办"),
    Label("plan.submit_quarter", "报送季度数据"),
    Label("plan.decide_quarter", "审定或退回季度数据"),
    Label("plan.report", "生成计划报告"),
];
