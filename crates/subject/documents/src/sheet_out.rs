//! Workbooks to hand out: a title, a styled heading row that stays in sight, typed columns, widths that fit Chinese. Rows
//! go to a temporary file as they come, so a million of them need little memory. The same input gives the same bytes.

mod style;

use crate::{Value, xml::held};
use chrono::NaiveDateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet, XlsxError};
use std::{io::Write, path::Path};
use style::{Styles, width};

/// Most characters that Excel holds in a cell.
const LONGEST_TEXT: usize = 32_767;
/// Whole numbers above this are not exact in a spreadsheet, which counts in binary fractions.
const EXACT: u64 = 1 << 53;
/// Rows of a sheet.
const LAST_ROW: u32 = 1_048_576;

/// Why a workbook can't be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookProblem {
    /// More rows than a sheet has.
    #[error("导出超过 {LAST_ROW} 行，请缩小筛选范围分次导出")]
    TooManyRows,
    /// What the writer says.
    #[error("表格生成失败：{0}")]
    Writer(#[from] XlsxError),
}

/// A workbook under construction.
pub struct Workbook {
    inner: rust_xlsxwriter::Workbook,
    styles: Styles,
    sheets: Vec<Layout>,
    /// Stands at the top and foot of each printed page.
    mark: String,
    is_across: bool,
}

/// What is known of a sheet once its rows are written.
struct Layout {
    heading_row: u32,
    next_row: u32,
    widths: Vec<u16>,
    /// Whether the last row sums the others up.
    is_summed: bool,
}

impl Workbook {
    /// Starts a workbook. `created` stands in its properties, and is the only instant in it.
    ///
    /// # Errors
    /// The instant lies outside what Excel knows (1900 to 9999).
    pub fn new(created: NaiveDateTime) -> Result<Self, WorkbookProblem> {
        let created = ExcelDateTime::parse_from_str(&created.format("%Y-%m-%dT%H:%M:%S").to_string())?;
        let mut inner = rust_xlsxwriter::Workbook::new();
        inner.set_properties(&DocProperties::new().set_creation_datetime(&created));
        Ok(Self { inner, styles: Styles::new(), sheets: Vec::new(), mark: String::new(), is_across: false })
    }

    /// Rows wait for the end in nameless files in this folder, instead of the machine's folder for such.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn in_folder(mut self, folder: &Path) -> Result<Self, WorkbookProblem> {
        self.inner.set_tempdir(folder)?;
        Ok(self)
    }

    /// Says on each printed page of the sheets to come who took this away, and when.
    #[must_use]
    pub fn marked(mut self, mark: &str) -> Self {
        // An ampersand begins a command of the page's head; Excel takes 255 signs with the command.
        self.mark = held(mark).replace('&', "＆").chars().take(200).collect();
        self
    }

    /// Prints the sheets to come across the paper, all columns on one page.
    #[must_use]
    pub fn across(mut self) -> Self {
        self.is_across = true;
        self
    }

    /// Adds a sheet: a title over all columns (unless empty), then the headings. Its rows must be written before the next
    /// sheet is added.
    ///
    /// # Errors
    /// The writer refuses, such as for a name that is there twice.
    pub fn sheet(&mut self, name: &str, title: &str, headings: &[&str]) -> Result<SheetWriter<'_>, WorkbookProblem> {
        let title = held(title);
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        let heading_row = u32::from(!title.is_empty());
        let last = u16::try_from(headings.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
        if !title.is_empty() {
            sheet.set_row_height(0, 28)?;
            if last == 0 {
                sheet.write_string_with_format(0, 0, &*title, &self.styles.title)?;
            } else {
                sheet.merge_range(0, 0, 0, last, &title, &self.styles.title)?;
            }
        }
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(heading_row, column, held(heading), &self.styles.heading)?;
        }
        sheet.set_freeze_panes(heading_row + 1, 0)?;
        sheet.set_repeat_rows(0, heading_row)?;
        sheet.set_paper_size(9);
        if self.is_across {
            sheet.set_landscape().set_print_fit_to_pages(1, 0);
        }
        if !self.mark.is_empty() {
            sheet.set_header(format!("&R{}", self.mark)).set_footer(format!("&L{}&R&P/&N", self.mark));
        }
        // The arrow of the filter takes room beside the heading.
        let widths = headings.iter().map(|heading| width(heading) + 3).collect();
        self.sheets.push(Layout { heading_row, next_row: heading_row + 1, widths, is_summed: false });
        let layout = self.sheets.last_mut().ok_or(WorkbookProblem::TooManyRows)?;
        Ok(SheetWriter { sheet, layout, styles: &self.styles })
    }

    /// Goes on with the last sheet.
    ///
    /// # Errors
    /// There is none yet.
    pub fn last_sheet(&mut self) -> Result<SheetWriter<'_>, WorkbookProblem> {
        let last = self.sheets.len().checked_sub(1).ok_or(XlsxError::UnknownWorksheetNameOrIndex(String::new()))?;
        let sheet = self.inner.worksheet_from_index(last)?;
        let layout = self.sheets.last_mut().ok_or(WorkbookProblem::TooManyRows)?;
        Ok(SheetWriter { sheet, layout, styles: &self.styles })
    }

    /// Finishes the workbook.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn to_bytes(self) -> Result<Vec<u8>, WorkbookProblem> {
        let mut bytes = Vec::new();
        self.save(&mut bytes)?;
        Ok(bytes)
    }

    /// Finishes the workbook and writes it piece by piece.
    ///
    /// # Errors
    /// The writer refuses, or the target doesn't take it.
    pub fn save<W: Write + Send>(mut self, target: W) -> Result<(), WorkbookProblem> {
        for (index, layout) in self.sheets.iter().enumerate() {
            let sheet = self.inner.worksheet_from_index(index)?;
            for (column, width) in (0_u16..).zip(&layout.widths) {
                sheet.set_column_width(column, *width)?;
            }
            let last =
                u16::try_from(layout.widths.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
            let last_row = layout.next_row - 1 - u32::from(layout.is_summed);
            sheet.autofilter(layout.heading_row, 0, last_row, last)?;
        }
        self.inner.save_to_writer(target)?;
        Ok(())
    }
}

