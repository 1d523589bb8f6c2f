//! Division codes of GB/T 2260: two digits province, two prefecture, two county. Only the structure is known here; which codes
//! exist changes every year and belongs to data with validity dates.

use crate::text;

/// Province prefixes with their names.
const PROVINCES: [(&str, &str); 35] = [
    ("11", "北京市"),
    ("12", "天津市"),
    ("13", "河北省"),
    ("14", "山西省"),
    ("15", "内蒙古自治区"),
    ("21", "辽宁省"),
    ("22", "吉林省"),
    ("23", "黑龙江省"),
    ("31", "上海市"),
    ("32", "江苏省"),
    ("33", "浙江省"),
    ("34", "安徽省"),
    ("35", "福建省"),
    ("36", "江西省"),
    ("37", "山东省"),
    ("41", "河南省"),
    ("42", "湖北省"),
    ("43", "湖南省"),
    ("44", "广东省"),
    ("45", "广西壮族自治区"),
    ("46", "海南省"),
    ("50", "重庆市"),
    ("51", "四川省"),
    ("52", "贵州省"),
    ("53", "云南省"),
    ("54", "西藏自治区"),
    ("61", "陕西省"),
    ("62", "甘肃省"),
    ("63", "青海省"),
    ("64", "宁夏回族自治区"),
    ("65", "新疆维吾尔自治区"),
    ("71", "台湾省"),
    ("81", "香港特别行政区"),
    ("82", "澳门特别行政区"),
    // On residence permits only: 83 stands for Taiwan there.
    ("83", "台湾"),
];

/// Level of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 省级, xx0000.
    Province,
    /// 地级, xxxx00.
    Prefecture,
    /// 县级.
    County,
}

/// A six-digit division code whose province exists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Division(String);

/// Why a division code is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DivisionProblem {
    /// Not six digits.
    #[error("行政区划代码应为6位数字，请核对。")]
    Shape,
    /// No province has these first two digits.
    #[error("行政区划代码的前两位不是任何省级行政区，请核对。")]
    Province,
    /// A county without its prefecture (xx00yy).
    #[error("行政区划代码第3、4位为00时，后两位也应为00，请核对。")]
    Gap,
}

impl DivisionProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "division_shape",
            Self::Province => "division_province",
            Self::Gap => "division_gap",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// Reads a six-digit division code.
pub fn parse(raw: &str) -> Result<Division, DivisionProblem> {
    let code = text::compact(raw);
    if code.len() != 6 || !text::all_digits(&code) {
        return Err(DivisionProblem::Shape);
    }
    if province_name(&code).is_none() {
        return Err(DivisionProblem::Province);
    }
    let division = Division(code);
    if division.prefecture_part() == 0 && division.county_part() != 0 {
        return Err(DivisionProblem::Gap);
    }
    Ok(division)
}

/// Name of the province that a code of any length lies in.
pub fn province_name(code: &str) -> Option<&'static str> {
    let prefix = code.get(..2)?;
    PROVINCES.iter().find(|(known, _)| *known == prefix).map(|(_, name)| *name)
}

impl Division {
    /// The six digits.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Level that the trailing zeros tell.
    pub fn level(&self) -> Level {
        match (self.prefecture_part(), self.county_part()) {
            (0, _) => Level::Province,
            (_, 0) => Level::Prefecture,
            _ => Level::County,
        }
    }

    /// Name of the province.
    pub fn province(&self) -> &'static str {
        province_name(&self.0).unwrap_or_default()
    }

    /// The division one level up; a province has none.
    pub fn parent(&self) -> Option<Self> {
        let kept = match self.level() {
            Level::Province => return None,
            Level::Prefecture => 2,
            Level::County => 4,
        };
        self.0.get(..kept).map(|stem| Self(format!("{stem:0<6}")))
    }

    /// Whether `other` is this division or lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        let kept = match self.level() {
            Level::Province => 2,
            Level::Prefecture => 4,
            Level::County => 6,
        };
        self.0.get(..kept).is_some_and(|stem| other.0.starts_with(stem))
    }

    /// Whether the prefecture and county parts lie in the ranges that the standard hands out: cities 01–20 and 51–70,
    /// prefectures and leagues 21–50, directly governed counties 90; districts, counties and county-level cities 01–99.
    pub fn is_plausible(&self) -> bool {
        matches!(self.prefecture_part(), 0..=70 | 90)
    }

    fn prefecture_part(&self) -> u8 {
        self.part(2)
    }

    fn county_part(&self) -> u8 {
        self.part(4)
    }

    fn part(&self, from: usize) -> u8 {
        self.0.get(from..from + 2).and_then(|two| two.parse().ok()).unwrap_or_default()
    }
}

impl std::fmt::Display for Division {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn knows_levels_and_parents() {
        let county = parse("152201").unwrap();
        assert_eq!((county.level(), county.province()), (Level::County, "内蒙古自治区"));
        let league = county.parent().unwrap();
        assert_eq!((league.code(), league.level()), ("152200", Level::Prefecture));
        let region = league.parent().unwrap();
        assert_eq!((region.code(), region.level(), region.parent()), ("150000", Level::Province, None));
        assert!(region.covers(&county) && league.covers(&county) && county.covers(&county) && !county.covers(&league));
        assert!(parse("500000").unwrap().covers(&parse("500103").unwrap()));
        assert!(parse("429004").unwrap().is_plausible() && !parse("118001").unwrap().is_plausible());
        assert!(!parse("152000").unwrap().covers(&parse("152201").unwrap()));
    }

    #[test]
    fn refuses_what_has_no_province() {
        assert_eq!(parse("15220"), Err(DivisionProblem::Shape));
        assert_eq!(parse("991234"), Err(DivisionProblem::Province));
        assert_eq!(parse("150001"), Err(DivisionProblem::Gap));
    }

    proptest! {
        #[test]
        fn every_division_lies_in_its_parent(code in "(11|15|23|50|65)[0-9]{4}") {
            if let Ok(division) = parse(&code)
                && let Some(parent) = division.parent() {
                prop_assert!(parent.covers(&division));
                prop_assert!(parent.level() < division.level());
            }
        }
    }
}
