//! Days as people write them into rosters.

use chrono::{Days, NaiveDate};
use documents::sheet_in::Cell;

/// Why a day is not taken: code and sentence.
pub(super) type DayProblem = (&'static str, &'static str);

const UNREADABLE: DayProblem = ("day_shape", "入会日期看不懂，请写成 2026-06-01 的样子。");
const CUT_SHORT: DayProblem = ("day_year", "入会日期的年份请写满四位，写成 2026-06-01 的样子。");
const UNREAL: DayProblem = ("day_unreal", "日历上没有这一天，请核对入会日期。");
const ROUNDED: DayProblem = ("day_rounded", "表格软件把10月写成了1月的样子，请把该列设为“文本”后写成 2026-10 的样子。");

/// The first year that anything in a roster is of; a year of two digits is before it, and so is a day that stands first.
const FIRST_YEAR: u32 = 1900;

/// Days since 1899-12-30, as a spreadsheet keeps a day whose cell lost its format: 1954 to 2119.
const SERIALS: std::ops::Range<u64> = 20_000..80_000;

/// Reads a day; a month without a day is its first.
pub(super) fn day(cell: &Cell) -> Result<NaiveDate, DayProblem> {
    let text = codes::text::plain(&cell.text);
    // A time of day or a weekday behind the day says nothing here.
    let words =
        text.trim().trim_start_matches(['\'', '’', '`']).split(|sign: char| sign == 'T' || sign.is_whitespace());
    let date: String = words.filter(|word| !word.contains(':') && !word.starts_with(['周', '星'])).collect();
    let date = date.strip_suffix(".0").unwrap_or(&date);
    if date.bytes().all(|sign| sign.is_ascii_digit()) {
        return from_digits(date);
    }
    // 2025.10 typed as a number is kept as 2025.1.
    if cell.from_number && date.split_once('.').is_some_and(|(_, month)| month == "1") {
        return Err(ROUNDED);
    }
    let mut parts = date.split(['-', '/', '.', '年', '月', '日', '号']).filter(|part| !part.is_empty());
    let mut number = || parts.next().map(|part| part.parse::<u32>().map_err(|_| UNREADABLE)).transpose();
    let (year, month, day) = (number()?, number()?, number()?);
    match (year, month, parts.next()) {
        (Some(year), Some(month), None) => real(year, month, day.unwrap_or(1)),
        _ => Err(UNREADABLE),
    }
}

fn from_digits(date: &str) -> Result<NaiveDate, DayProblem> {
    let part = |from: usize, to: usize| date.get(from..to).and_then(|part| part.parse::<u32>().ok()).ok_or(UNREADABLE);
    match date.len() {
        8 => real(part(0, 4)?, part(4, 6)?, part(6, 8)?),
        6 => real(part(0, 4)?, part(4, 6)?, 1),
        _ => {
            let serial = date.parse::<u64>().ok().filter(|serial| SERIALS.contains(serial)).ok_or(UNREADABLE)?;
            let beginning = NaiveDate::from_ymd_opt(1899, 12, 30);
            beginning.and_then(|day| day.checked_add_days(Days::new(serial))).ok_or(UNREADABLE)
        }
    }
}

fn real(year: u32, month: u32, day: u32) -> Result<NaiveDate, DayProblem> {
    if year < FIRST_YEAR {
        return Err(CUT_SHORT);
    }
    i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).ok_or(UNREAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, from_number: bool) -> Result<NaiveDate, &'static str> {
        day(&Cell { text: text.into(), from_number }).map_err(|(code, _)| code)
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2025-06-01",
            "2025/6/1",
            "2025.06.01",
            "2025年6月1日",
            "2025年6月1号",
            "2025 年 6 月 1 日",
            "２０２５－６－１",
            "20250601",
            "202506",
            "2025年6月",
            "2025.6",
            "'2025-06-01",
            "2025-06-01 00:00:00",
            "2025/6/1 8:30",
            "2025-06-01T08:30:00",
            "2025年6月1日 星期日",
        ] {
            assert_eq!(read(text, false), Ok("2025-06-01".parse().unwrap()), "{text}");
        }
        for number in ["45809", "45809.0", "20250601", "2025.6"] {
            assert_eq!(read(number, true), Ok("2025-06-01".parse().unwrap()), "{number}");
        }
        assert_eq!(read("2024-02-29", false), Ok("2024-02-29".parse().unwrap()));
    }

    #[test]
    fn what_is_no_day_is_told() {
        for text in ["2025-02-29", "2025-02-30", "20251301", "2025年13月"] {
            assert_eq!(read(text, false), Err("day_unreal"), "{text}");
        }
        for text in ["六月", "2025", "12", "2025-6-1-2", "明年", "2025-06-0100", "9999999"] {
            assert!(read(text, false).is_err(), "{text}");
        }
        for text in ["25.6.1", "25-06-01", "6/1/2025", "1/6/25"] {
            assert_eq!(read(text, false), Err("day_year"), "{text}");
        }
        assert_eq!(read("2025.1", true), Err("day_rounded"));
        assert_eq!(read("2025.1", false), Ok("2025-01-01".parse().unwrap()));
    }
}
