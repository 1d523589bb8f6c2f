//! What officers may do with people's records.

crate::permissions! {
    /// See people, masked, and what was done for them.
    View = "people.view" "查看职工档案（脱敏）";
    /// Keep names, phones, papers and worker groups.
    Manage = "people.manage" "维护职工档案";
    /// Open one masked field of one person, with a reason.
    Reveal = "people.reveal" "查看敏感信息原文";
    /// Place and lift legal holds, which keep a record from being erased.
    Hold = "people.hold" "设置和解除法定保留";
    /// Find records that are one person and merge them.
    Merge = "people.merge" "合并重复职工";
}
