//! What an indicator's numbers are: a count, a share in basis points, or money in fen; and how people read them.

use codes::text::decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an indicator's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorScale)]
pub enum Scale {
    /// Whole things: 人次, 人, 份.
    Count,
    /// Basis points.
    Share,
    /// Fen.
    Money,
}

/// The largest target: a hundred thousand million of anything.
pub const MOST: i64 = 100_000_000_000_000;

impl Scale {
    /// The most that a target or a value may be.
    #[must_use]
    pub fn most(self) -> i64 {
        if self == Self::Share { 10_000 } else { MOST }
    }

    /// The scale that a unit's word implies, for values that officers type.
    #[must_use]
    pub fn of_unit(unit: &str) -> Self {
        match unit.trim() {
            "%" | "％" | "百分比" => Self::Share,
            "元" | "万元" => Self::Money,
            _ => Self::Count,
        }
    }

    /// A value as people read it: `30,000人次`, `46%`, `390万元`.
    #[must_use]
    pub fn text(self, value: i64, unit: &str) -> String {
        match self {
            Self::Count => format!("{}{unit}", decimal(value, 0)),
            Self::Share => format!("{}%", decimal(value, 2)),
            // A hundred yuan is a hundredth of 万元.
            Self::Money if value % 10_000 == 0 && (value == 0 || value.unsigned_abs() >= 1_000_000) => {
                format!("{}万元", decimal(value / 10_000, 2))
            }
            Self::Money => format!("{}元", decimal(value, 2)),
        }
    }

    /// A difference as people read it; shares differ by percentage points.
    #[must_use]
    pub fn difference(self, value: i64, unit: &str) -> String {
        match self {
            Self::Share => format!("{}个百分点", decimal(value, 2)),
            Self::Count | Self::Money => self.text(value, unit),
        }
    }

    /// Reads a value that an officer typed: `60%`, `390`, `1,200`. `unit` tells 元 from 万元.
    #[must_use]
    pub fn parse(self, text: &str, unit: &str) -> Option<i64> {
        let text: String = text.chars().filter(|sign| *sign != ' ').map(narrow).collect();
        let text = codes::text::ungrouped(&text)?;
        match self {
            Self::Count => codes::text::scaled(&text, 0),
            Self::Money if unit.trim() == "万元" => codes::text::scaled(text.trim_end_matches("万元"), 6),
            Self::Money => codes::text::scaled(text.trim_end_matches('元'), 2),
            Self::Share => match text.strip_suffix('%') {
                Some(percent) => codes::text::scaled(percent, 2),
                // A spreadsheet keeps 60% as 0.6.
                None if text.starts_with("0.") => codes::text::scaled(&text, 4),
                None => codes::text::scaled(&text, 2),
            },
        }
    }
}

fn narrow(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')).unwrap_or(sign),
        '％' => '%',
        '，' => ',',
        '．' => '.',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_read_the_words_of_the_plan() {
        assert_eq!(Scale::Share.text(4600, "%"), "46%");
        assert_eq!(Scale::Share.difference(1450, "%"), "14.5个百分点");
        assert_eq!(Scale::Money.text(390_000_000, "万元"), "390万元");
        assert_eq!(Scale::Money.text(351_810_000, "万元"), "351.81万元");
        assert_eq!(Scale::Money.text(351_807_229, "万元"), "3,518,072.29元");
        assert_eq!(Scale::Money.text(50_000, "万元"), "500元");
        assert_eq!(Scale::Money.text(1205, "万元"), "12.05元");
        assert_eq!(Scale::Count.text(30_000, "人次"), "30,000人次");
        assert_eq!(Scale::Money.text(120_000_005, "元"), "1,200,000.05元");
        assert_eq!(Scale::Count.text(-999, "人"), "-999人");
    }

    #[test]
    fn officers_type_as_they_like() {
        assert_eq!(Scale::Share.parse("60%", "%"), Some(6000));
        assert_eq!(Scale::Share.parse("６０．５％", "%"), Some(6050));
        assert_eq!(Scale::Share.parse("0.6", "%"), Some(6000));
        assert_eq!(Scale::Share.parse("60", "%"), Some(6000));
        assert_eq!(Scale::Money.parse("390", "万元"), Some(390_000_000));
        assert_eq!(Scale::Money.parse("3900000.5元", "元"), Some(390_000_050));
        assert_eq!(Scale::Count.parse("30,000", "人次"), Some(30_000));
        assert_eq!(Scale::Count.parse("30.0", "人次"), Some(30));
        assert_eq!(Scale::Count.parse("30，000", "人次"), Some(30_000));
        for wrong in ["", "abc", "-5", "1.5", "12,50", "99999999999999999999"] {
            assert_eq!(Scale::Count.parse(wrong, "人"), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value in 0_i64..1_000_000_000_000) {
            let shown = Scale::Share.text(value, "%");
            prop_assert_eq!(Scale::Share.parse(&shown, "%"), Some(value));
            let shown = Scale::Money.text(value, "元");
            let unit = if shown.ends_with("万元") { "万元" } else { "元" };
            prop_assert_eq!(Scale::Money.parse(&shown, unit), Some(value));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,30}") {
            for scale in [Scale::Count, Scale::Share, Scale::Money] {
                let _ = scale.parse(&text, "万元");
            }
        }
    }
}