/// The rows of one sheet.
pub struct SheetWriter<'a> {
    sheet: &'a mut Worksheet,
    layout: &'a mut Layout,
    styles: &'a Styles,
}

impl SheetWriter<'_> {
    /// Writes the next row.
    ///
    /// # Errors
    /// The sheet is full, or the writer refuses.
    pub fn row<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) -> Result<(), WorkbookProblem> {
        let row = self.layout.next_row;
        if row >= LAST_ROW {
            return Err(WorkbookProblem::TooManyRows);
        }
        for (column, value) in (0_u16..).zip(values) {
            self.cell(row, column, &value)?;
            if let Some(widest) = self.layout.widths.get_mut(usize::from(column)) {
                *widest = (*widest).max(width(&value.text()) + 2).min(style::WIDEST);
            }
        }
        self.layout.next_row += 1;
        Ok(())
    }

    /// Writes the last row, which sums the others up: what filters and sorts them leaves it where it is.
    ///
    /// # Errors
    /// The same.
    pub fn sum<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) -> Result<(), WorkbookProblem> {
        self.layout.is_summed = true;
        self.row(values)
    }

    /// Makes the columns text down to the sheet's end, for a sheet that people fill in: only there does a spreadsheet keep
    /// eighteen digits, a leading zero or 2026-10 as they are typed.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn to_fill_in(&mut self) -> Result<(), WorkbookProblem> {
        for (column, _) in (0_u16..).zip(&self.layout.widths) {
            self.sheet.set_column_format(column, &self.styles.text)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, value: &Value<'_>) -> Result<(), WorkbookProblem> {
        let styles = self.styles;
        let number = match value {
            Value::Empty => {
                self.sheet.write_blank(row, column, &styles.text)?;
                return Ok(());
            }
            Value::Text(text) => {
                self.sheet.write_string_with_format(row, column, held(shorten(text)), &styles.text)?;
                return Ok(());
            }
            Value::Day(day) => {
                let day = ExcelDateTime::parse_from_str(&day.format("%Y-%m-%d").to_string())?;
                self.sheet.write_datetime_with_format(row, column, day, &styles.day)?;
                return Ok(());
            }
            // Of the looks of a text, so that it is shown as it is and what is typed over it stays as it is typed.
            Value::Number(text) => (0, text.to_string(), &styles.text),
            Value::Integer(number) => (*number, number.to_string(), &styles.integer),
            Value::Fen(fen) => (*fen, crate::value::scaled(*fen, 2), &styles.yuan),
            Value::BasisPoints(points) => (*points, crate::value::scaled(*points, 4), &styles.percent),
        };
        let (exact, text, format) = number;
        // The decimal text is read as a number here, so no amount is ever divided in binary fractions.
        match text.parse::<f64>() {
            Ok(number) if exact.unsigned_abs() <= EXACT => {
                self.sheet.write_number_with_format(row, column, number, format)?
            }
            _ => self.sheet.write_string_with_format(row, column, text, &styles.text)?,
        };
        Ok(())
    }
}

/// Cuts a text to what Excel holds (counted in UTF-16, as it counts).
fn shorten(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > LONGEST_TEXT
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A name that Excel takes: at most 31 characters, none of `[ ] : * ? / \`, no quote at the ends.
fn sheet_name(name: &str) -> String {
    let clean: String = name.chars().map(|sign| if "[]:*?/\\".contains(sign) { ' ' } else { sign }).collect();
    let mut units = 0;
    let short: String = clean
        .trim_matches('\'')
        .chars()
        .take_while(|sign| {
            units += sign.len_utf16();
            units <= 31
        })
        .collect();
    if short.trim().is_empty() { "工作表".to_owned() } else { short }
}

#[cfg(test)]
mod tests;
