//! What people agree to before they join on the phone, and why nothing goes on once they took it back.

use kernel::consent::Purpose;

kernel::refusals! {
    /// Why what rests on a consent ends.
    pub enum ConsentEnded {
        /// Taken back before the application was approved: nothing else allows to go on with it.
        Withdrawn = 409 "consent_withdrawn"
            "本人已撤回线上入会时作出的同意，这份申请不能批准。本人愿意继续的，请其在手机“我的个人信息”中重新同意；否则请不予批准。",
    }
}

/// An application to the union (PIPL, articles 13 to 17).
pub const JOINING: Purpose = Purpose {
    code: "membership",
    label: "办理入会和提供会员服务",
    version: "2026-1",
    text: "您所申请加入的工会及其上级工会（个人信息处理者）将收集您的姓名、证件类型和号码、手机号码、职工群体和\
所属平台企业，用于办理入会、转接会籍、发放会员证和入会礼遇、提供工会服务并记录服务情况，保存期限为会籍存续期间及终止后\
法律规定的期限。证件号码和手机号码加密保存，页面上遮盖显示；工会干部查看原文须填写理由并留下记录，您可以看到是谁、何时、\
为何查看。活动如赠送保障，工会会在为您投保时把投保必需的信息提供给承保机构。您可以随时在“我的—个人信息”中查阅、更正、导出、\
申请删除您的信息，或撤回本同意；撤回不影响撤回前的处理。不同意将无法在线办理入会，您仍可到工会窗口申请。",
    ends: "撤回后停止的：扫码提交、还没批准的入会申请不再批准；工会不再把您列入入会后的回访名单；办理会籍的工会干部会看到您\
已撤回，不应再凭这项同意使用或对外提供您的信息。不受影响的：已是会员的，会籍不因此终止，会籍、会费和服务记录由工会依法继续\
保存；撤回前已办的事仍然有效。想退会的，请联系所在工会；想删除信息的，请在本页下方提出申请。您可以随时在本页重新同意。",
    on_withdraw: None,
};
