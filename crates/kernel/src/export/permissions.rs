//! What a second officer may do. Who may ask for an export is said by the kind of data.

crate::permissions! {
    /// Approve and refuse exports of many people's data that others asked for.
    Approve = "export.approve" "批准他人导出个人信息";
}
