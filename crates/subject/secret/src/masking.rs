//! What people see of a secret by default. Where a text has no known shape, less is shown rather than more.

mod address;

pub use address::address;

/// Interpunct of personal names.
const INTERPUNCT: char = '·';

/// A name of two characters keeps its first, a longer one its first and last: 张*, 欧*娜. With an interpunct the first
/// character and the interpuncts stay: 阿***·***.
#[must_use]
pub fn name(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    if characters.contains(&INTERPUNCT) {
        return characters
            .iter()
            .enumerate()
            .map(|(at, sign)| if at == 0 || *sign == INTERPUNCT { *sign } else { '*' })
            .collect();
    }
    match characters.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}*{last}"),
    }
}

/// An identity number keeps its first 3 and last 4 characters. Shorter papers (passports, permits) keep first 1 and last
/// 2, because 7 of 9 would be nearly all.
#[must_use]
pub fn document_number(number: &str) -> String {
    match number.chars().count() {
        15.. => keep(number, 3, 4),
        6..15 => keep(number, 1, 2),
        _ => keep(number, 0, 0),
    }
}

/// A mobile number keeps its first 3 and last 4 digits; any other number its last 4.
#[must_use]
pub fn phone(number: &str) -> String {
    match number.chars().count() {
        11 => keep(number, 3, 4),
        8.. => keep(number, 0, 4),
        _ => keep(number, 0, 0),
    }
}

/// A bank card or account shows four stars and its last 4 digits, whatever its length.
#[must_use]
pub fn bank_card(number: &str) -> String {
    let signs: Vec<char> = number.chars().filter(|sign| !sign.is_whitespace()).collect();
    let last = if signs.len() >= 8 { signs.len() - 4 } else { signs.len() };
    "****".chars().chain(signs.into_iter().skip(last)).collect()
}

/// Keeps some characters at both ends and puts a star for each of the rest.
fn keep(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    let shown = |at: usize| at < first || at + last >= length;
    text.chars().enumerate().map(|(at, sign)| if shown(at) { sign } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names() {
        for (whole, masked) in [
            ("张三", "张*"),
            ("张小三", "张*三"),
            ("欧阳娜娜", "欧*娜"),
            ("阿依古丽·买买提", "阿***·***"),
            ("𱁬好", "𱁬*"),
            ("王", "*"),
            ("", ""),
        ] {
            assert_eq!(name(whole), masked);
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(document_number("150102199003070015"), "150***********0015");
        assert_eq!(document_number("E12345678"), "E******78");
        assert_eq!(document_number("1234"), "****");
        assert_eq!(phone("13812345678"), "138****5678");
        assert_eq!(phone("04711234567"), "047****4567");
        assert_eq!(phone("12351"), "*****");
        assert_eq!(bank_card("6222 0000 0000 1234"), "****1234");
        assert_eq!(bank_card("1234"), "****");
        assert_eq!((bank_card("1234567"), bank_card("12345678")), ("****".to_owned(), "****5678".to_owned()));
    }

    proptest! {
        #[test]
        fn masks_hide_the_middle(number in "[0-9X]{5,25}") {
            prop_assert!(document_number(&number).contains('*'));
            prop_assert!(phone(&number).contains('*'));
            prop_assert!(bank_card(&number).contains('*'));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = (name(&text), document_number(&text), phone(&text), bank_card(&text), address(&text));
        }
    }
}
