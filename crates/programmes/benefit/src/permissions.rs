//! What officers' roles hold of this programme.

use kernel::audit::Label;

kernel::permissions! {
    /// See offers, who claimed them, what was handed over, and places of redemption.
    SeeOffers = "benefit.view" "查看普惠服务";
    /// Make and change offers.
    KeepOffers = "benefit.keep" "编制普惠服务";
    /// Publish and close offers, and void what was claimed of them.
    PublishOffers = "benefit.publish" "发布、结束普惠服务";
    /// Keep places of redemption and their scanning links.
    KeepPartners = "benefit.partners" "管理核销点";
    /// Redeem vouchers, and take a redemption back.
    Redeem = "benefit.redeem" "核销凭证";
    /// Nominate people for benefits, and write objections down.
    Nominate = "benefit.nominate" "推荐普惠服务对象";
    /// Decide on nominations, show those approved publicly, answer objections.
    Approve = "benefit.approve" "审批推荐、公示和答复异议";
    /// Settle with places by month: answer disputes, settle, pay.
    Settle = "benefit.settle" "核销点月度结算";
    /// Export who claimed an offer, what was handed over, who is nominated, who comes to a batch, and the list of statements.
    ExportLists = "benefit.export" "导出普惠服务名单和结算";
    /// Keep the list of kinds.
    KeepKinds = "benefit.kinds" "管理普惠服务种类";
}

/// What the acts of this programme are called in the audit chain.
pub const ACTS: &[Label] = &[
    Label("benefits.create", "编制普惠服务"),
    Label("benefits.change", "修改普惠服务"),
    Label("benefits.publish", "发布普惠服务"),
    Label("benefits.close", "结束普惠服务"),
    Label("benefits.let_over_budget", "放行超出经费余额的普惠服务"),
    Label("benefits.amend", "更正普惠服务、延期、增加核销点或改经费项目"),
    Label("benefits.remove", "删除普惠服务草稿"),
    Label("benefits.add_round", "增加普惠服务场次"),
    Label("benefits.change_round", "修改普惠服务场次"),
    Label("benefits.remove_round", "删除普惠服务场次"),
    Label("benefits.pool_share", "分配给工会的名额转为共用"),
    Label("benefits.add_kind", "新增普惠服务种类"),
    Label("benefits.kind", "修改普惠服务种类"),
    Label("benefits.partner", "登记核销点"),
    Label("benefits.change_partner", "修改核销点"),
    Label("benefits.follow_site", "核销点随驿站登记更新"),
    Label("benefits.follow_merger", "普惠服务随工会合并转移"),
    Label("benefits.partner_key", "更换核销点扫码链接"),
    Label("benefits.redeem", "核销凭证"),
    Label("benefits.take_back", "撤销核销"),
    Label("benefits.void", "作废凭证"),
    Label("benefits.void_all", "作废一项服务待使用的凭证"),
    Label("benefits.nominate", "推荐普惠服务对象"),
    Label("benefits.withdraw_nomination", "撤回推荐"),
    Label("benefits.decide_nomination", "审批推荐"),
    Label("benefits.reopen_nomination", "重新审批推荐"),
    Label("benefits.leave_out", "推荐对象不再符合条件，未发放"),
    Label("benefits.show_nominations", "公示推荐对象"),
    Label("benefits.object", "对公示提出异议"),
    Label("benefits.answer_objection", "答复公示异议"),
    Label("benefits.add_batch", "安排体检、疗休养批次"),
    Label("benefits.call_off_batch", "取消体检、疗休养批次"),
    Label("benefits.change_batch", "修改体检、疗休养批次"),
    Label("benefits.remove_batch", "删除体检、疗休养批次"),
    Label("benefits.forget_companions", "体检、疗休养随行人信息到期删除"),
    Label("benefits.confirm_statement", "核销点确认结算单"),
    Label("benefits.dispute", "对结算单提出异议"),
    Label("benefits.answer_dispute", "答复结算单异议"),
    Label("benefits.settle", "结算核销点月度账"),
    Label("benefits.pay", "登记结算付款"),
];
