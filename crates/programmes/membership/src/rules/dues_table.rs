//! A table of dues as unions keep it: who (card or document number), which month, how much, paid when. Pure.

use chrono::NaiveDate;
use documents::sheet_in::{Cell, formula_error};
use kernel::table_in;

use super::{dues::fen, roster};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Card,
    Document,
    Month,
    Amount,
    PaidOn,
}

/// Words that a roster does not have.
const WORDS: &[(Field, &[&str])] = &[
    (Field::Name, &["会员"]),
    (Field::Card, &["会员证号", "会员证号码", "会员卡号", "会员号", "证号"]),
    (Field::Month, &["所属月份", "月份", "缴费月份", "会费月份", "所属期"]),
    (Field::Amount, &["金额", "金额元", "会费", "会费元", "缴费金额", "缴费金额元", "实缴金额", "实缴"]),
    (Field::PaidOn, &["缴费日期", "缴纳日期", "日期", "缴费时间"]),
];

impl Field {
    /// What a message calls it.
    fn label(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Card => "会员证号",
            Self::Document => "证件号码",
            Self::Month => "月份",
            Self::Amount => "金额",
            Self::PaidOn => "缴费日期",
        }
    }
}

/// A row that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The card's number.
    pub card: Option<String>,
    /// The document's number as it was typed.
    pub document: Option<String>,
    /// The month, by its first day or any other.
    pub month: NaiveDate,
    /// How much, in fen.
    pub amount_fen: i64,
    /// The day they were paid.
    pub paid_on: NaiveDate,
}

/// What came of a row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    /// Its number, from 1.
    pub number: usize,
    /// The name in it.
    pub name: String,
    /// What it says, or why it can't be read.
    pub row: Result<TableRow, String>,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTable {
    /// The row of the headings, from 0.
    pub heading: usize,
    /// The rows below that are not blank, without those that sum the others up or sign.
    pub rows: Vec<ReadRow>,
}

/// Headings stand in one of the first rows.
const DEEPEST: usize = 30;

fn recognise(heading: &str) -> Option<Field> {
    match roster::recognise(heading) {
        Some(roster::Field::Name) => return Some(Field::Name),
        Some(roster::Field::DocumentNumber) => return Some(Field::Document),
        _ => {}
    }
    let text = table_in::heading(heading);
    WORDS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(field, _)| *field)
}

/// Two headings of which both say how much, for which month, or when, if there are such: what a member owes may stand beside what
/// he paid, and nobody can tell which counts.
#[must_use]
pub fn alike(headings: &[Cell]) -> Option<[&str; 2]> {
    [Field::Card, Field::Month, Field::Amount, Field::PaidOn].into_iter().find_map(|wanted| {
        let mut found = headings.iter().map(|cell| &*cell.text).filter(|text| recognise(text) == Some(wanted));
        Some([found.next()?, found.next()?])
    })
}

/// Reads a table. `month` and `paid_on` stand for columns that it lacks. `None` if no headings are found that tell who
/// and how much.
#[must_use]
pub fn read(rows: &[Vec<Cell>], month: Option<NaiveDate>, paid_on: NaiveDate) -> Option<ReadTable> {
    let fields = |row: &[Cell]| row.iter().map(|cell| recognise(&cell.text)).collect::<Vec<_>>();
    let found = rows.iter().take(DEEPEST).map(|row| fields(row)).enumerate().find(|(_, fields)| {
        let has = |field| fields.contains(&Some(field));
        has(Field::Amount) && (has(Field::Card) || has(Field::Document)) && (has(Field::Month) || month.is_some())
    });
    let (heading, columns) = found?;
    let read = |(at, cells): (usize, &Vec<Cell>)| {
        let cell = |field| {
            let column = columns.iter().position(|column| *column == Some(field))?;
            cells.get(column).filter(|cell| !cell.text.trim().is_empty())
        };
        let name = cell(Field::Name).map(|cell| cell.text.to_string()).unwrap_or_default();
        ReadRow { number: at + 1, name, row: one(cell, month, paid_on) }
    };
    // Whose dues they are says a card as well as a paper.
    let names_somebody = |field: &Field| matches!(field, Field::Card | Field::Document);
    let numbers: Vec<Option<roster::Field>> =
        columns.iter().map(|field| field.filter(names_somebody).map(|_| roster::Field::DocumentNumber)).collect();
    let filled = |(_, cells): &(usize, &Vec<Cell>)| {
        cells.iter().any(|cell| !cell.text.trim().is_empty()) && !roster::is_foot(cells, &numbers)
    };
    Some(ReadTable { heading, rows: rows.iter().enumerate().skip(heading + 1).filter(filled).map(read).collect() })
}

