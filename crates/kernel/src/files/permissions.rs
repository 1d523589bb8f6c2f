//! What officers may do with attachments.

crate::permissions! {
    /// Take attachments away.
    View = "attachments.view" "查看附件";
    /// Hand attachments in.
    Add = "attachments.add" "上传附件";
}
