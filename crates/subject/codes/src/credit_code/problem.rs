//! What can be wrong or odd with a credit code.

/// What is odd about a code that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeWarning {
    /// The category is in no published table.
    #[error("该代码的机构类别不在公布的代码表中，请核对证书。")]
    UnknownCategory,
    /// The place of registration is in no province.
    #[error("该代码第3至8位不是已知的行政区划，请核对证书。")]
    UnknownDivision,
    /// The organisation code within does not fit its own check.
    #[error("该代码第9至17位（组织机构代码）的校验位不符，请核对证书。")]
    OrganisationCheck,
}

impl CreditCodeWarning {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownCategory => "credit_code_unknown_category",
            Self::UnknownDivision => "credit_code_unknown_division",
            Self::OrganisationCheck => "credit_code_organisation_check",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// Why a code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditCodeProblem {
    /// Nothing was typed.
    #[error("请填写统一社会信用代码。")]
    Empty,
    /// Not 18 signs.
    #[error("统一社会信用代码应为18位，现在是{found}位，请核对是否漏录或多录。")]
    Length {
        /// Signs found.
        found: usize,
    },
    /// A letter that no code contains.
    #[error(
        "第{position}位不对：统一社会信用代码只有数字和大写字母，且不含I、O、S、V、Z，请核对是否把数字1、0、5、2看成了字母。"
    )]
    Character {
        /// Counted from 1.
        position: usize,
    },
    /// The first sign is no department.
    #[error("统一社会信用代码的第1位不是任何登记管理部门，请核对。")]
    Department,
    /// Letters where the division stands.
    #[error("统一社会信用代码的第3至8位应为数字，请核对。")]
    Division,
    /// The check does not hold.
    #[error("统一社会信用代码的校验位不符，至少有一位录错，请对照证书逐位核对。")]
    Check,
}

impl CreditCodeProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "credit_code_empty",
            Self::Length { .. } => "credit_code_length",
            Self::Character { .. } => "credit_code_character",
            Self::Department => "credit_code_department",
            Self::Division => "credit_code_division",
            Self::Check => "credit_code_check",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}
