//! Tables that people send to be brought in: the template, the form, the reader, and why one is not taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use codes::text::{compact, decimal, plain, ungrouped};
use documents::{
    sheet_in::{self, Cell, Limits, Sheet},
    sheet_out::{Workbook, WorkbookProblem},
};
use sea_orm::Iterable;

use crate::{
    Context, Fault, Problem,
    files::{FileForm, Parts},
};

crate::refusals! {
    /// Why a table is not taken.
    pub enum TableRefusal {
        /// No part named `file`.
        NoFile = 422 "file_missing" "请选择要导入的文件。",
        /// The reader can't read it.
        Unreadable { why: String } = 422 "file_unreadable" "{why}",
        /// No row has the headings that are wanted.
        NoHeading { wanted: &'static str } = 422 "heading_missing" "没有找到表头：{wanted}",
        /// Two columns of one heading.
        HeadingTwice { heading: String } = 422 "heading_twice" "表头“{heading}”出现了两次，请只保留一列再上传。",
        /// Nothing in it.
        NoRows = 422 "rows_missing" "文件里没有要导入的内容，请填好后再上传。",
        /// More rows than go at once.
        TooManyRows { most: String } = 422 "too_many_rows" "一次最多导入 {most} 行，请拆成几个文件。",
    }
}

/// A table to fill in, with a sheet of the words that its cells may use, each behind the heading of their column.
///
/// # Errors
/// A fault.
pub fn template<'w>(
    context: &Context,
    name: &str,
    headings: &[&str],
    words: impl IntoIterator<Item = (&'w str, &'w str)>,
) -> Result<Vec<u8>, Problem> {
    let write = || -> Result<Vec<u8>, WorkbookProblem> {
        let mut book = Workbook::new(calendar::beijing_time(context.now()))?;
        book.sheet(name, "", headings)?.to_fill_in()?;
        let mut sheet = book.sheet("可用名称", "", &["列", "名称"])?;
        for (column, word) in words {
            sheet.row([column.into(), word.into()])?;
        }
        book.to_bytes()
    };
    write().map_err(|err| Fault::Stored(format!("a workbook: {err}")).into())
}

/// Reads a form whose part `file` is a table of at most `largest` bytes; one without a name is called as is `usual`.
///
/// # Errors
/// [`TableRefusal`] if it breaks off or is too long.
pub async fn form(parts: Parts, usual: &str, largest: usize) -> Result<FileForm, Problem> {
    FileForm::read(parts, usual, largest, |cut| TableRefusal::Unreadable { why: cut.to_string() }.into()).await
}

/// Reads the first sheet in which `find` finds headings, and answers what it found with it; `wanted` says which they are. It may
/// take seconds, so not on a thread that answers.
///
/// # Errors
/// [`TableRefusal`] if it can't be read, or no sheet has them.
pub async fn read<H: Send + 'static>(
    file_name: &str,
    bytes: Vec<u8>,
    limits: Limits,
    find: impl Fn(&Sheet) -> Option<H> + Send + 'static,
    wanted: &'static str,
) -> Result<(Sheet, H), Problem> {
    let name = file_name.to_owned();
    let read = move || -> Result<(Sheet, H), TableRefusal> {
        let sheet = sheet_in::read_where(&bytes, &name, limits, |sheet| find(sheet).is_some());
        let sheet = sheet.map_err(|problem| TableRefusal::Unreadable { why: problem.to_string() })?;
        let found = find(&sheet).ok_or(TableRefusal::NoHeading { wanted })?;
        Ok((sheet, found))
    };
    Ok(tokio::task::spawn_blocking(read).await.map_err(|err| Fault::Stored(err.to_string()))??)
}

/// A heading as people set it, such as `姓 名*` or `身份证号（18位）`, without blanks and signs around it, and without what stands in
/// brackets or behind a stroke.
#[must_use]
pub fn heading(text: &str) -> String {
    let text = without_brackets(&compact(text));
    let text = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    let text = text.split(['/', '、', ':']).next().unwrap_or_default();
    text.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned()
}

/// What stands outside brackets: （必填）姓名, 身份证号（18位）.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |sign: &char| match sign {
        '(' | '[' | '【' | '〔' => {
            depth += 1;
            false
        }
        ')' | ']' | '】' | '〕' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(outside).collect()
}

/// The first row, from 0, that has all of these headings, however they are set.
#[must_use]
pub fn head(sheet: &Sheet, wanted: &[&str]) -> Option<usize> {
    let wanted: Vec<String> = wanted.iter().map(|text| heading(text)).collect();
    sheet.rows.iter().position(|row| {
        let there: Vec<String> = row.iter().map(|cell| heading(&cell.text)).collect();
        wanted.iter().all(|heading| there.contains(heading))
    })
}

