//! Tables of any length as a file to take away: rows go to the disk as they come, so memory doesn't grow with them. Each
//! file tells who took it away and when: a workbook on every printed page and on a last sheet, a CSV in its last row, pages
//! across their whole breadth.

mod pages;

use std::{
    fs::File,
    io::{self, BufWriter, Seek, Write},
    path::Path,
};

use chrono::NaiveDateTime;

use crate::{
    Value,
    csv_out::CsvWriter,
    pdf::PdfProblem,
    sheet_out::{Workbook, WorkbookProblem},
};
use pages::Pages;

/// Rows that one workbook takes; its sheet has a title and headings besides.
pub const MOST_SHEET_ROWS: u64 = 1_000_000;
/// Rows that pages to print take; they are set as a whole, and more nobody reads on paper.
pub const MOST_PAGE_ROWS: u64 = 2_000;
/// The name of what a file tells of itself; in a CSV the first cell of its last row, which is none of the table's.
pub const NOTES: &str = "导出说明";

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Text with commas.
    Csv,
    /// A workbook.
    Xlsx,
    /// Pages to print.
    Pdf,
}

/// Why a table can't be written.
#[derive(Debug, thiserror::Error)]
pub enum TableProblem {
    /// The disk doesn't take it.
    #[error("文件写入失败：{0}")]
    Disk(#[from] io::Error),
    /// The workbook doesn't take it.
    #[error(transparent)]
    Workbook(#[from] WorkbookProblem),
    /// The pages can't be set.
    #[error(transparent)]
    Pages(#[from] PdfProblem),
    /// More rows than pages take.
    #[error("PDF 最多 {MOST_PAGE_ROWS} 行")]
    TooManyRows,
}

/// What stands around the rows.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The title over a sheet.
    pub title: &'a str,
    /// The columns.
    pub headings: &'a [&'a str],
    /// Who took it away and when, on each printed page.
    pub mark: &'a str,
    /// The instant in a workbook's properties.
    pub created: NaiveDateTime,
}

/// A table under construction. Its files in the folder have no name and are readable by their owner only; they go with the
/// process, however it ends.
pub struct TableWriter(Inner);

enum Inner {
    Csv(Box<CsvWriter<BufWriter<File>>>),
    Xlsx(Box<Workbook>, File),
    Pdf(Box<Pages>, File),
}

impl TableWriter {
    /// Starts a table.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn new(format: TableFormat, folder: &Path, frame: &Frame<'_>) -> Result<Self, TableProblem> {
        let file = tempfile::tempfile_in(folder)?;
        Ok(Self(match format {
            TableFormat::Csv => {
                let mut csv = CsvWriter::new(BufWriter::new(file))?;
                csv.headings(frame.headings.iter().copied())?;
                Inner::Csv(Box::new(csv))
            }
            TableFormat::Xlsx => {
                let mut book = Workbook::new(frame.created)?.in_folder(folder)?.marked(frame.mark);
                book.sheet("数据", frame.title, frame.headings)?;
                Inner::Xlsx(Box::new(book), file)
            }
            TableFormat::Pdf => Inner::Pdf(Box::new(Pages::new(frame.title, frame.headings, frame.mark)), file),
        }))
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// The disk or the sheet is full.
    pub fn row<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) -> Result<(), TableProblem> {
        match &mut self.0 {
            Inner::Csv(csv) => csv.row(values)?,
            Inner::Xlsx(book, _) => book.last_sheet()?.row(values)?,
            Inner::Pdf(pages, _) if u64::try_from(pages.len()).is_ok_and(|rows| rows < MOST_PAGE_ROWS) => {
                pages.row(values);
            }
            Inner::Pdf(..) => return Err(TableProblem::TooManyRows),
        }
        Ok(())
    }

