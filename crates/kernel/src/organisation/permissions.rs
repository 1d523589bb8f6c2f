//! What officers may do with the tree and with what unions look after.

crate::permissions! {
    /// See organisations.
    View = "organisations.view" "查看工会组织";
    /// Found organisations and keep their particulars.
    Manage = "organisations.manage" "管理工会组织";
    /// Enter the steps of founding and election, with their papers.
    RecordSteps = "organisations.steps" "登记工会组建与换届";
    /// Move, merge, split and close organisations.
    Reshape = "organisations.reshape" "工会组织变更（划转、合并、分立、撤销）";
    /// See employers, platform companies, branches and head-counts.
    ViewWorkforce = "workforce.view" "查看用人单位与职工人数";
    /// Keep employers, platform companies, branches, head-counts and worker groups.
    ManageWorkforce = "workforce.manage" "管理用人单位与职工人数";
}
