//! Mobile numbers. A number can change hands, so it is never an identity; it is where a code is sent.

use crate::text;

/// Why a mobile number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneProblem {
    /// Nothing was typed.
    #[error("请填写手机号码。")]
    Empty,
    /// A spreadsheet has lost digits.
    #[error("手机号码被表格软件改成了科学计数法，后几位已丢失。请把该列设为“文本”后重新录入。")]
    Rounded,
    /// Something other than digits.
    #[error("手机号码只能是数字，请删去其他字符；有两个号码时只填一个。")]
    NotDigits,
    /// A fixed line.
    #[error("这是固定电话号码，收不到验证码，请填写11位手机号码。")]
    Landline,
    /// A card for machines, which no person answers.
    #[error("这是物联网专用号码（14开头13位），不能用于个人，请填写本人的手机号码。")]
    MachineCard,
    /// Not eleven digits.
    #[error("手机号码应为11位，现在是{found}位，请核对是否漏录或多录。")]
    Length {
        /// Digits found.
        found: usize,
    },
    /// Eleven digits that no operator gives to a mobile.
    #[error("这不是有效的手机号码，手机号码以13至19开头，请核对。")]
    NotMobile,
}

impl PhoneProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "phone_empty",
            Self::Rounded => "phone_rounded_by_spreadsheet",
            Self::NotDigits => "phone_not_digits",
            Self::Landline => "phone_landline",
            Self::MachineCard => "phone_machine_card",
            Self::Length { .. } => "phone_length",
            Self::NotMobile => "phone_not_mobile",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// The eleven digits of a mainland mobile number, however it was typed.
pub fn normalise(raw: &str) -> Result<String, PhoneProblem> {
    let compact = text::compact(raw);
    if compact.is_empty() {
        return Err(PhoneProblem::Empty);
    }
    if text::looks_scientific(&compact) {
        return Err(PhoneProblem::Rounded);
    }
    // A number column read as a decimal prints '13800138000.0'; nothing is lost there.
    let joined: String =
        compact.strip_suffix(".0").unwrap_or(&compact).chars().filter(|sign| !is_separator(*sign)).collect();
    let number = without_country(&joined);
    if !text::all_digits(number) {
        return Err(PhoneProblem::NotDigits);
    }
    check(number)?;
    Ok(number.to_owned())
}

fn is_separator(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '(' | ')')
}

fn without_country(number: &str) -> &str {
    if let Some(rest) = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086")) {
        return rest;
    }
    match number.strip_prefix("86") {
        Some(rest) if rest.len() == 11 && rest.starts_with('1') => rest,
        _ => number,
    }
}

fn check(number: &str) -> Result<(), PhoneProblem> {
    let found = number.len();
    if found == 13 && number.starts_with("14") {
        return Err(PhoneProblem::MachineCard);
    }
    if number.starts_with('0') && (10..=12).contains(&found) {
        return Err(PhoneProblem::Landline);
    }
    if found != 11 {
        return Err(PhoneProblem::Length { found });
    }
    let mut signs = number.chars();
    if signs.next() == Some('1') && signs.next().is_some_and(|second| second >= '3') {
        Ok(())
    } else {
        Err(PhoneProblem::NotMobile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_every_usual_spelling() {
        for typed in [
            "13800138000",
            "+86 138-0013-8000",
            "0086 13800138000",
            "8613800138000",
            "１３８００１３８０００",
            "(+86)138 0013 8000",
            "13800138000.0",
        ] {
            assert_eq!(normalise(typed), Ok("13800138000".to_owned()), "{typed}");
        }
    }

    #[test]
    fn refuses_with_a_reason() {
        for (typed, problem) in [
            ("", PhoneProblem::Empty),
            ("1.38001E+10", PhoneProblem::Rounded),
            ("13800138000/13900139000", PhoneProblem::NotDigits),
            ("0471-6680123", PhoneProblem::Landline),
            ("1440012345678", PhoneProblem::MachineCard),
            ("1380013800", PhoneProblem::Length { found: 10 }),
            ("12800138000", PhoneProblem::NotMobile),
            ("23800138000", PhoneProblem::NotMobile),
        ] {
            assert_eq!(normalise(typed), Err(problem), "{typed}");
            assert!(problem.message().ends_with('。') && problem.code().starts_with("phone_"));
        }
    }

    proptest! {
        #[test]
        fn every_mobile_is_taken_and_stays(number in "1[3-9][0-9]{9}", prefix in "(\\+86|0086|86)?") {
            let normal = normalise(&format!("{prefix}{number}")).unwrap();
            prop_assert_eq!(&normal, &number);
            prop_assert_eq!(normalise(&normal), Ok(number));
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = normalise(&text);
        }
    }
}
