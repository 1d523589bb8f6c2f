//! Addresses are shown down to the street: 内蒙古自治区呼和浩特市新城区海拉尔东路街道****.

/// Words that end each level, longer ones first where one ends another, from province to street. A level may be absent.
const PROVINCE: &[&str] = &["特别行政区", "自治区", "省"];
const CITY: &[&str] = &["自治州", "地区", "盟", "市"];
const COUNTY: &[&str] = &["区", "县", "旗", "市"];
const STREET: &[&str] = &["街道", "苏木", "镇", "乡"];
const ROAD: &[&str] = &["大道", "大街", "路", "街", "巷", "道"];
/// No level's name is longer; a word found further away belongs to something else (a market, a housing estate).
const LONGEST: usize = 14;

/// Shows an address down to its street (街道, 镇, 乡), else down to the road without the house; the rest is four stars.
/// If no level can be told, nothing is shown.
#[must_use]
pub fn address(address: &str) -> String {
    let text: Vec<char> = address.chars().filter(|sign| !sign.is_whitespace()).collect();
    if text.is_empty() {
        return String::new();
    }
    let mut end = 0;
    for level in [PROVINCE, CITY, COUNTY] {
        // A street before the county's word means that there is no county: 中山市小榄镇市场路.
        let county = find(&text, end, level);
        let street = find(&text, end, STREET);
        if let Some(found) = county.filter(|found| street.is_none_or(|street| *found < street)) {
            end = found;
        }
    }
    let end = find(&text, end, STREET).or_else(|| find(&text, end, ROAD)).unwrap_or(end);
    let rest = if end < text.len() { "****" } else { "" };
    text.iter().take(end).copied().chain(rest.chars()).collect()
}

/// Where the nearest of these words ends, with at least one character of a name before it.
fn find(text: &[char], from: usize, words: &[&str]) -> Option<usize> {
    (from + 1..text.len().min(from + LONGEST)).find_map(|at| {
        let here = text.get(at..)?;
        let word = words.iter().find(|word| here.iter().copied().take(word.chars().count()).eq(word.chars()))?;
        Some(at + word.chars().count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn down_to_the_street() {
        for (whole, masked) in [
            (
                "内蒙古自治区呼和浩特市新城区海拉尔东路街道 兴安北路12号3单元",
                "内蒙古自治区呼和浩特市新城区海拉尔东路街道****",
            ),
            ("江苏省镇江市丹徒区高桥镇永兴村5组", "江苏省镇江市丹徒区高桥镇****"),
            ("中山市小榄镇市场路小区8栋", "中山市小榄镇****"),
            ("山东省青岛市市南区香港中路100号", "山东省青岛市市南区香港中路****"),
            ("上海市黄浦区", "上海市黄浦区"),
            ("幸福里5号楼301", "****"),
            ("", ""),
        ] {
            assert_eq!(address(whole), masked);
        }
    }
}
