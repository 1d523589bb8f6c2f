//! Unified social credit codes (GB 32100): which authority registered the body, what it is, and whether the digits hold.

use crate::{division, text};

/// The 31 signs in the order of their values; I, O, S, V and Z are left out because they look like digits.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;
/// Weights of GB 11714 for the organisation code in positions 9 to 16.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Sign and name of a department, then sign and name of each category.
type Department = (char, &'static str, &'static [(char, &'static str)]);

/// Registering departments and the categories known under each.
const DEPARTMENTS: [Department; 12] = [
    (
        '1',
        "机构编制",
        &[
            ('1', "机关"),
            ('2', "事业单位"),
            ('3', "群众团体"),
            ('9', "其他"),
        ],
    ),
    ('2', "外交", &[('1', "外国常驻新闻机构"), ('9', "其他")]),
    (
        '3',
        "司法行政",
        &[
            ('1', "律师执业机构"),
            ('2', "公证处"),
            ('3', "基层法律服务所"),
            ('4', "司法鉴定机构"),
            ('5', "仲裁委员会"),
            ('9', "其他"),
        ],
    ),
    ('4', "文化", &[('1', "外国在华文化中心"), ('9', "其他")]),
    (
        '5',
        "民政",
        &[
            ('1', "社会团体"),
            ('2', "民办非企业单位"),
            ('3', "基金会"),
            ('9', "其他"),
        ],
    ),
    (
        '6',
        "旅游",
        &[
            ('1', "外国旅游部门常驻代表机构"),
            ('2', "港澳台地区旅游部门常驻代表机构"),
            ('9', "其他"),
        ],
    ),
    (
        '7',
        "宗教",
        &[('1', "宗教活动场所"), ('2', "宗教院校"), ('9', "其他")],
    ),
    ('8', "工会", &[('1', "基层工会"), ('9', "其他")]),
    (
        '9',
        "市场监管",
        &[('1', "企业"), ('2', "个体工商户"), ('3', "农民专业合作社")],
    ),
    ('A', "军队编制", &[('1', "军队事业单位"), ('9', "其他")]),
    (
        'N',
        "农业农村",
        &[
            ('1', "组级集体经济组织"),
            ('2', "村级集体经济组织"),
            ('3', "乡镇级集体经济组织"),
            ('9', "其他"),
        ],
    ),
    ('Y', "其他", &[('1', "其他")]),
];

/// A unified social credit code whose check holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCode {
    /// The 18 signs.
    pub code: String,
    /// Registering department, in Chinese.
    pub department: &'static str,
    /// Category within the department, in Chinese, where known.
    pub category: Option<&'static str>,
    /// What is odd about it, though it is accepted.
    pub warnings: Vec<CreditCodeWarning>,
}

impl CreditCode {
    /// A grassroots union with legal personality (81…).
    pub fn is_grassroots_union(&self) -> bool {
        self.code.starts_with("81")
    }

    /// A mass organisation (13…), as which local federations are usually registered.
    pub fn is_mass_organisation(&self) -> bool {
        self.code.starts_with("13")
    }

    /// Whether a union may carry this code; an employer's code (91, 12, 52 …) belongs to another record.
    pub fn fits_union(&self) -> bool {
        self.code.starts_with('8') || self.is_mass_organisation()
    }
}

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

/// Reads a unified social credit code.
pub fn parse(raw: &str) -> Result<CreditCode, CreditCodeProblem> {
    let code: String = text::compact(raw)
        .chars()
        .filter(|&sign| sign != '-')
        .collect::<String>()
        .to_ascii_uppercase();
    let found = code.chars().count();
    if found == 0 {
        return Err(CreditCodeProblem::Empty);
    }
    if found != LENGTH {
        return Err(CreditCodeProblem::Length { found });
    }
    if let Some(at) = code.chars().position(|sign| !ALPHABET.contains(sign)) {
        return Err(CreditCodeProblem::Character { position: at + 1 });
    }
    let mut signs = code.chars();
    let (first, second) = (signs.next(), signs.next());
    let Some((_, department, categories)) =
        DEPARTMENTS.iter().find(|(sign, ..)| first == Some(*sign))
    else {
        return Err(CreditCodeProblem::Department);
    };
    if !text::all_digits(part(&code, 2, 8)) {
        return Err(CreditCodeProblem::Division);
    }
    if check_character(part(&code, 0, 17)) != code.chars().last() {
        return Err(CreditCodeProblem::Check);
    }
    let category = categories
        .iter()
        .find(|(sign, _)| second == Some(*sign))
        .map(|(_, name)| *name);
    let warnings = warnings(&code, category.is_some());
    Ok(CreditCode {
        code,
        department,
        category,
        warnings,
    })
}

fn warnings(code: &str, category_known: bool) -> Vec<CreditCodeWarning> {
    let mut warnings = Vec::new();
    if !category_known {
        warnings.push(CreditCodeWarning::UnknownCategory);
    }
    let place = part(code, 2, 8);
    // National bodies are registered under 100000, which is no province.
    if division::parse(place).is_err() && place != "100000" {
        warnings.push(CreditCodeWarning::UnknownDivision);
    }
    if organisation_check(part(code, 8, 16)) != part(code, 16, 17).chars().next() {
        warnings.push(CreditCodeWarning::OrganisationCheck);
    }
    warnings
}

fn part(code: &str, from: usize, to: usize) -> &str {
    code.get(from..to).unwrap_or_default()
}

/// The last sign that belongs to the first 17 (MOD 31); none when a sign is outside the alphabet.
pub fn check_character(body: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for sign in body.chars() {
        sum += ALPHABET.find(sign)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

fn organisation_check(body: &str) -> Option<char> {
    let mut sum = 0;
    for (sign, weight) in body.chars().zip(ORGANISATION_WEIGHTS) {
        sum += sign.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests;