    /// Ends the table with what it tells of itself, name by name, and gives the file back, to be read from its beginning.
    ///
    /// # Errors
    /// The disk is full.
    pub fn finish(self, notes: &[(&str, String)]) -> Result<File, TableProblem> {
        let mut file = match self.0 {
            Inner::Csv(mut csv) => {
                let told = notes.iter().map(|(name, text)| Value::from(format!("{name}：{text}")));
                csv.row(std::iter::once(Value::from(NOTES)).chain(told))?;
                csv.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?
            }
            Inner::Xlsx(mut book, file) => {
                let mut sheet = book.sheet(NOTES, "", &["项目", "内容"])?;
                for (name, text) in notes {
                    sheet.row([Value::from(*name), Value::from(text.as_str())])?;
                }
                let mut out = BufWriter::new(file);
                book.save(&mut out)?;
                out.into_inner().map_err(io::IntoInnerError::into_error)?
            }
            Inner::Pdf(pages, mut file) => {
                file.write_all(&pages.finish(notes)?)?;
                file
            }
        };
        file.flush()?;
        file.rewind()?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use calamine::{Reader, Xlsx, open_workbook_from_rs};
    use proptest::prelude::*;

    use super::*;
    use crate::sheet_in::{Limits, read};

    fn written(format: TableFormat, rows: &[Vec<Value<'static>>]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let created = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap().and_hms_opt(8, 30, 0).unwrap();
        let frame =
            Frame { title: "会员名册", headings: &["姓名", "说明"], mark: "张三&李四 导出", created };
        let mut table = TableWriter::new(format, folder.path(), &frame).unwrap();
        for row in rows {
            table.row(row.iter().cloned()).unwrap();
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a file has a name that others could open");
        let mut bytes = Vec::new();
        let notes = [("导出人", "张三（zhang）".to_owned()), ("行数", rows.len().to_string())];
        table.finish(&notes).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn each_file_tells_who_took_it_away() {
        let rows = vec![vec!["王五".into(), "=1+1".into()]];
        let csv = String::from_utf8(written(TableFormat::Csv, &rows)).unwrap();
        assert_eq!(csv, "\u{FEFF}姓名,说明\r\n王五,'=1+1\r\n导出说明,导出人：张三（zhang）,行数：1\r\n");
        let file = written(TableFormat::Xlsx, &rows);
        let mut book: Xlsx<_> = open_workbook_from_rs(io::Cursor::new(file.clone())).unwrap();
        assert_eq!(book.sheet_names(), ["数据", "导出说明"]);
        let notes = book.worksheet_range("导出说明").unwrap();
        let cell = |row, column| notes.get_value((row, column)).unwrap().to_string();
        assert_eq!((cell(1, 0), cell(1, 1), cell(2, 1)), ("导出人".into(), "张三（zhang）".into(), "1".into()));
        let mut archive = zip::ZipArchive::new(io::Cursor::new(file)).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(sheet.contains("张三＆李四 导出"), "no mark on the printed page");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Whatever a text is, no spreadsheet runs it: a workbook holds no formula, and a cell of a CSV begins like one only
        /// if it is a plain negative number.
        #[test]
        fn no_text_becomes_a_formula(texts in prop::collection::vec("[-=+@\t\r\n＝＋－＠|!'\"a-c一0-9.,; ]{0,12}", 2..8)) {
            let rows: Vec<Vec<Value<'static>>> = texts.iter().map(|text| vec![text.clone().into(), "x".into()]).collect();
            let csv = written(TableFormat::Csv, &rows);
            let mut cells = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&csv[3..]);
            for cell in cells.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
                prop_assert!(!runs || cell.parse::<f64>().is_ok(), "{cell:?}");
            }
            let mut book: Xlsx<_> = open_workbook_from_rs(io::Cursor::new(written(TableFormat::Xlsx, &rows))).unwrap();
            prop_assert_eq!(book.worksheet_formula("数据").unwrap().used_cells().count(), 0);
            prop_assert!(book.worksheet_range("数据").unwrap().rows().skip(2).count() > 0);
        }
    }

    #[test]
    fn pages_are_few_and_marked() {
        let row = || vec!["王五".into(), "*#strong[1]".into()];
        let rows: Vec<_> = (0..60).map(|_| row()).collect();
        let file = written(TableFormat::Pdf, &rows);
        assert!(file.starts_with(b"%PDF-1."));
        // Text of a PDF is written by glyphs; that the mark reaches the page shows in what depends on it.
        let folder = tempfile::tempdir().unwrap();
        let created = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap().and_hms_opt(8, 30, 0).unwrap();
        let frame = Frame { title: "会员名册", headings: &["姓名", "说明"], mark: "", created };
        let mut bare = TableWriter::new(TableFormat::Pdf, folder.path(), &frame).unwrap();
        (0..60).for_each(|_| bare.row(row()).unwrap());
        let mut bytes = Vec::new();
        let notes = [("导出人", "张三（zhang）".to_owned()), ("行数", "60".to_owned())];
        bare.finish(&notes).unwrap().read_to_end(&mut bytes).unwrap();
        assert!(file.len() > bytes.len() + 500, "no mark: {} and {} bytes", file.len(), bytes.len());

        let mut full = TableWriter::new(TableFormat::Pdf, folder.path(), &frame).unwrap();
        (0..MOST_PAGE_ROWS).for_each(|_| full.row(row()).unwrap());
        assert!(matches!(full.row(row()), Err(TableProblem::TooManyRows)));
    }

    #[test]
    fn a_digest_keeps_to_its_column() {
        let row = || vec!["ab".repeat(300).into(), "cd".repeat(300).into()];
        let file = written(TableFormat::Pdf, &(0..40).map(|_| row()).collect::<Vec<_>>());
        let at = memchr::memmem::find(&file, b"/Count").unwrap() + "/Count".len();
        let number = file[at..].iter().map(|byte| char::from(*byte)).skip_while(|sign| sign.is_whitespace());
        let pages: String = number.take_while(char::is_ascii_digit).collect();
        // Two if the lines were not broken.
        assert!(pages.parse::<usize>().unwrap() > 3, "{pages} pages");
    }

    #[test]
    fn what_is_written_is_read() {
        let rows: Vec<Vec<Value<'static>>> =
            (0..3000).map(|n| vec![format!("人{n}").into(), Value::Integer(n)]).collect();
        for (format, name, head) in [(TableFormat::Csv, "a.csv", 1), (TableFormat::Xlsx, "a.xlsx", 2)] {
            let sheet = read(&written(format, &rows), name, Limits::default()).unwrap();
            let texts: Vec<&str> = sheet.rows.iter().skip(head).take(3000).map(|row| &*row[0].text).collect();
            assert_eq!((texts.len(), texts[2999]), (3000, "人2999"));
        }
    }
}
