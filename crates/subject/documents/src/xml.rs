//! Text as the XML of office files can hold it.

use std::borrow::Cow;

/// The text with blanks for the signs that XML 1.0 has no way to write, such as come along when something is pasted: with one of
/// them in it, no word processor opens the whole file.
pub(crate) fn held(text: &str) -> Cow<'_, str> {
    let is_lost =
        |sign: char| matches!(sign, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(is_lost) { Cow::Owned(text.replace(is_lost, " ")) } else { Cow::Borrowed(text) }
}
