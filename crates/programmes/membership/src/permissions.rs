//! What officers' roles hold of this programme.

use kernel::audit::Label;

kernel::permissions! {
    /// See members and their history.
    SeeMembers = "membership.view" "查看会员";
    /// Take applications at the desk.
    TakeApplications = "membership.apply" "代录入会申请";
    /// Approve and refuse applications.
    ApproveMembers = "membership.approve" "审批入会";
    /// Retain, restore, leave, expel, record a death.
    KeepMembers = "membership.keep" "办理会籍（保留、恢复、退会、除名）";
    /// Enter dues, and take entries back.
    KeepDues = "membership.keep_dues" "登记会费";
    /// Ask for and answer transfers.
    TransferMembers = "membership.transfer" "办理会籍转接";
    /// Export lists of members.
    ExportMembers = "membership.export" "导出会员名册";
    /// Import rosters.
    ImportMembers = "membership.import" "导入会员名册";
    /// See enrolment events, and the hall's page.
    SeeEvents = "membership.view_events" "查看集中入会活动";
    /// Make, change and close enrolment events.
    HoldEvents = "membership.hold_events" "举办集中入会活动";
    /// Hand over gift kits.
    HandOverKits = "membership.hand_over_kits" "发放入会礼包";
    /// See enrolment shares and the platform matrix.
    SeeEnrolment = "membership.view_enrolment" "查看入会率与建会情况";
    /// Answer what people ask about their personal data.
    AnswerPrivacy = "membership.answer_privacy" "答复个人信息请求";
}

/// What the acts of this programme are called in the audit chain.
pub const ACTS: &[Label] = &[
    Label("members.apply", "代办入会申请"),
    Label("members.approve", "批准入会"),
    Label("members.keep", "变更会籍状态"),
    Label("members.change_work", "更正会员的平台企业和工作单位"),
    Label("members.card", "打印会员证（含完整姓名）"),
    Label("dues.enter", "登记会费"),
    Label("dues.take_back", "撤回会费登记"),
    Label("dues.undo_table", "撤回整张会费表"),
    Label("lapses.talk", "登记与会员的谈话"),
    Label("lapses.leave", "按自动退会办结"),
    Label("members.follow_merger", "会籍随工会合并转移"),
    Label("members.transfer", "申请会籍转接"),
    Label("transfers.accept", "接收会籍转接"),
    Label("transfers.decline", "拒绝会籍转接"),
    Label("transfers.withdraw", "撤回会籍转接"),
    Label("imports.upload", "上传会员名册"),
    Label("imports.choose_columns", "指定名册各列内容"),
    Label("imports.check", "检查会员名册"),
    Label("imports.start", "导入会员名册"),
    Label("imports.cancel", "停止导入名册"),
    Label("imports.undo", "撤销导入名册"),
    Label("imports.empty", "清除导入名册原文"),
    Label("imports.bad_rows", "下载有问题的行"),
    Label("events.create", "创建入会活动"),
    Label("events.change", "修改入会活动"),
    Label("events.close", "结束入会活动"),
    Label("events.reopen", "恢复入会活动"),
    Label("events.hand_over_kit", "发放入会礼包"),
    Label("events.take_kit_back", "撤销入会礼包的发放"),
    Label("events.second_kit", "登记重复发放的礼包"),
    Label("consents.withdraw", "撤回同意"),
    Label("consents.give", "同意处理个人信息"),
    Label("privacy.export", "本人导出个人信息"),
    Label("privacy.answer", "答复个人信息请求"),
];
