//! Which signs are what.

/// The interpunct of personal names, and no other.
pub(super) const INTERPUNCT: char = '\u{B7}';

/// The interpunct and the dots that people type for it.
pub(super) fn is_interpunct(sign: char) -> bool {
    matches!(
        sign,
        INTERPUNCT
            | '.'
            | '\u{387}'
            | '\u{2022}'
            | '\u{2024}'
            | '\u{2027}'
            | '\u{2219}'
            | '\u{22C5}'
            | '\u{2E31}'
            | '\u{30FB}'
            | '\u{A78F}'
            | '\u{FF0E}'
            | '\u{FF65}'
    )
}

/// Every Han character, also those outside the first plane: GB 18030 reaches into planes 2 and 3, and Unicode adds to them.
pub(super) fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// Latin letters, with those that carry accents.
pub(super) fn is_latin(sign: char) -> bool {
    sign.is_ascii_alphabetic()
        || (sign.is_alphabetic() && matches!(sign, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
}

pub(super) fn is_private_use(sign: char) -> bool {
    matches!(sign, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

pub(super) fn is_emoji(sign: char) -> bool {
    matches!(sign, '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}
