//! Personal names: one normal form, and a key by which a name is found whichever interpunct is typed, or none.

mod private_use;
mod signs;

use unicode_normalization::UnicodeNormalization;

use crate::text;
use signs::{INTERPUNCT, is_emoji, is_han, is_interpunct, is_latin, is_private_use};

/// Longest name, in characters.
pub const LONGEST: usize = 50;

/// Why a name is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing was typed.
    #[error("请填写姓名。")]
    Empty,
    /// Longer than any name on a paper.
    #[error("姓名最多50个字，现在是{found}个字，请只填写姓名。")]
    TooLong {
        /// Characters found.
        found: usize,
    },
    /// Begins or ends with an interpunct.
    #[error("姓名的开头和结尾不能是间隔号“·”，请删去。")]
    EdgeInterpunct,
    /// Two interpuncts in a row.
    #[error("姓名中有连续的间隔号“·”，请只保留一个。")]
    DoubledInterpunct,
    /// A digit.
    #[error("姓名中不能有数字，请按证件填写。")]
    Digit,
    /// An emoji or picture sign.
    #[error("姓名中不能有表情符号，请按证件填写。")]
    Emoji,
    /// A character that only one computer's font can show.
    #[error("姓名第{position}个字是自造字，别的电脑无法显示，请用输入法重新录入该字（生僻字可用笔画或部首输入）。")]
    PrivateUse {
        /// Counted from 1.
        position: usize,
    },
    /// Han and Latin letters mixed.
    #[error("姓名中混有汉字和字母，请按证件只填写一种。")]
    Mixed,
    /// A sign that names on papers do not have.
    #[error("姓名中不能有“{sign}”，请按证件填写姓名。")]
    Sign {
        /// The sign.
        sign: char,
    },
}

impl NameProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "name_empty",
            Self::TooLong { .. } => "name_too_long",
            Self::EdgeInterpunct => "name_edge_interpunct",
            Self::DoubledInterpunct => "name_doubled_interpunct",
            Self::Digit => "name_digit",
            Self::Emoji => "name_emoji",
            Self::PrivateUse { .. } => "name_private_use",
            Self::Mixed => "name_mixed",
            Self::Sign { .. } => "name_sign",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// The normal form: Han names without blanks and with U+00B7 between their parts, Latin names in capitals with single blanks.
/// What the paper prints may differ and is kept beside.
pub fn normalise(raw: &str) -> Result<String, NameProblem> {
    let name = fold(raw);
    check(&name)?;
    Ok(name)
}

/// The key by which a name is sought. It never fails, so that half a name in a search box works too; it proposes candidates
/// only, the identity number decides.
pub fn match_key(raw: &str) -> String {
    fold(raw).chars().filter(|&sign| sign != INTERPUNCT).collect()
}

/// Everything that can be mended without asking.
fn fold(raw: &str) -> String {
    // Nearly all names: nothing below changes one of these.
    if raw.chars().all(|sign| matches!(sign, '\u{4E00}'..='\u{9FFF}')) {
        return raw.to_owned();
    }
    fold_any(raw)
}

fn fold_any(raw: &str) -> String {
    let signs: String = text::plain(raw).chars().map(private_use::modern).nfc().collect();
    if signs.chars().any(is_latin) && !signs.chars().any(is_han) { fold_latin(&signs) } else { fold_han(&signs) }
}

fn fold_han(signs: &str) -> String {
    signs
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| if is_interpunct(sign) { INTERPUNCT } else { sign })
        .collect()
}

fn fold_latin(signs: &str) -> String {
    let capitals: String = signs.chars().map(straight).flat_map(char::to_uppercase).nfc().map(straight).collect();
    capitals.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Latin names keep hyphen and apostrophe; what else stands between parts counts as a blank.
fn straight(sign: char) -> char {
    match sign {
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' | '\u{B4}' => '\'',
        '\u{2010}'..='\u{2015}' => '-',
        ',' => ' ',
        sign if is_interpunct(sign) => ' ',
        sign => sign,
    }
}

fn check(name: &str) -> Result<(), NameProblem> {
    let found = name.chars().count();
    if found == 0 {
        return Err(NameProblem::Empty);
    }
    if found > LONGEST {
        return Err(NameProblem::TooLong { found });
    }
    let latin = name.chars().any(is_latin);
    for (at, sign) in name.chars().enumerate() {
        check_sign(sign, latin, at + 1)?;
    }
    if latin && name.chars().any(is_han) {
        return Err(NameProblem::Mixed);
    }
    if name.starts_with(INTERPUNCT) || name.ends_with(INTERPUNCT) {
        return Err(NameProblem::EdgeInterpunct);
    }
    let mut pairs = name.chars().zip(name.chars().skip(1));
    if pairs.any(|pair| pair == (INTERPUNCT, INTERPUNCT)) {
        return Err(NameProblem::DoubledInterpunct);
    }
    Ok(())
}

fn check_sign(sign: char, latin: bool, position: usize) -> Result<(), NameProblem> {
    match sign {
        sign if is_han(sign) || is_latin(sign) => Ok(()),
        INTERPUNCT => Ok(()),
        ' ' | '-' | '\'' if latin => Ok(()),
        sign if is_emoji(sign) => Err(NameProblem::Emoji),
        sign if sign.is_numeric() => Err(NameProblem::Digit),
        sign if is_private_use(sign) => Err(NameProblem::PrivateUse { position }),
        sign => Err(NameProblem::Sign { sign }),
    }
}

#[cfg(test)]
mod tests;
