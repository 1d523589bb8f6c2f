//! What stands below the people of a roster: the row that sums them up, and who made and checked it.

use codes::text::{compact, ungrouped};
use documents::sheet_in::Cell;

use super::Field;

/// How a cell begins that sums the rows above up, or says who made the table.
const WORDS: &[&str] = &[
    "合计",
    "小计",
    "总计",
    "共计",
    "总人数",
    "制表",
    "填表人",
    "填表日期",
    "填表时间",
    "填报人",
    "填报日期",
    "填报时间",
    "审核人",
    "负责人",
    "经办人",
];
/// The digits of a sum; the numbers of papers and phones have more.
const LONGEST_SUM: usize = 7;

/// Whether a row is nobody's, since all that stands in it sums up or signs. A paper's number makes it somebody's, whatever
/// stands beside it. A merged cell repeats its words below other headings, too.
#[must_use]
pub fn is_foot(cells: &[Cell], columns: &[Option<Field>]) -> bool {
    let fields = columns.iter().copied().chain(std::iter::repeat(None));
    let filled = cells.iter().zip(fields).map(|(cell, field)| (compact(&cell.text), field));
    let mut says = false;
    for (text, field) in filled.filter(|(text, _)| !text.is_empty()) {
        if WORDS.iter().any(|word| text.starts_with(word)) {
            says = true;
        } else if field == Some(Field::DocumentNumber) || !is_sum(&text) {
            return false;
        }
    }
    says
}

fn is_sum(text: &str) -> bool {
    let Some(number) = ungrouped(text.trim_start_matches(['¥', '￥']).trim_end_matches(['人', '名', '元'])) else {
        return false;
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number.as_str(), ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    (1..=LONGEST_SUM).contains(&whole.len()) && digits(whole) && fraction.len() <= 2 && digits(fraction)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: [Option<Field>; 4] = [None, Some(Field::Name), Some(Field::DocumentNumber), Some(Field::Phone)];

    fn foot(cells: &[&str]) -> bool {
        let cells: Vec<Cell> = cells.iter().map(|text| Cell { text: (*text).into(), from_number: false }).collect();
        is_foot(&cells, &COLUMNS)
    }

    #[test]
    fn sums_and_signatures_are_nobody() {
        for row in [
            ["合计", "", "", ""],
            ["合 计", "35人", "", ""],
            ["", "小计：", "", "12"],
            ["总计35人", "总计35人", "总计35人", "总计35人"],
            ["制表人：张三", "", "审核人：李四", "制表日期：2026年7月1日"],
            ["", "填表人：张三", "", ""],
        ] {
            assert!(foot(&row), "{row:?}");
        }
    }

    #[test]
    fn a_row_that_may_be_somebodys_is_kept() {
        for row in [
            ["", "", "", ""],
            ["35", "", "", ""],
            ["36", "张三", "", ""],
            ["合计", "张三", "", ""],
            ["合计", "", "35", ""],
            ["合计", "", "", "13800000000"],
            ["", "张三合计", "", ""],
        ] {
            assert!(!foot(&row), "{row:?}");
        }
    }

    proptest! {
        #[test]
        fn no_row_with_a_papers_number_is_passed_over(
            number in "[A-Z(]{0,3}[0-9]{1,20}[0-9Xx)]?",
            beside in prop::collection::vec("合计|制表人：张三|[0-9]{0,8}|.{0,10}", 3),
        ) {
            prop_assert!(!foot(&[&beside[0], &beside[1], &number, &beside[2]]));
        }
    }
}