/// In which columns of a row of headings those that are known stand, however they are set.
///
/// # Errors
/// [`TableRefusal::HeadingTwice`] for two columns of one: which of them counts, nobody can tell.
pub fn columns<'k>(
    row: &[Cell],
    known: impl IntoIterator<Item = &'k str>,
) -> Result<BTreeMap<&'k str, usize>, TableRefusal> {
    let known: Vec<(String, &str)> = known.into_iter().map(|own| (heading(own), own)).collect();
    let mut places = BTreeMap::new();
    for (at, cell) in row.iter().enumerate() {
        let text = heading(&cell.text);
        let Some((_, own)) = known.iter().find(|(plain, _)| *plain == text) else { continue };
        if places.insert(*own, at).is_some() {
            return Err(TableRefusal::HeadingTwice { heading: (*own).to_owned() });
        }
    }
    Ok(places)
}

/// Refuses a table without rows, or with more than `most`.
///
/// # Errors
/// [`TableRefusal::NoRows`], [`TableRefusal::TooManyRows`].
pub fn bounded(rows: usize, most: usize) -> Result<(), TableRefusal> {
    match rows {
        0 => Err(TableRefusal::NoRows),
        _ if rows > most => {
            let most = decimal(i64::try_from(most).unwrap_or(i64::MAX), 0);
            Err(TableRefusal::TooManyRows { most })
        }
        _ => Ok(()),
    }
}

/// A day as people write it: 2026-12-31, 2026/12/31, 2026年12月31日, 20261231.
#[must_use]
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = plain(text);
    let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
    if date.len() == 8
        && let Ok(day) = NaiveDate::parse_from_str(date, "%Y%m%d")
    {
        return Some(day);
    }
    let parts = date.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty());
    let numbers: Vec<u32> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day] = <[u32; 3]>::try_from(numbers).ok()?;
    // Of two digits, or a day that stands first, it would be a year of antiquity.
    let year = i32::try_from(year).ok().filter(|year| *year >= 1900)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A whole number as people and spreadsheets write it: 1200, 1,200, 1200.0.
#[must_use]
pub fn whole(text: &str) -> Option<i64> {
    let plain = ungrouped(&compact(text))?;
    plain.strip_suffix(".0").unwrap_or(&plain).parse().ok()
}

/// What a cell chooses by its label, whichever brackets it is typed with.
///
/// # Errors
/// A Chinese sentence that names those there are.
pub fn choice<T: Iterable + Copy>(column: &str, text: &str, label: fn(T) -> &'static str) -> Result<T, String> {
    let typed = plain(text);
    T::iter().find(|one| plain(label(*one)) == typed.trim()).ok_or_else(|| {
        let labels: Vec<&str> = T::iter().map(label).collect();
        format!("“{column}”应为{}，现在是“{text}”。", labels.join("或"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Refusal, organisation::Kind};

    #[test]
    fn days_numbers_and_words_are_read_as_people_write_them() {
        for text in [
            "2026-12-31",
            "2026/12/31",
            "2026.12.31",
            "2026年12月31日",
            "２０２６-12-31",
            "20261231",
            "2026-12-31T00:00:00",
        ] {
            assert_eq!(day(text), NaiveDate::from_ymd_opt(2026, 12, 31), "{text}");
        }
        assert_eq!(day("2026/1/5"), NaiveDate::from_ymd_opt(2026, 1, 5));
        for text in ["", "明年", "2026", "2026-12", "2026-02-30", "20260230", "2026-1-31-2", "26-12-31", "12/31/26"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert_eq!(["1200", "1,200", "1200.0", "１２００"].map(whole), [Some(1_200); 4]);
        assert_eq!(["", "12.5", "12,50", "很多"].map(whole), [None; 4]);
        for text in ["乡镇（街道）工会", "乡镇(街道)工会 "] {
            assert_eq!(choice("类别", text, Kind::label), Ok(Kind::TownshipUnion), "{text}");
        }
        assert!(choice("类别", "街道工会", Kind::label).unwrap_err().ends_with("或工会小组，现在是“街道工会”。"));
    }

    #[test]
    fn headings_are_found_however_they_are_set() {
        let row = |texts: &[&str]| -> Vec<Cell> {
            texts.iter().map(|text| Cell { text: (*text).into(), from_number: false }).collect()
        };
        let rows = vec![row(&["驿站登记表"]), row(&["*名 称", "序号", "面积\n(平方米)", "电话：（必填）", ""])];
        let sheet = Sheet { name: String::new(), rows };
        assert_eq!(head(&sheet, &["名称", "面积（平方米）"]), Some(1));
        assert_eq!(head(&sheet, &["名称", "地址"]), None);
        let known = ["名称", "面积（平方米）", "电话", "地址"];
        let wanted = BTreeMap::from([("名称", 0), ("面积（平方米）", 2), ("电话", 3)]);
        assert_eq!(columns(&sheet.rows[1], known), Ok(wanted));
        let twice = columns(&row(&["名称", "名称（必填）"]), known);
        assert_eq!(twice, Err(TableRefusal::HeadingTwice { heading: "名称".to_owned() }));
    }

    #[test]
    fn a_table_has_rows_but_not_too_many() {
        assert_eq!([1, 5_000].map(|rows| bounded(rows, 5_000)), [Ok(()), Ok(())]);
        assert_eq!(bounded(0, 5_000), Err(TableRefusal::NoRows));
        let many = bounded(5_001, 5_000).unwrap_err();
        assert_eq!(many.message(), "一次最多导入 5,000 行，请拆成几个文件。");
    }
}
