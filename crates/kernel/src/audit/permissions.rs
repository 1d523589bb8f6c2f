//! What the audit administrator may do.

crate::permissions! {
    /// Read the audit chain.
    View = "audit.view" "查看审计记录";
    /// Take the audit chain away as a file.
    Export = "audit.export" "导出审计记录";
}
