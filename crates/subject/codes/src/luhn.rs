//! Bank card and union fund account numbers. The Luhn check only warns: account numbers need not follow it.

use crate::text;

/// An account number in its normal form.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountNumber {
    /// Digits only.
    pub number: String,
    /// Whether the last digit is the Luhn check digit.
    pub luhn: bool,
}

impl std::fmt::Debug for AccountNumber {
    // A bank account is a secret; it must not reach a log by way of a debug print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountNumber").field("luhn", &self.luhn).finish_non_exhaustive()
    }
}

impl AccountNumber {
    /// What to tell the person when the check digit does not fit.
    pub fn warning(&self) -> Option<&'static str> {
        (!self.luhn).then_some("账号的校验位不符，可能有数字录错，请对照银行卡或开户许可证核对。")
    }
}

/// Why an account number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountProblem {
    /// Nothing was typed.
    #[error("请填写银行账号。")]
    Empty,
    /// A spreadsheet has lost digits.
    #[error("账号被表格软件改成了科学计数法，后几位已丢失。请把该列设为“文本”后重新录入。")]
    Rounded,
    /// Something other than digits.
    #[error("银行账号只能是数字，请删去其他字符。")]
    NotDigits,
    /// Too short or too long for an account.
    #[error("银行账号应为8至32位数字，请核对是否漏录或多录。")]
    Length,
}

impl AccountProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "account_empty",
            Self::Rounded => "account_rounded_by_spreadsheet",
            Self::NotDigits => "account_not_digits",
            Self::Length => "account_length",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// Reads an account number; hyphens and blanks between groups are dropped.
pub fn parse(raw: &str) -> Result<AccountNumber, AccountProblem> {
    let number: String = text::compact(raw).chars().filter(|&sign| sign != '-').collect();
    if number.is_empty() {
        return Err(AccountProblem::Empty);
    }
    if text::looks_scientific(&number) {
        return Err(AccountProblem::Rounded);
    }
    if !text::all_digits(&number) {
        return Err(AccountProblem::NotDigits);
    }
    if !(8..=32).contains(&number.len()) {
        return Err(AccountProblem::Length);
    }
    let luhn = is_luhn(&number);
    Ok(AccountNumber { number, luhn })
}

/// Whether digits end in their Luhn check digit.
pub fn is_luhn(digits: &str) -> bool {
    !digits.is_empty() && sum(digits, false).is_some_and(|sum| sum.is_multiple_of(10))
}

/// The Luhn check digit that belongs behind digits; absent behind anything else.
pub fn check_digit(digits: &str) -> Option<u32> {
    sum(digits, true).map(|sum| (10 - sum % 10) % 10)
}

/// The digits' sum, every other one doubled from behind: the last one if a check digit is to follow it.
fn sum(digits: &str, doubles_last: bool) -> Option<u32> {
    let mut doubles = doubles_last;
    let mut sum = 0;
    for sign in digits.chars().rev() {
        let digit = sign.to_digit(10)?;
        let share = if doubles { digit * 2 } else { digit };
        sum += share / 10 + share % 10;
        doubles = !doubles;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn warns_but_accepts() {
        assert!(parse("6222 0000 0000 0007").is_ok_and(|account| account.number == "6222000000000007"));
        let good = parse("79927398713").unwrap();
        assert_eq!(good.warning(), None);
        assert!(parse("79927398714").unwrap().warning().is_some());
        assert!(!format!("{good:?}").contains("7992"));
    }

    #[test]
    fn refuses_what_is_no_number() {
        assert_eq!(parse(" "), Err(AccountProblem::Empty));
        assert_eq!(parse("6.222E+18"), Err(AccountProblem::Rounded));
        assert_eq!(parse("6222a"), Err(AccountProblem::NotDigits));
        assert_eq!(parse("6222"), Err(AccountProblem::Length));
        for (length, is_account) in [(7, false), (8, true), (32, true), (33, false)] {
            assert_eq!(parse(&"1".repeat(length)).is_ok(), is_account, "{length}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_noticed(digits in "[0-9]{9,18}", place in 0usize..18, other in 1u32..10) {
            let check = format!("{digits}{}", check_digit(&digits).unwrap());
            prop_assert!(is_luhn(&check));
            let place = place % check.len();
            let wrong: String = check.chars().enumerate()
                .map(|(at, sign)| if at == place { char::from_digit((sign.to_digit(10).unwrap() + other) % 10, 10).unwrap() } else { sign })
                .collect();
            prop_assert!(!is_luhn(&wrong));
        }
    }
}
