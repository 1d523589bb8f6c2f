//! How tables and their columns are called in the copy that a person takes of what is kept of him; each programme says it of its
//! own, the kernel of what many have.

use super::erasing::erase::basis;
use crate::Word;

/// How a programme's table is told in the copy.
#[derive(Debug, Clone, Copy)]
pub struct Copied {
    /// The table.
    pub table: &'static str,
    /// What it holds of a person, as people read it.
    pub heading: &'static str,
    /// Its columns, but for those that are called alike everywhere.
    pub columns: &'static [Told],
}

/// How a column is told in the copy. A key's name stands without `_id`: it is what the key leads to. Sealed words are called as
/// in the place that they are sealed for.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub(super) name: &'static str,
    label: &'static str,
    pub(super) how: How,
}

/// In which way a column is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    /// As it stands.
    Plainly,
    /// Its codes in words.
    InWords(Word),
    /// As it stands, in rows whose other column has this code.
    Where(&'static str, &'static str),
    /// Not at all.
    Never,
}

impl Told {
    /// A column that people read as it stands.
    #[must_use]
    pub const fn plainly(name: &'static str, label: &'static str) -> Self {
        Self { name, label, how: How::Plainly }
    }

    /// A column of codes.
    #[must_use]
    pub const fn in_words(name: &'static str, label: &'static str, word: Word) -> Self {
        Self { name, label, how: How::InWords(word) }
    }

    /// A column that is told only where another column has a code.
    #[must_use]
    pub const fn only_where(name: &'static str, label: &'static str, other: &'static str, code: &'static str) -> Self {
        Self { name, label, how: How::Where(other, code) }
    }

    /// A column that stays with the union: what officers wrote for each other, or what is for the program alone though its name
    /// does not say so.
    #[must_use]
    pub const fn never(name: &'static str) -> Self {
        Self { name, label: "", how: How::Never }
    }
}

/// What columns are called that many tables have.
const EVERYWHERE: &[Told] = &[
    Told::plainly("id", "编号"),
    Told::plainly("day", "日期"),
    Told::plainly("device", "设备"),
    Told::plainly("event", "入会活动"),
    Told::plainly("fact", "台账记录"),
    Told::plainly("organisation", "工会"),
    Told::plainly("person", "本人档案"),
    Told::plainly("quantity", "数量"),
    Told::plainly("recorded_at", "记录时间"),
    Told::plainly("state", "状态"),
    Told::plainly("station", "驿站"),
    Told::plainly("worker_group", "职工群体"),
];

/// How the kernel's own tables are told.
pub(crate) const COPIED: &[Copied] = &[
    Copied {
        table: "ledger_merge",
        heading: "已并入本人档案的重复档案",
        columns: &[Told::plainly("survivor", "并入的档案")],
    },
    Copied {
        table: "person_erasure",
        heading: "个人信息删除记录",
        columns: &[Told::plainly("at", "删除时间"), Told::in_words("basis", "依据", basis)],
    },
    Copied {
        table: "session",
        heading: "登录记录",
        columns: &[
            // An officer's, whose sessions are nobody else's.
            Told::never("account_id"),
            Told::plainly("begun_at", "登录时间"),
            Told::plainly("used_at", "最近使用时间"),
        ],
    },
];

/// What people read for a column of a table; none for one that nobody named.
pub(super) fn label(columns: &[Told], name: &str) -> Option<String> {
    let known = |name: &str| columns.iter().chain(EVERYWHERE).find(|told| told.name == name).map(|told| told.label);
    let of_key = || known(name.strip_suffix("_id")?).map(|label| format!("{label}编号"));
    known(name).map(str::to_owned).or_else(of_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_called_as_its_table_says_or_else_as_everywhere() {
        let columns = [Told::plainly("state", "凭证状态"), Told::plainly("offer", "服务")];
        let called = |name| label(&columns, name).unwrap_or_default();
        assert_eq!([called("state"), called("day"), called("offer_id")], ["凭证状态", "日期", "服务编号"]);
        assert_eq!(label(&columns, "redeemed_at"), None);
    }
}
