//! Generated people: no real person. Numbers carry right check digits, so that every rule holds for them.

use chrono::{Datelike, Days, NaiveDate};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

const FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾",
    "彭", "吕",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞",
    "平", "刚", "桂英", "文博", "子涵", "建国", "志强", "晓东", "海燕", "玉兰", "春梅", "国庆", "立新", "永胜", "小龙",
    "丹", "晨", "鹏", "飞", "佳", "宇",
];
const MONGOLIAN: &[&str] = &[
    "巴特尔",
    "苏日娜",
    "乌云其木格",
    "其其格",
    "那日苏",
    "阿古拉",
    "萨仁图雅",
    "呼日勒",
    "斯琴",
    "额尔敦",
    "敖登",
    "朝鲁",
    "哈斯",
    "娜仁",
    "宝音",
    "塔娜",
];
const GROUPS: &[(&str, u32)] = &[
    ("truck_driver", 24),
    ("ride_hailing_driver", 18),
    ("courier", 20),
    ("delivery_rider", 26),
    ("domestic_worker", 5),
    ("security_guard", 4),
    ("cleaner", 3),
];

/// A generated worker.
pub struct Worker {
    /// The name as printed on the card.
    pub name: String,
    /// A citizen number with its check digit.
    pub number: String,
    /// A mobile number of a made-up series.
    pub phone: String,
    /// The worker group's code.
    pub group: &'static str,
}

/// The `serial`-th worker of the demo, born and registered in `division` (6 digits). Serials give distinct numbers.
pub fn worker(random: &mut ChaCha20Rng, division: &str, serial: u32) -> Worker {
    let group = group(random);
    Worker { name: name(random), number: number(random, division, serial), phone: format!("199{serial:08}"), group }
}

fn pick<'a>(random: &mut ChaCha20Rng, from: &[&'a str]) -> &'a str {
    from.get(random.random_range(0..from.len())).copied().unwrap_or_default()
}

/// A generated name.
pub fn name(random: &mut ChaCha20Rng) -> String {
    match random.random_range(0..100) {
        0..12 => pick(random, MONGOLIAN).to_owned(),
        12..14 => format!("{}·{}", pick(random, MONGOLIAN), pick(random, MONGOLIAN)),
        _ => format!("{}{}", pick(random, FAMILY), pick(random, GIVEN)),
    }
}

fn group(random: &mut ChaCha20Rng) -> &'static str {
    let mut draw = random.random_range(0..GROUPS.iter().map(|(_, weight)| weight).sum());
    for (code, weight) in GROUPS {
        if draw < *weight {
            return code;
        }
        draw -= weight;
    }
    "other"
}

fn number(random: &mut ChaCha20Rng, division: &str, serial: u32) -> String {
    let first = NaiveDate::from_yo_opt(1966, 1).unwrap_or_default();
    // The serial fixes day and sequence together, so no two workers share a number.
    let born = first.checked_add_days(Days::new(u64::from(serial % 14_000))).unwrap_or(first);
    let sequence = (serial / 14_000) * 2 + random.random_range(0..2);
    let body = format!("{division}{:04}{:02}{:02}{sequence:03}", born.year(), born.month(), born.day());
    match codes::document::check_character(&body) {
        Some(check) => format!("{body}{check}"),
        None => body,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use codes::document::{DocumentKind, parse};
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn generated_numbers_are_right_and_distinct() {
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
        let numbers: HashSet<_> = (0..30_000).map(|serial| worker(&mut random, "150105", serial).number).collect();
        assert_eq!(numbers.len(), 30_000);
        assert!(numbers.iter().all(|number| parse(DocumentKind::CitizenNumber, number, today).is_ok()));
    }

    #[test]
    fn generated_names_pass_the_name_rules() {
        let mut random = ChaCha20Rng::seed_from_u64(2);
        assert!((0..500).all(|serial| codes::name::normalise(&worker(&mut random, "150105", serial).name).is_ok()));
    }
}