fn one<'a>(
    cell: impl Fn(Field) -> Option<&'a Cell>,
    month: Option<NaiveDate>,
    paid_on: NaiveDate,
) -> Result<TableRow, String> {
    let fields = [Field::Name, Field::Card, Field::Document, Field::Month, Field::Amount, Field::PaidOn];
    let broken = fields.into_iter().find_map(|field| formula_error(field.label(), &cell(field)?.text));
    if let Some(told) = broken {
        return Err(told);
    }
    let numbers = [cell(Field::Card), cell(Field::Document)];
    if numbers.into_iter().flatten().any(Cell::lost_digits) {
        return Err("号码被表格软件改成了科学计数，末尾数字已丢失，请把该列设为“文本”后重新填写。".to_owned());
    }
    let [card, document] = numbers.map(|cell| cell.map(|cell| codes::text::compact(&cell.text)));
    if card.is_none() && document.is_none() {
        return Err("没有填写会员证号或证件号码。".to_owned());
    }
    let month = match cell(Field::Month) {
        Some(cell) => roster::read_day(cell).ok_or("月份看不懂，请写成 2026-06 的样子。")?,
        None => month.ok_or("没有填写月份。")?,
    };
    let amount_fen =
        cell(Field::Amount).and_then(|cell| fen(&cell.text)).ok_or("金额看不懂，请填写元，最多两位小数。")?;
    let paid_on = match cell(Field::PaidOn) {
        Some(cell) => roster::read_day(cell).ok_or("缴费日期看不懂，请写成 2026-06-01 的样子。")?,
        None => paid_on,
    };
    Ok(TableRow { card, document, month, amount_fen, paid_on })
}

/// Whether a name as it stands in a table can be that of somebody who is found by this key. Nothing is said by none; stars stand
/// for whatever a list that was printed masked hides.
#[must_use]
pub fn can_be_named(typed: &str, key: &str) -> bool {
    let typed = codes::name::match_key(typed);
    typed.trim().is_empty() || typed == key || fits(&typed, key).is_some()
}

/// Each run of stars hides one sign or more.
fn fits(masked: &str, key: &str) -> Option<()> {
    let (first, rest) = masked.split_once('*')?;
    let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let mut hidden = key.strip_prefix(first)?.strip_suffix(last)?;
    for shown in between.split('*').filter(|shown| !shown.is_empty()) {
        (_, hidden) = behind_one(hidden)?.split_once(shown)?;
    }
    behind_one(hidden).map(|_| ())
}

