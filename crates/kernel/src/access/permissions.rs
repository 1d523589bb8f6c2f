//! What officers may do with accounts, roles and tokens.

crate::permissions! {
    /// See accounts, roles and tokens.
    View = "access.view" "查看账号、角色与接口令牌";
    /// Keep accounts.
    ManageAccounts = "access.accounts" "管理账号";
    /// Keep roles.
    ManageRoles = "access.roles" "管理角色";
    /// Keep other systems' tokens.
    ManageTokens = "access.tokens" "管理接口令牌";
    /// See how the rotation of the key goes, and set aside what can't be opened.
    ManageKeys = "access.keys" "查看密钥轮换、搁置无法解密的数据";
    /// Keep the register of impact assessments.
    Assess = "access.assess" "登记个人信息保护影响评估";
    /// Hand out rights that one does not exercise oneself; see [`super::offices::may_hand_out`].
    HandOut = "access.hand_out" "授予本人不行使的权限";
}
