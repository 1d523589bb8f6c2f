//! Rows of a table that were not taken, as a workbook to mend them in and bring them in again: the columns of the file that
//! came, each cell as it stood there, and behind them what is wrong. No import knows that last heading, so each reads past it.

use chrono::NaiveDateTime;

use crate::{
    Value,
    sheet_in::Cell,
    sheet_out::{Workbook, WorkbookProblem},
};

/// The heading of the last column.
pub const WRONG: &str = "问题";
/// What the file's name says.
const ENDING: &str = "-待改正";
/// The most digits that a spreadsheet shows of a number before it turns to powers of ten.
const SHOWN: usize = 11;

/// Rows that go back, under construction.
pub struct RowsBack {
    book: Workbook,
    columns: usize,
}

impl RowsBack {
    /// Starts the workbook with the headings of the file that came; `mark` says on each printed page who took it, and when.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn new<'h>(
        created: NaiveDateTime,
        mark: &str,
        headings: impl IntoIterator<Item = &'h str>,
    ) -> Result<Self, WorkbookProblem> {
        let mut headings: Vec<&str> = headings.into_iter().collect();
        // A file that went back before has the column already; what it said then is over.
        headings.pop_if(|last| *last == WRONG);
        let columns = headings.len();
        headings.push(WRONG);
        let mut book = Workbook::new(created)?.marked(mark);
        book.sheet("待改正", "请按“问题”一列改正，改好后可直接再次导入", &headings)?.to_fill_in()?;
        Ok(Self { book, columns })
    }

    /// Adds a row, by its number in the file that came; without words where nothing is wrong with it.
    ///
    /// # Errors
    /// The sheet is full, or the writer refuses.
    pub fn row(&mut self, number: usize, cells: &[Cell], words: &str) -> Result<(), WorkbookProblem> {
        let told = match words {
            "" => Value::Empty,
            _ => format!("原文件第{number}行：{words}").into(),
        };
        let own = (0..self.columns).map(|at| cells.get(at).map_or(Value::Empty, as_it_stood));
        self.book.last_sheet()?.row(own.chain([told]))
    }

    /// Finishes the workbook.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn to_bytes(self) -> Result<Vec<u8>, WorkbookProblem> {
        self.book.to_bytes()
    }
}

/// The name of the file that goes back, by that of the file that came.
#[must_use]
pub fn name_back(came: &str) -> String {
    format!("{}.xlsx", title_back(came))
}

/// The same without the ending. What stands behind it in the name of a file that went back before, such as a day, is left out.
#[must_use]
pub fn title_back(came: &str) -> String {
    let stem = came.rsplit_once('.').map_or(came, |(stem, _)| stem);
    format!("{}{ENDING}", stem.split_once(ENDING).map_or(stem, |(own, _)| own))
}

/// A cell as it stood. Numbers stay numbers, since imports read them otherwise than texts: 1 may be 100%, and 2025.1 October. A
/// number that lost its last digits is written so that this is seen: as text the zeros in their place would look typed, and
/// one in eleven such numbers passes its check.
fn as_it_stood(cell: &Cell) -> Value<'_> {
    let text = &*cell.text;
    let is_of = |signs: &[u8]| text.bytes().all(|sign| sign.is_ascii_digit() || signs.contains(&sign));
    let is_short = || text.bytes().filter(u8::is_ascii_digit).count() <= SHOWN;
    match text.split_at_checked(1) {
        Some((first, rest)) if cell.lost_digits() && is_of(b"") => {
            format!("{first}.{}E+{}", rest.get(..5).unwrap_or(rest), rest.len()).into()
        }
        Some(_) if cell.from_number && is_of(b".-") && is_short() => Value::Number(text.into()),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet_in::{Limits, Sheet, read};

    fn cell(text: &str, from_number: bool) -> Cell {
        Cell { text: text.into(), from_number }
    }

    fn bytes(headings: &[&str], rows: &[(usize, &[Cell], &str)]) -> Vec<u8> {
        let created = "2026-07-01T00:00:00".parse().unwrap();
        let mut back = RowsBack::new(created, "李干部 下载", headings.iter().copied()).unwrap();
        for (number, cells, words) in rows {
            back.row(*number, cells, words).unwrap();
        }
        back.to_bytes().unwrap()
    }

    fn came(bytes: &[u8]) -> Sheet {
        read(bytes, "a.xlsx", Limits::default()).unwrap()
    }

    fn texts(row: &[Cell]) -> Vec<&str> {
        row.iter().map(|cell| &*cell.text).collect()
    }

    #[test]
    fn cells_come_again_as_they_stood_with_what_is_wrong_behind_them() {
        let cells = [
            cell("=HYPERLINK(\"http://x\")", false),
            cell("", false),
            cell("1", true),
            cell("2025.1", true),
            cell("-0.5", true),
            cell("007", false),
            cell("13800000000", true),
            cell("150102199003", true),
        ];
        let headings = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];
        let bytes = bytes(&headings, &[(7, &cells, "“甲”看不懂。"), (9, &cells[..1], "")]);
        let sheet = came(&bytes);
        assert_eq!(texts(&sheet.rows[1]), ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "问题"]);
        let (own, told) = sheet.rows[2].split_at(8);
        assert_eq!(own[..7], cells[..7]);
        // Longer, it would be shown as a power of ten.
        assert_eq!(own[7], cell("150102199003", false));
        assert_eq!(texts(told), ["原文件第7行：“甲”看不懂。"]);
        assert_eq!(sheet.rows[3], cells[..1]);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut written = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut written).unwrap();
        assert!(written.contains("李干部 下载"), "{written}");
        assert!(written.contains("=HYPERLINK") && !written.contains("<f>"), "{written}");
    }

    #[test]
    fn what_was_wrong_before_is_not_said_again() {
        let row = [cell("王芳", false), cell("原文件第7行：手机号不对。", false)];
        let sheet = came(&bytes(&["姓名", "问题"], &[(3, &row, "没有证件号码。")]));
        assert_eq!(texts(&sheet.rows[1]), ["姓名", "问题"]);
        assert_eq!(texts(&sheet.rows[2]), ["王芳", "原文件第3行：没有证件号码。"]);
    }

    #[test]
    fn the_file_that_goes_back_is_called_by_that_which_came() {
        assert_eq!(name_back("2026.6赛罕区花名册.v2.xlsx"), "2026.6赛罕区花名册.v2-待改正.xlsx");
        assert_eq!(name_back("花名册"), "花名册-待改正.xlsx");
        for before in ["花名册-待改正.xlsx", "花名册-待改正-20260701.xlsx"] {
            assert_eq!(name_back(before), "花名册-待改正.xlsx");
        }
    }

    #[test]
    fn a_number_that_lost_its_digits_goes_back_without_them() {
        let lost = as_it_stood(&cell("152201199001010000", true)).text().into_owned();
        assert_eq!(lost, "1.52201E+17");
        for (text, from_number) in [("152201199001010000", false), ("1.5E+17", true), ("", false)] {
            assert_eq!(as_it_stood(&cell(text, from_number)), Value::from(text));
        }
    }
}
