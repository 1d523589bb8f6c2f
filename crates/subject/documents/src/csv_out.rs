//! CSV as spreadsheets open it: UTF-8 with a byte order mark, CRLF, no cell that could be run as a formula, and none whose
//! digits are lost.

use crate::Value;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes row after row; what is written is never held.
pub struct CsvWriter<W: Write> {
    inner: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// The target doesn't take it.
    pub fn new(mut target: W) -> io::Result<Self> {
        target.write_all("\u{FEFF}".as_bytes())?;
        let inner = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(target);
        Ok(Self { inner })
    }

    /// Writes the headings.
    ///
    /// # Errors
    /// The target doesn't take them.
    pub fn headings<'a>(&mut self, headings: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        self.row(headings.into_iter().map(Value::from))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// The target doesn't take it.
    pub fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> io::Result<()> {
        for value in values {
            let text = value.text();
            let field = if matches!(value, Value::Text(_)) { as_text(&text) } else { text };
            self.inner.write_field(field.as_bytes())?;
        }
        self.inner.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is still buffered and gives the target back.
    ///
    /// # Errors
    /// The target doesn't take it.
    pub fn finish(self) -> io::Result<W> {
        self.inner.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A text that a spreadsheet leaves as it is: digits that it would shorten (it keeps fifteen), take a zero from or read as a
/// power of ten get a tab behind them, which makes them a text. Blanks at the edge say nothing to whoever reads the file.
fn as_text(text: &str) -> Cow<'_, str> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_power = || text.split_once(['E', 'e']).is_some_and(|(digits, power)| is_number(digits) && is_number(power));
    let is_lost = is_number(text) && (text.len() > 11 || text.len() > 1 && text.starts_with('0'));
    if is_lost || is_power() { Cow::Owned(format!("{text}\t")) } else { neutral(text) }
}

/// A text that a spreadsheet won't run: one that starts like a formula gets a `'` in front. Negative numbers are left,
/// as they run nothing.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    let starts = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts && !is_negative_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn is_negative_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else {
        return false;
    };
    digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.matches('.').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet_in::{Limits, read};
    use proptest::prelude::*;

    fn written(rows: &[Vec<Value<'_>>]) -> Vec<u8> {
        let mut writer = CsvWriter::new(Vec::new()).unwrap();
        for row in rows {
            writer.row(row.iter().cloned()).unwrap();
        }
        writer.finish().unwrap()
    }

    #[test]
    fn bytes_are_those_that_excel_expects() {
        let file = written(&[vec!["姓名".into(), "说\"明\",".into()], vec!["=1+1".into(), Value::Fen(-1205)]]);
        assert_eq!(String::from_utf8(file).unwrap(), "\u{FEFF}姓名,\"说\"\"明\"\",\"\r\n'=1+1,-12.05\r\n");
    }

    #[test]
    fn no_digit_of_a_text_is_lost() {
        let texts = ["150102199003070015", "150102199003", "0471", "12E5", "13800000000", "0", "2026"];
        let file = written(&[texts.map(Value::from).to_vec()]);
        let told = "\u{FEFF}150102199003070015\t,150102199003\t,0471\t,12E5\t,13800000000,0,2026\r\n";
        assert_eq!(String::from_utf8(file).unwrap(), told);
    }

    #[test]
    fn formulas_are_neutralised() {
        for text in ["=cmd|' /C calc'!A0", "+86", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "-", "＝1"] {
            assert!(neutral(text).starts_with('\''), "{text}");
        }
        for text in ["", "张三", "-12.5", "13800000000", "a=b"] {
            assert_eq!(neutral(text), text);
        }
    }

    proptest! {
        #[test]
        fn digits_are_read_as_they_were_written(rows in prop::collection::vec(prop::collection::vec("[0-9]{1,20}", 3), 1..8)) {
            let values = |row: &Vec<String>| row.iter().map(|text| text.clone().into()).collect::<Vec<Value<'_>>>();
            let heads = ["甲", "乙", "丙"].map(Value::from).to_vec();
            let values: Vec<Vec<Value<'_>>> = std::iter::once(heads).chain(rows.iter().map(values)).collect();
            let sheet = read(&written(&values), "a.csv", Limits::default()).unwrap();
            for (read, wrote) in sheet.rows.iter().skip(1).zip(&rows) {
                prop_assert!(read.iter().map(|cell| &*cell.text).eq(wrote.iter().map(String::as_str)), "{:?}", read);
            }
        }

        #[test]
        fn what_is_written_is_read(rows in prop::collection::vec(prop::collection::vec("[一-龥a-z,\"=+@\n]{0,6}x", 2..5), 1..8)) {
            let values: Vec<Vec<Value<'_>>> = rows.iter().map(|row| row.iter().map(|text| text.as_str().into()).collect()).collect();
            let sheet = read(&written(&values), "a.csv", Limits::default()).unwrap();
            prop_assert_eq!(sheet.rows.len(), rows.len());
            for (read, wrote) in sheet.rows.iter().zip(&rows) {
                for (cell, text) in read.iter().zip(wrote) {
                    // A line break before the text is a blank at its edge.
                    prop_assert_eq!(cell.text.trim_start_matches('\''), text.trim());
                }
            }
        }
    }
}
