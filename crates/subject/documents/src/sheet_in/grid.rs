//! The table as it is read, and its bounds.

use super::{Limits, SheetProblem};

/// One cell: its text, trimmed, as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text. Dates are ISO (`2026-11-23`, `2026-11-23T08:30:00`).
    pub text: Box<str>,
    /// Did it go through a spreadsheet's number? Then no digit beyond the 15th can be trusted.
    pub from_number: bool,
}

impl Cell {
    /// Did a number of more than 15 digits (an identity number, a bank account) go through a spreadsheet's number, so
    /// that its last digits are lost?
    #[must_use]
    pub fn lost_digits(&self) -> bool {
        self.from_number
            && (self.text.contains(['E', 'e']) || self.text.bytes().filter(u8::is_ascii_digit).count() > 15)
    }
}

/// What spreadsheets show where a formula has no answer.
const ERRORS: [&str; 10] =
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#DATA!"];

/// What stands for a formula of which the file keeps no answer: programs other than spreadsheets write formulas and leave it to
/// whoever opens the file to reckon. Read as empty, the cell would empty what is known.
pub(super) const UNRECKONED: &str = "#公式没有结果";

/// The sentence for a cell below a heading whose text is what a spreadsheet shows where a formula has no answer: nobody
/// typed it, so it is no name and no address.
#[must_use]
pub fn formula_error(heading: &str, text: &str) -> Option<String> {
    if text == UNRECKONED {
        let what_to_do = "请用 Excel 或 WPS 打开文件、保存后再导入，或直接填写内容。";
        return Some(format!("“{heading}”一格是公式，文件里没有存下它的结果，{what_to_do}"));
    }
    ERRORS.contains(&text).then(|| format!("“{heading}”一格是公式出错的结果（{text}），请改为要填的内容。"))
}

/// A table. Row `i` is row `i + 1` of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the sheet, or of the text file without its ending.
    pub name: String,
    /// The rows, each as long as its last cell with text. Merged cells repeat the text of their first.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A row, from 0; below the last one it is empty.
    #[must_use]
    pub fn row(&self, at: usize) -> &[Cell] {
        self.rows.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    /// The rows that hold anything, from one on (from 0), each with its number in the file (from 1).
    pub fn filled_from(&self, row: usize) -> impl Iterator<Item = (usize, &[Cell])> {
        let rows = (1..).zip(&self.rows).skip(row).map(|(number, cells)| (number, cells.as_slice()));
        rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.text.is_empty()))
    }
}

/// Columns that a roster may well have.
const USUAL: usize = 32;

/// A table under construction.
pub(super) struct Grid<'a> {
    limits: &'a Limits,
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

impl<'a> Grid<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), bytes: 0 }
    }

    /// Puts a text at a place (counted from 0). Empty texts take no room.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str, from_number: bool) -> Result<(), SheetProblem> {
        let text = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        let limits = self.limits;
        if row >= limits.rows {
            return Err(SheetProblem::TooManyRows { limit: limits.rows });
        }
        if column >= limits.columns {
            return Err(SheetProblem::TooManyColumns { row: row + 1, limit: limits.columns });
        }
        // Bytes first: counting characters is only worth it for a text that could be too long.
        if text.len() > limits.cell_characters && text.chars().count() > limits.cell_characters {
            return Err(SheetProblem::CellTooLong { row: row + 1, column: column + 1, limit: limits.cell_characters });
        }
        // The places that a lone cell far to the right, or far below, brings with it are paid for, too.
        let there = self.rows.get(row).map_or(0, Vec::len);
        let places = (column + 1).saturating_sub(there) * size_of::<Cell>();
        let rows = (row + 1).saturating_sub(self.rows.len()) * size_of::<Vec<Cell>>();
        self.bytes = self.bytes.saturating_add(text.len() + places + rows);
        if self.bytes > limits.table_bytes {
            return Err(SheetProblem::TooMuch);
        }
        let width = self.rows.last().map_or(0, Vec::len);
        if row >= self.rows.len() {
            self.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = self.rows.get_mut(row) else {
            return Ok(());
        };
        if cells.is_empty() {
            // A row is mostly as wide as the one before it; a very wide one may be alone.
            cells.reserve_exact(width.min(USUAL).max(column + 1));
        }
        if column >= cells.len() {
            cells.resize_with(column + 1, Cell::default);
        }
        if let Some(cell) = cells.get_mut(column) {
            *cell = Cell { text: text.into(), from_number };
        }
        Ok(())
    }

    /// Repeats the text of a merged range's first cell in the rest of the range, as far as the table goes.
    /// `budget` bounds the cells visited, since many ranges may lie upon each other.
    pub(super) fn fill(&mut self, from: (u32, u32), to: (u32, u32), budget: &mut usize) -> Result<(), SheetProblem> {
        let place = |(row, column): (u32, u32)| Some((usize::try_from(row).ok()?, usize::try_from(column).ok()?));
        let (Some((top, left)), Some((bottom, right))) = (place(from), place(to)) else {
            return Ok(());
        };
        let Some(first) = self.rows.get(top).and_then(|row| row.get(left)).cloned() else {
            return Ok(());
        };
        let bottom = bottom.min(self.rows.len().saturating_sub(1));
        let right = right.min(self.limits.columns.saturating_sub(1));
        for row in top..=bottom {
            for column in left..=right {
                *budget = budget.checked_sub(1).ok_or(SheetProblem::TooMuch)?;
                let present = self.rows.get(row).and_then(|cells| cells.get(column));
                if present.is_none_or(|cell| cell.text.is_empty()) {
                    self.put(row, column, &first.text, first.from_number)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn finish(self, name: String) -> Result<Sheet, SheetProblem> {
        if self.is_empty() { Err(SheetProblem::Empty) } else { Ok(Sheet { name, rows: self.rows }) }
    }
}

/// Trims blanks (full-width ones too), zero-width characters and control characters from both ends.
fn tidy(text: &str) -> &str {
    let edge = |sign: char| {
        sign.is_whitespace() || sign.is_control() || matches!(sign, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
    };
    text.trim_matches(edge)
}