fn behind_one(text: &str) -> Option<&str> {
    let mut signs = text.chars();
    signs.next()?;
    Some(signs.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(cells: &[&str]) -> Vec<Cell> {
        cells.iter().map(|text| Cell { text: (*text).into(), from_number: false }).collect()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_table_is_read_below_its_title() {
        let table = [
            row(&["2026年6月会费缴纳表"]),
            row(&["序号", "姓 名", "会员证号", "月份", "金额（元）", "缴费日期"]),
            row(&["1", "其其格", "1501 0200 0000 0014", "2026年6月", "12.50", "2026-06-20"]),
            row(&["2", "巴图", "", "2026-06", "10", ""]),
            row(&[]),
            row(&["3", "乌云", "1501020000000022", "六月", "10", ""]),
            row(&["4", "娜仁", "1501020000000022", "2026/6", "十元", ""]),
        ];
        let ReadTable { heading, rows: read } = read(&table, None, day("2026-07-01")).unwrap();
        assert_eq!((heading, read.len()), (1, 4));
        let good = read[0].row.clone().unwrap();
        assert_eq!(
            (good.card.as_deref(), good.month, good.amount_fen),
            (Some("1501020000000014"), day("2026-06-01"), 1_250)
        );
        assert_eq!((read[0].number, good.paid_on), (3, day("2026-06-20")));
        for (row, word) in read[1..].iter().zip(["证号", "月份", "金额"]) {
            assert!(row.row.clone().unwrap_err().contains(word), "{row:?}");
        }
    }

    #[test]
    fn what_sums_a_table_up_is_nobodys_and_what_may_be_somebodys_is_told() {
        let table = [
            row(&["姓名", "会员证号", "月份", "会费"]),
            row(&["其其格", "1501020000000014", "2026-06", "12.50"]),
            row(&["合计", "", "", "￥1,012.50"]),
            row(&["经办人：巴图", "", "", ""]),
            row(&["合计", "1501020000000022", "2026-06", "10"]),
            row(&["巴图", "#N/A", "2026-06", "10"]),
        ];
        let read = read(&table, None, day("2026-07-01")).unwrap().rows;
        assert_eq!(read.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 5, 6]);
        assert!(read[2].row.clone().unwrap_err().contains("“会员证号”一格是公式出错的结果"), "{read:?}");
    }

    #[test]
    fn of_two_columns_that_say_the_same_none_is_taken() {
        let found = |headings: &[&str]| alike(&row(headings)).map(|alike| alike.map(str::to_owned));
        let told = found(&["姓名", "会员证号", "月份", "会费", "实缴金额（元）"]);
        assert_eq!(told, Some(["会费", "实缴金额（元）"].map(str::to_owned)));
        assert_eq!(found(&["会员", "姓名", "证件号码", "会员证号", "月份", "应缴", "金额"]), None);
    }

    #[test]
    fn a_month_and_a_day_may_be_told_beside_the_table() {
        let table = [row(&["公民身份证号码（必填）", "会费"]), row(&["152201199001010000", "5"])];
        assert_eq!(read(&table, None, day("2026-07-01")), None);
        let read = read(&table, Some(day("2026-06-01")), day("2026-07-01")).unwrap().rows;
        let good = read[0].row.clone().unwrap();
        assert_eq!((good.month, good.paid_on), (day("2026-06-01"), day("2026-07-01")));
        assert_eq!(super::read(&[row(&["姓名", "金额"])], Some(day("2026-06-01")), day("2026-07-01")), None);
    }

    #[test]
    fn a_name_is_held_against_the_members_whole_or_masked() {
        for (typed, key, fits) in [
            ("", "其其格", true),
            (" ", "其其格", true),
            ("其 其格", "其其格", true),
            ("巴图", "其其格", false),
            ("其*格", "其其格", true),
            ("欧＊娜", "欧阳娜娜", true),
            ("其**", "其其格", true),
            ("*", "其其格", true),
            ("巴*", "其其格", false),
            ("其*图", "其其格", false),
            // What is shown on both sides is not one and the same sign.
            ("张*三", "张三", false),
            ("阿***·***", "阿依古丽买买提", true),
            ("阿*古*提", "阿依古丽买买提", true),
            ("阿*提*古*", "阿依古丽买买提", false),
        ] {
            assert_eq!(can_be_named(typed, key), fits, "{typed} {key}");
        }
    }

    proptest! {
        /// Whatever list of ours a union began its table with, its names pass.
        #[test]
        fn what_is_masked_fits_its_own_name(name in "[一-龥]{1,6}(·[一-龥]{1,4})?") {
            let key = codes::name::match_key(&name);
            prop_assert!(can_be_named(&name, &key));
            prop_assert!(can_be_named(&secret::masking::name(&name), &key));
        }

        #[test]
        fn no_name_stops_the_table(typed in "[*＊ab·一]{0,12}", key in "[ab一]{0,8}") {
            let _ = can_be_named(&typed, &key);
        }
    }
}
