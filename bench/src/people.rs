//! Made-up people with numbers and phones that pass every rule.

use chrono::{Days, NaiveDate};

/// A person.
pub struct Person {
    /// The name.
    pub name: String,
    /// The citizen number.
    pub number: String,
    /// The mobile number.
    pub phone: String,
}

const FAMILY: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
const GIVEN: [&str; 8] = ["伟", "芳", "秀英", "文博", "建国", "志强", "海燕", "巴特尔"];
/// Births from 1966 on.
const DAYS: usize = 14_000;

/// The `n`-th person; each has a number and a phone of his own, up to 13 million.
pub fn person(n: usize) -> Person {
    let born =
        NaiveDate::from_ymd_opt(1966, 1, 1).and_then(|first| first.checked_add_days(Days::new((n % DAYS) as u64)));
    let body = format!("110105{}{:03}", born.unwrap_or_default().format("%Y%m%d"), n / DAYS);
    let check = codes::document::check_character(&body).unwrap_or('?');
    let part = |words: [&'static str; 8], at: usize| words.get(at % 8).copied().unwrap_or_default();
    Person {
        name: format!("{}{}", part(FAMILY, n), part(GIVEN, n / 8)),
        number: format!("{body}{check}"),
        phone: format!("198{n:08}"),
    }
}
