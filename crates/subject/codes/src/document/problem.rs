//! What can be wrong or odd with a paper's number. Neither names the number: messages travel into logs and lists.

use super::DocumentKind;

/// Why a number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentProblem {
    /// Nothing was typed.
    #[error("请填写证件号码。")]
    Empty,
    /// A spreadsheet has lost the last digits.
    #[error("证件号码被表格软件改成了科学计数法，后几位已丢失，无法恢复。请把该列设为“文本”后按证件重新录入。")]
    Rounded,
    /// A card of the first generation.
    #[error(
        "这是15位的第一代身份证号码，已停止使用。请按现用身份证填写18位号码（一般是在前6位后加“19”、末尾加“{check}”，以证件为准）。"
    )]
    FirstGeneration {
        /// Last sign of the number of today.
        check: char,
    },
    /// Too many or too few signs.
    #[error("{}号码应为18位，现在是{found}位，请核对是否漏录或多录。", kind.label())]
    Length {
        /// Kind that was named.
        kind: DocumentKind,
        /// Signs found.
        found: usize,
    },
    /// A sign that can't stand there.
    #[error("号码第{position}位不对：只能是数字（仅最后一位可以是X），请核对。")]
    Character {
        /// Counted from 1.
        position: usize,
    },
    /// Not built like a number of its kind.
    #[error("这不是{}的号码，{}，请核对。", kind.label(), build(*kind))]
    Shape {
        /// Kind that was named.
        kind: DocumentKind,
    },
    /// Built like a number of another kind.
    #[error("这像是{}的号码，请改选证件类型，或核对号码。", looks_like.label())]
    WrongKind {
        /// The kind that it is built like.
        looks_like: DocumentKind,
    },
    /// No province begins like this.
    #[error("号码中的省级代码不存在，请对照证件核对前几位。")]
    Province,
    /// No such day.
    #[error("号码中的出生日期不是真实日期，请对照证件核对第7至14位。")]
    BirthDate,
    /// Born before 1900.
    #[error("号码中的出生年份早于1900年，请对照证件核对第7至10位。")]
    BornTooEarly,
    /// Born after today.
    #[error("号码中的出生日期在今天之后，请对照证件核对第7至14位。")]
    BornInFuture,
    /// The check does not hold.
    #[error("号码的校验位不符，至少有一位录错，请对照证件逐位核对。")]
    Check,
}

impl DocumentProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "document_empty",
            Self::Rounded => "document_rounded_by_spreadsheet",
            Self::FirstGeneration { .. } => "document_first_generation",
            Self::Length { .. } => "document_length",
            Self::Character { .. } => "document_character",
            Self::Shape { .. } => "document_shape",
            Self::WrongKind { .. } => "document_wrong_kind",
            Self::Province => "document_province",
            Self::BirthDate => "document_birth_date",
            Self::BornTooEarly => "document_born_too_early",
            Self::BornInFuture => "document_born_in_future",
            Self::Check => "document_check",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

fn build(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::CitizenNumber => "应为18位公民身份号码",
        DocumentKind::HkMoTwResidence => "应为以810000、820000或830000开头的18位号码",
        DocumentKind::ForeignPermanentResident => "应为以9开头的18位号码",
        DocumentKind::ForeignPermanentResident2017 => "应为3个字母加12位数字",
        DocumentKind::HkMoTravel => "应为H或M加8位数字",
        DocumentKind::TaiwanTravel => "应为8位数字",
        DocumentKind::Passport => "应为5至17位字母或数字",
    }
}

/// What is odd about a number that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DocumentWarning {
    /// The first six digits can't be those of a county, past or present.
    #[error("号码前6位不像县级行政区划代码，请对照证件核对。")]
    UnknownDivision,
    /// It ends in 000, as numbers do that a spreadsheet has shortened.
    #[error("号码以000结尾，可能被表格软件改动过，请对照证件核对后4位。")]
    MaybeRounded,
    /// Older than people usually get.
    #[error("按号码推算年龄超过110岁，请对照证件核对出生年份。")]
    VeryOld,
}

impl DocumentWarning {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownDivision => "document_unknown_division",
            Self::MaybeRounded => "document_maybe_rounded",
            Self::VeryOld => "document_very_old",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}
