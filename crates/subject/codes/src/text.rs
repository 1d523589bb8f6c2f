//! Cleaning of typed and pasted text, shared by every kind of number and name.

/// Full-width forms (Ａ, １, ．, ideographic blank) as the half-width signs they stand for.
pub fn half_width(text: &str) -> String {
    text.chars().map(narrow).collect()
}

fn narrow(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(sign),
        _ => sign,
    }
}

/// Signs that take no room on paper and come along when text is pasted from chats, web pages and spreadsheets.
pub fn is_invisible(sign: char) -> bool {
    matches!(sign,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
        || (sign.is_control() && !sign.is_whitespace())
}

/// What embeds, overrides and isolates a direction, and controls of old machines: nobody sees them, and a text with one is read
/// otherwise than it was written. Marks that only join or part the letters of Mongolian and Uighur are none, nor are the ends of
/// lines.
#[must_use]
pub fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') || (sign.is_control() && !sign.is_whitespace())
}

/// Takes out of a text what [is hidden](is_hidden) in it, and says whether there was any.
pub fn unhide(text: &mut String) -> bool {
    let before = text.len();
    text.retain(|sign| !is_hidden(sign));
    text.len() < before
}

/// Half-width and without invisible signs; blanks stay.
pub fn plain(text: &str) -> String {
    as_long_as(text, visible(text))
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&sign| !is_invisible(sign)).map(narrow)
}

/// Collects into room for the whole text at once: what filters can't say how much will be left, and asks for room in steps.
fn as_long_as(text: &str, signs: impl Iterator<Item = char>) -> String {
    let mut kept = String::with_capacity(text.len());
    kept.extend(signs);
    kept
}

/// A number as it is kept: half-width, no blanks, no invisible signs, without the apostrophe that marks text in a spreadsheet.
pub fn compact(text: &str) -> String {
    as_long_as(text, solid(text))
}

/// Whether nothing of a text would be left if it were made [`compact`].
pub fn is_blank(text: &str) -> bool {
    solid(text).next().is_none()
}

fn solid(text: &str) -> impl Iterator<Item = char> {
    let is_quote = |sign: &char| matches!(sign, '\'' | '\u{2018}' | '\u{2019}' | '`');
    visible(text).filter(|sign| !sign.is_whitespace()).skip_while(is_quote)
}

/// A number without the commas between its thousands; absent if one stands elsewhere, since `12,50` is no 1,250.
#[must_use]
pub fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    if let [first, between @ .., last] = groups.as_slice() {
        let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
        let is_first = first.ends_with(|sign: char| sign.is_ascii_digit()) && !first.contains('.');
        let is_apart = between.iter().all(|part| part.len() == 3 && digits(part) == 3) && digits(last) == 3;
        if !(is_first && is_apart) {
            return None;
        }
    }
    Some(groups.concat())
}

/// A decimal number times ten to the `places`; absent if it isn't a number or has more places.
pub fn scaled(text: &str, places: usize) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > places {
        return None;
    }
    format!("{whole}{fraction:0<places$}").parse().ok()
}

/// An integer with its last `places` digits behind a point, without zeros that say nothing, its thousands apart.
pub fn decimal(value: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let size = value.unsigned_abs();
    let width = usize::try_from(places).unwrap_or_default();
    let fraction = format!("{:0width$}", size % unit);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0 { "-" } else { "" };
    let whole = thousands_apart(size / unit);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// Money in yuan, with both digits behind the point and its thousands apart.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    format!("{sign}{}.{:02}", thousands_apart(fen / 100), fen % 100)
}

fn thousands_apart(number: u64) -> String {
    let digits = number.to_string();
    let behind = |at: usize| digits.len() - at;
    let apart = |(at, digit)| if at > 0 && behind(at).is_multiple_of(3) { vec![',', digit] } else { vec![digit] };
    digits.chars().enumerate().flat_map(apart).collect()
}

/// Whether a spreadsheet turned a long number into scientific notation (`1.10101E+17`): its last digits are lost for good.
pub fn looks_scientific(compact: &str) -> bool {
    let Some((mantissa, exponent)) = compact.split_once(['e', 'E']) else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let power = exponent.strip_prefix('+').unwrap_or(exponent);
    // A plain '1E17' can be part of a passport number; the point or the plus is what only a spreadsheet writes.
    let marked = mantissa.contains('.') || exponent.starts_with('+');
    marked
        && whole.len() == 1
        && all_digits(whole)
        && (fraction.is_empty() || all_digits(fraction))
        && power.len() <= 2
        && all_digits(power)
}

/// Whether the text is one or more ASCII digits.
pub(crate) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cleans_what_people_paste() {
        assert_eq!(compact(" １１０１０５\u{3000}1949\u{200B}1231 ００２ｘ\u{FEFF}"), "11010519491231002x");
        assert_eq!(compact("'13800138000\t"), "13800138000");
        assert_eq!(compact("'\u{200B}’ 138"), "138");
        assert_eq!(plain("张\u{200D} 三"), "张 三");
        assert!(is_blank("'\u{3000}\u{FEFF}"));
    }

    #[test]
    fn commas_part_thousands_and_nothing_else() {
        for (text, number) in [("1,234,567.80元", "1234567.80元"), ("-1,200", "-1200"), ("12.5", "12.5"), ("", "")] {
            assert_eq!(ungrouped(text).as_deref(), Some(number), "{text}");
        }
        for text in ["1,2", "12,50", "1,2000", ",200", "1.5,200", "1,200,", "1,,200", "1,2a4"] {
            assert_eq!(ungrouped(text), None, "{text}");
        }
    }

    #[test]
    fn writes_thousands_apart() {
        assert_eq!(decimal(999, 0), "999");
        assert_eq!(decimal(-1_234_567, 0), "-1,234,567");
        assert_eq!(decimal(123_450, 2), "1,234.5");
    }

    #[test]
    fn money_is_told_in_yuan() {
        assert_eq!([0, 5, 123_450, -5].map(yuan), ["0.00", "0.05", "1,234.50", "-0.05"]);
    }

    #[test]
    fn knows_scientific_notation() {
        for lost in ["1.10101E+17", "1.1e17", "1E+17", "1.38001E+10"] {
            assert!(looks_scientific(lost), "{lost}");
        }
        for kept in ["E12345678", "1E17", "12E34", "110101199003070011", "1.5", "E+17", "1.1E+", ""] {
            assert!(!looks_scientific(kept), "{kept}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*") {
            prop_assert_eq!(half_width(&half_width(&text)), half_width(&text));
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
            prop_assert_eq!(compact(&compact(&text)), compact(&text));
            prop_assert_eq!(is_blank(&text), compact(&text).is_empty());
        }
    }
}
