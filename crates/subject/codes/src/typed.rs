//! Sixty-four bits as people read them aloud and type them: thirteen signs of Crockford's base32 in groups of four, four and
//! five. It knows no I, L, O and U: whoever types one of the first three means the digit that it looks like.

use crate::text::plain;

const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 13;

/// A number as it stands on a screen.
#[must_use]
pub fn written(number: u64) -> String {
    let mut text = String::with_capacity(LENGTH + 2);
    for left in (0..LENGTH).rev() {
        let sign = usize::try_from((number >> (5 * left)) & 31).ok().and_then(|sign| SIGNS.get(sign));
        text.extend(sign.map(|sign| char::from(*sign)));
        if [9, 5].contains(&left) {
            text.push(' ');
        }
    }
    text
}

/// The number that somebody typed: small letters, full-width forms, blanks and hyphens are read as they are meant.
#[must_use]
pub fn read(typed: &str) -> Option<u64> {
    let (mut number, mut length) = (0_u64, 0);
    for sign in plain(typed).chars().filter(|sign| !is_gap(*sign)) {
        number = number.checked_mul(32)? + value(sign)?;
        length += 1;
    }
    (length == LENGTH).then_some(number)
}

fn is_gap(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn value(sign: char) -> Option<u64> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        sign => sign,
    };
    let at = SIGNS.iter().position(|known| char::from(*known) == sign)?;
    u64::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stands_in_groups_and_is_read_as_meant() {
        assert_eq!(written(0), "0000 0000 00000");
        assert_eq!(written(u64::MAX), "FZZZ ZZZZ ZZZZZ");
        let meant = Some(33);
        for typed in ["0000 0000 00011", "oOo0-0000-000il", "００００　００００—０００１Ｌ", " 000000000001\u{200B}I\n"]
        {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        let long = "0".repeat(500);
        for typed in ["", "0000 0000 0000", "0000 0000 000000", "0000 0000 0000U", "G000 0000 00000", "零", &long] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(number: u64) {
            prop_assert_eq!(read(&written(number)), Some(number));
            prop_assert_eq!(read(&written(number).to_lowercase().replace(' ', "-")), Some(number));
        }

        #[test]
        fn one_wrong_sign_and_two_neighbours_swapped_are_another_number(
            number: u64, at in 0..LENGTH, sign in 0..SIGNS.len(),
        ) {
            let right: Vec<u8> = written(number).replace(' ', "").into_bytes();
            let mut wrong = right.clone();
            wrong[at] = SIGNS[sign];
            let mut swapped = right.clone();
            swapped.swap(at, (at + 1).min(LENGTH - 1));
            for typed in [wrong, swapped] {
                let is_right = typed == right;
                prop_assert_eq!(read(&String::from_utf8(typed).unwrap()) == Some(number), is_right);
            }
        }

        #[test]
        fn nonsense_never_panics(typed in "\\PC{0,40}") {
            if let Some(number) = read(&typed) {
                prop_assert_eq!(read(&written(number)), Some(number));
            }
        }
    }
}
