//! The numbers of exports, from the rulebook.

use crate::rulebook::RuleDefinition;

/// Up to how many rows about people one officer takes away in a day without a second one.
pub const ROWS: RuleDefinition = RuleDefinition {
    code: "export.rows_without_approval",
    label: "每人每天导出个人信息免批准的最多行数",
    unit: "行",
    default: 200,
    source: "《中华人民共和国个人信息保护法》第五十一条；行数为系统默认值",
};

/// How long a file can be fetched.
pub const KEPT_DAYS: RuleDefinition = RuleDefinition {
    code: "export.kept_days",
    label: "导出文件的保存期限",
    unit: "天",
    default: 7,
    source: "《中华人民共和国个人信息保护法》第十九条；天数为系统默认值",
};

/// The definitions, for the rulebook.
pub const ALL: &[RuleDefinition] = &[ROWS, KEPT_DAYS];
