//! The kinds of papers and how to guess one.

use super::number;
use crate::text;

/// Kind of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 居民身份证
    CitizenNumber,
    /// 港澳台居民居住证
    HkMoTwResidence,
    /// 外国人永久居留身份证, 2023 form.
    ForeignPermanentResident,
    /// 外国人永久居留身份证, 2017 form, usable until it expires.
    ForeignPermanentResident2017,
    /// 港澳居民来往内地通行证
    HkMoTravel,
    /// 台湾居民来往大陆通行证
    TaiwanTravel,
    /// 护照
    Passport,
}

impl DocumentKind {
    /// Every kind, in the order in which a list offers them.
    pub const ALL: [Self; 7] = [
        Self::CitizenNumber,
        Self::HkMoTwResidence,
        Self::ForeignPermanentResident,
        Self::ForeignPermanentResident2017,
        Self::HkMoTravel,
        Self::TaiwanTravel,
        Self::Passport,
    ];

    /// Stable code, the same as on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::CitizenNumber => "citizen_number",
            Self::HkMoTwResidence => "hk_mo_tw_residence",
            Self::ForeignPermanentResident => "foreign_permanent_resident",
            Self::ForeignPermanentResident2017 => "foreign_permanent_resident2017",
            Self::HkMoTravel => "hk_mo_travel",
            Self::TaiwanTravel => "taiwan_travel",
            Self::Passport => "passport",
        }
    }

    /// The kind that a stored code stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::CitizenNumber => "居民身份证",
            Self::HkMoTwResidence => "港澳台居民居住证",
            Self::ForeignPermanentResident => "外国人永久居留身份证",
            Self::ForeignPermanentResident2017 => "外国人永久居留身份证（2017版）",
            Self::HkMoTravel => "港澳居民来往内地通行证",
            Self::TaiwanTravel => "台湾居民来往大陆通行证",
            Self::Passport => "护照",
        }
    }

    /// The kind that a cell of a list means, in the words that lists use.
    pub fn from_words(words: &str) -> Option<Self> {
        let words = text::compact(words);
        if let Some(kind) =
            Self::ALL.into_iter().find(|kind| text::compact(kind.label()) == words || kind.code() == words)
        {
            return Some(kind);
        }
        match words.as_str() {
            "身份证" | "身份证号" | "二代身份证" | "公民身份号码" | "中国居民身份证" | "中华人民共和国居民身份证" => {
                Some(Self::CitizenNumber)
            }
            "居住证" | "港澳居民居住证" | "台湾居民居住证" => Some(Self::HkMoTwResidence),
            "外国人永久居留证" | "外国人居留证" | "永居证" => Some(Self::ForeignPermanentResident),
            "回乡证" | "港澳通行证" | "港澳居民通行证" | "来往内地通行证" => {
                Some(Self::HkMoTravel)
            }
            "台胞证" | "台湾通行证" | "来往大陆通行证" => Some(Self::TaiwanTravel),
            "外国护照" | "中国护照" | "因私护照" => Some(Self::Passport),
            _ => None,
        }
    }
}

/// Guesses the kind from the number alone. It is a guess: numbers that were meant to be a citizen number, though wrong, are
/// called one, so that reading them tells what is wrong.
pub fn detect(raw: &str) -> Option<DocumentKind> {
    let number = text::compact(raw).to_ascii_uppercase();
    if let Some(kind) =
        DocumentKind::ALL.into_iter().find(|kind| *kind != DocumentKind::Passport && number::has_shape(*kind, &number))
    {
        return Some(kind);
    }
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if text::looks_scientific(&number) || (number.len() >= 13 && digits + 2 >= number.len()) {
        return Some(DocumentKind::CitizenNumber);
    }
    // Eleven digits are a telephone number, and printed passport numbers have nine signs, seldom a few more.
    let lettered = digits < number.len() && (5..=12).contains(&number.len());
    (number::has_shape(DocumentKind::Passport, &number) && (lettered || number.len() == 9))
        .then_some(DocumentKind::Passport)
}
