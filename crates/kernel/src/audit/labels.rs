use crate::{House, person::PHONE_GIVEN_UP};

/// An act's code and what people read for it; each programme declares its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label(
    /// The act's code: `members.approve`.
    pub &'static str,
    /// What people read.
    pub &'static str,
);

/// The kernel's own acts.
pub const LABELS: &[Label] = &[
    Label("session.begin", "登录"),
    Label("session.refuse", "登录失败"),
    Label("session.refuse_code", "登录口令错误"),
    Label("session.refuse_worker", "会员登录验证码错误"),
    Label("session.end", "退出登录"),
    Label("session.begin_at_provider", "统一登录"),
    Label("session.end_others", "退出其他设备上的登录"),
    Label("single_sign_on.bind", "绑定统一登录"),
    Label("single_sign_on.loosen", "解除统一登录绑定"),
    Label("single_sign_on.expect", "登记统一登录邮箱"),
    Label("second_factor.set", "设置动态口令"),
    Label("second_factor.remove", "移除自己的动态口令"),
    Label("second_factor.take_away", "移除他人的动态口令"),
    Label("second_factor.recover", "使用恢复码"),
    Label("accounts.create", "新建账号"),
    Label("accounts.update", "修改账号或其角色"),
    Label("accounts.enable", "启用账号"),
    Label("accounts.disable", "停用账号"),
    Label("accounts.change_password", "修改自己的密码"),
    Label("accounts.reset_password", "重置他人密码"),
    Label("roles.create", "新建角色"),
    Label("roles.update", "修改角色"),
    Label("roles.delete", "删除角色"),
    Label("keys.rotate", "轮换密钥"),
    Label("keys.resealed", "旧数据已用新密钥重新加密"),
    Label("keys.set_aside", "搁置无法解密的数据"),
    Label("events.skip", "跳过办不成的后续处理"),
    Label("jobs.try_again", "重新安排停下的后台任务"),
    Label("jobs.set_aside", "搁置停下的后台任务"),
    Label("tokens.create", "新建接口令牌"),
    Label("tokens.delete", "收回接口令牌"),
    Label("terms.pause", "暂停办理期限"),
    Label("terms.resume", "恢复办理期限"),
    Label("organisations.create", "新建工会组织"),
    Label("organisations.update", "修改工会组织"),
    Label("organisations.move", "工会组织划转"),
    Label("organisations.merge", "工会组织合并"),
    Label("organisations.split", "工会组织分立"),
    Label("organisations.close", "工会组织撤销"),
    Label("organisations.step", "登记工会组建步骤"),
    Label("organisations.take_step_back", "撤回工会组建步骤"),
    Label("employers.create", "新建用人单位"),
    Label("employers.update", "修改用人单位"),
    Label("platforms.create", "新建平台企业"),
    Label("platforms.update", "修改平台企业"),
    Label("branches.create", "新建平台网点"),
    Label("branches.update", "修改平台网点"),
    Label("head_counts.enter", "填报职工人数"),
    Label("worker_groups.create", "新建职工群体"),
    Label("worker_groups.update", "修改职工群体"),
    Label("rule_packs.set", "设置规则参数"),
    Label("calendar.save", "保存工作日历"),
    Label("ledger.record", "登记服务记录"),
    Label("ledger.reverse", "冲销服务记录"),
    Label("people.update", "修改职工档案"),
    Label("people.bind_phone", "登记手机号码"),
    Label(PHONE_GIVEN_UP, "手机号码换过主人，从档案取下"),
    Label("people.add_paper", "添加证件"),
    Label("people.correct_paper", "更正证件"),
    Label("people.remove_paper", "删除证件"),
    Label("people.reveal", "查看敏感信息原文"),
    Label("people.misses", "按号码查找多次没有找到人"),
    Label("people.merge", "合并重复职工"),
    Label("people.erase", "职工档案匿名化"),
    Label("people.hold", "设置法定保留"),
    Label("people.lift_hold", "解除法定保留"),
    Label("audit.checkpoints", "取走审计链检查点"),
    Label("attachments.add", "上传附件"),
    Label("attachments.fetch", "下载附件"),
    Label("attachments.expire", "删除到期的附件"),
    Label("rows_back.send", "退回导入时有问题的行"),
];

/// What people read for an act; its code if nobody declares it.
#[must_use]
pub fn label<'a>(house: &House, action: &'a str) -> &'a str {
    let all = house.programmes().iter().flat_map(|programme| programme.acts);
    all.filter(|label| label.0 == action).map(|label| label.1).next().unwrap_or(action)
}
