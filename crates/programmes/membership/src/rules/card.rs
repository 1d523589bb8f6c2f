//! The number on the card: six digits of the union's division, nine of a running number, one check digit (Luhn), so that
//! a number typed wrong at the desk is noticed.

use codes::luhn::{check_digit, is_luhn};

/// The longest running number.
pub const LAST_SERIAL: i64 = 999_999_999;

/// The division that a card number begins with; zeros where the union's place is not known.
#[must_use]
pub fn prefix(division: Option<&str>, code: &str) -> String {
    let six = |text: &str| {
        let digits: String = text.chars().take(6).collect();
        (digits.len() == 6 && digits.bytes().all(|sign| sign.is_ascii_digit())).then_some(digits)
    };
    division.and_then(six).or_else(|| six(code)).unwrap_or_else(|| "000000".to_owned())
}

/// The card number of a running number; `None` beyond the last.
#[must_use]
pub fn number(prefix: &str, serial: i64) -> Option<String> {
    if !(1..=LAST_SERIAL).contains(&serial) {
        return None;
    }
    let body = format!("{prefix}{serial:09}");
    check_digit(&body).map(|check| format!("{body}{check}"))
}

/// Whether a text could be a card number.
#[must_use]
pub fn is_number(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|sign| sign.is_ascii_digit()) && is_luhn(text)
}

/// The number in groups of four, as it stands on the card.
#[must_use]
pub fn spaced(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prefixes_and_groups() {
        assert_eq!(prefix(Some("150102"), "x"), "150102");
        assert_eq!(prefix(Some("150102004"), "x"), "150102");
        assert_eq!(prefix(None, "150102G0007"), "150102");
        assert_eq!(prefix(None, "G7"), "000000");
        assert_eq!(spaced("1501020000000014"), "1501 0200 0000 0014");
        assert_eq!(number("150102", 0), None);
        assert_eq!(number("150102", LAST_SERIAL + 1), None);
    }

    proptest! {
        #[test]
        fn numbers_differ_and_check(a in 1..=LAST_SERIAL, b in 1..=LAST_SERIAL, place in 0_usize..16, other in 1_u8..10) {
            let (first, second) = (number("150102", a).unwrap(), number("150102", b).unwrap());
            prop_assert!(is_number(&first));
            prop_assert_eq!(a == b, first == second);
            let mut wrong = first.into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + other) % 10;
            prop_assert!(!is_number(std::str::from_utf8(&wrong).unwrap()));
        }
    }
}
